/* What has to keep its name, since something outside of the program's names depends on it; and names that cannot be given. */
#include "server/features/named_texts.h"
#include "server/features/rename_steps.h"

#include "parser/syntax/tree.h"

/* ---- by what it is */

static const struct symbol *owner_of(struct entity entity) {
    return analysis_symbol(entity.file, entity_symbol(entity)->owner);
}

static bool is_method(struct entity entity) {
    for (uint32_t i = 0; i < entity.file->methods.count; i++) {
        if (entity.file->methods.items[i].symbol == entity.symbol) {
            return true;
        }
    }
    return false;
}

/* The word of the directive that declares it: `env NAME: String`, `background fn job()`. */
static struct str directive_of(struct entity entity) {
    const struct syntax_tree *tree = entity.file->tree;
    node_id node = entity_symbol(entity)->node;
    node_id directive = node_kind(tree, node) == NODE_DIRECTIVE ? node : node_parent(tree, node);
    return node_kind(tree, directive) == NODE_DIRECTIVE ? node_text(tree, node_child(tree, directive, FIELD_NAME))
                                                        : (struct str){0};
}

/* How often `:name` or `*name` stands in a path. */
static unsigned count_in_path(struct str path, struct str name) {
    unsigned count = 0;
    for (size_t at = str_find(path, '/', 0); at < path.size; at = str_find(path, '/', at + 1)) {
        struct str part = str_slice(path, at + 1, str_find(path, '/', at + 1));
        bool marked = part.size > 1 && (part.data[0] == ':' || part.data[0] == '*');
        count += marked && str_equal(str_slice(part, 1, part.size), name);
    }
    return count;
}

/* Is it filled in by the path of a group of routes, which others use too? The paths of routes themselves are renamed with it. */
static bool is_in_group(const struct feature_context *context, struct entity entity, struct str name) {
    const struct symbol *owner = owner_of(entity);
    const struct package *package = context->sources->package_of(context->sources->context, entity.file->path);
    struct block_key key = entity.file->blocks.items[owner->block].key;
    unsigned count = 0;
    for (uint32_t f = 0; package != NULL && f < package_file_count(package); f++) {
        const struct summary *file = package_file_at(package, f);
        for (uint32_t i = 0; i < file->route_count; i++) {
            const struct summary_route *route = &file->routes[i];
            bool handled = route->handler == owner->name && block_key_equal(route->block, key);
            count += handled ? count_in_path(route->path, name) : 0;
        }
    }
    return count > named_paths(context, NAMED_IN_PACKAGE, entity).list.count;
}

static bool is_block(struct entity entity, enum block_kind kind) {
    const struct symbol *symbol = entity_symbol(entity);
    return (symbol->flags & SYMBOL_BLOCK_LEVEL) != 0 && entity.file->blocks.items[symbol->block].key.kind == kind;
}

static struct str by_kind(const struct feature_context *context, struct entity entity, struct str name) {
    const struct symbol *symbol = entity_symbol(entity);
    struct arena *arena = context->arena;
    struct str directive = directive_of(entity);
    if (symbol->name_node == NODE_NONE && named_paths(context, NAMED_IN_PACKAGE, entity).list.count > 0) {
        return (struct str){0}; /* declared by the path of its route */
    }
    if (symbol->name_node == NODE_NONE || !str_equal(node_text(entity.file->tree, symbol->name_node), name)) {
        return arena_printf(arena, "`%.*s` is not written as a name where it is declared.", STR_ARGUMENTS(name));
    }
    if (symbol->kind == SYMBOL_PARAMETER && str_equal(name, STR("self"))) {
        return STR("`self` is what a method is called on.");
    }
    if (symbol->kind == SYMBOL_PARAMETER && symbol->owner != 0 && is_in_group(context, entity, name)) {
        return arena_printf(arena, "`%.*s` gets its value from the path of a group of routes, `:%.*s`, which others use too.",
                            STR_ARGUMENTS(name), STR_ARGUMENTS(name));
    }
    if (str_equal(directive, STR("env"))) {
        return arena_printf(arena, "`%.*s` is a variable of the environment.", STR_ARGUMENTS(name));
    }
    if (symbol->kind == SYMBOL_COMPONENT && str_equal(name, STR("App")) && is_block(entity, BLOCK_BROWSER)) {
        return STR("`App` is the component that the page shows.");
    }
    if (symbol->kind == SYMBOL_FUNCTION && str_equal(name, STR("main")) && is_block(entity, BLOCK_MODULE)) {
        return STR("`main` is the function that a program starts with.");
    }
    return (struct str){0};
}

