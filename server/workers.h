/* workers: a function over many items on several threads, for work that shares nothing.
 *
 * Each worker has a number for what it keeps to itself (an arena, a parser). Items are taken in order, results go where the
 * item's own are. Returns when all are done; the memory of one run is seen by the next.
 */
#ifndef TOVA_SERVER_WORKERS_H
#define TOVA_SERVER_WORKERS_H

#include <stdint.h>

enum { WORKERS_MOST = 8 };

/* How many workers this machine is good for, at least 1 and at most WORKERS_MOST. */
unsigned workers_available(void);

/* Calls run(context, worker, item) for every item below `count`, with worker below `workers`. Few items, or one worker, run
 * on the caller's thread. */
void workers_run(unsigned workers, uint32_t count, void (*run)(void *context, unsigned worker, uint32_t item),
                 void *context);

/* Lets one thread at a time do something that is rarely done at all. Caller destroys; NULL may be destroyed. */
struct workers_lock;
struct workers_lock *workers_lock_create(void);
void workers_lock_destroy(struct workers_lock *lock);
void workers_lock_take(struct workers_lock *lock);
void workers_lock_release(struct workers_lock *lock);

#endif
