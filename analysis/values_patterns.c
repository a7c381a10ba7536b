/* The certain types of what patterns take out of values: arms of `match`, and records and lists that are taken apart. */
#include "analysis/values.h"

static const struct type unknown = {.kind = TYPE_UNKNOWN};

/* A field of a variant of the program: of this file or of another one. */
static struct type variant_field(struct values *values, node_id name, unsigned position) {
    struct typer *typer = values->typer;
    const struct file_analysis *file = typer->file;
    const struct binding *binding = analysis_binding(file, name);
    if (binding == NULL || typer->package == NULL) {
        return unknown;
    }
    struct package_symbol found = {NULL, NULL};
    if (analysis_symbol(file, binding->symbol)->kind == SYMBOL_IMPORT) {
        found = typer_imported(typer, binding->symbol);
    } else if (binding->symbol == 0) {
        found = package_lookup(typer->package, file->blocks.items[binding->block].key, binding->name, false);
    }
    uint32_t own = found.symbol == NULL ? binding->symbol : types_own_symbol(typer, found);
    const struct symbol *variant = analysis_symbol(file, own);
    if (own != 0) {
        bool has = variant->kind == SYMBOL_VARIANT && position < variant->part_count;
        return has ? types_annotation(typer, analysis_symbol(file, variant->first_part + position)->type) : unknown;
    }
    bool has = found.symbol != NULL && found.symbol->kind == SYMBOL_VARIANT && position < found.symbol->parameter_count;
    return has ? types_written(typer, found, found.symbol->parameters[position].type) : unknown;
}

/* What `Ok`, `Err`, `Some` or a variant of the program carries. */
static struct type carried(struct values *values, node_id holder, node_id pattern) {
    const struct syntax_tree *tree = values->typer->file->tree;
    node_id name = node_child(tree, holder, FIELD_NAME);
    struct str word = node_text(tree, name);
    bool second = str_equal(word, STR("Err"));
    if (second || str_equal(word, STR("Ok")) || str_equal(word, STR("Some"))) {
        struct type whole = values_of_pattern(values, holder);
        bool wraps = whole.kind == TYPE_RESULT || whole.kind == TYPE_OPTION;
        return wraps && (second ? 1u : 0u) < whole.count ? whole.parts[second] : unknown;
    }
    if (node_kind(tree, name) == NODE_MEMBER_EXPRESSION) {
        return unknown;
    }
    return variant_field(values, name, node_plain_position(tree, pattern));
}

static struct type field_of(struct values *values, struct type whole, struct str name) {
    atom_id atom = types_has_fields(whole) ? atom_find(values->typer->file->atoms, name) : ATOM_NONE;
    return atom == ATOM_NONE ? unknown : types_field(values->typer, whole, atom);
}

/* `{ boss } = user`, flat. */
static struct type taken_field(struct values *values, node_id pattern) {
    const struct syntax_tree *tree = values->typer->file->tree;
    node_id holder = node_parent(tree, pattern);
    node_id key = pattern;
    if (node_kind(tree, holder) == NODE_PAIR) {
        key = node_child(tree, holder, FIELD_KEY);
        holder = node_parent(tree, holder);
    }
    node_id statement = node_parent(tree, holder);
    if (node_kind(tree, statement) != NODE_ASSIGNMENT) {
        return unknown;
    }
    return field_of(values, values_of(values, node_child(tree, statement, FIELD_RIGHT)), node_text(tree, key));
}

static struct type type_of_pattern(struct values *values, node_id pattern) {
    const struct syntax_tree *tree = values->typer->file->tree;
    node_id holder = node_parent(tree, pattern);
    struct type whole;
    switch ((int)node_kind(tree, holder)) {
    case NODE_MATCH_ARM:
        return values_of(values, node_child(tree, node_parent(tree, holder), FIELD_VALUE));
    case NODE_OR_PATTERN:
        return values_of_pattern(values, holder);
    case NODE_ARRAY_PATTERN:
        whole = values_of_pattern(values, holder);
        return whole.kind == TYPE_LIST && whole.count == 1 ? whole.parts[0] : unknown;
    case NODE_VARIANT_PATTERN:
        return carried(values, holder, pattern);
    case NODE_OBJECT_PATTERN:
        return field_of(values, values_of_pattern(values, holder), node_text(tree, pattern));
    case NODE_OBJECT:
    case NODE_PAIR:
        return taken_field(values, pattern);
    default:
        return unknown;
    }
}

struct type values_of_pattern(struct values *values, node_id pattern) {
    const unsigned deepest = 48;
    if (values->depth >= deepest) {
        return unknown;
    }
    values->depth++;
    struct type type = type_of_pattern(values, pattern);
    values->depth--;
    return type;
}
