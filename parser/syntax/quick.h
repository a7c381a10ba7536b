/* quick: reads a text by the generated tables alone; inside parser/syntax only.
 *
 * The library keeps a tree that can be edited, several stacks for error recovery, and a count of references for each token.
 * A text that is only to be read, as a build reads its files, needs none of that: one stack and one list of nodes, and it
 * is done in a quarter of the time. What it gives is to the last bit what flattening the library's tree would give. It
 * knows no recovery: where the tables have no way on, it stops and the library is asked.
 */
#ifndef TOVA_PARSER_SYNTAX_QUICK_H
#define TOVA_PARSER_SYNTAX_QUICK_H

#include "parser/base/arena.h"
#include "parser/syntax/language.h"
#include "parser/syntax/tree.h"

/* What reads one text after the other, in one thread: it keeps tokens that were read before, and room to work in. The
 * language is borrowed. Caller destroys; NULL may be destroyed. */
struct quick_reader;
struct quick_reader *quick_reader_create(const struct language *language);
void quick_reader_destroy(struct quick_reader *reader);

/* Fills tree's nodes, count, faults and joints from tree->text; with an arena the nodes are in that, and there are no joints.
 * False, with the tree untouched, when the text needs error recovery, is no valid UTF-8, or takes too long. */
bool quick_parse(struct quick_reader *reader, struct arena *arena, struct syntax_tree *tree);

/* The same for a tree of which `edit` makes old's text: its text, or the view of its text and repairs, which are all within the
 * edit then. Reads again only the statements of the file around the edit, and copies all others with what the library calls
 * them. A view has no joints. False, with the tree untouched, too when old has no joints, or when that would be more than a few
 * statements. */
bool quick_patch(struct quick_reader *reader, struct syntax_tree *tree, const struct syntax_tree *old,
                 struct syntax_edit edit);

#endif
