/* endpoint_examples: reads types as they are written, as far as an example needs them. */
#include "server/features/endpoint_examples.h"

#include "parser/base/strbuf.h"

enum {
    DEPTH = 5,        /* of types within types */
    FIELDS = 64,      /* of one type that are shown */
    EXAMPLE_BYTES = 64 * 1024,
};

struct reader {
    const struct example_maker *maker;
    struct strbuf out;
};

static void write_value(struct reader *r, struct str type, struct str name, unsigned depth);

/* ---- strings */

static void add_string(struct strbuf *out, struct str text) {
    strbuf_add_byte(out, '"');
    for (size_t i = 0; i < text.size; i++) {
        unsigned char byte = (unsigned char)text.data[i];
        if (byte == '"' || byte == '\\') {
            strbuf_add_byte(out, '\\');
            strbuf_add_byte(out, (char)byte);
        } else if (byte < 0x20) {
            strbuf_printf(out, "\\u%04x", byte);
        } else {
            strbuf_add_byte(out, (char)byte);
        }
    }
    strbuf_add_byte(out, '"');
}

struct str example_string(struct arena *arena, struct str text) {
    struct strbuf out;
    strbuf_init(&out, EXAMPLE_BYTES);
    add_string(&out, text);
    struct str result = arena_str(arena, strbuf_str(&out));
    strbuf_finish(&out);
    return result;
}

/* Does a name end in a word: `user_email` in `email`? */
static bool is_about(struct str name, struct str word) {
    bool end = str_ends_with(name, word);
    size_t before = name.size - (end ? word.size : 0);
    return end && (before == 0 || name.data[before - 1] == '_' || (word.data[0] >= 'A' && word.data[0] <= 'Z'));
}

static struct str text_about(struct str name) {
    static const struct {
        struct str word, text;
    } words[] = {
        {STR_INIT("email"), STR_INIT("ada@example.com")}, {STR_INIT("name"), STR_INIT("Ada")},
        {STR_INIT("author"), STR_INIT("Ada")},            {STR_INIT("url"), STR_INIT("https://example.com/")},
        {STR_INIT("date"), STR_INIT("2026-01-31")},       {STR_INIT("time"), STR_INIT("12:00")},
        {STR_INIT("password"), STR_INIT("correct horse")}, {STR_INIT("title"), STR_INIT("A title")},
        {STR_INIT("id"), STR_INIT("1")},
    };
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        if (is_about(name, words[i].word)) {
            return words[i].text;
        }
    }
    return STR("text");
}

/* ---- types as text */

/* The offset of a character outside of brackets and texts, or the size. */
static size_t find_outside(struct str type, char wanted, size_t from) {
    unsigned depth = 0;
    bool text = false;
    for (size_t i = from; i < type.size; i++) {
        char c = type.data[i];
        text = text != (c == '"' && (i == 0 || type.data[i - 1] != '\\'));
        if (text) {
            continue;
        }
        bool arrow = c == '>' && i > 0 && type.data[i - 1] == '-';
        if (depth == 0 && c == wanted) {
            return i;
        }
        if (c == '(' || c == '[' || c == '{' || c == '<') {
            depth++;
        } else if ((c == ')' || c == ']' || c == '}' || (c == '>' && !arrow)) && depth > 0) {
            depth--;
        }
    }
    return type.size;
}

static bool is_within(struct str type, char open, char close) {
    return type.size > 1 && type.data[0] == open && type.data[type.size - 1] == close;
}

static struct str inside(struct str type) { return str_trim(str_slice(type, 1, type.size - 1)); }

/* "[a, b]" of the types between commas. */
static void write_tuple(struct reader *r, struct str types, struct str name, unsigned depth) {
    strbuf_add_byte(&r->out, '[');
    for (size_t start = 0; start < types.size;) {
        size_t end = find_outside(types, ',', start);
        strbuf_add_c(&r->out, start > 0 ? ", " : "");
        write_value(r, str_slice(types, start, end), name, depth);
        start = end + 1;
    }
    strbuf_add_byte(&r->out, ']');
}

