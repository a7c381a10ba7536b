/* preview: one output of a package as the editor shows it beside the source. */
#ifndef TOVA_SERVER_FEATURES_PREVIEW_H
#define TOVA_SERVER_FEATURES_PREVIEW_H

#include "codegen/emit.h"
#include "server/features/feature.h"

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

/* The output named `wanted` (see emission_find) or, when that is empty, the one of the first block of `file`. Strings live in
 * the arena. False when there is no such output. */
bool preview_of(struct arena *arena, const struct file_analysis *file, const struct emission *emission,
                struct str wanted, struct preview *preview);

#endif
