/* symbols_in: what the names below a node mean, and what can be known of a value without running it. */
#include "codegen/symbols_in.h"

#include "analysis/types.h"

struct program_symbol symbol_at_node(const struct emitter *e, node_id node) {
    if (node == NODE_NONE) {
        return (struct program_symbol){NULL, 0};
    }
    return program_symbol_of(e->program, e->file, node);
}

const struct symbol *symbol_data(struct program_symbol symbol) {
    return symbol.file == NULL ? NULL : analysis_symbol(symbol.file, symbol.symbol);
}

enum symbol_kind symbol_kind_of(struct program_symbol symbol) {
    const struct symbol *data = symbol_data(symbol);
    return data == NULL ? SYMBOL_NULL : data->kind;
}

static enum symbol_kind first_part_kind(struct program_symbol type) {
    const struct symbol *data = symbol_data(type);
    return data->part_count == 0 ? SYMBOL_NULL : analysis_symbol(type.file, data->first_part)->kind;
}

static bool has_field(struct program_symbol type, enum node_field field) {
    return node_child(type.file->tree, symbol_data(type)->node, field) != NODE_NONE;
}

bool type_is_record(struct program_symbol type) {
    if (symbol_kind_of(type) != SYMBOL_TYPE) {
        return false;
    }
    enum symbol_kind part = first_part_kind(type);
    return part == SYMBOL_FIELD || (part == SYMBOL_NULL && has_field(type, FIELD_BODY));
}

bool type_has_variants(struct program_symbol type) {
    return symbol_kind_of(type) == SYMBOL_TYPE && first_part_kind(type) == SYMBOL_VARIANT;
}

bool type_is_refined(struct program_symbol type) {
    return symbol_kind_of(type) == SYMBOL_TYPE && has_field(type, FIELD_WHERE);
}

struct program_symbol variant_of_type(const struct emitter *e, struct program_symbol type, struct str name) {
    if (symbol_kind_of(type) == SYMBOL_MODEL) {
        type = type_named(e, symbol_data(type)->name);
    }
    const struct symbol *data = symbol_kind_of(type) == SYMBOL_TYPE ? symbol_data(type) : NULL;
    for (uint32_t i = 0; data != NULL && i < data->part_count; i++) {
        const struct symbol *part = analysis_symbol(type.file, data->first_part + i);
        if (part->kind == SYMBOL_VARIANT && str_equal(analysis_name(type.file, part->name), name)) {
            return (struct program_symbol){type.file, data->first_part + i};
        }
    }
    return (struct program_symbol){NULL, 0};
}

struct program_symbol variant_at(const struct emitter *e, node_id node) {
    if (kind_of(e, node) == NODE_MEMBER_EXPRESSION) {
        node_id object = node_child(e->tree, node, FIELD_OBJECT);
        struct program_symbol type = {NULL, 0};
        if (kind_of(e, object) == NODE_IDENTIFIER) {
            type = symbol_at_node(e, object);
        }
        return variant_of_type(e, type, text_of(e, node_child(e->tree, node, FIELD_PROPERTY)));
    }
    struct program_symbol none = {NULL, 0};
    struct program_symbol symbol = kind_of(e, node) == NODE_IDENTIFIER ? symbol_at_node(e, node) : none;
    return symbol_kind_of(symbol) == SYMBOL_VARIANT ? symbol : none;
}

static bool sees(const struct emitter *e, struct block_key key) {
    return key.kind == BLOCK_MODULE || key.kind == BLOCK_SHARED || block_key_equal(key, e->output->block);
}

struct program_symbol type_named(const struct emitter *e, atom_id name) {
    for (uint32_t f = 0; f < e->program->file_count; f++) {
        struct file_analysis *file = e->program->files[f];
        for (uint32_t i = 1; i < file->symbols.count; i++) {
            const struct symbol *symbol = &file->symbols.items[i];
            if (symbol->name == name && symbol->kind == SYMBOL_TYPE && (symbol->flags & SYMBOL_BLOCK_LEVEL) != 0 &&
                sees(e, file->blocks.items[symbol->block].key)) {
                return (struct program_symbol){file, i};
            }
        }
    }
    return (struct program_symbol){NULL, 0};
}

