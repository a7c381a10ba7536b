/* expressions: names, members, collections, and the order of evaluation. */
#include "codegen/expressions.h"

#include "analysis/regex_syntax.h"
#include "codegen/choices.h"
#include "codegen/columns.h"
#include "codegen/components.h"
#include "codegen/concurrency.h"
#include "codegen/functions.h"
#include "codegen/imports.h"
#include "codegen/jsx.h"
#include "codegen/names.h"
#include "codegen/server_data.h"
#include "codegen/server_peers.h"
#include "codegen/statements.h"
#include "codegen/symbols_in.h"
#include "codegen/waits_first.h"
#include "parser/base/limits.h"

#include <string.h>

struct js *stable_value(struct emitter *e, struct js *value, const char *wish) {
    if (js_is_stable(value)) {
        return value;
    }
    struct js *name = fresh_name(e, wish);
    add_statement(e, js_declare(e->arena, "const", name, value));
    return name;
}

void protect_values(struct emitter *e, struct js **values, unsigned count, unsigned mark) {
    if (e->statements->of.count == mark) {
        return;
    }
    unsigned at = mark;
    for (unsigned i = 0; i < count; i++) {
        struct js *value = values[i];
        if (js_is_constant(value) || is_read_later(e, value)) {
            continue;
        }
        struct js *target = value;
        if (value->kind == JS_SPREAD) {
            target = value->a;
        }
        struct js *name = fresh_name(e, "value");
        js_insert(e->arena, e->statements, at++, js_declare(e->arena, "const", name, target));
        if (value->kind == JS_SPREAD) {
            struct js *spread = js_new(e->arena, JS_SPREAD);
            spread->a = name;
            name = spread;
        }
        values[i] = name;
    }
}

void lower_operands(struct emitter *e, const node_id *nodes, unsigned count, struct js **values) {
    for (unsigned i = 0; i < count; i++) {
        unsigned mark = e->statements->of.count;
        values[i] = lower_expression(e, nodes[i]);
        protect_values(e, values, i, mark);
    }
}

/* ---- names */

struct js *stand_in_of(const struct emitter *e, struct program_symbol symbol) {
    uint32_t file = e->stand_ins.count == 0 ? 0 : file_index_of(e, symbol.file);
    for (unsigned i = e->stand_ins.count; i-- > 0;) {
        if (e->stand_ins.items[i].file == file && e->stand_ins.items[i].symbol == symbol.symbol) {
            return e->stand_ins.items[i].value;
        }
    }
    return NULL;
}

static struct js *component_parameter(struct emitter *e, struct program_symbol symbol, node_id node) {
    const struct symbol *data = symbol_data(symbol);
    if (data->value != NODE_NONE) {
        struct js *read = js_call(e->arena, js_text(e->arena, JS_NAME, name_of_symbol(e, symbol)));
        read->a->place = place_of(e, node);
        read->flags |= JS_IS_READ;
        return read;
    }
    struct js *member = js_member(e->arena, js_name(e->arena, "props"), "");
    member->text = analysis_name(symbol.file, data->name);
    member->place = place_of(e, node);
    return member;
}

static bool is_component_parameter(struct program_symbol symbol) {
    const struct symbol *data = symbol_data(symbol);
    const struct syntax_tree *tree = symbol.file->tree;
    return data->kind == SYMBOL_PARAMETER && data->name_node != NODE_NONE &&
           node_kind(tree, node_parent(tree, node_parent(tree, data->node))) == NODE_COMPONENT_DECLARATION &&
           node_parent(tree, data->name_node) == data->node;
}

/* The same value as one that comes from `node`. */
static struct js *stand_in_at(struct emitter *e, const struct js *value, node_id node) {
    struct js *copy = js_new(e->arena, value->kind);
    *copy = *value;
    copy->place = place_of(e, node);
    copy->place.name = str_equal(copy->text, text_of(e, node)) ? STR("") : text_of(e, node);
    return copy;
}

