/* The types of values by what is written: literals, names, operators, fields. Calls are in type_text_calls.c. */
#include "analysis/type_text.h"

#include "analysis/lookup.h"
#include "analysis/objects.h"
#include "analysis/signature_text.h"

enum { DEPTH = 48, STEPS = 2000, MOST_ITEMS = 64 };

static const struct str unknown = {NULL, 0};

/* ---- names */

struct package_symbol type_text_named(struct typer *typer, uint32_t offset, struct str name) {
    const struct file_analysis *file = typer->file;
    struct package_symbol found = {NULL, NULL};
    bool optional = name.size > 1 && name.data[name.size - 1] == '?';
    atom_id atom = atom_find(file->atoms, optional ? str_slice(name, 0, name.size - 1) : name);
    if (atom == ATOM_NONE || typer->package == NULL) {
        return found;
    }
    for (unsigned i = 0; i < file->imported.count && found.symbol == NULL; i++) {
        uint32_t symbol = file->imported.items[i].symbol;
        if (analysis_symbol(file, symbol)->name == atom) {
            found = typer_imported(typer, symbol);
        }
    }
    if (found.symbol == NULL) {
        found = package_lookup(typer->package, file->blocks.items[lookup_block(file, offset)].key, atom, true);
    }
    return found;
}

struct str type_text_element(struct str list) {
    if (list.size > 2 && list.data[0] == '[' && list.data[list.size - 1] == ']') {
        return str_trim(str_slice(list, 1, list.size - 1));
    }
    if (str_starts_with(list, STR("List<")) && list.data[list.size - 1] == '>') {
        return str_trim(str_slice(list, 5, list.size - 1));
    }
    return str_equal(list, STR("String")) ? list : unknown;
}

struct str type_text_of_member(struct typer *typer, struct package_symbol member) {
    if (member.symbol == NULL) {
        return unknown;
    }
    if (typer->package != NULL && member.file == package_file(typer->package, typer->file->path)) {
        return type_text_of_symbol(typer, member.symbol->local);
    }
    switch ((int)member.symbol->kind) {
    case SYMBOL_STATE:
    case SYMBOL_COMPUTED:
    case SYMBOL_CONSTANT:
    case SYMBOL_VARIABLE:
        return signature_result(member.symbol->signature);
    case SYMBOL_VARIANT:
        return member.symbol->owner == ATOM_NONE ? unknown : atom_text(typer->file->atoms, member.symbol->owner);
    default:
        return unknown;
    }
}

/* `for user in users`: an element; with two names the second one is, and the first is a number. */
static struct str loop_name(struct typer *typer, const struct symbol *symbol) {
    const struct syntax_tree *tree = typer->file->tree;
    node_id pattern = node_child(tree, symbol->node, FIELD_PATTERN);
    node_id second = node_next_same_field(tree, pattern);
    if (second != NODE_NONE && pattern == symbol->name_node) {
        return STR("Int");
    }
    if ((second == NODE_NONE ? pattern : second) != symbol->name_node) {
        return unknown;
    }
    return type_text_element(type_text(typer, node_child(tree, symbol->node, FIELD_ITERABLE)));
}

/* The attribute whose value a function is the whole of: `on:click={fn(e) …}`. */
static bool handles_event(const struct syntax_tree *tree, node_id parameter) {
    node_id node = parameter;
    while (node != NODE_NONE && node_kind(tree, node) != NODE_LAMBDA &&
           node_kind(tree, node) != NODE_FUNCTION_EXPRESSION) {
        node = node_parent(tree, node);
    }
    node_id value = node_parent(tree, node);
    node_id name = node_child(tree, node_parent(tree, value), FIELD_NAME);
    return node_kind(tree, value) == NODE_JSX_EXPRESSION && str_starts_with(node_text(tree, name), STR("on:"));
}

/* Is it the first parameter of a function that markup names as what handles an event: `on:submit={save}`? */
static bool is_handler(const struct file_analysis *file, const struct symbol *parameter) {
    const struct syntax_tree *tree = file->tree;
    const struct symbol *function = analysis_symbol(file, parameter->owner);
    bool first = function->kind == SYMBOL_FUNCTION && analysis_symbol(file, function->first_part) == parameter;
    for (unsigned i = 0; first && i < file->bindings.count; i++) {
        const struct binding *binding = &file->bindings.items[i];
        node_id value = node_parent(tree, binding->node);
        if (binding->symbol == parameter->owner && node_kind(tree, value) == NODE_JSX_EXPRESSION &&
            str_starts_with(node_text(tree, node_child(tree, node_parent(tree, value), FIELD_NAME)), STR("on:"))) {
            return true;
        }
    }
    return false;
}

