/* reparse: thousands of random edits of the sample files. After each one the tree is what flattening all of it gives, and
 * what a fresh parse gives wherever that one has no error; when all edits are undone, it is the first tree again. Where both
 * have errors the library may choose others than in a fresh parse: that is counted, and store_heal is what mends it. Where
 * the text was mended, the trees that are the same are counted. */
#include "parser/base/xalloc.h"
#include "parser/syntax/flatten.h"
#include "parser/syntax/node.h"
#include "parser/syntax/repair.h"
#include "tests/unit/unit.h"

#include <stdlib.h>
#include <string.h>

enum { EDITS = 20000, MOST_IN_A_ROW = 12, MOST_BYTES = 1 << 20, MOST_DIFFERING = 20 /* one in so many */ };
#define SEED UINT64_C(20240131)

const TSLanguage *tree_sitter_tova(void);

struct sample {
    const char *path;
    unsigned edits;
    unsigned compared; /* edits whose fresh tree had no error */
    unsigned differing; /* edits whose fresh tree had errors, and others than this one; until a fresh parse heals it */
    unsigned repaired; /* edits whose fresh tree has repairs, */
    unsigned patched;  /* edits, undone ones too, after which statements alone were read again */
    unsigned alike;    /* and those of them whose tree is the same */
    uint64_t random;
    struct flatten_names names; /* while the test runs */
};

static uint32_t next_random(struct sample *sample, uint32_t below) {
    sample->random = sample->random * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
    return (uint32_t)(sample->random >> 33) % below;
}

static struct text *read_text(const char *path) {
    static char bytes[MOST_BYTES];
    FILE *file = fopen(path, "rb");
    assert_non_null(file);
    size_t size = fread(bytes, 1, sizeof bytes, file);
    fclose(file);
    assert_in_range(size, 1, sizeof bytes - 1);
    return text_create((struct str){bytes, size});
}

/* ---- what a tree must be */

static void assert_well_formed(const struct syntax_tree *tree) {
    for (node_id node = NODE_ROOT + 1; node < tree->count; node++) {
        const struct node *it = &tree->nodes[node];
        const struct node *parent = &tree->nodes[it->parent];
        assert_true(it->start <= it->end && it->end <= text_size(tree->text));
        assert_true(it->start >= tree->nodes[node - 1].start);
        assert_true(it->parent < node && node < parent->next && it->next <= parent->next && it->next > node);
        assert_true((it->flags & NODE_HAS_ERROR) == 0 || (parent->flags & NODE_HAS_ERROR) != 0);
    }
    for (uint32_t i = 0; i < tree->inserted_count; i++) {
        assert_int_equal(node_kind(tree, tree->inserted[i].node), NODE_MISSING);
    }
}

static void print_first_difference(const struct syntax_tree *tree, const struct syntax_tree *fresh) {
    node_id node = NODE_ROOT;
    while (node < tree->count && node < fresh->count &&
           memcmp(&tree->nodes[node], &fresh->nodes[node], sizeof *tree->nodes) == 0) {
        node++;
    }
    const struct syntax_tree *both[] = {tree, fresh};
    for (unsigned i = 0; i < 2 && node < tree->count && node < fresh->count; i++) {
        const struct node *it = &both[i]->nodes[node];
        fprintf(stderr, "%s node %u: %s %s [%u, %u) next %u flags %u parent %u (line %u)\n", i == 0 ? "this " : "fresh",
                node, node_kind_name((enum node_kind)it->kind).data, node_field_name((enum node_field)it->field).data,
                it->start, it->end, it->next, it->flags, it->parent, text_line_of(tree->text, it->start) + 1);
    }
}

static void assert_same(const struct syntax_tree *tree, const struct syntax_tree *fresh) {
    if (!syntax_tree_equal(tree, fresh)) {
        print_first_difference(tree, fresh);
        fail();
    }
    assert_int_equal(tree->fault_count, fresh->fault_count);
    for (uint32_t i = 0; i < tree->fault_count; i++) {
        assert_int_equal(tree->faults[i], fresh->faults[i]);
    }
}

/* The library's tree flattened from scratch gives the same array: nothing was reused wrongly. */
static void assert_reuse_is_exact(const struct flatten_names *names, const struct syntax_tree *tree) {
    struct syntax_tree *whole = calloc(1, sizeof *whole);
    assert_non_null(whole);
    whole->text = text_ref(tree->text);
    whole->incremental = ts_tree_copy(tree->incremental);
    whole->repair_count = tree->repair_count;
    whole->repairs = xmalloc(tree->repair_count * sizeof *tree->repairs);
    if (tree->repair_count > 0) {
        memcpy(whole->repairs, tree->repairs, tree->repair_count * sizeof *tree->repairs);
    }
    assert_true(flatten_tree(names, whole, NULL, (struct syntax_edit){0}));
    assert_same(tree, whole);
    syntax_tree_destroy(whole);
}

/* A tree of which statements were read again is in all its parts one that is read from scratch; `raw` is that of the text as it
 * is. */
