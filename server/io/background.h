/* background: a function on another thread, and word of its end on the loop's.
 *
 * The threads are libuv's, with stacks of 8 MiB. What the function uses is its own until `done` is called; nothing else is
 * shared, and nothing is locked.
 */
#ifndef TOVA_SERVER_IO_BACKGROUND_H
#define TOVA_SERVER_IO_BACKGROUND_H

#include "server/io/loop.h"

/* Calls work(context) on another thread and then done(context) on the loop's. The loop does not end before: whoever goes
 * earlier lets `done` free what `work` uses. */
void background_run(struct loop *loop, void (*work)(void *context), void (*done)(void *context), void *context);

#endif
