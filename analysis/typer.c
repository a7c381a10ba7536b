/* The types of values. Every symbol's type is found once, so that a chain of names costs no more than its length. */
#include "analysis/typer.h"

#include "analysis/modules.h"
#include "analysis/package_index.h"
#include "analysis/peers.h"
#include "analysis/signature_text.h"
#include "parser/base/map.h"

enum { DEPTH = 64 }; /* of expressions within expressions that are followed */
enum state { STATE_UNASKED, STATE_ASKED, STATE_KNOWN };

static const struct known_type unknown = {0, {NULL, NULL}, false};

void typer_init(struct typer *typer, struct arena *arena, const struct file_analysis *file, const struct package *package) {
    *typer = (struct typer){
        .file = file,
        .package = package,
        .arena = arena,
        .symbols = arena_array(arena, struct known_type, file->symbols.count),
        .states = arena_array(arena, uint8_t, file->symbols.count),
    };
    if (package != NULL && file->imported.count > 0) {
        typer->imports = arena_array(arena, struct package_symbol, file->symbols.count);
        typer->import_states = arena_array(arena, uint8_t, file->symbols.count);
    }
}

struct package_symbol typer_imported(struct typer *typer, uint32_t symbol) {
    if (typer->imports == NULL || analysis_symbol(typer->file, symbol)->kind != SYMBOL_IMPORT) {
        return (struct package_symbol){NULL, NULL};
    }
    if (typer->import_states[symbol] == STATE_UNASKED) {
        typer->import_states[symbol] = STATE_KNOWN;
        typer->imports[symbol] = module_imported(typer->arena, typer->package, typer->file, symbol);
    }
    return typer->imports[symbol];
}

static bool is_own(const struct typer *typer, const struct summary *file) {
    return package_file(typer->package, file->path) == file;
}

const struct package *typer_package_of(const struct typer *typer, struct known_type type) {
    const struct modules *modules = typer->package->modules;
    if (type.symbol != 0 || is_own(typer, type.member.file)) {
        return typer->package;
    }
    return modules == NULL ? NULL : modules->package_of(modules->context, type.member.file->path);
}

static struct block_key key_of(const struct typer *typer, uint32_t block) { return typer->file->blocks.items[block].key; }

/* ---- types by name */

/* A type of this file, or what its alias stands for. */
static struct known_type type_of_symbol(struct typer *typer, uint32_t index) {
    const struct symbol *symbol = analysis_symbol(typer->file, index);
    if (symbol->kind != SYMBOL_TYPE) {
        return unknown;
    }
    if (symbol->part_count == 0 && symbol->type != NODE_NONE) {
        return typer_annotation(typer, symbol->type);
    }
    return (struct known_type){.symbol = index};
}

static struct known_type type_by_text(struct typer *typer, const struct summary *file, struct block_key key,
                                      struct str text);

/* A type of another file, or what its alias stands for. One of this file is known by its symbol. */
static struct known_type type_of_member(struct typer *typer, struct package_symbol found) {
    if (found.symbol == NULL || found.symbol->kind != SYMBOL_TYPE || typer->depth >= DEPTH) {
        return unknown;
    }
    if (found.file == package_file(typer->package, typer->file->path)) {
        return type_of_symbol(typer, found.symbol->local);
    }
    struct str alias = found.symbol->parameter_count > 0 ? (struct str){0} : signature_alias(found.symbol->signature);
    if (alias.size == 0) {
        return (struct known_type){.member = found};
    }
    typer->depth++;
    struct known_type type = type_by_text(typer, found.file, found.symbol->block, alias);
    typer->depth--;
    return type;
}

static struct known_type type_by_name(struct typer *typer, struct block_key key, atom_id name) {
    return typer->package == NULL ? unknown : type_of_member(typer, package_lookup(typer->package, key, name, true));
}

