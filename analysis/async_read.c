/* async_read: the calls of one file, each with what it calls, and what waits whatever is called. */
#include "analysis/async.h"
#include "analysis/builtins.h"
#include "analysis/database.h"
#include "analysis/waits.h"
#include "parser/syntax/node.h"

struct reader {
    struct arena *arena;
    struct async_file *file;
    struct file_analysis *analysis;
    VEC(uint32_t) stack; /* functions around the node that is read */
};

/* ---- functions */

/* `onMount { … }` and `onUnmount { … }`. */
static bool is_hook(const struct syntax_tree *tree, node_id node) {
    if (node_kind(tree, node) != NODE_DIRECTIVE) {
        return false;
    }
    struct str word = node_text(tree, node_child(tree, node, FIELD_NAME));
    return str_equal(word, STR("onMount")) || str_equal(word, STR("onUnmount"));
}

/* `route GET "/" { … }`. */
static bool is_route_block(const struct syntax_tree *tree, node_id node) {
    return node_kind(tree, node) == NODE_BLOCK && node_field(tree, node) == FIELD_HANDLER &&
           node_kind(tree, node_parent(tree, node)) == NODE_ROUTE_DECLARATION;
}

static bool is_function_kind(enum node_kind kind) {
    return kind == NODE_FUNCTION_DECLARATION || kind == NODE_FUNCTION_EXPRESSION || kind == NODE_LAMBDA ||
           kind == NODE_EFFECT_DECLARATION || kind == NODE_COMPUTED_DECLARATION ||
           kind == NODE_COMPONENT_DECLARATION || kind == NODE_STORE_DECLARATION;
}

static bool is_function(const struct file_analysis *file, node_id node) {
    return is_function_kind(node_kind(file->tree, node)) || (file->marks[node] & MARK_IT) != 0 ||
           is_hook(file->tree, node) || is_route_block(file->tree, node);
}

bool async_set(struct async_file *file, uint32_t index) {
    struct async_function *function = &file->functions.items[index];
    if (index == ASYNC_OUTSIDE || function->async || function->synchronous) {
        return false;
    }
    function->async = true;
    file->analysis->marks[function->node] |= MARK_ASYNC;
    return true;
}

bool async_await(const struct async_call *call) {
    struct async_file *file = call->file;
    bool synchronous = file->functions.items[call->caller].synchronous;
    if (call->taker != NODE_NONE && (call->deaf || synchronous)) {
        file->analysis->marks[call->taker] |= MARK_LOST_CALLBACK;
    }
    if (call->site != NODE_NONE && synchronous && !call->deaf) {
        file->analysis->marks[call->site] |= MARK_NOT_AWAITED;
    }
    if (call->deaf || synchronous) {
        return false;
    }
    if (call->site != NODE_NONE) {
        file->analysis->marks[call->site] |= MARK_AWAIT;
    }
    if (call->taker != NODE_NONE) {
        file->analysis->marks[call->taker] |= MARK_ASYNC_CALLBACK;
    }
    return async_set(file, call->caller);
}

/* A function that waits by what stands in it. */
static void surely_async(struct reader *reader, uint32_t function) {
    if (async_set(reader->file, function)) {
        vec_push(reader->arena, &reader->file->sure, function);
    }
}

/* ---- what a callee is */

/* Either surely async, or as async as a function of a program that was linked with this one; file NULL: neither. */
struct callee {
    bool async;
    const struct file_analysis *file;
    node_id function;
    uint16_t builtin; /* enum builtin + 1 */
};

static bool is_function_value(enum node_kind kind) { return kind == NODE_LAMBDA || kind == NODE_FUNCTION_EXPRESSION; }

/* What stands behind middleware may have to be waited for: `next(req)` in fn(req, next). */
static bool is_next(struct program_symbol found) {
    const struct symbol *symbol = analysis_symbol(found.file, found.symbol);
    const struct block *block = &found.file->blocks.items[symbol->block];
    node_id parameters = node_parent(found.file->tree, symbol->node);
    node_id second = node_next_plain(found.file->tree, node_first_plain(found.file->tree, parameters));
    return symbol->kind == SYMBOL_PARAMETER && block->key.kind == BLOCK_SERVER && second == symbol->node &&
           str_equal(analysis_name(found.file, symbol->name), STR("next"));
}

