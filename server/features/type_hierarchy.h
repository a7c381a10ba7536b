/* type_hierarchy: what stands above and below a type. A trait or interface is above the types that implement it by `impl` or
 * `derive`; a type is above its variants, and a union (`type Shape = Circle | Square`) above the types that it is made of. A model
 * stands for the type of its name. Types are related by these words alone, never by having the same fields.
 */
#ifndef TOVA_SERVER_FEATURES_TYPE_HIERARCHY_H
#define TOVA_SERVER_FEATURES_TYPE_HIERARCHY_H

#include "server/features/hierarchy_item.h"

/* The type that the name at `offset` (bytes) means; false when it means none. */
bool type_hierarchy_prepare(const struct feature_context *context, uint32_t offset, struct hierarchy_item *item);

/* What stands directly above and below the type whose name is at `offset`, in any file; each once, in order of path and place. */
struct hierarchy_item_list type_hierarchy_supertypes(const struct feature_context *context, uint32_t offset);
struct hierarchy_item_list type_hierarchy_subtypes(const struct feature_context *context, uint32_t offset);

#endif
