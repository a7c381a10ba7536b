/* Reading signatures: brackets are matched, texts are skipped, and nothing is copied. */
#include "analysis/signature_text.h"

#include "parser/base/byte.h"

bool signature_is_name_byte(char byte) { return byte_is_word(byte) || byte_is_wide(byte); }

/* `<` of type arguments, not of a comparison. */
static bool opens_arguments(struct str text, size_t at) {
    return text.data[at] == '<' && at > 0 && signature_is_name_byte(text.data[at - 1]);
}

static bool closes_arguments(struct str text, size_t at) {
    return text.data[at] == '>' && at > 0 && text.data[at - 1] != '-' && text.data[at - 1] != '=' &&
           text.data[at - 1] != ' ';
}

static bool is_one_of(char c, const char *bytes) {
    while (*bytes != '\0' && *bytes != c) {
        bytes++;
    }
    return *bytes != '\0';
}

/* The byte behind the text that starts at `at`; of one that does not end, `at` + 1. */
static size_t skip_text(struct str text, size_t at) {
    char quote = text.data[at];
    for (size_t i = at + 1; i < text.size; i++) {
        if (text.data[i] == '\\') {
            i++;
        } else if (text.data[i] == quote) {
            return i + 1;
        }
    }
    return at + 1;
}

/* The bytes that say something about where a part ends. */
enum part_byte { PART_PLAIN, PART_QUOTE, PART_OPEN, PART_CLOSE, PART_LESS, PART_MORE, PART_COMMA };

static const unsigned char part_bytes[256] = {
    ['"'] = PART_QUOTE, ['\''] = PART_QUOTE, ['('] = PART_OPEN,  ['['] = PART_OPEN,
    ['{'] = PART_OPEN,  [')'] = PART_CLOSE,  [']'] = PART_CLOSE, ['}'] = PART_CLOSE,
    ['<'] = PART_LESS,  ['>'] = PART_MORE,   [','] = PART_COMMA,
};

size_t signature_part_end(struct str text, size_t at) {
    unsigned depth = 0;
    while (at < text.size) {
        switch ((enum part_byte)part_bytes[(unsigned char)text.data[at]]) {
        case PART_PLAIN:
            break;
        case PART_QUOTE:
            at = skip_text(text, at);
            continue;
        case PART_OPEN:
            depth++;
            break;
        case PART_LESS:
            depth += opens_arguments(text, at) ? 1 : 0;
            break;
        case PART_MORE:
            depth -= depth > 0 && closes_arguments(text, at) ? 1 : 0;
            break;
        case PART_CLOSE:
            if (depth == 0) {
                return at;
            }
            depth--;
            break;
        case PART_COMMA:
            if (depth == 0) {
                return at;
            }
            break;
        }
        at++;
    }
    return text.size;
}

/* The end of all parts at `at`: the closing bracket, or the end. */
static size_t list_end(struct str text, size_t at) {
    at = signature_part_end(text, at);
    while (at < text.size && text.data[at] == ',') {
        at = signature_part_end(text, at + 1);
    }
    return at;
}

/* The `>` that closes the type arguments whose `<` stands at `at`, or the end. */
static size_t arguments_end(struct str text, size_t at) {
    unsigned depth = 0;
    for (; at < text.size; at++) {
        if (opens_arguments(text, at)) {
            depth++;
        } else if (closes_arguments(text, at) && --depth == 0) {
            return at;
        }
    }
    return text.size;
}

/* Behind the opening bracket; text.size + 1 when there is none. */
static size_t list_start(struct str text) {
    size_t at = 0;
    while (at < text.size && text.data[at] != '(' && text.data[at] != '{' && text.data[at] != ':' &&
           text.data[at] != '=') {
        at = (opens_arguments(text, at) ? arguments_end(text, at) : at) + 1;
    }
    bool found = at < text.size && (text.data[at] == '(' || text.data[at] == '{');
    return found ? at + 1 : text.size + 1;
}

