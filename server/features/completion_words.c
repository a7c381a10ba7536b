/* The words of the language: what a statement begins with at its place, directives, and the words within expressions and markup. */
#include "server/features/completion_provider.h"

#include "analysis/directives.h"
#include "parser/syntax/node.h"

enum stand {
    TOP = 1 << 0,
    SHARED = 1 << 1,
    SERVER = 1 << 2,
    BROWSER = 1 << 3,
    GROUP = 1 << 4,
    COMPONENT = 1 << 5,
    STORE = 1 << 6,
    TYPE_PART = 1 << 7,
    CODE = 1 << 8,
};

static const struct {
    struct str word;
    unsigned places;
    struct str snippet;
    const char *about;
} words[] = {
#define WORD(word, places, snippet, about) {STR_INIT(word), places, STR_INIT(snippet), about},
#include "server/features/completion_words.def"
};

/* ---- places */

static enum stand stand_in_directive(const struct syntax_tree *tree, node_id directive) {
    const struct directive *row = directive_of_node(tree, directive);
    return row != NULL && row->id == DIRECTIVE_ROUTES ? GROUP : CODE;
}

/* What the statement at the place stands in. */
static enum stand stand_of(struct completion *c) {
    node_id container = completion_container(c), owner = node_parent(c->tree, container);
    if (container == NODE_ROOT) {
        return TOP;
    }
    switch ((int)node_kind(c->tree, owner)) {
    case NODE_SERVER_BLOCK:
        return SERVER;
    case NODE_BROWSER_BLOCK:
        return BROWSER;
    case NODE_SHARED_BLOCK:
        return SHARED;
    case NODE_COMPONENT_DECLARATION:
        return COMPONENT;
    case NODE_STORE_DECLARATION:
        return STORE;
    case NODE_IMPL_DECLARATION:
    case NODE_TRAIT_DECLARATION:
    case NODE_INTERFACE_DECLARATION:
        return TYPE_PART;
    case NODE_DIRECTIVE:
        return stand_in_directive(c->tree, owner);
    default:
        return CODE;
    }
}

static void add_directives(struct completion *c) {
    const struct directive *directive;
    for (unsigned i = 0; (directive = directive_at(i)) != NULL; i++) {
        bool here = (directive->places >> BLOCK_SERVER & 1) != 0 && directive->emission == DIRECTIVE_IS_FEATURE;
        if (here && !completion_has(c, directive->word)) {
            struct str snippet = arena_concat(c->context->arena, directive->word, STR(" {\n\t$0\n}"));
            completion_add_word(c, directive->word, snippet, "setting of the server");
        }
    }
    completion_add_word(c, STR("db"), STR("db {\n\t$0\n}"), "the database of the server");
}

static void add_words(struct completion *c, enum stand place) {
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        if ((words[i].places & (unsigned)place) != 0) {
            completion_add_word(c, words[i].word, words[i].snippet, words[i].about);
        }
    }
    if (place == SERVER) {
        add_directives(c);
    }
}

/* `else`, `elif`, `catch`, `finally` behind the block that they belong to. */
static void add_continuations(struct completion *c) {
    if (!token_is(&c->before, STR("}"))) {
        return;
    }
    node_id node = node_holding(c->tree, c->before.span.start);
    switch ((int)node_kind(c->tree, node_parent(c->tree, node))) {
    case NODE_IF_EXPRESSION:
    case NODE_ELIF_CLAUSE:
        completion_add_word(c, STR("elif"), STR("elif ${1:condition} {\n\t$0\n}"), "where another condition holds");
        completion_add_word(c, STR("else"), STR("else {\n\t$0\n}"), "where none holds");
        break;
    case NODE_JSX_IF:
    case NODE_JSX_ELIF:
        completion_add_word(c, STR("elif"), STR("elif ${1:condition} {\n\t$0\n}"), "where another condition holds");
        completion_add_word(c, STR("else"), STR("else {\n\t$0\n}"), "where none holds");
        break;
    case NODE_TRY_EXPRESSION:
        completion_add_word(c, STR("catch"), STR("catch ${1:error} {\n\t$0\n}"), "what is done with an error");
        completion_add_word(c, STR("finally"), STR("finally {\n\t$0\n}"), "what is done in any case");
        break;
    default:
        break;
    }
}