static struct callee callee_of_symbol(struct program_symbol found) {
    const struct symbol *symbol = analysis_symbol(found.file, found.symbol);
    const struct syntax_tree *tree = found.file->tree;
    if ((symbol->kind == SYMBOL_FUNCTION || symbol->kind == SYMBOL_MIDDLEWARE) &&
        is_function_kind(node_kind(tree, symbol->node))) {
        return (struct callee){.file = found.file, .function = symbol->node};
    }
    if ((symbol->kind == SYMBOL_CONSTANT || symbol->kind == SYMBOL_VARIABLE) &&
        is_function_value(node_kind(tree, symbol->value))) {
        return (struct callee){.file = found.file, .function = symbol->value};
    }
    if (is_next(found)) {
        return (struct callee){.async = true};
    }
    return (struct callee){0};
}

/* `Cart.load` of a store. */
static struct callee callee_of_store(const struct file_analysis *file, node_id member) {
    node_id object = node_child(file->tree, member, FIELD_OBJECT);
    struct program_symbol found = {NULL, 0};
    if (node_kind(file->tree, object) == NODE_IDENTIFIER) {
        found = program_symbol_of(file->program, file, object);
    }
    if (found.file == NULL || analysis_symbol(found.file, found.symbol)->kind != SYMBOL_STORE) {
        return (struct callee){0};
    }
    const struct symbol *store = analysis_symbol(found.file, found.symbol);
    const struct scope *members = &found.file->scopes.items[found.file->node_scope[store->node]];
    struct str name = node_text(file->tree, node_child(file->tree, member, FIELD_PROPERTY));
    for (unsigned i = 0; i < members->symbols.count; i++) {
        const struct symbol *symbol = analysis_symbol(found.file, members->symbols.items[i]);
        if (str_equal(analysis_name(found.file, symbol->name), name)) {
            return callee_of_symbol((struct program_symbol){found.file, members->symbols.items[i]});
        }
    }
    return (struct callee){0};
}

/* The `tx` of `db.transaction(fn(tx) { … })`, where that waits. */
static bool is_database_of_transaction(struct program_symbol found) {
    if (found.file == NULL || analysis_symbol(found.file, found.symbol)->kind != SYMBOL_PARAMETER) {
        return false;
    }
    const struct syntax_tree *tree = found.file->tree;
    node_id parameter = analysis_symbol(found.file, found.symbol)->node;
    node_id function = node_parent(tree, parameter);
    function = node_kind(tree, function) == NODE_PARAMETERS ? node_parent(tree, function) : function;
    node_id call = node_parent(tree, node_parent(tree, function));
    node_id callee = node_child(tree, call, FIELD_FUNCTION);
    if (!is_function_value(node_kind(tree, function)) || node_kind(tree, call) != NODE_CALL_EXPRESSION ||
        node_kind(tree, callee) != NODE_MEMBER_EXPRESSION ||
        !str_equal(node_text(tree, node_child(tree, callee, FIELD_PROPERTY)), STR("transaction"))) {
        return false;
    }
    const struct binding *binding = analysis_binding(found.file, node_child(tree, callee, FIELD_OBJECT));
    return binding != NULL && binding->builtin == BUILTIN_DB + 1 && binding->symbol == 0 &&
           database_waits(database_of(found.file->program, found.file->blocks.items[binding->block].key));
}

/* `User.find` of a model and `db.query`, where the database of their server is asked over a connection. */
static struct callee callee_of_database(const struct file_analysis *file, node_id member) {
    node_id object = node_child(file->tree, member, FIELD_OBJECT);
    if (node_kind(file->tree, object) != NODE_IDENTIFIER) {
        return (struct callee){0};
    }
    struct program_symbol found = program_symbol_of(file->program, file, object);
    const struct binding *binding = analysis_binding(file, object);
    const struct program *program = file->program;
    struct block_key block;
    if (is_database_of_transaction(found)) {
        return (struct callee){.async = true};
    }
    if (found.file != NULL && analysis_symbol(found.file, found.symbol)->kind == SYMBOL_MODEL) {
        program = found.file->program;
        block = found.file->blocks.items[analysis_symbol(found.file, found.symbol)->block].key;
    } else if (found.file == NULL && binding != NULL && binding->builtin == BUILTIN_DB + 1) {
        block = file->blocks.items[binding->block].key;
    } else {
        return (struct callee){0};
    }
    return (struct callee){.async = database_waits(database_of(program, block))};
}

/* The function of this name in an `impl` or a trait for the type. */
static struct callee method_in(struct file_analysis *file, struct str type, struct str name) {
    for (uint32_t i = 0; i < file->methods.count; i++) {
        const struct type_method *method = &file->methods.items[i];
        const struct symbol *symbol = analysis_symbol(file, method->symbol);
        if (str_equal(analysis_name(file, method->type), type) && str_equal(analysis_name(file, symbol->name), name)) {
            return callee_of_symbol((struct program_symbol){file, method->symbol});
        }
    }
    return (struct callee){0};
}

