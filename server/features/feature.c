/* feature: places. */
#include "server/features/feature.h"

struct place feature_place_in(const struct summary *file, struct span span) {
    return (struct place){.path = file->path, .span = span, .hash = file->hash};
}

struct place feature_place(const struct feature_context *context, struct span span) {
    const struct summary *own = package_file(context->package, context->file->path);
    return (struct place){.path = context->file->path, .span = span, .hash = own != NULL ? own->hash : 0};
}
