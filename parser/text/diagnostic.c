/* diagnostic: the table of codes, and lists of diagnostics. */
#include "parser/text/diagnostic.h"

#include "parser/base/limits.h"
#include "parser/base/xalloc.h"

#include <stdarg.h>
#include <string.h>

struct code_facts {
    struct str name, title;
    enum diagnostic_severity severity;
};

static const struct code_facts codes[DIAGNOSTIC_CODE_COUNT] = {
#define DIAGNOSTIC(id, name, severity, title) [DIAGNOSTIC_##id] = {STR_INIT(name), STR_INIT(title), severity},
#include "parser/text/diagnostic_codes.def"
};

struct diagnostic *diagnostic_add(struct arena *arena, struct diagnostic_list *list, enum diagnostic_code code,
                                  struct span span, const char *format, ...) {
    struct diagnostic *added = NULL;
    if (list->list.count < LIMIT_DIAGNOSTICS) {
        vec_push(arena, &list->list, (struct diagnostic){0});
        added = &list->list.items[list->list.count - 1];
    } else {
        added = arena_new(arena, struct diagnostic);
    }
    va_list arguments;
    va_start(arguments, format);
    *added = (struct diagnostic){
        .code = code,
        .severity = codes[code].severity,
        .span = span,
        .message = arena_vprintf(arena, format, arguments),
    };
    va_end(arguments);
    return added;
}

struct diagnostic_list diagnostic_list_copy(struct arena *arena, const struct diagnostic_list *list) {
    struct diagnostic_list copy = {0};
    for (unsigned i = 0; i < list->list.count; i++) {
        struct diagnostic diagnostic = list->list.items[i];
        diagnostic.message = arena_str(arena, diagnostic.message);
        diagnostic.related.path = arena_str(arena, diagnostic.related.path);
        diagnostic.related.message = arena_str(arena, diagnostic.related.message);
        diagnostic.fix.title = arena_str(arena, diagnostic.fix.title);
        diagnostic.fix.replacement = arena_str(arena, diagnostic.fix.replacement);
        vec_push(arena, &copy.list, diagnostic);
    }
    return copy;
}

struct str diagnostic_code_name(enum diagnostic_code code) {
    return codes[code].name;
}

struct str diagnostic_code_title(enum diagnostic_code code) {
    return codes[code].title;
}

enum diagnostic_severity diagnostic_code_severity(enum diagnostic_code code) {
    return codes[code].severity;
}

bool diagnostic_is_syntax(enum diagnostic_code code) {
    return str_starts_with(diagnostic_code_name(code), STR("E0"));
}

bool diagnostic_is_type(enum diagnostic_code code) {
    return code == DIAGNOSTIC_VALUE_TYPE || code == DIAGNOSTIC_OPERAND_TYPE;
}

bool diagnostic_is_silenceable(enum diagnostic_code code) {
    return !diagnostic_is_syntax(code) && code != DIAGNOSTIC_NOT_EMITTED;
}

struct str diagnostic_severity_name(enum diagnostic_severity severity) {
    static const struct str names[] = {
        [SEVERITY_ERROR] = STR_INIT("error"),
        [SEVERITY_WARNING] = STR_INIT("warning"),
        [SEVERITY_INFORMATION] = STR_INIT("information"),
        [SEVERITY_HINT] = STR_INIT("hint"),
    };
    return names[severity];
}

static bool is_after(const struct diagnostic *a, const struct diagnostic *b) {
    if (a->span.start != b->span.start) {
        return a->span.start > b->span.start;
    }
    if (a->span.end != b->span.end) {
        return a->span.end > b->span.end;
    }
    return a->code > b->code;
}

/* Merges the sorted runs [start, middle) and [middle, end) of `from` into `to`. */
static void merge(const struct diagnostic *from, struct diagnostic *to, unsigned start, unsigned middle, unsigned end) {
    unsigned left = start;
    unsigned right = middle;
    for (unsigned i = start; i < end; i++) {
        bool take_right = left == middle || (right < end && is_after(&from[left], &from[right]));
        to[i] = take_right ? from[right++] : from[left++];
    }
}

void diagnostic_sort(struct diagnostic_list *list) {
    unsigned count = list->list.count;
    if (count < 2) {
        return;
    }
    struct diagnostic *scratch = xcalloc(count, sizeof *scratch);
    for (unsigned width = 1; width < count; width *= 2) {
        for (unsigned start = 0; start < count; start += 2 * width) {
            unsigned middle = start + width < count ? start + width : count;
            unsigned end = middle + width < count ? middle + width : count;
            merge(list->list.items, scratch, start, middle, end);
        }
        memcpy(list->list.items, scratch, count * sizeof *scratch);
    }
    xfree(scratch);
}
