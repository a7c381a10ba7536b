/* Where values meet declared types: arguments, properties, results, annotated names and fields, operands. */
#include "analysis/checks.h"
#include "analysis/placeholders.h"

/* ---- arguments */

struct type parameter_type(struct check *check, const struct callee *callee, uint32_t index) {
    const struct summary_parameter *parameter = &callee->parameters[index];
    uint32_t own = callee->symbol != 0 ? callee->symbol : types_own_symbol(&check->typer, callee->member);
    if (parameter->rest || parameter->type.size == 0) {
        return (struct type){.kind = TYPE_UNKNOWN};
    }
    if (own != 0) {
        const struct symbol *symbol = analysis_symbol(check->file, own);
        node_id type = analysis_symbol(check->file, symbol->first_part + index)->type;
        return index < symbol->part_count ? types_annotation(&check->typer, type) : (struct type){.kind = TYPE_UNKNOWN};
    }
    return types_written(&check->typer, callee->member, parameter->type);
}

static void check_argument(struct check *check, node_id value, const struct callee *callee, uint32_t index) {
    if (index >= callee->count) {
        return;
    }
    const struct summary_parameter *parameter = &callee->parameters[index];
    struct expected expected = {.code = DIAGNOSTIC_ARGUMENT_TYPE,
                                .subject = SUBJECT_PART,
                                .name = analysis_name(check->file, parameter->name),
                                .owner = callee->name,
                                .declared = callee->declared,
                                .path = callee->path,
                                .said = callee->signature,
                                .remote = callee->remote};
    expected.type = parameter_type(check, callee, index);
    bool nil = node_kind(check->file->tree, value) == NODE_NIL;
    bool may_be_nil = parameter->has_default || callee->optional || callee->record;
    if (expected.type.kind != TYPE_UNKNOWN && !(nil && may_be_nil)) {
        check_expected(check, value, &expected);
    }
}

static uint32_t parameter_named(struct check *check, const struct callee *callee, struct str name) {
    uint32_t i = 0;
    while (i < callee->count && !str_equal(analysis_name(check->file, callee->parameters[i].name), name)) {
        i++;
    }
    return i;
}

/* What comes through a pipe is the first argument, unless `_` says where it goes. */
static node_id piped_value(const struct syntax_tree *tree, node_id call) {
    node_id pipe = node_parent(tree, call);
    if (node_kind(tree, pipe) != NODE_PIPE_EXPRESSION || node_field(tree, call) != FIELD_RIGHT) {
        return NODE_NONE;
    }
    NODE_EACH(argument, tree, node_child(tree, call, FIELD_ARGUMENTS)) {
        if (placeholder_is_argument(tree, argument)) {
            return NODE_NONE;
        }
    }
    return node_child(tree, pipe, FIELD_LEFT);
}

void check_argument_types(struct check *check, node_id call, const struct callee *callee) {
    const struct syntax_tree *tree = check->file->tree;
    node_id piped = piped_value(tree, call);
    uint32_t position = 0;
    if (piped != NODE_NONE) {
        check_argument(check, piped, callee, position++);
    }
    NODE_EACH(argument, tree, node_child(tree, call, FIELD_ARGUMENTS)) {
        enum node_kind kind = node_kind(tree, argument);
        if (kind == NODE_NAMED_ARGUMENT) {
            struct str name = node_text(tree, node_child(tree, argument, FIELD_NAME));
            check_argument(check, node_child(tree, argument, FIELD_VALUE), callee, parameter_named(check, callee, name));
        } else if (!node_is_comment(tree, argument)) {
            check_argument(check, argument, callee, position++);
        }
    }
}

