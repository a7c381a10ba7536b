/* ask_edits: the edits of a rename, made on disk or shown as a patch. */
#include "parser/base/limits.h"
#include "server/commands/ask_answers.h"
#include "server/commands/command.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

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

/* ---- what is told: the changed lines, as a patch while nothing is written, as places when it is done */

/* A file before and after. */
struct change {
    struct arena *arena;
    struct str path;
    struct text *old, *new;
    const struct answer_edit *edits;
    uint32_t count;
};

static uint32_t offset_of(const struct text *text, struct position position) {
    uint32_t offset = 0;
    position_offset(text, position, POSITION_UTF16, &offset);
    return offset;
}

/* How much longer the edits from `first` up to `end` make the text. */
static int64_t growth(const struct change *change, uint32_t first, uint32_t end) {
    int64_t bytes = 0;
    for (uint32_t i = first; i < end; i++) {
        const struct range *range = &change->edits[i].range;
        bytes += (int64_t)change->edits[i].text.size;
        bytes -= (int64_t)offset_of(change->old, range->end) - (int64_t)offset_of(change->old, range->start);
    }
    return bytes;
}

/* Lines with the ends that they have in the text: the one before a line feed belongs to what is compared. */
static void print_lines(char sign, const struct text *text, uint32_t first, uint32_t last) {
    for (uint32_t line = first; line <= last; line++) {
        bool ends = line + 1 < text_line_count(text);
        struct span span = {text_line(text, line).start, ends ? text_line(text, line + 1).start : text_size(text)};
        struct str bytes = text_slice(text, span);
        printf("%c%.*s%s", sign, STR_ARGUMENTS(bytes), ends ? "" : "\n\\ No newline at end of file\n");
    }
}

/* The lines of the edits from `first` up to the return value, which have a line in common. */
static uint32_t print_hunk(const struct change *change, uint32_t first, int64_t shift) {
    uint32_t line = change->edits[first].range.start.line;
    uint32_t last = change->edits[first].range.end.line;
    uint32_t end = first + 1;
    for (; end < change->count && change->edits[end].range.start.line <= last; end++) {
        last = change->edits[end].range.end.line;
    }
    int64_t start = (int64_t)text_line(change->old, line).start + shift;
    int64_t stop = (int64_t)text_line(change->old, last).end + shift + growth(change, first, end);
    uint32_t new_line = text_line_of(change->new, (uint32_t)start);
    uint32_t new_last = text_line_of(change->new, (uint32_t)stop);
    printf("@@ -%u,%u +%u,%u @@\n", line + 1, last - line + 1, new_line + 1, new_last - new_line + 1);
    print_lines('-', change->old, line, last);
    print_lines('+', change->new, new_line, new_last);
    return end;
}

/* A patch without context, which `patch -p0` understands. */
static void print_patch(const struct change *change) {
    struct str path = command_shown_path(change->arena, change->path);
    printf("--- %.*s\n+++ %.*s\n", STR_ARGUMENTS(path), STR_ARGUMENTS(path));
    int64_t shift = 0;
    for (uint32_t i = 0, end = 0; i < change->count; i = end) {
        end = print_hunk(change, i, shift);
        shift += growth(change, i, end);
    }
}

static void print_places(const struct change *change) {
    int64_t shift = 0;
    for (uint32_t i = 0; i < change->count; i++) {
        uint32_t start = (uint32_t)(offset_of(change->old, change->edits[i].range.start) + shift);
        ask_print_place(change->arena, change->path, change->new, position_of(change->new, start, POSITION_UTF16), STR(""));
        shift += growth(change, i, i + 1);
    }
}

static bool change_file(const struct ask_answer *answer, const struct answer_file_edits *file) {
    struct change change = {.arena = answer->arena, .edits = file->edits.items, .count = file->edits.count};
    struct strbuf bytes;
    if (!ask_open(answer->arena, file->uri, &change.path, &change.old)) {
        command_failed("%.*s cannot be read.", STR_ARGUMENTS(file->uri));
        return false;
    }
    strbuf_init(&bytes, LIMIT_FILE_BYTES);
    qsort(file->edits.items, file->edits.count, sizeof(struct answer_edit), compare_edits);
    bool good = edited(change.old, &file->edits, &bytes);
    if (!good) {
        command_failed("%.*s has changed meanwhile.", STR_ARGUMENTS(change.path));
    } else if (!answer->dry && !write_file(answer->arena, change.path, strbuf_str(&bytes))) {
        good = false;
        command_failed("%.*s cannot be written: %s", STR_ARGUMENTS(change.path), strerror(errno));
    }
    if (good && !answer->json) {
        change.new = text_create(strbuf_str(&bytes));
        answer->dry ? print_patch(&change) : print_places(&change);
        text_unref(change.new);
    }
    strbuf_finish(&bytes);
    text_unref(change.old);
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
    struct str warning = good ? answer_warning(answer->message, answer->arena) : STR("");
    if (good && warning.size > 0) {
        fprintf(stderr, "tova: %.*s\n", STR_ARGUMENTS(warning));
    }
    if (good && !answer->json) {
        printf("%s %u place%s in %u file%s.\n", answer->dry ? "Would change" : "Changed", places, places == 1 ? "" : "s",
               (unsigned)list.count, list.count == 1 ? "" : "s");
    }
    return good ? COMMAND_DONE : COMMAND_FAILED;
}
