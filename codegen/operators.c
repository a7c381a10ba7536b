/* operators: binary and unary expressions. */
#include "codegen/expressions.h"

#include "codegen/choices.h"
#include "codegen/imports.h"
#include "codegen/names.h"
#include "codegen/symbols_in.h"
#include "codegen/types.h"
#include "codegen/waits_first.h"
#include "parser/base/limits.h"

#include <assert.h>

/* How an operator of the language is lowered. */
enum operation {
    PLAIN,   /* the JavaScript operator */
    COMPARE, /* the JavaScript operator; chains */
    EQUAL,   /* the same, but with nil */
    LOGIC,   /* the right side only sometimes */
    COALESCE,
    MULTIPLY,
    MEMBERSHIP,
    TYPE_TEST,
    RANGE,
};

static const struct operator{
    struct str text;
    const char *js;
    enum operation operation;
    bool negated;
}
operators[] = {
    {STR_INIT("+"), "+", PLAIN, false},      {STR_INIT("-"), "-", PLAIN, false},
    {STR_INIT("*"), "*", MULTIPLY, false},   {STR_INIT("/"), "/", PLAIN, false},
    {STR_INIT("%"), "%", PLAIN, false},      {STR_INIT("**"), "**", PLAIN, false},
    {STR_INIT("++"), "+", PLAIN, false},     {STR_INIT("<<"), "<<", PLAIN, false},
    {STR_INIT(">>"), ">>", PLAIN, false},    {STR_INIT(">>>"), ">>>", PLAIN, false},
    {STR_INIT("&"), "&", PLAIN, false},      {STR_INIT("|"), "|", PLAIN, false},
    {STR_INIT("^"), "^", PLAIN, false},      {STR_INIT("<"), "<", COMPARE, false},
    {STR_INIT("<="), "<=", COMPARE, false},  {STR_INIT(">"), ">", COMPARE, false},
    {STR_INIT(">="), ">=", COMPARE, false},  {STR_INIT("=="), "===", EQUAL, false},
    {STR_INIT("!="), "!==", EQUAL, true},    {STR_INIT("and"), "&&", LOGIC, false},
    {STR_INIT("&&"), "&&", LOGIC, false},    {STR_INIT("or"), "||", LOGIC, false},
    {STR_INIT("||"), "||", LOGIC, false},    {STR_INIT("??"), "??", COALESCE, false},
    {STR_INIT("in"), "", MEMBERSHIP, false}, {STR_INIT("not in"), "", MEMBERSHIP, true},
    {STR_INIT("is"), "", TYPE_TEST, false},  {STR_INIT("is not"), "", TYPE_TEST, true},
    {STR_INIT(".."), "range", RANGE, false}, {STR_INIT("..="), "rangeInclusive", RANGE, false},
};

static const struct operator* operator_at(const struct emitter *e, node_id node) {
    struct str text = operator_of(e, node);
    for (size_t i = 0; text.size > 0 && i < sizeof operators / sizeof *operators; i++) {
        if (operators[i].text.data[0] == text.data[0] && str_equal(operators[i].text, text)) {
            return &operators[i];
        }
    }
    return NULL;
}

static struct js *negated_if(struct emitter *e, struct js *value, bool negated) {
    return negated ? js_not(e->arena, value) : value;
}

/* ---- equality */

static bool is_nil(const struct emitter *e, node_id node) {
    return kind_of(e, without_parentheses(e, node)) == NODE_NIL;
}

static bool compares_simply(const struct emitter *e, node_id node) {
    enum value_type type = type_of_value(e, node);
    return type == VALUE_STRING || type == VALUE_NUMBER || type == VALUE_BOOL;
}

/* `chosen == row.id` where a list shows it: is(chosen, row.id), which changes for two rows of the list and not for all. */
static struct js *followed_choice(struct emitter *e, node_id state, node_id other, struct js *read, struct js *value) {
    bool followed = e->function != NULL && e->function->is_followed && (read->flags & JS_IS_READ) != 0 &&
                    kind_of(e, state) == NODE_IDENTIFIER &&
                    symbol_kind_of(symbol_at_node(e, state)) == SYMBOL_STATE && belongs_to_row(e, other);
    return followed ? js_call2(e->arena, runtime_name(e, RUNTIME_CHOICES, "is"), read->a, value) : NULL;
}

