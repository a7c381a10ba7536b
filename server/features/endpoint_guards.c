/* endpoint_guards: from the summaries of a package, so that no file is read. */
#include "server/features/endpoint_guards.h"

static void add_once(const struct feature_context *context, struct text_list *texts, struct str text) {
    for (unsigned i = 0; i < texts->list.count; i++) {
        if (str_equal(texts->list.items[i], text)) {
            return;
        }
    }
    vec_push(context->arena, &texts->list, text);
}

static struct text_list gather(const struct feature_context *context, struct block_key server, atom_id handler) {
    struct text_list texts = {0};
    for (uint32_t f = 0; f < package_file_count(context->package); f++) {
        const struct summary *file = package_file_at(context->package, f);
        for (uint32_t i = 0; i < file->condition_count; i++) {
            const struct summary_condition *condition = &file->conditions[i];
            if (condition->handler == handler && block_key_equal(condition->block, server)) {
                add_once(context, &texts, condition->text);
            }
        }
    }
    return texts;
}

struct text_list endpoint_guards(const struct feature_context *context, const struct summary_symbol *function) {
    return gather(context, function->block, function->name);
}

struct text_list endpoint_server_guards(const struct feature_context *context, struct block_key server) {
    return gather(context, server, ATOM_NONE);
}
