/* conditions: as they are written, on one line; without secrets. */
#include "analysis/conditions.h"

#include "analysis/directives.h"

enum { LONGEST = 80, GROUPS = 16 }; /* bytes of a text; groups within groups */

struct gathering {
    struct summary *summary;
    const struct file_analysis *file;
    VEC(struct summary_condition) found;
};

static void add(struct gathering *gathering, struct block_key block, atom_id handler, struct str text) {
    struct arena *arena = &gathering->summary->arena;
    vec_push(arena, &gathering->found, ((struct summary_condition){block, handler, arena_str(arena, text)}));
}

/* The middleware of the groups around a route, from the outside. */
static void add_groups(struct gathering *gathering, const struct route *route, struct block_key key, atom_id handler) {
    const struct syntax_tree *tree = gathering->file->tree;
    node_id groups[GROUPS];
    unsigned count = 0;
    for (node_id group = node_ancestor(tree, route->node, NODE_DIRECTIVE); group != NODE_NONE && count < GROUPS;
         group = node_ancestor(tree, node_parent(tree, group), NODE_DIRECTIVE)) {
        groups[count++] = group;
    }
    while (count-- > 0) {
        NODE_EACH(member, tree, node_child_of_kind(tree, groups[count], NODE_BLOCK)) {
            const struct directive *directive =
                node_kind(tree, member) == NODE_DIRECTIVE ? directive_of_node(tree, member) : NULL;
            node_id function = node_child_of_kind(tree, member, NODE_FUNCTION_DECLARATION);
            if (directive != NULL && directive->id == DIRECTIVE_MIDDLEWARE && function != NODE_NONE) {
                struct str name = node_text(tree, node_child(tree, function, FIELD_NAME));
                add(gathering, key, handler,
                    arena_printf(&gathering->summary->arena, "middleware %.*s", STR_ARGUMENTS(name)));
            }
        }
    }
}

static void add_route(struct gathering *gathering, const struct route *route) {
    const struct file_analysis *file = gathering->file;
    struct block_key key = file->blocks.items[route->block].key;
    if (route->binding != 0) {
        add_groups(gathering, route, key, file->bindings.items[route->binding - 1].name);
    }
    NODE_EACH(child, file->tree, route->binding != 0 ? route->node : NODE_NONE) {
        if (node_kind(file->tree, child) == NODE_ROUTE_DECORATOR) {
            add(gathering, key, file->bindings.items[route->binding - 1].name, node_text(file->tree, child));
        }
    }
}

static bool looks_at_requests(enum directive_id id) {
    return id == DIRECTIVE_AUTH || id == DIRECTIVE_SESSION || id == DIRECTIVE_RATE_LIMIT || id == DIRECTIVE_MAX_BODY ||
           id == DIRECTIVE_CORS || id == DIRECTIVE_TLS;
}

/* On one line; the word alone where that is long, or may hold a secret. */
static struct str written(struct arena *arena, const struct syntax_tree *tree, node_id node,
                          const struct directive *directive) {
    struct str text = node_text(tree, node);
    bool secret =
        directive->id == DIRECTIVE_AUTH || directive->id == DIRECTIVE_SESSION || directive->id == DIRECTIVE_TLS;
    if (secret || text.size > LONGEST) {
        return directive->word;
    }
    char *line = arena_array(arena, char, text.size + 1);
    size_t size = 0;
    for (size_t i = 0; i < text.size; i++) {
        bool space = text.data[i] == ' ' || text.data[i] == '\n' || text.data[i] == '\t' || text.data[i] == '\r';
        if (!space) {
            line[size++] = text.data[i];
        } else if (size > 0 && line[size - 1] != ' ') {
            line[size++] = ' ';
        }
    }
    return (struct str){line, size};
}

static void add_server(struct gathering *gathering, const struct block *block) {
    const struct syntax_tree *tree = gathering->file->tree;
    struct arena scratch = {0};
    NODE_EACH(child, tree, node_child(tree, block->node, FIELD_BODY)) {
        const struct directive *directive =
            node_kind(tree, child) == NODE_DIRECTIVE ? directive_of_node(tree, child) : NULL;
        if (directive != NULL && looks_at_requests(directive->id)) {
            add(gathering, block->key, ATOM_NONE, written(&scratch, tree, child, directive));
        }
    }
    arena_finish(&scratch);
}

void conditions_gather(struct summary *summary, const struct file_analysis *file) {
    struct gathering gathering = {.summary = summary, .file = file};
    for (unsigned i = 0; i < file->routes.count; i++) {
        add_route(&gathering, &file->routes.items[i]);
    }
    for (unsigned i = 2; i < file->blocks.count; i++) {
        if (file->blocks.items[i].key.kind == BLOCK_SERVER) {
            add_server(&gathering, &file->blocks.items[i]);
        }
    }
    summary->conditions = gathering.found.items;
    summary->condition_count = gathering.found.count;
}
