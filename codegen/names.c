/* names: what everything is called in an output. A name of the program stays as it is unless JavaScript reserves it; names
 * that the compiler makes up give way to the program's. */
#include "codegen/names.h"

#include "codegen/imports.h"
#include "codegen/name_uses.h"
#include "parser/base/hash.h"
#include "parser/base/utf.h"

#include <string.h>

/* What the program uses a name for. */
enum { NAME_SYMBOL = 1, NAME_GLOBAL = 2, USE_BITS = 2, USES_PER_BYTE = 8 / USE_BITS };

enum { FEW_BINDINGS = 64 }; /* which are looked through one by one */

/* Those of one size together, each with a blank behind it. */
static const char *const reserved[] = {
    [2] = "do if in ",
    [3] = "for let new try var ",
    [4] = "case else enum eval null this true void with ",
    [5] = "await break catch class const false super throw while yield ",
    [6] = "delete export import public return static switch typeof ",
    [7] = "default extends finally package private ",
    [8] = "continue debugger function ",
    [9] = "arguments interface protected undefined ",
    [10] = "implements instanceof ",
};

bool name_is_reserved(struct str name) {
    const char *word = name.size < sizeof reserved / sizeof *reserved ? reserved[name.size] : NULL;
    for (; word != NULL && *word != '\0'; word += name.size + 1) {
        if (*word == *name.data && memcmp(word, name.data, name.size) == 0) {
            return true;
        }
    }
    return false;
}

bool name_is_plain(struct str name) {
    for (size_t at = 0, next = 0; at < name.size; at = next) {
        uint32_t character = utf_decode(name, at, &next);
        if (at == 0 ? !utf_identifier_start(character) : !utf_identifier_part(character)) {
            return false;
        }
    }
    return name.size > 0;
}

/* May code of this output name symbols of a block with this key? */
static bool output_sees(const struct emitter *e, struct block_key key) {
    return key.kind == BLOCK_MODULE || key.kind == BLOCK_SHARED || block_key_equal(key, e->output->block);
}

static struct output_symbol *output_symbol(struct emitter *e, struct program_symbol symbol) {
    uint32_t file = file_index_of(e, symbol.file);
    while (e->symbols.count <= file) {
        vec_push(e->arena, &e->symbols, NULL);
    }
    struct output_symbol **symbols = &e->symbols.items[file];
    if (*symbols == NULL) {
        *symbols = arena_array(e->arena, struct output_symbol, symbol.file->symbols.count);
    }
    return &(*symbols)[symbol.symbol];
}

static void note_write(struct emitter *e, const struct file_analysis *file, node_id node) {
    struct program_symbol symbol = program_symbol_of(e->program, file, node);
    if (symbol.file != NULL) {
        output_symbol(e, symbol)->written = true;
    }
}

/* `bind:value={name}` assigns the name. */
static void note_bound_attributes(struct emitter *e, const struct file_analysis *file) {
    const struct syntax_tree *tree = file->tree;
    for (node_id node = 1; node < tree->count; node++) {
        if (node_kind(tree, node) == NODE_JSX_ATTRIBUTE &&
            str_starts_with(node_text(tree, node_child(tree, node, FIELD_NAME)), STR("bind:"))) {
            note_write(e, file, node_child(tree, node_child(tree, node, FIELD_VALUE), FIELD_VALUE));
        }
    }
}

bool symbol_is_written(struct emitter *e, struct program_symbol symbol) { return output_symbol(e, symbol)->written; }

static void note_use(struct emitter *e, atom_id name, unsigned use) {
    unsigned shift = name % USES_PER_BYTE * USE_BITS;
    e->declared[name / USES_PER_BYTE] = (uint8_t)(e->declared[name / USES_PER_BYTE] | use << shift);
}

static unsigned uses_of(const struct emitter *e, atom_id name) {
    unsigned shift = name % USES_PER_BYTE * USE_BITS;
    return (unsigned)e->declared[name / USES_PER_BYTE] >> shift & (NAME_SYMBOL | NAME_GLOBAL);
}

void names_start(struct emitter *e) {
    map_init(&e->text_parameters);
    map_init(&e->tested_types);
    map_init(&e->module_names);
    map_init(&e->local_names);
    e->declared_count = atom_count(e->program->atoms);
    e->declared = arena_alloc(e->arena, e->declared_count / USES_PER_BYTE + 1);
    for (uint32_t f = 0; f < e->program->file_count; f++) {
        struct file_analysis *file = e->program->files[f];
        if (e->kinds[NODE_JSX_ATTRIBUTE]) {
            note_bound_attributes(e, file);
        }
        for (uint32_t i = 1; i < file->symbols.count; i++) {
            const struct symbol *symbol = &file->symbols.items[i];
            if (output_sees(e, file->blocks.items[symbol->block].key)) {
                note_use(e, symbol->name, NAME_SYMBOL);
            }
        }
        for (uint32_t i = 0; i < file->discovered.count; i++) {
            if (output_sees(e, file->blocks.items[file->discovered.items[i].block].key)) {
                note_use(e, file->discovered.items[i].name, NAME_SYMBOL);
            }
        }
        for (uint32_t i = 0; i < file->bindings.count; i++) {
            const struct binding *binding = &file->bindings.items[i];
            if (binding->access == ACCESS_WRITE) {
                note_write(e, file, binding->node);
            }
            if (binding->symbol == 0 && binding->builtin == 0 &&
                output_sees(e, file->blocks.items[binding->block].key)) {
                note_use(e, binding->name, NAME_GLOBAL);
            }
        }
    }
}

