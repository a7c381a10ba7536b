/* Fields, variants, methods, members, parameters and props by their names. */
#include "analysis/entity_parts.h"

#include "analysis/database.h"
#include "analysis/lookup.h"
#include "analysis/model_settings.h"
#include "analysis/models.h"
#include "analysis/module_uses.h"
#include "analysis/objects.h"

static struct entity of_symbol(const struct file_analysis *file, uint32_t symbol) {
    return (struct entity){.kind = symbol != 0 ? ENTITY_SYMBOL : ENTITY_NONE, .file = file, .symbol = symbol};
}

/* ---- the part of a known thing */

static uint32_t part_named(const struct file_analysis *file, const struct symbol *owner, atom_id name) {
    for (uint32_t i = owner->first_part; i < owner->first_part + owner->part_count; i++) {
        if (analysis_symbol(file, i)->name == name) {
            return i;
        }
    }
    return 0;
}

static uint32_t member_of_store(const struct file_analysis *file, const struct symbol *store, atom_id name) {
    const struct scope *members = &file->scopes.items[file->node_scope[store->node]];
    for (unsigned i = 0; i < members->symbols.count; i++) {
        if (analysis_symbol(file, members->symbols.items[i])->name == name) {
            return members->symbols.items[i];
        }
    }
    return 0;
}

/* A method that an `impl` of another file gives to the type; else the one trait of the package that offers the name. */
static struct entity method_elsewhere(struct resolver *resolver, const struct package *package, atom_id type,
                                      atom_id name) {
    struct entity offered = {0};
    unsigned offers = 0;
    for (uint32_t f = 0; f < package_file_count(package); f++) {
        const struct summary *summary = package_file_at(package, f);
        for (uint32_t i = 0; i < summary->method_count; i++) {
            const struct summary_method *method = &summary->methods[i];
            if (method->name != name || (!method->trait && method->type != type)) {
                continue;
            }
            const struct file_analysis *file =
                str_equal(summary->path, resolver->file->path)
                    ? resolver->file
                    : resolver->sources->analysis_of(resolver->sources->context, summary->path);
            uint32_t symbol = file == NULL ? 0 : typer_method(file, method->type, name);
            if (symbol != 0 && !method->trait) {
                return of_symbol(file, symbol);
            }
            offered = of_symbol(file, symbol);
            offers++;
        }
    }
    return offers == 1 ? offered : (struct entity){0};
}

static struct entity part_of_type(struct resolver *resolver, struct entity owner, atom_id name) {
    uint32_t symbol = typer_declared_part(owner.file, owner.symbol, name);
    const struct package *package =
        symbol != 0 ? NULL : resolver->sources->package_of(resolver->sources->context, owner.file->path);
    if (package != NULL) {
        return method_elsewhere(resolver, package, entity_symbol(owner)->name, name);
    }
    return of_symbol(owner.file, symbol);
}

/* Its own field, or what the type of its name has. */
static struct entity part_of_model(struct resolver *resolver, struct entity model, atom_id name) {
    uint32_t field = part_named(model.file, entity_symbol(model), name);
    struct entity type = field != 0 ? (struct entity){0} : models_type_of(resolver, model);
    return entity_is(type) ? part_of_type(resolver, type, name) : of_symbol(model.file, field);
}

struct entity resolver_part(struct resolver *resolver, struct entity owner, atom_id name) {
    const struct symbol *symbol = entity_symbol(owner);
    if (owner.kind == ENTITY_RECORD) {
        return of_symbol(owner.file, entity_record_field(owner, name));
    }
    switch ((int)symbol->kind) {
    case SYMBOL_TYPE:
        return part_of_type(resolver, owner, name);
    case SYMBOL_STORE:
        return of_symbol(owner.file, member_of_store(owner.file, symbol, name));
    case SYMBOL_MODEL:
        return part_of_model(resolver, owner, name);
    case SYMBOL_FUNCTION:
    case SYMBOL_MIDDLEWARE:
    case SYMBOL_COMPONENT:
    case SYMBOL_VARIANT:
        return of_symbol(owner.file, part_named(owner.file, symbol, name));
    default:
        return (struct entity){0};
    }
}