struct js *symbol_value(struct emitter *e, struct program_symbol symbol, node_id node) {
    const struct symbol *data = symbol_data(symbol);
    struct js *instead = stand_in_of(e, symbol);
    if (instead != NULL) {
        return stand_in_at(e, instead, node);
    }
    if (is_component_parameter(symbol)) {
        return component_parameter(e, symbol, node);
    }
    if (data->kind == SYMBOL_IMPORT) {
        program_import_used(e, symbol);
    }
    enum block_kind block = symbol.file->blocks.items[data->block].key.kind;
    bool shared = (data->flags & SYMBOL_BLOCK_LEVEL) != 0 && data->kind != SYMBOL_IMPORT &&
                  (block == BLOCK_SHARED || block == BLOCK_MODULE);
    struct js *name = js_text(e->arena, JS_NAME, shared ? shared_name(e, symbol) : name_of_symbol(e, symbol));
    name->place = place_of(e, node);
    if (!str_equal(name->text, text_of(e, node))) {
        name->place.name = analysis_name(symbol.file, data->name);
    }
    bool mutable = data->kind == SYMBOL_VARIABLE && symbol_is_written(e, symbol);
    name->flags |= mutable ? (unsigned)JS_IS_MUTABLE : 0;
    if (data->kind == SYMBOL_STATE || data->kind == SYMBOL_COMPUTED || symbol_is_injected(symbol)) {
        struct js *read = js_call(e->arena, name);
        read->flags |= JS_IS_READ;
        return followed_read(e, symbol, node, read);
    }
    return name;
}

struct js *named_value(struct emitter *e, struct program_symbol symbol, node_id node) {
    if (!symbol_is_value(symbol)) {
        not_emitted(e, node, "this type is no value: write one of its variants, or a value of the type that it names");
    }
    return symbol_value(e, symbol, node);
}

static bool is_in_component(const struct emitter *e) {
    const struct function_state *function = e->function;
    while (function != NULL && !function->is_component) {
        function = function->parent;
    }
    return function != NULL;
}

struct js *lower_name(struct emitter *e, node_id node) {
    struct program_symbol symbol = symbol_at_node(e, node);
    if (symbol.file != NULL) {
        return named_value(e, symbol, node);
    }
    const struct binding *binding = analysis_binding(e->file, node);
    if (binding != NULL && binding->builtin == BUILTIN_CHILDREN + 1 && is_in_component(e)) {
        return slot_children(e, node);
    }
    if (binding != NULL && binding->builtin != 0) {
        bool database = binding->builtin == BUILTIN_DB + 1;
        struct js *name = database ? database_handle(e) : builtin_name(e, (enum builtin)(binding->builtin - 1));
        return placed(e, name, node);
    }
    struct str text = text_of(e, node);
    if (e->placeholder != NULL && str_equal(text, STR("_"))) {
        return e->placeholder;
    }
    if (str_equal(text, STR("null")) || str_equal(text, STR("this"))) {
        return placed(e, js_text(e->arena, JS_LITERAL, text), node);
    }
    if (name_is_reserved(text) && !str_equal(text, STR("undefined"))) {
        text = arena_printf(e->arena, "%.*s_", STR_ARGUMENTS(text));
    }
    return placed(e, js_text(e->arena, JS_NAME, text), node);
}

/* ---- members */

struct str number_of_part(struct str text) {
    size_t start = 0;
    while (start + 1 < text.size && (text.data[start] == '0' || text.data[start] == '_')) {
        start++;
    }
    bool decimal = text.data[start] >= '0' && text.data[start] <= '9';
    return decimal ? str_slice(text, start, text.size) : text;
}

unsigned optional_flag(const struct emitter *e, node_id node) {
    node_id operator= node_child(e->tree, node, FIELD_OPERATOR);
    return str_starts_with(text_of(e, operator), STR("?.")) ? (unsigned)JS_IS_OPTIONAL : 0;
}

/* The peer that is called; it has another name than the source's where a builtin has that one. */
static struct js *peer_at(struct emitter *e, atom_id server, node_id object) {
    struct js *peer = placed(e, peer_name(e, server), object);
    peer->place.name = str_equal(peer->text, text_of(e, object)) ? STR("") : text_of(e, object);
    return peer;
}

