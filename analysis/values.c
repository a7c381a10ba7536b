/* The certain types of expressions, by kind. Calls and patterns are in values_calls.c and values_patterns.c. */
#include "analysis/values.h"

#include "analysis/signature_text.h"
#include "analysis/type_text.h"

enum { DEPTH = 48 };
enum { STATE_UNASKED, STATE_ASKED, STATE_KNOWN };

static const struct type unknown = {.kind = TYPE_UNKNOWN};

static struct type plain(enum type_kind kind) { return (struct type){.kind = kind}; }

void values_init(struct values *values, struct typer *typer) {
    uint32_t count = typer->file->symbols.count;
    *values = (struct values){.typer = typer,
                              .symbols = arena_array(typer->arena, const struct type *, count),
                              .states = arena_array(typer->arena, uint8_t, count)};
}

node_id values_last(const struct syntax_tree *tree, node_id block) {
    node_id last = NODE_NONE;
    NODE_EACH(statement, tree, block) { last = node_is_comment(tree, statement) ? last : statement; }
    return last;
}

/* What the typer knows of it, which is types of the program and lists of them. */
static struct type by_typer(struct values *values, node_id node) {
    struct known_type known = typer_expression(values->typer, node);
    bool list = known.list;
    known.list = false;
    struct type type = {.kind = TYPE_NAMED, .named = known};
    if (!known_type_is(known)) {
        return unknown;
    }
    type.text = atom_text(values->typer->file->atoms, types_name(values->typer, type));
    if (known.symbol == 0) {
        type = types_of_member(values->typer, known.member);
    }
    if (!list) {
        return type;
    }
    struct type *element = arena_array(values->typer->arena, struct type, 1);
    *element = type;
    return (struct type){.kind = TYPE_LIST, .parts = element, .count = 1};
}

/* ---- names */

static struct type element_of(struct type list) {
    return list.kind == TYPE_LIST && list.count == 1 ? list.parts[0] : unknown;
}

/* `for user in users`: an element; with two names the second one is. */
static struct type loop_name(struct values *values, const struct symbol *symbol) {
    const struct syntax_tree *tree = values->typer->file->tree;
    node_id pattern = node_child(tree, symbol->node, FIELD_PATTERN);
    node_id second = node_next_same_field(tree, pattern);
    bool element = (second == NODE_NONE ? pattern : second) == symbol->name_node;
    return element ? element_of(values_of(values, node_child(tree, symbol->node, FIELD_ITERABLE))) : unknown;
}

static struct type constant(struct values *values, const struct symbol *symbol) {
    const struct syntax_tree *tree = values->typer->file->tree;
    switch ((int)node_kind(tree, symbol->node)) {
    case NODE_ASSIGNMENT:
        return node_child(tree, symbol->node, FIELD_LEFT) == symbol->name_node ? values_of(values, symbol->value)
                                                                              : values_of_pattern(values, symbol->name_node);
    case NODE_FOR_EXPRESSION:
    case NODE_JSX_FOR:
    case NODE_COMPREHENSION_CLAUSE:
        return loop_name(values, symbol);
    case NODE_MATCH_ARM:
        return values_of_pattern(values, symbol->name_node);
    default:
        return unknown;
    }
}

/* The parameter of a function that is handed the elements of a list, `user` of `users.map(fn(user) …)`. */
static struct type handed(struct values *values, const struct symbol *parameter) {
    node_id list = typer_callback_list(values->typer, parameter);
    return list == NODE_NONE ? unknown : element_of(values_of(values, list));
}

static struct type find_type_of_symbol(struct values *values, uint32_t index) {
    const struct symbol *symbol = analysis_symbol(values->typer->file, index);
    bool nil = node_kind(values->typer->file->tree, symbol->value) == NODE_NIL;
    if (symbol->flags & (SYMBOL_REST | SYMBOL_GENERATOR)) {
        return unknown;
    }
    if (symbol->kind == SYMBOL_PARAMETER && symbol->owner == 0 && symbol->type == NODE_NONE) {
        return handed(values, symbol);
    }
    switch ((int)symbol->kind) {
    case SYMBOL_PARAMETER:
    case SYMBOL_VARIABLE:
    case SYMBOL_STATE:
    case SYMBOL_FIELD:
        return nil ? unknown : types_annotation(values->typer, symbol->type);
    case SYMBOL_CONSTANT:
        return symbol->type != NODE_NONE ? types_annotation(values->typer, symbol->type) : constant(values, symbol);
    case SYMBOL_COMPUTED:
        return symbol->type != NODE_NONE ? types_annotation(values->typer, symbol->type)
                                         : values_of(values, symbol->value);
    case SYMBOL_VARIANT: /* without fields it is a value, with some it makes one */
        return symbol->part_count > 0   ? plain(TYPE_FUNCTION)
               : symbol->owner == 0 ? unknown
                                    : types_of_symbol(values->typer, symbol->owner);
    case SYMBOL_FUNCTION:
        return plain(TYPE_FUNCTION);
    default:
        return unknown;
    }
}

