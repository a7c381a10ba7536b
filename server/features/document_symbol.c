/* document_symbol: gathers declarations, then nests them by their spans. */
#include "server/features/document_symbol.h"

#include "analysis/directives.h"
#include "analysis/lookup.h"

#include <stdlib.h>

/* LSP SymbolKind */
enum {
    SYMBOL_KIND_MODULE = 2,
    SYMBOL_KIND_CLASS = 5,
    SYMBOL_KIND_METHOD = 6,
    SYMBOL_KIND_PROPERTY = 7,
    SYMBOL_KIND_FUNCTION = 12,
    SYMBOL_KIND_EVENT = 24,
};

enum { NAME_BYTES = 60 };

static void add(const struct feature_context *context, struct document_symbol_list *symbols,
                struct document_symbol symbol) {
    if (symbol.selection.start >= symbol.selection.end || !span_contains(symbol.span, symbol.selection)) {
        symbol.selection = symbol.span;
    }
    if (symbol.name.size > 0) {
        vec_push(context->arena, &symbols->list, symbol);
    }
}

/* The keyword that a declaration begins with. */
static struct span first_word(const struct file_analysis *file, struct span span) {
    struct str text = text_slice(file->tree->text, span);
    uint32_t size = 0;
    while (size < text.size && text.data[size] >= 'a' && text.data[size] <= 'z') {
        size++;
    }
    return (struct span){span.start, span.start + size};
}

static void add_blocks(const struct feature_context *context, struct document_symbol_list *symbols) {
    const struct file_analysis *file = context->file;
    for (unsigned i = 2; i < file->blocks.count; i++) {
        const struct block *block = &file->blocks.items[i];
        struct str label = block_kind_name(block->key.kind);
        struct str name = text_slice(file->tree->text, block->name);
        if (name.size > 0) {
            label = arena_printf(context->arena, "%.*s \"%.*s\"", STR_ARGUMENTS(label), STR_ARGUMENTS(name));
        }
        struct span span = node_span(file->tree, block->node);
        add(context, symbols,
            (struct document_symbol){.name = label,
                                     .kind = SYMBOL_KIND_MODULE,
                                     .span = span,
                                     .selection = name.size > 0 ? block->name : first_word(file, span)});
    }
}

static bool is_part(const struct file_analysis *file, const struct symbol *symbol) {
    return (symbol->kind == SYMBOL_FIELD || symbol->kind == SYMBOL_VARIANT) && symbol->owner != 0 &&
           (analysis_symbol(file, symbol->owner)->flags & SYMBOL_BLOCK_LEVEL) != 0;
}

/* Does a node hold members that an outline shows: a component, a store, a type's functions, a test? */
static bool has_members(const struct syntax_tree *tree, node_id node) {
    enum node_kind kind = node_kind(tree, node);
    return kind == NODE_COMPONENT_DECLARATION || kind == NODE_STORE_DECLARATION || kind == NODE_IMPL_DECLARATION ||
           kind == NODE_TRAIT_DECLARATION || kind == NODE_INTERFACE_DECLARATION ||
           (kind == NODE_DIRECTIVE && directive_of_node(tree, node) != NULL);
}

/* Something with a body of its own, or that the page follows, in what has members. */
static bool is_member(const struct file_analysis *file, const struct symbol *symbol) {
    node_id block = node_parent(file->tree, symbol->node);
    block = node_kind(file->tree, block) == NODE_DECORATED ? node_parent(file->tree, block) : block;
    bool worth = symbol->kind == SYMBOL_FUNCTION || symbol->kind == SYMBOL_STATE || symbol->kind == SYMBOL_COMPUTED ||
                 symbol->kind == SYMBOL_COMPONENT;
    node_id around = node_kind(file->tree, block) == NODE_DIRECTIVE ? block : node_parent(file->tree, block);
    return worth && symbol->name != ATOM_NONE && has_members(file->tree, around);
}

static bool is_method(const struct syntax_tree *tree, const struct symbol *symbol) {
    enum node_kind around = node_kind(tree, node_parent(tree, node_parent(tree, symbol->node)));
    return around == NODE_IMPL_DECLARATION || around == NODE_TRAIT_DECLARATION || around == NODE_INTERFACE_DECLARATION;
}

static void add_declarations(const struct feature_context *context, struct document_symbol_list *symbols) {
    const struct file_analysis *file = context->file;
    for (unsigned i = 1; i < file->symbols.count; i++) {
        const struct symbol *symbol = &file->symbols.items[i];
        if (!(symbol->flags & SYMBOL_BLOCK_LEVEL) && !is_part(file, symbol) && !is_member(file, symbol)) {
            continue;
        }
        add(context, symbols,
            (struct document_symbol){.name = analysis_name(file, symbol->name),
                                     .detail = lookup_signature(context->arena, file, i),
                                     .kind = is_method(file->tree, symbol) ? SYMBOL_KIND_METHOD
                                                                           : symbol_kind_lsp(symbol->kind),
                                     .span = node_span(file->tree, symbol->node),
                                     .selection = node_span(file->tree, symbol->name_node)});
    }
}

/* ---- what has no name of its own */

/* The source of a node up to a brace, on one line, cut where it is long. */
static struct str headline(const struct feature_context *context, node_id node) {
    struct str text = node_text(context->file->tree, node);
    size_t brace = str_find(text, '{', 0);
    size_t line = str_find(text, '\n', 0);
    struct str head = str_trim(str_slice(text, 0, brace < line ? brace : line));
    if (head.size <= NAME_BYTES) {
        return head;
    }
    size_t end = NAME_BYTES;
    while (end > 0 && ((unsigned char)head.data[end] & 0xC0) == 0x80) {
        end--;
    }
    return arena_printf(context->arena, "%.*s…", (int)end, head.data);
}

