/* atom: names as small integers.
 *
 * A table gives each distinct byte string one number for its whole life, so that names compare by `==` and index arrays.
 * Insert-only; number 0 is the empty string and means "no name". Any number of threads may use a table at the same time;
 * which number a name gets then depends on who was first, so nothing may depend on the order of numbers.
 */
#ifndef TOVA_PARSER_BASE_ATOM_H
#define TOVA_PARSER_BASE_ATOM_H

#include "parser/base/str.h"

#include <stdint.h>

typedef uint32_t atom_id;
#define ATOM_NONE ((atom_id)0)

struct atom_table;

struct atom_table *atom_table_create(void);
void atom_table_destroy(struct atom_table *table);

/* The number of `text`, new or old. Copies the bytes of a new one. */
atom_id atom_intern(struct atom_table *table, struct str text);

/* The number of `text`, or ATOM_NONE when it was never interned. */
atom_id atom_find(const struct atom_table *table, struct str text);

/* The bytes of an atom, NUL-terminated, borrowed for the life of the table. */
struct str atom_text(const struct atom_table *table, atom_id atom);

/* The bytes that it takes. */
size_t atom_memory(const struct atom_table *table);

/* How many numbers are in use, the 0 included: every atom is below this. */
uint32_t atom_count(const struct atom_table *table);

#endif
