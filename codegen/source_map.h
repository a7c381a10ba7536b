/* source_map: which place of an output comes from which place of a source (Source Map v3, column-accurate).
 *
 * Mappings are added in order of their place in the output; places are bytes while they are collected. The JSON counts
 * columns in UTF-16 units, as the format says.
 */
#ifndef TOVA_CODEGEN_SOURCE_MAP_H
#define TOVA_CODEGEN_SOURCE_MAP_H

#include "parser/base/arena.h"
#include "parser/base/strbuf.h"
#include "parser/base/vec.h"
#include "parser/text/text.h"

#include <stdint.h>

struct mapping {
    uint32_t output;   /* byte offset in the output */
    uint32_t length;   /* bytes of the output that this maps; 0 when only its start is known */
    uint32_t source;   /* index into sources; UINT32_MAX: from here on nothing is mapped */
    struct span span;  /* bytes in that source */
    struct str name;   /* the source's name of it when the output's differs; else empty */
};

struct map_source {
    struct str path;   /* absolute */
    struct text *text; /* a reference is held */
};

struct source_map {
    VEC(struct map_source) sources;
    VEC(struct mapping) mappings;
};

/* Appends the JSON of the map of `code`; sources are written relative to `folder`, with their contents. */
void source_map_json(const struct source_map *map, struct str code, struct str file_name, struct str folder,
                     struct strbuf *json);

/* The mapping that covers an output offset, or the nearest one before it on the same line; NULL when there is none. */
const struct mapping *source_map_at_output(const struct source_map *map, struct str code, uint32_t offset);

/* The first mapping of the smallest source span that touches a place in a source, or NULL. */
const struct mapping *source_map_at_source(const struct source_map *map, uint32_t source, uint32_t offset);

#endif
