/* again: what is emitted after an edit, with what was emitted before it at hand, is what is emitted with nothing at hand.
 *
 * Edits texts at random, one after the other and often back, and emits each state twice; outputs that nobody wants to see are
 * left out as a preview leaves them out, and some emissions are stopped on the way. Every line of an output, its map, and what is said of it have to be the same.
 * `again EDITS SEED FILE...`; the files are packages by themselves, now and then two of them are one. Speaks TAP. */
#include "analysis/analyze.h"
#include "analysis/check.h"
#include "codegen/emit.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { MOST_FILES = 2, MOST_STATES = 64, EDITS_OF_ONE = 48, MOST_BYTES = 1 << 20 };

/* ---- random numbers (xorshift) */

static uint64_t state;

static uint32_t below(uint32_t limit) {
    state ^= state << 13;
    state ^= state >> 7;
    state ^= state << 17;
    return limit == 0 ? 0 : (uint32_t)((state >> 20) % limit);
}

static bool chance(uint32_t of) { return below(of) == 0; }

/* ---- edits */

static struct strbuf buffer(void) {
    struct strbuf text;
    strbuf_init(&text, MOST_BYTES);
    return text;
}

static void replace(struct strbuf *text, size_t start, size_t end, struct str by) {
    struct strbuf made = buffer();
    strbuf_add(&made, str_slice(strbuf_str(text), 0, start));
    strbuf_add(&made, by);
    strbuf_add(&made, str_slice(strbuf_str(text), end, text->size));
    strbuf_finish(text);
    *text = made;
}