/* ---- what stands before a dot */

static bool is_namespace(const struct resolver *resolver, node_id object, const struct imported **imported) {
    const struct binding *binding = analysis_binding(resolver->file, object);
    if (binding == NULL || analysis_symbol(resolver->file, binding->symbol)->kind != SYMBOL_IMPORT) {
        return false;
    }
    *imported = module_uses_imported(resolver->file, binding->symbol);
    return *imported != NULL && str_equal(analysis_name(resolver->file, (*imported)->name), STR("*"));
}

static struct entity of_namespace(struct resolver *resolver, const struct imported *imported, atom_id name) {
    const struct file_analysis *file = resolver->file;
    struct str source = file->module_uses.items[imported->module].text;
    struct module module = module_find(resolver->arena, resolver->package, file->path, source);
    struct package_symbol found;
    bool known = module_name(resolver->arena, &module, resolver->package, name, &found) == MODULE_NAME_SYMBOL;
    return known ? resolver_entity(resolver, found) : (struct entity){0};
}

static bool builtin_part(struct resolver *resolver, node_id object, struct str name, struct entity *entity) {
    enum builtin space;
    bool found = lookup_model(resolver->file, resolver->package, object)
                     ? model_member_find(name, &entity->member)
                     : lookup_builtin(resolver->file, resolver->package, object, &space) &&
                           builtin_member_find(space, name, &entity->member);
    entity->kind = found ? ENTITY_BUILTIN_MEMBER : ENTITY_NONE;
    return found;
}

/* What values of the library's types have: `text.upper()`, `list.length`, `req.params`. */
static struct entity part_of_value(struct resolver *resolver, node_id object, struct str name) {
    struct str type = entity_type_text(resolver, object);
    const struct binding *binding = analysis_binding(resolver->file, object);
    enum symbol_kind holder = analysis_symbol(resolver->file, binding == NULL ? 0 : binding->symbol)->kind;
    bool free = type.size == 0 && binding != NULL && (binding->symbol == 0 || holder == SYMBOL_PARAMETER);
    enum object of = free ? object_of_name(node_text(resolver->file->tree, object)) : object_of_type(type);
    enum builtin adopted;
    struct entity entity = {0};
    if (object_member_find(of, name, &entity.member, &adopted)) {
        entity.kind = ENTITY_BUILTIN_MEMBER;
    }
    return entity;
}

static struct entity member_of(struct resolver *resolver, node_id object, node_id node, atom_id name) {
    const struct syntax_tree *tree = resolver->file->tree;
    const struct imported *imported = NULL;
    struct entity entity = {0};
    if (is_namespace(resolver, object, &imported)) {
        return of_namespace(resolver, imported, name);
    }
    if (builtin_part(resolver, object, node_text(tree, node), &entity)) {
        return entity;
    }
    bool chain = node_kind(tree, object) == NODE_IDENTIFIER || node_kind(tree, object) == NODE_MEMBER_EXPRESSION;
    struct entity holder = {0};
    if (chain) {
        node_id last = node_kind(tree, object) == NODE_IDENTIFIER ? object : node_child(tree, object, FIELD_PROPERTY);
        holder = resolver_meaning(resolver, last).entity;
        enum symbol_kind kind = entity_symbol(holder)->kind;
        if (kind == SYMBOL_STORE || kind == SYMBOL_TYPE) {
            return resolver_part(resolver, holder, name);
        }
    }
    bool list = false;
    struct entity owner = entity_value_type(resolver, object, &list);
    if (!entity_is(owner)) {
        owner = chain ? entity_record_held(resolver, holder) : entity_record_of(resolver, object);
        owner = entity_is(owner) ? owner : entity_record_in_words(resolver, object);
    }
    entity = list ? entity : resolver_part(resolver, owner, name);
    return entity_is(entity) || (entity_is(owner) && !list) ? entity : part_of_value(resolver, object, node_text(tree, node));
}

