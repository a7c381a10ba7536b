/* css: a reader that goes over the text once, with a list of what is open. */
#include "analysis/css.h"

#include "parser/base/byte.h"
#include "parser/base/limits.h"

/* ---- bytes */

static bool is_space(char byte) {
    return byte == ' ' || byte == '\t' || byte == '\n' || byte == '\r' || byte == '\f';
}

static bool is_name_byte(char byte) {
    return byte_is_word(byte) || byte == '-' || byte_is_wide(byte);
}

static char byte_at(struct str text, size_t at) { return at < text.size ? text.data[at] : '\0'; }

static size_t string_end(struct str text, size_t at) {
    char quote = text.data[at];
    for (at++; at < text.size && text.data[at] != quote && text.data[at] != '\n'; at++) {
        at += text.data[at] == '\\' ? 1 : 0;
    }
    return at < text.size ? at + 1 : text.size;
}

static bool is_closed_string(struct str text, size_t start, size_t end) {
    return end > start + 1 && text.data[end - 1] == text.data[start];
}

static size_t comment_end(struct str text, size_t at) {
    for (at += 2; at + 1 < text.size; at++) {
        if (text.data[at] == '*' && text.data[at + 1] == '/') {
            return at + 2;
        }
    }
    return text.size;
}

static bool is_comment(struct str text, size_t at) {
    return byte_at(text, at) == '/' && byte_at(text, at + 1) == '*';
}

/* What holds no other thing. */
static size_t skip_simple(struct str text, size_t at) {
    char byte = text.data[at];
    if (byte == '"' || byte == '\'') {
        return string_end(text, at);
    }
    if (is_comment(text, at)) {
        return comment_end(text, at);
    }
    size_t size = byte == '\\' ? 2 : 1;
    return at + size < text.size ? at + size : text.size;
}

size_t css_skip(struct str text, size_t at) {
    unsigned depth = 0;
    do {
        char byte = text.data[at];
        depth += byte == '(' || byte == '[' ? 1 : 0;
        depth -= depth > 0 && (byte == ')' || byte == ']') ? 1 : 0;
        if (depth > 0 && (byte == '{' || byte == '}')) {
            return at; /* a bracket that is never closed ends with what it stands in */
        }
        at = skip_simple(text, at);
    } while (depth > 0 && at < text.size);
    return at;
}

/* ---- words */

struct str css_at_word(const struct css_item *item) {
    size_t end = 1;
    while (end < item->head.size && is_name_byte(item->head.data[end])) {
        end++;
    }
    return item->kind == CSS_AT_RULE ? str_slice(item->head, 1, end) : STR("");
}

bool css_holds_rules(struct str at_word) {
    static const struct str words[] = {STR_INIT("media"), STR_INIT("supports"), STR_INIT("container"), STR_INIT("layer"),
                                       STR_INIT("scope"), STR_INIT("starting-style")};
    return str_is_one_of(at_word, words, sizeof words / sizeof *words);
}

int css_breakpoint(struct str name) {
    static const struct {
        struct str name;
        int width;
    } breakpoints[] = {
        {STR_INIT("mobile"), 0}, {STR_INIT("tablet"), 768}, {STR_INIT("desktop"), 1024}, {STR_INIT("wide"), 1440}};
    for (size_t i = 0; i < sizeof breakpoints / sizeof *breakpoints; i++) {
        if (str_equal(name, breakpoints[i].name)) {
            return breakpoints[i].width;
        }
    }
    return -1;
}

/* ---- reading */

struct reader {
    struct arena *arena;
    struct css *css;
    struct str text;
    size_t at;
    VEC(uint32_t) open; /* items whose braces are open */
};

static void mistake(struct reader *r, struct str place, struct str message) {
    vec_push(r->arena, &r->css->mistakes, ((struct css_mistake){place, message}));
}

#define MISTAKE(r, place, ...) mistake(r, place, arena_printf((r)->arena, __VA_ARGS__))

static const struct css_item *innermost(const struct reader *r) {
    return r->open.count == 0 ? NULL : &r->css->items.items[r->open.items[r->open.count - 1]];
}

/* White space, comments, and line comments, which may stand where something begins. */
static void skip_gap(struct reader *r) {
    for (;;) {
        char byte = byte_at(r->text, r->at);
        if (is_comment(r->text, r->at)) {
            r->at = comment_end(r->text, r->at);
        } else if (byte == '/' && byte_at(r->text, r->at + 1) == '/') {
            r->at = str_find(r->text, '\n', r->at);
        } else if (r->at < r->text.size && (is_space(byte) || byte == ';')) {
            r->at++;
        } else {
            return;
        }
    }
}

