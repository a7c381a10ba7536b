/* manifest: what a build made of what, so that the next one can tell by sizes and times alone that nothing has changed.
 *
 * A file of lines in the top output folder. It is believed only when the same program wrote it; names in it that lead out
 * of the project's folders make it void, since anybody may have written it. Prints nothing.
 */
#ifndef TOVA_SERVER_MANIFEST_H
#define TOVA_SERVER_MANIFEST_H

#include "parser/base/arena.h"
#include "parser/base/str.h"
#include "parser/base/vec.h"
#include "server/output.h"
#include "server/project.h"

struct manifest_file {
    struct str path;  /* inputs: below the root; outputs: below the top folder */
    uint64_t size;    /* bytes */
    int64_t modified; /* nanoseconds since 1970; 0 is no time of any file: it changed while it was read */
    uint64_t hash;    /* of an input's text */
};

struct manifest_unit {
    struct str key; /* where its outputs go, and their base name: "lib/text" */
    bool clean;     /* nothing was told about it */
    VEC(struct manifest_file) inputs;
    VEC(struct manifest_file) outputs;
};

struct manifest {
    struct str root; /* the inputs' folder, absolute */
    VEC(struct manifest_unit) units;
};

/* Reads the manifest of a top folder. False when there is none, or another program wrote it, or it makes no sense. Lives in
 * the arena. */
bool manifest_read(struct arena *arena, struct str top, struct manifest *manifest);

/* Are all inputs and outputs as they were, was nothing told about them, and are these sources (absolute, in order) among the
 * inputs? Asks for sizes and times only. */
bool manifest_is_current(struct arena *arena, const struct manifest *manifest, struct str top,
                         const struct scan_files *sources);

/* How many outputs it speaks of. */
unsigned manifest_output_count(const struct manifest *manifest);

/* Records what was built: brings the manifest of each top folder up to date, removes the outputs that an older build wrote
 * and that nothing makes any more, and adds those to the reports, of which each unit has one. The arena is for the run. */
void manifest_record(struct arena *arena, const struct project *project, struct output_report *reports);

#endif
