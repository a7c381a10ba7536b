/* What is declared and never used. Hints, as a program under way is full of them: `_` before a name says "on purpose".
 *
 * Nothing is said of what somebody outside may use (members of a block, `pub`, server functions, hooks, commands, tests), nor
 * of parameters whose place somebody else decides: of callbacks, handlers, methods and functions without a body yet. */
#include "analysis/checks.h"
#include "analysis/lookup.h"

enum { SHORTEST_NEAR = 4, LONG_NAME = 8 }; /* bytes of names that may be others, misspelt in one place, and in two */

static struct str name_text(const struct check *check, const struct symbol *symbol) {
    return analysis_name(check->file, symbol->name);
}

/* While something around cannot be read, a use may stand in it. */
static bool is_readable(const struct check *check, const struct symbol *symbol) {
    const struct scope *scope = &check->file->scopes.items[symbol->scope];
    return !node_has_error(check->file->tree, scope->node);
}

static struct diagnostic *report(struct check *check, enum diagnostic_code code, const struct symbol *symbol,
                                 const char *advice) {
    struct str name = name_text(check, symbol);
    struct diagnostic *diagnostic =
        diagnostic_add(check->arena, check->list, code, node_span(check->file->tree, symbol->name_node),
                       "Nothing uses %s`%.*s`. %s", code == DIAGNOSTIC_UNUSED_PARAMETER ? "the parameter " : "",
                       STR_ARGUMENTS(name), advice);
    diagnostic->tags = 1u << DIAGNOSTIC_TAG_UNNECESSARY;
    return diagnostic;
}

static void fix_underscore(struct check *check, struct diagnostic *diagnostic, const struct symbol *symbol) {
    uint32_t start = node_span(check->file->tree, symbol->name_node).start;
    fix_set(check, diagnostic, (struct span){start, start}, STR("_"), "Rename it to `_%.*s`",
            STR_ARGUMENTS(name_text(check, symbol)));
}

/* ---- values */

struct assignables {
    struct check *check;
    struct suggestion suggestion;
    const struct symbol *best;
};

/* What an assignment in the same block can change. */
static void offer_assignable(void *context, const struct symbol *symbol) {
    struct assignables *assignables = context;
    if ((symbol->kind == SYMBOL_STATE || symbol->kind == SYMBOL_VARIABLE) && (symbol->flags & SYMBOL_MUTABLE) != 0) {
        unsigned before = assignables->suggestion.distance;
        suggestion_offer(&assignables->suggestion, name_text(assignables->check, symbol));
        assignables->best = assignables->suggestion.distance < before ? symbol : assignables->best;
    }
}

/* `mesage = text` beside `state message`. Says it and returns true. */
static bool check_nearly_assigned(struct check *check, const struct symbol *symbol) {
    const struct file_analysis *file = check->file;
    struct str name = name_text(check, symbol);
    struct assignables assignables = {.check = check, .suggestion = suggestion_for(name)};
    bool plain = symbol->kind == SYMBOL_CONSTANT && symbol->type == NODE_NONE && symbol->hides == 0 &&
                 node_field(file->tree, symbol->name_node) == FIELD_LEFT;
    if (!plain || name.size < SHORTEST_NEAR || check->suggestions == 0) {
        return false;
    }
    check->suggestions--;
    assignables.suggestion.distance = name.size < LONG_NAME ? 2 : 3; /* nearer than for a name that is missing */
    lookup_each_local(file, node_span(file->tree, symbol->name_node).start, offer_assignable, &assignables);
    for (uint32_t i = 1; i < file->symbols.count; i++) {
        const struct symbol *other = &file->symbols.items[i];
        if ((other->flags & SYMBOL_BLOCK_LEVEL) != 0 && other->block == symbol->block) {
            offer_assignable(&assignables, other);
        }
    }
    if (assignables.best == NULL) {
        return false;
    }
    struct str best = name_text(check, assignables.best);
    struct str kind = symbol_kind_name(assignables.best->kind);
    struct span span = node_span(file->tree, symbol->name_node);
    struct diagnostic *diagnostic = CHECK_REPORT(
        check, NEARLY_ASSIGNED, span, "`%.*s` is a new name here, and nothing uses it. Did you mean the %.*s `%.*s`?",
        STR_ARGUMENTS(name), STR_ARGUMENTS(kind), STR_ARGUMENTS(best));
    suggestion_fix(check->arena, diagnostic, span, best);
    return true;
}