static void assert_patch_is_exact(struct syntax_parser *parser, const struct syntax_tree *tree,
                                  const struct syntax_tree *raw) {
    struct syntax_tree *fresh = syntax_parse(parser, tree->text);
    const struct syntax_tree *fresh_raw = fresh->raw != NULL ? fresh->raw : fresh;
    if (tree->named != NULL) {
        assert_same(tree, fresh);
    }
    assert_same(raw, fresh_raw);
    assert_int_equal(raw->joint_count, fresh_raw->joint_count);
    for (uint32_t i = 0; i < raw->joint_count; i++) {
        assert_memory_equal(&raw->joints[i], &fresh_raw->joints[i], sizeof *raw->joints);
    }
    syntax_tree_destroy(fresh);
}

/* ---- edits */

struct change {
    struct span span;
    struct str replacement;
};

static bool is_boundary(struct str s, uint32_t offset) {
    return offset == s.size || ((unsigned char)s.data[offset] & 0xC0) != 0x80;
}

static uint32_t random_boundary(struct sample *sample, struct str s, uint32_t from, uint32_t range) {
    uint32_t offset = from + next_random(sample, range + 1);
    if (offset > s.size) {
        offset = (uint32_t)s.size;
    }
    while (!is_boundary(s, offset)) {
        offset++;
    }
    return offset;
}

static bool is_letter(char byte) { return byte >= 'a' && byte <= 'z'; }

/* An edit that mostly leaves the file without errors: a letter more or less in a word, or a blank line. */
static struct change tame_change(struct sample *sample, const struct text *text) {
    struct str s = text_str(text);
    uint32_t line = next_random(sample, text_line_count(text));
    struct change change = {.span = {text_line(text, line).start, text_line(text, line).start},
                            .replacement = STR("\n")};
    uint32_t kind = next_random(sample, 4);
    if (kind == 0) {
        return change;
    }
    uint32_t at = 1 + next_random(sample, (uint32_t)s.size - 2);
    while (at + 1 < s.size && !(is_letter(s.data[at - 1]) && is_letter(s.data[at]) && is_letter(s.data[at + 1]))) {
        at++;
    }
    change.span = (struct span){at, at + (kind == 1 && at < s.size ? 1 : 0)};
    change.replacement = kind == 1 ? STR("") : STR("q");
    return change;
}

static struct change random_change(struct sample *sample, const struct text *text) {
    static const char *const snippets[] = {
        "x",          "1",           " ",
        "\n",         "}",           "{",
        "(",          ")",           "[",
        "]",          "\"",          "'",
        "/*",         "*/",          "//",
        "<",          ">",           "</div>",
        "<div>",      ".",           ",",
        ":",          "=",           "=>",
        "->",         "+",           "-",
        "|>",         "if ",         "for ",
        "match ",     "fn ",         "fn f(a) { a }\n",
        "server {\n", "browser {\n", "state y = 1\n",
        "é",          "😀",           "\r\n",
        "\t",         "return ",     "...",
        "??",         "\\",          "{x}",
        "async ",     "var z = 2\n", "@",
        ";",          "x = server.", "\"a {b} c\"",
        "<p>hi</p>",  "else { }",    "not ",
        "in ",        "a.b.c(d)",    "\"\"\"",
    };
    struct str s = text_str(text);
    struct change change = {.replacement = STR("")};
    change.span.start = random_boundary(sample, s, 0, (uint32_t)s.size);
    change.span.end = change.span.start;
    uint32_t kind = next_random(sample, 10);
    if (kind < 7) {
        change.replacement = str_from_c(snippets[next_random(sample, sizeof snippets / sizeof *snippets)]);
    }
    if (kind >= 5) {
        change.span.end = random_boundary(sample, s, change.span.start, kind == 9 ? 200 : 6);
    }
    if (kind == 8) { /* a copy of another place */
        uint32_t from = random_boundary(sample, s, 0, (uint32_t)s.size);
        change.replacement = str_slice(s, from, random_boundary(sample, s, from, 80));
    }
    return change;
}

/* One step: the text and tree after the change; the ones before it stay. */
struct step {
    struct text *text;
    struct syntax_tree *tree;
    struct span back; /* what to replace to undo it */
    struct str removed;
};

static struct step step_make(struct sample *sample, struct syntax_parser *parser, const struct step *before,
                             struct change change) {
    struct span back = {change.span.start, change.span.start + (uint32_t)change.replacement.size};
    struct step step = {
        .text = text_replace(before->text, change.span, change.replacement),
        .back = back,
        .removed = text_slice(before->text, change.span),
    };
    step.tree = syntax_reparse(parser, before->tree, step.text,
                               (struct syntax_edit){change.span.start, change.span.end, back.end});
    assert_well_formed(step.tree);
    const struct syntax_tree *raw = step.tree->raw != NULL ? step.tree->raw : step.tree;
    sample->patched += raw->named != NULL;
    if (raw->named != NULL) {
        assert_patch_is_exact(parser, step.tree, raw);
    }
    if (step.tree->named == NULL && next_random(sample, 4) == 0) {
        assert_reuse_is_exact(&sample->names, step.tree);
    }
    return step;
}