void check_entry_types(struct check *check, node_id object, const struct callee *callee) {
    const struct syntax_tree *tree = check->file->tree;
    NODE_EACH(entry, tree, object) {
        bool pair = node_kind(tree, entry) == NODE_PAIR;
        node_id key = pair ? node_child(tree, entry, FIELD_KEY) : entry;
        struct str name = node_text(tree, key);
        if (node_kind(tree, key) == NODE_STRING) {
            name = str_slice(name, 1, name.size - 1);
        }
        if (pair || node_kind(tree, entry) == NODE_IDENTIFIER) {
            node_id value = pair ? node_child(tree, entry, FIELD_VALUE) : entry;
            check_argument(check, value, callee, parameter_named(check, callee, name));
        }
    }
}

/* ---- properties of components */

bool component_meant(struct check *check, node_id element, struct callee *callee) {
    const struct file_analysis *file = check->file;
    const struct binding *binding = analysis_binding(file, node_child(file->tree, element, FIELD_NAME));
    if (binding == NULL) {
        return false;
    }
    enum symbol_kind own = analysis_symbol(file, binding->symbol)->kind;
    struct package_symbol found = {NULL, NULL};
    if (own == SYMBOL_COMPONENT) {
        *callee = callee_of_local(check, binding->symbol);
        callee->optional = true;
        return true;
    }
    if (own == SYMBOL_IMPORT) {
        found = typer_imported(&check->typer, binding->symbol);
    } else if (binding->symbol == 0) {
        found = package_meaning(check->package, file->blocks.items[binding->block].key, binding->name, ACCESS_TAG);
    }
    if (found.symbol == NULL || found.symbol->kind != SYMBOL_COMPONENT) {
        return false;
    }
    *callee = (struct callee){.name = analysis_name(file, found.symbol->name),
                              .signature = found.symbol->signature,
                              .parameters = found.symbol->parameters,
                              .count = found.symbol->parameter_count,
                              .optional = true,
                              .declared = found.symbol->name_span,
                              .path = found.file == check->summary ? (struct str){0} : found.file->path,
                              .member = found};
    return true;
}

void check_property_types(struct check *check, node_id element) {
    const struct syntax_tree *tree = check->file->tree;
    struct callee callee;
    if (!component_meant(check, element, &callee)) {
        return;
    }
    NODE_EACH(attribute, tree, element) {
        if (node_kind(tree, attribute) == NODE_JSX_ATTRIBUTE) {
            struct str name = node_text(tree, node_child(tree, attribute, FIELD_NAME));
            node_id value = node_child(tree, attribute, FIELD_VALUE);
            bool braces = node_kind(tree, value) == NODE_JSX_EXPRESSION;
            value = braces ? node_child(tree, value, FIELD_VALUE) : value;
            check_argument(check, value, &callee, parameter_named(check, &callee, name));
        }
    }
}

/* ---- results */

static struct expected result_of(struct check *check, node_id function) {
    const struct syntax_tree *tree = check->file->tree;
    node_id type = node_child(tree, function, FIELD_RETURN_TYPE);
    node_id name = node_child(tree, function, FIELD_NAME);
    struct expected expected = {.code = DIAGNOSTIC_RESULT_TYPE,
                                .subject = SUBJECT_RESULT,
                                .name = node_text(tree, name),
                                .declared = node_span(tree, type),
                                .said = STR("The type of the result is declared here.")};
    expected.type = type == NODE_NONE ? (struct type){.kind = TYPE_UNKNOWN} : types_annotation(&check->typer, type);
    if (expected.type.kind == TYPE_NIL) {
        expected.type.kind = TYPE_UNKNOWN; /* what the last line happens to give is given to nobody */
    }
    return expected;
}

static bool yields(struct check *check, node_id function) {
    const struct symbol *symbol = analysis_symbol_of(check->file, node_child(check->file->tree, function, FIELD_NAME));
    return symbol != NULL && (symbol->flags & SYMBOL_GENERATOR) != 0;
}

void check_function_type(struct check *check, node_id function) {
    if (node_child(check->file->tree, function, FIELD_RETURN_TYPE) == NODE_NONE || yields(check, function)) {
        return;
    }
    struct expected expected = result_of(check, function);
    check_expected(check, node_child(check->file->tree, function, FIELD_BODY), &expected);
}

