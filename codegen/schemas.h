/* schemas: annotated types as data for runtime/validation.js, which checks values from outside, reads text from paths and makes
 * values of types (shapes.js); and descriptions of servers. Every part of a type is in its schema: `T | Nil` is `T?`, and texts
 * that are types are named one by one. Private to this layer.
 */
#ifndef TOVA_CODEGEN_SCHEMAS_H
#define TOVA_CODEGEN_SCHEMAS_H

#include "codegen/emitter.h"

/* A type that JSON has itself. */
struct scalar_type {
    struct str name;
    const char *schema;  /* its name in schemas */
    const char *message; /* of a value that is none: "must be a string" */
};

/* The one that a type of this tree is, or NULL. */
const struct scalar_type *scalar_type_of(const struct syntax_tree *tree, node_id type);

/* The schema of a type of the present file; constants that it needs become statements. */
struct js *type_schema(struct emitter *e, node_id type);

/* The same of a field, with its rules; a default changes nothing. */
struct js *field_schema(struct emitter *e, const struct symbol *field);

/* Is it the schema that everything passes? */
bool schema_is_any(const struct js *schema);

/* The schema of what may be nil or absent too. */
struct js *optional_schema(struct emitter *e, struct js *schema);

#endif