static void check_value(struct check *check, const struct symbol *symbol) {
    fix_underscore(check,
                   report(check, DIAGNOSTIC_UNUSED, symbol, "Remove it, or begin its name with `_` if it is meant to be there."),
                   symbol);
}

/* ---- imports */

static uint32_t count_names(const struct syntax_tree *tree, node_id names) {
    uint32_t count = 0;
    NODE_EACH(name, tree, names) { count += node_kind(tree, name) == NODE_IMPORT_NAME; }
    return count;
}

/* A name of several with the comma that parts it from the next one, or from the one before it. */
static struct span with_comma(const struct syntax_tree *tree, node_id name) {
    struct span span = node_span(tree, name);
    struct str text = text_str(tree->text);
    node_id next = node_next_sibling(tree, name);
    if (node_kind(tree, next) == NODE_IMPORT_NAME) {
        return (struct span){span.start, node_span(tree, next).start};
    }
    while (span.start > 0 && text.data[span.start - 1] != ',' && text.data[span.start - 1] != '{') {
        span.start--;
    }
    span.start -= span.start > 0 && text.data[span.start - 1] == ',';
    return span;
}

static void check_import(struct check *check, const struct symbol *symbol) {
    const struct syntax_tree *tree = check->file->tree;
    struct diagnostic *diagnostic = report(check, DIAGNOSTIC_UNUSED_IMPORT, symbol, "Remove it from the import.");
    struct str name = name_text(check, symbol);
    node_id import = node_kind(tree, symbol->node) == NODE_IMPORT_NAME
                         ? node_ancestor(tree, symbol->node, NODE_IMPORT_STATEMENT)
                         : symbol->node;
    node_id names = node_child(tree, import, FIELD_NAMES);
    bool alone = count_names(tree, names) + (node_child(tree, import, FIELD_DEFAULT) != NODE_NONE) +
                     (node_child(tree, import, FIELD_NAMESPACE) != NODE_NONE) ==
                 1;
    if (alone) {
        fix_remove(check, diagnostic, node_span(tree, import), "Remove the import of `%.*s`", STR_ARGUMENTS(name));
    } else if (node_kind(tree, symbol->node) == NODE_IMPORT_NAME && count_names(tree, names) > 1) {
        fix_set(check, diagnostic, with_comma(tree, symbol->node), (struct str){0}, "Remove the import of `%.*s`",
                STR_ARGUMENTS(name));
    }
}

/* ---- functions */

/* In a `test`, `cli`, `data` … block or behind a word like `on_start`: the word says who calls it. */
static bool is_of_directive(const struct check *check, const struct symbol *symbol) {
    return node_ancestor(check->file->tree, symbol->node, NODE_DIRECTIVE) != NODE_NONE;
}

/* Which blocks are all there, so that nobody else can be about to use their functions? A page has components. What stands
 * outside of all blocks can be imported, unless the file says of some names that they are `pub`, or has a `main` and so is
 * a program. */
static const bool *find_complete(const struct check *check) {
    const struct file_analysis *file = check->file;
    bool *complete = arena_array(check->arena, bool, file->blocks.count);
    for (uint32_t i = 1; i < file->symbols.count; i++) {
        const struct symbol *symbol = &file->symbols.items[i];
        const struct block *block = &file->blocks.items[symbol->block];
        bool *known = &complete[symbol->block];
        if (*known || symbol->scope != block->scope) {
            continue;
        }
        *known = block->key.kind == BLOCK_MODULE
                     ? (symbol->flags & SYMBOL_PUBLIC) != 0 || str_equal(name_text(check, symbol), STR("main"))
                     : symbol->kind == SYMBOL_COMPONENT;
    }
    return complete;
}

static bool is_called_from_outside(const struct check *check, const bool *complete, const struct symbol *function) {
    const struct syntax_tree *tree = check->file->tree;
    bool member = (function->flags & SYMBOL_BLOCK_LEVEL) != 0;
    return (member && (str_equal(name_text(check, function), STR("main")) || !complete[function->block])) ||
           node_kind(tree, node_parent(tree, function->node)) == NODE_EXTERN_DECLARATION ||
           is_of_directive(check, function) || (member && package_asks(check->package, function->name, false));
}

