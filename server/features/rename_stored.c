/* What a database knows by names that are changed: tables, which keep theirs by a setting, and columns, which cannot. */
#include "server/features/rename_steps.h"

#include "analysis/lookup.h"
#include "analysis/model_settings.h"
#include "analysis/models.h"

/* ---- the models of what is renamed */

static struct entity owner_of(struct entity entity) {
    const struct symbol *symbol = entity_symbol(entity);
    bool field = symbol->kind == SYMBOL_FIELD && symbol->owner != 0;
    return field ? (struct entity){.kind = ENTITY_SYMBOL, .file = entity.file, .symbol = symbol->owner} : entity;
}

struct entity rename_model_of(const struct feature_context *context, struct entity entity) {
    struct resolver resolver;
    resolver_init(&resolver, context->arena, context->sources, context->file, context->package);
    struct entity owner = owner_of(entity);
    enum symbol_kind kind = entity_symbol(owner)->kind;
    struct entity_list family = {0};
    if (kind == SYMBOL_TYPE || kind == SYMBOL_MODEL) {
        family = models_family(&resolver, owner);
    }
    for (unsigned i = 0; i < family.list.count; i++) {
        if (entity_symbol(family.list.items[i])->kind == SYMBOL_MODEL) {
            return family.list.items[i];
        }
    }
    return (struct entity){0};
}

static node_id body_of(struct entity model) {
    return node_child(model.file->tree, entity_symbol(model)->node, FIELD_BODY);
}

/* ---- obstacles */

/* One name that a setting like `belongs_to: Book` lists. */
struct relation {
    struct arena *arena;
    enum model_setting setting;
    struct entity owner, other; /* the model that says it, and the one that is named */
};

/* The first relation of the package that fits, as a place; empty when none does. */
static struct str find_relation(const struct feature_context *context, struct entity model, struct str name,
                                bool (*fits)(const struct relation *relation, struct entity model, struct str name)) {
    const struct package *package = context->sources->package_of(context->sources->context, model.file->path);
    for (uint32_t f = 0; package != NULL && f < package_file_count(package); f++) {
        struct str path = package_file_at(package, f)->path;
        const struct file_analysis *file = context->sources->analysis_of(context->sources->context, path);
        struct resolver resolver;
        for (node_id node = NODE_ROOT; file != NULL && node < file->tree->count; node++) {
            enum model_setting setting =
                node_kind(file->tree, node) == NODE_FIELD_DECLARATION ? model_setting_of(file->tree, node) : MODEL_FIELD;
            node_id declaration = node_parent(file->tree, node_parent(file->tree, node));
            if (!model_setting_is_relation(setting) || node_kind(file->tree, declaration) != NODE_MODEL_DECLARATION) {
                continue;
            }
            resolver_init(&resolver, context->arena, context->sources, file, package);
            struct relation relation = {.arena = context->arena, .setting = setting};
            relation.owner = resolver_meaning(&resolver, node_child(file->tree, declaration, FIELD_NAME)).entity;
            struct model_names names = model_setting_names(context->arena, file->tree, node);
            for (unsigned i = 0; i < names.list.count; i++) {
                struct entity named = resolver_meaning(&resolver, names.list.items[i].node).entity;
                struct entity other = rename_model_of(context, named);
                relation.other = entity_is(other) ? other : named;
                if (fits(&relation, model, name)) {
                    return rename_place(context, file, node_span(file->tree, node).start);
                }
            }
        }
    }
    return (struct str){0};
}

/* Has a column (`book_id`), or what a record has of others (`book.pages`, `with: "pages"`), the model's name? */
static bool names_model(const struct relation *relation, struct entity model, struct str name) {
    (void)name;
    return entity_equal(relation->other, model) ||
           (relation->setting != MODEL_BELONGS_TO && entity_equal(relation->owner, model));
}

/* Is the field of the model the column by which it belongs to another one? */
static bool is_key(const struct relation *relation, struct entity model, struct str name) {
    bool own = relation->setting == MODEL_BELONGS_TO;
    struct entity holder = own ? relation->owner : relation->other;
    struct entity target = own ? relation->other : relation->owner;
    return entity_equal(holder, model) && str_equal(models_key(relation->arena, entity_name(target)), name);
}

static bool is_own_column(struct str name) {
    static const struct str columns[] = {STR_INIT("id"), STR_INIT("created_at"), STR_INIT("updated_at"), STR_INIT("deleted_at")};
    for (size_t i = 0; i < sizeof columns / sizeof *columns; i++) {
        if (str_equal(columns[i], name)) {
            return true;
        }
    }
    return false;
}

struct str rename_stored_obstacle(const struct feature_context *context, struct entity entity, struct str name) {
    struct entity model = rename_model_of(context, entity);
    enum symbol_kind kind = entity_symbol(entity)->kind;
    if (!entity_is(model)) {
        return (struct str){0};
    }
    if (kind == SYMBOL_FIELD && is_own_column(name)) {
        return arena_printf(context->arena, "`%.*s` is a column that every model knows by this name.", STR_ARGUMENTS(name));
    }
    if (kind == SYMBOL_FIELD) {
        struct str place = find_relation(context, model, name, is_key);
        return place.size == 0 ? place
                               : arena_printf(context->arena, "The relation of %.*s knows `%.*s` by this name.",
                                              STR_ARGUMENTS(place), STR_ARGUMENTS(name));
    }
    struct str place = find_relation(context, model, name, names_model);
    return place.size == 0
               ? place
               : arena_printf(context->arena, "The relation of %.*s names its column, or what its records have, after `%.*s`.",
                              STR_ARGUMENTS(place), STR_ARGUMENTS(name));
}