/* `basket.total` of a value whose type the text says, and `Basket.load`. */
static struct callee callee_of_method(struct file_analysis *file, node_id member) {
    node_id property = node_child(file->tree, member, FIELD_PROPERTY);
    struct program_symbol own = program_symbol_of(file->program, file, property);
    if (own.file != NULL) {
        return callee_of_symbol(own);
    }
    struct typer *typer = &file->async->typer;
    struct known_type type = typer_expression(typer, node_child(file->tree, member, FIELD_OBJECT));
    struct str name = node_text(file->tree, property);
    if (!known_type_is(type) || type.list) {
        return (struct callee){0};
    }
    if (type.symbol != 0) {
        atom_id atom = atom_find(file->atoms, name);
        struct part part = atom == ATOM_NONE ? (struct part){.kind = PART_UNKNOWN} : typer_part(typer, type, atom);
        bool here = part.kind == PART_SYMBOL;
        return here ? callee_of_symbol((struct program_symbol){file, part.symbol}) : (struct callee){0};
    }
    struct file_analysis *home = program_file_at(file->program->group, type.member.file->path);
    struct str type_name = home == NULL ? (struct str){0} : analysis_name(home, type.member.symbol->name);
    struct callee callee = home == NULL ? (struct callee){0} : method_in(home, type_name, name);
    return callee.file != NULL || home == NULL ? callee : method_in(file, type_name, name);
}

/* `http.get` of a builtin namespace. */
static struct callee callee_of_namespace(const struct file_analysis *file, node_id member) {
    node_id object = node_child(file->tree, member, FIELD_OBJECT);
    const struct binding *binding = analysis_binding(file, object);
    struct builtin_member found;
    bool builtin = binding != NULL && binding->builtin != 0 && program_symbol_of(file->program, file, object).file == NULL;
    struct str name = node_text(file->tree, node_child(file->tree, member, FIELD_PROPERTY));
    bool known = builtin && builtin_member_find((enum builtin)(binding->builtin - 1), name, &found);
    return (struct callee){.async = known && str_starts_with(found.signature, STR("async "))};
}

static struct callee callee_of_name(const struct file_analysis *file, node_id node) {
    struct program_symbol found = program_symbol_of(file->program, file, node);
    if (found.file != NULL) {
        return callee_of_symbol(found);
    }
    const struct binding *binding = analysis_binding(file, node);
    if (binding == NULL || binding->builtin == 0) {
        return (struct callee){0};
    }
    return (struct callee){.async = builtin_is_async((enum builtin)(binding->builtin - 1)),
                           .builtin = binding->builtin};
}

static struct callee callee_of(struct file_analysis *file, node_id node) {
    const struct syntax_tree *tree = file->tree;
    for (unsigned nested = 0; nested < 8 && node_kind(tree, node) == NODE_PAREN_LIST; nested++) {
        node_id inner = node_first_plain(tree, node);
        node = node_next_plain(tree, inner) == NODE_NONE ? inner : NODE_NONE;
    }
    enum node_kind kind = node_kind(tree, node);
    if (is_function_value(kind) || (file->marks[node] & MARK_IT)) {
        return (struct callee){.file = file, .function = node};
    }
    if (kind == NODE_IDENTIFIER) {
        return callee_of_name(file, node);
    }
    if (kind == NODE_MEMBER_EXPRESSION) {
        if (program_rpc_use(file, node) != NULL) {
            return (struct callee){.async = true};
        }
        struct callee callee = callee_of_namespace(file, node);
        callee = callee.async ? callee : callee_of_database(file, node);
        callee = callee.async ? callee : callee_of_store(file, node);
        return callee.async || callee.file != NULL ? callee : callee_of_method(file, node);
    }
    return (struct callee){0};
}

/* ---- call sites */

/* `timeout(f(), 100)` and `parallel([f(), g()])` are given the tasks themselves. */
static bool is_task(const struct file_analysis *file, node_id site) {
    const struct syntax_tree *tree = file->tree;
    node_id place = node_parent(tree, site);
    place = node_kind(tree, place) == NODE_ARRAY ? node_parent(tree, place) : place;
    if (node_kind(tree, place) != NODE_ARGUMENTS) {
        return false;
    }
    const struct binding *binding = analysis_binding(file, node_child(tree, node_parent(tree, place), FIELD_FUNCTION));
    return binding != NULL && binding->builtin != 0 && builtin_takes_tasks((enum builtin)(binding->builtin - 1));
}

