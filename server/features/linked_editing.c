/* linked_editing: an element has both names. */
#include "server/features/linked_editing.h"

struct linked_tags linked_tags_at(const struct feature_context *context, uint32_t offset) {
    const struct syntax_tree *tree = context->file->tree;
    node_id node = node_at(tree, offset);
    node_id element = node_parent(tree, node);
    node_id open = node_child(tree, element, FIELD_NAME);
    node_id close = node_child(tree, element, FIELD_CLOSE_NAME);
    bool linked = node_kind(tree, node) == NODE_TAG_NAME && open != NODE_NONE && close != NODE_NONE &&
                  str_equal(node_text(tree, open), node_text(tree, close));
    return linked ? (struct linked_tags){true, node_span(tree, open), node_span(tree, close)} : (struct linked_tags){0};
}
