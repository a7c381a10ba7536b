/* Types, where a type stands and nowhere else: behind the colon of a parameter, a field or a state, behind an arrow, in brackets of
 * types, behind `is`, `impl` and `derive`. */
#include "server/features/completion_provider.h"

#include "parser/syntax/node.h"

enum { DEPTH = 8, MOST_TOKENS = 64 };

/* ---- items */

static bool is_type(enum symbol_kind kind) {
    return kind == SYMBOL_TYPE || kind == SYMBOL_TYPE_PARAMETER || kind == SYMBOL_TRAIT;
}

static void add_local(void *context, const struct symbol *symbol) {
    struct completion *c = context;
    if (is_type(symbol->kind) && !completion_has(c, analysis_name(c->file, symbol->name))) {
        completion_add_local(c, (uint32_t)(symbol - c->file->symbols.items), COMPLETION_LOCAL, 0);
    }
}

static void add_visible(void *context, struct package_symbol member) {
    struct completion *c = context;
    bool fits = is_type(member.symbol->kind) || member.symbol->kind == SYMBOL_MODEL;
    if (fits && !completion_has(c, analysis_name(c->file, member.symbol->name))) {
        completion_add_symbol(c, member, COMPLETION_PROGRAM);
    }
}

static void add_imports(struct completion *c) {
    for (unsigned i = 0; i < c->file->imported.count; i++) {
        uint32_t symbol = c->file->imported.items[i].symbol;
        struct package_symbol member = typer_imported(completion_typer(c), symbol);
        struct str name = analysis_name(c->file, analysis_symbol(c->file, symbol)->name);
        if (member.symbol != NULL && is_type(member.symbol->kind) && !completion_has(c, name)) {
            completion_add_local(c, symbol, COMPLETION_PROGRAM, 0);
        }
    }
}

static void add_language(struct completion *c) {
    for (unsigned i = 0; builtin_type_name(i).size > 0; i++) {
        completion_add(c, (struct completion_item){.label = builtin_type_name(i),
                                                   .kind = ITEM_STRUCT,
                                                   .detail = STR("type of the language"),
                                                   .group = COMPLETION_BUILTIN});
    }
    for (int i = 0; i < (int)BUILTIN_COUNT; i++) {
        if (builtin_is_type((enum builtin)i) && !completion_has(c, builtin_info((enum builtin)i)->name)) {
            completion_add_builtin(c, (enum builtin)i);
        }
    }
    struct str name;
    unsigned blocks;
    for (unsigned i = 0; global_at(i, &name, &blocks); i++) {
        bool is_class = name.data[0] >= 'A' && name.data[0] <= 'Z' && name.size > 1 && name.data[1] >= 'a';
        if (is_class && (blocks >> c->block.kind & 1) != 0 && !completion_has(c, name)) {
            completion_add(c, (struct completion_item){.label = name, .kind = ITEM_CLASS, .group = COMPLETION_GLOBAL});
        }
    }
}

static bool is_type_elsewhere(const struct summary_symbol *symbol) { return is_type(symbol->kind); }

void completion_types(struct completion *c) {
    c->plain = true;
    c->expects = true; /* no type is expected of a type */
    c->expected = (struct str){0};
    lookup_each_local(c->file, c->offset, add_local, c);
    package_each_visible(c->context->package, c->block, add_visible, c);
    add_imports(c);
    add_language(c);
    completion_elsewhere(c, is_type_elsewhere);
}

/* `x is Some`: cases can be asked for as types can. */
static void add_case(void *context, struct package_symbol member) {
    struct completion *c = context;
    if (member.symbol->kind == SYMBOL_VARIANT && !completion_has(c, analysis_name(c->file, member.symbol->name))) {
        completion_add_symbol(c, member, COMPLETION_PROGRAM);
    }
}

static void add_cases(struct completion *c) {
    static const enum builtin cases[] = {BUILTIN_OK, BUILTIN_ERR, BUILTIN_SOME, BUILTIN_NONE};
    package_each_visible(c->context->package, c->block, add_case, c);
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        if (!completion_has(c, builtin_info(cases[i])->name)) {
            completion_add_builtin(c, cases[i]);
        }
    }
}