node_id parameter_name(const struct emitter *e, node_id parameter) {
    switch ((int)kind_of(e, parameter)) {
    case NODE_IDENTIFIER:
    case NODE_OBJECT:
    case NODE_ARRAY:
        return parameter;
    case NODE_SPREAD:
        return node_child(e->tree, parameter, FIELD_VALUE);
    default:
        return node_child(e->tree, parameter, FIELD_NAME);
    }
}

/* ---- types of values */

static enum value_type type_of_annotation(const struct syntax_tree *tree, node_id written) {
    static const struct {
        struct str name;
        enum value_type type;
    } names[] = {
        {STR_INIT("String"), VALUE_STRING},
        {STR_INIT("Int"), VALUE_NUMBER},
        {STR_INIT("Float"), VALUE_NUMBER},
        {STR_INIT("Bool"), VALUE_BOOL},
    };
    node_id type = types_bare(tree, written);
    enum node_kind kind = node_kind(tree, type);
    if (kind == NODE_LIST_TYPE || kind == NODE_TUPLE_TYPE) {
        return VALUE_LIST;
    }
    for (size_t i = 0; kind == NODE_TYPE_NAME && i < sizeof names / sizeof *names; i++) {
        if (str_equal(node_text(tree, type), names[i].name)) {
            return names[i].type;
        }
    }
    return VALUE_UNKNOWN;
}

static enum value_type type_of_literal(enum node_kind kind) {
    switch ((int)kind) {
    case NODE_STRING:
    case NODE_TRIPLE_STRING:
    case NODE_SINGLE_STRING:
    case NODE_RAW_STRING:
        return VALUE_STRING;
    case NODE_NUMBER:
        return VALUE_NUMBER;
    case NODE_TRUE:
    case NODE_FALSE:
        return VALUE_BOOL;
    case NODE_ARRAY:
        return VALUE_LIST;
    case NODE_OBJECT:
    case NODE_LAMBDA:
    case NODE_FUNCTION_EXPRESSION:
    case NODE_JSX_ELEMENT:
    case NODE_JSX_FRAGMENT:
        return VALUE_OTHER;
    default:
        return VALUE_UNKNOWN;
    }
}

static enum value_type type_of_symbol(struct program_symbol symbol) {
    const struct symbol *data = symbol_data(symbol);
    if (data == NULL || data->kind == SYMBOL_FUNCTION || data->kind == SYMBOL_TYPE) {
        return VALUE_UNKNOWN;
    }
    const struct syntax_tree *tree = symbol.file->tree;
    if (data->type != NODE_NONE) {
        return type_of_annotation(tree, data->type);
    }
    bool initial = data->kind == SYMBOL_STATE || data->kind == SYMBOL_VARIABLE || data->kind == SYMBOL_CONSTANT;
    return initial ? type_of_literal(node_kind(tree, data->value)) : VALUE_UNKNOWN;
}

static enum value_type type_of_operation(const struct emitter *e, node_id node) {
    static const struct str comparisons[] = {STR_INIT("=="), STR_INIT("!="),    STR_INIT("<"),  STR_INIT("<="),
                                             STR_INIT(">"),  STR_INIT(">="),    STR_INIT("in"), STR_INIT("not in"),
                                             STR_INIT("is"), STR_INIT("is not")};
    static const struct str arithmetic[] = {STR_INIT("-"),  STR_INIT("*"),  STR_INIT("/"),  STR_INIT("%"),
                                            STR_INIT("**"), STR_INIT("&"),  STR_INIT("|"),  STR_INIT("^"),
                                            STR_INIT("<<"), STR_INIT(">>"), STR_INIT(">>>")};
    struct str operator= operator_of(e, node);
    if (str_is_one_of(operator, comparisons, sizeof comparisons / sizeof *comparisons)) {
        return VALUE_BOOL;
    }
    return str_is_one_of(operator, arithmetic, sizeof arithmetic / sizeof *arithmetic) ? VALUE_NUMBER : VALUE_UNKNOWN;
}

