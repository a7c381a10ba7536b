/* watch: tells when files below folders change, in batches.
 *
 * Folders are watched with everything below them, also folders that appear later. Hidden folders and node_modules are left
 * out. Changes that follow each other closely become one batch; a path is named once in a batch. What happened to a path is
 * for the receiver to find out: a batch is a hint, never a promise.
 */
#ifndef TOVA_SERVER_IO_WATCH_H
#define TOVA_SERVER_IO_WATCH_H

#include "parser/base/str.h"
#include "server/io/loop.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct watch;

struct watch_options {
    uint64_t settle;  /* milliseconds without a change that end a batch */
    uint64_t longest; /* milliseconds after which a batch ends however busy the folder is */
    /* The absolute paths that changed; valid during the call. */
    void (*changed)(void *context, const struct str *paths, size_t count);
    void *context;
};

/* Watches nothing yet. Caller destroys. */
struct watch *watch_create(struct loop *loop, const struct watch_options *options);

/* Adds the folder (absolute path) and what is below it; false when the folder itself cannot be watched. Folders beyond
 * what the system allows are left out. */
bool watch_add(struct watch *watch, struct str folder);

/* Stops watching; no batch follows. NULL is allowed. */
void watch_destroy(struct watch *watch);

#endif
