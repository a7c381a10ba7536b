/* Completion where text breaks off so that its tree says nothing of the place: a `match` without its arms, a tag that is not closed,
 * a word of the language that is going to be a name, or no word yet. What the line has opened is closed behind it, and the place is asked about
 * in that text. */
#include "server/features/completion_provider.h"

#include "analysis/trial.h"
#include "parser/base/byte.h"
#include "parser/syntax/node.h"

enum {
    MOST_OPEN = 64,
    MOST_LINES = 20, /* of a tag, above the place */
    HEAD = 'h',      /* `match value`, `for x in xs`: braces have to follow */
    GUARD = 'g',     /* `guard condition`: `else` and braces */
    TAG = '<',
    GENERIC = 'G', /* `Option<` */
};

/* What a line has opened, by the character that did. */
struct opened {
    struct str text;
    uint32_t at;
    char stack[MOST_OPEN];
    unsigned count;
};

static char top(const struct opened *o) { return o->count > 0 ? o->stack[o->count - 1] : 0; }

static void push(struct opened *o, char what) {
    if (o->count < MOST_OPEN) {
        o->stack[o->count++] = what;
    }
}

static void pop(struct opened *o) { o->count -= o->count > 0; }

/* ---- reading a line */

/* Does a value end before `at` on the line? A name or a bracket, and no word that a value follows. */
static bool follows_value(struct str text, uint32_t at) {
    static const struct str words[] = {STR_INIT("return"), STR_INIT("await"), STR_INIT("yield"),
                                       STR_INIT("not"),    STR_INIT("and"),   STR_INIT("or"),
                                       STR_INIT("in"),     STR_INIT("is"),    STR_INIT("else")};
    while (at > 0 && (text.data[at - 1] == ' ' || text.data[at - 1] == '\t')) {
        at--;
    }
    uint32_t start = cursor_name_start(text, at);
    if (start < at) {
        return !str_is_one_of(str_slice(text, start, at), words, sizeof words / sizeof *words);
    }
    char before = at > 0 ? text.data[at - 1] : '\n';
    return before == ')' || before == ']' || before == '"' || before == '\'';
}

/* Is the bracket before `at` that of the parameters of a function, whose body follows? */
static bool follows_parameters(struct str text, uint32_t at) {
    unsigned depth = 0;
    while (at > 0 && text.data[at - 1] != '\n') {
        char c = text.data[--at];
        depth += c == ')';
        if (c == '(' && --depth == 0) {
            return str_ends_with(str_slice(text, 0, at), STR("fn"));
        }
        if (depth == 0 && c != ' ') {
            return false;
        }
    }
    return false;
}

/* `{` of a body, and not of a record, a pattern or an attribute's value. */
static bool opens_body(const struct opened *o) {
    uint32_t at = o->at;
    while (at > 0 && o->text.data[at - 1] == ' ') {
        at--;
    }
    static const char operators[] = "=<>+-*/%,(|&:!";
    struct str before = str_slice(o->text, cursor_name_start(o->text, at), at);
    return at > 0 && !str_equal(before, STR("for")) && str_find(STR(operators), o->text.data[at - 1], 0) == sizeof operators - 1;
}

/* `<` directly behind the name of a type. */
static bool opens_generic(struct str text, uint32_t at) {
    uint32_t start = cursor_name_start(text, at);
    return start < at && text.data[start] >= 'A' && text.data[start] <= 'Z';
}

static void read_word(struct opened *o) {
    static const struct str heads[] = {STR_INIT("match"), STR_INIT("for"), STR_INIT("if"), STR_INIT("elif"), STR_INIT("while")};
    uint32_t end = cursor_name_end(o->text, o->at);
    struct str word = str_slice(o->text, o->at, end);
    bool member = o->at > 0 && o->text.data[o->at - 1] == '.';
    bool starts = !follows_value(o->text, o->at) || follows_parameters(o->text, o->at);
    if (!member && (starts || str_equal(word, STR("match")))) {
        if (str_is_one_of(word, heads, sizeof heads / sizeof *heads)) {
            push(o, HEAD);
        } else if (str_equal(word, STR("guard"))) {
            push(o, GUARD);
        } else if (top(o) == GUARD && str_equal(word, STR("else"))) {
            o->stack[o->count - 1] = HEAD;
        }
    }
    o->at = end;
}

