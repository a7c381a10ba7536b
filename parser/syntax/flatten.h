/* flatten: from tree-sitter's tree to the array of tree.h; inside parser/syntax only.
 *
 * Hidden rules vanish, anonymous tokens stay only where they have a field, aliases count as what they are called. Numbers
 * of kinds.def and numbers of the generated parser are matched by name, once per parser.
 */
#ifndef TOVA_PARSER_SYNTAX_FLATTEN_H
#define TOVA_PARSER_SYNTAX_FLATTEN_H

#include "parser/syntax/tree.h"

#include <tree_sitter/api.h>

/* What the symbols and fields of a language are called here. */
struct flatten_names {
    uint16_t *kinds; /* enum node_kind by symbol; NODE_NULL for anonymous ones */
    uint8_t *fields; /* enum node_field by field id */
    uint32_t symbol_count;
};

/* Caller finishes. */
void flatten_names_init(struct flatten_names *names, const TSLanguage *language);
void flatten_names_finish(struct flatten_names *names);

/* Fills tree's nodes, count, inserted, inserted_count and reuse from tree->incremental, tree->text and tree->repairs; a
 * closer that a repair inserted becomes a NODE_MISSING, and what holds another repair has an error. When that comes
 * from parsing `old` with `edit`, what the library took over from it is copied from there, which is many times faster;
 * NULL otherwise. False when it would take too long: in a tree without order the library needs much time for each node. */
bool flatten_tree(const struct flatten_names *names, struct syntax_tree *tree, const struct syntax_tree *old,
                  struct syntax_edit edit);

/* Nodes of a tree for another: `move` bytes and `renumber` ids further on, but for parents that are the file itself. Both
 * may wrap. */
void flatten_move(struct node *to, const struct node *from, uint32_t count, uint32_t move, uint32_t renumber);

#endif
