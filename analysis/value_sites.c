/* What stands around an expression, by the kind of the node above it. */
#include "analysis/value_sites.h"

static bool is_literal(enum node_kind kind) {
    return kind == NODE_NUMBER || kind == NODE_STRING || kind == NODE_SINGLE_STRING || kind == NODE_TRUE || kind == NODE_FALSE;
}

static enum value_site site_in_operation(const struct syntax_tree *tree, node_id operation, node_id operand) {
    static const struct str reckoning[] = {STR_INIT("+"), STR_INIT("-"), STR_INIT("*"),  STR_INIT("/"),  STR_INIT("%"),
                                           STR_INIT("**"), STR_INIT("<"), STR_INIT("<="), STR_INIT(">"), STR_INIT(">=")};
    static const struct str equal[] = {STR_INIT("=="), STR_INIT("!=")};
    static const struct str choices[] = {STR_INIT("and"), STR_INIT("&&"), STR_INIT("or"), STR_INIT("||")};
    struct str operator= node_text(tree, node_child(tree, operation, FIELD_OPERATOR));
    node_id left = node_child(tree, operation, FIELD_LEFT), right = node_child(tree, operation, FIELD_RIGHT);
    if (str_is_one_of(operator, reckoning, sizeof reckoning / sizeof *reckoning)) {
        return VALUE_SITE_OPERAND;
    }
    if (str_is_one_of(operator, equal, sizeof equal / sizeof *equal)) {
        return is_literal(node_kind(tree, operand == left ? right : left)) ? VALUE_SITE_OPERAND : VALUE_SITE_NONE;
    }
    bool chosen = str_is_one_of(operator, choices, sizeof choices / sizeof *choices);
    return chosen && operand == left ? VALUE_SITE_CONDITION : VALUE_SITE_NONE;
}

static enum value_site site_in_unary(const struct syntax_tree *tree, node_id operation) {
    struct str operator= node_text(tree, node_child(tree, operation, FIELD_OPERATOR));
    return str_equal(operator, STR("not")) || str_equal(operator, STR("!")) ? VALUE_SITE_CONDITION : VALUE_SITE_OPERAND;
}

/* The sites that a field of a kind of node is. */
static const struct {
    enum node_kind kind;
    enum node_field field;
    enum value_site site;
} sites[] = {
    {NODE_INTERPOLATION, FIELD_VALUE, VALUE_SITE_TEXT},
    {NODE_IF_EXPRESSION, FIELD_CONDITION, VALUE_SITE_CONDITION},
    {NODE_ELIF_CLAUSE, FIELD_CONDITION, VALUE_SITE_CONDITION},
    {NODE_WHILE_EXPRESSION, FIELD_CONDITION, VALUE_SITE_CONDITION},
    {NODE_GUARD_STATEMENT, FIELD_CONDITION, VALUE_SITE_CONDITION},
    {NODE_JSX_IF, FIELD_CONDITION, VALUE_SITE_CONDITION},
    {NODE_JSX_ELIF, FIELD_CONDITION, VALUE_SITE_CONDITION},
    {NODE_FOR_EXPRESSION, FIELD_WHEN, VALUE_SITE_CONDITION},
    {NODE_FOR_EXPRESSION, FIELD_ITERABLE, VALUE_SITE_LIST},
    {NODE_JSX_FOR, FIELD_ITERABLE, VALUE_SITE_LIST},
    {NODE_COMPREHENSION_CLAUSE, FIELD_ITERABLE, VALUE_SITE_LIST},
    {NODE_COMPREHENSION_CLAUSE, FIELD_CONDITION, VALUE_SITE_CONDITION},
    {NODE_INDEX_EXPRESSION, FIELD_OBJECT, VALUE_SITE_INDEX},
    {NODE_MEMBER_EXPRESSION, FIELD_OBJECT, VALUE_SITE_MEMBER},
    {NODE_MATCH_EXPRESSION, FIELD_VALUE, VALUE_SITE_MATCH},
    {NODE_JSX_MATCH, FIELD_VALUE, VALUE_SITE_MATCH},
    {NODE_PROPAGATE_EXPRESSION, FIELD_VALUE, VALUE_SITE_CARRIER},
};

static node_id out_of_parentheses(const struct syntax_tree *tree, node_id node) {
    node_id parent = node_parent(tree, node);
    while (node_kind(tree, parent) == NODE_PAREN_LIST && node_first_plain(tree, parent) == node &&
           node_next_plain(tree, node) == NODE_NONE) {
        node = parent;
        parent = node_parent(tree, node);
    }
    return node;
}

enum value_site value_site_of(const struct syntax_tree *tree, node_id expression, node_id *around) {
    node_id node = out_of_parentheses(tree, expression);
    node_id parent = node_parent(tree, node);
    enum node_kind kind = node_kind(tree, parent);
    *around = parent;
    if (kind == NODE_BINARY_EXPRESSION) {
        return site_in_operation(tree, parent, node);
    }
    if (kind == NODE_UNARY_EXPRESSION) {
        return site_in_unary(tree, parent);
    }
    for (size_t i = 0; i < sizeof sites / sizeof *sites; i++) {
        if (sites[i].kind == kind && sites[i].field == node_field(tree, node)) {
            bool waits = kind == NODE_FOR_EXPRESSION && node_child(tree, parent, FIELD_ASYNC) != NODE_NONE;
            return waits && sites[i].site == VALUE_SITE_LIST ? VALUE_SITE_NONE : sites[i].site;
        }
    }
    return VALUE_SITE_NONE;
}
