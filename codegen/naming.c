/* naming: base names, output names, ports. */
#include "codegen/naming.h"

#include "parser/base/byte.h"
#include "parser/base/path.h"

struct str naming_base(struct arena *arena, struct str first, uint32_t file_count) {
    return file_count == 1 ? path_stem(first) : path_name(path_parent(arena, first));
}

static bool is_letter_or_digit(char byte) {
    return byte_is_letter(byte) || byte_is_digit(byte);
}

/* A block's name as part of a file name. */
static struct str file_part(struct arena *arena, struct str name) {
    static const char digits[] = "0123456789abcdef";
    char *part = arena_alloc(arena, 3 * name.size + 1);
    size_t size = 0;
    for (size_t i = 0; i < name.size; i++) {
        unsigned char byte = (unsigned char)name.data[i];
        if (is_letter_or_digit(name.data[i]) || byte == '_' || byte == '-' || byte >= 0x80) {
            part[size++] = name.data[i];
        } else {
            part[size++] = '~';
            part[size++] = digits[byte >> 4];
            part[size++] = digits[byte & 15];
        }
    }
    return (struct str){part, size};
}

struct str naming_file(struct arena *arena, struct str base, enum block_kind kind, struct str name) {
    static const char *const sides[BLOCK_KIND_COUNT] = {
        [BLOCK_MODULE] = "", [BLOCK_SHARED] = ".shared", [BLOCK_SERVER] = ".server", [BLOCK_BROWSER] = ".client"};
    struct str part = file_part(arena, name);
    return arena_printf(arena, "%.*s%s%s%.*s.js", STR_ARGUMENTS(base), sides[kind], part.size > 0 ? "." : "",
                        STR_ARGUMENTS(part));
}

struct str naming_way_up(struct arena *arena, struct str below) {
    struct str up = below.size > 0 ? STR("") : STR("./");
    while (below.size > 0) {
        size_t slash = str_find(below, '/', 0);
        below = str_slice(below, slash + 1, below.size);
        up = arena_concat(arena, up, STR("../"));
    }
    return up;
}

bool naming_has_blocks(const struct package *package) {
    for (uint32_t i = 0; i < package_file_count(package); i++) {
        if (summary_has_blocks(package_file_at(package, i))) {
            return true;
        }
    }
    return false;
}

struct str naming_output(struct arena *arena, const struct package *package, const struct atom_table *atoms,
                         struct block_key block) {
    uint32_t count = package_file_count(package);
    struct str base = count > 0 ? naming_base(arena, package_file_at(package, 0)->path, count) : STR("app");
    bool shared = block.kind == BLOCK_MODULE && naming_has_blocks(package);
    return naming_file(arena, base, shared ? BLOCK_SHARED : block.kind, atom_text(atoms, block.name));
}

uint32_t naming_port(struct arena *arena, const struct package *package, struct block_key server, uint32_t first) {
    uint32_t port = first > 0 ? first : NAMING_FIRST_PORT;
    struct package_servers servers = package_servers(arena, package);
    for (uint32_t i = 0; i < servers.count; i++) {
        if (block_key_equal(servers.keys[i], server)) {
            return port + i;
        }
    }
    return port;
}

struct str naming_port_variable(struct arena *arena, struct str server) {
    if (server.size == 0) {
        return STR("PORT");
    }
    char *upper = arena_alloc(arena, server.size + 1);
    size_t size = 0;
    for (size_t i = 0; i < server.size; i++) {
        char byte = server.data[i];
        bool continues = ((unsigned char)byte & 0xC0) == 0x80;
        if (!continues) {
            upper[size++] = !is_letter_or_digit(byte) ? '_' : byte >= 'a' ? (char)(byte - 'a' + 'A') : byte;
        }
    }
    return arena_printf(arena, "PORT_%.*s", (int)size, upper);
}
