/* The files of a package in order of path, and which of their symbols a name means. */
#include "analysis/package.h"

#include "analysis/package_index.h"
#include "parser/base/hash.h"
#include "parser/base/xalloc.h"

#include <string.h>

struct package *package_create(struct atom_table *atoms) {
    struct package *package = xcalloc(1, sizeof *package);
    package->atoms = atoms;
    package->index = xcalloc(1, sizeof *package->index);
    map_init(&package->asks);
    map_init(&package->methods);
    map_init(&package->calls);
    map_init(&package->index->first);
    map_init(&package->index->last);
    return package;
}

void package_join(struct package *package, const struct modules *modules) { package->modules = modules; }

static void index_clear(struct package_index *index) {
    map_finish(&index->first);
    map_finish(&index->last);
    map_init(&index->first);
    map_init(&index->last);
    xfree(index->servers);
    xfree(index->guards);
    index->servers = NULL;
    index->guards = NULL;
    index->server_count = index->server_capacity = index->guard_count = 0;
    index->entry_count = 0;
    index->ready = false;
}

void package_destroy(struct package *package) {
    if (package == NULL) {
        return;
    }
    for (uint32_t i = 0; i < package->file_count; i++) {
        summary_unref(package->files[i]);
    }
    index_clear(package->index);
    map_finish(&package->asks);
    map_finish(&package->methods);
    map_finish(&package->calls);
    xfree(package->index->entries);
    xfree(package->index);
    xfree(package->files);
    xfree(package);
}

/* ---- files */

/* The position of a path, or where it would be inserted. */
static bool find_path(const struct package *package, struct str path, uint32_t *position) {
    uint32_t low = 0;
    uint32_t high = package->file_count;
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        int order = str_compare(package->files[middle]->path, path);
        if (order == 0) {
            *position = middle;
            return true;
        }
        if (order < 0) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    *position = low;
    return false;
}

static void count(struct map *map, uint64_t key, uint64_t one, bool more) {
    uint64_t before = 0;
    map_get(map, key, &before);
    map_set(map, key, more ? before + one : before - one);
}

/* Counts what a file asks for and calls, and the methods that it has; or takes them off again. */
static void count_file(struct package *package, const struct summary *summary, bool more) {
    for (uint32_t i = 0; i < summary->ask_count; i++) {
        count(&package->asks, summary->asks[i].name, summary->asks[i].passed ? map_key2(1, 1) : 1, more);
    }
    for (uint32_t i = 0; i < summary->method_count; i++) {
        const struct summary_method *method = &summary->methods[i];
        count(&package->methods, map_key2(method->trait ? ATOM_NONE : method->type, method->name), 1, more);
    }
    for (uint32_t i = 0; i < summary->rpc_use_count; i++) {
        count(&package->calls, summary->rpc_uses[i].name, 1, more);
    }
    for (uint32_t i = 0; i < summary->route_count; i++) {
        count(&package->calls, summary->routes[i].handler, 1, more);
    }
}

bool package_has_method(const struct package *package, atom_id type, atom_id name) {
    uint64_t own = 0;
    uint64_t offered = 0;
    map_get(&package->methods, map_key2(type, name), &own);
    map_get(&package->methods, map_key2(ATOM_NONE, name), &offered);
    return own != 0 || offered != 0;
}

bool package_asks(const struct package *package, atom_id name, bool passed) {
    uint64_t count = 0;
    map_get(&package->asks, name, &count);
    return (passed ? count >> 32 : count) != 0;
}

bool package_calls(const struct package *package, atom_id name) {
    uint64_t count = 0;
    map_get(&package->calls, name, &count);
    return count != 0;
}

static void insert_file(struct package *package, struct summary *summary, uint32_t position) {
    if (package->file_count == package->file_capacity) {
        package->file_capacity = package->file_capacity == 0 ? 4 : package->file_capacity * 2;
        package->files = xrealloc(package->files, package->file_capacity * sizeof *package->files);
    }
    struct summary **place = package->files + position;
    memmove(place + 1, place, (package->file_count - position) * sizeof *place);
    *place = summary;
    package->file_count++;
    package->index->ready = false;
}