static void add_derived(struct completion *c) {
    static const struct str names[] = {STR_INIT("Eq"), STR_INIT("Show"), STR_INIT("JSON")};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        completion_add_name(c, names[i], ITEM_CLASS, STR("derived"));
    }
}

/* ---- the place */

static bool is_word(const struct token *token, const char *const *words) {
    for (size_t i = 0; words[i] != NULL; i++) {
        if (token_is(token, str_from_c(words[i]))) {
            return true;
        }
    }
    return false;
}

static bool is_body_of_type(const struct syntax_tree *tree, const struct frame *frame) {
    static const char *const words[] = {"type", "model", NULL};
    struct token word = cursor_before(tree, frame->before.span.start);
    enum node_kind kind = node_kind(tree, node_holding(tree, frame->open));
    return frame->bracket == '{' && (kind == NODE_TYPE_BODY || kind == NODE_RECORD_TYPE || is_word(&word, words));
}

/* `fn name(`, `fn(`, `component Name(`, `(a, b) =>`, and what a variant holds: are its parameters open at the frame? */
static bool declares(const struct syntax_tree *tree, const struct frame *frame) {
    struct token word = cursor_before(tree, frame->before.span.start);
    struct frame around = cursor_frame(tree, frame->before.span.start);
    bool alone = frame->before.kind == TOKEN_MARK && !token_is(&frame->before, STR(")")) &&
                 !token_is(&frame->before, STR("]"));
    return frame->bracket == '(' &&
           (token_is(&frame->before, STR("fn")) || token_is(&word, STR("fn")) || token_is(&word, STR("component")) ||
            alone || node_kind(tree, node_holding(tree, frame->open)) == NODE_PARAMETERS ||
            is_body_of_type(tree, &around));
}

/* `total: Int = 0` at the start of a statement; between the braces of `fn(x) { name: value }` there is a record. */
static bool annotates(const struct syntax_tree *tree, const struct token *name, const struct frame *frame) {
    struct token before = cursor_before(tree, name->span.start);
    bool starts = before.kind == TOKEN_NONE || before.new_line || token_is(&before, STR("{")) ||
                  token_is(&before, STR(";")) || token_is(&before, STR("}"));
    if (name->kind != TOKEN_NAME || !starts || frame->bracket == '(' || frame->bracket == '[') {
        return false;
    }
    node_id block = frame->bracket == 0 ? NODE_ROOT : node_holding(tree, frame->open);
    node_id owner = node_parent(tree, block);
    return block == NODE_ROOT || (node_kind(tree, block) == NODE_BLOCK &&
                                  node_kind(tree, owner) != NODE_DIRECTIVE &&
                                  node_kind(tree, owner) != NODE_FUNCTION_EXPRESSION &&
                                  node_kind(tree, owner) != NODE_FIELD_DECLARATION);
}

/* Does the colon belong to a declaration? */
static bool declares_type(const struct syntax_tree *tree, const struct token *colon) {
    static const char *const words[] = {"state", "computed", "var", "env", NULL};
    struct token name = cursor_before(tree, colon->span.start);
    struct token word = cursor_before(tree, name.span.start);
    struct frame frame = cursor_frame(tree, colon->span.start);
    bool body = token_is(&name, STR("body")) && word.kind == TOKEN_TEXT;
    return is_word(&word, words) || body || declares(tree, &frame) || is_body_of_type(tree, &frame) ||
           annotates(tree, &name, &frame);
}

/* Is the arrow that of a result? */
static bool gives_type(const struct syntax_tree *tree, const struct token *arrow) {
    struct token before = cursor_before(tree, arrow->span.start);
    if (before.kind == TOKEN_TEXT || !token_is(&before, STR(")"))) {
        return before.kind == TOKEN_TEXT;
    }
    struct frame frame = cursor_frame(tree, before.span.start);
    return declares(tree, &frame);
}

