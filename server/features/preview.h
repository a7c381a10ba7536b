/* preview: one output of a package as the editor shows it beside the source. */
#ifndef TOVA_SERVER_FEATURES_PREVIEW_H
#define TOVA_SERVER_FEATURES_PREVIEW_H

#include "codegen/emit.h"
#include "server/features/feature.h"

#define PREVIEW_NONE UINT32_MAX

struct preview_output {
    struct str name;  /* "app.server.api.js" */
    struct str label; /* "server:api" */
    bool broken;      /* a part of it cannot be emitted */
};

struct preview {
    uint32_t chosen; /* index into outputs */
    VEC(struct preview_output) outputs;
    struct str text; /* of the chosen one, as it would be written */
};

/* The output that code at an offset of the file goes to (code in no block belongs to the shared code); between blocks, in a
 * comment or an empty line, that of the next block, else of the last. Or PREVIEW_NONE. A plan is enough. */
uint32_t preview_output_at(struct arena *arena, const struct file_analysis *file, const struct emission *emission,
                           uint32_t offset);

/* The output named `wanted` (see emission_find) or, when that is empty, the one of the file's first block, else the first of all;
 * PREVIEW_NONE when there is none. A plan is enough; `file` may be NULL. */
uint32_t preview_choose(struct arena *arena, const struct file_analysis *file, const struct emission *emission,
                        struct str wanted);

/* All outputs, and the text of the chosen one, which has been made. Strings live in the arena. */
struct preview preview_of(struct arena *arena, const struct emission *emission, uint32_t chosen);

/* The text of an output as it would be written. Lives in the arena. */
struct str preview_text(struct arena *arena, const struct output *output);

#endif
