/* record_key: through the first values of constants, states and variables, and the records in them. */
#include "server/features/record_key.h"

#include "analysis/entity.h"

enum { LEVELS = 8 }; /* of `a.b.c` */

struct record {
    const struct file_analysis *file;
    node_id object; /* the literal; NODE_NONE: none is known */
    struct str owner;
};

static node_id key_in(const struct record *record, struct str name) {
    const struct syntax_tree *tree = record->file->tree;
    NODE_EACH(entry, tree, record->object) {
        node_id key = node_kind(tree, entry) == NODE_PAIR ? node_child(tree, entry, FIELD_KEY) : NODE_NONE;
        if (node_kind(tree, key) == NODE_IDENTIFIER && str_equal(node_text(tree, key), name)) {
            return key;
        }
    }
    return NODE_NONE;
}

static struct record as_record(const struct file_analysis *file, node_id value, struct str owner) {
    bool literal = file != NULL && node_kind(file->tree, value) == NODE_OBJECT;
    return (struct record){file, literal ? value : NODE_NONE, owner};
}

/* The record that a name, or a member of one, holds from the start. */
static struct record record_of(const struct feature_context *context, struct resolver *resolver, node_id expression,
                               unsigned level) {
    const struct syntax_tree *tree = context->file->tree;
    if (node_kind(tree, expression) == NODE_IDENTIFIER) {
        struct entity entity = resolver_meaning(resolver, expression).entity;
        return as_record(entity.file, entity_symbol(entity)->value, entity_name(entity));
    }
    if (node_kind(tree, expression) != NODE_MEMBER_EXPRESSION || level == 0) {
        return (struct record){0};
    }
    struct record outer = record_of(context, resolver, node_child(tree, expression, FIELD_OBJECT), level - 1);
    struct str name = node_text(tree, node_child(tree, expression, FIELD_PROPERTY));
    node_id key = outer.object == NODE_NONE ? NODE_NONE : key_in(&outer, name);
    return key == NODE_NONE
               ? (struct record){0}
               : as_record(outer.file, node_child(outer.file->tree, node_parent(outer.file->tree, key), FIELD_VALUE), name);
}

struct record_key record_key_at(const struct feature_context *context, node_id node) {
    const struct syntax_tree *tree = context->file->tree;
    node_id member = node_parent(tree, node);
    struct resolver resolver;
    if (node_kind(tree, member) != NODE_MEMBER_EXPRESSION || node_field(tree, node) != FIELD_PROPERTY) {
        return (struct record_key){0};
    }
    resolver_init(&resolver, context->arena, context->sources, context->file, context->package);
    struct record record = record_of(context, &resolver, node_child(tree, member, FIELD_OBJECT), LEVELS);
    node_id key = record.object == NODE_NONE ? NODE_NONE : key_in(&record, node_text(tree, node));
    return (struct record_key){record.file, key, record.owner};
}
