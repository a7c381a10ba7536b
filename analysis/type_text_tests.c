/* What `x is User` and `x != nil` say of x where they hold: in the block behind it, behind `and`, below a `guard`, below an `if` that
 * leaves where x is nil. Of names that keep their value. */
#include "analysis/type_text.h"
#include "analysis/values.h"

enum { CLIMB = 64, CONDITIONS = 8 }; /* nodes above a use; tests of one condition */

static const struct str unknown = {NULL, 0};

struct use {
    struct typer *typer;
    const struct syntax_tree *tree;
    uint32_t symbol;
};

static bool is_one(struct str text, struct str a, struct str b) { return str_equal(text, a) || str_equal(text, b); }

static node_id out_of_parentheses(const struct syntax_tree *tree, node_id node) {
    while (node_kind(tree, node) == NODE_PAREN_LIST && node_next_plain(tree, node_first_plain(tree, node)) == NODE_NONE) {
        node = node_first_plain(tree, node);
    }
    return node;
}

static bool is_use(const struct use *use, node_id node) {
    const struct binding *binding = analysis_binding(use->typer->file, node);
    return node_kind(use->tree, node) == NODE_IDENTIFIER && binding != NULL && binding->symbol == use->symbol;
}

/* The name of the type that the symbol has where the condition holds, or the `nil` that it is not; NODE_NONE where it says none. */
static node_id tested(const struct use *use, node_id condition, unsigned left) {
    const struct syntax_tree *tree = use->tree;
    node_id node = out_of_parentheses(tree, condition);
    struct str operator= node_text(tree, node_child(tree, node, FIELD_OPERATOR));
    if (node_kind(tree, node) != NODE_BINARY_EXPRESSION || left == 0) {
        return NODE_NONE;
    }
    node_id a = node_child(tree, node, FIELD_LEFT), b = node_child(tree, node, FIELD_RIGHT);
    if (is_one(operator, STR("and"), STR("&&"))) {
        node_id found = tested(use, b, left - 1);
        return found != NODE_NONE ? found : tested(use, a, left - 1);
    }
    bool of_type = str_equal(operator, STR("is")) && node_kind(tree, b) == NODE_IDENTIFIER;
    bool of_nil = str_equal(operator, STR("!=")) && node_kind(tree, b) == NODE_NIL;
    return (of_type || of_nil) && is_use(use, a) ? b : NODE_NONE;
}

static node_id tested_by(const struct use *use, node_id holder, enum node_field field) {
    node_id condition = node_child(use->tree, holder, field);
    return condition == NODE_NONE ? NODE_NONE : tested(use, condition, CONDITIONS);
}

/* `if x == nil { return }`: the `nil` that it is not below. */
static node_id left_when_nil(const struct use *use, node_id statement) {
    const struct syntax_tree *tree = use->tree;
    node_id condition = out_of_parentheses(tree, node_child(tree, statement, FIELD_CONDITION));
    enum node_kind last = node_kind(tree, values_last(tree, node_child(tree, statement, FIELD_CONSEQUENCE)));
    node_id nil = node_child(tree, condition, FIELD_RIGHT);
    bool leaves = last == NODE_RETURN_STATEMENT || last == NODE_BREAK_STATEMENT || last == NODE_CONTINUE_STATEMENT;
    bool alone = node_child(tree, statement, FIELD_ALTERNATIVE) == NODE_NONE &&
                 node_child_of_kind(tree, statement, NODE_ELIF_CLAUSE) == NODE_NONE;
    bool of_nil = node_kind(tree, condition) == NODE_BINARY_EXPRESSION && node_kind(tree, nil) == NODE_NIL &&
                  str_equal(node_text(tree, node_child(tree, condition, FIELD_OPERATOR)), STR("=="));
    return leaves && alone && of_nil && is_use(use, node_child(tree, condition, FIELD_LEFT)) ? nil : NODE_NONE;
}

static node_id tested_by_statement(const struct use *use, node_id statement) {
    switch ((int)node_kind(use->tree, statement)) {
    case NODE_GUARD_STATEMENT:
        return tested_by(use, statement, FIELD_CONDITION);
    case NODE_IF_EXPRESSION:
        return left_when_nil(use, statement);
    default:
        return NODE_NONE;
    }
}

/* By the statements of its block above one; the nearest one counts. */
static node_id tested_by_block(const struct use *use, node_id block, node_id statement) {
    node_id found = NODE_NONE;
    for (node_id at = node_first_child(use->tree, block); at != NODE_NONE && at != statement; at = node_next_sibling(use->tree, at)) {
        node_id by = tested_by_statement(use, at);
        found = by != NODE_NONE ? by : found;
    }
    return found;
}