/* ---- around a pattern or a literal */

/* The type of a value that is taken apart, or the record. */
static struct entity owner_of_value(struct resolver *resolver, node_id value) {
    struct entity type = resolver_type_of(resolver, value);
    return entity_is(type) ? type : entity_record_of(resolver, value);
}

static struct entity owner_of_element(struct resolver *resolver, node_id list) {
    struct entity type = resolver_type_of(resolver, list);
    return entity_is(type) ? type : entity_record_element(resolver, list);
}

static struct entity owner_of_parameter(struct resolver *resolver, node_id annotation) {
    struct entity type = resolver_annotation(resolver, annotation);
    struct written_type written = {annotation == NODE_NONE ? NULL : resolver->file, annotation};
    return entity_is(type) ? type : entity_written_type(resolver, written);
}

/* The type of what the braces of a pattern stand for, or of a struct's literal. */
static struct entity owner_of_pattern(struct resolver *resolver, node_id object) {
    const struct syntax_tree *tree = resolver->file->tree;
    node_id parent = node_parent(tree, object);
    enum node_field field = node_field(tree, object);
    switch ((int)node_kind(tree, parent)) {
    case NODE_STRUCT_LITERAL:
        return resolver_meaning(resolver, node_child(tree, parent, FIELD_NAME)).entity;
    case NODE_ASSIGNMENT:
        return field == FIELD_LEFT ? owner_of_value(resolver, node_child(tree, parent, FIELD_RIGHT)) : (struct entity){0};
    case NODE_PARAMETER:
    case NODE_TYPED_BINDING:
        return field == FIELD_NAME ? owner_of_parameter(resolver, node_child(tree, parent, FIELD_TYPE)) : (struct entity){0};
    case NODE_FOR_EXPRESSION:
    case NODE_JSX_FOR:
        return field == FIELD_PATTERN && node_next_same_field(tree, object) == NODE_NONE
                   ? owner_of_element(resolver, node_child(tree, parent, FIELD_ITERABLE))
                   : (struct entity){0};
    case NODE_MATCH_ARM:
        return field == FIELD_PATTERN ? owner_of_value(resolver, node_child(tree, node_parent(tree, parent), FIELD_VALUE))
                                      : (struct entity){0};
    default:
        return node_kind(tree, object) == NODE_OBJECT_PATTERN ? entity_pattern_type(resolver, object)
                                                              : (struct entity){0};
    }
}

/* `server.create({ name: … })`: the one object of a call over the border holds the parameters by name. */
static struct entity function_of_object(struct resolver *resolver, node_id object) {
    const struct syntax_tree *tree = resolver->file->tree;
    node_id arguments = node_parent(tree, object);
    node_id call = node_parent(tree, arguments);
    node_id function = node_child(tree, call, FIELD_FUNCTION);
    if (node_kind(tree, arguments) != NODE_ARGUMENTS || node_first_plain(tree, arguments) != object ||
        node_next_plain(tree, object) != NODE_NONE || node_kind(tree, function) != NODE_MEMBER_EXPRESSION) {
        return (struct entity){0};
    }
    struct meaning callee = resolver_meaning(resolver, node_child(tree, function, FIELD_PROPERTY));
    return callee.rpc ? callee.entity : (struct entity){0};
}

static struct entity callee_of(struct resolver *resolver, node_id argument) {
    const struct syntax_tree *tree = resolver->file->tree;
    node_id call = node_parent(tree, node_parent(tree, argument));
    node_id function = node_child(tree, call, FIELD_FUNCTION);
    if (node_kind(tree, function) == NODE_MEMBER_EXPRESSION) {
        function = node_child(tree, function, FIELD_PROPERTY);
    }
    return resolver_meaning(resolver, function).entity;
}