static struct js *equality(struct emitter *e, const struct operator* operator, node_id left, node_id right,
                           struct js *a, struct js *b) {
    if (is_nil(e, left) || is_nil(e, right)) {
        return js_binary(e->arena, a, operator->negated ? "!=" : "==", b);
    }
    if (!compares_simply(e, left) && !compares_simply(e, right) && e->equality_is_derived) {
        struct js *call = js_call2(e->arena, runtime_name(e, RUNTIME_OPERATORS, "same"), a, b);
        return negated_if(e, call, operator->negated);
    }
    struct js *choice = followed_choice(e, left, right, a, b);
    choice = choice != NULL ? choice : followed_choice(e, right, left, b, a);
    return choice != NULL ? negated_if(e, choice, operator->negated) : js_binary(e->arena, a, operator->js, b);
}

static struct js *comparison(struct emitter *e, const struct operator* operator, node_id node, struct js *a, struct js *b) {
    node_id left = node_child(e->tree, node, FIELD_LEFT);
    node_id right = node_child(e->tree, node, FIELD_RIGHT);
    if (operator->operation == EQUAL) {
        return equality(e, operator, left, right, a, b);
    }
    return js_binary(e->arena, a, operator->js, b);
}

static struct js *tag_test(struct emitter *e, struct js *value, struct str tag) {
    struct js *member = js_member(e->arena, value, "__tag");
    member->flags |= JS_IS_OPTIONAL;
    return js_binary(e->arena, member, "===", js_string(e->arena, tag));
}

static bool is_none(const struct emitter *e, node_id node) {
    const struct binding *binding = kind_of(e, node) == NODE_IDENTIFIER ? analysis_binding(e->file, node) : NULL;
    return binding != NULL && binding->symbol == 0 && binding->builtin == BUILTIN_NONE + 1;
}

/* The name of a variant without fields, which is one value: `Calm`, `Mood.Calm`, `None`. NODE_NONE for anything else. */
static node_id constant_variant(const struct emitter *e, node_id node) {
    node = without_parentheses(e, node);
    struct program_symbol variant = variant_at(e, node);
    if (variant.file == NULL) {
        return is_none(e, node) ? node : NODE_NONE;
    }
    node_id name = kind_of(e, node) == NODE_MEMBER_EXPRESSION ? node_child(e->tree, node, FIELD_PROPERTY) : node;
    return symbol_data(variant)->part_count == 0 ? name : NODE_NONE;
}

/* `mood == Calm` asks what `match mood { Calm => … }` asks, so that data that is no value of the type yet is equal too. */
static struct js *variant_test(struct emitter *e, const struct operator* operator, node_id value, node_id variant) {
    struct js *test = tag_test(e, lower_expression(e, value), text_of(e, variant));
    test->text = str_from_c(operator->js);
    test->b = placed(e, test->b, variant);
    return test;
}

static bool is_comparison(const struct emitter *e, node_id node) {
    const struct operator* operator= kind_of(e, node) == NODE_BINARY_EXPRESSION ? operator_at(e, node) : NULL;
    return operator!= NULL &&(operator->operation == COMPARE || operator->operation == EQUAL);
}

/* A value that a further link of a chain compares again: given a name where it is evaluated, in *again. */
static struct js *compared_twice(struct emitter *e, struct js *value, struct js **again) {
    *again = value;
    if (js_is_stable(value)) {
        return value;
    }
    *again = fresh_name(e, "middle");
    add_statement(e, js_declare(e->arena, "let", *again, NULL));
    return js_assign(e->arena, *again, "=", value);
}

