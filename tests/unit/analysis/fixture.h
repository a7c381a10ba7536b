/* fixture: small programs for the tests of analysis: texts in, analyses, summaries and a package out. */
#ifndef TOVA_TESTS_UNIT_ANALYSIS_FIXTURE_H
#define TOVA_TESTS_UNIT_ANALYSIS_FIXTURE_H

#include "tests/unit/unit.h"

#include "analysis/analyze.h"
#include "analysis/check.h"
#include "analysis/lookup.h"
#include "analysis/program.h"

#include <string.h>

enum { FIXTURE_FILES = 16 };

struct fixture {
    struct arena arena;
    struct atom_table *atoms;
    struct syntax_parser *parser;
    struct package *package;
    struct file_analysis *files[FIXTURE_FILES];
    struct syntax_tree *trees[FIXTURE_FILES];
    unsigned count;
};

static inline void fixture_init(struct fixture *fixture) {
    *fixture = (struct fixture){.atoms = atom_table_create(), .parser = syntax_parser_create()};
    fixture->package = package_create(fixture->atoms);
}

static inline void fixture_finish(struct fixture *fixture) {
    package_destroy(fixture->package);
    for (unsigned i = 0; i < fixture->count; i++) {
        syntax_tree_destroy(fixture->trees[i]);
    }
    syntax_parser_destroy(fixture->parser);
    arena_finish(&fixture->arena);
    atom_table_destroy(fixture->atoms);
}

/* Analyses a text and puts its summary into the package, in place of an older one of the path. */
static inline struct file_analysis *fixture_put(struct fixture *fixture, const char *path, struct str source) {
    assert_true(fixture->count < FIXTURE_FILES);
    struct text *text = text_create(source);
    struct syntax_tree *tree = syntax_parse(fixture->parser, text);
    text_unref(text);
    struct file_analysis *file = analyze(&fixture->arena, fixture->atoms, str_from_c(path), tree);
    fixture->trees[fixture->count] = tree;
    fixture->files[fixture->count++] = file;
    package_put(fixture->package, summary_create(file));
    return file;
}

static inline struct file_analysis *fixture_add(struct fixture *fixture, const char *path, const char *source) {
    return fixture_put(fixture, path, str_from_c(source));
}

static inline atom_id fixture_atom(struct fixture *fixture, const char *name) {
    return atom_intern(fixture->atoms, str_from_c(name));
}

/* The offset of the first `needle` in the file's text. */
static inline uint32_t fixture_offset(const struct file_analysis *file, const char *needle) {
    struct str text = text_str(file->tree->text);
    const char *found = strstr(text.data, needle);
    assert_non_null(found);
    return (uint32_t)(found - text.data);
}

/* How many diagnostics of a code the file has in its package. */
static inline unsigned fixture_count(struct fixture *fixture, const struct file_analysis *file, enum diagnostic_code code) {
    struct diagnostic_list list = check_file(&fixture->arena, file, fixture->package, NULL);
    unsigned count = 0;
    for (unsigned i = 0; i < list.list.count; i++) {
        count += list.list.items[i].code == code;
    }
    return count;
}

#endif
