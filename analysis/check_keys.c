/* What stands twice where it can be only once, outside of scopes: keys, properties, fields, methods, routes. */
#include "analysis/checks.h"
#include "analysis/model_settings.h"
#include "parser/base/hash.h"
#include "parser/base/map.h"

/* Names that were met in one list. They are few; beyond FEW they are not compared. */
enum { FEW = 256 };

struct names {
    node_id list[FEW];
    unsigned count;
};

static struct str unquoted(const struct syntax_tree *tree, node_id node) {
    struct str text = node_text(tree, node);
    enum node_kind kind = node_kind(tree, node);
    return (kind == NODE_STRING || kind == NODE_SINGLE_STRING) && text.size >= 2 ? str_slice(text, 1, text.size - 1) : text;
}

/* The earlier node of the same name, or NODE_NONE after remembering this one. */
static node_id met_before(struct names *names, const struct syntax_tree *tree, node_id node) {
    struct str text = unquoted(tree, node);
    for (unsigned i = 0; i < names->count; i++) {
        if (str_equal(unquoted(tree, names->list[i]), text)) {
            return names->list[i];
        }
    }
    if (names->count < FEW) {
        names->list[names->count++] = node;
    }
    return NODE_NONE;
}

static void relate(struct check *check, struct diagnostic *diagnostic, node_id first) {
    diagnostic->related.span = node_span(check->file->tree, first);
    diagnostic->related.message = arena_printf(check->arena, "`%.*s` stands here first.",
                                               STR_ARGUMENTS(unquoted(check->file->tree, first)));
}

/* ---- objects and tags */

/* The key of an entry when it is written out. */
static node_id key_of(const struct syntax_tree *tree, node_id entry) {
    node_id key = node_kind(tree, entry) == NODE_PAIR ? node_child(tree, entry, FIELD_KEY) : entry;
    enum node_kind kind = node_kind(tree, key);
    bool plain = kind == NODE_IDENTIFIER || ((kind == NODE_STRING || kind == NODE_SINGLE_STRING) &&
                                             node_first_child(tree, key) == NODE_NONE);
    return plain ? key : NODE_NONE;
}

/* The entry of a list that holds a node, up to where the next one begins: what the one behind it makes void. */
static void offer_without_first(struct check *check, struct diagnostic *diagnostic, node_id list, node_id first) {
    const struct syntax_tree *tree = check->file->tree;
    struct str name = unquoted(tree, first);
    while (node_parent(tree, first) != list) {
        first = node_parent(tree, first);
    }
    struct span span = {node_span(tree, first).start, node_span(tree, node_next_sibling(tree, first)).start};
    fix_set(check, diagnostic, span, STR(""), "Remove the first `%.*s`", STR_ARGUMENTS(name));
}

/* One name of a list in which the last one wins; NODE_NONE is none. */
static void check_entry(struct check *check, struct names *names, node_id list, node_id name, const char *what,
                        const char *where) {
    const struct syntax_tree *tree = check->file->tree;
    node_id first = name == NODE_NONE ? NODE_NONE : met_before(names, tree, name);
    if (first != NODE_NONE) {
        struct diagnostic *diagnostic =
            CHECK_REPORT(check, DUPLICATE_KEY, node_span(tree, name),
                         "The %s `%.*s` stands twice in this %s, and the last one wins. Remove one of them.", what,
                         STR_ARGUMENTS(unquoted(tree, name)), where);
        relate(check, diagnostic, first);
        offer_without_first(check, diagnostic, list, first);
    }
}

void check_object(struct check *check, node_id node) {
    const struct syntax_tree *tree = check->file->tree;
    struct names names = {.count = 0};
    if (node_kind(tree, node_parent(tree, node)) == NODE_STRUCT_LITERAL) {
        return; /* its fields are compared with those of the type */
    }
    NODE_EACH(entry, tree, node) {
        check_entry(check, &names, node, key_of(tree, entry), "key", "object");
    }
}

void check_tag(struct check *check, node_id node) {
    const struct syntax_tree *tree = check->file->tree;
    struct names names = {.count = 0};
    NODE_EACH(child, tree, node) {
        node_id name = node_kind(tree, child) == NODE_JSX_ATTRIBUTE ? node_child(tree, child, FIELD_NAME) : NODE_NONE;
        check_entry(check, &names, node, name, "property", "tag");
    }
}

/* ---- fields and methods */

static void report_declared(struct check *check, node_id name, node_id first, const char *what, const char *where) {
    const struct syntax_tree *tree = check->file->tree;
    relate(check,
           CHECK_REPORT(check, DUPLICATE_NAME, node_span(tree, name), "The %s `%.*s` is declared twice in this %s. Rename or "
                        "remove one of them.", what, STR_ARGUMENTS(unquoted(tree, name)), where),
           first);
}

/* `name String` beside fields reads as two variants. */
static void check_one_form(struct check *check, node_id body) {
    const struct syntax_tree *tree = check->file->tree;
    node_id variant = node_child_of_kind(tree, body, NODE_VARIANT);
    if (variant != NODE_NONE && !node_has_error(tree, variant) &&
        node_child_of_kind(tree, body, NODE_FIELD_DECLARATION) != NODE_NONE) {
        CHECK_REPORT(check, EXPECTED_SEPARATOR, node_span(tree, variant),
                     "This type has fields, and `%.*s` is none. A field needs `:` between its name and its type; a type has "
                     "either fields or variants.",
                     STR_ARGUMENTS(node_text(tree, variant)));
    }
}

/* A model may have several relations of a kind, and several sets of unique fields. */
static bool may_repeat(const struct syntax_tree *tree, node_id body, node_id field) {
    return node_kind(tree, node_parent(tree, body)) == NODE_MODEL_DECLARATION &&
           model_setting_of(tree, field) >= MODEL_UNIQUE;
}

