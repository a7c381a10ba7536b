/* What names stand for that a pattern takes out of a value: arms of `match`, and records and lists that are taken apart. */
#include "analysis/lookup.h"
#include "analysis/signature_text.h"
#include "analysis/type_text.h"

static const struct str unknown = {NULL, 0};

/* Which of the patterns between the parentheses it is, from 0. */
static unsigned position_of(const struct syntax_tree *tree, node_id pattern) {
    unsigned position = 0;
    node_id holder = node_parent(tree, pattern);
    for (node_id at = node_first_plain(tree, holder); at != NODE_NONE && at != pattern;
         at = node_next_plain(tree, at)) {
        position++;
    }
    return position;
}

/* What `Ok`, `Err` and `Some` carry, by the type of the whole. */
static struct str carried(struct str variant, struct str whole) {
    struct type_variables variables = {0};
    type_variables_match(&variables, STR("Result<T, E>"), whole);
    type_variables_match(&variables, STR("Option<T>"), whole);
    if (str_equal(variant, STR("Ok")) || str_equal(variant, STR("Some"))) {
        return variables.values['T' - 'A'];
    }
    return str_equal(variant, STR("Err")) ? variables.values['E' - 'A'] : unknown;
}

/* A field of a variant of the program. */
static struct str field_of_variant(struct typer *typer, node_id name, unsigned position) {
    const struct file_analysis *file = typer->file;
    if (node_kind(file->tree, name) == NODE_MEMBER_EXPRESSION) {
        name = node_child(file->tree, name, FIELD_PROPERTY);
    }
    atom_id atom = atom_find(file->atoms, node_text(file->tree, name));
    struct block_key key = file->blocks.items[lookup_block(file, node_span(file->tree, name).start)].key;
    struct package_symbol found = {NULL, NULL};
    if (atom != ATOM_NONE && typer->package != NULL) {
        found = package_lookup(typer->package, key, atom, false);
    }
    bool variant = found.symbol != NULL && found.symbol->kind == SYMBOL_VARIANT;
    return variant && position < found.symbol->parameter_count ? found.symbol->parameters[position].type : unknown;
}

/* The type of what a pattern is compared with. */
static struct str type_of_pattern(struct typer *typer, node_id pattern) {
    const struct syntax_tree *tree = typer->file->tree;
    node_id holder = node_parent(tree, pattern);
    switch ((int)node_kind(tree, holder)) {
    case NODE_MATCH_ARM:
        return type_text(typer, node_child(tree, node_parent(tree, holder), FIELD_VALUE));
    case NODE_OR_PATTERN:
        return type_text_of_pattern(typer, holder);
    case NODE_ARRAY_PATTERN:
        return type_text_element(type_text_of_pattern(typer, holder));
    case NODE_VARIANT_PATTERN: {
        node_id name = node_child(tree, holder, FIELD_NAME);
        struct str inner = carried(node_text(tree, name), type_text_of_pattern(typer, holder));
        return inner.size > 0 ? inner : field_of_variant(typer, name, position_of(tree, pattern));
    }
    case NODE_OBJECT:
    case NODE_PAIR:
    case NODE_DEFAULT_BINDING: {
        node_id statement = node_ancestor(tree, holder, NODE_ASSIGNMENT);
        node_id key = node_kind(tree, holder) == NODE_PAIR ? node_child(tree, holder, FIELD_KEY) : pattern;
        return type_text_of_part(typer, node_child(tree, statement, FIELD_RIGHT), node_text(tree, key));
    }
    case NODE_ARRAY:
        return type_text_element(
            type_text(typer, node_child(tree, node_ancestor(tree, holder, NODE_ASSIGNMENT), FIELD_RIGHT)));
    default:
        return unknown;
    }
}

struct str type_text_of_pattern(struct typer *typer, node_id pattern) {
    return type_text_deeper(typer) ? type_text_shallower(typer, type_of_pattern(typer, pattern)) : unknown;
}
