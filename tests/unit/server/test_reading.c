/* What helps to read a text, of all programs beneath the folders that the command line names: answers for a part are parts of
 * the answer for all, and what has to nest does. */
#include "parser/syntax/node.h"
#include "server/features/color.h"
#include "server/features/folding.h"
#include "server/features/inlay_hint.h"
#include "server/features/selection.h"
#include "server/features/semantic_tokens.h"
#include "server/project.h"
#include "tests/unit/unit.h"

#include <string.h>

static struct {
    const char *const *folders;
    int count;
} given;

struct visit {
    struct arena arena;
    unsigned files;
    void (*check)(struct visit *visit, const struct feature_context *context);
};

static void visit_unit(struct visit *visit, const struct project_unit *unit) {
    for (uint32_t i = 0; unit->program != NULL && i < unit->file_count; i++) {
        struct arena arena = {0};
        struct feature_context context = {
            .arena = &arena, .file = unit->files[i].analysis, .package = unit->program->package};
        if (context.file != NULL) {
            visit->check(visit, &context);
            visit->files++;
        }
        arena_finish(&arena);
    }
}

/* Calls check for every file of every program. */
static void each_file(void (*check)(struct visit *visit, const struct feature_context *context)) {
    struct visit visit = {.check = check};
    for (int i = 0; i < given.count; i++) {
        struct project project;
        struct project_options options = {0};
        struct str folder = scan_absolute(&visit.arena, str_from_c(given.folders[i]));
        struct scan_files files = scan_tree(&visit.arena, folder);
        assert_true(project_load_files(&project, folder, &files, &options));
        for (unsigned k = 0; k < project.units.count; k++) {
            visit_unit(&visit, project.units.items[k]);
        }
        project_finish(&project);
    }
    assert_true(visit.files > 30);
    arena_finish(&visit.arena);
}

static struct span whole(const struct feature_context *context) {
    return (struct span){0, text_size(context->file->tree->text)};
}

/* ---- tokens */

static void check_order(struct visit *visit, const struct feature_context *context) {
    for (int lexical = 0; lexical < 2; lexical++) {
        struct semantic_token_list tokens = semantic_tokens(context, whole(context), lexical);
        uint32_t end = 0;
        for (unsigned i = 0; i < tokens.list.count; i++) {
            const struct semantic_token *token = &tokens.list.items[i];
            assert_true(token->start >= end && token->start < token->end);
            assert_true(token->type < TOKEN_TYPE_COUNT && token->modifiers >> TOKEN_MODIFIER_COUNT == 0);
            end = token->end;
        }
        assert_true(end <= whole(context).end);
    }
}

static void tokens_come_in_order_and_never_overlap(void **state) { each_file(check_order); }

static bool same(const struct semantic_token *a, const struct semantic_token *b) {
    return a->start == b->start && a->end == b->end && a->type == b->type && a->modifiers == b->modifiers;
}

static void check_part(const struct feature_context *context, const struct semantic_token_list *all, struct span within,
                       bool lexical) {
    struct semantic_token_list part = semantic_tokens(context, within, lexical);
    unsigned next = 0;
    for (unsigned i = 0; i < all->list.count; i++) {
        const struct semantic_token *token = &all->list.items[i];
        if (token->end > within.start && token->start < within.end) {
            assert_true(next < part.list.count && same(token, &part.list.items[next]));
            next++;
        }
    }
    assert_int_equal(next, part.list.count);
}

/* From every line and from places within lines, short parts and long ones. */
static void check_parts(struct visit *visit, const struct feature_context *context) {
    enum { STEP = 37 };
    uint32_t size = whole(context).end;
    for (int lexical = 0; lexical < 2; lexical++) {
        struct semantic_token_list all = semantic_tokens(context, whole(context), lexical);
        for (uint32_t start = 0; start < size; start += STEP) {
            check_part(context, &all, (struct span){start, start + start % 11}, lexical);
            check_part(context, &all, (struct span){start, start + 5 * STEP}, lexical);
        }
        const struct text *text = context->file->tree->text;
        for (uint32_t line = 0; line < text_line_count(text); line++) {
            check_part(context, &all, text_line(text, line), lexical);
        }
    }
}

static void tokens_of_a_part_are_part_of_all_tokens(void **state) { each_file(check_parts); }

/* What stands among the names stands among all tokens; names of markup that a grammar knows may be there besides. */
static void check_lexical(struct visit *visit, const struct feature_context *context) {
    struct semantic_token_list names = semantic_tokens(context, whole(context), false);
    struct semantic_token_list all = semantic_tokens(context, whole(context), true);
    unsigned at = 0;
    for (unsigned i = 0; i < names.list.count; i++) {
        while (at < all.list.count && !same(&all.list.items[at], &names.list.items[i])) {
            at++;
        }
        assert_true(at < all.list.count);
    }
}

