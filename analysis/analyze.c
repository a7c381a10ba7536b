/* One run over a file: find its blocks, declare their members, bind their code, put the results in order. */
#include "analysis/analyze.h"

#include "analysis/binder.h"
#include "analysis/module_uses.h"
#include "analysis/unsupported.h"
#include "parser/syntax/syntax_errors.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

/* What a tree has for each so many nodes, roughly: room for less is made as it is needed. */
enum { NODES_A_BINDING = 3, NODES_A_SYMBOL = 8, NODES_A_SCOPE = 10, NODES_A_NAME = 16, MORE = 64 };

/* How many there will be, about. */
struct expected {
    uint32_t bindings, symbols, scopes;
};

static struct file_analysis *file_create(struct arena *arena, struct atom_table *atoms, struct str path,
                                         const struct syntax_tree *tree) {
    struct file_analysis *file = arena_new(arena, struct file_analysis);
    *file = (struct file_analysis){.arena = arena, .atoms = atoms, .path = arena_str(arena, path), .tree = tree};
    file->node_scope = arena_array(arena, uint32_t, tree->count);
    file->origin = arena_new(arena, struct analysis_origin);
    return file;
}

/* Null entries, with room for the others behind them. */
static void begin(struct binder *b, struct file_analysis *file, struct expected expected) {
    *b = (struct binder){.file = file, .arena = file->arena, .tree = file->tree};
    vec_reserve(b->arena, &file->scopes, expected.scopes);
    vec_reserve(&b->scratch, &b->states, expected.scopes);
    vec_reserve(&b->scratch, &b->last_uses, expected.symbols);
    vec_reserve(&b->scratch, &file->symbols, expected.symbols);
    vec_push(b->arena, &file->blocks, (struct block){0});
    vec_push(b->arena, &file->scopes, (struct scope){0});
    vec_push(b->arena, &file->externals, (struct external){0});
    vec_push(&b->scratch, &b->states, (struct scope_state){0});
    vec_push(&b->scratch, &b->last_uses, 0);
    vec_push(&b->scratch, &file->symbols, (struct symbol){0});
    vec_push(&b->scratch, &b->groups, (struct group){0});
    b->unbound_parts = b->unread_forms = (struct node_range){NODE_ROOT, file->tree->count};
}

static void begin_groups(struct binder *b) {
    group_of(b, (struct block_key){BLOCK_MODULE, ATOM_NONE});
    group_of(b, (struct block_key){BLOCK_SHARED, ATOM_NONE});
}

static struct file_analysis *binder_init(struct binder *b, struct arena *arena, struct atom_table *atoms, struct str path,
                                         const struct syntax_tree *tree) {
    struct file_analysis *file = file_create(arena, atoms, path, tree);
    file->node_binding = arena_array(arena, uint32_t, tree->count);
    file->marks = arena_array(arena, uint8_t, tree->count);
    begin(b, file, (struct expected){.symbols = tree->count / NODES_A_SYMBOL + MORE, .scopes = tree->count / NODES_A_SCOPE + MORE});
    vec_reserve(&b->scratch, &file->bindings, tree->count / NODES_A_BINDING + MORE);
    names_init(b, (struct node_range){0, tree->count}, tree->count / NODES_A_NAME);
    begin_groups(b);
    return file;
}

struct file_analysis *binder_init_like(struct binder *b, struct arena *arena, const struct file_analysis *old,
                                       const struct syntax_tree *tree, struct node_range bound) {
    struct file_analysis *file = file_create(arena, old->atoms, old->path, tree);
    uint32_t more = bound.end - bound.start;
    file->node_binding = arena_room(arena, uint32_t, tree->count);
    file->marks = arena_room(arena, uint8_t, tree->count);
    begin(b, file, (struct expected){.symbols = old->symbols.count + MORE, .scopes = old->scopes.count + MORE});
    vec_reserve(arena, &file->bindings, old->bindings.count + more);
    names_init(b, bound, more);
    begin_groups(b);
    return file;
}

/* ---- blocks */

uint32_t group_of(struct binder *b, struct block_key key) {
    uint32_t index = key.name == ATOM_NONE ? 0 : name_intern(b, atom_text(b->file->atoms, key.name));
    struct name *name = name_at(b, index);
    if (name->groups[key.kind] == 0) {
        name->groups[key.kind] = b->groups.count;
        vec_push(&b->scratch, &b->groups, (struct group){.key = key});
    }
    return name->groups[key.kind];
}

void group_add(struct binder *b, uint32_t block) {
    uint32_t group = group_of(b, b->file->blocks.items[block].key);
    b->states.items[b->file->blocks.items[block].scope].group = group;
    vec_push(&b->scratch, &b->groups.items[group].blocks, block);
}