static struct known_type type_by_binding(struct typer *typer, node_id name) {
    const struct binding *binding = analysis_binding(typer->file, name);
    if (binding == NULL) {
        return unknown;
    }
    if (analysis_symbol(typer->file, binding->symbol)->kind == SYMBOL_IMPORT) {
        return type_of_member(typer, typer_imported(typer, binding->symbol));
    }
    return binding->symbol != 0 ? type_of_symbol(typer, binding->symbol)
                                : type_by_name(typer, key_of(typer, binding->block), binding->name);
}

/* "User", "[User]": an annotation of another file of this package; what the words of other packages mean is not followed. */
static struct known_type type_by_text(struct typer *typer, const struct summary *file, struct block_key key,
                                      struct str text) {
    if (!is_own(typer, file)) {
        return unknown;
    }
    bool list = text.size > 2 && text.data[0] == '[' && text.data[text.size - 1] == ']';
    atom_id name = atom_find(typer->file->atoms, list ? str_trim(str_slice(text, 1, text.size - 1)) : text);
    struct known_type type = name == ATOM_NONE ? unknown : type_by_name(typer, key, name);
    type.list = list && known_type_is(type);
    return type;
}

struct known_type typer_annotation(struct typer *typer, node_id node) {
    const struct syntax_tree *tree = typer->file->tree;
    struct known_type type = unknown;
    if (typer->depth >= DEPTH) {
        return unknown;
    }
    typer->depth++;
    switch ((int)node_kind(tree, node)) {
    case NODE_TYPE_NAME:
        if (node_child(tree, node, FIELD_MEMBER) == NODE_NONE) {
            type = type_by_binding(typer, node_child(tree, node, FIELD_NAME));
        }
        break;
    case NODE_GENERIC_TYPE:
        type = typer_annotation(typer, node_child(tree, node, FIELD_NAME));
        break;
    case NODE_LIST_TYPE:
        type = typer_annotation(typer, node_child(tree, node, FIELD_ELEMENT));
        type.list = known_type_is(type) && !type.list;
        break;
    default:
        break;
    }
    typer->depth--;
    return type;
}

/* ---- results of functions */

/* What stands behind the arrow of a signature. */
static struct str result_text(struct str signature) {
    for (size_t i = signature.size; i > 2; i--) {
        if (signature.data[i - 1] == '>' && signature.data[i - 2] == '-') {
            return str_trim(str_slice(signature, i, signature.size));
        }
    }
    return (struct str){0};
}

static struct known_type result_of_member(struct typer *typer, struct package_symbol found) {
    if (found.symbol == NULL) {
        return unknown;
    }
    if (found.file == package_file(typer->package, typer->file->path)) {
        return typer_annotation(typer, analysis_symbol(typer->file, found.symbol->local)->type);
    }
    switch ((int)found.symbol->kind) {
    case SYMBOL_TYPE:
        return type_of_member(typer, found);
    case SYMBOL_VARIANT:
        return is_own(typer, found.file) ? type_by_name(typer, found.symbol->block, found.symbol->owner) : unknown;
    case SYMBOL_FUNCTION:
        return type_by_text(typer, found.file, found.symbol->block, result_text(found.symbol->signature));
    default:
        return unknown;
    }
}

static struct known_type result_of_symbol(struct typer *typer, uint32_t index) {
    const struct symbol *symbol = analysis_symbol(typer->file, index);
    switch ((int)symbol->kind) {
    case SYMBOL_TYPE:
        return type_of_symbol(typer, index);
    case SYMBOL_VARIANT:
        return type_of_symbol(typer, symbol->owner);
    case SYMBOL_FUNCTION:
        return typer_annotation(typer, symbol->type);
    case SYMBOL_IMPORT:
        return result_of_member(typer, typer_imported(typer, index));
    default:
        return unknown;
    }
}

static struct known_type result_of_rpc(struct typer *typer, node_id member) {
    const struct rpc_use *use = peer_rpc_use(typer->package, typer->file, member);
    struct package_symbol found = {NULL, NULL};
    bool is_found =
        use != NULL && package_resolve_rpc(typer->package, use->server, use->name, &found) == RPC_FOUND;
    return is_found ? result_of_member(typer, found) : unknown;
}

