/* action_parameters: parameters for a function that a call asks for. */
#include "server/features/action.h"

#include "analysis/package.h"

struct parameters {
    struct action_maker *maker;
    struct block_key block; /* where the function will stand */
    VEC(struct str) names;
    struct str text;
};

static bool is_used(const struct parameters *p, struct str name) {
    for (unsigned i = 0; i < p->names.count; i++) {
        if (str_equal(p->names.items[i], name)) {
            return true;
        }
    }
    return false;
}

/* Names that mean the request or a socket would take the endpoint away from the function. */
static struct str harmless(struct str name) {
    static const struct {
        struct str from, to;
    } renamed[] = {
        {STR_INIT("req"), STR_INIT("request")}, {STR_INIT("res"), STR_INIT("response")}, {STR_INIT("ws"), STR_INIT("connection")},
        {STR_INIT("socket"), STR_INIT("connection")}, {STR_INIT("it"), STR_INIT("item")}, {STR_INIT("self"), STR_INIT("value")},
        {STR_INIT("_"), STR_INIT("value")}, {STR_INIT("type"), STR_INIT("kind")}, {STR_INIT("from"), STR_INIT("start")},
        {STR_INIT("in"), STR_INIT("input")}, {STR_INIT("default"), STR_INIT("fallback")},
    };
    for (size_t i = 0; i < sizeof renamed / sizeof *renamed; i++) {
        if (str_equal(renamed[i].from, name)) {
            return renamed[i].to;
        }
    }
    return name;
}

static struct str name_for(struct parameters *p, struct str wish) {
    struct str base = harmless(wish);
    struct str name = base;
    for (unsigned i = 2; is_used(p, name); i++) {
        name = arena_printf(p->maker->arena, "%.*s%u", STR_ARGUMENTS(base), i);
    }
    vec_push(p->maker->arena, &p->names, name);
    return name;
}

/* ---- types */

static struct str type_of_literal(enum node_kind kind, struct str text) {
    switch ((int)kind) {
    case NODE_STRING:
    case NODE_TRIPLE_STRING:
    case NODE_SINGLE_STRING:
    case NODE_RAW_STRING:
        return STR("String");
    case NODE_TRUE:
    case NODE_FALSE:
        return STR("Bool");
    case NODE_NUMBER:
        return str_find(text, '.', 0) == text.size ? STR("Int") : STR("Float");
    default:
        return STR("");
    }
}

static struct str type_of(struct parameters *p, node_id argument) {
    struct str type = type_of_literal(node_kind(p->maker->tree, argument), node_text(p->maker->tree, argument));
    return type.size > 0 ? type : action_type_of(p->maker, argument, p->block);
}

/* ---- one argument */

static void add(struct parameters *p, struct str name, struct str type) {
    p->text = arena_printf(p->maker->arena, "%.*s%s%.*s%s%.*s", STR_ARGUMENTS(p->text), p->text.size > 0 ? ", " : "",
                           STR_ARGUMENTS(name), type.size > 0 ? ": " : "", STR_ARGUMENTS(type));
}

struct str action_parameters(struct action_maker *maker, node_id arguments, struct block_key block) {
    const struct syntax_tree *tree = maker->tree;
    struct parameters p = {.maker = maker, .block = block, .text = STR_INIT("")};
    NODE_EACH(child, tree, arguments) {
        enum node_kind kind = node_kind(tree, child);
        if (node_is_comment(tree, child) || kind == NODE_MISSING || kind == NODE_TOKEN) {
            continue;
        }
        if (kind == NODE_NAMED_ARGUMENT) {
            node_id value = node_child(tree, child, FIELD_VALUE);
            add(&p, name_for(&p, node_text(tree, node_child(tree, child, FIELD_NAME))), type_of(&p, value));
        } else if (kind == NODE_SPREAD) {
            struct str name = name_for(&p, action_value_name(maker, node_child(tree, child, FIELD_VALUE)));
            add(&p, arena_concat(maker->arena, STR("..."), name), STR(""));
            break;
        } else {
            add(&p, name_for(&p, action_value_name(maker, child)), type_of(&p, child));
        }
    }
    return arena_printf(maker->arena, "(%.*s)", STR_ARGUMENTS(p.text));
}
