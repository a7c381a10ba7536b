/* columns: which arguments are functions of a row, and what columns are in them. */
#include "codegen/columns.h"

#include "codegen/expressions.h"
#include "codegen/functions.h"
#include "codegen/imports.h"
#include "codegen/names.h"

/* Operations that go through rows: all of an argument speaks of the row. */
static const struct str row_operations[] = {
    STR_INIT("where"),      STR_INIT("filter"),    STR_INIT("derive"),   STR_INIT("sort_by"),    STR_INIT("sortBy"),
    STR_INIT("sorted"),     STR_INIT("group_by"),  STR_INIT("groupBy"),  STR_INIT("map"),        STR_INIT("flat_map"),
    STR_INIT("flatMap"),    STR_INIT("each"),      STR_INIT("find"),     STR_INIT("any"),        STR_INIT("all"),
    STR_INIT("find_index"), STR_INIT("findIndex"), STR_INIT("count_by"), STR_INIT("countBy"),    STR_INIT("partition"),
    STR_INIT("min_by"),     STR_INIT("minBy"),     STR_INIT("max_by"),   STR_INIT("maxBy"),      STR_INIT("sum_by"),
    STR_INIT("sumBy"),      STR_INIT("unique_by"), STR_INIT("uniqueBy"), STR_INIT("take_while"), STR_INIT("takeWhile"),
    STR_INIT("drop_while"), STR_INIT("dropWhile"),
};

/* Operations whose arguments are aggregates: what an aggregate is given speaks of the row. */
static const struct str aggregations[] = {STR_INIT("agg"), STR_INIT("window")};

static struct str callee_name(const struct syntax_tree *tree, node_id call) {
    node_id function = node_child(tree, call, FIELD_FUNCTION);
    switch ((int)node_kind(tree, function)) {
    case NODE_MEMBER_EXPRESSION:
        return node_text(tree, node_child(tree, function, FIELD_PROPERTY));
    case NODE_COLUMN:
        return node_text(tree, node_child(tree, function, FIELD_NAME));
    default:
        return node_text(tree, function);
    }
}

/* `x |> .name`, `x |> .name()`, and the name in `.name = value`: no columns of a row. */
static bool is_column(const struct syntax_tree *tree, node_id node) {
    enum node_field field = node_field(tree, node);
    enum node_kind parent = node_kind(tree, node_parent(tree, node));
    bool piped = parent == NODE_PIPE_EXPRESSION && field == FIELD_RIGHT;
    bool called = parent == NODE_CALL_EXPRESSION && field == FIELD_FUNCTION;
    return !piped && !called && !(parent == NODE_COLUMN_ASSIGNMENT && field == FIELD_NAME);
}

static node_id value_of_argument(const struct syntax_tree *tree, node_id argument) {
    enum node_kind kind = node_kind(tree, argument);
    bool named = kind == NODE_NAMED_ARGUMENT || kind == NODE_COLUMN_ASSIGNMENT;
    return named ? node_child(tree, argument, FIELD_VALUE) : argument;
}

static bool is_function(enum node_kind kind) {
    return kind == NODE_LAMBDA || kind == NODE_FUNCTION_EXPRESSION || kind == NODE_FUNCTION_DECLARATION;
}

/* The argument that a column makes a function; NODE_NONE when it stands in none. */
static node_id argument_of(const struct syntax_tree *tree, node_id column) {
    node_id innermost = NODE_NONE;
    node_id outermost = NODE_NONE;
    for (node_id node = column; node != NODE_NONE; node = node_parent(tree, node)) {
        node_id parent = node_parent(tree, node);
        if (is_function(node_kind(tree, parent))) {
            break;
        }
        if (node_kind(tree, parent) != NODE_ARGUMENTS) {
            continue;
        }
        struct str name = callee_name(tree, node_parent(tree, parent));
        node_id argument = value_of_argument(tree, node);
        if (str_is_one_of(name, row_operations, sizeof row_operations / sizeof *row_operations)) {
            return argument;
        }
        if (str_is_one_of(name, aggregations, sizeof aggregations / sizeof *aggregations)) {
            return outermost != NODE_NONE ? outermost : argument;
        }
        innermost = innermost == NODE_NONE ? argument : innermost;
        outermost = argument;
    }
    return innermost;
}

void columns_start(struct emitter *e) {
    map_init(&e->row_functions);
    for (uint32_t f = 0; f < e->program->file_count && e->kinds[NODE_COLUMN]; f++) {
        const struct syntax_tree *tree = e->program->files[f]->tree;
        for (node_id node = 1; node < tree->count; node++) {
            node_id argument =
                node_kind(tree, node) == NODE_COLUMN && is_column(tree, node) ? argument_of(tree, node) : NODE_NONE;
            if (argument != NODE_NONE) {
                map_set(&e->row_functions, map_key2(f, argument), 1);
            }
        }
    }
}

void columns_finish(struct emitter *e) { map_finish(&e->row_functions); }

bool column_makes_function(const struct emitter *e, node_id argument) {
    return map_get(&e->row_functions, map_key2(e->file_index, argument), NULL);
}

struct js *lower_row_function(struct emitter *e, node_id argument) {
    struct function_state state;
    struct js *before = e->row;
    function_enter(e, &state, argument);
    if (e->row_name.size == 0) {
        e->row_name = fresh_module_text(e, STR("row"));
    }
    e->row = js_text(e->arena, JS_NAME, e->row_name);
    struct js_list statements = {0};
    struct js_list *outside = redirect(e, &statements);
    struct js *value = lower_expression(e, argument);
    redirect(e, outside);
    function_leave(e);
    struct js *function = thunk(e, &statements, value);
    js_add(e->arena, &function->list, e->row);
    e->row = before;
    return function;
}

static struct js *column_string(struct emitter *e, node_id column) {
    node_id name = node_child(e->tree, column, FIELD_NAME);
    return placed(e, js_string(e->arena, text_of(e, name)), name);
}

struct js *lower_selected_column(struct emitter *e, struct str callee, node_id argument) {
    if (!str_equal(callee, STR("select"))) {
        return NULL;
    }
    if (kind_of(e, argument) == NODE_COLUMN) {
        return column_string(e, argument);
    }
    node_id operand = node_child(e->tree, argument, FIELD_OPERAND);
    bool excluded = kind_of(e, argument) == NODE_UNARY_EXPRESSION && kind_of(e, operand) == NODE_COLUMN &&
                    str_equal(operator_of(e, argument), STR("-"));
    if (!excluded) {
        return NULL;
    }
    struct js *without = runtime_name(e, runtime_module_of(STR("tables.js")), "without");
    return js_call1(e->arena, without, column_string(e, operand));
}

struct js *lower_column(struct emitter *e, node_id node) {
    if (e->row == NULL) {
        not_emitted(e, node, "a column outside of an argument");
        return js_literal(e->arena, "undefined");
    }
    node_id name = node_child(e->tree, node, FIELD_NAME);
    struct str text = text_of(e, name);
    bool plain = name_is_plain(text); /* `.0` is no name: the first of a tuple */
    struct js *key = plain ? NULL : js_text(e->arena, JS_LITERAL, number_of_part(text));
    struct js *member = plain ? js_member(e->arena, e->row, "") : js_index(e->arena, e->row, key);
    member->text = plain ? text : STR("");
    member->place = place_of(e, name);
    return member;
}