void check_return_type(struct check *check, node_id statement) {
    static const enum node_kind functions[] = {NODE_FUNCTION_DECLARATION, NODE_FUNCTION_EXPRESSION, NODE_LAMBDA,
                                               NODE_EFFECT_DECLARATION, NODE_COMPONENT_DECLARATION, NODE_DEFER_STATEMENT,
                                               NODE_ROUTE_DECLARATION, NODE_DIRECTIVE, NODE_COMPUTED_DECLARATION};
    const struct syntax_tree *tree = check->file->tree;
    node_id value = node_child(tree, statement, FIELD_VALUE);
    for (node_id node = statement; value != NODE_NONE && node != NODE_NONE; node = node_parent(tree, node)) {
        for (size_t i = 0; i < sizeof functions / sizeof *functions; i++) {
            if (node_kind(tree, node) == functions[i]) {
                bool typed = i < 2 && !yields(check, node);
                struct expected expected = typed ? result_of(check, node) : (struct expected){.code = DIAGNOSTIC_RESULT_TYPE};
                check_expected(check, value, &expected);
                return;
            }
        }
    }
}

/* ---- names and fields */

static void check_given(struct check *check, node_id value, struct type type, struct str name, node_id declared) {
    struct expected expected = {.type = type,
                                .code = DIAGNOSTIC_VALUE_TYPE,
                                .subject = SUBJECT_NAME,
                                .name = name,
                                .declared = node_span(check->file->tree, declared),
                                .said = STR("Its type is declared here.")};
    check_expected(check, value, &expected);
}

void check_declared_type(struct check *check, node_id declaration) {
    const struct syntax_tree *tree = check->file->tree;
    node_id type = node_child(tree, declaration, FIELD_TYPE);
    node_id value = node_child(tree, declaration, FIELD_VALUE);
    value = value != NODE_NONE ? value : node_child(tree, declaration, FIELD_DEFAULT);
    if (type != NODE_NONE && value != NODE_NONE) {
        struct str name = node_text(tree, node_child(tree, declaration, FIELD_NAME));
        check_given(check, value, types_annotation(&check->typer, type), name, type);
    }
}

/* What a name is that may be assigned again: as it is declared, else as the text, number or truth that it begins with. */
static struct type assigned_type(struct check *check, const struct symbol *symbol) {
    if (symbol->type != NODE_NONE) {
        return types_annotation(&check->typer, symbol->type);
    }
    struct type type = values_of(&check->values, symbol->value);
    switch ((int)type.kind) {
    case TYPE_INT:
    case TYPE_FLOAT:
    case TYPE_NUMBER: /* whole or not is not promised */
        return (struct type){.kind = TYPE_NUMBER, .text = types_text(&check->typer, type)};
    case TYPE_STRING:
    case TYPE_BOOL:
        return type;
    default:
        return (struct type){.kind = TYPE_UNKNOWN};
    }
}

/* The value that an assignment gives to a name which exists. */
static void check_given_again(struct check *check, node_id value, const struct symbol *symbol) {
    bool declared = symbol->type != NODE_NONE;
    node_id place = declared ? symbol->type : symbol->value;
    struct expected expected = {.type = assigned_type(check, symbol),
                                .code = DIAGNOSTIC_VALUE_TYPE,
                                .subject = SUBJECT_NAME,
                                .name = analysis_name(check->file, symbol->name),
                                .declared = node_span(check->file->tree, place),
                                .said = declared ? STR("Its type is declared here.") : STR("It begins as this.")};
    check_expected(check, value, &expected);
}

static void check_field_given(struct check *check, node_id left, node_id value) {
    struct type object = values_of(&check->values, node_child(check->file->tree, left, FIELD_OBJECT));
    struct str name = node_text(check->file->tree, node_child(check->file->tree, left, FIELD_PROPERTY));
    if (types_has_fields(object)) {
        struct expected expected = {.type = values_of(&check->values, left),
                                    .code = DIAGNOSTIC_VALUE_TYPE,
                                    .subject = SUBJECT_PART,
                                    .name = name,
                                    .owner = types_text(&check->typer, object)};
        check_expected(check, value, &expected);
    }
}