void names_finish(struct emitter *e) {
    map_finish(&e->text_parameters);
    map_finish(&e->tested_types);
    map_finish(&e->module_names);
    map_finish(&e->local_names);
}

void names_next_declaration(struct emitter *e) {
    map_finish(&e->local_names);
    map_init(&e->local_names);
}

unsigned names_uses(const struct emitter *e, struct str name) {
    atom_id atom = atom_find(e->program->atoms, name);
    return atom != ATOM_NONE && atom < e->declared_count ? uses_of(e, atom) : 0;
}

static unsigned ask_uses(struct emitter *e, struct str name) {
    unsigned uses = names_uses(e, name);
    kept_note_asked(e, name, uses);
    return uses;
}

bool name_is_declared(struct emitter *e, struct str name) { return (ask_uses(e, name) & NAME_SYMBOL) != 0; }

static bool is_made_up(const struct emitter *e, struct str name) {
    atom_id atom = atom_find(e->program->atoms, name);
    return atom != ATOM_NONE && (map_get(&e->module_names, atom, NULL) || map_get(&e->local_names, atom, NULL));
}

static bool is_taken(struct emitter *e, struct str name) {
    bool used = ask_uses(e, name) != 0 && !str_equal(name, STR("_")); /* `_` is never a symbol */
    enum builtin builtin;
    return used || name_is_reserved(name) || is_made_up(e, name) || builtin_find(name, &builtin);
}

/* Numbers of a wish that was fulfilled often before are not tried again from the start. */
static struct str untaken(struct emitter *e, struct map *names, struct str wish) {
    uint64_t last = 1;
    atom_id atom = atom_intern(e->program->atoms, wish);
    struct str name = atom_text(e->program->atoms, atom);
    if (map_get(names, atom, &last) || is_taken(e, name)) {
        do {
            name = arena_printf(e->arena, "%.*s%u", STR_ARGUMENTS(wish), (unsigned)++last);
        } while (is_taken(e, name));
    }
    map_set(names, atom, last);
    map_set(names, atom_intern(e->program->atoms, name), 1);
    if (names == &e->module_names) {
        note_change(e, hash_bytes(HASH_SEED, name));
    }
    return name;
}

struct str fresh_module_text(struct emitter *e, struct str wish) { return untaken(e, &e->module_names, wish); }

struct str fresh_text(struct emitter *e, struct str wish) {
    bool outside = e->function == NULL || e->function->is_module;
    return untaken(e, outside ? &e->module_names : &e->local_names, wish);
}

struct js *fresh_name(struct emitter *e, const char *wish) {
    return js_text(e->arena, JS_NAME, fresh_text(e, str_from_c(wish)));
}

/* Is scope `outer` around `inner`, or the same? */
static bool scope_is_around(const struct file_analysis *file, uint32_t outer, uint32_t inner) {
    while (inner != 0 && inner != outer) {
        inner = file->scopes.items[inner].parent;
    }
    return inner == outer;
}

/* The first binding at or behind a node; they stand in the order of their nodes. */
static unsigned first_binding(const struct file_analysis *file, node_id node) {
    while (node < file->tree->count && file->node_binding[node] == 0) {
        node++;
    }
    return node < file->tree->count ? file->node_binding[node] - 1 : file->bindings.count;
}

static const struct name_uses *uses_in(struct emitter *e, const struct file_analysis *file) {
    uint32_t index = file_index_of(e, file);
    while (e->name_uses.count <= index) {
        vec_push(e->arena, &e->name_uses, NULL);
    }
    if (e->name_uses.items[index] == NULL) {
        e->name_uses.items[index] = name_uses_create(e->arena, file);
    }
    return e->name_uses.items[index];
}

/* Does the binding mean something further out than the symbol? */
static bool is_from_outside(const struct file_analysis *file, const struct binding *binding, uint32_t index) {
    uint32_t own = analysis_symbol(file, index)->scope;
    uint32_t scope = binding->symbol == 0 ? 0 : analysis_symbol(file, binding->symbol)->scope;
    return binding->symbol != index && binding->access != ACCESS_TYPE &&
           (scope == 0 || (scope != own && scope_is_around(file, scope, own)));
}

