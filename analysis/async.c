/* Async inference: a graph from each function to the calls of it, and a work list from what surely waits. */
#include "analysis/async.h"

#include "analysis/builtins.h"
#include "analysis/database.h"
#include "parser/syntax/node.h"

/* A node with a body of its own. Number 0 is the code outside of all functions. */
struct function {
    struct file_analysis *file;
    node_id node;
    uint32_t calls; /* the newest call of it, index + 1 */
    bool async;
    bool synchronous; /* components and stores: they build a page at once, whatever they call */
};

/* When the function called is async, `site` is awaited and `caller` is async too. */
struct call {
    uint32_t caller;
    struct file_analysis *file;
    node_id site;  /* call or pipe; NODE_NONE when the source awaits already */
    node_id taker; /* the call or pipe that takes it as a callback; else NODE_NONE */
    uint32_t next;
};

struct inference {
    struct arena scratch;
    VEC(struct function) functions;
    VEC(struct call) calls;
    VEC(uint32_t) work;  /* async functions whose calls are not yet followed */
    VEC(uint32_t) stack; /* functions around the node that is read */
};

/* ---- functions */

/* `onMount { … }` and `onUnmount { … }`. */
static bool is_hook(const struct syntax_tree *tree, node_id node) {
    struct str word = node_text(tree, node_child(tree, node, FIELD_NAME));
    return node_kind(tree, node) == NODE_DIRECTIVE &&
           (str_equal(word, STR("onMount")) || str_equal(word, STR("onUnmount")));
}

/* `route GET "/" { … }`. */
static bool is_route_block(const struct syntax_tree *tree, node_id node) {
    return node_kind(tree, node) == NODE_BLOCK && node_field(tree, node) == FIELD_HANDLER &&
           node_kind(tree, node_parent(tree, node)) == NODE_ROUTE_DECLARATION;
}

static bool is_function(const struct file_analysis *file, node_id node) {
    enum node_kind kind = node_kind(file->tree, node);
    return is_route_block(file->tree, node) || (file->marks[node] & MARK_IT) != 0 || kind == NODE_FUNCTION_DECLARATION ||
           kind == NODE_FUNCTION_EXPRESSION || kind == NODE_LAMBDA || kind == NODE_EFFECT_DECLARATION ||
           kind == NODE_COMPUTED_DECLARATION || kind == NODE_COMPONENT_DECLARATION || kind == NODE_STORE_DECLARATION ||
           is_hook(file->tree, node);
}

static void find_functions(struct inference *in, struct file_analysis *file) {
    for (node_id node = 1; node < file->tree->count; node++) {
        enum node_kind kind = node_kind(file->tree, node);
        file->marks[node] &= MARK_IT;
        if (is_function(file, node)) {
            bool synchronous = kind == NODE_COMPONENT_DECLARATION || kind == NODE_STORE_DECLARATION;
            vec_push(&in->scratch, &in->functions,
                     (struct function){.file = file, .node = node, .synchronous = synchronous});
        }
    }
}

/* Functions were found in order of file and node. */
static uint32_t function_at(const struct inference *in, const struct file_analysis *file, node_id node) {
    uint32_t low = 1;
    uint32_t high = in->functions.count;
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        const struct function *function = &in->functions.items[middle];
        int order = function->file == file ? 0 : str_compare(function->file->path, file->path);
        if (order == 0 && function->node == node) {
            return middle;
        }
        if (order < 0 || (order == 0 && function->node < node)) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return 0;
}

static void set_async(struct inference *in, uint32_t index) {
    struct function *function = &in->functions.items[index];
    if (index != 0 && !function->async && !function->synchronous) {
        function->async = true;
        function->file->marks[function->node] |= MARK_ASYNC;
        vec_push(&in->scratch, &in->work, index);
    }
}

static void await_site(struct inference *in, const struct call *call) {
    if (call->caller != 0 && in->functions.items[call->caller].synchronous) {
        return;
    }
    if (call->site != NODE_NONE) {
        call->file->marks[call->site] |= MARK_AWAIT;
    }
    if (call->taker != NODE_NONE) {
        call->file->marks[call->taker] |= MARK_ASYNC_CALLBACK;
    }
    set_async(in, call->caller);
}

/* ---- what a callee is */

