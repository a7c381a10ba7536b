/* request_body: walks the types of a function's parameters. */
#include "server/features/request_body.h"

#include "analysis/entity.h"
#include "analysis/types.h"
#include "server/features/endpoint_examples.h"

enum { DEPTH = 4 }; /* of records in records that an example shows */

struct body {
    const struct feature_context *context;
    struct strbuf *out;
    unsigned depth;
};

static void add_text(struct body *body, struct str text) {
    strbuf_add_byte(body->out, '"');
    strbuf_add(body->out, text);
    strbuf_add_byte(body->out, '"');
}

/* The analysis of the file that declares a function, and its symbol there. */
static const struct symbol *function_in(const struct feature_context *context, struct package_symbol function,
                                        const struct file_analysis **file) {
    bool own = str_equal(function.file->path, context->file->path);
    *file = own ? context->file : context->sources->analysis_of(context->sources->context, function.file->path);
    return *file == NULL ? NULL : analysis_symbol(*file, function.symbol->local);
}

static struct resolver resolver_of(const struct body *body, const struct file_analysis *file) {
    struct resolver resolver;
    const struct sources *sources = body->context->sources;
    resolver_init(&resolver, body->context->arena, sources, file, sources->package_of(sources->context, file->path));
    return resolver;
}

/* The type, or the other name of one, that a name of a type means. */
static struct entity named(const struct body *body, const struct file_analysis *file, node_id type) {
    struct resolver resolver = resolver_of(body, file);
    return resolver_meaning(&resolver, node_child(file->tree, type, FIELD_NAME)).entity;
}

/* ---- the example */

static void add_value(struct body *body, const struct file_analysis *file, node_id written);

static bool add_scalar(struct body *body, struct str name) {
    static const struct {
        struct str name, value;
    } scalars[] = {
        {STR_INIT("String"), STR_INIT("\"text\"")},
        {STR_INIT("Int"), STR_INIT("0")},
        {STR_INIT("Float"), STR_INIT("0.5")},
        {STR_INIT("Number"), STR_INIT("0.5")},
        {STR_INIT("Bool"), STR_INIT("true")},
        {STR_INIT("List"), STR_INIT("[]")},
        {STR_INIT("Record"), STR_INIT("{}")},
    };
    for (size_t i = 0; i < sizeof scalars / sizeof *scalars; i++) {
        if (str_equal(scalars[i].name, name)) {
            strbuf_add(body->out, scalars[i].value);
            return true;
        }
    }
    return false;
}

static void add_list(struct body *body, const struct file_analysis *file, node_id first) {
    strbuf_add_byte(body->out, '[');
    for (node_id child = first; child != NODE_NONE; child = node_next_plain(file->tree, child)) {
        strbuf_add_c(body->out, child == first ? "" : ", ");
        add_value(body, file, child);
    }
    strbuf_add_byte(body->out, ']');
}

/* The fields of a type or variant, behind a tag where there is one. */
static void add_fields(struct body *body, const struct file_analysis *file, const struct symbol *owner,
                       struct str tag) {
    const char *glue = "";
    strbuf_add_byte(body->out, '{');
    if (tag.size > 0) {
        strbuf_add_c(body->out, "\"__tag\": ");
        add_text(body, tag);
        glue = ", ";
    }
    for (uint32_t i = owner->first_part; i < owner->first_part + owner->part_count; i++) {
        const struct symbol *field = analysis_symbol(file, i);
        strbuf_add_c(body->out, glue);
        add_text(body, analysis_name(file, field->name));
        strbuf_add_c(body->out, ": ");
        add_value(body, file, field->type);
        glue = ", ";
    }
    strbuf_add_byte(body->out, '}');
}

static void add_declared(struct body *body, const struct file_analysis *file, const struct symbol *type) {
    const struct symbol *part = analysis_symbol(file, type->part_count > 0 ? type->first_part : 0);
    if (body->depth >= DEPTH) {
        strbuf_add_c(body->out, "null");
        return;
    }
    body->depth++;
    if (part->kind == SYMBOL_VARIANT) {
        add_fields(body, file, part, analysis_name(file, part->name));
    } else if (type->part_count > 0) {
        add_fields(body, file, type, (struct str){0});
    } else {
        add_value(body, file, type->type);
    }
    body->depth--;
}

