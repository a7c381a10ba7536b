/* Calls of functions, types and variants: what is called, and with that its arguments. */
#include "analysis/checks.h"
#include "analysis/modules.h"
#include "analysis/unsupported.h"

/* ---- what is called */

struct callee callee_of_package(struct check *check, struct package_symbol symbol) {
    return (struct callee){
        .name = analysis_name(check->file, symbol.symbol->name),
        .signature = symbol.symbol->signature,
        .parameters = symbol.symbol->parameters,
        .count = symbol.symbol->parameter_count,
        .declared = symbol.symbol->name_span,
        .member = symbol,
        .path = symbol.file == check->summary ? (struct str){0} : symbol.file->path,
    };
}

/* A function inside a function is in no summary. */
struct callee callee_of_local(struct check *check, uint32_t index) {
    const struct file_analysis *file = check->file;
    const struct symbol *symbol = analysis_symbol(file, index);
    struct summary_parameter *parameters = arena_array(check->arena, struct summary_parameter, symbol->part_count + 1);
    for (uint32_t i = 0; i < symbol->part_count; i++) {
        const struct symbol *part = analysis_symbol(file, symbol->first_part + i);
        parameters[i] = (struct summary_parameter){.name = part->name,
                                                   .type = node_text(file->tree, part->type),
                                                   .has_default = (part->flags & SYMBOL_HAS_DEFAULT) != 0,
                                                   .rest = (part->flags & SYMBOL_REST) != 0};
    }
    return (struct callee){.name = analysis_name(file, symbol->name),
                           .parameters = parameters,
                           .count = symbol->part_count,
                           .symbol = index,
                           .declared = node_span(file->tree, symbol->name_node)};
}

static bool is_callable(enum symbol_kind kind) {
    return kind == SYMBOL_FUNCTION || kind == SYMBOL_COMPONENT || kind == SYMBOL_VARIANT;
}

/* Records are made with as many fields as are at hand; one without fields of its own is an enumeration. */
static bool is_record(enum symbol_kind kind, uint32_t parameters) { return kind == SYMBOL_TYPE && parameters > 0; }

static bool find_callee(struct check *check, const struct binding *binding, struct callee *callee) {
    const struct symbol *symbol = analysis_symbol(check->file, binding->symbol);
    enum symbol_kind kind = symbol->kind;
    if (kind == SYMBOL_IMPORT) {
        struct package_symbol found = typer_imported(&check->typer, binding->symbol);
        if (found.symbol == NULL || node_kind(check->file->tree, node_parent(check->file->tree, binding->node)) == NODE_STRUCT_LITERAL) {
            return false;
        }
        *callee = callee_of_package(check, found);
        kind = found.symbol->kind;
    } else if (binding->symbol != 0) {
        *callee = callee_of_local(check, binding->symbol);
        if (kind == SYMBOL_TYPE && callee->count > 0 &&
            analysis_symbol(check->file, symbol->first_part)->kind != SYMBOL_FIELD) {
            return false;
        }
    } else {
        struct block_key key = check->file->blocks.items[binding->block].key;
        struct package_symbol found = package_meaning(check->package, key, binding->name, ACCESS_CALL);
        if (found.symbol == NULL) {
            return false;
        }
        *callee = callee_of_package(check, found);
        kind = found.symbol->kind;
    }
    callee->optional = kind == SYMBOL_COMPONENT;
    callee->record = kind == SYMBOL_TYPE;
    return is_callable(kind) || is_record(kind, callee->count);
}

/* A type that this file imports. */
static bool find_imported(struct check *check, const struct binding *binding, struct callee *callee) {
    if (analysis_symbol(check->file, binding->symbol)->kind != SYMBOL_IMPORT) {
        return false;
    }
    struct package_symbol found = module_imported(check->arena, check->package, check->file, binding->symbol);
    if (found.symbol == NULL || (found.symbol->kind != SYMBOL_TYPE && found.symbol->kind != SYMBOL_VARIANT)) {
        return false;
    }
    *callee = callee_of_package(check, found);
    callee->record = found.symbol->kind == SYMBOL_TYPE;
    return true;
}

void check_struct(struct check *check, node_id literal) {
    const struct binding *binding = analysis_binding(check->file, node_child(check->file->tree, literal, FIELD_NAME));
    struct callee callee;
    if (binding == NULL) {
        return;
    }
    struct str name = node_text(check->file->tree, binding->node);
    if ((find_callee(check, binding, &callee) || find_imported(check, binding, &callee)) && callee.count > 0) {
        check_given_fields(check, node_child(check->file->tree, literal, FIELD_ENTRIES), binding->node, &callee);
    } else {
        struct str what = arena_printf(check->arena, "`%.*s { … }`, where `%.*s` is no struct of this package,",
                                       STR_ARGUMENTS(name), STR_ARGUMENTS(name));
        unsupported_add(check->arena, check->list, node_span(check->file->tree, binding->node), what);
    }
}

void check_call_of_name(struct check *check, node_id call) {
    const struct binding *binding = analysis_binding(check->file, node_child(check->file->tree, call, FIELD_FUNCTION));
    struct callee callee;
    if (binding != NULL && binding->access == ACCESS_CALL && find_callee(check, binding, &callee)) {
        check_arguments(check, call, binding->node, &callee);
    }
}
