/* hover: words that no program declares. */
#include "server/features/hover_parts.h"

#include "analysis/directives.h"
#include "analysis/guards.h"
#include "analysis/lookup.h"
#include "parser/base/byte.h"

#include <stdio.h>

static const struct word {
    struct str word, text;
} words[] = {
#define WORD(word, text) {STR_INIT(word), STR_INIT(text)},
#include "server/features/hover_words.def"
};

static const struct word *find_word(struct str name) {
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        if (str_equal(words[i].word, name)) {
            return &words[i];
        }
    }
    return NULL;
}

static void add_text_of(struct strbuf *out, struct str name) {
    const struct word *word = find_word(name);
    if (word != NULL) {
        strbuf_add_byte(out, '\n');
        strbuf_add(out, word->text);
        strbuf_add_byte(out, '\n');
    }
}

bool hover_add_builtin_type(struct strbuf *out, struct str name) {
    char key[32];
    int size = snprintf(key, sizeof key, "type %.*s", STR_ARGUMENTS(name));
    bool fits = size > 0 && (size_t)size < sizeof key;
    const struct word *word = fits ? find_word((struct str){key, (size_t)size}) : NULL;
    if (word == NULL) {
        return false;
    }
    hover_add_signature(out, name);
    hover_add_documentation(out, word->text);
    strbuf_add_c(out, "\ntype of the language\n");
    return true;
}

/* ---- directives */

/* `String 'at'? String?` as people write it: without quotes. */
static void add_head(struct strbuf *out, struct str head) {
    for (size_t i = 0; i < head.size; i++) {
        if (head.data[i] != '\'') {
            strbuf_add_byte(out, head.data[i]);
        }
    }
}

static void add_options(struct strbuf *out, struct str options) {
    struct directive_part option;
    const char *glue = " {\n";
    bool any = false;
    while (directive_next_option(&options, &option)) {
        struct str types = str_trim(option.types);
        strbuf_printf(out, "%s  %.*s%s: %.*s", glue, STR_ARGUMENTS(option.name), option.required ? "" : "?",
                      STR_ARGUMENTS(types));
        glue = "\n";
        any = true;
    }
    strbuf_add_c(out, any ? "\n}" : "");
}

static void add_directive(struct strbuf *out, const struct directive *directive) {
    strbuf_printf(out, "```tova\n%.*s", STR_ARGUMENTS(directive->word));
    if (directive->head.size > 0) {
        strbuf_add_byte(out, ' ');
        add_head(out, directive->head);
    }
    add_options(out, directive->options);
    strbuf_add_c(out, "\n```\n");
    add_text_of(out, directive->word);
    if (directive->emission == DIRECTIVE_IS_MISSING) {
        strbuf_add_c(out, "\nRead, and not implemented: nothing is emitted for it.\n");
    }
}

/* The directive whose braces hold an entry, when that is an option of it. */
static const struct directive *directive_around(const struct syntax_tree *tree, node_id entry) {
    node_id block = node_parent(tree, entry);
    node_id around = node_parent(tree, block);
    return node_kind(tree, around) == NODE_DIRECTIVE ? directive_of_node(tree, around) : NULL;
}

static bool add_option(struct strbuf *out, const struct directive *directive, struct str name) {
    struct directive_part option;
    if (directive == NULL || !directive_option(directive, name, &option)) {
        return false;
    }
    struct str types = str_trim(option.types);
    strbuf_printf(out, "```tova\n%.*s: %.*s\n```\n\noption of `%.*s`%s\n", STR_ARGUMENTS(name), STR_ARGUMENTS(types),
                  STR_ARGUMENTS(directive->word), option.required ? ", required" : "");
    return true;
}

/* ---- names by their place */

static bool add_guard(struct strbuf *out, struct str name) {
    const struct guard *guard = guard_find(name);
    if (guard == NULL) {
        return false;
    }
    strbuf_printf(out, "```tova\nwith %.*s", STR_ARGUMENTS(name));
    if (guard->head.size > 0) {
        strbuf_add_c(out, "(");
        for (size_t i = 0; i < guard->head.size; i++) {
            strbuf_add_c(out, guard->head.data[i] == ' ' ? "," : "");
            strbuf_add_byte(out, guard->head.data[i]);
        }
        strbuf_add_c(out, ")");
    }
    strbuf_add_c(out, "\n```\n");
    char key[48];
    int size = snprintf(key, sizeof key, "with %.*s", STR_ARGUMENTS(name));
    add_text_of(out, (struct str){key, size > 0 ? (size_t)size : 0});
    return true;
}