/* Passes a token and says when a string or bracket in it is never closed. */
static size_t pass(struct reader *r, size_t at) {
    size_t end = css_skip(r->text, at);
    char byte = r->text.data[at];
    struct str whole = str_trim(str_slice(r->text, at, end));
    if ((byte == '"' || byte == '\'') && !is_closed_string(r->text, at, end)) {
        MISTAKE(r, whole, "This string has no closing quote on its line.");
    } else if ((byte == '(' && !str_ends_with(whole, STR(")"))) || (byte == '[' && !str_ends_with(whole, STR("]")))) {
        MISTAKE(r, str_slice(whole, 0, 1), "This bracket is never closed.");
    }
    return end;
}

/* The end of a head or declaration: `;`, `{`, `}`, or the end of the text. Braces of a custom property's value are its own. */
static size_t part_end(struct reader *r, size_t at) {
    bool custom = byte_at(r->text, at) == '-' && byte_at(r->text, at + 1) == '-';
    size_t colon = SIZE_MAX;
    unsigned braces = 0;
    while (at < r->text.size) {
        char byte = r->text.data[at];
        if (byte == ':' && colon == SIZE_MAX) {
            colon = at;
        } else if (byte == '{' && custom && colon != SIZE_MAX) {
            braces++;
        } else if (byte == '}' && braces > 0) {
            braces--;
        } else if ((byte == ';' && braces == 0) || byte == '{' || byte == '}') {
            return at;
        }
        at = byte == '{' || byte == '}' ? at + 1 : pass(r, at);
    }
    return at;
}

/* The first byte outside of brackets and strings, or the size. */
static size_t find_outside(struct str text, char wanted, size_t from) {
    for (size_t at = from; at < text.size; at = css_skip(text, at)) {
        if (text.data[at] == wanted) {
            return at;
        }
    }
    return text.size;
}

/* `red⏎ width: 1px`: where the next line is a declaration of its own, or the size. */
static size_t missing_semicolon(struct str value) {
    size_t line = find_outside(value, '\n', 0);
    size_t at = line;
    while (at < value.size && is_space(value.data[at])) {
        at++;
    }
    size_t end = at;
    while (end < value.size && is_name_byte(value.data[end])) {
        end++;
    }
    return end > at && byte_at(value, end) == ':' ? line : value.size;
}

/* ---- declarations */

static bool holds_declarations(const struct css_item *item) {
    if (item == NULL || item->kind == CSS_RESPONSIVE || item->kind == CSS_VARIANT) {
        return false;
    }
    return item->kind == CSS_RULE || item->kind == CSS_CHOICE || (item->kind == CSS_AT_RULE && !css_holds_rules(css_at_word(item)));
}

/* Within `@media` inside of a rule, declarations are the rule's. */
static bool declarations_fit(const struct reader *r) {
    for (unsigned i = r->open.count; i > 0; i--) {
        if (holds_declarations(&r->css->items.items[r->open.items[i - 1]])) {
            return true;
        }
    }
    return false;
}

static void add_declaration(struct reader *r, struct str part) {
    size_t colon = find_outside(part, ':', 0);
    struct css_item item = {.kind = CSS_DECLARATION,
                            .head = str_trim(str_slice(part, 0, colon)),
                            .value = str_trim(str_slice(part, colon + 1, part.size))};
    if (colon == part.size || item.head.size == 0) {
        MISTAKE(r, part, "This is no declaration, which has the form `property: value;`.");
        return;
    }
    if (item.value.size == 0 && !str_starts_with(item.head, STR("--"))) {
        MISTAKE(r, item.head, "`%.*s` has no value.", STR_ARGUMENTS(item.head));
        return;
    }
    if (!declarations_fit(r)) {
        MISTAKE(r, item.head, "A declaration stands in a rule: `selector { %.*s: … }`.", STR_ARGUMENTS(item.head));
        return;
    }
    size_t line = missing_semicolon(item.value);
    if (line < item.value.size) {
        struct str before = str_trim(str_slice(item.value, 0, line));
        MISTAKE(r, before, "A `;` is missing behind `%.*s`.", STR_ARGUMENTS(before));
    }
    item.next = r->css->items.count + 1;
    vec_push(r->arena, &r->css->items, item);
}

/* ---- rules */

static enum css_kind kind_of_block(const struct reader *r, struct str head) {
    const struct css_item *outer = innermost(r);
    if (outer != NULL && outer->kind == CSS_RESPONSIVE) {
        return CSS_BREAKPOINT;
    }
    if (outer != NULL && outer->kind == CSS_VARIANT) {
        return CSS_CHOICE;
    }
    if (str_equal(head, STR("responsive"))) {
        return CSS_RESPONSIVE;
    }
    if (str_starts_with(head, STR("variant(")) && str_ends_with(head, STR(")"))) {
        return CSS_VARIANT;
    }
    return str_starts_with(head, STR("@")) ? CSS_AT_RULE : CSS_RULE;
}