/* A bracket that is open before `token`, in which there are nothing but types: a NONE token where there is none. */
static struct token open_bracket(const struct syntax_tree *tree, struct token token) {
    unsigned closed = 0;
    for (unsigned i = 0; i < MOST_TOKENS && token.kind != TOKEN_NONE; i++) {
        bool closer = token_is(&token, STR(")")) || token_is(&token, STR("]")) || token_is(&token, STR(">"));
        bool opener = token_is(&token, STR("(")) || token_is(&token, STR("[")) || token_is(&token, STR("<"));
        bool inner = token.kind == TOKEN_NAME || token_is(&token, STR(",")) || token_is(&token, STR("|")) ||
                     token_is(&token, STR("->")) || token_is(&token, STR("?")) || token_is(&token, STR("."));
        if (opener && closed == 0) {
            return token;
        }
        if (!closer && !opener && !inner) {
            break;
        }
        closed = closer ? closed + 1 : opener ? closed - 1 : closed;
        token = cursor_before(tree, token.span.start);
    }
    return (struct token){.kind = TOKEN_NONE};
}

/* `type Name =` */
static bool names_type(const struct syntax_tree *tree, const struct token *equal) {
    struct token name = cursor_before(tree, equal->span.start), word = cursor_before(tree, name.span.start);
    return token_is(&word, STR("type"));
}

/* The token that one inside a type stands behind: what is before `Result<`, `[`, `(`, `A |`, `(A) ->`. NONE for others. */
static struct token token_around(const struct syntax_tree *tree, const struct token *token) {
    struct token before = cursor_before(tree, token->span.start);
    if (token_is(token, STR(","))) {
        return open_bracket(tree, before);
    }
    if (token_is(token, STR("[")) || token_is(token, STR("("))) {
        return before;
    }
    if (token_is(token, STR("<")) && before.kind == TOKEN_NAME && before.span.end == token->span.start) {
        return cursor_before(tree, before.span.start);
    }
    if (token_is(token, STR("|")) && before.kind == TOKEN_NAME) {
        return cursor_before(tree, before.span.start);
    }
    if (token_is(token, STR("->")) && token_is(&before, STR(")"))) {
        struct token open = open_bracket(tree, cursor_before(tree, before.span.start));
        return open.kind == TOKEN_NONE ? open : cursor_before(tree, open.span.start);
    }
    return (struct token){.kind = TOKEN_NONE};
}

/* Does a type follow this token? Brackets, bars and arrows are followed back to what they stand behind. */
static bool leads_to_type(const struct syntax_tree *tree, struct token token) {
    static const char *const words[] = {"impl", NULL};
    for (unsigned i = 0; i < DEPTH && token.kind != TOKEN_NONE; i++) {
        if (is_word(&token, words) || (token_is(&token, STR(":")) && declares_type(tree, &token)) ||
            (token_is(&token, STR("->")) && gives_type(tree, &token)) ||
            (token_is(&token, STR("=")) && names_type(tree, &token))) {
            return true;
        }
        token = token_around(tree, &token);
    }
    return false;
}

bool completion_leads_to_type(const struct completion *c) { return leads_to_type(c->tree, c->before); }

/* The tree says it of a name that is being typed. */
static bool is_type_node(struct completion *c) {
    node_id node = node_holding(c->tree, c->word.start);
    enum node_kind parent = node_kind(c->tree, node_parent(c->tree, node));
    return c->word.start < c->offset && node_kind(c->tree, node) == NODE_IDENTIFIER &&
           node_span(c->tree, node).start == c->word.start && parent == NODE_TYPE_NAME;
}

static bool is_behind_is(const struct completion *c) {
    return token_is(&c->before, STR("is")) || (token_is(&c->before, STR("not")) && token_is(&c->before2, STR("is")));
}

bool completion_of_types(struct completion *c) {
    node_id container = completion_container(c);
    if (node_field(c->tree, container) == FIELD_DERIVE ||
        (token_is(&c->before, STR("[")) && token_is(&c->before2, STR("derive")))) {
        add_derived(c);
        completion_types(c);
        return true;
    }
    struct token impl = cursor_before(c->tree, c->before2.span.start);
    bool for_impl = token_is(&c->before, STR("for")) && c->before2.kind == TOKEN_NAME && token_is(&impl, STR("impl"));
    if (!is_type_node(c) && !for_impl && !is_behind_is(c) && !completion_leads_to_type(c)) {
        return false;
    }
    bool asked = is_behind_is(c);
    completion_types(c);
    if (asked) {
        add_cases(c);
    }
    return true;
}