static bool add_name(struct strbuf *out, const struct syntax_tree *tree, node_id node) {
    node_id parent = node_parent(tree, node);
    struct str name = node_text(tree, node);
    enum node_kind around = node_kind(tree, parent);
    bool is_name = node_field(tree, node) == FIELD_NAME;
    if (around == NODE_DIRECTIVE && is_name) {
        const struct directive *directive = directive_of_node(tree, parent);
        if (directive_is_option(tree, parent)) { /* `on_open fn(ws) { }` of `ws { }` */
            return add_option(out, directive_around(tree, parent), name);
        }
        if (directive != NULL) {
            add_directive(out, directive);
        }
        return directive != NULL;
    }
    if (around == NODE_CONFIG_ENTRY && node_field(tree, node) == FIELD_KEY) {
        return add_option(out, directive_around(tree, parent), name);
    }
    if (around == NODE_BLOCK) { /* `check_db` of `health "/h" { check_db }`: a name alone */
        return add_option(out, directive_around(tree, node), name);
    }
    return around == NODE_ROUTE_DECORATOR && is_name && add_guard(out, name);
}

static bool add_attribute(struct strbuf *out, struct str name) {
    size_t colon = str_find(name, ':', 0);
    const struct word *word = find_word(str_slice(name, 0, colon + 1));
    if (colon == name.size || word == NULL) {
        return false;
    }
    strbuf_printf(out, "```tova\n%.*s\n```\n\n%.*s\n", STR_ARGUMENTS(name), STR_ARGUMENTS(word->text));
    return true;
}

/* ---- words of the language, which are no nodes */

static bool is_letter(char c) { return byte_is_letter(c) || c == '_'; }

static struct span word_at(struct str text, uint32_t offset) {
    struct span span = {offset, offset};
    while (span.start > 0 && is_letter(text.data[span.start - 1])) {
        span.start--;
    }
    while (span.end < text.size && is_letter(text.data[span.end])) {
        span.end++;
    }
    return span;
}

/* Is there a name or text at the place, and no word of the language? */
static bool is_content(enum node_kind kind) {
    return kind == NODE_IDENTIFIER || kind == NODE_TAG_NAME || kind == NODE_ATTRIBUTE_NAME || kind == NODE_JSX_TEXT ||
           kind == NODE_CSS_TEXT || kind == NODE_NUMBER || kind == NODE_ERROR || kind == NODE_FOREIGN ||
           kind == NODE_SHEBANG;
}

static bool add_language_word(struct strbuf *out, const struct feature_context *context, uint32_t offset,
                              struct span *span) {
    const struct syntax_tree *tree = context->file->tree;
    struct str text = text_str(tree->text);
    *span = word_at(text, offset);
    struct str name = text_slice(tree->text, *span);
    const struct word *word = find_word(name);
    if (word == NULL || is_content(node_kind(tree, node_at(tree, span->start)))) {
        return false;
    }
    strbuf_add(out, word->text);
    strbuf_add_byte(out, '\n');
    return true;
}

bool hover_add_word(struct strbuf *out, const struct feature_context *context, uint32_t offset, struct span *span) {
    const struct syntax_tree *tree = context->file->tree;
    node_id node = node_at(tree, offset);
    *span = node_span(tree, node);
    if (lookup_in_text(context->file, offset)) {
        return false;
    }
    if (node_kind(tree, node) == NODE_TAG_NAME) {
        return hover_add_tag(out, node_text(tree, node));
    }
    if (node_kind(tree, node) == NODE_ATTRIBUTE_NAME) {
        struct str tag = node_text(tree, node_child(tree, node_parent(tree, node_parent(tree, node)), FIELD_NAME));
        return add_attribute(out, node_text(tree, node)) || hover_add_attribute(out, tag, node_text(tree, node));
    }
    if (node_kind(tree, node) == NODE_IDENTIFIER) {
        return add_name(out, tree, node);
    }
    return add_language_word(out, context, offset, span);
}
