/* rename: from the name at a place to what is renamed. */
#include "server/features/rename.h"

#include "analysis/models.h"
#include "parser/base/path.h"
#include "server/features/named_texts.h"
#include "server/features/rename_steps.h"

struct str rename_place(const struct feature_context *context, const struct file_analysis *file, uint32_t offset) {
    unsigned line = text_line_of(file->tree->text, offset) + 1;
    if (str_equal(file->path, context->file->path)) {
        return arena_printf(context->arena, "line %u", line);
    }
    struct str name = path_name(file->path);
    return arena_printf(context->arena, "%.*s:%u", STR_ARGUMENTS(name), line);
}

/* ---- names that stand for nothing that has a declaration */

static struct str problem_of_text(struct arena *arena, const struct text_name *text) {
    switch (text->kind) {
    case TEXT_NAME_SERVER:
        return STR("The name of a server is part of its output's name and of the variables that say where it is. Change it by "
                   "hand, and these with it.");
    case TEXT_NAME_MODULE:
        return STR("Rename the file, and the imports follow it.");
    case TEXT_NAME_VARIABLE:
        return arena_printf(arena, "`%.*s` is a variable of the environment.", STR_ARGUMENTS(text->text));
    case TEXT_NAME_NONE:
    case TEXT_NAME_EVENT:
    case TEXT_NAME_JOB:
    case TEXT_NAME_CLASS:
    case TEXT_NAME_PARAMETER:
        break;
    }
    return STR("Text is not renamed.");
}

static struct str problem_of_unknown(const struct feature_context *context, const struct meaning *meaning,
                                     struct str name) {
    switch (meaning->entity.kind) {
    case ENTITY_BUILTIN:
    case ENTITY_BUILTIN_MEMBER:
        return arena_printf(context->arena, "`%.*s` belongs to Tova's library.", STR_ARGUMENTS(name));
    case ENTITY_GLOBAL:
        return arena_printf(context->arena, "`%.*s` is no name of this program.", STR_ARGUMENTS(name));
    case ENTITY_SERVER:
        return problem_of_text(context->arena, &(struct text_name){.kind = TEXT_NAME_SERVER});
    case ENTITY_NONE:
    case ENTITY_SYMBOL:
    case ENTITY_RECORD:
        break;
    }
    if (meaning->part || meaning->shorthand) {
        return arena_printf(context->arena, "It is not known what `%.*s` is a part of here.", STR_ARGUMENTS(name));
    }
    if (meaning->rpc) {
        return arena_printf(context->arena, "No server has a function `%.*s`, or several have one.", STR_ARGUMENTS(name));
    }
    return STR("Nothing here has a name that could be changed.");
}

/* ---- what is renamed */

/* An import under a name of its own is renamed by itself. */
static struct entity entity_at(const struct feature_context *context, const struct meaning *meaning, struct str name) {
    if (meaning->import != 0 && !str_equal(entity_name(meaning->entity), name)) {
        return (struct entity){.kind = ENTITY_SYMBOL, .file = context->file, .symbol = meaning->import};
    }
    return meaning->entity;
}

/* All that has the name for one reason: functions that a trait asks for, a type and its models. */
static void find_entities(struct renaming *renaming, struct resolver *resolver, struct entity entity, bool *foreign) {
    const struct feature_context *context = renaming->context;
    renaming->entities = traits_family(context->arena, context->sources, entity, &context->stop, foreign);
    if (renaming->entities.list.count == 1) {
        renaming->entities = models_family(resolver, entity);
    }
    for (unsigned i = 0; i < renaming->entities.list.count; i++) {
        renaming->model = renaming->model || entity_symbol(renaming->entities.list.items[i])->kind == SYMBOL_MODEL;
    }
}

/* Of `BookModel` the part that is the model's name. */
static struct str own_name(struct entity entity, struct str name) {
    struct str own = entity_name(entity);
    bool alias = entity_symbol(entity)->kind == SYMBOL_MODEL && name.size == own.size + STR("Model").size &&
                 str_starts_with(name, own) && str_ends_with(name, STR("Model"));
    return alias ? str_slice(name, 0, own.size) : name;
}

