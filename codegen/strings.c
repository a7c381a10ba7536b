/* strings: text and numbers as JavaScript writes them. */
#include "codegen/expressions.h"

#include "parser/base/strbuf.h"

#include <string.h>

struct str template_text(struct emitter *e, struct str value, bool keep_lines) {
    char *text = arena_alloc(e->arena, value.size * 2 + 1);
    size_t size = 0;
    for (size_t i = 0; i < value.size; i++) {
        char byte = value.data[i];
        char next = i + 1 < value.size ? value.data[i + 1] : '\0';
        bool escaped = byte == '`' || byte == '\\' || (byte == '$' && (next == '{' || i + 1 == value.size));
        const char *control = byte == '\r'                  ? "\\r"
                              : byte == '\n' && !keep_lines ? "\\n"
                              : byte == '\t' && !keep_lines ? "\\t"
                                                            : NULL;
        if (control != NULL) {
            memcpy(text + size, control, 2);
            size += 2;
            continue;
        }
        if (escaped) {
            text[size++] = '\\';
        }
        text[size++] = byte;
    }
    return (struct str){text, size};
}

static char escape_value(char letter) {
    switch (letter) {
    case 'n':
        return '\n';
    case 't':
        return '\t';
    case 'r':
        return '\r';
    default:
        return letter;
    }
}

static bool is_escape(char letter) { return letter != '\0' && strchr("ntr\\\"'{}", letter) != NULL; }

/* Resolves the escapes of raw text; one that the language does not know stays as it is written. */
static struct str unescaped(struct emitter *e, struct str raw) {
    char *text = arena_alloc(e->arena, raw.size + 1);
    size_t size = 0;
    for (size_t i = 0; i < raw.size; i++) {
        if (raw.data[i] == '\\' && i + 1 < raw.size && is_escape(raw.data[i + 1])) {
            text[size++] = escape_value(raw.data[++i]);
        } else {
            text[size++] = raw.data[i];
        }
    }
    return (struct str){text, size};
}

static void add_text(struct emitter *e, struct js *template, struct str value, struct span span, bool keep_lines) {
    if (value.size == 0) {
        return;
    }
    struct js *part = js_text(e->arena, JS_TEMPLATE_TEXT, template_text(e, value, keep_lines));
    part->a = js_text(e->arena, JS_LITERAL, value); /* the value itself, for template_done */
    part->place = (struct js_place){.file = e->file_index + 1, .span = span};
    js_add(e->arena, &template->list, part);
}

/* ---- triple strings: lines lose the indentation that all of them share */

struct dedent {
    bool active;
    size_t common; /* spaces */
};

static size_t indentation_at(struct str text, size_t at) {
    size_t end = at;
    while (end < text.size && (text.data[end] == ' ' || text.data[end] == '\t')) {
        end++;
    }
    return end - at;
}

static struct dedent dedent_of(struct str content) {
    struct dedent dedent = {.active = true, .common = SIZE_MAX};
    for (size_t at = str_find(content, '\n', 0); at < content.size; at = str_find(content, '\n', at + 1)) {
        size_t indentation = indentation_at(content, at + 1);
        size_t end = at + 1 + indentation;
        bool blank = end >= content.size || content.data[end] == '\n' || content.data[end] == '\r';
        if (!blank && indentation < dedent.common) {
            dedent.common = indentation;
        }
    }
    return dedent;
}

static struct str dedented(struct emitter *e, struct str raw, struct dedent dedent) {
    char *text = arena_alloc(e->arena, raw.size + 1);
    size_t size = 0;
    for (size_t i = 0; i < raw.size; i++) {
        text[size++] = raw.data[i];
        if (raw.data[i] == '\n') {
            size_t indentation = indentation_at(raw, i + 1);
            i += indentation < dedent.common ? indentation : dedent.common;
        }
    }
    return (struct str){text, size};
}

/* ---- parts */

struct quotes {
    unsigned open, close; /* bytes */
    bool escapes, dedents;
};

static struct quotes quotes_of(const struct emitter *e, node_id node) {
    struct str text = text_of(e, node);
    switch ((int)kind_of(e, node)) {
    case NODE_TRIPLE_STRING:
        return (struct quotes){3, 3, true, true};
    case NODE_RAW_STRING:
        return (struct quotes){2, 1, false, false};
    default:
        if (str_starts_with(text, STR("\\"))) {
            return (struct quotes){2, 2, true, false}; /* in an interpolation: the quotes are escaped */
        }
        return (struct quotes){str_starts_with(text, STR("f")) ? 2 : 1, 1, true, false};
    }
}

struct string_reader {
    struct emitter *e;
    struct js *template;
    struct quotes quotes;
    struct dedent dedent;
    struct span content;
};

