/* workers: threads that take the next item until there is none. */
#include "server/workers.h"

#include "parser/base/xalloc.h"

#include <pthread.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <unistd.h>

/* Below this many items starting threads takes longer than it saves. */
enum { WORTH_THREADS = 8, STACK_BYTES = 8 * 1024 * 1024 };

/* A worker takes several items at once, fewer towards the end: neighbours are files of one folder, in which two threads would
 * wait for each other. */
enum { MOST_AT_ONCE = 16, SHARES = 8 };

struct job {
    void (*run)(void *context, unsigned worker, uint32_t item);
    void *context;
    uint32_t count;
    unsigned workers;
    atomic_uint next;
};

struct worker {
    struct job *job;
    unsigned number;
    pthread_t thread;
};

unsigned workers_available(void) {
    long online = sysconf(_SC_NPROCESSORS_ONLN);
    return online < 1 ? 1 : online > WORKERS_MOST ? WORKERS_MOST : (unsigned)online;
}

/* The items [*start, *end) are the caller's; false when there are none left. */
static bool take(struct job *job, uint32_t *start, uint32_t *end) {
    unsigned next = atomic_load_explicit(&job->next, memory_order_relaxed);
    uint32_t some = 0;
    do {
        if (next == job->count) {
            return false;
        }
        some = (job->count - next) / (job->workers * SHARES);
        some = some > MOST_AT_ONCE ? MOST_AT_ONCE : some < 1 ? 1 : some;
    } while (!atomic_compare_exchange_weak_explicit(&job->next, &next, next + some, memory_order_relaxed,
                                                    memory_order_relaxed));
    *start = next;
    *end = next + some;
    return true;
}

static void *work(void *context) {
    struct worker *worker = context;
    struct job *job = worker->job;
    uint32_t start, end;
    while (take(job, &start, &end)) {
        for (uint32_t item = start; item < end; item++) {
            job->run(job->context, worker->number, item);
        }
    }
    return NULL;
}

void workers_run(unsigned workers, uint32_t count, void (*run)(void *context, unsigned worker, uint32_t item),
                 void *context) {
    struct job job = {.run = run, .context = context, .count = count};
    struct worker all[WORKERS_MOST];
    unsigned started = 1;
    workers = count < WORTH_THREADS ? 1 : workers > WORKERS_MOST ? WORKERS_MOST : workers;
    job.workers = workers;
    atomic_init(&job.next, 0);
    pthread_attr_t attributes;
    pthread_attr_init(&attributes);
    pthread_attr_setstacksize(&attributes, STACK_BYTES);
    for (unsigned i = 0; i < workers; i++) {
        all[i] = (struct worker){.job = &job, .number = i};
    }
    /* A thread that cannot be had is done without. */
    while (started < workers && pthread_create(&all[started].thread, &attributes, work, &all[started]) == 0) {
        started++;
    }
    work(&all[0]);
    for (unsigned i = 1; i < started; i++) {
        pthread_join(all[i].thread, NULL);
    }
    pthread_attr_destroy(&attributes);
}

struct workers_lock {
    pthread_mutex_t mutex;
};

struct workers_lock *workers_lock_create(void) {
    struct workers_lock *lock = xcalloc(1, sizeof *lock);
    pthread_mutex_init(&lock->mutex, NULL);
    return lock;
}

void workers_lock_destroy(struct workers_lock *lock) {
    if (lock != NULL) {
        pthread_mutex_destroy(&lock->mutex);
        xfree(lock);
    }
}

void workers_lock_take(struct workers_lock *lock) { pthread_mutex_lock(&lock->mutex); }

void workers_lock_release(struct workers_lock *lock) { pthread_mutex_unlock(&lock->mutex); }
