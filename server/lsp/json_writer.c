/* json_writer: values, separators and string escapes. */
#include "server/lsp/json_writer.h"

#include "parser/base/utf.h"

#include <string.h>

void json_init(struct json_writer *json, struct strbuf *out) { *json = (struct json_writer){.out = out}; }

static void separate(struct json_writer *json) {
    if (json->comma) {
        strbuf_add_byte(json->out, ',');
    }
    json->comma = true;
}

static void open(struct json_writer *json, char bracket) {
    separate(json);
    strbuf_add_byte(json->out, bracket);
    json->comma = false;
}

static void close(struct json_writer *json, char bracket) {
    strbuf_add_byte(json->out, bracket);
    json->comma = true;
}

void json_open_object(struct json_writer *json) { open(json, '{'); }

void json_close_object(struct json_writer *json) { close(json, '}'); }

void json_open_array(struct json_writer *json) { open(json, '['); }

void json_close_array(struct json_writer *json) { close(json, ']'); }

void json_key(struct json_writer *json, const char *key) {
    size_t size = strlen(key), comma = json->comma ? 1 : 0;
    char *out = strbuf_extend(json->out, comma + size + 3);
    json->comma = false;
    if (out != NULL) {
        *out = ',';
        out += comma;
        *out = '"';
        memcpy(out + 1, key, size);
        memcpy(out + 1 + size, "\":", 2);
    }
}

static void escape(struct strbuf *out, unsigned char byte) {
    static const char short_escapes[0x80] = {['"'] = '"',  ['\\'] = '\\', ['\n'] = 'n', ['\r'] = 'r',
                                             ['\t'] = 't', ['\b'] = 'b',  ['\f'] = 'f'};
    if (short_escapes[byte] != 0) {
        strbuf_add(out, (struct str){(const char[]){'\\', short_escapes[byte]}, 2});
    } else {
        strbuf_printf(out, "\\u%04x", (unsigned)byte);
    }
}

/* Eight bytes at a time: the high bit of each byte of the result that is `"`, `\\`, a control character, 0x7f or no ASCII;
 * bits above the lowest one may be set needlessly. */
static uint64_t special_bytes(uint64_t bytes) {
    const uint64_t ones = UINT64_C(0x0101010101010101), highs = ones << 7;
    uint64_t quote = bytes ^ (ones * '"'), slash = bytes ^ (ones * '\\'), delete = bytes ^ (ones * 0x7f);
    uint64_t zeros = ((quote - ones) & ~quote) | ((slash - ones) & ~slash) | ((delete - ones) & ~delete);
    return (zeros | (bytes - ones * 0x20) | bytes) & highs;
}

/* Is it to be copied as it is? */
static bool is_plain(char byte) { return (unsigned char)(byte - 0x20) < 0x5f && byte != '"' && byte != '\\'; }

/* Where the first byte from `at` on is that has to be looked at; the end when all can be copied. */
static size_t plain_end(struct str value, size_t at) {
    for (uint64_t bytes; at + sizeof bytes <= value.size; at += sizeof bytes) {
        memcpy(&bytes, value.data + at, sizeof bytes);
        if (special_bytes(bytes) != 0) {
            break;
        }
    }
    while (at < value.size && is_plain(value.data[at])) {
        at++;
    }
    return at;
}

static void add_escaped(struct strbuf *out, struct str value) {
    size_t plain = 0, at = 0; /* [plain, at) needs no change and is not written yet */
    while ((at = plain_end(value, at)) < value.size) {
        unsigned char byte = (unsigned char)value.data[at];
        size_t next = at + 1;
        bool malformed = byte >= 0x80 && utf_decode(value, at, &next) == 0xfffd && next == at + 1;
        if (byte < 0x80 || malformed) {
            strbuf_add(out, str_slice(value, plain, at));
            plain = next;
            if (malformed) {
                strbuf_add(out, STR("\xef\xbf\xbd"));
            } else {
                escape(out, byte);
            }
        }
        at = next;
    }
    strbuf_add(out, str_slice(value, plain, value.size));
}

void json_string(struct json_writer *json, struct str value) {
    separate(json);
    if (plain_end(value, 0) < value.size) {
        strbuf_add_byte(json->out, '"');
        add_escaped(json->out, value);
        strbuf_add_byte(json->out, '"');
        return;
    }
    char *out = strbuf_extend(json->out, value.size + 2);
    if (out != NULL) {
        *out = '"';
        if (value.size > 0) {
            memcpy(out + 1, value.data, value.size);
        }
        out[1 + value.size] = '"';
    }
}

void json_key_text(struct json_writer *json, struct str key) {
    json_string(json, key);
    strbuf_add_byte(json->out, ':');
    json->comma = false;
}

void json_number(struct json_writer *json, int64_t value) {
    separate(json);
    if (value < 0) {
        strbuf_add_byte(json->out, '-');
    }
    strbuf_add_uint(json->out, value < 0 ? 0 - (uint64_t)value : (uint64_t)value);
}

/* Writes the digits of a number so that they end at `end`; gives their start. */
static char *digits_before(char *end, uint32_t value) {
    do {
        *--end = (char)('0' + value % 10);
        value /= 10;
    } while (value != 0);
    return end;
}

void json_numbers(struct json_writer *json, const uint32_t *values, size_t count) {
    enum { LONGEST = 11, CHUNK = 4096 };
    char chunk[CHUNK];
    size_t size = 0;
    json_open_array(json);
    for (size_t i = 0; i < count; i++) {
        char digits[LONGEST];
        char *start = digits_before(digits + LONGEST, values[i]);
        size_t length = (size_t)(digits + LONGEST - start);
        if (size + LONGEST + 1 > CHUNK) {
            strbuf_add(json->out, (struct str){chunk, size});
            size = 0;
        }
        chunk[size] = ',';
        size += i > 0;
        memcpy(chunk + size, start, length);
        size += length;
    }
    strbuf_add(json->out, (struct str){chunk, size});
    json_close_array(json);
}

void json_bool(struct json_writer *json, bool value) { json_raw(json, value ? STR("true") : STR("false")); }

void json_null(struct json_writer *json) { json_raw(json, STR("null")); }

void json_raw(struct json_writer *json, struct str text) {
    separate(json);
    strbuf_add(json->out, text);
}

void json_member_string(struct json_writer *json, const char *key, struct str value) {
    json_key(json, key);
    json_string(json, value);
}

void json_member_number(struct json_writer *json, const char *key, int64_t value) {
    json_key(json, key);
    json_number(json, value);
}

void json_member_bool(struct json_writer *json, const char *key, bool value) {
    json_key(json, key);
    json_bool(json, value);
}
