/* arguments: by place, by name, by spread; and the functions that `it` and columns make of them. */
#include "codegen/arguments.h"

#include "analysis/placeholders.h"
#include "codegen/columns.h"
#include "codegen/expressions.h"
#include "codegen/functions.h"
#include "codegen/names.h"
#include "codegen/symbols_in.h"

/* ---- callees */

static bool is_function_value(enum node_kind kind) { return kind == NODE_LAMBDA || kind == NODE_FUNCTION_EXPRESSION; }

struct callee callee_of_symbol(struct program_symbol symbol, struct str name) {
    struct callee callee = {.name = name};
    const struct symbol *data = symbol_data(symbol);
    switch ((int)symbol_kind_of(symbol)) {
    case SYMBOL_FUNCTION:
    case SYMBOL_COMPONENT:
    case SYMBOL_MIDDLEWARE:
        callee.file = symbol.file;
        callee.parameters = node_child(symbol.file->tree, data->node, FIELD_PARAMETERS);
        break;
    case SYMBOL_CONSTANT:
    case SYMBOL_VARIABLE:
        if (is_function_value(node_kind(symbol.file->tree, data->value))) {
            callee.file = symbol.file;
            callee.parameters = node_child(symbol.file->tree, data->value, FIELD_PARAMETERS);
        }
        break;
    case SYMBOL_TYPE:
    case SYMBOL_VARIANT:
        callee.owner = symbol;
        break;
    default:
        break;
    }
    return callee;
}

struct callee callee_of_name(const struct emitter *e, node_id name) {
    struct program_symbol symbol = symbol_at_node(e, name);
    if (symbol_kind_of(symbol) == SYMBOL_MODEL) {
        struct program_symbol type = type_named(e, symbol_data(symbol)->name);
        symbol = type.file != NULL ? type : symbol;
    }
    struct callee callee = callee_of_symbol(symbol, text_of(e, name));
    const struct binding *binding = analysis_binding(e->file, name);
    if (symbol.file == NULL && binding != NULL && binding->builtin != 0) {
        callee.signature = builtin_info((enum builtin)(binding->builtin - 1))->signature;
    }
    return callee;
}

static void collect_methods(struct emitter *e) {
    for (uint32_t f = 0; f < e->program->file_count; f++) {
        const struct syntax_tree *tree = e->program->files[f]->tree;
        for (node_id node = 1; node < tree->count; node++) {
            enum node_kind kind = node_kind(tree, node);
            if (kind != NODE_IMPL_DECLARATION && kind != NODE_TRAIT_DECLARATION) {
                continue;
            }
            NODE_EACH(child, tree, node_child(tree, node, FIELD_BODY)) {
                if (node_kind(tree, child) == NODE_FUNCTION_DECLARATION) {
                    vec_push(e->arena, &e->methods, ((struct method){f, child}));
                }
            }
        }
    }
    e->methods_known = true;
}

struct callee callee_of_method(struct emitter *e, struct str name) {
    if (!e->methods_known) {
        collect_methods(e);
    }
    struct callee callee = {.name = name};
    for (unsigned i = 0; i < e->methods.count && callee.file == NULL; i++) {
        const struct file_analysis *file = e->program->files[e->methods.items[i].file];
        node_id node = e->methods.items[i].node;
        if (str_equal(node_text(file->tree, node_child(file->tree, node, FIELD_NAME)), name)) {
            callee.file = file;
            callee.parameters = node_child(file->tree, node, FIELD_PARAMETERS);
        }
    }
    return callee;
}

/* ---- parameters */

static bool is_parameter(const struct syntax_tree *tree, node_id node) {
    enum node_kind kind = node_kind(tree, node);
    bool receiver =
        kind == NODE_PARAMETER && str_equal(node_text(tree, node_child(tree, node, FIELD_NAME)), STR("self"));
    return !node_is_comment(tree, node) && kind != NODE_MISSING && kind != NODE_ERROR && !receiver;
}

