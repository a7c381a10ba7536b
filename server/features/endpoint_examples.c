/* endpoint_examples: reads types as they are written, as far as an example needs them. */
#include "server/features/endpoint_examples.h"

#include "analysis/modules.h"
#include "parser/base/strbuf.h"

enum {
    DEPTH = 12,       /* of types within types */
    SHOWN = 3,        /* of them; deeper, a list is empty and what may be nil is nil */
    FIELDS = 64,      /* of one type that are shown */
    VARIABLES = 8,    /* of one type */
    EXAMPLE_BYTES = 64 * 1024,
};

/* Where the words of a type are read: `T` of `type Box<T> { value: T }` is what `Box<Int>` says, in the place that says it. */
struct words {
    const struct package *package;
    const struct summary *file;
    struct block_key block;
    struct {
        struct str name, type;
    } variables[VARIABLES];
    unsigned variable_count;
    const struct words *outer; /* in which the types of the variables are read */
};

struct reader {
    const struct example_maker *maker;
    const struct words *words;
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

/* Has it a field of just this type? */
static bool holds_type(const struct summary_symbol *variant, struct str type) {
    for (uint32_t i = 0; i < variant->parameter_count; i++) {
        struct str field = str_trim(variant->parameters[i].type);
        if (str_equal(str_trim(str_slice(field, 0, str_find(field, '<', 0))), type)) {
            return true;
        }
    }
    return false;
}

/* The first variant that does not hold its type again, or else the first; NULL for a type without variants. */
static const struct summary_symbol *first_variant(const struct example_maker *maker, struct package_symbol type) {
    const struct summary_symbol *first = NULL;
    struct str name = atom_text(maker->atoms, type.symbol->name);
    for (uint32_t i = 0; i < type.file->symbol_count; i++) {
        const struct summary_symbol *symbol = &type.file->symbols[i];
        if (symbol->kind == SYMBOL_VARIANT && symbol->owner == type.symbol->name &&
            block_key_equal(symbol->block, type.symbol->block)) {
            first = first == NULL ? symbol : first;
            if (!holds_type(symbol, name)) {
                return symbol;
            }
        }
    }
    return first;
}

/* `type Id = Int`: what stands behind the sign; empty for other types. */
static struct str meaning_of(struct str signature) {
    size_t sign = str_find(signature, '=', 0);
    return sign < signature.size ? str_trim(str_slice(signature, sign + 1, signature.size)) : STR("");
}

/* What the file imports by this name, if it is a symbol of another file. */
static struct package_symbol imported_type(const struct example_maker *maker, const struct words *words, atom_id name) {
    const struct sources *sources = maker->sources;
    bool known = sources != NULL && words->file != NULL;
    const struct file_analysis *file = known ? sources->analysis_of(sources->context, words->file->path) : NULL;
    for (uint32_t i = 1; file != NULL && i < file->symbols.count; i++) {
        const struct symbol *symbol = analysis_symbol(file, i);
        if (symbol->kind == SYMBOL_IMPORT && symbol->name == name) {
            return module_imported(maker->arena, words->package, file, i);
        }
    }
    return (struct package_symbol){NULL, NULL};
}

/* The type of this name as code in `words` sees it; *inside becomes where its own words are read. */
static struct package_symbol program_type(const struct example_maker *maker, const struct words *words, struct str name,
                                          struct words *inside) {
    atom_id atom = atom_find(maker->atoms, name);
    const struct package *package = words->package;
    struct package_symbol found = {NULL, NULL};
    if (atom != ATOM_NONE) {
        found = package_lookup(package, words->block, atom, true);
    }
    if (atom != ATOM_NONE && found.symbol == NULL) {
        found = imported_type(maker, words, atom);
        bool type = found.symbol != NULL && found.symbol->kind == SYMBOL_TYPE;
        package = type ? maker->sources->package_of(maker->sources->context, found.file->path) : NULL;
        found = package == NULL ? (struct package_symbol){NULL, NULL} : found;
    }
    if (found.symbol != NULL) {
        *inside = (struct words){.package = package, .file = found.file, .block = found.symbol->block, .outer = words};
    }
    return found;
}

/* ---- type variables */

static struct str head_of(struct str type) { return str_trim(str_slice(type, 0, str_find(type, '<', 0))); }

/* What stands between `<` and `>`; empty for a type without arguments. */
static struct str arguments_of(struct str type) {
    size_t angle = str_find(type, '<', 0);
    bool generic = angle < type.size && type.data[type.size - 1] == '>';
    return generic ? str_slice(type, angle + 1, type.size - 1) : STR("");
}

/* "<T, U: Named>" of "type Box<T, U: Named> = …", and what is said for each. */
static void bind_variables(struct words *words, struct str signature, struct str arguments) {
    size_t open = str_find(signature, '<', 0);
    if (open > str_find(signature, '=', 0) || open > str_find(signature, '{', 0)) {
        return;
    }
    struct str inner = str_slice(signature, open + 1, find_outside(signature, '>', open + 1));
    size_t argument = 0;
    for (size_t at = 0; at < inner.size && argument < arguments.size && words->variable_count < VARIABLES;) {
        size_t end = find_outside(inner, ',', at);
        size_t next = find_outside(arguments, ',', argument);
        struct str written = str_slice(inner, at, end);
        unsigned index = words->variable_count++;
        words->variables[index].name = str_trim(str_slice(written, 0, str_find(written, ':', 0)));
        words->variables[index].type = str_trim(str_slice(arguments, argument, next));
        at = end + 1;
        argument = next + 1;
    }
}

static bool write_variable(struct reader *r, struct str type, struct str name, unsigned depth) {
    const struct words *words = r->words;
    for (unsigned i = 0; i < words->variable_count; i++) {
        if (str_equal(words->variables[i].name, type)) {
            r->words = words->outer;
            write_value(r, words->variables[i].type, name, depth);
            r->words = words;
            return true;
        }
    }
    return false;
}

static void write_declared(struct reader *r, struct package_symbol found, struct str name, unsigned depth) {
    const struct summary_symbol *variant = first_variant(r->maker, found);
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
}

static bool write_program_type(struct reader *r, struct str type, struct str name, unsigned depth) {
    const struct words *outer = r->words;
    struct words inner;
    struct package_symbol found = program_type(r->maker, outer, head_of(type), &inner);
    if (found.symbol == NULL) {
        return false;
    }
    bind_variables(&inner, found.symbol->signature, arguments_of(type));
    r->words = &inner;
    write_declared(r, found, name, depth);
    r->words = outer;
    return true;
}

/* ---- all */

static bool is_one_of(struct str text, const char *a, const char *b, const char *c) {
    return str_equal(text, str_from_c(a)) || str_equal(text, str_from_c(b)) || str_equal(text, str_from_c(c));
}

/* Name<A, B> */
static void write_generic(struct reader *r, struct str type, struct str name, unsigned depth) {
    struct str head = head_of(type);
    struct str arguments = arguments_of(type);
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
    } else if (is_one_of(head, "Option", "Promise", "Promise") || !write_program_type(r, type, name, depth)) {
        write_value(r, first, name, depth);
    }
}