/* `value.method()`, `Type.function()`. */
static struct known_type result_of_method(struct typer *typer, node_id member) {
    const struct file_analysis *file = typer->file;
    node_id object = node_child(file->tree, member, FIELD_OBJECT);
    const struct symbol *named = analysis_symbol_of(file, object);
    atom_id name = atom_find(file->atoms, node_text(file->tree, node_child(file->tree, member, FIELD_PROPERTY)));
    struct known_type type = named != NULL && named->kind == SYMBOL_TYPE
                                 ? (struct known_type){.symbol = analysis_binding(file, object)->symbol}
                                 : typer_expression(typer, object);
    if (name == ATOM_NONE || type.list) {
        return unknown;
    }
    struct part part = typer_part(typer, type, name);
    const struct symbol *method = analysis_symbol(file, part.symbol);
    return method->kind == SYMBOL_FUNCTION ? typer_annotation(typer, method->type) : unknown;
}

static struct known_type type_of_call(struct typer *typer, node_id node) {
    const struct file_analysis *file = typer->file;
    node_id function = node_child(file->tree, node, FIELD_FUNCTION);
    const struct binding *binding = analysis_binding(file, function);
    if (node_kind(file->tree, function) == NODE_MEMBER_EXPRESSION) {
        struct known_type result = typer->package == NULL ? unknown : result_of_rpc(typer, function);
        return known_type_is(result) ? result : result_of_method(typer, function);
    }
    if (binding == NULL || binding->builtin != 0) {
        return unknown;
    }
    if (binding->symbol != 0) {
        return result_of_symbol(typer, binding->symbol);
    }
    if (typer->package == NULL) {
        return unknown;
    }
    return result_of_member(typer, package_meaning(typer->package, key_of(typer, binding->block), binding->name, ACCESS_CALL));
}

/* ---- names */

static struct known_type element_of(struct known_type list) {
    list.list = false;
    return list;
}

/* `for user in users`: an element; with two names the second one is. */
static struct known_type type_of_loop_name(struct typer *typer, const struct symbol *symbol) {
    const struct syntax_tree *tree = typer->file->tree;
    node_id pattern = node_child(tree, symbol->node, FIELD_PATTERN);
    node_id second = node_next_same_field(tree, pattern);
    struct known_type list = typer_expression(typer, node_child(tree, symbol->node, FIELD_ITERABLE));
    bool element = (second == NODE_NONE ? pattern : second) == symbol->name_node;
    return element && list.list ? element_of(list) : unknown;
}

/* Functions that are handed the elements of a list one by one. */
static bool hands_elements(struct str name) {
    static const struct str callers[] = {STR_INIT("map"),  STR_INIT("filter"), STR_INIT("each"), STR_INIT("find"),
                                         STR_INIT("some"), STR_INIT("every"),  STR_INIT("any"),  STR_INIT("all"),
                                         STR_INIT("sortBy"), STR_INIT("sort_by"), STR_INIT("forEach")};
    for (size_t i = 0; i < sizeof callers / sizeof *callers; i++) {
        if (str_equal(name, callers[i])) {
            return true;
        }
    }
    return false;
}

/* The first argument of a call of a builtin, which may come through a pipe. */
static node_id list_given(const struct typer *typer, node_id call, node_id callee) {
    const struct syntax_tree *tree = typer->file->tree;
    const struct binding *binding = analysis_binding(typer->file, callee);
    node_id pipe = node_parent(tree, call);
    bool piped = node_kind(tree, pipe) == NODE_PIPE_EXPRESSION && node_field(tree, call) == FIELD_RIGHT;
    if (binding == NULL || binding->builtin == 0 || binding->symbol != 0 || !hands_elements(node_text(tree, callee))) {
        return NODE_NONE;
    }
    return piped ? node_child(tree, pipe, FIELD_LEFT) : node_first_plain(tree, node_child(tree, call, FIELD_ARGUMENTS));
}

