/* Directives: what a word introduces that has no grammar rule of its own (`db { }`, `middleware fn …`, `discover …`). */
#include "analysis/directives.h"

#include "analysis/binder.h"
#include "analysis/peers.h"
#include "analysis/unsupported.h"

/* Words that people mean when they mistype the start of a statement. */
static const struct str statement_words[] = {
    STR_INIT("break"),  STR_INIT("component"), STR_INIT("computed"), STR_INIT("continue"),   STR_INIT("defer"),
    STR_INIT("effect"), STR_INIT("for"),       STR_INIT("guard"),    STR_INIT("if"),         STR_INIT("import"),
    STR_INIT("match"),  STR_INIT("model"),     STR_INIT("pub"),      STR_INIT("return"),     STR_INIT("route"),
    STR_INIT("state"),  STR_INIT("store"),     STR_INIT("type"),     STR_INIT("middleware"), STR_INIT("var"),
    STR_INIT("while"),  STR_INIT("fn"),        STR_INIT("server"),   STR_INIT("browser"),    STR_INIT("shared")};

/* `server api {`: it has been read as a name and what follows it. */
static const struct str block_words[] = {STR_INIT("server"), STR_INIT("browser"), STR_INIT("client"),
                                         STR_INIT("shared")};

static enum block_kind block_kind_here(const struct binder *b) { return b->file->blocks.items[b->block].key.kind; }

static bool is_word(struct binder *b, node_id node, const char *word) {
    return str_equal(node_text(b->tree, node_child(b->tree, node, FIELD_NAME)), str_from_c(word));
}

/* ---- declaring */

/* (req, next): it passes the request on itself, so it can also refuse to. */
static unsigned middleware_flags(struct binder *b, node_id function) {
    node_id parameters = node_child(b->tree, function, FIELD_PARAMETERS);
    node_id second = node_next_plain(b->tree, node_first_plain(b->tree, parameters));
    bool next = str_equal(node_text(b->tree, node_child(b->tree, second, FIELD_NAME)), STR("next"));
    return next ? SYMBOL_NEXT_MIDDLEWARE | SYMBOL_REFUSES : 0;
}

static void declare_directive_function(struct binder *b, node_id node, node_id function, unsigned flags) {
    enum symbol_kind kind = SYMBOL_FUNCTION;
    if (is_word(b, node, "middleware")) {
        kind = SYMBOL_MIDDLEWARE;
        flags |= middleware_flags(b, function);
    }
    if (node_child(b->tree, function, FIELD_ASYNC) != NODE_NONE) {
        flags |= SYMBOL_ASYNC_WRITTEN | SYMBOL_ASYNC;
    }
    uint32_t symbol = symbol_declare(b, kind, flags, function, node_child(b->tree, function, FIELD_NAME));
    symbol_at(b, symbol)->type = node_child(b->tree, function, FIELD_RETURN_TYPE);
}

static void declare_peer(struct binder *b, node_id node) {
    struct str peer;
    if (node_string_value(&b->scratch, b->tree, node_child_of_kind(b->tree, node, NODE_STRING), &peer)) {
        uint32_t name = name_intern(b, peer_identifier(b->arena, peer));
        name_at(b, name)->peer = b->group;
        vec_push(b->arena, &b->file->discovered,
                 ((struct discovered){.name = name_at(b, name)->atom, .node = node, .block = b->block}));
    }
}

void declare_directive(struct binder *b, node_id node, unsigned flags) {
    node_id function = node_child_of_kind(b->tree, node, NODE_FUNCTION_DECLARATION);
    if (function != NODE_NONE) {
        declare_directive_function(b, node, function, flags);
    } else if (is_word(b, node, "discover")) {
        declare_peer(b, node);
    } else if (is_word(b, node, "animate")) {
        node_id name = node_first_plain(b->tree, node);
        if (node_kind(b->tree, name) == NODE_IDENTIFIER) {
            symbol_declare(b, SYMBOL_CONSTANT, flags, node, name);
        }
    } else if (is_word(b, node, "env")) {
        node_id name = node_first_plain(b->tree, node);
        if (node_kind(b->tree, name) == NODE_IDENTIFIER) {
            uint32_t symbol = symbol_declare(b, SYMBOL_CONSTANT, flags, node, name);
            symbol_at(b, symbol)->type = node_child_of_kind(b->tree, node, NODE_TYPE_NAME);
            symbol_at(b, symbol)->value = node_child(b->tree, node, FIELD_VALUE);
        }
    }
}

