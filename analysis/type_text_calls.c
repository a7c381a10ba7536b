/* What calls give: results by signature, with type variables found from the arguments; and what callbacks are given. */
#include "analysis/type_text.h"

#include "analysis/database.h"
#include "analysis/lookup.h"
#include "analysis/objects.h"
#include "analysis/peers.h"
#include "analysis/signature_text.h"
#include "parser/base/strbuf.h"

enum { ARGUMENTS = 8, TYPE_BYTES = 4096 };

static const struct str unknown = {NULL, 0};

/* ---- type variables */

static bool is_variable(struct str text) { return text.size == 1 && text.data[0] >= 'A' && text.data[0] <= 'Z'; }

static bool is_name_byte(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
}

static void set_variable(struct type_variables *variables, struct str name, struct str value) {
    struct str *place = &variables->values[name.data[0] - 'A'];
    if (place->size == 0) {
        *place = value;
    }
}

/* "Result<T, E>": the name, and the text between the angle brackets. */
static bool split_generic(struct str type, struct str *name, struct str *arguments) {
    size_t open = str_find(type, '<', 0);
    if (open == type.size || type.data[type.size - 1] != '>') {
        return false;
    }
    *name = str_slice(type, 0, open);
    *arguments = str_slice(type, open + 1, type.size - 1);
    return true;
}

void type_variables_match(struct type_variables *variables, struct str pattern, struct str actual) {
    struct str pattern_name, pattern_rest, name, rest;
    if (actual.size == 0 || pattern.size == 0) {
        return;
    }
    if (is_variable(pattern)) {
        set_variable(variables, pattern, actual);
        return;
    }
    if (pattern.data[0] == '[' && !str_equal(actual, STR("String"))) {
        struct str element = type_text_element(actual), of = type_text_element(pattern);
        if (is_variable(of) && element.size > 0) {
            set_variable(variables, of, element);
        }
        return;
    }
    if (!split_generic(pattern, &pattern_name, &pattern_rest) || !split_generic(actual, &name, &rest) ||
        !str_equal(name, pattern_name)) {
        return;
    }
    for (size_t a = 0, b = 0; a < pattern_rest.size && b < rest.size;) {
        size_t a_end = signature_part_end(pattern_rest, a), b_end = signature_part_end(rest, b);
        struct str part = str_trim(str_slice(pattern_rest, a, a_end));
        if (is_variable(part)) {
            set_variable(variables, part, str_trim(str_slice(rest, b, b_end)));
        }
        a = a_end + 1;
        b = b_end + 1;
    }
}

struct str type_variables_apply(struct arena *arena, const struct type_variables *variables, struct str text) {
    struct strbuf out;
    strbuf_init(&out, TYPE_BYTES);
    for (size_t i = 0; i < text.size; i++) {
        bool alone =
            (i == 0 || !is_name_byte(text.data[i - 1])) && (i + 1 == text.size || !is_name_byte(text.data[i + 1]));
        struct str letter = str_slice(text, i, i + 1);
        if (alone && is_variable(letter)) {
            struct str value = variables->values[letter.data[0] - 'A'];
            strbuf_add(&out, value.size > 0 ? value : STR("Any"));
        } else {
            strbuf_add_byte(&out, text.data[i]);
        }
    }
    struct str result = arena_str(arena, strbuf_str(&out));
    strbuf_finish(&out);
    return result;
}

/* ---- arguments */

struct arguments {
    node_id items[ARGUMENTS]; /* by position, what is piped first */
    unsigned count;
};

static void add_argument(struct arguments *arguments, node_id node) {
    if (arguments->count < ARGUMENTS && node != NODE_NONE) {
        arguments->items[arguments->count++] = node;
    }
}

static struct arguments arguments_of(const struct syntax_tree *tree, node_id call, node_id first) {
    struct arguments arguments = {.count = 0};
    add_argument(&arguments, first);
    NODE_EACH(argument, tree, node_child(tree, call, FIELD_ARGUMENTS)) {
        enum node_kind kind = node_kind(tree, argument);
        if (kind != NODE_NAMED_ARGUMENT && kind != NODE_MISSING && !node_is_comment(tree, argument)) {
            add_argument(&arguments, argument);
        }
    }
    return arguments;
}

