/* Server functions that nothing in the workspace calls: whoever reaches the server can, all the same.
 *
 * Said of programs that call servers at all; a server alone is there for others. Routes and other functions that name it are
 * reasons enough, and so is a call of the same name that goes elsewhere: what is said here is never wrong. */
#include "analysis/checks.h"
#include "parser/base/map.h"

struct calls {
    struct map names;
    bool any;  /* something is called */
    bool lost; /* a call reaches no function: one that nobody calls may be what it means */
};

static void read_calls(struct calls *calls, const struct package *package, const struct summary *file) {
    for (uint32_t i = 0; i < file->rpc_use_count; i++) {
        const struct summary_rpc_use *use = &file->rpc_uses[i];
        struct package_symbol found;
        map_set(&calls->names, use->name, 1);
        calls->any = calls->any || !use->implied;
        calls->lost = calls->lost ||
                      (!use->implied && package_resolve_rpc(package, use->server, use->name, &found) == RPC_UNKNOWN);
    }
    for (uint32_t i = 0; i < file->route_count; i++) {
        map_set(&calls->names, file->routes[i].handler, 1);
    }
}

static void report(struct check *check, const struct symbol *function) {
    struct str name = analysis_name(check->file, function->name);
    struct span span = node_span(check->file->tree, function->name_node);
    struct diagnostic *diagnostic = CHECK_REPORT(
        check, UNCALLED_ENDPOINT, span,
        "Nothing in this workspace calls `%.*s`, and `POST /rpc/%.*s` still reaches it. Remove it, or begin its "
        "name with `_` if requests are not meant to.",
        STR_ARGUMENTS(name), STR_ARGUMENTS(name));
    fix_set(check, diagnostic, (struct span){span.start, span.start}, STR("_"), "Rename it to `_%.*s`",
            STR_ARGUMENTS(name));
}

static bool is_uncalled(const struct check *check, const struct map *called, const struct symbol *symbol) {
    bool endpoint = symbol->kind == SYMBOL_FUNCTION && (symbol->flags & SYMBOL_ENDPOINT) != 0;
    return endpoint && (symbol->flags & SYMBOL_READ) == 0 && !map_get(called, symbol->name, NULL) &&
           !package_asks(check->package, symbol->name, false) && !package_asks(check->package, symbol->name, true);
}

void check_endpoints(struct check *check) {
    const struct file_analysis *file = check->file;
    struct calls calls = {.any = false};
    map_init(&calls.names);
    for (uint32_t f = 0; f < package_file_count(check->package); f++) {
        read_calls(&calls, check->package, package_file_at(check->package, f));
    }
    bool sure = calls.any && !calls.lost && !node_has_error(file->tree, NODE_ROOT);
    for (uint32_t i = 1; sure && i < file->symbols.count; i++) {
        const struct symbol *symbol = analysis_symbol(file, i);
        if (is_uncalled(check, &calls.names, symbol)) {
            report(check, symbol);
        }
    }
    map_finish(&calls.names);
}