/* ---- rules */

/* The syntax errors know the words of other languages. */
bool word_is_reported(const struct binder *b, node_id word) {
    const struct diagnostic_list *list = &b->file->diagnostics;
    for (unsigned i = 0; i < list->list.count; i++) {
        if (list->list.items[i].span.start == node_span(b->tree, word).start) {
            return true;
        }
    }
    return false;
}

/* `raise x` is `return Err(x)`. */
static bool report_raise(struct binder *b, node_id name, struct str word) {
    if (!str_equal(word, STR("raise"))) {
        return false;
    }
    struct span whole = node_span(b->tree, node_parent(b->tree, name));
    struct str value = str_trim(text_slice(b->tree->text, (struct span){node_span(b->tree, name).end, whole.end}));
    struct diagnostic *diagnostic = REPORT(
        b, SYNTAX, name, "`raise` is not a word of Tova. A failure is a value: `return Err(reason)`.");
    diagnostic->fix.span = whole;
    diagnostic->fix.replacement = arena_printf(b->arena, "return Err(%.*s)", STR_ARGUMENTS(value));
    diagnostic->fix.title = arena_printf(b->arena, "Write `%.*s`", STR_ARGUMENTS(diagnostic->fix.replacement));
    return true;
}

/* `server api {` has been read as a name and what follows it. */
static bool report_block(struct binder *b, node_id name, struct str word) {
    for (size_t i = 0; i < sizeof block_words / sizeof *block_words; i++) {
        if (str_equal(word, block_words[i])) {
            REPORT(b, SYNTAX, name,
                   "This block has no `{` behind its name, which stands in quotes: `%.*s \"name\" { … }`.",
                   STR_ARGUMENTS(word));
            return true;
        }
    }
    return false;
}

static void report_meant(struct binder *b, node_id name, struct str word, struct str meant) {
    struct diagnostic *diagnostic = REPORT(b, SYNTAX, name, "`%.*s` starts no statement. Did you mean `%.*s`?",
                                           STR_ARGUMENTS(word), STR_ARGUMENTS(meant));
    diagnostic->fix.title = arena_printf(b->arena, "Write `%.*s`", STR_ARGUMENTS(meant));
    diagnostic->fix.span = node_span(b->tree, name);
    diagnostic->fix.replacement = meant;
}

/* `route "/users" => list` */
static bool report_route(struct binder *b, node_id name, struct str word) {
    if (!str_equal(word, STR("route"))) {
        return false;
    }
    struct diagnostic *diagnostic =
        REPORT(b, SYNTAX, name, "A route says which method it answers to: `route GET \"/path\" => handler`.");
    diagnostic->fix.title = STR("Write `route GET`");
    diagnostic->fix.span = node_span(b->tree, name);
    diagnostic->fix.replacement = STR("route GET");
    return true;
}

/* The directive of this block whose word is nearest. */
static bool report_directive(struct binder *b, node_id name, struct str word) {
    unsigned limit = word.size > 4 ? 2 : word.size > 3 ? 1 : 0;
    struct str nearest = {0};
    for (unsigned i = 0; i < DIRECTIVE_COUNT; i++) {
        const struct directive *directive = directive_at(i);
        unsigned distance = str_distance(word, directive->word, limit);
        if ((directive->places & (1U << block_kind_here(b))) != 0 && distance > 0 && distance <= limit) {
            nearest = directive->word;
            limit = distance - 1;
        }
    }
    if (nearest.size > 0) {
        report_meant(b, name, word, nearest);
    }
    return nearest.size > 0;
}

