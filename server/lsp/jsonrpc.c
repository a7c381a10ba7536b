/* jsonrpc: the pass before cJSON, and the checks of the envelope. */
#include "server/lsp/jsonrpc.h"

#include "parser/base/strbuf.h"
#include "parser/base/utf.h"

#include <cjson/cJSON.h>
#include <string.h>

/* An overlong NUL: bytes that no sanitised body can hold by itself. */
#define NUL_MARK STR("\xc0\x80")

/* ---- before cJSON */

static int hex_digit(char byte) {
    if (byte >= '0' && byte <= '9') {
        return byte - '0';
    }
    byte = (char)(byte | 0x20);
    return byte >= 'a' && byte <= 'f' ? byte - 'a' + 10 : -1;
}

/* The code unit of an escape `\uXXXX` at `at`, or -1. */
static int unit_at(struct str body, size_t at) {
    if (at + 6 > body.size || body.data[at] != '\\' || body.data[at + 1] != 'u') {
        return -1;
    }
    int unit = 0;
    for (size_t i = at + 2; i < at + 6; i++) {
        int digit = hex_digit(body.data[i]);
        if (digit < 0) {
            return -1;
        }
        unit = unit << 4 | digit;
    }
    return unit;
}

static bool is_high(int unit) { return unit >= 0xd800 && unit <= 0xdbff; }
static bool is_low(int unit) { return unit >= 0xdc00 && unit <= 0xdfff; }

/* How many bytes at `at` are taken together, and what to write for them; an empty replacement leaves them as they are. */
static size_t next_piece(struct str body, size_t at, struct str *replacement) {
    *replacement = (struct str){0};
    unsigned char byte = (unsigned char)body.data[at];
    if (byte == '\\') {
        int unit = unit_at(body, at);
        if (unit < 0) {
            return 2; /* `\\` must not make the next backslash an escape */
        }
        if (is_high(unit) && is_low(unit_at(body, at + 6))) {
            return 12;
        }
        if (unit == 0) {
            *replacement = NUL_MARK;
        } else if (is_high(unit) || is_low(unit)) {
            *replacement = STR("\\ufffd");
        }
        return 6;
    }
    if (byte < 0x80) {
        return 1;
    }
    size_t next = at + 1;
    if (utf_decode(body, at, &next) == 0xfffd && next == at + 1) {
        *replacement = STR("\xef\xbf\xbd");
    }
    return next - at;
}

static bool needs_nothing(struct str body) { return memmem(body.data, body.size, "\\u", 2) == NULL && utf_valid(body); }

struct str message_sanitise(struct arena *arena, struct str body) {
    if (body.size == 0 || needs_nothing(body)) {
        return body;
    }
    /* A malformed byte grows to three; everything else stays or shrinks. */
    char *copy = arena_alloc(arena, body.size * 3 + 1);
    size_t size = 0;
    for (size_t at = 0; at < body.size;) {
        struct str replacement;
        size_t taken = next_piece(body, at, &replacement);
        struct str piece = replacement.size > 0 ? replacement : str_slice(body, at, at + taken);
        memcpy(copy + size, piece.data, piece.size);
        size += piece.size;
        at += taken;
    }
    return (struct str){copy, size};
}

struct str message_string(char *text) {
    size_t size = strlen(text);
    char *mark = memmem(text, size, NUL_MARK.data, NUL_MARK.size);
    if (mark == NULL) {
        return (struct str){text, size};
    }
    char *out = mark;
    for (const char *in = mark; in < text + size;) {
        bool is_mark = memcmp(in, NUL_MARK.data, NUL_MARK.size) == 0;
        *out++ = is_mark ? '\0' : *in;
        in += is_mark ? 2 : 1;
    }
    return (struct str){text, (size_t)(out - text)};
}

/* ---- the id as it came */

static size_t skip_string(struct str body, size_t at) {
    for (at++; at < body.size && body.data[at] != '"'; at++) {
        at += body.data[at] == '\\';
    }
    return at + 1;
}

static bool is_space(char byte) { return byte == ' ' || byte == '\t' || byte == '\n' || byte == '\r'; }

static size_t skip_spaces(struct str body, size_t at) {
    while (at < body.size && is_space(body.data[at])) {
        at++;
    }
    return at;
}

/* The bytes of the value of the first member "id" in an object at this depth (1: the top) of well-formed JSON; empty when there
 * is none. */
