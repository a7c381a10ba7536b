/* Arms to be filled in. */
#include "analysis/arm_text.h"

struct str arm_text(struct arena *arena, const struct syntax_tree *tree, node_id match, struct str pattern) {
    struct str name = str_slice(pattern, 0, str_find(pattern, '(', 0));
    if (node_kind(tree, match) == NODE_JSX_MATCH) {
        return arena_printf(arena, "%.*s => \"%.*s\"", STR_ARGUMENTS(pattern), STR_ARGUMENTS(name));
    }
    return arena_printf(arena, "%.*s => assert(false, \"to be written: %.*s\")", STR_ARGUMENTS(pattern),
                        STR_ARGUMENTS(name));
}