/* The name or pattern of a parameter. */
static node_id target_of(const struct syntax_tree *tree, node_id parameter) {
    switch ((int)node_kind(tree, parameter)) {
    case NODE_IDENTIFIER:
    case NODE_OBJECT:
    case NODE_ARRAY:
        return parameter;
    case NODE_SPREAD:
        return node_child(tree, parameter, FIELD_VALUE);
    default:
        return node_child(tree, parameter, FIELD_NAME);
    }
}

/* Does a record pattern take out this key? */
static bool takes_key(const struct syntax_tree *tree, node_id pattern, struct str key) {
    if (node_kind(tree, pattern) != NODE_OBJECT) {
        return false;
    }
    NODE_EACH(entry, tree, pattern) {
        enum node_kind kind = node_kind(tree, entry);
        node_id name = kind == NODE_PAIR              ? node_child(tree, entry, FIELD_KEY)
                       : kind == NODE_DEFAULT_BINDING ? node_child(tree, entry, FIELD_NAME)
                                                      : entry;
        if (str_equal(node_text(tree, name), key)) {
            return true;
        }
    }
    return false;
}

static bool written_position(const struct callee *callee, struct str name, unsigned *position, bool *inside) {
    const struct syntax_tree *tree = callee->file->tree;
    *inside = false;
    *position = 0;
    if (node_kind(tree, callee->parameters) == NODE_IDENTIFIER) {
        return str_equal(node_text(tree, callee->parameters), name);
    }
    NODE_EACH(child, tree, callee->parameters) {
        if (!is_parameter(tree, child)) {
            continue;
        }
        node_id target = target_of(tree, child);
        *inside = takes_key(tree, target, name);
        if (*inside || str_equal(node_text(tree, target), name)) {
            return true;
        }
        ++*position;
    }
    return false;
}

/* The names in `fn f(items, n: Int, options?) -> T`. */
static bool signature_position(struct str signature, struct str name, unsigned *position) {
    *position = 0;
    size_t start = str_find(signature, '(', 0) + 1;
    unsigned depth = 0;
    for (size_t at = start; at <= signature.size; at++) {
        char byte = at < signature.size ? signature.data[at] : ')';
        depth += byte == '(' || byte == '[' || byte == '<' || byte == '{';
        if (depth == 0 && (byte == ',' || byte == ')')) {
            struct str parameter = str_trim(str_slice(signature, start, at));
            bool same = str_starts_with(parameter, name);
            char next = same && parameter.size > name.size ? parameter.data[name.size] : ' ';
            if (same && (next == ' ' || next == ':' || next == '?' || next == '=')) {
                return true;
            }
            if (byte == ')') {
                return false;
            }
            ++*position;
            start = at + 1;
        } else if (depth > 0 && (byte == ')' || byte == ']' || byte == '>' || byte == '}')) {
            depth--;
        }
    }
    return false;
}

static bool field_position(struct program_symbol owner, struct str name, unsigned *position) {
    const struct symbol *data = symbol_data(owner);
    for (*position = 0; *position < data->part_count; ++*position) {
        const struct symbol *field = analysis_symbol(owner.file, data->first_part + *position);
        if (str_equal(analysis_name(owner.file, field->name), name)) {
            return true;
        }
    }
    return false;
}

/* *inside: the name is a key of the record that the parameter takes apart. */
static bool find_position(const struct callee *callee, struct str name, unsigned *position, bool *inside) {
    *inside = false;
    if (callee->file != NULL) {
        return written_position(callee, name, position, inside);
    }
    if (callee->owner.file != NULL) {
        return field_position(callee->owner, name, position);
    }
    return callee->signature.size > 0 && signature_position(callee->signature, name, position);
}

bool callee_position(const struct callee *callee, struct str name, unsigned *position) {
    bool inside;
    return find_position(callee, name, position, &inside) && !inside;
}

