/* build_watch: a loop around builds. */
#include "server/commands/build_watch.h"

#include "parser/base/xalloc.h"
#include "server/commands/command.h"
#include "server/io/loop.h"
#include "server/io/watch.h"
#include "server/output_lock.h"

#include <signal.h>
#include <stdio.h>

enum { SETTLE_MILLISECONDS = 40, LONGEST_MILLISECONDS = 400 };

struct build_watch {
    struct arena arena;
    struct str folder;
    struct output_watches held;
    struct loop *loop;
    struct watch *watch;
    int (*build)(void *context, bool *refused);
    void *context;
    int status;
};

struct build_watch *build_watch_create(struct str folder) {
    struct build_watch *watch = xcalloc(1, sizeof *watch);
    watch->folder = arena_str(&watch->arena, folder);
    return watch;
}

void build_watch_destroy(struct build_watch *watch) {
    output_watches_release(&watch->held);
    arena_finish(&watch->arena);
    xfree(watch);
}

bool build_watch_hold(struct build_watch *watch, const struct project *project, const char *who, struct str *holder) {
    return output_watches_add(&watch->arena, &watch->held, project, who, holder);
}

static bool build(struct build_watch *watch) {
    bool refused = false;
    watch->status = watch->build(watch->context, &refused);
    fflush(stdout);
    return !refused;
}

/* Only sources count: what is written is watched too when it is asked for with -o. */
static void on_change(void *context, const struct str *paths, size_t count) {
    struct build_watch *watch = context;
    for (size_t i = 0; i < count; i++) {
        if (str_ends_with(paths[i], STR(".tova")) || str_ends_with(paths[i], STR("tova.toml"))) {
            build(watch);
            return;
        }
    }
}

static void on_signal(void *context, int number) {
    struct build_watch *watch = context;
    (void)number;
    loop_stop(watch->loop);
}

int build_watch_run(struct build_watch *watch, int (*build_function)(void *context, bool *refused), void *context) {
    static const int ends[] = {SIGINT, SIGTERM, SIGHUP};
    struct watch_options options = {SETTLE_MILLISECONDS, LONGEST_MILLISECONDS, on_change, watch};
    watch->build = build_function;
    watch->context = context;
    watch->loop = loop_create();
    loop_ignore_broken_pipes();
    for (size_t i = 0; i < sizeof ends / sizeof *ends; i++) {
        loop_on_signal(watch->loop, ends[i], on_signal, watch);
    }
    watch->watch = watch_create(watch->loop, &options);
    if (!watch_add(watch->watch, watch->folder)) {
        watch->status = command_failed("%.*s cannot be watched.", STR_ARGUMENTS(watch->folder));
    } else if (build(watch)) {
        loop_run(watch->loop);
    }
    watch_destroy(watch->watch);
    loop_destroy(watch->loop);
    return watch->status;
}
