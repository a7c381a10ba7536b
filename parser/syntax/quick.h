/* quick: reads a text by the generated tables alone; inside parser/syntax only.
 *
 * The library keeps a tree that can be edited, several stacks for error recovery, and a count of references for each token.
 * A text that is only to be read, as a build reads its files, needs none of that: one stack and one list of nodes, and it
 * is done in a quarter of the time. What it gives is to the last bit what flattening the library's tree would give. It
 * knows no recovery: where the tables have no way on, it stops and the library is asked.
 */
#ifndef TOVA_PARSER_SYNTAX_QUICK_H
#define TOVA_PARSER_SYNTAX_QUICK_H

#include "parser/syntax/language.h"
#include "parser/syntax/quick_memo.h"
#include "parser/syntax/tree.h"

/* Fills tree's nodes and count from tree->text. False, with the tree untouched, when the text needs error recovery, is no
 * valid UTF-8, or takes too long. */
bool quick_parse(const struct language *language, struct quick_memo *memo, struct syntax_tree *tree);

#endif
