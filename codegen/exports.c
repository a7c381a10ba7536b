/* exports: `pub` in front of a declaration, and lists of names that a module offers. */
#include "codegen/statements.h"

#include "codegen/imports.h"
#include "codegen/names.h"
#include "codegen/symbols_in.h"

/* What `pub { a } from "m"` offers of a type that is gone when the program runs is gone too. */
static bool is_erased_export(struct emitter *e, node_id name) {
    for (uint32_t i = 0; i < e->file->exported.count; i++) {
        const struct exported *exported = &e->file->exported.items[i];
        if (exported->node != name || exported->module == 0) {
            continue;
        }
        struct str source = e->file->module_uses.items[exported->module - 1].text;
        return !symbol_is_value(program_export(e->arena, e->file, source, exported->original));
    }
    return !symbol_is_value(symbol_at_node(e, name));
}

static void add_export_names(struct emitter *e, node_id names, bool from, struct js_list *list) {
    NODE_EACH(child, e->tree, names) {
        node_id name = kind_of(e, child) == NODE_ALIAS ? node_child(e->tree, child, FIELD_NAME) : child;
        node_id alias = node_child(e->tree, child, FIELD_ALIAS);
        if (kind_of(e, name) != NODE_IDENTIFIER || is_erased_export(e, name)) {
            continue;
        }
        struct program_symbol symbol = symbol_at_node(e, name);
        struct str text = !from && symbol.file != NULL ? name_of_symbol(e, symbol) : text_of(e, name);
        struct js *entry = placed(e, js_text(e->arena, JS_IMPORT_NAME, text), name);
        entry->a = js_text(e->arena, JS_NAME, text_of(e, alias != NODE_NONE ? alias : name));
        js_add(e->arena, list, entry);
    }
}

/* `pub { a as b }`, `pub { a } from "m"`, `pub * from "m"`. */
static void lower_export_names(struct emitter *e, node_id node) {
    node_id source = node_child(e->tree, node, FIELD_SOURCE);
    node_id names = node_child(e->tree, node, FIELD_NAMES);
    struct str path = source == NODE_NONE ? STR("") : module_path(e, e->file, source);
    struct js *export = js_text(e->arena, JS_EXPORT_NAMES, path.size > 0 ? js_string(e->arena, path)->text : path);
    add_export_names(e, names, source != NODE_NONE, &export->list);
    if (names == NODE_NONE || export->list.of.count > 0) {
        add_statement(e, placed(e, export, node));
    }
}

void lower_export(struct emitter *e, node_id node, struct destination destination) {
    if (node_child(e->tree, node, FIELD_DECLARATION) != NODE_NONE) {
        lower_statement(e, node_child(e->tree, node, FIELD_DECLARATION), destination);
    } else if (e->output->kind == OUTPUT_MODULE && e->function->is_module) {
        lower_export_names(e, node);
    } else {
        not_emitted(e, node, "an export of names");
    }
}
