/* process: child processes, started from an argument array and never through a shell.
 *
 * A child has a pipe as standard input (closing it tells a well-behaved child to end), its two outputs arrive as lines, and
 * it may have one pipe more on descriptor 3 for messages to its parent. The order is: lines while it runs, then exactly
 * one `ended`, after the last line. A child that outlives its grace period is killed.
 */
#ifndef TOVA_SERVER_IO_PROCESS_H
#define TOVA_SERVER_IO_PROCESS_H

#include "parser/base/arena.h"
#include "parser/base/str.h"
#include "server/io/loop.h"

#include <stdbool.h>
#include <stdint.h>

enum process_stream {
    PROCESS_STDOUT,
    PROCESS_STDERR,
    PROCESS_MESSAGE, /* what the child writes to descriptor 3 */
    PROCESS_STREAM_COUNT
};

struct process_options {
    const char *const
        *arguments; /* ends with NULL; the first is the program, looked up in PATH unless it has a slash */
    const char *const *environment; /* "NAME=value" entries set on top of this process's own, ends with NULL; or NULL */
    const char *folder;             /* working folder, or NULL for this process's own */
    bool message_pipe;              /* give it a pipe on descriptor 3 */
    bool inherit_input;             /* its standard input is this process's own instead of a pipe */
};

struct process_events {
    void *context;
    /* One line without its end; a line longer than 64 KiB comes in pieces; the last one may lack its end. */
    void (*line)(void *context, enum process_stream stream, struct str line);
    /* It has ended and everything it wrote has been told. `signal` is 0, or what killed it. Destroying is allowed here. */
    void (*ended)(void *context, int64_t status, int signal);
};

struct process;

/* Starts a child; NULL when that fails, and *error (lives in arena) then says why in one sentence without the program's
 * name. Borrows options for the call only. Caller destroys. */
struct process *process_start(struct loop *loop, const struct process_options *options,
                              const struct process_events *events, struct arena *arena, struct str *error);

/* Writes to its standard input; copies the bytes. Bytes that the child never reads are lost. */
void process_write(struct process *process, struct str bytes);

/* Asks it to end: closes its standard input and sends SIGTERM; SIGKILL after `grace` milliseconds. `ended` follows. */
void process_stop(struct process *process, uint64_t grace);

/* Kills it when it still runs; no event follows. NULL is allowed. */
void process_destroy(struct process *process);

#endif
