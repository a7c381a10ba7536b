/* named_texts: strings that are names, across the files of a package: events, jobs, variables of the environment (text_names.h says
 * which strings these are).
 */
#ifndef TOVA_SERVER_FEATURES_NAMED_TEXTS_H
#define TOVA_SERVER_FEATURES_NAMED_TEXTS_H

#include "analysis/entity.h"
#include "analysis/text_names.h"
#include "server/features/feature.h"

/* What is declared under the name: the `background fn` of a job, the `env` of a variable, the parameter that a path fills in; none
 * for events, which are declared nowhere, and for the rest. */
struct entity named_text_entity(const struct feature_context *context, const struct text_name *text);

/* As what strings name a declared thing beside its own name: TEXT_NAME_JOB, TEXT_NAME_VARIABLE, else TEXT_NAME_NONE. */
enum text_name_kind named_text_kind(struct entity entity);

/* A string of the package with the name. */
struct named_text {
    const struct file_analysis *file;
    struct text_name name;
    struct block_key block; /* where it stands */
    bool handles;           /* it is the word behind `subscribe` */
};
struct named_text_list {
    VEC(struct named_text) list;
};

/* Where strings are looked for. */
enum named_scope { NAMED_IN_PACKAGE, NAMED_IN_FILE };

/* The strings that are a name of this kind and text, in order of path and place. Ends early when the context's stop says so. */
struct named_text_list named_texts(const struct feature_context *context, enum named_scope scope, enum text_name_kind kind,
                                   struct str text);

/* The strings of the other files of the package that are a name of this kind, whichever. Ends early likewise. */
struct named_text_list named_texts_elsewhere(const struct feature_context *context, enum text_name_kind kind);

/* Where paths of routes name a parameter: of a handler, `:id`, or of the block behind a route. In order of path and place. */
struct named_text_list named_paths(const struct feature_context *context, enum named_scope scope, struct entity parameter);

#endif
