/* patterns: what a pattern asks of a value, as a condition, and the parts that its names stand for. */
#include "codegen/patterns.h"

#include "codegen/assignments.h"
#include "codegen/expressions.h"
#include "codegen/names.h"
#include "codegen/symbols_in.h"
#include "codegen/types.h"
#include "parser/base/limits.h"

void pattern_require(struct emitter *e, struct tests *tests, struct js *condition) {
    tests->condition = tests->condition == NULL ? condition : js_and(e->arena, tests->condition, condition);
}

static void bind_part(struct emitter *e, struct tests *tests, node_id name, struct js *value) {
    if (name != NODE_NONE && !str_equal(text_of(e, name), STR("_"))) {
        vec_push(e->arena, &tests->bound, ((struct bound){name, value}));
    }
}

static struct js *part_named(struct emitter *e, struct js *subject, struct str name) {
    if (!name_is_plain(name)) {
        return js_index(e->arena, subject, js_string(e->arena, name));
    }
    struct js *member = js_member(e->arena, subject, "");
    member->text = name;
    return member;
}

static struct js *part_at(struct emitter *e, struct js *subject, unsigned index) {
    struct str text = arena_printf(e->arena, "%u", index);
    return js_index(e->arena, subject, js_text(e->arena, JS_LITERAL, text));
}

/* ---- variants and types */

static void test_tag(struct emitter *e, struct tests *tests, struct js *subject, node_id name, struct str tag) {
    struct js *member = js_member(e->arena, subject, "__tag");
    member->flags |= JS_IS_OPTIONAL;
    pattern_require(e, tests, js_binary(e->arena, member, "===", placed(e, js_string(e->arena, tag), name)));
}

static node_id last_name(const struct emitter *e, node_id name) {
    return kind_of(e, name) == NODE_MEMBER_EXPRESSION ? node_child(e->tree, name, FIELD_PROPERTY) : name;
}

static struct program_symbol variant_meant(const struct emitter *e, node_id name) {
    struct program_symbol variant = variant_at(e, name);
    if (variant.file != NULL) {
        return variant;
    }
    struct program_symbol symbol = symbol_at_node(e, name);
    return symbol_kind_of(symbol) == SYMBOL_MODEL ? type_named(e, symbol_data(symbol)->name) : symbol;
}

/* A name with a capital letter and nothing behind it: a variant, a type, or a constant. */
static void test_capital_name(struct emitter *e, node_id name, struct js *subject, struct tests *tests) {
    struct program_symbol symbol = variant_meant(e, name);
    enum symbol_kind kind = symbol_kind_of(symbol);
    if (type_is_refined(symbol)) {
        pattern_require(e, tests, refined_test(e, symbol, subject, name));
    } else if (type_is_record(symbol)) {
        pattern_require(e, tests, js_binary(e->arena, subject, "instanceof", symbol_value(e, symbol, name)));
    } else if (kind == SYMBOL_CONSTANT || kind == SYMBOL_VARIABLE || kind == SYMBOL_PARAMETER || kind == SYMBOL_STATE) {
        pattern_require(e, tests, js_binary(e->arena, subject, "===", symbol_value(e, symbol, name)));
    } else {
        test_tag(e, tests, subject, name, text_of(e, last_name(e, name)));
    }
}

/* The name of the field that a variant's part at `index` stands for. */
static struct str field_at(const struct emitter *e, node_id name, unsigned index, node_id pattern) {
    struct program_symbol variant = variant_meant(e, name);
    const struct symbol *data = symbol_data(variant);
    if (data != NULL && index < data->part_count) {
        return analysis_name(variant.file, analysis_symbol(variant.file, data->first_part + index)->name);
    }
    if (str_equal(text_of(e, name), STR("Err"))) {
        return STR("error");
    }
    bool known = str_equal(text_of(e, name), STR("Ok")) || str_equal(text_of(e, name), STR("Some"));
    return known || kind_of(e, pattern) != NODE_IDENTIFIER ? STR("value") : text_of(e, pattern);
}

static void test_variant(struct emitter *e, node_id pattern, struct js *subject, struct tests *tests) {
    node_id name = node_child(e->tree, pattern, FIELD_NAME);
    test_capital_name(e, name, subject, tests);
    unsigned index = 0;
    for (node_id child = node_first_plain(e->tree, pattern); child != NODE_NONE;
         child = node_next_plain(e->tree, child)) {
        if (kind_of(e, child) != NODE_REST_PATTERN) {
            pattern_test(e, child, part_named(e, subject, field_at(e, name, index, child)), tests);
        }
        index++;
    }
}

/* ---- collections */

static void test_length(struct emitter *e, struct js *subject, unsigned count, bool rest, struct tests *tests) {
    struct js *is_array = js_member(e->arena, global_name(e, "Array"), "isArray");
    pattern_require(e, tests, js_call1(e->arena, is_array, subject));
    struct js *size = js_text(e->arena, JS_LITERAL, arena_printf(e->arena, "%u", count));
    if (!rest || count > 0) {
        pattern_require(e, tests,
                        js_binary(e->arena, js_member(e->arena, subject, "length"), rest ? ">=" : "===", size));
    }
}

