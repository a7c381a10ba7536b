/* references: uses of locals from the analysis, of block-level symbols from the summaries. */
#include "server/features/references.h"

#include "analysis/lookup.h"

struct search {
    const struct feature_context *context;
    struct place_list places;
    bool declaration;
};

static void add_local(void *context, struct span span, enum access access) {
    struct search *search = context;
    if (access != ACCESS_DECLARE || search->declaration) {
        vec_push(search->context->arena, &search->places.list, feature_place(search->context, span));
    }
}

static void add_package_use(void *context, struct package_use use) {
    struct search *search = context;
    if (!use.declaration || search->declaration) {
        vec_push(search->context->arena, &search->places.list, feature_place_in(use.file, use.span));
    }
}

static void add_builtin_uses(struct search *search, enum builtin builtin) {
    const struct file_analysis *file = search->context->file;
    for (unsigned i = 0; i < file->bindings.count; i++) {
        const struct binding *binding = &file->bindings.items[i];
        if (binding->builtin == (unsigned)builtin + 1) {
            add_local(search, analysis_name_span(file->tree, binding->node), binding->access);
        }
    }
}

struct place_list references_of(const struct feature_context *context, uint32_t offset, bool declaration) {
    struct search search = {.context = context, .declaration = declaration};
    struct target target = lookup_target(context->file, context->package, offset);
    switch (target.kind) {
    case TARGET_NONE:
        break;
    case TARGET_LOCAL:
        lookup_each_use(context->file, target.symbol, add_local, &search);
        break;
    case TARGET_PACKAGE:
        package_each_use(context->package, target.member, add_package_use, &search);
        break;
    case TARGET_BUILTIN_MEMBER:
        break;
    case TARGET_BUILTIN:
        add_builtin_uses(&search, target.builtin);
        break;
    }
    return search.places;
}
