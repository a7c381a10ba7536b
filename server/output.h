/* output: writes emitted files, and nothing else, beneath one folder.
 *
 * Every folder below `root` is opened without following symbolic links, so no source file and no link in a workspace can
 * lead a write elsewhere. A file is written beside its place and renamed over it; one whose bytes are the same is left
 * alone; a broken output is never written, so the last good one stays. Prints nothing.
 */
#ifndef TOVA_SERVER_OUTPUT_H
#define TOVA_SERVER_OUTPUT_H

#include "codegen/emit.h"
#include "parser/base/arena.h"
#include "parser/base/str.h"
#include "parser/base/vec.h"

#include <stdbool.h>
#include <stdint.h>
#include <time.h>

/* Where to write: `root` is a trusted, existing folder (absolute); `top` (what holds `runtime`) is created in it, and `below` in
 * that, part by part. For a project these are its root, ".tova-out" and the package (output_place); for `build -o DIR` the
 * first two are what of DIR is there and what is not. */
struct output_place {
    struct str root, top, below;
};

/* The place of a package whose project root is `root` and whose folder is `package` below it. Lives in the arena. */
struct output_place output_place(struct arena *arena, struct str root, struct str package);

/* The place `below` in a folder of any name, which may not be there yet. Lives in the arena. */
struct output_place output_place_in(struct arena *arena, struct str folder, struct str below);

enum output_outcome {
    OUTPUT_WRITTEN,  /* new or changed */
    OUTPUT_SAME,     /* on disk already */
    OUTPUT_KEPT,     /* broken: the last good one stays on disk */
    OUTPUT_WITHHELD, /* broken, and no older one is on disk */
    OUTPUT_REMOVED,  /* of a block that is not in the source any more */
    OUTPUT_FAILED,   /* could not be written: `error` says why */
};

struct output_file {
    struct str name; /* relative to the output folder: "app.server.api.js", "runtime/core.js" */
    enum output_outcome outcome;
    struct str error; /* OUTPUT_FAILED: a sentence */
    bool is_there;    /* such a file is on disk, with this size in bytes and this time of its last change */
    uint64_t size;
    struct timespec modified;
};

struct output_report {
    VEC(struct output_file) files;  /* outputs with their maps, then runtime modules */
    unsigned written, kept, failed; /* kept counts OUTPUT_WITHHELD too; maps count as files */
};

/* Opens the top folder of a place, made where it is not there, through no link; -1 with errno when that fails. Caller closes. */
int output_open_top(struct arena *arena, const struct output_place *place);

/* Writes the outputs of an emission, their maps, and the runtime modules that they need into <top>/runtime/. The report
 * lives in the arena. False when anything failed; what could be written is written. */
bool output_write(struct arena *arena, const struct output_place *place, const struct emission *emission,
                  struct output_report *report);

/* A folder that stays open from one emission to the next, as most of them go to the folder of the one before, and is made again
 * when somebody has removed it. A zeroed one is closed. One thread's own. */
struct output_folder {
    struct output_place place; /* borrowed for as long as it is open */
    int descriptor;
    bool is_open;
    char temporary[32]; /* what a file is called until it is whole */
};

/* Nothing happens to one that is closed. */
void output_folder_close(struct output_folder *folder);

/* The two halves of it: the outputs with their maps, and modules of the runtime with what these import, which many emissions
 * share. Both add to the report. `held` is the folder that was written last, and becomes that of `place`. Caller closes. */
void output_write_files(struct arena *arena, struct output_folder *held, const struct output_place *place,
                        const struct emission *emission, struct output_report *report);
void output_write_runtime(struct arena *arena, const struct output_place *place, struct runtime_set modules,
                          struct output_report *report);

/* Writes a file of this name and these bytes into the folder of the place, by the same rules. False when that fails. */
bool output_write_plain(struct arena *arena, const struct output_place *place, struct str name, struct str bytes);

/* Removes a file below the top of the place, and adds it to the report by its name from the folder of the place. */
void output_remove(struct arena *arena, const struct output_place *place, struct str path,
                   struct output_report *report);

/* The modules of the runtime that an emission imports directly. */
struct runtime_set output_runtime(const struct emission *emission);

#endif
