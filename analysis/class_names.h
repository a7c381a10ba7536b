/* class_names: classes that are one component's own: `.card` in its `style { }`, `card` in `class="card wide"`, in the texts that
 * `class={if … }` chooses from, and in `class:card={…}`. A class that a text is put together to is not seen.
 */
#ifndef TOVA_ANALYSIS_CLASS_NAMES_H
#define TOVA_ANALYSIS_CLASS_NAMES_H

#include "analysis/symbols.h"

struct class_name {
    node_id component; /* NODE_NONE: there is no class */
    struct span span;  /* without the dot */
    struct str text;   /* borrowed from the tree */
};

/* The class whose name is at offset (bytes), in a component. */
struct class_name class_name_at(const struct file_analysis *file, uint32_t offset);

struct class_place {
    struct span span;
    bool declares; /* it is in a style */
    bool global;   /* of which `:global(…)` says that it is for everybody's elements */
};
struct class_places {
    VEC(struct class_place) list;
};

/* Where the component has the class, in order. Lives in the arena. */
struct class_places class_name_places(struct arena *arena, const struct file_analysis *file, const struct class_name *name);

/* Can it be written behind a dot as it is? Letters, digits, `-` and `_`, and no digit first. */
bool class_name_is_plain(struct str text);

#endif
