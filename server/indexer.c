/* indexer: two queues of paths, and workers that each take a few files at a time. */
#include "server/indexer.h"

#include "analysis/analyze.h"
#include "parser/base/vec.h"
#include "parser/base/xalloc.h"
#include "parser/text/text.h"
#include "server/io/background.h"
#include "server/scan.h"
#include "server/workers.h"

#include <stdatomic.h>

enum {
    CHUNK = 16, /* files of one turn of a worker: a few milliseconds */
    WORKERS = 4,
};

/* Paths that wait, in order. */
struct path_queue {
    struct arena arena;
    struct scan_files files;
    unsigned next;
};

/* Belongs to its thread from worker_start() to worker_done(), and to the loop's otherwise. */
struct worker {
    struct indexer *indexer;
    struct syntax_parser *parser; /* made when it is needed first */
    struct arena scratch;         /* of one file */
    struct arena arena;           /* of what follows */
    bool busy;
    unsigned owed; /* how many of the paths somebody waits for */
    struct str folder; /* to be searched, or empty */
    struct scan_files paths; /* to be read, or found */
    struct summary *summaries[CHUNK];
};

struct indexer {
    struct loop *loop;
    struct atom_table *atoms;
    struct indexer_events events;
    struct path_queue folders, urgent, found;
    struct worker workers[WORKERS];
    unsigned worker_count, busy;
    unsigned owed;        /* files of indexer_add_file() that have not been given */
    uint32_t done, total; /* files */
    bool destroyed;
    atomic_bool stopped; /* the workers end early */
};

/* ---- queues */

static bool is_empty(const struct path_queue *queue) { return queue->next == queue->files.list.count; }

static void push(struct path_queue *queue, struct str path) {
    vec_push(&queue->arena, &queue->files.list, arena_str(&queue->arena, path));
}

static void clear(struct path_queue *queue) {
    arena_finish(&queue->arena);
    *queue = (struct path_queue){0};
}

/* Takes out the first path; it lives in `arena`. */
static struct str pop(struct path_queue *queue, struct arena *arena) {
    struct str path = arena_str(arena, queue->files.list.items[queue->next++]);
    if (is_empty(queue)) {
        clear(queue);
    }
    return path;
}

/* ---- on a worker's thread */

static struct summary *read_file(struct worker *worker, struct str path) {
    struct text *text;
    if (scan_read_file(path, &text) != SCAN_READ) {
        return NULL;
    }
    struct syntax_tree *tree = syntax_parse_in(worker->parser, &worker->scratch, text);
    struct summary *summary = summary_create(analyze(&worker->scratch, worker->indexer->atoms, path, tree));
    syntax_tree_destroy(tree);
    text_unref(text);
    arena_clear(&worker->scratch);
    return summary;
}

static void work(void *context) {
    struct worker *worker = context;
    if (worker->folder.size > 0) {
        worker->paths = scan_tree(&worker->arena, worker->folder);
        return;
    }
    for (unsigned i = 0; i < worker->paths.list.count; i++) {
        bool stopped = atomic_load_explicit(&worker->indexer->stopped, memory_order_relaxed);
        worker->summaries[i] = stopped ? NULL : read_file(worker, worker->paths.list.items[i]);
    }
}

/* ---- on the loop's thread */

static void finish(struct indexer *indexer) {
    for (unsigned i = 0; i < indexer->worker_count; i++) {
        struct worker *worker = &indexer->workers[i];
        if (worker->parser != NULL) {
            syntax_parser_destroy(worker->parser);
        }
        arena_finish(&worker->scratch);
        arena_finish(&worker->arena);
    }
    clear(&indexer->folders);
    clear(&indexer->urgent);
    clear(&indexer->found);
    xfree(indexer);
}

static void take_paths(struct indexer *indexer, const struct worker *worker) {
    for (unsigned i = 0; i < worker->paths.list.count; i++) {
        push(&indexer->found, worker->paths.list.items[i]);
    }
    indexer->total += worker->paths.list.count;
}

