/* scan: finds Tova source files on disk.
 *
 * Hidden folders, node_modules and symbolic links to folders are left out; depth and count are limited (limits.h). Reads
 * names and file contents, changes nothing, runs nothing.
 */
#ifndef TOVA_SERVER_SCAN_H
#define TOVA_SERVER_SCAN_H

#include "parser/base/arena.h"
#include "parser/base/str.h"
#include "parser/base/vec.h"
#include "parser/text/text.h"

#include <stdbool.h>
#include <stdint.h>
#include <time.h>

struct scan_files {
    VEC(struct str) list; /* absolute, normalised paths, in order */
    bool truncated;       /* a limit was reached */
};

/* The `.tova` files directly in a folder, in order. Lives in the arena; empty for a folder that cannot be read. */
struct scan_files scan_package(struct arena *arena, struct str folder);

/* The `.tova` files below a folder, in order of their path; one file gives itself. Lives in the arena. */
struct scan_files scan_tree(struct arena *arena, struct str path);

/* Puts a list in order and drops what stands twice. */
void scan_sort(struct scan_files *files);

/* The folders that hold the files of a list (so each is a package), in order, each once. Lives in the arena. */
struct scan_files scan_packages(struct arena *arena, const struct scan_files *files);

/* The absolute, normalised form of a path that may be relative to the working folder; symbolic links stay as they are.
 * Lives in the arena. */
struct str scan_absolute(struct arena *arena, struct str path);

enum scan_read { SCAN_READ, SCAN_MISSING, SCAN_TOO_LARGE, SCAN_UNREADABLE };

/* Reads a regular file (a byte order mark is dropped). Writes *text, a new text with one reference, only for SCAN_READ. */
enum scan_read scan_read_file(struct str path, struct text **text);

/* Of a file before it was read. */
struct scan_status {
    uint64_t size; /* bytes */
    struct timespec modified;
};

/* The same, with the status of a regular file, whether it could be read or not; zeroed else. */
enum scan_read scan_read_file_status(struct str path, struct text **text, struct scan_status *status);

#endif
