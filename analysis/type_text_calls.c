/* What calls give: results by signature, with type variables found from the arguments; and what callbacks are given. */
#include "analysis/type_text.h"

#include "analysis/database.h"
#include "analysis/lookup.h"
#include "analysis/module_uses.h"
#include "analysis/modules.h"
#include "analysis/objects.h"
#include "analysis/peers.h"
#include "analysis/signature_text.h"

enum { ARGUMENTS = 8 };

static const struct str unknown = {NULL, 0};

/* ---- arguments */

struct arguments {
    node_id items[ARGUMENTS];      /* what is piped first */
    struct str names[ARGUMENTS];   /* empty of those that are given by position */
    unsigned count;
};

static void add_argument(struct arguments *arguments, node_id node, struct str name) {
    if (arguments->count < ARGUMENTS && node != NODE_NONE) {
        arguments->names[arguments->count] = name;
        arguments->items[arguments->count++] = node;
    }
}

static struct arguments arguments_of(const struct syntax_tree *tree, node_id call, node_id first) {
    struct arguments arguments = {.count = 0};
    add_argument(&arguments, first, unknown);
    NODE_EACH(argument, tree, node_child(tree, call, FIELD_ARGUMENTS)) {
        enum node_kind kind = node_kind(tree, argument);
        if (kind == NODE_NAMED_ARGUMENT) {
            add_argument(&arguments, node_child(tree, argument, FIELD_VALUE),
                         node_text(tree, node_child(tree, argument, FIELD_NAME)));
        } else if (kind != NODE_MISSING && !node_is_comment(tree, argument)) {
            add_argument(&arguments, argument, unknown);
        }
    }
    return arguments;
}

/* The parameter of a signature that an argument is for. */
static struct signature_parameter parameter_for(struct str signature, const struct arguments *arguments, unsigned index) {
    struct signature_parameter parameter = {0};
    struct str list = unknown, name = arguments->names[index];
    size_t at = 0;
    signature_list(signature, &list);
    for (unsigned i = 0; signature_next(list, &at, &parameter); i++) {
        if (name.size > 0 ? str_equal(parameter.name, name) : i == index) {
            return parameter;
        }
    }
    return (struct signature_parameter){0};
}

/* A function without a name, or an argument with `it` in it, which is one too. */
static bool is_function(const struct file_analysis *file, node_id node) {
    enum node_kind kind = node_kind(file->tree, node);
    return kind == NODE_LAMBDA || kind == NODE_FUNCTION_EXPRESSION || (file->marks[node] & MARK_IT) != 0;
}

/* What such a function gives. */
static struct str value_of_function(struct typer *typer, node_id function) {
    const struct file_analysis *file = typer->file;
    bool it = (file->marks[function] & MARK_IT) != 0;
    return it ? type_text(typer, function) : type_text_of_body(typer, node_child(file->tree, function, FIELD_BODY));
}

/* Finds variables from arguments that are no functions, whose parameters may depend on them. */
static void match_values(struct typer *typer, struct type_variables *variables, struct str signature,
                         const struct arguments *arguments) {
    const struct syntax_tree *tree = typer->file->tree;
    for (unsigned i = 0; i < arguments->count; i++) {
        node_id value = arguments->items[i];
        if (!is_function(typer->file, value)) {
            struct str pattern = parameter_for(signature, arguments, i).type, type = type_text(typer, value);
            type_variables_match(variables, pattern, type);
            type_variables_match(variables, pattern, type_text_meant(typer, node_span(tree, value).start, type));
        }
    }
}

/* `fn(x) x.name` given for "(T) -> U" says what U is. */
static void match_functions(struct typer *typer, struct type_variables *variables, struct str signature,
                            const struct arguments *arguments) {
    for (unsigned i = 0; i < arguments->count; i++) {
        node_id function = arguments->items[i];
        if (is_function(typer->file, function)) {
            struct str result = signature_result(parameter_for(signature, arguments, i).type);
            type_variables_match(variables, result, value_of_function(typer, function));
        }
    }
}

/* The library's type variables are single capital letters. */
static bool has_variable(struct str text) {
    for (size_t i = 0; i < text.size; i++) {
        bool capital = text.data[i] >= 'A' && text.data[i] <= 'Z';
        bool first = i == 0 || !signature_is_name_byte(text.data[i - 1]), last = i + 1 == text.size || !signature_is_name_byte(text.data[i + 1]);
        if (capital && first && last) {
            return true;
        }
    }
    return false;
}

