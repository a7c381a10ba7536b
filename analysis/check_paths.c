/* Paths of routes against the functions that answer: a part of the path that no parameter takes is lost, and so is a parameter of a
 * function without a name, which is given the request. */
#include "analysis/checks.h"

/* What a handler is given by names: not one that has the request itself, a socket, or takes all that comes. */
static bool takes_names(const struct summary_symbol *function) {
    bool whole = function->kind != SYMBOL_FUNCTION || (function->flags & (SYMBOL_REQUEST | SYMBOL_SOCKET)) != 0;
    for (uint32_t i = 0; i < function->parameter_count; i++) {
        whole = whole || function->parameters[i].rest || function->parameters[i].name == ATOM_NONE;
    }
    return !whole;
}

static bool has_parameter(const struct check *check, const struct summary_symbol *function, struct str name) {
    for (uint32_t i = 0; i < function->parameter_count; i++) {
        if (str_equal(analysis_name(check->file, function->parameters[i].name), name)) {
            return true;
        }
    }
    return false;
}

/* Is `:name` or `*name` a part of the path? */
static bool has_part(struct str path, struct str name) {
    for (size_t at = 0; at < path.size; at = str_find(path, '/', at) + 1) {
        struct str part = str_slice(path, at, str_find(path, '/', at));
        bool varies = part.size > 1 && (part.data[0] == ':' || part.data[0] == '*');
        if (varies && str_equal(str_slice(part, 1, part.size), name)) {
            return true;
        }
    }
    return false;
}

/* The one parameter that is needed and that nothing in the path is for, as that may be meant; empty when there are more, or none.
 * `body` is all that comes with the request. */
static struct str left_over(const struct check *check, const struct summary_symbol *function, struct str path) {
    struct str found = {0};
    for (uint32_t i = 0; i < function->parameter_count; i++) {
        const struct summary_parameter *parameter = &function->parameters[i];
        struct str name = analysis_name(check->file, parameter->name);
        if (parameter->has_default || str_equal(name, STR("body")) || has_part(path, name)) {
            continue;
        }
        if (found.size > 0) {
            return (struct str){0};
        }
        found = name;
    }
    return found;
}

/* `path` is the whole one, with that of the group. */
static void report_lost(struct check *check, struct str name, struct span span, struct package_symbol handler, struct str path) {
    struct str function = analysis_name(check->file, handler.symbol->name);
    struct diagnostic *diagnostic =
        CHECK_REPORT(check, LOST_PATH_PARAMETER, span,
                     "`%.*s` has no parameter `%.*s`, so nothing gets this part of the path. Give the parameter that it is "
                     "for the same name; those of other names come from the query or the body.",
                     STR_ARGUMENTS(function), STR_ARGUMENTS(name));
    diagnostic->related.path = handler.file == check->summary ? (struct str){0} : handler.file->path;
    diagnostic->related.span = handler.symbol->name_span;
    diagnostic->related.message = arena_printf(check->arena, "`%.*s` is declared here.", STR_ARGUMENTS(function));
    struct str meant = left_over(check, handler.symbol, path);
    if (meant.size > 0) {
        fix_set(check, diagnostic, (struct span){span.start + 1, span.end}, meant, "Change to `%.*s`", STR_ARGUMENTS(meant));
    }
}

/* The path as it is written; what a group puts in front of it is for all of the group's routes. */
static void check_path(struct check *check, node_id path, struct package_symbol handler, struct str whole) {
    struct str text = node_text(check->file->tree, path);
    uint32_t from = node_span(check->file->tree, path).start;
    for (size_t start = 0; start < text.size;) {
        size_t end = str_find(text, '/', start);
        end = end == text.size ? end - 1 : end; /* without the quote */
        struct str segment = start < end ? str_slice(text, start, end) : (struct str){0};
        bool varies = segment.size > 1 && (segment.data[0] == ':' || segment.data[0] == '*') && segment.data[1] != '_';
        struct str name = varies ? str_slice(segment, 1, segment.size) : segment;
        if (varies && !has_parameter(check, handler.symbol, name)) {
            report_lost(check, name, (struct span){from + (uint32_t)start, from + (uint32_t)end}, handler, whole);
        }
        start = end + 1;
    }
}

/* Is it a type that no request, socket or map of a path's parts is? */
static bool is_plain_type(const struct syntax_tree *tree, node_id type) {
    static const struct str plain[] = {STR_INIT("String"), STR_INIT("Int"), STR_INIT("Float"), STR_INIT("Bool")};
    return node_kind(tree, type) == NODE_LIST_TYPE ||
           str_is_one_of(node_text(tree, type), plain, sizeof plain / sizeof *plain);
}

/* `route POST "/todos" => fn(title: String) …` */
static void check_handler_in_place(struct check *check, node_id handler) {
    const struct file_analysis *file = check->file;
    const struct scope *scope = &file->scopes.items[file->node_scope[handler]];
    enum node_kind kind = node_kind(file->tree, handler);
    bool in_place = kind == NODE_FUNCTION_EXPRESSION || kind == NODE_LAMBDA;
    for (unsigned i = 0; i < scope->symbols.count && in_place; i++) {
        const struct symbol *symbol = analysis_symbol(file, scope->symbols.items[i]);
        if (symbol->kind == SYMBOL_PARAMETER && is_plain_type(file->tree, symbol->type)) {
            CHECK_REPORT(
                check, UNFILLED_PARAMETER, node_span(file->tree, symbol->name_node),
                "Nothing fills `%.*s`: a handler that is written in its route gets the request, `fn(req, params)`. Declare a "
                "function with this parameter, and name it here.",
                STR_ARGUMENTS(analysis_name(file, symbol->name)));
            return;
        }
    }
}

void check_paths(struct check *check) {
    const struct file_analysis *file = check->file;
    for (uint32_t i = 0; i < file->routes.count; i++) {
        const struct route *route = &file->routes.items[i];
        check_handler_in_place(check, route->handler);
        node_id path = node_child(file->tree, route->node, FIELD_PATH);
        if (route->binding == 0 || node_kind(file->tree, path) != NODE_STRING) {
            continue;
        }
        atom_id name = file->bindings.items[route->binding - 1].name;
        struct package_symbol handler = package_lookup(check->package, file->blocks.items[route->block].key, name, false);
        if (handler.symbol != NULL && takes_names(handler.symbol)) {
            check_path(check, path, handler, check->summary->routes[i].path);
        }
    }
}
