/* answers_navigation: what a place leads to. */
#include "tests/markers/answers.h"

#include "parser/base/path.h"
#include "server/features/call_hierarchy.h"
#include "server/features/definition.h"
#include "server/features/document_link.h"
#include "server/features/file_rename.h"
#include "server/features/linked_editing.h"
#include "server/features/references.h"
#include "server/features/rename.h"
#include "server/features/type_hierarchy.h"
#include "server/features/workspace_symbol.h"

void answer_definition(const struct question *question, struct strbuf *out) {
    struct place_list places = definition_of(&question->context, question->offset, NULL);
    answers_places(question, &places, out);
}

/* The span that leads to each place, and all of what is declared there. */
void answer_links(const struct question *question, struct strbuf *out) {
    struct span origin;
    struct place_list places = definition_of(&question->context, question->offset, &origin);
    answers_span(out, answers_text(question), origin);
    strbuf_add_byte(out, '\n');
    for (unsigned i = 0; i < places.list.count; i++) {
        places.list.items[i].span = places.list.items[i].whole;
    }
    answers_places(question, &places, out);
}

void answer_declaration(const struct question *question, struct strbuf *out) {
    struct span origin;
    struct place_list places = declaration_of(&question->context, question->offset, &origin);
    answers_places(question, &places, out);
}

void answer_type_definition(const struct question *question, struct strbuf *out) {
    struct span origin;
    struct place_list places = type_definition_of(&question->context, question->offset, &origin);
    answers_places(question, &places, out);
}

void answer_implementation(const struct question *question, struct strbuf *out) {
    struct span origin;
    struct place_list places = implementation_of(&question->context, question->offset, &origin);
    answers_places(question, &places, out);
}

void answer_highlights(const struct question *question, struct strbuf *out) {
    struct highlight_list highlights = highlights_at(&question->context, question->offset);
    for (unsigned i = 0; i < highlights.list.count; i++) {
        const struct highlight *highlight = &highlights.list.items[i];
        answers_span(out, answers_text(question), highlight->span);
        strbuf_printf(out, " %s\n", highlight->write ? "write" : "read");
    }
}

void answer_references(const struct question *question, struct strbuf *out) {
    struct place_list places = references_of(&question->context, question->offset, true);
    answers_places(question, &places, out);
}

void answer_uses(const struct question *question, struct strbuf *out) {
    struct place_list places = references_of(&question->context, question->offset, false);
    answers_places(question, &places, out);
}

/* The range that is offered, or why none is. */
void answer_renaming(const struct question *question, struct strbuf *out) {
    struct rename rename = rename_prepare(&question->context, question->offset);
    if (rename.problem.size > 0) {
        strbuf_add(out, rename.problem);
        return;
    }
    answers_span(out, answers_text(question), rename.span);
    strbuf_printf(out, " %.*s\n", STR_ARGUMENTS(rename.name));
}

void answer_rename_to(const struct question *question, struct str name, struct strbuf *out) {
    struct rename rename = rename_to(&question->context, question->offset, name);
    strbuf_add(out, rename.problem);
    answers_edits(question, &rename.edits, out);
    strbuf_add(out, rename.warning);
}

/* ---- hierarchies: the item, then each side */

static void write_item(const struct question *question, const struct hierarchy_item *item, struct strbuf *out) {
    strbuf_printf(out, "%.*s (%.*s) ", STR_ARGUMENTS(item->name), STR_ARGUMENTS(item->detail));
    struct place_list places = {0};
    vec_push(question->context.arena, &places.list, item->place);
    answers_places(question, &places, out);
}

static void write_calls(const struct question *question, const struct call_list *calls, struct strbuf *out) {
    for (unsigned i = 0; i < calls->list.count; i++) {
        const struct call *call = &calls->list.items[i];
        write_item(question, &call->item, out);
        for (unsigned k = 0; k < call->from.list.count; k++) {
            struct place_list from = {0};
            vec_push(question->context.arena, &from.list, call->from.list.items[k]);
            strbuf_add_c(out, "  ");
            answers_places(question, &from, out);
        }
    }
}