static void read_code(struct opened *o, char c) {
    char next = o->at + 1 < o->text.size ? o->text.data[o->at + 1] : '\n';
    bool letter = byte_is_letter(next);
    bool closes = c == ')' || c == ']' || c == '}';
    if (c == '"' || c == '\'' || c == '(' || c == '[') {
        push(o, c);
    } else if (c == '{') {
        bool body = top(o) == HEAD && opens_body(o);
        o->count -= body;
        push(o, c);
    } else if (closes) {
        while (top(o) == HEAD || top(o) == GUARD || top(o) == GENERIC) {
            pop(o);
        }
        pop(o);
    } else if (c == TAG && opens_generic(o->text, o->at)) {
        push(o, GENERIC);
    } else if (c == '>' && top(o) == GENERIC) {
        pop(o);
    } else if (c == TAG && letter && !follows_value(o->text, o->at)) {
        push(o, TAG);
    }
    o->at++;
}

static void read_text(struct opened *o, char c) {
    if (c == '\\') {
        o->at++;
    } else if (c == top(o)) {
        pop(o);
    } else if (c == '{' && top(o) == '"') {
        push(o, c);
    }
    o->at++;
}

static void read_tag(struct opened *o, char c) {
    if (c == '>') {
        pop(o);
    } else if (c == '"' || c == '\'' || c == '{') {
        push(o, c);
    }
    o->at++;
}

/* Reads from `at` to `end`. */
static void read_until(struct opened *o, uint32_t end) {
    while (o->at < end) {
        char c = o->text.data[o->at], inside = top(o);
        if (inside == '"' || inside == '\'') {
            read_text(o, c);
        } else if (inside == TAG) {
            read_tag(o, c);
        } else if (c == '/' && o->at + 1 < end && o->text.data[o->at + 1] == '/') {
            o->at = end;
        } else if (cursor_name_end(o->text, o->at) > o->at) {
            read_word(o);
        } else {
            read_code(o, c);
        }
    }
}

static uint32_t line_start(struct str text, uint32_t at) {
    while (at > 0 && text.data[at - 1] != '\n') {
        at--;
    }
    return at;
}

static bool holds_tag(const struct opened *o) {
    for (unsigned i = 0; i < o->count; i++) {
        if (o->stack[i] == TAG) {
            return true;
        }
    }
    return false;
}

/* Takes over what a tag that began on a line above has left open. */
static void read_above(struct opened *o, uint32_t line) {
    uint32_t start = line;
    for (unsigned i = 0; i < MOST_LINES && start > 0; i++) {
        start = line_start(o->text, start - 1);
        uint32_t first = start;
        while (first < line && (o->text.data[first] == ' ' || o->text.data[first] == '\t')) {
            first++;
        }
        if (o->text.data[first] == '<') {
            struct opened above = {.text = o->text, .at = first};
            read_until(&above, line);
            *o = holds_tag(&above) ? above : *o;
            break;
        }
    }
    o->at = line;
}

static void close_all(struct opened *o, struct strbuf *out) {
    for (; o->count > 0; pop(o)) {
        char what = top(o);
        switch (what) {
        case HEAD:
            strbuf_add_c(out, " {}");
            break;
        case GUARD:
            strbuf_add_c(out, " else {}");
            break;
        case TAG:
            strbuf_add_c(out, " />");
            break;
        case GENERIC:
            strbuf_add_c(out, ">");
            break;
        default:
            strbuf_add_byte(out, what == '(' ? ')' : what == '[' ? ']' : what == '{' ? '}' : what);
            break;
        }
    }
}

/* ---- the place */

static bool is_word_of_language(struct str word) {
    static const struct str words[] = {
        STR_INIT("and"),  STR_INIT("or"),    STR_INIT("not"), STR_INIT("in"),    STR_INIT("is"),    STR_INIT("if"),
        STR_INIT("elif"), STR_INIT("else"),  STR_INIT("for"), STR_INIT("fn"),    STR_INIT("match"), STR_INIT("while"),
        STR_INIT("loop"), STR_INIT("guard"), STR_INIT("try"), STR_INIT("catch"), STR_INIT("type"),  STR_INIT("impl"),
        STR_INIT("var"),  STR_INIT("let"),   STR_INIT("mut"), STR_INIT("pub"),   STR_INIT("as")};
    return str_is_one_of(word, words, sizeof words / sizeof *words);
}