static void add_named(struct body *body, const struct file_analysis *file, node_id type) {
    if (add_scalar(body, node_text(file->tree, type))) {
        return;
    }
    struct entity entity = named(body, file, type);
    const struct symbol *symbol = entity_symbol(entity);
    if (entity.kind == ENTITY_SYMBOL && (symbol->kind == SYMBOL_TYPE || symbol->kind == SYMBOL_MODEL)) {
        add_declared(body, entity.file, symbol);
    } else {
        strbuf_add_c(body->out, "null");
    }
}

static void add_generic(struct body *body, const struct file_analysis *file, node_id type) {
    struct str name = node_text(file->tree, node_child(file->tree, type, FIELD_NAME));
    node_id argument = node_child(file->tree, type, FIELD_ARGUMENT);
    if (str_equal(name, STR("List")) || str_equal(name, STR("Array"))) {
        strbuf_add_byte(body->out, '[');
        add_value(body, file, argument);
        strbuf_add_byte(body->out, ']');
    } else if (str_equal(name, STR("Option"))) {
        add_value(body, file, argument);
    } else if (str_equal(name, STR("Result"))) {
        strbuf_add_c(body->out, "{\"__tag\": \"Ok\", \"value\": ");
        add_value(body, file, argument);
        strbuf_add_byte(body->out, '}');
    } else {
        add_named(body, file, node_child(file->tree, type, FIELD_NAME));
    }
}

static void add_record(struct body *body, const struct file_analysis *file, node_id type) {
    const char *glue = "";
    strbuf_add_byte(body->out, '{');
    NODE_EACH(child, file->tree, type) {
        if (node_kind(file->tree, child) == NODE_RECORD_FIELD) {
            strbuf_add_c(body->out, glue);
            add_text(body, node_text(file->tree, node_child(file->tree, child, FIELD_NAME)));
            strbuf_add_c(body->out, ": ");
            add_value(body, file, node_child(file->tree, child, FIELD_TYPE));
            glue = ", ";
        }
    }
    strbuf_add_byte(body->out, '}');
}

/* One of several types: the first, unless that is nil. */
static node_id shown_part(const struct syntax_tree *tree, node_id type) {
    node_id first = node_first_plain(tree, type);
    node_id second = node_next_plain(tree, first);
    return second != NODE_NONE && str_equal(node_text(tree, first), STR("Nil")) ? second : first;
}

/* A text that is a type is the only one that passes. */
static void add_literal(struct body *body, const struct file_analysis *file, node_id type) {
    struct str text;
    if (node_string_value(body->context->arena, file->tree, type, &text)) {
        strbuf_add(body->out, example_string(body->context->arena, text));
    } else {
        strbuf_add_c(body->out, "null");
    }
}

/* Types nest as deep as the text does; what is nested deeper than a reader would follow is null. */
static void add_value(struct body *body, const struct file_analysis *file, node_id written) {
    enum { NESTED = 4 * DEPTH };
    if (body->depth >= NESTED) {
        strbuf_add_c(body->out, "null");
        return;
    }
    body->depth++;
    node_id type = types_bare(file->tree, written);
    switch ((int)node_kind(file->tree, type)) {
    case NODE_TYPE_NAME:
        body->depth--;
        add_named(body, file, type);
        body->depth++;
        break;
    case NODE_GENERIC_TYPE:
        add_generic(body, file, type);
        break;
    case NODE_LIST_TYPE:
        add_list(body, file, node_child(file->tree, type, FIELD_ELEMENT));
        break;
    case NODE_TUPLE_TYPE:
        add_list(body, file, node_first_plain(file->tree, type));
        break;
    case NODE_OPTIONAL_TYPE:
    case NODE_UNION_TYPE:
        add_value(body, file, shown_part(file->tree, type));
        break;
    case NODE_RECORD_TYPE:
        add_record(body, file, type);
        break;
    case NODE_STRING:
        add_literal(body, file, type);
        break;
    default:
        strbuf_add_c(body->out, "null");
        break;
    }
    body->depth--;
}

