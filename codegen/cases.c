/* cases: `test` and `bench` blocks, where they are asked for: calls that hand each case to the runtime. A block with functions
 * without parameters that it does not call itself, or with hooks or blocks of its own, is a group of cases; any other block is
 * one case. */
#include "codegen/cases.h"

#include "codegen/expressions.h"
#include "codegen/functions.h"
#include "codegen/imports.h"
#include "codegen/statements.h"

static struct str word_of(const struct emitter *e, node_id node) {
    return text_of(e, node_child(e->tree, node, FIELD_NAME));
}

static bool is_word(const struct emitter *e, node_id node, const char *word) {
    return kind_of(e, node) == NODE_DIRECTIVE && str_equal(word_of(e, node), str_from_c(word));
}

static bool is_hook(const struct emitter *e, node_id node) {
    return is_word(e, node, "before_each") || is_word(e, node, "after_each");
}

static bool is_block_of_cases(const struct emitter *e, node_id node) {
    return is_word(e, node, "test") || is_word(e, node, "bench");
}

/* ---- what a block is */

static bool is_case_function(const struct emitter *e, node_id node) {
    if (kind_of(e, node) != NODE_FUNCTION_DECLARATION ||
        plain_count(e, node_child(e->tree, node, FIELD_PARAMETERS)) > 0) {
        return false;
    }
    const struct symbol *symbol = analysis_symbol_of(e->file, node_child(e->tree, node, FIELD_NAME));
    return symbol != NULL && (symbol->flags & SYMBOL_READ) == 0;
}

static bool is_group(const struct emitter *e, node_id block) {
    NODE_EACH(child, e->tree, block) {
        if (is_hook(e, child) || is_block_of_cases(e, child) || is_case_function(e, child)) {
            return true;
        }
    }
    return false;
}

/* Must the members of a group be waited for, functions and blocks of cases left out? */
static bool group_waits(const struct emitter *e, node_id block) {
    const struct syntax_tree *tree = e->tree;
    for (node_id node = block + 1; node < tree->nodes[block].next;) {
        enum node_kind kind = kind_of(e, node);
        bool apart = kind == NODE_FUNCTION_DECLARATION || kind == NODE_DIRECTIVE || kind == NODE_LAMBDA ||
                     kind == NODE_FUNCTION_EXPRESSION;
        if (!apart && (kind == NODE_AWAIT_EXPRESSION || (e->file->marks[node] & MARK_AWAIT) != 0)) {
            return true;
        }
        node = apart ? tree->nodes[node].next : node + 1;
    }
    return false;
}

/* ---- its name and its time */

static struct str name_of_block(struct emitter *e, node_id node) {
    struct str name;
    node_id string = node_child_of_kind(e->tree, node, NODE_STRING);
    if (string != NODE_NONE && node_string_value(e->arena, e->tree, string, &name)) {
        return name;
    }
    uint32_t line = text_line_of(e->tree->text, node_span(e->tree, node).start) + 1;
    struct str word = word_of(e, node);
    return arena_printf(e->arena, "%.*s of line %u", STR_ARGUMENTS(word), (unsigned)line);
}

/* "adds_up" is the case "adds up". */
static struct str name_of_function(struct emitter *e, node_id function) {
    struct str name = text_of(e, node_child(e->tree, function, FIELD_NAME));
    char *words = arena_alloc(e->arena, name.size + 1);
    for (size_t i = 0; i < name.size; i++) {
        words[i] = name.data[i] == '_' && i > 0 ? ' ' : name.data[i];
    }
    return (struct str){words, name.size};
}

/* The milliseconds of `timeout=N`, or NODE_NONE. */
static node_id timeout_of(const struct emitter *e, node_id node) {
    bool named = false;
    NODE_EACH(part, e->tree, node) {
        if (named && node_field(e->tree, part) == FIELD_VALUE) {
            return part;
        }
        named = named || (kind_of(e, part) == NODE_IDENTIFIER && str_equal(text_of(e, part), STR("timeout")));
    }
    return NODE_NONE;
}

/* ---- calls of the runtime */