/* `[x.name for x in xs if x is User]` */
static node_id tested_by_clauses(const struct use *use, node_id list, node_id item) {
    node_id found = NODE_NONE;
    NODE_EACH(clause, use->tree, node_kind(use->tree, item) == NODE_COMPREHENSION_CLAUSE ? NODE_NONE : list) {
        bool condition = node_kind(use->tree, clause) == NODE_COMPREHENSION_CLAUSE;
        node_id by = condition ? tested_by(use, clause, FIELD_CONDITION) : NODE_NONE;
        found = by != NODE_NONE ? by : found;
    }
    return found;
}

/* What holds at a node by what is right above it. */
static node_id tested_above(const struct use *use, node_id node, node_id above) {
    const struct syntax_tree *tree = use->tree;
    enum node_field field = node_field(tree, node);
    switch ((int)node_kind(tree, above)) {
    case NODE_IF_EXPRESSION:
    case NODE_ELIF_CLAUSE:
    case NODE_JSX_IF:
    case NODE_JSX_ELIF:
        return field == FIELD_CONSEQUENCE ? tested_by(use, above, FIELD_CONDITION) : NODE_NONE;
    case NODE_WHILE_EXPRESSION:
        return field == FIELD_BODY ? tested_by(use, above, FIELD_CONDITION) : NODE_NONE;
    case NODE_FOR_EXPRESSION:
        return field == FIELD_BODY ? tested_by(use, above, FIELD_WHEN) : NODE_NONE;
    case NODE_MATCH_ARM:
        return field == FIELD_BODY ? tested_by(use, above, FIELD_GUARD) : NODE_NONE;
    case NODE_BINARY_EXPRESSION: {
        struct str operator= node_text(tree, node_child(tree, above, FIELD_OPERATOR));
        bool behind = field == FIELD_RIGHT && is_one(operator, STR("and"), STR("&&"));
        return behind ? tested_by(use, above, FIELD_LEFT) : NODE_NONE;
    }
    case NODE_ARRAY:
    case NODE_OBJECT:
        return tested_by_clauses(use, above, node);
    case NODE_BLOCK:
        return tested_by_block(use, above, node);
    default:
        return NODE_NONE;
    }
}

/* ---- the type that the name says */

/* "Box<User>" of "Box<User> | String", where `Box` is asked for. */
static struct str alternative(struct str type, struct str name) {
    type = type_text_present(type);
    for (size_t at = 0; at < type.size;) {
        struct str rest = str_slice(type, at, type.size);
        size_t end = signature_operator(rest);
        struct str part = type_text_present(str_slice(rest, 0, end));
        if (str_equal(str_slice(part, 0, str_find(part, '<', 0)), name)) {
            return part;
        }
        at += end + 1;
    }
    return unknown;
}

/* What all values of the type have is known of texts, numbers, truths and records with fields. */
static bool is_known(const struct use *use, node_id name) {
    static const struct str plain[] = {STR_INIT("String"), STR_INIT("Int"), STR_INIT("Float"), STR_INIT("Bool")};
    struct str text = node_text(use->tree, name);
    if (str_is_one_of(text, plain, sizeof plain / sizeof *plain)) {
        return true;
    }
    struct package_symbol type = type_text_named(use->typer, node_span(use->tree, name).start, text);
    return type.symbol != NULL && type.symbol->kind == SYMBOL_TYPE;
}

struct str type_text_tested(struct typer *typer, node_id name, struct str declared) {
    const struct file_analysis *file = typer->file;
    const struct binding *binding = analysis_binding(file, name);
    struct use use = {typer, file->tree, binding == NULL ? 0 : binding->symbol};
    const struct symbol *symbol = analysis_symbol(file, use.symbol);
    node_id found = NODE_NONE, node = name;
    if (use.symbol == 0 || (symbol->flags & SYMBOL_MUTABLE) != 0) {
        return unknown;
    }
    for (unsigned i = 0; i < CLIMB && node != symbol->node && node != NODE_ROOT && found == NODE_NONE; i++) {
        node_id above = node_parent(file->tree, node);
        found = tested_above(&use, node, above);
        node = above;
    }
    if (node_kind(file->tree, found) == NODE_NIL) {
        struct str present = type_text_present(declared);
        return present.size < declared.size ? present : unknown;
    }
    if (found == NODE_NONE || !is_known(&use, found)) {
        return unknown;
    }
    struct str text = node_text(file->tree, found), part = alternative(declared, text);
    return part.size > 0 ? part : text;
}
