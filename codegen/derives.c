/* derives: what `derive [Eq, Show, JSON]` gives a type, as calls behind its declaration. */
#include "codegen/types.h"

#include "codegen/imports.h"
#include "codegen/symbols_in.h"

bool type_derives(const struct emitter *e, node_id node, struct str what) {
    NODE_EACH(child, e->tree, node_child(e->tree, node, FIELD_DERIVE)) {
        if (str_equal(text_of(e, child), what)) {
            return true;
        }
    }
    return false;
}

static void add_call(struct emitter *e, struct js *call) { add_statement(e, js_expression_statement(e->arena, call)); }

/* Variants compare by their names, since they cross the network as plain data. */
static void lower_equality(struct emitter *e, struct program_symbol type, struct js *holder) {
    const struct symbol *data = symbol_data(type);
    struct js *call = js_call(e->arena, runtime_name(e, RUNTIME_OPERATORS, "comparable"));
    if (holder != NULL) {
        js_add(e->arena, &call->list, holder);
    }
    for (uint32_t i = 0; type_has_variants(type) && i < data->part_count; i++) {
        struct str tag = analysis_name(type.file, analysis_symbol(type.file, data->first_part + i)->name);
        js_add(e->arena, &call->list, js_string(e->arena, tag));
    }
    add_call(e, call);
}

void lower_derives(struct emitter *e, struct program_symbol type, node_id node, struct js *holder) {
    if (type_derives(e, node, STR("Eq"))) {
        lower_equality(e, type, holder);
    }
    if (type_derives(e, node, STR("Show"))) {
        add_call(e, js_call1(e->arena, runtime_name(e, RUNTIME_DERIVE, "showable"), holder));
    }
    if (type_derives(e, node, STR("JSON"))) {
        add_call(e, js_call1(e->arena, runtime_name(e, RUNTIME_DERIVE, "serializable"), holder));
    }
}