/* ---- by how it is used: a part that may be named where its owner is not known */

struct search {
    const struct feature_context *context;
    struct resolver resolver;
    atom_id name;
};

/* ---- records that are alike: a value of the one does where the other is written, `{ name: String }` for a User */

static bool is_written_out(struct entity field) {
    return node_kind(field.file->tree, entity_symbol(field)->node) == NODE_RECORD_FIELD;
}

/* The fields beside one, from 0; false behind the last. */
static bool field_beside(struct entity field, uint32_t index, const struct symbol **beside) {
    const struct file_analysis *file = field.file;
    const struct symbol *owner = owner_of(field);
    if (!is_written_out(field)) {
        *beside = analysis_symbol(file, index < owner->part_count ? owner->first_part + index : 0);
        return index < owner->part_count;
    }
    NODE_EACH(child, file->tree, node_parent(file->tree, entity_symbol(field)->node)) {
        const struct symbol *symbol = analysis_symbol_of(file, node_child(file->tree, child, FIELD_NAME));
        if (node_kind(file->tree, child) == NODE_RECORD_FIELD && symbol != NULL && index-- == 0) {
            *beside = symbol;
            return true;
        }
    }
    return false;
}

/* Has what has the field `b` all that what has the field `a` cannot be without? */
static bool covers(struct entity a, struct entity b) {
    const struct symbol *wanted, *other;
    for (uint32_t i = 0; field_beside(a, i, &wanted); i++) {
        bool found = node_kind(a.file->tree, wanted->type) == NODE_OPTIONAL_TYPE || wanted->value != NODE_NONE;
        for (uint32_t k = 0; !found && field_beside(b, k, &other); k++) {
            found = other->name == wanted->name;
        }
        if (!found) {
            return false;
        }
    }
    return true;
}

static bool is_alike(struct entity a, struct entity b) {
    bool fields = entity_symbol(a)->kind == SYMBOL_FIELD && entity_symbol(b)->kind == SYMBOL_FIELD && !entity_equal(a, b);
    return fields && (is_written_out(a) || is_written_out(b)) && (covers(a, b) || covers(b, a));
}

/* The first field of the spelling that a file declares for records which may be the same values. */
static node_id first_alike(struct search *search, struct entity entity) {
    const struct file_analysis *file = search->resolver.file;
    for (uint32_t i = 1; i < file->symbols.count; i++) {
        const struct symbol *symbol = analysis_symbol(file, i);
        struct entity other = {.kind = ENTITY_SYMBOL, .file = file, .symbol = i};
        if (symbol->name == search->name && is_alike(entity, other)) {
            return symbol->name_node;
        }
    }
    return NODE_NONE;
}

/* The first name of the spelling in a file that may mean the field or method, and may not. */
static node_id first_unknown(struct search *search) {
    const struct file_analysis *file = search->resolver.file;
    for (node_id node = NODE_ROOT; node < file->tree->count; node++) {
        if (node_kind(file->tree, node) != NODE_IDENTIFIER ||
            atom_find(file->atoms, node_text(file->tree, node)) != search->name) {
            continue;
        }
        struct meaning meaning = resolver_meaning(&search->resolver, node);
        bool unknown = meaning.shorthand ? !entity_is(meaning.field) : meaning.part && !entity_is(meaning.entity);
        if (unknown) {
            return node;
        }
    }
    return NODE_NONE;
}

static struct str by_unknown_uses(const struct feature_context *context, struct entity entity, struct str name) {
    const struct symbol *symbol = entity_symbol(entity);
    struct search search = {.context = context, .name = symbol->name};
    if (symbol->kind != SYMBOL_FIELD && !is_method(entity)) {
        return (struct str){0};
    }
    const struct package *near = context->sources->package_of(context->sources->context, entity.file->path);
    struct named_files files = occurrences_files(context->arena, context->sources, near, &search.name, 1);
    for (unsigned i = 0; i < files.list.count && !feature_stopped(context); i++) {
        const struct named_file *named = &files.list.items[i];
        const struct file_analysis *file = context->sources->analysis_of(context->sources->context, named->path);
        if (file == NULL) {
            continue;
        }
        resolver_init(&search.resolver, context->arena, context->sources, file, named->package);
        node_id node = first_unknown(&search);
        if (node != NODE_NONE) {
            struct str place = rename_place(context, file, node_span(file->tree, node).start);
            return arena_printf(context->arena, "In %.*s, `%.*s` may or may not mean this one: nothing says what it is a part of.",
                                STR_ARGUMENTS(place), STR_ARGUMENTS(name));
        }
        node = first_alike(&search, entity);
        if (node != NODE_NONE) {
            struct str place = rename_place(context, file, node_span(file->tree, node).start);
            return arena_printf(context->arena,
                                "In %.*s, `%.*s` is a field of records that may be the same values. Give both one type by a name first.",
                                STR_ARGUMENTS(place), STR_ARGUMENTS(name));
        }
    }
    return (struct str){0};
}