static void write_named(struct reader *r, struct str type, struct str name, unsigned depth) {
    if (write_variable(r, type, name, depth)) {
        return;
    }
    if (arguments_of(type).size > 0) {
        write_generic(r, type, name, depth);
    } else if (str_equal(type, STR("Int"))) {
        strbuf_add_c(&r->out, "1");
    } else if (str_equal(type, STR("Float")) || str_equal(type, STR("Number"))) {
        strbuf_add_c(&r->out, "1.5");
    } else if (str_equal(type, STR("Bool"))) {
        strbuf_add_c(&r->out, "true");
    } else if (str_equal(type, STR("Nil"))) {
        strbuf_add_c(&r->out, "null");
    } else if (str_equal(type, STR("Date"))) {
        strbuf_add_c(&r->out, "\"2026-01-31T12:00:00Z\"");
    } else if (str_equal(type, STR("Set")) || str_equal(type, STR("List")) || str_equal(type, STR("Array"))) {
        strbuf_add_c(&r->out, "[]");
    } else if (str_equal(type, STR("Record")) || str_equal(type, STR("Map"))) {
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

static bool is_or_nil(struct str part) {
    return str_equal(part, STR("Nil")) || str_ends_with(part, STR("?")) || str_starts_with(part, STR("Option<"));
}

/* Is nil one of the alternatives, as they are written? */
static bool says_nil(struct str type) {
    for (size_t start = 0, end; start < type.size; start = end + 1) {
        end = find_outside(type, '|', start);
        if (is_or_nil(str_trim(str_slice(type, start, end)))) {
            return true;
        }
    }
    return false;
}

static void write_value(struct reader *r, struct str type, struct str name, unsigned depth) {
    type = str_trim(type);
    if (depth >= DEPTH || (depth >= SHOWN && says_nil(type))) {
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
    } else if (is_within(type, '[', ']') && depth >= SHOWN) {
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

bool example_member(struct str object, size_t *at, struct str *name, struct str *value) {
    struct str members = is_within(object, '{', '}') ? inside(object) : STR("");
    if (*at >= members.size) {
        return false;
    }
    size_t end = find_outside(members, ',', *at);
    struct str member = str_slice(members, *at, end);
    size_t colon = find_outside(member, ':', 0);
    struct str key = str_trim(str_slice(member, 0, colon));
    *name = key.size > 1 ? str_slice(key, 1, key.size - 1) : key;
    *value = str_trim(str_slice(member, colon + 1, member.size));
    *at = end + 1;
    return true;
}

static struct words words_of(const struct example_maker *maker) {
    return (struct words){.package = maker->package, .file = maker->file, .block = maker->block};
}

struct str example_of(const struct example_maker *maker, struct str type, struct str name) {
    struct words words = words_of(maker);
    struct reader reader = {.maker = maker, .words = &words};
    strbuf_init(&reader.out, EXAMPLE_BYTES);
    write_value(&reader, type, name, 0);
    struct str result = arena_str(maker->arena, strbuf_str(&reader.out));
    strbuf_finish(&reader.out);
    return result;
}

/* A value, or those that a rest parameter of a list takes one by one. */
static void write_argument(struct reader *r, const struct summary_parameter *parameter) {
    struct str type = str_trim(parameter->type);
    bool list = parameter->rest && is_within(type, '[', ']');
    write_value(r, list ? inside(type) : type, atom_text(r->maker->atoms, parameter->name), 0);
}

struct str example_body(const struct example_maker *maker, const struct summary_symbol *function) {
    struct words words = words_of(maker);
    struct reader reader = {.maker = maker, .words = &words};
    bool named = true;
    for (uint32_t i = 0; i < function->parameter_count; i++) {
        named = named && function->parameters[i].name != ATOM_NONE;
    }
    strbuf_init(&reader.out, EXAMPLE_BYTES);
    strbuf_add_c(&reader.out, named ? "{" : "{\"__args\": [");
    for (uint32_t i = 0; i < function->parameter_count; i++) {
        const struct summary_parameter *parameter = &function->parameters[i];
        strbuf_add_c(&reader.out, i > 0 ? ", " : "");
        if (named) {
            add_string(&reader.out, atom_text(maker->atoms, parameter->name));
            strbuf_add_c(&reader.out, parameter->rest ? ": [" : ": ");
        }
        write_argument(&reader, parameter);
        strbuf_add_c(&reader.out, named && parameter->rest ? "]" : "");
    }
    strbuf_add_c(&reader.out, named ? "}" : "]}");
    struct str result = arena_str(maker->arena, strbuf_str(&reader.out));
    strbuf_finish(&reader.out);
    return result;
}

bool example_may_be_nil(const struct example_maker *maker, struct str type) {
    struct words words = words_of(maker);
    for (unsigned depth = 0; depth < DEPTH && !says_nil(type); depth++) {
        struct words inner;
        struct package_symbol found = program_type(maker, &words, head_of(str_trim(type)), &inner);
        if (found.symbol == NULL || first_variant(maker, found) != NULL) {
            return false;
        }
        inner.outer = NULL;
        words = inner;
        type = meaning_of(found.symbol->signature);
    }
    return says_nil(type);
}
