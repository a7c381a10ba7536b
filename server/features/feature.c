/* feature: places. */
#include "server/features/feature.h"

struct place feature_place_in(const struct summary *file, struct span span) {
    return (struct place){.path = file->path, .span = span, .hash = file->hash};
}

struct place feature_place(const struct feature_context *context, struct span span) {
    const struct summary *own = package_file(context->package, context->file->path);
    return (struct place){.path = context->file->path, .span = span, .hash = own != NULL ? own->hash : 0};
}

struct place feature_place_of(const struct feature_context *context, const struct file_analysis *file, struct span span) {
    const struct package *package = context->sources->package_of(context->sources->context, file->path);
    const struct summary *summary = package == NULL ? NULL : package_file(package, file->path);
    return (struct place){.path = file->path, .span = span, .hash = summary != NULL ? summary->hash : 0};
}

struct place feature_declaration(const struct feature_context *context, struct entity entity) {
    const struct symbol *symbol = entity_symbol(entity);
    const struct syntax_tree *tree = entity.file->tree;
    struct place place = feature_place_of(context, entity.file, node_span(tree, symbol->name_node));
    place.whole = node_span(tree, symbol->node);
    return place;
}

int feature_compare_places(const void *left, const void *right) {
    const struct place *a = left, *b = right;
    int order = a->path.data == b->path.data ? 0 : str_compare(a->path, b->path);
    return order != 0 ? order : (a->span.start > b->span.start) - (a->span.start < b->span.start);
}
