/* members: the block-level statements of an output, collected from all files of the program and lowered in the order of emission.
 * What is broken becomes a comment; the others stay. Private to this layer.
 */
#ifndef TOVA_CODEGEN_MEMBERS_H
#define TOVA_CODEGEN_MEMBERS_H

#include "codegen/emitter.h"

/* The declaration inside of `export` and decorators. */
node_id member_core(const struct syntax_tree *tree, node_id node);
/* Is it a block, whose members are no members of the block around it? */
bool member_is_block(enum node_kind kind);
/* From the end of the member in front of it to the start of the next one. */
struct span member_surroundings(const struct syntax_tree *tree, const struct member *member);
/* Collects the members of a block from all files, and whether errors break it. */
void members_collect(struct emitter *e, struct block_key key);
/* Adds all members of the output; `lower` gets those that are special to its kind of block and answers whether it was. */
void members_lower(struct emitter *e, bool (*lower)(struct emitter *e, node_id node), bool exported);
#endif
