/* output_lock: which process may write into an output folder.
 *
 * Two locks, each an flock on a hidden file of the top folder, which therefore end with their process however it ends. The one for
 * writing is held while one set of outputs is written, so that those of two processes never mix. The one for watching is held
 * by a command that keeps the folder up to date for as long as it runs (`tova dev`, `tova build --watch`); what would be written
 * without being asked for (compile on save) is then left to it. Both files say who holds them. A folder in which nothing can be locked (it is read-only, the disk is full) is
 * no reason to stop: what is written there says better what is wrong.
 */
#ifndef TOVA_SERVER_OUTPUT_LOCK_H
#define TOVA_SERVER_OUTPUT_LOCK_H

#include "server/output.h"
#include "server/project.h"

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

/* Who writes the outputs of a project. */
struct output_writer {
    const char *who;       /* "tova build" */
    unsigned milliseconds; /* how long it waits for others that write */
    bool beside_watchers;  /* somebody asked for it: it is done although another process keeps the folder up to date */
};

struct output_locks {
    VEC(struct output_lock) list;
    struct str holder; /* who has one of them, when they could not be taken */
    bool watched;      /* and keeps it for as long as it runs */
};

/* Takes the lock for writing on the top folder of each unit of a project. False when somebody has one of them, or watches one
 * where that matters: then none is held. Lives in the arena. */
bool output_locks_take(struct arena *arena, const struct project *project, const struct output_writer *writer,
                       struct output_locks *locks);
void output_locks_release(struct output_locks *locks);

/* The locks of a command that watches: adds those on top folders of the project that it has not got yet. False when another
 * process watches one of them; *holder is which. The arena must outlive the locks. */
struct output_watches {
    VEC(struct str) tops;
    VEC(struct output_lock) list;
};
bool output_watches_add(struct arena *arena, struct output_watches *watches, const struct project *project,
                        const char *who, struct str *holder);
void output_watches_release(struct output_watches *watches);

/* Does some other process keep the folder up to date? Writes *holder as above, and makes no folder. */
bool output_lock_is_watched(struct arena *arena, const struct output_place *place, struct str *holder);

#endif
