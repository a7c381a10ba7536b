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

#endif