/* Either surely async, or as async as a function of the program; function 0: neither. */
struct callee {
    bool async;
    uint32_t function;
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

static struct callee callee_of_symbol(const struct inference *in, struct program_symbol found) {
    const struct symbol *symbol = analysis_symbol(found.file, found.symbol);
    const struct syntax_tree *tree = found.file->tree;
    if (is_next(found)) {
        return (struct callee){.async = true};
    }
    if (symbol->kind == SYMBOL_FUNCTION || symbol->kind == SYMBOL_MIDDLEWARE) {
        return (struct callee){.function = function_at(in, found.file, symbol->node)};
    }
    if ((symbol->kind == SYMBOL_CONSTANT || symbol->kind == SYMBOL_VARIABLE) &&
        is_function_value(node_kind(tree, symbol->value))) {
        return (struct callee){.function = function_at(in, found.file, symbol->value)};
    }
    return (struct callee){0};
}

/* `Cart.load` of a store. */
static struct callee callee_of_store(const struct inference *in, const struct file_analysis *file, node_id member) {
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
            return callee_of_symbol(in, (struct program_symbol){found.file, members->symbols.items[i]});
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

/* `http.get` of a builtin namespace. */
static struct callee callee_of_namespace(const struct inference *in, const struct file_analysis *file, node_id member) {
    node_id object = node_child(file->tree, member, FIELD_OBJECT);
    const struct binding *binding = analysis_binding(file, object);
    struct builtin_member found;
    bool builtin = binding != NULL && binding->builtin != 0 && program_symbol_of(file->program, file, object).file == NULL;
    struct str name = node_text(file->tree, node_child(file->tree, member, FIELD_PROPERTY));
    bool known = builtin && builtin_member_find((enum builtin)(binding->builtin - 1), name, &found);
    return (struct callee){.async = known && str_starts_with(found.signature, STR("async "))};
}

static struct callee callee_of_name(const struct inference *in, const struct file_analysis *file, node_id node) {
    struct program_symbol found = program_symbol_of(file->program, file, node);
    if (found.file != NULL) {
        return callee_of_symbol(in, found);
    }
    const struct binding *binding = analysis_binding(file, node);
    if (binding == NULL || binding->builtin == 0) {
        return (struct callee){0};
    }
    return (struct callee){.async = builtin_is_async((enum builtin)(binding->builtin - 1)),
                           .builtin = binding->builtin};
}

static struct callee callee_of(const struct inference *in, const struct file_analysis *file, node_id node) {
    const struct syntax_tree *tree = file->tree;
    for (unsigned nested = 0; nested < 8 && node_kind(tree, node) == NODE_PAREN_LIST; nested++) {
        node_id inner = node_first_plain(tree, node);
        node = node_next_plain(tree, inner) == NODE_NONE ? inner : NODE_NONE;
    }
    enum node_kind kind = node_kind(tree, node);
    if (is_function_value(kind) || (file->marks[node] & MARK_IT)) {
        return (struct callee){.function = function_at(in, file, node)};
    }
    if (kind == NODE_IDENTIFIER) {
        return callee_of_name(in, file, node);
    }
    if (kind == NODE_MEMBER_EXPRESSION) {
        if (program_rpc_use(file, node) != NULL) {
            return (struct callee){.async = true};
        }
        struct callee callee = callee_of_namespace(in, file, node);
        callee = callee.async ? callee : callee_of_database(file, node);
        return callee.async ? callee : callee_of_store(in, file, node);
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

static void add_call(struct inference *in, const struct callee *callee, struct call call) {
    if (callee->async) {
        await_site(in, &call);
    } else if (callee->function != 0) {
        struct function *function = &in->functions.items[callee->function];
        call.next = function->calls;
        vec_push(&in->scratch, &in->calls, call);
        function->calls = in->calls.count;
    }
}

/* map(xs, f) and xs.map(f) with an async f become mapAsync, which is awaited. */
static void read_callbacks(struct inference *in, const struct file_analysis *file, node_id arguments,
                           struct call call) {
    for (node_id argument = node_first_plain(file->tree, arguments); argument != NODE_NONE;
         argument = node_next_plain(file->tree, argument)) {
        struct callee callback = callee_of(in, file, argument);
        add_call(in, &callback, call);
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
    return !callee->async && callee->function == 0 && is_method_with_twin(file->tree, function);
}

static void read_call(struct inference *in, struct file_analysis *file, node_id site, node_id function,
                      node_id arguments, uint32_t caller) {
    enum node_kind outer = node_kind(file->tree, node_parent(file->tree, site));
    if (outer == NODE_SPAWN_EXPRESSION || is_task(file, site)) {
        return;
    }
    struct call call = {.caller = caller, .file = file, .site = outer == NODE_AWAIT_EXPRESSION ? NODE_NONE : site};
    struct callee callee = callee_of(in, file, function);
    add_call(in, &callee, call);
    if (takes_async_callbacks(file, function, &callee)) {
        call.taker = site;
        read_callbacks(in, file, arguments, call);
    }
}

static void read_call_expression(struct inference *in, struct file_analysis *file, node_id node, uint32_t caller) {
    const struct syntax_tree *tree = file->tree;
    bool piped =
        node_kind(tree, node_parent(tree, node)) == NODE_PIPE_EXPRESSION && node_field(tree, node) == FIELD_RIGHT;
    if (!piped) {
        read_call(in, file, node, node_child(tree, node, FIELD_FUNCTION), node_child(tree, node, FIELD_ARGUMENTS),
                  caller);
    }
}

static void read_pipe(struct inference *in, struct file_analysis *file, node_id node, uint32_t caller) {
    const struct syntax_tree *tree = file->tree;
    node_id right = node_child(tree, node, FIELD_RIGHT);
    if (node_kind(tree, right) == NODE_CALL_EXPRESSION) {
        read_call(in, file, node, node_child(tree, right, FIELD_FUNCTION), node_child(tree, right, FIELD_ARGUMENTS),
                  caller);
    } else {
        read_call(in, file, node, right, NODE_NONE, caller);
    }
}

/* `concurrent { … }` waits for its tasks. */
static bool is_concurrent(const struct file_analysis *file, node_id node) {
    return node_kind(file->tree, node) == NODE_DIRECTIVE &&
           str_equal(node_text(file->tree, node_child(file->tree, node, FIELD_NAME)), STR("concurrent"));
}

static void read_node(struct inference *in, struct file_analysis *file, node_id node, uint32_t caller) {
    enum node_kind kind = node_kind(file->tree, node);
    if (kind == NODE_CALL_EXPRESSION) {
        read_call_expression(in, file, node, caller);
    } else if (kind == NODE_PIPE_EXPRESSION) {
        read_pipe(in, file, node, caller);
    } else if (kind == NODE_AWAIT_EXPRESSION || kind == NODE_SELECT_EXPRESSION || is_concurrent(file, node) ||
               (kind == NODE_FOR_EXPRESSION && node_child(file->tree, node, FIELD_ASYNC) != NODE_NONE)) {
        set_async(in, caller);
    }
}

/* Entered before it is read: a function of `it` may be a call itself, which then stands in its own body. One that is
 * written as async gives a promise, and who calls it says where that is awaited. */
static void enter_function(struct inference *in, struct file_analysis *file, node_id node, uint32_t function) {
    if (node_child(file->tree, node, FIELD_ASYNC) != NODE_NONE) {
        in->functions.items[function].async = true;
        file->marks[node] |= MARK_ASYNC;
    }
    vec_push(&in->scratch, &in->stack, function);
}

static void read_file(struct inference *in, struct file_analysis *file, uint32_t next_function) {
    const struct syntax_tree *tree = file->tree;
    in->stack.count = 0;
    for (node_id node = 1; node < tree->count; node++) {
        while (in->stack.count > 0) {
            node_id innermost = in->functions.items[in->stack.items[in->stack.count - 1]].node;
            if (node < tree->nodes[innermost].next) {
                break;
            }
            in->stack.count--;
        }
        if (is_function(file, node)) {
            enter_function(in, file, node, next_function++);
        }
        read_node(in, file, node, in->stack.count == 0 ? 0 : in->stack.items[in->stack.count - 1]);
    }
}

static void follow_calls(struct inference *in) {
    while (in->work.count > 0) {
        uint32_t function = in->work.items[--in->work.count];
        for (uint32_t call = in->functions.items[function].calls; call != 0; call = in->calls.items[call - 1].next) {
            struct call found = in->calls.items[call - 1];
            await_site(in, &found);
        }
    }
}

static void flag_symbols(struct file_analysis *file) {
    for (uint32_t i = 1; i < file->symbols.count; i++) {
        struct symbol *symbol = &file->symbols.items[i];
        bool function =
            symbol->kind == SYMBOL_FUNCTION || symbol->kind == SYMBOL_MIDDLEWARE || symbol->kind == SYMBOL_COMPUTED;
        bool value = symbol->kind == SYMBOL_CONSTANT || symbol->kind == SYMBOL_VARIABLE;
        bool async = (function && (file->marks[symbol->node] & MARK_ASYNC)) ||
                     (value && is_function_value(node_kind(file->tree, symbol->value)) &&
                      (file->marks[symbol->value] & MARK_ASYNC));
        symbol->flags &= ~(unsigned)SYMBOL_ASYNC;
        if (async || (symbol->flags & SYMBOL_ASYNC_WRITTEN)) {
            symbol->flags |= SYMBOL_ASYNC;
        }
    }
}

void async_infer(struct program_group *group) {
    struct inference in = {0};
    vec_push(&in.scratch, &in.functions, (struct function){0});
    for (uint32_t i = 0; i < group->file_count; i++) {
        find_functions(&in, group->files[i]);
    }
    uint32_t next = 1;
    for (uint32_t i = 0; i < group->file_count; i++) {
        uint32_t first = next;
        while (next < in.functions.count && in.functions.items[next].file == group->files[i]) {
            next++;
        }
        read_file(&in, group->files[i], first);
    }
    follow_calls(&in);
    for (uint32_t i = 0; i < group->file_count; i++) {
        flag_symbols(group->files[i]);
    }
    arena_finish(&in.scratch);
}
