/* Analyses a tree by means of the analysis before one edit: the statement that was typed in is bound in the midst of what is
 * taken over. */
#include "analysis/analyze.h"

#include "analysis/again.h"
#include "parser/syntax/syntax_errors.h"

#include <string.h>

enum { FEW = 64 };

/* ---- findings */

/* Whether it was found in the statement, when it begins where another one ends, nobody can say. */
static bool is_of_statement(struct again *a, const struct diagnostic *finding) {
    struct span statement = node_span(a->old->tree, a->change.statement);
    uint32_t at = finding->span.start;
    a->failed |= span_size(finding->span) == 0 && (at == statement.start || at == statement.end);
    return at >= statement.start && at < statement.end;
}

static void take_finding(struct again *a, struct diagnostic finding) {
    struct arena *arena = a->b.arena;
    a->failed |= finding.code == DIAGNOSTIC_TOO_DEEP || !change_span(&a->change, &finding.span);
    a->failed |= finding.related.message.size > 0 && !change_span(&a->change, &finding.related.span);
    a->failed |= finding.fix.title.size > 0 && !change_span(&a->change, &finding.fix.span);
    finding.message = arena_str(arena, finding.message);
    finding.related.path = arena_str(arena, finding.related.path);
    finding.related.message = arena_str(arena, finding.related.message);
    finding.fix.title = arena_str(arena, finding.fix.title);
    finding.fix.replacement = arena_str(arena, finding.fix.replacement);
    vec_push(arena, &a->file->diagnostics.list, finding);
}

/* When syntax errors alone have been said. */
static void take_words(struct again *a) {
    const struct analysis_origin *origin = a->old->origin;
    for (uint32_t i = 0; i < origin->words.count; i++) {
        struct unknown_word word = origin->words.items[i];
        if (!change_holds(&a->change, word.node)) {
            word.node = again_node(a, word.node);
            a->failed |= word_is_reported(&a->b, word.node) != word.reported;
            vec_push(a->b.arena, &a->file->origin->words, word);
        }
    }
}

static void take_findings(struct again *a) {
    const struct analysis_origin *origin = a->old->origin;
    take_words(a);
    for (uint32_t i = 0; i < origin->findings.list.count; i++) {
        const struct diagnostic *finding = &origin->findings.list.items[i];
        if (i < origin->findings_declared || !is_of_statement(a, finding)) {
            take_finding(a, *finding);
        }
    }
}

/* ---- the run */

/* What functions, components and effects are to others stands in their heads. */
static bool is_apart(const struct syntax_tree *tree, node_id inside) {
    static const bool apart[NODE_KIND_COUNT] = {
        [NODE_FUNCTION_DECLARATION] = true, [NODE_COMPONENT_DECLARATION] = true, [NODE_EFFECT_DECLARATION] = true};
    return apart[node_kind(tree, node_parent(tree, inside))];
}

/* What need not be looked at: where nothing was found that depends on a node and its tokens alone, nothing is. */
static void look_at_statement(struct again *a) {
    struct binder *b = &a->b;
    const struct analysis_origin *old = a->old->origin;
    struct node_range statement = {a->change.statement, a->change.next};
    a->apart = is_apart(b->tree, a->change.inside);
    if (a->apart) {
        b->unbound_parts = statement;
    }
    if (old->form_findings == 0) {
        b->unread_forms = statement;
    }
    if (old->syntax_findings == 0 && !node_has_error(b->tree, NODE_ROOT) && b->tree->repair_count == 0) {
        syntax_errors_collect_in(b->arena, b->tree, statement, &a->file->diagnostics);
    } else {
        syntax_errors_collect(b->arena, b->tree, &a->file->diagnostics);
    }
}

static void prepare(struct again *a) {
    const struct file_analysis *old = a->old;
    vec_reserve(a->b.arena, &a->file->routes, old->routes.count);
    vec_reserve(a->b.arena, &a->file->rpc_uses, old->rpc_uses.count + FEW);
    again_take_blocks(a);
    again_take_before(a);
    take_findings(a);
}

/* With the names visible that code of its block sees. */
static void bind_statement(struct again *a) {
    struct binder *b = &a->b;
    unsigned discovered = a->file->discovered.count;
    members_see(b, a->group);
    enter_block(b, a->group, a->block);
    bind_node(b, a->change.statement);
    names_restore(b, 0);
    a->failed |= b->too_deep || a->file->discovered.count != discovered || a->file->routes.count > 0 ||
                 a->file->methods.count > 0;
}

/* The members are the same, and so is what a later run has to know of them. */
static void keep_origin(struct again *a) {
    const struct analysis_origin *old = a->old->origin;
    struct analysis_origin *origin = a->file->origin;
    origin->statement = a->change.statement;
    origin->plain = true;
    origin->declared = old->declared;
    origin->findings_declared = old->findings_declared;
    origin->flags = arena_room(a->b.arena, unsigned, old->declared);
    memcpy(origin->flags, old->flags, old->declared * sizeof *old->flags);
}

struct file_analysis *analyze_again(struct arena *arena, const struct file_analysis *old,
                                    const struct syntax_tree *tree, struct syntax_edit edit) {
    struct again again = {.old = old};
    bool few = old->origin->findings.list.count < LIMIT_DIAGNOSTICS / 2;
    if (!old->origin->plain || !few || !change_find(old->tree, tree, edit, &again.change)) {
        return NULL;
    }
    struct node_range statement = {again.change.statement, again.change.next};
    again.file = binder_init_like(&again.b, arena, old, tree, statement);
    look_at_statement(&again);
    unsigned before = again.file->diagnostics.list.count;
    prepare(&again);
    bind_statement(&again);
    again_take_behind(&again);
    if (again.failed || again.file->diagnostics.list.count >= LIMIT_DIAGNOSTICS / 2) {
        arena_finish(&again.b.scratch);
        return NULL;
    }
    keep_origin(&again);
    binder_settle(&again.b, before);
    if (again.apart) {
        again_order_bindings(&again);
    } else {
        binder_order_bindings(&again.b);
    }
    struct file_analysis *file = binder_finish(&again.b);
    return file->origin->plain ? file : NULL; /* a name that binding gives to the block is seen by other statements */
}