static bool has_names(const struct file_analysis *file, const struct symbol *function) {
    for (uint32_t i = function->first_part; i < function->first_part + function->part_count; i++) {
        if (analysis_symbol(file, i)->name == ATOM_NONE) {
            return false;
        }
    }
    return true;
}

void request_body_example(const struct feature_context *context, struct package_symbol function, struct strbuf *out) {
    const struct file_analysis *file;
    const struct symbol *symbol = function_in(context, function, &file);
    struct body body = {.context = context, .out = out};
    if (symbol == NULL || symbol->part_count == 0) {
        strbuf_add_c(out, "{}");
        return;
    }
    if (has_names(file, symbol)) {
        add_fields(&body, file, symbol, (struct str){0});
        return;
    }
    strbuf_add_c(out, "{\"__args\": [");
    for (uint32_t i = 0; i < symbol->part_count; i++) {
        strbuf_add_c(out, i == 0 ? "" : ", ");
        add_value(&body, file, analysis_symbol(file, symbol->first_part + i)->type);
    }
    strbuf_add_c(out, "]}");
}

/* ---- what is checked */

struct rules {
    struct body body;
    const char *glue;
};

static void begin_rule(struct rules *rules, struct str path) {
    strbuf_printf(rules->body.out, "%s`%.*s` ", rules->glue, STR_ARGUMENTS(path));
    rules->glue = " · ";
}

/* `required, minLength(2)` between the braces behind a field's type. */
static void add_validators(struct rules *rules, const struct file_analysis *file, struct str path,
                           const struct symbol *field) {
    struct str text = node_text(file->tree, node_child(file->tree, field->node, FIELD_VALIDATORS));
    if (text.size > 2) {
        struct str inside = str_trim(str_slice(text, 1, text.size - 1));
        begin_rule(rules, path);
        strbuf_add(rules->body.out, inside);
    }
}

static void add_type_rules(struct rules *rules, const struct file_analysis *file, struct str path, node_id type) {
    struct resolver resolver = resolver_of(&rules->body, file);
    struct entity entity = resolver_annotation(&resolver, type); /* of a list, its elements */
    const struct symbol *symbol = entity_symbol(entity);
    if (entity.kind != ENTITY_SYMBOL || symbol->kind != SYMBOL_TYPE) {
        return;
    }
    for (uint32_t i = symbol->first_part; i < symbol->first_part + symbol->part_count; i++) {
        const struct symbol *field = analysis_symbol(entity.file, i);
        struct str name = analysis_name(entity.file, field->name);
        struct str inner =
            arena_printf(rules->body.context->arena, "%.*s.%.*s", STR_ARGUMENTS(path), STR_ARGUMENTS(name));
        if (field->kind == SYMBOL_FIELD) {
            add_validators(rules, entity.file, inner, field);
        }
    }
}

void request_body_rules(const struct feature_context *context, struct package_symbol function, struct strbuf *out) {
    const struct file_analysis *file;
    const struct symbol *symbol = function_in(context, function, &file);
    struct rules rules = {.body = {.context = context, .out = out}, .glue = ""};
    for (uint32_t i = 0; symbol != NULL && i < symbol->part_count; i++) {
        const struct symbol *parameter = analysis_symbol(file, symbol->first_part + i);
        struct str type = node_text(file->tree, parameter->type);
        struct str name = analysis_name(file, parameter->name);
        if (parameter->type == NODE_NONE || name.size == 0) {
            continue;
        }
        begin_rule(&rules, name);
        strbuf_printf(out, "%.*s%s", STR_ARGUMENTS(type), parameter->flags & SYMBOL_HAS_DEFAULT ? " or absent" : "");
        add_type_rules(&rules, file, name, parameter->type);
    }
}
