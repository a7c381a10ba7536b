/* text_values: which parameters get text somewhere in the program, for operators that mean another thing with text. What
 * nothing speaks for is taken for a number, so that arithmetic reads as arithmetic. */
#include "codegen/arguments.h"
#include "codegen/symbols_in.h"

enum { MOST_PASSES = 4 }; /* text that is handed on from function to function */

static bool may_be_text(const struct emitter *e, node_id node);

/* Does a list that is written out begin with text? */
static bool is_list_of_text(const struct emitter *e, node_id node) {
    node = without_parentheses(e, node);
    const struct symbol *data = kind_of(e, node) == NODE_IDENTIFIER ? analysis_symbol_of(e->file, node) : NULL;
    if (data != NULL && data->kind == SYMBOL_CONSTANT) {
        node = data->value;
    }
    return kind_of(e, node) == NODE_ARRAY && may_be_text(e, node_first_plain(e->tree, node));
}

/* `xs |> map(fn(x) …)`, `map(xs, fn(x) …)`, `xs.map(fn(x) …)`: the items of a list of text are text. */
static bool is_item_of_text(const struct emitter *e, node_id parameter) {
    node_id lambda = node_parent(e->tree, parameter);
    if (kind_of(e, lambda) == NODE_PARAMETERS || kind_of(e, lambda) == NODE_PAREN_LIST) {
        lambda = node_parent(e->tree, lambda);
    }
    node_id arguments = node_parent(e->tree, lambda);
    node_id call = node_parent(e->tree, arguments);
    if (kind_of(e, arguments) != NODE_ARGUMENTS) {
        return false;
    }
    node_id function = node_child(e->tree, call, FIELD_FUNCTION);
    node_id list = node_first_plain(e->tree, arguments);
    if (kind_of(e, function) == NODE_MEMBER_EXPRESSION) {
        list = node_child(e->tree, function, FIELD_OBJECT);
    } else if (kind_of(e, node_parent(e->tree, call)) == NODE_PIPE_EXPRESSION) {
        list = node_child(e->tree, node_parent(e->tree, call), FIELD_LEFT);
    }
    return list != lambda && is_list_of_text(e, list);
}

static bool may_be_text(const struct emitter *e, node_id node) {
    node = without_parentheses(e, node);
    if (type_of_value(e, node) == VALUE_STRING) {
        return true;
    }
    struct program_symbol symbol =
        kind_of(e, node) == NODE_IDENTIFIER ? symbol_at_node(e, node) : (struct program_symbol){NULL, 0};
    const struct symbol *data = symbol_data(symbol);
    if (data == NULL || data->kind != SYMBOL_PARAMETER) {
        return false;
    }
    bool given = map_get(&e->text_parameters, map_key2(file_index_of(e, symbol.file), symbol.symbol), NULL);
    return given || (data->owner == 0 && symbol.file == e->file && is_item_of_text(e, data->node));
}

/* ---- what calls give */

static bool mark(struct emitter *e, struct program_symbol function, unsigned position) {
    const struct symbol *data = symbol_data(function);
    if (position >= data->part_count) {
        return false;
    }
    uint64_t key = map_key2(file_index_of(e, function.file), data->first_part + position);
    bool known = map_get(&e->text_parameters, key, NULL);
    map_set(&e->text_parameters, key, 1);
    return !known;
}

static bool read_call(struct emitter *e, node_id call) {
    node_id name = node_child(e->tree, call, FIELD_FUNCTION);
    struct program_symbol function =
        kind_of(e, name) == NODE_IDENTIFIER ? symbol_at_node(e, name) : (struct program_symbol){NULL, 0};
    if (symbol_kind_of(function) != SYMBOL_FUNCTION) {
        return false;
    }
    struct callee callee = callee_of_symbol(function, text_of(e, name));
    node_id pipe = node_parent(e->tree, call);
    bool piped = kind_of(e, pipe) == NODE_PIPE_EXPRESSION && node_field(e->tree, call) == FIELD_RIGHT;
    bool changed = piped && may_be_text(e, node_child(e->tree, pipe, FIELD_LEFT)) && mark(e, function, 0);
    unsigned position = piped;
    for (node_id argument = node_first_plain(e->tree, node_child(e->tree, call, FIELD_ARGUMENTS));
         argument != NODE_NONE; argument = node_next_plain(e->tree, argument)) {
        unsigned place = position++;
        node_id value = argument;
        if (kind_of(e, argument) == NODE_NAMED_ARGUMENT) {
            value = node_child(e->tree, argument, FIELD_VALUE);
            if (!callee_position(&callee, text_of(e, node_child(e->tree, argument, FIELD_NAME)), &place)) {
                continue;
            }
        }
        changed = (may_be_text(e, value) && mark(e, function, place)) || changed;
    }
    return changed;
}

static bool read_calls(struct emitter *e) {
    bool changed = false;
    for (uint32_t f = 0; f < e->program->file_count; f++) {
        enter_file(e, f);
        for (node_id node = 1; node < e->tree->count; node++) {
            changed = (kind_of(e, node) == NODE_CALL_EXPRESSION && read_call(e, node)) || changed;
        }
    }
    return changed;
}

static void find_texts(struct emitter *e) {
    if (!e->text_parameters_known) {
        uint32_t before = e->file_index;
        e->text_parameters_known = true;
        for (int pass = 0; pass < MOST_PASSES && read_calls(e); pass++) {}
        enter_file(e, before);
    }
}

bool value_may_be_text(struct emitter *e, node_id node) {
    find_texts(e);
    return may_be_text(e, node);
}

bool parameter_gets_text(struct emitter *e, struct program_symbol parameter) {
    find_texts(e);
    return map_get(&e->text_parameters, map_key2(file_index_of(e, parameter.file), parameter.symbol), NULL);
}
