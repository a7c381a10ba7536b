/* Links the files of a program: every external to the symbol that it means. */
#include "analysis/program.h"

#include "analysis/async.h"
#include "analysis/module_uses.h"
#include "analysis/modules.h"
#include "analysis/peers.h"
#include "parser/syntax/node.h"

#include <stdlib.h>

static int compare_files(const void *a, const void *b) {
    struct file_analysis *const *left = a;
    struct file_analysis *const *right = b;
    return str_compare((*left)->path, (*right)->path);
}

/* Among files in order of path. */
static struct file_analysis *find_file(struct file_analysis **files, uint32_t count, struct str path) {
    uint32_t low = 0;
    uint32_t high = count;
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        int order = str_compare(files[middle]->path, path);
        if (order == 0) {
            return files[middle];
        }
        if (order < 0) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return NULL;
}

static struct program_symbol symbol_of(const struct program *program, struct package_symbol symbol) {
    struct program_symbol nothing = {NULL, 0};
    if (symbol.symbol == NULL) {
        return nothing;
    }
    struct file_analysis *file = find_file(program->files, program->file_count, symbol.file->path);
    if (file == NULL) {
        file = find_file(program->group->files, program->group->file_count, symbol.file->path);
    }
    return file == NULL ? nothing : (struct program_symbol){file, symbol.symbol->local};
}

/* What is imported from one module stands together. */
static void link_imports(struct arena *arena, const struct program *program, struct file_analysis *file) {
    struct module module = {0};
    file->import_links = arena_array(arena, struct program_symbol, file->imported.count);
    for (uint32_t i = 0; i < file->imported.count; i++) {
        const struct imported *imported = &file->imported.items[i];
        if (i == 0 || imported->module != file->imported.items[i - 1].module) {
            module = module_find(arena, program->package, file->path, file->module_uses.items[imported->module].text);
        }
        file->import_links[i] = symbol_of(program, module_symbol(arena, &module, program->package, imported->name));
    }
}

static void link_file(struct arena *arena, struct program *program, struct file_analysis *file) {
    file->program = program;
    file->links = arena_array(arena, struct program_symbol, file->externals.count);
    for (uint32_t i = 1; i < file->externals.count; i++) {
        const struct external *external = &file->externals.items[i];
        struct block_key key = file->blocks.items[external->block].key;
        file->links[i] = symbol_of(program, package_lookup(program->package, key, external->name, external->type));
    }
    link_imports(arena, program, file);
}

struct program *program_open(struct arena *arena, struct atom_table *atoms, struct file_analysis **files,
                             struct summary **summaries, uint32_t file_count, bool for_editors) {
    struct program *program = arena_new(arena, struct program);
    *program =
        (struct program){.arena = arena, .atoms = atoms, .package = package_create(atoms), .file_count = file_count};
    program->files = arena_array(arena, struct file_analysis *, file_count);
    for (uint32_t i = 0; i < file_count; i++) {
        program->files[i] = files[i];
        struct summary *known = summaries[i] == NULL ? NULL : summary_ref(summaries[i]);
        if (known == NULL) {
            known = for_editors ? summary_create(files[i]) : summary_create_for_program(files[i]);
        }
        package_put(program->package, known);
    }
    if (file_count > 1) {
        qsort(program->files, file_count, sizeof *program->files, compare_files);
    }
    program->servers = package_servers(arena, program->package);
    return program;
}

static void gather_files(struct program_group *group, struct program **programs, uint32_t count) {
    uint32_t total = 0;
    for (uint32_t i = 0; i < count; i++) {
        total += programs[i]->file_count;
        programs[i]->group = group;
    }
    group->files = arena_array(group->arena, struct file_analysis *, total + 1);
    for (uint32_t i = 0; i < count; i++) {
        for (uint32_t f = 0; f < programs[i]->file_count; f++) {
            group->files[group->file_count++] = programs[i]->files[f];
        }
    }
    if (total > 1) {
        qsort(group->files, total, sizeof(struct file_analysis *), compare_files);
    }
}

/* ---- equality by structure reaches those that import it */

static bool derives_equality(const struct file_analysis *file) {
    for (uint32_t i = 1; i < file->symbols.count; i++) {
        const struct symbol *symbol = &file->symbols.items[i];
        node_id derive = symbol->kind == SYMBOL_TYPE ? node_child(file->tree, symbol->node, FIELD_DERIVE) : NODE_NONE;
        NODE_EACH(child, file->tree, derive) {
            if (str_equal(node_text(file->tree, child), STR("Eq"))) {
                return true;
            }
        }
    }
    return false;
}

static bool imports_equality(const struct program *program) {
    for (uint32_t f = 0; f < program->file_count; f++) {
        const struct file_analysis *file = program->files[f];
        for (uint32_t i = 0; i < file->imported.count; i++) {
            const struct file_analysis *other = file->import_links[i].file;
            if (other != NULL && other->program->derives_equality) {
                return true;
            }
        }
    }
    return false;
}