static struct str result_by_signature(struct typer *typer, struct str signature, const struct arguments *arguments) {
    struct str result = signature_result(signature);
    struct type_variables variables = {0};
    if (!has_variable(result)) {
        return result;
    }
    match_values(typer, &variables, signature, arguments);
    match_functions(typer, &variables, signature, arguments);
    return type_variables_apply(typer->arena, &variables, result);
}

/* ---- what is called */

/* What a call gives, in the words of what is called; the signatures are asked for only where it has type variables. */
struct called {
    struct str result;
    struct str signature; /* of what is called */
    struct str declaring; /* of what declares the variables: that, or the type of a variant */
    bool makes;           /* a value of the type `result`, whose variables they are */
};

static struct called symbol_called(struct typer *typer, uint32_t index);

/* What a function without a type behind its arrow gives. */
static struct str result_of_body(struct typer *typer, uint32_t function) {
    return type_text_of_body(typer, node_child(typer->file->tree, analysis_symbol(typer->file, function)->node, FIELD_BODY));
}

/* `twice = fn(n: Int) n * 2`: what it says that it gives, or gives. */
static struct str result_of_value(struct typer *typer, node_id function) {
    node_id type = node_child(typer->file->tree, function, FIELD_RETURN_TYPE);
    return type != NODE_NONE ? node_text(typer->file->tree, type) : value_of_function(typer, function);
}

/* A block-level symbol of another file. */
static struct called called_elsewhere(struct typer *typer, struct package_symbol found) {
    const struct summary_symbol *symbol = found.symbol;
    const struct atom_table *atoms = typer->file->atoms;
    struct called called = {.signature = symbol->signature, .declaring = symbol->signature};
    switch ((int)symbol->kind) {
    case SYMBOL_TYPE:
        called.result = atom_text(atoms, symbol->name);
        called.makes = true;
        break;
    case SYMBOL_VARIANT: {
        atom_id owner = symbol->owner;
        struct package_symbol type = {NULL, NULL};
        if (owner != ATOM_NONE) {
            type = package_lookup(typer->package, symbol->block, owner, true);
            called.result = atom_text(atoms, owner);
        }
        called.declaring = type.symbol == NULL ? unknown : type.symbol->signature;
        called.makes = true;
        break;
    }
    case SYMBOL_FUNCTION:
        called.result = signature_result(symbol->signature);
        called.result = called.result.size > 0 ? called.result : type_text_elsewhere(typer, found, result_of_body);
        break;
    default:
        break;
    }
    return called;
}

static struct called member_called(struct typer *typer, struct package_symbol found) {
    if (found.symbol == NULL) {
        return (struct called){0};
    }
    bool own = found.file == package_file(typer->package, typer->file->path);
    return own ? symbol_called(typer, found.symbol->local) : called_elsewhere(typer, found);
}

/* "User" of "(Int) -> User". */
static struct str behind_arrow(struct str type) {
    size_t at = signature_operator(type);
    bool arrow = at < type.size && type.data[at] == '-';
    return arrow ? str_trim(str_slice(type, at + 2, type.size)) : unknown;
}

static struct called symbol_called(struct typer *typer, uint32_t index) {
    const struct file_analysis *file = typer->file;
    const struct symbol *symbol = analysis_symbol(file, index);
    uint32_t declaring = symbol->kind == SYMBOL_VARIANT ? symbol->owner : index;
    const struct symbol *type = analysis_symbol(file, declaring);
    struct called called = {.makes = type->kind == SYMBOL_TYPE};
    if (symbol->kind == SYMBOL_IMPORT) {
        return member_called(typer, typer_imported(typer, index));
    }
    node_id value = symbol->kind == SYMBOL_CONSTANT ? symbol->value : NODE_NONE;
    if (is_function(file, value)) {
        called.result = result_of_value(typer, value);
    } else if (symbol->kind == SYMBOL_FUNCTION) {
        called.result = symbol->type != NODE_NONE ? node_text(file->tree, symbol->type) : result_of_body(typer, index);
    } else if (called.makes) {
        called.result = analysis_name(file, type->name);
    } else {
        called.result = behind_arrow(type_text_present(type_text_of_symbol(typer, index)));
    }
    if (type->flags & SYMBOL_GENERIC) {
        called.signature = lookup_signature(typer->arena, file, index);
        called.declaring = lookup_signature(typer->arena, file, declaring);
    }
    return called;
}

