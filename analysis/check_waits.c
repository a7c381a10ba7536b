/* Calls of servers in markup, whose answers nothing waits for. What waits only by way of other files or of several functions is
 * told by a program that is linked, where there is one. */
#include "analysis/check.h"
#include "analysis/checks.h"
#include "analysis/peers.h"
#include "analysis/waits.h"

node_id check_function_around(const struct file_analysis *file, node_id node) {
    const struct syntax_tree *tree = file->tree;
    for (node = node_parent(tree, node); node != NODE_NONE && node != NODE_ROOT; node = node_parent(tree, node)) {
        enum node_kind kind = node_kind(tree, node);
        if (kind == NODE_FUNCTION_DECLARATION || kind == NODE_FUNCTION_EXPRESSION || kind == NODE_LAMBDA ||
            kind == NODE_EFFECT_DECLARATION || kind == NODE_COMPUTED_DECLARATION || kind == NODE_COMPONENT_DECLARATION ||
            kind == NODE_STORE_DECLARATION || (file->marks[node] & MARK_IT) != 0) {
            return node;
        }
    }
    return NODE_ROOT;
}

static bool is_found(const struct check *check, const struct rpc_use *use) {
    struct package_symbol found;
    return use->call != NODE_NONE && use->name != ATOM_NONE && peer_use_holds(check->package, check->file, use) &&
           package_resolve_rpc(check->package, use->server, use->name, &found) == RPC_FOUND;
}

static void check_call(struct check *check, node_id call) {
    const struct syntax_tree *tree = check->file->tree;
    node_id around = node_parent(tree, call);
    bool plain = node_kind(tree, around) != NODE_PIPE_EXPRESSION && node_kind(tree, around) != NODE_AWAIT_EXPRESSION;
    if (plain && wait_is_in_markup(tree, call) && !wait_may_stand(tree, call) &&
        node_kind(tree, check_function_around(check->file, call)) == NODE_COMPONENT_DECLARATION) {
        CHECK_REPORT(check, NOT_EMITTED, node_span(tree, call),
                     "This cannot be compiled: %s. The output of this block is not written.", wait_advice(tree, call));
    }
}

/* The function of this file that a call of a server makes async. */
static uint32_t function_that_waits(const struct check *check, const struct rpc_use *use) {
    const struct file_analysis *file = check->file;
    node_id function = check_function_around(file, use->call);
    bool named = node_kind(file->tree, function) == NODE_FUNCTION_DECLARATION;
    const struct binding *binding = named ? analysis_binding(file, node_child(file->tree, function, FIELD_NAME)) : NULL;
    return binding == NULL ? 0 : binding->symbol;
}

void check_waits(struct check *check) {
    const struct file_analysis *file = check->file;
    bool *waits = NULL; /* per symbol */
    for (unsigned i = 0; i < file->rpc_uses.count; i++) {
        const struct rpc_use *use = &file->rpc_uses.items[i];
        if (file->blocks.items[use->block].key.kind != BLOCK_BROWSER || !is_found(check, use)) {
            continue;
        }
        check_call(check, use->call);
        waits = waits == NULL ? arena_array(check->arena, bool, file->symbols.count) : waits;
        waits[function_that_waits(check, use)] = true;
    }
    for (unsigned i = 0; waits != NULL && i < file->bindings.count; i++) {
        const struct binding *binding = &file->bindings.items[i];
        if (binding->access != ACCESS_CALL || binding->symbol == 0 || !waits[binding->symbol]) {
            continue;
        }
        node_id call = node_parent(file->tree, binding->node);
        if (node_kind(file->tree, call) == NODE_CALL_EXPRESSION) {
            check_call(check, call);
        }
    }
}

/* ---- what a program tells */

