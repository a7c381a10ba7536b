/* compiled: a text as a program of its own with everything that is said about it and emitted of it; what the fuzz target
 * `emit` and the judge of generated programs share. */
#ifndef TOVA_TESTS_FUZZ_COMPILED_H
#define TOVA_TESTS_FUZZ_COMPILED_H

#include "analysis/program.h"
#include "codegen/emit.h"

struct compiled {
    struct arena arena;
    struct atom_table *atoms;
    struct syntax_tree *tree;
    struct program *program;
    struct emission emission;
    unsigned errors; /* diagnostics that are errors */
};

/* Compiles a text as `/app/app.tova`. The parser may serve many texts; compiled_clear frees what was made. */
void compiled_make(struct compiled *compiled, struct syntax_parser *parser, struct str source);
void compiled_clear(struct compiled *compiled);

#endif
