/* named_texts: every string of every file of the package is looked at, as nothing else knows them. */
#include "server/features/named_texts.h"

#include "analysis/lookup.h"

/* ---- what they name */

static struct entity member_of_any_block(const struct feature_context *context, struct resolver *resolver, struct str text,
                                         enum text_name_kind kind) {
    atom_id name = atom_find(context->file->atoms, text);
    for (uint32_t f = 0; name != ATOM_NONE && f < package_file_count(context->package); f++) {
        const struct summary *file = package_file_at(context->package, f);
        for (uint32_t i = 0; i < file->symbol_count; i++) {
            if (file->symbols[i].name == name) {
                struct entity entity = resolver_entity(resolver, (struct package_symbol){file, &file->symbols[i]});
                if (named_text_kind(entity) == kind) {
                    return entity;
                }
            }
        }
    }
    return (struct entity){0};
}

/* `:id` is the parameter of that name of the route's handler. */
static struct entity parameter_of_path(const struct feature_context *context, struct resolver *resolver,
                                       const struct text_name *text) {
    const struct file_analysis *file = context->file;
    node_id handler = node_child(file->tree, node_parent(file->tree, text->node), FIELD_HANDLER);
    atom_id name = atom_find(file->atoms, text->text);
    struct entity function = name == ATOM_NONE ? (struct entity){0} : resolver_meaning(resolver, handler).entity;
    return resolver_part(resolver, function, name);
}

struct entity named_text_entity(const struct feature_context *context, const struct text_name *text) {
    struct resolver resolver;
    resolver_init(&resolver, context->arena, context->sources, context->file, context->package);
    switch (text->kind) {
    case TEXT_NAME_JOB:
    case TEXT_NAME_VARIABLE:
        return member_of_any_block(context, &resolver, text->text, text->kind);
    case TEXT_NAME_PARAMETER:
        return parameter_of_path(context, &resolver, text);
    case TEXT_NAME_NONE:
    case TEXT_NAME_MODULE:
    case TEXT_NAME_SERVER:
    case TEXT_NAME_EVENT:
    case TEXT_NAME_CLASS:
        break;
    }
    return (struct entity){0};
}

enum text_name_kind named_text_kind(struct entity entity) {
    if (entity.kind != ENTITY_SYMBOL) {
        return TEXT_NAME_NONE;
    }
    const struct syntax_tree *tree = entity.file->tree;
    node_id node = entity_symbol(entity)->node;
    node_id directive = node_kind(tree, node) == NODE_DIRECTIVE ? node : node_parent(tree, node);
    struct str word = node_text(tree, node_child(tree, directive, FIELD_NAME));
    if (node_kind(tree, directive) != NODE_DIRECTIVE) {
        return TEXT_NAME_NONE;
    }
    return str_equal(word, STR("background")) ? TEXT_NAME_JOB
           : str_equal(word, STR("env"))      ? TEXT_NAME_VARIABLE
                                              : TEXT_NAME_NONE;
}

/* ---- where they stand */

/* `text` NULL: every name of the kind. */
static void add_in(const struct feature_context *context, const struct file_analysis *file, enum text_name_kind kind,
                   const struct str *text, struct named_text_list *found) {
    for (node_id node = NODE_ROOT; node < file->tree->count; node++) {
        enum node_kind string = node_kind(file->tree, node);
        bool is_string = string == NODE_STRING || string == NODE_SINGLE_STRING || string == NODE_RAW_STRING;
        struct text_name name = is_string ? text_name_of(file, node) : (struct text_name){0};
        if (is_string && name.kind == kind && (text == NULL || str_equal(name.text, *text))) {
            uint32_t block = lookup_block(file, name.span.start);
            struct named_text one = {.file = file, .name = name, .block = file->blocks.items[block].key};
            one.handles = node_kind(file->tree, node_parent(file->tree, node)) == NODE_DIRECTIVE;
            vec_push(context->arena, &found->list, one);
        }
    }
}

/* The words that say that a string is such a name: a file without one has no such string. */
static bool may_have(const struct feature_context *context, const struct summary *file, enum text_name_kind kind) {
    static const struct {
        enum text_name_kind kind;
        struct str word;
    } words[] = {{TEXT_NAME_EVENT, STR_INIT("subscribe")}, {TEXT_NAME_EVENT, STR_INIT("publish")},
                 {TEXT_NAME_EVENT, STR_INIT("emit")},      {TEXT_NAME_JOB, STR_INIT("spawn_job")},
                 {TEXT_NAME_JOB, STR_INIT("spawnJob")},    {TEXT_NAME_VARIABLE, STR_INIT("env")}};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        atom_id word = words[i].kind == kind ? atom_find(context->file->atoms, words[i].word) : ATOM_NONE;
        if (word != ATOM_NONE && summary_has_name(file, word)) {
            return true;
        }
    }
    return false;
}