struct type values_of_symbol(struct values *values, uint32_t index) {
    if (values->states[index] == STATE_UNASKED) {
        values->states[index] = STATE_ASKED;
        struct type *type = arena_array(values->typer->arena, struct type, 1);
        *type = find_type_of_symbol(values, index);
        values->symbols[index] = type;
        values->states[index] = STATE_KNOWN;
    }
    return values->states[index] == STATE_KNOWN ? *values->symbols[index] : unknown;
}

/* What a block-level symbol of another file holds. */
static struct type elsewhere(struct values *values, struct package_symbol member) {
    struct typer *typer = values->typer;
    uint32_t own = types_own_symbol(typer, member);
    if (own != 0 || member.symbol == NULL) {
        return own != 0 ? values_of_symbol(values, own) : unknown;
    }
    switch ((int)member.symbol->kind) {
    case SYMBOL_CONSTANT:
    case SYMBOL_STATE:
    case SYMBOL_COMPUTED:
    case SYMBOL_VARIABLE:
        return types_written(typer, member, signature_result(member.symbol->signature));
    case SYMBOL_FUNCTION:
        return member.symbol->flags & SYMBOL_GENERATOR ? unknown : plain(TYPE_FUNCTION);
    default:
        return unknown;
    }
}

static struct type identifier(struct values *values, node_id node) {
    struct typer *typer = values->typer;
    const struct binding *binding = analysis_binding(typer->file, node);
    if (binding == NULL || typer->package == NULL) {
        return unknown;
    }
    struct type type = unknown;
    if (analysis_symbol(typer->file, binding->symbol)->kind == SYMBOL_IMPORT) {
        type = elsewhere(values, typer_imported(typer, binding->symbol));
    } else if (binding->symbol != 0) {
        type = values_of_symbol(values, binding->symbol);
    } else {
        struct block_key key = typer->file->blocks.items[binding->block].key;
        type = elsewhere(values, package_meaning(typer->package, key, binding->name, binding->access));
    }
    bool self = type.kind == TYPE_UNKNOWN && analysis_symbol(typer->file, binding->symbol)->kind == SYMBOL_PARAMETER &&
                str_equal(analysis_name(typer->file, binding->name), STR("self"));
    return self ? by_typer(values, node) : type;
}

/* ---- literals */

/* What says its type by being written. */
static struct type literal(struct values *values, node_id node) {
    static const enum type_kind kinds[NODE_KIND_COUNT] = {
        [NODE_STRING] = TYPE_STRING,
        [NODE_TRIPLE_STRING] = TYPE_STRING,
        [NODE_SINGLE_STRING] = TYPE_STRING,
        [NODE_RAW_STRING] = TYPE_STRING,
        [NODE_TRUE] = TYPE_BOOL,
        [NODE_FALSE] = TYPE_BOOL,
        [NODE_NIL] = TYPE_NIL,
        [NODE_OBJECT] = TYPE_RECORD,
        [NODE_LAMBDA] = TYPE_FUNCTION,
        [NODE_FUNCTION_EXPRESSION] = TYPE_FUNCTION,
    };
    return plain(kinds[node_kind(values->typer->file->tree, node)]);
}

static struct type number(struct values *values, node_id node) {
    struct str digits = node_text(values->typer->file->tree, node);
    bool prefixed = digits.size > 1 && digits.data[0] == '0' && digits.data[1] >= 'A';
    bool power = false, point = false;
    for (size_t i = 0; i < digits.size; i++) {
        power = power || digits.data[i] == 'e' || digits.data[i] == 'E';
        point = point || digits.data[i] == '.';
    }
    if (!prefixed && power) {
        return plain(TYPE_NUMBER);
    }
    return plain(prefixed || !point ? TYPE_INT : TYPE_FLOAT);
}

/* A list has a type of its elements where all of them have one. */
static struct type list(struct values *values, node_id node) {
    const struct syntax_tree *tree = values->typer->file->tree;
    struct type *element = arena_array(values->typer->arena, struct type, 1);
    bool same = node_child_of_kind(tree, node, NODE_COMPREHENSION_CLAUSE) == NODE_NONE;
    unsigned count = 0;
    NODE_EACH(child, tree, node) {
        if (same && !node_is_comment(tree, child)) {
            struct type type = values_of(values, child);
            same = type.kind != TYPE_UNKNOWN && type.kind != TYPE_RECORD && type.kind != TYPE_UNION && (count == 0 || type.kind == element->kind) &&
                   (type.kind != TYPE_NAMED || count == 0 ||
                    types_name(values->typer, type) == types_name(values->typer, *element));
            *element = count++ == 0 ? type : *element;
        }
    }
    *element = same && count > 0 ? *element : unknown;
    return (struct type){.kind = TYPE_LIST, .parts = element, .count = 1};
}

