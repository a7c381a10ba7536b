/* inlay_hint: one pass over the nodes of a range. */
#include "server/features/inlay_hint.h"

#include "server/features/inlay_parts.h"

enum { MOST_STEPS = 200000 }; /* of all types that are asked for */

static void add_await(struct inlay *inlay, node_id node) {
    bool awaited = inlay->marks != NULL && (inlay->marks[node] & MARK_AWAIT) != 0;
    uint32_t start = node_span(inlay->tree, node).start;
    bool told = inlay->waits && inlay->waits_at == start; /* `server.f() |> server.g()`: one word for both */
    if (awaited && !told) {
        inlay->waits = true;
        inlay->waits_at = start;
        inlay_add(inlay, (struct inlay_hint){INLAY_AWAIT, start, STR("await"), start});
    }
}

void inlay_add(struct inlay *inlay, struct inlay_hint hint) {
    if (span_touches(inlay->within, hint.offset)) {
        vec_push(inlay->context->arena, &inlay->hints.list, hint);
    }
}

/* Hints were found by node: one at the end of a name may come before others that stand further left. */
static void sort(struct inlay_hint_list *hints) {
    for (unsigned i = 1; i < hints->list.count; i++) {
        struct inlay_hint hint = hints->list.items[i];
        unsigned at = i;
        for (; at > 0 && hints->list.items[at - 1].offset > hint.offset; at--) {
            hints->list.items[at] = hints->list.items[at - 1];
        }
        hints->list.items[at] = hint;
    }
}

/* Each name is asked for with the whole bound of type_text.h; all of them together have another. */
static void add_types(struct inlay *inlay) {
    struct typer typer;
    typer_init(&typer, inlay->context->arena, inlay->context->file, inlay->context->package);
    typer.sources = inlay->context->sources;
    uint32_t count = inlay->context->file->symbols.count, steps = 0;
    for (uint32_t i = 1; i < count && steps < MOST_STEPS && !feature_stopped(inlay->context); i++) {
        typer.texts = 0;
        inlay_type(inlay, &typer, i);
        steps += typer.texts;
    }
}

struct inlay_hint_list inlay_hints(const struct feature_context *context, struct span within,
                                   const struct inlay_settings *settings, const uint8_t *marks) {
    const struct syntax_tree *tree = context->file->tree;
    struct inlay inlay = {.context = context, .tree = tree, .within = within, .marks = marks};
    node_id node = NODE_ROOT;
    while (node < tree->count && tree->nodes[node].start <= within.end) {
        if (tree->nodes[node].end < within.start) {
            node = tree->nodes[node].next;
            continue;
        }
        if (settings->await) {
            add_await(&inlay, node);
        }
        if (settings->parameter_names && node_kind(tree, node) == NODE_CALL_EXPRESSION) {
            inlay_parameters(&inlay, node);
        }
        node++;
    }
    if (settings->types) {
        add_types(&inlay);
    }
    sort(&inlay.hints);
    return inlay.hints;
}
