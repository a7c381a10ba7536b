/* code_lens: endpoints from the file's summary, servers and tests from its tree. */
#include "server/features/code_lens.h"

#include "analysis/directives.h"
#include "codegen/naming.h"
#include "server/features/callers.h"

#include <stdlib.h>

static void add(const struct feature_context *context, struct code_lens_list *lenses, struct code_lens lens) {
    vec_push(context->arena, &lenses->list, lens);
}

static bool is_endpoint(const struct summary_symbol *symbol) {
    return symbol->kind == SYMBOL_FUNCTION && (symbol->flags & SYMBOL_ENDPOINT) != 0;
}

static void add_endpoints(const struct feature_context *context, struct code_lens_list *lenses) {
    const struct summary *file = package_file(context->package, context->file->path);
    for (uint32_t i = 0; file != NULL && i < file->symbol_count; i++) {
        if (is_endpoint(&file->symbols[i])) {
            add(context, lenses, (struct code_lens){.kind = CODE_LENS_CALLERS, .span = file->symbols[i].name_span});
        }
    }
}

/* "port 3000 (PORT_API) · app.server.api.js" */
static struct str server_title(const struct feature_context *context, struct block_key key) {
    struct str name = atom_text(context->file->atoms, key.name);
    struct str variable = naming_port_variable(context->arena, name);
    struct str output = naming_output(context->arena, context->package, context->file->atoms, key);
    uint32_t port = naming_port(context->arena, context->package, key, context->first_port);
    return arena_printf(context->arena, "port %u (%.*s) · %.*s", (unsigned)port, STR_ARGUMENTS(variable),
                        STR_ARGUMENTS(output));
}

static void add_servers(const struct feature_context *context, struct code_lens_list *lenses) {
    const struct file_analysis *file = context->file;
    for (unsigned i = 2; i < file->blocks.count; i++) {
        const struct block *block = &file->blocks.items[i];
        if (block->key.kind == BLOCK_SERVER) {
            uint32_t start = node_span(file->tree, block->node).start;
            struct span word = {start, start + (uint32_t)block_kind_name(BLOCK_SERVER).size};
            add(context, lenses,
                (struct code_lens){.kind = CODE_LENS_SERVER, .span = word, .title = server_title(context, block->key)});
        }
    }
}

static void add_test(const struct feature_context *context, struct code_lens_list *lenses, node_id node) {
    const struct syntax_tree *tree = context->file->tree;
    const struct directive *directive = directive_of_node(tree, node);
    bool test = directive != NULL && directive->id == DIRECTIVE_TEST;
    bool bench = directive != NULL && directive->id == DIRECTIVE_BENCH;
    if (test || bench) {
        struct code_lens lens = {.kind = CODE_LENS_TEST,
                                 .span = node_span(tree, node_child(tree, node, FIELD_NAME)),
                                 .title = test ? STR("run the test") : STR("run the benchmark")};
        node_string_value(context->arena, tree, node_child_of_kind(tree, node, NODE_STRING), &lens.name);
        add(context, lenses, lens);
    }
}

static int compare(const void *left, const void *right) {
    const struct code_lens *a = left, *b = right;
    return a->span.start < b->span.start ? -1 : a->span.start > b->span.start;
}

struct code_lens_list code_lenses(const struct feature_context *context) {
    const struct syntax_tree *tree = context->file->tree;
    struct code_lens_list lenses = {0};
    add_endpoints(context, &lenses);
    add_servers(context, &lenses);
    for (node_id node = NODE_ROOT; node < tree->count; node++) {
        if (node_kind(tree, node) == NODE_DIRECTIVE) {
            add_test(context, &lenses, node);
        }
    }
    if (lenses.list.count > 0) {
        qsort(lenses.list.items, lenses.list.count, sizeof *lenses.list.items, compare);
    }
    return lenses;
}

/* ---- callers */

static struct package_symbol endpoint_at(const struct feature_context *context, uint32_t offset) {
    const struct summary *file = package_file(context->package, context->file->path);
    for (uint32_t i = 0; file != NULL && i < file->symbol_count; i++) {
        const struct summary_symbol *symbol = &file->symbols[i];
        if (is_endpoint(symbol) && span_touches(symbol->name_span, offset)) {
            return (struct package_symbol){file, symbol};
        }
    }
    return (struct package_symbol){NULL, NULL};
}

bool code_lens_callers(const struct feature_context *context, uint32_t offset, struct callers *callers) {
    struct package_symbol function = endpoint_at(context, offset);
    if (function.symbol == NULL) {
        return false;
    }
    *callers = (struct callers){.places = callers_of(context, function)};
    unsigned count = callers->places.list.count;
    if (count > 0) {
        callers->title = arena_printf(context->arena, "%u caller%s", count, count == 1 ? "" : "s");
    } else {
        struct str route = callers_first_route(context, function.symbol);
        struct str name = atom_text(context->file->atoms, function.symbol->name);
        callers->title = route.size > 0 ? arena_printf(context->arena, "answers %.*s", STR_ARGUMENTS(route))
                                        : arena_printf(context->arena,
                                                       "no caller in this workspace, still reachable: POST /rpc/%.*s",
                                                       STR_ARGUMENTS(name));
    }
    return true;
}