static void report_unknown(struct binder *b, node_id node) {
    node_id name = node_child(b->tree, node, FIELD_NAME);
    struct str word = node_text(b->tree, name);
    bool reported = word_is_reported(b, name);
    vec_push(b->arena, &b->file->origin->words, (struct unknown_word){name, reported});
    if (reported || report_raise(b, name, word) || report_block(b, name, word) ||
        report_route(b, name, word)) {
        return;
    }
    for (size_t i = 0; i < sizeof statement_words / sizeof *statement_words; i++) {
        if (str_distance(word, statement_words[i], 2) <= (word.size > 4 ? 2 : 1)) {
            report_meant(b, name, word, statement_words[i]);
            return;
        }
    }
    if (report_directive(b, name, word)) {
        return;
    }
    REPORT(
        b, SYNTAX, name,
        "`%.*s` starts no statement, and a name cannot be followed by this. An operator, a comma or a line end may be missing.",
        STR_ARGUMENTS(word));
}

/* Tests have no page. */
static bool is_test(enum directive_id id) {
    return id == DIRECTIVE_TEST || id == DIRECTIVE_BENCH || id == DIRECTIVE_BEFORE_EACH || id == DIRECTIVE_AFTER_EACH;
}

/* One that cannot be emitted is reported once, where it begins, and not again for what it holds. */
static void check_emitted(struct binder *b, node_id node, const struct directive *directive) {
    bool of_page = block_kind_here(b) == BLOCK_BROWSER && is_test(directive->id);
    node_id word = node_child(b->tree, node, FIELD_NAME);
    if ((directive->emission != DIRECTIVE_IS_MISSING && !of_page) || node_has_error(b->tree, node)) {
        return;
    }
    if (node_parent(b->tree, node) == NODE_ROOT) {
        REPORT(b, NOT_EMITTED, word, "`%.*s` is understood but cannot be compiled yet: %s, and all other blocks are written.",
               STR_ARGUMENTS(directive->word),
               directive->id == DIRECTIVE_SECURITY ? "nothing that it asks for is enforced" : "this block does nothing");
    } else {
        unsupported_add(b->arena, &b->file->diagnostics, node_span(b->tree, word),
                        arena_printf(b->arena, "`%.*s`", STR_ARGUMENTS(directive->word)));
    }
}

/* A group of routes has middleware and groups of its own; everything else is for the whole server. */
static bool report_in_group(struct binder *b, node_id node, const struct directive *directive) {
    node_id around = node_parent(b->tree, node_parent(b->tree, node));
    const struct directive *group = node_kind(b->tree, around) == NODE_DIRECTIVE ? directive_of_node(b->tree, around) : NULL;
    if (group == NULL || group->id != DIRECTIVE_ROUTES || directive->id == DIRECTIVE_ROUTES ||
        directive->id == DIRECTIVE_MIDDLEWARE) {
        return false;
    }
    REPORT(b, MISPLACED, node_child(b->tree, node, FIELD_NAME),
           "`%.*s` is for a whole server and belongs directly into its block. What is for some routes stands behind their "
           "`with`, or in a `middleware` of the group.",
           STR_ARGUMENTS(directive->word));
    return true;
}

static void check_place(struct binder *b, node_id node, const struct directive *directive) {
    if (report_in_group(b, node, directive)) {
        return;
    }
    bool fits = (directive->places >> block_kind_here(b) & 1) != 0;
    if (fits && directive->emission != DIRECTIVE_IS_INNER) {
        check_emitted(b, node, directive);
        return;
    }
    struct str wanted = STR("the top of a file");
    if (fits) {
        wanted = STR("another directive");
    } else if ((directive->places >> BLOCK_SERVER & 1) != 0) {
        wanted = STR("a server block");
    } else if ((directive->places >> BLOCK_BROWSER & 1) != 0) {
        wanted = STR("a browser block");
    }
    REPORT(b, MISPLACED, node_child(b->tree, node, FIELD_NAME), "`%.*s` belongs into %.*s.",
           STR_ARGUMENTS(directive->word), STR_ARGUMENTS(wanted));
}

/* ---- binding */