/* A comparison by itself with the name of a variant; NULL for any other. */
static struct js *comparison_with_variant(struct emitter *e, const struct operator* operator, node_id node) {
    node_id sides[2] = {node_child(e->tree, node, FIELD_LEFT), node_child(e->tree, node, FIELD_RIGHT)};
    for (unsigned i = 0; operator->operation == EQUAL && !is_comparison(e, sides[0]) && i < 2; i++) {
        node_id variant = constant_variant(e, sides[1 - i]);
        if (variant != NODE_NONE) {
            return variant_test(e, operator, sides[i], variant);
        }
    }
    return NULL;
}

/* The comparison as a chain; *again is the value of its right end for the link that follows when `inner`. */
static struct js *comparison_chain(struct emitter *e, node_id node, bool inner, struct js **again) {
    node_id left = node_child(e->tree, node, FIELD_LEFT);
    node_id right = node_child(e->tree, node, FIELD_RIGHT);
    node_id sign = node_child(e->tree, node, FIELD_OPERATOR);
    const struct operator* operator= operator_at(e, node);
    assert(operator!= NULL);
    struct js *values[2];
    struct js *before = NULL;
    struct js *variant;
    if (is_comparison(e, left)) {
        e->depth++;
        before = comparison_chain(e, left, true, &values[0]);
        e->depth--;
        values[1] = lower_expression(e, right);
    } else if (!inner && (variant = comparison_with_variant(e, operator, node)) != NULL) {
        return placed(e, variant, sign);
    } else {
        node_id nodes[2] = {left, right};
        lower_operands(e, nodes, 2, values);
    }
    if (inner) {
        values[1] = compared_twice(e, values[1], again);
    }
    struct js *link = placed(e, comparison(e, operator, node, values[0], values[1]), sign);
    return before == NULL ? link : js_binary(e->arena, before, "&&", link);
}

/* ---- logic */

/* The right side needs statements: they run below the condition that the left side gives. */
static struct js *logic_with_statements(struct emitter *e, const struct operator* operator, struct js * left,
                                        struct js_list *statements, struct js *right) {
    struct js *name = fresh_name(e, "result");
    add_statement(e, js_declare(e->arena, "let", name, left));
    struct js *condition = name;
    if (operator->operation == COALESCE) {
        condition = js_binary(e->arena, name, "==", js_literal(e->arena, "null"));
    } else if (str_equal(str_from_c(operator->js), STR("||"))) {
        condition = js_not(e->arena, name);
    }
    struct js *block = js_block(e->arena);
    block->list = *statements;
    struct js_list *outside = redirect(e, &block->list);
    struct js *assign = js_assign(e->arena, name, "=", branch_waits_first(e, right));
    redirect(e, outside);
    js_add(e->arena, &block->list, js_expression_statement(e->arena, assign));
    add_statement(e, js_if(e->arena, condition, block, NULL));
    return name;
}

static struct js *lower_logic(struct emitter *e, const struct operator* operator, node_id node) {
    node_id left_node = node_child(e->tree, node, FIELD_LEFT);
    struct js *left = lower_expression(e, left_node);
    enum value_type type = type_of_value(e, left_node);
    if (operator->operation == COALESCE &&(type == VALUE_UNKNOWN || type == VALUE_NUMBER) && left->kind != JS_AWAIT &&
        left->kind != JS_TEMPLATE) {
        left = js_call1(e->arena, runtime_name(e, RUNTIME_OPERATORS, "given"), left);
        left->flags |= JS_IS_REPEATABLE;
    }
    struct js_list statements = {0};
    struct js_list *outside = redirect(e, &statements);
    struct js *right = lower_expression(e, node_child(e->tree, node, FIELD_RIGHT));
    redirect(e, outside);
    if (statements.of.count > 0) {
        return logic_with_statements(e, operator, left, &statements, right);
    }
    return placed(e, js_binary(e->arena, left, operator->js, right), node_child(e->tree, node, FIELD_OPERATOR));
}

/* ---- type tests */