/* ---- arguments */

struct arguments {
    const struct callee *callee;
    struct js_list values;
    struct js_list named; /* PROPERTY nodes, for names that are no parameters */
};

/* `f(it * 2)`: an argument that speaks of `it` is a function of it. */
static struct js *function_of_it(struct emitter *e, node_id argument) {
    struct function_state state;
    function_enter(e, &state, argument);
    struct js_list statements = {0};
    struct js_list *outside = redirect(e, &statements);
    struct js *value = lower_expression(e, argument);
    redirect(e, outside);
    function_leave(e);
    struct js *arrow = thunk(e, &statements, value);
    arrow->flags |= program_is_async(e->file, argument) ? (unsigned)JS_IS_ASYNC : 0;
    js_add(e->arena, &arrow->list, js_name(e->arena, "it"));
    return arrow;
}

static struct js *lower_argument(struct emitter *e, const struct callee *callee, node_id node) {
    struct js *selected = lower_selected_column(e, callee->name, node);
    if (selected != NULL) {
        return selected;
    }
    if ((e->file->marks[node] & MARK_IT) != 0) {
        return function_of_it(e, node);
    }
    if (column_makes_function(e, node)) {
        return lower_row_function(e, node);
    }
    if (kind_of(e, node) == NODE_SPREAD) {
        struct js *spread = js_new(e->arena, JS_SPREAD);
        spread->a = lower_expression(e, node_child(e->tree, node, FIELD_VALUE));
        return spread;
    }
    return lower_expression(e, node);
}

/* What has been given for later places is evaluated before what is given now. */
static void keep_order(struct emitter *e, struct arguments *arguments, unsigned position, const struct js *value) {
    for (unsigned i = position; i < arguments->values.of.count && !js_is_constant(value); i++) {
        struct js **later = &arguments->values.of.items[i];
        if (!js_is_constant(*later)) {
            struct js *name = fresh_name(e, "value");
            add_statement(e, js_declare(e->arena, "const", name, *later));
            *later = name;
        }
    }
}

static void add_named(struct emitter *e, struct arguments *arguments, struct str name, struct js *value) {
    unsigned position;
    bool inside;
    if (!find_position(arguments->callee, name, &position, &inside)) {
        js_add(e->arena, &arguments->named, js_property(e->arena, key_text(e, name), value));
        return;
    }
    keep_order(e, arguments, position + inside, value);
    while (arguments->values.of.count <= position) {
        js_add(e->arena, &arguments->values, js_literal(e->arena, "undefined"));
    }
    struct js **place = &arguments->values.of.items[position];
    if (!inside) {
        *place = value;
        return;
    }
    if ((*place)->kind != JS_OBJECT) {
        *place = js_new(e->arena, JS_OBJECT);
    }
    js_add(e->arena, &(*place)->list, js_property(e->arena, key_text(e, name), value));
}

static void add_argument(struct emitter *e, struct arguments *arguments, node_id node, struct js *piped) {
    enum node_kind kind = kind_of(e, node);
    if (kind == NODE_MISSING) {
        not_emitted(e, node, "this argument");
        return;
    }
    bool named = kind == NODE_NAMED_ARGUMENT || kind == NODE_DEFAULT_BINDING || kind == NODE_COLUMN_ASSIGNMENT;
    unsigned mark = e->statements->of.count;
    node_id value_node = named ? node_child(e->tree, node, FIELD_VALUE) : node;
    bool placeholder = piped != NULL && placeholder_is(e->tree, value_node);
    struct js *value = placeholder ? piped : lower_argument(e, arguments->callee, value_node);
    protect_values(e, arguments->values.of.items, arguments->values.of.count, mark);
    if (kind == NODE_COLUMN_ASSIGNMENT) {
        node_id name = node_child(e->tree, node_child(e->tree, node, FIELD_NAME), FIELD_NAME);
        js_add(e->arena, &arguments->named, js_property(e->arena, key_text(e, text_of(e, name)), value));
    } else if (named) {
        add_named(e, arguments, text_of(e, node_child(e->tree, node, FIELD_NAME)), value);
    } else {
        js_add(e->arena, &arguments->values, value);
    }
}