static struct str parameter_type(struct typer *typer, const struct symbol *symbol) {
    const struct file_analysis *file = typer->file;
    struct str name = analysis_name(file, symbol->name);
    enum block_kind block = file->blocks.items[symbol->block].key.kind;
    if (symbol->value != NODE_NONE) {
        return type_text(typer, symbol->value);
    }
    if (symbol->flags & SYMBOL_SOCKET) {
        return STR("WebSocket");
    }
    if (block == BLOCK_SERVER && str_equal(name, STR("req"))) {
        return STR("Request");
    }
    if (str_equal(name, STR("self"))) {
        node_id impl = node_ancestor(file->tree, symbol->node, NODE_IMPL_DECLARATION);
        return node_text(file->tree, node_child(file->tree, impl, FIELD_TYPE));
    }
    if (symbol->owner != 0) {
        bool event = block == BLOCK_BROWSER && is_handler(file, symbol);
        return event ? STR("Event") : unknown;
    }
    return handles_event(file->tree, symbol->node) ? STR("Event") : type_text_of_callback(typer, symbol);
}

static struct str constant_type(struct typer *typer, const struct symbol *symbol) {
    const struct syntax_tree *tree = typer->file->tree;
    switch ((int)node_kind(tree, symbol->node)) {
    case NODE_ASSIGNMENT:
        return node_child(tree, symbol->node, FIELD_LEFT) == symbol->name_node
                   ? type_text(typer, symbol->value)
                   : type_text_of_pattern(typer, symbol->name_node);
    case NODE_FOR_EXPRESSION:
    case NODE_JSX_FOR:
        return loop_name(typer, symbol);
    case NODE_TRY_EXPRESSION:
        return STR("Error");
    default:
        return type_text_of_pattern(typer, symbol->name_node);
    }
}

/* May the assignments of a symbol be asked what they say of it? Not while that is being asked. */
static bool may_ask_writes(const struct typer *typer, uint32_t index) {
    for (unsigned i = 0; i < typer->written_count; i++) {
        if (typer->written[i] == index) {
            return false;
        }
    }
    return typer->written_count < sizeof typer->written / sizeof *typer->written;
}

/* What begins empty, `state users = []`, is what the first assignment gives that says more. */
static struct str type_of_writes(struct typer *typer, uint32_t index) {
    const struct file_analysis *file = typer->file;
    struct str found = unknown;
    if (!may_ask_writes(typer, index)) {
        return found;
    }
    typer->written[typer->written_count++] = index;
    for (unsigned i = 0; i < file->bindings.count && found.size == 0; i++) {
        const struct binding *binding = &file->bindings.items[i];
        node_id assignment = node_parent(file->tree, binding->node);
        if (binding->symbol == index && binding->access == ACCESS_WRITE &&
            node_kind(file->tree, assignment) == NODE_ASSIGNMENT && node_field(file->tree, binding->node) == FIELD_LEFT) {
            struct str type = type_text(typer, node_child(file->tree, assignment, FIELD_RIGHT));
            found = str_equal(type, STR("[Any]")) || str_equal(type, STR("Any")) ? unknown : type;
        }
    }
    typer->written_count--;
    return found;
}

static struct str variable_type(struct typer *typer, uint32_t index) {
    const struct syntax_tree *tree = typer->file->tree;
    node_id value = analysis_symbol(typer->file, index)->value;
    bool nil = node_kind(tree, value) == NODE_NIL;
    bool empty = node_kind(tree, value) == NODE_ARRAY && node_first_plain(tree, value) == NODE_NONE;
    struct str later = nil || empty ? type_of_writes(typer, index) : unknown;
    if (later.size == 0) {
        return type_text(typer, value);
    }
    bool optional = nil && !str_ends_with(later, STR("?"));
    return optional ? arena_concat(typer->arena, later, STR("?")) : later;
}

