/* server_rpc: POST /rpc/<name> for each function that has an endpoint. */
#include "codegen/server_routes.h"

#include "codegen/functions.h"
#include "codegen/imports.h"
#include "codegen/names.h"
#include "codegen/server_parts.h"
#include "codegen/symbols_in.h"
#include "codegen/validation.h"

static bool is_scalar(const struct syntax_tree *tree, node_id type) {
    struct str text = node_text(tree, type);
    return str_equal(text, STR("String")) || str_equal(text, STR("Int")) || str_equal(text, STR("Float")) ||
           str_equal(text, STR("Bool"));
}

static struct js *named_argument(struct emitter *e, const struct endpoint *endpoint, const struct symbol *parameter) {
    const struct symbol *function = symbol_data(endpoint->function);
    struct str name = analysis_name(endpoint->function.file, parameter->name);
    bool plain_name = node_kind(endpoint->function.file->tree, parameter->name_node) == NODE_IDENTIFIER;
    if (function->part_count == 1 && !is_scalar(endpoint->function.file->tree, parameter->type)) {
        struct js *key = js_string(e->arena, plain_name ? name : STR(""));
        return js_call2(e->arena, runtime_name(e, RUNTIME_SERVER, "soleArgument"), endpoint->body, key);
    }
    if (!plain_name) {
        return js_literal(e->arena, "undefined");
    }
    struct js *member = js_member(e->arena, endpoint->body, "");
    member->text = name;
    return member;
}

/* const name = body.__args ? body.__args[0] : body.name; */
static void declare_argument(struct emitter *e, const struct endpoint *endpoint, uint32_t index) {
    const struct symbol *function = symbol_data(endpoint->function);
    const struct symbol *parameter = analysis_symbol(endpoint->function.file, function->first_part + index);
    struct js *list = js_member(e->arena, endpoint->body, "__args");
    struct str position = arena_printf(e->arena, "%u", (unsigned)index);
    struct js *at = js_index(e->arena, list, js_text(e->arena, JS_LITERAL, position));
    struct js *named;
    if ((parameter->flags & SYMBOL_REST) != 0) {
        at = js_call1(e->arena, js_member(e->arena, list, "slice"), js_text(e->arena, JS_LITERAL, position));
        struct js *member = js_member(e->arena, endpoint->body, "");
        member->text = analysis_name(endpoint->function.file, parameter->name);
        named = several_arguments(e, member);
    } else {
        named = named_argument(e, endpoint, parameter);
    }
    struct js *value = js_conditional(e->arena, list, at, named);
    if ((parameter->flags & SYMBOL_HAS_DEFAULT) != 0) {
        value = js_binary(e->arena, value, "??", js_literal(e->arena, "undefined"));
    }
    add_statement(e, js_declare(e->arena, "const", endpoint->names[index], value));
}

/* Does code of the output make Responses: `respond(404)`, `Response.json(x)`? */
static bool makes_responses(const struct emitter *e) {
    for (uint32_t f = 0; f < e->program->file_count; f++) {
        const struct file_analysis *file = e->program->files[f];
        for (uint32_t i = 0; i < file->bindings.count; i++) {
            const struct binding *binding = &file->bindings.items[i];
            if (binding->symbol != 0 || !block_key_equal(file->blocks.items[binding->block].key, e->output->block)) {
                continue;
            }
            struct str module = binding->builtin == 0 ? STR("")
                                                      : builtin_info((enum builtin)(binding->builtin - 1))->module;
            bool helper = str_starts_with(module, STR("http_")) && !str_equal(module, STR("http_client.js"));
            if (helper || (binding->global && str_equal(analysis_name(file, binding->name), STR("Response")))) {
                return true;
            }
        }
    }
    return false;
}

/* A function that says that it returns something else gives none. */
static bool may_give_response(struct emitter *e, struct program_symbol function) {
    node_id type = symbol_data(function)->type;
    struct str text = node_text(function.file->tree, type);
    bool open = type == NODE_NONE || str_equal(text, STR("Response")) || str_equal(text, STR("Any"));
    if (open && e->responses == RESPONSES_UNKNOWN) {
        e->responses = makes_responses(e) ? RESPONSES_MADE : RESPONSES_NONE;
    }
    return open && e->responses == RESPONSES_MADE;
}

static void answer_response(struct emitter *e, struct js *result) {
    struct js *made = js_binary(e->arena, result, "instanceof", global_name(e, "Response"));
    struct js *call = js_call1(e->arena, runtime_name(e, RUNTIME_SERVER, "answerOfCall"), result);
    struct js *node = js_if(e->arena, made, js_return(e->arena, call), NULL);
    node->flags |= JS_IS_SHORT;
    add_statement(e, node);
}

