/* compiled: parse, analyze, check, emit. */
#include "tests/fuzz/compiled.h"

#include "analysis/analyze.h"
#include "analysis/check.h"

void compiled_make(struct compiled *compiled, struct syntax_parser *parser, struct str source) {
    *compiled = (struct compiled){.atoms = atom_table_create()};
    arena_init(&compiled->arena);
    struct text *text = text_create(source);
    compiled->tree = syntax_parse(parser, text);
    text_unref(text);
    struct file_analysis **files = arena_array(&compiled->arena, struct file_analysis *, 1);
    files[0] = analyze(&compiled->arena, compiled->atoms, STR("/app/app.tova"), compiled->tree);
    compiled->program = program_create(&compiled->arena, compiled->atoms, files, 1);
    struct diagnostic_list *found = arena_new(&compiled->arena, struct diagnostic_list);
    *found = check_file(&compiled->arena, files[0], compiled->program->package, NULL);
    for (unsigned i = 0; i < found->list.count; i++) {
        compiled->errors += found->list.items[i].severity == SEVERITY_ERROR;
    }
    struct emit_options options = {.base = STR("app"), .diagnostics = found};
    emit_program(compiled->program, &options, &compiled->emission);
}

void compiled_clear(struct compiled *compiled) {
    emission_finish(&compiled->emission);
    program_finish(compiled->program);
    syntax_tree_destroy(compiled->tree);
    arena_finish(&compiled->arena);
    atom_table_destroy(compiled->atoms);
}
