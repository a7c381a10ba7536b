/* loop_uv: what the files of this folder share of the library's loop; nobody else includes it. */
#ifndef TOVA_SERVER_IO_LOOP_UV_H
#define TOVA_SERVER_IO_LOOP_UV_H

#include "server/io/loop.h"

#include <uv.h>

/* The library's loop; borrowed for the life of `loop`. */
uv_loop_t *loop_uv(struct loop *loop);

/* A close callback that frees the memory of a handle which is a heap block of its own. */
void loop_free_handle(uv_handle_t *handle);

#endif