/* ---- tables keep their names */

static uint32_t line_start(struct str text, uint32_t offset) {
    while (offset > 0 && text.data[offset - 1] != '\n') {
        offset--;
    }
    return offset;
}

/* The white space before a node when it is the first of its line; else empty, and false. */
static bool indentation(const struct syntax_tree *tree, node_id node, struct str *white) {
    struct str text = text_str(tree->text);
    uint32_t start = node_span(tree, node).start;
    *white = str_slice(text, line_start(text, start), start);
    return str_trim(*white).size == 0;
}

void rename_keep_table(struct renaming *renaming, struct entity model, struct rename_edit *name) {
    struct arena *arena = renaming->context->arena;
    const struct syntax_tree *tree = model.file->tree;
    node_id body = body_of(model);
    if (models_table_setting(model) != NODE_NONE) {
        return;
    }
    struct str table = models_table(arena, model);
    if (body == NODE_NONE) {
        name->replacement = arena_printf(arena, "%.*s { table: \"%.*s\" }", STR_ARGUMENTS(name->replacement), STR_ARGUMENTS(table));
        return;
    }
    node_id first = node_first_plain(tree, body);
    uint32_t inside = node_span(tree, body).start + 1;
    struct str white;
    struct str text;
    if (first == NODE_NONE) {
        text = arena_printf(arena, " table: \"%.*s\" ", STR_ARGUMENTS(table));
    } else if (indentation(tree, first, &white)) {
        text = arena_printf(arena, "\n%.*stable: \"%.*s\"", STR_ARGUMENTS(white), STR_ARGUMENTS(table));
    } else {
        text = arena_printf(arena, " table: \"%.*s\",", STR_ARGUMENTS(table));
    }
    struct rename_edit edit = {.file = model.file, .span = {inside, inside}, .replacement = text, .occurrence = inside};
    vec_push(arena, &renaming->edits, edit);
}

/* ---- columns that are named in strings: `order: "-title"` */

/* Is the node inside of a call of one of the model's functions? */
static bool asks_model(struct resolver *resolver, node_id node, struct entity model) {
    const struct syntax_tree *tree = resolver->file->tree;
    node_id call = node_ancestor(tree, node, NODE_CALL_EXPRESSION);
    node_id object = node_child(tree, node_child(tree, call, FIELD_FUNCTION), FIELD_OBJECT);
    return object != NODE_NONE && lookup_model(resolver->file, resolver->package, object) &&
           entity_equal(resolver_meaning(resolver, object).entity, model);
}

/* `order: "title"`: where the name of a column stands in a string, without quotes and sign. */
static bool is_order(const struct syntax_tree *tree, node_id string, struct str name, struct span *span) {
    enum node_kind kind = node_kind(tree, string);
    node_id pair = node_parent(tree, string);
    if ((kind != NODE_STRING && kind != NODE_SINGLE_STRING) || node_kind(tree, pair) != NODE_PAIR ||
        !str_equal(node_text(tree, node_child(tree, pair, FIELD_KEY)), STR("order"))) {
        return false;
    }
    *span = node_span(tree, string);
    *span = (struct span){span->start + 1, span->end - 1};
    struct str text = span->end > span->start ? text_slice(tree->text, *span) : (struct str){0};
    span->start += str_starts_with(text, STR("-")) ? 1 : 0;
    return span->end > span->start && str_equal(text_slice(tree->text, *span), name);
}

void rename_columns(struct renaming *renaming) {
    const struct feature_context *context = renaming->context;
    struct entity field = renaming->entities.list.items[0];
    struct entity model = entity_symbol(field)->kind == SYMBOL_FIELD ? rename_model_of(context, field) : (struct entity){0};
    const struct package *package =
        entity_is(model) ? context->sources->package_of(context->sources->context, model.file->path) : NULL;
    for (uint32_t f = 0; package != NULL && f < package_file_count(package); f++) {
        struct str path = package_file_at(package, f)->path;
        const struct file_analysis *file = context->sources->analysis_of(context->sources->context, path);
        struct resolver resolver;
        struct span span;
        if (file != NULL) {
            resolver_init(&resolver, context->arena, context->sources, file, package);
        }
        for (node_id node = NODE_ROOT; file != NULL && node < file->tree->count; node++) {
            if (is_order(file->tree, node, renaming->from, &span) && asks_model(&resolver, node, model)) {
                vec_push(context->arena, &renaming->edits,
                         (struct rename_edit){.file = file, .span = span, .replacement = renaming->to, .occurrence = span.start});
            }
        }
    }
}

/* ---- what people have to know */

struct str rename_stored_warning(const struct renaming *renaming) {
    const struct feature_context *context = renaming->context;
    struct entity field = renaming->entities.list.items[0];
    struct entity model = entity_symbol(field)->kind == SYMBOL_FIELD ? rename_model_of(context, field) : (struct entity){0};
    if (!entity_is(model)) {
        return (struct str){0};
    }
    struct str table = models_table(context->arena, model);
    return arena_printf(context->arena,
                        "The database has a column `%.*s`, and gets a new one: what stands in the old one is not read any more. "
                        "Unless that is meant, rename it there too: ALTER TABLE \"%.*s\" RENAME COLUMN \"%.*s\" TO \"%.*s\";",
                        STR_ARGUMENTS(renaming->from), STR_ARGUMENTS(table), STR_ARGUMENTS(renaming->from),
                        STR_ARGUMENTS(renaming->to));
}
