/* mirror: a recording of what a client has sent, with the times, in a file that `tova replay` plays.
 *
 * The file begins with the line "tova mirror 1"; then, for each piece as it arrived, a line of microseconds since the start and
 * the number of bytes, the bytes, and a newline. It holds the texts of the user's files and is readable by its owner only.
 */
#ifndef TOVA_SERVER_MIRROR_H
#define TOVA_SERVER_MIRROR_H

#include "parser/base/str.h"

#include <stdbool.h>
#include <stdint.h>

struct mirror {
    int descriptor; /* -1: nothing is recorded */
    uint64_t start; /* clock, nanoseconds */
};

/* Begins a recording, in PATH.2, PATH.3 and so on where there is a file already, so that none is written over: an editor starts its
 * server again with the same words. NULL records nothing. False when no file can be made; then nothing is recorded. */
bool mirror_open(struct mirror *mirror, const char *path, uint64_t now);
void mirror_close(struct mirror *mirror);

/* Records bytes that have arrived just now. What cannot be written is lost, and so is all that follows. */
void mirror_add(struct mirror *mirror, uint64_t now, struct str bytes);

/* Reads a recording: takes the first line off; false when it is none. */
bool mirror_begin(struct str *recording);

/* Takes the next piece off. False at the end, also where the recording breaks off. The piece borrows the recording. */
bool mirror_next(struct str *recording, struct str *bytes, uint64_t *microseconds);

#endif
