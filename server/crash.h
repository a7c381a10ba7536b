/* crash: what is left for people when the process dies of a bad address or a failed assertion.
 *
 * The last messages are remembered without their texts: of a JSON string only its length stays, but for names of members and of
 * methods. When a signal ends the process they are written to a file beneath a folder, and the next process tells where. The
 * signal's handler calls nothing but what POSIX allows there, and then lets the signal have its effect.
 *
 * A handler gets no argument, so this is the one module with a global: the crash that is watched for, one a process.
 */
#ifndef TOVA_SERVER_CRASH_H
#define TOVA_SERVER_CRASH_H

#include "parser/base/arena.h"
#include "parser/base/str.h"

#include <stdbool.h>
#include <stdint.h>

enum { CRASH_MESSAGES = 32, CRASH_MESSAGE_BYTES = 400, CRASH_PATH_BYTES = 1024 };

struct crash_message {
    uint64_t at; /* milliseconds since the start */
    uint64_t size;
    uint32_t shown;
    char text[CRASH_MESSAGE_BYTES];
};

struct crash {
    char folder[CRASH_PATH_BYTES]; /* empty: nothing is written */
    char path[CRASH_PATH_BYTES + 64]; /* of the report to be */
    const char *version;
    struct crash_message messages[CRASH_MESSAGES];
    uint32_t count; /* of all messages so far */
    void *stack;    /* on which the handler runs: the process's own may be used up */
};

/* Watches for the end by SIGSEGV, SIGBUS, SIGFPE, SIGILL and SIGABRT; reports go into `folder`, an absolute path, which is made
 * then. NULL, or a path that is too long: nothing is watched. `crash` has to stay until crash_finish. */
void crash_init(struct crash *crash, const char *folder, const char *version);
void crash_finish(struct crash *crash);

/* Remembers a message. */
void crash_remember(struct crash *crash, uint64_t milliseconds, struct str body);

/* The shape of a JSON text: at most `capacity` bytes, strings as `"…12"`, where 12 is how many bytes they had. Returns how many
 * bytes were written. */
uint32_t crash_shape(struct str json, char *out, uint32_t capacity);

/* The path of a report that nobody has been told of; from now on it counts as told. False when there is none. Lives in the
 * arena. */
bool crash_take_report(struct arena *arena, const char *folder, struct str *path);

#endif
