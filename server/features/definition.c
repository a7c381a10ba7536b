/* definition: the target of a name, and the candidates of an ambiguous server function. */
#include "server/features/definition.h"

#include "analysis/class_names.h"
#include "analysis/database.h"
#include "analysis/lookup.h"
#include "analysis/module_uses.h"
#include "analysis/occurrences.h"
#include "analysis/peers.h"
#include "analysis/traits.h"
#include "server/features/named_texts.h"
#include "server/features/record_key.h"

struct finding {
    const struct feature_context *context;
    struct resolver resolver;
    struct place_list places;
    atom_id name;
};

static void add_place(struct finding *finding, struct place place) {
    vec_push(finding->context->arena, &finding->places.list, place);
}

static void add_entity(struct finding *finding, struct entity entity) {
    if (entity.kind == ENTITY_SYMBOL && entity_symbol(entity)->name_node != NODE_NONE) {
        add_place(finding, feature_declaration(finding->context, entity));
        return;
    }
    struct named_text_list paths = named_paths(finding->context, NAMED_IN_PACKAGE, entity); /* `id` in the block of `route GET "/users/:id"` */
    for (unsigned i = 0; i < paths.list.count; i++) {
        add_place(finding, feature_place_of(finding->context, paths.list.items[i].file, paths.list.items[i].name.span));
    }
}

static void begin(struct finding *finding, const struct feature_context *context) {
    *finding = (struct finding){.context = context};
    resolver_init(&finding->resolver, context->arena, context->sources, context->file, context->package);
}

/* ---- servers */

static void add_candidate(void *context, struct package_symbol endpoint) {
    struct finding *finding = context;
    if (endpoint.symbol->name == finding->name) {
        struct place place = feature_place_in(endpoint.file, endpoint.symbol->name_span);
        place.whole = endpoint.symbol->span;
        add_place(finding, place);
    }
}

/* A call that reaches no function or several: the candidates are all there is to show. */
static bool add_candidates(struct finding *finding, node_id node) {
    const struct feature_context *context = finding->context;
    const struct rpc_use *use = peer_rpc_use(context->package, context->file, node_parent(context->file->tree, node));
    struct package_symbol found;
    if (use == NULL || use->name_node != node) {
        return false;
    }
    enum rpc_resolution resolution = package_resolve_rpc(context->package, use->server, use->name, &found);
    if (resolution != RPC_AMBIGUOUS && resolution != RPC_UNKNOWN) {
        return false;
    }
    finding->name = use->name;
    package_each_endpoint(context->package, use->server != ATOM_NONE, use->server, add_candidate, finding);
    return true;
}

static void add_server_blocks(struct finding *finding, atom_id server) {
    const struct package *package = finding->context->package;
    for (uint32_t f = 0; f < package_file_count(package); f++) {
        const struct summary *summary = package_file_at(package, f);
        for (uint32_t i = 0; i < summary->block_count; i++) {
            if (block_key_equal(summary->blocks[i].key, (struct block_key){BLOCK_SERVER, server})) {
                struct place place = feature_place_in(summary, summary->blocks[i].name_span);
                place.whole = summary->blocks[i].span;
                add_place(finding, place);
            }
        }
    }
}

/* The word `db` of the `db { }` that makes the connection, in the same file. */
static void add_database(struct finding *finding, node_id node) {
    const struct file_analysis *file = finding->context->file;
    struct block_key key = file->blocks.items[analysis_binding(file, node)->block].key;
    node_id directive = database_directive(file, key);
    if (directive != NODE_NONE) {
        struct span word = node_span(file->tree, node_child(file->tree, directive, FIELD_NAME));
        struct place place = feature_place(finding->context, word);
        place.whole = node_span(file->tree, directive);
        add_place(finding, place);
    }
}

/* ---- strings */