static struct js *rest_of(struct emitter *e, struct js *subject, unsigned before, unsigned behind) {
    struct js *call = js_call(e->arena, js_member(e->arena, subject, "slice"));
    if (before > 0 || behind > 0) {
        js_add(e->arena, &call->list, js_text(e->arena, JS_LITERAL, arena_printf(e->arena, "%u", before)));
    }
    if (behind > 0) {
        js_add(e->arena, &call->list, js_text(e->arena, JS_LITERAL, arena_printf(e->arena, "-%u", behind)));
    }
    return call;
}

static void test_array(struct emitter *e, node_id pattern, struct js *subject, struct tests *tests) {
    unsigned count = 0;
    bool rest = false;
    for (node_id child = node_first_plain(e->tree, pattern); child != NODE_NONE;
         child = node_next_plain(e->tree, child)) {
        bool is_rest = kind_of(e, child) == NODE_REST_PATTERN;
        rest = rest || is_rest;
        count += !is_rest;
    }
    test_length(e, subject, count, rest, tests);
    unsigned index = 0;
    bool behind = false;
    for (node_id child = node_first_plain(e->tree, pattern); child != NODE_NONE;
         child = node_next_plain(e->tree, child)) {
        if (kind_of(e, child) == NODE_REST_PATTERN) {
            bind_part(e, tests, node_child(e->tree, child, FIELD_NAME), rest_of(e, subject, index, count - index));
            behind = true;
            continue;
        }
        struct js *part = part_at(e, subject, index);
        if (behind) {
            struct str offset = arena_printf(e->arena, "-%u", count - index);
            part = js_call1(e->arena, js_member(e->arena, subject, "at"), js_text(e->arena, JS_LITERAL, offset));
        }
        pattern_test(e, child, part, tests);
        index++;
    }
}

/* `...rest` of an object: everything that the pattern does not name. */
static struct js *rest_of_object(struct emitter *e, node_id pattern, struct js *subject, node_id rest) {
    struct js *object = js_new(e->arena, JS_OBJECT);
    NODE_EACH(child, e->tree, pattern) {
        enum node_kind kind = kind_of(e, child);
        node_id key = kind == NODE_PAIR_PATTERN ? node_child(e->tree, child, FIELD_KEY) : child;
        if (kind == NODE_PAIR_PATTERN || kind == NODE_IDENTIFIER) {
            struct js *name = js_text(e->arena, JS_NAME, fresh_text(e, STR("_")));
            js_add(e->arena, &object->list, js_property(e->arena, text_of(e, key), name));
        }
    }
    struct js *target = js_new(e->arena, JS_SPREAD);
    target->a = lower_target(e, node_child(e->tree, rest, FIELD_NAME));
    js_add(e->arena, &object->list, target);
    return js_assign(e->arena, object, "=", subject);
}

/* A part that only gets a name asks nothing of its value, but it has to be there. */
static void require_part(struct emitter *e, struct js *subject, struct str name, struct tests *tests) {
    pattern_require(e, tests, js_binary(e->arena, js_string(e->arena, name), "in", subject));
}

static void test_object(struct emitter *e, node_id pattern, struct js *subject, struct tests *tests) {
    pattern_require(
        e, tests,
        js_binary(e->arena, js_unary(e->arena, "typeof", subject), "===", js_literal(e->arena, "\"object\"")));
    pattern_require(e, tests, js_binary(e->arena, subject, "!==", js_literal(e->arena, "null")));
    NODE_EACH(child, e->tree, pattern) {
        enum node_kind kind = kind_of(e, child);
        if (kind == NODE_IDENTIFIER) {
            require_part(e, subject, text_of(e, child), tests);
            bind_part(e, tests, child, part_named(e, subject, text_of(e, child)));
        } else if (kind == NODE_PAIR_PATTERN) {
            struct str key = text_of(e, node_child(e->tree, child, FIELD_KEY));
            if (kind_of(e, node_child(e->tree, child, FIELD_VALUE)) == NODE_IDENTIFIER) {
                require_part(e, subject, key, tests);
            }
            pattern_test(e, node_child(e->tree, child, FIELD_VALUE), part_named(e, subject, key), tests);
        } else if (kind == NODE_REST_PATTERN && node_child(e->tree, child, FIELD_NAME) != NODE_NONE) {
            vec_push(e->arena, &tests->bound, ((struct bound){NODE_NONE, rest_of_object(e, pattern, subject, child)}));
        }
    }
}

/* ---- the rest */

static struct js *lower_number_pattern(struct emitter *e, node_id node) {
    if (kind_of(e, node) != NODE_NEGATIVE) {
        return lower_number(e, node);
    }
    return placed(e, js_unary(e->arena, "-", lower_number(e, node_first_child(e->tree, node))), node);
}

