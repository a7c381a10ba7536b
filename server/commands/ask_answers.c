/* ask_answers: places as `file:line:column: text of the line`, as grep and compilers write them. */
#include "server/commands/ask_answers.h"

#include "parser/text/uri.h"
#include "server/commands/command.h"

#include <stdio.h>

/* ---- places */

bool ask_open(struct arena *arena, struct str uri, struct str *path, struct text **text) {
    return uri_to_path(arena, uri, path) && scan_read_file(*path, text) == SCAN_READ;
}

void ask_print_place(struct arena *arena, struct str path, const struct text *text, struct position at, struct str behind) {
    struct str shown = command_shown_path(arena, path);
    uint32_t offset = 0;
    struct position place = at;
    struct str line = text_slice(text, text_line(text, at.line));
    if (position_offset(text, at, POSITION_UTF16, &offset)) {
        place = position_of(text, offset, POSITION_UTF32);
    }
    line = str_trim(line);
    printf("%.*s:%u:%u: %.*s\n", STR_ARGUMENTS(shown), place.line + 1, place.column + 1,
           STR_ARGUMENTS(behind.size > 0 ? behind : line));
}

static void print_location(struct arena *arena, const struct client_location *location, struct str behind) {
    struct str path;
    struct text *text = NULL;
    if (ask_open(arena, location->uri, &path, &text)) {
        ask_print_place(arena, path, text, location->range.start, behind);
    } else {
        printf("%.*s:%u:%u\n", STR_ARGUMENTS(location->uri), location->range.start.line + 1, location->range.start.column + 1);
    }
    text_unref(text);
}

/* ---- answers */

/* Nothing to tell is worth a word to people; programs see the status. */
static int nothing(const struct ask_answer *answer, const char *what) {
    return answer->json ? COMMAND_FAILED : command_failed("%s", what);
}


int ask_tell_hover(const struct ask_answer *answer) {
    struct str markdown = STR("");
    if (!client_read_hover(answer->message, answer->arena, &markdown)) {
        return nothing(answer, "nothing is known of what stands there.");
    }
    if (!answer->json) {
        markdown = str_trim(markdown);
        printf("%.*s\n", STR_ARGUMENTS(markdown));
    }
    return COMMAND_DONE;
}

int ask_tell_locations(const struct ask_answer *answer) {
    struct decode_array list = answer_locations(answer->message, answer->arena);
    const struct client_location *locations = list.items;
    for (uint32_t i = 0; i < list.count && !answer->json; i++) {
        print_location(answer->arena, &locations[i], STR(""));
    }
    return list.count > 0 ? COMMAND_DONE : nothing(answer, "no place is known for what stands there.");
}

/* LSP 3.17 "SymbolKind", from 1. */
static struct str kind_name(uint32_t kind) {
    static const struct str names[] = {
        STR_INIT(""),         STR_INIT("file"),     STR_INIT("module"),   STR_INIT("namespace"), STR_INIT("package"),
        STR_INIT("class"),    STR_INIT("method"),   STR_INIT("property"), STR_INIT("field"),     STR_INIT("constructor"),
        STR_INIT("enum"),     STR_INIT("interface"), STR_INIT("function"), STR_INIT("variable"), STR_INIT("constant"),
        STR_INIT("string"),   STR_INIT("number"),   STR_INIT("boolean"),  STR_INIT("array"),     STR_INIT("object"),
        STR_INIT("key"),      STR_INIT("null"),     STR_INIT("variant"),  STR_INIT("type"),      STR_INIT("event"),
        STR_INIT("operator"), STR_INIT("type parameter"),
    };
    return kind < sizeof names / sizeof *names ? names[kind] : STR("");
}

static void print_symbol(const struct ask_answer *answer, const struct client_location *location, uint32_t kind,
                         struct str name, struct str container) {
    struct str word = kind_name(kind);
    print_location(answer->arena, location,
                   arena_printf(answer->arena, "%.*s %.*s%s%.*s", STR_ARGUMENTS(word), STR_ARGUMENTS(name),
                                container.size > 0 ? " · " : "", STR_ARGUMENTS(container)));
}

/* A symbol and what it holds, each where its name stands, so that the place can be asked about. */
static void print_outline(const struct ask_answer *answer, const struct decode_array *symbols, struct str container) {
    const struct answer_outline *items = symbols->items;
    for (uint32_t i = 0; i < symbols->count; i++) {
        struct client_location location = {.uri = answer->uri, .range = items[i].name_range};
        print_symbol(answer, &location, items[i].kind, items[i].name, container);
        print_outline(answer, &items[i].children, items[i].name);
    }
}

int ask_tell_symbols(const struct ask_answer *answer) {
    struct decode_array outline = answer_outline(answer->message, answer->arena);
    if (outline.count > 0) {
        if (!answer->json) {
            print_outline(answer, &outline, STR(""));
        }
        return COMMAND_DONE;
    }
    struct decode_array list = answer_symbols(answer->message, answer->arena);
    const struct answer_symbol *symbols = list.items;
    for (uint32_t i = 0; i < list.count && !answer->json; i++) {
        print_symbol(answer, &symbols[i].location, symbols[i].kind, symbols[i].name, symbols[i].container);
    }
    return list.count > 0 ? COMMAND_DONE : nothing(answer, "there is no such symbol.");
}