static struct str raw_id(struct str body, unsigned wanted) {
    unsigned depth = 0;
    for (size_t at = 0; at < body.size;) {
        char byte = body.data[at];
        if (byte != '"') {
            depth += byte == '{' || byte == '[';
            depth -= byte == '}' || byte == ']';
            at++;
            continue;
        }
        size_t end = skip_string(body, at);
        bool is_id = depth == wanted && str_equal(str_slice(body, at, end), STR("\"id\""));
        at = skip_spaces(body, end);
        if (!is_id || at >= body.size || body.data[at] != ':') {
            continue;
        }
        size_t start = skip_spaces(body, at + 1);
        size_t stop = start;
        if (start < body.size && body.data[start] == '"') {
            stop = skip_string(body, start);
        } else {
            while (stop < body.size && !is_space(body.data[stop]) && body.data[stop] != ',' && body.data[stop] != '}') {
                stop++;
            }
        }
        return str_slice(body, start, stop);
    }
    return (struct str){0};
}

/* ---- the envelope */

static void invalid(struct message *message, enum rpc_error error, const char *problem) {
    message->kind = MESSAGE_INVALID;
    message->error = error;
    message->problem = problem;
}

static const cJSON *member(const cJSON *object, const char *name) {
    return cJSON_GetObjectItemCaseSensitive(object, name);
}

static bool is_absent(const cJSON *item) { return item == NULL || cJSON_IsNull(item); }

/* cJSON stops behind the first value: the rest must be white space. */
static cJSON *parse_whole(struct str body) {
    const char *end = NULL;
    if (body.size == 0 || memchr(body.data, '\0', body.size) != NULL) {
        return NULL;
    }
    cJSON *document = cJSON_ParseWithLengthOpts(body.data, body.size, &end, 0);
    size_t rest = document == NULL ? 0 : (size_t)(end - body.data);
    if (document != NULL && skip_spaces(body, rest) < body.size) {
        cJSON_Delete(document);
        document = NULL;
    }
    return document;
}

static void read_id(struct message *message, const cJSON *id, struct arena *arena, struct str body) {
    message->id = STR("null");
    if (cJSON_IsString(id) || cJSON_IsNumber(id)) {
        struct str raw = raw_id(body, 1);
        message->id = raw.size > 0 ? arena_str(arena, raw) : message->id;
    }
}

static void read_envelope(struct message *message, struct arena *arena, struct str body) {
    const cJSON *root = message->document;
    const cJSON *version = member(root, "jsonrpc"), *id = member(root, "id"), *method = member(root, "method");
    const cJSON *params = member(root, "params");
    read_id(message, id, arena, body);
    if (!cJSON_IsString(version) || strcmp(version->valuestring, "2.0") != 0) {
        invalid(message, RPC_INVALID_REQUEST, "A message must say \"jsonrpc\": \"2.0\".");
    } else if (method == NULL) {
        bool is_response = id != NULL && (member(root, "result") != NULL || member(root, "error") != NULL);
        message->kind = MESSAGE_RESPONSE;
        if (!is_response) {
            invalid(message, RPC_INVALID_REQUEST, "A message needs a method, or a result or an error.");
        }
    } else if (!cJSON_IsString(method)) {
        invalid(message, RPC_INVALID_REQUEST, "The method must be a string.");
    } else if (id != NULL && str_equal(message->id, STR("null"))) {
        invalid(message, RPC_INVALID_REQUEST, "The id of a request must be a string or a number.");
    } else if (!is_absent(params) && !cJSON_IsObject(params) && !cJSON_IsArray(params)) {
        invalid(message, RPC_INVALID_REQUEST, "The params must be an object or an array.");
    } else {
        message->kind = id != NULL ? MESSAGE_REQUEST : MESSAGE_NOTIFICATION;
        message->method = message_string(method->valuestring);
        message->params = is_absent(params) ? NULL : params;
        if (str_equal(message->method, STR("$/cancelRequest"))) {
            message->cancels = arena_str(arena, raw_id(body, 2));
        }
    }
}

void message_parse(struct message *message, struct arena *arena, struct str body) {
    memset(message, 0, sizeof *message);
    message->id = STR("null");
    struct str clean = message_sanitise(arena, body);
    message->document = parse_whole(clean);
    if (message->document == NULL) {
        invalid(message, RPC_PARSE_ERROR, "The message is not JSON.");
    } else if (!cJSON_IsObject(message->document)) {
        invalid(message, RPC_INVALID_REQUEST, "A message must be one JSON object.");
    } else {
        read_envelope(message, arena, clean);
    }
}

void message_finish(struct message *message) {
    cJSON_Delete(message->document);
    memset(message, 0, sizeof *message);
}
