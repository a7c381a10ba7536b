/* patterns: `match` as a chain of conditions over a subject that is evaluated once. */
#include "codegen/emitter.h"

#include "parser/base/limits.h"

/* A name of a pattern and the part of the subject that it stands for. */
struct bound {
    node_id name;
    struct js *value;
};

struct tests {
    struct js *condition; /* NULL: always */
    VEC(struct bound) bound;
};

static void test_pattern(struct emitter *e, node_id pattern, struct js *subject, struct tests *tests);

static void require(struct emitter *e, struct tests *tests, struct js *condition) {
    tests->condition = tests->condition == NULL ? condition : js_binary(e->arena, tests->condition, "&&", condition);
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
    require(e, tests, js_binary(e->arena, member, "===", placed(e, js_string(e->arena, tag), name)));
}

static node_id last_name(const struct emitter *e, node_id name) {
    return kind_of(e, name) == NODE_MEMBER_EXPRESSION ? node_child(e->tree, name, FIELD_PROPERTY) : name;
}

static struct program_symbol variant_meant(const struct emitter *e, node_id name) {
    struct program_symbol symbol = symbol_at_node(e, name);
    if (kind_of(e, name) == NODE_MEMBER_EXPRESSION) {
        struct program_symbol type = symbol_at_node(e, node_child(e->tree, name, FIELD_OBJECT));
        const struct symbol *data = symbol_data(type);
        struct str text = text_of(e, last_name(e, name));
        for (uint32_t i = 0; data != NULL && i < data->part_count; i++) {
            struct program_symbol part = {type.file, data->first_part + i};
            if (str_equal(analysis_name(part.file, symbol_data(part)->name), text)) {
                return part;
            }
        }
    }
    if (symbol_kind_of(symbol) == SYMBOL_MODEL) {
        return type_named(e, symbol_data(symbol)->name);
    }
    return symbol;
}

/* A name with a capital letter and nothing behind it: a variant, a type, or a constant. */
static void test_capital_name(struct emitter *e, node_id name, struct js *subject, struct tests *tests) {
    struct program_symbol symbol = variant_meant(e, name);
    enum symbol_kind kind = symbol_kind_of(symbol);
    bool record = kind == SYMBOL_TYPE && symbol_data(symbol)->part_count > 0 &&
                  analysis_symbol(symbol.file, symbol_data(symbol)->first_part)->kind == SYMBOL_FIELD;
    if (record) {
        require(e, tests, js_binary(e->arena, subject, "instanceof", symbol_value(e, symbol, name)));
    } else if (kind == SYMBOL_CONSTANT || kind == SYMBOL_VARIABLE || kind == SYMBOL_PARAMETER || kind == SYMBOL_STATE) {
        require(e, tests, js_binary(e->arena, subject, "===", symbol_value(e, symbol, name)));
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
            test_pattern(e, child, part_named(e, subject, field_at(e, name, index, child)), tests);
        }
        index++;
    }
}

/* ---- collections */

