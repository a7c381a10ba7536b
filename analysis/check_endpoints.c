/* Server functions that nothing in the workspace calls: whoever reaches the server can, all the same.
 *
 * Said of programs that call servers at all; a server alone is there for others. Routes and other functions that name it are
 * reasons enough, and so is a call of the same name that goes elsewhere: what is said here is never wrong. */
#include "analysis/checks.h"

/* Do files call servers, and does each call reach a function? One that nobody calls may else be what a call means. */
static bool calls_are_known(const struct package *package) {
    bool any = false;
    for (uint32_t f = 0; f < package_file_count(package); f++) {
        const struct summary *file = package_file_at(package, f);
        for (uint32_t i = 0; i < file->rpc_use_count; i++) {
            const struct summary_rpc_use *use = &file->rpc_uses[i];
            struct package_symbol found;
            any = any || !use->implied;
            if (!use->implied && package_resolve_rpc(package, use->server, use->name, &found) == RPC_UNKNOWN) {
                return false;
            }
        }
    }
    return any;
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

static bool is_uncalled(const struct check *check, const struct symbol *symbol) {
    bool endpoint = symbol->kind == SYMBOL_FUNCTION && (symbol->flags & SYMBOL_ENDPOINT) != 0;
    return endpoint && (symbol->flags & SYMBOL_READ) == 0 && !package_calls(check->package, symbol->name) &&
           !package_asks(check->package, symbol->name, false) && !package_asks(check->package, symbol->name, true);
}

void check_endpoints(struct check *check) {
    const struct file_analysis *file = check->file;
    bool sure = false; /* asked once, and only where it matters: it reads all calls of the package */
    for (uint32_t i = 1; i < file->symbols.count; i++) {
        const struct symbol *symbol = analysis_symbol(file, i);
        if (is_uncalled(check, symbol)) {
            sure = sure || (!node_has_error(file->tree, NODE_ROOT) && calls_are_known(check->package));
            if (!sure) {
                return;
            }
            report(check, symbol);
        }
    }
}
