/* import_edit: names that go into the braces of imports, and imports that are new. */
#include "server/features/import_edit.h"

#include "analysis/import_places.h"
#include "analysis/modules.h"
#include "analysis/package_index.h"
#include "parser/base/path.h"
#include "parser/base/strbuf.h"
#include "parser/syntax/node.h"

#define SUFFIX STR(".tova")

enum { IMPORT_BYTES = 1 << 16 };

bool import_has_suffix(const struct feature_context *context, uint32_t offset) {
    const struct file_analysis *file = context->file;
    const struct modules *modules = context->package->modules;
    bool bare = false;
    for (unsigned i = 0; modules != NULL && i < file->module_uses.count; i++) {
        const struct module_use *use = &file->module_uses.items[i];
        struct span span = node_span(file->tree, use->node);
        if (span.start <= offset && offset <= span.end) {
            continue;
        }
        if (str_ends_with(use->text, SUFFIX)) {
            return true;
        }
        struct str path = module_source_path(context->arena, modules, file->path, use->text);
        const struct package *package = path.size > 0 ? modules->package_of(modules->context, path) : NULL;
        bare = bare || (package != NULL && package_file(package, path) != NULL);
    }
    return !bare;
}

struct str import_source(const struct feature_context *context, struct str path) {
    struct arena *arena = context->arena;
    struct str relative = path_relative(arena, path_parent(arena, context->file->path), path);
    if (!import_has_suffix(context, UINT32_MAX)) {
        relative = str_slice(relative, 0, relative.size - SUFFIX.size);
    }
    return str_starts_with(relative, STR("../")) ? relative : arena_concat(arena, STR("./"), relative);
}

static void add_edit(const struct feature_context *context, struct edit_list *edits, uint32_t at, struct str text) {
    struct edit edit = {feature_place(context, (struct span){at, at}), arena_str(context->arena, text)};
    vec_push(context->arena, &edits->list, edit);
}

/* Is this the first want of its path, or of its name among those of its path? */
static bool is_first(const struct import_want *wants, unsigned index, bool by_name) {
    for (unsigned i = 0; i < index; i++) {
        if (str_equal(wants[i].path, wants[index].path) && (!by_name || str_equal(wants[i].name, wants[index].name))) {
            return false;
        }
    }
    return true;
}

/* "a, b": the names that are wanted from one file. */
static void add_names(struct strbuf *out, const struct import_want *wants, unsigned count, struct str path) {
    bool first = true;
    for (unsigned i = 0; i < count; i++) {
        if (str_equal(wants[i].path, path) && is_first(wants, i, true)) {
            strbuf_add_c(out, first ? "" : ", ");
            strbuf_add(out, wants[i].name);
            first = false;
        }
    }
}

void import_edits(const struct feature_context *context, const struct import_want *wants, unsigned count,
                  struct edit_list *edits) {
    const struct syntax_tree *tree = context->file->tree;
    struct strbuf lines, text;
    strbuf_init(&lines, IMPORT_BYTES);
    strbuf_init(&text, IMPORT_BYTES);
    uint32_t place = import_place(tree);
    for (unsigned i = 0; i < count; i++) {
        if (!is_first(wants, i, false)) {
            continue;
        }
        node_id names = import_names_from(context->arena, context->file, context->package->modules, wants[i].path);
        if (names != NODE_NONE) {
            struct str before;
            uint32_t at = import_place_of_name(tree, names, &before);
            strbuf_clear(&text);
            strbuf_add(&text, before);
            add_names(&text, wants, count, wants[i].path);
            add_edit(context, edits, at, strbuf_str(&text));
            continue;
        }
        strbuf_add_c(&lines, place > 0 ? "\nimport { " : "import { ");
        add_names(&lines, wants, count, wants[i].path);
        strbuf_printf(&lines, " } from \"%.*s\"%s", STR_ARGUMENTS(import_source(context, wants[i].path)),
                      place > 0 ? "" : "\n");
    }
    if (strbuf_str(&lines).size > 0) {
        add_edit(context, edits, place, strbuf_str(&lines));
    }
    strbuf_finish(&lines);
    strbuf_finish(&text);
}