static void check_function(struct check *check, const bool *complete, const struct symbol *symbol) {
    const struct syntax_tree *tree = check->file->tree;
    if (is_called_from_outside(check, complete, symbol)) {
        return;
    }
    struct diagnostic *diagnostic =
        report(check, DIAGNOSTIC_UNUSED_FUNCTION, symbol, "Remove it, or begin its name with `_` if it is meant to be there.");
    node_id parent = node_parent(tree, symbol->node);
    node_id whole = node_kind(tree, parent) == NODE_DECORATED ? parent : symbol->node;
    fix_remove(check, diagnostic, node_span(tree, whole), "Remove the function `%.*s`",
               STR_ARGUMENTS(name_text(check, symbol)));
}

/* ---- parameters */

static bool is_method(const struct syntax_tree *tree, node_id function) {
    enum node_kind kind = node_kind(tree, node_parent(tree, node_parent(tree, function)));
    return kind == NODE_IMPL_DECLARATION || kind == NODE_TRAIT_DECLARATION || kind == NODE_INTERFACE_DECLARATION;
}

/* Without a statement, or with `nil` alone: not written yet. */
static bool is_stub(const struct syntax_tree *tree, node_id function) {
    node_id body = node_child(tree, function, FIELD_BODY);
    node_id first = node_first_plain(tree, body);
    return body == NODE_NONE || first == NODE_NONE ||
           (node_kind(tree, first) == NODE_NIL && node_next_plain(tree, first) == NODE_NONE);
}

/* Who calls it decides what it is given. */
static bool has_given_shape(const struct check *check, const struct symbol *function) {
    const struct syntax_tree *tree = check->file->tree;
    return (function->kind != SYMBOL_FUNCTION && function->kind != SYMBOL_COMPONENT) ||
           (function->flags & (SYMBOL_PASSED | SYMBOL_SOCKET | SYMBOL_REQUEST)) != 0 || is_method(tree, function->node) ||
           is_stub(tree, function->node) || str_equal(name_text(check, function), STR("main")) || is_of_directive(check, function) ||
           ((function->flags & SYMBOL_BLOCK_LEVEL) != 0 && package_asks(check->package, function->name, true));
}

static void check_parameter(struct check *check, const struct symbol *symbol) {
    const struct symbol *function = analysis_symbol(check->file, symbol->owner);
    bool plain = node_kind(check->file->tree, symbol->name_node) == NODE_IDENTIFIER;
    if (symbol->owner == 0 || !plain || str_equal(name_text(check, symbol), STR("self")) ||
        has_given_shape(check, function)) {
        return;
    }
    fix_underscore(check, report(check, DIAGNOSTIC_UNUSED_PARAMETER, symbol, "Begin its name with `_` if it has to be there."),
                   symbol);
}

/* ---- all */

/* complete: per block (find_complete). */
static void check_symbol(struct check *check, const bool *complete, const struct symbol *symbol) {
    bool member = (symbol->flags & SYMBOL_BLOCK_LEVEL) != 0;
    switch ((int)symbol->kind) {
    case SYMBOL_CONSTANT:
    case SYMBOL_VARIABLE:
        if (!member && !shadow_is_lost(check, symbol) && !check_nearly_assigned(check, symbol)) {
            check_value(check, symbol);
        }
        break;
    case SYMBOL_IMPORT:
        check_import(check, symbol);
        break;
    case SYMBOL_PARAMETER:
        check_parameter(check, symbol);
        break;
    case SYMBOL_FUNCTION:
        check_function(check, complete, symbol);
        break;
    default:
        break;
    }
}

void check_unused(struct check *check) {
    const struct file_analysis *file = check->file;
    const bool *complete = find_complete(check);
    for (uint32_t i = 1; i < file->symbols.count; i++) {
        const struct symbol *symbol = &file->symbols.items[i];
        if ((symbol->flags & (SYMBOL_READ | SYMBOL_PUBLIC)) != 0) {
            continue;
        }
        struct str name = name_text(check, symbol);
        if (name.size > 0 && name.data[0] != '_' && is_readable(check, symbol)) {
            check_symbol(check, complete, symbol);
        }
    }
}