static void add_block(struct binder *b, struct block_key key, node_id node, struct span name) {
    uint32_t block = b->file->blocks.count;
    enum scope_kind kind = key.kind == BLOCK_MODULE ? SCOPE_FILE : SCOPE_BLOCK_MEMBERS;
    uint32_t scope = scope_add(b, kind, node, key.kind == BLOCK_MODULE ? 0 : 1, block);
    vec_push(b->arena, &b->file->blocks, (struct block){.key = key, .node = node, .name = name, .scope = scope});
    group_add(b, block);
}

static const struct {
    enum node_kind node;
    enum block_kind block;
    struct str words[2];
} block_kinds[] = {
    {NODE_SERVER_BLOCK, BLOCK_SERVER, {STR_INIT("server")}},
    {NODE_BROWSER_BLOCK, BLOCK_BROWSER, {STR_INIT("browser"), STR_INIT("client")}},
    {NODE_SHARED_BLOCK, BLOCK_SHARED, {STR_INIT("shared")}},
};

enum { BLOCK_KINDS = sizeof block_kinds / sizeof *block_kinds };

static bool block_kind_of(enum node_kind kind, enum block_kind *block) {
    for (unsigned i = 0; i < BLOCK_KINDS; i++) {
        if (block_kinds[i].node == kind) {
            *block = block_kinds[i].block;
            return true;
        }
    }
    return false;
}

bool analyze_has_blocks(const struct syntax_tree *tree) {
    NODE_EACH(child, tree, NODE_ROOT) {
        enum block_kind kind;
        if (block_kind_of(node_kind(tree, child), &kind)) {
            return true;
        }
    }
    return false;
}

bool analyze_may_have_blocks(struct str text) {
    for (unsigned i = 0; i < BLOCK_KINDS; i++) {
        for (unsigned word = 0; word < 2; word++) {
            struct str wanted = block_kinds[i].words[word];
            if (wanted.size > 0 && memmem(text.data, text.size, wanted.data, wanted.size) != NULL) {
                return true;
            }
        }
    }
    return false;
}

static void find_block(struct binder *b, node_id node, enum block_kind kind) {
    node_id name = node_child(b->tree, node, FIELD_NAME);
    struct span span = node_span(b->tree, name);
    struct str text = {0};
    struct block_key key = {kind, ATOM_NONE};
    bool valued = node_string_value(&b->scratch, b->tree, name, &text);
    if (name != NODE_NONE && !valued && !node_has_error(b->tree, name)) {
        REPORT(b, SYNTAX, name, "The name of a block is plain text: it cannot be computed.");
    }
    if (valued && text.size > 0 && kind != BLOCK_SHARED) {
        key.name = atom_intern(b->file->atoms, text);
    }
    if (name != NODE_NONE && span_size(span) >= 2) {
        span = (struct span){span.start + 1, span.end - 1};
    }
    add_block(b, key, node, span);
}

static void find_blocks(struct binder *b) {
    add_block(b, (struct block_key){BLOCK_MODULE, ATOM_NONE}, NODE_ROOT, (struct span){0, 0});
    NODE_EACH(child, b->tree, NODE_ROOT) {
        enum block_kind kind;
        if (block_kind_of(node_kind(b->tree, child), &kind)) {
            find_block(b, child, kind);
        }
    }
}

/* ---- groups */

void enter_block(struct binder *b, uint32_t group, uint32_t block) {
    b->group = group;
    b->block = block;
    b->scope = b->function = b->file->blocks.items[block].scope;
    b->owner = 0;
}

static node_id body_of(struct binder *b, uint32_t block) {
    node_id node = b->file->blocks.items[block].node;
    return node == NODE_ROOT ? node : node_child(b->tree, node, FIELD_BODY);
}

static void declare_group(struct binder *b, uint32_t group) {
    for (unsigned i = 0; i < b->groups.items[group].blocks.count; i++) {
        uint32_t block = b->groups.items[group].blocks.items[i];
        enter_block(b, group, block);
        declare_members(b, body_of(b, block));
    }
}

static void bind_group(struct binder *b, uint32_t group) {
    for (unsigned i = 0; i < b->groups.items[group].blocks.count; i++) {
        uint32_t block = b->groups.items[group].blocks.items[i];
        enter_block(b, group, block);
        b->states.items[b->scope].first_binding = b->file->bindings.count;
        NODE_EACH(child, b->tree, body_of(b, block)) {
            enum block_kind kind;
            bool inner = block_kind_of(node_kind(b->tree, child), &kind);
            if (!(group == GROUP_MODULE && inner)) {
                bind_node(b, child);
            }
        }
    }
}

/* Members are declared with what they may hide visible below them. */
static void declare_all(struct binder *b) {
    declare_group(b, GROUP_MODULE);
    declare_group(b, GROUP_SHARED);
    for (uint32_t group = GROUP_SHARED + 1; group < b->groups.count; group++) {
        unsigned mark = b->undo.count;
        declare_group(b, group);
        names_restore(b, mark);
    }
    names_restore(b, 0);
}

