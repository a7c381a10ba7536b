/* Where the type of a value is written, in whichever file, and the record `{ done: Bool }` that it is. Only what an annotation says
 * is followed: of a record that is merely like one nothing is known. */
#include "analysis/entity_parts.h"

#include "analysis/type_text.h"
#include "analysis/types.h"

enum { ALIASES = 8, CHAIN = 16 }; /* names of names; values that are the values of others */

static const struct written_type nothing = {0};

/* ---- from words to what they stand for */

static struct written_type at(struct written_type type, node_id node) { return (struct written_type){type.file, node}; }

/* Without `?`, parentheses and the arguments of what is generic. */
static struct written_type bare(struct written_type type) {
    const struct syntax_tree *tree = type.file->tree;
    node_id node = types_bare(tree, type.node);
    while (node_kind(tree, node) == NODE_OPTIONAL_TYPE) {
        node = types_bare(tree, node_first_plain(tree, node));
    }
    bool generic = node_kind(tree, node) == NODE_GENERIC_TYPE && !str_starts_with(node_text(tree, node), STR("List<"));
    return at(type, generic ? node_child(tree, node, FIELD_NAME) : node);
}

/* What the name of a type means; none for `shapes.Circle`. */
static struct entity type_named(struct resolver *resolver, struct written_type type) {
    const struct syntax_tree *tree = type.file->tree;
    bool plain = node_kind(tree, type.node) == NODE_TYPE_NAME && node_child(tree, type.node, FIELD_MEMBER) == NODE_NONE;
    const struct package *package = resolver->package;
    struct resolver there;
    if (plain && type.file != resolver->file) {
        package = resolver->sources->package_of(resolver->sources->context, type.file->path);
    }
    if (!plain || package == NULL) {
        return (struct entity){0};
    }
    resolver_init(&there, resolver->arena, resolver->sources, type.file, package);
    there.depth = resolver->depth;
    return resolver_meaning(&there, node_child(tree, type.node, FIELD_NAME)).entity;
}

/* Follows names of names. Gives the type that is declared, or none, and writes what is left of the words then. */
static struct entity follow(struct resolver *resolver, struct written_type *type) {
    struct entity named = {0};
    for (unsigned i = 0; i < ALIASES && type->file != NULL; i++) {
        *type = bare(*type);
        named = type_named(resolver, *type);
        const struct symbol *symbol = entity_symbol(named);
        if (symbol->kind != SYMBOL_TYPE || symbol->part_count > 0 || symbol->type == NODE_NONE) {
            return named;
        }
        *type = (struct written_type){named.file, symbol->type};
    }
    return (struct entity){0};
}

struct entity entity_written_type(struct resolver *resolver, struct written_type type) {
    struct entity named = follow(resolver, &type);
    bool record = !entity_is(named) && type.file != NULL && node_kind(type.file->tree, type.node) == NODE_RECORD_TYPE;
    return record ? (struct entity){.kind = ENTITY_RECORD, .file = type.file, .record = type.node} : named;
}

static struct written_type element_of(struct resolver *resolver, struct written_type type) {
    follow(resolver, &type);
    if (type.file == NULL) {
        return nothing;
    }
    const struct syntax_tree *tree = type.file->tree;
    enum node_kind kind = node_kind(tree, type.node);
    node_id element = kind == NODE_LIST_TYPE      ? node_child(tree, type.node, FIELD_ELEMENT)
                      : kind == NODE_GENERIC_TYPE ? node_child(tree, type.node, FIELD_ARGUMENT)
                                                  : NODE_NONE;
    return element == NODE_NONE ? nothing : at(type, element);
}

/* ---- of values */

static struct written_type of_value(struct resolver *resolver, node_id expression, unsigned left);

/* What is taken out of a list by a loop or handed to a function, and what else is certainly the value of another. */
static struct written_type of_unsaid(struct resolver *resolver, const struct symbol *symbol, unsigned left) {
    const struct syntax_tree *tree = resolver->file->tree;
    node_id whole = node_child(tree, symbol->node, FIELD_PATTERN);
    switch ((int)node_kind(tree, symbol->node)) {
    case NODE_ASSIGNMENT:
        return node_child(tree, symbol->node, FIELD_LEFT) == symbol->name_node ? of_value(resolver, symbol->value, left) : nothing;
    case NODE_COMPUTED_DECLARATION:
        return of_value(resolver, symbol->value, left);
    case NODE_FOR_EXPRESSION:
    case NODE_JSX_FOR:
    case NODE_COMPREHENSION_CLAUSE:
        whole = node_next_same_field(tree, whole) == NODE_NONE ? whole : node_next_same_field(tree, whole);
        return whole == symbol->name_node
                   ? element_of(resolver, of_value(resolver, node_child(tree, symbol->node, FIELD_ITERABLE), left))
                   : nothing;
    default:
        break;
    }
    node_id list = symbol->kind == SYMBOL_PARAMETER && symbol->owner == 0
                       ? typer_callback_list(resolver_typer(resolver), symbol)
                       : NODE_NONE;
    return list == NODE_NONE ? nothing : element_of(resolver, of_value(resolver, list, left));
}

