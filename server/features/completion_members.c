/* Behind a dot: functions of servers and peers, members of namespaces, models, types, stores, modules, and of values whose type is
 * known. What is not known is not guessed at. */
#include "server/features/completion_provider.h"

#include "analysis/database.h"
#include "analysis/model_settings.h"
#include "analysis/module_uses.h"
#include "analysis/modules.h"
#include "analysis/objects.h"
#include "analysis/peers.h"
#include "analysis/signature_text.h"
#include "parser/syntax/node.h"

struct members {
    struct completion *c;
    struct member_place place;
};

/* ---- behind `server.` and peers */

/* Only what a call of that name would reach: a name that several servers have cannot be called without saying which. */
static void add_endpoint(void *context, struct package_symbol endpoint) {
    struct members *m = context;
    struct package_symbol answers = {0};
    if (package_resolve_rpc(m->c->context->package, m->place.server, endpoint.symbol->name, &answers) == RPC_FOUND &&
        answers.symbol == endpoint.symbol) {
        completion_add_symbol(m->c, endpoint, COMPLETION_EXACT);
    }
}

static bool add_endpoints(struct members *m) {
    bool one_server = m->place.server != ATOM_NONE;
    if (m->place.rpc && (one_server || m->c->block.kind == BLOCK_BROWSER)) {
        package_each_endpoint(m->c->context->package, one_server, m->place.server, add_endpoint, m);
    }
    return m->place.rpc;
}

/* `filter.` of a server called filter, before the name behind the dot is called: it may be the function of that name as well. */
static void add_namesake(struct members *m) {
    struct completion *c = m->c;
    struct str name = node_text(c->tree, m->place.object);
    if (node_kind(c->tree, m->place.object) != NODE_IDENTIFIER || analysis_symbol_of(c->file, m->place.object) != NULL ||
        (c->block.kind != BLOCK_BROWSER && c->block.kind != BLOCK_SERVER)) {
        return;
    }
    struct package_servers servers = package_servers(c->context->arena, c->context->package);
    for (uint32_t i = 0; i < servers.count; i++) {
        atom_id server = servers.keys[i].name;
        if (server != ATOM_NONE && !block_key_equal(servers.keys[i], c->block) &&
            str_equal(peer_identifier(c->context->arena, analysis_name(c->file, server)), name)) {
            m->place.server = server;
            package_each_endpoint(c->context->package, true, server, add_endpoint, m);
        }
    }
}

/* ---- namespaces and models */

static bool add_namespace(struct members *m) {
    struct completion *c = m->c;
    struct builtin_member member;
    enum builtin space;
    if (!lookup_builtin(c->file, c->context->package, m->place.object, &space) ||
        !builtin_member_at(space, 0, &member)) {
        return false;
    }
    bool older = completion_is_older(c);
    struct completion_subject subject = {.kind = SUBJECT_MEMBER, .owner = builtin_info(space)->name};
    for (unsigned i = 0; builtin_member_at(space, i, &member); i++) {
        if (older || str_find(member.name, '_', 0) == member.name.size) {
            completion_add_member(c, member, BUILTIN_COUNT, subject);
        }
    }
    return true;
}

static bool add_model(struct members *m) {
    struct builtin_member member;
    struct str name = node_text(m->c->tree, m->place.object);
    if (!lookup_model(m->c->file, m->c->context->package, m->place.object)) {
        return false;
    }
    for (unsigned i = 0; model_member_at(i, &member); i++) {
        member.signature = model_member_signature(m->c->context->arena, &member, name);
        completion_add_member(m->c, member, BUILTIN_COUNT, (struct completion_subject){.kind = SUBJECT_MODEL});
    }
    return true;
}

/* ---- types */

static void add_field(struct completion *c, struct str name, struct str type) {
    struct str detail =
        type.size == 0 ? name : arena_printf(c->context->arena, "%.*s: %.*s", STR_ARGUMENTS(name), STR_ARGUMENTS(type));
    completion_add_name(c, name, ITEM_FIELD, detail);
}

