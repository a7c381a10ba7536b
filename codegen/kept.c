/* kept: hashes of declarations and of what stands around them. */
#include "codegen/kept.h"

#include "codegen/arguments.h"
#include "codegen/members.h"
#include "codegen/names.h"
#include "codegen/symbols_in.h"
#include "parser/base/hash.h"

#include <stdlib.h>

/* ---- code */

static uint64_t add_text(uint64_t hash, const struct syntax_tree *tree, uint32_t start, uint32_t end) {
    return hash_bytes(hash, text_slice(tree->text, (struct span){start, end}));
}

/* Kinds, sizes and marks of nodes; of some text more than one tree can be made. */
static uint64_t add_nodes(uint64_t hash, const struct file_analysis *file, node_id first, node_id end) {
    uint32_t base = file->tree->nodes[first].start;
    for (node_id n = first; n < end; n++) {
        const struct node *node = &file->tree->nodes[n];
        hash = hash_number(hash, (uint64_t)node->kind << 48 | (uint64_t)node->field << 40 | (uint64_t)node->flags << 32 |
                                     (uint64_t)file->marks[n] << 56 | (node->start - base));
        hash = hash_number(hash, node->end - node->start);
    }
    return hash;
}

static uint64_t add_code(uint64_t hash, const struct file_analysis *file, node_id node) {
    struct span span = node_span(file->tree, node);
    return add_nodes(add_text(hash, file->tree, span.start, span.end), file, node, file->tree->nodes[node].next);
}

static uint64_t hash_of_member(const struct program *program, const struct member *member) {
    const struct file_analysis *file = program->files[member->file];
    struct span span = member_surroundings(file->tree, member);
    uint64_t hash = add_text(HASH_SEED, file->tree, span.start, node_span(file->tree, member->node).start);
    hash = add_text(hash, file->tree, node_span(file->tree, member->node).end, span.end);
    return add_code(hash, file, member->node);
}

/* ---- what others read of a body */

static uint64_t add_name(uint64_t hash, const struct file_analysis *file, atom_id name) {
    return hash_bytes(hash, analysis_name(file, name));
}

static bool is_inside(const struct file_analysis *file, uint32_t symbol, node_id member) {
    node_id name = analysis_symbol(file, symbol)->name_node;
    return name > member && name < file->tree->nodes[member].next;
}

/* A name that means something outside of its declaration, and how it is used. */
static uint64_t add_meaning(uint64_t hash, const struct file_analysis *file, const struct binding *binding, node_id member) {
    bool known = binding->symbol != 0 ? !is_inside(file, binding->symbol, member)
                                      : binding->builtin != 0 || binding->global ||
                                            file->links[binding->external].file != NULL;
    if (!known) {
        return hash;
    }
    hash = hash_number(hash, (uint64_t)binding->access << 32 | node_kind(file->tree, node_parent(file->tree, binding->node)));
    return add_name(hash, file, binding->name);
}

static bool is_slot(const struct file_analysis *file, node_id node) {
    return node_kind(file->tree, node) == NODE_TAG_NAME && str_equal(node_text(file->tree, node), STR("slot"));
}

/* What is named in it and is declared elsewhere, in order: others are placed, typed, tested, imported and written to by that. */
static uint64_t add_body(uint64_t hash, const struct file_analysis *file, node_id body, node_id member) {
    node_id end = file->tree->nodes[body].next;
    for (node_id n = body; n < end; n++) {
        const struct binding *binding = analysis_binding(file, n);
        if (binding != NULL) {
            hash = add_meaning(hash, file, binding, member);
        }
        if (is_slot(file, n) || node_kind(file->tree, n) == NODE_JSX_ATTRIBUTE) {
            hash = hash_bytes(hash, node_text(file->tree, is_slot(file, n) ? n : node_child(file->tree, n, FIELD_NAME)));
        }
    }
    for (uint32_t i = 0; i < file->rpc_uses.count; i++) {
        const struct rpc_use *use = &file->rpc_uses.items[i];
        if (use->node >= body && use->node < end) {
            hash = add_name(add_name(hash_number(hash, use->implied), file, use->server), file, use->name);
        }
    }
    return hash;
}

static node_id body_of(const struct syntax_tree *tree, node_id core) {
    enum node_kind kind = node_kind(tree, core);
    bool has_own = kind == NODE_FUNCTION_DECLARATION || kind == NODE_COMPONENT_DECLARATION || kind == NODE_EFFECT_DECLARATION;
    return has_own ? node_child(tree, core, FIELD_BODY) : NODE_NONE;
}

static uint64_t add_member(uint64_t hash, const struct file_analysis *file, node_id node) {
    const struct syntax_tree *tree = file->tree;
    node_id body = body_of(tree, member_core(tree, node));
    if (body == NODE_NONE) {
        return add_code(hash, file, node);
    }
    struct span span = node_span(tree, node), inner = node_span(tree, body);
    hash = add_text(hash, tree, span.start, inner.start);
    hash = add_text(hash, tree, inner.end, span.end);
    for (node_id n = node; n < body; n++) {
        hash = hash_number(hash, tree->nodes[n].kind);
    }
    return add_body(hash, file, body, node);
}

