/* workers: threads that take the next item until there is none. */
#include "server/workers.h"

#include "parser/base/xalloc.h"

#include <pthread.h>
#include <stdatomic.h>
#include <unistd.h>

/* Below this many items starting threads takes longer than it saves. */
enum { WORTH_THREADS = 8, STACK_BYTES = 8 * 1024 * 1024 };

struct job {
    void (*run)(void *context, unsigned worker, uint32_t item);
    void *context;
    uint32_t count;
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

static void *work(void *context) {
    struct worker *worker = context;
    struct job *job = worker->job;
    for (uint32_t item; (item = atomic_fetch_add_explicit(&job->next, 1, memory_order_relaxed)) < job->count;) {
        job->run(job->context, worker->number, item);
    }
    return NULL;
}

void workers_run(unsigned workers, uint32_t count, void (*run)(void *context, unsigned worker, uint32_t item),
                 void *context) {
    struct job job = {.run = run, .context = context, .count = count};
    struct worker all[WORKERS_MOST];
    unsigned started = 1;
    workers = count < WORTH_THREADS ? 1 : workers > WORKERS_MOST ? WORKERS_MOST : workers;
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