/* {"a": …} of "a: T, b: U". */
static void write_record(struct reader *r, struct str fields, unsigned depth) {
    unsigned count = 0;
    strbuf_add_byte(&r->out, '{');
    for (size_t start = 0; start < fields.size && count < FIELDS;) {
        size_t end = find_outside(fields, ',', start);
        struct str field = str_slice(fields, start, end);
        size_t colon = find_outside(field, ':', 0);
        struct str name = str_trim(str_slice(field, 0, colon));
        if (colon < field.size && name.size > 0) {
            strbuf_add_c(&r->out, count++ > 0 ? ", " : "");
            add_string(&r->out, name);
            strbuf_add_c(&r->out, ": ");
            write_value(r, str_slice(field, colon + 1, field.size), name, depth);
        }
        start = end + 1;
    }
    strbuf_add_byte(&r->out, '}');
}

/* ---- types of the program */

static void write_fields(struct reader *r, const struct summary_symbol *symbol, bool first, unsigned depth) {
    for (uint32_t i = 0; i < symbol->parameter_count && i < FIELDS; i++) {
        const struct summary_parameter *field = &symbol->parameters[i];
        struct str name = atom_text(r->maker->atoms, field->name);
        strbuf_add_c(&r->out, first && i == 0 ? "" : ", ");
        add_string(&r->out, name);
        strbuf_add_c(&r->out, ": ");
        write_value(r, field->type, name, depth);
    }
}

static const struct summary_symbol *first_variant(struct package_symbol type) {
    for (uint32_t i = 0; i < type.file->symbol_count; i++) {
        const struct summary_symbol *symbol = &type.file->symbols[i];
        if (symbol->kind == SYMBOL_VARIANT && symbol->owner == type.symbol->name &&
            block_key_equal(symbol->block, type.symbol->block)) {
            return symbol;
        }
    }
    return NULL;
}

/* `type Id = Int`: what stands behind the sign; empty for other types. */
static struct str meaning_of(struct str signature) {
    size_t sign = str_find(signature, '=', 0);
    return sign < signature.size ? str_trim(str_slice(signature, sign + 1, signature.size)) : STR("");
}

static struct package_symbol program_type(const struct example_maker *maker, struct str name) {
    atom_id atom = atom_find(maker->atoms, name);
    return atom == ATOM_NONE ? (struct package_symbol){NULL, NULL}
                             : package_lookup(maker->package, maker->block, atom, true);
}

static bool write_program_type(struct reader *r, struct str type, struct str name, unsigned depth) {
    struct package_symbol found = program_type(r->maker, type);
    if (found.symbol == NULL) {
        return false;
    }
    const struct summary_symbol *variant = first_variant(found);
    struct str alias = meaning_of(found.symbol->signature);
    if (variant != NULL) {
        strbuf_add_c(&r->out, "{\"__tag\": ");
        add_string(&r->out, atom_text(r->maker->atoms, variant->name));
        write_fields(r, variant, false, depth);
        strbuf_add_byte(&r->out, '}');
    } else if (alias.size > 0) {
        write_value(r, alias, name, depth);
    } else {
        strbuf_add_byte(&r->out, '{');
        write_fields(r, found.symbol, true, depth);
        strbuf_add_byte(&r->out, '}');
    }
    return true;
}

/* ---- all */

static bool is_one_of(struct str text, const char *a, const char *b, const char *c) {
    return str_equal(text, str_from_c(a)) || str_equal(text, str_from_c(b)) || str_equal(text, str_from_c(c));
}

/* Name<A, B> */
static void write_generic(struct reader *r, struct str head, struct str arguments, struct str name, unsigned depth) {
    struct str first = str_trim(str_slice(arguments, 0, find_outside(arguments, ',', 0)));
    if (is_one_of(head, "List", "Array", "Set")) {
        strbuf_add_byte(&r->out, '[');
        write_value(r, first, name, depth);
        strbuf_add_byte(&r->out, ']');
    } else if (is_one_of(head, "Map", "Dict", "Record")) {
        strbuf_add_c(&r->out, "{}");
    } else if (is_one_of(head, "Result", "Result", "Result")) {
        strbuf_add_c(&r->out, "{\"__tag\": \"Ok\", \"value\": ");
        write_value(r, first, name, depth);
        strbuf_add_byte(&r->out, '}');
    } else if (is_one_of(head, "Option", "Promise", "Promise") || !write_program_type(r, head, name, depth)) {
        write_value(r, first, name, depth);
    }
}

