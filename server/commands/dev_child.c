/* Children that do not outlive their parent. */
#include "server/commands/dev_child.h"

#include "parser/base/vec.h"
#include "server/commands/command.h"

#include <errno.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#ifdef __linux__
#include <sys/prctl.h>

const char *const *dev_child_words(struct arena *arena, const char *const *words) {
    VEC(const char *) all = {NULL, 0, 0};
    vec_push(arena, &all, "/proc/self/exe");
    vec_push(arena, &all, DEV_CHILD_WORD);
    vec_push(arena, &all, arena_printf(arena, "%ld", (long)getpid()).data);
    for (; *words != NULL; words++) {
        vec_push(arena, &all, *words);
    }
    vec_push(arena, &all, NULL);
    return all.items;
}

/* False when the parent has ended already. */
static bool end_with(long parent) { return prctl(PR_SET_PDEATHSIG, SIGKILL) == 0 && getppid() == parent; }

#else

const char *const *dev_child_words(struct arena *arena, const char *const *words) { return words; }

static bool end_with(long parent) { return getppid() == parent; }

#endif

int dev_child_become(int argc, char **argv) {
    if (argc < 4 || !end_with(strtol(argv[2], NULL, 10))) {
        return COMMAND_MISUSED;
    }
    execv(argv[3], argv + 3);
    return command_failed("%s cannot be started: %s", argv[3], strerror(errno));
}
