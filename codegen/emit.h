/* emit: a program to its JavaScript files, in memory.
 *
 * Deterministic: the same sources give the same bytes. Touches no disk. A block with syntax or semantic errors
 * is emitted as far as it can be: the part that cannot becomes a comment that says so, every other block is whole, and
 * `broken` tells it, so that whoever writes files can keep the last good one.
 */
#ifndef TOVA_CODEGEN_EMIT_H
#define TOVA_CODEGEN_EMIT_H

#include "analysis/program.h"
#include "codegen/kept.h"
#include "codegen/printed.h"
#include "codegen/runtime.h"
#include "codegen/source_map.h"
#include "parser/base/stop.h"
#include "parser/base/strbuf.h"

enum output_kind { OUTPUT_SHARED, OUTPUT_SERVER, OUTPUT_CLIENT, OUTPUT_MODULE };

/* One emitted file. */
struct output {
    enum output_kind kind;
    struct block_key block;       /* BLOCK_MODULE for OUTPUT_MODULE */
    struct str name;              /* file name without folder: "app.server.api.js" */
    struct str label;             /* for people: "server:api", "browser", "shared" */
    struct strbuf code;           /* without the sourceMappingURL line; owned by the emission */
    struct source_map map;
    struct printed_list printed;  /* its lines, where the options have `before` */
    struct runtime_set runtime;   /* the modules that it imports directly */
    struct kept_output kept;      /* the declarations behind them */
    bool broken;                  /* something in it could not be emitted */
    bool empty;                   /* there is no code in it */
    uint32_t port;                /* default port, for OUTPUT_SERVER */
    uint32_t cases;               /* of tests or benchmarks in it */
};

/* What becomes of `test` and `bench` blocks. Where they are emitted, servers do not listen. */
enum emit_cases { EMIT_NO_CASES, EMIT_TESTS, EMIT_BENCHES };

/* A place that no output could be made of, though nothing else says that it is wrong. */
struct emission_gap {
    uint32_t file;   /* of the program */
    struct span span;
    struct str what; /* "a default export" */
};

struct emission {
    struct str base;              /* "app" */
    struct str below;             /* as in the options */
    struct output *outputs;       /* shared first, then servers in order of their ports, then clients, or one module */
    uint32_t count;
    VEC(struct emission_gap) gaps; /* in no order, none twice */
    struct arena arena;
};

struct emit_options {
    struct str base;              /* base name of the outputs: the file's, or the directory's where several files merge */
    /* Per program file what is wrong in it, or NULL. An error breaks the outputs of the block that it stands in; one that
     * stands in no block breaks the module level's, and, when it is one of syntax, those of every block of its file. */
    const struct diagnostic_list *diagnostics;
    enum emit_cases cases;
    bool describe;                /* of servers only what runtime/openapi.js makes a document of: the body of a function that
                                     returns it (runtime/describe.js) */
    uint32_t first_port;          /* default port of the first server; 0 means 3000 */
    struct str below;             /* where the outputs go, below the folder that holds `runtime`; empty: there itself */
    struct str folder;            /* the same as an absolute path, for imports of files that are no outputs; may be empty */
    struct stop stop;             /* asked every few statements */
    const struct emission *before; /* an earlier one, of whatever program, of which what has not changed may be taken over
                                      (kept.h, printed.h); an empty one to begin with; NULL where nothing is emitted again */
};

/* Emits every output of the program. Caller finishes the emission, which keeps nothing of the program. */
void emit_program(struct program *program, const struct emit_options *options, struct emission *emission);

/* Finds out what no output can be made of, and no more: `gaps` are those of emit_program(), whose other steps report none, and of
 * the outputs what a plan has of them. `before` is no option. */
void emit_gaps(struct program *program, const struct emit_options *options, struct emission *emission);

/* The steps of emit_program(), for callers that do not need the text of every output. The plan has everything that can be known
 * of outputs without making them: not their code, map, runtime modules and whether they are broken. */
void emit_plan(struct program *program, const struct emit_options *options, struct emission *emission);
/* Makes the planned outputs. `wanted` NULL: all; else by the index of an output: the code and the map of the others stay empty,
 * everything else of them is known. The options are those of the plan. False when it was stopped: the emission then holds
 * nothing to be used. */
bool emit_planned(struct program *program, const struct emit_options *options, struct emission *emission,
                  const bool *wanted);
void emission_finish(struct emission *emission);

/* The output of this file name, or NULL. */
const struct output *emission_output(const struct emission *emission, struct str name);

/* The output of a block ("server.api", "server", "client", "browser", "shared", or a file name), or NULL. */
const struct output *emission_find(const struct emission *emission, struct str name);

/* The whole file as it is written: the code and the line that names its map. Appends. */
void output_file_text(const struct output *output, struct strbuf *file);

/* The map as JSON, `sources` relative to `output_folder` (absolute). Appends. */
void output_map_text(const struct output *output, struct str output_folder, struct strbuf *json);

#endif