static bool is_function(const struct syntax_tree *tree, node_id node) {
    enum node_kind kind = node_kind(tree, node);
    return kind == NODE_LAMBDA || kind == NODE_FUNCTION_EXPRESSION;
}

/* Finds variables from arguments that are no functions, whose parameters may depend on them. */
static struct type_variables variables_of(struct typer *typer, struct str signature,
                                          const struct arguments *arguments) {
    struct type_variables variables = {0};
    struct signature_parameter parameter;
    struct str list = unknown;
    size_t at = 0;
    signature_list(signature, &list);
    for (unsigned i = 0; i < arguments->count && signature_next(list, &at, &parameter); i++) {
        if (!is_function(typer->file->tree, arguments->items[i])) {
            type_variables_match(&variables, parameter.type, type_text(typer, arguments->items[i]));
        }
    }
    return variables;
}

/* `fn(x) x.name` given for "(T) -> U" says what U is. */
static void match_functions(struct typer *typer, struct type_variables *variables, struct str signature,
                            const struct arguments *arguments) {
    const struct syntax_tree *tree = typer->file->tree;
    struct signature_parameter parameter;
    struct str list = unknown;
    size_t at = 0;
    signature_list(signature, &list);
    for (unsigned i = 0; i < arguments->count && signature_next(list, &at, &parameter); i++) {
        node_id function = arguments->items[i];
        node_id body = is_function(tree, function) ? node_child(tree, function, FIELD_BODY) : NODE_NONE;
        if (body != NODE_NONE && node_kind(tree, body) != NODE_BLOCK) {
            type_variables_match(variables, signature_result(parameter.type), type_text(typer, body));
        }
    }
}

static struct str result_by_signature(struct typer *typer, struct str signature, const struct arguments *arguments) {
    struct str result = signature_result(signature);
    bool plain = true;
    for (size_t i = 0; i < result.size; i++) {
        bool alone = (i == 0 || !is_name_byte(result.data[i - 1])) &&
                     (i + 1 == result.size || !is_name_byte(result.data[i + 1]));
        plain = plain && !(alone && is_variable(str_slice(result, i, i + 1)));
    }
    if (plain) {
        return result;
    }
    struct type_variables variables = variables_of(typer, signature, arguments);
    match_functions(typer, &variables, signature, arguments);
    return type_variables_apply(typer->arena, &variables, result);
}

/* ---- what is called */

static struct str symbol_result(struct typer *typer, uint32_t index);

/* What a function without a type behind its arrow gives: the value of its last statement, where that is one. */
static struct str result_of_body(struct typer *typer, const struct symbol *function) {
    const struct syntax_tree *tree = typer->file->tree;
    node_id body = node_child(tree, function->node, FIELD_BODY), last = NODE_NONE;
    NODE_EACH(statement, tree, body) { last = node_is_comment(tree, statement) ? last : statement; }
    return type_text(typer, last);
}

/* What calling a block-level symbol gives. */
static struct str member_result(struct typer *typer, struct package_symbol found) {
    if (found.symbol == NULL) {
        return unknown;
    }
    if (found.file == package_file(typer->package, typer->file->path)) {
        return symbol_result(typer, found.symbol->local);
    }
    switch ((int)found.symbol->kind) {
    case SYMBOL_TYPE:
        return atom_text(typer->file->atoms, found.symbol->name);
    case SYMBOL_VARIANT:
        return found.symbol->owner == ATOM_NONE ? unknown : atom_text(typer->file->atoms, found.symbol->owner);
    case SYMBOL_FUNCTION:
        return signature_result(found.symbol->signature);
    default:
        return unknown;
    }
}

