/* endpoint_examples: a value of a type as JSON, to begin with: `"Ada"` for a String called name, `{"id": 1, …}` for a type of the
 * program, its first variant for one with variants
 * (that does not hold its type again). Types are followed into whichever file declares them, generic ones with what is said for
 * their variables.
 */
#ifndef TOVA_SERVER_FEATURES_ENDPOINT_EXAMPLES_H
#define TOVA_SERVER_FEATURES_ENDPOINT_EXAMPLES_H

#include "analysis/sources.h"

struct example_maker {
    struct arena *arena;
    const struct atom_table *atoms;
    const struct package *package;
    const struct sources *sources; /* for what files import; NULL: that stays unknown */
    const struct summary *file;    /* where the words stand; NULL: its imports stay unknown */
    struct block_key block;        /* whose types are meant */
};

/* JSON, in which lines end nowhere. `type` as it is written in a source; empty: unknown. `name` says what it is for. */
struct str example_of(const struct example_maker *maker, struct str type, struct str name);

/* The body of `POST /rpc/f`, JSON on one line: `{"name": "Ada"}`, or by position, `{"__args": [...]}`, where a parameter is taken
 * apart and has no name. */
struct str example_body(const struct example_maker *maker, const struct summary_symbol *function);

/* The members of an example that is an object, one by one: *at begins at 0. False behind the last, and for other values. */
bool example_member(struct str object, size_t *at, struct str *name, struct str *value);

/* Does a type say that nil, or nothing, will do: `T?`, `T | Nil`, Option<T>, or another name of one of these? */
bool example_may_be_nil(const struct example_maker *maker, struct str type);

/* A text as a JSON string, in the arena. */
struct str example_string(struct arena *arena, struct str text);

#endif
