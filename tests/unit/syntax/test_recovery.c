/* recovery: how much of a file survives one broken line. Each file is repeated until it has 1,000 lines; lines of the
 * copy in the middle are broken in every way below, one at a time. Then every declaration that does not enclose the
 * broken line is looked for: the same kind and name at the same bytes, with as many declarations around it. All of them count
 * for the average; for the worst case, those count that do not stand in a declaration that begins on the broken line: without
 * its `server {` nobody knows what was to run where. */
#include "parser/base/xalloc.h"
#include "parser/syntax/node.h"
#include "tests/unit/unit.h"

#include <stdlib.h>
#include <string.h>

enum { FILE_LINES = 1000, FILES_NEEDED = 10, MOST_BYTES = 1 << 22, STRIDE = 3 };

/* In millionths. */
enum { REACHED_AVERAGE = 999000, REACHED_WORST = 980000 };

/* ---- what is counted */

struct declaration {
    enum node_kind kind;
    struct span span, name; /* bytes */
    unsigned depth;         /* declarations around it */
    node_id node;
};

struct declarations {
    struct declaration *items; /* by start */
    unsigned count;
};

static bool is_counted(const struct syntax_tree *tree, node_id node) {
    static const enum node_kind kinds[] = {
        NODE_FUNCTION_DECLARATION, NODE_COMPONENT_DECLARATION, NODE_TYPE_DECLARATION,  NODE_MODEL_DECLARATION,
        NODE_STATE_DECLARATION,    NODE_COMPUTED_DECLARATION,  NODE_STORE_DECLARATION, NODE_ROUTE_DECLARATION,
        NODE_SERVER_BLOCK,         NODE_BROWSER_BLOCK,         NODE_SHARED_BLOCK,
    };
    for (unsigned i = 0; i < sizeof kinds / sizeof *kinds; i++) {
        if (kinds[i] == node_kind(tree, node)) {
            return true;
        }
    }
    return false;
}

static struct span name_of(const struct syntax_tree *tree, node_id node) {
    bool route = node_kind(tree, node) == NODE_ROUTE_DECLARATION;
    return node_span(tree, node_child(tree, node, route ? FIELD_PATH : FIELD_NAME));
}

static struct declarations declarations_of(const struct syntax_tree *tree) {
    struct declarations list = {.items = xcalloc(tree->count, sizeof *list.items)};
    unsigned *depths = xcalloc(tree->count, sizeof *depths); /* counted nodes from the root to here */
    for (node_id node = NODE_ROOT; node < tree->count; node++) {
        bool counted = is_counted(tree, node);
        unsigned around = depths[node_parent(tree, node)];
        depths[node] = around + counted;
        if (counted) {
            list.items[list.count++] =
                (struct declaration){node_kind(tree, node), node_span(tree, node), name_of(tree, node), around, node};
        }
    }
    xfree(depths);
    return list;
}

/* ---- breaking a line */

enum how { DELETE_LINE, DROP_LAST, CUT_IN_HALF, APPEND };

struct way {
    enum how how;
    const char *name; /* of APPEND: what is appended */
};

static const struct way ways[] = {
    {DELETE_LINE, "deleted"},
    {DROP_LAST, "without its last character"},
    {CUT_IN_HALF, "cut in half"},
    {APPEND, "}"},
    {APPEND, "{"},
    {APPEND, "("},
    {APPEND, ")"},
    {APPEND, "\""},
    {APPEND, "`"},
    {APPEND, "<"},
    {APPEND, "</div>"},
    {APPEND, "/*"},
    {APPEND, ";"},
};

enum { WAYS = sizeof ways / sizeof *ways };

static uint32_t character_start(struct str s, uint32_t from, uint32_t offset) {
    while (offset > from && ((unsigned char)s.data[offset] & 0xC0) == 0x80) {
        offset--;
    }
    return offset;
}

struct change {
    struct span span;
    struct str replacement;
};

