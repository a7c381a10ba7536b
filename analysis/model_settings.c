/* The settings of models: which they are is told by their word and the kind of their value. */
#include "analysis/model_settings.h"

static const struct str words[MODEL_SETTING_COUNT] = {
    [MODEL_FIELD] = STR_INIT(""),
    [MODEL_TABLE] = STR_INIT("table"),
    [MODEL_TIMESTAMPS] = STR_INIT("timestamps"),
    [MODEL_SOFT_DELETE] = STR_INIT("soft_delete"),
    [MODEL_UNIQUE] = STR_INIT("unique"),
    [MODEL_BELONGS_TO] = STR_INIT("belongs_to"),
    [MODEL_HAS_MANY] = STR_INIT("has_many"),
    [MODEL_HAS_ONE] = STR_INIT("has_one"),
};

struct str model_setting_word(enum model_setting setting) { return words[setting]; }

static bool begins_lower(struct str text) { return text.size > 0 && !(text.data[0] >= 'A' && text.data[0] <= 'Z'); }

/* Fields are named as values are: `unique: email`, `unique: (team, nick)`; a type begins with a capital. */
static bool lists_fields(const struct syntax_tree *tree, node_id value) {
    for (node_id node = value; value != NODE_NONE && node < tree->nodes[value].next; node++) {
        if (node_kind(tree, node) == NODE_TYPE_NAME) {
            return begins_lower(node_text(tree, node));
        }
    }
    return false;
}

static bool has_value_of(const struct syntax_tree *tree, enum model_setting setting, node_id value) {
    enum node_kind kind = node_kind(tree, value);
    switch ((int)setting) {
    case MODEL_TABLE:
        return kind == NODE_STRING || kind == NODE_SINGLE_STRING;
    case MODEL_TIMESTAMPS:
    case MODEL_SOFT_DELETE:
        return kind == NODE_TRUE || kind == NODE_FALSE;
    case MODEL_UNIQUE:
        return lists_fields(tree, value);
    default:
        return value != NODE_NONE;
    }
}

enum model_setting model_setting_of(const struct syntax_tree *tree, node_id field) {
    struct str name = node_text(tree, node_child(tree, field, FIELD_NAME));
    for (unsigned i = MODEL_FIELD + 1; i < MODEL_SETTING_COUNT; i++) {
        if (str_equal(words[i], name)) {
            enum model_setting setting = (enum model_setting)i;
            return has_value_of(tree, setting, node_child(tree, field, FIELD_TYPE)) ? setting : MODEL_FIELD;
        }
    }
    return MODEL_FIELD;
}

/* The `Option` of `Option<User>` is no name that is listed. */
static bool is_generic(const struct syntax_tree *tree, node_id name) {
    return node_kind(tree, node_parent(tree, name)) == NODE_GENERIC_TYPE && node_field(tree, name) == FIELD_NAME;
}

struct model_names model_setting_names(struct arena *arena, const struct syntax_tree *tree, node_id field) {
    struct model_names names = {0};
    node_id value = node_child(tree, field, FIELD_TYPE);
    node_id optional = NODE_NONE; /* the `User?` or `Option<User>` that was met last */
    for (node_id node = value; value != NODE_NONE && node < tree->nodes[value].next; node++) {
        enum node_kind kind = node_kind(tree, node);
        if (kind == NODE_OPTIONAL_TYPE || kind == NODE_GENERIC_TYPE) {
            optional = node;
        } else if (kind == NODE_TYPE_NAME && !is_generic(tree, node)) {
            struct model_name name = {node_child(tree, node, FIELD_NAME), node < tree->nodes[optional].next ? optional : NODE_NONE};
            vec_push(arena, &names.list, name);
        }
    }
    return names;
}
