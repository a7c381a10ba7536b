/* loop: the event loop of the process, signals on it, and the clock.
 *
 * The only folder that knows libuv is this one. Callbacks run on the loop's thread, never from inside the call that set
 * them up. Everything made on a loop is destroyed before the loop is; memory of a handle goes when the library has closed
 * it, which loop_destroy waits for.
 */
#ifndef TOVA_SERVER_IO_LOOP_H
#define TOVA_SERVER_IO_LOOP_H

#include <stdbool.h>
#include <stdint.h>

struct loop;

/* Caller destroys. */
struct loop *loop_create(void);

/* Lets pending closes finish and frees the loop; whatever lives on it must have been destroyed or stopped. */
void loop_destroy(struct loop *loop);

/* Runs callbacks until loop_stop, or until nothing is left that could call back. */
void loop_run(struct loop *loop);

/* Runs what is ready, without waiting; for tests and for a last flush. */
void loop_run_ready(struct loop *loop);

/* Makes loop_run return after the callback that is running. */
void loop_stop(struct loop *loop);

/* A clock that never goes back, in nanoseconds. */
uint64_t loop_clock(void);

/* Calls back when a signal arrives (SIGINT, SIGTERM, SIGHUP), in place of its usual effect, until loop_destroy. A signal
 * that is watched does not keep loop_run running. */
void loop_on_signal(struct loop *loop, int number, void (*callback)(void *context, int number), void *context);

/* Writing to a pipe whose reader is gone becomes an error of the write instead of a signal that ends the process. */
void loop_ignore_broken_pipes(void);

/* Is there a process of this number? */
bool loop_process_exists(int64_t number);

#endif
