/* block_module: code that belongs to no place of its own: what all share, and files without blocks. */
#include "codegen/blocks.h"

#include "codegen/members.h"
#include "codegen/types.h"

static bool lower_shared_member(struct emitter *e, node_id node) {
    if (kind_of(e, node) == NODE_TYPE_DECLARATION) {
        lower_type(e, node, true);
        return true;
    }
    return kind_of(e, node) == NODE_IMPL_DECLARATION;
}

void emit_shared(struct emitter *e) {
    members_lower(e, lower_shared_member, true);
}

void emit_module(struct emitter *e) {
    members_lower(e, lower_shared_member, false);
}
