/* What names stand for that a pattern takes out of a value: arms of `match`, and records and lists that are taken apart. */
#include "analysis/lookup.h"
#include "analysis/signature_text.h"
#include "analysis/type_text.h"

static const struct str unknown = {NULL, 0};

/* What `Ok`, `Err` and `Some` carry, by the type of the whole. */
static struct str carried(struct str variant, struct str whole) {
    struct type_variables variables = {0};
    type_variables_match(&variables, STR("Result<T, E>"), whole);
    type_variables_match(&variables, STR("Option<T>"), whole);
    if (str_equal(variant, STR("Ok")) || str_equal(variant, STR("Some"))) {
        return type_variables_value(&variables, STR("T"));
    }
    return str_equal(variant, STR("Err")) ? type_variables_value(&variables, STR("E")) : unknown;
}

/* A field of a variant of the program, by the type of the whole. */
static struct str field_of_variant(struct typer *typer, node_id name, unsigned position, struct str whole) {
    const struct file_analysis *file = typer->file;
    if (node_kind(file->tree, name) == NODE_MEMBER_EXPRESSION) {
        name = node_child(file->tree, name, FIELD_PROPERTY);
    }
    atom_id atom = atom_find(file->atoms, node_text(file->tree, name));
    struct block_key key = file->blocks.items[lookup_block(file, node_span(file->tree, name).start)].key;
    struct package_symbol found = {NULL, NULL};
    const struct binding *binding = analysis_binding(file, name);
    if (binding != NULL && analysis_symbol(file, binding->symbol)->kind == SYMBOL_IMPORT) {
        found = typer_imported(typer, binding->symbol);
    } else if (atom != ATOM_NONE && typer->package != NULL) {
        found = package_lookup(typer->package, key, atom, false);
    }
    bool variant = found.symbol != NULL && found.symbol->kind == SYMBOL_VARIANT;
    if (!variant || position >= found.symbol->parameter_count) {
        return unknown;
    }
    struct package_symbol owner = {NULL, NULL};
    if (found.symbol->owner != ATOM_NONE) {
        owner = type_text_named(typer, node_span(file->tree, name).start, atom_text(file->atoms, found.symbol->owner));
    }
    return type_text_in(typer, owner, whole, found.symbol->parameters[position].type);
}

/* ---- what is around a pattern */

static struct str listed(struct typer *typer, struct str element) {
    return element.size == 0 ? unknown : arena_printf(typer->arena, "[%.*s]", STR_ARGUMENTS(element));
}

/* `Ok(user)`, `Circle(radius)`. */
static struct str of_variant(struct typer *typer, node_id holder, node_id pattern) {
    const struct syntax_tree *tree = typer->file->tree;
    node_id name = node_child(tree, holder, FIELD_NAME);
    struct str whole = type_text_of_pattern(typer, holder), inner = carried(node_text(tree, name), whole);
    return inner.size > 0 ? inner : field_of_variant(typer, name, node_plain_position(tree, pattern), whole);
}

/* A field of what the braces stand for: `name`, `name: value`, `name = default`. */
static struct str of_braces(struct typer *typer, node_id braces, node_id key) {
    const struct syntax_tree *tree = typer->file->tree;
    node_id statement = node_parent(tree, braces);
    if (node_kind(tree, key) == NODE_DEFAULT_BINDING) {
        key = node_child(tree, key, FIELD_NAME);
    }
    struct str name = node_text(tree, key);
    if (node_kind(tree, statement) == NODE_ASSIGNMENT) {
        return type_text_of_part(typer, node_child(tree, statement, FIELD_RIGHT), name);
    }
    return type_text_part_of(typer, node_span(tree, braces).start, type_text_of_pattern(typer, braces), name);
}

/* `...rest` in brackets is such a list as the whole. */
static struct str of_rest(struct typer *typer, node_id rest) {
    node_id brackets = node_parent(typer->file->tree, rest);
    enum node_kind kind = node_kind(typer->file->tree, brackets);
    bool list = kind == NODE_ARRAY || kind == NODE_ARRAY_PATTERN;
    return list ? listed(typer, type_text_element(type_text_of_pattern(typer, brackets))) : unknown;
}

/* `{ name }: User` as a parameter, or what a function is handed that has no such type. */
static struct str of_parameter(struct typer *typer, node_id parameter) {
    const struct syntax_tree *tree = typer->file->tree;
    node_id type = node_child(tree, parameter, FIELD_TYPE);
    return type != NODE_NONE ? node_text(tree, type) : type_text_of_callback(typer, parameter);
}