void package_put(struct package *package, struct summary *summary) {
    uint32_t position;
    if (package_file(package, summary->path) != summary) {
        count_file(package, summary, true);
    }
    if (!find_path(package, summary->path, &position)) {
        insert_file(package, summary, position);
        return;
    }
    struct summary *old = package->files[position];
    if (old == summary) {
        return;
    }
    if (old->surface != summary->surface) {
        package->index->ready = false;
    }
    package->files[position] = summary;
    count_file(package, old, false);
    summary_unref(old);
}

struct package *package_derive(const struct package *original, struct summary *const *changed, uint32_t count) {
    struct package *package = package_create(original->atoms);
    package->modules = original->modules;
    for (uint32_t i = 0; i < original->file_count; i++) {
        struct summary *summary = NULL;
        for (uint32_t k = 0; k < count; k++) {
            summary = str_equal(changed[k]->path, original->files[i]->path) ? changed[k] : summary;
        }
        package_put(package, summary != NULL ? summary : summary_ref(original->files[i]));
    }
    return package;
}

static struct summary *take_at(struct package *package, uint32_t position) {
    struct summary **place = package->files + position;
    struct summary *summary = *place;
    count_file(package, summary, false);
    memmove(place, place + 1, (package->file_count - position - 1) * sizeof *place);
    package->file_count--;
    package->index->ready = false;
    return summary;
}

bool package_remove(struct package *package, struct str path) {
    uint32_t position;
    bool found = find_path(package, path, &position);
    if (found) {
        summary_unref(take_at(package, position));
    }
    return found;
}

struct summary *package_take(struct package *package) { return take_at(package, 0); }

const struct summary *package_file(const struct package *package, struct str path) {
    uint32_t position;
    return find_path(package, path, &position) ? package->files[position] : NULL;
}

uint32_t package_file_count(const struct package *package) { return package->file_count; }

const struct summary *package_file_at(const struct package *package, uint32_t index) { return package->files[index]; }

uint64_t package_surface(const struct package *package) {
    uint64_t hash = HASH_SEED;
    for (uint32_t i = 0; i < package->file_count; i++) {
        hash = hash_bytes(hash, package->files[i]->path);
        hash = hash_number(hash, package->files[i]->surface);
    }
    return hash;
}

/* ---- the index */

static void add_entry(struct package_index *index, enum block_kind kind, atom_id name, struct package_entry entry) {
    if (index->entry_count == index->entry_capacity) {
        index->entry_capacity = index->entry_capacity == 0 ? 64 : index->entry_capacity * 2;
        index->entries = xrealloc(index->entries, index->entry_capacity * sizeof *index->entries);
    }
    index->entries[index->entry_count++] = entry;
    uint64_t key = map_key2((uint32_t)kind, name);
    uint64_t before;
    if (map_get(&index->last, key, &before)) {
        index->entries[before - 1].next = index->entry_count;
    } else {
        map_set(&index->first, key, index->entry_count);
    }
    map_set(&index->last, key, index->entry_count);
}

static void add_guard(struct package_index *index, struct package_entry entry) {
    index->guards = xrealloc(index->guards, (index->guard_count + 1) * sizeof *index->guards);
    index->guards[index->guard_count++] = entry;
}

static void index_symbol(const struct package *package, uint32_t file, uint32_t symbol_index) {
    const struct summary_symbol *symbol = &package->files[file]->symbols[symbol_index];
    struct package_entry entry = {.file = file, .symbol = symbol_index};
    add_entry(package->index, symbol->block.kind, symbol->name, entry);
    if (symbol->kind == SYMBOL_MIDDLEWARE && (symbol->flags & SYMBOL_REFUSES)) {
        add_guard(package->index, entry);
    }
    if (symbol->kind == SYMBOL_MODEL) {
        struct arena scratch;
        arena_init(&scratch);
        struct str name = atom_text(package->atoms, symbol->name);
        entry.alias = true;
        atom_id alias = atom_intern(package->atoms, arena_printf(&scratch, "%.*sModel", STR_ARGUMENTS(name)));
        add_entry(package->index, symbol->block.kind, alias, entry);
        arena_finish(&scratch);
    }
}

