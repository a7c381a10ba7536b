/* listing: trees as the corpus writes them, one line a node.
 *
 * Two forms are the corpus's own. `(MISSING x)` is what recovery put in. `(UNEXPECTED 'c')` in an error is a character
 * that the lexer gave up at. Our trees do not say which it was, so it is written as the first one of the text that was
 * passed over, and not compared. A file that recovery gave up on as a whole, `(ERROR …)` alone, is still a source_file
 * in our trees, with its loose parts in errors; such a case cannot be met here.
 */
#ifndef TOVA_TESTS_CORPUS_LISTING_H
#define TOVA_TESTS_CORPUS_LISTING_H

#include "parser/base/strbuf.h"
#include "parser/syntax/tree.h"

/* Appends the tree as it should stand in the corpus: without tokens. */
void listing_of_tree(const struct syntax_tree *tree, struct strbuf *out);

/* Appends the tree that is written in `text`, with any white space, as it is compared: without the characters of
 * UNEXPECTED. `text` need not be well formed. */
void listing_of_text(struct str text, struct strbuf *out);

/* Appends the lines that differ and some around them: `-` before what is only in `wanted`, `+` before what is only in
 * `actual`. Both as listing_of_text gives them. */
void listing_differences(struct str wanted, struct str actual, struct strbuf *out);

#endif
