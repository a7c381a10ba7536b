/* code_lens: what stands above a declaration: who calls a server function, where a server listens, what runs a test.
 *
 * Counting callers reads the whole package, so that is a second question, asked for what is on the screen.
 */
#ifndef TOVA_SERVER_FEATURES_CODE_LENS_H
#define TOVA_SERVER_FEATURES_CODE_LENS_H

#include "server/features/feature.h"

enum code_lens_kind {
    CODE_LENS_CALLERS, /* of a server function with an endpoint; its title comes from code_lens_callers */
    CODE_LENS_SERVER,  /* of a server block; a title alone */
    CODE_LENS_TEST,    /* of a `test` or `bench` block: `name` is what is run */
};

struct code_lens {
    enum code_lens_kind kind;
    struct span span; /* the name that it stands above */
    struct str title; /* empty for CODE_LENS_CALLERS */
    struct str name;  /* of a test; empty when it has none */
};

struct code_lens_list {
    VEC(struct code_lens) list; /* in order of place */
};

struct code_lens_list code_lenses(const struct feature_context *context);

/* Who calls the server function whose name stands at `offset` (bytes). A route that names it is no caller. False when there
 * is no such function. */
struct callers {
    struct place_list places;
    struct str title; /* "2 callers", or that nobody calls it and how it is reached all the same */
};
bool code_lens_callers(const struct feature_context *context, uint32_t offset, struct callers *callers);

#endif
