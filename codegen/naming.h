/* naming: how the outputs, ports and variables of a package are called.
 *
 * The names are those of the seed documents: `app.server.api.js`, port 3000 and up in order of the servers, `PORT_API`.
 * Different blocks have different files: what no file system takes in a name is escaped, not dropped.
 */
#ifndef TOVA_CODEGEN_NAMING_H
#define TOVA_CODEGEN_NAMING_H

#include "analysis/package.h"
#include "parser/base/arena.h"

#include <stdint.h>

enum { NAMING_FIRST_PORT = 3000 };

/* The base name of a package's outputs: its only file's without extension, or the folder's where several merge. `first` is the
 * path of its first file. Lives in the arena. */
struct str naming_base(struct arena *arena, struct str first, uint32_t file_count);

/* The file of a block with this name ("" for none): "app.server.api.js", and "app.js" for BLOCK_MODULE. A byte of the name
 * that is no letter, digit, `-` or `_` of ASCII and no part of another character is written as `~` and two hexadecimal
 * digits. Lives in the arena. */
struct str naming_file(struct arena *arena, struct str base, enum block_kind kind, struct str name);

/* From a folder below another one to that: "./" where they are the same, "../../" from "a/b". Lives in the arena. */
struct str naming_way_up(struct arena *arena, struct str below);

/* Has a file of the package a block? Without one the program is a single module. */
bool naming_has_blocks(const struct package *package);

/* The file that a block of the package is emitted to; code at module level is emitted with the shared code where there are
 * blocks. Lives in the arena. */
struct str naming_output(struct arena *arena, const struct package *package, const struct atom_table *atoms,
                         struct block_key block);

/* The port of a server block when the first one of its package listens at `first`; 0: at NAMING_FIRST_PORT. */
uint32_t naming_port(struct arena *arena, const struct package *package, struct block_key server, uint32_t first);

/* The variable that sets a server's port: "PORT" of the unnamed one, "PORT_API" of "api"; what is no letter or digit of ASCII
 * is "_", one for each character (contract with the runtime's lifecycle.js). Lives in the arena. */
struct str naming_port_variable(struct arena *arena, struct str server);

#endif
