/* document_link: module uses that are files, addresses in the text, attributes that name a route. */
#include "server/features/document_link.h"

#include "analysis/text_names.h"
#include "parser/base/byte.h"

#include <stdlib.h>
#include <string.h>

static void add(const struct feature_context *context, struct document_link_list *links, struct document_link link) {
    vec_push(context->arena, &links->list, link);
}

/* ---- imports */

static void add_modules(const struct feature_context *context, struct document_link_list *links) {
    const struct file_analysis *file = context->file;
    for (uint32_t i = 0; i < file->module_uses.count; i++) {
        struct text_name name = text_name_of(file, file->module_uses.items[i].source);
        if (name.kind != TEXT_NAME_MODULE) {
            continue;
        }
        struct module module = module_find(context->arena, context->package, file->path, name.text);
        bool is_file = module.kind == MODULE_SOURCE || (module.kind == MODULE_JAVASCRIPT && module.path.size > 0);
        if (is_file) {
            add(context, links, (struct document_link){.span = name.span, .path = module.path});
        }
    }
}

/* ---- addresses: in strings, attributes and comments, as nothing else holds `://` */

static bool is_of_address(char c) {
    static const char others[] = "-._~:/?#[]@!$&'()*+,;=%";
    return byte_is_letter(c) || byte_is_digit(c) || (c != '\0' && strchr(others, c) != NULL);
}

static bool has(struct str text, char byte) { return str_find(text, byte, 0) < text.size; }

/* Without what ends a sentence, and without a bracket that is opened before the address. */
static struct str without_end(struct str address) {
    while (address.size > 0) {
        char last = address.data[address.size - 1];
        bool closes = (last == ')' && !has(address, '(')) || (last == ']' && !has(address, '['));
        if (!closes && (last == '\0' || strchr(".,;:!?'", last) == NULL)) {
            break;
        }
        address.size--;
    }
    return address;
}

/* The size of `http://` or `https://` at an offset; 0 where neither stands. */
static size_t scheme_at(struct str text, size_t at) {
    struct str rest = str_slice(text, at, text.size);
    bool inside = at > 0 && byte_is_word(text.data[at - 1]);
    return inside ? 0 : str_starts_with(rest, STR("https://")) ? 8 : str_starts_with(rest, STR("http://")) ? 7 : 0;
}

static void add_addresses(const struct feature_context *context, struct document_link_list *links) {
    struct str text = text_str(context->file->tree->text);
    for (size_t at = str_find(text, 'h', 0); at < text.size; at = str_find(text, 'h', at + 1)) {
        size_t scheme = scheme_at(text, at);
        size_t end = at + scheme;
        while (scheme > 0 && end < text.size && is_of_address(text.data[end])) {
            end++;
        }
        struct str address = without_end(str_slice(text, at, end));
        bool part = end < text.size && text.data[end] == '{'; /* the rest is known when the program runs */
        if (scheme > 0 && address.size > scheme && !part) {
            struct span span = {(uint32_t)at, (uint32_t)(at + address.size)};
            add(context, links, (struct document_link){.span = span, .address = address});
        }
    }
}

/* ---- `<a href="/books">` */

/* The only `route GET` of this path that the program has, without what varies; false where there is none, or several. */
static bool find_route(const struct feature_context *context, struct str path, struct document_link *link) {
    unsigned count = 0;
    for (uint32_t f = 0; f < package_file_count(context->package); f++) {
        const struct summary *summary = package_file_at(context->package, f);
        for (uint32_t i = 0; i < summary->route_count; i++) {
            const struct summary_route *route = &summary->routes[i];
            bool get = str_equal(atom_text(context->file->atoms, route->method), STR("GET")) && !route->socket;
            if (!get || !str_equal(route->path, path)) {
                continue;
            }
            const struct file_analysis *file = context->sources->analysis_of(context->sources->context, summary->path);
            link->path = summary->path;
            link->line = file == NULL ? 0 : (unsigned)text_line_of(file->tree->text, route->span.start) + 1;
            count++;
        }
    }
    return count == 1;
}

static void add_routes(const struct feature_context *context, struct document_link_list *links) {
    const struct syntax_tree *tree = context->file->tree;
    for (node_id node = NODE_ROOT; node < tree->count; node++) {
        bool href = node_kind(tree, node) == NODE_JSX_ATTRIBUTE &&
                    str_equal(node_text(tree, node_child(tree, node, FIELD_NAME)), STR("href"));
        node_id value = href ? node_child(tree, node, FIELD_VALUE) : NODE_NONE;
        bool plain_tag = str_equal(node_text(tree, node_child(tree, node_parent(tree, node), FIELD_NAME)), STR("a"));
        struct document_link link = {0};
        struct str path;
        if (value != NODE_NONE && plain_tag && node_string_value(context->arena, tree, value, &path) && str_starts_with(path, STR("/")) &&
            find_route(context, path, &link)) {
            struct span span = node_span(tree, value);
            link.span = (struct span){span.start + 1, span.end - 1};
            add(context, links, link);
        }
    }
}

/* ---- all */

static int by_place(const void *a, const void *b) {
    const struct document_link *one = a;
    const struct document_link *other = b;
    return (one->span.start > other->span.start) - (one->span.start < other->span.start);
}

struct document_link_list document_links(const struct feature_context *context) {
    struct document_link_list links = {0};
    add_modules(context, &links);
    add_addresses(context, &links);
    add_routes(context, &links);
    if (links.list.count > 1) {
        qsort(links.list.items, links.list.count, sizeof *links.list.items, by_place);
    }
    return links;
}
