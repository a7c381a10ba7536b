/* Names of fields that stand behind no dot: what is taken out of a record, `{ title } = book`, and what a model is asked for,
 * `BookModel.where({ title: "x" })`. */
#include "analysis/checks.h"

/* The name of an entry; NODE_NONE for a spread, a computed or quoted key, and what has a default. */
static node_id name_of_entry(const struct syntax_tree *tree, node_id entry) {
    node_id name = node_kind(tree, entry) == NODE_PAIR ? node_child(tree, entry, FIELD_KEY) : entry;
    return node_kind(tree, name) == NODE_IDENTIFIER && !node_has_error(tree, entry) ? name : NODE_NONE;
}

static void check_names_of(struct check *check, node_id object, struct type type) {
    const struct syntax_tree *tree = check->file->tree;
    type = types_without_nil(type);
    bool record = type.kind == TYPE_RECORD && types_has_fields(type);
    bool known = (type.kind == TYPE_NAMED || type.kind == TYPE_MODEL) && known_type_is(type.named) && !type.named.list;
    if ((!known && !record) || node_child_of_kind(tree, object, NODE_COMPREHENSION_CLAUSE) != NODE_NONE) {
        return;
    }
    NODE_EACH(entry, tree, object) {
        node_id name = name_of_entry(tree, entry);
        if (name == NODE_NONE || member_is_of_every_object(node_text(tree, name))) {
            continue;
        }
        if (record) {
            check_member_of_record(check, name, type);
        } else {
            check_member_of(check, name, type.named);
        }
    }
}

void check_taken_fields(struct check *check, node_id assignment) {
    const struct syntax_tree *tree = check->file->tree;
    node_id left = node_child(tree, assignment, FIELD_LEFT);
    if (node_kind(tree, left) == NODE_OBJECT) {
        check_names_of(check, left, values_of(&check->values, node_child(tree, assignment, FIELD_RIGHT)));
    }
}

/* Which argument names columns, from 0. */
static const struct asking {
    struct str function;
    unsigned argument;
} askings[] = {
    {STR_INIT("create"), 0}, {STR_INIT("where"), 0},  {STR_INIT("first"), 0},    {STR_INIT("count"), 0},
    {STR_INIT("active"), 0}, {STR_INIT("update"), 1}, {STR_INIT("paginate"), 2},
};

void check_columns(struct check *check, node_id call) {
    const struct syntax_tree *tree = check->file->tree;
    node_id callee = node_child(tree, call, FIELD_FUNCTION);
    if (node_kind(tree, callee) != NODE_MEMBER_EXPRESSION || check->package == NULL) {
        return;
    }
    struct str function = node_text(tree, node_child(tree, callee, FIELD_PROPERTY));
    for (size_t i = 0; i < sizeof askings / sizeof *askings; i++) {
        if (!str_equal(askings[i].function, function)) {
            continue;
        }
        node_id argument = node_first_plain(tree, node_child(tree, call, FIELD_ARGUMENTS));
        for (unsigned skipped = 0; skipped < askings[i].argument && argument != NODE_NONE; skipped++) {
            argument = node_kind(tree, argument) == NODE_SPREAD ? NODE_NONE : node_next_plain(tree, argument);
        }
        bool piped = node_kind(tree, node_parent(tree, call)) == NODE_PIPE_EXPRESSION && node_field(tree, call) == FIELD_RIGHT;
        if (node_kind(tree, argument) == NODE_OBJECT && !piped) {
            check_names_of(check, argument, values_of_row(&check->values, node_child(tree, callee, FIELD_OBJECT), STR("create")));
        }
    }
}
