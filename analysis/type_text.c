/* The types of values by what is written: literals, names, operators. The rest is in type_text_*.c. */
#include "analysis/type_text.h"

#include "analysis/lookup.h"
#include "analysis/signature_text.h"

enum { DEPTH = 48, STEPS = 2000, TYPE_BYTES = 4096 }; /* of a type that is looked into */

static const struct str unknown = {NULL, 0};

/* ---- uses that tell something of a name */

/* What the name at a binding is given, `name = value`, and what markup hands a function to, `on:click={name}`; bindings are
 * counted from 1, 0 is behind the last. */
struct telling_uses {
    uint32_t *first; /* per symbol */
    uint32_t *next;  /* per binding: of the same symbol */
};

static bool is_written(const struct syntax_tree *tree, const struct binding *binding) {
    return binding->access == ACCESS_WRITE && node_field(tree, binding->node) == FIELD_LEFT &&
           node_kind(tree, node_parent(tree, binding->node)) == NODE_ASSIGNMENT;
}

static bool is_told_events(const struct syntax_tree *tree, const struct binding *binding) {
    node_id value = node_parent(tree, binding->node);
    return node_kind(tree, value) == NODE_JSX_EXPRESSION &&
           str_starts_with(node_text(tree, node_child(tree, node_parent(tree, value), FIELD_NAME)), STR("on:"));
}

static const struct telling_uses *telling_uses(struct typer *typer) {
    const struct file_analysis *file = typer->file;
    if (typer->telling != NULL) {
        return typer->telling;
    }
    struct telling_uses *telling = arena_array(typer->arena, struct telling_uses, 1);
    telling->first = arena_array(typer->arena, uint32_t, file->symbols.count);
    telling->next = arena_array(typer->arena, uint32_t, file->bindings.count + 1);
    for (uint32_t i = (uint32_t)file->bindings.count; i > 0; i--) {
        const struct binding *binding = &file->bindings.items[i - 1];
        if (binding->symbol != 0 && (is_written(file->tree, binding) || is_told_events(file->tree, binding))) {
            telling->next[i] = telling->first[binding->symbol];
            telling->first[binding->symbol] = i;
        }
    }
    return typer->telling = telling;
}

/* ---- names */

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
    case SYMBOL_VARIABLE: {
        struct str said = signature_result(member.symbol->signature);
        return said.size > 0 ? said : type_text_elsewhere(typer, member, type_text_of_symbol);
    }
    case SYMBOL_VARIANT:
        return member.symbol->owner == ATOM_NONE ? unknown : atom_text(typer->file->atoms, member.symbol->owner);
    default:
        return unknown;
    }
}

/* What is counted in a loop with two names: places of a list, names of a record. */
static struct str key_of(struct str whole) {
    bool record = whole.size > 0 && whole.data[0] == '{' && type_text_is_one(whole);
    return record ? STR("String") : type_text_element(whole).size > 0 ? STR("Int") : unknown;
}

/* What is there: an item of a list, a value of a record. */
static struct str value_of(struct typer *typer, struct str whole) {
    struct type_choice values = {.typer = typer};
    struct signature_parameter field;
    for (size_t at = 0; type_text_next_field(whole, &at, &field);) {
        type_choice_add(&values, str_equal(field.type, STR("Any")) ? unknown : field.type);
    }
    struct str element = type_text_element(whole);
    return element.size > 0 ? element : type_choice_type(&values);
}

