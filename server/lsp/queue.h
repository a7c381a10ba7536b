/* queue: the messages that have come and are not handled yet, and which of them is next.
 *
 * A message of lane SYNC changes state or has to be seen in order: nothing passes it, in either direction. Between two of those,
 * requests of lane LATENCY go before those of lane WORKER, and otherwise the order is that of arrival. Knows no handler and
 * answers nothing.
 */
#ifndef TOVA_SERVER_LSP_QUEUE_H
#define TOVA_SERVER_LSP_QUEUE_H

#include "parser/base/arena.h"
#include "server/lsp/jsonrpc.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum lane { LANE_SYNC, LANE_LATENCY, LANE_WORKER };

struct method;

/* A message from its arrival to its answer. */
struct waiting {
    struct waiting *next;
    struct arena arena; /* of all that is made for it */
    struct message message;
    const struct method *method; /* NULL: none is known by this name */
    enum lane lane;
    struct str path;        /* of the document that it is about; empty: of none */
    bool edits;             /* it changes the text of that document, or opens or closes it */
    unsigned interruptions; /* how often it was stopped for something more urgent */
    bool awaits_index;      /* it is of no use to handle it before all files have been read */
    void *state;            /* what a request that is handled in slices keeps between them; in `arena` */
    size_t size;            /* of the body, in bytes */
    uint64_t received;      /* clock when it came */
};

struct queue {
    struct waiting *first, *last;
    struct waiting *spare; /* memory for those to come */
    uint32_t count, spare_count;
    size_t size; /* of all bodies, in bytes */
};

/* A zeroed queue is empty. */
void queue_finish(struct queue *queue);

/* An empty message, the caller's until it is added or released. */
struct waiting *queue_new(struct queue *queue);

/* Gives back a message that is in no queue any more. */
void queue_release(struct queue *queue, struct waiting *waiting);

/* Adds a message behind all others. */
void queue_add(struct queue *queue, struct waiting *waiting);

/* Takes out the message that is next, the caller's then; NULL when there is none. */
struct waiting *queue_take(struct queue *queue);

/* Takes out the message that is next when it is a request of lane LATENCY; NULL when it is not. */
struct waiting *queue_take_urgent(struct queue *queue);

/* Takes out the first message that can be handled although not all files have been read, or (`indexed`) the first one; NULL
 * when there is none. */
struct waiting *queue_take_ready(struct queue *queue, bool indexed);

/* Takes out the request with this id (JSON text); NULL when none that waits has it. */
struct waiting *queue_take_id(struct queue *queue, struct str id);

/* Does some message that waits change the text of this document? */
bool queue_edits(const struct queue *queue, struct str path);

/* Does some message wait that is more urgent than a request of lane WORKER? */
bool queue_presses(const struct queue *queue);

#endif
