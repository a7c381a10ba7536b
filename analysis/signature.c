/* Symbols as people write them: "fn get_user(id) -> User", "state users: [User]". */
#include "analysis/lookup.h"

#include "parser/base/strbuf.h"

enum { SIGNATURE_BYTES = 16 * 1024, SOURCE_BYTES = 120 };

static bool is_blank(char c) { return c == ' ' || c == '\n' || c == '\t' || c == '\r'; }

/* Up to the next blank, or more than is ever added. */
static size_t word_size(struct str text, size_t start) {
    size_t end = start;
    while (end < text.size && end - start <= SOURCE_BYTES && !is_blank(text.data[end])) {
        end++;
    }
    return end - start;
}

/* The source of a node on one line, shortened when it is long. */
static void add_source(struct strbuf *out, const struct file_analysis *file, node_id node) {
    struct str text = node_text(file->tree, node);
    size_t limit = out->size + SOURCE_BYTES;
    bool space = false;
    for (size_t i = 0; i < text.size; i++) {
        char c = text.data[i];
        if (is_blank(c)) {
            space = true;
            continue;
        }
        size_t word = word_size(text, i);
        if (out->size + space + word <= limit) {
            strbuf_add(out, space ? STR(" ") : STR(""));
            strbuf_add(out, str_slice(text, i, i + word));
            space = false;
            i += word - 1;
            continue;
        }
        bool starts_character = ((unsigned char)c & 0xC0) != 0x80;
        if (starts_character && out->size >= limit) {
            strbuf_add_c(out, "…");
            return;
        }
        if (space) {
            strbuf_add_byte(out, ' ');
        }
        strbuf_add_byte(out, c);
        space = false;
    }
}

static void add_type(struct strbuf *out, const struct file_analysis *file, node_id type) {
    if (type != NODE_NONE) {
        strbuf_add_c(out, ": ");
        add_source(out, file, type);
    }
}

static void add_part(struct strbuf *out, const struct file_analysis *file, const struct symbol *part) {
    if (part->flags & SYMBOL_REST) {
        strbuf_add_c(out, "...");
    }
    if (part->name != ATOM_NONE) {
        strbuf_add(out, analysis_name(file, part->name));
    } else {
        add_source(out, file, part->name_node);
    }
    add_type(out, file, part->type);
    if (part->value != NODE_NONE) {
        strbuf_add_c(out, " = ");
        add_source(out, file, part->value);
    } else if (part->kind == SYMBOL_PARAMETER && (part->flags & SYMBOL_HAS_DEFAULT)) {
        strbuf_add_c(out, "?");
    }
}

static void add_parts(struct strbuf *out, const struct file_analysis *file, const struct symbol *symbol) {
    for (uint32_t i = 0; i < symbol->part_count; i++) {
        strbuf_add_c(out, i == 0 ? "" : ", ");
        const struct symbol *part = analysis_symbol(file, symbol->first_part + i);
        if (part->kind != SYMBOL_VARIANT) {
            add_part(out, file, part);
            continue;
        }
        strbuf_add(out, analysis_name(file, part->name));
        if (part->part_count > 0) {
            strbuf_add_c(out, "(");
            for (uint32_t f = 0; f < part->part_count; f++) {
                strbuf_add_c(out, f == 0 ? "" : ", ");
                add_part(out, file, analysis_symbol(file, part->first_part + f));
            }
            strbuf_add_c(out, ")");
        }
    }
}

/* "name<T>": what it is called, and its type variables. */
static void add_generic_name(struct strbuf *out, const struct file_analysis *file, const struct symbol *symbol) {
    strbuf_add(out, analysis_name(file, symbol->name));
    if (symbol->flags & SYMBOL_GENERIC) {
        add_source(out, file, node_child(file->tree, symbol->node, FIELD_TYPE_PARAMETERS));
    }
}

/* name(parts), with the parentheses left out when a component or variant has none */
static void add_callable(struct strbuf *out, const struct file_analysis *file, const struct symbol *symbol,
                         bool always) {
    add_generic_name(out, file, symbol);
    if (always || symbol->part_count > 0) {
        strbuf_add_c(out, "(");
        add_parts(out, file, symbol);
        strbuf_add_c(out, ")");
    }
}