static bool begin(struct renaming *renaming, struct rename *rename, uint32_t offset) {
    const struct feature_context *context = renaming->context;
    struct text_name text = text_name_at(context->file, offset);
    node_id node = node_at(context->file->tree, offset);
    rename->span = text.kind != TEXT_NAME_NONE ? text.span : analysis_name_span(context->file->tree, node);
    struct resolver resolver;
    resolver_init(&resolver, context->arena, context->sources, context->file, context->package);
    struct meaning meaning = {0};
    if (text.kind == TEXT_NAME_EVENT) {
        renaming->event = true;
        renaming->from = rename->name = text.text;
        return true;
    }
    if (text.kind == TEXT_NAME_NONE) {
        meaning = resolver_meaning(&resolver, node);
    } else if (text.kind == TEXT_NAME_JOB || text.kind == TEXT_NAME_PARAMETER) {
        meaning.entity = named_text_entity(context, &text);
    }
    if (text.kind != TEXT_NAME_NONE && !entity_is(meaning.entity)) {
        rename->problem = problem_of_text(context->arena, &text);
        return false;
    }
    struct str name = text_slice(context->file->tree->text, rename->span);
    name = str_slice(name, 0, str_find(name, '.', 0)); /* `<Card.Header>` */
    name = own_name(meaning.entity, name);
    rename->span.end = rename->span.start + (uint32_t)name.size;
    rename->name = name;
    struct entity entity = entity_at(context, &meaning, name);
    if (entity.kind != ENTITY_SYMBOL) {
        rename->problem = problem_of_unknown(context, &meaning, name);
        return false;
    }
    bool foreign = false;
    find_entities(renaming, &resolver, entity, &foreign);
    renaming->from = name;
    if (foreign) {
        rename->problem = arena_printf(context->arena, "`%.*s` is what a trait asks for that is not part of this program.",
                                       STR_ARGUMENTS(name));
        return false;
    }
    for (unsigned i = 0; i < renaming->entities.list.count && rename->problem.size == 0; i++) {
        rename->problem = rename_obstacle(context, renaming->entities.list.items[i], name);
    }
    return rename->problem.size == 0;
}

struct rename rename_prepare(const struct feature_context *context, uint32_t offset) {
    struct renaming renaming = {.context = context};
    struct rename rename = {0};
    if (!rename_class_at(context, offset, &rename)) {
        begin(&renaming, &rename, offset);
    }
    return rename;
}

static void take_edits(const struct renaming *renaming, struct rename *rename) {
    const struct feature_context *context = renaming->context;
    for (unsigned i = 0; i < renaming->edits.count && !feature_stopped(context); i++) {
        const struct rename_edit *edit = &renaming->edits.items[i];
        struct place place = feature_place_of(context, edit->file, edit->span);
        vec_push(context->arena, &rename->edits.list, (struct edit){.place = place, .replacement = edit->replacement});
    }
}

struct rename rename_to(const struct feature_context *context, uint32_t offset, struct str name) {
    struct renaming renaming = {.context = context, .to = name};
    struct rename rename = {0};
    if (rename_class_at(context, offset, &rename)) {
        if (rename.problem.size == 0 && !str_equal(rename.name, name)) {
            rename_class_to(context, offset, name, &rename);
        }
        return rename;
    }
    if (!begin(&renaming, &rename, offset) || str_equal(renaming.from, name)) {
        return rename;
    }
    if (renaming.event) {
        rename_event(&renaming);
        rename.problem = renaming.problem;
        take_edits(&renaming, &rename);
        return rename;
    }
    for (unsigned i = 0; i < renaming.entities.list.count && rename.problem.size == 0; i++) {
        rename.problem = rename_bad_name(context, renaming.entities.list.items[i], name);
    }
    if (rename.problem.size > 0) {
        return rename;
    }
    rename_make_edits(&renaming);
    if (!feature_stopped(context)) {
        rename_check(&renaming);
    }
    rename.problem = renaming.problem;
    if (rename.problem.size == 0) {
        rename.warning = rename_stored_warning(&renaming);
        rename.warning = rename.warning.size > 0 ? rename.warning : rename_values_warning(&renaming);
        take_edits(&renaming, &rename);
    }
    return rename;
}
