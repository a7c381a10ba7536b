/* view: a text as it is parsed, with its repairs made; inside parser/syntax only.
 *
 * A view has the text's bytes, a blank for each that a repair removes, and what repairs insert; nothing is copied.
 * Offsets in the view are translated where its tree is flattened, so that all others see bytes of the text.
 */
#ifndef TOVA_PARSER_SYNTAX_VIEW_H
#define TOVA_PARSER_SYNTAX_VIEW_H

#include "parser/syntax/repair.h"
#include "parser/syntax/tree.h"

#include <tree_sitter/api.h>

struct view {
    struct str text;
    const struct repair *repairs; /* by offset */
    unsigned count;
};

/* Reads the view; its `payload` is the view, which must outlive it. */
TSInput view_input(struct view *view);

/* Its bytes in one piece, which the caller frees. */
char *view_copy(const struct view *view);

/* What makes it of its text, in one edit; there are repairs. */
struct syntax_edit view_edit(const struct view *view);

/* In bytes. */
uint32_t view_size(const struct view *view);

/* The byte of the text that an offset in the view stands for: for inserted bytes, where they are inserted. */
uint32_t view_source(const struct view *view, uint32_t offset);

/* The repair that inserted the byte at this offset of the view, or NULL. */
const struct repair *view_inserted(const struct view *view, uint32_t offset);

/* Tells the library's tree of the view `old` what makes it `view`: `edit` of the text, repairs that are new, and repairs that
 * are no longer there. */
void view_edit_tree(TSTree *tree, const struct view *old, const struct view *view, struct syntax_edit edit);

#endif