static void spread_equality(struct program **programs, uint32_t count) {
    bool any = false;
    for (uint32_t i = 0; i < count; i++) {
        for (uint32_t f = 0; f < programs[i]->file_count && !programs[i]->derives_equality; f++) {
            programs[i]->derives_equality = derives_equality(programs[i]->files[f]);
        }
        any = any || programs[i]->derives_equality;
    }
    while (any) {
        any = false;
        for (uint32_t i = 0; i < count; i++) {
            if (!programs[i]->derives_equality && imports_equality(programs[i])) {
                programs[i]->derives_equality = any = true;
            }
        }
    }
}

void programs_gather(struct arena *arena, struct program **programs, uint32_t count) {
    struct program_group *group = arena_new(arena, struct program_group);
    *group = (struct program_group){.arena = arena};
    gather_files(group, programs, count);
}

void program_link(struct arena *arena, struct program *program) {
    for (uint32_t f = 0; f < program->file_count; f++) {
        link_file(arena, program, program->files[f]);
    }
}

void program_read_calls(struct arena *arena, struct program *program) {
    for (uint32_t f = 0; f < program->file_count; f++) {
        async_read(arena, program->files[f]);
    }
}

void programs_infer(struct program **programs, uint32_t count) {
    if (count > 0) {
        spread_equality(programs, count);
        async_infer(programs[0]->group);
    }
}

void programs_link(struct arena *arena, struct program **programs, uint32_t count) {
    programs_gather(arena, programs, count);
    for (uint32_t i = 0; i < count; i++) {
        program_link(arena, programs[i]);
    }
    for (uint32_t i = 0; i < count; i++) {
        program_read_calls(arena, programs[i]);
    }
    programs_infer(programs, count);
}

struct program *program_create(struct arena *arena, struct atom_table *atoms, struct file_analysis **files,
                               uint32_t file_count) {
    struct summary **unknown = arena_array(arena, struct summary *, file_count);
    struct program *program = program_open(arena, atoms, files, unknown, file_count, true);
    programs_link(arena, &program, 1);
    return program;
}

void program_finish(struct program *program) {
    if (program != NULL) {
        package_destroy(program->package);
        program->package = NULL;
    }
}

/* What an import stands for; itself where nothing is known of that. */
static struct program_symbol follow(struct program_symbol symbol) {
    if (symbol.symbol != 0 && analysis_symbol(symbol.file, symbol.symbol)->kind == SYMBOL_IMPORT) {
        const struct imported *imported = module_uses_imported(symbol.file, symbol.symbol);
        ptrdiff_t index = imported == NULL ? -1 : imported - symbol.file->imported.items;
        if (index >= 0 && symbol.file->import_links[index].file != NULL) {
            return symbol.file->import_links[index];
        }
    }
    return symbol;
}

struct program_symbol program_symbol_of(const struct program *program, const struct file_analysis *file, node_id node) {
    const struct binding *binding = analysis_binding(file, node);
    if (binding == NULL) {
        return (struct program_symbol){NULL, 0};
    }
    if (binding->symbol != 0) {
        return follow((struct program_symbol){file, binding->symbol});
    }
    struct program_symbol link = file->links[binding->external];
    if (binding->access == ACCESS_CALL && link.file != NULL &&
        analysis_symbol(link.file, link.symbol)->kind == SYMBOL_MODEL) {
        struct block_key key = file->blocks.items[binding->block].key;
        return symbol_of(program, package_meaning(program->package, key, binding->name, ACCESS_CALL));
    }
    return link;
}

struct file_analysis *program_file_at(const struct program_group *group, struct str path) {
    return find_file(group->files, group->file_count, path);
}

void program_files_add(struct program_files *files, const struct file_analysis *file) {
    for (uint32_t i = 0; i < files->count; i++) {
        if (files->items[i] == file) {
            return;
        }
    }
    files->items[files->count++] = file;
}

void program_files_follow(struct arena *arena, const struct program *program, struct program_files *files) {
    const struct program_group *group = program->group;
    for (uint32_t i = 0; i < files->count; i++) {
        const struct file_analysis *file = files->items[i];
        for (uint32_t m = 0; m < file->module_uses.count; m++) {
            struct str source = file->module_uses.items[m].text;
            struct module module = module_find(arena, file->program->package, file->path, source);
            struct file_analysis *other =
                module.kind == MODULE_SOURCE ? find_file(group->files, group->file_count, module.path) : NULL;
            if (other != NULL && other->program != program) {
                program_files_add(files, other);
            }
        }
    }
}

struct program_symbol program_export(struct arena *arena, const struct file_analysis *file, struct str source,
                                     atom_id name) {
    const struct program *program = file->program;
    struct module module = module_find(arena, program->package, file->path, source);
    return symbol_of(program, module_symbol(arena, &module, program->package, name));
}

struct program_symbol program_rpc_target(const struct program *program, const struct file_analysis *file,
                                         const struct rpc_use *use) {
    (void)file;
    struct package_symbol found = {NULL, NULL};
    if (use->name == ATOM_NONE || package_resolve_rpc(program->package, use->server, use->name, &found) != RPC_FOUND) {
        return (struct program_symbol){NULL, 0};
    }
    return symbol_of(program, found);
}

const struct rpc_use *program_rpc_use(const struct file_analysis *file, node_id node) {
    return peer_rpc_use(file->program->package, file, node);
}
