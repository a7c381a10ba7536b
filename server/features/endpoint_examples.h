/* endpoint_examples: a value of a type as JSON, to begin with: `"Ada"` for a String called name, `{"id": 1, …}` for a type of the
 * program, its first variant for one with variants.
 */
#ifndef TOVA_SERVER_FEATURES_ENDPOINT_EXAMPLES_H
#define TOVA_SERVER_FEATURES_ENDPOINT_EXAMPLES_H

#include "analysis/package.h"

struct example_maker {
    struct arena *arena;
    const struct atom_table *atoms;
    const struct package *package;
    struct block_key block; /* whose types are meant */
};

/* JSON, in which lines end nowhere. `type` as it is written in a source; empty: unknown. `name` says what it is for. */
struct str example_of(const struct example_maker *maker, struct str type, struct str name);

/* Does a type say that nil, or nothing, will do: `T?`, `T | Nil`, Option<T>, or another name of one of these? */
bool example_may_be_nil(const struct example_maker *maker, struct str type);

/* A text as a JSON string, in the arena. */
struct str example_string(struct arena *arena, struct str text);

#endif