static void step_clear(struct step *step) {
    syntax_tree_destroy(step->tree);
    text_unref(step->text);
}

static void assert_equals_fresh(struct syntax_parser *parser, const struct step *step, struct sample *sample) {
    struct syntax_tree *fresh = syntax_parse(parser, step->text);
    bool sound = !node_has_error(fresh, NODE_ROOT);
    sample->compared += sound;
    bool same = syntax_tree_equal(step->tree, fresh);
    sample->repaired += fresh->repair_count > 0;
    sample->alike += fresh->repair_count > 0 && same;
    if (sound && !same) {
        fprintf(stderr, "%s: the tree after an edit differs from a fresh one; the text is:\n%.*s\n", sample->path,
                STR_ARGUMENTS(text_str(step->text)));
        print_first_difference(step->tree, fresh);
        fail();
    }
    if (!sound && !same) {
        assert_true(node_has_error(step->tree, NODE_ROOT));
        sample->differing++;
    }
    syntax_tree_destroy(fresh);
}

/* A few edits in a row, each compared, and then all of them undone. */
static unsigned run_row(struct sample *sample, struct syntax_parser *parser, const struct step *first) {
    struct step steps[MOST_IN_A_ROW + 1] = {*first};
    unsigned count = 1 + next_random(sample, MOST_IN_A_ROW);
    bool tame = next_random(sample, 2) == 0;
    for (unsigned i = 1; i <= count; i++) {
        struct change change = tame ? tame_change(sample, steps[i - 1].text) : random_change(sample, steps[i - 1].text);
        steps[i] = step_make(sample, parser, &steps[i - 1], change);
        assert_equals_fresh(parser, &steps[i], sample);
    }
    struct step at = steps[count];
    for (unsigned i = count; i > 0; i--) {
        struct step undone = step_make(sample, parser, &at, (struct change){steps[i].back, steps[i].removed});
        if (at.tree != steps[count].tree) {
            step_clear(&at);
        }
        at = undone;
    }
    assert_true(str_equal(text_str(at.text), text_str(first->text)));
    assert_true(syntax_tree_equal(at.tree, first->tree));
    step_clear(&at);
    for (unsigned i = 1; i <= count; i++) {
        step_clear(&steps[i]);
    }
    return count;
}

static void edits_keep_the_tree_true(void **state) {
    struct sample *sample = *state;
    struct syntax_parser *parser = syntax_parser_create();
    flatten_names_init(&sample->names, tree_sitter_tova());
    struct step first = {.text = read_text(sample->path)};
    first.tree = syntax_parse_for_edits(parser, first.text);
    assert_false(node_has_error(first.tree, NODE_ROOT));
    for (unsigned done = 0; done < sample->edits;) {
        done += run_row(sample, parser, &first);
    }
    printf("# %s: %u edits left no error; after %u of the others the errors are not those of a fresh parse; %u left a text "
           "that is mended, %u of them the tree of a fresh parse; %u trees were patched\n",
           sample->path, sample->compared, sample->differing, sample->repaired, sample->alike, sample->patched);
    assert_true(sample->patched >= sample->edits / 2);
    assert_true(sample->compared >= sample->edits / 5);
    assert_true(sample->differing <= sample->edits / MOST_DIFFERING);
    step_clear(&first);
    flatten_names_finish(&sample->names);
    syntax_parser_destroy(parser);
}

/* test_reparse FILE...; another seed or number of edits through $TOVA_TEST_SEED and $TOVA_TEST_EDITS. */
int main(int count, char **arguments) {
    const char *seed = getenv("TOVA_TEST_SEED");
    const char *edits = getenv("TOVA_TEST_EDITS");
    uint64_t random = seed != NULL ? strtoull(seed, NULL, 10) : SEED;
    unsigned files = count > 1 ? (unsigned)count - 1 : 0;
    unsigned total = edits != NULL ? (unsigned)strtoul(edits, NULL, 10) : EDITS;
    printf("# seed %llu, %u edits\n", (unsigned long long)random, total);
    struct sample *samples = calloc(files + 1, sizeof *samples);
    struct CMUnitTest *tests = calloc(files + 1, sizeof *tests);
    if (samples == NULL || tests == NULL || files == 0) {
        return EXIT_FAILURE;
    }
    for (unsigned i = 0; i < files; i++) {
        samples[i] = (struct sample){.path = arguments[i + 1], .edits = total / files, .random = random + i};
        const char *slash = strrchr(arguments[i + 1], '/');
        tests[i] = (struct CMUnitTest){slash != NULL ? slash + 1 : arguments[i + 1], edits_keep_the_tree_true, NULL,
                                       NULL, &samples[i]};
    }
    int failed = _cmocka_run_group_tests("reparse", tests, files, NULL, NULL);
    free(tests);
    free(samples);
    return failed;
}