void check_assigned_type(struct check *check, node_id assignment) {
    const struct syntax_tree *tree = check->file->tree;
    node_id left = node_child(tree, assignment, FIELD_LEFT);
    node_id type = node_child(tree, assignment, FIELD_TYPE);
    node_id value = node_child(tree, assignment, FIELD_RIGHT);
    if (type != NODE_NONE) {
        check_given(check, value, types_annotation(&check->typer, type), node_text(tree, left), type);
        return;
    }
    if (node_kind(tree, left) == NODE_MEMBER_EXPRESSION) {
        check_field_given(check, left, value);
        return;
    }
    const struct symbol *symbol = node_kind(tree, left) == NODE_IDENTIFIER ? analysis_symbol_of(check->file, left) : NULL;
    if (symbol != NULL && symbol->node != assignment && (symbol->flags & SYMBOL_MUTABLE)) {
        check_given_again(check, value, symbol);
    }
}

/* ---- operators */

static bool reckons(struct str operator) {
    static const struct str words[] = {STR_INIT("-"), STR_INIT("*"), STR_INIT("/"), STR_INIT("%"), STR_INIT("**")};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        if (str_equal(words[i], operator)) {
            return true;
        }
    }
    return false;
}

static bool is_no_number(enum type_kind kind) {
    return kind == TYPE_STRING || kind == TYPE_LIST || kind == TYPE_RECORD || kind == TYPE_FUNCTION || kind == TYPE_TUPLE;
}

static void check_operand(struct check *check, node_id node, struct str operator) {
    struct type type = values_of(&check->values, node);
    if (is_no_number(type.kind)) {
        struct str text = types_text(&check->typer, type);
        CHECK_REPORT(check, OPERAND_TYPE, node_span(check->file->tree, node),
                     "`%.*s` reckons with numbers, and this is `%.*s`.", STR_ARGUMENTS(operator), STR_ARGUMENTS(text));
    }
}

static void check_operands(struct check *check, struct str operator, node_id left, node_id right) {
    bool times = str_equal(operator, STR("*")); /* repeats a text */
    if (!reckons(operator)) {
        return;
    }
    if (!times) {
        check_operand(check, left, operator);
        check_operand(check, right, operator);
    } else if (values_of(&check->values, left).kind == TYPE_STRING &&
               is_no_number(values_of(&check->values, right).kind)) {
        check_operand(check, right, STR("*"));
    }
}

void check_operand_types(struct check *check, node_id operation) {
    const struct syntax_tree *tree = check->file->tree;
    struct str operator= node_text(tree, node_child(tree, operation, FIELD_OPERATOR));
    check_operands(check, operator, node_child(tree, operation, FIELD_LEFT), node_child(tree, operation, FIELD_RIGHT));
}

void check_augmented_type(struct check *check, node_id assignment) {
    const struct syntax_tree *tree = check->file->tree;
    struct str operator= node_text(tree, node_child(tree, assignment, FIELD_OPERATOR));
    node_id left = node_child(tree, assignment, FIELD_LEFT), right = node_child(tree, assignment, FIELD_RIGHT);
    operator= operator.size > 1 ? str_slice(operator, 0, operator.size - 1) : operator;
    check_operands(check, operator, left, right);
    const struct symbol *symbol = node_kind(tree, left) == NODE_IDENTIFIER ? analysis_symbol_of(check->file, left) : NULL;
    if (symbol == NULL || (symbol->flags & SYMBOL_MUTABLE) == 0 || !str_equal(operator, STR("+"))) {
        return;
    }
    bool text = values_of(&check->values, right).kind == TYPE_STRING;
    if (text && assigned_type(check, symbol).kind != TYPE_STRING) {
        check_given_again(check, right, symbol);
    }
}