struct js *lower_member(struct emitter *e, node_id node) {
    node_id object = node_child(e->tree, node, FIELD_OBJECT);
    node_id property = node_child(e->tree, node, FIELD_PROPERTY);
    struct program_symbol variant = variant_at(e, node); /* which has no holder at run time */
    if (variant.file != NULL) {
        return symbol_value(e, variant, property);
    }
    const struct rpc_use *use = program_rpc_use(e->file, node);
    bool peer = use != NULL && use->server != ATOM_NONE;
    struct js *value = peer ? peer_at(e, use->server, object) : lower_expression(e, object);
    if (kind_of(e, property) == NODE_MISSING) {
        not_emitted(e, node, "a name is missing behind `.`");
        return value;
    }
    struct js *member;
    if (kind_of(e, property) == NODE_NUMBER) {
        member = js_index(e->arena, value, placed(e, js_text(e->arena, JS_LITERAL, number_of_part(text_of(e, property))), property));
    } else {
        member = js_member(e->arena, value, "");
        member->text = text_of(e, property);
        member->place = place_of(e, property);
    }
    member->flags |= optional_flag(e, node);
    return followed_read(e, symbol_at_node(e, object), object, member);
}

/* ---- collections */

static struct js *lower_spread(struct emitter *e, node_id node) {
    struct js *spread = js_new(e->arena, JS_SPREAD);
    spread->a = lower_expression(e, node_child(e->tree, node, FIELD_VALUE));
    return spread;
}

struct js *lower_array(struct emitter *e, node_id node) {
    if (node_child_of_kind(e->tree, node, NODE_COMPREHENSION_CLAUSE) != NODE_NONE) {
        return lower_comprehension(e, node);
    }
    struct js *array = placed(e, js_new(e->arena, JS_ARRAY), node);
    for (node_id child = node_first_plain(e->tree, node); child != NODE_NONE; child = node_next_plain(e->tree, child)) {
        unsigned mark = e->statements->of.count;
        struct js *value = kind_of(e, child) == NODE_SPREAD ? lower_spread(e, child) : lower_expression(e, child);
        protect_values(e, array->list.of.items, array->list.of.count, mark);
        js_add(e->arena, &array->list, value);
    }
    return array;
}

/* `__proto__` is a key like others here, not the prototype. */
static void set_key(struct emitter *e, struct js *pair, struct str key) {
    if (str_equal(key, STR("__proto__"))) {
        pair->flags |= JS_IS_COMPUTED;
        pair->a = js_string(e->arena, key);
    } else {
        pair->text = key_text(e, key);
    }
}

static struct js *lower_pair(struct emitter *e, node_id node) {
    node_id key = node_child(e->tree, node, FIELD_KEY);
    enum node_kind kind = kind_of(e, key);
    struct js *pair = js_property(e->arena, text_of(e, key), NULL);
    struct str value;
    pair->place = place_of(e, key);
    if (kind == NODE_IDENTIFIER) {
        set_key(e, pair, text_of(e, key));
    } else if ((kind == NODE_STRING || kind == NODE_SINGLE_STRING) && node_string_value(e->arena, e->tree, key, &value)) {
        set_key(e, pair, value);
    } else if (kind != NODE_NUMBER) {
        pair->flags |= JS_IS_COMPUTED;
        pair->a = lower_expression(e, kind == NODE_ARRAY ? node_first_plain(e->tree, key) : key);
    }
    if (pair->a == NULL && pair->text.size == 0) {
        set_key(e, pair, STR(""));
    }
    pair->b = lower_expression(e, node_child(e->tree, node, FIELD_VALUE));
    return pair;
}

static struct js *lower_entry(struct emitter *e, node_id node) {
    enum node_kind kind = kind_of(e, node);
    if (kind == NODE_PAIR) {
        return lower_pair(e, node);
    }
    if (kind == NODE_SPREAD) {
        return lower_spread(e, node);
    }
    node_id name = kind == NODE_IDENTIFIER ? node : node_child(e->tree, node, FIELD_NAME);
    struct js *value = lower_name(e, name);
    struct str text = text_of(e, name);
    if (value->kind == JS_NAME && str_equal(value->text, text)) {
        struct js *entry = js_new(e->arena, JS_SHORTHAND);
        entry->a = value;
        return entry;
    }
    return placed(e, js_property(e->arena, text, value), name);
}