struct str type_text_of_symbol(struct typer *typer, uint32_t index) {
    const struct file_analysis *file = typer->file;
    const struct symbol *symbol = analysis_symbol(file, index);
    bool holds = symbol->kind == SYMBOL_PARAMETER || symbol->kind == SYMBOL_CONSTANT ||
                 symbol->kind == SYMBOL_VARIABLE || symbol->kind == SYMBOL_STATE || symbol->kind == SYMBOL_COMPUTED ||
                 symbol->kind == SYMBOL_FIELD;
    if (holds && symbol->type != NODE_NONE) {
        return node_text(file->tree, symbol->type);
    }
    switch ((int)symbol->kind) {
    case SYMBOL_PARAMETER:
        return parameter_type(typer, symbol);
    case SYMBOL_CONSTANT:
        return constant_type(typer, symbol);
    case SYMBOL_VARIABLE:
    case SYMBOL_STATE:
        return variable_type(typer, index);
    case SYMBOL_COMPUTED:
        return type_text(typer, symbol->value);
    case SYMBOL_VARIANT:
        return symbol->owner == 0 ? unknown : analysis_name(file, analysis_symbol(file, symbol->owner)->name);
    case SYMBOL_IMPORT:
        return type_text_of_member(typer, typer_imported(typer, index));
    default:
        return unknown;
    }
}

static struct str identifier_type(struct typer *typer, node_id node) {
    const struct file_analysis *file = typer->file;
    const struct binding *binding = analysis_binding(file, node);
    enum builtin builtin;
    if (binding == NULL || typer->package == NULL) {
        return unknown;
    }
    if (binding->symbol != 0) {
        return type_text_of_symbol(typer, binding->symbol);
    }
    if (lookup_builtin(file, typer->package, node, &builtin)) {
        struct str signature = builtin_info(builtin)->signature;
        struct str list;
        return signature_list(signature, &list) ? unknown : signature_result(signature);
    }
    struct block_key key = file->blocks.items[binding->block].key;
    return type_text_of_member(typer, package_meaning(typer->package, key, binding->name, binding->access));
}

/* ---- parts */

/* A field of a type or model by the words of its declaration. */
static struct str field_type(struct package_symbol type, const struct atom_table *atoms, struct str name) {
    for (uint32_t i = 0; type.symbol != NULL && i < type.symbol->parameter_count; i++) {
        if (str_equal(atom_text(atoms, type.symbol->parameters[i].name), name)) {
            return type.symbol->parameters[i].type;
        }
    }
    return unknown;
}

/* A method of an `impl` in this file. */
static struct str method_type(const struct file_analysis *file, struct str type, struct str name) {
    for (unsigned i = 0; i < file->methods.count; i++) {
        const struct type_method *method = &file->methods.items[i];
        const struct symbol *symbol = analysis_symbol(file, method->symbol);
        if (str_equal(analysis_name(file, method->type), type) && str_equal(analysis_name(file, symbol->name), name)) {
            return node_text(file->tree, symbol->type);
        }
    }
    return unknown;
}

/* A member that every value of the type has from the language, with the type's own arguments in place of its variables. */
static struct str object_part(struct typer *typer, struct str type, struct str name) {
    struct builtin_member member;
    enum builtin adopted;
    struct type_variables variables = {0};
    if (!object_member_find(object_of_type(type), name, &member, &adopted)) {
        return unknown;
    }
    type_variables_match(&variables, STR("[T]"), type);
    type_variables_match(&variables, STR("Result<T, E>"), type);
    type_variables_match(&variables, STR("Option<T>"), type);
    return type_variables_apply(typer->arena, &variables, signature_result(member.signature));
}

struct str type_text_of_part(struct typer *typer, node_id object, struct str name) {
    const struct file_analysis *file = typer->file;
    struct known_type known = typer_expression(typer, object);
    atom_id atom = atom_find(file->atoms, name);
    if (known_type_is(known) && !known.list && atom != ATOM_NONE) {
        struct part part = typer_part(typer, known, atom);
        if (part.kind == PART_SYMBOL) {
            return node_text(file->tree, analysis_symbol(file, part.symbol)->type);
        }
        if (part.kind == PART_ELSEWHERE) {
            return field_type(known.member, file->atoms, name);
        }
    }
    struct str type = type_text(typer, object);
    struct str found = object_part(typer, type, name);
    if (found.size == 0 && type.size > 0) {
        found = field_type(type_text_named(typer, node_span(file->tree, object).start, type), file->atoms, name);
    }
    if (found.size == 0 && type.size == 0 && node_kind(file->tree, object) == NODE_IDENTIFIER) {
        struct builtin_member member;
        enum builtin adopted;
        enum object named = object_of_name(node_text(file->tree, object));
        found = object_member_find(named, name, &member, &adopted) ? signature_result(member.signature) : found;
    }
    return found.size > 0 ? found : method_type(file, type, name);
}