static void add_module(struct finding *finding, struct str source) {
    const struct feature_context *context = finding->context;
    struct module module = module_find(context->arena, context->package, context->file->path, source);
    if (module.kind == MODULE_SOURCE) {
        add_place(finding, feature_place_in(module.file, (struct span){0, 0}));
    }
}

/* The strings of `subscribe` with this event, in all files of the package. */
static void add_handlers(struct finding *finding, struct str event) {
    const struct feature_context *context = finding->context;
    struct named_text_list texts = named_texts(context, NAMED_IN_PACKAGE, TEXT_NAME_EVENT, event);
    for (unsigned i = 0; i < texts.list.count; i++) {
        const struct named_text *text = &texts.list.items[i];
        if (text->handles) {
            struct place place = feature_place_of(context, text->file, text->name.span);
            place.whole = node_span(text->file->tree, node_parent(text->file->tree, text->name.node));
            add_place(finding, place);
        }
    }
}

static void add_text(struct finding *finding, const struct text_name *text) {
    const struct feature_context *context = finding->context;
    switch (text->kind) {
    case TEXT_NAME_NONE:
        break;
    case TEXT_NAME_MODULE:
        add_module(finding, text->text);
        break;
    case TEXT_NAME_SERVER:
        add_server_blocks(finding, atom_find(context->file->atoms, text->text));
        break;
    case TEXT_NAME_EVENT:
        add_handlers(finding, text->text);
        break;
    case TEXT_NAME_JOB:
    case TEXT_NAME_VARIABLE:
    case TEXT_NAME_PARAMETER:
        add_entity(finding, named_text_entity(context, text));
        break;
    case TEXT_NAME_CLASS:
        break;
    }
}

/* ---- names */

static void add_meaning(struct finding *finding, node_id node, const struct meaning *meaning) {
    /* `{ name } = user` declares a name and takes a field: whoever asks wants to see the field. */
    struct entity entity = meaning->declaration && entity_is(meaning->field) ? meaning->field : meaning->entity;
    if (entity.kind == ENTITY_SERVER) {
        add_server_blocks(finding, entity.name);
    } else if (entity.kind == ENTITY_BUILTIN && entity.builtin == BUILTIN_DB) {
        add_database(finding, node);
    } else {
        add_entity(finding, entity);
    }
    if (!entity_is(entity) && meaning->part) {
        struct record_key key = record_key_at(finding->context, node);
        if (key.node != NODE_NONE) {
            struct place place = feature_place_of(finding->context, key.file, node_span(key.file->tree, key.node));
            place.whole = node_span(key.file->tree, node_parent(key.file->tree, key.node));
            add_place(finding, place);
        }
    }
    if (meaning->shorthand && !meaning->declaration && entity_is(meaning->field)) {
        add_entity(finding, meaning->field); /* `{ name }` of a record is the value, and the field that it is for */
    }
}

/* The styles of its component that have it. */
static void add_class(struct finding *finding, const struct class_name *name, struct span *origin) {
    struct class_places places = class_name_places(finding->context->arena, finding->context->file, name);
    for (unsigned i = 0; i < places.list.count; i++) {
        if (places.list.items[i].declares) {
            add_place(finding, feature_place(finding->context, places.list.items[i].span));
        }
    }
    if (origin != NULL) {
        *origin = name->span;
    }
}

static struct place_list find(const struct feature_context *context, uint32_t offset, struct span *origin,
                              bool through_imports) {
    struct finding finding;
    begin(&finding, context);
    const struct file_analysis *file = context->file;
    node_id node = node_at(file->tree, offset);
    struct class_name class = class_name_at(file, offset);
    if (class.component != NODE_NONE) {
        add_class(&finding, &class, origin);
        return finding.places;
    }
    struct text_name text = text_name_at(file, offset);
    if (origin != NULL) {
        *origin = text.kind != TEXT_NAME_NONE ? text.span : analysis_name_span(file->tree, node);
    }
    if (text.kind != TEXT_NAME_NONE) {
        add_text(&finding, &text);
    } else if (!add_candidates(&finding, node)) {
        struct meaning meaning = resolver_meaning(&finding.resolver, node);
        if (meaning.import != 0 && !through_imports) {
            meaning.entity = (struct entity){.kind = ENTITY_SYMBOL, .file = file, .symbol = meaning.import};
        }
        add_meaning(&finding, node, &meaning);
    }
    return finding.places;
}