/* Makes the values of the entries before a position safe from the statements that begin at `mark`. */
static void protect_entries(struct emitter *e, struct js_list *entries, unsigned mark) {
    if (e->statements->of.count == mark) {
        return;
    }
    unsigned at = mark;
    for (unsigned i = 0; i < entries->of.count; i++) {
        struct js *entry = entries->of.items[i];
        struct js **value = entry->kind == JS_PROPERTY ? &entry->b : &entry->a;
        if (entry->kind == JS_SHORTHAND || js_is_constant(*value) || is_read_later(e, *value)) {
            continue;
        }
        struct js *name = fresh_name(e, "value");
        js_insert(e->arena, e->statements, at++, js_declare(e->arena, "const", name, *value));
        *value = name;
    }
}

struct js *lower_object(struct emitter *e, node_id node) {
    if (node_child_of_kind(e->tree, node, NODE_COMPREHENSION_CLAUSE) != NODE_NONE) {
        return lower_comprehension(e, node);
    }
    struct js *object = placed(e, js_new(e->arena, JS_OBJECT), node);
    for (node_id child = node_first_plain(e->tree, node); child != NODE_NONE; child = node_next_plain(e->tree, child)) {
        unsigned mark = e->statements->of.count;
        struct js *entry = lower_entry(e, child);
        protect_entries(e, &object->list, mark);
        js_add(e->arena, &object->list, entry);
    }
    return object;
}

/* `(a)` is a, `(a, b)` a tuple, `()` nothing. */
static struct js *lower_paren_list(struct emitter *e, node_id node) {
    unsigned count = plain_count(e, node);
    if (count == 1 && kind_of(e, node_first_plain(e->tree, node)) != NODE_SPREAD) {
        return lower_expression(e, node_first_plain(e->tree, node));
    }
    return count == 0 ? placed(e, js_literal(e->arena, "null"), node) : lower_array(e, node);
}

/* ---- the rest */

static struct js *lower_nil(struct emitter *e, node_id node) { return placed(e, js_literal(e->arena, "null"), node); }

static struct js *lower_word(struct emitter *e, node_id node) {
    return placed(e, js_text(e->arena, JS_LITERAL, text_of(e, node)), node);
}

/* One that engines may read differently is built when the program runs, so that the module is read in any case. */
static struct js *lower_regex(struct emitter *e, node_id node) {
    struct str literal = text_of(e, node);
    struct regex_finding finding = regex_check(literal);
    if (finding.verdict == REGEX_RIGHT) {
        return lower_word(e, node);
    }
    if (finding.verdict == REGEX_WRONG) {
        not_emitted(e, node, "a regular expression that JavaScript cannot read");
        return js_literal(e->arena, "undefined");
    }
    struct js *made = js_new(e->arena, JS_NEW);
    made->a = global_name(e, "RegExp");
    js_add(e->arena, &made->list, js_string(e->arena, regex_pattern(literal)));
    struct str flags = regex_flags(literal);
    if (flags.size > 0) {
        js_add(e->arena, &made->list, js_string(e->arena, flags));
    }
    return placed(e, made, node);
}

static struct js *lower_await(struct emitter *e, node_id node) {
    node_id inner = node_child(e->tree, node, FIELD_VALUE);
    node_id before = e->awaited;
    e->awaited = without_parentheses(e, inner);
    struct js *value = lower_expression(e, inner);
    e->awaited = before;
    return value->kind == JS_AWAIT ? value : placed(e, awaited_value(e, value, node), node);
}

static struct js *lower_yield(struct emitter *e, node_id node) {
    bool from = node_child(e->tree, node, FIELD_FROM) != NODE_NONE;
    if (!e->function->generator) {
        not_emitted(e, node, "`yield` outside of a function's own body");
        return js_literal(e->arena, "undefined");
    }
    node_id inner = node_child(e->tree, node, FIELD_VALUE);
    struct js *yield = placed(e, js_text(e->arena, JS_YIELD, from ? STR("yield*") : STR("yield")), node);
    yield->a = inner == NODE_NONE ? NULL : lower_expression(e, inner);
    return yield;
}

/* A statement-like expression where a value is wanted: its value goes to a name. */
static struct js *lower_through_name(struct emitter *e, node_id node) {
    struct js *name = fresh_name(e, "result");
    add_statement(e, js_declare(e->arena, "let", name, NULL));
    lower_into(e, node, (struct destination){TO_NAME, name});
    return name;
}