static struct js *runtime_of(struct emitter *e, const char *name) {
    bool bench = e->options->cases == EMIT_BENCHES;
    return runtime_name(e, bench ? RUNTIME_BENCH_CASES : RUNTIME_TEST_CASES, name);
}

/* name("text", async () => { … }, time); */
static void add_case(struct emitter *e, struct str name, node_id node, struct js *body, node_id timeout) {
    struct js *call = js_call2(e->arena, runtime_of(e, e->options->cases == EMIT_BENCHES ? "benchCase" : "testCase"),
                               js_string(e->arena, name), body);
    if (timeout != NODE_NONE && e->options->cases == EMIT_TESTS) {
        js_add(e->arena, &call->list, lower_expression(e, timeout));
    }
    add_statement(e, placed(e, js_expression_statement(e->arena, call), node));
    e->output->cases++;
    note_change(e, e->output->cases);
}

static struct js *async_function(struct emitter *e, node_id node, node_id body) {
    struct function_state state;
    function_enter(e, &state, node);
    struct js *arrow = js_arrow(e->arena, lower_body(e, body, node, NOWHERE));
    function_leave(e);
    arrow->flags |= JS_IS_ASYNC;
    return arrow;
}

static void lower_hook(struct emitter *e, node_id node) {
    const char *name = is_word(e, node, "before_each") ? "beforeEachCase" : "afterEachCase";
    struct js *body = async_function(e, node, node_child_of_kind(e->tree, node, NODE_BLOCK));
    struct js *call = js_call1(e->arena, runtime_of(e, name), body);
    add_statement(e, placed(e, js_expression_statement(e->arena, call), node));
}

static void lower_group_member(struct emitter *e, node_id node, node_id timeout) {
    if (is_case_function(e, node)) {
        node_id body = node_child(e->tree, node, FIELD_BODY);
        add_case(e, name_of_function(e, node), node, async_function(e, node, body), timeout);
    } else if (node_is_comment(e->tree, node)) {
        add_comment(e, node);
    } else if (!lower_cases(e, node)) {
        lower_statement(e, node, NOWHERE);
    }
}

static void lower_group(struct emitter *e, node_id node, node_id block) {
    struct function_state state;
    struct js *body = js_block(e->arena);
    struct js_list *outside = redirect(e, &body->list);
    function_enter(e, &state, node);
    NODE_EACH(child, e->tree, block) {
        lower_group_member(e, child, timeout_of(e, node));
    }
    function_leave(e);
    redirect(e, outside);
    struct js *arrow = js_arrow(e->arena, body);
    arrow->flags |= group_waits(e, block) ? (unsigned)JS_IS_ASYNC : 0;
    struct js *call = js_call2(e->arena, runtime_of(e, "caseGroup"), js_string(e->arena, name_of_block(e, node)), arrow);
    add_statement(e, placed(e, js_expression_statement(e->arena, call), node));
}

bool is_case_member(const struct syntax_tree *tree, node_id node) {
    static const struct str words[] = {STR_INIT("test"), STR_INIT("bench"), STR_INIT("before_each"),
                                       STR_INIT("after_each")};
    struct str word = node_text(tree, node_child(tree, node, FIELD_NAME));
    for (size_t i = 0; node_kind(tree, node) == NODE_DIRECTIVE && i < sizeof words / sizeof *words; i++) {
        if (str_equal(word, words[i])) {
            return true;
        }
    }
    return false;
}

bool lower_cases(struct emitter *e, node_id node) {
    if (!is_case_member(e->tree, node)) {
        return false;
    }
    const char *wanted = e->options->cases == EMIT_BENCHES ? "bench" : "test";
    node_id block = node_child_of_kind(e->tree, node, NODE_BLOCK);
    bool can_run = e->output->kind != OUTPUT_CLIENT;
    if (e->options->cases == EMIT_NO_CASES || !can_run) {
        return true;
    }
    if (is_hook(e, node)) {
        lower_hook(e, node);
    } else if (is_word(e, node, wanted) && is_group(e, block)) {
        lower_group(e, node, block);
    } else if (is_word(e, node, wanted)) {
        add_case(e, name_of_block(e, node), node, async_function(e, node, block), timeout_of(e, node));
    }
    return true;
}
