/* ask_answers: places as `file:line:column: text of the line`, as grep and compilers write them. */
#include "server/commands/ask_answers.h"

#include "parser/base/limits.h"
#include "parser/text/uri.h"
#include "server/commands/command.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* ---- places */

/* The path of a URI, and its text with a reference; false when it is no file that can be read. */
static bool open_uri(struct arena *arena, struct str uri, struct str *path, struct text **text) {
    return uri_to_path(arena, uri, path) && scan_read_file(*path, text) == SCAN_READ;
}

static void print_place(struct arena *arena, struct str path, const struct text *text, struct position at, struct str behind) {
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
    if (open_uri(arena, location->uri, &path, &text)) {
        print_place(arena, path, text, location->range.start, behind);
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

int ask_tell_symbols(const struct ask_answer *answer) {
    struct decode_array list = answer_symbols(answer->message, answer->arena);
    const struct answer_symbol *symbols = list.items;
    for (uint32_t i = 0; i < list.count && !answer->json; i++) {
        struct str kind = kind_name(symbols[i].kind);
        struct str container = symbols[i].container;
        print_location(answer->arena, &symbols[i].location,
                       arena_printf(answer->arena, "%.*s %.*s%s%.*s", STR_ARGUMENTS(kind), STR_ARGUMENTS(symbols[i].name),
                                    container.size > 0 ? " · " : "", STR_ARGUMENTS(container)));
    }
    return list.count > 0 ? COMMAND_DONE : nothing(answer, "there is no such symbol.");
}

/* ---- edits on disk */

static int compare_edits(const void *left, const void *right) {
    const struct answer_edit *a = left;
    const struct answer_edit *b = right;
    if (a->range.start.line != b->range.start.line) {
        return a->range.start.line < b->range.start.line ? -1 : 1;
    }
    return a->range.start.column < b->range.start.column ? -1 : a->range.start.column > b->range.start.column;
}

/* The text with the edits made; false when one does not fit. */
static bool edited(const struct text *text, const struct decode_array *edits, struct strbuf *out) {
    const struct answer_edit *items = edits->items;
    struct str all = text_str(text);
    size_t at = 0;
    for (uint32_t i = 0; i < edits->count; i++) {
        uint32_t start;
        uint32_t end;
        if (!position_offset(text, items[i].range.start, POSITION_UTF16, &start) ||
            !position_offset(text, items[i].range.end, POSITION_UTF16, &end) || start < at || end < start) {
            return false;
        }
        strbuf_add(out, str_slice(all, at, start));
        strbuf_add(out, items[i].text);
        at = end;
    }
    strbuf_add(out, str_slice(all, at, all.size));
    return !out->overflow;
}

/* Writes a file anew beside the old one and puts it into its place; the rights stay. False with errno. */
static bool replace_file(struct arena *arena, struct str path, struct str bytes) {
    struct stat status;
    struct str name = arena_printf(arena, "%.*s.XXXXXX", STR_ARGUMENTS(path));
    char *beside = arena_array(arena, char, name.size + 1);
    memcpy(beside, name.data, name.size);
    int file = stat(path.data, &status) == 0 ? mkostemp(beside, O_CLOEXEC) : -1;
    if (file < 0) {
        return false;
    }
    bool good = fchmod(file, status.st_mode & 07777) == 0;
    for (size_t written = 0; good && written < bytes.size;) {
        ssize_t count = write(file, bytes.data + written, bytes.size - written);
        good = count >= 0 || errno == EINTR;
        written += count > 0 ? (size_t)count : 0;
    }
    good = good && fsync(file) == 0;
    good = close(file) == 0 && good && rename(beside, path.data) == 0;
    if (!good) {
        int error = errno;
        unlink(beside);
        errno = error;
    }
    return good;
}

/* A link is followed: the file that it names is changed. */
static bool write_file(struct arena *arena, struct str path, struct str bytes) {
    char *real = realpath(path.data, NULL);
    bool good = real != NULL && replace_file(arena, arena_str(arena, str_from_c(real)), bytes);
    free(real);
    return good;
}

static bool change_file(const struct ask_answer *answer, const struct answer_file_edits *file) {
    struct str path;
    struct text *text = NULL;
    struct strbuf bytes;
    if (!open_uri(answer->arena, file->uri, &path, &text)) {
        command_failed("%.*s cannot be read.", STR_ARGUMENTS(file->uri));
        return false;
    }
    strbuf_init(&bytes, LIMIT_FILE_BYTES);
    qsort(file->edits.items, file->edits.count, sizeof(struct answer_edit), compare_edits);
    bool good = edited(text, &file->edits, &bytes);
    if (!good) {
        command_failed("%.*s has changed meanwhile.", STR_ARGUMENTS(path));
    } else if (!answer->dry && !write_file(answer->arena, path, strbuf_str(&bytes))) {
        good = false;
        command_failed("%.*s cannot be written: %s", STR_ARGUMENTS(path), strerror(errno));
    }
    const struct answer_edit *edits = file->edits.items;
    for (uint32_t i = 0; good && !answer->json && i < file->edits.count; i++) {
        print_place(answer->arena, path, text, edits[i].range.start, STR(""));
    }
    strbuf_finish(&bytes);
    text_unref(text);
    return good;
}

int ask_tell_edits(const struct ask_answer *answer) {
    struct decode_array list = answer_edits(answer->message, answer->arena);
    const struct answer_file_edits *files = list.items;
    unsigned places = 0;
    bool good = list.count > 0;
    for (uint32_t i = 0; good && i < list.count; i++) {
        good = change_file(answer, &files[i]);
        places += files[i].edits.count;
    }
    if (good && !answer->json) {
        printf("%s %u place%s in %u file%s.\n", answer->dry ? "Would change" : "Changed", places, places == 1 ? "" : "s",
               (unsigned)list.count, list.count == 1 ? "" : "s");
    }
    return good ? COMMAND_DONE : COMMAND_FAILED;
}