static void answer(struct emitter *e, const struct endpoint *endpoint) {
    struct js *call = js_await(e->arena, endpoint_call(e, endpoint));
    struct js *value = js_binary(e->arena, call, "??", js_literal(e->arena, "null"));
    add_statement(e, js_declare(e->arena, "const", endpoint->result, value));
    if (may_give_response(e, endpoint->function)) {
        answer_response(e, endpoint->result);
    }
    struct js *body = js_new(e->arena, JS_OBJECT);
    const struct file_analysis *file = endpoint->function.file;
    bool map = annotation_needs_shape(e, file, symbol_data(endpoint->function)->type, SHAPE_AS_SENT);
    struct js *sent = map ? js_call1(e->arena, runtime_name(e, RUNTIME_RESULT, "plain"), endpoint->result) : endpoint->result;
    bool same_name = !map && str_equal(endpoint->result->text, STR("result"));
    struct js *entry = js_new(e->arena, JS_SHORTHAND);
    entry->a = endpoint->result;
    js_add(e->arena, &body->list, same_name ? entry : js_property(e->arena, STR("result"), sent));
    add_statement(e, js_return(e->arena, response_json(e, body, NULL)));
}

static void emit_endpoint(struct emitter *e, struct program_symbol function) {
    const struct symbol *data = symbol_data(function);
    struct str name = analysis_name(function.file, data->name);
    struct function_state state;
    names_next_declaration(e);
    enter_file(e, file_index_of(e, function.file));
    function_enter(e, &state, data->node);
    struct endpoint endpoint = endpoint_start(e, function);
    struct js_list top = {0};
    endpoint.top = &top;
    struct js *block = js_block(e->arena);
    struct js_list *outside = redirect(e, &block->list);
    struct js *json = js_await(e->arena, js_call(e->arena, js_member(e->arena, endpoint.request, "json")));
    add_statement(e, js_declare(e->arena, "const", endpoint.body, json));
    for (uint32_t i = 0; i < data->part_count; i++) {
        declare_argument(e, &endpoint, i);
    }
    lower_validation(e, function, function, endpoint.names, &top);
    shape_arguments(e, function, function, endpoint.names, &top);
    answer(e, &endpoint);
    redirect(e, outside);
    function_leave(e);
    for (unsigned i = 0; i < top.of.count; i++) {
        top.of.items[i]->flags |= i == 0 ? (unsigned)JS_BLANK_BEFORE : 0;
        add_statement(e, top.of.items[i]);
    }
    struct str path = arena_printf(e->arena, "/rpc/%.*s", STR_ARGUMENTS(name));
    endpoint_comment(e, STR("POST"), path);
    struct js *handler = js_arrow(e->arena, block);
    handler->flags |= JS_IS_ASYNC;
    js_add(e->arena, &handler->list, endpoint.request);
    struct js *call =
        js_call2(e->arena, server_name(e, USES_ROUTE), js_literal(e->arena, "\"POST\""), js_string(e->arena, path));
    js_add(e->arena, &call->list, handler);
    struct js *options = endpoint_options(e, function);
    if (options != NULL) {
        js_add(e->arena, &call->list, options);
    }
    add_statement(e, js_expression_statement(e->arena, call));
}

struct program_symbol endpoint_of_member(struct emitter *e, const struct member *member) {
    struct program_symbol none = {NULL, 0};
    struct file_analysis *file = e->program->files[member->file];
    if (node_kind(file->tree, member->core) != NODE_FUNCTION_DECLARATION || member->broken) {
        return none;
    }
    enter_file(e, member->file);
    struct program_symbol symbol = symbol_at_node(e, node_child(file->tree, member->core, FIELD_NAME));
    const struct symbol *data = symbol_data(symbol);
    bool offered =
        data != NULL && symbol.file == file && data->node == member->core && (data->flags & SYMBOL_ENDPOINT) != 0;
    return offered ? symbol : none;
}

/* The endpoint of a member that may be as it was before. */
static void add_endpoint(struct emitter *e, const struct member *member, struct program_symbol function) {
    struct kept_mark mark = kept_mark(e);
    uint64_t key = kept_key(e, member, KEPT_ENDPOINT);
    const struct kept_member *kept = kept_find(e, key);
    if (kept != NULL) {
        kept_take(e, kept);
    } else {
        emit_endpoint(e, function);
    }
    kept_add_run(e, key, member, mark, kept);
}

void emit_rpc_endpoints(struct emitter *e) {
    for (unsigned m = 0; m < e->members.count && !emitter_stopped(e); m++) {
        const struct member *member = &e->members.items[m];
        struct program_symbol function = endpoint_of_member(e, member);
        if (function.file != NULL) {
            add_endpoint(e, member, function);
        }
    }
}
