/* Pages: what the components of a browser block come to. */
#include "analysis/checks.h"

/* The first component of a block in a file, or NULL. */
static const struct summary_symbol *first_component(const struct summary *file, struct block_key block) {
    for (uint32_t i = 0; file != NULL && i < file->symbol_count; i++) {
        const struct summary_symbol *symbol = &file->symbols[i];
        if (symbol->kind == SYMBOL_COMPONENT && block_key_equal(symbol->block, block)) {
            return symbol;
        }
    }
    return NULL;
}

/* Is it the first file of the package that has a component in the block? */
static bool is_first_file(const struct check *check, struct block_key block) {
    for (uint32_t i = 0; i < package_file_count(check->package); i++) {
        const struct summary *file = package_file_at(check->package, i);
        if (first_component(file, block) != NULL) {
            return file == check->summary;
        }
    }
    return false;
}

static bool is_first_of_its_key(const struct file_analysis *file, uint32_t block) {
    for (uint32_t b = 1; b < block; b++) {
        if (block_key_equal(file->blocks.items[b].key, file->blocks.items[block].key)) {
            return false;
        }
    }
    return true;
}

static void check_page(struct check *check, struct block_key key, atom_id app) {
    const struct summary_symbol *component = first_component(check->summary, key);
    bool shown = app != ATOM_NONE && package_member(check->package, key, app).symbol != NULL;
    if (component == NULL || shown || !is_first_file(check, key)) {
        return;
    }
    struct str name = analysis_name(check->file, component->name);
    CHECK_REPORT(check, PAGE_WITHOUT_APP, component->name_span,
                 "This page shows nothing: a page begins with a component `App`, and none is in this block. Rename "
                 "`%.*s`, or write `component App { … }` that uses it.",
                 STR_ARGUMENTS(name));
}

void check_pages(struct check *check) {
    atom_id app = atom_find(check->file->atoms, STR("App"));
    for (uint32_t b = 1; b < check->file->blocks.count; b++) {
        struct block_key key = check->file->blocks.items[b].key;
        if (key.kind == BLOCK_BROWSER && is_first_of_its_key(check->file, b)) {
            check_page(check, key, app);
        }
    }
}
