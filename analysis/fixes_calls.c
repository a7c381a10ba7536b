/* Fixes of calls: arguments that are too many go, those that are missing come with a value that has to be looked at. */
#include "analysis/checks.h"
#include "analysis/lookup.h"

/* The argument or entry before another one, comments left out. */
static node_id before(const struct syntax_tree *tree, node_id list, node_id child) {
    node_id found = NODE_NONE;
    NODE_EACH(other, tree, list) {
        if (other == child) {
            break;
        }
        found = node_is_comment(tree, other) ? found : other;
    }
    return found;
}

/* With the comma before it. */
static void remove_arguments(struct check *check, struct diagnostic *diagnostic, node_id first, node_id last,
                             const char *title) {
    const struct syntax_tree *tree = check->file->tree;
    node_id previous = before(tree, node_parent(tree, first), first);
    uint32_t start = previous != NODE_NONE ? node_span(tree, previous).end : node_span(tree, first).start;
    fix_set(check, diagnostic, (struct span){start, node_span(tree, last).end}, STR(""), "%s", title);
}

void fix_extra_arguments(struct check *check, struct diagnostic *diagnostic, node_id first) {
    const struct syntax_tree *tree = check->file->tree;
    node_id last = first;
    for (node_id next = first; next != NODE_NONE; next = node_next_sibling(tree, next)) {
        if (node_kind(tree, next) == NODE_NAMED_ARGUMENT) {
            return;
        }
        last = node_is_comment(tree, next) ? last : next;
    }
    bool one = last == first;
    remove_arguments(check, diagnostic, first, last, one ? "Remove the argument" : "Remove the arguments");
}

void fix_second_argument(struct check *check, struct diagnostic *diagnostic, node_id name) {
    const struct syntax_tree *tree = check->file->tree;
    node_id argument = node_parent(tree, name);
    enum node_kind kind = node_kind(tree, argument);
    if (kind == NODE_NAMED_ARGUMENT || kind == NODE_PAIR) {
        remove_arguments(check, diagnostic, argument, argument, "Remove what is given twice");
    }
}

/* ---- what is missing */

/* The first variant without fields of an enumeration of the program. */
static struct str first_variant(struct check *check, uint32_t offset, struct str type) {
    atom_id atom = atom_find(check->file->atoms, type);
    struct block_key key = check->file->blocks.items[lookup_block(check->file, offset)].key;
    struct package_symbol found = {NULL, NULL};
    if (atom != ATOM_NONE) {
        found = package_lookup(check->package, key, atom, true);
    }
    for (uint32_t i = 0; found.symbol != NULL && i < found.file->symbol_count; i++) {
        const struct summary_symbol *symbol = &found.file->symbols[i];
        if (symbol->kind == SYMBOL_VARIANT && symbol->owner == found.symbol->name && symbol->parameter_count == 0) {
            return analysis_name(check->file, symbol->name);
        }
    }
    return STR("");
}

/* A value of the type that compiles; empty when none is known. */
static struct str value_of(struct check *check, uint32_t offset, struct str type) {
    static const struct {
        struct str type, value;
    } values[] = {
        {STR_INIT("String"), STR_INIT("\"\"")}, {STR_INIT("Int"), STR_INIT("0")},   {STR_INIT("Float"), STR_INIT("0")},
        {STR_INIT("Bool"), STR_INIT("false")},  {STR_INIT("Any"), STR_INIT("nil")}, {STR_INIT(""), STR_INIT("nil")},
    };
    for (size_t i = 0; i < sizeof values / sizeof *values; i++) {
        if (str_equal(values[i].type, type)) {
            return values[i].value;
        }
    }
    if (str_starts_with(type, STR("[")) || str_starts_with(type, STR("List<"))) {
        return STR("[]");
    }
    if (str_starts_with(type, STR("Option<"))) {
        return STR("None");
    }
    return str_ends_with(type, STR("?")) ? STR("nil") : first_variant(check, offset, type);
}

void fix_missing_arguments(struct check *check, struct diagnostic *diagnostic, node_id list,
                           const struct missing_argument *missing, uint32_t count) {
    const struct syntax_tree *tree = check->file->tree;
    struct str source = text_str(tree->text), text = STR("");
    struct span span = node_span(tree, list);
    node_id last = before(tree, list, NODE_NONE);
    bool object = node_kind(tree, list) == NODE_OBJECT;
    for (uint32_t i = 0; i < count; i++) {
        struct str value = value_of(check, span.start, missing[i].type);
        if (value.size == 0 || missing[i].name.size == 0) {
            return;
        }
        text = arena_printf(check->arena, "%.*s%s%.*s: %.*s", STR_ARGUMENTS(text), i > 0 ? ", " : "",
                            STR_ARGUMENTS(missing[i].name), STR_ARGUMENTS(value));
    }
    uint32_t at = last != NODE_NONE ? node_span(tree, last).end : span.start + 1;
    bool comma = at < source.size && source.data[at] == ',';
    bool empty = last == NODE_NONE && object;
    text = arena_printf(check->arena, "%s%.*s%s", comma || empty ? " " : last != NODE_NONE ? ", " : "",
                        STR_ARGUMENTS(text), empty ? " " : "");
    at += comma;
    fix_set(check, diagnostic, (struct span){at, at}, text, count == 1 ? "Add the missing %s" : "Add the missing %ss",
            object ? "field" : "argument");
}