static enum value_type type_of_result(enum builtin builtin) {
    static const struct {
        struct str end;
        enum value_type type;
    } results[] = {{STR_INIT("-> String"), VALUE_STRING},
                   {STR_INIT("-> Int"), VALUE_NUMBER},
                   {STR_INIT("-> Float"), VALUE_NUMBER},
                   {STR_INIT("-> Bool"), VALUE_BOOL}};
    struct str signature = builtin_info(builtin)->signature;
    for (size_t i = 0; i < sizeof results / sizeof *results; i++) {
        if (str_ends_with(signature, results[i].end)) {
            return results[i].type;
        }
    }
    size_t end = signature.size;
    while (end > 0 && signature.data[end - 1] != ' ') {
        end--;
    }
    return end < signature.size && signature.data[end] == '[' ? VALUE_LIST : VALUE_UNKNOWN;
}

/* `upper(x)` */
static enum value_type type_of_call(const struct emitter *e, node_id call) {
    node_id function = node_child(e->tree, call, FIELD_FUNCTION);
    const struct binding *binding = analysis_binding(e->file, function);
    bool builtin = binding != NULL && binding->builtin != 0 && symbol_at_node(e, function).file == NULL;
    return builtin && !program_is_awaited(e->file, call) ? type_of_result((enum builtin)(binding->builtin - 1))
                                                         : VALUE_UNKNOWN;
}

/* What `x.name()` gives, where x is of a type. */
static enum value_type type_of_method(enum value_type receiver, struct str name) {
    struct builtin_method method;
    bool known = builtin_as_method(name, &method) && ((receiver == VALUE_STRING && method.of_texts) ||
                                                      (receiver == VALUE_LIST && method.of_lists) ||
                                                      (receiver == VALUE_UNKNOWN && method.asked && !method.of_lists));
    return known ? type_of_result(method.builtin) : VALUE_UNKNOWN;
}

/* The member that a call names, unless the program has a method of this name there. */
static node_id called_method(const struct emitter *e, node_id call) {
    node_id function = kind_of(e, call) == NODE_CALL_EXPRESSION ? node_child(e->tree, call, FIELD_FUNCTION) : NODE_NONE;
    bool own = symbol_at_node(e, node_child(e->tree, function, FIELD_PROPERTY)).file != NULL;
    return kind_of(e, function) == NODE_MEMBER_EXPRESSION && !own ? function : NODE_NONE;
}

/* `x.words().first()`: from x outwards. Of longer chains nothing is known. */
static enum value_type type_of_chain(const struct emitter *e, node_id call) {
    enum { LONGEST = 16 };
    node_id members[LONGEST];
    unsigned count = 0;
    node_id object = call;
    for (node_id member = called_method(e, call); member != NODE_NONE; member = called_method(e, object)) {
        if (count == LONGEST) {
            return VALUE_UNKNOWN;
        }
        members[count++] = member;
        object = without_parentheses(e, node_child(e->tree, member, FIELD_OBJECT));
    }
    enum value_type type = kind_of(e, object) == NODE_CALL_EXPRESSION ? type_of_call(e, object) : type_of_value(e, object);
    while (count > 0) {
        type = type_of_method(type, text_of(e, node_child(e->tree, members[--count], FIELD_PROPERTY)));
    }
    return type;
}