static void read_text(struct string_reader *reader, uint32_t start, uint32_t end) {
    struct span span = {start, end};
    struct str raw = text_slice(reader->e->tree->text, span);
    if (reader->quotes.dedents) {
        size_t first = start == reader->content.start ? str_find(raw, '\n', 0) : 0;
        raw = dedented(reader->e, raw, reader->dedent);
        if (start == reader->content.start && str_trim(str_slice(raw, 0, first)).size == 0 && first < raw.size) {
            raw = str_slice(raw, first + 1, raw.size);
        }
        size_t last = raw.size;
        while (last > 0 && (raw.data[last - 1] == ' ' || raw.data[last - 1] == '\t')) {
            last--;
        }
        if (end == reader->content.end && last > 0 && raw.data[last - 1] == '\n') {
            raw = str_slice(raw, 0, last - 1);
        }
    }
    struct str value = reader->quotes.escapes ? unescaped(reader->e, raw) : raw;
    bool keep_lines = reader->quotes.dedents || str_find(raw, '\n', 0) < raw.size;
    add_text(reader->e, reader->template, value, span, keep_lines);
}

static struct span content_of(const struct emitter *e, node_id node, struct quotes quotes) {
    struct span span = node_span(e->tree, node);
    if (span_size(span) < quotes.open + quotes.close) {
        return (struct span){span.end, span.end};
    }
    return (struct span){span.start + quotes.open, span.end - quotes.close};
}

void string_parts(struct emitter *e, node_id node, struct js *template) {
    struct quotes quotes = quotes_of(e, node);
    struct string_reader reader = {e, template, quotes, {0}, content_of(e, node, quotes)};
    if (quotes.dedents) {
        reader.dedent = dedent_of(text_slice(e->tree->text, reader.content));
    }
    uint32_t at = reader.content.start;
    NODE_EACH(child, e->tree, node) {
        if (kind_of(e, child) == NODE_INTERPOLATION) {
            struct span span = node_span(e->tree, child);
            unsigned mark = e->statements->of.count;
            read_text(&reader, at, span.start);
            node_id inner = node_child(e->tree, child, FIELD_VALUE);
            if (inner != NODE_NONE) {
                struct js *value = lower_expression(e, inner);
                protect_values(e, template->list.of.items, template->list.of.count, mark);
                js_add(e->arena, &template->list, value);
            } else {
                read_text(&reader, span.start, span.end);
            }
            at = span.end;
        }
    }
    read_text(&reader, at, reader.content.end);
}

struct js *template_done(struct emitter *e, struct js *template) {
    struct js_list parts = {0};
    for (unsigned i = 0; i < template->list.of.count; i++) {
        struct js *part = template->list.of.items[i];
        struct js *before = parts.of.count > 0 ? parts.of.items[parts.of.count - 1] : NULL;
        if (part->kind == JS_TEMPLATE_TEXT && before != NULL && before->kind == JS_TEMPLATE_TEXT) {
            struct js *joined = js_text(e->arena, JS_TEMPLATE_TEXT, arena_concat(e->arena, before->text, part->text));
            joined->a = js_text(e->arena, JS_LITERAL, arena_concat(e->arena, before->a->text, part->a->text));
            joined->place = before->place;
            parts.of.items[parts.of.count - 1] = joined;
        } else {
            js_add(e->arena, &parts, part);
        }
    }
    template->list = parts;
    if (parts.of.count == 0) {
        struct js *empty = js_literal(e->arena, "\"\"");
        empty->place = template->place;
        return empty;
    }
    struct js *only = parts.of.items[0];
    bool lines = only->kind == JS_TEMPLATE_TEXT && str_find(only->text, '\n', 0) < only->text.size;
    if (parts.of.count == 1 && only->kind == JS_TEMPLATE_TEXT && !lines) {
        struct js *string = js_string(e->arena, only->a->text);
        string->place = template->place;
        string->a = only->a;
        return string;
    }
    return template;
}

struct js *lower_string(struct emitter *e, node_id node) {
    struct js *template = placed(e, js_new(e->arena, JS_TEMPLATE), node);
    string_parts(e, node, template);
    return template_done(e, template);
}

/* JavaScript refuses leading zeros and underscores without digits around them. */
struct js *lower_number(struct emitter *e, node_id node) {
    struct str text = text_of(e, node);
    char *clean = arena_alloc(e->arena, text.size + 1);
    size_t size = 0;
    bool plain = text.size > 1 && text.data[0] == '0' && text.data[1] >= '0' && text.data[1] <= '9';
    size_t start = 0;
    while (plain && start + 1 < text.size && (text.data[start] == '0' || text.data[start] == '_') &&
           text.data[start + 1] != '.') {
        start++;
    }
    for (size_t i = start; i < text.size; i++) {
        bool between = i > start && i + 1 < text.size && text.data[i - 1] != '_' && text.data[i + 1] != '_' &&
                       text.data[i - 1] != '.' && text.data[i + 1] != '.';
        if (text.data[i] != '_' || (between && !(i == start + 2 && text.data[start] == '0'))) {
            clean[size++] = text.data[i];
        }
    }
    struct str value = size == 0 ? STR("0") : (struct str){clean, size};
    return placed(e, js_text(e->arena, JS_LITERAL, value), node);
}
