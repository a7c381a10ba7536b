/* One run over a file: find its blocks, declare their members, bind their code, put the results in order. */
#include "analysis/analyze.h"

#include "analysis/binder.h"
#include "analysis/module_uses.h"
#include "analysis/unsupported.h"
#include "parser/syntax/syntax_errors.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

static void file_init(struct file_analysis *file, struct arena *arena, struct atom_table *atoms, struct str path,
                      const struct syntax_tree *tree) {
    *file = (struct file_analysis){.arena = arena, .atoms = atoms, .path = arena_str(arena, path), .tree = tree};
    file->node_binding = arena_array(arena, uint32_t, tree->count);
    file->node_scope = arena_array(arena, uint32_t, tree->count);
    file->marks = arena_array(arena, uint8_t, tree->count);
    vec_push(arena, &file->blocks, (struct block){0});
    vec_push(arena, &file->scopes, (struct scope){0});
    vec_push(arena, &file->externals, (struct external){0});
}

static void binder_init(struct binder *b, struct file_analysis *file) {
    *b = (struct binder){.file = file, .arena = file->arena, .tree = file->tree};
    vec_push(&b->scratch, &b->states, (struct scope_state){0});
    vec_push(&b->scratch, &b->last_uses, 0);
    vec_push(&b->scratch, &file->symbols, (struct symbol){0});
    vec_push(&b->scratch, &b->groups, (struct group){0});
    names_init(b, file->tree->count / 64);
}

/* ---- blocks */

static uint32_t group_of(struct binder *b, struct block_key key) {
    struct name *name = name_at(b, name_intern(b, atom_text(b->file->atoms, key.name)));
    if (name->groups[key.kind] == 0) {
        name->groups[key.kind] = b->groups.count;
        vec_push(&b->scratch, &b->groups, (struct group){.key = key});
    }
    return name->groups[key.kind];
}

static void add_block(struct binder *b, struct block_key key, node_id node, struct span name) {
    uint32_t block = b->file->blocks.count;
    enum scope_kind kind = key.kind == BLOCK_MODULE ? SCOPE_FILE : SCOPE_BLOCK_MEMBERS;
    uint32_t scope = scope_add(b, kind, node, key.kind == BLOCK_MODULE ? 0 : 1, block);
    uint32_t group = group_of(b, key);
    vec_push(b->arena, &b->file->blocks, (struct block){.key = key, .node = node, .name = name, .scope = scope});
    b->states.items[scope].group = group;
    vec_push(&b->scratch, &b->groups.items[group].blocks, block);
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
    group_of(b, (struct block_key){BLOCK_MODULE, ATOM_NONE});
    group_of(b, (struct block_key){BLOCK_SHARED, ATOM_NONE});
    add_block(b, (struct block_key){BLOCK_MODULE, ATOM_NONE}, NODE_ROOT, (struct span){0, 0});
    NODE_EACH(child, b->tree, NODE_ROOT) {
        enum block_kind kind;
        if (block_kind_of(node_kind(b->tree, child), &kind)) {
            find_block(b, child, kind);
        }
    }
}

/* ---- groups */

static void enter_block(struct binder *b, uint32_t group, uint32_t block) {
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

/* Members are declared with what they may hide visible below them; so is the code that uses them. */
static void run_groups(struct binder *b, void (*run)(struct binder *b, uint32_t group), bool push) {
    for (uint32_t group = GROUP_SHARED + 1; group < b->groups.count; group++) {
        unsigned mark = b->undo.count;
        if (push) {
            group_push(b, group);
        }
        run(b, group);
        names_restore(b, mark);
    }
}

static void declare_all(struct binder *b) {
    declare_group(b, GROUP_MODULE);
    declare_group(b, GROUP_SHARED);
    run_groups(b, declare_group, false);
    names_restore(b, 0);
}

static void bind_all(struct binder *b) {
    group_push(b, GROUP_SHARED);
    group_push(b, GROUP_MODULE);
    bind_group(b, GROUP_MODULE);
    names_restore(b, 0);
    group_push(b, GROUP_MODULE);
    group_push(b, GROUP_SHARED);
    bind_group(b, GROUP_SHARED);
    run_groups(b, bind_group, true);
    names_restore(b, 0);
}

/* ---- results */

/* Groups were bound one after the other; readers want the order of the text. What was collected in the scratch arena comes into
 * the file's, where it takes no more than it needs. */
static void sort_bindings(struct file_analysis *file) {
    unsigned count = file->bindings.count;
    struct binding *sorted = arena_array(file->arena, struct binding, count);
    unsigned next = 0;
    bool moved = false;
    for (node_id node = 1; node < file->tree->count; node++) {
        uint32_t binding = file->node_binding[node];
        if (binding != 0) {
            moved = moved || binding != next + 1;
            sorted[next++] = file->bindings.items[binding - 1];
            file->node_binding[node] = next;
        }
    }
    assert(next == count);
    file->bindings.items = sorted;
    file->bindings.capacity = count;
}

/* Out of the scratch arena, too. */
static void keep_symbols(struct file_analysis *file) {
    struct symbol *symbols = arena_array(file->arena, struct symbol, file->symbols.count);
    memcpy(symbols, file->symbols.items, file->symbols.count * sizeof *symbols);
    file->symbols.items = symbols;
    file->symbols.capacity = file->symbols.count;
}

static int compare_rpc_uses(const void *a, const void *b) {
    node_id left = ((const struct rpc_use *)a)->node;
    node_id right = ((const struct rpc_use *)b)->node;
    return left < right ? -1 : left > right;
}

struct file_analysis *analyze(struct arena *arena, struct atom_table *atoms, struct str path,
                              const struct syntax_tree *tree) {
    struct file_analysis *file = arena_new(arena, struct file_analysis);
    struct binder b;
    file_init(file, arena, atoms, path, tree);
    binder_init(&b, file);
    syntax_errors_collect(arena, tree, &file->diagnostics);
    find_blocks(&b);
    declare_all(&b);
    bind_all(&b);
    endpoints_settle(&b);
    unsupported_collect(arena, tree, &file->diagnostics);
    if (file->rpc_uses.count > 1) {
        qsort(file->rpc_uses.items, file->rpc_uses.count, sizeof *file->rpc_uses.items, compare_rpc_uses);
    }
    bind_parts(&b);
    sort_bindings(file);
    module_uses_collect(file);
    routes_settle(&b);
    diagnostic_sort(&file->diagnostics);
    keep_symbols(file);
    arena_finish(&b.scratch);
    return file;
}