static void bind_all(struct binder *b) {
    group_see(b, GROUP_MODULE);
    bind_group(b, GROUP_MODULE);
    names_restore(b, 0);
    group_see(b, GROUP_SHARED);
    bind_group(b, GROUP_SHARED);
    for (uint32_t group = GROUP_SHARED + 1; group < b->groups.count; group++) {
        unsigned mark = b->undo.count;
        group_push(b, group);
        bind_group(b, group);
        names_restore(b, mark);
    }
    names_restore(b, 0);
}

/* ---- results */

void binder_order_bindings(struct binder *b) {
    struct file_analysis *file = b->file;
    struct binding *ordered = arena_room(b->arena, struct binding, file->bindings.count);
    uint32_t *numbers = file->node_binding;
    uint32_t next = 0;
    for (node_id node = 1; node < file->tree->count; node++) {
        if (numbers[node] != 0) {
            ordered[next++] = file->bindings.items[numbers[node] - 1];
            numbers[node] = next;
        }
    }
    assert(next <= file->bindings.count);
    file->bindings.items = ordered;
    file->bindings.count = next;
    file->bindings.capacity = next;
}

/* Out of the scratch arena, too. */
static void keep_symbols(struct file_analysis *file) {
    struct symbol *symbols = arena_room(file->arena, struct symbol, file->symbols.count);
    memcpy(symbols, file->symbols.items, file->symbols.count * sizeof *symbols);
    file->symbols.items = symbols;
    file->symbols.capacity = file->symbols.count;
}

static int compare_rpc_uses(const void *a, const void *b) {
    node_id left = ((const struct rpc_use *)a)->node;
    node_id right = ((const struct rpc_use *)b)->node;
    return left < right ? -1 : left > right;
}

/* A pattern that holds what no pattern has is bound where it declares. */
static bool has_declared_only(const struct file_analysis *file) {
    bool only = file->scopes.count == file->blocks.count && file->externals.count == 1 && file->rpc_uses.count == 0;
    for (uint32_t i = 0; i < file->bindings.count && only; i++) {
        only = file->bindings.items[i].access == ACCESS_DECLARE;
    }
    return only;
}

/* For a run after the next keystroke. */
static void keep_declared(struct binder *b, unsigned before) {
    struct analysis_origin *origin = b->file->origin;
    origin->plain = has_declared_only(b->file);
    origin->declared = b->file->symbols.count;
    origin->findings_declared = b->file->diagnostics.list.count - before;
    origin->flags = arena_room(b->arena, unsigned, origin->declared);
    for (uint32_t i = 0; i < origin->declared; i++) {
        origin->flags[i] = symbol_at(b, i)->flags;
    }
}

/* The same of what was bound. Sorting moves the diagnostics; their texts are shared. */
static void keep_bound(struct binder *b, unsigned before) {
    const struct diagnostic_list *found = &b->file->diagnostics;
    struct analysis_origin *origin = b->file->origin;
    for (uint32_t i = origin->declared; i < b->file->symbols.count && origin->plain; i++) {
        origin->plain = symbol_at(b, i)->scope >= b->file->blocks.count;
    }
    for (unsigned i = before; i < found->list.count; i++) {
        vec_push(b->arena, &origin->findings.list, found->list.items[i]);
    }
}

static void order_rpc_uses(struct file_analysis *file) {
    bool ordered = true;
    for (uint32_t i = 1; i < file->rpc_uses.count && ordered; i++) {
        ordered = file->rpc_uses.items[i - 1].node <= file->rpc_uses.items[i].node;
    }
    if (!ordered) {
        qsort(file->rpc_uses.items, file->rpc_uses.count, sizeof *file->rpc_uses.items, compare_rpc_uses);
    }
}

void binder_settle(struct binder *b, unsigned before) {
    struct file_analysis *file = b->file;
    file->symbols.items[0] = (struct symbol){0}; /* whatever was noticed of a name that nothing declares */
    keep_bound(b, before);
    endpoints_settle(b);
    file->origin->syntax_findings = before;
    unsigned found = file->diagnostics.list.count;
    unsupported_collect(b->arena, b->tree, b->unread_forms, &file->diagnostics);
    file->origin->form_findings = file->diagnostics.list.count - found;
    order_rpc_uses(file);
    bind_parts(b);
}

struct file_analysis *binder_finish(struct binder *b) {
    struct file_analysis *file = b->file;
    routes_settle(b);
    diagnostic_sort(&file->diagnostics);
    keep_symbols(file);
    arena_finish(&b->scratch);
    return file;
}

struct file_analysis *analyze(struct arena *arena, struct atom_table *atoms, struct str path,
                              const struct syntax_tree *tree) {
    struct binder b;
    struct file_analysis *file = binder_init(&b, arena, atoms, path, tree);
    syntax_errors_collect(arena, tree, &file->diagnostics);
    unsigned before = file->diagnostics.list.count;
    find_blocks(&b);
    declare_all(&b);
    keep_declared(&b, before);
    bind_all(&b);
    binder_settle(&b, before);
    binder_order_bindings(&b);
    module_uses_collect(file);
    return binder_finish(&b);
}
