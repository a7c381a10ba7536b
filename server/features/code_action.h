/* code_action: the fixes that diagnostics carry, as quick fixes. */
#ifndef TOVA_SERVER_FEATURES_CODE_ACTION_H
#define TOVA_SERVER_FEATURES_CODE_ACTION_H

#include "parser/text/diagnostic.h"
#include "server/features/feature.h"

struct code_action {
    struct str title;
    struct diagnostic diagnostic; /* that it mends */
    struct edit_list edits;
};

struct code_action_list {
    VEC(struct code_action) list;
};

/* The fixes of the diagnostics that touch `span`. */
struct code_action_list code_actions_in(const struct feature_context *context, struct span span);

#endif
