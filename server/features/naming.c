/* naming: base names, output names, ports. */
#include "server/features/naming.h"

#include "parser/base/path.h"

struct str naming_base(struct arena *arena, struct str first, uint32_t file_count) {
    if (file_count == 1)
        return path_stem(first);
    return path_name(path_parent(arena, first));
}

static struct str side_of(enum block_kind kind) {
    switch (kind) {
    case BLOCK_SHARED:
        return STR(".shared");
    case BLOCK_SERVER:
        return STR(".server");
    case BLOCK_BROWSER:
        return STR(".client");
    case BLOCK_MODULE:
    case BLOCK_KIND_COUNT:
        break;
    }
    return (struct str){0};
}

/* Code at module level is emitted with the shared code, or as a module of its own where there are no blocks. */
static bool has_blocks(const struct package *package) {
    for (uint32_t i = 0; i < package_file_count(package); i++)
        if (package_file_at(package, i)->block_count > 0)
            return true;
    return false;
}

/* A block's name as part of a file's name: what file systems do not take becomes "_", as codegen/emit has it. */
static struct str file_part(struct arena *arena, struct str name) {
    char *part = arena_alloc(arena, name.size + 1);
    for (size_t i = 0; i < name.size; i++) {
        char byte = name.data[i];
        bool plain = (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z') || (byte >= '0' && byte <= '9') ||
                     byte == '_' || byte == '-' || (byte & 0x80) != 0;
        part[i] = plain ? byte : '_';
    }
    return (struct str){part, name.size};
}

struct str naming_output(struct arena *arena, const struct package *package, const struct atom_table *atoms,
                         struct block_key block) {
    uint32_t count = package_file_count(package);
    struct str base = count > 0 ? naming_base(arena, package_file_at(package, 0)->path, count) : STR("app");
    if (block.kind == BLOCK_MODULE && has_blocks(package))
        block.kind = BLOCK_SHARED;
    struct str side = side_of(block.kind), name = file_part(arena, atom_text(atoms, block.name));
    return arena_printf(arena, "%.*s%.*s%s%.*s.js", STR_ARGUMENTS(base), STR_ARGUMENTS(side), name.size > 0 ? "." : "",
                        STR_ARGUMENTS(name));
}

uint32_t naming_port(struct arena *arena, const struct package *package, struct block_key server) {
    struct package_servers servers = package_servers(arena, package);
    for (uint32_t i = 0; i < servers.count; i++)
        if (block_key_equal(servers.keys[i], server))
            return NAMING_FIRST_PORT + i;
    return NAMING_FIRST_PORT;
}

static char variable_byte(char byte) {
    if (byte >= 'a' && byte <= 'z')
        return (char)(byte - 'a' + 'A');
    bool kept = (byte >= 'A' && byte <= 'Z') || (byte >= '0' && byte <= '9');
    return kept ? byte : '_';
}

struct str naming_port_variable(struct arena *arena, struct str server) {
    if (server.size == 0)
        return STR("PORT");
    char *upper = arena_alloc(arena, server.size + 1);
    for (size_t i = 0; i < server.size; i++)
        upper[i] = variable_byte(server.data[i]);
    return arena_printf(arena, "PORT_%s", upper);
}