static struct type group(struct values *values, node_id node) {
    const struct syntax_tree *tree = values->typer->file->tree;
    node_id first = node_first_plain(tree, node);
    if (first == NODE_NONE) {
        return unknown;
    }
    return node_next_plain(tree, first) == NODE_NONE ? values_of(values, first) : plain(TYPE_TUPLE);
}

static struct type struct_literal(struct values *values, node_id node) { return by_typer(values, node); }

/* ---- operators */

static bool is_number(struct type type) {
    return type.kind == TYPE_INT || type.kind == TYPE_FLOAT || type.kind == TYPE_NUMBER;
}

struct type values_of_operation(struct str operator, struct type left, struct type right) {
    bool texts = left.kind == TYPE_STRING || right.kind == TYPE_STRING;
    bool known = left.kind != TYPE_UNKNOWN && right.kind != TYPE_UNKNOWN;
    if (str_equal(operator, STR("+")) && known && texts) {
        return plain(TYPE_STRING);
    }
    if (str_equal(operator, STR("++")) && left.kind == TYPE_STRING && right.kind == TYPE_STRING) {
        return plain(TYPE_STRING);
    }
    if (str_equal(operator, STR("*")) && left.kind == TYPE_STRING) {
        return plain(TYPE_STRING);
    }
    if (!is_number(left) || !is_number(right)) {
        return unknown;
    }
    if (str_equal(operator, STR("/")) || str_equal(operator, STR("**")) || left.kind == TYPE_NUMBER ||
        right.kind == TYPE_NUMBER) {
        return plain(TYPE_NUMBER);
    }
    return plain(left.kind == TYPE_INT && right.kind == TYPE_INT ? TYPE_INT : TYPE_FLOAT);
}

/* `.age > 18` is a function of a row where it is an argument. */
static bool has_column(const struct syntax_tree *tree, node_id node) {
    for (node_id at = node; at < tree->nodes[node].next; at++) {
        if (node_kind(tree, at) == NODE_COLUMN || node_kind(tree, at) == NODE_PIPE_EXPRESSION) {
            return true;
        }
    }
    return false;
}

static struct type binary(struct values *values, node_id node) {
    static const struct str answers[] = {STR_INIT("=="), STR_INIT("!="), STR_INIT("<"),  STR_INIT("<="), STR_INIT(">"),
                                         STR_INIT(">="), STR_INIT("in"), STR_INIT("is"), STR_INIT("not")};
    static const struct str arithmetic[] = {STR_INIT("+"), STR_INIT("-"), STR_INIT("*"),  STR_INIT("/"),
                                            STR_INIT("%"), STR_INIT("**"), STR_INIT("++")};
    static const struct str choices[] = {STR_INIT("and"), STR_INIT("or"), STR_INIT("&&"), STR_INIT("||")};
    const struct syntax_tree *tree = values->typer->file->tree;
    struct str operator= node_text(tree, node_child(tree, node, FIELD_OPERATOR));
    if (has_column(tree, node)) {
        return unknown;
    }
    if (str_is_one_of(operator, answers, sizeof answers / sizeof *answers)) {
        return plain(TYPE_BOOL);
    }
    bool chosen = str_is_one_of(operator, choices, sizeof choices / sizeof *choices);
    if (!chosen && !str_is_one_of(operator, arithmetic, sizeof arithmetic / sizeof *arithmetic)) {
        return unknown;
    }
    struct type left = values_of(values, node_child(tree, node, FIELD_LEFT));
    struct type right = values_of(values, node_child(tree, node, FIELD_RIGHT));
    if (chosen) {
        return left.kind == TYPE_BOOL && right.kind == TYPE_BOOL ? left : unknown;
    }
    return values_of_operation(operator, left, right);
}

static struct type unary(struct values *values, node_id node) {
    const struct syntax_tree *tree = values->typer->file->tree;
    struct str operator= node_text(tree, node_child(tree, node, FIELD_OPERATOR));
    if (has_column(tree, node)) {
        return unknown;
    }
    if (str_equal(operator, STR("not")) || str_equal(operator, STR("!"))) {
        return plain(TYPE_BOOL);
    }
    struct type operand = values_of(values, node_child(tree, node, FIELD_OPERAND));
    return str_equal(operator, STR("-")) && is_number(operand) ? operand : unknown;
}