static struct change break_line(const struct text *text, uint32_t line, const struct way *way) {
    struct span whole = text_line(text, line);
    struct change change = {whole, STR("")};
    switch (way->how) {
    case DELETE_LINE:
        change.span.end = text_line(text, line + 1).start;
        break;
    case DROP_LAST:
        change.span.start = character_start(text_str(text), whole.start, whole.end - 1);
        break;
    case CUT_IN_HALF:
        change.span.start = character_start(text_str(text), whole.start, whole.start + span_size(whole) / 2);
        break;
    case APPEND:
        change.span.start = whole.end;
        change.replacement = str_from_c(way->name);
        break;
    }
    return change;
}

/* ---- counting */

struct score {
    uint64_t cases, expected, found, worst; /* worst in millionths */
};

struct bench {
    const char *path;
    struct syntax_parser *parser;
    struct text *text;
    struct syntax_tree *tree;
    struct declarations before;
    uint32_t first_line, lines; /* of the copy in the middle */
    struct score score;
};

static bool show_losses(void) { return getenv("TOVA_TEST_LOSSES") != NULL; }

static bool same_name(const struct bench *bench, const struct declaration *was, const struct syntax_tree *tree,
                      const struct declaration *is) {
    return str_equal(text_slice(bench->text, was->name), text_slice(tree->text, is->name));
}

/* Is `was`, moved by what the change added, among those of the broken tree? `next` is where to go on searching. */
static bool survives(const struct bench *bench, const struct declaration *was, int64_t moved,
                     const struct syntax_tree *tree, const struct declarations *after, unsigned *next) {
    int64_t start = was->span.start + moved, end = was->span.end + moved;
    while (*next < after->count && after->items[*next].span.start < start) {
        ++*next;
    }
    for (unsigned i = *next; i < after->count && after->items[i].span.start == start; i++) {
        const struct declaration *is = &after->items[i];
        if (is->kind == was->kind && is->span.end == end && is->depth == was->depth &&
            same_name(bench, was, tree, is)) {
            return true;
        }
    }
    return false;
}

static void count_case(struct bench *bench, uint32_t line, const struct way *way, struct change change,
                       const struct syntax_tree *tree) {
    struct declarations after = declarations_of(tree);
    struct span broken = text_line(bench->text, line);
    int64_t grown = (int64_t)change.replacement.size - span_size(change.span);
    uint64_t expected = 0, found = 0;     /* of all others */
    uint64_t outside = 0, outside_found = 0; /* of those that are in no declaration which begins on the line */
    uint32_t broken_end = broken.end;
    unsigned next = 0;
    for (unsigned i = 0; i < bench->before.count; i++) {
        const struct declaration *was = &bench->before.items[i];
        if (was->span.start <= broken.end && was->span.end >= broken.start) {
            broken_end = was->span.start >= broken.start && was->span.end > broken_end ? was->span.end : broken_end;
            continue;
        }
        bool survived = survives(bench, was, was->span.start >= broken.end ? grown : 0, tree, &after, &next);
        bool is_outside = was->span.start < broken.start || was->span.start >= broken_end;
        expected++;
        found += survived;
        outside += is_outside;
        outside_found += is_outside && survived;
    }
    xfree(after.items);
    struct score *score = &bench->score;
    uint64_t millionths = outside == 0 ? 1000000 : outside_found * 1000000 / outside;
    if (found < expected && show_losses()) {
        printf("# lost %llu + %llu of %llu: %s:%u %s | %.*s\n", (unsigned long long)(outside - outside_found),
               (unsigned long long)(expected - found - outside + outside_found), (unsigned long long)expected, bench->path, line - bench->first_line + 1, way->name,
               STR_ARGUMENTS(text_slice(bench->text, broken)));
    }
    score->worst = millionths < score->worst ? millionths : score->worst;
    score->cases++;
    score->expected += expected;
    score->found += found;
}