/* The fields of a type or model, of a value of the type `owner`. */
static void add_fields_of(struct completion *c, struct package_symbol type, struct str owner) {
    for (uint32_t i = 0; i < type.symbol->parameter_count; i++) {
        const struct summary_parameter *field = &type.symbol->parameters[i];
        struct str known = type_text_in(completion_typer(c), type, owner, field->type);
        if (field->name != ATOM_NONE) {
            add_field(c, analysis_name(c->file, field->name), known.size > 0 ? known : field->type);
        }
    }
}

static bool takes_self(const struct file_analysis *file, const struct symbol *function) {
    const struct symbol *first = analysis_symbol(file, function->part_count > 0 ? function->first_part : 0);
    return str_equal(analysis_name(file, first->name), STR("self"));
}

/* Functions of `impl` blocks of this file: of values those with `self`, of the type itself the others. */
static void add_methods_here(struct completion *c, atom_id type, bool of_value) {
    for (unsigned i = 0; i < c->file->methods.count; i++) {
        const struct type_method *method = &c->file->methods.items[i];
        const struct symbol *symbol = analysis_symbol(c->file, method->symbol);
        struct str name = analysis_name(c->file, symbol->name);
        if (method->type != type || takes_self(c->file, symbol) != of_value || completion_has(c, name)) {
            continue;
        }
        struct str signature = lookup_signature(c->context->arena, c->file, method->symbol);
        bool call = c->context->snippets && !c->called;
        completion_add(c, (struct completion_item){
                              .label = name,
                              .kind = of_value ? ITEM_METHOD : ITEM_FUNCTION,
                              .detail = signature,
                              .insert = call ? completion_call(c, name, signature, of_value ? 1 : 0) : name,
                              .is_snippet = call,
                              .subject = {.kind = SUBJECT_LOCAL, .name = name, .number = method->symbol},
                          });
    }
}

/* Functions of `impl` blocks of other files, of which no more than the names is kept. */
static void add_methods_elsewhere(struct completion *c, const struct package *package, atom_id type) {
    for (uint32_t i = 0; i < package_file_count(package); i++) {
        const struct summary *file = package_file_at(package, i);
        for (uint32_t k = 0; k < file->method_count && !str_equal(file->path, c->file->path); k++) {
            const struct summary_method *method = &file->methods[k];
            if (method->type == type && !method->trait) {
                completion_add_name(c, analysis_name(c->file, method->name), ITEM_METHOD, (struct str){0});
            }
        }
    }
}

struct model_columns completion_columns(struct completion *c, struct package_symbol type) {
    const struct feature_context *context = c->context;
    struct package_symbol model = type.symbol->kind == SYMBOL_MODEL ? type : package_model(context->package, type.symbol->name);
    struct resolver resolver;
    if (model.symbol == NULL) {
        return (struct model_columns){0};
    }
    resolver_init(&resolver, context->arena, context->sources, c->file, context->package);
    struct entity entity = resolver_entity(&resolver, model);
    bool known = entity_symbol(entity)->kind == SYMBOL_MODEL;
    return known ? models_columns(context->arena, entity) : (struct model_columns){0};
}

/* Such values may be rows of a table. */
static void add_columns_of(struct completion *c, struct package_symbol type) {
    struct model_columns columns = completion_columns(c, type);
    for (unsigned i = 0; i < columns.list.count; i++) {
        if (!completion_has(c, columns.list.items[i].name)) {
            add_field(c, columns.list.items[i].name, columns.list.items[i].type);
        }
    }
}

/* A value of a type of the program. */
static void add_value_of(struct completion *c, struct package_symbol type, const struct package *package, struct str owner) {
    add_fields_of(c, type, owner);
    if (package == c->context->package) {
        add_columns_of(c, type);
    }
    add_methods_here(c, type.symbol->name, true);
    add_methods_elsewhere(c, package, type.symbol->name);
}