void completion_words(struct completion *c) {
    enum stand place = stand_of(c);
    add_continuations(c);
    add_words(c, place);
    if (place == TYPE_PART) {
        completion_add_promised(c, node_parent(c->tree, completion_container(c)));
        return;
    }
    completion_values(c);
}

/* ---- between tags */

/* Is the place in the content of an element, and not in a tag or an expression? */
static bool is_content(const struct completion *c) {
    node_id node = node_holding(c->tree, c->offset > 0 ? c->offset - 1 : 0);
    switch ((int)node_kind(c->tree, node)) {
    case NODE_JSX_TEXT:
    case NODE_JSX_FRAGMENT:
    case NODE_JSX_BLOCK:
        return true;
    case NODE_JSX_ELEMENT:
        return !token_is(&c->before, STR("<")) && !token_is(&c->before, STR("</"));
    default:
        return false;
    }
}

bool completion_in_content(struct completion *c) {
    if (!is_content(c)) {
        return false;
    }
    add_continuations(c);
    completion_add_word(c, STR("if"), STR("if ${1:condition} {\n\t$0\n}"), "where a condition holds");
    completion_add_word(c, STR("for"), STR("for ${1:item} in ${2:items} {\n\t$0\n}"), "for each item");
    completion_add_word(c, STR("match"), STR("match ${1:value} {\n\t$0\n}"), "by cases");
    return true;
}

/* ---- statements */

static bool is_operator_word(const struct token *token) {
    static const char *const operators[] = {"and",  "or",   "not",   "in",     "is",   "return", "await", "yield",
                                            "if",   "elif", "while", "match",  "when", "guard",  "defer", "spawn",
                                            "from", "else", "where", "derive", "pub",  "async",  "export", "with", "at"};
    for (size_t i = 0; i < sizeof operators / sizeof *operators; i++) {
        if (token->kind == TOKEN_NAME && str_equal(token->text, str_from_c(operators[i]))) {
            return true;
        }
    }
    return false;
}

/* May a statement end with the token? */
static bool is_end(const struct token *token) {
    return (token->kind == TOKEN_NAME && !is_operator_word(token)) || token->kind == TOKEN_NUMBER ||
           token->kind == TOKEN_TEXT || token_is(token, STR(")")) || token_is(token, STR("]")) ||
           token_is(token, STR("}")) || token_is(token, STR("/>")) || token_is(token, STR(">"));
}

/* Braces that hold statements. */
static bool holds_statements(struct completion *c) {
    const struct frame *frame = completion_frame(c);
    enum node_kind kind = node_kind(c->tree, completion_container(c));
    return frame->bracket == 0 || kind == NODE_BLOCK || kind == NODE_BARE_BLOCK || kind == NODE_SOURCE_FILE ||
           kind == NODE_ERROR;
}

static bool starts_statement(struct completion *c) {
    if (completion_frame(c)->bracket == '(' || completion_frame(c)->bracket == '[' || !holds_statements(c)) {
        return false;
    }
    return c->before.kind == TOKEN_NONE || token_is(&c->before, STR("{")) || token_is(&c->before, STR("}")) ||
           token_is(&c->before, STR(";")) || (c->before.new_line && is_end(&c->before));
}

/* `fn(x)`: its body follows. */
static bool ends_parameters(const struct completion *c) {
    struct frame frame =
        token_is(&c->before, STR(")")) ? cursor_frame(c->tree, c->before.span.start) : (struct frame){0};
    return frame.bracket == '(' && token_is(&frame.before, STR("fn"));
}

/* Behind a whole value on its line only an operator can stand. */
static bool add_operators(struct completion *c) {
    bool value = (c->before.kind == TOKEN_NAME && !is_operator_word(&c->before)) || c->before.kind == TOKEN_NUMBER ||
                 c->before.kind == TOKEN_TEXT || token_is(&c->before, STR(")")) || token_is(&c->before, STR("]"));
    if (!value || c->before.new_line || c->before.span.end == c->word.start || ends_parameters(c)) {
        return false;
    }
    static const char *const operators[] = {"and", "or", "in", "is", "not"};
    for (size_t i = 0; i < sizeof operators / sizeof *operators; i++) {
        completion_add_word(c, str_from_c(operators[i]), (struct str){0}, "operator");
    }
    if (token_is(&c->before, STR("pub")) || token_is(&c->before2, STR("try"))) {
        completion_add_word(c, STR("catch"), (struct str){0}, "what is done with an error");
    }
    return true;
}