/* Its analysis, when it is in the scope and `wanted`. */
static const struct file_analysis *file_in(const struct feature_context *context, enum named_scope scope, struct str path,
                                           bool wanted) {
    bool own = str_equal(path, context->file->path);
    if (!wanted || (scope == NAMED_IN_FILE && !own)) {
        return NULL;
    }
    return own ? context->file : context->sources->analysis_of(context->sources->context, path);
}

struct named_text_list named_texts(const struct feature_context *context, enum named_scope scope, enum text_name_kind kind,
                                   struct str text) {
    struct named_text_list found = {0};
    for (uint32_t f = 0; f < package_file_count(context->package) && !feature_stopped(context); f++) {
        const struct summary *summary = package_file_at(context->package, f);
        const struct file_analysis *file = file_in(context, scope, summary->path, may_have(context, summary, kind));
        if (file != NULL) {
            add_in(context, file, kind, &text, &found);
        }
    }
    return found;
}

struct named_text_list named_texts_elsewhere(const struct feature_context *context, enum text_name_kind kind) {
    struct named_text_list found = {0};
    for (uint32_t f = 0; f < package_file_count(context->package) && !feature_stopped(context); f++) {
        const struct summary *summary = package_file_at(context->package, f);
        bool wanted = !str_equal(summary->path, context->file->path) && may_have(context, summary, kind);
        const struct file_analysis *file = file_in(context, NAMED_IN_PACKAGE, summary->path, wanted);
        if (file != NULL) {
            add_in(context, file, kind, NULL, &found);
        }
    }
    return found;
}

/* ---- paths of routes */

static void add_path(const struct feature_context *context, const struct file_analysis *file, node_id route, struct str name,
                     struct named_text_list *found) {
    node_id string = node_child(file->tree, route, FIELD_PATH);
    struct span span = text_path_parameter(file, string, name);
    if (span_size(span) > 0) {
        struct text_name text = {.kind = TEXT_NAME_PARAMETER, .node = string, .span = span, .text = name};
        vec_push(context->arena, &found->list, ((struct named_text){.file = file, .name = text}));
    }
}

static bool handles_any(const struct summary *file, const struct symbol *function, struct block_key block) {
    for (uint32_t i = 0; i < file->route_count; i++) {
        if (file->routes[i].handler == function->name && block_key_equal(file->routes[i].block, block)) {
            return true;
        }
    }
    return false;
}

/* The routes of a file whose handler is the function. */
static void add_handled(const struct feature_context *context, const struct file_analysis *file, const struct package *package,
                        struct entity function, struct str name, struct named_text_list *found) {
    struct resolver resolver;
    resolver_init(&resolver, context->arena, context->sources, file, package);
    for (unsigned i = 0; i < file->routes.count; i++) {
        const struct route *route = &file->routes.items[i];
        if (route->binding != 0 && entity_equal(resolver_meaning(&resolver, route->handler).entity, function)) {
            add_path(context, file, route->node, name, found);
        }
    }
}

struct named_text_list named_paths(const struct feature_context *context, enum named_scope scope, struct entity parameter) {
    struct named_text_list found = {0};
    const struct symbol *symbol = entity_symbol(parameter);
    struct str name = entity_name(parameter);
    if (symbol->kind != SYMBOL_PARAMETER) {
        return found;
    }
    node_id around = node_parent(parameter.file->tree, symbol->node);
    if (symbol->owner == 0 && node_kind(parameter.file->tree, around) == NODE_ROUTE_DECLARATION) {
        add_path(context, parameter.file, around, name, &found);
        return found;
    }
    struct entity function = {.kind = symbol->owner != 0 ? ENTITY_SYMBOL : ENTITY_NONE, .file = parameter.file, .symbol = symbol->owner};
    const struct package *package =
        entity_is(function) ? context->sources->package_of(context->sources->context, parameter.file->path) : NULL;
    struct block_key block = parameter.file->blocks.items[symbol->block].key;
    for (uint32_t f = 0; package != NULL && f < package_file_count(package); f++) {
        const struct summary *summary = package_file_at(package, f);
        const struct file_analysis *file =
            file_in(context, scope, summary->path, handles_any(summary, entity_symbol(function), block));
        if (file != NULL) {
            add_handled(context, file, package, function, name, &found);
        }
    }
    return found;
}