static struct str result_of(struct typer *typer, struct called called, node_id call, node_id piped) {
    struct type_variables variables = {0};
    if (called.result.size == 0 || signature_variables(called.declaring).size == 0) {
        return called.result;
    }
    struct arguments arguments = arguments_of(typer->file->tree, call, piped);
    type_variables_declare(&variables, called.declaring);
    match_values(typer, &variables, called.signature, &arguments);
    match_functions(typer, &variables, called.signature, &arguments);
    return called.makes ? type_variables_type(typer->arena, &variables, called.result)
                        : type_variables_apply(typer->arena, &variables, called.result);
}

/* `User.find(1)`: what the functions of models give. */
static struct str model_result(struct typer *typer, node_id object, struct str name) {
    struct builtin_member member;
    if (!model_member_find(name, &member)) {
        return unknown;
    }
    struct str result =
        signature_result(model_member_signature(typer->arena, &member, node_text(typer->file->tree, object)));
    return str_equal(result, STR("Any")) ? unknown : result;
}

/* The variables of the methods of lists, results and options are those of what stands before the dot. */
static void match_receiver(struct type_variables *variables, struct str type) {
    type_variables_match(variables, STR("[T]"), type);
    type_variables_match(variables, STR("Result<T, E>"), type);
    type_variables_match(variables, STR("Option<T>"), type);
}

/* `name.upper()`, `users.filter(…)`. */
static struct str method_result(struct typer *typer, node_id call, node_id object, struct str name) {
    struct str type = type_text_receiver(typer, object);
    struct builtin_member member;
    enum builtin adopted;
    if (object_member_find(object_of_type(type), name, &member, &adopted)) {
        struct arguments arguments =
            arguments_of(typer->file->tree, call, adopted != BUILTIN_COUNT ? object : NODE_NONE);
        struct type_variables variables = {0};
        match_values(typer, &variables, member.signature, &arguments);
        match_receiver(&variables, type);
        match_functions(typer, &variables, member.signature, &arguments);
        return type_variables_apply(typer->arena, &variables, signature_result(member.signature));
    }
    struct str result = type_text_of_part(typer, object, name);
    bool function = behind_arrow(result).size > 0 || str_equal(result, STR("Function"));
    return function ? unknown : result; /* a field that holds one, or a method that gives one */
}

