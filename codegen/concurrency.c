/* concurrency: `concurrent` blocks with the tasks that they spawn, and `select` over channels. */
#include "codegen/concurrency.h"

#include "codegen/arguments.h"
#include "codegen/assignments.h"
#include "codegen/expressions.h"
#include "codegen/functions.h"
#include "codegen/imports.h"
#include "codegen/names.h"
#include "codegen/statements.h"

/* ---- tasks */

static bool is_function_value(enum node_kind kind) { return kind == NODE_LAMBDA || kind == NODE_FUNCTION_EXPRESSION; }

/* What a task does, as a function without parameters. */
static struct js *lower_task(struct emitter *e, node_id spawn) {
    node_id node = without_parentheses(e, node_child(e->tree, spawn, FIELD_VALUE));
    if (is_function_value(kind_of(e, node)) || kind_of(e, node) == NODE_IDENTIFIER) {
        return lower_expression(e, node);
    }
    struct function_state state;
    struct js_list statements = {0};
    function_enter(e, &state, spawn);
    struct js_list *outside = redirect(e, &statements);
    struct js *value = lower_expression(e, node);
    redirect(e, outside);
    function_leave(e);
    return placed(e, thunk(e, &statements, value), spawn);
}

/* `spawn("program", arguments)` starts another program; a task is a call or a function. */
static bool starts_program(const struct emitter *e, node_id spawn) {
    node_id list = node_child(e->tree, spawn, FIELD_VALUE);
    enum node_kind only = kind_of(e, without_parentheses(e, list));
    return kind_of(e, list) == NODE_PAREN_LIST && (only == NODE_PAREN_LIST || only == NODE_STRING);
}

static struct js *lower_program_start(struct emitter *e, node_id node) {
    node_id list = node_child(e->tree, node, FIELD_VALUE);
    struct js *call = placed(e, js_call(e->arena, builtin_name(e, BUILTIN_SPAWN)), node);
    struct js_list arguments = lower_arguments(e, &(struct callee){0}, list, NULL);
    call->list = arguments;
    return call;
}

struct js *lower_spawn(struct emitter *e, node_id node) {
    if (starts_program(e, node)) {
        return lower_program_start(e, node);
    }
    struct js *lowered = lower_task(e, node); /* first, whatever order a compiler gives to arguments */
    struct js *task = js_call1(e->arena, runtime_name(e, RUNTIME_CONCURRENCY, "spawn"), lowered);
    return e->tasks == NULL ? task : js_call1(e->arena, js_member(e->arena, e->tasks, "push"), task);
}

/* The `spawn` that a statement of the block is, or gives to a name; else NODE_NONE. */
static node_id spawned_by(const struct emitter *e, node_id statement) {
    node_id value = kind_of(e, statement) == NODE_ASSIGNMENT ? node_child(e->tree, statement, FIELD_RIGHT) : statement;
    return kind_of(e, value) == NODE_SPAWN_EXPRESSION ? value : NODE_NONE;
}

static bool has_inner_spawn(const struct emitter *e, node_id block) {
    NODE_EACH(child, e->tree, block) {
        for (node_id n = child; spawned_by(e, child) == NODE_NONE && n < e->tree->nodes[child].next; n++) {
            if (kind_of(e, n) == NODE_SPAWN_EXPRESSION) {
                return true;
            }
        }
    }
    return false;
}

/* ---- concurrent */

static struct js *lower_mode(struct emitter *e, node_id node) {
    static const struct {
        struct str word;
        const char *option;
    } modes[] = {
        {STR_INIT("first"), "first"}, {STR_INIT("cancel_on_error"), "cancelOnError"}, {STR_INIT("timeout"), "timeout"}};
    node_id name = node_child(e->tree, node, FIELD_NAME);
    struct str word = text_of(e, node_next_plain(e->tree, name));
    for (size_t i = 0; i < sizeof modes / sizeof *modes; i++) {
        if (str_equal(word, modes[i].word)) {
            node_id arguments = node_child_of_kind(e->tree, node, NODE_ARGUMENTS);
            struct js *value = arguments == NODE_NONE ? js_literal(e->arena, "true")
                                                      : lower_expression(e, node_first_plain(e->tree, arguments));
            struct js *options = js_new(e->arena, JS_OBJECT);
            js_add(e->arena, &options->list, js_property(e->arena, str_from_c(modes[i].option), value));
            return options;
        }
    }
    return NULL;
}

struct group {
    struct js *tasks;   /* ARRAY */
    struct js *names;   /* ARRAY pattern with holes */
    unsigned named;     /* its length up to the last name */
    struct js_list set; /* assignments to names that were there before */
};

static void add_task(struct emitter *e, struct group *group, node_id statement, node_id spawn) {
    js_add(e->arena, &group->tasks->list, lower_task(e, spawn));
    if (statement == spawn) {
        js_add(e->arena, &group->names->list, js_new(e->arena, JS_HOLE));
        return;
    }
    node_id left = without_parentheses(e, node_child(e->tree, statement, FIELD_LEFT));
    const struct binding *binding = analysis_binding(e->file, left);
    bool declared = binding != NULL && binding->access == ACCESS_DECLARE;
    struct js *name = declared ? lower_target(e, left) : fresh_name(e, "result");
    if (!declared) {
        js_add(e->arena, &group->set, js_expression_statement(e->arena, assign_to(e, left, name)));
    }
    js_add(e->arena, &group->names->list, name);
    group->named = group->names->list.of.count;
}

