/* What analyze_again() takes over from the analysis before: everything that the binder made of other statements, moved. */
#include "analysis/again.h"

#include <string.h>

/* ---- the order in which statements are bound */

/* Was what stands at a node of a block bound before the statement `end` of its block? Blocks of one group come together. */
static bool is_before(const struct again *a, uint32_t block, node_id node, node_id end) {
    uint32_t group = again_group(a, block);
    return group < a->group || (group == a->group && node < end);
}

/* Where is symbol, scope or external `i` of the old analysis? */
static bool is_symbol_before(const struct again *a, uint32_t i, node_id end) {
    const struct symbol *symbol = &a->old->symbols.items[i];
    return is_before(a, symbol->block, symbol->node, end);
}

static bool is_scope_before(const struct again *a, uint32_t i, node_id end) {
    const struct scope *scope = &a->old->scopes.items[i];
    return is_before(a, scope->block, scope->node, end);
}

static bool is_external_before(const struct again *a, uint32_t i, node_id end) {
    const struct external *external = &a->old->externals.items[i];
    return is_before(a, external->block, external->node, end);
}

static bool is_binding_before(const struct again *a, uint32_t i, node_id end) {
    return a->old->bindings.items[i].node < end;
}

typedef bool before_function(const struct again *a, uint32_t i, node_id end);

/* The first one that was not made before the statement `end`. */
static uint32_t find_first(const struct again *a, uint32_t low, uint32_t high, node_id end, before_function *before) {
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        if (before(a, middle, end)) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return low;
}

static struct range find_range(const struct again *a, uint32_t first, uint32_t count, before_function *before) {
    return (struct range){find_first(a, first, count, a->change.statement, before),
                          find_first(a, first, count, a->change.old_next, before), 0};
}

/* ---- numbers of the new analysis */

/* Of what a statement behind the changed one was given, or nobody in particular (members of blocks come before all). */
static uint32_t moved(const struct range *range, uint32_t index) {
    return index < range->end ? index : index + range->shift;
}

/* ---- blocks */

void again_take_blocks(struct again *a) {
    const struct file_analysis *old = a->old;
    for (uint32_t i = 1; i < old->blocks.count; i++) {
        struct block block = old->blocks.items[i];
        if (block.node == a->change.block) {
            a->block = i;
        }
        block.node = again_node(a, block.node);
        a->failed |= !change_span(&a->change, &block.name) && span_size(block.name) > 0;
        vec_push(a->b.arena, &a->file->blocks, block);
        vec_push(&a->b.scratch, &a->b.states, (struct scope_state){.function = block.scope});
        group_add(&a->b, i);
    }
    a->group = group_of(&a->b, old->blocks.items[a->block].key);
}

/* ---- symbols */

/* Numbers of members of blocks mean what they did; so do those before the statement. `behind`: made behind it. */
static struct symbol moved_symbol(const struct again *a, const struct symbol *old, bool behind) {
    struct symbol symbol = *old;
    symbol.node = again_node(a, symbol.node);
    symbol.name_node = again_node(a, symbol.name_node);
    symbol.type = again_node(a, symbol.type);
    symbol.value = again_node(a, symbol.value);
    symbol.scope = moved(&a->scopes, symbol.scope);
    if (behind) {
        symbol.owner = moved(&a->symbols, symbol.owner);
        symbol.hides = moved(&a->symbols, symbol.hides);
        symbol.first_part = moved(&a->symbols, symbol.first_part);
    }
    return symbol;
}

static void push_symbol(struct again *a, struct symbol symbol) {
    vec_push(&a->b.scratch, &a->file->symbols, symbol);
    vec_push(&a->b.scratch, &a->b.last_uses, 0);
}

/* A member is what it was when it was declared and what its uses make of it, which are yet to come; of the changed statement,
 * what binding has noticed is forgotten. */
static void take_member(struct again *a, uint32_t index) {
    enum { BY_USES = SYMBOL_READ | SYMBOL_PASSED | SYMBOL_ENDPOINT };
    const struct symbol *old = &a->old->symbols.items[index];
    struct symbol symbol = moved_symbol(a, old, false);
    unsigned kept = old->flags & ~(unsigned)BY_USES;
    if (change_holds(&a->change, old->node)) {
        kept = old->flags & SYMBOL_GUARD;
        symbol.first_part = symbol.part_count = 0;
    }
    symbol.flags = a->old->origin->flags[index] | kept;
    push_symbol(a, symbol);
}

static void take_symbols_before(struct again *a) {
    uint32_t declared = a->old->origin->declared;
    for (uint32_t i = 1; i < declared; i++) {
        take_member(a, i);
    }
    for (uint32_t i = declared; i < a->symbols.start; i++) {
        push_symbol(a, moved_symbol(a, &a->old->symbols.items[i], false));
    }
}

