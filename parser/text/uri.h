/* uri: `file:` addresses of the protocol to paths and back. */
#ifndef TOVA_PARSER_TEXT_URI_H
#define TOVA_PARSER_TEXT_URI_H

#include "parser/base/arena.h"
#include "parser/base/str.h"

#include <stdbool.h>

/* The normalised absolute path of a `file://` URI, percent-decoded; false for other schemes, other hosts, malformed
 * escapes or an encoded NUL, and *path is then not written. Lives in the arena. */
bool uri_to_path(struct arena *arena, struct str uri, struct str *path);

/* The `file://` URI of an absolute path, everything but unreserved characters and "/" percent-encoded (RFC 3986). Lives in
 * the arena. */
struct str uri_from_path(struct arena *arena, struct str path);

#endif