/* Statements that are no tasks run first; tasks that these spawn are collected in a list. */
static void lower_members(struct emitter *e, node_id block, struct group *group) {
    struct js *before = e->tasks;
    e->tasks = NULL;
    if (has_inner_spawn(e, block)) {
        e->tasks = fresh_name(e, "tasks");
        add_statement(e, js_declare(e->arena, "const", e->tasks, js_new(e->arena, JS_ARRAY)));
    }
    NODE_EACH(child, e->tree, block) {
        node_id spawn = spawned_by(e, child);
        if (node_is_comment(e->tree, child)) {
            add_comment(e, child);
        } else if (spawn != NODE_NONE) {
            add_task(e, group, child, spawn);
        } else {
            lower_statement(e, child, NOWHERE);
        }
    }
    if (e->tasks != NULL) {
        struct js *others = js_new(e->arena, JS_SPREAD);
        others->a = e->tasks;
        js_add(e->arena, &group->tasks->list, others);
    }
    e->tasks = before;
}

void lower_concurrent(struct emitter *e, node_id node) {
    struct group group = {.tasks = js_new(e->arena, JS_ARRAY), .names = js_new(e->arena, JS_ARRAY)};
    lower_members(e, node_child_of_kind(e->tree, node, NODE_BLOCK), &group);
    struct js *options = lower_mode(e, node);
    struct js *call = js_call1(e->arena, runtime_name(e, RUNTIME_CONCURRENCY, "concurrent"), group.tasks);
    if (options != NULL) {
        js_add(e->arena, &call->list, options);
    }
    struct js *done = js_await(e->arena, call);
    if (group.named == 0) {
        add_statement(e, js_expression_statement(e->arena, done));
        return;
    }
    group.names->list.of.count = group.named;
    add_statement(e, js_declare(e->arena, "const", group.names, done));
    for (unsigned i = 0; i < group.set.of.count; i++) {
        add_statement(e, group.set.of.items[i]);
    }
}

/* ---- select */

static void add_option(struct emitter *e, struct js *object, const char *name, struct js *value) {
    js_add(e->arena, &object->list, js_property(e->arena, str_from_c(name), value));
}

/* `value from channel`, `channel.send(value)`, `timeout(ms)`, `_`. */
static struct js *lower_case(struct emitter *e, node_id arm) {
    node_id value = node_child(e->tree, arm, FIELD_VALUE);
    struct js *object = js_new(e->arena, JS_OBJECT);
    if (node_child(e->tree, arm, FIELD_NAME) != NODE_NONE) {
        add_option(e, object, "receive", lower_expression(e, value));
        return object;
    }
    if (kind_of(e, value) != NODE_CALL_EXPRESSION) {
        add_option(e, object, "otherwise", js_literal(e->arena, "true"));
        return object;
    }
    node_id function = node_child(e->tree, value, FIELD_FUNCTION);
    node_id argument = node_first_plain(e->tree, node_child(e->tree, value, FIELD_ARGUMENTS));
    if (kind_of(e, function) == NODE_MEMBER_EXPRESSION) {
        node_id nodes[2] = {node_child(e->tree, function, FIELD_OBJECT), argument};
        struct js *values[2];
        lower_operands(e, nodes, 2, values);
        add_option(e, object, "send", values[0]);
        add_option(e, object, "value", values[1]);
    } else {
        add_option(e, object, "timeout", lower_expression(e, argument));
    }
    return object;
}

static struct js *lower_case_body(struct emitter *e, node_id arm, struct js *selected, struct destination destination) {
    node_id name = node_child(e->tree, arm, FIELD_NAME);
    node_id body = node_child(e->tree, arm, FIELD_BODY);
    struct js *block = lower_block(e, body, destination);
    if (name != NODE_NONE && !str_equal(text_of(e, name), STR("_"))) {
        struct js *value = js_member(e->arena, selected, "value");
        js_insert(e->arena, &block->list, 0, js_declare(e->arena, "const", lower_target(e, name), value));
    }
    return block;
}

void lower_select(struct emitter *e, node_id node, struct destination destination) {
    struct js *cases = js_new(e->arena, JS_ARRAY);
    struct js *selected = fresh_name(e, "selected");
    struct js *first = NULL;
    struct js *last = NULL;
    NODE_EACH(arm, e->tree, node) {
        if (kind_of(e, arm) != NODE_SELECT_ARM) {
            continue;
        }
        struct str index = arena_printf(e->arena, "%u", (unsigned)cases->list.of.count);
        struct js *number = js_text(e->arena, JS_LITERAL, index);
        struct js *chosen = js_binary(e->arena, js_member(e->arena, selected, "index"), "===", number);
        js_add(e->arena, &cases->list, lower_case(e, arm));
        struct js *branch = placed(e, js_if(e->arena, chosen, NULL, NULL), arm);
        branch->b = lower_case_body(e, arm, selected, destination);
        first = first == NULL ? branch : first;
        if (last != NULL) {
            last->c = branch;
        }
        last = branch;
    }
    struct js *call = js_call1(e->arena, runtime_name(e, RUNTIME_CONCURRENCY, "select"), cases);
    add_statement(e, js_declare(e->arena, "const", selected, js_await(e->arena, call)));
    if (first != NULL) {
        add_statement(e, first);
    }
}