enum value_type type_of_value(const struct emitter *e, node_id node) {
    node = without_parentheses(e, node);
    enum node_kind kind = kind_of(e, node);
    if (kind == NODE_PIPE_EXPRESSION) {
        node = node_child(e->tree, node, FIELD_RIGHT);
        kind = kind_of(e, node);
    }
    if (kind == NODE_CALL_EXPRESSION) {
        return type_of_chain(e, node);
    }
    if (kind == NODE_IDENTIFIER) {
        return type_of_symbol(symbol_at_node(e, node));
    }
    if (kind == NODE_UNARY_EXPRESSION) {
        struct str operator= operator_of(e, node);
        return str_equal(operator, STR("not")) || str_equal(operator, STR("!")) ? VALUE_BOOL : VALUE_NUMBER;
    }
    return kind == NODE_BINARY_EXPRESSION ? type_of_operation(e, node) : type_of_literal(kind);
}

/* ---- what changes */

static bool is_component_parameter(const struct syntax_tree *tree, node_id parameter) {
    node_id owner = node_parent(tree, node_parent(tree, parameter));
    return node_kind(tree, owner) == NODE_COMPONENT_DECLARATION;
}

static bool is_loop_name(const struct syntax_tree *tree, node_id declaration) {
    enum node_kind kind = node_kind(tree, declaration);
    return kind == NODE_FOR_EXPRESSION || kind == NODE_JSX_FOR || kind == NODE_COMPREHENSION_CLAUSE ||
           kind == NODE_MATCH_ARM;
}

static node_id root_of_chain(const struct emitter *e, node_id node) {
    node = without_parentheses(e, node);
    while (kind_of(e, node) == NODE_MEMBER_EXPRESSION) {
        node = without_parentheses(e, node_child(e->tree, node, FIELD_OBJECT));
    }
    return kind_of(e, node) == NODE_IDENTIFIER ? node : NODE_NONE;
}

bool belongs_to_row(const struct emitter *e, node_id node) {
    node_id root = root_of_chain(e, node);
    struct program_symbol symbol = root == NODE_NONE ? (struct program_symbol){NULL, 0} : symbol_at_node(e, root);
    enum symbol_kind kind = symbol_kind_of(symbol);
    return kind == SYMBOL_PARAMETER ||
           (kind == SYMBOL_CONSTANT && is_loop_name(symbol.file->tree, symbol_data(symbol)->node));
}

/* The key of a row: as long as the row is there it is the same. */
static bool is_row_key(const struct emitter *e, node_id node) {
    for (unsigned i = 0; i < e->row_keys.count; i++) {
        struct row_key key = e->row_keys.items[i];
        if (key.file == e->file_index && kind_of(e, key.node) == kind_of(e, node) &&
            str_equal(text_of(e, key.node), text_of(e, node))) {
            node_id root = root_of_chain(e, node);
            struct program_symbol symbol = root == NODE_NONE ? (struct program_symbol){NULL, 0} : symbol_at_node(e, root);
            return symbol.file == e->file && symbol.symbol == key.item;
        }
    }
    return false;
}

bool calls_builtin(const struct file_analysis *file, node_id node, enum builtin builtin) {
    node_id function = node_child(file->tree, node, FIELD_FUNCTION);
    const struct binding *binding = analysis_binding(file, function);
    return node_kind(file->tree, node) == NODE_CALL_EXPRESSION && binding != NULL && binding->symbol == 0 &&
           binding->builtin == (unsigned)builtin + 1;
}

/* The value of the assignment that declares a constant, also as a part of a pattern. */
static node_id declaring_value(struct program_symbol symbol) {
    const struct syntax_tree *tree = symbol.file->tree;
    node_id assignment = node_ancestor(tree, symbol_data(symbol)->name_node, NODE_ASSIGNMENT);
    return node_child(tree, assignment, FIELD_RIGHT);
}

bool symbol_is_injected(struct program_symbol symbol) {
    const struct symbol *data = symbol_data(symbol);
    return data != NULL && data->kind == SYMBOL_CONSTANT &&
           node_kind(symbol.file->tree, node_parent(symbol.file->tree, data->name_node)) == NODE_ASSIGNMENT &&
           calls_builtin(symbol.file, declaring_value(symbol), BUILTIN_INJECT);
}

