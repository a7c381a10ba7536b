/* answers_writing: what helps while writing: completion and signatures. */
#include "tests/markers/answers.h"

#include "server/features/completion.h"
#include "server/features/signature_help.h"

#include <stdlib.h>

static struct completion_list ask(const struct question *question, bool snippets) {
    struct feature_context context = question->context;
    context.snippets = snippets;
    return completions_at(&context, question->offset, (struct str){0});
}

static void write_item(const struct completion_item *item, struct strbuf *out) {
    strbuf_printf(out, "%.*s%.*s", STR_ARGUMENTS(item->label), STR_ARGUMENTS(item->parameters));
    if (item->home.size > 0) {
        strbuf_printf(out, " · %.*s", STR_ARGUMENTS(item->home));
    }
    if (item->detail.size > 0) {
        strbuf_printf(out, " · %.*s", STR_ARGUMENTS(item->detail));
    }
    if (!str_equal(item->insert, item->label)) {
        strbuf_printf(out, " ⇒ %.*s", STR_ARGUMENTS(item->insert));
    }
    strbuf_add_byte(out, '\n');
}

/* What is the same everywhere is only mentioned. */
static const char *name_of_crowd(enum completion_group group) {
    switch (group) {
    case COMPLETION_WORD:
        return "and words\n";
    case COMPLETION_BUILTIN:
        return "and builtins\n";
    case COMPLETION_GLOBAL:
        return "and names of JavaScript\n";
    case COMPLETION_EXACT:
    case COMPLETION_LOCAL:
    case COMPLETION_PROGRAM:
    case COMPLETION_ELSEWHERE:
        break;
    }
    return NULL;
}

static void write_items(const struct question *question, bool snippets, struct strbuf *out) {
    struct completion_list items = ask(question, snippets);
    bool seen[COMPLETION_ELSEWHERE + 1] = {false};
    strbuf_add_c(out, "replaces ");
    answers_span(out, answers_text(question), items.replace);
    strbuf_add_byte(out, '\n');
    for (unsigned i = 0; i < items.list.count; i++) {
        const struct completion_item *item = &items.list.items[i];
        seen[item->group] = true;
        if (name_of_crowd(item->group) == NULL) {
            write_item(item, out);
        }
    }
    for (int i = 0; i <= (int)COMPLETION_ELSEWHERE; i++) {
        const char *crowd = name_of_crowd((enum completion_group)i);
        strbuf_add_c(out, seen[i] && crowd != NULL ? crowd : "");
    }
}

void answer_completion(const struct question *question, struct strbuf *out) { write_items(question, false, out); }

void answer_snippets(const struct question *question, struct strbuf *out) { write_items(question, true, out); }

/* ---- labels in the order of an editor */

struct ranked {
    struct str rank;
    const struct completion_item *item;
};

static int by_rank(const void *a, const void *b) {
    return str_compare(((const struct ranked *)a)->rank, ((const struct ranked *)b)->rank);
}

static void write_labels(const struct question *question, bool (*wanted)(const struct completion_item *item),
                         struct strbuf *out) {
    struct arena *arena = question->context.arena;
    struct completion_list items = ask(question, false);
    struct ranked *ranked = arena_array(arena, struct ranked, items.list.count + 1);
    for (unsigned i = 0; i < items.list.count; i++) {
        ranked[i] = (struct ranked){completion_rank(arena, &items.list.items[i]), &items.list.items[i]};
    }
    qsort(ranked, items.list.count, sizeof *ranked, by_rank);
    size_t start = out->size;
    for (unsigned i = 0; i < items.list.count; i++) {
        if (wanted(ranked[i].item)) {
            strbuf_add_c(out, out->size > start ? ", " : "");
            strbuf_add(out, ranked[i].item->label);
        }
    }
    strbuf_add_c(out, out->size > start ? "\n" : "nothing\n");
}

static bool is_own(const struct completion_item *item) { return name_of_crowd(item->group) == NULL; }

static bool is_any(const struct completion_item *item) {
    (void)item;
    return true;
}

static bool is_word(const struct completion_item *item) { return item->group == COMPLETION_WORD; }

void answer_labels(const struct question *question, struct strbuf *out) { write_labels(question, is_own, out); }

void answer_all_labels(const struct question *question, struct strbuf *out) { write_labels(question, is_any, out); }

void answer_words(const struct question *question, struct strbuf *out) { write_labels(question, is_word, out); }

/* ---- one item */

void answer_item(const struct question *question, struct str label, struct strbuf *out) {
    struct completion_list items = ask(question, true);
    const struct text *text = answers_text(question);
    for (unsigned i = 0; i < items.list.count; i++) {
        const struct completion_item *item = &items.list.items[i];
        if (!str_equal(item->label, label)) {
            continue;
        }
        struct span whole = {items.replace.start, items.replace_end};
        write_item(item, out);
        strbuf_add_byte(out, ' ');
        answers_span(out, text, items.replace);
        strbuf_add_c(out, ", whole ");
        answers_span(out, text, whole);
        strbuf_add_c(out, item->deprecated ? ", deprecated" : "");
        strbuf_add_c(out, item->fits ? ", fits" : "");
        strbuf_add_byte(out, '\n');
        answers_edits(question, &item->edits, out);
        struct str documentation = completion_documentation(&question->context, &item->subject);
        strbuf_add(out, documentation);
        strbuf_add_c(out, documentation.size > 0 ? "\n" : "");
        return;
    }
    strbuf_add_c(out, "is not offered\n");
}

/* ---- signatures */

/* The signature with the parameter that is being given between marks. */
void answer_signature(const struct question *question, struct strbuf *out) {
    struct signature_help help = signature_help_at(&question->context, question->offset);
    if (help.label.size == 0) {
        strbuf_add_c(out, "none\n");
        return;
    }
    struct span active = {0, 0};
    if (help.active < help.parameters.count) {
        active = help.parameters.items[help.active];
    }
    strbuf_add(out, str_slice(help.label, 0, active.start));
    strbuf_add_c(out, active.end > 0 ? "«" : "");
    strbuf_add(out, str_slice(help.label, active.start, active.end));
    strbuf_add_c(out, active.end > 0 ? "»" : "");
    strbuf_add(out, str_slice(help.label, active.end, help.label.size));
    strbuf_add_byte(out, '\n');
}
