/* Fixes: what would mend a diagnostic, as one replacement. */
#include "analysis/checks.h"

#include <stdarg.h>

static void set(struct check *check, struct diagnostic *diagnostic, struct span span, struct str replacement,
                const char *title, va_list arguments) __attribute__((format(printf, 5, 0)));

static void set(struct check *check, struct diagnostic *diagnostic, struct span span, struct str replacement,
                const char *title, va_list arguments) {
    diagnostic->fix.title = arena_vprintf(check->arena, title, arguments);
    diagnostic->fix.span = span;
    diagnostic->fix.replacement = replacement;
}

void fix_set(struct check *check, struct diagnostic *diagnostic, struct span span, struct str replacement,
             const char *title, ...) {
    va_list arguments;
    va_start(arguments, title);
    set(check, diagnostic, span, replacement, title, arguments);
    va_end(arguments);
}

static bool is_blank(char c) { return c == ' ' || c == '\t'; }

/* With its lines when nothing else stands on them: from the start of the first to behind the end of the last. */
static struct span whole_lines(struct str text, struct span span) {
    uint32_t start = span.start;
    uint32_t end = span.end;
    while (start > 0 && is_blank(text.data[start - 1])) {
        start--;
    }
    while (end < text.size && (is_blank(text.data[end]) || text.data[end] == '\r')) {
        end++;
    }
    bool alone = (start == 0 || text.data[start - 1] == '\n') && (end == text.size || text.data[end] == '\n');
    return alone ? (struct span){start, end + (end < text.size)} : span;
}

void fix_remove(struct check *check, struct diagnostic *diagnostic, struct span span, const char *title, ...) {
    va_list arguments;
    va_start(arguments, title);
    set(check, diagnostic, whole_lines(text_str(check->file->tree->text), span), (struct str){0}, title, arguments);
    va_end(arguments);
}

struct str fix_indentation(const struct check *check, uint32_t offset) {
    struct text *text = check->file->tree->text;
    struct str line = text_slice(text, text_line(text, text_line_of(text, offset)));
    size_t size = 0;
    while (size < line.size && is_blank(line.data[size])) {
        size++;
    }
    return str_slice(line, 0, size);
}
