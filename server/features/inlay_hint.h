/* inlay_hint: what stands between the letters of a text without being typed: `await` where the compiler waits, the parameter that
 * a plain value goes to, the type that a name has.
 *
 * Says only what the text does not: `save("a", 3)` shows names for its values, `save(name, count)` needs none.
 */
#ifndef TOVA_SERVER_FEATURES_INLAY_HINT_H
#define TOVA_SERVER_FEATURES_INLAY_HINT_H

#include "server/features/feature.h"

enum inlay_kind { INLAY_AWAIT, INLAY_PARAMETER, INLAY_TYPE };

struct inlay_hint {
    enum inlay_kind kind;
    uint32_t offset;  /* bytes; where it stands */
    struct str label; /* "await", "name:", ": User" */
    uint32_t about;   /* the offset of a name that it comes from: of what is called, of what has the type */
};

struct inlay_hint_list {
    VEC(struct inlay_hint) list; /* in order of place */
};

struct inlay_settings {
    bool parameter_names, await, types; /* which kinds are wanted */
};

/* The hints within `within` (bytes). `marks` holds for each node of the file what is awaited (enum node_mark, of a program that
 * is linked); NULL when that is not known. */
struct inlay_hint_list inlay_hints(const struct feature_context *context, struct span within,
                                   const struct inlay_settings *settings, const uint8_t *marks);

#endif
