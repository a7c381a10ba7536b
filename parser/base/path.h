/* path: slash-separated file paths as text; touches no file system.
 *
 * Results live in the arena given, NUL-terminated behind their size, normalised: no "//", no "." parts, ".." resolved as
 * text, no slash at the end (but "/" itself).
 */
#ifndef TOVA_PARSER_BASE_PATH_H
#define TOVA_PARSER_BASE_PATH_H

#include "parser/base/arena.h"
#include "parser/base/str.h"

/* path without redundant parts. */
struct str path_normalise(struct arena *arena, struct str path);

/* child below parent; an absolute child wins. */
struct str path_join(struct arena *arena, struct str parent, struct str child);

/* Everything before the last slash ("/" for the top, "." for a bare name). Lives in the arena. */
struct str path_parent(struct arena *arena, struct str path);

/* The last part. Borrows from path. */
struct str path_name(struct str path);

/* The last part without its last ".ext". Borrows from path. */
struct str path_stem(struct str path);

/* Is `path` the folder `parent` or something below it? Both normalised. */
bool path_is_below(struct str path, struct str parent);

/* `path` as seen from the folder `base`, with "../" where needed; both absolute and normalised. */
struct str path_relative(struct arena *arena, struct str base, struct str path);

#endif
