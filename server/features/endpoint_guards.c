/* endpoint_guards: reads the routes and directives of a server in all files of its package. */
#include "server/features/endpoint_guards.h"

#include "analysis/directives.h"

enum { LONGEST = 80 };

static const struct file_analysis *analysis_of(const struct feature_context *context, const struct summary *file) {
    return str_equal(file->path, context->file->path)
               ? context->file
               : context->sources->analysis_of(context->sources->context, file->path);
}

static void add_once(const struct feature_context *context, struct text_list *texts, struct str text) {
    for (unsigned i = 0; i < texts->list.count; i++) {
        if (str_equal(texts->list.items[i], text)) {
            return;
        }
    }
    vec_push(context->arena, &texts->list, text);
}

/* ---- of routes */

static bool handles(const struct file_analysis *file, const struct route *route,
                    const struct summary_symbol *function) {
    bool named = route->binding != 0 && file->bindings.items[route->binding - 1].name == function->name;
    return named && block_key_equal(file->blocks.items[route->block].key, function->block);
}

static bool has_guarded_route(const struct summary *file, const struct summary_symbol *function) {
    for (uint32_t i = 0; i < file->route_count; i++) {
        if (file->routes[i].guarded && file->routes[i].handler == function->name) {
            return true;
        }
    }
    return false;
}

struct text_list endpoint_guards(const struct feature_context *context, const struct summary_symbol *function) {
    struct text_list texts = {0};
    for (uint32_t f = 0; f < package_file_count(context->package); f++) {
        const struct summary *summary = package_file_at(context->package, f);
        const struct file_analysis *file = has_guarded_route(summary, function) ? analysis_of(context, summary) : NULL;
        for (unsigned i = 0; file != NULL && i < file->routes.count; i++) {
            const struct route *route = &file->routes.items[i];
            NODE_EACH(child, file->tree, handles(file, route, function) ? route->node : NODE_NONE) {
                if (node_kind(file->tree, child) == NODE_ROUTE_DECORATOR) {
                    add_once(context, &texts, node_text(file->tree, child));
                }
            }
        }
    }
    return texts;
}

/* ---- of servers */

static bool looks_at_requests(enum directive_id id) {
    return id == DIRECTIVE_AUTH || id == DIRECTIVE_SESSION || id == DIRECTIVE_RATE_LIMIT || id == DIRECTIVE_MAX_BODY ||
           id == DIRECTIVE_CORS || id == DIRECTIVE_TLS;
}

/* On one line, without secrets; the word alone where that is long. */
static struct str written(const struct feature_context *context, const struct file_analysis *file, node_id node,
                          const struct directive *directive) {
    struct str text = node_text(file->tree, node);
    bool secret =
        directive->id == DIRECTIVE_AUTH || directive->id == DIRECTIVE_SESSION || directive->id == DIRECTIVE_TLS;
    if (secret || text.size > LONGEST) {
        return directive->word;
    }
    char *line = arena_array(context->arena, char, text.size + 1);
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

static void add_directives(const struct feature_context *context, const struct file_analysis *file,
                           struct block_key key, struct text_list *texts) {
    for (unsigned i = 2; i < file->blocks.count; i++) {
        const struct block *block = &file->blocks.items[i];
        node_id body = node_child(file->tree, block->node, FIELD_BODY);
        NODE_EACH(child, file->tree, block_key_equal(block->key, key) ? body : NODE_NONE) {
            const struct directive *directive =
                node_kind(file->tree, child) == NODE_DIRECTIVE ? directive_of_node(file->tree, child) : NULL;
            if (directive != NULL && looks_at_requests(directive->id)) {
                add_once(context, texts, written(context, file, child, directive));
            }
        }
    }
}

struct text_list endpoint_server_guards(const struct feature_context *context, struct block_key server) {
    struct text_list texts = {0};
    for (uint32_t f = 0; f < package_file_count(context->package); f++) {
        const struct summary *summary = package_file_at(context->package, f);
        bool has_server = false;
        for (uint32_t i = 0; i < summary->block_count; i++) {
            has_server = has_server || block_key_equal(summary->blocks[i].key, server);
        }
        const struct file_analysis *file = has_server ? analysis_of(context, summary) : NULL;
        if (file != NULL) {
            add_directives(context, file, server, &texts);
        }
    }
    return texts;
}