void check_fields_of_type(struct check *check, node_id node) {
    const struct syntax_tree *tree = check->file->tree;
    check_one_form(check, node);
    struct names names = {.count = 0};
    NODE_EACH(child, tree, node) {
        bool field = node_kind(tree, child) == NODE_FIELD_DECLARATION && !may_repeat(tree, node, child);
        node_id name = field ? node_child(tree, child, FIELD_NAME) : NODE_NONE;
        node_id first = name == NODE_NONE ? NODE_NONE : met_before(&names, tree, name);
        if (first != NODE_NONE) {
            report_declared(check, name, first, "field", "type");
        }
    }
}

void check_impl(struct check *check, node_id node) {
    const struct syntax_tree *tree = check->file->tree;
    struct names names = {.count = 0};
    NODE_EACH(child, tree, node_child(tree, node, FIELD_BODY)) {
        bool function = node_kind(tree, child) == NODE_FUNCTION_DECLARATION;
        node_id name = function ? node_child(tree, child, FIELD_NAME) : NODE_NONE;
        node_id first = name == NODE_NONE ? NODE_NONE : met_before(&names, tree, name);
        if (first != NODE_NONE) {
            report_declared(check, name, first, "function", "`impl`");
        }
    }
}

/* ---- exports */

/* The declaration of the module level that has this name, or NODE_NONE. */
static node_id public_declaration(const struct file_analysis *file, atom_id name) {
    for (unsigned i = 1; i < file->symbols.count; i++) {
        const struct symbol *symbol = &file->symbols.items[i];
        bool offered = (symbol->flags & SYMBOL_BLOCK_LEVEL) != 0 && (symbol->flags & SYMBOL_PUBLIC) != 0;
        if (offered && symbol->name == name && file->blocks.items[symbol->block].key.kind == BLOCK_MODULE) {
            return symbol->name_node;
        }
    }
    return NODE_NONE;
}

/* A name that a module offers twice: `pub { add } from "m"` beside `pub fn add`. */
void check_exports(struct check *check) {
    const struct file_analysis *file = check->file;
    for (uint32_t i = 0; i < file->exported.count; i++) {
        const struct exported *exported = &file->exported.items[i];
        struct str name = analysis_name(file, exported->name);
        node_id first = str_equal(name, STR("*")) ? NODE_NONE : public_declaration(file, exported->name);
        for (uint32_t k = 0; k < i && !str_equal(name, STR("*")); k++) {
            first = file->exported.items[k].name == exported->name ? file->exported.items[k].node : first;
        }
        if (first != NODE_NONE && first != exported->node) {
            relate(check,
                   CHECK_REPORT(check, DUPLICATE_NAME, node_span(file->tree, exported->node),
                                "This module offers `%.*s` twice. Rename one of them with `as`, or remove it.",
                                STR_ARGUMENTS(name)),
                   first);
        }
    }
}

/* ---- routes */

/* What a server tells routes apart by: method and path, whatever the parameters of the path are called. */
static uint64_t route_hash(struct block_key block, atom_id method, struct str path) {
    uint64_t hash = hash_number(hash_number(HASH_SEED, (uint64_t)block.kind), block.name);
    hash = hash_number(hash, method);
    for (size_t start = 0; start <= path.size;) {
        size_t end = str_find(path, '/', start);
        struct str segment = str_slice(path, start, end);
        hash = hash_bytes(hash, segment.size > 0 && segment.data[0] == ':' ? STR(":") : segment);
        hash = hash_bytes(hash, STR("/"));
        start = end + 1;
    }
    return hash;
}

/* The first route of each kind in the package: hash -> (file, route). */
static void find_first_routes(const struct check *check, struct map *firsts) {
    for (uint32_t f = 0; f < package_file_count(check->package); f++) {
        const struct summary *file = package_file_at(check->package, f);
        for (uint32_t r = 0; r < file->route_count; r++) {
            const struct summary_route *route = &file->routes[r];
            uint64_t hash = route_hash(route->block, route->method, route->path);
            if (!map_get(firsts, hash, NULL)) {
                map_set(firsts, hash, map_key2(f, r));
            }
        }
    }
}

static void report_route(struct check *check, const struct summary_route *route, const struct summary *file,
                         const struct summary_route *first) {
    struct str method = analysis_name(check->file, route->method);
    struct diagnostic *diagnostic =
        CHECK_REPORT(check, DUPLICATE_ROUTE, route->span,
                     "The server answers `%.*s %.*s` twice, and the first route wins. Change the path of one of them.",
                     STR_ARGUMENTS(method), STR_ARGUMENTS(route->path));
    diagnostic->related.path = file == check->summary ? (struct str){0} : file->path;
    diagnostic->related.span = first->span;
    diagnostic->related.message = STR("The first route stands here.");
}

void check_routes(struct check *check) {
    struct map firsts;
    if (check->summary == NULL || check->summary->route_count == 0) {
        return;
    }
    map_init(&firsts);
    find_first_routes(check, &firsts);
    for (uint32_t r = 0; r < check->summary->route_count; r++) {
        const struct summary_route *route = &check->summary->routes[r];
        uint64_t at = 0;
        if (route->path.size == 0 ||
            !map_get(&firsts, route_hash(route->block, route->method, route->path), &at)) {
            continue;
        }
        const struct summary *file = package_file_at(check->package, (uint32_t)(at >> 32));
        const struct summary_route *first = &file->routes[(uint32_t)at];
        if (first != route) {
            report_route(check, route, file, first);
        }
    }
    map_finish(&firsts);
}
