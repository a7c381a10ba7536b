/* uri: percent coding between `file:` URIs and paths (RFC 3986, RFC 8089). */
#include "parser/text/uri.h"

#include "parser/base/path.h"

#include <string.h>

static int hex_digit(char byte) {
    if (byte >= '0' && byte <= '9') {
        return byte - '0';
    }
    char lower = (char)(byte | 0x20);
    return lower >= 'a' && lower <= 'f' ? lower - 'a' + 10 : -1;
}

/* Decodes s into *decoded; false for a malformed escape or an encoded NUL. */
static bool percent_decode(struct arena *arena, struct str s, struct str *decoded) {
    char *out = arena_alloc(arena, s.size + 1);
    size_t size = 0;
    for (size_t i = 0; i < s.size; i++) {
        char byte = s.data[i];
        if (byte == '%') {
            if (s.size - i < 3) {
                return false;
            }
            int high = hex_digit(s.data[i + 1]);
            int low = hex_digit(s.data[i + 2]);
            if (high < 0 || low < 0) {
                return false;
            }
            byte = (char)(high * 16 + low);
            i += 2;
        }
        if (byte == '\0') {
            return false;
        }
        out[size++] = byte;
    }
    *decoded = (struct str){out, size};
    return true;
}

/* Does s start with `prefix`, which is in lower case, in any case? */
static bool starts_with_any_case(struct str s, struct str prefix) {
    if (s.size < prefix.size) {
        return false;
    }
    for (size_t i = 0; i < prefix.size; i++) {
        char byte = s.data[i];
        if ((byte >= 'A' && byte <= 'Z' ? (char)(byte | 0x20) : byte) != prefix.data[i]) {
            return false;
        }
    }
    return true;
}

bool uri_to_path(struct arena *arena, struct str uri, struct str *path) {
    static const struct str scheme = STR_INIT("file://");
    static const struct str local = STR_INIT("localhost");
    if (!starts_with_any_case(uri, scheme)) {
        return false;
    }
    struct str rest = str_slice(uri, scheme.size, uri.size);
    if (starts_with_any_case(rest, local)) {
        rest = str_slice(rest, local.size, rest.size);
    }
    size_t query = str_find(rest, '?', 0);
    size_t fragment = str_find(rest, '#', 0);
    rest = str_slice(rest, 0, query < fragment ? query : fragment);
    struct str decoded = {0};
    if (rest.size == 0 || rest.data[0] != '/' || !percent_decode(arena, rest, &decoded)) {
        return false;
    }
    *path = path_normalise(arena, decoded);
    return true;
}

/* RFC 3986 §2.3, and the slash. */
static bool stays(char byte) {
    char lower = (char)(byte | 0x20);
    return (lower >= 'a' && lower <= 'z') || (byte >= '0' && byte <= '9') ||
           (byte != '\0' && strchr("-._~/", byte) != NULL);
}

struct str uri_from_path(struct arena *arena, struct str path) {
    static const char digits[] = "0123456789ABCDEF";
    static const char scheme[] = "file://";
    char *out = arena_alloc(arena, sizeof scheme + path.size * 3);
    size_t size = sizeof scheme - 1;
    memcpy(out, scheme, size);
    for (size_t i = 0; i < path.size; i++) {
        unsigned char byte = (unsigned char)path.data[i];
        if (stays(path.data[i])) {
            out[size++] = path.data[i];
        } else {
            out[size++] = '%';
            out[size++] = digits[byte >> 4];
            out[size++] = digits[byte & 15];
        }
    }
    return (struct str){out, size};
}