/* The unnamed server stands first, wherever it is written. `seen` holds the names of those that are in. */
static void add_server(struct package_index *index, struct map *seen, struct block_key key) {
    if (map_get(seen, key.name, NULL)) {
        return;
    }
    map_set(seen, key.name, 1);
    if (index->server_count == index->server_capacity) {
        index->server_capacity = index->server_capacity == 0 ? 8 : index->server_capacity * 2;
        index->servers = xrealloc(index->servers, index->server_capacity * sizeof *index->servers);
    }
    uint32_t position = key.name == ATOM_NONE ? 0 : index->server_count;
    memmove(index->servers + position + 1, index->servers + position,
            (index->server_count - position) * sizeof *index->servers);
    index->servers[position] = key;
    index->server_count++;
}

static void index_file(const struct package *package, uint32_t file, struct map *seen) {
    const struct summary *summary = package->files[file];
    for (uint32_t symbol = 0; symbol < summary->symbol_count; symbol++) {
        index_symbol(package, file, symbol);
    }
    for (uint32_t block = 0; block < summary->block_count; block++) {
        if (summary->blocks[block].key.kind == BLOCK_SERVER) {
            add_server(package->index, seen, summary->blocks[block].key);
        }
    }
}

const struct package_index *package_index(const struct package *package) {
    struct package_index *index = package->index;
    if (index->ready) {
        return index;
    }
    index_clear(index);
    struct map seen;
    map_init(&seen);
    for (uint32_t file = 0; file < package->file_count; file++) {
        index_file(package, file, &seen);
    }
    map_finish(&seen);
    index->ready = true;
    return index;
}

const struct package_entry *package_first(const struct package *package, enum block_kind kind, atom_id name) {
    const struct package_index *index = package_index(package);
    uint64_t entry;
    return map_get(&index->first, map_key2((uint32_t)kind, name), &entry) ? &index->entries[entry - 1] : NULL;
}

const struct package_entry *package_next(const struct package *package, const struct package_entry *entry) {
    return entry->next == 0 ? NULL : &package->index->entries[entry->next - 1];
}

struct package_symbol package_refusing_middleware(const struct package *package, struct block_key server) {
    const struct package_index *index = package_index(package);
    for (uint32_t i = 0; i < index->guard_count; i++) {
        struct package_symbol guard = package_entry_symbol(package, &index->guards[i]);
        if (block_key_equal(guard.symbol->block, server)) {
            return guard;
        }
    }
    return (struct package_symbol){NULL, NULL};
}

struct package_servers package_servers(struct arena *arena, const struct package *package) {
    const struct package_index *index = package_index(package);
    struct package_servers servers = {arena_array(arena, struct block_key, index->server_count), index->server_count};
    for (uint32_t i = 0; i < index->server_count; i++) {
        servers.keys[i] = index->servers[i];
    }
    return servers;
}

/* ---- names */

uint32_t package_levels(struct block_key block, struct block_key levels[3]) {
    static const struct block_key module = {BLOCK_MODULE, ATOM_NONE};
    static const struct block_key shared = {BLOCK_SHARED, ATOM_NONE};
    uint32_t count = 0;
    levels[count++] = block;
    if (!block_key_equal(block, shared)) {
        levels[count++] = shared;
    }
    if (!block_key_equal(block, module)) {
        levels[count++] = module;
    }
    return count;
}

