/* Strings by where they stand. */
#include "analysis/text_names.h"

#include "parser/base/byte.h"
#include "parser/syntax/node.h"

static bool is_string(enum node_kind kind) {
    return kind == NODE_STRING || kind == NODE_SINGLE_STRING || kind == NODE_RAW_STRING;
}

/* Directives whose first string is a name. */
static const struct {
    struct str word;
    enum text_name_kind kind;
} directives[] = {
    {STR_INIT("subscribe"), TEXT_NAME_EVENT},
    {STR_INIT("discover"), TEXT_NAME_SERVER},
};

/* Functions of the library whose first argument is a name. */
static const struct {
    struct str word;
    enum text_name_kind kind;
} functions[] = {
    {STR_INIT("publish"), TEXT_NAME_EVENT},
    {STR_INIT("emit"), TEXT_NAME_EVENT},
    {STR_INIT("spawn_job"), TEXT_NAME_JOB},
    {STR_INIT("spawnJob"), TEXT_NAME_JOB},
    {STR_INIT("env"), TEXT_NAME_VARIABLE},
};

static enum text_name_kind kind_in_directive(const struct syntax_tree *tree, node_id directive, node_id string) {
    struct str word = node_text(tree, node_child(tree, directive, FIELD_NAME));
    for (size_t i = 0; i < sizeof directives / sizeof *directives; i++) {
        if (str_equal(word, directives[i].word)) {
            return node_child_of_kind(tree, directive, node_kind(tree, string)) == string ? directives[i].kind
                                                                                          : TEXT_NAME_NONE;
        }
    }
    return TEXT_NAME_NONE;
}

static enum text_name_kind kind_in_call(const struct file_analysis *file, node_id arguments, node_id string) {
    const struct syntax_tree *tree = file->tree;
    node_id function = node_child(tree, node_parent(tree, arguments), FIELD_FUNCTION);
    const struct binding *binding = analysis_binding(file, function);
    struct str word = node_text(tree, function);
    if (node_kind(tree, function) != NODE_IDENTIFIER || (binding != NULL && binding->symbol != 0) ||
        node_first_plain(tree, arguments) != string) {
        return TEXT_NAME_NONE;
    }
    for (size_t i = 0; i < sizeof functions / sizeof *functions; i++) {
        if (str_equal(word, functions[i].word)) {
            return functions[i].kind;
        }
    }
    return TEXT_NAME_NONE;
}

static enum text_name_kind kind_of(const struct file_analysis *file, node_id string) {
    const struct syntax_tree *tree = file->tree;
    node_id parent = node_parent(tree, string);
    switch ((int)node_kind(tree, parent)) {
    case NODE_IMPORT_STATEMENT:
    case NODE_EXPORT_STATEMENT:
        return node_field(tree, string) == FIELD_SOURCE ? TEXT_NAME_MODULE : TEXT_NAME_NONE;
    case NODE_SERVER_BLOCK:
        return TEXT_NAME_SERVER;
    case NODE_DIRECTIVE:
        return kind_in_directive(tree, parent, string);
    case NODE_ARGUMENTS:
        return kind_in_call(file, parent, string);
    case NODE_JSX_ATTRIBUTE:
        return str_equal(node_text(tree, node_child(tree, parent, FIELD_NAME)), STR("class")) ? TEXT_NAME_CLASS
                                                                                              : TEXT_NAME_NONE;
    case NODE_ROUTE_DECLARATION:
        return node_field(tree, string) == FIELD_PATH ? TEXT_NAME_PARAMETER : TEXT_NAME_NONE;
    default:
        return TEXT_NAME_NONE;
    }
}

/* The characters between the quotes; empty where they are not the value. */
static struct span content_of(const struct syntax_tree *tree, node_id string) {
    struct span span = node_span(tree, string);
    uint32_t opening = node_kind(tree, string) == NODE_RAW_STRING ? 2 : 1;
    bool plain = is_string(node_kind(tree, string)) && node_first_child(tree, string) == NODE_NONE &&
                 span_size(span) > opening;
    return plain ? (struct span){span.start + opening, span.end - 1} : (struct span){span.start, span.start};
}

struct text_name text_name_of(const struct file_analysis *file, node_id string) {
    struct text_name name = {.node = string, .span = content_of(file->tree, string)};
    name.text = text_slice(file->tree->text, name.span);
    name.kind = name.text.size > 0 ? kind_of(file, string) : TEXT_NAME_NONE;
    return name;
}

static bool is_word_byte(char c) {
    return byte_is_word(c) || c == '-' ||
           byte_is_wide(c);
}

/* The word of the string that touches offset. */
static void narrow(const struct syntax_tree *tree, struct text_name *name, uint32_t offset) {
    struct str text = text_str(tree->text);
    struct span word = {offset, offset};
    while (word.start > name->span.start && is_word_byte(text.data[word.start - 1])) {
        word.start--;
    }
    while (word.end < name->span.end && is_word_byte(text.data[word.end])) {
        word.end++;
    }
    bool marked = word.start > name->span.start &&
                  (text.data[word.start - 1] == ':' || text.data[word.start - 1] == '*');
    bool good = span_size(word) > 0 && (name->kind != TEXT_NAME_PARAMETER || marked);
    name->kind = good ? name->kind : TEXT_NAME_NONE;
    name->span = word;
    name->text = text_slice(tree->text, word);
}

struct text_name text_name_at(const struct file_analysis *file, uint32_t offset) {
    node_id node = node_at(file->tree, offset);
    struct text_name name = {0};
    if (!is_string(node_kind(file->tree, node))) {
        return name;
    }
    name = text_name_of(file, node);
    if (offset < name.span.start || offset > name.span.end) {
        name.kind = TEXT_NAME_NONE;
    }
    if (name.kind == TEXT_NAME_CLASS || name.kind == TEXT_NAME_PARAMETER) {
        narrow(file->tree, &name, offset);
    }
    return name;
}

struct span text_path_parameter(const struct file_analysis *file, node_id string, struct str name) {
    struct span path = content_of(file->tree, string);
    struct str text = text_str(file->tree->text);
    for (uint32_t at = path.start; at + name.size < path.end; at++) {
        struct span span = {at + 1, at + 1 + (uint32_t)name.size};
        bool marked = (text.data[at] == ':' || text.data[at] == '*') && at > path.start && text.data[at - 1] == '/';
        bool ends = span.end == path.end || text.data[span.end] == '/';
        if (marked && ends && str_equal(text_slice(file->tree->text, span), name)) {
            return span;
        }
    }
    return (struct span){path.start, path.start};
}
