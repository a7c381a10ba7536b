/* bun: finds the program that runs what the compiler emits: $TOVA_BUN, else `bun` on the PATH. */
#ifndef TOVA_SERVER_COMMANDS_BUN_H
#define TOVA_SERVER_COMMANDS_BUN_H

#include "parser/base/arena.h"

#include <stdbool.h>

/* The path of Bun. False when there is none, after saying on standard error how to get it. Lives in the arena. */
bool bun_find(struct arena *arena, const char **path);

#endif
