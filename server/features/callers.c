/* callers: every use of a function but its declaration and the routes that it handles. */
#include "server/features/callers.h"

struct search {
    const struct feature_context *context;
    const struct summary_symbol *function;
    struct place_list places;
};

static bool is_handled(const struct summary_route *route, const struct summary_symbol *function) {
    return route->handler == function->name && block_key_equal(route->block, function->block);
}

static bool is_in_route(const struct search *search, const struct summary *file, struct span span) {
    for (uint32_t i = 0; i < file->route_count; i++) {
        if (is_handled(&file->routes[i], search->function) && span_contains(file->routes[i].span, span)) {
            return true;
        }
    }
    return false;
}

static void add_use(void *context, struct package_use use) {
    struct search *search = context;
    if (!use.declaration && !is_in_route(search, use.file, use.span)) {
        vec_push(search->context->arena, &search->places.list, feature_place_in(use.file, use.span));
    }
}

struct place_list callers_of(const struct feature_context *context, struct package_symbol function) {
    struct search search = {.context = context, .function = function.symbol};
    package_each_use(context->package, function, add_use, &search);
    return search.places;
}

void callers_each_route(const struct package *package, const struct summary_symbol *function,
                        void (*visit)(void *context, const struct summary *file, const struct summary_route *route),
                        void *visitor) {
    for (uint32_t i = 0; i < package_file_count(package); i++) {
        const struct summary *file = package_file_at(package, i);
        for (uint32_t k = 0; k < file->route_count; k++) {
            if (is_handled(&file->routes[k], function)) {
                visit(visitor, file, &file->routes[k]);
            }
        }
    }
}

struct first_route {
    const struct feature_context *context;
    struct str text;
};

static void keep_first(void *context, const struct summary *file, const struct summary_route *route) {
    struct first_route *first = context;
    (void)file;
    if (first->text.size == 0) {
        struct str method = atom_text(first->context->file->atoms, route->method);
        first->text =
            arena_printf(first->context->arena, "%.*s %.*s", STR_ARGUMENTS(method), STR_ARGUMENTS(route->path));
    }
}

struct str callers_first_route(const struct feature_context *context, const struct summary_symbol *function) {
    struct first_route first = {.context = context};
    callers_each_route(context->package, function, keep_first, &first);
    return first.text;
}