/* ---- the surroundings */

/* Of a name that is declared twice one is left out, which depends on whether the other one can be emitted. */
static bool declares_twice(const struct emitter *e) {
    bool twice = false;
    struct map names;
    map_init(&names);
    for (uint32_t f = 0; f < e->program->file_count; f++) {
        const struct file_analysis *file = e->program->files[f];
        for (uint32_t i = 1; i < file->symbols.count; i++) {
            const struct symbol *symbol = &file->symbols.items[i];
            if ((symbol->flags & SYMBOL_BLOCK_LEVEL) != 0) {
                twice = twice || map_get(&names, symbol->name, NULL);
                map_set(&names, symbol->name, 1);
            }
        }
    }
    map_finish(&names);
    return twice;
}

static uint64_t add_block(uint64_t hash, const struct file_analysis *file, const struct block *block, bool twice) {
    bool module = block->key.kind == BLOCK_MODULE;
    node_id body = module ? NODE_ROOT : node_child(file->tree, block->node, FIELD_BODY);
    hash = add_name(hash_number(hash, block->key.kind), file, block->key.name);
    NODE_EACH(child, file->tree, body) {
        bool elsewhere = module && member_is_block(node_kind(file->tree, child));
        if (!node_is_comment(file->tree, child) && !elsewhere) {
            hash = add_member(hash_number(hash, twice && node_has_error(file->tree, child)), file, child);
        }
    }
    return hash;
}

/* What is known of the members of blocks beside their code. */
static uint64_t add_symbols(uint64_t hash, struct emitter *e, const struct file_analysis *file) {
    for (uint32_t i = 1; i < file->symbols.count; i++) {
        const struct symbol *symbol = &file->symbols.items[i];
        if ((symbol->flags & SYMBOL_BLOCK_LEVEL) == 0) {
            continue;
        }
        hash = hash_number(hash, (uint64_t)symbol->kind << 48 | (uint64_t)symbol->block << 32 | symbol->flags);
        hash = add_name(hash, file, symbol->name);
        for (uint32_t p = 0; p < symbol->part_count; p++) {
            uint32_t part = symbol->first_part + p;
            bool text = parameter_gets_text(e, (struct program_symbol){e->file, part});
            hash = hash_number(hash, (uint64_t)analysis_symbol(file, part)->flags << 1 | text);
        }
    }
    return hash;
}

static uint64_t add_emission(uint64_t hash, const struct emitter *e) {
    const struct emit_options *options = e->options;
    hash = hash_bytes(hash_bytes(hash_bytes(hash, options->base), options->below), options->folder);
    hash = hash_number(hash, (uint64_t)options->cases << 1 | options->describe);
    for (uint32_t i = 0; i < e->emission->count; i++) {
        hash = hash_number(hash_bytes(hash, e->emission->outputs[i].name), e->emission->outputs[i].port);
    }
    return hash_number(hash, e->equality_is_derived);
}

uint64_t kept_surroundings(const struct emitter *common) {
    struct arena arena = {0};
    struct output nothing = {0};
    struct foreign_files foreign = {{0}};
    struct emitter e = *common;
    if (e.options->before == NULL || e.program->group->file_count != e.program->file_count) {
        return 0;
    }
    e.arena = &arena;
    e.output = &nothing;
    e.foreign = &foreign;
    map_init(&e.text_parameters);
    uint64_t hash = add_emission(HASH_SEED, &e);
    bool twice = declares_twice(&e);
    for (uint32_t f = 0; f < e.program->file_count; f++) {
        enter_file(&e, f);
        hash = hash_bytes(hash, e.file->path);
        for (uint32_t b = 1; b < e.file->blocks.count; b++) {
            hash = add_block(hash, e.file, &e.file->blocks.items[b], twice);
        }
        hash = add_symbols(hash, &e, e.file);
    }
    map_finish(&e.text_parameters);
    arena_finish(&arena);
    return hash | 1;
}

uint64_t kept_hash_of_output(struct emitter *e) {
    uint64_t hash = e->surroundings;
    for (unsigned i = 0; e->surroundings != 0 && i < e->members.count; i++) {
        struct member *member = &e->members.items[i];
        member->hash = hash_of_member(e->program, member);
        hash = hash_number(hash, member->hash);
    }
    return hash == 0 ? 0 : hash | 1;
}

/* ---- one output */

static const struct kept_output *output_before(const struct emitter *e) {
    const struct output *output = emission_output(e->options->before, e->output->name);
    return output == NULL || output->kept.dropped ? NULL : &output->kept;
}

void kept_start(struct emitter *e) {
    map_init(&e->asked);
    const struct kept_output *before = e->surroundings == 0 ? NULL : output_before(e);
    bool same = before != NULL && before->members.count > 0;
    for (unsigned i = 0; same && i < before->asked.count; i++) {
        same = names_uses(e, before->asked.items[i].name) == before->asked.items[i].uses;
    }
    e->kept = same ? before : NULL;
    for (unsigned i = 0; same && i < before->asked.count; i++) {
        kept_note_asked(e, before->asked.items[i].name, before->asked.items[i].uses);
    }
}

