/* The database of a server block: the entries `adapter`, `driver` and `url` of its `db { }`. */
#include "analysis/database.h"

#include "analysis/signature_text.h"
#include "parser/syntax/node.h"

bool database_by_name(struct str name, enum database *database) {
    static const struct {
        struct str name;
        enum database database;
    } names[] = {
        {STR_INIT("sqlite"), DATABASE_SQLITE},       {STR_INIT("file"), DATABASE_SQLITE},
        {STR_INIT("postgres"), DATABASE_POSTGRES},   {STR_INIT("postgresql"), DATABASE_POSTGRES},
        {STR_INIT("mysql"), DATABASE_MYSQL},         {STR_INIT("mariadb"), DATABASE_MYSQL},
    };
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        if (str_equal(names[i].name, name)) {
            *database = names[i].database;
            return true;
        }
    }
    return false;
}

/* What a string says, perhaps with `{…}` behind the part that matters; false for other values. */
static bool text_of_value(const struct syntax_tree *tree, node_id value, struct str *text) {
    if (node_kind(tree, value) != NODE_STRING) {
        return false;
    }
    struct str quoted = node_text(tree, value);
    *text = quoted.size < 2 ? STR("") : str_slice(quoted, 1, quoted.size - 1);
    return true;
}

static enum database by_adapter(const struct syntax_tree *tree, node_id value) {
    struct str text;
    enum database database = DATABASE_ANY;
    if (text_of_value(tree, value, &text)) {
        (void)database_by_name(text, &database);
    }
    return database;
}

/* A URL without a scheme is the path of a file. */
static enum database by_url(const struct syntax_tree *tree, node_id value) {
    struct str text;
    if (!text_of_value(tree, value, &text) || str_starts_with(text, STR("{"))) {
        return DATABASE_ANY;
    }
    enum database database = DATABASE_SQLITE;
    (void)database_by_name(str_slice(text, 0, str_find(text, ':', 0)), &database);
    return database;
}

static enum database of_directive(const struct syntax_tree *tree, node_id directive) {
    node_id url = NODE_NONE;
    NODE_EACH(entry, tree, node_child_of_kind(tree, directive, NODE_BLOCK)) {
        struct str key = node_text(tree, node_child(tree, entry, FIELD_KEY));
        node_id value = node_child(tree, entry, FIELD_VALUE);
        if (str_equal(key, STR("adapter")) || str_equal(key, STR("driver"))) {
            return by_adapter(tree, value);
        }
        url = str_equal(key, STR("url")) ? value : url;
    }
    return url == NODE_NONE ? DATABASE_SQLITE : by_url(tree, url);
}

static node_id directive_in(const struct syntax_tree *tree, node_id block) {
    NODE_EACH(child, tree, node_child(tree, block, FIELD_BODY)) {
        if (node_kind(tree, child) == NODE_DIRECTIVE &&
            str_equal(node_text(tree, node_child(tree, child, FIELD_NAME)), STR("db"))) {
            return child;
        }
    }
    return NODE_NONE;
}

node_id database_directive(const struct file_analysis *file, struct block_key block) {
    for (uint32_t b = 1; block.kind == BLOCK_SERVER && b < file->blocks.count; b++) {
        const struct block *found = &file->blocks.items[b];
        node_id directive = block_key_equal(found->key, block) ? directive_in(file->tree, found->node) : NODE_NONE;
        if (directive != NODE_NONE) {
            return directive;
        }
    }
    return NODE_NONE;
}

enum database database_of(const struct program *program, struct block_key block) {
    for (uint32_t f = 0; f < program->file_count; f++) {
        node_id directive = database_directive(program->files[f], block);
        if (directive != NODE_NONE) {
            return of_directive(program->files[f]->tree, directive);
        }
    }
    return DATABASE_SQLITE;
}

/* ---- models */

static const struct builtin_member model_members[] = {
#define MODEL_MEMBER(name, signature, documentation) {STR_INIT(name), STR_INIT(signature), STR_INIT(documentation)},
#include "analysis/builtins/models.def"
};

enum { MODEL_MEMBER_COUNT = sizeof model_members / sizeof *model_members };

bool model_member_at(unsigned index, struct builtin_member *member) {
    if (index < MODEL_MEMBER_COUNT) {
        *member = model_members[index];
    }
    return index < MODEL_MEMBER_COUNT;
}

bool model_member_find(struct str name, struct builtin_member *member) {
    for (unsigned i = 0; i < MODEL_MEMBER_COUNT; i++) {
        if (str_equal(model_members[i].name, name)) {
            *member = model_members[i];
            return true;
        }
    }
    return false;
}

enum model_takes model_member_takes(struct str name, unsigned position) {
    struct builtin_member member;
    struct signature_parameter parameter = {0};
    struct str list = {0};
    size_t at = 0;
    bool found = model_member_find(name, &member) && signature_list(member.signature, &list);
    for (unsigned i = 0; found && i <= position; i++) {
        found = signature_next(list, &at, &parameter);
    }
    bool fields = found && str_equal(parameter.name, STR("fields"));
    bool conditions = found && str_equal(parameter.name, STR("conditions"));
    return fields ? MODEL_TAKES_FIELDS : conditions ? MODEL_TAKES_CONDITIONS : MODEL_TAKES_OTHER;
}

struct str model_record(struct str name) {
    static const struct str suffix = STR_INIT("Model");
    return str_ends_with(name, suffix) && name.size > suffix.size ? str_slice(name, 0, name.size - suffix.size) : name;
}

struct str model_member_signature(struct arena *arena, const struct builtin_member *member, struct str name) {
    static const struct str row = STR_INIT("Row");
    struct str signature = member->signature, result = signature_result(signature), record = model_record(name);
    size_t start = signature.size - result.size;
    while (start < signature.size && !str_starts_with(str_slice(signature, start, signature.size), row)) {
        start++;
    }
    if (start == signature.size) {
        return signature;
    }
    struct str behind = str_slice(signature, start + row.size, signature.size);
    return arena_printf(arena, "%.*s%.*s%.*s", STR_ARGUMENTS(str_slice(signature, 0, start)), STR_ARGUMENTS(record),
                        STR_ARGUMENTS(behind));
}
