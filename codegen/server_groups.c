/* server_groups: `routes "/prefix" { … }`: routes below a common path, with middleware and functions of their own. */
#include "codegen/imports.h"
#include "codegen/names.h"
#include "codegen/server_parts.h"
#include "codegen/statements.h"
#include "codegen/symbols_in.h"
#include "parser/base/byte.h"

/* ---- what the head says of a version */

/* `version: "1"` is read like an annotation. */
static struct js *head_value(struct emitter *e, node_id value) {
    struct str text;
    if (node_string_value(e->arena, e->tree, value, &text)) {
        return js_string(e->arena, text);
    }
    return js_text(e->arena, JS_LITERAL, text_of(e, value));
}

/* version({ version: "1", deprecated: true, sunset: "2026-06-01" }), or NULL. */
static struct js *lower_version(struct emitter *e, node_id node) {
    struct js *options = js_new(e->arena, JS_OBJECT);
    NODE_EACH(child, e->tree, node) {
        node_id behind = node_next_sibling(e->tree, child);
        bool named = kind_of(e, child) == NODE_IDENTIFIER && node_field(e->tree, child) == FIELD_NONE;
        if (named && node_field(e->tree, behind) == FIELD_TYPE) {
            struct js *value = head_value(e, behind);
            js_add(e->arena, &options->list, placed(e, js_property(e->arena, text_of(e, child), value), child));
        }
    }
    return options->list.of.count == 0
               ? NULL
               : js_call1(e->arena, runtime_name(e, RUNTIME_HTTP_VERSIONS, "version"), options);
}

/* ---- what it holds */

node_id middleware_of_group(const struct emitter *e, node_id member) {
    const struct directive *directive = directive_of_node(e->tree, member);
    bool middleware =
        kind_of(e, member) == NODE_DIRECTIVE && directive != NULL && directive->id == DIRECTIVE_MIDDLEWARE;
    return middleware ? node_child_of_kind(e->tree, member, NODE_FUNCTION_DECLARATION) : NODE_NONE;
}

/* Has it names of its own? Then it is a block, so that they meet no others. */
static bool declares_names(const struct emitter *e, node_id block) {
    NODE_EACH(member, e->tree, block) {
        enum node_kind kind = kind_of(e, member);
        bool plain = node_is_comment(e->tree, member) || kind == NODE_ROUTE_DECLARATION ||
                     (kind == NODE_DIRECTIVE && middleware_of_group(e, member) == NODE_NONE);
        if (!plain) {
            return true;
        }
    }
    return false;
}

/* api_v1 for "/api/v1". */
static struct js *name_of_group(struct emitter *e, struct str prefix) {
    char *name = arena_array(e->arena, char, prefix.size + sizeof "group");
    size_t size = 0;
    for (size_t i = 0; i < prefix.size; i++) {
        char c = prefix.data[i];
        bool letter = byte_is_letter(c);
        bool digit = c >= '0' && c <= '9' && size > 0;
        if (letter || digit) {
            name[size++] = c;
        } else if (size > 0 && name[size - 1] != '_') {
            name[size++] = '_';
        }
    }
    struct str text = size == 0 ? STR("group") : (struct str){name, size};
    struct str wish = arena_printf(e->arena, "%.*s_guards", STR_ARGUMENTS(text));
    return js_text(e->arena, JS_NAME, fresh_module_text(e, wish));
}

/* Lowers the middleware of the group, and gives the constant that holds it; NULL when there is none. */
static struct js *lower_group_guards(struct emitter *e, node_id node, node_id block, struct str prefix) {
    struct js *list = js_new(e->arena, JS_ARRAY);
    struct js *version = lower_version(e, node);
    if (version != NULL) {
        js_add(e->arena, &list->list, version);
    }
    NODE_EACH(member, e->tree, block) {
        node_id function = middleware_of_group(e, member);
        struct program_symbol symbol = symbol_at_node(e, node_child(e->tree, function, FIELD_NAME));
        if (function != NODE_NONE && symbol.file != NULL) {
            lower_statement(e, function, NOWHERE);
            struct js *name = js_text(e->arena, JS_NAME, name_of_symbol(e, symbol));
            bool next = (symbol_data(symbol)->flags & SYMBOL_NEXT_MIDDLEWARE) != 0;
            js_add(e->arena, &list->list, placed(e, middleware_guard(e, name, next), member));
        }
    }
    if (list->list.of.count == 0) {
        return NULL;
    }
    struct js *name = name_of_group(e, prefix);
    add_statement(e, js_declare(e->arena, "const", name, list));
    return name;
}

static void lower_members(struct emitter *e, node_id block, bool (*lower)(struct emitter *e, node_id node)) {
    NODE_EACH(member, e->tree, block) {
        if (node_is_comment(e->tree, member)) {
            add_comment(e, member);
        } else if (middleware_of_group(e, member) == NODE_NONE) {
            unsigned mark = e->statements->of.count;
            if (!lower(e, member)) {
                lower_statement(e, member, NOWHERE);
            }
            if (e->statements->of.count > mark && has_blank_before(e, member)) {
                e->statements->of.items[mark]->flags |= JS_BLANK_BEFORE;
            }
        }
    }
}

void lower_route_group(struct emitter *e, node_id node, bool (*lower)(struct emitter *e, node_id node)) {
    node_id block = node_child_of_kind(e->tree, node, NODE_BLOCK);
    struct route_group group = {.parent = e->group};
    (void)node_string_value(e->arena, e->tree, node_child_of_kind(e->tree, node, NODE_STRING), &group.prefix);
    struct js *scope = declares_names(e, block) ? js_block(e->arena) : NULL;
    struct js_list *outside = scope == NULL ? NULL : redirect(e, &scope->list);
    group.guards = lower_group_guards(e, node, block, group.prefix);
    e->group = &group;
    lower_members(e, block, lower);
    e->group = group.parent;
    if (scope != NULL) {
        redirect(e, outside);
        add_statement(e, scope);
    }
}
