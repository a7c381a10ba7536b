/* What may be one of several: `if`, `match`, `a ?? b`. A type that all of them have, "A | B" of a few, or nothing. */
#include "analysis/signature_text.h"
#include "analysis/type_text.h"
#include "analysis/values.h"

enum { MOST_ALTERNATIVES = 4 }; /* that people are told */

static const struct str unknown = {NULL, 0};

/* ---- one type of two */

struct str type_text_optional(struct arena *arena, struct str type) {
    bool nil;
    type_text_without_nil(type, &nil);
    if (type.size == 0 || nil) {
        return type;
    }
    return arena_printf(arena, !type_text_is_one(type) ? "(%.*s)?" : "%.*s?", STR_ARGUMENTS(type));
}

/* An empty list is one of whatever the other one holds. */
static bool is_empty_list(struct str type, struct str other) {
    return str_equal(type, STR("[Any]")) && type_text_element(other).size > 0;
}

static struct str either_present(struct str a, struct str b) {
    bool numbers = (str_equal(a, STR("Int")) && str_equal(b, STR("Float"))) ||
                   (str_equal(a, STR("Float")) && str_equal(b, STR("Int")));
    if (str_equal(a, b) || is_empty_list(b, a)) {
        return a;
    }
    return is_empty_list(a, b) ? b : numbers ? STR("Float") : unknown;
}

/* Half of it is not known. */
static bool is_vague(struct str type) {
    for (size_t i = 0; i + 3 <= type.size; i++) {
        if (str_equal(str_slice(type, i, i + 3), STR("Any"))) {
            return true;
        }
    }
    return type.size == 0;
}

/* The next of "A | B", from `*at`, which is moved; false behind the last, and for a function. */
static bool next_alternative(struct str type, size_t *at, struct str *part) {
    struct str rest = str_slice(type, *at, type.size);
    size_t end = signature_operator(rest);
    *part = str_trim(str_slice(rest, 0, end));
    *at += end + 1;
    return part->size > 0 && (end == rest.size || rest.data[end] == '|');
}

static bool has_alternative(struct str type, struct str wanted) {
    struct str part;
    for (size_t at = 0; at < type.size && next_alternative(type, &at, &part);) {
        if (str_equal(part, wanted)) {
            return true;
        }
    }
    return false;
}

/* "Int | String", of a few alternatives that are known. */
static struct str union_of(struct arena *arena, struct str a, struct str b) {
    struct str type = a, part;
    unsigned count = 0;
    if (is_vague(a) || is_vague(b)) {
        return unknown;
    }
    for (size_t at = 0; at < b.size;) {
        if (!next_alternative(b, &at, &part)) {
            return unknown;
        }
        type = has_alternative(a, part) ? type : arena_printf(arena, "%.*s | %.*s", STR_ARGUMENTS(type), STR_ARGUMENTS(part));
    }
    for (size_t at = 0; at < type.size; count++) {
        if (!next_alternative(type, &at, &part)) {
            return unknown;
        }
    }
    return count <= MOST_ALTERNATIVES ? type : unknown;
}

struct str type_text_either(struct typer *typer, struct str a, struct str b) {
    bool nil_a, nil_b;
    a = type_text_without_nil(a, &nil_a);
    b = type_text_without_nil(b, &nil_b);
    struct str type = either_present(a, b);
    type = type.size > 0 ? type : union_of(typer->arena, a, b);
    return nil_a || nil_b ? type_text_optional(typer->arena, type) : type;
}

/* ---- branches */

static bool leaves(enum node_kind kind) {
    return kind == NODE_RETURN_STATEMENT || kind == NODE_BREAK_STATEMENT || kind == NODE_CONTINUE_STATEMENT;
}

void type_choice_add(struct type_choice *choice, struct str type) {
    if (!choice->differs) {
        choice->type = choice->type.size == 0 ? type : type_text_either(choice->typer, choice->type, type);
        choice->differs = type.size == 0 || choice->type.size == 0;
    }
}

