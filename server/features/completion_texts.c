/* In texts: nothing, but for those that name something of the program: modules, servers, events, jobs, variables of the
 * environment, values that a directive or an attribute takes. */
#include "server/features/completion_provider.h"

#include "analysis/directives.h"
#include "parser/syntax/node.h"
#include "server/features/named_texts.h"

struct quoted {
    struct completion *c;
    node_id node; /* the string */
    node_id parent;
    struct str typed; /* between the quote and the place */
};

/* ---- what a text can be */

static void add_text(struct completion *c, node_id node, int kind, struct str detail) {
    struct str text;
    if (node_string_value(c->context->arena, c->tree, node, &text) && text.size > 0 &&
        node_span(c->tree, node).start + 1 != c->word.start) {
        completion_add_name(c, text, kind, detail);
    }
}

static bool is_word(const struct quoted *q, node_id name, const char *word) {
    return str_equal(node_text(q->c->tree, name), str_from_c(word));
}

/* Names of events: those that something in the program subscribes to, and those that are published. */
static void add_events(struct completion *c) {
    const struct syntax_tree *tree = c->tree;
    for (node_id node = NODE_ROOT; node < tree->count; node++) {
        struct str word = node_text(
            tree, node_child(tree, node, node_kind(tree, node) == NODE_DIRECTIVE ? FIELD_NAME : FIELD_FUNCTION));
        if (node_kind(tree, node) == NODE_DIRECTIVE && str_equal(word, STR("subscribe"))) {
            add_text(c, node_child_of_kind(tree, node, NODE_STRING), ITEM_EVENT, STR("event"));
        } else if (node_kind(tree, node) == NODE_CALL_EXPRESSION &&
                   (str_equal(word, STR("publish")) || str_equal(word, STR("emit")))) {
            add_text(c, node_first_plain(tree, node_child(tree, node, FIELD_ARGUMENTS)), ITEM_EVENT, STR("event"));
        }
    }
    struct named_text_list others = named_texts_elsewhere(c->context, TEXT_NAME_EVENT);
    for (unsigned i = 0; i < others.list.count; i++) {
        if (others.list.items[i].name.text.size > 0) {
            completion_add_name(c, others.list.items[i].name.text, ITEM_EVENT, STR("event"));
        }
    }
}

/* Names that directives of this file declare: jobs, variables of the environment. */
static void add_declared(struct completion *c, const char *word) {
    for (unsigned i = 1; i < c->file->symbols.count; i++) {
        const struct symbol *symbol = analysis_symbol(c->file, i);
        node_id directive =
            node_kind(c->tree, symbol->node) == NODE_DIRECTIVE ? symbol->node : node_parent(c->tree, symbol->node);
        if (node_kind(c->tree, directive) == NODE_DIRECTIVE &&
            str_equal(node_text(c->tree, node_child(c->tree, directive, FIELD_NAME)), str_from_c(word))) {
            completion_add_name(c, analysis_name(c->file, symbol->name), ITEM_CONSTANT,
                                lookup_signature(c->context->arena, c->file, i));
        }
    }
}

/* The other servers of the program. */
static void add_servers(struct completion *c) {
    struct package_servers servers = package_servers(c->context->arena, c->context->package);
    for (uint32_t i = 0; i < servers.count; i++) {
        if (servers.keys[i].name != ATOM_NONE && !block_key_equal(servers.keys[i], c->block)) {
            completion_add_name(c, analysis_name(c->file, servers.keys[i].name), ITEM_MODULE,
                                STR("server of this program"));
        }
    }
}

/* 'jwt' | 'api_key' of the table of directives. */
static void add_option_values(struct completion *c, struct str types) {
    for (size_t at = 0; at < types.size;) {
        size_t open = str_find(types, '\'', at), close = str_find(types, '\'', open + 1);
        if (close >= types.size) {
            return;
        }
        completion_add_name(c, str_slice(types, open + 1, close), ITEM_VALUE, (struct str){0});
        at = close + 1;
    }
}

/* ---- where it stands */