static void test_length(struct emitter *e, struct js *subject, unsigned count, bool rest, struct tests *tests) {
    struct js *is_array = js_member(e->arena, global_name(e, "Array"), "isArray");
    require(e, tests, js_call1(e->arena, is_array, subject));
    struct js *size = js_text(e->arena, JS_LITERAL, arena_printf(e->arena, "%u", count));
    if (!rest || count > 0) {
        require(e, tests, js_binary(e->arena, js_member(e->arena, subject, "length"), rest ? ">=" : "===", size));
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
        test_pattern(e, child, part, tests);
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

static void test_object(struct emitter *e, node_id pattern, struct js *subject, struct tests *tests) {
    require(e, tests,
            js_binary(e->arena, js_unary(e->arena, "typeof", subject), "===", js_literal(e->arena, "\"object\"")));
    require(e, tests, js_binary(e->arena, subject, "!==", js_literal(e->arena, "null")));
    NODE_EACH(child, e->tree, pattern) {
        enum node_kind kind = kind_of(e, child);
        if (kind == NODE_IDENTIFIER) {
            bind_part(e, tests, child, part_named(e, subject, text_of(e, child)));
        } else if (kind == NODE_PAIR_PATTERN) {
            struct str key = text_of(e, node_child(e->tree, child, FIELD_KEY));
            test_pattern(e, node_child(e->tree, child, FIELD_VALUE), part_named(e, subject, key), tests);
        } else if (kind == NODE_REST_PATTERN && node_child(e->tree, child, FIELD_NAME) != NODE_NONE) {
            vec_push(e->arena, &tests->bound, ((struct bound){NODE_NONE, rest_of_object(e, pattern, subject, child)}));
        }
    }
}

/* ---- the rest */

static void test_range(struct emitter *e, node_id pattern, struct js *subject, struct tests *tests) {
    bool inclusive = str_equal(operator_of(e, pattern), STR("..="));
    struct js *start = js_text(e->arena, JS_LITERAL, text_of(e, node_child(e->tree, pattern, FIELD_START)));
    struct js *end = js_text(e->arena, JS_LITERAL, text_of(e, node_child(e->tree, pattern, FIELD_END)));
    require(e, tests, js_binary(e->arena, subject, ">=", start));
    require(e, tests, js_binary(e->arena, subject, inclusive ? "<=" : "<", end));
}

static void test_concat(struct emitter *e, node_id pattern, struct js *subject, struct tests *tests) {
    struct str prefix = STR("");
    node_id left = node_child(e->tree, pattern, FIELD_LEFT);
    if (!node_string_value(e->arena, e->tree, left, &prefix)) {
        not_emitted(e, pattern, "a pattern with an interpolated string");
    }
    require(e, tests,
            js_binary(e->arena, js_unary(e->arena, "typeof", subject), "===", js_literal(e->arena, "\"string\"")));
    struct js *starts = js_member(e->arena, subject, "startsWith");
    require(e, tests, js_call1(e->arena, starts, placed(e, js_string(e->arena, prefix), left)));
    struct js *size = js_member(e->arena, js_string(e->arena, prefix), "length");
    struct js *rest = js_call1(e->arena, js_member(e->arena, subject, "slice"), size);
    bind_part(e, tests, node_child(e->tree, pattern, FIELD_RIGHT), rest);
}

static void test_or(struct emitter *e, node_id pattern, struct js *subject, struct tests *tests) {
    node_id left = node_first_plain(e->tree, pattern);
    struct tests sides[2] = {{0}, {0}};
    test_pattern(e, left, subject, &sides[0]);
    test_pattern(e, node_next_plain(e->tree, left), subject, &sides[1]);
    if (sides[0].condition != NULL && sides[1].condition != NULL) {
        require(e, tests, js_binary(e->arena, sides[0].condition, "||", sides[1].condition));
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
    require(e, tests, js_binary(e->arena, subject, "==", placed(e, js_literal(e->arena, "null"), pattern)));
}

static void test_literal(struct emitter *e, node_id pattern, struct js *subject, struct tests *tests) {
    struct js *value = kind_of(e, pattern) == NODE_NEGATIVE
                           ? placed(e, js_text(e->arena, JS_LITERAL, text_of(e, pattern)), pattern)
                           : lower_expression(e, pattern);
    require(e, tests, js_binary(e->arena, subject, "===", value));
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

static void test_pattern(struct emitter *e, node_id pattern, struct js *subject, struct tests *tests) {
    test_kind *test = testers[kind_of(e, pattern)];
    if (test == NULL || e->depth >= LIMIT_SYNTAX_DEPTH) {
        not_emitted(e, pattern, "this pattern");
        return;
    }
    e->depth++;
    test(e, pattern, subject, tests);
    e->depth--;
}

/* ---- arms */

struct match_state {
    node_id value; /* the expression that is matched */
    struct js *subject;
    bool boolean;   /* the subject is surely true or false */
    node_id before; /* the pattern of the arm before, when it is `true` or `false` without a guard */
};

/* Over a truth value, `true` asks nothing more and `false` is what is left. */
static bool test_truth(struct emitter *e, struct match_state *state, node_id pattern, struct tests *tests) {
    enum node_kind kind = kind_of(e, pattern);
    if (!state->boolean || (kind != NODE_TRUE && kind != NODE_FALSE)) {
        return false;
    }
    bool rest = state->before != NODE_NONE && kind_of(e, state->before) != kind;
    if (!rest) {
        require(e, tests, kind == NODE_TRUE ? state->subject : js_not(e->arena, state->subject));
    }
    return true;
}

static void lower_guard(struct emitter *e, node_id guard, struct tests *tests) {
    unsigned stand_ins = e->stand_ins.count;
    for (unsigned i = 0; i < tests->bound.count; i++) {
        struct program_symbol symbol = symbol_at_node(e, tests->bound.items[i].name);
        if (symbol.file != NULL) {
            vec_push(e->arena, &e->stand_ins,
                     ((struct stand_in){e->file_index, symbol.symbol, tests->bound.items[i].value}));
        }
    }
    struct js_list statements = {0};
    struct js_list *outside = redirect(e, &statements);
    struct js *condition = lower_expression(e, guard);
    redirect(e, outside);
    if (statements.of.count > 0) {
        not_emitted(e, guard, "a guard that needs statements of its own");
    }
    require(e, tests, condition);
    e->stand_ins.count = stand_ins;
}

static struct tests test_arm(struct emitter *e, struct match_state *state, node_id arm) {
    struct tests tests = {0};
    node_id pattern = node_child(e->tree, arm, FIELD_PATTERN);
    node_id guard = node_child(e->tree, arm, FIELD_GUARD);
    bool truth = test_truth(e, state, pattern, &tests);
    if (!truth) {
        test_pattern(e, pattern, state->subject, &tests);
    }
    if (guard != NODE_NONE) {
        lower_guard(e, guard, &tests);
    }
    state->before = truth && guard == NODE_NONE ? pattern : NODE_NONE;
    return tests;
}

static struct match_state match_start(struct emitter *e, node_id node, bool statements) {
    struct match_state state = {.value = node_child(e->tree, node, FIELD_VALUE)};
    state.boolean = type_of_value(e, state.value) == VALUE_BOOL;
    state.subject = lower_expression(e, state.value);
    unsigned arms = 0;
    NODE_EACH(child, e->tree, node) { arms += kind_of(e, child) == NODE_MATCH_ARM; }
    node_id first = node_child(e->tree, node_child_of_kind(e->tree, node, NODE_MATCH_ARM), FIELD_PATTERN);
    bool once = state.boolean && arms <= 2 && (kind_of(e, first) == NODE_TRUE || kind_of(e, first) == NODE_FALSE);
    const struct js *root = state.subject;
    while (root->kind == JS_MEMBER || root->kind == JS_CALL) {
        root = root->a;
    }
    if (root->kind == JS_NAME && declares_inside(e, node, root->text)) {
        struct js *name = fresh_name(e, "subject");
        add_statement(e, js_declare(e->arena, "const", name, state.subject));
        state.subject = name;
    } else if (!once && statements && arms > 1 && state.subject->kind != JS_NAME && state.subject->kind != JS_LITERAL) {
        struct js *name = fresh_name(e, "subject");
        add_statement(e, js_declare(e->arena, "const", name, state.subject));
        state.subject = name;
    } else if (!once) {
        state.subject = stable_value(e, state.subject, "subject");
    }
    return state;
}

static bool is_used_in(const struct emitter *e, node_id name, node_id body) {
    struct program_symbol symbol = symbol_at_node(e, name);
    for (node_id n = body; n < e->tree->nodes[body].next; n++) {
        const struct binding *binding = analysis_binding(e->file, n);
        if (binding != NULL && binding->symbol == symbol.symbol) {
            return true;
        }
    }
    return false;
}

static void declare_bound(struct emitter *e, const struct tests *tests, node_id body) {
    for (unsigned i = 0; i < tests->bound.count; i++) {
        struct bound bound = tests->bound.items[i];
        if (bound.name == NODE_NONE) {
            add_statement(e, js_declare(e->arena, "const", bound.value->a, bound.value->b));
        } else if (is_used_in(e, bound.name, body)) {
            add_statement(e, js_declare(e->arena, "const", lower_target(e, bound.name), bound.value));
        }
    }
}

static struct js *lower_arm(struct emitter *e, node_id arm, const struct tests *tests, struct destination destination) {
    struct js *block = js_block(e->arena);
    struct js_list *outside = redirect(e, &block->list);
    node_id body = node_child(e->tree, arm, FIELD_BODY);
    declare_bound(e, tests, body);
    if (kind_of(e, body) == NODE_BLOCK) {
        lower_statements(e, body, destination);
    } else {
        lower_statement(e, body, destination);
    }
    redirect(e, outside);
    return block;
}

/* An arm that does nothing at the end of the chain is left out; in front of one other it turns the condition around. */
static struct js *tidy_chain(struct emitter *e, struct js *first) {
    if (first->kind != JS_IF || first->c == NULL) {
        return first;
    }
    bool empty_first = first->b->list.of.count == 0;
    bool empty_last = first->c->kind == JS_BLOCK && first->c->list.of.count == 0;
    if (empty_last) {
        first->c = NULL;
    } else if (empty_first && first->c->kind == JS_BLOCK) {
        first->a = js_not(e->arena, first->a);
        first->b = first->c;
        first->c = NULL;
    }
    return first;
}

/* The arms of a match, each the `else` of the one before. */
struct chain {
    struct js *first, *last;
};

static void chain_add(struct chain *chain, struct js *link) {
    if (chain->last == NULL) {
        chain->first = link;
    } else {
        chain->last->c = link;
    }
    chain->last = link;
}

void lower_match(struct emitter *e, node_id node, struct destination destination) {
    struct match_state state = match_start(e, node, true);
    struct chain chain = {0};
    NODE_EACH(child, e->tree, node) {
        if (kind_of(e, child) != NODE_MATCH_ARM) {
            continue;
        }
        struct tests tests = test_arm(e, &state, child);
        struct js *block = lower_arm(e, child, &tests, destination);
        if (tests.condition == NULL) {
            chain_add(&chain, block);
            break;
        }
        chain_add(&chain, placed(e, js_if(e->arena, tests.condition, block, NULL), child));
    }
    if (chain.first == NULL) {
        return;
    }
    if (chain.last->kind == JS_IF && destination.kind == TO_NAME) {
        chain.last->c = js_block(e->arena);
        struct js *nothing = js_assign(e->arena, destination.name, "=", js_literal(e->arena, "null"));
        js_add(e->arena, &chain.last->c->list, js_expression_statement(e->arena, nothing));
    }
    struct js *first = tidy_chain(e, chain.first);
    if (first->kind == JS_IF || first->list.of.count > 0) {
        add_statement(e, first);
    }
}

struct js *lower_match_expression(struct emitter *e, node_id node) {
    struct match_state state = match_start(e, node, false);
    struct chain chain = {0};
    NODE_EACH(child, e->tree, node) {
        if (kind_of(e, child) != NODE_MATCH_ARM) {
            continue;
        }
        struct tests tests = test_arm(e, &state, child);
        node_id body = node_child(e->tree, child, FIELD_BODY);
        body = kind_of(e, body) == NODE_BLOCK ? node_first_child(e->tree, body) : body;
        struct js *value = lower_expression(e, body);
        if (tests.condition == NULL) {
            chain_add(&chain, value);
            return chain.first;
        }
        chain_add(&chain, js_conditional(e->arena, tests.condition, value, NULL));
    }
    chain_add(&chain, js_literal(e->arena, "null"));
    return chain.first;
}
