/* Classes of a component's own styles, which its elements name. */
#include "server/features/rename_steps.h"

#include "analysis/class_names.h"

static struct str obstacle(const struct feature_context *context, const struct class_name *name,
                           const struct class_places *places) {
    bool declared = false;
    for (unsigned i = 0; i < places->list.count; i++) {
        const struct class_place *place = &places->list.items[i];
        declared = declared || place->declares;
        if (place->global) {
            return arena_printf(context->arena,
                                "`:global(…)` says that other components' elements may have the class `%.*s` too.",
                                STR_ARGUMENTS(name->text));
        }
    }
    return declared ? (struct str){0}
                    : arena_printf(context->arena,
                                   "No style of this component has the class `%.*s`; it is one of all pages.",
                                   STR_ARGUMENTS(name->text));
}

bool rename_class_at(const struct feature_context *context, uint32_t offset, struct rename *rename) {
    struct class_name name = class_name_at(context->file, offset);
    struct class_places places = class_name_places(context->arena, context->file, &name);
    rename->span = name.span;
    rename->name = name.text;
    rename->problem = name.component == NODE_NONE ? (struct str){0} : obstacle(context, &name, &places);
    return name.component != NODE_NONE;
}

void rename_class_to(const struct feature_context *context, uint32_t offset, struct str to, struct rename *rename) {
    struct class_name name = class_name_at(context->file, offset);
    struct class_name other = {.component = name.component, .text = to};
    if (!class_name_is_plain(to)) {
        rename->problem = arena_printf(
            context->arena, "`%.*s` is no name for a class: letters, digits, `-` and `_`, and no digit first.",
            STR_ARGUMENTS(to));
        return;
    }
    if (class_name_places(context->arena, context->file, &other).list.count > 0) {
        rename->problem =
            arena_printf(context->arena, "`%.*s` is taken: the component has that class already.", STR_ARGUMENTS(to));
        return;
    }
    struct class_places places = class_name_places(context->arena, context->file, &name);
    for (unsigned i = 0; i < places.list.count; i++) {
        struct place place = feature_place(context, places.list.items[i].span);
        vec_push(context->arena, &rename->edits.list, (struct edit){.place = place, .replacement = to});
    }
}