struct place_list definition_of(const struct feature_context *context, uint32_t offset, struct span *origin) {
    return find(context, offset, origin, true);
}

struct place_list declaration_of(const struct feature_context *context, uint32_t offset, struct span *origin) {
    return find(context, offset, origin, false);
}

/* ---- types */

/* The annotation of a declared thing, in its own file; what has none is known by its value. */
static struct entity type_of_entity(struct finding *finding, struct entity entity) {
    const struct symbol *symbol = entity_symbol(entity);
    const struct feature_context *context = finding->context;
    if (symbol->kind == SYMBOL_TYPE || symbol->kind == SYMBOL_MODEL || symbol->kind == SYMBOL_TRAIT) {
        return entity;
    }
    if (symbol->kind == SYMBOL_VARIANT) {
        return (struct entity){.kind = ENTITY_SYMBOL, .file = entity.file, .symbol = symbol->owner};
    }
    if (entity.kind != ENTITY_SYMBOL) {
        return (struct entity){0};
    }
    struct resolver there;
    const struct package *package = context->sources->package_of(context->sources->context, entity.file->path);
    if (package == NULL) {
        return (struct entity){0};
    }
    resolver_init(&there, context->arena, context->sources, entity.file, package);
    struct entity type = resolver_annotation(&there, symbol->type);
    return entity_is(type) ? type : resolver_type_of(&there, symbol->name_node);
}

struct place_list type_definition_of(const struct feature_context *context, uint32_t offset, struct span *origin) {
    struct finding finding;
    begin(&finding, context);
    const struct syntax_tree *tree = context->file->tree;
    node_id node = node_at(tree, offset);
    struct meaning meaning = resolver_meaning(&finding.resolver, node);
    struct entity type = type_of_entity(&finding, meaning.entity);
    if (!entity_is(type)) {
        bool member = node_field(tree, node) == FIELD_PROPERTY;
        type = resolver_type_of(&finding.resolver, member ? node_parent(tree, node) : node);
    }
    *origin = analysis_name_span(tree, node);
    add_entity(&finding, type);
    return finding.places;
}

/* ---- implementations */

struct implementing {
    struct finding *finding;
    atom_id function; /* ATOM_NONE: the `impl` itself */
};

static void add_implementation(void *context, const struct file_analysis *file, node_id impl) {
    struct implementing *implementing = context;
    struct finding *finding = implementing->finding;
    if (implementing->function == ATOM_NONE) {
        struct span type = node_span(file->tree, node_child(file->tree, impl, FIELD_TYPE));
        struct place place = feature_place_of(finding->context, file, type);
        place.whole = node_span(file->tree, impl);
        add_place(finding, place);
    } else {
        add_entity(finding, traits_function(file, impl, implementing->function));
    }
}

struct place_list implementation_of(const struct feature_context *context, uint32_t offset, struct span *origin) {
    struct finding finding;
    begin(&finding, context);
    node_id node = node_at(context->file->tree, offset);
    struct entity entity = resolver_meaning(&finding.resolver, node).entity;
    struct entity trait = traits_trait_of(entity);
    if (!entity_is(trait)) {
        return definition_of(context, offset, origin);
    }
    *origin = analysis_name_span(context->file->tree, node);
    struct implementing implementing = {&finding, ATOM_NONE};
    if (!entity_equal(entity, trait)) {
        implementing.function = entity_symbol(entity)->name;
    }
    traits_each_impl(context->arena, context->sources, trait, &context->stop, add_implementation, &implementing);
    return finding.places;
}
