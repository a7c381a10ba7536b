/* async: which functions of linked programs must be async, and which calls are awaited; private to this layer.
 *
 * First each file is read by itself (async_read.c), then the calls of all are followed (async.c), so that several threads can
 * read. Nothing of a file's own but its marks is written while files are read.
 */
#ifndef TOVA_ANALYSIS_ASYNC_H
#define TOVA_ANALYSIS_ASYNC_H

#include "analysis/program.h"
#include "analysis/typer.h"

/* The code outside of all functions, which stands first among the functions of a file. */
enum { ASYNC_OUTSIDE = 0 };

/* When the function called is async, `site` is awaited and `caller` is async too. */
struct async_call {
    struct async_file *file;
    uint32_t caller; /* index of a function of the file */
    node_id site;    /* call or pipe; NODE_NONE when the source awaits already */
    node_id taker;   /* the call or pipe that takes it as a callback; else NODE_NONE */
    bool deaf;       /* the taker uses at once what its callback answers: it is marked, nobody waits */
    const struct file_analysis *callee_file;
    node_id callee;          /* the function called */
    struct async_call *next; /* of the calls of one function */
};

/* A node with a body of its own. */
struct async_function {
    node_id node;
    struct async_call *calls; /* of it */
    bool async;
    bool synchronous; /* components and stores: they build a page at once, whatever they call */
};

struct async_file {
    struct file_analysis *analysis;
    VEC(struct async_function) functions; /* in order of their nodes */
    VEC(struct async_call) calls;
    VEC(uint32_t) sure; /* functions that wait whatever else is async */
    struct typer typer;
};

/* Sets analysis->async, which lives in the arena, and the marks of what waits in any case. The links of all files are set.
 * Different files may be read at the same time. */
void async_read(struct arena *arena, struct file_analysis *analysis);

/* Makes a function async; false when it is or cannot be. */
bool async_set(struct async_file *file, uint32_t function);

/* Has a call awaited; true when that makes its caller async, whose calls then have to be awaited too. */
bool async_await(const struct async_call *call);

/* Writes the marks of all files and SYMBOL_ASYNC. The files have been read; what that gave is forgotten. */
void async_infer(struct program_group *group);

#endif
