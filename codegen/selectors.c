/* selectors: a list is split into compounds, and a compound where its pseudo-classes begin. */
#include "codegen/selectors.h"

#include "analysis/css.h"
#include "parser/base/byte.h"

enum { DEEPEST = 16 }; /* selectors within selectors */

static bool is_space(char byte) {
    return byte == ' ' || byte == '\t' || byte == '\n' || byte == '\r' || byte == '\f';
}

static bool is_combinator(char byte) { return byte == '>' || byte == '+' || byte == '~'; }

static bool is_name_byte(char byte) {
    return byte_is_word(byte) || byte == '-' || byte_is_wide(byte);
}

static bool is_comment(struct str text, size_t at) {
    return text.data[at] == '/' && at + 1 < text.size && text.data[at + 1] == '*';
}

static void add_space(struct strbuf *out, size_t start) {
    if (out->size > start && out->data[out->size - 1] != ' ') {
        strbuf_add_byte(out, ' ');
    }
}

static void end_spaces(struct strbuf *out, size_t start) {
    while (out->size > start && out->data[out->size - 1] == ' ') {
        strbuf_truncate(out, out->size - 1);
    }
}

void selectors_plain(struct strbuf *out, struct str text) {
    size_t start = out->size;
    for (size_t at = 0; at < text.size;) {
        bool bracket = text.data[at] == '(' || text.data[at] == '[';
        size_t end = bracket ? at + 1 : css_skip(text, at);
        if (is_space(text.data[at]) || is_comment(text, at)) {
            add_space(out, start);
        } else {
            strbuf_add(out, str_slice(text, at, end));
        }
        at = end;
    }
    end_spaces(out, start);
}

/* ---- one compound: `a.b[c]:hover::before` */

struct compound {
    struct strbuf *out;
    struct str attribute;
    size_t insert;  /* where the attribute goes in `out` */
    bool own;       /* has a part of its own, beside `:global()` and pseudo-classes */
    bool global;    /* has `:global()` */
    bool exempt;    /* `&`, or an element of the document */
    bool pseudo;    /* one has been met */
    unsigned depth;
};

static void scope_list(struct strbuf *out, struct str list, struct str attribute, unsigned depth);

/* `(content)` behind the name at `end`, or empty. */
static struct str argument_at(struct str text, size_t end) {
    if (end >= text.size || text.data[end] != '(') {
        return STR("");
    }
    struct str whole = str_slice(text, end, css_skip(text, end));
    return str_ends_with(whole, STR(")")) ? whole : STR("");
}

static bool has_comma(struct str list) {
    for (size_t at = 0; at < list.size; at = css_skip(list, at)) {
        if (list.data[at] == ',') {
            return true;
        }
    }
    return false;
}

static void add_global(struct compound *c, struct str content) {
    bool list = has_comma(content);
    strbuf_add_c(c->out, list ? ":is(" : "");
    selectors_plain(c->out, content);
    strbuf_add_c(c->out, list ? ")" : "");
    c->global = true;
    if (!c->pseudo) {
        c->insert = c->out->size;
    }
}

static bool takes_selectors(struct str name) {
    static const struct str names[] = {STR_INIT("is"),  STR_INIT("where"),   STR_INIT("not"),
                                       STR_INIT("has"), STR_INIT("matches"), STR_INIT("-webkit-any")};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        if (str_equal(name, names[i])) {
            return true;
        }
    }
    return false;
}

/* `2n of .a`: only what follows `of` are selectors. */
static void add_counted(struct compound *c, struct str content) {
    static const struct str of = STR_INIT(" of ");
    size_t at = 0;
    while (at < content.size && !str_starts_with(str_slice(content, at, content.size), of)) {
        at++;
    }
    selectors_plain(c->out, str_slice(content, 0, at));
    if (at < content.size) {
        strbuf_add(c->out, of);
        scope_list(c->out, str_slice(content, at + of.size, content.size), c->attribute, c->depth + 1);
    }
}