/* The variants of a type, and the functions of its `impl` that take no `self`. */
static void add_type_itself(struct completion *c, struct package_symbol type) {
    for (uint32_t i = 0; i < type.file->symbol_count; i++) {
        const struct summary_symbol *symbol = &type.file->symbols[i];
        if (symbol->kind == SYMBOL_VARIANT && symbol->owner == type.symbol->name) {
            completion_add_symbol(c, (struct package_symbol){type.file, symbol}, COMPLETION_EXACT);
        }
    }
    add_methods_here(c, type.symbol->name, false);
}

/* Fields that all variants of a type have may be read without asking which one it is. */
static void add_shared_fields(struct completion *c, const struct file_analysis *file, const struct symbol *type) {
    const struct symbol *first = analysis_symbol(file, type->first_part);
    for (uint32_t f = first->first_part; first->kind == SYMBOL_VARIANT && f < first->first_part + first->part_count;
         f++) {
        struct str name = analysis_name(file, analysis_symbol(file, f)->name);
        struct str annotation = node_text(file->tree, analysis_symbol(file, f)->type);
        unsigned with = 0;
        for (uint32_t v = type->first_part; v < type->first_part + type->part_count; v++) {
            const struct symbol *variant = analysis_symbol(file, v);
            for (uint32_t k = variant->first_part; k < variant->first_part + variant->part_count; k++) {
                with += str_equal(analysis_name(file, analysis_symbol(file, k)->name), name);
            }
        }
        if (with == type->part_count) {
            add_field(c, name, annotation);
        }
    }
}

/* ---- values */

static bool add_object(struct completion *c, enum object object) {
    struct builtin_member member;
    enum builtin adopted;
    struct completion_subject subject = {.kind = SUBJECT_OBJECT, .number = (uint32_t)object};
    for (unsigned i = 0; object != OBJECT_NONE && object_member_at(object, i, &member, &adopted); i++) {
        if (!completion_has(c, member.name)) {
            completion_add_member(c, member, adopted, subject);
        }
    }
    return object != OBJECT_NONE;
}

/* By the type that the typer knows exactly, which may be of another package. */
static bool add_known(struct completion *c, node_id object) {
    struct typer *typer = completion_typer(c);
    struct known_type type = typer_expression(typer, object);
    if (!known_type_is(type) || type.list) {
        return type.list && add_object(c, OBJECT_LIST);
    }
    struct package_symbol member = type.member;
    if (type.symbol != 0) {
        const struct symbol *symbol = analysis_symbol(c->file, type.symbol);
        member = type_text_named(typer, node_span(c->tree, symbol->node).start, analysis_name(c->file, symbol->name));
        add_shared_fields(c, c->file, symbol);
    }
    const struct package *package = member.symbol == NULL ? NULL : typer_package_of(typer, type);
    if (package != NULL) {
        bool generic = (member.symbol->flags & SYMBOL_GENERIC) != 0;
        add_value_of(c, member, package, generic ? type_text_receiver(typer, object) : (struct str){0});
    }
    return true;
}

/* A record whose type is written out: `{ user: User, count: Int }`. */
static bool add_record(struct completion *c, struct str record) {
    struct signature_parameter field;
    bool is_record = false;
    for (size_t at = 0; type_text_next_field(record, &at, &field);) {
        add_field(c, field.name, str_equal(field.type, STR("Any")) ? (struct str){0} : field.type);
        is_record = true;
    }
    return is_record;
}

/* By the type as people write it. */
static bool add_written(struct completion *c, node_id object) {
    struct typer *typer = completion_typer(c);
    struct str type = type_text_receiver(typer, object);
    enum object known = object_of_type(type);
    if (add_record(c, type)) {
        return true;
    }
    if (known == OBJECT_NONE && type.size > 0) {
        struct package_symbol named = type_text_named(typer, node_span(c->tree, object).start, type);
        if (named.symbol != NULL) {
            add_value_of(c, named, c->context->package, type);
        }
        return named.symbol != NULL;
    }
    if (known == OBJECT_NONE && node_kind(c->tree, object) == NODE_IDENTIFIER) {
        const struct symbol *symbol = analysis_symbol_of(c->file, object);
        bool parameter = symbol != NULL && symbol->kind == SYMBOL_PARAMETER;
        known = symbol == NULL || parameter ? object_of_name(node_text(c->tree, object)) : OBJECT_NONE;
        if (known == OBJECT_ANSWER && c->block.kind != BLOCK_SERVER) {
            known = OBJECT_NONE;
        }
    }
    return add_object(c, known);
}

