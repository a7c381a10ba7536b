/* Asks for the code actions at places all over real programs, makes the edits of each, and looks whether the program has errors
 * that it had not before: run_actions STEP FOLDER..., each folder with programs in folders of their own. Asked are the span of
 * every node, in steps of STEP nodes, and the place of every diagnostic. */
#include "analysis/analyze.h"
#include "analysis/check.h"
#include "parser/base/path.h"
#include "parser/text/position.h"
#include "server/features/code_action.h"
#include "tests/markers/folders.h"
#include "tests/markers/trial.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct source {
    struct str path;
    struct text *text;
    struct syntax_tree *tree;
    struct file_analysis *file;
};

struct run {
    unsigned step, number, failed, actions;
};

struct program {
    struct run *run;
    struct arena arena;
    struct atom_table *atoms;
    struct syntax_parser *parser;
    struct package *package;
    VEC(struct source) sources;
    unsigned errors; /* before any edit */
    unsigned problems;
};

/* ---- loading */

static void add_file(void *context, struct str path) {
    struct program *program = context;
    FILE *file = str_ends_with(path, STR(".tova")) ? fopen(path.data, "rb") : NULL;
    struct strbuf bytes;
    char buffer[4096];
    size_t count;
    if (file == NULL) {
        return;
    }
    strbuf_init(&bytes, 1024 * 1024);
    while ((count = fread(buffer, 1, sizeof buffer, file)) > 0) {
        strbuf_add(&bytes, (struct str){buffer, count});
    }
    fclose(file);
    struct source source = {.path = arena_str(&program->arena, path), .text = text_create(strbuf_str(&bytes))};
    strbuf_finish(&bytes);
    source.tree = syntax_parse(program->parser, source.text);
    source.file = analyze(&program->arena, program->atoms, source.path, source.tree);
    package_put(program->package, summary_create(source.file));
    vec_push(&program->arena, &program->sources, source);
}

static void load(struct program *program, struct str folder) {
    program->atoms = atom_table_create();
    program->parser = syntax_parser_create();
    program->package = package_create(program->atoms);
    folders_each(folder.data, add_file, program);
}

static void unload(struct program *program) {
    for (unsigned i = 0; i < program->sources.count; i++) {
        syntax_tree_destroy(program->sources.items[i].tree);
        text_unref(program->sources.items[i].text);
    }
    package_destroy(program->package);
    syntax_parser_destroy(program->parser);
    atom_table_destroy(program->atoms);
    arena_finish(&program->arena);
}

static struct text *text_of(void *context, struct str path) {
    struct program *program = context;
    for (unsigned i = 0; i < program->sources.count; i++) {
        if (str_equal(program->sources.items[i].path, path)) {
            return program->sources.items[i].text;
        }
    }
    return NULL;
}

/* ---- asking */

static void report(struct program *program, const struct source *source, struct span span, const struct code_action *action) {
    struct range range = range_of(source->text, span, POSITION_UTF8);
    printf("# %.*s:%u:%u-%u:%u %.*s\n", STR_ARGUMENTS(source->path), range.start.line + 1, range.start.column + 1,
           range.end.line + 1, range.end.column + 1, STR_ARGUMENTS(action->title));
    program->problems++;
}

static void ask(struct program *program, const struct source *source, struct span span) {
    static const struct edit_list none = {0};
    struct arena arena = {0};
    struct feature_context context = {.arena = &arena, .file = source->file, .package = program->package};
    struct trial trial = {&context, text_of, program, program->parser};
    struct code_action_query query = {.span = span, .kinds = ACTION_ALL_KINDS, .edits = true};
    struct code_action_list actions = code_actions_at(&context, &query);
    if (program->errors == UINT32_MAX) {
        program->errors = trial_errors(&trial, &none, NULL);
    }
    for (unsigned i = 0; i < actions.list.count; i++) {
        const struct code_action *action = &actions.list.items[i];
        program->run->actions++;
        if (action->deed == DEED_EDITS && trial_errors(&trial, &action->edits, NULL) > program->errors) {
            report(program, source, span, action);
        }
    }
    arena_finish(&arena);
}

static void ask_everywhere(struct program *program, const struct source *source) {
    struct arena arena = {0};
    for (node_id node = NODE_ROOT + 1; node < source->tree->count; node += program->run->step) {
        ask(program, source, (struct span){source->tree->nodes[node].start, source->tree->nodes[node].end});
        ask(program, source, (struct span){source->tree->nodes[node].start, source->tree->nodes[node].start});
    }
    struct diagnostic_list diagnostics = check_file(&arena, source->file, program->package, NULL);
    for (unsigned i = 0; i < diagnostics.list.count; i++) {
        ask(program, source, diagnostics.list.items[i].span);
    }
    arena_finish(&arena);
}

static void run_program(void *context, struct str folder) {
    struct run *run = context;
    struct program program = {.run = run, .errors = UINT32_MAX};
    load(&program, folder);
    for (unsigned i = 0; i < program.sources.count; i++) {
        ask_everywhere(&program, &program.sources.items[i]);
    }
    if (program.sources.count > 0) {
        run->failed += program.problems > 0;
        printf("%s %u - %.*s\n", program.problems == 0 ? "ok" : "not ok", ++run->number, STR_ARGUMENTS(folder));
    }
    unload(&program);
}

int main(int count, char **words) {
    struct run run = {.step = count > 1 ? (unsigned)strtoul(words[1], NULL, 10) : 1};
    run.step = run.step == 0 ? 1 : run.step;
    for (int i = 2; i < count; i++) {
        folders_each(words[i], run_program, &run);
    }
    printf("# %u actions\n1..%u\n", run.actions, run.number);
    return run.failed == 0 && run.number > 0 ? 0 : 1;
}