static void complete_directive(struct quoted *q) {
    node_id name = node_child(q->c->tree, q->parent, FIELD_NAME);
    if (is_word(q, name, "discover") && node_child_of_kind(q->c->tree, q->parent, NODE_STRING) == q->node) {
        add_servers(q->c);
    } else if (is_word(q, name, "subscribe")) {
        add_events(q->c);
    }
}

static void complete_option(struct quoted *q) {
    const struct syntax_tree *tree = q->c->tree;
    node_id holder = node_parent(tree, node_parent(tree, q->parent));
    const struct directive *directive =
        node_kind(tree, holder) == NODE_DIRECTIVE ? directive_of_node(tree, holder) : NULL;
    struct directive_part option;
    if (directive != NULL &&
        directive_option(directive, node_text(tree, node_child(tree, q->parent, FIELD_KEY)), &option)) {
        add_option_values(q->c, option.types);
    }
}

static void complete_argument(struct quoted *q) {
    const struct syntax_tree *tree = q->c->tree;
    node_id function = node_child(tree, node_parent(tree, q->parent), FIELD_FUNCTION);
    if (node_first_plain(tree, q->parent) != q->node) {
        return;
    }
    if (is_word(q, function, "publish") || is_word(q, function, "emit")) {
        add_events(q->c);
    } else if (is_word(q, function, "spawn_job")) {
        add_declared(q->c, "background");
    } else if (is_word(q, function, "env")) {
        add_declared(q->c, "env");
    }
}

static void complete_quoted(struct quoted *q) {
    switch ((int)node_kind(q->c->tree, q->parent)) {
    case NODE_IMPORT_STATEMENT:
    case NODE_EXPORT_STATEMENT:
        completion_paths(q->c, q->typed);
        break;
    case NODE_DIRECTIVE:
        complete_directive(q);
        break;
    case NODE_CONFIG_ENTRY:
        complete_option(q);
        break;
    case NODE_ARGUMENTS:
        complete_argument(q);
        break;
    case NODE_JSX_ATTRIBUTE:
        completion_attribute_values(q->c, q->parent);
        break;
    default:
        break;
    }
}

static bool is_string(enum node_kind kind) { return kind == NODE_STRING || kind == NODE_SINGLE_STRING; }

/* `import { a } from "./` and its like, where the text is not finished and the tree does not say whose it is. */
static bool is_source(struct completion *c, node_id node) {
    struct token before = cursor_before(c->tree, node_span(c->tree, node).start);
    return token_is(&before, STR("from"));
}

bool completion_in_text(struct completion *c) {
    node_id node = node_holding(c->tree, c->offset > 0 ? c->offset - 1 : 0);
    if (!lookup_in_text(c->file, c->offset)) {
        return node_kind(c->tree, node) == NODE_CSS_TEXT || node_kind(c->tree, node) == NODE_STYLE_BLOCK;
    }
    struct span span = node_span(c->tree, node);
    if (!is_string(node_kind(c->tree, node)) || span.start + 1 > c->offset) {
        return true;
    }
    struct quoted quoted = {.c = c, .node = node, .parent = node_parent(c->tree, node)};
    bool terminated = node_child_of_kind(c->tree, node, NODE_UNTERMINATED) == NODE_NONE && span.end > c->offset;
    uint32_t end = terminated ? span.end - 1 : c->offset;
    quoted.typed = text_slice(c->tree->text, (struct span){span.start + 1, c->offset});
    if (node_kind(c->tree, quoted.parent) == NODE_JSX_ATTRIBUTE) { /* words between blanks */
        size_t blank = quoted.typed.size;
        while (blank > 0 && quoted.typed.data[blank - 1] != ' ') {
            blank--;
        }
        quoted.typed = str_slice(quoted.typed, blank, quoted.typed.size);
    }
    c->word = (struct span){c->offset - (uint32_t)quoted.typed.size, c->offset};
    struct span name = c->items->replace;
    c->items->replace = c->word;
    c->items->replace_end =
        node_kind(c->tree, quoted.parent) == NODE_JSX_ATTRIBUTE ? cursor_name_end(c->text, c->offset) : end;
    if (is_source(c, node)) {
        completion_paths(c, quoted.typed);
    } else {
        complete_quoted(&quoted);
    }
    c->items->replace = c->items->list.count > 0 ? c->items->replace : name;
    return true;
}
