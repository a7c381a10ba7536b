/* output_lock: which process may write into an output folder.
 *
 * Two locks, each an flock on a hidden file of the top folder, which therefore end with their process however it ends. The one for
 * writing is held while one set of outputs is written, so that those of two processes never mix. The one for watching is held
 * by a command that keeps the folder up to date for as long as it runs (`tova dev`, `tova build --watch`); others then leave the
 * folder to it. Both files say who holds them. A folder in which nothing can be locked (it is read-only, the disk is full) is
 * no reason to stop: what is written there says better what is wrong.
 */
#ifndef TOVA_SERVER_OUTPUT_LOCK_H
#define TOVA_SERVER_OUTPUT_LOCK_H

#include "server/output.h"

enum output_lock_kind { OUTPUT_LOCK_WRITE, OUTPUT_LOCK_WATCH };

struct output_lock {
    int descriptor; /* of the file; -1: nothing is held */
};

/* Takes a lock on the top folder of a place, for whom is said to others ("tova build"), waiting at most `milliseconds`. False, and
 * *holder is who has it ("tova dev, process 4711"; lives in the arena), when somebody else does. What a process left behind
 * that ended in the middle of writing is removed. Caller releases. */
bool output_lock_take(struct arena *arena, const struct output_place *place, enum output_lock_kind kind, const char *who,
                      unsigned milliseconds, struct output_lock *lock, struct str *holder);

/* What holds nothing may be released too. */
void output_lock_release(struct output_lock *lock);

/* Does some other process keep the folder up to date? Writes *holder as above, and makes no folder. */
bool output_lock_is_watched(struct arena *arena, const struct output_place *place, struct str *holder);

#endif