static void add_call(struct reader *reader, const struct callee *callee, struct async_call call) {
    if (callee->async) {
        if (async_await(&call)) {
            vec_push(reader->arena, &reader->file->sure, call.caller);
        }
    } else if (callee->file != NULL) {
        call.callee_file = callee->file;
        call.callee = callee->function;
        vec_push(reader->arena, &reader->file->calls, call);
    }
}

/* map(xs, f) and xs.map(f) with an async f become mapAsync, which is awaited. */
static void read_callbacks(struct reader *reader, node_id arguments, struct async_call call) {
    struct file_analysis *file = reader->analysis;
    for (node_id argument = node_first_plain(file->tree, arguments); argument != NODE_NONE;
         argument = node_next_plain(file->tree, argument)) {
        struct callee callback = callee_of(file, argument);
        add_call(reader, &callback, call);
    }
}

/* Methods of lists that have a builtin of the same meaning with a form for async callbacks. */
static bool is_method_with_twin(const struct syntax_tree *tree, node_id function) {
    bool member = node_kind(tree, function) == NODE_MEMBER_EXPRESSION;
    enum builtin builtin;
    return (member || node_kind(tree, function) == NODE_COLUMN) &&
           builtin_of_method(node_text(tree, node_child(tree, function, member ? FIELD_PROPERTY : FIELD_NAME)),
                             &builtin);
}

static bool takes_async_callbacks(const struct file_analysis *file, node_id function, const struct callee *callee) {
    if (callee->builtin != 0) {
        return builtin_info((enum builtin)(callee->builtin - 1))->async_twin.size > 0;
    }
    return !callee->async && callee->file == NULL && is_method_with_twin(file->tree, function);
}

/* What is called, `sorted` and `xs.sort` alike; empty where it is something of the program. */
static struct str library_name(const struct file_analysis *file, node_id function, const struct callee *callee) {
    const struct syntax_tree *tree = file->tree;
    enum node_kind kind = node_kind(tree, function);
    if (callee->builtin != 0) {
        return builtin_info((enum builtin)(callee->builtin - 1))->name;
    }
    if (callee->async || callee->file != NULL || (kind != NODE_MEMBER_EXPRESSION && kind != NODE_COLUMN)) {
        return (struct str){0};
    }
    return node_text(tree, node_child(tree, function, kind == NODE_COLUMN ? FIELD_NAME : FIELD_PROPERTY));
}

static bool is_method_of_program(const struct program *program, struct str name) {
    for (uint32_t f = 0; f < program->file_count; f++) {
        const struct file_analysis *file = program->files[f];
        for (uint32_t i = 0; i < file->methods.count; i++) {
            const struct symbol *method = analysis_symbol(file, file->methods.items[i].symbol);
            if (str_equal(analysis_name(file, method->name), name)) {
                return true;
            }
        }
    }
    return false;
}

/* Does it use at once what its callback answers, with no form that waits? */
static bool is_deaf(const struct program *program, struct str name) {
    return wait_is_lost_on(name) && !is_method_of_program(program, name);
}

static void read_call(struct reader *reader, node_id site, node_id function, node_id arguments, uint32_t caller) {
    struct file_analysis *file = reader->analysis;
    enum node_kind outer = node_kind(file->tree, node_parent(file->tree, site));
    if (outer == NODE_SPAWN_EXPRESSION || is_task(file, site)) {
        return;
    }
    struct async_call call = {
        .file = reader->file, .caller = caller, .site = outer == NODE_AWAIT_EXPRESSION ? NODE_NONE : site};
    struct callee callee = callee_of(file, function);
    add_call(reader, &callee, call);
    if (takes_async_callbacks(file, function, &callee)) {
        call.taker = site;
        read_callbacks(reader, arguments, call);
    } else if (is_deaf(file->program, library_name(file, function, &callee))) {
        call.taker = site;
        call.deaf = true;
        read_callbacks(reader, arguments, call);
    }
}

static void read_call_expression(struct reader *reader, node_id node, uint32_t caller) {
    const struct syntax_tree *tree = reader->analysis->tree;
    bool piped =
        node_kind(tree, node_parent(tree, node)) == NODE_PIPE_EXPRESSION && node_field(tree, node) == FIELD_RIGHT;
    if (!piped) {
        read_call(reader, node, node_child(tree, node, FIELD_FUNCTION), node_child(tree, node, FIELD_ARGUMENTS), caller);
    }
}