static struct js *lower_branches(struct emitter *e, node_id node) {
    if (!is_simple(e, node)) {
        return lower_through_name(e, node);
    }
    return kind_of(e, node) == NODE_IF_EXPRESSION ? lower_if_expression(e, node) : lower_match_expression(e, node);
}

/* A loop has no value. */
static struct js *lower_loop(struct emitter *e, node_id node) {
    lower_into(e, node, NOWHERE);
    return js_literal(e->arena, "null");
}

static struct js *lower_argument_list_import(struct emitter *e, node_id node) {
    struct js *call = js_call(e->arena, js_name(e->arena, "import"));
    node_id arguments = node_child(e->tree, node, FIELD_ARGUMENTS);
    js_add(e->arena, &call->list, lower_expression(e, node_first_plain(e->tree, arguments)));
    return call;
}

typedef struct js *lower_kind(struct emitter *e, node_id node);

static lower_kind *const lowerers[NODE_KIND_COUNT] = {
    [NODE_IDENTIFIER] = lower_name,
    [NODE_NUMBER] = lower_number,
    [NODE_STRING] = lower_string,
    [NODE_TRIPLE_STRING] = lower_string,
    [NODE_SINGLE_STRING] = lower_string,
    [NODE_RAW_STRING] = lower_string,
    [NODE_REGEX] = lower_regex,
    [NODE_TRUE] = lower_word,
    [NODE_FALSE] = lower_word,
    [NODE_NIL] = lower_nil,
    [NODE_ARRAY] = lower_array,
    [NODE_OBJECT] = lower_object,
    [NODE_STRUCT_LITERAL] = lower_struct_literal,
    [NODE_PAREN_LIST] = lower_paren_list,
    [NODE_EXPRESSION_LIST] = lower_array,
    [NODE_MEMBER_EXPRESSION] = lower_member,
    [NODE_INDEX_EXPRESSION] = lower_index,
    [NODE_CALL_EXPRESSION] = lower_call,
    [NODE_COLUMN] = lower_column,
    [NODE_PROPAGATE_EXPRESSION] = lower_propagate,
    [NODE_UNARY_EXPRESSION] = lower_unary,
    [NODE_BINARY_EXPRESSION] = lower_binary,
    [NODE_PIPE_EXPRESSION] = lower_pipe,
    [NODE_AWAIT_EXPRESSION] = lower_await,
    [NODE_YIELD_EXPRESSION] = lower_yield,
    [NODE_SPAWN_EXPRESSION] = lower_spawn,
    [NODE_IMPORT_CALL] = lower_argument_list_import,
    [NODE_LAMBDA] = lower_lambda,
    [NODE_FUNCTION_EXPRESSION] = lower_lambda,
    [NODE_IF_EXPRESSION] = lower_branches,
    [NODE_MATCH_EXPRESSION] = lower_branches,
    [NODE_TRY_EXPRESSION] = lower_through_name,
    [NODE_WITH_EXPRESSION] = lower_through_name,
    [NODE_FOR_EXPRESSION] = lower_loop,
    [NODE_WHILE_EXPRESSION] = lower_loop,
    [NODE_LOOP_EXPRESSION] = lower_loop,
    [NODE_JSX_ELEMENT] = lower_jsx,
    [NODE_JSX_FRAGMENT] = lower_jsx,
    [NODE_JSX_FOR] = lower_jsx,
    [NODE_JSX_IF] = lower_jsx,
    [NODE_JSX_MATCH] = lower_jsx,
};

struct js *lower_expression(struct emitter *e, node_id node) {
    if (node == NODE_NONE) {
        return js_literal(e->arena, "undefined");
    }
    lower_kind *lower = lowerers[kind_of(e, node)];
    if (lower == NULL || e->depth >= LIMIT_SYNTAX_DEPTH) {
        not_emitted(e, node, lower == NULL ? "this expression" : "too deeply nested");
        return js_literal(e->arena, "undefined");
    }
    e->depth++;
    struct js *value = node == e->pipe_head.node ? lower_pipe_head(e, node) : lower(e, node);
    e->depth--;
    return value;
}