static struct written_type of_entity(struct resolver *resolver, struct entity entity, unsigned left) {
    const struct symbol *symbol = entity_symbol(entity);
    bool holds = symbol->kind == SYMBOL_PARAMETER || symbol->kind == SYMBOL_CONSTANT || symbol->kind == SYMBOL_VARIABLE ||
                 symbol->kind == SYMBOL_STATE || symbol->kind == SYMBOL_COMPUTED || symbol->kind == SYMBOL_FIELD;
    if (holds && symbol->type != NODE_NONE && (symbol->flags & SYMBOL_REST) == 0) {
        return (struct written_type){entity.file, symbol->type};
    }
    bool follows = holds && entity.file == resolver->file && symbol->kind != SYMBOL_VARIABLE && symbol->kind != SYMBOL_STATE;
    return follows ? of_unsaid(resolver, symbol, left) : nothing;
}

static struct written_type of_call(struct resolver *resolver, node_id call) {
    const struct syntax_tree *tree = resolver->file->tree;
    node_id function = node_child(tree, call, FIELD_FUNCTION);
    bool member = node_kind(tree, function) == NODE_MEMBER_EXPRESSION;
    struct entity called = resolver_meaning(resolver, member ? node_child(tree, function, FIELD_PROPERTY) : function).entity;
    const struct symbol *symbol = entity_symbol(called);
    bool says = symbol->kind == SYMBOL_FUNCTION && symbol->type != NODE_NONE && (symbol->flags & SYMBOL_GENERATOR) == 0;
    return says ? (struct written_type){called.file, symbol->type} : nothing;
}

static struct written_type of_value(struct resolver *resolver, node_id expression, unsigned left) {
    const struct syntax_tree *tree = resolver->file->tree;
    if (left == 0) {
        return nothing;
    }
    switch ((int)node_kind(tree, expression)) {
    case NODE_IDENTIFIER:
        return of_entity(resolver, resolver_meaning(resolver, expression).entity, left - 1);
    case NODE_MEMBER_EXPRESSION:
        return of_entity(resolver, resolver_meaning(resolver, node_child(tree, expression, FIELD_PROPERTY)).entity, left - 1);
    case NODE_CALL_EXPRESSION:
        return of_call(resolver, expression);
    case NODE_INDEX_EXPRESSION:
        return node_kind(tree, node_child(tree, expression, FIELD_INDEX)) == NODE_SLICE
                   ? of_value(resolver, node_child(tree, expression, FIELD_OBJECT), left - 1)
                   : element_of(resolver, of_value(resolver, node_child(tree, expression, FIELD_OBJECT), left - 1));
    case NODE_PAREN_LIST:
        return node_next_plain(tree, node_first_plain(tree, expression)) == NODE_NONE
                   ? of_value(resolver, node_first_plain(tree, expression), left - 1)
                   : nothing;
    case NODE_AWAIT_EXPRESSION:
        return of_value(resolver, node_child(tree, expression, FIELD_VALUE), left - 1);
    default:
        return nothing;
    }
}

struct written_type entity_written_of(struct resolver *resolver, node_id expression) {
    return of_value(resolver, expression, CHAIN);
}

static struct entity record_by(struct resolver *resolver, struct written_type type) {
    struct entity record = entity_written_type(resolver, type);
    return record.kind == ENTITY_RECORD ? record : (struct entity){0};
}

struct entity entity_record_of(struct resolver *resolver, node_id expression) {
    return record_by(resolver, of_value(resolver, expression, CHAIN));
}

struct entity entity_record_held(struct resolver *resolver, struct entity holder) {
    return record_by(resolver, of_entity(resolver, holder, CHAIN));
}

/* By the name of an alias that the words of its type say: "Label", of what a function was handed. */
struct entity entity_record_in_words(struct resolver *resolver, node_id expression) {
    struct typer *typer = resolver_typer(resolver);
    typer->texts = 0;
    struct str text = type_text_present(type_text(typer, expression));
    struct package_symbol named = {NULL, NULL};
    if (text.size > 0) {
        named = type_text_named(typer, node_span(resolver->file->tree, expression).start, text);
    }
    struct entity alias = resolver_entity(resolver, named);
    const struct symbol *symbol = entity_symbol(alias);
    bool stands_for = symbol->kind == SYMBOL_TYPE && symbol->part_count == 0 && symbol->type != NODE_NONE;
    return stands_for ? record_by(resolver, (struct written_type){alias.file, symbol->type}) : (struct entity){0};
}

struct entity entity_record_element(struct resolver *resolver, node_id list) {
    return record_by(resolver, element_of(resolver, of_value(resolver, list, CHAIN)));
}

uint32_t entity_record_field(struct entity record, atom_id name) {
    const struct file_analysis *file = record.file;
    NODE_EACH(field, file->tree, record.record) {
        const struct binding *binding = analysis_binding(file, node_child(file->tree, field, FIELD_NAME));
        if (node_kind(file->tree, field) == NODE_RECORD_FIELD && binding != NULL && binding->name == name) {
            return binding->symbol;
        }
    }
    return 0;
}