void kept_note_asked(struct emitter *e, struct str name, unsigned uses) {
    uint64_t key = hash_bytes(HASH_SEED, name);
    if (e->surroundings != 0 && !map_get(&e->asked, key, NULL)) {
        map_set(&e->asked, key, 1);
        vec_push(&e->emission->arena, &e->output->kept.asked,
                 ((struct asked_name){arena_str(&e->emission->arena, name), uses}));
    }
}

uint64_t kept_key(const struct emitter *e, const struct member *member, enum kept_context context) {
    bool import = node_kind(e->program->files[member->file]->tree, member->core) == NODE_IMPORT_STATEMENT;
    if (e->surroundings == 0 || e->statements->of.count == 0 || import) {
        return 0;
    }
    uint64_t hash = hash_number(hash_number(e->surroundings, e->changes), context);
    /* Of two declarations that say the same, the first may be the one that declares a name. */
    hash = hash_number(hash_number(hash, e->output->kind), (uint64_t)(member - e->members.items));
    return hash_number(hash, member->hash) | 1;
}

const struct kept_member *kept_find(const struct emitter *e, uint64_t key) {
    unsigned low = 0;
    unsigned high = e->kept == NULL || key == 0 ? 0 : e->kept->members.count;
    while (low < high) {
        unsigned middle = low + (high - low) / 2;
        const struct kept_member *member = &e->kept->members.items[middle];
        if (member->key == key) {
            return member;
        }
        low = member->key < key ? middle + 1 : low;
        high = member->key < key ? high : middle;
    }
    return NULL;
}

void kept_take(struct emitter *e, const struct kept_member *kept) {
    for (uint32_t i = kept->import; i < kept->import_end; i++) {
        const struct import *import = &e->kept->imports.items[i];
        if (import->source == IMPORT_RUNTIME) {
            runtime_add(&e->output->runtime, import->module);
        }
        vec_push(e->arena, &e->imports, *import);
    }
    e->changes = kept->changes;
    add_statement(e, js_new(e->arena, JS_KEPT));
}

struct kept_mark kept_mark(const struct emitter *e) {
    return (struct kept_mark){e->statements->of.count, e->imports.count, e->lasting};
}

void kept_add_run(struct emitter *e, uint64_t key, const struct member *member, struct kept_mark mark,
                  const struct kept_member *from) {
    const struct syntax_tree *tree = e->program->files[member->file]->tree;
    if (key == 0 || e->statements->of.count == mark.statements || e->lasting != mark.lasting) {
        return;
    }
    vec_push(e->arena, &e->runs.of,
             ((struct kept_run){.key = key,
                                .first = e->statements->of.items[mark.statements],
                                .count = e->statements->of.count - mark.statements,
                                .file = member->file,
                                .span = member_surroundings(tree, member),
                                .start = node_span(tree, member->node).start,
                                .import = mark.imports,
                                .import_end = e->imports.count,
                                .changes = e->changes,
                                .from = from}));
}

static int compare_kept(const void *a, const void *b) {
    const struct kept_member *left = a;
    const struct kept_member *right = b;
    return left->key < right->key ? -1 : left->key > right->key;
}

/* Lines that name a place elsewhere are not kept: it may move by itself. */
static bool stays_inside(const struct output *output, const struct kept_run *run) {
    uint32_t first = output->printed.of.items[run->line].mapping;
    uint32_t end = output->printed.of.items[run->line_end - 1].mapping_end;
    for (uint32_t i = first; i < end; i++) {
        const struct mapping *mapping = &output->map.mappings.items[i];
        if (mapping->source != run->file || mapping->span.start < run->span.start || mapping->span.end > run->span.end) {
            return false;
        }
    }
    return true;
}

void kept_finish(struct emitter *e) {
    struct kept_output *kept = &e->output->kept;
    for (unsigned i = 0; i < e->runs.of.count; i++) {
        const struct kept_run *run = &e->runs.of.items[i];
        if (run->line < run->line_end && (run->from != NULL || stays_inside(e->output, run))) {
            struct kept_member member = {run->key, run->line, run->line_end, run->import, run->import_end, run->changes, run->start};
            vec_push(&e->emission->arena, &kept->members, member);
        }
    }
    for (unsigned i = 0; e->surroundings != 0 && i < e->imports.count; i++) {
        struct arena *arena = &e->emission->arena;
        struct import import = e->imports.items[i];
        import.from = arena_str(arena, import.from);
        import.name = arena_str(arena, import.name);
        import.local = arena_str(arena, import.local);
        vec_push(arena, &kept->imports, import);
    }
    if (kept->members.count > 0) {
        qsort(kept->members.items, kept->members.count, sizeof *kept->members.items, compare_kept);
    }
    map_finish(&e->asked);
}
