/* import_edit: names that go into the braces of imports, and imports that are new. */
#include "server/features/import_edit.h"

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

/* The named imports of a statement that takes from `path` already, or NODE_NONE. */
static node_id names_from(const struct feature_context *context, struct str path) {
    const struct file_analysis *file = context->file;
    const struct modules *modules = context->package->modules;
    for (unsigned i = 0; modules != NULL && i < file->module_uses.count; i++) {
        const struct module_use *use = &file->module_uses.items[i];
        node_id names = node_child(file->tree, use->node, FIELD_NAMES);
        bool import = !use->re_exports && node_kind(file->tree, names) == NODE_NAMED_IMPORTS;
        if (import && str_equal(module_source_path(context->arena, modules, file->path, use->text), path)) {
            return names;
        }
    }
    return NODE_NONE;
}

/* Where one more import goes: behind the last one, else at the top, behind what is said about the file. */
static uint32_t place_of_import(const struct syntax_tree *tree) {
    uint32_t at = 0;
    NODE_EACH(child, tree, NODE_ROOT) {
        enum node_kind kind = node_kind(tree, child);
        if (kind == NODE_IMPORT_STATEMENT || kind == NODE_SHEBANG) {
            at = node_span(tree, child).end;
        } else if (!node_is_comment(tree, child)) {
            break;
        }
    }
    return at;
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
    uint32_t place = place_of_import(tree);
    for (unsigned i = 0; i < count; i++) {
        if (!is_first(wants, i, false)) {
            continue;
        }
        node_id names = names_from(context, wants[i].path), last = NODE_NONE;
        NODE_EACH(child, tree, names) { last = node_kind(tree, child) == NODE_IMPORT_NAME ? child : last; }
        if (names != NODE_NONE) {
            strbuf_clear(&text);
            strbuf_add_c(&text, last != NODE_NONE ? ", " : " ");
            add_names(&text, wants, count, wants[i].path);
            uint32_t at = last != NODE_NONE ? node_span(tree, last).end : node_span(tree, names).start + 1;
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