static void take_summaries(struct indexer *indexer, struct worker *worker) {
    for (unsigned i = 0; i < worker->paths.list.count; i++) {
        if (worker->summaries[i] != NULL && indexer->destroyed) {
            summary_unref(worker->summaries[i]);
        } else if (worker->summaries[i] != NULL) {
            indexer->events.found(indexer->events.context, worker->summaries[i]);
        }
    }
    indexer->done += worker->paths.list.count;
    indexer->owed -= worker->owed;
}

static void start_workers(struct indexer *indexer);

static void worker_done(void *context) {
    struct worker *worker = context;
    struct indexer *indexer = worker->indexer;
    if (worker->folder.size > 0) {
        take_paths(indexer, worker);
    } else {
        take_summaries(indexer, worker);
    }
    arena_clear(&worker->arena);
    worker->busy = false;
    indexer->busy--;
    if (!indexer->destroyed) {
        start_workers(indexer);
    } else if (indexer->busy == 0) {
        finish(indexer);
    }
}

/* Gives a worker what it is to do; false when there is nothing. */
static bool employ(struct indexer *indexer, struct worker *worker) {
    worker->folder = (struct str){0};
    worker->paths = (struct scan_files){0};
    worker->owed = 0;
    bool urgent = !is_empty(&indexer->urgent);
    if (!urgent && !is_empty(&indexer->folders)) {
        worker->folder = pop(&indexer->folders, &worker->arena);
        return true;
    }
    struct path_queue *queue = urgent ? &indexer->urgent : &indexer->found;
    while (!is_empty(queue) && worker->paths.list.count < CHUNK) {
        struct str path = pop(queue, &worker->arena);
        if (indexer->events.wanted(indexer->events.context, path)) {
            vec_push(&worker->arena, &worker->paths.list, path);
            worker->owed += urgent;
        } else {
            indexer->done++;
            indexer->owed -= urgent;
        }
    }
    if (worker->paths.list.count > 0 && worker->parser == NULL) {
        worker->parser = syntax_parser_create_like(indexer->events.parser(indexer->events.context));
    }
    return worker->paths.list.count > 0;
}

static bool is_waiting(const struct indexer *indexer) {
    return !is_empty(&indexer->urgent) || !is_empty(&indexer->folders) || !is_empty(&indexer->found);
}

static void start_workers(struct indexer *indexer) {
    for (unsigned i = 0; i < indexer->worker_count; i++) {
        struct worker *worker = &indexer->workers[i];
        while (!worker->busy && is_waiting(indexer)) {
            if (employ(indexer, worker)) {
                worker->busy = true;
                indexer->busy++;
                background_run(indexer->loop, work, worker_done, worker);
            }
        }
    }
    indexer->events.progress(indexer->events.context, indexer->done, indexer->total);
    if (indexer->busy == 0) {
        indexer->done = indexer->total = 0;
        indexer->events.finished(indexer->events.context);
    }
}

struct indexer *indexer_create(struct loop *loop, struct atom_table *atoms, const struct indexer_events *events) {
    struct indexer *indexer = xcalloc(1, sizeof *indexer);
    unsigned available = workers_available();
    indexer->loop = loop;
    indexer->atoms = atoms;
    indexer->events = *events;
    indexer->worker_count = available > WORKERS ? WORKERS : available;
    for (unsigned i = 0; i < indexer->worker_count; i++) {
        indexer->workers[i].indexer = indexer;
    }
    atomic_init(&indexer->stopped, false);
    return indexer;
}

void indexer_destroy(struct indexer *indexer) {
    if (indexer == NULL) {
        return;
    }
    indexer->destroyed = true;
    atomic_store_explicit(&indexer->stopped, true, memory_order_relaxed);
    if (indexer->busy == 0) {
        finish(indexer);
    }
}

void indexer_add_folder(struct indexer *indexer, struct str folder) {
    push(&indexer->folders, folder);
    start_workers(indexer);
}

void indexer_add_file(struct indexer *indexer, struct str path) {
    push(&indexer->urgent, path);
    indexer->owed++;
    indexer->total++;
    if (indexer->busy < indexer->worker_count) {
        start_workers(indexer);
    }
}

void indexer_cancel(struct indexer *indexer) {
    clear(&indexer->folders);
    clear(&indexer->found);
}

bool indexer_owes(const struct indexer *indexer) { return indexer->owed > 0; }

bool indexer_is_busy(const struct indexer *indexer) { return indexer->busy > 0; }