/* `shapes.origin` of `import * as shapes`. */
static struct package_symbol of_namespace(struct typer *typer, node_id object, struct str name) {
    const struct file_analysis *file = typer->file;
    const struct binding *binding = analysis_binding(file, object);
    const struct imported *imported = NULL;
    if (binding != NULL && analysis_symbol(file, binding->symbol)->kind == SYMBOL_IMPORT) {
        imported = module_uses_imported(file, binding->symbol);
    }
    bool all = imported != NULL && str_equal(analysis_name(file, imported->name), STR("*"));
    atom_id atom = all ? atom_find(file->atoms, name) : ATOM_NONE;
    if (atom == ATOM_NONE) {
        return (struct package_symbol){NULL, NULL};
    }
    struct str source = file->module_uses.items[imported->module].text;
    struct module module = module_find(typer->arena, typer->package, file->path, source);
    return module_symbol(typer->arena, &module, typer->package, atom);
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
        return known ? result_of(typer, member_called(typer, found), call, NODE_NONE) : unknown;
    }
    if (str_equal(name, STR("new"))) {
        return node_text(file->tree, object);
    }
    struct package_symbol offered = of_namespace(typer, object, name);
    if (offered.symbol != NULL) {
        return result_of(typer, member_called(typer, offered), call, NODE_NONE);
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

/* `user |> .name`, `name |> .upper()`. */
static struct str piped_member(struct typer *typer, node_id call, node_id column, node_id piped) {
    const struct syntax_tree *tree = typer->file->tree;
    struct str name = node_text(tree, node_child(tree, column, FIELD_NAME));
    return call == column ? type_text_of_part(typer, piped, name) : method_result(typer, call, piped, name);
}

/* Lists that are zipped give tuples of what they hold. */
static struct str zipped(struct typer *typer, const struct arguments *arguments) {
    struct str tuple = unknown;
    for (unsigned i = 0; i < arguments->count; i++) {
        struct str element = type_text_element(type_text_receiver(typer, arguments->items[i]));
        if (element.size == 0) {
            return unknown;
        }
        tuple = i == 0 ? element : arena_printf(typer->arena, "%.*s, %.*s", STR_ARGUMENTS(tuple), STR_ARGUMENTS(element));
    }
    bool several = arguments->count > 1 && arguments->count < ARGUMENTS;
    return several ? arena_printf(typer->arena, "[(%.*s)]", STR_ARGUMENTS(tuple)) : unknown;
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
    if (node_kind(file->tree, callee) == NODE_COLUMN) {
        return piped == NODE_NONE ? unknown : piped_member(typer, call, callee, piped);
    }
    const struct binding *binding = analysis_binding(file, callee);
    if (binding == NULL) {
        return unknown;
    }
    node_id given = is_call ? call : NODE_NONE;
    if (binding->symbol != 0) {
        return result_of(typer, symbol_called(typer, binding->symbol), given, piped);
    }
    if (lookup_builtin(file, typer->package, callee, &builtin)) {
        struct arguments arguments = arguments_of(file->tree, given, piped);
        struct str tuples = builtin == BUILTIN_ZIP ? zipped(typer, &arguments) : unknown;
        return tuples.size > 0 ? tuples : result_by_signature(typer, builtin_info(builtin)->signature, &arguments);
    }
    struct block_key key = file->blocks.items[binding->block].key;
    struct package_symbol found = package_meaning(typer->package, key, binding->name, ACCESS_CALL);
    return result_of(typer, member_called(typer, found), given, piped);
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
        match_values(typer, variables, builtin_info(builtin)->signature, arguments);
        return builtin_info(builtin)->signature;
    }
    struct builtin_member member;
    enum builtin adopted;
    node_id object = node_child(file->tree, callee, FIELD_OBJECT);
    struct str name = node_text(file->tree, node_child(file->tree, callee, FIELD_PROPERTY));
    struct str type = object == NODE_NONE ? unknown : type_text_receiver(typer, object);
    if (!object_member_find(object_of_type(type), name, &member, &adopted)) {
        return unknown;
    }
    *arguments = arguments_of(file->tree, call, adopted != BUILTIN_COUNT ? object : NODE_NONE);
    match_values(typer, variables, member.signature, arguments);
    match_receiver(variables, type);
    return member.signature;
}

/* Which parameter of its function a name is, from 0; `it` is the first. */
static unsigned position_of(const struct syntax_tree *tree, node_id function, node_id parameter) {
    unsigned position = 0;
    node_id list = node_child(tree, function, FIELD_PARAMETERS);
    for (node_id at = node_first_plain(tree, list); at != NODE_NONE && at != parameter;
         at = node_next_plain(tree, at)) {
        position++;
    }
    return position;
}

/* Of "(T, Int) -> U" the type at a position. */
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

/* What stands in for a column of a table, as for `sortBy`, is handed its rows: the items of a list of records. */
static struct str row_handed(struct typer *typer, struct str signature, struct signature_parameter taken,
                             const struct arguments *arguments) {
    bool row = str_equal(taken.name, STR("column")) || str_starts_with(taken.type, STR("(Row)"));
    bool table = row && str_equal(parameter_for(signature, arguments, 0).type, STR("Table"));
    struct str type = table ? type_text_receiver(typer, arguments->items[0]) : unknown;
    return str_equal(type, STR("String")) ? unknown : type_text_element(type);
}

struct str type_text_of_callback(struct typer *typer, node_id parameter) {
    const struct syntax_tree *tree = typer->file->tree;
    node_id function = parameter;
    while (function != NODE_NONE && !is_function(typer->file, function)) {
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
            struct signature_parameter taken = parameter_for(signature, &arguments, i);
            unsigned position = position_of(tree, function, parameter);
            struct str row = position == 0 ? row_handed(typer, signature, taken, &arguments) : unknown;
            struct str found = type_variables_apply(typer->arena, &variables, parameter_at(taken.type, position));
            return row.size > 0 ? row : str_equal(found, STR("Any")) ? unknown : found;
        }
    }
    return unknown;
}
