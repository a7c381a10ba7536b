/* framing: header lines, then as many bytes as they announce. */
#include "server/lsp/framing.h"

#include "parser/base/limits.h"

#include <string.h>
#include <strings.h>

enum {
    LENGTH_DIGITS = 15,       /* more digits than any message can have */
    KEPT_BYTES = 1024 * 1024, /* the memory of a larger message is given back */
};

void framing_init(struct framing *framing) {
    memset(framing, 0, sizeof *framing);
    strbuf_init(&framing->input, (size_t)LIMIT_MESSAGE_BYTES + LIMIT_HEADER_BYTES + 1024 * 1024);
}

void framing_finish(struct framing *framing) { strbuf_finish(&framing->input); }

struct str framing_problem(const struct framing *framing) {
    return str_from_c(framing->problem);
}

void framing_push(struct framing *framing, struct str bytes) {
    if (framing->start > 0) {
        strbuf_consume(&framing->input, framing->start);
        framing->start = 0;
        if (framing->input.size == 0 && framing->input.capacity > KEPT_BYTES) {
            strbuf_finish(&framing->input);
        }
    }
    size_t dropped = framing->skip < bytes.size ? framing->skip : bytes.size;
    framing->skip -= dropped;
    strbuf_add(&framing->input, str_slice(bytes, dropped, bytes.size));
    if (framing->input.overflow) {
        framing->problem = "more was sent than was announced and read";
    }
}

static struct str unread(const struct framing *framing) {
    return str_slice(strbuf_str(&framing->input), framing->start, framing->input.size);
}

static bool name_is(struct str name, const char *wanted) {
    return name.size == strlen(wanted) && strncasecmp(name.data, wanted, name.size) == 0;
}

static bool length_of(struct str value, size_t *length) {
    if (value.size == 0 || value.size > LENGTH_DIGITS) {
        return false;
    }
    size_t number = 0;
    for (size_t i = 0; i < value.size; i++) {
        if (value.data[i] < '0' || value.data[i] > '9') {
            return false;
        }
        number = number * 10 + (size_t)(value.data[i] - '0');
    }
    *length = number;
    return true;
}

/* "application/vscode-jsonrpc; charset=utf-8", where clients also write utf8 and quote it. */
static bool charset_is_utf8(struct str value) {
    for (size_t at = str_find(value, ';', 0); at < value.size; at = str_find(value, ';', at + 1)) {
        struct str parameter = str_trim(str_slice(value, at + 1, str_find(value, ';', at + 1)));
        size_t equals = str_find(parameter, '=', 0);
        if (!name_is(str_trim(str_slice(parameter, 0, equals)), "charset")) {
            continue;
        }
        struct str charset = str_trim(str_slice(parameter, equals + 1, parameter.size));
        if (charset.size >= 2 && charset.data[0] == '"' && charset.data[charset.size - 1] == '"') {
            charset = str_slice(charset, 1, charset.size - 1);
        }
        return name_is(charset, "utf-8") || name_is(charset, "utf8");
    }
    return true;
}

/* Reads one header line; false when it is wrong, and framing->problem says how. */
static bool read_header(struct framing *framing, struct str line, bool *has_length) {
    size_t colon = str_find(line, ':', 0);
    struct str name = str_slice(line, 0, colon);
    struct str value = str_trim(str_slice(line, colon + 1, line.size));
    if (colon == line.size || colon == 0) {
        framing->problem = "a header line has no name before a colon";
    } else if (str_find(line, '\n', 0) < line.size || str_find(line, '\r', 0) < line.size) {
        framing->problem = "header lines must end with a carriage return and a newline";
    } else if (name_is(name, "Content-Length")) {
        size_t length = 0;
        if (!length_of(value, &length)) {
            framing->problem = "Content-Length is not a number of bytes";
        } else if (*has_length && length != framing->length) {
            framing->problem = "Content-Length is given twice";
        }
        framing->length = length;
        *has_length = true;
    } else if (name_is(name, "Content-Type") && !charset_is_utf8(value)) {
        framing->problem = "only UTF-8 is understood";
    }
    return framing->problem == NULL;
}

/* Reads the header lines up to the empty one, `head` being all of them with their line ends. */
static bool read_headers(struct framing *framing, struct str head) {
    bool has_length = false;
    while (head.size > 0) {
        const char *end = memmem(head.data, head.size, "\r\n", 2);
        size_t size = end == NULL ? head.size : (size_t)(end - head.data);
        if (!read_header(framing, str_slice(head, 0, size), &has_length)) {
            return false;
        }
        head = str_slice(head, size + 2, head.size);
    }
    if (!has_length) {
        framing->problem = "a message has no Content-Length";
    }
    return has_length;
}

/* Finds the end of the headers; true when they are complete and right. */
static bool take_headers(struct framing *framing) {
    struct str input = unread(framing);
    size_t from = framing->scanned > 3 ? framing->scanned - 3 : 0;
    const char *end = memmem(input.data + from, input.size - from, "\r\n\r\n", 4);
    size_t size = end == NULL ? input.size : (size_t)(end - input.data);
    if (memmem(input.data + from, size - from, "\n\n", 2) != NULL) {
        framing->problem = "header lines must end with a carriage return and a newline";
        return false;
    }
    if (size > LIMIT_HEADER_BYTES) {
        framing->problem = "the headers of a message are too long";
        return false;
    }
    framing->scanned = input.size;
    if (end == NULL || !read_headers(framing, str_slice(input, 0, size))) {
        return false;
    }
    framing->start += size + 4;
    framing->scanned = 0;
    return true;
}

enum framing_status framing_next(struct framing *framing, struct str *body) {
    if (framing->problem != NULL) {
        return FRAMING_BROKEN;
    }
    if (!framing->in_body) {
        if (!take_headers(framing)) {
            return framing->problem != NULL ? FRAMING_BROKEN : FRAMING_MORE;
        }
        framing->in_body = true;
    }
    struct str input = unread(framing);
    if (framing->length > LIMIT_MESSAGE_BYTES) {
        size_t here = framing->length < input.size ? framing->length : input.size;
        framing->start += here;
        framing->skip = framing->length - here;
        framing->in_body = false;
        return FRAMING_TOO_LARGE;
    }
    if (input.size < framing->length) {
        return FRAMING_MORE;
    }
    *body = str_slice(input, 0, framing->length);
    framing->start += framing->length;
    framing->in_body = false;
    return FRAMING_MESSAGE;
}

void framing_write(struct strbuf *out, struct str body) {
    strbuf_printf(out, "Content-Length: %zu\r\n\r\n", body.size);
    strbuf_add(out, body);
}