/* `@wasm fn`: what is compiled in another way. */
static void add_decorators(struct completion *c) {
    completion_add_name(c, STR("wasm"), ITEM_KEYWORD, STR("compiled to WebAssembly"));
    completion_add_name(c, STR("fast"), ITEM_KEYWORD, STR("lists of numbers as typed arrays"));
}

/* Behind `break` and `continue`: the loops around that have a name. */
static void add_labels(struct completion *c) {
    for (unsigned i = 1; i < c->file->symbols.count; i++) {
        const struct symbol *symbol = analysis_symbol(c->file, i);
        struct span span = node_span(c->tree, symbol->node);
        if (symbol->kind == SYMBOL_LABEL && span.start < c->offset && c->offset <= span.end) {
            completion_add_name(c, analysis_name(c->file, symbol->name), ITEM_CONSTANT, STR("name of a loop"));
        }
    }
}

bool completion_of_statements(struct completion *c) {
    if ((token_is(&c->before, STR("break")) || token_is(&c->before, STR("continue"))) && !c->before.new_line) {
        add_labels(c);
        return true;
    }
    if (token_is(&c->before, STR("@")) && c->before.span.end == c->word.start) {
        add_decorators(c);
        return true;
    }
    if (token_is(&c->before, STR("pub")) || token_is(&c->before, STR("export"))) {
        add_words(c, TOP);
        return true;
    }
    if (token_is(&c->before, STR("async"))) {
        completion_add_word(c, STR("fn"), STR("fn ${1:name}($2) {\n\t$0\n}"), "a function that waits");
        return true;
    }
    if (starts_statement(c)) {
        completion_words(c);
        return true;
    }
    return add_operators(c);
}

/* ---- new names */

static bool begins(const struct completion *c, const char *word) {
    return token_is(&c->before, str_from_c(word)) && !c->before.new_line;
}

static void add_type_names(void *context, struct package_symbol member) {
    struct completion *c = context;
    struct str name = analysis_name(c->file, member.symbol->name);
    if (member.symbol->kind == SYMBOL_TYPE && member.symbol->parameter_count > 0 && !completion_has(c, name)) {
        completion_add_symbol(c, member, COMPLETION_PROGRAM);
    }
}

/* Behind a word that gives a name to something nothing is known that could be offered, but for models of types. */
bool completion_of_new_names(struct completion *c) {
    static const char *const givers[] = {"fn",  "state", "computed", "component", "store", "type", "trait", "interface",
                                         "var", "let",   "font",     "animate",   "env",   "for",  "catch", "as"};
    bool head = c->before2.kind == TOKEN_NONE || c->before2.new_line || token_is(&c->before2, STR("{")) ||
                token_is(&c->before2, STR("pub")) || token_is(&c->before2, STR("async")) ||
                token_is(&c->before2, STR(";"));
    if (begins(c, "model") && head) {
        c->plain = true;
        package_each_visible(c->context->package, c->block, add_type_names, c);
        return true;
    }
    for (size_t i = 0; i < sizeof givers / sizeof *givers; i++) {
        bool anywhere = str_equal(str_from_c(givers[i]), STR("fn")) || str_equal(str_from_c(givers[i]), STR("as")) ||
                        str_equal(str_from_c(givers[i]), STR("catch")) || str_equal(str_from_c(givers[i]), STR("for"));
        struct token word = cursor_before(c->tree, c->before2.span.start);
        bool impl = token_is(&c->before, STR("for")) && token_is(&word, STR("impl"));
        if (begins(c, givers[i]) && (head || anywhere) && !impl) {
            return true;
        }
    }
    const struct frame *frame = completion_frame(c);
    struct token word = cursor_before(c->tree, frame->before.span.start);
    bool declares = frame->bracket == '(' && (token_is(&frame->before, STR("fn")) || token_is(&word, STR("fn")) ||
                                              token_is(&word, STR("component")));
    return declares && (token_is(&c->before, STR("(")) || token_is(&c->before, STR(","))) &&
           !completion_leads_to_type(c);
}
