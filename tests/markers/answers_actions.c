/* answers_actions: what can be done at a place. */
#include "tests/markers/answers.h"

#include "server/features/code_action.h"

void answer_fixes(const struct question *question, struct strbuf *out) {
    struct code_action_list actions =
        code_actions_in(&question->context, (struct span){question->offset, question->offset});
    for (unsigned i = 0; i < actions.list.count; i++) {
        const struct code_action *action = &actions.list.items[i];
        strbuf_printf(out, "%.*s:", STR_ARGUMENTS(action->title));
        answers_edits(question, &action->edits, out);
    }
}
