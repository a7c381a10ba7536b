/* Benchmark of the parser: whole files, keystrokes, and strays in a sound and in a broken file; CPU time, one core.
 * Prints figures and judges nothing. `bench_parse [--whole] [LINES]`: with --whole no edits. */
#include "parser/base/xalloc.h"
#include "parser/syntax/node.h"
#include "tests/bench/sources.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum { LINES = 10000, WHOLE_PARSES = 15, KEYSTROKES = 400, STRAY_PLACES = 40, SOURCE_BYTES = 64 * 1024 * 1024 };

static double milliseconds(void) {
    struct timespec now;
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
    return (double)now.tv_sec * 1e3 + (double)now.tv_nsec / 1e6;
}

/* ---- figures */

struct figures {
    double values[KEYSTROKES];
    unsigned count;
};

static int compare(const void *a, const void *b) {
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

static void print_figures(const char *what, struct figures *figures) {
    qsort(figures->values, figures->count, sizeof *figures->values, compare);
    const double *values = figures->values;
    unsigned count = figures->count;
    printf("  %-28s p50 %6.2f  p95 %6.2f  max %6.2f ms\n", what, values[count / 2], values[count * 95 / 100],
           values[count - 1]);
}

static uint32_t next_random(uint32_t *random, uint32_t below) {
    *random = *random * 1664525u + 1013904223u;
    return (uint32_t)(((uint64_t)*random * below) >> 32);
}

/* ---- a whole file */

typedef struct syntax_tree *parse_function(struct syntax_parser *parser, struct text *text);

static void bench_whole(struct syntax_parser *parser, parse_function *parse, const char *what, struct text *text) {
    double best = 0, first = 0;
    uint32_t nodes = 0;
    bool sound = true;
    for (unsigned i = 0; i < WHOLE_PARSES; i++) {
        double start = milliseconds();
        struct syntax_tree *tree = parse(parser, text);
        double time = milliseconds() - start;
        first = i == 0 ? time : first;
        best = i == 0 || time < best ? time : best;
        nodes = tree->count;
        sound = sound && !node_has_error(tree, NODE_ROOT);
        syntax_tree_destroy(tree);
    }
    printf("%s: %u lines, %u bytes, %u nodes%s\n", what, text_line_count(text), text_size(text), nodes,
           sound ? "" : ", WITH ERRORS");
    printf("  %-28s %.2f ms = %.1f MB/s; the first one %.2f ms\n", "whole parse, best", best,
           text_size(text) / best / 1e3, first);
}

/* ---- edits */

struct version {
    struct text *text;
    struct syntax_tree *tree;
};

/* The version after `inserted` stands at `at`; how long it took goes to `figures`. */
static struct version version_insert(struct syntax_parser *parser, const struct version *old, uint32_t at,
                                     const char *inserted, struct figures *figures) {
    struct str replacement = str_from_c(inserted);
    double start = milliseconds();
    struct version next = {.text = text_replace(old->text, (struct span){at, at}, replacement)};
    next.tree = syntax_reparse(parser, old->tree, next.text,
                               (struct syntax_edit){at, at, at + (uint32_t)replacement.size});
    if (figures != NULL) {
        figures->values[figures->count++] = milliseconds() - start;
    }
    return next;
}

static void version_clear(struct version *version) {
    syntax_tree_destroy(version->tree);
    text_unref(version->text);
}

static bool is_letter(char byte) { return byte >= 'a' && byte <= 'z'; }

/* A letter more in a name or a word of text. */
static void bench_keystrokes(struct syntax_parser *parser, const struct version *base) {
    struct str s = text_str(base->text);
    struct figures figures = {.count = 0};
    uint32_t random = 1;
    while (figures.count < KEYSTROKES) {
        uint32_t at = 1 + next_random(&random, (uint32_t)s.size - 1);
        if (is_letter(s.data[at - 1]) && is_letter(s.data[at])) {
            struct version after = version_insert(parser, base, at, "q", &figures);
            version_clear(&after);
        }
    }
    print_figures("keystroke", &figures);
}

static const char *const strays[] = {"}", "\"", "{", "<", "`", "(", "[", "/*", "</div>"};

enum { STRAYS = sizeof strays / sizeof *strays };

/* One of them at random places: at a line's end, at its beginning, in its middle. */
static void bench_stray(struct syntax_parser *parser, const struct version *base, unsigned kind, uint32_t lines) {
    struct figures figures = {.count = 0};
    uint32_t random = kind + 1;
    for (unsigned i = 0; i < STRAY_PLACES; i++) {
        struct span line = text_line(base->text, next_random(&random, lines));
        uint32_t places[] = {line.start, line.start + (line.end - line.start) / 2, line.end};
        struct version after = version_insert(parser, base, places[i % 3], strays[kind], &figures);
        version_clear(&after);
    }
    print_figures(strays[kind], &figures);
}

static void bench_strays(struct syntax_parser *parser, const struct version *base) {
    for (unsigned kind = 0; kind < STRAYS; kind++) {
        bench_stray(parser, base, kind, text_line_count(base->text));
    }
}

/* The same in a file that a brace at a third of it has broken. */
static void bench_broken(struct syntax_parser *parser, const struct version *base, const char *breakage) {
    uint32_t at = text_line(base->text, text_line_count(base->text) / 3).end;
    struct version broken = version_insert(parser, base, at, breakage, NULL);
    printf("already broken by a %s\n", breakage);
    bench_keystrokes(parser, &broken);
    bench_strays(parser, &broken);
    version_clear(&broken);
}

static void bench_edits(struct syntax_parser *parser, struct version *spaced) {
    spaced->tree = syntax_parse_for_edits(parser, spaced->text);
    printf("edits of the spaced file\n");
    bench_keystrokes(parser, spaced);
    bench_strays(parser, spaced);
    bench_broken(parser, spaced, "}");
    bench_broken(parser, spaced, "\"");
}

static struct text *source_text(void (*write)(struct strbuf *out, uint32_t lines), uint32_t lines) {
    struct strbuf source;
    strbuf_init(&source, SOURCE_BYTES);
    write(&source, lines);
    struct text *text = text_create(strbuf_str(&source));
    strbuf_finish(&source);
    return text;
}

int main(int count, char **words) {
    bool whole = count > 1 && strcmp(words[1], "--whole") == 0;
    uint32_t lines = count > 1 + whole ? (uint32_t)strtoul(words[1 + whole], NULL, 10) : LINES;
    struct syntax_parser *parser = syntax_parser_create();
    struct version spaced = {.text = source_text(source_spaced, lines)};
    struct text *dense = source_text(source_dense, lines);
    bench_whole(parser, syntax_parse, "spaced, to read", spaced.text);
    bench_whole(parser, syntax_parse, "dense, to read", dense);
    bench_whole(parser, syntax_parse_for_edits, "spaced, to edit", spaced.text);
    bench_whole(parser, syntax_parse_for_edits, "dense, to edit", dense);
    if (!whole) {
        bench_edits(parser, &spaced);
    }
    text_unref(dense);
    version_clear(&spaced);
    syntax_parser_destroy(parser);
    return 0;
}
