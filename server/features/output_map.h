/* output_map: from a place of a source to the places of the outputs that came of it, and back.
 *
 * Knows the mappings of an emission and nothing else. A place inside of text that both sides have is exact to the byte, so the way
 * there and back ends where it began; where the output says something else, all of what was said stands for all of what became
 * of it. The smallest mapping that holds a place counts; a place that several parts of an output come from (a function: its
 * declaration, its endpoint, its description) has several.
 */
#ifndef TOVA_SERVER_FEATURES_OUTPUT_MAP_H
#define TOVA_SERVER_FEATURES_OUTPUT_MAP_H

#include "codegen/emit.h"
#include "server/features/feature.h"

struct output_place {
    uint32_t output;  /* index into the emission's */
    struct span span; /* bytes of its code */
};

struct output_places {
    VEC(struct output_place) list;
};

/* The places of all outputs (`only` PREVIEW_NONE) or of one that come from a range of the source at `path`; those of the output
 * `first` before the others, otherwise in order. A range that is more than one mapping holds gives what came of its parts, in
 * one piece where nothing else stands between. The outputs have been made. Lives in the arena. */
struct output_places output_map_forward(struct arena *arena, const struct emission *emission, struct str path,
                                        struct span range, uint32_t only, uint32_t first);

/* Where a range of an output comes from: a place in each source that has a part in it. Lives in the arena. */
struct place_list output_map_back(struct arena *arena, const struct output *output, struct span range);

#endif
