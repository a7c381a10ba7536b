/* transport: bytes from and to the client over two descriptors of any kind: pipe, socket, terminal, file, /dev/null.
 *
 * Knows nothing of messages. Written bytes are queued and sent in order; while a slow client has more than a few megabytes
 * unread, nothing more is read from it, so the queue stays bounded by what one batch of input can cause.
 */
#ifndef TOVA_SERVER_IO_TRANSPORT_H
#define TOVA_SERVER_IO_TRANSPORT_H

#include "parser/base/str.h"
#include "server/io/loop.h"

#include <stdbool.h>
#include <stddef.h>

struct transport;

struct transport_events {
    void *context;
    /* Bytes have arrived; valid during the call. */
    void (*bytes)(void *context, struct str bytes);
    /* No byte will follow: end of input, or an error of either direction. Once. */
    void (*ended)(void *context);
};

/* Starts reading `input`. The descriptors stay the caller's but must live as long as the transport. Caller destroys. */
struct transport *transport_create(struct loop *loop, int input, int output, const struct transport_events *events);

/* Queues bytes; copies them. After the client has gone they are dropped. */
void transport_write(struct transport *transport, struct str bytes);

/* Bytes that are queued and not sent. */
size_t transport_pending(const struct transport *transport);

/* Stops reading and calls back once everything queued is sent or cannot be sent any more; `ended` does not follow. */
void transport_close(struct transport *transport, void (*closed)(void *context), void *context);

/* NULL is allowed. What is still queued is dropped. */
void transport_destroy(struct transport *transport);

#endif
