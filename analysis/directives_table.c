/* directives_table: the rows of directives.def, and how they are read. */
#include "analysis/directives.h"

enum places {
    IN_MODULE = 1 << BLOCK_MODULE,
    IN_SERVER = 1 << BLOCK_SERVER,
    IN_BROWSER = 1 << BLOCK_BROWSER,
    ANYWHERE = IN_MODULE | IN_SERVER | IN_BROWSER | 1 << BLOCK_SHARED,
};

static const struct directive directives[] = {
#define DIRECTIVE(id, word, places, body, emission, head, options, module, function)                                   \
    {DIRECTIVE_##id,    STR_INIT(word),    places,           DIRECTIVE_HAS_##body, DIRECTIVE_IS_##emission,           \
     STR_INIT(head), STR_INIT(options), STR_INIT(module), STR_INIT(function)},
#include "analysis/directives.def"
};

const struct directive *directive_find(struct str word, enum block_kind kind) {
    const struct directive *elsewhere = NULL;
    for (size_t i = 0; i < sizeof directives / sizeof *directives; i++) {
        const struct directive *directive = &directives[i];
        if (str_equal(directive->word, word)) {
            if ((directive->places >> kind & 1) != 0) {
                return directive;
            }
            elsewhere = elsewhere == NULL ? directive : elsewhere;
        }
    }
    return elsewhere;
}

const struct directive *directive_at(unsigned index) {
    return index < sizeof directives / sizeof *directives ? &directives[index] : NULL;
}

static enum block_kind block_around(const struct syntax_tree *tree, node_id node) {
    for (node = node_parent(tree, node); node != NODE_NONE; node = node_parent(tree, node)) {
        switch ((int)node_kind(tree, node)) {
        case NODE_SERVER_BLOCK:
            return BLOCK_SERVER;
        case NODE_BROWSER_BLOCK:
            return BLOCK_BROWSER;
        case NODE_SHARED_BLOCK:
            return BLOCK_SHARED;
        default:
            break;
        }
    }
    return BLOCK_MODULE;
}

const struct directive *directive_of_node(const struct syntax_tree *tree, node_id node) {
    return directive_find(node_text(tree, node_child(tree, node, FIELD_NAME)), block_around(tree, node));
}

bool directive_is_option(const struct syntax_tree *tree, node_id node) {
    node_id around = node_parent(tree, node_parent(tree, node));
    if (node_kind(tree, node_parent(tree, node)) != NODE_BLOCK || node_kind(tree, around) != NODE_DIRECTIVE) {
        return false;
    }
    const struct directive *directive = directive_of_node(tree, around);
    return directive != NULL && directive->options.size > 0;
}

/* ---- the notation */

/* Cuts the text up to `separator` off `*rest`, without blanks around it. */
static struct str cut(struct str *rest, char separator) {
    size_t end = str_find(*rest, separator, 0);
    struct str part = str_trim(str_slice(*rest, 0, end));
    *rest = str_slice(*rest, end < rest->size ? end + 1 : end, rest->size);
    return part;
}

bool directive_next_option(struct str *rest, struct directive_part *option) {
    if (rest->size == 0) {
        return false;
    }
    struct str types = cut(rest, ',');
    struct str name = cut(&types, ':');
    bool required = str_ends_with(name, STR("!"));
    *option = (struct directive_part){str_slice(name, 0, name.size - (required ? 1 : 0)), types, required};
    return true;
}

static bool is_quoted(struct str text) { return text.size > 1 && text.data[0] == '\''; }

bool directive_next_head(struct str *rest, struct directive_part *part) {
    while (rest->size > 0) {
        struct str text = cut(rest, ' ');
        if (text.size > 0 && !is_quoted(text)) {
            bool optional = str_ends_with(text, STR("?"));
            *part = (struct directive_part){{0}, str_slice(text, 0, text.size - (optional ? 1 : 0)), !optional};
            return true;
        }
    }
    return false;
}

bool directive_option(const struct directive *directive, struct str name, struct directive_part *option) {
    struct str rest = directive->options;
    for (struct directive_part each; directive_next_option(&rest, &each);) {
        if (str_equal(each.name, name)) {
            *option = each;
            return true;
        }
    }
    return false;
}

/* Does the head spell out this word: `at`, `with`? */
static bool is_spelled_out(const struct directive *directive, struct str word) {
    for (struct str rest = directive->head; rest.size > 0;) {
        struct str text = cut(&rest, ' ');
        bool optional = str_ends_with(text, STR("?"));
        text = str_slice(text, 0, text.size - (optional ? 1 : 0));
        if (is_quoted(text) && str_equal(str_slice(text, 1, text.size - 1), word)) {
            return true;
        }
    }
    return false;
}

static bool is_value(const struct syntax_tree *tree, const struct directive *directive, node_id node) {
    enum node_field field = node_field(tree, node);
    enum node_kind kind = node_kind(tree, node);
    if (node_is_comment(tree, node) || field == FIELD_NAME || field == FIELD_MEMBER || field == FIELD_TYPE ||
        kind == NODE_BLOCK || kind == NODE_ARGUMENTS) {
        return false;
    }
    return kind != NODE_IDENTIFIER || !is_spelled_out(directive, node_text(tree, node));
}

bool directive_next_value(const struct syntax_tree *tree, node_id node, const struct directive *directive, node_id *at,
                          struct directive_value *value) {
    node_id next = *at == NODE_NONE ? node_first_child(tree, node) : node_next_sibling(tree, *at);
    while (next != NODE_NONE && !is_value(tree, directive, next)) {
        next = node_next_sibling(tree, next);
    }
    if (next == NODE_NONE) {
        return false;
    }
    *at = next;
    node_id behind = node_next_sibling(tree, next);
    bool called = node_kind(tree, next) == NODE_IDENTIFIER && node_kind(tree, behind) == NODE_ARGUMENTS;
    *value = (struct directive_value){next, called ? behind : NODE_NONE};
    return true;
}

/* ---- options as they are written */

/* Several names in a row are a list of their own. */
static node_id entry_behind(const struct syntax_tree *tree, node_id block, node_id at) {
    node_id next = at == NODE_NONE ? node_first_child(tree, block) : node_next_sibling(tree, at);
    if (next == NODE_NONE && at != NODE_NONE && node_kind(tree, node_parent(tree, at)) == NODE_EXPRESSION_LIST) {
        next = node_next_sibling(tree, node_parent(tree, at));
    }
    return node_kind(tree, next) == NODE_EXPRESSION_LIST ? node_first_child(tree, next) : next;
}

bool directive_next_entry(const struct syntax_tree *tree, node_id block, node_id *at, struct directive_entry *entry) {
    for (node_id next = entry_behind(tree, block, *at); next != NODE_NONE; next = entry_behind(tree, block, next)) {
        *at = next;
        enum node_kind kind = node_kind(tree, next);
        if (kind == NODE_CONFIG_ENTRY) {
            *entry = (struct directive_entry){node_child(tree, next, FIELD_KEY), node_child(tree, next, FIELD_VALUE)};
            return true;
        }
        if (kind == NODE_DIRECTIVE) {
            node_id key = node_child(tree, next, FIELD_NAME);
            *entry = (struct directive_entry){key, node_next_sibling(tree, key)};
            return true;
        }
        if (kind == NODE_IDENTIFIER) {
            *entry = (struct directive_entry){next, NODE_NONE};
            return true;
        }
    }
    return false;
}
