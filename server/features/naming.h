/* naming: how the outputs, ports and variables of a package are called, for hover, preview and the commands.
 *
 * The names are those of the seed documents: `app.server.api.js`, port 3000 and up in order of the servers, `PORT_API`.
 */
#ifndef TOVA_SERVER_FEATURES_NAMING_H
#define TOVA_SERVER_FEATURES_NAMING_H

#include "analysis/package.h"
#include "parser/base/arena.h"

#include <stdint.h>

enum { NAMING_FIRST_PORT = 3000 };

/* The base name of a package's outputs: its only file's without extension, or the folder's where several merge. `first` is the
 * path of its first file. Lives in the arena. */
struct str naming_base(struct arena *arena, struct str first, uint32_t file_count);

/* The file that a block is emitted to: "app.server.api.js". Lives in the arena. */
struct str naming_output(struct arena *arena, const struct package *package, const struct atom_table *atoms,
                         struct block_key block);

/* The default port of a server block. */
uint32_t naming_port(struct arena *arena, const struct package *package, struct block_key server);

/* The variable that sets a server's port: "PORT" of the unnamed one, "PORT_API" of "api". Lives in the arena. */
struct str naming_port_variable(struct arena *arena, struct str server);

#endif