node_id typer_callback_list(const struct typer *typer, const struct symbol *symbol) {
    const struct syntax_tree *tree = typer->file->tree;
    node_id function = symbol->node;
    while (function != NODE_NONE && node_kind(tree, function) != NODE_LAMBDA &&
           node_kind(tree, function) != NODE_FUNCTION_EXPRESSION) {
        function = node_parent(tree, function);
    }
    node_id arguments = node_parent(tree, function);
    node_id call = node_parent(tree, arguments);
    node_id callee = node_child(tree, call, FIELD_FUNCTION);
    node_id parameters = node_child(tree, function, FIELD_PARAMETERS);
    bool first = parameters == symbol->node || node_first_plain(tree, parameters) == symbol->node;
    bool whole = symbol->name_node == symbol->node || node_parent(tree, symbol->name_node) == symbol->node;
    if (!first || !whole || node_kind(tree, arguments) != NODE_ARGUMENTS) {
        return NODE_NONE;
    }
    if (node_kind(tree, callee) != NODE_MEMBER_EXPRESSION) {
        return list_given(typer, call, callee);
    }
    bool hands = hands_elements(node_text(tree, node_child(tree, callee, FIELD_PROPERTY)));
    return hands ? node_child(tree, callee, FIELD_OBJECT) : NODE_NONE;
}

/* What a function is handed of the list that it is called for: `users |> map(fn(user) …)`, `users.map(fn(user) …)`. */
static struct known_type type_of_callback_parameter(struct typer *typer, const struct symbol *symbol) {
    node_id list = typer_callback_list(typer, symbol);
    struct known_type type = list == NODE_NONE ? unknown : typer_expression(typer, list);
    return type.list ? element_of(type) : unknown;
}

static struct known_type find_type_of_name(struct typer *typer, const struct symbol *symbol) {
    const struct syntax_tree *tree = typer->file->tree;
    if (symbol->type != NODE_NONE) {
        return typer_annotation(typer, symbol->type);
    }
    switch ((int)symbol->kind) {
    case SYMBOL_COMPUTED:
        return typer_expression(typer, symbol->value);
    case SYMBOL_PARAMETER:
        return symbol->owner == 0 ? type_of_callback_parameter(typer, symbol) : unknown;
    case SYMBOL_CONSTANT:
        if (node_kind(tree, symbol->node) == NODE_ASSIGNMENT) {
            bool whole = node_child(tree, symbol->node, FIELD_LEFT) == symbol->name_node;
            return whole ? typer_expression(typer, symbol->value) : unknown;
        }
        if (node_kind(tree, symbol->node) == NODE_FOR_EXPRESSION || node_kind(tree, symbol->node) == NODE_JSX_FOR) {
            return type_of_loop_name(typer, symbol);
        }
        return unknown;
    default:
        return unknown;
    }
}

static struct known_type type_of_name(struct typer *typer, uint32_t index) {
    if (typer->states[index] == STATE_UNASKED) {
        typer->states[index] = STATE_ASKED;
        typer->symbols[index] = find_type_of_name(typer, analysis_symbol(typer->file, index));
        typer->states[index] = STATE_KNOWN;
    }
    return typer->states[index] == STATE_KNOWN ? typer->symbols[index] : unknown;
}

/* `self` is a value of the type that its `impl` is for. */
static node_id impl_around(const struct typer *typer, const struct symbol *symbol) {
    bool self = symbol->kind == SYMBOL_PARAMETER && str_equal(analysis_name(typer->file, symbol->name), STR("self"));
    return self ? node_ancestor(typer->file->tree, symbol->node, NODE_IMPL_DECLARATION) : NODE_NONE;
}

