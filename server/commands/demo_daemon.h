/* demo_daemon: a `tova lsp` as a child, and the conversation with it, one question at a time.
 *
 * Waits for answers instead of running an event loop: the demo has nothing else to do. Nothing is waited for longer than a
 * few seconds.
 */
#ifndef TOVA_SERVER_COMMANDS_DEMO_DAEMON_H
#define TOVA_SERVER_COMMANDS_DEMO_DAEMON_H

#include "server/lsp/client.h"

#include <stdbool.h>
#include <sys/types.h>

struct demo_daemon {
    struct client client;
    pid_t process;     /* 0: none */
    int input, output; /* ours of the daemon's standard input and output */
};

/* Starts `program lsp`. False after saying on standard error why that failed. Caller finishes in any case. */
bool demo_daemon_start(struct demo_daemon *daemon, const char *program);

/* Ends the daemon, by force when it has not ended by itself, and gives its exit status, or -1. */
int demo_daemon_finish(struct demo_daemon *daemon);

/* Sends what the client holds and gives the first message for which `wanted` says yes; others are dropped. False when the
 * daemon is gone or takes too long. Caller finishes the message. */
bool demo_daemon_wait(struct demo_daemon *daemon, struct arena *arena,
                      bool (*wanted)(void *context, struct arena *arena, const struct message *message), void *context,
                      struct message *message);

/* The same for the answer to a request. */
bool demo_daemon_answer(struct demo_daemon *daemon, struct arena *arena, uint32_t id, struct message *message);

#endif