/* `fade(from: 0) + slide(y: 20) then scale()`: the parts are words of animations, what they are given are values. */
static void bind_steps(struct binder *b, node_id node) {
    static const struct str parts[] = {STR_INIT("fade"), STR_INIT("slide"), STR_INIT("scale"), STR_INIT("rotate"),
                                       STR_INIT("blur")};
    enum node_kind kind = node_kind(b->tree, node);
    if (kind != NODE_CALL_EXPRESSION) {
        bool steps = kind == NODE_SEQUENCE_EXPRESSION || kind == NODE_BINARY_EXPRESSION || kind == NODE_PAREN_LIST;
        if (!steps || b->depth >= LIMIT_SYNTAX_DEPTH) {
            REPORT(b, OPTION_VALUE, node, "A step of an animation is written like a call: `fade(from: 0, to: 1)`.");
            return;
        }
        b->depth++;
        NODE_EACH(child, b->tree, node) {
            if (node_field(b->tree, child) != FIELD_OPERATOR && !node_is_comment(b->tree, child)) {
                bind_steps(b, child);
            }
        }
        b->depth--;
        return;
    }
    node_id name = node_child(b->tree, node, FIELD_FUNCTION);
    bool known = false;
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++) {
        known = known || str_equal(node_text(b->tree, name), parts[i]);
    }
    if (!known) {
        REPORT(b, UNDEFINED_NAME, name, "`%.*s` is no part of an animation: there are fade, slide, scale, rotate and blur.",
               STR_ARGUMENTS(node_text(b->tree, name)));
    }
    NODE_EACH(argument, b->tree, node_child(b->tree, node, FIELD_ARGUMENTS)) {
        node_id value = node_child(b->tree, argument, FIELD_VALUE);
        bind_node(b, value == NODE_NONE ? argument : value);
    }
}

static bool is_steps(const struct binder *b, node_id entry) {
    struct str key = node_text(b->tree, node_child(b->tree, entry, FIELD_KEY));
    node_id directive = node_parent(b->tree, node_parent(b->tree, entry));
    return (str_equal(key, STR("enter")) || str_equal(key, STR("exit"))) &&
           str_equal(node_text(b->tree, node_child(b->tree, directive, FIELD_NAME)), STR("animate"));
}

static void bind_options(struct binder *b, node_id block) {
    NODE_EACH(child, b->tree, block) {
        enum node_kind kind = node_kind(b->tree, child);
        if (kind == NODE_CONFIG_ENTRY || kind == NODE_DIRECTIVE || kind == NODE_FUNCTION_DECLARATION) {
            bind_node(b, child);
        }
    }
}

/* What stands in a block that nothing emits may be anything: names that are known are uses, others no mistakes. */
static void bind_known_names(struct binder *b, node_id node) {
    for (node_id inner = node; inner < b->tree->nodes[node].next; inner++) {
        bool name = node_kind(b->tree, inner) == NODE_IDENTIFIER && node_field(b->tree, inner) != FIELD_NAME &&
                    node_field(b->tree, inner) != FIELD_KEY && node_field(b->tree, inner) != FIELD_PROPERTY;
        if (name && name_at(b, name_of(b, inner))->value != 0) {
            bind_name(b, inner, node_field(b->tree, inner) == FIELD_FUNCTION ? ACCESS_CALL : ACCESS_READ);
        }
    }
}

static void bind_directive_block(struct binder *b, node_id node, node_id block, const struct directive *directive) {
    if (directive != NULL && directive->body == DIRECTIVE_HAS_NAMES) {
        bind_children(b, block); /* its names are those of the code around it */
        return;
    }
    bool statements = directive == NULL || directive->body == DIRECTIVE_HAS_STATEMENTS;
    bool group = directive != NULL && directive->id == DIRECTIVE_ROUTES;
    struct scope_frame frame = scope_open(b, statements && !group ? SCOPE_FUNCTION : SCOPE_LOCAL, block);
    if (statements) {
        bind_body(b, block);
    } else {
        declare_hoisted(b, block);
        bind_options(b, block);
    }
    scope_close(b, frame);
}

static bool is_type_kind(enum node_kind kind) {
    return kind == NODE_TYPE_NAME || kind == NODE_GENERIC_TYPE || kind == NODE_LIST_TYPE || kind == NODE_TUPLE_TYPE ||
           kind == NODE_FUNCTION_TYPE || kind == NODE_UNION_TYPE || kind == NODE_OPTIONAL_TYPE ||
           kind == NODE_RECORD_TYPE;
}

