/* Names that stand in strings: events, which are nothing but strings, and the jobs that strings start. */
#include "server/features/named_texts.h"
#include "server/features/rename_steps.h"

static void add_texts(struct renaming *renaming, enum text_name_kind kind) {
    struct arena *arena = renaming->context->arena;
    struct named_text_list texts = named_texts(renaming->context, NAMED_IN_PACKAGE, kind, renaming->from);
    for (unsigned i = 0; i < texts.list.count; i++) {
        struct span span = texts.list.items[i].name.span;
        vec_push(arena, &renaming->edits,
                 (struct rename_edit){
                     .file = texts.list.items[i].file, .span = span, .replacement = renaming->to, .occurrence = span.start});
    }
}

void rename_jobs(struct renaming *renaming) {
    if (named_text_kind(renaming->entities.list.items[0]) == TEXT_NAME_JOB) {
        add_texts(renaming, TEXT_NAME_JOB);
    }
}

void rename_paths(struct renaming *renaming) {
    struct named_text_list paths = named_paths(renaming->context, NAMED_IN_PACKAGE, renaming->entities.list.items[0]);
    for (unsigned i = 0; i < paths.list.count; i++) {
        struct span span = paths.list.items[i].name.span;
        vec_push(renaming->context->arena, &renaming->edits,
                 (struct rename_edit){
                     .file = paths.list.items[i].file, .span = span, .replacement = renaming->to, .occurrence = span.start});
    }
}

/* Would it be the same string without escapes, in every kind of quotes? */
static bool is_plain(struct str text) {
    for (size_t i = 0; i < text.size; i++) {
        unsigned char c = (unsigned char)text.data[i];
        if (c < ' ' || c == '"' || c == '\'' || c == '\\' || c == '{' || c == '}') {
            return false;
        }
    }
    return text.size > 0;
}

void rename_event(struct renaming *renaming) {
    struct arena *arena = renaming->context->arena;
    if (!is_plain(renaming->to)) {
        renaming->problem =
            arena_printf(arena, "`%.*s` is no name for an event: a name has no quotes, braces, backslashes and line ends.",
                         STR_ARGUMENTS(renaming->to));
        return;
    }
    struct named_text_list others = named_texts(renaming->context, NAMED_IN_PACKAGE, TEXT_NAME_EVENT, renaming->to);
    if (others.list.count > 0) {
        const struct named_text *other = &others.list.items[0];
        struct str place = rename_place(renaming->context, other->file, other->name.span.start);
        renaming->problem = arena_printf(arena, "`%.*s` is taken: in %.*s it is another event.", STR_ARGUMENTS(renaming->to),
                                         STR_ARGUMENTS(place));
        return;
    }
    add_texts(renaming, TEXT_NAME_EVENT);
}