static void without_a_grammar_there_are_more_tokens_and_no_others(void **state) { each_file(check_lexical); }

/* ---- folds */

static void check_folds(struct visit *visit, const struct feature_context *context) {
    const struct text *text = context->file->tree->text;
    struct fold_list found = folds(context);
    for (unsigned i = 0; i < found.list.count; i++) {
        struct span span = found.list.items[i].span;
        assert_true(text_line_of(text, span.start) < text_line_of(text, span.end) && span.end <= text_size(text));
        for (unsigned k = i + 1; k < found.list.count; k++) {
            struct span later = found.list.items[k].span;
            assert_true(later.start >= span.start);
            assert_true(later.start >= span.end || span_contains(span, later));
        }
    }
}

static void folds_nest(void **state) { each_file(check_folds); }

/* ---- selections */

static void check_selection(const struct feature_context *context, uint32_t offset) {
    struct span_list spans = selection_at(context, offset);
    struct span inner = {offset, offset};
    for (unsigned i = 0; i < spans.list.count; i++) {
        struct span span = spans.list.items[i];
        assert_true(span_contains(span, inner) && !span_equal(span, inner));
        inner = span;
    }
    assert_true(span_equal(inner, whole(context)));
}

static void check_selections(struct visit *visit, const struct feature_context *context) {
    for (uint32_t offset = 0; offset <= whole(context).end; offset += 5) {
        check_selection(context, offset);
    }
}

static void selections_grow_up_to_the_whole_text(void **state) { each_file(check_selections); }

/* ---- hints */

static bool is_edge(const struct syntax_tree *tree, uint32_t offset) {
    for (node_id node = NODE_ROOT; node < tree->count; node++) {
        if (tree->nodes[node].start == offset || tree->nodes[node].end == offset) {
            return true;
        }
    }
    return false;
}

static void check_hints(struct visit *visit, const struct feature_context *context) {
    struct inlay_settings settings = {.parameter_names = true, .await = true, .types = true};
    struct inlay_hint_list all = inlay_hints(context, whole(context), &settings, context->file->marks);
    const struct text *text = context->file->tree->text;
    for (unsigned i = 0; i < all.list.count; i++) {
        const struct inlay_hint *hint = &all.list.items[i];
        assert_true(is_edge(context->file->tree, hint->offset) && hint->label.size > 0);
        assert_true(i == 0 || all.list.items[i - 1].offset <= hint->offset);
    }
    unsigned next = 0;
    for (uint32_t line = 0; line < text_line_count(text); line++) {
        struct inlay_hint_list part = inlay_hints(context, text_line(text, line), &settings, context->file->marks);
        for (unsigned i = 0; i < part.list.count; i++, next++) {
            assert_true(next < all.list.count && part.list.items[i].offset == all.list.items[next].offset);
            assert_true(str_equal(part.list.items[i].label, all.list.items[next].label));
        }
    }
    assert_int_equal(next, all.list.count);
}

static void hints_stand_where_something_begins_or_ends_and_lines_have_their_own(void **state) {
    each_file(check_hints);
}

/* ---- colours */

static void check_colors(struct visit *visit, const struct feature_context *context) {
    struct color_list colors = colors_of(context);
    for (unsigned i = 0; i < colors.list.count; i++) {
        const struct color_place *place = &colors.list.items[i];
        struct str forms[COLOR_FORMS];
        assert_true(i == 0 || colors.list.items[i - 1].span.end <= place->span.start);
        color_write(context->arena, place->color, forms);
        struct str hexadecimal = forms[0];
        for (size_t k = 0; k < 2; k++) { /* hsl() rounds */
            struct color read;
            size_t size = 0;
            assert_true(color_read(forms[k], &size, &read) && size == forms[k].size);
            if (place->color.alpha >= 1) {
                color_write(context->arena, read, forms);
                assert_true(str_equal(forms[0], hexadecimal));
            }
        }
    }
}

static void a_colour_that_is_written_is_read_again(void **state) { each_file(check_colors); }

int main(int count, char **words) {
    given.folders = (const char *const *)words + 1;
    given.count = count - 1;
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(tokens_come_in_order_and_never_overlap),
        cmocka_unit_test(tokens_of_a_part_are_part_of_all_tokens),
        cmocka_unit_test(without_a_grammar_there_are_more_tokens_and_no_others),
        cmocka_unit_test(folds_nest),
        cmocka_unit_test(selections_grow_up_to_the_whole_text),
        cmocka_unit_test(hints_stand_where_something_begins_or_ends_and_lines_have_their_own),
        cmocka_unit_test(a_colour_that_is_written_is_read_again),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
