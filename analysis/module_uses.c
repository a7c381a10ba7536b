/* Reads the statements `import` and `pub` of a file. */
#include "analysis/module_uses.h"

#include "parser/syntax/node.h"

struct collecting {
    struct file_analysis *file;
    const struct syntax_tree *tree;
    uint32_t block;
};

static atom_id atom_of(const struct collecting *c, struct str text) { return atom_intern(c->file->atoms, text); }

static atom_id atom_at(const struct collecting *c, node_id node) { return atom_of(c, node_text(c->tree, node)); }

/* The symbol that a name node declares or reads; 0 when this file has none. */
static uint32_t symbol_at(const struct collecting *c, node_id node) {
    const struct binding *binding = analysis_binding(c->file, node);
    return binding == NULL ? 0 : binding->symbol;
}

/* Adds the module of a statement; its index + 1, or 0 when the statement names none (yet). */
static uint32_t add_module(const struct collecting *c, node_id node, bool re_exports) {
    struct module_use use = {.node = node, .block = c->block, .re_exports = re_exports};
    use.source = node_child(c->tree, node, FIELD_SOURCE);
    if (!node_string_value(c->file->arena, c->tree, use.source, &use.text) || use.text.size == 0) {
        return 0;
    }
    vec_push(c->file->arena, &c->file->module_uses, use);
    return c->file->module_uses.count;
}

/* ---- imports */

static void add_imported(const struct collecting *c, uint32_t module, node_id local, atom_id name, node_id node) {
    uint32_t symbol = symbol_at(c, local);
    if (symbol != 0) {
        struct imported imported = {.symbol = symbol, .module = module - 1, .name = name, .node = node};
        vec_push(c->file->arena, &c->file->imported, imported);
    }
}

static void read_import(const struct collecting *c, node_id node) {
    uint32_t module = add_module(c, node, false);
    if (module == 0) {
        return;
    }
    node_id single = node_child(c->tree, node, FIELD_DEFAULT);
    if (single != NODE_NONE) {
        add_imported(c, module, single, atom_of(c, STR("default")), single);
    }
    single = node_child(c->tree, node, FIELD_NAMESPACE);
    if (single != NODE_NONE) {
        add_imported(c, module, single, atom_of(c, STR("*")), single);
    }
    NODE_EACH(child, c->tree, node_child(c->tree, node, FIELD_NAMES)) {
        node_id name = node_child(c->tree, child, FIELD_NAME);
        node_id alias = node_child(c->tree, child, FIELD_ALIAS);
        if (name != NODE_NONE) {
            add_imported(c, module, alias != NODE_NONE ? alias : name, atom_at(c, name), name);
        }
    }
}

const struct imported *module_uses_imported(const struct file_analysis *file, uint32_t symbol) {
    for (uint32_t i = 0; i < file->imported.count; i++) {
        if (file->imported.items[i].symbol == symbol) {
            return &file->imported.items[i];
        }
    }
    return NULL;
}

/* ---- exports */

static void read_names(const struct collecting *c, node_id names, uint32_t module) {
    NODE_EACH(child, c->tree, names) {
        bool renames = node_kind(c->tree, child) == NODE_ALIAS;
        node_id name = renames ? node_child(c->tree, child, FIELD_NAME) : child;
        node_id alias = renames ? node_child(c->tree, child, FIELD_ALIAS) : name;
        if (node_kind(c->tree, name) == NODE_IDENTIFIER && alias != NODE_NONE) {
            struct exported exported = {atom_at(c, alias), atom_at(c, name), 0, module, name};
            exported.symbol = module == 0 ? symbol_at(c, name) : 0;
            vec_push(c->file->arena, &c->file->exported, exported);
        }
    }
}

/* `export default f`, `export default fn f() { … }`, `export default …`. */
static void read_default(const struct collecting *c, node_id declaration) {
    struct exported exported = {.name = atom_of(c, STR("default")), .node = declaration};
    bool is_name = node_kind(c->tree, declaration) == NODE_IDENTIFIER;
    node_id name = is_name ? declaration : node_child(c->tree, declaration, FIELD_NAME);
    exported.symbol = symbol_at(c, name);
    exported.original = exported.symbol == 0 ? ATOM_NONE : atom_at(c, name);
    vec_push(c->file->arena, &c->file->exported, exported);
}

static void read_export(const struct collecting *c, node_id node) {
    node_id names = node_child(c->tree, node, FIELD_NAMES);
    node_id declaration = node_child(c->tree, node, FIELD_DECLARATION);
    if (node_child(c->tree, node, FIELD_SOURCE) != NODE_NONE) {
        uint32_t module = add_module(c, node, true);
        if (module != 0 && names != NODE_NONE) {
            read_names(c, names, module);
        } else if (module != 0) {
            atom_id all = atom_of(c, STR("*"));
            vec_push(c->file->arena, &c->file->exported, (struct exported){all, all, 0, module, node});
        }
    } else if (names != NODE_NONE) {
        read_names(c, names, 0);
    } else if (node_child(c->tree, node, FIELD_DEFAULT) != NODE_NONE && declaration != NODE_NONE) {
        read_default(c, declaration);
    }
}

void module_uses_collect(struct file_analysis *file) {
    struct collecting c = {.file = file, .tree = file->tree};
    for (c.block = 1; c.block < file->blocks.count; c.block++) {
        node_id node = file->blocks.items[c.block].node;
        NODE_EACH(child, c.tree, node == NODE_ROOT ? node : node_child(c.tree, node, FIELD_BODY)) {
            if (node_kind(c.tree, child) == NODE_IMPORT_STATEMENT) {
                read_import(&c, child);
            } else if (node_kind(c.tree, child) == NODE_EXPORT_STATEMENT) {
                read_export(&c, child);
            }
        }
    }
}
