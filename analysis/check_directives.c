/* Directives: options that the table does not have, and values of the wrong kind. */
#include "analysis/checks.h"
#include "analysis/directives.h"
#include "analysis/guards.h"

enum { OPTIONS_NAMED = 12 };

/* ---- kinds of values, as far as the text says them */

enum value_kind {
    VALUE_UNKNOWN, /* known when the program runs */
    VALUE_STRING,
    VALUE_INT,
    VALUE_FLOAT,
    VALUE_BOOL,
    VALUE_LIST,
    VALUE_OBJECT,
    VALUE_FUNCTION,
    VALUE_NIL,
    VALUE_KIND_COUNT
};

static const char *const kind_words[VALUE_KIND_COUNT] = {
    [VALUE_UNKNOWN] = "a value",    [VALUE_STRING] = "a text", [VALUE_INT] = "a whole number",
    [VALUE_FLOAT] = "a number",     [VALUE_BOOL] = "`true` or `false`", [VALUE_LIST] = "a list",
    [VALUE_OBJECT] = "an object",   [VALUE_FUNCTION] = "a function",    [VALUE_NIL] = "nil",
};

static bool is_whole(struct str text) {
    for (size_t i = 0; i < text.size; i++) {
        bool exponent = text.data[i] == 'e' || text.data[i] == 'E';
        if (text.data[i] == '.' || (exponent && !str_starts_with(text, STR("0x")))) {
            return false;
        }
    }
    return true;
}

/* `5 * 1024` is as whole as its parts. */
static enum value_kind kind_of_number(const struct syntax_tree *tree, node_id node) {
    for (node_id inner = node; inner < tree->nodes[node].next; inner++) {
        enum node_kind kind = node_kind(tree, inner);
        if (kind != NODE_BINARY_EXPRESSION && kind != NODE_UNARY_EXPRESSION && kind != NODE_NUMBER) {
            return VALUE_UNKNOWN;
        }
        bool divided = kind == NODE_BINARY_EXPRESSION &&
                       str_equal(node_text(tree, node_child(tree, inner, FIELD_OPERATOR)), STR("/"));
        if (divided || (kind == NODE_NUMBER && !is_whole(node_text(tree, inner)))) {
            return VALUE_FLOAT;
        }
    }
    return VALUE_INT;
}

static enum value_kind kind_of_value(const struct syntax_tree *tree, node_id node) {
    switch ((int)node_kind(tree, node)) {
    case NODE_STRING:
    case NODE_SINGLE_STRING:
        return VALUE_STRING;
    case NODE_NUMBER:
    case NODE_BINARY_EXPRESSION:
    case NODE_UNARY_EXPRESSION:
        return kind_of_number(tree, node);
    case NODE_TRUE:
    case NODE_FALSE:
        return VALUE_BOOL;
    case NODE_ARRAY:
        return VALUE_LIST;
    case NODE_OBJECT:
        return VALUE_OBJECT;
    case NODE_FUNCTION_EXPRESSION:
    case NODE_FUNCTION_DECLARATION:
    case NODE_LAMBDA:
        return VALUE_FUNCTION;
    case NODE_NIL:
        return VALUE_NIL;
    default:
        return VALUE_UNKNOWN;
    }
}

/* ---- types of the table */

static struct str next_type(struct str *rest) {
    size_t end = str_find(*rest, '|', 0);
    struct str type = str_trim(str_slice(*rest, 0, end));
    *rest = str_slice(*rest, end < rest->size ? end + 1 : end, rest->size);
    return type;
}

/* A text of the table alone: 'jwt'. */
static bool is_text_itself(struct str type) { return type.data[0] == '\''; }

static const struct {
    struct str name;
    enum value_kind kind;
} types[] = {
    {STR_INIT("String"), VALUE_STRING}, {STR_INIT("Int"), VALUE_INT},   {STR_INIT("Float"), VALUE_FLOAT},
    {STR_INIT("Bool"), VALUE_BOOL},     {STR_INIT("{}"), VALUE_OBJECT}, {STR_INIT("fn"), VALUE_FUNCTION},
    {STR_INIT("[String]"), VALUE_LIST}, {STR_INIT("Any"), VALUE_UNKNOWN},
};

