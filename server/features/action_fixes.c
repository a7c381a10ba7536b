/* action_fixes: the fixes that diagnostics carry; and the comment that silences one. */
#include "server/features/action.h"

/* Is something else offered for what this says, so that silencing it is not what comes to mind? Errors are mended. */
static bool may_be_silenced(const struct diagnostic *diagnostic) {
    return diagnostic_is_silenceable(diagnostic->code) && diagnostic->severity != SEVERITY_ERROR &&
           diagnostic->code != DIAGNOSTIC_IDLE_IGNORE;
}

/* Is the start of the line inside a string or markup of several lines, where a comment would be text? */
static bool line_is_code(const struct action_maker *maker, uint32_t offset) {
    struct span line = text_line(maker->tree->text, text_line_of(maker->tree->text, offset));
    uint32_t start = line.start + (uint32_t)action_indentation(maker->tree, offset).size;
    for (node_id node = node_at(maker->tree, start); node != NODE_NONE; node = node_parent(maker->tree, node)) {
        struct span span = node_span(maker->tree, node);
        bool starts_before = span.start < start && start < span.end;
        enum node_kind kind = node_kind(maker->tree, node);
        bool text = kind == NODE_STRING || kind == NODE_TRIPLE_STRING || kind == NODE_SINGLE_STRING ||
                    kind == NODE_RAW_STRING || kind == NODE_JSX_ELEMENT || kind == NODE_JSX_FRAGMENT ||
                    kind == NODE_JSX_BLOCK || kind == NODE_STYLE_BLOCK || kind == NODE_JSX_TEXT;
        if (text && starts_before) {
            return false;
        }
    }
    return true;
}

static void offer_silence(struct action_maker *maker, const struct diagnostic *diagnostic) {
    uint32_t offset = diagnostic->span.start;
    if (!may_be_silenced(diagnostic) || !line_is_code(maker, offset)) {
        return;
    }
    struct str code = diagnostic_code_name(diagnostic->code);
    struct span line = text_line(maker->tree->text, text_line_of(maker->tree->text, offset));
    struct str indentation = action_indentation(maker->tree, offset);
    struct code_action *action = action_add(maker, "Silence %.*s for this line", STR_ARGUMENTS(code));
    action->diagnostic = diagnostic;
    action_edit(maker, action, (struct span){line.start, line.start},
                arena_printf(maker->arena, "%.*s// tova-ignore %.*s\n", STR_ARGUMENTS(indentation), STR_ARGUMENTS(code)));
}

void action_fixes(struct action_maker *maker) {
    const struct diagnostic_list *diagnostics = action_diagnostics(maker);
    for (unsigned i = 0; i < diagnostics->list.count && !feature_stopped(maker->context); i++) {
        const struct diagnostic *diagnostic = &diagnostics->list.items[i];
        if (action_touches(maker, diagnostic->span) && diagnostic->fix.title.size > 0) {
            struct code_action *action = action_add(maker, "%.*s", STR_ARGUMENTS(diagnostic->fix.title));
            action->diagnostic = diagnostic;
            action->preferred = true;
            action_edit(maker, action, diagnostic->fix.span, diagnostic->fix.replacement);
        }
    }
    for (unsigned i = 0; i < diagnostics->list.count && !feature_stopped(maker->context); i++) {
        if (action_touches(maker, diagnostics->list.items[i].span)) {
            offer_silence(maker, &diagnostics->list.items[i]);
        }
    }
}