/* A component that is given properties which nobody can see. */
static struct str by_spreads(const struct feature_context *context, struct entity entity) {
    const struct symbol *symbol = entity_symbol(entity);
    if (symbol->kind != SYMBOL_PARAMETER || owner_of(entity)->kind != SYMBOL_COMPONENT) {
        return (struct str){0};
    }
    struct entity component = {.kind = ENTITY_SYMBOL, .file = entity.file, .symbol = symbol->owner};
    struct occurrence_list tags = occurrences_of(context->arena, context->sources, &component, 1, &context->stop);
    for (unsigned i = 0; i < tags.list.count; i++) {
        const struct occurrence *tag = &tags.list.items[i];
        const struct syntax_tree *tree = tag->file->tree;
        node_id element = node_parent(tree, tag->node);
        if (tag->meaning.access == ACCESS_TAG && node_child_of_kind(tree, element, NODE_JSX_SPREAD) != NODE_NONE) {
            struct str place = rename_place(context, tag->file, tag->span.start);
            return arena_printf(context->arena, "In %.*s the component gets its properties from an object, `{...}`.",
                                STR_ARGUMENTS(place));
        }
    }
    return (struct str){0};
}

struct str rename_obstacle(const struct feature_context *context, struct entity entity, struct str name) {
    struct str problem = by_kind(context, entity, name);
    problem = problem.size > 0 ? problem : rename_stored_obstacle(context, entity, name);
    problem = problem.size > 0 ? problem : by_unknown_uses(context, entity, name);
    return problem.size > 0 ? problem : by_spreads(context, entity);
}

/* ---- new names */

/* Does the text alone parse as one name? */
static bool is_identifier(struct str name) {
    struct syntax_parser *parser = syntax_parser_create();
    struct text *text = text_create(name);
    struct syntax_tree *tree = syntax_parse(parser, text);
    node_id node = node_first_child(tree, NODE_ROOT);
    bool good = name.size > 0 && node_kind(tree, node) == NODE_IDENTIFIER && !node_has_error(tree, NODE_ROOT) &&
                span_size(node_span(tree, node)) == name.size;
    syntax_tree_destroy(tree);
    text_unref(text);
    syntax_parser_destroy(parser);
    return good;
}

static bool is_upper(struct str name) { return name.size > 0 && name.data[0] >= 'A' && name.data[0] <= 'Z'; }

/* Kinds that are known by their capital letter: in tags, in patterns. */
static bool needs_capital(enum symbol_kind kind) {
    return kind == SYMBOL_COMPONENT || kind == SYMBOL_VARIANT || kind == SYMBOL_TYPE || kind == SYMBOL_TRAIT;
}

struct str rename_bad_name(const struct feature_context *context, struct entity entity, struct str name) {
    static const struct str special[] = {STR_INIT("_"), STR_INIT("it"), STR_INIT("self"), STR_INIT("server")};
    const struct symbol *symbol = entity_symbol(entity);
    struct arena *arena = context->arena;
    if (!is_identifier(name)) {
        return arena_printf(arena, "`%.*s` is no name: a name is one word of letters, digits and `_`, and no word of the language.",
                            STR_ARGUMENTS(name));
    }
    for (size_t i = 0; i < sizeof special / sizeof *special; i++) {
        if (str_equal(special[i], name)) {
            return arena_printf(arena, "`%.*s` has a meaning of its own.", STR_ARGUMENTS(name));
        }
    }
    if (needs_capital(symbol->kind) && !is_upper(name)) {
        struct str kind = symbol_kind_name(symbol->kind);
        return arena_printf(arena, "The name of a %.*s begins with a capital letter.", STR_ARGUMENTS(kind));
    }
    bool is_function = symbol->kind == SYMBOL_FUNCTION && is_block(entity, BLOCK_SERVER);
    if (is_function && (symbol->flags & SYMBOL_ENDPOINT) != 0 && name.data[0] == '_') {
        return STR("A function whose name begins with `_` is private: it would lose its endpoint.");
    }
    return (struct str){0};
}
