/* dev_child: what makes a child process end with this one, however this one ends.
 *
 * A child that is killed cannot tell its children, and one that is busy does not see that its standard input has ended. On
 * Linux the system does it: the child asks to be killed with its parent before it becomes the program. That has to happen
 * between fork and exec, so the child starts as `tova --child-of NUMBER PROGRAM ARGUMENT...`.
 */
#ifndef TOVA_SERVER_COMMANDS_DEV_CHILD_H
#define TOVA_SERVER_COMMANDS_DEV_CHILD_H

#include "parser/base/arena.h"

#define DEV_CHILD_WORD "--child-of"

/* The words that start a program so; `words` ends with NULL, as does the result, which lives in the arena. */
const char *const *dev_child_words(struct arena *arena, const char *const *words);

/* What main does with those words: becomes the program. Returns the exit status when that fails. */
int dev_child_become(int argc, char **argv);

#endif
