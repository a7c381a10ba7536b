/* node_text: what strings and doc comments say. */
#include "parser/base/arena.h"
#include "parser/base/strbuf.h"
#include "parser/syntax/node.h"

#include <string.h>

/* ---- strings */

static const struct {
    struct str open, close;
} quotes[NODE_KIND_COUNT] = {
    [NODE_STRING] = {STR_INIT("\""), STR_INIT("\"")},
    [NODE_TRIPLE_STRING] = {STR_INIT("\"\"\""), STR_INIT("\"\"\"")},
    [NODE_SINGLE_STRING] = {STR_INIT("'"), STR_INIT("'")},
    [NODE_RAW_STRING] = {STR_INIT("r\""), STR_INIT("\"")},
};

/* What stands between the quotes; the closing ones may be missing. In an interpolation quotes may be escaped. */
static struct str without_quotes(const struct syntax_tree *tree, node_id node) {
    enum node_kind kind = node_kind(tree, node);
    struct str text = node_text(tree, node);
    bool escaped = kind == NODE_STRING && str_starts_with(text, STR("\\"));
    if (escaped || (kind == NODE_STRING && str_starts_with(text, STR("f")))) {
        text = str_slice(text, 1, text.size);
    }
    text = str_slice(text, quotes[kind].open.size, text.size);
    if (node_child_of_kind(tree, node, NODE_UNTERMINATED) == NODE_NONE && str_ends_with(text, quotes[kind].close)) {
        size_t closer = quotes[kind].close.size + (escaped ? 1 : 0);
        text = str_slice(text, 0, text.size > closer ? text.size - closer : 0);
    }
    return text;
}

/* The bytes of the line at `from` without its LF; *next is the start of the next line, past the size at the end. */
static struct str line_at(struct str text, size_t from, size_t *next) {
    size_t end = str_find(text, '\n', from);
    *next = end + 1;
    return str_slice(text, from, end);
}

static size_t indentation(struct str line) {
    size_t size = 0;
    while (size < line.size && (line.data[size] == ' ' || line.data[size] == '\t')) {
        size++;
    }
    return size;
}

/* A triple string begins behind the line end of its opening and loses a last line of white space and the indentation
 * that all its lines share. */
static struct str without_indentation(struct arena *arena, struct str text) {
    struct str first = str_slice(text, 0, str_find(text, '\n', 0));
    if (str_trim(first).size == 0 && first.size < text.size) {
        text = str_slice(text, first.size + 1, text.size);
    }
    size_t last = text.size;
    while (last > 0 && text.data[last - 1] != '\n') {
        last--;
    }
    if (last > 0 && str_trim(str_slice(text, last, text.size)).size == 0) {
        text = str_slice(text, 0, last - 1);
    }

    size_t common = SIZE_MAX;
    for (size_t from = 0; from <= text.size;) {
        struct str line = line_at(text, from, &from);
        size_t indent = indentation(line);
        if (str_trim(line).size != 0 && indent < common) {
            common = indent;
        }
    }
    char *out = arena_alloc(arena, text.size + 1);
    size_t size = 0;
    for (size_t from = 0; from <= text.size;) {
        struct str line = line_at(text, from, &from);
        size_t indent = indentation(line);
        line = str_slice(line, indent < common ? indent : common, line.size);
        memcpy(out + size, line.data, line.size);
        size += line.size;
        if (from <= text.size) {
            out[size++] = '\n';
        }
    }
    return (struct str){out, size};
}

/* The byte that a backslash and `letter` stand for; 0 when the backslash is an ordinary character. */
static char escaped(char letter) {
    static const char from[] = "ntr\\\"'{}";
    static const char to[] = "\n\t\r\\\"'{}";
    const char *found = letter != '\0' ? strchr(from, letter) : NULL;
    return found != NULL ? to[found - from] : '\0';
}

static struct str without_escapes(struct arena *arena, struct str text) {
    char *out = arena_alloc(arena, text.size + 1);
    size_t size = 0;
    for (size_t i = 0; i < text.size; i++) {
        char byte = text.data[i];
        char meant = byte == '\\' && i + 1 < text.size ? escaped(text.data[i + 1]) : '\0';
        if (meant != '\0') {
            i++;
        }
        out[size++] = meant != '\0' ? meant : byte;
    }
    return (struct str){out, size};
}

bool node_string_value(struct arena *arena, const struct syntax_tree *tree, node_id node, struct str *value) {
    enum node_kind kind = node_kind(tree, node);
    if (quotes[kind].open.size == 0 || node_child_of_kind(tree, node, NODE_INTERPOLATION) != NODE_NONE) {
        return false;
    }
    struct str text = without_quotes(tree, node);
    if (kind == NODE_TRIPLE_STRING) {
        text = without_indentation(arena, text);
    }
    *value = kind == NODE_RAW_STRING ? arena_str(arena, text) : without_escapes(arena, text);
    return true;
}

/* ---- documentation */

/* Is the line nothing but a doc comment? *said is then its text without slashes and one blank. */
static bool documentation_line(const struct syntax_tree *tree, uint32_t line, struct str *said) {
    struct span span = text_line(tree->text, line);
    struct str text = text_slice(tree->text, span);
    size_t indent = indentation(text);
    static const struct str slashes = STR_INIT("///");
    if (!str_starts_with(str_slice(text, indent, text.size), slashes) ||
        node_kind(tree, node_at(tree, span.start + (uint32_t)indent + 1)) != NODE_DOC_COMMENT) {
        return false;
    }
    text = str_slice(text, indent + slashes.size, text.size);
    *said = str_starts_with(text, STR(" ")) ? str_slice(text, 1, text.size) : text;
    return true;
}

struct str node_documentation(struct arena *arena, const struct syntax_tree *tree, node_id node) {
    if (node == NODE_NONE) {
        return STR("");
    }
    uint32_t end = text_line_of(tree->text, node_span(tree, node).start);
    uint32_t start = end;
    struct str said = STR("");
    while (start > 0 && documentation_line(tree, start - 1, &said)) {
        start--;
    }
    struct strbuf joined;
    strbuf_init(&joined, SIZE_MAX);
    for (uint32_t line = start; line < end; line++) {
        if (line > start) {
            strbuf_add_byte(&joined, '\n');
        }
        documentation_line(tree, line, &said);
        strbuf_add(&joined, said);
    }
    struct str result = arena_str(arena, strbuf_str(&joined));
    strbuf_finish(&joined);
    return result;
}
