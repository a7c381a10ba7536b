/* listing: printing trees, laying out printed ones, and showing where two differ. */
#include "tests/corpus/listing.h"

#include "parser/base/utf.h"
#include "parser/syntax/node.h"

#include <string.h>

enum { CONTEXT = 4 };

static void begin_line(struct strbuf *out, size_t start, unsigned depth) {
    if (out->size == start) {
        return;
    }
    strbuf_add_byte(out, '\n');
    strbuf_add_repeat(out, ' ', (size_t)depth * 2);
}

/* ---- of a tree */

static bool is_named(struct str token) {
    for (unsigned kind = NODE_NULL + 1; kind < NODE_TOKEN; kind++) {
        if (str_equal(node_kind_name((enum node_kind)kind), token)) {
            return true;
        }
    }
    return false;
}

static void print_missing(struct str token, struct strbuf *out) {
    const char *quote = is_named(token) ? "" : "\"";
    strbuf_printf(out, "MISSING %s%.*s%s", quote, STR_ARGUMENTS(token), quote);
}

/* An error in an error that holds nothing is text that is no token. */
static bool is_unexpected(const struct syntax_tree *tree, node_id node) {
    return node_kind(tree, node) == NODE_ERROR && node_kind(tree, node_parent(tree, node)) == NODE_ERROR &&
           node_first_child(tree, node) == NODE_NONE;
}

/* Like tree-sitter: what is not printable ASCII as its number. */
static void print_unexpected(struct str text, struct strbuf *out) {
    size_t next;
    uint32_t c = text.size != 0 ? utf_decode(text, 0, &next) : 0;
    if (c >= ' ' && c < 0x7F) {
        strbuf_printf(out, "UNEXPECTED '%c'", (char)c);
    } else {
        strbuf_printf(out, "UNEXPECTED %u", (unsigned)c);
    }
}

static void print_head(const struct syntax_tree *tree, node_id node, struct strbuf *out) {
    if (node_field(tree, node) != FIELD_NONE) {
        strbuf_printf(out, "%.*s: ", STR_ARGUMENTS(node_field_name(node_field(tree, node))));
    }
    strbuf_add_byte(out, '(');
    struct str token = node_inserted_token(tree, node);
    if (token.size != 0) {
        print_missing(token, out);
    } else if (is_unexpected(tree, node)) {
        print_unexpected(node_text(tree, node), out);
    } else {
        strbuf_add(out, node_kind_name(node_kind(tree, node)));
    }
}

void listing_of_tree(const struct syntax_tree *tree, struct strbuf *out) {
    size_t start = out->size;
    unsigned depth = 0;
    for (node_id node = NODE_ROOT; node < tree->count; node++) {
        bool token = node_kind(tree, node) == NODE_TOKEN;
        if (!token) {
            begin_line(out, start, depth);
            print_head(tree, node, out);
        }
        depth++;
        for (node_id ended = node; ended != NODE_NONE && tree->nodes[ended].next == node + 1;
             ended = node_parent(tree, ended)) {
            if (node_kind(tree, ended) != NODE_TOKEN) {
                strbuf_add_byte(out, ')');
            }
            depth--;
        }
    }
}

/* ---- of a text */

/* Where the part that begins at `from` ends: a parenthesis, a quoted character or token, or a word. */
static size_t part_end(struct str text, size_t from) {
    size_t at = from + 1;
    char first = text.data[from];
    if (first == '\'') { /* the character may be a quote or a backslash itself */
        bool escape = str_starts_with(str_slice(text, at, text.size), STR("\\")) &&
                      !str_starts_with(str_slice(text, at + 1, text.size), STR("'"));
        return at + (escape ? 3 : 2);
    }
    if (first == '"') {
        while (at < text.size && text.data[at] != '"') {
            at += text.data[at] == '\\' ? 2 : 1;
        }
        return at + 1;
    }
    while (strchr("() \t\r\n", first) == NULL && at < text.size && strchr("() \t\r\n", text.data[at]) == NULL) {
        at++;
    }
    return at;
}

void listing_of_text(struct str text, struct strbuf *out) {
    size_t start = out->size;
    unsigned depth = 0;
    struct str field = {0};
    struct str before = {0};
    for (size_t from = 0; from < text.size;) {
        size_t end = part_end(text, from);
        struct str part = str_slice(text, from, end);
        from = end;
        if (str_trim(part).size == 0) {
            continue;
        }
        if (str_equal(part, STR("("))) {
            begin_line(out, start, depth++);
            strbuf_printf(out, "%.*s%s(", STR_ARGUMENTS(field), field.size != 0 ? " " : "");
            field = (struct str){0};
        } else if (str_equal(part, STR(")"))) {
            depth -= depth > 0;
            strbuf_add_byte(out, ')');
        } else if (str_ends_with(part, STR(":"))) {
            field = part;
        } else if (!str_equal(before, STR("UNEXPECTED"))) {
            strbuf_printf(out, "%s%.*s", str_equal(before, STR("(")) ? "" : " ", STR_ARGUMENTS(part));
        }
        before = part;
    }
}

/* ---- differences */

static size_t line_end(struct str text, size_t from) { return str_find(text, '\n', from) + 1; }

/* From `from`, which is the start of a line, `count` lines up. */
static size_t lines_up(struct str text, size_t from, unsigned count) {
    while (from > 0 && count > 0) {
        from--;
        while (from > 0 && text.data[from - 1] != '\n') {
            from--;
        }
        count--;
    }
    return from;
}

static void add_lines(struct str text, size_t from, size_t end, char sign, struct strbuf *out) {
    while (from < end && from < text.size) {
        size_t next = line_end(text, from);
        strbuf_printf(out, "%c %.*s\n", sign, STR_ARGUMENTS(str_slice(text, from, next - 1)));
        from = next;
    }
}

void listing_differences(struct str wanted, struct str actual, struct strbuf *out) {
    size_t same = 0; /* bytes of equal lines that both begin with */
    while (same < wanted.size && same < actual.size) {
        size_t end = line_end(wanted, same);
        if (!str_equal(str_slice(wanted, same, end), str_slice(actual, same, line_end(actual, same)))) {
            break;
        }
        same = end;
    }
    size_t wanted_end = wanted.size;
    size_t actual_end = actual.size;
    while (wanted_end > same && actual_end > same) {
        size_t wanted_line = lines_up(wanted, wanted_end, 1);
        size_t actual_line = lines_up(actual, actual_end, 1);
        if (!str_equal(str_slice(wanted, wanted_line, wanted_end), str_slice(actual, actual_line, actual_end))) {
            break;
        }
        wanted_end = wanted_line;
        actual_end = actual_line;
    }
    size_t after = wanted_end;
    for (unsigned i = 0; i < CONTEXT && after < wanted.size; i++) {
        after = line_end(wanted, after);
    }
    add_lines(wanted, lines_up(wanted, same, CONTEXT), same, ' ', out);
    add_lines(wanted, same, wanted_end, '-', out);
    add_lines(actual, same, actual_end, '+', out);
    add_lines(wanted, wanted_end, after, ' ', out);
}