static size_t add_pseudo(struct compound *c, struct str text, size_t at) {
    size_t name = at;
    while (name < text.size && text.data[name] == ':') {
        name++;
    }
    size_t end = name;
    while (end < text.size && is_name_byte(text.data[end])) {
        end++;
    }
    struct str word = str_slice(text, name, end);
    struct str argument = argument_at(text, end);
    struct str content = str_trim(str_slice(argument, 1, argument.size - (argument.size > 0 ? 1 : 0)));
    if (str_equal(word, STR("global")) && argument.size > 0) {
        add_global(c, content);
        return end + argument.size;
    }
    if (str_equal(word, STR("root"))) {
        c->exempt = true;
    }
    if (!c->pseudo) {
        c->pseudo = true;
        c->insert = c->out->size;
    }
    strbuf_add(c->out, str_slice(text, at, end));
    if (argument.size > 0) {
        strbuf_add_byte(c->out, '(');
        if (takes_selectors(word)) {
            scope_list(c->out, content, c->attribute, c->depth + 1);
        } else if (str_starts_with(word, STR("nth-"))) {
            add_counted(c, content);
        } else {
            selectors_plain(c->out, content);
        }
        strbuf_add_byte(c->out, ')');
    }
    return end + argument.size;
}

static void check_document(struct compound *c, struct str text) {
    size_t end = 0;
    while (end < text.size && is_name_byte(text.data[end])) {
        end++;
    }
    struct str name = str_slice(text, 0, end);
    c->exempt = c->exempt || str_equal(name, STR("html")) || str_equal(name, STR("body"));
}

static void scope_compound(struct strbuf *out, struct str text, struct str attribute, unsigned depth) {
    struct compound c = {.out = out, .attribute = attribute, .insert = out->size, .depth = depth};
    check_document(&c, text);
    for (size_t at = 0; at < text.size;) {
        if (text.data[at] == ':') {
            at = add_pseudo(&c, text, at);
            continue;
        }
        size_t end = css_skip(text, at);
        if (is_comment(text, at)) {
            at = end;
            continue;
        }
        c.exempt = c.exempt || text.data[at] == '&';
        c.own = true;
        strbuf_add(out, str_slice(text, at, end));
        if (!c.pseudo) {
            c.insert = out->size;
        }
        at = end;
    }
    if (!c.exempt && (c.own || !c.global)) {
        struct str behind = str_slice(strbuf_str(out), c.insert, out->size);
        struct strbuf rest;
        strbuf_init(&rest, behind.size + 1);
        strbuf_add(&rest, behind);
        strbuf_truncate(out, c.insert);
        strbuf_add(out, attribute);
        strbuf_add(out, strbuf_str(&rest));
        strbuf_finish(&rest);
    }
}

/* ---- lists */

static size_t compound_end(struct str text, size_t at) {
    while (at < text.size && !is_space(text.data[at]) && text.data[at] != ',' && !is_combinator(text.data[at])) {
        at = css_skip(text, at);
    }
    return at;
}

static bool begins_compound(struct str text, size_t at) {
    char byte = text.data[at];
    return !is_space(byte) && byte != ',' && !is_combinator(byte) && !is_comment(text, at);
}

static void scope_list(struct strbuf *out, struct str list, struct str attribute, unsigned depth) {
    size_t start = out->size;
    if (depth > DEEPEST) {
        selectors_plain(out, list);
        return;
    }
    for (size_t at = 0; at < list.size;) {
        if (begins_compound(list, at)) {
            size_t end = compound_end(list, at);
            scope_compound(out, str_slice(list, at, end > at ? end : at + 1), attribute, depth);
            at = end > at ? end : at + 1;
        } else if (is_space(list.data[at]) || is_comment(list, at)) {
            add_space(out, start);
            at = css_skip(list, at);
        } else if (list.data[at] == ',') {
            end_spaces(out, start);
            strbuf_add_c(out, ", ");
            at++;
        } else {
            add_space(out, start);
            strbuf_add_byte(out, list.data[at]);
            add_space(out, start);
            at++;
        }
    }
    end_spaces(out, start);
}

void selectors_scope(struct strbuf *out, struct str selectors, struct str attribute) {
    scope_list(out, selectors, attribute, 0);
}
