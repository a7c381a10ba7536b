/* queue: a list in order of arrival; it is short, and looked through from the front. */
#include "server/lsp/queue.h"

#include "parser/base/xalloc.h"

#include <string.h>

enum {
    SPARE_MOST = 8,
    SPARE_BYTES = 64 * 1024, /* the memory of a larger message is given back */
};

static void destroy(struct waiting *waiting) {
    message_finish(&waiting->message);
    arena_finish(&waiting->arena);
    xfree(waiting);
}

static void destroy_all(struct waiting *waiting) {
    while (waiting != NULL) {
        struct waiting *next = waiting->next;
        destroy(waiting);
        waiting = next;
    }
}

void queue_finish(struct queue *queue) {
    destroy_all(queue->first);
    destroy_all(queue->spare);
    memset(queue, 0, sizeof *queue);
}

struct waiting *queue_new(struct queue *queue) {
    struct waiting *waiting = queue->spare;
    if (waiting == NULL) {
        return xcalloc(1, sizeof *waiting);
    }
    queue->spare = waiting->next;
    queue->spare_count--;
    waiting->next = NULL;
    return waiting;
}

void queue_release(struct queue *queue, struct waiting *waiting) {
    if (queue->spare_count >= SPARE_MOST || waiting->arena.used > SPARE_BYTES) {
        destroy(waiting);
        return;
    }
    message_finish(&waiting->message);
    arena_clear(&waiting->arena);
    *waiting = (struct waiting){.arena = waiting->arena, .next = queue->spare};
    queue->spare = waiting;
    queue->spare_count++;
}

void queue_add(struct queue *queue, struct waiting *waiting) {
    waiting->next = NULL;
    if (queue->first == NULL) {
        queue->first = waiting;
    } else {
        queue->last->next = waiting;
    }
    queue->last = waiting;
    queue->count++;
    queue->size += waiting->size;
}

/* Takes out the message that follows `before`; NULL: the first one. */
static struct waiting *take_after(struct queue *queue, struct waiting *before) {
    struct waiting *waiting = before == NULL ? queue->first : before->next;
    if (before == NULL) {
        queue->first = waiting->next;
    } else {
        before->next = waiting->next;
    }
    if (queue->last == waiting) {
        queue->last = before;
    }
    queue->count--;
    queue->size -= waiting->size;
    waiting->next = NULL;
    return waiting;
}

/* The first message that is not of lane WORKER, and the one before it; NULL when there is none. */
static struct waiting *first_pressing(const struct queue *queue, struct waiting **before) {
    struct waiting *at = queue->first;
    for (*before = NULL; at != NULL && at->lane == LANE_WORKER; at = at->next) {
        *before = at;
    }
    return at;
}

struct waiting *queue_take_urgent(struct queue *queue) {
    struct waiting *before, *at = first_pressing(queue, &before);
    return at != NULL && at->lane == LANE_LATENCY ? take_after(queue, before) : NULL;
}

struct waiting *queue_take(struct queue *queue) {
    struct waiting *urgent = queue_take_urgent(queue);
    return urgent != NULL || queue->first == NULL ? urgent : take_after(queue, NULL);
}

struct waiting *queue_take_ready(struct queue *queue, bool indexed) {
    struct waiting *before = NULL;
    for (struct waiting *at = queue->first; at != NULL; before = at, at = at->next) {
        if (indexed || !at->awaits_index) {
            return take_after(queue, before);
        }
    }
    return NULL;
}

struct waiting *queue_take_id(struct queue *queue, struct str id) {
    struct waiting *before = NULL;
    for (struct waiting *at = queue->first; at != NULL; before = at, at = at->next) {
        if (at->message.kind == MESSAGE_REQUEST && str_equal(at->message.id, id)) {
            return take_after(queue, before);
        }
    }
    return NULL;
}

bool queue_edits(const struct queue *queue, struct str path) {
    const struct waiting *at = queue->first;
    while (at != NULL && !(at->edits && str_equal(at->path, path))) {
        at = at->next;
    }
    return at != NULL;
}

bool queue_presses(const struct queue *queue) {
    struct waiting *before;
    return first_pressing(queue, &before) != NULL;
}
