/* import_places: the imports of one file. */
#include "analysis/import_places.h"

#include "parser/syntax/node.h"

uint32_t import_place(const struct syntax_tree *tree) {
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

node_id import_names_from(struct arena *arena, const struct file_analysis *file, const struct modules *modules,
                          struct str path) {
    for (unsigned i = 0; modules != NULL && i < file->module_uses.count; i++) {
        const struct module_use *use = &file->module_uses.items[i];
        node_id names = node_child(file->tree, use->node, FIELD_NAMES);
        bool import = !use->re_exports && node_kind(file->tree, names) == NODE_NAMED_IMPORTS;
        if (import && str_equal(module_source_path(arena, modules, file->path, use->text), path)) {
            return names;
        }
    }
    return NODE_NONE;
}

uint32_t import_place_of_name(const struct syntax_tree *tree, node_id names, struct str *before) {
    node_id last = NODE_NONE;
    NODE_EACH(child, tree, names) { last = node_kind(tree, child) == NODE_IMPORT_NAME ? child : last; }
    *before = last != NODE_NONE ? STR(", ") : STR(" ");
    return last != NODE_NONE ? node_span(tree, last).end : node_span(tree, names).start + 1;
}
