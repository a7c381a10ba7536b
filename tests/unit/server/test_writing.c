/* Completion and signatures at places all over the examples, and at the end of each text that is cut off there as
 * it is while it is being typed: whatever the place, there is an answer, what it replaces is around the place, and no name is
 * offered twice. */
#include "server/features/completion.h"
#include "server/features/signature_help.h"
#include "server/scan.h"
#include "tests/unit/unit.h"

#include "analysis/analyze.h"
#include "analysis/package.h"

#include <stdlib.h>

enum { STRIDE = 7, STEP = 41, MOST_BYTES = 4000 };

static char **folders;
static int folder_count;

struct labels {
    struct str *items;
    unsigned count;
};

static int by_text(const void *a, const void *b) { return str_compare(*(const struct str *)a, *(const struct str *)b); }

static void look_for_twins(struct arena *arena, const struct completion_list *items) {
    struct labels labels = {.items = arena_array(arena, struct str, items->list.count + 1)};
    for (unsigned i = 0; i < items->list.count; i++) {
        labels.items[labels.count++] = items->list.items[i].label;
    }
    qsort(labels.items, labels.count, sizeof *labels.items, by_text);
    for (unsigned i = 1; i < labels.count; i++) {
        if (str_equal(labels.items[i - 1], labels.items[i])) {
            fail_msg("`%.*s` is offered twice", STR_ARGUMENTS(labels.items[i]));
        }
    }
}

static void ask(const struct feature_context *context, uint32_t offset) {
    struct completion_list items = completions_at(context, offset, (struct str){0});
    assert_true(items.replace.start <= offset && items.replace.end == offset && items.replace_end >= offset);
    look_for_twins(context->arena, &items);
    struct signature_help help = signature_help_at(context, offset);
    for (unsigned i = 0; i < help.parameters.count; i++) {
        assert_true(help.parameters.items[i].start < help.parameters.items[i].end &&
                    help.parameters.items[i].end <= help.label.size);
    }
}

/* Asks about a text at one place, or at all where a character starts. */
static void ask_about(struct syntax_parser *parser, struct str path, struct str source, bool everywhere,
                      uint32_t place) {
    struct arena arena = {0}, scratch = {0};
    struct atom_table *atoms = atom_table_create();
    struct package *package = package_create(atoms);
    struct text *text = text_create(source);
    struct syntax_tree *tree = syntax_parse(parser, text);
    struct file_analysis *file = analyze(&arena, atoms, path, tree);
    package_put(package, summary_create(file));
    struct feature_context context = {.arena = &scratch, .file = file, .package = package, .snippets = place % 2 == 0};
    for (uint32_t at = everywhere ? 0 : place; at <= place; at += STRIDE) {
        if (at == source.size || ((unsigned char)source.data[at] & 0xc0) != 0x80) {
            ask(&context, at);
            arena_clear(&scratch);
        }
    }
    arena_finish(&scratch);
    arena_finish(&arena);
    package_destroy(package);
    syntax_tree_destroy(tree);
    text_unref(text);
    atom_table_destroy(atoms);
}

static void ask_about_file(struct syntax_parser *parser, struct str path) {
    struct text *text;
    if (scan_read_file(path, &text) != SCAN_READ) {
        return;
    }
    struct str source = str_slice(text_str(text), 0, MOST_BYTES);
    while (source.size > 0 && ((unsigned char)source.data[source.size - 1] & 0x80) != 0) {
        source.size--;
    }
    ask_about(parser, path, source, true, (uint32_t)source.size);
    for (uint32_t cut = STEP; cut < source.size; cut += STEP) {
        if (((unsigned char)source.data[cut] & 0xc0) != 0x80) {
            ask_about(parser, path, str_slice(source, 0, cut), false, cut);
        }
    }
    text_unref(text);
}

static void there_is_an_answer_at_every_place(void **state) {
    struct arena arena = {0};
    struct syntax_parser *parser = syntax_parser_create();
    unsigned count = 0;
    for (int i = 0; i < folder_count; i++) {
        struct scan_files files = scan_tree(&arena, str_from_c(folders[i]));
        for (unsigned k = 0; k < files.list.count; k++) {
            ask_about_file(parser, files.list.items[k]);
            count++;
        }
    }
    assert_true(count > 20);
    syntax_parser_destroy(parser);
    arena_finish(&arena);
}

int main(int count, char **words) {
    folders = words + 1;
    folder_count = count - 1;
    const struct CMUnitTest tests[] = {cmocka_unit_test(there_is_an_answer_at_every_place)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
