/* kept: what the declarations of a program were emitted to before, so that those that have not changed are neither lowered nor
 * printed nor mapped again.
 *
 * What a declaration becomes follows from three things: its own code; its surroundings, which are all that code elsewhere
 * can see of the rest of the program; and what the declarations in front of it have added to the output (imports, names).
 * Each is one hash. Bodies of functions, components and effects belong to no surroundings but for what others read of them
 * (kept_surroundings), so typing in one of them changes that declaration alone. Programs that import from others keep nothing.
 * Like those of printed.h the hashes are good enough for what is shown, not for what is written to files.
 */
#ifndef TOVA_CODEGEN_KEPT_H
#define TOVA_CODEGEN_KEPT_H

#include "codegen/js.h"
#include "codegen/runtime.h"

#include <stdbool.h>
#include <stdint.h>

/* Something that an output imports. */
enum import_source { IMPORT_RUNTIME, IMPORT_SHARED, IMPORT_FOREIGN };
struct import {
    enum import_source source;
    enum runtime_module module; /* IMPORT_RUNTIME */
    struct str from;            /* IMPORT_FOREIGN: the path of the other program's output */
    struct str name, local;
};

/* The lines of one declaration, and what it was the first to import. */
struct kept_member {
    uint64_t key;
    uint32_t line, line_end;     /* of the list of printed lines */
    uint32_t import, import_end; /* of the list of imports */
    uint64_t changes;            /* the emitter's, behind it */
    uint32_t start;              /* where it began in its source, in bytes */
};

/* A name that the output asked for before it made one up: what uses it had then. */
struct asked_name {
    struct str name;
    unsigned uses;
};

/* What is known of an output when it is emitted again. */
struct kept_output {
    VEC(struct kept_member) members; /* in order of their keys */
    VEC(struct import) imports;      /* in their order in the output */
    VEC(struct asked_name) asked;
    uint64_t whole;      /* hash of all that it was made of; 0: nothing is known */
    bool lowered_broken; /* something in it could not be emitted, whatever the diagnostics say */
    bool dropped;        /* a second declaration was taken out of it */
};

/* Statements of one declaration in the output that is made. */
struct kept_run {
    uint64_t key;
    const struct js *first;
    unsigned count;
    uint32_t file;
    struct span span;               /* of the declaration and what stands around it, in its source */
    uint32_t start;                 /* of the declaration itself */
    uint32_t import, import_end;    /* what it has added to the imports */
    uint64_t changes;               /* the emitter's, behind it */
    const struct kept_member *from; /* `first` is a KEPT that stands for its lines; else NULL */
    uint32_t line, line_end;        /* once they are printed; none when they cannot be kept */
};
struct kept_runs {
    VEC(struct kept_run) of;
};

struct emitter;
struct member;
struct program;

/* What code can see of a program outside of its own declaration; 0 when that cannot be said. `common` has what the outputs of
 * one emission share. */
uint64_t kept_surroundings(const struct emitter *common);

/* What an output is made of, once its members are collected; 0 when that cannot be said. Notes with each member what that is, with
 * the comments above and behind it. */
uint64_t kept_hash_of_output(struct emitter *e);

/* Looks whether names that were asked for are still what they were; only then is anything kept. */
void kept_start(struct emitter *e);

/* Notes that the output asked what uses a name has. */
void kept_note_asked(struct emitter *e, struct str name, unsigned uses);

/* What of a member is kept: its declaration, with a big one in front of it or not; or what follows all declarations. */
enum kept_context { KEPT_BEHIND_SMALL, KEPT_BEHIND_BIG, KEPT_ENDPOINT };

/* The key of the member that is lowered next, `context` being what else its statements depend on; 0: it cannot be kept. The first
 * statement of an output is not kept: what stands above it is no affair of its own. */
uint64_t kept_key(const struct emitter *e, const struct member *member, enum kept_context context);

/* What was kept under a key, or NULL. */
const struct kept_member *kept_find(const struct emitter *e, uint64_t key);

/* Adds a statement for the lines of a declaration, and its imports. */
void kept_take(struct emitter *e, const struct kept_member *kept);

/* Where an output stands in front of a declaration. */
struct kept_mark {
    unsigned statements, imports, lasting;
};
struct kept_mark kept_mark(const struct emitter *e);

/* Keeps what `member` has become since the mark, unless it was nothing or has left more behind than statements and imports. `from`
 * is what was taken of an earlier emission, or NULL. */
void kept_add_run(struct emitter *e, uint64_t key, const struct member *member, struct kept_mark mark,
                  const struct kept_member *from);

/* Remembers the runs that have been printed, for the next emission. */
void kept_finish(struct emitter *e);

#endif