/* `test "sums"`, `schedule "5m"`, `discover "events"`, `env PORT`: the word and what stands right behind it. */
static struct str directive_name(const struct feature_context *context, node_id node) {
    const struct syntax_tree *tree = context->file->tree;
    node_id word = node_child(tree, node, FIELD_NAME);
    node_id next = node_next_sibling(tree, word);
    enum node_kind kind = node_kind(tree, next);
    bool named = kind == NODE_STRING || kind == NODE_NUMBER || kind == NODE_IDENTIFIER || kind == NODE_SINGLE_STRING;
    struct span span = {node_span(tree, word).start, named ? node_span(tree, next).end : node_span(tree, word).end};
    return text_slice(tree->text, span);
}

static int directive_kind(const struct directive *directive) {
    bool cases = directive->id == DIRECTIVE_TEST || directive->id == DIRECTIVE_BENCH;
    return cases ? SYMBOL_KIND_FUNCTION : directive->id == DIRECTIVE_ROUTES ? SYMBOL_KIND_MODULE : SYMBOL_KIND_PROPERTY;
}

/* Options of a directive are told by its hover; what `middleware` and `env` declare has a name. */
static void add_directive(const struct feature_context *context, struct document_symbol_list *symbols, node_id node) {
    const struct syntax_tree *tree = context->file->tree;
    const struct directive *directive = directive_of_node(tree, node);
    bool declares = directive != NULL && (directive->id == DIRECTIVE_MIDDLEWARE || directive->id == DIRECTIVE_ENV);
    if (directive == NULL || declares || directive_is_option(tree, node) || directive->id == DIRECTIVE_CONCURRENT) {
        return;
    }
    add(context, symbols,
        (struct document_symbol){.name = directive_name(context, node),
                                 .kind = directive_kind(directive),
                                 .span = node_span(tree, node),
                                 .selection = node_span(tree, node_child(tree, node, FIELD_NAME))});
}

/* `effect` with the first of what it does. */
static void add_effect(const struct feature_context *context, struct document_symbol_list *symbols, node_id node) {
    const struct syntax_tree *tree = context->file->tree;
    node_id first = node_first_plain(tree, node_child(tree, node, FIELD_BODY));
    add(context, symbols,
        (struct document_symbol){.name = STR("effect"),
                                 .detail = first == NODE_NONE ? (struct str){0} : headline(context, first),
                                 .kind = SYMBOL_KIND_EVENT,
                                 .span = node_span(tree, node),
                                 .selection = first_word(context->file, node_span(tree, node))});
}

static void add_unnamed(const struct feature_context *context, struct document_symbol_list *symbols) {
    const struct syntax_tree *tree = context->file->tree;
    for (node_id node = NODE_ROOT; node < tree->count; node++) {
        switch ((int)node_kind(tree, node)) {
        case NODE_DIRECTIVE:
            add_directive(context, symbols, node);
            break;
        case NODE_EFFECT_DECLARATION:
            add_effect(context, symbols, node);
            break;
        case NODE_IMPL_DECLARATION:
            add(context, symbols,
                (struct document_symbol){.name = headline(context, node),
                                         .kind = SYMBOL_KIND_CLASS,
                                         .span = node_span(tree, node),
                                         .selection = first_word(context->file, node_span(tree, node))});
            break;
        default:
            break;
        }
    }
}

static void add_routes(const struct feature_context *context, struct document_symbol_list *symbols) {
    const struct file_analysis *file = context->file;
    for (unsigned i = 0; i < file->routes.count; i++) {
        const struct route *route = &file->routes.items[i];
        struct str method = analysis_name(file, route->method);
        add(context, symbols,
            (struct document_symbol){
                .name = arena_printf(context->arena, "%.*s %.*s", STR_ARGUMENTS(method), STR_ARGUMENTS(route->path)),
                .kind = SYMBOL_KIND_METHOD,
                .span = node_span(file->tree, route->node),
                .selection = node_span(file->tree, node_child(file->tree, route->node, FIELD_PATH))});
    }
}

/* By start, the longer one first, then by name, so that parents come before their children. */
static int compare(const void *left, const void *right) {
    const struct document_symbol *a = left, *b = right;
    if (a->span.start != b->span.start) {
        return a->span.start < b->span.start ? -1 : 1;
    }
    if (a->span.end != b->span.end) {
        return a->span.end > b->span.end ? -1 : 1;
    }
    return a->selection.start < b->selection.start ? -1 : a->selection.start > b->selection.start;
}

/* Each symbol's parent is the nearest one before it that is larger and contains it. */
static void nest(const struct feature_context *context, struct document_symbol_list *symbols) {
    VEC(struct span) open = {0};
    for (unsigned i = 0; i < symbols->list.count; i++) {
        struct document_symbol *symbol = &symbols->list.items[i];
        while (open.count > 0 && (!span_contains(open.items[open.count - 1], symbol->span) ||
                                  span_equal(open.items[open.count - 1], symbol->span))) {
            open.count--;
        }
        symbol->depth = open.count;
        vec_push(context->arena, &open, symbol->span);
    }
}

struct document_symbol_list document_symbols(const struct feature_context *context) {
    struct document_symbol_list symbols = {0};
    add_blocks(context, &symbols);
    add_declarations(context, &symbols);
    add_routes(context, &symbols);
    add_unnamed(context, &symbols);
    if (symbols.list.count > 0) {
        qsort(symbols.list.items, symbols.list.count, sizeof *symbols.list.items, compare);
    }
    nest(context, &symbols);
    return symbols;
}