static struct str symbol_result(struct typer *typer, uint32_t index) {
    const struct file_analysis *file = typer->file;
    const struct symbol *symbol = analysis_symbol(file, index);
    switch ((int)symbol->kind) {
    case SYMBOL_TYPE:
        return analysis_name(file, symbol->name);
    case SYMBOL_VARIANT:
        return symbol->owner == 0 ? unknown : analysis_name(file, analysis_symbol(file, symbol->owner)->name);
    case SYMBOL_FUNCTION:
        return symbol->type != NODE_NONE ? node_text(file->tree, symbol->type) : result_of_body(typer, symbol);
    case SYMBOL_IMPORT:
        return member_result(typer, typer_imported(typer, index));
    default:
        return unknown;
    }
}

/* `User.find(1)`: what the functions of models give, without the `?` of a record that may be absent. */
static struct str model_result(struct typer *typer, node_id object, struct str name) {
    struct builtin_member member;
    if (!model_member_find(name, &member)) {
        return unknown;
    }
    struct str result =
        signature_result(model_member_signature(typer->arena, &member, node_text(typer->file->tree, object)));
    result.size -= str_ends_with(result, STR("?"));
    return str_equal(result, STR("Any")) ? unknown : result;
}

/* `name.upper()`, `users.filter(…)`. */
static struct str method_result(struct typer *typer, node_id call, node_id object, struct str name) {
    struct str type = type_text(typer, object);
    struct builtin_member member;
    enum builtin adopted;
    if (object_member_find(object_of_type(type), name, &member, &adopted)) {
        struct arguments arguments =
            arguments_of(typer->file->tree, call, adopted != BUILTIN_COUNT ? object : NODE_NONE);
        struct type_variables variables = variables_of(typer, member.signature, &arguments);
        type_variables_match(&variables, STR("[T]"), type);
        type_variables_match(&variables, STR("Result<T, E>"), type);
        type_variables_match(&variables, STR("Option<T>"), type);
        match_functions(typer, &variables, member.signature, &arguments);
        return type_variables_apply(typer->arena, &variables, signature_result(member.signature));
    }
    return type_text_of_part(typer, object, name);
}

static struct str member_call_result(struct typer *typer, node_id call, node_id callee) {
    const struct file_analysis *file = typer->file;
    node_id object = node_child(file->tree, callee, FIELD_OBJECT);
    struct str name = node_text(file->tree, node_child(file->tree, callee, FIELD_PROPERTY));
    const struct rpc_use *use = peer_rpc_use(typer->package, file, callee);
    struct builtin_member member;
    enum builtin space;
    if (use != NULL) {
        struct package_symbol found = {NULL, NULL};
        bool known = package_resolve_rpc(typer->package, use->server, use->name, &found) == RPC_FOUND;
        return known ? member_result(typer, found) : unknown;
    }
    if (str_equal(name, STR("new"))) {
        return node_text(file->tree, object);
    }
    if (lookup_builtin(file, typer->package, object, &space) && builtin_member_find(space, name, &member)) {
        struct arguments arguments = arguments_of(file->tree, call, NODE_NONE);
        return result_by_signature(typer, member.signature, &arguments);
    }
    if (lookup_model(file, typer->package, object)) {
        return model_result(typer, object, name);
    }
    return method_result(typer, call, object, name);
}

struct str type_text_of_call(struct typer *typer, node_id call, node_id piped) {
    const struct file_analysis *file = typer->file;
    bool is_call = node_kind(file->tree, call) == NODE_CALL_EXPRESSION;
    node_id callee = is_call ? node_child(file->tree, call, FIELD_FUNCTION) : call;
    enum builtin builtin;
    if (typer->package == NULL) {
        return unknown;
    }
    if (node_kind(file->tree, callee) == NODE_MEMBER_EXPRESSION) {
        return member_call_result(typer, call, callee);
    }
    const struct binding *binding = analysis_binding(file, callee);
    if (binding == NULL) {
        return unknown;
    }
    if (binding->symbol != 0) {
        return symbol_result(typer, binding->symbol);
    }
    if (lookup_builtin(file, typer->package, callee, &builtin)) {
        struct arguments arguments = arguments_of(file->tree, is_call ? call : NODE_NONE, piped);
        return result_by_signature(typer, builtin_info(builtin)->signature, &arguments);
    }
    struct block_key key = file->blocks.items[binding->block].key;
    return member_result(typer, package_meaning(typer->package, key, binding->name, ACCESS_CALL));
}

