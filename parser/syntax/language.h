/* language: the generated parser's tables as this layer uses them; inside parser/syntax only.
 *
 * The generator packs the rows of most states, and each look-up then searches one; here every state has its whole row, which
 * makes a parse by the library 10 % faster and its error recovery, which looks up every token in many states, several times.
 * The build unfolds them (unfold_rows.c) into 6 MB of the program's file, of which the pages that a parse looks at come into
 * memory, once for all processes. Fields and kinds are those of tree.h. Immutable once it is made.
 */
#ifndef TOVA_PARSER_SYNTAX_LANGUAGE_H
#define TOVA_PARSER_SYNTAX_LANGUAGE_H

#include "parser/syntax/flatten.h"

#include <tree_sitter/api.h>

typedef uint16_t TSStateId; /* not in every version of api.h, and parser.h relies on it */
#include <tree_sitter/parser.h>

/* The whole rows, one behind the other. */
extern const uint16_t language_rows[];

struct language {
    TSLanguage tables; /* for the library and for quick.c */
    struct flatten_names names;
    uint16_t *kinds; /* enum node_kind by symbol, of what is visible; NODE_NULL for what has no kind */
    uint8_t *fields; /* enum node_field by production and child, as language_field reads it */
    uint16_t *named; /* by production: a bit for each child that it has another name or a field for, the first one the lowest */
    TSSymbol statements; /* the hidden rule that the statements of a file become, one after the other */
};

/* Caller finishes. */
void language_init(struct language *language);
void language_finish(struct language *language);

/* What the production calls its child, counted without comments; FIELD_NONE when it has no name for it. */
static inline uint8_t language_field(const struct language *language, unsigned production, unsigned child) {
    unsigned width = language->tables.max_alias_sequence_length;
    return child < width ? language->fields[production * width + child] : FIELD_NONE;
}

/* The symbol that the production makes of its child; 0 when it leaves it as it is. */
static inline TSSymbol language_alias(const struct language *language, unsigned production, unsigned child) {
    unsigned width = language->tables.max_alias_sequence_length;
    return production != 0 && child < width ? language->tables.alias_sequences[production * width + child] : 0;
}

#endif
