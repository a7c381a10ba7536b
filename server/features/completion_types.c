/* Types, where a type stands and nowhere else: behind the colon of a parameter, a field or a state, behind an arrow, in brackets of
 * types, behind `is`, `impl` and `derive`. */
#include "server/features/completion_provider.h"

#include "parser/syntax/node.h"

enum { DEPTH = 8 };

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

/* `fn name(`, `fn(`, `component Name(`: are its parameters open at the frame? */
static bool declares(const struct syntax_tree *tree, const struct frame *frame) {
    struct token word = cursor_before(tree, frame->before.span.start);
    return frame->bracket == '(' &&
           (token_is(&frame->before, STR("fn")) || token_is(&word, STR("fn")) || token_is(&word, STR("component")) ||
            node_kind(tree, node_holding(tree, frame->open)) == NODE_PARAMETERS);
}

static bool is_body_of_type(const struct syntax_tree *tree, const struct frame *frame) {
    static const char *const words[] = {"type", "model", NULL};
    struct token word = cursor_before(tree, frame->before.span.start);
    enum node_kind kind = node_kind(tree, node_holding(tree, frame->open));
    return frame->bracket == '{' && (kind == NODE_TYPE_BODY || kind == NODE_RECORD_TYPE || is_word(&word, words));
}

/* Does the colon belong to a declaration? */
static bool declares_type(const struct syntax_tree *tree, const struct token *colon) {
    static const char *const words[] = {"state", "computed", "var", "env", NULL};
    struct token name = cursor_before(tree, colon->span.start);
    struct token word = cursor_before(tree, name.span.start);
    struct frame frame = cursor_frame(tree, colon->span.start);
    bool body = token_is(&name, STR("body")) && word.kind == TOKEN_TEXT;
    return is_word(&word, words) || body || declares(tree, &frame) || is_body_of_type(tree, &frame);
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

/* Does a type follow this token? Brackets and bars are followed back to what they stand behind. */
static bool leads_to_type(const struct syntax_tree *tree, struct token token) {
    static const char *const words[] = {"impl", NULL};
    for (unsigned i = 0; i < DEPTH; i++) {
        if (token_is(&token, STR(":"))) {
            return declares_type(tree, &token);
        }
        if (token_is(&token, STR("->"))) {
            return gives_type(tree, &token);
        }
        if (is_word(&token, words)) {
            return true;
        }
        struct token before = cursor_before(tree, token.span.start);
        bool generic = token_is(&token, STR("<")) && before.kind == TOKEN_NAME && before.span.end == token.span.start;
        if (generic || (token_is(&token, STR("|")) && before.kind == TOKEN_NAME)) {
            token = cursor_before(tree, before.span.start);
        } else if (token_is(&token, STR("[")) || token_is(&token, STR("("))) {
            token = before;
        } else {
            return false;
        }
    }
    return false;
}

/* `type A = `, and behind the bars there. */
static bool is_alias(struct completion *c) {
    struct token token = c->before;
    for (unsigned i = 0; i < DEPTH && token_is(&token, STR("|")); i++) {
        struct token name = cursor_before(c->tree, token.span.start);
        token = cursor_before(c->tree, name.span.start);
    }
    struct token name = cursor_before(c->tree, token.span.start), word = cursor_before(c->tree, name.span.start);
    return token_is(&token, STR("=")) && token_is(&word, STR("type"));
}

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
    bool for_impl = token_is(&c->before, STR("for")) &&
                    node_kind(c->tree, node_holding(c->tree, c->before.span.start)) == NODE_IMPL_DECLARATION;
    if (!is_type_node(c) && !for_impl && !is_behind_is(c) && !is_alias(c) && !leads_to_type(c->tree, c->before)) {
        return false;
    }
    completion_types(c);
    return true;
}