/* Whose part an entry of an object names. */
static struct entity owner_of_entry(struct resolver *resolver, node_id object) {
    struct entity owner = owner_of_pattern(resolver, object);
    owner = entity_is(owner) ? owner : function_of_object(resolver, object);
    return entity_is(owner) ? owner : entity_expected(resolver, object);
}

static struct entity component_of(struct resolver *resolver, node_id attribute) {
    const struct syntax_tree *tree = resolver->file->tree;
    struct entity owner = resolver_meaning(resolver, node_child(tree, node_parent(tree, attribute), FIELD_NAME)).entity;
    return entity_symbol(owner)->kind == SYMBOL_COMPONENT ? owner : (struct entity){0};
}

/* A name in a setting of a model; of `unique` it is a field. */
static void part_of_setting(struct resolver *resolver, node_id node, atom_id name, struct meaning *meaning) {
    const struct syntax_tree *tree = resolver->file->tree;
    node_id field = node_ancestor(tree, node, NODE_FIELD_DECLARATION);
    node_id model = node_parent(tree, node_parent(tree, field));
    meaning->part = node_kind(tree, model) == NODE_MODEL_DECLARATION;
    bool listed = meaning->part && node != node_child(tree, field, FIELD_NAME) && name != ATOM_NONE;
    if (listed && model_setting_of(tree, field) == MODEL_UNIQUE) {
        struct entity owner = resolver_meaning(resolver, node_child(tree, model, FIELD_NAME)).entity;
        meaning->entity = resolver_part(resolver, owner, name);
    }
}

void entity_part_at(struct resolver *resolver, node_id node, struct meaning *meaning) {
    const struct syntax_tree *tree = resolver->file->tree;
    node_id parent = node_parent(tree, node);
    enum node_field field = node_field(tree, node);
    atom_id name = atom_find(resolver->file->atoms, node_text(tree, node));
    struct entity owner = {0};
    meaning->access = ACCESS_MEMBER;
    meaning->part = true;
    if (node_kind(tree, parent) == NODE_DEFAULT_BINDING && field == FIELD_NAME &&
        node_kind(tree, node_parent(tree, parent)) == NODE_OBJECT) {
        parent = node_parent(tree, parent);
        field = FIELD_NONE;
    }
    switch ((int)node_kind(tree, parent)) {
    case NODE_MEMBER_EXPRESSION:
        meaning->part = field == FIELD_PROPERTY;
        meaning->entity = meaning->part && name != ATOM_NONE
                              ? member_of(resolver, node_child(tree, parent, FIELD_OBJECT), node, name)
                              : (struct entity){0};
        return;
    case NODE_NAMED_ARGUMENT:
        meaning->part = field == FIELD_NAME;
        owner = callee_of(resolver, parent);
        break;
    case NODE_PAIR:
        meaning->part = field == FIELD_KEY;
        owner = owner_of_entry(resolver, node_parent(tree, parent));
        break;
    case NODE_OBJECT:
        owner = owner_of_entry(resolver, parent);
        break;
    case NODE_PAIR_PATTERN:
        meaning->part = field == FIELD_KEY;
        owner = owner_of_pattern(resolver, node_parent(tree, parent));
        break;
    case NODE_OBJECT_PATTERN:
        owner = owner_of_pattern(resolver, parent);
        break;
    case NODE_JSX_ATTRIBUTE:
        owner = component_of(resolver, parent);
        meaning->part = entity_is(owner);
        break;
    case NODE_COLUMN: {
        node_id piped = lookup_piped(tree, parent);
        meaning->entity = piped != NODE_NONE && name != ATOM_NONE ? member_of(resolver, piped, node, name) : (struct entity){0};
        return;
    }
    case NODE_RECORD_FIELD: /* which a rule of the language has not bound: of a directive */
        return;
    default:
        part_of_setting(resolver, node, name, meaning);
        return;
    }
    if (meaning->part && name != ATOM_NONE) {
        meaning->entity = resolver_part(resolver, owner, name);
    }
}
