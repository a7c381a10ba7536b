/* Where Bun is. */
#include "server/commands/bun.h"

#include "server/commands/command.h"

#include <stdlib.h>
#include <unistd.h>

/* Is there a program of this name in a folder? An empty folder of a PATH is the working folder. */
static bool is_in(struct arena *arena, struct str folder, const char *name, const char **path) {
    struct str whole = folder.size > 0 ? arena_printf(arena, "%.*s/%s", STR_ARGUMENTS(folder), name)
                                       : arena_printf(arena, "./%s", name);
    if (access(whole.data, X_OK) != 0) {
        return false;
    }
    *path = whole.data;
    return true;
}

bool bun_find(struct arena *arena, const char **path) {
    const char *named = getenv("TOVA_BUN");
    if (named != NULL && named[0] != '\0') {
        if (access(named, X_OK) == 0) {
            *path = arena_str(arena, str_from_c(named)).data;
            return true;
        }
        command_failed("TOVA_BUN names %s, which is no program that can be run.", named);
        return false;
    }
    struct str folders = str_from_c(getenv("PATH"));
    for (size_t start = 0; start < folders.size;) {
        size_t end = str_find(folders, ':', start);
        if (is_in(arena, str_slice(folders, start, end), "bun", path)) {
            return true;
        }
        start = end + 1;
    }
    command_failed("Bun is needed to run applications, and there is no `bun` on the PATH.\n"
                   "  Install it with `npm install --global bun` or as https://bun.sh tells,\n"
                   "  or set TOVA_BUN to the path of one that you have.");
    return false;
}