static void add_function(struct strbuf *out, const struct file_analysis *file, const struct symbol *symbol) {
    if (symbol->kind == SYMBOL_MIDDLEWARE) {
        strbuf_add_c(out, "middleware ");
    }
    if (symbol->flags & SYMBOL_ASYNC_WRITTEN) {
        strbuf_add_c(out, "async ");
    }
    strbuf_add_c(out, "fn ");
    add_callable(out, file, symbol, true);
    if (symbol->type != NODE_NONE) {
        strbuf_add_c(out, " -> ");
        add_source(out, file, symbol->type);
    }
}

static void add_record(struct strbuf *out, const struct file_analysis *file, const struct symbol *symbol) {
    strbuf_add_c(out, symbol->kind == SYMBOL_MODEL ? "model " : "type ");
    add_generic_name(out, file, symbol);
    if (symbol->part_count > 0) {
        strbuf_add_c(out, " { ");
        add_parts(out, file, symbol);
        strbuf_add_c(out, " }");
    } else if (symbol->type != NODE_NONE) {
        strbuf_add_c(out, " = ");
        add_source(out, file, symbol->type);
    }
}

static bool is_literal(enum node_kind kind) {
    return kind == NODE_NUMBER || kind == NODE_STRING || kind == NODE_SINGLE_STRING || kind == NODE_TRUE ||
           kind == NODE_FALSE || kind == NODE_NIL;
}

/* A value's type, or its value where that is a literal. */
static void add_value(struct strbuf *out, const struct file_analysis *file, const struct symbol *symbol,
                      const char *word) {
    strbuf_add_c(out, word);
    strbuf_add(out, analysis_name(file, symbol->name));
    add_type(out, file, symbol->type);
    bool constant = symbol->kind == SYMBOL_CONSTANT && is_literal(node_kind(file->tree, symbol->value));
    if (symbol->type == NODE_NONE && constant) {
        strbuf_add_c(out, " = ");
        add_source(out, file, symbol->value);
    }
}

static void add_import(struct strbuf *out, const struct file_analysis *file, const struct symbol *symbol) {
    node_id statement = symbol->node;
    if (node_kind(file->tree, statement) != NODE_IMPORT_STATEMENT) {
        statement = node_ancestor(file->tree, statement, NODE_IMPORT_STATEMENT);
    }
    strbuf_add_c(out, "import ");
    strbuf_add(out, analysis_name(file, symbol->name));
    strbuf_add_c(out, " from ");
    add_source(out, file, node_child(file->tree, statement, FIELD_SOURCE));
}

static void add_signature(struct strbuf *out, const struct file_analysis *file, const struct symbol *symbol) {
    switch (symbol->kind) {
    case SYMBOL_FUNCTION:
    case SYMBOL_MIDDLEWARE:
        add_function(out, file, symbol);
        return;
    case SYMBOL_PARAMETER:
    case SYMBOL_FIELD:
        add_part(out, file, symbol);
        return;
    case SYMBOL_CONSTANT:
        add_value(out, file, symbol, "");
        return;
    case SYMBOL_VARIABLE:
        add_value(out, file, symbol, "var ");
        return;
    case SYMBOL_STATE:
        add_value(out, file, symbol, "state ");
        return;
    case SYMBOL_COMPUTED:
        add_value(out, file, symbol, "computed ");
        return;
    case SYMBOL_COMPONENT:
        strbuf_add_c(out, "component ");
        add_callable(out, file, symbol, false);
        return;
    case SYMBOL_VARIANT:
        add_callable(out, file, symbol, false);
        return;
    case SYMBOL_TYPE:
    case SYMBOL_MODEL:
        add_record(out, file, symbol);
        return;
    case SYMBOL_IMPORT:
        add_import(out, file, symbol);
        return;
    case SYMBOL_STORE:
    case SYMBOL_TRAIT:
        strbuf_add(out, node_kind(file->tree, symbol->node) == NODE_INTERFACE_DECLARATION
                            ? STR("interface")
                            : symbol_kind_name(symbol->kind));
        strbuf_add_byte(out, ' ');
        strbuf_add(out, analysis_name(file, symbol->name));
        return;
    case SYMBOL_NULL:
    case SYMBOL_TYPE_PARAMETER:
    case SYMBOL_LABEL:
    case SYMBOL_KIND_COUNT:
        strbuf_add(out, analysis_name(file, symbol->name));
        return;
    }
}

struct str lookup_signature(struct arena *arena, const struct file_analysis *file, uint32_t symbol) {
    struct strbuf out;
    strbuf_init(&out, SIGNATURE_BYTES);
    add_signature(&out, file, analysis_symbol(file, symbol));
    struct str result = arena_str(arena, strbuf_str(&out));
    strbuf_finish(&out);
    return result;
}
