/* program: Tova text to an emission in one call, for the tests of this folder. */
#ifndef TOVA_TESTS_UNIT_CODEGEN_PROGRAM_H
#define TOVA_TESTS_UNIT_CODEGEN_PROGRAM_H

#include "analysis/analyze.h"
#include "codegen/emit.h"

enum { PROGRAM_FILES = 8 };

struct program_case {
    struct arena arena;
    struct atom_table *atoms;
    struct syntax_parser *parser;
    struct syntax_tree *trees[PROGRAM_FILES];
    struct file_analysis *files[PROGRAM_FILES];
    uint32_t count;
    struct program *program;
    struct emission emission;
};

/* Emits the sources as /app/0.tova, /app/1.tova …; ends with NULL. */
static inline void program_emit(struct program_case *c, const char *const *sources, const struct emit_options *options) {
    *c = (struct program_case){.atoms = atom_table_create(), .parser = syntax_parser_create()};
    arena_init(&c->arena);
    for (; sources[c->count] != NULL && c->count < PROGRAM_FILES; c->count++) {
        struct text *text = text_create(str_from_c(sources[c->count]));
        c->trees[c->count] = syntax_parse(c->parser, text);
        text_unref(text);
        struct str path = arena_printf(&c->arena, "/app/%u.tova", (unsigned)c->count);
        c->files[c->count] = analyze(&c->arena, c->atoms, path, c->trees[c->count]);
    }
    c->program = program_create(&c->arena, c->atoms, c->files, c->count);
    emit_program(c->program, options, &c->emission);
}

static inline void program_end(struct program_case *c) {
    emission_finish(&c->emission);
    program_finish(c->program);
    for (uint32_t i = 0; i < c->count; i++) {
        syntax_tree_destroy(c->trees[i]);
    }
    syntax_parser_destroy(c->parser);
    atom_table_destroy(c->atoms);
    arena_finish(&c->arena);
}

#endif
