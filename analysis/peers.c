/* Names of servers in code: a look at the blocks of the package, of which there are few. */
#include "analysis/peers.h"

#include "analysis/builtins.h"
#include "analysis/package_index.h"
#include "parser/base/byte.h"

static bool is_part(char c) {
    return byte_is_word(c) ||
           byte_is_wide(c);
}

struct str peer_identifier(struct arena *arena, struct str server) {
    bool digit = server.size > 0 && server.data[0] >= '0' && server.data[0] <= '9';
    char *name = arena_alloc(arena, server.size + 1);
    bool same = !digit;
    for (size_t i = 0; i < server.size; i++) {
        same = same && is_part(server.data[i]);
        name[i + digit] = is_part(server.data[i]) ? server.data[i] : '_';
    }
    if (digit) {
        name[0] = '_';
    }
    return same ? server : (struct str){name, server.size + digit};
}

atom_id peer_server(const struct package *package, atom_id name) {
    const struct package_index *index = package_index(package);
    struct arena scratch = {0};
    atom_id found = ATOM_NONE;
    for (uint32_t i = 0; i < index->server_count && name != ATOM_NONE; i++) {
        atom_id server = index->servers[i].name;
        if (server == name) {
            found = server;
            break;
        }
        struct str identifier = peer_identifier(&scratch, atom_text(package->atoms, server));
        if (found == ATOM_NONE && str_equal(identifier, atom_text(package->atoms, name))) {
            found = server;
        }
    }
    arena_finish(&scratch);
    return found;
}

static bool is_discovered(const struct package *package, struct block_key block, atom_id name) {
    for (uint32_t f = 0; f < package->file_count; f++) {
        const struct summary *file = package->files[f];
        for (uint32_t i = 0; i < file->discovered_count; i++) {
            if (file->discovered[i].name == name && block_key_equal(file->discovered[i].block, block)) {
                return true;
            }
        }
    }
    return false;
}

bool peer_is_meant(const struct package *package, struct block_key block, atom_id name) {
    atom_id server = peer_server(package, name);
    bool itself = block.kind == BLOCK_SERVER && server == block.name;
    bool known = (server != ATOM_NONE && !itself) || is_discovered(package, block, name);
    return known && package_lookup(package, block, name, false).symbol == NULL;
}

bool peer_function_is_meant(const struct package *package, struct block_key block, atom_id name, atom_id function) {
    enum builtin builtin;
    if (!peer_is_meant(package, block, name)) {
        return false;
    }
    if (!builtin_find(atom_text(package->atoms, name), &builtin) || is_discovered(package, block, name)) {
        return true;
    }
    struct package_symbol found;
    enum rpc_resolution resolution =
        function == ATOM_NONE ? RPC_UNKNOWN : package_resolve_rpc(package, name, function, &found);
    return (resolution == RPC_FOUND || resolution == RPC_NO_ENDPOINT) &&
           builtin_leaves_member(builtin, atom_text(package->atoms, function));
}

bool peer_use_holds(const struct package *package, const struct file_analysis *file, const struct rpc_use *use) {
    if (!use->implied) {
        return true;
    }
    const struct binding *binding = analysis_binding(file, node_child(file->tree, use->node, FIELD_OBJECT));
    return (binding == NULL || binding->symbol == 0) &&
           peer_function_is_meant(package, file->blocks.items[use->block].key, use->server, use->name);
}

const struct rpc_use *peer_rpc_use(const struct package *package, const struct file_analysis *file, node_id member) {
    uint32_t low = 0;
    uint32_t high = file->rpc_uses.count;
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        const struct rpc_use *use = &file->rpc_uses.items[middle];
        if (use->node == member) {
            return peer_use_holds(package, file, use) ? use : NULL;
        }
        if (use->node < member) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return NULL;
}
