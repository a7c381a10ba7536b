/* json_writer: values, separators and string escapes. */
#include "server/lsp/json_writer.h"

#include "parser/base/eight.h"
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

/* Writes what stands for an ASCII byte that cannot be copied; gives its end. */
static char *escape(char *out, unsigned char byte) {
    static const char short_escapes[0x80] = {['"'] = '"',  ['\\'] = '\\', ['\n'] = 'n', ['\r'] = 'r',
                                             ['\t'] = 't', ['\b'] = 'b',  ['\f'] = 'f'};
    static const char digits[] = "0123456789abcdef";
    *out++ = '\\';
    if (short_escapes[byte] != 0) {
        *out++ = short_escapes[byte];
        return out;
    }
    memcpy(out, "u00", 3);
    out[3] = digits[byte >> 4];
    out[4] = digits[byte & 0xf];
    return out + 5;
}

/* How many bytes stand in front of the first special one. */
static size_t first_byte(uint64_t special) {
#if __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__
    return (size_t)__builtin_ctzll(special) / 8;
#else
    (void)special;
    return 0; /* the lowest byte is the last one: each is looked at by itself */
#endif
}

/* Is it to be copied as it is? */
static bool is_plain(char byte) { return (unsigned char)(byte - 0x20) < 0x5f && byte != '"' && byte != '\\'; }

/* Can all of it be copied? The last eight bytes may overlap those before, so that nothing is looked at one by one. */
static bool is_all_plain(struct str value) {
    uint64_t special = 0;
    size_t at = 0;
    if (value.size < sizeof special) {
        while (at < value.size && is_plain(value.data[at])) {
            at++;
        }
        return at == value.size;
    }
    for (; special == 0 && at + sizeof special <= value.size; at += sizeof special) {
        special = eight_special(eight_bytes(value.data + at));
    }
    return special == 0 && eight_special(eight_bytes(value.data + value.size - sizeof special)) == 0;
}

enum { ESCAPE_MOST = 6, CHUNK = 4096 };

/* Writes the character at *at, whatever it is, as a string has it; gives its end, at most ESCAPE_MOST bytes further. */
static char *write_character(char *out, struct str value, size_t *at) {
    unsigned char byte = (unsigned char)value.data[*at];
    size_t next = *at + 1;
    if (is_plain((char)byte)) {
        *out++ = (char)byte;
    } else if (byte < 0x80) {
        out = escape(out, byte);
    } else if (utf_decode(value, *at, &next) == 0xfffd && next == *at + 1) {
        memcpy(out, "\xef\xbf\xbd", 3);
        out += 3;
    } else {
        memcpy(out, value.data + *at, next - *at);
        out += next - *at;
    }
    *at = next;
    return out;
}

/* Eight bytes are copied at a time, and counted as far as they may be. */
static void add_escaped(struct strbuf *out, struct str value) {
    char chunk[CHUNK], *end = chunk;
    for (size_t at = 0; at < value.size;) {
        uint64_t bytes;
        if (end + sizeof bytes + ESCAPE_MOST > chunk + CHUNK) {
            strbuf_add(out, (struct str){chunk, (size_t)(end - chunk)});
            end = chunk;
        }
        if (at + sizeof bytes > value.size) {
            end = write_character(end, value, &at);
            continue;
        }
        bytes = eight_bytes(value.data + at);
        memcpy(end, &bytes, sizeof bytes);
        uint64_t special = eight_special(bytes);
        size_t plain = special == 0 ? sizeof bytes : first_byte(special);
        at += plain;
        end += plain;
        if (special != 0) {
            end = write_character(end, value, &at);
        }
    }
    strbuf_add(out, (struct str){chunk, (size_t)(end - chunk)});
}

void json_string(struct json_writer *json, struct str value) {
    separate(json);
    if (!is_all_plain(value)) {
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
    enum { LONGEST = 11 };
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