/* What these give changes while the page lives. */
static bool gives_changing_values(enum builtin builtin) {
    static const enum builtin builtins[] = {
        BUILTIN_CHILDREN,     BUILTIN_INJECT,       BUILTIN_CREATE_RESOURCE, BUILTIN_CREATE_ERROR_BOUNDARY, BUILTIN_CREATE_ROUTER,
        BUILTIN_GET_ROUTER,   BUILTIN_DEFINE_ROUTES,   BUILTIN_GET_CURRENT_ROUTE,     BUILTIN_GET_PATH,
        BUILTIN_GET_PARAMS,   BUILTIN_GET_QUERY,       BUILTIN_GET_META};
    for (size_t i = 0; i < sizeof builtins / sizeof *builtins; i++) {
        if (builtins[i] == builtin) {
            return true;
        }
    }
    return false;
}

static bool is_changing_constant(struct program_symbol symbol) {
    node_id value = declaring_value(symbol);
    for (node_id n = value; value != NODE_NONE && n < symbol.file->tree->nodes[value].next; n++) {
        const struct binding *binding = analysis_binding(symbol.file, n);
        if (binding != NULL && binding->builtin != 0 && gives_changing_values((enum builtin)(binding->builtin - 1))) {
            return true;
        }
    }
    return false;
}

/* `row()`, and what is a part of it. */
static bool reads_signal(const struct js *value) {
    while (value != NULL && (value->flags & JS_IS_READ) == 0) {
        bool call = value->kind == JS_CALL && value->list.of.count == 1;
        value = value->kind == JS_MEMBER || value->kind == JS_INDEX ? value->a : call ? value->list.of.items[0] : NULL;
    }
    return value != NULL;
}

static enum reactivity reactivity_of_name(const struct emitter *e, node_id node) {
    const struct binding *binding = analysis_binding(e->file, node);
    if (binding == NULL || binding->access == ACCESS_TYPE || binding->access == ACCESS_TAG ||
        binding->access == ACCESS_MEMBER) {
        return REACTIVE_NOT;
    }
    struct program_symbol symbol = symbol_at_node(e, node);
    if (symbol.file == NULL && binding->builtin != 0 && gives_changing_values((enum builtin)(binding->builtin - 1))) {
        return REACTIVE_STRICT;
    }
    const struct symbol *data = symbol_data(symbol);
    const struct js *instead = data == NULL ? NULL : stand_in_of(e, symbol);
    if (instead != NULL && reads_signal(instead)) {
        return REACTIVE_STRICT;
    }
    switch ((int)symbol_kind_of(symbol)) {
    case SYMBOL_STATE:
    case SYMBOL_COMPUTED:
    case SYMBOL_STORE:
        return REACTIVE_STRICT;
    case SYMBOL_FUNCTION:
        return REACTIVE_STRICT;
    case SYMBOL_PARAMETER:
        return is_component_parameter(symbol.file->tree, data->node) ? REACTIVE_STRICT : REACTIVE_LOCAL;
    case SYMBOL_CONSTANT:
        if (is_loop_name(symbol.file->tree, data->node)) {
            return REACTIVE_LOCAL;
        }
        return is_changing_constant(symbol) ? REACTIVE_STRICT : REACTIVE_NOT;
    default:
        return REACTIVE_NOT;
    }
}

enum reactivity reactivity_of(const struct emitter *e, node_id node) {
    enum reactivity most = REACTIVE_NOT;
    node_id end = e->tree->nodes[node].next;
    for (node_id n = node; node != NODE_NONE && n < end; n++) {
        if (e->row_keys.count > 0 && is_row_key(e, n)) {
            n = e->tree->nodes[n].next - 1;
        } else if (e->file->node_binding[n] != 0) {
            enum reactivity one = reactivity_of_name(e, n);
            most = one > most ? one : most;
        }
    }
    return most;
}
