/* transport: bytes from and to the client over two descriptors of any kind: pipe, socket, terminal, file, /dev/null.
 *
 * Knows nothing of messages. Written bytes are queued and sent in order; while a slow client has more than a few megabytes
 * unread, nothing more is read from it and transport_is_congested() tells whoever writes of his own accord to wait, so that
 * what is queued stays bounded.
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
    /* The client has read most of what it was sent: it is congested no more. May be NULL. */
    void (*drained)(void *context);
};

/* Starts reading `input`. The descriptors stay the caller's but must live as long as the transport. Caller destroys. */
struct transport *transport_create(struct loop *loop, int input, int output, const struct transport_events *events);

/* Queues bytes; copies them. After the client has gone they are dropped. */
void transport_write(struct transport *transport, struct str bytes);

/* Has the client so much unread that it should be sent no more? Until `drained`. */
bool transport_is_congested(const struct transport *transport);

/* Is there nobody left who reads? */
bool transport_is_broken(const struct transport *transport);

/* Reads what has come by now, without waiting, and gives it to `bytes` (or tells `ended`); for long work between two turns of the
 * loop. */
void transport_poll(struct transport *transport);

/* Stops reading, or goes on with it. */
void transport_hold(struct transport *transport, bool hold);

/* Stops reading and calls back once everything queued is sent or cannot be sent any more; `ended` does not follow. */
void transport_close(struct transport *transport, void (*closed)(void *context), void *context);

/* NULL is allowed. What is still queued is dropped. */
void transport_destroy(struct transport *transport);

#endif