/* `for user in users`: an element; with two names the second one is. */
static struct str loop_name(struct typer *typer, const struct symbol *symbol) {
    const struct syntax_tree *tree = typer->file->tree;
    node_id pattern = node_child(tree, symbol->node, FIELD_PATTERN);
    node_id second = node_next_same_field(tree, pattern);
    struct str whole = type_text_receiver(typer, node_child(tree, symbol->node, FIELD_ITERABLE));
    if (second != NODE_NONE && pattern == symbol->name_node) {
        return key_of(whole);
    }
    if ((second == NODE_NONE ? pattern : second) != symbol->name_node) {
        return type_text_of_pattern(typer, symbol->name_node);
    }
    return second == NODE_NONE ? type_text_element(whole) : value_of(typer, whole);
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
static bool is_handler(struct typer *typer, const struct symbol *parameter) {
    const struct file_analysis *file = typer->file;
    const struct symbol *function = analysis_symbol(file, parameter->owner);
    bool first = function->kind == SYMBOL_FUNCTION && analysis_symbol(file, function->first_part) == parameter;
    if (!first) {
        return false;
    }
    const struct telling_uses *uses = telling_uses(typer);
    uint32_t use = uses->first[parameter->owner];
    while (use != 0 && !is_told_events(file->tree, &file->bindings.items[use - 1])) {
        use = uses->next[use];
    }
    return use != 0;
}

/* `name` of a parameter `{ name }`. */
static bool is_taken_out(const struct syntax_tree *tree, node_id name) {
    enum node_kind around = node_kind(tree, node_parent(tree, name));
    return around == NODE_OBJECT || around == NODE_PAIR || around == NODE_ARRAY || around == NODE_DEFAULT_BINDING ||
           around == NODE_SPREAD;
}

static struct str parameter_type(struct typer *typer, const struct symbol *symbol) {
    const struct file_analysis *file = typer->file;
    struct str name = analysis_name(file, symbol->name);
    enum block_kind block = file->blocks.items[symbol->block].key.kind;
    if (symbol->value != NODE_NONE) {
        return type_text(typer, symbol->value);
    }
    if (is_taken_out(file->tree, symbol->name_node)) {
        return type_text_of_pattern(typer, symbol->name_node);
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
        bool event = block == BLOCK_BROWSER && is_handler(typer, symbol);
        return event ? STR("Event") : unknown;
    }
    return handles_event(file->tree, symbol->node) ? STR("Event") : type_text_of_callback(typer, symbol->node);
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
    case NODE_COMPREHENSION_CLAUSE:
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
    const struct telling_uses *uses = telling_uses(typer);
    for (uint32_t use = uses->first[index]; use != 0 && found.size == 0; use = uses->next[use]) {
        const struct binding *binding = &file->bindings.items[use - 1];
        if (is_written(file->tree, binding)) {
            node_id assignment = node_parent(file->tree, binding->node);
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
    return nil ? type_text_optional(typer->arena, later) : later;
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
        struct str declared = type_text_of_symbol(typer, binding->symbol), type = type_text_tested(typer, node, declared);
        return type.size > 0 ? type : declared;
    }
    if (binding->global && str_equal(node_text(file->tree, node), STR("it"))) {
        return type_text_of_callback(typer, node);
    }
    if (lookup_builtin(file, typer->package, node, &builtin)) {
        struct str signature = builtin_info(builtin)->signature;
        struct str list;
        return signature_list(signature, &list) ? unknown : signature_result(signature);
    }
    struct block_key key = file->blocks.items[binding->block].key;
    return type_text_of_member(typer, package_meaning(typer->package, key, binding->name, binding->access));
}

/* ---- chains: `a.b[0].c()`, of which `?.` leaves out the rest where what stands before it is nil */

/* What a link of a chain is added to; NODE_NONE of what is none. */
static node_id linked_to(const struct syntax_tree *tree, node_id link) {
    enum node_kind kind = node_kind(tree, link);
    bool part = kind == NODE_MEMBER_EXPRESSION || kind == NODE_INDEX_EXPRESSION;
    return part ? node_child(tree, link, FIELD_OBJECT)
                : kind == NODE_CALL_EXPRESSION ? node_child(tree, link, FIELD_FUNCTION) : NODE_NONE;
}

/* May the chain end before its last link? The first value is asked first: mostly it is the one that may be nil. */
static bool may_end(struct typer *typer, node_id chain) {
    const struct syntax_tree *tree = typer->file->tree;
    node_id asked[DEPTH];
    unsigned count = 0;
    bool nil = false;
    for (node_id link = chain, to; count < DEPTH && (to = linked_to(tree, link)) != NODE_NONE; link = to) {
        if (str_equal(node_text(tree, node_child(tree, link, FIELD_OPERATOR)), STR("?."))) {
            asked[count++] = to;
        }
    }
    while (count > 0 && !nil) {
        type_text_without_nil(type_text(typer, asked[--count]), &nil);
    }
    return nil;
}

/* The type of a chain whose last link gives a value of that type. */
static struct str linked_type(struct typer *typer, node_id chain, struct str type) {
    return type.size > 0 && may_end(typer, chain) ? type_text_optional(typer->arena, type) : type;
}

static struct str member_type(struct typer *typer, node_id node) {
    const struct syntax_tree *tree = typer->file->tree;
    struct str name = node_text(tree, node_child(tree, node, FIELD_PROPERTY));
    return linked_type(typer, node, type_text_of_part(typer, node_child(tree, node, FIELD_OBJECT), name));
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
    if (str_equal(operator, STR("??")) || str_equal(operator, STR("or")) || str_equal(operator, STR("||"))) {
        return type_text_of_fallback(typer, node_child(tree, node, FIELD_LEFT), node_child(tree, node, FIELD_RIGHT));
    }
    struct str left = type_text(typer, node_child(tree, node, FIELD_LEFT));
    struct str right = type_text(typer, node_child(tree, node, FIELD_RIGHT));
    for (size_t i = 0; i < sizeof arithmetic / sizeof *arithmetic; i++) {
        if (str_equal(operator, arithmetic[i])) {
            bool literal = node_kind(tree, node_child(tree, node, FIELD_RIGHT)) == NODE_NUMBER;
            bool fraction = str_equal(operator, STR("**")) && !literal; /* what 2 ** -1 is; -1 is not a literal itself */
            return arithmetic_type(fraction ? STR("/") : operator, left, right);
        }
    }
    return str_equal(left, right) || left.size == 0 ? right : unknown;
}

static struct str unary_type(struct typer *typer, node_id node) {
    const struct syntax_tree *tree = typer->file->tree;
    bool minus = str_equal(node_text(tree, node_child(tree, node, FIELD_OPERATOR)), STR("-"));
    return minus ? type_text(typer, node_child(tree, node, FIELD_OPERAND)) : STR("Bool");
}

static struct str index_type(struct typer *typer, node_id node) {
    const struct syntax_tree *tree = typer->file->tree;
    struct str list = type_text_receiver(typer, node_child(tree, node, FIELD_OBJECT));
    node_id index = node_child(tree, node, FIELD_INDEX);
    if (node_kind(tree, index) == NODE_SLICE) {
        return linked_type(typer, node, list);
    }
    struct str element = type_text_element(list), digits = node_text(tree, index);
    bool digit = digits.size == 1 && digits.data[0] >= '0' && digits.data[0] <= '9';
    if (element.size == 0 && digit) {
        element = type_text_tuple_item(list, (unsigned)(digits.data[0] - '0'));
    }
    return linked_type(typer, node, element);
}

/* What is in parentheses: one value, or several of known types, which are a tuple. */
static struct str group_type(struct typer *typer, node_id node) {
    const struct syntax_tree *tree = typer->file->tree;
    node_id first = node_first_plain(tree, node);
    struct str type = first == NODE_NONE ? unknown : type_text(typer, first);
    if (first == NODE_NONE || node_next_plain(tree, first) == NODE_NONE) {
        return type;
    }
    for (node_id item = node_next_plain(tree, first); item != NODE_NONE && type.size > 0; item = node_next_plain(tree, item)) {
        struct str next = type_text(typer, item);
        type = next.size == 0 ? unknown : arena_printf(typer->arena, "%.*s, %.*s", STR_ARGUMENTS(type), STR_ARGUMENTS(next));
    }
    return type.size == 0 ? unknown : arena_printf(typer->arena, "(%.*s)", STR_ARGUMENTS(type));
}

static struct str struct_type(struct typer *typer, node_id node) {
    return node_text(typer->file->tree, node_child(typer->file->tree, node, FIELD_NAME));
}

static struct str value_type(struct typer *typer, node_id node) {
    return type_text(typer, node_child(typer->file->tree, node, FIELD_VALUE));
}

/* `e?`: what an Ok or a Some carries. */
static struct str propagated_type(struct typer *typer, node_id node) {
    struct str type = type_text_receiver(typer, node_child(typer->file->tree, node, FIELD_VALUE));
    struct type_variables variables = {0};
    type_variables_match(&variables, STR("Result<T, E>"), type);
    type_variables_match(&variables, STR("Option<T>"), type);
    struct str inner = type_variables_value(&variables, STR("T"));
    return inner.size > 0 ? inner : type;
}

static struct str call_type(struct typer *typer, node_id node) {
    return linked_type(typer, node, type_text_of_call(typer, node, NODE_NONE));
}

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
    [NODE_ARRAY] = type_text_of_array,
    [NODE_OBJECT] = type_text_of_object,
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
    [NODE_IF_EXPRESSION] = type_text_of_if,
    [NODE_MATCH_EXPRESSION] = type_text_of_match,
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
    struct str type = rule != NULL && type_text_deeper(typer) ? type_text_shallower(typer, rule(typer, node)) : unknown;
    return type.size <= TYPE_BYTES ? type : unknown;
}
