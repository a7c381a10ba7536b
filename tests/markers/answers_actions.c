/* answers_actions: what can be done at a place, and what comes of it: a text without errors that were not there before. */
#include "tests/markers/answers.h"

#include "analysis/analyze.h"
#include "server/features/code_action.h"
#include "tests/markers/trial.h"

static struct code_action_list actions_of(const struct question *question, unsigned kinds) {
    struct code_action_query query = {.span = {question->offset, question->end}, .kinds = kinds, .edits = true};
    return code_actions_at(&question->context, &query);
}

void answer_fixes(const struct question *question, struct strbuf *out) {
    struct code_action_list actions = actions_of(question, 1u << ACTION_QUICKFIX);
    for (unsigned i = 0; i < actions.list.count; i++) {
        const struct code_action *action = &actions.list.items[i];
        if (action->preferred) {
            strbuf_printf(out, "%.*s:", STR_ARGUMENTS(action->title));
            answers_edits(question, &action->edits, out);
        }
    }
}

void answer_actions(const struct question *question, struct strbuf *out) {
    struct code_action_list actions = actions_of(question, ACTION_ALL_KINDS);
    for (unsigned i = 0; i < actions.list.count; i++) {
        const struct code_action *action = &actions.list.items[i];
        strbuf_printf(out, "%s%.*s: %.*s\n", action->preferred ? "* " : "",
                      STR_ARGUMENTS(code_action_kind_name(action->kind)), STR_ARGUMENTS(action->title));
    }
}

void answer_requests(const struct question *question, struct strbuf *out) {
    struct code_action_list actions = actions_of(question, 1u << ACTION_REQUEST);
    for (unsigned i = 0; i < actions.list.count; i++) {
        const struct code_action *action = &actions.list.items[i];
        strbuf_printf(out, "%.*s\n", STR_ARGUMENTS(action->text));
    }
}

/* ---- the texts afterwards */

static void write_after(const struct question *question, const struct edit_list *edits, struct strbuf *out) {
    static const struct edit_list none = {0};
    struct trial trial = {&question->context, question->text_of, question->cases, syntax_parser_create()};
    for (unsigned i = 0, end = 0; i < edits->list.count; i = end) {
        struct str path = edits->list.items[i].place.path;
        for (end = i; end < edits->list.count && str_equal(edits->list.items[end].place.path, path);) {
            end++;
        }
        if (!str_equal(path, question->context.file->path)) {
            strbuf_printf(out, "in %.*s\n", STR_ARGUMENTS(path));
        }
        struct str text = trial_edited(&trial, edits, i, end);
        strbuf_add(out, text);
        strbuf_add_c(out, text.size > 0 && text.data[text.size - 1] == '\n' ? "" : "\n");
    }
    unsigned before = trial_errors(&trial, &none, NULL);
    unsigned after = trial_errors(&trial, edits, NULL);
    if (after > before) {
        strbuf_printf(out, "errors: %u, and %u before\n", after, before);
    }
    syntax_parser_destroy(trial.parser);
}

/* ---- all safe fixes, until there are none */

enum { MOST_ROUNDS = 8 };

/* The file with a text, alone in its package, and its fixes. */
struct round {
    struct text *text;
    struct syntax_tree *tree;
    struct package *package;
    struct code_action_list actions;
};

static void round_start(struct round *round, const struct question *question, struct syntax_parser *parser, struct str text) {
    struct feature_context context = question->context;
    struct code_action_query query = {.kinds = 1u << ACTION_FIX_ALL, .edits = true};
    round->text = text_create(text);
    round->tree = syntax_parse(parser, round->text);
    round->package = package_create(context.file->atoms);
    struct file_analysis *file = analyze(context.arena, context.file->atoms, context.file->path, round->tree);
    package_put(round->package, summary_create(file));
    context.file = file;
    context.package = round->package;
    context.sources = NULL;
    round->actions = code_actions_at(&context, &query);
}

static void round_finish(struct round *round) {
    package_destroy(round->package);
    syntax_tree_destroy(round->tree);
    text_unref(round->text);
}

static struct text *text_of_round(void *context, struct str path) {
    struct round *round = context;
    (void)path;
    return round->text;
}

void answer_fixed(const struct question *question, struct strbuf *out) {
    struct syntax_parser *parser = syntax_parser_create();
    struct str text = text_str(answers_text(question));
    unsigned rounds = 0;
    for (bool more = true; more && rounds < MOST_ROUNDS; rounds += more) {
        struct round round = {0};
        round_start(&round, question, parser, text);
        more = round.actions.list.count > 0;
        if (more) {
            const struct edit_list *edits = &round.actions.list.items[0].edits;
            struct trial trial = {&question->context, text_of_round, &round, parser};
            text = trial_edited(&trial, edits, 0, edits->list.count);
        }
        round_finish(&round);
    }
    strbuf_add(out, text);
    strbuf_printf(out, "rounds: %u\n", rounds);
    syntax_parser_destroy(parser);
}

void answer_after(const struct question *question, struct str title, struct strbuf *out) {
    struct code_action_list actions = actions_of(question, ACTION_ALL_KINDS);
    for (unsigned i = 0; i < actions.list.count; i++) {
        const struct code_action *action = &actions.list.items[i];
        if (str_equal(action->title, title)) {
            write_after(question, &action->edits, out);
            return;
        }
    }
    strbuf_add_c(out, "(not offered)\n");
}
