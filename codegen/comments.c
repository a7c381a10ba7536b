/* comments: comments and empty lines of a source, kept in the output. */
#include "codegen/statements.h"


bool has_blank_before(const struct emitter *e, node_id node) {
    struct str text = text_str(e->tree->text);
    unsigned lines = 0;
    for (size_t at = node_span(e->tree, node).start; at > 0; at--) {
        char byte = text.data[at - 1];
        if (byte == '\n') {
            lines++;
        } else if (byte != ' ' && byte != '\t' && byte != '\r') {
            break;
        }
    }
    return lines > 1;
}

static bool is_trailing(const struct emitter *e, node_id comment) {
    struct str text = text_str(e->tree->text);
    size_t at = node_span(e->tree, comment).start;
    while (at > 0 && (text.data[at - 1] == ' ' || text.data[at - 1] == '\t')) {
        at--;
    }
    return at > 0 && text.data[at - 1] != '\n' && text.data[at - 1] != '{';
}

static struct str block_comment_text(struct emitter *e, struct str text) {
    struct str inner = str_trim(str_slice(text, 2, str_ends_with(text, STR("*/")) ? text.size - 2 : text.size));
    struct str result = STR("");
    for (size_t start = 0; start <= inner.size;) {
        size_t end = str_find(inner, '\n', start);
        struct str line = str_trim(str_slice(inner, start, end));
        line = str_starts_with(line, STR("*")) ? str_slice(line, 1, line.size) : line;
        result = start == 0 ? line : arena_printf(e->arena, "%.*s\n%.*s", STR_ARGUMENTS(result), STR_ARGUMENTS(line));
        start = end + 1;
    }
    return result;
}

void add_comment(struct emitter *e, node_id comment) {
    struct str text = text_of(e, comment);
    if (kind_of(e, comment) == NODE_BLOCK_COMMENT) {
        text = block_comment_text(e, text);
    } else if (kind_of(e, comment) == NODE_FOREIGN) {
        text = str_slice(text, 0, str_find(text, '\n', 0));
    } else {
        text = str_slice(text, kind_of(e, comment) == NODE_DOC_COMMENT ? 3 : 2, text.size);
    }
    while (text.size > 0 && (text.data[text.size - 1] == '\r' || text.data[text.size - 1] == ' ')) {
        text.size--;
    }
    struct js *statement = js_comment(e->arena, text);
    statement->flags |= has_blank_before(e, comment) ? (unsigned)JS_BLANK_BEFORE : 0;
    statement->flags |= is_trailing(e, comment) && e->statements->of.count > 0 ? (unsigned)JS_IS_TRAILING : 0;
    add_statement(e, statement);
}