static enum value_kind kind_of_type(struct str type) {
    for (size_t i = 0; i < sizeof types / sizeof *types; i++) {
        if (str_equal(types[i].name, type)) {
            return types[i].kind;
        }
    }
    return VALUE_STRING;
}

static bool fits_type(struct check *check, node_id node, enum value_kind kind, struct str type) {
    enum value_kind wanted = kind_of_type(type);
    struct str text;
    if (is_text_itself(type) && node_string_value(check->arena, check->file->tree, node, &text)) {
        return str_equal(text, str_slice(type, 1, type.size - 1));
    }
    return kind == VALUE_UNKNOWN || wanted == VALUE_UNKNOWN || kind == wanted ||
           (kind == VALUE_INT && wanted == VALUE_FLOAT);
}

/* "a text or a list of texts". */
static struct str types_in_words(struct check *check, struct str list) {
    struct str words = {0};
    for (struct str rest = list; rest.size > 0;) {
        struct str type = next_type(&rest);
        struct str word = str_from_c(kind_words[kind_of_type(type)]);
        if (is_text_itself(type)) {
            word = arena_printf(check->arena, "\"%.*s\"", (int)type.size - 2, type.data + 1);
        } else if (str_equal(type, STR("[String]"))) {
            word = STR("a list of texts");
        }
        words = words.size == 0 ? word
                                : arena_printf(check->arena, "%.*s or %.*s", STR_ARGUMENTS(words), STR_ARGUMENTS(word));
    }
    return words;
}

/* The place of what does not fit: the value, or the first wrong one of a list of texts. */
static node_id misfit(struct check *check, node_id node, struct str list) {
    const struct syntax_tree *tree = check->file->tree;
    enum value_kind kind = kind_of_value(tree, node);
    for (struct str rest = list; rest.size > 0;) {
        struct str type = next_type(&rest);
        if (!fits_type(check, node, kind, type)) {
            continue;
        }
        if (kind == VALUE_LIST) {
            NODE_EACH(item, tree, node) {
                enum value_kind inner = kind_of_value(tree, item);
                if (!node_is_comment(tree, item) && inner != VALUE_UNKNOWN && inner != VALUE_STRING) {
                    return item;
                }
            }
        }
        return NODE_NONE;
    }
    return node;
}

static void report_misfit(struct check *check, node_id at, struct str what, struct str list) {
    struct str wanted = types_in_words(check, list);
    enum value_kind kind = kind_of_value(check->file->tree, at);
    struct str text;
    bool known = kind == VALUE_STRING && node_string_value(check->arena, check->file->tree, at, &text);
    struct str found = known ? arena_printf(check->arena, "\"%.*s\"", STR_ARGUMENTS(text)) : str_from_c(kind_words[kind]);
    CHECK_REPORT(check, OPTION_VALUE, node_span(check->file->tree, at), "%.*s is %.*s, and this is %.*s.",
                 STR_ARGUMENTS(what), STR_ARGUMENTS(wanted), STR_ARGUMENTS(found));
}

/* ---- options */

struct written_option {
    struct str name;
    node_id key, value; /* no value: the name alone, for true */
};

static bool next_option(struct check *check, node_id block, node_id *at, struct written_option *option) {
    struct directive_entry entry;
    if (!directive_next_entry(check->file->tree, block, at, &entry)) {
        return false;
    }
    *option = (struct written_option){node_text(check->file->tree, entry.key), entry.key, entry.value};
    (void)node_string_value(check->arena, check->file->tree, entry.key, &option->name);
    return true;
}

static bool is_written(struct check *check, node_id block, struct str name) {
    struct written_option written;
    for (node_id at = NODE_NONE; next_option(check, block, &at, &written);) {
        if (str_equal(written.name, name)) {
            return true;
        }
    }
    return false;
}

static struct str names_of_options(struct check *check, const struct directive *directive) {
    struct str names = {0};
    struct str rest = directive->options;
    struct directive_part option;
    for (unsigned i = 0; i < OPTIONS_NAMED && directive_next_option(&rest, &option); i++) {
        const char *between = names.size == 0 ? "" : rest.size == 0 ? " and " : ", ";
        names = arena_printf(check->arena, "%.*s%s%.*s", STR_ARGUMENTS(names), between, STR_ARGUMENTS(option.name));
    }
    return names;
}