static void test_range(struct emitter *e, node_id pattern, struct js *subject, struct tests *tests) {
    bool inclusive = str_equal(operator_of(e, pattern), STR("..="));
    struct js *start = lower_number_pattern(e, node_child(e->tree, pattern, FIELD_START));
    struct js *end = lower_number_pattern(e, node_child(e->tree, pattern, FIELD_END));
    if (tests->number != subject) {
        struct js *type = js_unary(e->arena, "typeof", subject);
        pattern_require(e, tests, js_binary(e->arena, type, "===", js_literal(e->arena, "\"number\"")));
    }
    pattern_require(e, tests, js_binary(e->arena, subject, ">=", start));
    pattern_require(e, tests, js_binary(e->arena, subject, inclusive ? "<=" : "<", end));
}

static void test_concat(struct emitter *e, node_id pattern, struct js *subject, struct tests *tests) {
    struct str prefix = STR("");
    node_id left = node_child(e->tree, pattern, FIELD_LEFT);
    if (!node_string_value(e->arena, e->tree, left, &prefix)) {
        not_emitted(e, pattern, "a pattern with an interpolated string");
    }
    pattern_require(
        e, tests,
        js_binary(e->arena, js_unary(e->arena, "typeof", subject), "===", js_literal(e->arena, "\"string\"")));
    struct js *starts = js_member(e->arena, subject, "startsWith");
    pattern_require(e, tests, js_call1(e->arena, starts, placed(e, js_string(e->arena, prefix), left)));
    struct js *size = js_member(e->arena, js_string(e->arena, prefix), "length");
    struct js *rest = js_call1(e->arena, js_member(e->arena, subject, "slice"), size);
    bind_part(e, tests, node_child(e->tree, pattern, FIELD_RIGHT), rest);
}

static void test_or(struct emitter *e, node_id pattern, struct js *subject, struct tests *tests) {
    node_id left = node_first_plain(e->tree, pattern);
    struct tests sides[2] = {{0}, {0}};
    pattern_test(e, left, subject, &sides[0]);
    pattern_test(e, node_next_plain(e->tree, left), subject, &sides[1]);
    if (sides[0].condition != NULL && sides[1].condition != NULL) {
        pattern_require(e, tests, js_binary(e->arena, sides[0].condition, "||", sides[1].condition));
    }
    for (unsigned i = 0; i < sides[0].bound.count; i++) {
        struct bound bound = sides[0].bound.items[i];
        for (unsigned k = 0; k < sides[1].bound.count && sides[0].condition != NULL; k++) {
            struct bound other = sides[1].bound.items[k];
            if (bound.name != NODE_NONE && other.name != NODE_NONE &&
                str_equal(text_of(e, bound.name), text_of(e, other.name))) {
                bound.value = js_conditional(e->arena, sides[0].condition, bound.value, other.value);
            }
        }
        vec_push(e->arena, &tests->bound, bound);
    }
}

static bool starts_upper(struct str text) { return text.size > 0 && text.data[0] >= 'A' && text.data[0] <= 'Z'; }

static void test_name(struct emitter *e, node_id pattern, struct js *subject, struct tests *tests) {
    if (starts_upper(text_of(e, pattern))) {
        test_capital_name(e, pattern, subject, tests);
    } else {
        bind_part(e, tests, pattern, subject);
    }
}

static void test_nil(struct emitter *e, node_id pattern, struct js *subject, struct tests *tests) {
    pattern_require(e, tests, js_binary(e->arena, subject, "==", placed(e, js_literal(e->arena, "null"), pattern)));
}

static void test_literal(struct emitter *e, node_id pattern, struct js *subject, struct tests *tests) {
    struct js *value =
        kind_of(e, pattern) == NODE_NEGATIVE ? lower_number_pattern(e, pattern) : lower_expression(e, pattern);
    pattern_require(e, tests, js_binary(e->arena, subject, "===", value));
}

typedef void test_kind(struct emitter *e, node_id pattern, struct js *subject, struct tests *tests);

static test_kind *const testers[NODE_KIND_COUNT] = {
    [NODE_IDENTIFIER] = test_name,       [NODE_NUMBER] = test_literal,
    [NODE_STRING] = test_literal,        [NODE_SINGLE_STRING] = test_literal,
    [NODE_TRUE] = test_literal,          [NODE_FALSE] = test_literal,
    [NODE_NEGATIVE] = test_literal,      [NODE_NIL] = test_nil,
    [NODE_RANGE_PATTERN] = test_range,   [NODE_VARIANT_PATTERN] = test_variant,
    [NODE_ARRAY_PATTERN] = test_array,   [NODE_TUPLE_PATTERN] = test_array,
    [NODE_OBJECT_PATTERN] = test_object, [NODE_CONCAT_PATTERN] = test_concat,
    [NODE_OR_PATTERN] = test_or,
};

void pattern_test(struct emitter *e, node_id pattern, struct js *subject, struct tests *tests) {
    test_kind *test = testers[kind_of(e, pattern)];
    if (test == NULL || e->depth >= LIMIT_SYNTAX_DEPTH) {
        not_emitted(e, pattern, "this pattern");
        return;
    }
    e->depth++;
    test(e, pattern, subject, tests);
    e->depth--;
}
