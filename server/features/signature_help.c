/* signature_help: brackets outwards until one of a call. */
#include "server/features/signature_help.h"

#include "analysis/lookup.h"
#include "parser/syntax/node.h"
#include "server/features/callee.h"

enum { MOST_BRACKETS = 16 };

/* Code of its own: arguments around a function's body or a piece of markup are not being given in it. */
static bool is_boundary(const struct syntax_tree *tree, const struct frame *frame) {
    switch ((int)node_kind(tree, node_holding(tree, frame->open))) {
    case NODE_BLOCK:
    case NODE_BARE_BLOCK:
    case NODE_TYPE_BODY:
    case NODE_JSX_EXPRESSION:
    case NODE_JSX_BLOCK:
    case NODE_JSX_MATCH:
    case NODE_MATCH_EXPRESSION:
    case NODE_SELECT_EXPRESSION:
    case NODE_STYLE_BLOCK:
        return frame->bracket == '{';
    default:
        return false;
    }
}

/* In front of the text that the place is in, which is an argument or a part of one; false in comments. */
static bool leave_text(const struct file_analysis *file, uint32_t *offset) {
    node_id node = node_at(file->tree, *offset);
    if (!lookup_in_text(file, *offset)) {
        return true;
    }
    if (node_is_comment(file->tree, node)) {
        return false;
    }
    if (node_kind(file->tree, node) == NODE_ESCAPE || node_kind(file->tree, node) == NODE_UNTERMINATED) {
        node = node_parent(file->tree, node);
    }
    *offset = node_span(file->tree, node).start;
    return true;
}

static void add_parameters(struct arena *arena, struct signature_help *help, const struct callee *callee) {
    struct signature_parameter parameter;
    size_t at = 0;
    while (signature_next(callee->list, &at, &parameter)) {
        uint32_t start = (uint32_t)(parameter.whole.data - callee->label.data);
        struct span span = {start, start + (uint32_t)parameter.whole.size};
        vec_push(arena, &help->parameters, span);
    }
}

struct signature_help signature_help_at(const struct feature_context *context, uint32_t offset) {
    const struct syntax_tree *tree = context->file->tree;
    struct signature_help help = {0};
    struct typer typer;
    struct callee callee;
    if (!leave_text(context->file, &offset)) {
        return help;
    }
    typer_init(&typer, context->arena, context->file, context->package);
    struct frame frame = cursor_frame(tree, offset);
    for (unsigned i = 0; i < MOST_BRACKETS && frame.bracket != 0 && !is_boundary(tree, &frame); i++) {
        if (callee_find(context, &typer, &frame, &callee)) {
            help.label = callee.label;
            help.documentation = completion_documentation(context, &callee.subject);
            help.active = callee_active(tree, &frame, &callee);
            add_parameters(context->arena, &help, &callee);
            return help;
        }
        frame = cursor_frame(tree, frame.open);
    }
    return help;
}