struct js_list lower_arguments(struct emitter *e, const struct callee *callee, node_id list, struct js *piped) {
    struct arguments arguments = {.callee = callee};
    bool has_placeholder = false;
    NODE_EACH(child, e->tree, list) {
        has_placeholder = has_placeholder || placeholder_is_argument(e->tree, child);
    }
    if (piped != NULL && !has_placeholder) {
        js_add(e->arena, &arguments.values, piped);
    }
    for (node_id child = node_first_plain(e->tree, list); child != NODE_NONE; child = node_next_plain(e->tree, child)) {
        add_argument(e, &arguments, child, piped);
    }
    if (arguments.named.of.count > 0) {
        struct js *object = js_new(e->arena, JS_OBJECT);
        object->list = arguments.named;
        js_add(e->arena, &arguments.values, object);
    }
    return arguments.values;
}

/* ---- the entries of a struct */

static struct js *field_of(struct emitter *e, struct js *holder, struct str name) {
    struct js *member = js_member(e->arena, holder, "");
    member->text = name;
    return name_is_plain(name) ? member : js_index(e->arena, holder, js_string(e->arena, name));
}

/* All fields as parts of one value. */
static void add_fields(struct emitter *e, struct program_symbol owner, struct js *holder, struct js_list *values) {
    const struct symbol *data = symbol_data(owner);
    for (uint32_t i = 0; i < data->part_count; i++) {
        const struct symbol *field = analysis_symbol(owner.file, data->first_part + i);
        js_add(e->arena, values, field_of(e, holder, analysis_name(owner.file, field->name)));
    }
}

/* Is every entry a written field, but for one spread in front? */
static bool are_plain(const struct emitter *e, node_id entries) {
    node_id first = node_first_plain(e->tree, entries);
    for (node_id entry = first; entry != NODE_NONE; entry = node_next_plain(e->tree, entry)) {
        enum node_kind kind = kind_of(e, entry);
        node_id key = kind == NODE_PAIR ? node_child(e->tree, entry, FIELD_KEY) : entry;
        if (kind_of(e, key) != NODE_IDENTIFIER && !(entry == first && kind == NODE_SPREAD)) {
            return false;
        }
    }
    return true;
}

bool lower_entries(struct emitter *e, const struct callee *type, node_id entries, struct js_list *values) {
    struct arguments arguments = {.callee = type};
    if (!are_plain(e, entries)) {
        struct js *fields = stable_value(e, lower_object(e, entries), "fields");
        add_fields(e, type->owner, fields, values);
        return true;
    }
    for (node_id entry = node_first_plain(e->tree, entries); entry != NODE_NONE;
         entry = node_next_plain(e->tree, entry)) {
        if (kind_of(e, entry) == NODE_SPREAD) {
            struct js *holder = lower_expression(e, node_child(e->tree, entry, FIELD_VALUE));
            add_fields(e, type->owner, stable_value(e, holder, "fields"), &arguments.values);
            continue;
        }
        bool pair = kind_of(e, entry) == NODE_PAIR;
        node_id key = pair ? node_child(e->tree, entry, FIELD_KEY) : entry;
        unsigned position;
        if (!callee_position(type, text_of(e, key), &position)) {
            return false;
        }
        unsigned mark = e->statements->of.count;
        struct js *value = lower_expression(e, pair ? node_child(e->tree, entry, FIELD_VALUE) : entry);
        protect_values(e, arguments.values.of.items, arguments.values.of.count, mark);
        add_named(e, &arguments, text_of(e, key), value);
    }
    *values = arguments.values;
    return true;
}
