/* action_fix_all: every fix of the file that cannot change what the program means, and the imports of names that one file alone
 * offers, in one edit. A guess at a name, an arm that somebody has to write, a value that may be used tomorrow are left to the
 * one who reads. */
#include "server/features/action.h"

static const char title[] = "Apply all safe fixes of this file";

/* Does its fix say so, or is it of a code whose fixes are all safe? */
static bool is_safe(const struct diagnostic *diagnostic) {
    static const enum diagnostic_code safe[] = {
        DIAGNOSTIC_JAVASCRIPT_LET, DIAGNOSTIC_EXPECTED_SEPARATOR, DIAGNOSTIC_FOREIGN_HABIT, DIAGNOSTIC_MISMATCHED_TAG,
        DIAGNOSTIC_FOREIGN_WORD,   DIAGNOSTIC_UNUSED_IMPORT,      DIAGNOSTIC_IDLE_IGNORE,   DIAGNOSTIC_UNREACHABLE_ARM,
    };
    for (size_t i = 0; i < sizeof safe / sizeof *safe; i++) {
        if (safe[i] == diagnostic->code) {
            return true;
        }
    }
    return diagnostic->fix.is_certain;
}

/* Does the span lie apart from all edits of the action? Two that meet are apart unless one is an insertion. */
static bool is_apart(const struct code_action *action, struct span span) {
    for (unsigned i = 0; i < action->edits.list.count; i++) {
        struct span other = action->edits.list.items[i].place.span;
        bool insertion = span_size(span) == 0 || span_size(other) == 0;
        bool meet = insertion ? span.start <= other.end && other.start <= span.end
                              : span.start < other.end && other.start < span.end;
        if (meet) {
            return false;
        }
    }
    return true;
}

/* Unused names of one import go together. */
static struct diagnostic_fix fix_of(struct action_maker *maker, const struct diagnostic *diagnostic) {
    struct diagnostic_fix fix = diagnostic->fix;
    if (diagnostic->code == DIAGNOSTIC_UNUSED_IMPORT) {
        node_id import = node_ancestor(maker->tree, node_at(maker->tree, diagnostic->span.start), NODE_IMPORT_STATEMENT);
        (void)action_import_without_unused(maker, import, &fix.span, &fix.replacement);
    }
    return fix;
}

void action_fix_all(struct action_maker *maker) {
    const struct diagnostic_list *diagnostics = action_diagnostics(maker);
    struct edit_list imports = {0};
    struct code_action *action = NULL;
    action_unique_imports(maker, &imports);
    if (imports.list.count > 0) {
        action = action_add(maker, "%s", title);
        action->edits = imports;
    }
    for (unsigned i = 0; i < diagnostics->list.count && !feature_stopped(maker->context); i++) {
        const struct diagnostic *diagnostic = &diagnostics->list.items[i];
        if (diagnostic->fix.title.size == 0 || !is_safe(diagnostic)) {
            continue;
        }
        struct diagnostic_fix fix = fix_of(maker, diagnostic);
        action = action != NULL ? action : action_add(maker, "%s", title);
        if (is_apart(action, fix.span)) {
            action_edit(maker, action, fix.span, fix.replacement);
        }
    }
}