static void write_named(struct reader *r, struct str type, struct str name, unsigned depth) {
    size_t angle = str_find(type, '<', 0);
    if (angle < type.size && type.data[type.size - 1] == '>') {
        write_generic(r, str_trim(str_slice(type, 0, angle)), str_slice(type, angle + 1, type.size - 1), name, depth);
    } else if (str_equal(type, STR("Int"))) {
        strbuf_add_c(&r->out, "1");
    } else if (str_equal(type, STR("Float")) || str_equal(type, STR("Number"))) {
        strbuf_add_c(&r->out, "1.5");
    } else if (str_equal(type, STR("Bool"))) {
        strbuf_add_c(&r->out, "true");
    } else if (str_equal(type, STR("Nil"))) {
        strbuf_add_c(&r->out, "null");
    } else if (str_equal(type, STR("List")) || str_equal(type, STR("Array"))) {
        strbuf_add_c(&r->out, "[]");
    } else if (str_equal(type, STR("Record"))) {
        strbuf_add_c(&r->out, "{}");
    } else if (!write_program_type(r, type, name, depth)) {
        add_string(&r->out, text_about(name));
    }
}

/* Of `Nil | A | B`, A; every other type is its own. */
static struct str first_alternative(struct str type) {
    for (size_t start = 0, end; start < type.size; start = end + 1) {
        end = find_outside(type, '|', start);
        struct str part = str_trim(str_slice(type, start, end));
        if (part.size > 0 && !(str_equal(part, STR("Nil")) && end < type.size)) {
            return part;
        }
    }
    return type;
}

static void write_value(struct reader *r, struct str type, struct str name, unsigned depth) {
    type = str_trim(type);
    if (depth >= DEPTH) {
        strbuf_add_c(&r->out, "null");
        return;
    }
    type = first_alternative(type);
    if (type.size > 1 && type.data[type.size - 1] == '?') {
        type = str_trim(str_slice(type, 0, type.size - 1));
    }
    bool text = type.size > 1 && type.data[0] == '"';
    if (text) {
        strbuf_add(&r->out, type);
    } else if (is_within(type, '[', ']') && depth + 2 >= DEPTH) {
        strbuf_add_c(&r->out, "[]"); /* a list may be empty, what it holds may not be nil */
    } else if (is_within(type, '[', ']')) {
        write_tuple(r, inside(type), name, depth + 1);
    } else if (is_within(type, '(', ')')) {
        write_tuple(r, inside(type), name, depth + 1);
    } else if (is_within(type, '{', '}')) {
        write_record(r, inside(type), depth + 1);
    } else {
        write_named(r, type, name, depth + 1);
    }
}

struct str example_of(const struct example_maker *maker, struct str type, struct str name) {
    struct reader reader = {.maker = maker};
    strbuf_init(&reader.out, EXAMPLE_BYTES);
    write_value(&reader, type, name, 0);
    struct str result = arena_str(maker->arena, strbuf_str(&reader.out));
    strbuf_finish(&reader.out);
    return result;
}

bool example_may_be_nil(const struct example_maker *maker, struct str type) {
    for (unsigned depth = 0; depth < DEPTH; depth++) {
        struct str part = type;
        for (size_t start = 0, end; start < type.size; start = end + 1) {
            end = find_outside(type, '|', start);
            part = str_trim(str_slice(type, start, end));
            if (str_equal(part, STR("Nil")) || str_ends_with(part, STR("?")) || str_starts_with(part, STR("Option<"))) {
                return true;
            }
        }
        struct package_symbol found = program_type(maker, part);
        struct str meaning = found.symbol == NULL ? STR("") : meaning_of(found.symbol->signature);
        if (meaning.size == 0 || first_variant(found) != NULL) {
            return false;
        }
        type = meaning;
    }
    return false;
}
