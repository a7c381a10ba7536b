/* model_settings: what a `model` says of its table beside the fields. Settings stand among the fields and look like them
 * (`table: "people"`, `timestamps: true`, `belongs_to: User`); these are no fields, so they are no symbols and no columns.
 * A field may have the name of a setting where its type says so: `table: String`, `unique: Bool`.
 */
#ifndef TOVA_ANALYSIS_MODEL_SETTINGS_H
#define TOVA_ANALYSIS_MODEL_SETTINGS_H

#include "parser/base/arena.h"
#include "parser/base/vec.h"
#include "parser/syntax/node.h"

enum model_setting {
    MODEL_FIELD, /* no setting */
    MODEL_TABLE,
    MODEL_TIMESTAMPS,
    MODEL_SOFT_DELETE,
    MODEL_UNIQUE,
    MODEL_BELONGS_TO,
    MODEL_HAS_MANY,
    MODEL_HAS_ONE,
    MODEL_SETTING_COUNT
};

/* What a field_declaration of a model is. */
enum model_setting model_setting_of(const struct syntax_tree *tree, node_id field);

/* The word of a setting: "belongs_to". */
struct str model_setting_word(enum model_setting setting);

/* Is it a relation to another model? */
static inline bool model_setting_is_relation(enum model_setting setting) { return setting >= MODEL_BELONGS_TO; }

/* A name that a setting lists: of a model, or of a field. */
struct model_name {
    node_id node;     /* the identifier */
    node_id optional; /* the `User?` or `Option<User>` that it stands in, or NODE_NONE */
};
struct model_names {
    VEC(struct model_name) list;
};

/* The names of `User`, `User?`, `(User, Team)`, `User | Team` and `[User]`, in their order. */
struct model_names model_setting_names(struct arena *arena, const struct syntax_tree *tree, node_id field);

#endif