static void break_and_count(struct bench *bench, uint32_t line, const struct way *way) {
    if (span_size(text_line(bench->text, line)) == 0) {
        return;
    }
    struct change change = break_line(bench->text, line, way);
    struct text *text = text_replace(bench->text, change.span, change.replacement);
    struct syntax_edit edit = {change.span.start, change.span.end,
                               change.span.start + (uint32_t)change.replacement.size};
    struct syntax_tree *tree = syntax_reparse(bench->parser, bench->tree, text, edit);
    count_case(bench, line, way, change, tree);
    syntax_tree_destroy(tree);
    text_unref(text);
}

/* ---- files */

static struct text *read_repeated(struct bench *bench) {
    static char bytes[MOST_BYTES];
    FILE *file = fopen(bench->path, "rb");
    assert_non_null(file);
    size_t size = fread(bytes, 1, sizeof bytes, file);
    fclose(file);
    assert_in_range(size, 1, sizeof bytes - 1);
    struct text *once = text_create((struct str){bytes, size});
    bench->lines = text_line_count(once) - 1;
    text_unref(once);
    unsigned copies = FILE_LINES / bench->lines + 1;
    bench->first_line = copies / 2 * bench->lines;
    struct strbuf all;
    strbuf_init(&all, MOST_BYTES);
    for (unsigned i = 0; i < copies; i++) {
        strbuf_add(&all, (struct str){bytes, size});
    }
    struct text *text = text_create(strbuf_str(&all));
    strbuf_finish(&all);
    return text;
}

static void other_declarations_survive(void **state) {
    struct bench *bench = *state;
    uint32_t stride = getenv("TOVA_TEST_ALL") != NULL ? 1 : STRIDE;
    bench->parser = syntax_parser_create();
    bench->text = read_repeated(bench);
    bench->tree = syntax_parse(bench->parser, bench->text);
    assert_false(node_has_error(bench->tree, NODE_ROOT));
    bench->before = declarations_of(bench->tree);
    assert_true(bench->before.count > 0);
    bench->score.worst = 1000000;
    for (uint32_t line = 0; line < bench->lines; line += stride) {
        for (unsigned i = 0; i < WAYS; i++) {
            break_and_count(bench, bench->first_line + line, &ways[i]);
        }
    }
    struct score score = bench->score;
    printf("# %s: %u declarations, %llu cases, %.4f %% survive, worst %.2f %%\n", bench->path, bench->before.count,
           (unsigned long long)score.cases, 100.0 * (double)score.found / (double)score.expected,
           (double)score.worst / 10000);
    xfree(bench->before.items);
    syntax_tree_destroy(bench->tree);
    text_unref(bench->text);
    syntax_parser_destroy(bench->parser);
    assert_true(score.worst >= REACHED_WORST);
}

static void on_average_nearly_all_survive(void **state) {
    const struct bench *benches = *state;
    uint64_t expected = 0, found = 0;
    unsigned files = 0;
    for (; benches[files].path != NULL; files++) {
        expected += benches[files].score.expected;
        found += benches[files].score.found;
    }
    assert_true(files >= FILES_NEEDED);
    printf("# all: %.4f %% of %llu survive\n", 100.0 * (double)found / (double)expected, (unsigned long long)expected);
    assert_true(found * 1000000 >= expected * REACHED_AVERAGE);
}

/* test_recovery FILE...; breaks every line with $TOVA_TEST_ALL, shows each case that loses something with
 * $TOVA_TEST_LOSSES. */
int main(int count, char **arguments) {
    unsigned files = count > 1 ? (unsigned)count - 1 : 0;
    struct bench *benches = xcalloc(files + 1, sizeof *benches);
    struct CMUnitTest *tests = xcalloc(files + 1, sizeof *tests);
    for (unsigned i = 0; i < files; i++) {
        benches[i].path = arguments[i + 1];
        tests[i] = (struct CMUnitTest){arguments[i + 1], other_declarations_survive, NULL, NULL, &benches[i]};
    }
    tests[files] =
        (struct CMUnitTest){"on_average_nearly_all_survive", on_average_nearly_all_survive, NULL, NULL, benches};
    int failed = _cmocka_run_group_tests("recovery", tests, files + 1, NULL, NULL);
    xfree(tests);
    xfree(benches);
    return failed;
}
