/* models: a type and the models of its name, which are one thing to people: `type Book` says what a record is, `model Book` where
 * such records are kept. A field of the one is the field of that name of the other.
 *
 * Which type a model means is what the name means as a type in the model's block. A model without a type has fields of its own.
 */
#ifndef TOVA_ANALYSIS_MODELS_H
#define TOVA_ANALYSIS_MODELS_H

#include "analysis/traits.h"

/* The type of a model's name; none where there is no such type. */
struct entity models_type_of(struct resolver *resolver, struct entity model);

/* The type and all models of its name, of either of them; the fields of one name, of one of these; of everything else it alone.
 * What was asked about stands first. */
struct entity_list models_family(struct resolver *resolver, struct entity entity);

/* The string behind a model's setting `table`, or NODE_NONE. */
node_id models_table_setting(struct entity model);

/* The name of a model's table: what it says, else its own name in small letters and an s (codegen/runtime/db_model.js). Lives in the
 * arena or in the text. */
struct str models_table(struct arena *arena, struct entity model);

/* The column of a model that belongs to another one: "order_line_id" for OrderLine (codegen/runtime/db_relations.js). */
struct str models_key(struct arena *arena, struct str model);

/* A column that a record has beside the fields that its model or its type names. */
struct model_column {
    struct str name;
    struct str type; /* empty where it is another one on the other side of the border */
    bool managed;    /* only the model itself writes it */
};
struct model_columns {
    VEC(struct model_column) list;
};

/* `id`, the keys of `belongs_to`, and what `timestamps` and `soft_delete` keep. */
struct model_columns models_columns(struct arena *arena, struct entity model);

#endif