/* Parts of members that were bound behind the statement have moved too. */
static void move_parts(struct again *a) {
    for (uint32_t i = 1; i < a->old->origin->declared; i++) {
        struct symbol *symbol = symbol_at(&a->b, i);
        if (symbol->first_part >= a->symbols.end && !is_symbol_before(a, i, a->change.old_next)) {
            symbol->first_part += a->symbols.shift;
        }
    }
}

static void take_symbols_behind(struct again *a) {
    move_parts(a);
    for (uint32_t i = a->symbols.end; i < a->old->symbols.count; i++) {
        push_symbol(a, moved_symbol(a, &a->old->symbols.items[i], true));
    }
}

/* ---- scopes */

/* Their lists of symbols stand together. */
static void take_scopes(struct again *a, struct range range, bool behind) {
    uint32_t count = 0;
    for (uint32_t i = range.start; i < range.end; i++) {
        count += a->old->scopes.items[i].symbols.count;
    }
    uint32_t *symbols = arena_room(a->b.arena, uint32_t, count);
    for (uint32_t i = range.start; i < range.end; i++) {
        struct scope scope = a->old->scopes.items[i];
        const uint32_t *old = scope.symbols.items;
        scope.node = again_node(a, scope.node);
        scope.parent = moved(&a->scopes, scope.parent);
        scope.symbols.items = symbols;
        scope.symbols.capacity = scope.symbols.count;
        for (unsigned k = 0; k < scope.symbols.count; k++) {
            symbols[k] = behind ? moved(&a->symbols, old[k]) : old[k];
        }
        symbols += scope.symbols.count;
        a->file->node_scope[scope.node] = a->file->scopes.count;
        vec_push(a->b.arena, &a->file->scopes, scope);
    }
}

static void take_scopes_before(struct again *a) {
    take_scopes(a, (struct range){1, a->scopes.start, 0}, false);
    while (a->b.states.count < a->file->scopes.count) {
        vec_push(&a->b.scratch, &a->b.states, (struct scope_state){0});
    }
}

/* ---- externals */

static bool is_same_external(const struct again *a, const struct external *old, const struct external *new) {
    return old->name == new->name && old->type == new->type && again_group(a, old->block) == again_group(a, new->block);
}

static void take_externals_before(struct again *a) {
    for (uint32_t i = 1; i < a->externals.start; i++) {
        struct external external = a->old->externals.items[i];
        external.node = again_node(a, external.node);
        a->new_externals[i] = a->file->externals.count;
        if (again_group(a, external.block) == a->group) {
            struct name *name = name_at(&a->b, name_intern(&a->b, analysis_name(a->file, external.name)));
            *(external.type ? &name->typed : &name->external) = a->file->externals.count;
        }
        vec_push(a->b.arena, &a->file->externals, external);
    }
}

/* The statement's own ones of before are gone, or asked for by it again. */
static void match_externals(struct again *a) {
    for (uint32_t i = a->externals.start; i < a->externals.end; i++) {
        for (uint32_t k = a->externals.start; k < a->file->externals.count; k++) {
            if (is_same_external(a, &a->old->externals.items[i], &a->file->externals.items[k])) {
                a->new_externals[i] = k;
            }
        }
    }
}

/* What the statement is now the first to ask for, another one was before. */
static void take_externals_behind(struct again *a) {
    uint32_t end = a->file->externals.count;
    match_externals(a);
    for (uint32_t i = a->externals.end; i < a->old->externals.count; i++) {
        struct external external = a->old->externals.items[i];
        for (uint32_t k = a->externals.start; k < end; k++) {
            a->failed |= is_same_external(a, &external, &a->file->externals.items[k]);
        }
        external.node = again_node(a, external.node);
        a->new_externals[i] = a->file->externals.count;
        vec_push(a->b.arena, &a->file->externals, external);
    }
}

/* ---- bindings: those before the statement, its own, room for as many names of parts as it had, those behind it */

/* Made when members were declared, before the statement was bound. */
static bool is_declaration(const struct again *a, const struct binding *binding) {
    return binding->access == ACCESS_DECLARE && binding->symbol != 0 && binding->symbol < a->old->origin->declared;
}

/* Where the statement's own bindings come, and those of names that its block declares. */
static void make_room(struct again *a) {
    struct file_analysis *file = a->file;
    const struct change *change = &a->change;
    size_t behind = a->old->tree->count - change->old_next;
    memcpy(file->node_binding, a->old->node_binding, change->statement * sizeof *file->node_binding);
    memset(file->node_binding + change->statement, 0, (change->next - change->statement) * sizeof *file->node_binding);
    memcpy(file->node_binding + change->next, a->old->node_binding + change->old_next, behind * sizeof *file->node_binding);
    file->bindings.count = a->bindings.start;
    for (uint32_t i = a->bindings.start; i < a->bindings.end; i++) {
        struct binding binding = a->old->bindings.items[i];
        a->parts += binding.access == ACCESS_MEMBER;
        if (is_declaration(a, &binding)) {
            binding.node = again_node(a, binding.node);
            file->bindings.items[file->bindings.count++] = binding;
            file->node_binding[binding.node] = file->bindings.count;
        }
    }
}

