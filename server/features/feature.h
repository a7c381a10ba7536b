/* feature: what every editor feature is given and the plain results they share.
 *
 * A feature is a pure function: (context, parameters) to a result in byte offsets and file paths, allocated in the context's
 * arena. It knows no JSON, no positions of the protocol, no disk, no loop, and changes nothing.
 */
#ifndef TOVA_SERVER_FEATURES_FEATURE_H
#define TOVA_SERVER_FEATURES_FEATURE_H

#include "analysis/entity.h"
#include "analysis/package.h"
#include "analysis/sources.h"
#include "analysis/symbols.h"
#include "parser/base/arena.h"
#include "parser/base/stop.h"
#include "parser/base/vec.h"
#include "parser/text/span.h"

#include <stdbool.h>
#include <stdint.h>

/* A snapshot of one document and its package, valid for one request. */
struct feature_context {
    struct arena *arena;
    const struct file_analysis *file;
    const struct package *package; /* holds the summary of exactly this version of the file */
    struct stop stop;              /* long features ask feature_stopped() and end early */
    const struct sources *sources; /* the other files, with their packages */
    bool snippets;                 /* the client understands snippet syntax in completions */
    uint32_t first_port;           /* at which `tova dev` starts the first server; 0: the default */
};

/* Has the answer become useless (cancelled, or the text has moved on)? Features that look at whole packages or whole files ask it
 * once a file, or every hundred symbols; what they return then is thrown away. It reads what the client has sent meanwhile,
 * and changes nothing that the context shows. */
static inline bool feature_stopped(const struct feature_context *context) { return stop_asked(&context->stop); }

/* A place in a file of the package. */
struct place {
    struct str path;
    struct span span;
    uint64_t hash; /* text_hash of the text that the span counts in */
    struct span whole; /* of a declaration whose name is at `span`: all of it; else empty */
};

struct place_list {
    VEC(struct place) list;
};

/* What a change of sources is made of: the text at a place becomes another. Edits of one file do not overlap and come in order
 * of their place; files come in order of their path. */
struct edit {
    struct place place;
    struct str replacement;
};

struct edit_list {
    VEC(struct edit) list;
};

/* A place in the context's own file, or in another file of its package by that file's summary. */
struct place feature_place(const struct feature_context *context, struct span span);
struct place feature_place_in(const struct summary *file, struct span span);
/* A place in any file of the workspace. */
struct place feature_place_of(const struct feature_context *context, const struct file_analysis *file, struct span span);
/* Where a symbol is declared. */
struct place feature_declaration(const struct feature_context *context, struct entity entity);

/* Orders two struct place by path and start, for qsort. */
int feature_compare_places(const void *left, const void *right);

#endif
