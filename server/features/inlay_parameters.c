/* inlay_hint: names of parameters, before arguments that are plain values. */
#include "analysis/lookup.h"
#include "analysis/placeholders.h"
#include "analysis/signature_text.h"
#include "server/features/inlay_parts.h"

/* The names that a call's arguments are given to, in order; a name that is empty is not shown. */
struct parameters {
    VEC(struct str) names;
    bool rest;    /* the last one takes all that follows */
    bool builtin; /* whose first argument is what it is about, and has no hint */
};

static void add_symbol(struct inlay *inlay, struct parameters *parameters, uint32_t index) {
    const struct file_analysis *file = inlay->context->file;
    const struct symbol *symbol = analysis_symbol(file, index);
    for (uint32_t i = symbol->first_part; i < symbol->first_part + symbol->part_count; i++) {
        const struct symbol *part = analysis_symbol(file, i);
        if (part->kind == SYMBOL_VARIANT) {
            return;
        }
        vec_push(inlay->context->arena, &parameters->names, analysis_name(file, part->name));
        parameters->rest = (part->flags & SYMBOL_REST) != 0;
    }
}

static void add_member(struct inlay *inlay, struct parameters *parameters, const struct summary_symbol *symbol) {
    for (uint32_t i = 0; i < symbol->parameter_count; i++) {
        const struct summary_parameter *parameter = &symbol->parameters[i];
        vec_push(inlay->context->arena, &parameters->names, analysis_name(inlay->context->file, parameter->name));
        parameters->rest = parameter->rest;
    }
}

static void add_signature(struct inlay *inlay, struct parameters *parameters, struct str signature) {
    struct str list;
    struct signature_parameter parameter;
    size_t at = 0;
    bool has = signature_list(signature, &list);
    parameters->builtin = true;
    while (has && signature_next(list, &at, &parameter)) {
        vec_push(inlay->context->arena, &parameters->names, parameter.name);
        parameters->rest = parameter.rest;
    }
}

static struct parameters parameters_of(struct inlay *inlay, node_id name) {
    struct parameters parameters = {0};
    struct target target =
        lookup_target(inlay->context->file, inlay->context->package, node_span(inlay->tree, name).start);
    if (target.node != name) {
        return parameters;
    }
    if (target.kind == TARGET_PACKAGE && target.member.symbol != NULL) {
        add_member(inlay, &parameters, target.member.symbol);
    } else if (target.kind == TARGET_LOCAL) {
        add_symbol(inlay, &parameters, target.symbol);
    } else if (target.kind == TARGET_BUILTIN) {
        add_signature(inlay, &parameters, builtin_info(target.builtin)->signature);
    } else if (target.kind == TARGET_BUILTIN_MEMBER) {
        add_signature(inlay, &parameters, target.builtin_member.signature);
    }
    return parameters;
}

/* Does an argument say nothing of what it is for? */
static bool is_plain(const struct syntax_tree *tree, node_id node) {
    switch ((int)node_kind(tree, node)) {
    case NODE_NUMBER:
    case NODE_STRING:
    case NODE_TRIPLE_STRING:
    case NODE_SINGLE_STRING:
    case NODE_RAW_STRING:
    case NODE_REGEX:
    case NODE_TRUE:
    case NODE_FALSE:
    case NODE_NIL:
    case NODE_ARRAY:
    case NODE_OBJECT:
        return true;
    case NODE_UNARY_EXPRESSION:
        return node_kind(tree, node_child(tree, node, FIELD_OPERAND)) == NODE_NUMBER;
    default:
        return false;
    }
}

/* The right side of a pipe gets the left one as its first argument, unless `_` says where. */
static unsigned piped(const struct syntax_tree *tree, node_id call) {
    if (node_kind(tree, node_parent(tree, call)) != NODE_PIPE_EXPRESSION || node_field(tree, call) != FIELD_RIGHT) {
        return 0;
    }
    NODE_EACH(argument, tree, node_child(tree, call, FIELD_ARGUMENTS)) {
        if (placeholder_is_argument(tree, argument)) {
            return 0;
        }
    }
    return 1;
}

/* The name of what is called, when it has one; `self` is what stands before the dot. */
static node_id callee_name(const struct syntax_tree *tree, node_id call) {
    node_id function = node_child(tree, call, FIELD_FUNCTION);
    return node_kind(tree, function) == NODE_MEMBER_EXPRESSION ? node_child(tree, function, FIELD_PROPERTY) : function;
}

static bool has_plain(const struct syntax_tree *tree, node_id arguments) {
    NODE_EACH(argument, tree, arguments) {
        if (is_plain(tree, argument)) {
            return true;
        }
    }
    return false;
}

void inlay_parameters(struct inlay *inlay, node_id call) {
    const struct syntax_tree *tree = inlay->tree;
    node_id name = callee_name(tree, call);
    node_id arguments = node_child(tree, call, FIELD_ARGUMENTS);
    if (node_kind(tree, name) != NODE_IDENTIFIER || !has_plain(tree, arguments)) {
        return;
    }
    struct parameters parameters = parameters_of(inlay, name);
    unsigned at = piped(tree, call);
    if (parameters.names.count > 0 && str_equal(parameters.names.items[0], STR("self"))) {
        at++;
    }
    for (node_id argument = node_first_child(tree, arguments); argument != NODE_NONE;
         argument = node_next_sibling(tree, argument)) {
        enum node_kind kind = node_kind(tree, argument);
        bool rest = parameters.rest && at + 1 >= parameters.names.count;
        if (kind == NODE_SPREAD || kind == NODE_NAMED_ARGUMENT || at >= parameters.names.count || rest) {
            return;
        }
        if (node_is_comment(tree, argument)) {
            continue;
        }
        bool subject = parameters.builtin && at == 0;
        struct str parameter = parameters.names.items[at++];
        if (is_plain(tree, argument) && parameter.size > 0 && !subject) {
            struct str label = arena_printf(inlay->context->arena, "%.*s:", STR_ARGUMENTS(parameter));
            inlay_add(inlay, (struct inlay_hint){INLAY_PARAMETER, node_span(tree, argument).start, label,
                                                 node_span(tree, name).start});
        }
    }
}