/* Moves what stands behind the statement's bindings, and says so to their nodes. */
static void shift_behind(struct again *a, uint32_t shift) {
    uint32_t *numbers = a->file->node_binding;
    uint32_t count = a->file->tree->count;
    for (node_id node = a->change.next; node < count && shift != 0; node++) {
        numbers[node] += numbers[node] != 0 ? shift : 0;
    }
}

/* A name that turned out to be that of a local symbol may have asked for an external before that was declared (`x = [...x]`).
 * What the statement asked for first would then still be asked for. */
static bool may_have_asked(const struct again *a, const struct binding *binding) {
    bool local = binding->symbol >= a->old->origin->declared && binding->access != ACCESS_DECLARE &&
                 binding->access != ACCESS_MEMBER;
    for (uint32_t i = a->externals.start; local && i < a->externals.end; i++) {
        if (a->old->externals.items[i].name == binding->name) {
            return true;
        }
    }
    return false;
}

/* Names of parts are bound when everything else is: what they mean depends on types. `read`: per external, is it read? */
static void take_bindings(struct again *a, struct range range, struct binding *to, bool *read) {
    uint32_t declared = a->old->origin->declared;
    for (uint32_t i = range.start; i < range.end; i++, to++) {
        struct binding binding = a->old->bindings.items[i];
        a->failed |= may_have_asked(a, &binding);
        binding.node = again_node(a, binding.node);
        if (binding.external != 0) {
            binding.external = a->new_externals[binding.external];
            a->failed |= binding.external == 0;
            read[binding.external] |= binding.access == ACCESS_READ;
        } else if (binding.access == ACCESS_MEMBER && !a->apart) {
            a->file->node_binding[binding.node] = 0;
        } else if (binding.symbol < declared && binding.access != ACCESS_DECLARE) {
            symbol_at(&a->b, binding.symbol)->flags |= access_flags(binding.access);
        }
        binding.symbol = moved(&a->symbols, binding.symbol);
        *to = binding;
    }
}

/* Does a use read an external that it does not call? Where it was one of the statement that did, another one may be left. */
static void settle_passed(struct again *a, bool *read) {
    const struct file_analysis *file = a->file;
    for (uint32_t i = a->bindings.start; i < file->bindings.count; i++) {
        read[file->bindings.items[i].external] |= file->bindings.items[i].access == ACCESS_READ;
    }
    for (uint32_t i = a->externals.start; i < file->externals.count; i++) {
        file->externals.items[i].passed |= read[i];
    }
    for (uint32_t i = a->bindings.start; i < a->bindings.end; i++) {
        const struct binding *binding = &a->old->bindings.items[i];
        uint32_t external = a->new_externals[binding->external];
        a->failed |= external != 0 && binding->access == ACCESS_READ && !read[external];
    }
}

static void take_all_bindings(struct again *a) {
    struct file_analysis *file = a->file;
    uint32_t old_count = a->old->bindings.count;
    bool *read = arena_array(&a->b.scratch, bool, file->externals.count);
    uint32_t own_end = file->bindings.count;
    uint32_t behind = own_end + a->parts;
    a->bindings.shift = behind - a->bindings.end;
    take_bindings(a, (struct range){0, a->bindings.start, 0}, file->bindings.items, read);
    memset(file->bindings.items + own_end, 0, a->parts * sizeof *file->bindings.items);
    shift_behind(a, a->bindings.shift);
    take_bindings(a, (struct range){a->bindings.end, old_count, 0}, file->bindings.items + behind, read);
    settle_passed(a, read);
    file->bindings.count = behind + old_count - a->bindings.end;
}

void again_order_bindings(struct again *a) {
    struct file_analysis *file = a->file;
    struct binding *items = file->bindings.items;
    uint32_t count = a->old->bindings.count + a->bindings.shift; /* without the names of parts, which came last */
    uint32_t own = a->bindings.end + a->bindings.shift - a->bindings.start; /* with room for as many as there were */
    uint32_t shift = file->bindings.count - count - a->parts;
    struct binding *ordered = arena_room(&a->b.scratch, struct binding, own + shift);
    uint32_t next = 0;
    for (node_id node = a->change.statement; node < a->change.next; node++) {
        if (file->node_binding[node] != 0) {
            ordered[next++] = items[file->node_binding[node] - 1];
            file->node_binding[node] = a->bindings.start + next;
        }
    }
    uint32_t behind = a->bindings.start + own;
    memmove(items + (behind + shift), items + behind, (count - behind) * sizeof *items);
    memcpy(items + a->bindings.start, ordered, next * sizeof *items);
    shift_behind(a, shift);
    file->bindings.count = count + shift;
}