/* Is there an error among the children of the node that reaches into the span? */
static bool holds_error(const struct syntax_tree *tree, node_id node, struct span span) {
    NODE_EACH(child, tree, node) {
        struct span other = node_span(tree, child);
        if (node_kind(tree, child) == NODE_ERROR && other.start < span.end && other.end > span.start) {
            return true;
        }
    }
    return false;
}

/* Behind a dot with no name yet the word that goes on with the code, `for` in `[x. for x in xs]`, is taken for the name. */
static bool takes_word(const struct file_analysis *file, uint32_t offset) {
    struct str text = text_str(file->tree->text);
    struct token before = cursor_before(file->tree, offset);
    uint32_t start = offset;
    while (start < text.size && (text.data[start] == ' ' || text.data[start] == '\t')) {
        start++;
    }
    bool dot = token_is(&before, STR(".")) || token_is(&before, STR("?."));
    return dot && before.span.end == offset && is_word_of_language(str_slice(text, start, cursor_name_end(text, start)));
}

/* Does the tree know nothing of the place? It stands in an error, behind one that reaches its line, or in text between tags. */
static bool is_broken(const struct file_analysis *file, uint32_t offset) {
    const struct syntax_tree *tree = file->tree;
    struct token before = cursor_before(tree, offset);
    uint32_t at = before.kind == TOKEN_NONE ? (offset > 0 ? offset - 1 : 0) : before.span.end - 1;
    struct span line = {line_start(text_str(tree->text), offset), offset};
    node_id node = node_holding(tree, at);
    bool broken = node_kind(tree, node) == NODE_JSX_TEXT || node_kind(tree, node) == NODE_ERROR || takes_word(file, offset);
    while (!broken && node != NODE_NONE) {
        broken = node_kind(tree, node) == NODE_ERROR || (node_has_error(tree, node) && holds_error(tree, node, line));
        node = node_parent(tree, node);
    }
    return broken;
}

static bool is_blank(struct str text) { return str_trim(text).size == 0; }

/* The closers of the brackets that lines above `line` have left open. */
static void close_above(const struct syntax_tree *tree, uint32_t line, struct strbuf *out) {
    struct frame frame = cursor_frame(tree, line);
    for (unsigned i = 0; i < MOST_OPEN && frame.bracket != 0; i++) {
        strbuf_add_c(out, frame.bracket == '(' ? "\n)" : frame.bracket == '[' ? "\n]" : "\n}");
        frame = cursor_frame(tree, frame.open);
    }
}

/* Is a word of the language typed, or nothing at all where a value or a type has to stand? */
static bool lacks_name(const struct file_analysis *file, uint32_t offset) {
    struct str text = text_str(file->tree->text);
    struct str word = str_slice(text, cursor_name_start(text, offset), offset);
    struct token before = cursor_before(file->tree, offset);
    bool nothing = word.size == 0 && before.kind == TOKEN_MARK && !token_is(&before, STR(")")) &&
                   !token_is(&before, STR("}")) && !token_is(&before, STR("]"));
    return (is_word_of_language(word) || nothing) && cursor_name_end(text, offset) == offset;
}

/* The same in the head of an `if` among elements, which is taken for text between tags as long as no name is there. */
static bool head_lacks_name(const struct file_analysis *file, uint32_t offset) {
    struct str text = text_str(file->tree->text);
    uint32_t start = line_start(text, offset), at = offset;
    bool markup = cursor_before(file->tree, offset).kind == TOKEN_MARKUP;
    while (at > start && (text.data[at - 1] == ' ' || text.data[at - 1] == '\t')) {
        at--;
    }
    struct str word = str_slice(text, cursor_name_start(text, at), at);
    bool value = word.size > 0 ? at == offset || !is_word_of_language(word) : at == start || follows_value(text, at);
    return markup && !value && cursor_name_end(text, offset) == offset;
}