static struct known_type type_of_identifier(struct typer *typer, node_id node) {
    const struct binding *binding = analysis_binding(typer->file, node);
    if (binding == NULL || binding->symbol == 0) {
        return unknown;
    }
    const struct symbol *symbol = analysis_symbol(typer->file, binding->symbol);
    node_id impl = impl_around(typer, symbol);
    if (impl != NODE_NONE) {
        return typer_annotation(typer, node_child(typer->file->tree, impl, FIELD_TYPE));
    }
    return symbol->kind == SYMBOL_VARIANT ? type_of_symbol(typer, symbol->owner) : type_of_name(typer, binding->symbol);
}

/* ---- expressions */

static struct known_type type_of_member_expression(struct typer *typer, node_id node) {
    const struct syntax_tree *tree = typer->file->tree;
    node_id property = node_child(tree, node, FIELD_PROPERTY);
    struct known_type object = typer_expression(typer, node_child(tree, node, FIELD_OBJECT));
    atom_id name = known_type_is(object) && !object.list ? atom_find(typer->file->atoms, node_text(tree, property)) : ATOM_NONE;
    return name == ATOM_NONE ? unknown : typer_part(typer, object, name).type;
}

/* A pipe through what keeps the items as they are. */
static struct known_type type_of_pipe(struct typer *typer, node_id node) {
    static const struct str keepers[] = {STR_INIT("filter"), STR_INIT("sorted"), STR_INIT("reversed"), STR_INIT("take"),
                                         STR_INIT("drop"), STR_INIT("sortBy"), STR_INIT("sort_by"), STR_INIT("unique")};
    const struct syntax_tree *tree = typer->file->tree;
    node_id right = node_child(tree, node, FIELD_RIGHT);
    node_id callee = node_kind(tree, right) == NODE_CALL_EXPRESSION ? node_child(tree, right, FIELD_FUNCTION) : right;
    const struct binding *binding = analysis_binding(typer->file, callee);
    for (size_t i = 0; binding != NULL && binding->builtin != 0 && i < sizeof keepers / sizeof *keepers; i++) {
        if (str_equal(node_text(tree, callee), keepers[i])) {
            return typer_expression(typer, node_child(tree, node, FIELD_LEFT));
        }
    }
    return unknown;
}

static struct known_type type_of_index(struct typer *typer, node_id node) {
    const struct syntax_tree *tree = typer->file->tree;
    struct known_type list = typer_expression(typer, node_child(tree, node, FIELD_OBJECT));
    bool slice = node_kind(tree, node_child(tree, node, FIELD_INDEX)) == NODE_SLICE;
    return !list.list ? unknown : slice ? list : element_of(list);
}

static struct known_type type_of_list(struct typer *typer, node_id node) {
    const struct syntax_tree *tree = typer->file->tree;
    node_id first = node_first_plain(tree, node);
    bool plain = node_kind(tree, first) != NODE_SPREAD && node_child_of_kind(tree, node, NODE_COMPREHENSION_CLAUSE) == NODE_NONE;
    struct known_type type = first == NODE_NONE || !plain ? unknown : typer_expression(typer, first);
    type.list = known_type_is(type) && !type.list;
    return type.list ? type : unknown;
}

static struct known_type type_of_struct(struct typer *typer, node_id node) {
    return type_by_binding(typer, node_child(typer->file->tree, node, FIELD_NAME));
}

static struct known_type type_of_group(struct typer *typer, node_id node) {
    const struct syntax_tree *tree = typer->file->tree;
    node_id first = node_first_plain(tree, node);
    return node_next_plain(tree, first) == NODE_NONE ? typer_expression(typer, first) : unknown;
}

static struct known_type type_of_value(struct typer *typer, node_id node) {
    return typer_expression(typer, node_child(typer->file->tree, node, FIELD_VALUE));
}

static struct known_type (*const rules[NODE_KIND_COUNT])(struct typer *typer, node_id node) = {
    [NODE_IDENTIFIER] = type_of_identifier, [NODE_CALL_EXPRESSION] = type_of_call,
    [NODE_MEMBER_EXPRESSION] = type_of_member_expression, [NODE_PIPE_EXPRESSION] = type_of_pipe,
    [NODE_INDEX_EXPRESSION] = type_of_index, [NODE_ARRAY] = type_of_list,
    [NODE_STRUCT_LITERAL] = type_of_struct, [NODE_PAREN_LIST] = type_of_group,
    [NODE_AWAIT_EXPRESSION] = type_of_value,
};