/* The call or pipe in which a function of the program is called, or a server's; NODE_NONE for other names. */
static node_id call_of_program(const struct file_analysis *file, const struct binding *binding) {
    node_id site = node_parent(file->tree, binding->node);
    bool function = binding->symbol != 0 ? analysis_symbol(file, binding->symbol)->kind == SYMBOL_FUNCTION
                                         : binding->builtin == 0 && !binding->global;
    bool called = node_kind(file->tree, site) == NODE_CALL_EXPRESSION || node_kind(file->tree, site) == NODE_PIPE_EXPRESSION;
    return function && called ? site : NODE_NONE;
}

static bool is_built_at_once(const struct file_analysis *file, node_id call) {
    enum node_kind around = node_kind(file->tree, check_function_around(file, call));
    return (around == NODE_COMPONENT_DECLARATION || around == NODE_STORE_DECLARATION) && !wait_may_stand(file->tree, call);
}

/* Is a function that calls others given to one that does not wait for it? */
static bool is_given_away(const struct file_analysis *file, node_id call) {
    const struct syntax_tree *tree = file->tree;
    for (node_id node = node_parent(tree, call); node != NODE_NONE && node != NODE_ROOT; node = node_parent(tree, node)) {
        if (node_kind(tree, node) == NODE_FUNCTION_DECLARATION) {
            return false;
        }
        node_id function = node_kind(tree, node) == NODE_CALL_EXPRESSION ? node_child(tree, node, FIELD_FUNCTION) : NODE_NONE;
        bool member = node_kind(tree, function) == NODE_MEMBER_EXPRESSION;
        node_id name = member ? node_child(tree, function, FIELD_PROPERTY) : function;
        if (name != NODE_NONE && wait_is_lost_on(node_text(tree, name))) {
            return true;
        }
    }
    return false;
}

static bool may_wait_in_vain(const struct file_analysis *file, node_id call) {
    return call != NODE_NONE && (is_built_at_once(file, call) || is_given_away(file, call));
}

/* The first binding at the node or behind it. */
static uint32_t first_binding(const struct file_analysis *file, node_id node) {
    uint32_t low = 0;
    uint32_t high = file->bindings.count;
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        if (file->bindings.items[middle].node < node) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return low;
}

bool check_needs_program_in(const struct file_analysis *file, struct node_range range) {
    for (unsigned i = 0; i < file->rpc_uses.count; i++) {
        const struct rpc_use *use = &file->rpc_uses.items[i];
        if (use->node >= range.start && use->node < range.end && may_wait_in_vain(file, use->call)) {
            return true;
        }
    }
    for (uint32_t i = first_binding(file, range.start);
         i < file->bindings.count && file->bindings.items[i].node < range.end; i++) {
        if (may_wait_in_vain(file, call_of_program(file, &file->bindings.items[i]))) {
            return true;
        }
    }
    return false;
}

bool check_needs_program(const struct file_analysis *file) {
    return check_needs_program_in(file, (struct node_range){NODE_ROOT, file->tree->count});
}

static bool has_error_at(const struct diagnostic_list *list, struct span span) {
    for (unsigned i = 0; i < list->list.count; i++) {
        const struct diagnostic *diagnostic = &list->list.items[i];
        if (diagnostic->severity == SEVERITY_ERROR && diagnostic->span.start <= span.end && span.start <= diagnostic->span.end) {
            return true;
        }
    }
    return false;
}

void check_linked(struct arena *arena, const struct file_analysis *file, const uint8_t *marks, struct diagnostic_list *list) {
    for (node_id node = 1; node < file->tree->count; node++) {
        const char *problem = marks[node] == 0 ? NULL : wait_problem(file->tree, node, marks[node]);
        struct span span = node_span(file->tree, node);
        if (problem != NULL && !has_error_at(list, span)) {
            diagnostic_add(arena, list, DIAGNOSTIC_NOT_EMITTED, span,
                           "This cannot be compiled: %s. The output of this block is not written.", problem);
        }
    }
    diagnostic_sort(list);
}
