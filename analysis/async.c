/* async: a graph from each function to the calls of it, and a work list from what surely waits. */
#include "analysis/async.h"
#include "parser/syntax/node.h"

/* An async function whose calls are not yet followed. */
struct work {
    struct async_file *file;
    uint32_t function;
};

struct inference {
    struct arena scratch;
    VEC(struct work) work;
};

/* Functions were found in order of their nodes. */
static struct async_function *function_at(struct async_file *file, node_id node) {
    uint32_t low = 1;
    uint32_t high = file->functions.count;
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        if (file->functions.items[middle].node < node) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    bool found = low < file->functions.count && file->functions.items[low].node == node;
    return found ? &file->functions.items[low] : NULL;
}

static void connect(struct async_file *file) {
    for (uint32_t i = 0; i < file->calls.count; i++) {
        struct async_call *call = &file->calls.items[i];
        struct async_file *callee_file = call->callee_file->async;
        struct async_function *callee = callee_file == NULL ? NULL : function_at(callee_file, call->callee);
        if (callee != NULL) {
            call->next = callee->calls;
            callee->calls = call;
        }
    }
}

static void follow_calls(struct inference *in) {
    while (in->work.count > 0) {
        struct work work = in->work.items[--in->work.count];
        struct async_function *function = &work.file->functions.items[work.function];
        for (struct async_call *call = function->calls; call != NULL; call = call->next) {
            if (async_await(call)) {
                vec_push(&in->scratch, &in->work, ((struct work){call->file, call->caller}));
            }
        }
    }
}

static bool is_function_value(enum node_kind kind) { return kind == NODE_LAMBDA || kind == NODE_FUNCTION_EXPRESSION; }

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
    for (uint32_t i = 0; i < group->file_count; i++) {
        struct async_file *file = group->files[i]->async;
        connect(file);
        for (uint32_t k = 0; k < file->sure.count; k++) {
            vec_push(&in.scratch, &in.work, ((struct work){file, file->sure.items[k]}));
        }
    }
    follow_calls(&in);
    for (uint32_t i = 0; i < group->file_count; i++) {
        flag_symbols(group->files[i]);
        group->files[i]->async = NULL;
    }
    arena_finish(&in.scratch);
}