static bool is_word(char byte) {
    return (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z') || (byte >= '0' && byte <= '9') || byte == '_';
}

/* A word of the text at or behind some place. */
static struct str any_word(struct str text) {
    size_t start = below((uint32_t)text.size);
    while (start < text.size && !is_word(text.data[start])) {
        start++;
    }
    while (start > 0 && start < text.size && is_word(text.data[start - 1])) {
        start--;
    }
    size_t end = start;
    while (end < text.size && is_word(text.data[end])) {
        end++;
    }
    return str_slice(text, start, end);
}

static struct str any_line(struct str text) {
    size_t start = below((uint32_t)text.size + 1);
    while (start > 0 && text.data[start - 1] != '\n') {
        start--;
    }
    return str_slice(text, start, str_find(text, '\n', start) + 1);
}

static struct str any_snippet(void) {
    static const char *const snippets[] = {
        "q", "1", " ", "\n", "\"", "{", "}", "(", ")", ".", ",", "=", "+", "\n\n", "// a note\n", "x = 1\n", "var y = [1, 2]\n",
        "print(\"text\")\n", "return 2\n", "if true { 1 } else { 2 }\n", "for i in 0..3 { print(i) }\n", "server.find(1)\n",
        "fn made(a) { a + 1 }\n", "fn made(a, b) { a * b }\n", "made(\"text\")\n", "match 1 { 1 => \"one\" _ => \"more\" }\n",
        "state fresh = 0\n", "fresh = fresh + 1\n", "effect { print(1) }\n", "component Made() { <p>{1}<slot/></p> }\n",
        "<Made />", "type Made { id: Int }\n", "x is Made\n", "class", "async ", "await ", "pub ", "result", "body", "req",
        "publish(\"a\", 1)\n", "Response.json(1)\n", "sleep(1)\n", " // behind", "respond(404)\n", "bind:value={fresh}", "props",
    };
    return str_from_c(snippets[below(sizeof snippets / sizeof *snippets)]);
}

/* A word becomes another one, or longer. */
static void edit_word(struct strbuf *text) {
    struct str all = strbuf_str(text);
    struct str word = any_word(all);
    size_t start = (size_t)(word.data - all.data);
    bool whole = chance(2);
    replace(text, whole ? start : start + word.size, start + word.size, whole ? any_word(all) : STR("q"));
}

static void edit(struct strbuf *text) {
    struct str all = strbuf_str(text);
    struct str line = any_line(all);
    size_t start = (size_t)(line.data - all.data), at = below((uint32_t)all.size + 1);
    switch (below(8)) {
    case 0:
    case 1:
        edit_word(text);
        break;
    case 2:
        replace(text, at, at < all.size ? at + 1 : at, STR(""));
        break;
    case 3:
        replace(text, start, start + line.size, STR(""));
        break;
    case 4:
        replace(text, start, start, line);
        break;
    case 5:
        replace(text, at, at, any_snippet());
        break;
    default:
        replace(text, start, start, any_snippet());
        break;
    }
}

/* ---- one state of a package */

struct package_state {
    struct str texts[MOST_FILES];
    unsigned count;
};

struct linked {
    struct arena arena;
    struct syntax_tree *trees[MOST_FILES];
    struct program *program;
    struct diagnostic_list *diagnostics;
};

static void link_package(struct linked *linked, struct atom_table *atoms, struct syntax_parser *parser,
                         const struct package_state *package) {
    static const struct str paths[MOST_FILES] = {STR_INIT("/app/app.tova"), STR_INIT("/app/more.tova")};
    *linked = (struct linked){0};
    struct file_analysis **files = arena_array(&linked->arena, struct file_analysis *, package->count);
    for (unsigned i = 0; i < package->count; i++) {
        struct text *text = text_create(package->texts[i]);
        linked->trees[i] = syntax_parse(parser, text);
        text_unref(text);
        files[i] = analyze(&linked->arena, atoms, paths[i], linked->trees[i]);
    }
    linked->program = program_create(&linked->arena, atoms, files, package->count);
    linked->diagnostics = arena_array(&linked->arena, struct diagnostic_list, package->count);
    for (unsigned i = 0; i < package->count; i++) {
        linked->diagnostics[i] = check_file(&linked->arena, files[i], linked->program->package, NULL);
    }
}

static void unlink_package(struct linked *linked, const struct package_state *package) {
    program_finish(linked->program);
    for (unsigned i = 0; i < package->count; i++) {
        syntax_tree_destroy(linked->trees[i]);
    }
    arena_finish(&linked->arena);
}

/* ---- comparing */

static const char *difference_of_maps(const struct output *again, const struct output *fresh) {
    const struct source_map *left = &again->map, *right = &fresh->map;
    if (left->mappings.count != right->mappings.count || left->sources.count != right->sources.count) {
        return "the number of mappings";
    }
    for (unsigned i = 0; i < left->mappings.count; i++) {
        const struct mapping *a = &left->mappings.items[i], *b = &right->mappings.items[i];
        if (a->output != b->output || a->length != b->length || a->source != b->source || !span_equal(a->span, b->span) ||
            !str_equal(a->name, b->name)) {
            return "a mapping";
        }
    }
    return NULL;
}

static const char *difference(const struct output *again, const struct output *fresh, bool printed) {
    if (again->broken != fresh->broken) {
        return "whether it is broken";
    }
    if (again->empty != fresh->empty || memcmp(&again->runtime, &fresh->runtime, sizeof again->runtime) != 0) {
        return "what it needs";
    }
    if (printed && !str_equal(strbuf_str(&again->code), strbuf_str(&fresh->code))) {
        return "its text";
    }
    return printed ? difference_of_maps(again, fresh) : NULL;
}

static void show(const struct output *output, const char *which) {
    fprintf(stderr, "---- %s\n%.*s", which, STR_ARGUMENTS(strbuf_str(&output->code)));
}

/* Somebody who wants an output for some questions long. */
static bool has_lost_patience(void *context) {
    unsigned *questions = context;
    return *questions == 0 || --*questions == 0;
}

/* An emission that is stopped leaves nothing behind, wherever it is stopped. */
static void emit_a_part(const struct linked *linked, struct emit_options options) {
    struct emission part;
    unsigned questions = below(60);
    options.stop = (struct stop){has_lost_patience, &questions};
    emit_plan(linked->program, &options, &part);
    emit_planned(linked->program, &options, &part, NULL);
    emission_finish(&part);
}

/* Are the gaps that are found without emitting those of the emission? */
static bool finds_same_gaps(const struct linked *linked, const struct emit_options *options, const struct emission *emission) {
    struct emission found;
    emit_gaps(linked->program, options, &found);
    bool same = found.gaps.count == emission->gaps.count;
    for (unsigned i = 0; same && i < found.gaps.count; i++) {
        const struct emission_gap *a = &found.gaps.items[i];
        const struct emission_gap *b = &emission->gaps.items[i];
        same = a->file == b->file && span_equal(a->span, b->span) && str_equal(a->what, b->what);
    }
    emission_finish(&found);
    return same;
}

/* Emits with and without what was emitted before, which is then what has been emitted. NULL where both are the same. */
static const char *emit_twice(const struct linked *linked, struct emission *before) {
    struct emit_options options = {.base = STR("app"), .diagnostics = linked->diagnostics};
    struct emission fresh, again;
    emit_program(linked->program, &options, &fresh);
    const char *wrong = finds_same_gaps(linked, &options, &fresh) ? NULL : "the gaps that are found without emitting";
    options.before = before;
    if (chance(4)) {
        emit_a_part(linked, options);
    }
    emit_plan(linked->program, &options, &again);
    bool *wanted = arena_array(linked->program->arena, bool, again.count + 1);
    uint32_t one = below(again.count + 1); /* the last one: all */
    bool prints = false;
    for (uint32_t i = 0; i < again.count; i++) {
        wanted[i] = one == again.count || i == one;
    }
    emit_planned(linked->program, &options, &again, wanted);
    wrong = wrong == NULL && again.count != fresh.count ? "the number of outputs" : wrong;
    for (uint32_t i = 0; i < again.count && wrong == NULL; i++) {
        wrong = difference(&again.outputs[i], &fresh.outputs[i], wanted[i]);
        if (wrong != NULL) {
            show(&again.outputs[i], "again");
            show(&fresh.outputs[i], "fresh");
        }
        prints = prints || again.outputs[i].printed.of.count > 0;
    }
    emission_finish(&fresh);
    emission_finish(prints ? before : &again);
    if (prints) {
        *before = again;
    }
    return wrong;
}

/* ---- runs */

static bool read_file(const char *path, struct strbuf *text) {
    FILE *in = fopen(path, "rb");
    char chunk[4096];
    for (size_t size; in != NULL && (size = fread(chunk, 1, sizeof chunk, in)) > 0;) {
        strbuf_add(text, (struct str){chunk, size});
    }
    if (in != NULL) {
        fclose(in);
    }
    return in != NULL;
}

/* Edits one package some times; the number of edits, or 0 when something was wrong. */
static unsigned edit_package(struct syntax_parser *parser, struct strbuf *texts, unsigned count) {
    struct strbuf states[MOST_STATES] = {0};
    unsigned depth = 1, done = 0;
    struct emission before = {0};
    struct atom_table *atoms = atom_table_create();
    unsigned edited = below(count);
    states[0] = buffer();
    strbuf_add(&states[0], strbuf_str(&texts[edited]));
    const char *wrong = NULL;
    for (; done < EDITS_OF_ONE && wrong == NULL; done++) {
        if (depth > 1 && (depth == MOST_STATES || below(5) < 2)) {
            strbuf_finish(&states[--depth]);
        } else if (done > 0) {
            states[depth] = buffer();
            strbuf_add(&states[depth], strbuf_str(&states[depth - 1]));
            edit(&states[depth++]);
        }
        struct package_state package = {.count = count};
        for (unsigned i = 0; i < count; i++) {
            package.texts[i] = i == edited ? strbuf_str(&states[depth - 1]) : strbuf_str(&texts[i]);
        }
        struct linked linked;
        link_package(&linked, atoms, parser, &package);
        wrong = emit_twice(&linked, &before);
        unlink_package(&linked, &package);
    }
    if (wrong != NULL) {
        fprintf(stderr, "---- differs: %s\n---- before\n%.*s", wrong,
                STR_ARGUMENTS(depth > 1 ? strbuf_str(&states[depth - 2]) : STR("")));
        fprintf(stderr, "---- source\n%.*s", STR_ARGUMENTS(strbuf_str(&states[depth - 1])));
    }
    emission_finish(&before);
    atom_table_destroy(atoms);
    while (depth > 0) {
        strbuf_finish(&states[--depth]);
    }
    return wrong == NULL ? done : 0;
}

int main(int argc, char **argv) {
    if (argc < 4) {
        fprintf(stderr, "usage: again EDITS SEED FILE...\n");
        return 2;
    }
    unsigned long edits = strtoul(argv[1], NULL, 10), done = 0;
    state = strtoull(argv[2], NULL, 10) * UINT64_C(0x9e3779b97f4a7c15) + 1;
    struct syntax_parser *parser = syntax_parser_create();
    bool right = true;
    while (right && done < edits) {
        struct strbuf texts[MOST_FILES] = {buffer(), buffer()};
        unsigned count = chance(4) ? 2 : 1;
        for (unsigned i = 0; i < count; i++) {
            right = read_file(argv[3 + below((uint32_t)argc - 3)], &texts[i]) && right;
        }
        unsigned more = right ? edit_package(parser, texts, count) : 0;
        right = more > 0;
        done += more;
        strbuf_finish(&texts[0]);
        strbuf_finish(&texts[1]);
    }
    syntax_parser_destroy(parser);
    printf("1..1\n%sok 1 - %lu edits, each emitted as from nothing\n", right ? "" : "not ", done);
    return right ? 0 : 1;
}