static void bind_part(struct binder *b, node_id node, node_id part, const struct directive *directive) {
    enum node_kind kind = node_kind(b->tree, part);
    if (kind == NODE_BLOCK) {
        bind_directive_block(b, node, part, directive);
    } else if (kind == NODE_FUNCTION_DECLARATION) {
        bind_function(b, part);
    } else if (is_type_kind(kind)) {
        bind_type(b, part);
    } else if (kind != NODE_IDENTIFIER || node_field(b->tree, part) == FIELD_VALUE) {
        bind_node(b, part);
    } else if (directive == NULL && name_at(b, name_of(b, part))->value != 0) {
        bind_name(b, part, ACCESS_READ); /* behind a mistyped word: `retrun total` */
    }
}

/* `enum Color { Red }`: once it is said how types are written, its names are no mistakes. */
static bool is_foreign_type(struct binder *b, node_id node) {
    return is_word(b, node, "enum") || is_word(b, node, "struct") || is_word(b, node, "class");
}

/* A name between the word and the braces is a value where the table does not spell it out, else a word. */
static bool is_head_value(struct binder *b, node_id node, node_id part, const struct directive *directive) {
    struct directive_value value;
    bool checked = directive != NULL && directive->head.size > 0;
    for (node_id at = NODE_NONE; checked && directive_next_value(b->tree, node, directive, &at, &value);) {
        if (at == part) {
            return true;
        }
    }
    return false;
}

static void bind_parts_of(struct binder *b, node_id node, const struct directive *directive) {
    NODE_EACH(part, b->tree, node) {
        /* `version: "1"` of a group of routes is read like an annotation */
        bool setting = directive != NULL && directive->id == DIRECTIVE_ROUTES && node_field(b->tree, part) == FIELD_TYPE;
        if (node_field(b->tree, part) == FIELD_NAME || node_field(b->tree, part) == FIELD_MEMBER || setting) {
            continue;
        }
        bool name = node_kind(b->tree, part) == NODE_IDENTIFIER;
        if (name && is_head_value(b, node, part, directive)) {
            bind_identifier(b, part);
        } else {
            bind_part(b, node, part, directive);
        }
    }
}

void bind_directive(struct binder *b, node_id node) {
    if (directive_is_option(b->tree, node)) {
        bind_parts_of(b, node, NULL);
        return;
    }
    const struct directive *directive = directive_of_node(b->tree, node);
    if (directive == NULL) {
        report_unknown(b, node);
        if (is_foreign_type(b, node)) {
            return;
        }
    } else {
        check_place(b, node, directive);
        if (directive->emission == DIRECTIVE_IS_MISSING || directive->emission == DIRECTIVE_IS_INNER) {
            bind_known_names(b, node);
            return;
        }
    }
    bind_parts_of(b, node, directive);
}

/* A field of an `interface`, as TypeScript has them: the first one is told of, and its type is no value. */
static void report_field(struct binder *b, node_id node, node_id block) {
    node_id first = node_child_of_kind(b->tree, block, NODE_CONFIG_ENTRY);
    struct span start = node_span(b->tree, node_parent(b->tree, block));
    struct str word = STR("interface");
    if (first != node) {
        return;
    }
    struct diagnostic *diagnostic =
        diagnostic_add(b->arena, &b->file->diagnostics, DIAGNOSTIC_FOREIGN_HABIT, node_span(b->tree, node),
                       "An interface holds functions. A type with fields is written `type Name { field: Type }`.");
    if (str_starts_with(str_slice(text_str(b->tree->text), start.start, start.end), word)) {
        diagnostic->fix = (struct diagnostic_fix){
            STR("Write `type`"), {start.start, start.start + (uint32_t)word.size}, STR("type"), true};
    }
}

void bind_config_entry(struct binder *b, node_id node) {
    node_id block = node_parent(b->tree, node);
    if (node_kind(b->tree, node_parent(b->tree, block)) == NODE_INTERFACE_DECLARATION) {
        report_field(b, node, block);
        return;
    }
    if (node_kind(b->tree, node_parent(b->tree, block)) != NODE_DIRECTIVE) {
        REPORT(b, SYNTAX, node_child(b->tree, node, FIELD_KEY),
               "`name: value` is no statement: it belongs into an object or into a block of options. To give a name a "
               "value, write `name = value`.");
    }
    node_id value = node_child(b->tree, node, FIELD_VALUE);
    if (is_steps(b, node)) {
        bind_steps(b, value);
    } else {
        bind_node(b, value);
    }
}