static struct str member_type(struct typer *typer, node_id node) {
    const struct syntax_tree *tree = typer->file->tree;
    struct str name = node_text(tree, node_child(tree, node, FIELD_PROPERTY));
    return type_text_of_part(typer, node_child(tree, node, FIELD_OBJECT), name);
}

/* ---- literals and operators */

static struct str text_type(struct typer *typer, node_id node) {
    (void)typer;
    (void)node;
    return STR("String");
}

static struct str bool_type(struct typer *typer, node_id node) {
    (void)typer;
    (void)node;
    return STR("Bool");
}

static struct str function_type(struct typer *typer, node_id node) {
    (void)typer;
    (void)node;
    return STR("Function");
}

static struct str number_type(struct typer *typer, node_id node) {
    struct str digits = node_text(typer->file->tree, node);
    bool prefixed = digits.size > 1 && digits.data[0] == '0' && digits.data[1] >= 'A';
    bool whole = str_find(digits, '.', 0) == digits.size && str_find(digits, 'e', 0) == digits.size &&
                 str_find(digits, 'E', 0) == digits.size;
    return prefixed || whole ? STR("Int") : STR("Float");
}

/* What a list holds whose items are of both types; `Any` where that is no type of its own. */
static struct str common_type(struct str a, struct str b) {
    bool numbers = (str_equal(a, STR("Int")) && str_equal(b, STR("Float"))) ||
                   (str_equal(a, STR("Float")) && str_equal(b, STR("Int")));
    return str_equal(a, b) ? a : numbers ? STR("Float") : STR("Any");
}

/* By the items whose types are known. */
static struct str array_type(struct typer *typer, node_id node) {
    const struct syntax_tree *tree = typer->file->tree;
    struct str element = unknown;
    unsigned count = 0;
    if (node_child_of_kind(tree, node, NODE_COMPREHENSION_CLAUSE) != NODE_NONE) {
        return STR("[Any]");
    }
    for (node_id item = node_first_plain(tree, node); item != NODE_NONE && count < MOST_ITEMS; count++) {
        bool spread = node_kind(tree, item) == NODE_SPREAD;
        struct str type = spread ? type_text_element(type_text(typer, node_child(tree, item, FIELD_VALUE)))
                                 : type_text(typer, item);
        element = element.size == 0 || type.size == 0 ? (type.size > 0 ? type : element) : common_type(element, type);
        item = node_next_plain(tree, item);
    }
    return element.size == 0 ? STR("[Any]") : arena_printf(typer->arena, "[%.*s]", STR_ARGUMENTS(element));
}

static bool is_text(struct str type) { return str_equal(type, STR("String")); }

static bool is_number(struct str type) { return str_equal(type, STR("Int")) || str_equal(type, STR("Float")); }

static struct str arithmetic_type(struct str operator, struct str left, struct str right) {
    if (str_equal(operator, STR("+")) && (is_text(left) || is_text(right))) {
        return STR("String");
    }
    if (str_equal(operator, STR("*")) && is_text(left)) {
        return STR("String");
    }
    if (!is_number(left) || !is_number(right)) {
        return unknown;
    }
    bool whole = str_equal(left, right) && str_equal(left, STR("Int")) && !str_equal(operator, STR("/"));
    return whole ? STR("Int") : STR("Float");
}

static struct str binary_type(struct typer *typer, node_id node) {
    static const struct str arithmetic[] = {STR_INIT("+"), STR_INIT("-"), STR_INIT("*"),
                                            STR_INIT("/"), STR_INIT("%"), STR_INIT("**")};
    static const struct str answers[] = {STR_INIT("=="), STR_INIT("!="), STR_INIT("<"),  STR_INIT("<="), STR_INIT(">"),
                                         STR_INIT(">="), STR_INIT("in"), STR_INIT("is"), STR_INIT("not")};
    const struct syntax_tree *tree = typer->file->tree;
    struct str operator= node_text(tree, node_child(tree, node, FIELD_OPERATOR));
    for (size_t i = 0; i < sizeof answers / sizeof *answers; i++) {
        if (str_equal(operator, answers[i])) {
            return STR("Bool");
        }
    }
    if (str_equal(operator, STR("..")) || str_equal(operator, STR("..="))) {
        return STR("[Int]");
    }
    struct str left = type_text(typer, node_child(tree, node, FIELD_LEFT));
    struct str right = type_text(typer, node_child(tree, node, FIELD_RIGHT));
    for (size_t i = 0; i < sizeof arithmetic / sizeof *arithmetic; i++) {
        if (str_equal(operator, arithmetic[i])) {
            return arithmetic_type(operator, left, right);
        }
    }
    bool same = str_equal(left, right) || left.size == 0 || str_equal(left, STR("Nil"));
    return str_equal(operator, STR("??")) || same ? (same ? right : left) : unknown;
}