/* ---- parts */

/* Does `?.` stand somewhere in `a?.b.c`? Then the whole may be nil. */
static bool may_end(const struct syntax_tree *tree, node_id chain) {
    while (node_kind(tree, chain) == NODE_MEMBER_EXPRESSION) {
        if (str_equal(node_text(tree, node_child(tree, chain, FIELD_OPERATOR)), STR("?."))) {
            return true;
        }
        chain = node_child(tree, chain, FIELD_OBJECT);
    }
    return false;
}

static struct type member(struct values *values, node_id node) {
    const struct file_analysis *file = values->typer->file;
    node_id object = node_child(file->tree, node, FIELD_OBJECT);
    struct type type = types_without_nil(values_of(values, object)), part = unknown;
    struct str name = node_text(file->tree, node_child(file->tree, node, FIELD_PROPERTY));
    atom_id atom = types_has_fields(type) ? atom_find(file->atoms, name) : ATOM_NONE;
    bool counted = (type.kind == TYPE_LIST || type.kind == TYPE_STRING) && str_equal(name, STR("length"));
    if (atom != ATOM_NONE) {
        part = types_field(values->typer, type, atom);
    } else if (counted) {
        part = plain(TYPE_INT);
    }
    return part.kind != TYPE_UNKNOWN && may_end(file->tree, node) ? types_or_nil(values->typer, part) : part;
}

static struct type element(struct values *values, node_id node) {
    const struct syntax_tree *tree = values->typer->file->tree;
    struct type type = values_of(values, node_child(tree, node, FIELD_OBJECT));
    node_id index = node_child(tree, node, FIELD_INDEX);
    bool slice = node_kind(tree, index) == NODE_SLICE;
    if (type.kind == TYPE_STRING || (slice && type.kind == TYPE_LIST)) {
        return type;
    }
    return is_number(values_of(values, index)) ? element_of(type) : unknown; /* a range gives a list */
}

static struct type awaited(struct values *values, node_id node) {
    return values_of(values, node_child(values->typer->file->tree, node, FIELD_VALUE));
}

/* `e?`: what an Ok or a Some carries. */
static struct type propagated(struct values *values, node_id node) {
    struct type type = awaited(values, node);
    bool carries = type.kind == TYPE_OPTION || type.kind == TYPE_RESULT;
    return carries && type.count > 0 ? type.parts[0] : unknown;
}

/* What the typer knows beside are pipes through what keeps the items of a list as they are. */
static struct type pipe(struct values *values, node_id node) {
    struct type type = values_of_call(values, node_child(values->typer->file->tree, node, FIELD_RIGHT));
    return type.kind == TYPE_UNKNOWN ? by_typer(values, node) : type;
}

static struct type (*const rules[NODE_KIND_COUNT])(struct values *values, node_id node) = {
    [NODE_STRING] = literal,
    [NODE_TRIPLE_STRING] = literal,
    [NODE_SINGLE_STRING] = literal,
    [NODE_RAW_STRING] = literal,
    [NODE_TRUE] = literal,
    [NODE_FALSE] = literal,
    [NODE_NIL] = literal,
    [NODE_NUMBER] = number,
    [NODE_ARRAY] = list,
    [NODE_OBJECT] = literal,
    [NODE_LAMBDA] = literal,
    [NODE_FUNCTION_EXPRESSION] = literal,
    [NODE_IDENTIFIER] = identifier,
    [NODE_MEMBER_EXPRESSION] = member,
    [NODE_CALL_EXPRESSION] = values_of_call,
    [NODE_PIPE_EXPRESSION] = pipe,
    [NODE_BINARY_EXPRESSION] = binary,
    [NODE_UNARY_EXPRESSION] = unary,
    [NODE_INDEX_EXPRESSION] = element,
    [NODE_PAREN_LIST] = group,
    [NODE_STRUCT_LITERAL] = struct_literal,
    [NODE_AWAIT_EXPRESSION] = awaited,
    [NODE_PROPAGATE_EXPRESSION] = propagated,
};

struct type values_of(struct values *values, node_id node) {
    const struct file_analysis *file = values->typer->file;
    struct type (*rule)(struct values *, node_id) = rules[node_kind(file->tree, node)];
    if (rule == NULL || values->depth >= DEPTH || node_has_error(file->tree, node)) {
        return unknown;
    }
    if (file->marks[node] & MARK_IT) {
        return plain(TYPE_FUNCTION);
    }
    values->depth++;
    struct type type = rule(values, node);
    values->depth--;
    return type;
}