static void report_unknown_option(struct check *check, const struct directive *directive, struct written_option written) {
    struct suggestion suggestion = suggestion_for(written.name);
    struct directive_part option;
    for (struct str rest = directive->options; directive_next_option(&rest, &option);) {
        suggestion_offer(&suggestion, option.name);
    }
    struct str sentence = suggestion_sentence(check->arena, suggestion.best);
    struct str all = names_of_options(check, directive);
    struct span span = node_span(check->file->tree, written.key);
    struct diagnostic *diagnostic =
        CHECK_REPORT(check, UNKNOWN_OPTION, span, "`%.*s` has no option `%.*s`.%.*s It has %.*s.",
                     STR_ARGUMENTS(directive->word), STR_ARGUMENTS(written.name), STR_ARGUMENTS(sentence),
                     STR_ARGUMENTS(all.size > 0 ? all : STR("none")));
    suggestion_fix(check->arena, diagnostic, span, suggestion.best);
}

static void check_option(struct check *check, const struct directive *directive, struct written_option written) {
    struct directive_part option;
    if (!directive_option(directive, written.name, &option)) {
        report_unknown_option(check, directive, written);
        return;
    }
    struct str what = arena_printf(check->arena, "The option `%.*s` of `%.*s`", STR_ARGUMENTS(option.name),
                                   STR_ARGUMENTS(directive->word));
    if (written.value != NODE_NONE) {
        node_id wrong = misfit(check, written.value, option.types);
        if (wrong != NODE_NONE) {
            report_misfit(check, wrong, what, option.types);
        }
        return;
    }
    if (str_find(option.types, 'B', 0) == option.types.size) {
        struct str wanted = types_in_words(check, option.types);
        CHECK_REPORT(check, OPTION_VALUE, node_span(check->file->tree, written.key),
                     "%.*s is %.*s: write it behind a colon.", STR_ARGUMENTS(what), STR_ARGUMENTS(wanted));
    }
}

/* What `auth { }` of this type cannot be without: the secret of tokens, the keys that are valid. */
static struct str option_of_auth(struct check *check, node_id block) {
    bool has_keys = is_written(check, block, STR("keys"));
    struct str type = has_keys ? STR("api_key") : STR("jwt");
    struct written_option written;
    for (node_id at = NODE_NONE; next_option(check, block, &at, &written);) {
        bool is_type = str_equal(written.name, STR("type"));
        if (is_type && !node_string_value(check->arena, check->file->tree, written.value, &type)) {
            return (struct str){0};
        }
    }
    if (str_equal(type, STR("jwt"))) {
        return STR("secret");
    }
    bool is_key = str_equal(type, STR("api_key")) && !is_written(check, block, STR("secret"));
    return is_key ? STR("keys") : (struct str){0};
}

static void check_options(struct check *check, const struct directive *directive, node_id node) {
    const struct syntax_tree *tree = check->file->tree;
    node_id block = node_child_of_kind(tree, node, NODE_BLOCK);
    struct written_option written;
    for (node_id at = NODE_NONE; next_option(check, block, &at, &written);) {
        check_option(check, directive, written);
    }
    struct str conditional = directive->id == DIRECTIVE_AUTH ? option_of_auth(check, block) : (struct str){0};
    struct directive_part option;
    for (struct str rest = directive->options; directive_next_option(&rest, &option);) {
        if ((option.required || str_equal(option.name, conditional)) && !is_written(check, block, option.name)) {
            struct str wanted = types_in_words(check, option.types);
            CHECK_REPORT(check, OPTION_VALUE, node_span(tree, node_child(tree, node, FIELD_NAME)),
                         "`%.*s` needs the option `%.*s`, which is %.*s.", STR_ARGUMENTS(directive->word),
                         STR_ARGUMENTS(option.name), STR_ARGUMENTS(wanted));
        }
    }
}

/* ---- heads */

