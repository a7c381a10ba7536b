/* demo_files: the files of the demo's editor: a temporary copy of an example, and the buffers that are open.
 *
 * A buffer may differ from its file until it is saved, as in an editor. Tells the daemon of every change through the
 * client; nothing is written outside of the temporary folder.
 */
#ifndef TOVA_SERVER_COMMANDS_DEMO_FILES_H
#define TOVA_SERVER_COMMANDS_DEMO_FILES_H

#include "parser/base/arena.h"
#include "parser/text/text.h"
#include "server/lsp/client.h"

#include <stdbool.h>

/* A buffer of the editor. */
struct demo_file {
    struct str name, path, uri;
    struct text *text;
    uint32_t version;
};

/* Finds the example `name`: in $TOVA_EXAMPLES, beside the source tree that `program` was built in, or in ./examples. False
 * after saying on standard error where it was looked for. Lives in the arena. */
bool demo_files_find(struct arena *arena, struct str program, struct str name, struct str *folder);

/* Copies the `.tova` files of a folder into a new temporary folder, below its own name, and gives that temporary folder.
 * False after saying on standard error what went wrong. */
bool demo_files_copy(struct arena *arena, struct str folder, struct str *temporary);

/* Removes the temporary folder with everything in it. */
void demo_files_remove(struct str temporary);

/* Reads a file into a buffer; false when that fails. Caller finishes. */
bool demo_file_read(struct demo_file *file, struct arena *arena, struct str folder, struct str name);
void demo_file_finish(struct demo_file *file);

/* The span of the first occurrence of `part` in the buffer; false when there is none. */
bool demo_file_find(const struct demo_file *file, struct str part, struct span *span);

/* The position of a byte as the protocol counts. */
struct position demo_file_position(const struct demo_file *file, uint32_t offset);

/* Replaces the first occurrence of `part` and tells the daemon; false when there is none. */
bool demo_file_edit(struct demo_file *file, struct client *client, struct str part, struct str replacement);

/* Writes the buffer to its file and tells the daemon; false when it cannot be written. */
bool demo_file_save(const struct demo_file *file, struct client *client);

#endif