/* `b` of `a, b = f(), g()`. */
static struct str of_several(struct typer *typer, node_id names, node_id name) {
    const struct syntax_tree *tree = typer->file->tree;
    node_id statement = node_parent(tree, names), values = node_child(tree, statement, FIELD_RIGHT);
    bool several = node_kind(tree, statement) == NODE_ASSIGNMENT && node_field(tree, names) == FIELD_LEFT &&
                   node_kind(tree, values) == NODE_EXPRESSION_LIST;
    node_id value = several ? node_first_plain(tree, values) : NODE_NONE;
    for (unsigned left = node_plain_position(tree, name); left > 0 && value != NODE_NONE; left--) {
        value = node_kind(tree, value) == NODE_SPREAD ? NODE_NONE : node_next_plain(tree, value);
    }
    return value == NODE_NONE || node_kind(tree, value) == NODE_SPREAD ? unknown : type_text(typer, value);
}

/* Has an arm above this one `nil`, whatever else holds? */
static bool nil_is_taken(const struct syntax_tree *tree, node_id arm) {
    NODE_EACH(above, tree, node_parent(tree, arm)) {
        if (above == arm) {
            return false;
        }
        if (node_kind(tree, above) == NODE_MATCH_ARM && node_child(tree, above, FIELD_GUARD) == NODE_NONE &&
            node_kind(tree, node_child(tree, above, FIELD_PATTERN)) == NODE_NIL) {
            return true;
        }
    }
    return false;
}

/* `first` of `[first, ...rest]`; of a tuple, which may be taken apart so too, by its place. */
static struct str of_brackets(struct typer *typer, node_id brackets, node_id pattern) {
    const struct syntax_tree *tree = typer->file->tree;
    struct str whole = type_text_of_pattern(typer, brackets), element = type_text_element(whole);
    if (element.size > 0 || node_child_of_kind(tree, brackets, NODE_SPREAD) != NODE_NONE ||
        node_child_of_kind(tree, brackets, NODE_REST_PATTERN) != NODE_NONE) {
        return element;
    }
    return type_text_tuple_item(whole, node_plain_position(tree, pattern));
}

static struct str type_of_pattern(struct typer *typer, node_id pattern) {
    const struct syntax_tree *tree = typer->file->tree;
    node_id holder = node_parent(tree, pattern);
    bool whole = node_kind(tree, pattern) != NODE_IDENTIFIER && node_field(tree, pattern) == FIELD_LEFT &&
                 node_next_same_field(tree, pattern) == NODE_NONE;
    switch ((int)node_kind(tree, holder)) {
    case NODE_MATCH_ARM: {
        struct str type = type_text(typer, node_child(tree, node_parent(tree, holder), FIELD_VALUE));
        return nil_is_taken(tree, holder) ? type_text_present(type) : type;
    }
    case NODE_ASSIGNMENT:
        return whole ? type_text(typer, node_child(tree, holder, FIELD_RIGHT)) : unknown;
    case NODE_EXPRESSION_LIST:
        return of_several(typer, holder, pattern);
    case NODE_PARAMETER:
    case NODE_TYPED_BINDING:
        return of_parameter(typer, holder);
    case NODE_FOR_EXPRESSION:
    case NODE_JSX_FOR:
        return type_text_element(type_text_receiver(typer, node_child(tree, holder, FIELD_ITERABLE)));
    case NODE_OR_PATTERN:
    case NODE_DEFAULT_BINDING:
        return node_kind(tree, node_parent(tree, holder)) == NODE_OBJECT ? of_braces(typer, node_parent(tree, holder), holder)
                                                                         : type_text_of_pattern(typer, holder);
    case NODE_ARRAY_PATTERN:
    case NODE_ARRAY:
        return of_brackets(typer, holder, pattern);
    case NODE_REST_PATTERN:
    case NODE_SPREAD:
        return of_rest(typer, holder);
    case NODE_TUPLE_PATTERN:
    case NODE_PAREN_LIST:
        return type_text_tuple_item(type_text_of_pattern(typer, holder), node_plain_position(tree, pattern));
    case NODE_VARIANT_PATTERN:
        return of_variant(typer, holder, pattern);
    case NODE_OBJECT_PATTERN:
    case NODE_OBJECT:
        return of_braces(typer, holder, pattern);
    case NODE_PAIR_PATTERN:
    case NODE_PAIR:
        return of_braces(typer, node_parent(tree, holder), node_child(tree, holder, FIELD_KEY));
    default:
        return unknown;
    }
}

/* What it stands for, in the words that its members are looked for in where it is taken apart further. */
static struct str meant(struct typer *typer, node_id pattern, struct str type) {
    enum node_kind kind = node_kind(typer->file->tree, pattern);
    return kind == NODE_IDENTIFIER ? type : type_text_meant(typer, node_span(typer->file->tree, pattern).start, type);
}

struct str type_text_of_pattern(struct typer *typer, node_id pattern) {
    return type_text_deeper(typer) ? type_text_shallower(typer, meant(typer, pattern, type_of_pattern(typer, pattern))) : unknown;
}
