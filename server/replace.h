/* replace: a whole folder put into the place of another in one step, so that nobody sees half of either.
 *
 * The new folder carries a mark (a file of one name) that says which program made it; a folder that has none is somebody's
 * own and is never replaced. Follows no symbolic links. Prints nothing.
 */
#ifndef TOVA_SERVER_REPLACE_H
#define TOVA_SERVER_REPLACE_H

#include "parser/base/arena.h"
#include "parser/base/str.h"

#include <stdbool.h>

/* May a folder at `place` (absolute) be replaced? True when nothing is there, or an empty folder, or one with the mark. */
bool replace_is_allowed(struct arena *arena, struct str place);

/* Makes an empty folder with the mark beside `place`, with the folders above it; empty, with errno, when that fails. Lives in
 * the arena. */
struct str replace_begin(struct arena *arena, struct str place);

/* Puts the folder that replace_begin made into its place and removes what was there. False, with errno and everything as it
 * was, when that fails. */
bool replace_end(struct str made, struct str place);

/* Removes a folder and everything in it; links are removed, not followed. */
void replace_remove(struct str folder);

#endif