/* How well a symbol answers to a name as a type or as a value; 0: not at all. */
static unsigned fitness(const struct package_entry *entry, enum symbol_kind kind, bool type) {
    bool is_type = kind == SYMBOL_TYPE || kind == SYMBOL_TRAIT;
    if (type) {
        return is_type ? 3 : kind == SYMBOL_MODEL && !entry->alias ? 1 : 0;
    }
    if (kind == SYMBOL_TRAIT) {
        return 0;
    }
    return entry->alias || kind == SYMBOL_TYPE ? 2 : 3;
}

/* The best symbol of a name in one block, and how good it is. */
static unsigned best_in(const struct package *package, struct block_key block, atom_id name, bool type,
                        struct package_symbol *best) {
    unsigned found = 0;
    for (const struct package_entry *entry = package_first(package, block.kind, name); entry != NULL;
         entry = package_next(package, entry)) {
        struct package_symbol symbol = package_entry_symbol(package, entry);
        unsigned fit = symbol.symbol->block.name == block.name ? fitness(entry, symbol.symbol->kind, type) : 0;
        if (fit > found) {
            found = fit;
            *best = symbol;
        }
    }
    return found;
}

struct package_symbol package_lookup(const struct package *package, struct block_key block, atom_id name, bool type) {
    struct block_key levels[3];
    uint32_t count = package_levels(block, levels);
    struct package_symbol best = {NULL, NULL};
    unsigned found = 0;
    for (uint32_t i = 0; i < count; i++) {
        struct package_symbol symbol = {NULL, NULL};
        unsigned fit = best_in(package, levels[i], name, type, &symbol);
        if (fit > 0 && (found == 0 || (type && fit > found))) {
            found = fit;
            best = symbol;
        }
    }
    return best;
}

struct package_symbol package_meaning(const struct package *package, struct block_key block, atom_id name,
                                      enum access access) {
    struct package_symbol symbol = package_lookup(package, block, name, access == ACCESS_TYPE);
    if (access == ACCESS_CALL && symbol.symbol != NULL && symbol.symbol->kind == SYMBOL_MODEL) {
        struct package_symbol type = package_lookup(package, block, name, true);
        return type.symbol != NULL ? type : symbol;
    }
    return symbol;
}

struct package_symbol package_model(const struct package *package, atom_id name) {
    struct package_symbol only = {NULL, NULL};
    for (const struct package_entry *entry = package_first(package, BLOCK_SERVER, name); entry != NULL;
         entry = package_next(package, entry)) {
        struct package_symbol symbol = package_entry_symbol(package, entry);
        if (symbol.symbol->kind == SYMBOL_MODEL && !entry->alias) {
            if (only.symbol != NULL) {
                return (struct package_symbol){NULL, NULL};
            }
            only = symbol;
        }
    }
    return only;
}

struct package_symbol package_member(const struct package *package, struct block_key block, atom_id name) {
    struct package_symbol symbol = {NULL, NULL};
    if (best_in(package, block, name, false, &symbol) == 0) {
        best_in(package, block, name, true, &symbol);
    }
    return symbol;
}

struct package_symbol package_other_declaration(const struct package *package, const struct summary *file,
                                                const struct summary_symbol *symbol) {
    for (const struct package_entry *entry = package_first(package, symbol->block.kind, symbol->name); entry != NULL;
         entry = package_next(package, entry)) {
        struct package_symbol other = package_entry_symbol(package, entry);
        if (other.file != file && !entry->alias && other.symbol->block.name == symbol->block.name) {
            return other;
        }
    }
    return (struct package_symbol){NULL, NULL};
}

void package_each_visible(const struct package *package, struct block_key block,
                          void (*visit)(void *context, struct package_symbol symbol), void *context) {
    struct block_key levels[3];
    uint32_t count = package_levels(block, levels);
    for (uint32_t level = 0; level < count; level++) {
        for (uint32_t f = 0; f < package->file_count; f++) {
            const struct summary *file = package->files[f];
            for (uint32_t s = 0; s < file->symbol_count; s++) {
                if (block_key_equal(file->symbols[s].block, levels[level])) {
                    visit(context, (struct package_symbol){file, &file->symbols[s]});
                }
            }
        }
    }
}