static void read_pipe(struct reader *reader, node_id node, uint32_t caller) {
    const struct syntax_tree *tree = reader->analysis->tree;
    node_id right = node_child(tree, node, FIELD_RIGHT);
    if (node_kind(tree, right) == NODE_CALL_EXPRESSION) {
        read_call(reader, node, node_child(tree, right, FIELD_FUNCTION), node_child(tree, right, FIELD_ARGUMENTS), caller);
    } else {
        read_call(reader, node, right, NODE_NONE, caller);
    }
}

/* `concurrent { … }` waits for its tasks. */
static bool is_concurrent(const struct file_analysis *file, node_id node) {
    return node_kind(file->tree, node) == NODE_DIRECTIVE &&
           str_equal(node_text(file->tree, node_child(file->tree, node, FIELD_NAME)), STR("concurrent"));
}

static void read_node(struct reader *reader, node_id node, uint32_t caller) {
    struct file_analysis *file = reader->analysis;
    enum node_kind kind = node_kind(file->tree, node);
    if (kind == NODE_CALL_EXPRESSION) {
        read_call_expression(reader, node, caller);
    } else if (kind == NODE_PIPE_EXPRESSION) {
        read_pipe(reader, node, caller);
    } else if (kind == NODE_AWAIT_EXPRESSION || kind == NODE_SELECT_EXPRESSION || is_concurrent(file, node) ||
               (kind == NODE_FOR_EXPRESSION && node_child(file->tree, node, FIELD_ASYNC) != NODE_NONE)) {
        surely_async(reader, caller);
    }
}

/* Entered before it is read: a function of `it` may be a call itself, which then stands in its own body. One that is
 * written as async gives a promise, and who calls it says where that is awaited. */
static void enter_function(struct reader *reader, node_id node) {
    struct file_analysis *file = reader->analysis;
    enum node_kind kind = node_kind(file->tree, node);
    bool synchronous = kind == NODE_COMPONENT_DECLARATION || kind == NODE_STORE_DECLARATION;
    bool async = node_child(file->tree, node, FIELD_ASYNC) != NODE_NONE;
    file->marks[node] |= async ? (unsigned)MARK_ASYNC : 0;
    vec_push(reader->arena, &reader->stack, reader->file->functions.count);
    vec_push(reader->arena, &reader->file->functions,
             (struct async_function){.node = node, .async = async, .synchronous = synchronous});
}

/* The innermost function around a node; ASYNC_OUTSIDE when there is none. */
static uint32_t function_around(struct reader *reader, node_id node) {
    const struct syntax_tree *tree = reader->analysis->tree;
    while (reader->stack.count > 0) {
        uint32_t function = reader->stack.items[reader->stack.count - 1];
        if (node < tree->nodes[reader->file->functions.items[function].node].next) {
            return function;
        }
        reader->stack.count--;
    }
    return ASYNC_OUTSIDE;
}

/* Kinds of which some are functions, or are read; others have to be marked as functions. */
static bool may_be_read(enum node_kind kind) {
    static const bool kinds[NODE_KIND_COUNT] = {
        [NODE_FUNCTION_DECLARATION] = true,  [NODE_FUNCTION_EXPRESSION] = true, [NODE_LAMBDA] = true,
        [NODE_EFFECT_DECLARATION] = true,    [NODE_COMPUTED_DECLARATION] = true, [NODE_COMPONENT_DECLARATION] = true,
        [NODE_STORE_DECLARATION] = true,     [NODE_DIRECTIVE] = true,           [NODE_BLOCK] = true,
        [NODE_CALL_EXPRESSION] = true,       [NODE_PIPE_EXPRESSION] = true,     [NODE_AWAIT_EXPRESSION] = true,
        [NODE_SELECT_EXPRESSION] = true,     [NODE_FOR_EXPRESSION] = true,
    };
    return kinds[kind];
}

void async_read(struct arena *arena, struct file_analysis *analysis) {
    struct async_file *file = arena_new(arena, struct async_file);
    struct reader reader = {.arena = arena, .file = file, .analysis = analysis};
    *file = (struct async_file){.analysis = analysis};
    vec_push(arena, &file->functions, (struct async_function){.node = NODE_NONE});
    typer_init(&file->typer, arena, analysis, analysis->program->package);
    analysis->async = file;
    for (node_id node = 1; node < analysis->tree->count; node++) {
        if (analysis->marks[node] == 0 && !may_be_read(node_kind(analysis->tree, node))) {
            continue;
        }
        analysis->marks[node] &= MARK_IT;
        if (is_function(analysis, node)) {
            (void)function_around(&reader, node);
            enter_function(&reader, node);
        }
        read_node(&reader, node, function_around(&reader, node));
    }
}