void answer_type(const struct question *question, struct strbuf *out) {
    struct hierarchy_item item;
    if (type_hierarchy_prepare(&question->context, question->offset, &item)) {
        write_item(question, &item, out);
    }
}

static void write_types(const struct question *question, const struct hierarchy_item_list *items, struct strbuf *out) {
    for (unsigned i = 0; i < items->list.count; i++) {
        write_item(question, &items->list.items[i], out);
    }
}

void answer_supertypes(const struct question *question, struct strbuf *out) {
    struct hierarchy_item_list items = type_hierarchy_supertypes(&question->context, question->offset);
    write_types(question, &items, out);
}

void answer_subtypes(const struct question *question, struct strbuf *out) {
    struct hierarchy_item_list items = type_hierarchy_subtypes(&question->context, question->offset);
    write_types(question, &items, out);
}

void answer_callable(const struct question *question, struct strbuf *out) {
    struct hierarchy_item item;
    if (call_hierarchy_prepare(&question->context, question->offset, &item)) {
        write_item(question, &item, out);
    }
}

void answer_incoming(const struct question *question, struct strbuf *out) {
    struct call_list calls = call_hierarchy_incoming(&question->context, question->offset);
    write_calls(question, &calls, out);
}

void answer_outgoing(const struct question *question, struct strbuf *out) {
    struct call_list calls = call_hierarchy_outgoing(&question->context, question->offset);
    write_calls(question, &calls, out);
}

/* ---- links, tags, files, symbols of all files */

void answer_document_links(const struct question *question, struct strbuf *out) {
    struct document_link_list links = document_links(&question->context);
    for (unsigned i = 0; i < links.list.count; i++) {
        const struct document_link *link = &links.list.items[i];
        answers_span(out, answers_text(question), link->span);
        strbuf_printf(out, " %.*s%.*s", STR_ARGUMENTS(link->path), STR_ARGUMENTS(link->address));
        if (link->line > 0) {
            strbuf_printf(out, ":%u", link->line);
        }
        strbuf_add_byte(out, '\n');
    }
}

void answer_tags(const struct question *question, struct strbuf *out) {
    struct linked_tags tags = linked_tags_at(&question->context, question->offset);
    if (tags.found) {
        answers_span(out, answers_text(question), tags.open);
        strbuf_add_byte(out, ' ');
        answers_span(out, answers_text(question), tags.close);
    }
}

static struct str unquoted(struct str word) { return word.size < 2 ? word : str_slice(word, 1, word.size - 1); }

/* "\"old\" \"new\"": what imports have to say when the file or folder /app/old becomes /app/new. */
void answer_move(const struct question *question, struct str words, struct strbuf *out) {
    struct arena *arena = question->context.arena;
    size_t space = str_find(words, ' ', 0);
    struct moved_path moved = {path_join(arena, STR("/app"), unquoted(str_slice(words, 0, space))),
                               path_join(arena, STR("/app"), unquoted(str_slice(words, space + 1, words.size)))};
    struct edit_list edits = file_rename_edits(arena, question->context.sources, &moved, 1, NULL);
    answers_edits(question, &edits, out);
}

void answer_symbols_like(const struct question *question, struct str query, struct strbuf *out) {
    struct found_symbol_list found =
        workspace_symbols(question->context.arena, question->context.sources, question->context.file->atoms, query, NULL);
    for (unsigned i = 0; i < found.list.count; i++) {
        const struct found_symbol *symbol = &found.list.items[i];
        strbuf_printf(out, "%.*s (%.*s) ", STR_ARGUMENTS(symbol->name), STR_ARGUMENTS(symbol->container));
        struct place_list places = {0};
        vec_push(question->context.arena, &places.list, symbol->place);
        answers_places(question, &places, out);
    }
}