bool signature_list(struct str signature, struct str *list) {
    size_t start = list_start(signature);
    if (start > signature.size) {
        return false;
    }
    *list = str_slice(signature, start, list_end(signature, start));
    return true;
}

/* The first `byte` outside of brackets, or the end. */
static size_t find_outside(struct str text, char byte) {
    unsigned depth = 0;
    for (size_t at = 0; at < text.size; at++) {
        char c = text.data[at];
        if (depth == 0 && c == byte) {
            return at;
        }
        if (c == '"') {
            at = skip_text(text, at) - 1;
        } else if (is_one_of(c, "([{")) {
            depth++;
        } else if (is_one_of(c, ")]}") && depth > 0) {
            depth--;
        }
    }
    return text.size;
}

bool signature_next(struct str list, size_t *at, struct signature_parameter *parameter) {
    size_t start = *at;
    if (start >= list.size || str_trim(str_slice(list, start, list.size)).size == 0) {
        return false;
    }
    size_t end = signature_part_end(list, start);
    *at = end + 1;
    struct str whole = str_trim(str_slice(list, start, end));
    size_t equal = find_outside(whole, '=');
    struct str head = str_trim(str_slice(whole, 0, equal));
    size_t colon = find_outside(head, ':');
    *parameter = (struct signature_parameter){.whole = whole,
                                              .name = str_trim(str_slice(head, 0, colon)),
                                              .type = str_trim(str_slice(head, colon + 1, head.size)),
                                              .value = str_trim(str_slice(whole, equal + 1, whole.size))};
    parameter->rest = str_starts_with(parameter->name, STR("..."));
    if (parameter->rest) {
        parameter->name = str_slice(parameter->name, 3, parameter->name.size);
    }
    bool question = str_ends_with(parameter->name, STR("?"));
    if (question) {
        parameter->name = str_slice(parameter->name, 0, parameter->name.size - 1);
    }
    parameter->optional = parameter->rest || question || parameter->value.size > 0;
    return true;
}

struct str signature_result(struct str signature) {
    size_t start = list_start(signature);
    if (start > signature.size) {
        size_t colon = str_find(signature, ':', 0);
        struct str type = str_slice(signature, colon + 1, signature.size);
        return str_trim(str_slice(type, 0, find_outside(type, '=')));
    }
    struct str rest = str_trim(str_slice(signature, list_end(signature, start) + 1, signature.size));
    return str_starts_with(rest, STR("->")) ? str_trim(str_slice(rest, 2, rest.size)) : (struct str){0};
}

size_t signature_operator(struct str text) {
    unsigned depth = 0;
    bool quoted = false;
    for (size_t i = 0; i < text.size; i++) {
        char c = text.data[i];
        quoted = quoted != (c == '"'); /* in a type that is a text */
        if (quoted) {
            i += c == '\\' ? 1 : 0;
            continue;
        }
        bool arrow = c == '-' && i + 1 < text.size && text.data[i + 1] == '>';
        if (depth == 0 && (c == '|' || arrow)) {
            return i;
        }
        i += arrow ? 1 : 0;
        if (!arrow && (c == '(' || c == '[' || c == '{' || c == '<')) {
            depth++;
        } else if (!arrow && (c == ')' || c == ']' || c == '}' || c == '>') && depth > 0) {
            depth--;
        }
    }
    return text.size;
}

struct str signature_variables(struct str signature) {
    for (size_t at = 0; at < signature.size && !is_one_of(signature.data[at], "({:="); at++) {
        if (opens_arguments(signature, at)) {
            return str_slice(signature, at + 1, arguments_end(signature, at));
        }
    }
    return (struct str){0};
}

struct str signature_alias(struct str signature) {
    size_t equal = list_start(signature) > signature.size ? find_outside(signature, '=') : signature.size;
    bool alias = str_starts_with(signature, STR("type ")) && equal < signature.size;
    return alias ? str_trim(str_slice(signature, equal + 1, signature.size)) : (struct str){0};
}