/* ---- callbacks */

/* The signature that a callback's call has, and its arguments; empty when it is not known. */
static struct str signature_around(struct typer *typer, node_id call, struct arguments *arguments,
                                   struct type_variables *variables) {
    const struct file_analysis *file = typer->file;
    node_id callee = node_child(file->tree, call, FIELD_FUNCTION);
    node_id pipe = node_parent(file->tree, call);
    bool piped = node_kind(file->tree, pipe) == NODE_PIPE_EXPRESSION && node_field(file->tree, call) == FIELD_RIGHT;
    enum builtin builtin;
    if (lookup_builtin(file, typer->package, callee, &builtin)) {
        *arguments = arguments_of(file->tree, call, piped ? node_child(file->tree, pipe, FIELD_LEFT) : NODE_NONE);
        *variables = variables_of(typer, builtin_info(builtin)->signature, arguments);
        return builtin_info(builtin)->signature;
    }
    struct builtin_member member;
    enum builtin adopted;
    node_id object = node_child(file->tree, callee, FIELD_OBJECT);
    struct str name = node_text(file->tree, node_child(file->tree, callee, FIELD_PROPERTY));
    struct str type = object == NODE_NONE ? unknown : type_text(typer, object);
    if (!object_member_find(object_of_type(type), name, &member, &adopted)) {
        return unknown;
    }
    *arguments = arguments_of(file->tree, call, adopted != BUILTIN_COUNT ? object : NODE_NONE);
    *variables = variables_of(typer, member.signature, arguments);
    type_variables_match(variables, STR("[T]"), type);
    type_variables_match(variables, STR("Result<T, E>"), type);
    type_variables_match(variables, STR("Option<T>"), type);
    return member.signature;
}

/* Which parameter of its function a name is, from 0. */
static unsigned position_of(const struct syntax_tree *tree, node_id function, node_id parameter) {
    unsigned position = 0;
    node_id list = node_child(tree, function, FIELD_PARAMETERS);
    for (node_id at = node_first_plain(tree, list); at != NODE_NONE && at != parameter;
         at = node_next_plain(tree, at)) {
        position++;
    }
    return position;
}

static struct str parameter_at(struct str signature, unsigned position) {
    struct signature_parameter parameter = {0};
    struct str list = unknown;
    size_t at = 0;
    signature_list(signature, &list);
    for (unsigned i = 0; i <= position; i++) {
        if (!signature_next(list, &at, &parameter)) {
            return unknown;
        }
    }
    return parameter.whole;
}

struct str type_text_of_callback(struct typer *typer, const struct symbol *parameter) {
    const struct syntax_tree *tree = typer->file->tree;
    node_id function = parameter->node;
    while (function != NODE_NONE && !is_function(tree, function)) {
        function = node_parent(tree, function);
    }
    node_id list = node_parent(tree, function);
    struct arguments arguments = {.count = 0};
    struct type_variables variables = {0};
    if (typer->package == NULL || node_kind(tree, list) != NODE_ARGUMENTS) {
        return unknown;
    }
    struct str signature = signature_around(typer, node_parent(tree, list), &arguments, &variables);
    for (unsigned i = 0; i < arguments.count && signature.size > 0; i++) {
        if (arguments.items[i] == function) {
            struct str whole = parameter_at(signature, i);
            struct str type = str_slice(whole, str_find(whole, ':', 0) + 1, whole.size);
            struct str text = parameter_at(type, position_of(tree, function, parameter->node));
            struct str found = type_variables_apply(typer->arena, &variables, text);
            return str_equal(found, STR("Any")) ? unknown : found;
        }
    }
    return unknown;
}