void type_choice_branch(struct type_choice *choice, node_id branch) {
    const struct syntax_tree *tree = choice->typer->file->tree;
    node_id value = node_kind(tree, branch) == NODE_BLOCK ? values_last(tree, branch) : branch;
    if (node_kind(tree, value) == NODE_NIL) {
        choice->nil = true;
    } else if (!leaves(node_kind(tree, value)) && !choice->differs) {
        type_choice_add(choice, type_text(choice->typer, value));
    }
}

struct str type_choice_type(const struct type_choice *choice) {
    if (choice->differs) {
        return unknown;
    }
    return choice->nil ? type_text_optional(choice->typer->arena, choice->type) : choice->type;
}

struct str type_text_of_if(struct typer *typer, node_id node) {
    const struct syntax_tree *tree = typer->file->tree;
    node_id otherwise = node_child(tree, node, FIELD_ALTERNATIVE);
    struct type_choice choice = {.typer = typer, .differs = otherwise == NODE_NONE}; /* without `else` it gives nothing */
    NODE_EACH(child, tree, node) {
        if (node_kind(tree, child) == NODE_ELIF_CLAUSE) {
            type_choice_branch(&choice, node_child(tree, child, FIELD_CONSEQUENCE));
        } else if (node_field(tree, child) == FIELD_CONSEQUENCE || child == otherwise) {
            type_choice_branch(&choice, child);
        }
    }
    return type_choice_type(&choice);
}

struct str type_text_of_match(struct typer *typer, node_id node) {
    const struct syntax_tree *tree = typer->file->tree;
    struct type_choice choice = {.typer = typer};
    NODE_EACH(child, tree, node) {
        if (node_kind(tree, child) == NODE_MATCH_ARM) {
            type_choice_branch(&choice, node_child(tree, child, FIELD_BODY));
        }
    }
    return type_choice_type(&choice);
}

struct str type_text_of_fallback(struct typer *typer, node_id left, node_id right) {
    struct type_choice choice = {.typer = typer};
    if (node_kind(typer->file->tree, left) != NODE_NIL) {
        type_choice_add(&choice, type_text_present(type_text(typer, left)));
    }
    type_choice_branch(&choice, right);
    return type_choice_type(&choice);
}

/* ---- bodies */

enum { NODES_A_STEP = 64 }; /* of a body that is looked through */

static bool is_function(enum node_kind kind) {
    return kind == NODE_FUNCTION_DECLARATION || kind == NODE_FUNCTION_EXPRESSION || kind == NODE_LAMBDA;
}

/* What a function gives that ends early. What `e?` gives then is the failure of another Result or Option. */
static void add_early(struct type_choice *choice, node_id node, bool *fails) {
    const struct syntax_tree *tree = choice->typer->file->tree;
    switch ((int)node_kind(tree, node)) {
    case NODE_RETURN_STATEMENT: {
        node_id value = node_child(tree, node, FIELD_VALUE);
        choice->nil = choice->nil || value == NODE_NONE;
        if (value != NODE_NONE) {
            type_choice_branch(choice, value);
        }
        break;
    }
    case NODE_YIELD_EXPRESSION:
        choice->differs = true;
        break;
    case NODE_PROPAGATE_EXPRESSION:
        *fails = true;
        break;
    default:
        break;
    }
}

struct str type_text_of_body(struct typer *typer, node_id body) {
    const struct syntax_tree *tree = typer->file->tree;
    struct type_choice choice = {.typer = typer, .differs = body == NODE_NONE};
    uint32_t end = tree->nodes[body].next, looked_at = 0;
    bool fails = false;
    type_choice_branch(&choice, body);
    for (node_id node = body; node < end && !choice.differs; looked_at++) {
        bool inner = is_function(node_kind(tree, node));
        if (!inner) {
            add_early(&choice, node, &fails);
        }
        node = inner ? tree->nodes[node].next : node + 1;
    }
    typer->texts += looked_at / NODES_A_STEP;
    struct str type = type_choice_type(&choice);
    bool carries = type_text_is_one(type) && (str_starts_with(type, STR("Result<")) || str_starts_with(type, STR("Option<")));
    return fails && !carries ? unknown : type;
}