static struct str unary_type(struct typer *typer, node_id node) {
    const struct syntax_tree *tree = typer->file->tree;
    bool minus = str_equal(node_text(tree, node_child(tree, node, FIELD_OPERATOR)), STR("-"));
    return minus ? type_text(typer, node_child(tree, node, FIELD_OPERAND)) : STR("Bool");
}

static struct str index_type(struct typer *typer, node_id node) {
    const struct syntax_tree *tree = typer->file->tree;
    struct str list = type_text(typer, node_child(tree, node, FIELD_OBJECT));
    bool slice = node_kind(tree, node_child(tree, node, FIELD_INDEX)) == NODE_SLICE;
    return slice ? list : type_text_element(list);
}

static struct str group_type(struct typer *typer, node_id node) {
    const struct syntax_tree *tree = typer->file->tree;
    node_id first = node_first_plain(tree, node);
    return first != NODE_NONE && node_next_plain(tree, first) == NODE_NONE ? type_text(typer, first) : unknown;
}

static struct str struct_type(struct typer *typer, node_id node) {
    return node_text(typer->file->tree, node_child(typer->file->tree, node, FIELD_NAME));
}

static struct str value_type(struct typer *typer, node_id node) {
    return type_text(typer, node_child(typer->file->tree, node, FIELD_VALUE));
}

/* `e?`: what an Ok or a Some carries. */
static struct str propagated_type(struct typer *typer, node_id node) {
    struct str type = value_type(typer, node);
    struct type_variables variables = {0};
    type_variables_match(&variables, STR("Result<T, E>"), type);
    type_variables_match(&variables, STR("Option<T>"), type);
    struct str inner = variables.values['T' - 'A'];
    return inner.size > 0 ? inner : type;
}

static struct str call_type(struct typer *typer, node_id node) { return type_text_of_call(typer, node, NODE_NONE); }

static struct str pipe_type(struct typer *typer, node_id node) {
    const struct syntax_tree *tree = typer->file->tree;
    return type_text_of_call(typer, node_child(tree, node, FIELD_RIGHT), node_child(tree, node, FIELD_LEFT));
}

static struct str (*const rules[NODE_KIND_COUNT])(struct typer *typer, node_id node) = {
    [NODE_STRING] = text_type,
    [NODE_TRIPLE_STRING] = text_type,
    [NODE_SINGLE_STRING] = text_type,
    [NODE_RAW_STRING] = text_type,
    [NODE_TRUE] = bool_type,
    [NODE_FALSE] = bool_type,
    [NODE_NUMBER] = number_type,
    [NODE_ARRAY] = array_type,
    [NODE_LAMBDA] = function_type,
    [NODE_FUNCTION_EXPRESSION] = function_type,
    [NODE_IDENTIFIER] = identifier_type,
    [NODE_MEMBER_EXPRESSION] = member_type,
    [NODE_CALL_EXPRESSION] = call_type,
    [NODE_PIPE_EXPRESSION] = pipe_type,
    [NODE_BINARY_EXPRESSION] = binary_type,
    [NODE_UNARY_EXPRESSION] = unary_type,
    [NODE_INDEX_EXPRESSION] = index_type,
    [NODE_PAREN_LIST] = group_type,
    [NODE_STRUCT_LITERAL] = struct_type,
    [NODE_AWAIT_EXPRESSION] = value_type,
    [NODE_PROPAGATE_EXPRESSION] = propagated_type,
};

bool type_text_deeper(struct typer *typer) {
    if (typer->depth >= DEPTH || typer->texts >= STEPS) {
        return false;
    }
    typer->depth++;
    typer->texts++;
    return true;
}

struct str type_text_shallower(struct typer *typer, struct str answer) {
    typer->depth--;
    return answer;
}

struct str type_text(struct typer *typer, node_id node) {
    struct str (*rule)(struct typer *, node_id) = rules[node_kind(typer->file->tree, node)];
    return rule != NULL && type_text_deeper(typer) ? type_text_shallower(typer, rule(typer, node)) : unknown;
}
