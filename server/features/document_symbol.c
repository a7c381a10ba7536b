/* document_symbol: gathers declarations, then nests them by their spans. */
#include "server/features/document_symbol.h"

#include "analysis/lookup.h"

#include <stdlib.h>

enum { SYMBOL_KIND_MODULE = 2, SYMBOL_KIND_METHOD = 6 }; /* LSP SymbolKind */

static void add(const struct feature_context *context, struct document_symbol_list *symbols,
                struct document_symbol symbol) {
    if (symbol.selection.start >= symbol.selection.end || !span_contains(symbol.span, symbol.selection)) {
        symbol.selection = symbol.span;
    }
    if (symbol.name.size > 0) {
        vec_push(context->arena, &symbols->list, symbol);
    }
}

/* The keyword that a declaration begins with. */
static struct span first_word(const struct file_analysis *file, struct span span) {
    struct str text = text_slice(file->tree->text, span);
    uint32_t size = 0;
    while (size < text.size && text.data[size] >= 'a' && text.data[size] <= 'z') {
        size++;
    }
    return (struct span){span.start, span.start + size};
}

static void add_blocks(const struct feature_context *context, struct document_symbol_list *symbols) {
    const struct file_analysis *file = context->file;
    for (unsigned i = 2; i < file->blocks.count; i++) {
        const struct block *block = &file->blocks.items[i];
        struct str label = block_kind_name(block->key.kind);
        struct str name = text_slice(file->tree->text, block->name);
        if (name.size > 0) {
            label = arena_printf(context->arena, "%.*s \"%.*s\"", STR_ARGUMENTS(label), STR_ARGUMENTS(name));
        }
        struct span span = node_span(file->tree, block->node);
        add(context, symbols,
            (struct document_symbol){.name = label,
                                     .kind = SYMBOL_KIND_MODULE,
                                     .span = span,
                                     .selection = name.size > 0 ? block->name : first_word(file, span)});
    }
}

static bool is_part(const struct file_analysis *file, const struct symbol *symbol) {
    return (symbol->kind == SYMBOL_FIELD || symbol->kind == SYMBOL_VARIANT) && symbol->owner != 0 &&
           (analysis_symbol(file, symbol->owner)->flags & SYMBOL_BLOCK_LEVEL) != 0;
}

static void add_declarations(const struct feature_context *context, struct document_symbol_list *symbols) {
    const struct file_analysis *file = context->file;
    for (unsigned i = 1; i < file->symbols.count; i++) {
        const struct symbol *symbol = &file->symbols.items[i];
        if (!(symbol->flags & SYMBOL_BLOCK_LEVEL) && !is_part(file, symbol)) {
            continue;
        }
        add(context, symbols,
            (struct document_symbol){.name = analysis_name(file, symbol->name),
                                     .detail = lookup_signature(context->arena, file, i),
                                     .kind = symbol_kind_lsp(symbol->kind),
                                     .span = node_span(file->tree, symbol->node),
                                     .selection = node_span(file->tree, symbol->name_node)});
    }
}

static void add_routes(const struct feature_context *context, struct document_symbol_list *symbols) {
    const struct file_analysis *file = context->file;
    for (unsigned i = 0; i < file->routes.count; i++) {
        const struct route *route = &file->routes.items[i];
        struct str method = analysis_name(file, route->method);
        add(context, symbols,
            (struct document_symbol){
                .name = arena_printf(context->arena, "%.*s %.*s", STR_ARGUMENTS(method), STR_ARGUMENTS(route->path)),
                .kind = SYMBOL_KIND_METHOD,
                .span = node_span(file->tree, route->node),
                .selection = node_span(file->tree, node_child(file->tree, route->node, FIELD_PATH))});
    }
}

/* By start, the longer one first, then by name, so that parents come before their children. */
static int compare(const void *left, const void *right) {
    const struct document_symbol *a = left, *b = right;
    if (a->span.start != b->span.start) {
        return a->span.start < b->span.start ? -1 : 1;
    }
    if (a->span.end != b->span.end) {
        return a->span.end > b->span.end ? -1 : 1;
    }
    return a->selection.start < b->selection.start ? -1 : a->selection.start > b->selection.start;
}

/* Each symbol's parent is the nearest one before it that is larger and contains it. */
static void nest(const struct feature_context *context, struct document_symbol_list *symbols) {
    VEC(struct span) open = {0};
    for (unsigned i = 0; i < symbols->list.count; i++) {
        struct document_symbol *symbol = &symbols->list.items[i];
        while (open.count > 0 && (!span_contains(open.items[open.count - 1], symbol->span) ||
                                  span_equal(open.items[open.count - 1], symbol->span))) {
            open.count--;
        }
        symbol->depth = open.count;
        vec_push(context->arena, &open, symbol->span);
    }
}

struct document_symbol_list document_symbols(const struct feature_context *context) {
    struct document_symbol_list symbols = {0};
    add_blocks(context, &symbols);
    add_declarations(context, &symbols);
    add_routes(context, &symbols);
    if (symbols.list.count > 0) {
        qsort(symbols.list.items, symbols.list.count, sizeof *symbols.list.items, compare);
    }
    nest(context, &symbols);
    return symbols;
}