/* Does code in the symbol's own scope mean something further out by the same name (`x = x + 1` in a function)? There
 * JavaScript would find the symbol itself. */
static bool hides_what_is_used(struct emitter *e, const struct file_analysis *file, uint32_t index) {
    const struct symbol *symbol = analysis_symbol(file, index);
    node_id node = file->scopes.items[symbol->scope].node;
    if ((symbol->flags & SYMBOL_BLOCK_LEVEL) != 0 || node == NODE_NONE || symbol->name == ATOM_NONE) {
        return false;
    }
    uint32_t at = first_binding(file, node), end = first_binding(file, file->tree->nodes[node].next);
    const struct name_uses *uses = at < end && end - at > FEW_BINDINGS ? uses_in(e, file) : NULL;
    for (; at < end; at++) {
        at = uses != NULL ? name_uses_next(uses, symbol->name, at, end) : at;
        const struct binding *binding = &file->bindings.items[at];
        if (at < end && binding->name == symbol->name && is_from_outside(file, binding, index)) {
            return true;
        }
    }
    return false;
}

/* Do several files of the program use this name at their top, or is it a builtin that another file may use? Then an import
 * of one file, which the others do not see, cannot have it in an output of all. */
static bool import_clashes(const struct emitter *e, struct program_symbol symbol, struct str name) {
    enum builtin builtin;
    if (e->program->file_count < 2) {
        return false;
    }
    atom_id atom = analysis_symbol(symbol.file, symbol.symbol)->name;
    for (uint32_t f = 0; f < e->program->file_count; f++) {
        const struct file_analysis *file = e->program->files[f];
        for (uint32_t i = 1; i < file->symbols.count && file != symbol.file; i++) {
            const struct symbol *other = &file->symbols.items[i];
            if (other->name == atom && ((other->flags & SYMBOL_BLOCK_LEVEL) != 0 || other->kind == SYMBOL_IMPORT)) {
                return true;
            }
        }
    }
    return builtin_find(name, &builtin);
}

static bool is_in_component(const struct file_analysis *file, node_id node) {
    return node_ancestor(file->tree, node, NODE_COMPONENT_DECLARATION) != NODE_NONE;
}

static struct str find_name(struct emitter *e, struct program_symbol symbol) {
    const struct symbol *data = analysis_symbol(symbol.file, symbol.symbol);
    struct str name = analysis_name(symbol.file, data->name);
    bool is_member = (data->flags & SYMBOL_BLOCK_LEVEL) != 0;
    if (data->kind == SYMBOL_MODEL) {
        name = arena_printf(e->arena, "%.*sModel", STR_ARGUMENTS(name));
    } else if (name_is_reserved(name)) {
        struct str wish = arena_printf(e->arena, "%.*s_", STR_ARGUMENTS(name));
        name = fresh_module_text(e, wish);
    } else if (data->kind == SYMBOL_IMPORT && import_clashes(e, symbol, name)) {
        name = fresh_module_text(e, name);
    } else if (!is_member && str_equal(name, STR("props")) && is_in_component(symbol.file, data->node)) {
        name = fresh_module_text(e, name); /* `props` is what the component itself is given */
    } else if (hides_what_is_used(e, symbol.file, symbol.symbol)) {
        name = fresh_module_text(e, name);
    }
    return name;
}

struct str name_of_symbol(struct emitter *e, struct program_symbol symbol) {
    bool is_member = (analysis_symbol(symbol.file, symbol.symbol)->flags & SYMBOL_BLOCK_LEVEL) != 0;
    if (is_member && symbol.file->program != e->program) {
        return foreign_name(e, symbol);
    }
    struct output_symbol *output = output_symbol(e, symbol);
    if (output->name.data == NULL) {
        output->name = find_name(e, symbol);
    }
    return output->name;
}

struct str setter_of_symbol(struct emitter *e, struct program_symbol symbol) {
    struct output_symbol *output = output_symbol(e, symbol);
    if (output->setter.data == NULL) {
        struct str name = analysis_name(symbol.file, analysis_symbol(symbol.file, symbol.symbol)->name);
        char first = name.size > 0 ? name.data[0] : '_';
        struct str wish = arena_printf(e->arena, "set%c%.*s", first >= 'a' && first <= 'z' ? first - 'a' + 'A' : first,
                                       STR_ARGUMENTS(str_slice(name, 1, name.size)));
        output->setter = fresh_module_text(e, wish);
    }
    return output->setter;
}

struct js *global_name(struct emitter *e, const char *name) {
    bool taken = name_is_declared(e, str_from_c(name));
    return taken ? js_member(e->arena, js_name(e->arena, "globalThis"), name) : js_name(e->arena, name);
}

struct str key_text(struct emitter *e, struct str key) {
    return name_is_plain(key) ? key : js_string(e->arena, key)->text;
}