/* The names of an import are known by its words (completion_imports.c), which what is put behind them would change. */
static bool is_import(struct str text, uint32_t offset) {
    uint32_t start = line_start(text, offset);
    return str_starts_with(str_slice(text, start, offset), STR("import "));
}

enum mend {
    MEND_NAME, /* a name is put in a line that opens a body, which lines below close */
    MEND_LINE, /* what the line of the place has opened is closed behind it */
    MEND_ALL,  /* the same, and at the end of the file what lines above have opened */
};

/* The text mended in one of these ways; false where nothing would change. */
static bool mended_text(const struct feature_context *context, uint32_t offset, enum mend way, struct str *mended) {
    struct str text = text_str(context->file->tree->text);
    uint32_t start = line_start(text, offset), end = (uint32_t)str_find(text, '\n', offset);
    struct opened opened = {.text = text};
    struct strbuf out;
    read_above(&opened, start);
    read_until(&opened, end);
    bool word = takes_word(context->file, offset);
    bool named = word || lacks_name(context->file, offset) || (opened.count > 0 && head_lacks_name(context->file, offset));
    bool all = way == MEND_ALL && is_blank(str_slice(text, end, text.size));
    if (opened.count == 0 && !named && !all) {
        return false;
    }
    if (way == MEND_NAME) {
        if (!named || top(&opened) != '{' || !str_ends_with(str_trim(str_slice(text, start, end)), STR("{"))) {
            return false;
        }
        pop(&opened);
    }
    strbuf_init(&out, text.size + 8 * MOST_OPEN);
    strbuf_add(&out, str_slice(text, 0, offset));
    strbuf_add_c(&out, word ? "x " : named ? "x" : "");
    strbuf_add(&out, str_slice(text, offset, end));
    close_all(&opened, &out);
    if (all) {
        close_above(context->file->tree, start, &out);
    }
    strbuf_add(&out, str_slice(text, end, text.size));
    *mended = arena_str(context->arena, strbuf_str(&out));
    strbuf_finish(&out);
    return true;
}

/* ---- what is offered in that text, in memory that outlives it */

static void keep_str(struct arena *arena, struct str *text) { *text = arena_str(arena, *text); }

static void keep(struct arena *arena, struct completion_item *item) {
    struct str *const texts[] = {&item->label,  &item->parameters,   &item->home,         &item->detail,       &item->filter,
                                 &item->insert, &item->subject.name, &item->subject.text, &item->subject.owner};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        keep_str(arena, texts[i]);
    }
    for (unsigned i = 0; i < item->edits.list.count; i++) {
        keep_str(arena, &item->edits.list.items[i].place.path);
        keep_str(arena, &item->edits.list.items[i].replacement);
    }
}

static bool complete_in(const struct feature_context *context, struct str text, uint32_t offset, struct str trigger,
                        struct completion_list *items) {
    struct trial_text changed = {.path = context->file->path, .text = text};
    struct trial *trial = trial_create(context->sources, &changed, 1, &context->stop);
    const struct sources *sources = trial_sources(trial);
    struct feature_context inside = *context;
    inside.sources = sources;
    inside.file = sources->analysis_of(sources->context, changed.path);
    inside.package = sources->package_of(sources->context, changed.path);
    bool done = inside.file != NULL && inside.package != NULL && !is_broken(inside.file, offset);
    if (done) {
        bool word = takes_word(context->file, offset);
        uint32_t end = word ? offset : cursor_name_end(text_str(context->file->tree->text), offset);
        *items = completion_list_at(&inside, offset, trigger);
        items->replace_end = items->replace_end > end ? end : items->replace_end;
        for (unsigned i = 0; i < items->list.count; i++) {
            keep(context->arena, &items->list.items[i]);
        }
    }
    trial_destroy(trial);
    return done;
}

bool completion_in_mended_text(const struct feature_context *context, uint32_t offset, struct str trigger,
                               struct completion_list *items) {
    struct str text;
    if (context->sources == NULL || is_import(text_str(context->file->tree->text), offset) ||
        !is_broken(context->file, offset)) {
        return false;
    }
    for (enum mend way = MEND_NAME; way <= MEND_ALL; way++) {
        if (mended_text(context, offset, way, &text) && complete_in(context, text, offset, trigger, items)) {
            return true;
        }
    }
    return false;
}
