/* Names that are parts of something else: fields, methods and variants behind a dot, named arguments, fields of a struct
 * literal, properties of a component in markup. Bound when everything else is, as what stands before them tells what they
 * mean; where this file does not say it, they stay unbound. */
#include "analysis/binder.h"
#include "analysis/typer.h"
#include "parser/base/map.h"

#include <stdlib.h>

struct parts {
    struct binder *b;
    struct typer typer;
};

static struct symbol *symbol_named(struct binder *b, node_id node, uint32_t *index) {
    uint32_t binding = b->file->node_binding[node];
    *index = binding == 0 ? 0 : b->file->bindings.items[binding - 1].symbol;
    return symbol_at(b, *index);
}

/* The part of a symbol with the name that a node spells, or 0. */
static uint32_t part_named(struct binder *b, const struct symbol *owner, node_id name) {
    atom_id atom = name_at(b, name_of(b, name))->atom;
    for (uint32_t i = owner->first_part; i < owner->first_part + owner->part_count; i++) {
        if (symbol_at(b, i)->name == atom) {
            return i;
        }
    }
    return 0;
}

static void bind_part(struct binder *b, node_id name, uint32_t symbol) {
    if (symbol != 0 && b->file->node_binding[name] == 0) {
        bind_symbol(b, name, symbol, ACCESS_MEMBER);
    }
}

/* ---- behind a dot */

static uint32_t member_of_store(struct binder *b, const struct symbol *store, atom_id name) {
    const struct scope *members = &b->file->scopes.items[b->file->node_scope[store->node]];
    for (unsigned i = 0; i < members->symbols.count; i++) {
        if (symbol_at(b, members->symbols.items[i])->name == name) {
            return members->symbols.items[i];
        }
    }
    return 0;
}

static void bind_property(struct parts *parts, node_id node) {
    struct binder *b = parts->b;
    node_id object = node_child(b->tree, node, FIELD_OBJECT);
    node_id property = node_child(b->tree, node, FIELD_PROPERTY);
    if (node_kind(b->tree, property) != NODE_IDENTIFIER) {
        return;
    }
    atom_id name = name_at(b, name_of(b, property))->atom;
    uint32_t index;
    const struct symbol *symbol = symbol_named(b, object, &index);
    if (symbol->kind == SYMBOL_STORE) {
        bind_part(b, property, member_of_store(b, symbol, name));
        return;
    }
    struct known_type type = symbol->kind == SYMBOL_TYPE ? (struct known_type){.symbol = index}
                                                         : typer_expression(&parts->typer, object);
    if (!type.list && known_type_is(type)) {
        bind_part(b, property, typer_part(&parts->typer, type, name).symbol);
    }
}

/* ---- named arguments and fields */

static void bind_arguments(struct parts *parts, node_id node) {
    struct binder *b = parts->b;
    uint32_t index;
    node_id function = node_child(b->tree, node, FIELD_FUNCTION);
    const struct symbol *callee = symbol_named(b, function, &index);
    NODE_EACH(argument, b->tree, node_child(b->tree, node, FIELD_ARGUMENTS)) {
        if (index != 0 && node_kind(b->tree, argument) == NODE_NAMED_ARGUMENT) {
            node_id name = node_child(b->tree, argument, FIELD_NAME);
            bind_part(b, name, part_named(b, callee, name));
        }
    }
}

static void bind_struct(struct parts *parts, node_id node) {
    struct binder *b = parts->b;
    uint32_t index;
    const struct symbol *type = symbol_named(b, node_child(b->tree, node, FIELD_NAME), &index);
    NODE_EACH(entry, b->tree, node_child(b->tree, node, FIELD_ENTRIES)) {
        node_id key = node_child(b->tree, entry, FIELD_KEY);
        if (index != 0 && node_kind(b->tree, entry) == NODE_PAIR && node_kind(b->tree, key) == NODE_IDENTIFIER) {
            bind_part(b, key, part_named(b, type, key));
        }
    }
}

/* ---- markup */

static void bind_properties(struct parts *parts, node_id node) {
    struct binder *b = parts->b;
    uint32_t index;
    const struct symbol *component = symbol_named(b, node_child(b->tree, node, FIELD_NAME), &index);
    if (component->kind != SYMBOL_COMPONENT) {
        return;
    }
    NODE_EACH(child, b->tree, node) {
        if (node_kind(b->tree, child) == NODE_JSX_ATTRIBUTE) {
            node_id name = node_child(b->tree, child, FIELD_NAME);
            bind_part(b, name, part_named(b, component, name));
        }
    }
}

static void (*const binders[NODE_KIND_COUNT])(struct parts *parts, node_id node) = {
    [NODE_MEMBER_EXPRESSION] = bind_property,
    [NODE_CALL_EXPRESSION] = bind_arguments,
    [NODE_STRUCT_LITERAL] = bind_struct,
    [NODE_JSX_ELEMENT] = bind_properties,
};

/* ---- all */

/* The block that a node stands in, for nodes in their order; blocks are in order too, behind the module level. */
static void enter_block_of(struct binder *b, node_id node, uint32_t *next) {
    while (*next < b->file->blocks.count && b->file->blocks.items[*next].node <= node) {
        b->block = (*next)++;
    }
    node_id end = b->tree->nodes[b->file->blocks.items[b->block].node].next;
    b->block = node < end ? b->block : 1;
}

struct method_order {
    uint64_t key; /* type and name */
    struct type_method method;
};

static int compare_methods(const void *a, const void *b) {
    uint64_t left = ((const struct method_order *)a)->key;
    uint64_t right = ((const struct method_order *)b)->key;
    return left < right ? -1 : left > right;
}

static void sort_methods(struct binder *b) {
    uint32_t count = b->file->methods.count;
    struct method_order *order = arena_array(&b->scratch, struct method_order, count + 1);
    for (uint32_t i = 0; i < count; i++) {
        struct type_method method = b->file->methods.items[i];
        order[i] = (struct method_order){map_key2(method.type, symbol_at(b, method.symbol)->name), method};
    }
    qsort(order, count, sizeof *order, compare_methods);
    for (uint32_t i = 0; i < count; i++) {
        b->file->methods.items[i] = order[i].method;
    }
}

void bind_parts(struct binder *b) {
    struct parts parts = {.b = b};
    sort_methods(b);
    typer_init(&parts.typer, &b->scratch, b->file, NULL);
    uint32_t next = 2;
    b->block = 1;
    for (node_id node = b->unbound_parts.start; node < b->unbound_parts.end; node++) {
        void (*bind)(struct parts *, node_id) = binders[node_kind(b->tree, node)];
        if (bind != NULL) {
            enter_block_of(b, node, &next);
            bind(&parts, node);
        }
    }
}