static const struct {
    struct str name;
    const char *type; /* what typeof answers */
} primitive_types[] = {
    {STR_INIT("String"), "\"string\""}, {STR_INIT("Number"), "\"number\""},     {STR_INIT("Float"), "\"number\""},
    {STR_INIT("Bool"), "\"boolean\""},  {STR_INIT("Function"), "\"function\""},
};

static struct js *any_tag_test(struct emitter *e, struct js *value, struct program_symbol type) {
    const struct symbol *data = symbol_data(type);
    struct js *test = NULL;
    for (uint32_t i = data->first_part; i < data->first_part + data->part_count; i++) {
        struct str name = analysis_name(type.file, analysis_symbol(type.file, i)->name);
        struct js *one = tag_test(e, value, name);
        test = test == NULL ? one : js_binary(e->arena, test, "||", one);
    }
    return test;
}

/* A test for another name of a type is one for that type. */
static struct js *renamed_test(struct emitter *e, struct js *value, struct program_symbol type, node_id site) {
    node_id named = node_child(type.file->tree, symbol_data(type)->node, FIELD_VALUE);
    if (node_kind(type.file->tree, named) != NODE_TYPE_NAME || e->depth >= LIMIT_SYNTAX_DEPTH) {
        not_emitted(e, site, "a test for a type that is not a single named one");
        return js_literal(e->arena, "false");
    }
    uint32_t before = e->file_index;
    enter_file(e, file_index_of(e, type.file));
    e->depth++;
    struct js *test = type_test(e, value, node_child(e->tree, named, FIELD_NAME));
    e->depth--;
    enter_file(e, before);
    return test;
}

struct js *type_test(struct emitter *e, struct js *value, node_id type) {
    struct str name = text_of(e, type);
    for (size_t i = 0; i < sizeof primitive_types / sizeof *primitive_types; i++) {
        if (str_equal(primitive_types[i].name, name)) {
            return js_binary(e->arena, js_unary(e->arena, "typeof", value),
                             "===", js_literal(e->arena, primitive_types[i].type));
        }
    }
    if (str_equal(name, STR("Int"))) {
        return js_call1(e->arena, js_member(e->arena, global_name(e, "Number"), "isInteger"), value);
    }
    if (str_equal(name, STR("Array")) || str_equal(name, STR("List"))) {
        return js_call1(e->arena, js_member(e->arena, global_name(e, "Array"), "isArray"), value);
    }
    if (str_equal(name, STR("Nil"))) {
        return js_binary(e->arena, value, "==", js_literal(e->arena, "null"));
    }
    struct program_symbol symbol = symbol_at_node(e, type);
    if (symbol_kind_of(symbol) == SYMBOL_MODEL) {
        symbol = type_named(e, symbol_data(symbol)->name);
    }
    if (type_has_variants(symbol)) {
        return any_tag_test(e, value, symbol);
    }
    if (type_is_refined(symbol)) {
        return refined_test(e, symbol, value, type);
    }
    if (!symbol_is_value(symbol)) {
        return renamed_test(e, value, symbol, type);
    }
    const struct binding *binding = analysis_binding(e->file, type);
    bool global = binding != NULL && binding->global;
    if (symbol_kind_of(symbol) == SYMBOL_TYPE || symbol_kind_of(symbol) == SYMBOL_IMPORT || global) {
        struct js *class = global ? lower_name(e, type) : symbol_value(e, symbol, type);
        return js_binary(e->arena, value, "instanceof", class);
    }
    return tag_test(e, value, name);
}

/* A type with several variants asks for each of their tags. */
static bool asks_twice(const struct emitter *e, node_id type) {
    struct program_symbol symbol = kind_of(e, type) == NODE_IDENTIFIER ? symbol_at_node(e, type)
                                                                       : (struct program_symbol){NULL, 0};
    return kind_of(e, type) == NODE_MEMBER_EXPRESSION || symbol_kind_of(symbol) == SYMBOL_MODEL ||
           (type_has_variants(symbol) && symbol_data(symbol)->part_count > 1);
}

