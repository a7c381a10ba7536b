/* wakeup: calling back later, or whenever the loop turns.
 *
 * Timers and idle jobs live on a loop and are destroyed before it. A callback may stop, restart or destroy its own timer.
 */
#ifndef TOVA_SERVER_IO_WAKEUP_H
#define TOVA_SERVER_IO_WAKEUP_H

#include "server/io/loop.h"

#include <stdint.h>

struct wakeup;

/* A timer that is not running. Caller destroys. */
struct wakeup *wakeup_create(struct loop *loop, void (*callback)(void *context), void *context);

/* Calls back once after `delay` milliseconds, and then every `repeat` milliseconds unless that is 0; restarts a running
 * one. */
void wakeup_start(struct wakeup *wakeup, uint64_t delay, uint64_t repeat);
/* It does not fire any more until it is started again. */
void wakeup_stop(struct wakeup *wakeup);

/* Stops it; it never calls back again. NULL is allowed. */
void wakeup_destroy(struct wakeup *wakeup);

struct idle;

/* A job that calls back on every turn of the loop while it is started, between two looks at the input: for long work in
 * slices of a few milliseconds. Created stopped. Caller destroys. */
struct idle *idle_create(struct loop *loop, void (*callback)(void *context), void *context);
void idle_start(struct idle *idle);
void idle_stop(struct idle *idle);

/* NULL is allowed. */
void idle_destroy(struct idle *idle);

#endif
