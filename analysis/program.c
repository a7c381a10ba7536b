/* Links the files of a program: every external to the symbol that it means. */
#include "analysis/program.h"

#include "analysis/async.h"
#include "parser/syntax/node.h"

#include <stdlib.h>

static int compare_files(const void *a, const void *b) {
    struct file_analysis *const *left = a;
    struct file_analysis *const *right = b;
    return str_compare((*left)->path, (*right)->path);
}

static struct file_analysis *find_file(const struct program *program, struct str path) {
    uint32_t low = 0;
    uint32_t high = program->file_count;
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        int order = str_compare(program->files[middle]->path, path);
        if (order == 0) {
            return program->files[middle];
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
    if (symbol.symbol == NULL) {
        return (struct program_symbol){NULL, 0};
    }
    return (struct program_symbol){find_file(program, symbol.file->path), symbol.symbol->local};
}

static void link_file(struct program *program, struct file_analysis *file) {
    file->links = arena_array(program->arena, struct program_symbol, file->externals.count);
    for (uint32_t i = 1; i < file->externals.count; i++) {
        const struct external *external = &file->externals.items[i];
        struct block_key key = file->blocks.items[external->block].key;
        file->links[i] = symbol_of(program, package_lookup(program->package, key, external->name, external->type));
    }
}

struct program *program_create(struct arena *arena, struct atom_table *atoms, struct file_analysis **files,
                               uint32_t file_count) {
    struct program *program = arena_new(arena, struct program);
    *program =
        (struct program){.arena = arena, .atoms = atoms, .package = package_create(atoms), .file_count = file_count};
    program->files = arena_array(arena, struct file_analysis *, file_count);
    for (uint32_t i = 0; i < file_count; i++) {
        program->files[i] = files[i];
        package_put(program->package, summary_create(files[i]));
    }
    if (file_count > 1) {
        qsort(program->files, file_count, sizeof *program->files, compare_files);
    }
    for (uint32_t i = 0; i < file_count; i++) {
        link_file(program, program->files[i]);
    }
    program->servers = package_servers(arena, program->package);
    async_infer(program);
    return program;
}

void program_finish(struct program *program) {
    if (program != NULL) {
        package_destroy(program->package);
        program->package = NULL;
    }
}

struct program_symbol program_symbol_of(const struct program *program, const struct file_analysis *file, node_id node) {
    const struct binding *binding = analysis_binding(file, node);
    if (binding == NULL) {
        return (struct program_symbol){NULL, 0};
    }
    if (binding->symbol != 0) {
        return (struct program_symbol){find_file(program, file->path), binding->symbol};
    }
    struct program_symbol link = file->links[binding->external];
    if (binding->access == ACCESS_CALL && link.file != NULL &&
        analysis_symbol(link.file, link.symbol)->kind == SYMBOL_MODEL) {
        struct block_key key = file->blocks.items[binding->block].key;
        return symbol_of(program, package_meaning(program->package, key, binding->name, ACCESS_CALL));
    }
    return link;
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
    uint32_t low = 0;
    uint32_t high = file->rpc_uses.count;
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        const struct rpc_use *use = &file->rpc_uses.items[middle];
        if (use->node == node) {
            return use;
        }
        if (use->node < node) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return NULL;
}