static struct js *lower_type_test(struct emitter *e, const struct operator* operator, node_id node) {
    node_id type = node_child(e->tree, node, FIELD_RIGHT);
    struct js *value = lower_expression(e, node_child(e->tree, node, FIELD_LEFT));
    if (asks_twice(e, type)) {
        value = stable_value(e, value, "value");
    }
    if (kind_of(e, type) == NODE_NIL) {
        return js_binary(e->arena, value, operator->negated ? "!=" : "==", js_literal(e->arena, "null"));
    }
    if (kind_of(e, type) == NODE_MEMBER_EXPRESSION) {
        type = node_child(e->tree, type, FIELD_PROPERTY);
    }
    return negated_if(e, type_test(e, value, type), operator->negated);
}

/* ---- all */

static struct js *lower_membership(struct emitter *e, const struct operator* operator, struct js ** values) {
    /* The collection is the first argument of the function, but the second operand of the operator. */
    if (!js_is_constant(values[1])) {
        values[0] = stable_value(e, values[0], "value");
    }
    struct js *function = runtime_name(e, RUNTIME_CORE, "includes");
    return negated_if(e, js_call2(e->arena, function, values[1], values[0]), operator->negated);
}

static struct js *lower_multiply(struct emitter *e, node_id node, struct js **values) {
    if (type_of_value(e, node_child(e->tree, node, FIELD_LEFT)) == VALUE_STRING) {
        return js_call2(e->arena, runtime_name(e, RUNTIME_CORE, "repeat"), values[0], values[1]);
    }
    if (type_of_value(e, node_child(e->tree, node, FIELD_RIGHT)) == VALUE_STRING) {
        return js_call2(e->arena, runtime_name(e, RUNTIME_CORE, "repeat"), values[1], values[0]);
    }
    if (value_may_be_text(e, node_child(e->tree, node, FIELD_LEFT)) ||
        value_may_be_text(e, node_child(e->tree, node, FIELD_RIGHT))) {
        return js_call2(e->arena, runtime_name(e, RUNTIME_OPERATORS, "times"), values[0], values[1]);
    }
    return js_binary(e->arena, values[0], "*", values[1]);
}

struct js *lower_binary(struct emitter *e, node_id node) {
    const struct operator* operator= operator_at(e, node);
    if (operator== NULL) {
        not_emitted(e, node, "this operator");
        return js_literal(e->arena, "undefined");
    }
    struct js *again;
    if (operator->operation == COMPARE || operator->operation == EQUAL) {
        return comparison_chain(e, node, false, &again);
    }
    if (operator->operation == LOGIC || operator->operation == COALESCE) {
        return lower_logic(e, operator, node);
    }
    if (operator->operation == TYPE_TEST) {
        return lower_type_test(e, operator, node);
    }
    node_id nodes[2] = {node_child(e->tree, node, FIELD_LEFT), node_child(e->tree, node, FIELD_RIGHT)};
    struct js *values[2];
    lower_operands(e, nodes, 2, values);
    if (operator->operation == MEMBERSHIP) {
        return lower_membership(e, operator, values);
    }
    if (operator->operation == RANGE) {
        return js_call2(e->arena, runtime_name(e, RUNTIME_CORE, operator->js), values[0], values[1]);
    }
    struct js *result = operator->operation == MULTIPLY ? lower_multiply(e, node, values)
                                                        : js_binary(e->arena, values[0], operator->js, values[1]);
    return result->kind == JS_BINARY ? placed(e, result, node_child(e->tree, node, FIELD_OPERATOR)) : result;
}

struct js *lower_unary(struct emitter *e, node_id node) {
    struct str operator= operator_of(e, node);
    struct js *operand = lower_expression(e, node_child(e->tree, node, FIELD_OPERAND));
    const char *sign = str_equal(operator, STR("-")) ? "-" : str_equal(operator, STR("+")) ? "+" : "~";
    if (str_equal(operator, STR("not")) || str_equal(operator, STR("!"))) {
        return js_not(e->arena, operand);
    }
    return placed(e, js_unary(e->arena, sign, operand), node_child(e->tree, node, FIELD_OPERATOR));
}