/* `schedule "0 * * * *" { … }`: the block is meant as the body of the function that is to stand there. */
static void report_no_head(struct check *check, const struct directive *directive, node_id node, struct str wish) {
    const struct syntax_tree *tree = check->file->tree;
    struct span name = node_span(tree, node_child(tree, node, FIELD_NAME));
    node_id block = node_child_of_kind(tree, node, NODE_BLOCK);
    if (block == NODE_NONE || !str_equal(wish, STR("fn"))) {
        struct str wanted = types_in_words(check, wish);
        CHECK_REPORT(check, OPTION_VALUE, name, "Behind `%.*s` stands %.*s.", STR_ARGUMENTS(directive->word),
                     STR_ARGUMENTS(wanted));
        return;
    }
    struct diagnostic *diagnostic =
        CHECK_REPORT(check, OPTION_VALUE, name, "`%.*s` takes a function, and this is a block. Write `fn() { … }`.",
                     STR_ARGUMENTS(directive->word));
    uint32_t start = node_span(tree, block).start;
    fix_set(check, diagnostic, (struct span){start, start}, STR("fn() "), "Write `fn() { … }`");
}

static void check_head(struct check *check, const struct directive *directive, node_id node) {
    const struct syntax_tree *tree = check->file->tree;
    struct str rest = directive->head;
    struct directive_part part;
    struct directive_value value;
    node_id at = NODE_NONE;
    while (directive_next_head(&rest, &part)) {
        if (!directive_next_value(tree, node, directive, &at, &value)) {
            if (part.required) {
                report_no_head(check, directive, node, part.types);
            }
            return;
        }
        node_id wrong = misfit(check, value.node, part.types);
        if (wrong != NODE_NONE) {
            struct str what = arena_printf(check->arena, "What stands behind `%.*s`", STR_ARGUMENTS(directive->word));
            report_misfit(check, wrong, what, part.types);
        }
    }
    if (directive_next_value(tree, node, directive, &at, &value)) {
        CHECK_REPORT(check, OPTION_VALUE, node_span(tree, value.node), "`%.*s` takes nothing here.",
                     STR_ARGUMENTS(directive->word));
    }
}

/* Does it stand in a block that nothing emits? That block has been reported as a whole. */
static bool is_skipped(const struct syntax_tree *tree, node_id node) {
    for (node_id around = node_ancestor(tree, node_parent(tree, node), NODE_DIRECTIVE); around != NODE_NONE;
         around = node_ancestor(tree, node_parent(tree, around), NODE_DIRECTIVE)) {
        const struct directive *directive = directive_of_node(tree, around);
        if (directive != NULL && directive->emission == DIRECTIVE_IS_MISSING) {
            return true;
        }
    }
    return false;
}

/* ---- conditions of routes: `with role("admin")` */

static bool finds_out_who_asks(const struct syntax_tree *tree, node_id server) {
    NODE_EACH(child, tree, node_child(tree, server, FIELD_BODY)) {
        const struct directive *directive = directive_of_node(tree, child);
        bool known = node_kind(tree, child) == NODE_DIRECTIVE && directive != NULL;
        if (known && (directive->id == DIRECTIVE_AUTH || directive->id == DIRECTIVE_SESSION)) {
            return true;
        }
    }
    return false;
}

/* `with auth` in a server that has no way to find out who asks; where all of the server is in this file. */
static void check_identity(struct check *check, node_id node) {
    const struct file_analysis *file = check->file;
    const struct block *here = &file->blocks.items[analysis_binding(file, node)->block];
    bool found = package_file_count(check->package) > 1;
    for (uint32_t b = 1; b < file->blocks.count; b++) {
        const struct block *block = &file->blocks.items[b];
        found = found || (block_key_equal(block->key, here->key) && finds_out_who_asks(file->tree, block->node));
    }
    if (!found) {
        CHECK_REPORT(check, OPTION_VALUE, node_span(file->tree, node),
                     "`with auth` needs `auth { … }` or `session { … }` in this server: nobody could ever pass it.");
    }
}

