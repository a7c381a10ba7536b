/* Reading an analysis, and the words of its vocabulary. */
#include "analysis/symbols.h"

#include "parser/syntax/node.h"

#include <string.h>

static const struct {
    struct str name;
    int symbol, completion;
} symbol_kinds[] = {
    [SYMBOL_NULL] = {STR_INIT("name"), 13, 6},
#define SYMBOL(id, name, lsp_symbol_kind, lsp_completion_kind)                                                         \
    [SYMBOL_##id] = {STR_INIT(name), lsp_symbol_kind, lsp_completion_kind},
#include "analysis/vocabulary.def"
};

static const struct str block_kinds[] = {
#define BLOCK(id, name, runs) [BLOCK_##id] = STR_INIT(name),
#include "analysis/vocabulary.def"
};

struct file_analysis *analysis_copy(struct arena *arena, const struct file_analysis *file) {
    struct file_analysis *copy = arena_new(arena, struct file_analysis);
    *copy = *file;
    copy->arena = arena;
    copy->symbols.items = arena_array(arena, struct symbol, file->symbols.count);
    copy->symbols.capacity = file->symbols.count;
    memcpy(copy->symbols.items, file->symbols.items, file->symbols.count * sizeof *file->symbols.items);
    copy->marks = arena_alloc(arena, file->tree->count);
    memcpy(copy->marks, file->marks, file->tree->count);
    return copy;
}

const struct binding *analysis_binding(const struct file_analysis *file, node_id node) {
    uint32_t index = file->node_binding[node];
    return index == 0 ? NULL : &file->bindings.items[index - 1];
}

const struct symbol *analysis_symbol_of(const struct file_analysis *file, node_id node) {
    const struct binding *binding = analysis_binding(file, node);
    return binding == NULL || binding->symbol == 0 ? NULL : &file->symbols.items[binding->symbol];
}

struct str symbol_kind_name(enum symbol_kind kind) {
    return symbol_kinds[kind].name;
}

int symbol_kind_lsp(enum symbol_kind kind) { return symbol_kinds[kind].symbol; }

int symbol_kind_lsp_completion(enum symbol_kind kind) { return symbol_kinds[kind].completion; }

struct str block_kind_name(enum block_kind kind) {
    return block_kinds[kind];
}

struct str block_key_label(struct arena *arena, const struct atom_table *atoms, struct block_key key) {
    struct str kind = block_kinds[key.kind];
    if (key.name == ATOM_NONE) {
        return arena_str(arena, kind);
    }
    struct str name = atom_text(atoms, key.name);
    return arena_printf(arena, "%.*s:%.*s", STR_ARGUMENTS(kind), STR_ARGUMENTS(name));
}

/* ---- names within attributes */

size_t analysis_directive_prefix(struct str attribute) {
    static const struct str prefixes[] = {STR_INIT("use:"), STR_INIT("transition:"), STR_INIT("in:"), STR_INIT("out:"),
                                          STR_INIT("animate:")};
    for (size_t i = 0; i < sizeof prefixes / sizeof *prefixes; i++) {
        if (str_starts_with(attribute, prefixes[i])) {
            return prefixes[i].size;
        }
    }
    return 0;
}

struct span analysis_name_span(const struct syntax_tree *tree, node_id node) {
    struct span span = node_span(tree, node);
    if (node_kind(tree, node) == NODE_ATTRIBUTE_NAME) {
        struct str text = node_text(tree, node);
        size_t prefix = analysis_directive_prefix(text);
        span.end = span.start + (uint32_t)str_find(text, '.', prefix);
        span.start += (uint32_t)prefix;
    }
    return span;
}
