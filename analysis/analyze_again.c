/* Analyses a tree by means of the analysis before one edit: the statement that was typed in is bound in the midst of what is
 * taken over. The binder numbers symbols, scopes and externals in the order in which it comes to statements, so what it made
 * of one statement stands together; what comes behind it is moved by as many as the statement now has more. */
#include "analysis/analyze.h"

#include "analysis/binder.h"
#include "analysis/change.h"
#include "parser/syntax/syntax_errors.h"

#include <string.h>

/* What the old analysis has numbered while it bound the statement, and what it is in the new one. */
struct range {
    uint32_t start, end; /* in the old analysis */
    uint32_t shift;      /* of what stands behind, once the statement is bound */
};

struct again {
    struct binder b;
    const struct file_analysis *old;
    struct file_analysis *file;
    struct change change;
    uint32_t block, group; /* of the statement */
    struct range symbols, scopes, externals;
    uint32_t *new_externals; /* per old one; 0: no longer there */
    bool apart;              /* nothing of what the statement's inside says is a type that others see */
    bool failed;             /* something else would have to change */
};

/* ---- the order in which statements are bound */

static uint32_t group_of_block(const struct again *a, uint32_t block) {
    return a->b.states.items[a->old->blocks.items[block].scope].group;
}

/* Was what stands at a node of a block bound before the statement `end` of its block? Blocks of one group come together. */
static bool is_before(const struct again *a, uint32_t block, node_id node, node_id end) {
    uint32_t group = group_of_block(a, block);
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

static node_id moved_node(const struct again *a, node_id node) { return change_node(&a->change, node); }

/* Room for as much as the old analysis has, and a statement more. */
#define RESERVE(arena, vec, old_count)                                                                                 \
    ((vec)->items = arena_grow((arena), (vec)->items, &(vec)->capacity, (old_count) + MORE, sizeof *(vec)->items))

static void reserve(struct again *a) {
    enum { MORE = 64 };
    struct binder *b = &a->b;
    RESERVE(&b->scratch, &a->file->symbols, a->old->symbols.count);
    RESERVE(&b->scratch, &b->last_uses, a->old->symbols.count);
    RESERVE(&b->scratch, &a->file->bindings, a->old->bindings.count);
    RESERVE(&b->scratch, &b->states, a->old->scopes.count);
    RESERVE(b->arena, &a->file->scopes, a->old->scopes.count);
    RESERVE(b->arena, &a->file->blocks, a->old->blocks.count);
    RESERVE(b->arena, &a->file->rpc_uses, a->old->rpc_uses.count);
    RESERVE(b->arena, &a->file->routes, a->old->routes.count);
}

/* ---- blocks */

static void take_blocks(struct again *a) {
    const struct file_analysis *old = a->old;
    for (uint32_t i = 1; i < old->blocks.count; i++) {
        struct block block = old->blocks.items[i];
        if (block.node == a->change.block) {
            a->block = i;
        }
        block.node = moved_node(a, block.node);
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
    symbol.node = moved_node(a, symbol.node);
    symbol.name_node = moved_node(a, symbol.name_node);
    symbol.type = moved_node(a, symbol.type);
    symbol.value = moved_node(a, symbol.value);
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

static void take_scope(struct again *a, uint32_t index, bool behind) {
    const struct scope *old = &a->old->scopes.items[index];
    struct scope scope = {.kind = old->kind, .parent = old->parent, .block = old->block, .node = moved_node(a, old->node)};
    scope.parent = moved(&a->scopes, scope.parent);
    if (old->symbols.count > 0) {
        scope.symbols.items = arena_array(a->b.arena, uint32_t, old->symbols.count);
        scope.symbols.count = scope.symbols.capacity = old->symbols.count;
    }
    for (unsigned i = 0; i < old->symbols.count; i++) {
        uint32_t symbol = old->symbols.items[i];
        scope.symbols.items[i] = behind ? moved(&a->symbols, symbol) : symbol;
    }
    a->file->node_scope[scope.node] = a->file->scopes.count;
    vec_push(a->b.arena, &a->file->scopes, scope);
}

static void take_scopes_before(struct again *a) {
    for (uint32_t i = 1; i < a->scopes.start; i++) {
        take_scope(a, i, false);
        if (i >= a->b.states.count) {
            vec_push(&a->b.scratch, &a->b.states, (struct scope_state){0});
        }
    }
}

static void take_scopes_behind(struct again *a) {
    for (uint32_t i = a->scopes.end; i < a->old->scopes.count; i++) {
        take_scope(a, i, true);
    }
}

/* ---- externals */

static bool is_same_external(const struct again *a, const struct external *old, const struct external *new) {
    return old->name == new->name && old->type == new->type && group_of_block(a, old->block) == group_of_block(a, new->block);
}

static void take_externals_before(struct again *a) {
    for (uint32_t i = 1; i < a->externals.start; i++) {
        struct external external = a->old->externals.items[i];
        external.node = moved_node(a, external.node);
        a->new_externals[i] = a->file->externals.count;
        if (group_of_block(a, external.block) == a->group) {
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
        external.node = moved_node(a, external.node);
        a->new_externals[i] = a->file->externals.count;
        vec_push(a->b.arena, &a->file->externals, external);
    }
}

/* ---- bindings */

/* Made when members were declared, before the statement was bound. */
static bool is_declaration(const struct again *a, const struct binding *binding) {
    return binding->access == ACCESS_DECLARE && binding->symbol != 0 && binding->symbol < a->old->origin->declared;
}

static void push_binding(struct again *a, struct binding binding) {
    binding.node = moved_node(a, binding.node);
    binding.symbol = moved(&a->symbols, binding.symbol);
    vec_push(&a->b.scratch, &a->file->bindings, binding);
    a->file->node_binding[binding.node] = a->file->bindings.count;
}

static void take_declarations(struct again *a) {
    for (uint32_t i = 0; i < a->old->bindings.count; i++) {
        const struct binding *binding = &a->old->bindings.items[i];
        if (change_holds(&a->change, binding->node) && is_declaration(a, binding)) {
            push_binding(a, *binding);
        }
    }
}

static void take_use(struct again *a, struct binding binding) {
    if (binding.external != 0) {
        binding.external = a->new_externals[binding.external];
        a->failed |= binding.external == 0;
    } else if (binding.symbol < a->old->origin->declared && binding.access != ACCESS_DECLARE) {
        symbol_at(&a->b, binding.symbol)->flags |= access_flags(binding.access);
    }
    push_binding(a, binding);
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

/* Parts of other things are bound when everything else is: what they mean depends on types. */
static void take_bindings(struct again *a) {
    for (uint32_t i = 0; i < a->old->bindings.count; i++) {
        const struct binding *binding = &a->old->bindings.items[i];
        if (!change_holds(&a->change, binding->node) && (a->apart || binding->access != ACCESS_MEMBER)) {
            a->failed |= may_have_asked(a, binding);
            take_use(a, *binding);
        }
    }
}

/* Does a use read an external that it does not call? Where it was one of the statement that did, another one may be left. */
static void settle_passed(struct again *a) {
    const struct file_analysis *file = a->file;
    bool *read = arena_array(&a->b.scratch, bool, file->externals.count);
    for (uint32_t i = 0; i < file->bindings.count; i++) {
        read[file->bindings.items[i].external] |= file->bindings.items[i].access == ACCESS_READ;
    }
    for (uint32_t i = a->externals.start; i < file->externals.count; i++) {
        file->externals.items[i].passed |= read[i];
    }
    for (uint32_t i = 0; i < a->old->bindings.count; i++) {
        const struct binding *binding = &a->old->bindings.items[i];
        uint32_t external = a->new_externals[binding->external];
        bool was_read = external != 0 && binding->access == ACCESS_READ && change_holds(&a->change, binding->node);
        a->failed |= was_read && !read[external];
    }
}

/* ---- what else statements leave behind */

static void take_rpc_uses(struct again *a) {
    for (uint32_t i = 0; i < a->old->rpc_uses.count; i++) {
        struct rpc_use use = a->old->rpc_uses.items[i];
        if (!change_holds(&a->change, use.node)) {
            use.node = moved_node(a, use.node);
            use.name_node = moved_node(a, use.name_node);
            use.call = moved_node(a, use.call);
            vec_push(a->b.arena, &a->file->rpc_uses, use);
        }
    }
}

static void take_routes(struct again *a) {
    for (uint32_t i = 0; i < a->old->routes.count; i++) {
        struct route route = a->old->routes.items[i];
        a->failed |= change_holds(&a->change, route.node);
        route.node = moved_node(a, route.node);
        route.handler = moved_node(a, route.handler);
        route.path = arena_str(a->b.arena, route.path);
        vec_push(a->b.arena, &a->file->routes, route);
    }
}

static void take_discovered(struct again *a) {
    for (uint32_t i = 0; i < a->old->discovered.count; i++) {
        struct discovered discovered = a->old->discovered.items[i];
        struct name *name = name_at(&a->b, name_intern(&a->b, analysis_name(a->file, discovered.name)));
        name->peer = group_of_block(a, discovered.block);
        discovered.node = moved_node(a, discovered.node);
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

static void take_marks(struct again *a) {
    const struct change *change = &a->change;
    memcpy(a->file->marks, a->old->marks, change->statement);
    memcpy(a->file->marks + change->next, a->old->marks + change->old_next, a->old->tree->count - change->old_next);
}

/* ---- findings */

/* Whether it was found in the statement, when it begins where another one ends, nobody can say. */
static bool is_of_statement(struct again *a, const struct diagnostic *finding) {
    struct span statement = node_span(a->old->tree, a->change.statement);
    uint32_t at = finding->span.start;
    a->failed |= span_size(finding->span) == 0 && (at == statement.start || at == statement.end);
    return at >= statement.start && at < statement.end;
}

static void take_finding(struct again *a, struct diagnostic finding) {
    struct arena *arena = a->b.arena;
    a->failed |= finding.code == DIAGNOSTIC_TOO_DEEP || !change_span(&a->change, &finding.span);
    a->failed |= finding.related.message.size > 0 && !change_span(&a->change, &finding.related.span);
    a->failed |= finding.fix.title.size > 0 && !change_span(&a->change, &finding.fix.span);
    finding.message = arena_str(arena, finding.message);
    finding.related.path = arena_str(arena, finding.related.path);
    finding.related.message = arena_str(arena, finding.related.message);
    finding.fix.title = arena_str(arena, finding.fix.title);
    finding.fix.replacement = arena_str(arena, finding.fix.replacement);
    vec_push(arena, &a->file->diagnostics.list, finding);
}

/* When syntax errors alone have been said. */
static void take_words(struct again *a) {
    const struct analysis_origin *origin = a->old->origin;
    for (uint32_t i = 0; i < origin->words.count; i++) {
        struct unknown_word word = origin->words.items[i];
        if (!change_holds(&a->change, word.node)) {
            word.node = moved_node(a, word.node);
            a->failed |= word_is_reported(&a->b, word.node) != word.reported;
            vec_push(a->b.arena, &a->file->origin->words, word);
        }
    }
}

static void take_findings(struct again *a) {
    const struct analysis_origin *origin = a->old->origin;
    take_words(a);
    for (uint32_t i = 0; i < origin->findings.list.count; i++) {
        const struct diagnostic *finding = &origin->findings.list.items[i];
        if (i < origin->findings_declared || !is_of_statement(a, finding)) {
            take_finding(a, *finding);
        }
    }
}

/* ---- the run */

/* What functions, components and effects are to others stands in their heads. */
static bool is_apart(const struct syntax_tree *tree, node_id inside) {
    static const bool apart[NODE_KIND_COUNT] = {
        [NODE_FUNCTION_DECLARATION] = true, [NODE_COMPONENT_DECLARATION] = true, [NODE_EFFECT_DECLARATION] = true};
    return apart[node_kind(tree, node_parent(tree, inside))];
}

/* What need not be looked at: where nothing was found that depends on a node and its tokens alone, nothing is. */
static void look_at_statement(struct again *a) {
    struct binder *b = &a->b;
    const struct analysis_origin *old = a->old->origin;
    struct node_range statement = {a->change.statement, a->change.next};
    a->apart = is_apart(b->tree, a->change.inside);
    if (a->apart) {
        b->unbound_parts = statement;
    }
    if (old->form_findings == 0) {
        b->unread_forms = statement;
    }
    if (old->syntax_findings == 0 && !node_has_error(b->tree, NODE_ROOT) && b->tree->repair_count == 0) {
        syntax_errors_collect_in(b->arena, b->tree, statement, &a->file->diagnostics);
    } else {
        syntax_errors_collect(b->arena, b->tree, &a->file->diagnostics);
    }
}

static void prepare(struct again *a) {
    const struct file_analysis *old = a->old;
    reserve(a);
    take_blocks(a);
    a->symbols = find_range(a, old->origin->declared, old->symbols.count, is_symbol_before);
    a->scopes = find_range(a, old->blocks.count, old->scopes.count, is_scope_before);
    a->externals = find_range(a, 1, old->externals.count, is_external_before);
    a->new_externals = arena_array(&a->b.scratch, uint32_t, old->externals.count);
    take_symbols_before(a);
    take_scopes_before(a);
    take_externals_before(a);
    take_discovered(a);
    take_declarations(a);
    take_findings(a);
}

/* With the names visible that code of its block sees. */
static void bind_statement(struct again *a) {
    struct binder *b = &a->b;
    unsigned discovered = a->file->discovered.count;
    group_see(b, a->group);
    enter_block(b, a->group, a->block);
    bind_node(b, a->change.statement);
    names_restore(b, 0);
    a->failed |= b->too_deep || a->file->discovered.count != discovered || a->file->routes.count > 0 ||
                 a->file->methods.count > 0;
}

static void take_rest(struct again *a) {
    a->symbols.shift = a->file->symbols.count - a->symbols.end;
    a->scopes.shift = a->file->scopes.count - a->scopes.end;
    take_symbols_behind(a);
    take_scopes_behind(a);
    take_externals_behind(a);
    take_bindings(a);
    settle_passed(a);
    take_rpc_uses(a);
    take_routes(a);
    take_methods(a);
    take_marks(a);
}

/* The members are the same, and so is what a later run has to know of them. */
static void keep_origin(struct again *a) {
    const struct analysis_origin *old = a->old->origin;
    struct analysis_origin *origin = a->file->origin;
    origin->statement = a->change.statement;
    origin->plain = true;
    origin->declared = old->declared;
    origin->findings_declared = old->findings_declared;
    origin->flags = arena_array(a->b.arena, unsigned, old->declared);
    memcpy(origin->flags, old->flags, old->declared * sizeof *old->flags);
}

struct file_analysis *analyze_again(struct arena *arena, const struct file_analysis *old,
                                    const struct syntax_tree *tree, struct syntax_edit edit) {
    struct again again = {.old = old};
    bool few = old->origin->findings.list.count < LIMIT_DIAGNOSTICS / 2;
    if (!old->origin->plain || !few || !change_find(old->tree, tree, edit, &again.change)) {
        return NULL;
    }
    again.file = binder_init(&again.b, arena, old->atoms, old->path, tree);
    look_at_statement(&again);
    unsigned before = again.file->diagnostics.list.count;
    prepare(&again);
    bind_statement(&again);
    take_rest(&again);
    if (again.failed || again.file->diagnostics.list.count >= LIMIT_DIAGNOSTICS / 2) {
        arena_finish(&again.b.scratch);
        return NULL;
    }
    keep_origin(&again);
    struct file_analysis *file = binder_finish(&again.b, before);
    return file->origin->plain ? file : NULL; /* a name that binding gives to the block is seen by other statements */
}
