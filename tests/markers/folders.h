/* folders: what stands in a folder, in an order that is the same everywhere. */
#ifndef TOVA_TESTS_MARKERS_FOLDERS_H
#define TOVA_TESTS_MARKERS_FOLDERS_H

#include "parser/base/str.h"

/* Calls visit for everything in the folder whose name does not begin with a dot, by its path, in order. The path lives for the
 * call; where there is no such folder, there is none. */
void folders_each(const char *folder, void (*visit)(void *context, struct str path), void *context);

#endif
