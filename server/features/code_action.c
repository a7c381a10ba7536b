/* code_action: asks the checks again, so that a fix always fits the text of this version. */
#include "server/features/code_action.h"

#include "analysis/check.h"

struct code_action_list code_actions_in(const struct feature_context *context, struct span span) {
    struct code_action_list actions = {0};
    struct diagnostic_list diagnostics = check_file(context->arena, context->file, context->package);
    for (unsigned i = 0; i < diagnostics.list.count; i++) {
        const struct diagnostic *diagnostic = &diagnostics.list.items[i];
        bool touches = diagnostic->span.start <= span.end && span.start <= diagnostic->span.end;
        if (!touches || diagnostic->fix.title.size == 0) {
            continue;
        }
        struct code_action action = {.title = diagnostic->fix.title, .diagnostic = *diagnostic};
        struct edit edit = {feature_place(context, diagnostic->fix.span), diagnostic->fix.replacement};
        vec_push(context->arena, &action.edits.list, edit);
        vec_push(context->arena, &actions.list, action);
    }
    return actions;
}