/* `html`, `body` and `:root` are no elements of a component. */
static bool is_document(struct str selector) {
    static const struct str names[] = {STR_INIT("html"), STR_INIT("body"), STR_INIT(":root")};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        if (str_starts_with(selector, names[i]) && !is_name_byte(byte_at(selector, names[i].size))) {
            return true;
        }
    }
    return false;
}

static void check_selectors(struct reader *r, struct str head) {
    for (size_t start = 0; start <= head.size;) {
        size_t end = find_outside(head, ',', start);
        struct str selector = str_trim(str_slice(head, start, end));
        size_t compound_end = 0;
        while (compound_end < selector.size && !is_space(selector.data[compound_end]) && selector.data[compound_end] != '>') {
            compound_end = css_skip(selector, compound_end);
        }
        if (selector.size == 0) {
            MISTAKE(r, head, "A selector is missing in front of or behind a comma.");
        } else if (compound_end == selector.size && is_document(selector)) {
            MISTAKE(r, selector, "`%.*s` is no element of this component, so this matches nothing: `:global(%.*s)`.",
                    STR_ARGUMENTS(selector), STR_ARGUMENTS(selector));
        }
        start = end + 1;
    }
}

static bool is_in_steps(const struct reader *r) {
    for (unsigned i = 0; i < r->open.count; i++) {
        const struct css_item *item = &r->css->items.items[r->open.items[i]];
        if (item->kind == CSS_AT_RULE && !css_holds_rules(css_at_word(item))) {
            return true;
        }
    }
    return false;
}

static void check_head(struct reader *r, enum css_kind kind, struct str place, struct str head) {
    if (head.size == 0) {
        MISTAKE(r, place, "This rule has no selector.");
    } else if (kind == CSS_BREAKPOINT && css_breakpoint(head) < 0) {
        MISTAKE(r, head, "There is no breakpoint `%.*s`. There are mobile, tablet, desktop and wide.", STR_ARGUMENTS(head));
    } else if (kind == CSS_RULE && !is_in_steps(r)) {
        size_t line = missing_semicolon(head);
        size_t colon = str_find(head, ':', 0);
        if (line < head.size || (colon + 1 < head.size && is_space(head.data[colon + 1]))) {
            size_t end = find_outside(head, '\n', 0);
            struct str before = str_trim(str_slice(head, 0, end));
            MISTAKE(r, before, "A `;` is missing behind `%.*s`.", STR_ARGUMENTS(before));
        } else {
            check_selectors(r, head);
        }
    }
}

static void open_block(struct reader *r, struct str head, struct str brace) {
    struct css_item item = {.kind = kind_of_block(r, head), .block = true, .head = head};
    check_head(r, item.kind, brace, head);
    if (item.kind == CSS_VARIANT) {
        item.value = str_trim(str_slice(head, sizeof "variant(" - 1, head.size - 1));
    }
    vec_push(r->arena, &r->open, r->css->items.count);
    vec_push(r->arena, &r->css->items, item);
}

static void close_block(struct reader *r) {
    if (r->open.count > 0) {
        r->css->items.items[r->open.items[--r->open.count]].next = r->css->items.count;
    }
}

static void add_at_statement(struct reader *r, struct str part) {
    struct css_item item = {.kind = CSS_AT_RULE, .head = part, .next = r->css->items.count + 1};
    struct str word = css_at_word(&item);
    if (str_equal(word, STR("import")) || str_equal(word, STR("charset")) || str_equal(word, STR("namespace"))) {
        MISTAKE(r, part, "`@%.*s` cannot stand in the styles of a component.", STR_ARGUMENTS(word));
        return;
    }
    vec_push(r->arena, &r->css->items, item);
}

static void read_part(struct reader *r) {
    size_t end = part_end(r, r->at);
    struct str part = str_trim(str_slice(r->text, r->at, end));
    if (byte_at(r->text, end) == '{') {
        r->at = end + 1;
        if (r->open.count < LIMIT_SYNTAX_DEPTH) {
            open_block(r, part, str_slice(r->text, end, end + 1));
        }
        return;
    }
    r->at = end;
    if (part.size == 0) {
        return;
    }
    if (part.data[0] == '@') {
        add_at_statement(r, part);
    } else {
        add_declaration(r, part);
    }
}

void css_parse(struct arena *arena, struct str text, struct css *css) {
    *css = (struct css){.text = text};
    struct reader r = {.arena = arena, .css = css, .text = text};
    for (skip_gap(&r); r.at < text.size; skip_gap(&r)) {
        if (text.data[r.at] == '}') {
            close_block(&r);
            r.at++;
        } else {
            read_part(&r);
        }
    }
    while (r.open.count > 0) {
        close_block(&r);
    }
}