/* ---- what else statements leave behind */

static void take_rpc_uses(struct again *a, bool behind) {
    for (uint32_t i = 0; i < a->old->rpc_uses.count; i++) {
        struct rpc_use use = a->old->rpc_uses.items[i];
        if (!change_holds(&a->change, use.node) && behind == (use.node >= a->change.old_next)) {
            use.node = again_node(a, use.node);
            use.name_node = again_node(a, use.name_node);
            use.call = again_node(a, use.call);
            vec_push(a->b.arena, &a->file->rpc_uses, use);
        }
    }
}

static void take_routes(struct again *a) {
    for (uint32_t i = 0; i < a->old->routes.count; i++) {
        struct route route = a->old->routes.items[i];
        a->failed |= change_holds(&a->change, route.node);
        route.node = again_node(a, route.node);
        route.handler = again_node(a, route.handler);
        route.path = arena_str(a->b.arena, route.path);
        vec_push(a->b.arena, &a->file->routes, route);
    }
}

static void take_discovered(struct again *a) {
    for (uint32_t i = 0; i < a->old->discovered.count; i++) {
        struct discovered discovered = a->old->discovered.items[i];
        struct name *name = name_at(&a->b, name_intern(&a->b, analysis_name(a->file, discovered.name)));
        name->peer = again_group(a, discovered.block);
        discovered.node = again_node(a, discovered.node);
        vec_push(a->b.arena, &a->file->discovered, discovered);
    }
}

static void take_methods(struct again *a) {
    for (uint32_t i = 0; i < a->old->methods.count; i++) {
        struct type_method method = a->old->methods.items[i];
        a->failed |= method.symbol >= a->symbols.start && method.symbol < a->symbols.end;
        method.symbol = moved(&a->symbols, method.symbol);
        vec_push(a->b.arena, &a->file->methods, method);
    }
}

/* What stands in a head, or in no statement that can have changed. */
static void take_modules(struct again *a) {
    const struct file_analysis *old = a->old;
    for (uint32_t i = 0; i < old->module_uses.count; i++) {
        struct module_use use = old->module_uses.items[i];
        use.node = again_node(a, use.node);
        use.source = again_node(a, use.source);
        use.text = arena_str(a->b.arena, use.text);
        vec_push(a->b.arena, &a->file->module_uses, use);
    }
    for (uint32_t i = 0; i < old->imported.count; i++) {
        struct imported imported = old->imported.items[i];
        imported.node = again_node(a, imported.node);
        vec_push(a->b.arena, &a->file->imported, imported);
    }
    for (uint32_t i = 0; i < old->exported.count; i++) {
        struct exported exported = old->exported.items[i];
        exported.node = again_node(a, exported.node);
        exported.symbol = moved(&a->symbols, exported.symbol);
        vec_push(a->b.arena, &a->file->exported, exported);
    }
}

static void take_marks(struct again *a) {
    const struct change *change = &a->change;
    memcpy(a->file->marks, a->old->marks, change->statement);
    memset(a->file->marks + change->statement, 0, change->next - change->statement);
    memcpy(a->file->marks + change->next, a->old->marks + change->old_next, a->old->tree->count - change->old_next);
}

/* ---- all */

void again_take_before(struct again *a) {
    const struct file_analysis *old = a->old;
    a->symbols = find_range(a, old->origin->declared, old->symbols.count, is_symbol_before);
    a->scopes = find_range(a, old->blocks.count, old->scopes.count, is_scope_before);
    a->externals = find_range(a, 1, old->externals.count, is_external_before);
    a->bindings = find_range(a, 0, old->bindings.count, is_binding_before);
    a->new_externals = arena_array(&a->b.scratch, uint32_t, old->externals.count);
    take_symbols_before(a);
    take_scopes_before(a);
    take_externals_before(a);
    take_rpc_uses(a, false);
    take_discovered(a);
    take_marks(a);
    make_room(a);
}

void again_take_behind(struct again *a) {
    a->symbols.shift = a->file->symbols.count - a->symbols.end;
    a->scopes.shift = a->file->scopes.count - a->scopes.end;
    take_symbols_behind(a);
    take_scopes(a, (struct range){a->scopes.end, a->old->scopes.count, 0}, true);
    take_externals_behind(a);
    take_all_bindings(a);
    take_rpc_uses(a, true);
    take_routes(a);
    take_methods(a);
    take_modules(a);
}
