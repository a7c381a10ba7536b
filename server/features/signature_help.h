/* signature_help: the signature of the call around a place, and the parameter that is being given. */
#ifndef TOVA_SERVER_FEATURES_SIGNATURE_HELP_H
#define TOVA_SERVER_FEATURES_SIGNATURE_HELP_H

#include "server/features/feature.h"

struct signature_help {
    struct str label; /* empty: there is no call that is known */
    struct str documentation;
    VEC(struct span) parameters; /* in the label, bytes */
    unsigned active;             /* as many as there are: no parameter takes what is given */
};

/* About the innermost call whose arguments hold `offset` (bytes). */
struct signature_help signature_help_at(const struct feature_context *context, uint32_t offset);

#endif
