/* daemon: a `tova lsp` as a child, and the conversation with it, one question at a time.
 *
 * Waits for answers instead of running an event loop: whoever uses it has nothing else to do. Nothing is waited for longer than half a
 * minute.
 */
#ifndef TOVA_SERVER_COMMANDS_DAEMON_H
#define TOVA_SERVER_COMMANDS_DAEMON_H

#include "server/lsp/client.h"

#include <stdbool.h>
#include <sys/types.h>

struct daemon {
    struct client client;
    pid_t process;     /* 0: none */
    int input, output; /* ours of the daemon's standard input and output */
};

/* Starts `program lsp`. False after saying on standard error why that failed. Caller finishes in any case. */
bool daemon_start(struct daemon *daemon, const char *program);

/* Ends the daemon, by force when it has not ended by itself, and gives its exit status, or -1. */
int daemon_finish(struct daemon *daemon);

/* Sends what the client holds and gives the first message for which `wanted` says yes; others are dropped. False when the
 * daemon is gone or takes too long. Caller finishes the message. */
bool daemon_wait(struct daemon *daemon, struct arena *arena,
                      bool (*wanted)(void *context, struct arena *arena, const struct message *message), void *context,
                      struct message *message);

/* The same for the answer to a request. */
bool daemon_answer(struct daemon *daemon, struct arena *arena, uint32_t id, struct message *message);

#endif
