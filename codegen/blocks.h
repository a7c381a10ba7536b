/* blocks: one emitter for each kind of output, block_*.c; each fills the statements of its output. Private to this layer.
 */
#ifndef TOVA_CODEGEN_BLOCKS_H
#define TOVA_CODEGEN_BLOCKS_H

#include "codegen/emitter.h"

/* Shared blocks and the module level of a program with blocks. */
void emit_shared(struct emitter *e);
/* One server. */
void emit_server(struct emitter *e);
/* One page. */
void emit_browser(struct emitter *e);
/* A program without blocks. */
void emit_module(struct emitter *e);
#endif
