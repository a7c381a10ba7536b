/* request_body: walks the types of a function's parameters. */
#include "server/features/request_body.h"

#include "analysis/entity.h"
#include "analysis/types.h"
#include "server/features/endpoint_examples.h"

/* The analysis of the file that declares a function, and its symbol there. */
static const struct symbol *function_in(const struct feature_context *context, struct package_symbol function,
                                        const struct file_analysis **file) {
    bool own = str_equal(function.file->path, context->file->path);
    *file = own ? context->file : context->sources->analysis_of(context->sources->context, function.file->path);
    return *file == NULL ? NULL : analysis_symbol(*file, function.symbol->local);
}

void request_body_example(const struct feature_context *context, struct package_symbol function, struct strbuf *out) {
    struct example_maker maker = {
        .arena = context->arena,
        .atoms = context->file->atoms,
        .package = context->package,
        .sources = context->sources,
        .file = function.file,
        .block = function.symbol->block,
    };
    strbuf_add(out, example_body(&maker, function.symbol));
}

/* ---- what is checked */

struct rules {
    const struct feature_context *context;
    struct strbuf *out;
    const char *glue;
};

static void begin_rule(struct rules *rules, struct str path) {
    strbuf_printf(rules->out, "%s`%.*s` ", rules->glue, STR_ARGUMENTS(path));
    rules->glue = " · ";
}

/* `required, minLength(2)` between the braces behind a field's type. */
static void add_validators(struct rules *rules, const struct file_analysis *file, struct str path,
                           const struct symbol *field) {
    struct str text = node_text(file->tree, node_child(file->tree, field->node, FIELD_VALIDATORS));
    if (text.size > 2) {
        struct str inside = str_trim(str_slice(text, 1, text.size - 1));
        begin_rule(rules, path);
        strbuf_add(rules->out, inside);
    }
}

static void add_type_rules(struct rules *rules, const struct file_analysis *file, struct str path, node_id type) {
    const struct sources *sources = rules->context->sources;
    struct resolver resolver;
    resolver_init(&resolver, rules->context->arena, sources, file, sources->package_of(sources->context, file->path));
    struct entity entity = resolver_annotation(&resolver, type); /* of a list, its elements */
    const struct symbol *symbol = entity_symbol(entity);
    if (entity.kind != ENTITY_SYMBOL || symbol->kind != SYMBOL_TYPE) {
        return;
    }
    for (uint32_t i = symbol->first_part; i < symbol->first_part + symbol->part_count; i++) {
        const struct symbol *field = analysis_symbol(entity.file, i);
        struct str name = analysis_name(entity.file, field->name);
        struct str inner =
            arena_printf(rules->context->arena, "%.*s.%.*s", STR_ARGUMENTS(path), STR_ARGUMENTS(name));
        if (field->kind == SYMBOL_FIELD) {
            add_validators(rules, entity.file, inner, field);
        }
    }
}

void request_body_rules(const struct feature_context *context, struct package_symbol function, struct strbuf *out) {
    const struct file_analysis *file;
    const struct symbol *symbol = function_in(context, function, &file);
    struct rules rules = {.context = context, .out = out, .glue = ""};
    for (uint32_t i = 0; symbol != NULL && i < symbol->part_count; i++) {
        const struct symbol *parameter = analysis_symbol(file, symbol->first_part + i);
        struct str type = node_text(file->tree, parameter->type);
        struct str name = node_text(file->tree, parameter->name_node); /* or what it is taken apart into */
        if (parameter->type == NODE_NONE || name.size == 0) {
            continue;
        }
        begin_rule(&rules, name);
        strbuf_printf(out, "%.*s%s", STR_ARGUMENTS(type), parameter->flags & SYMBOL_HAS_DEFAULT ? " or absent" : "");
        add_type_rules(&rules, file, name, parameter->type);
    }
}
