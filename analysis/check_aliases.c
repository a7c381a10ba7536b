/* Types that are other names of types: one that is its own other name, alone or through others, stands for nothing.
 *
 * `T?` and unions say what the value itself is; what a list, a record or Option<T> holds is another value, which may be of the
 * same type. Said of names of this file; those that a module imports from another are not followed. */
#include "analysis/checks.h"
#include "parser/base/limits.h"

struct search {
    const struct file_analysis *file;
    uint32_t sought; /* symbol */
    uint32_t *seen; /* by symbol: the last that was sought there */
    unsigned depth;
};

/* A type with nothing but another type behind its `=`. */
static bool is_alias(const struct symbol *symbol) {
    return symbol->kind == SYMBOL_TYPE && symbol->part_count == 0 && symbol->type != NODE_NONE;
}

static bool type_reaches(struct search *search, node_id written);

static bool name_reaches(struct search *search, node_id type) {
    const struct syntax_tree *tree = search->file->tree;
    while (node_kind(tree, type) == NODE_GENERIC_TYPE || node_kind(tree, type) == NODE_TYPE_NAME) {
        if (node_child(tree, type, FIELD_MEMBER) != NODE_NONE) {
            return false;
        }
        type = node_child(tree, type, FIELD_NAME);
    }
    const struct binding *binding = analysis_binding(search->file, type);
    uint32_t symbol = binding != NULL ? binding->symbol : 0;
    if (symbol == 0 || !is_alias(analysis_symbol(search->file, symbol))) {
        return false;
    }
    bool first = search->seen[symbol] != search->sought;
    search->seen[symbol] = search->sought;
    return symbol == search->sought || (first && type_reaches(search, analysis_symbol(search->file, symbol)->type));
}

static bool type_reaches(struct search *search, node_id written) {
    const struct syntax_tree *tree = search->file->tree;
    node_id type = types_bare(tree, written);
    enum node_kind kind = node_kind(tree, type);
    bool name = kind == NODE_TYPE_NAME || kind == NODE_GENERIC_TYPE;
    bool parts = kind == NODE_OPTIONAL_TYPE || kind == NODE_UNION_TYPE;
    if (search->depth >= LIMIT_SYNTAX_DEPTH) {
        return false;
    }
    search->depth++;
    bool reaches = name && name_reaches(search, type);
    node_id part = parts ? node_first_plain(tree, type) : NODE_NONE;
    for (; part != NODE_NONE && !reaches; part = node_next_plain(tree, part)) {
        reaches = type_reaches(search, part);
    }
    search->depth--;
    return reaches;
}

static void check_alias(struct check *check, uint32_t index, uint32_t *seen) {
    const struct file_analysis *file = check->file;
    const struct symbol *symbol = analysis_symbol(file, index);
    struct search search = {.file = file, .sought = index, .seen = seen};
    if (!node_has_error(file->tree, symbol->node) && type_reaches(&search, symbol->type)) {
        struct str name = analysis_name(file, symbol->name);
        CHECK_REPORT(check, TYPE_OF_ITSELF, node_span(file->tree, symbol->name_node),
                     "`%.*s` stands for itself, so nothing says what its values are. Name other types behind the `=`; a list "
                     "`[%.*s]` or a record may hold values of `%.*s`.",
                     STR_ARGUMENTS(name), STR_ARGUMENTS(name), STR_ARGUMENTS(name));
    }
}

void check_aliases(struct check *check) {
    uint32_t *seen = arena_alloc_array(check->arena, check->file->symbols.count, sizeof *seen);
    for (uint32_t i = 1; i < check->file->symbols.count; i++) {
        if (is_alias(analysis_symbol(check->file, i))) {
            check_alias(check, i, seen);
        }
    }
}