struct known_type typer_expression(struct typer *typer, node_id node) {
    struct known_type (*rule)(struct typer *, node_id) = rules[node_kind(typer->file->tree, node)];
    if (rule == NULL || typer->depth >= DEPTH) {
        return unknown;
    }
    typer->depth++;
    struct known_type type = rule(typer, node);
    typer->depth--;
    return type;
}

/* ---- parts */

static bool is_variant_type(const struct file_analysis *file, const struct symbol *type) {
    return type->part_count > 0 && analysis_symbol(file, type->first_part)->kind == SYMBOL_VARIANT;
}

static uint32_t part_of(const struct file_analysis *file, const struct symbol *owner, atom_id name) {
    for (uint32_t i = owner->first_part; i < owner->first_part + owner->part_count; i++) {
        if (analysis_symbol(file, i)->name == name) {
            return i;
        }
    }
    return 0;
}

/* A field of the type, or of one of its variants. */
static uint32_t field_of(const struct file_analysis *file, const struct symbol *type, atom_id name) {
    if (!is_variant_type(file, type)) {
        return part_of(file, type, name);
    }
    uint32_t field = 0;
    for (uint32_t i = type->first_part; i < type->first_part + type->part_count && field == 0; i++) {
        field = analysis_symbol(file, i)->name == name ? i : part_of(file, analysis_symbol(file, i), name);
    }
    return field;
}

static uint32_t method_of(const struct file_analysis *file, atom_id type, atom_id name) {
    for (uint32_t low = 0, high = file->methods.count; low < high;) {
        uint32_t middle = low + (high - low) / 2;
        const struct type_method *method = &file->methods.items[middle];
        uint64_t order = map_key2(method->type, analysis_symbol(file, method->symbol)->name);
        if (order == map_key2(type, name)) {
            return method->symbol;
        }
        if (order < map_key2(type, name)) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return 0;
}

static struct part part_here(struct typer *typer, uint32_t symbol) {
    const struct symbol *part = analysis_symbol(typer->file, symbol);
    bool field = part->kind == SYMBOL_FIELD;
    return (struct part){.kind = PART_SYMBOL,
                         .symbol = symbol,
                         .type = field                          ? typer_annotation(typer, part->type)
                                 : part->kind == SYMBOL_VARIANT ? type_of_symbol(typer, part->owner)
                                                                : unknown};
}

/* A field in the summary of another file; methods are found by package_has_method. */
static struct part part_elsewhere(struct typer *typer, struct package_symbol type, atom_id name) {
    const struct summary_symbol *symbol = type.symbol;
    for (uint32_t i = 0; i < symbol->parameter_count; i++) {
        if (symbol->parameters[i].name == name) {
            return (struct part){.kind = PART_ELSEWHERE,
                                 .type = type_by_text(typer, type.file, symbol->block, symbol->parameters[i].type)};
        }
    }
    return (struct part){.kind = PART_UNKNOWN};
}

uint32_t typer_method(const struct file_analysis *file, atom_id type, atom_id name) { return method_of(file, type, name); }

uint32_t typer_declared_part(const struct file_analysis *file, uint32_t type, atom_id name) {
    const struct symbol *symbol = analysis_symbol(file, type);
    uint32_t part = field_of(file, symbol, name);
    return part != 0 ? part : method_of(file, symbol->name, name);
}

struct part typer_part(struct typer *typer, struct known_type type, atom_id name) {
    if (type.symbol == 0) {
        return type.member.symbol == NULL ? (struct part){.kind = PART_UNKNOWN} : part_elsewhere(typer, type.member, name);
    }
    uint32_t part = typer_declared_part(typer->file, type.symbol, name);
    return part != 0 ? part_here(typer, part) : (struct part){.kind = PART_UNKNOWN};
}
