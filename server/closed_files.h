/* closed_files: files that are not open, as emission needs them: read, parsed and analysed, and kept for the next keystroke.
 *
 * Closed files cost the daemon their summary only, except while somebody looks at what their package is emitted to: then reading
 * all of them again for each letter would be most of the work. A file is kept for as long as the disk says that it is the same
 * (by size and time) and each round asks for it; closed_files_sweep ends a round.
 */
#ifndef TOVA_SERVER_CLOSED_FILES_H
#define TOVA_SERVER_CLOSED_FILES_H

#include "server/project.h"

struct closed_file;

struct closed_files {
    struct closed_file *first;
    struct atom_table *atoms;     /* borrowed */
    struct syntax_parser *parser; /* borrowed */
};

/* Holds nothing yet; atoms and parser must outlive it. */
void closed_files_init(struct closed_files *files, struct atom_table *atoms, struct syntax_parser *parser);
void closed_files_finish(struct closed_files *files);

/* The file at a path, with its analysis; false when it cannot be read. Borrowed until the next but one sweep. */
bool closed_files_open(struct closed_files *files, struct str path, struct project_source *source);

/* Forgets what nobody has asked for since the sweep before. */
void closed_files_sweep(struct closed_files *files);

#endif