/* ---- names that are no values */

static bool add_store(struct completion *c, const struct symbol *store) {
    const struct scope *members = &c->file->scopes.items[c->file->node_scope[store->node]];
    for (unsigned i = 0; i < members->symbols.count; i++) {
        completion_add_local(c, members->symbols.items[i], COMPLETION_EXACT, 0);
    }
    return true;
}

static void add_offered(void *context, atom_id name, struct package_symbol symbol) {
    struct completion *c = context;
    if (symbol.symbol != NULL && !completion_has(c, analysis_name(c->file, name)) && symbol.symbol->name == name) {
        completion_add_symbol(c, symbol, COMPLETION_EXACT);
    }
}

/* `shapes.` of `import * as shapes`. */
static bool add_module(struct completion *c, uint32_t symbol) {
    const struct imported *imported = module_uses_imported(c->file, symbol);
    if (imported == NULL || !str_equal(analysis_name(c->file, imported->name), STR("*"))) {
        return false;
    }
    struct str source = c->file->module_uses.items[imported->module].text;
    struct module module = module_find(c->context->arena, c->context->package, c->file->path, source);
    module_each_name(c->context->arena, &module, add_offered, c);
    return true;
}

/* `Shape.`: a type by its name. */
static bool add_by_name(struct members *m) {
    struct completion *c = m->c;
    node_id object = m->place.object;
    const struct binding *binding = analysis_binding(c->file, object);
    const struct symbol *symbol = analysis_symbol_of(c->file, object);
    if (binding == NULL || node_kind(c->tree, object) != NODE_IDENTIFIER) {
        return false;
    }
    if (symbol != NULL && symbol->kind == SYMBOL_STORE) {
        return add_store(c, symbol);
    }
    if (symbol != NULL && symbol->kind == SYMBOL_IMPORT && add_module(c, binding->symbol)) {
        return true;
    }
    bool may_be_type = symbol == NULL || symbol->kind == SYMBOL_TYPE || symbol->kind == SYMBOL_IMPORT;
    struct package_symbol type = {NULL, NULL};
    if (may_be_type) {
        type = type_text_named(completion_typer(c), c->offset, node_text(c->tree, object));
    }
    if (type.symbol == NULL || type.symbol->kind != SYMBOL_TYPE) {
        return false;
    }
    add_type_itself(c, type);
    return true;
}

/* ---- `|> .name` and columns: of the value that is piped */

static node_id piped_value(struct completion *c) {
    struct token dot = cursor_before(c->tree, c->word.start);
    struct token pipe = token_is(&dot, STR(".")) ? cursor_before(c->tree, dot.span.start) : (struct token){0};
    if (!token_is(&pipe, STR("|>"))) {
        return NODE_NONE;
    }
    node_id node = node_holding(c->tree, pipe.span.start);
    return node_kind(c->tree, node) == NODE_PIPE_EXPRESSION ? node_child(c->tree, node, FIELD_LEFT) : NODE_NONE;
}

bool completion_of_members(struct completion *c) {
    struct members m = {.c = c};
    if (!lookup_member_place(c->file, c->context->package, c->offset, &m.place)) {
        node_id piped = piped_value(c);
        if (piped != NODE_NONE && !add_known(c, piped)) {
            add_written(c, piped);
        }
        return token_is(&c->before, STR(".")) || token_is(&c->before, STR("?."));
    }
    c->items->replace = c->word = m.place.name;
    if (!m.place.rpc) {
        add_namesake(&m);
    }
    if (!add_endpoints(&m) && !add_namespace(&m) && !add_model(&m) && !add_by_name(&m) &&
        !add_known(c, m.place.object)) {
        add_written(c, m.place.object);
    }
    return true;
}