void check_guard(struct check *check, node_id node) {
    const struct syntax_tree *tree = check->file->tree;
    node_id name = node_child(tree, node, FIELD_NAME);
    const struct guard *guard = guard_find(node_text(tree, name));
    const struct binding *binding = analysis_binding(check->file, name);
    bool own = binding != NULL && (binding->symbol != 0 ||
                                   package_lookup(check->package, check->file->blocks.items[binding->block].key,
                                                  binding->name, false).symbol != NULL);
    if (guard == NULL || own || node_has_error(tree, node) || is_skipped(tree, node)) {
        return;
    }
    if (str_equal(guard->word, STR("auth")) && binding != NULL) {
        check_identity(check, name);
    }
    struct str rest = guard->head;
    struct directive_part part;
    node_id argument = node_first_plain(tree, node_child(tree, node, FIELD_ARGUMENTS));
    while (directive_next_head(&rest, &part)) {
        if (argument == NODE_NONE) {
            if (part.required) {
                struct str wanted = types_in_words(check, part.types);
                CHECK_REPORT(check, OPTION_VALUE, node_span(tree, node), "`%.*s` needs %.*s in parentheses.",
                             STR_ARGUMENTS(guard->word), STR_ARGUMENTS(wanted));
            }
            return;
        }
        node_id wrong = misfit(check, argument, part.types);
        if (wrong != NODE_NONE) {
            struct str what = arena_printf(check->arena, "What `%.*s` is given here", STR_ARGUMENTS(guard->word));
            report_misfit(check, wrong, what, part.types);
        }
        argument = node_next_plain(tree, argument);
    }
    if (argument != NODE_NONE) {
        CHECK_REPORT(check, OPTION_VALUE, node_span(tree, argument), "`%.*s` takes nothing here.",
                     STR_ARGUMENTS(guard->word));
    }
}

/* ---- variables of the environment: `env NAME: Type = default` */

static void check_environment(struct check *check, node_id node) {
    static const struct str known[] = {STR_INIT("String"), STR_INIT("Int"), STR_INIT("Float"), STR_INIT("Bool")};
    const struct syntax_tree *tree = check->file->tree;
    node_id name = node_first_plain(tree, node);
    node_id type = node_child(tree, node, FIELD_TYPE);
    node_id fallback = node_child(tree, node, FIELD_VALUE);
    if (node_kind(tree, name) != NODE_IDENTIFIER) {
        CHECK_REPORT(check, OPTION_VALUE, node_span(tree, node_child(tree, node, FIELD_NAME)),
                     "Behind `env` stands the name of a variable and its type: `env PORT: Int = 3000`.");
        return;
    }
    struct str wanted = type == NODE_NONE ? STR("String") : node_text(tree, type);
    bool found = false;
    for (size_t i = 0; i < sizeof known / sizeof *known; i++) {
        found = found || str_equal(known[i], wanted);
    }
    if (!found) {
        CHECK_REPORT(check, OPTION_VALUE, node_span(tree, type),
                     "A variable of the environment is a String, an Int, a Float or a Bool.");
        return;
    }
    node_id wrong = fallback == NODE_NONE ? NODE_NONE : misfit(check, fallback, wanted);
    if (wrong != NODE_NONE) {
        struct str what = arena_printf(check->arena, "The default of `%.*s`", STR_ARGUMENTS(node_text(tree, name)));
        report_misfit(check, wrong, what, wanted);
    }
}

void check_directive(struct check *check, node_id node) {
    const struct directive *directive = directive_of_node(check->file->tree, node);
    if (directive == NULL || is_skipped(check->file->tree, node) || node_has_error(check->file->tree, node) ||
        directive_is_option(check->file->tree, node)) {
        return;
    }
    if (directive->id == DIRECTIVE_ENV) {
        check_environment(check, node);
        return;
    }
    bool feature = directive->emission == DIRECTIVE_IS_FEATURE;
    if (feature || directive->options.size > 0) {
        check_options(check, directive, node);
    }
    if (feature || (directive->emission == DIRECTIVE_IS_SPECIAL && directive->head.size > 0)) {
        check_head(check, directive, node);
    }
    if (directive->id == DIRECTIVE_SCHEDULE) {
        check_schedule(check, node);
    }
}
