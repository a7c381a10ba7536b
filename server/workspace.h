/* workspace: the packages of the folders that the client has opened, known by the summaries of their files.
 *
 * The files of a folder that has a block are one package; where there is none, each file is one. Files that are open are
 * put in by the store and win over the disk; the rest is put in by the indexer, read from disk at once for the folder of a
 * file that is opened (or, where that would take long, left to a reader), and read again when something says it has changed.
 * Of a file that is not open nothing stays in memory but its summary. Used on the loop's thread only.
 */
#ifndef TOVA_SERVER_WORKSPACE_H
#define TOVA_SERVER_WORKSPACE_H

#include "analysis/package.h"
#include "parser/base/arena.h"
#include "parser/base/atom.h"
#include "parser/base/str.h"
#include "parser/syntax/tree.h"
#include "parser/text/text.h"

#include <stdbool.h>
#include <stdint.h>

struct workspace;

/* Is this file open, so that its summary comes from the editor's text? */
typedef bool workspace_is_open(void *context, struct str path);

/* Caller destroys. */
struct workspace *workspace_create(workspace_is_open *is_open, void *context);
void workspace_destroy(struct workspace *workspace);

/* The atoms of all its packages. */
struct atom_table *workspace_atoms(struct workspace *workspace);
/* The parser that all its documents share; made when it is first asked for. */
struct syntax_parser *workspace_parser(struct workspace *workspace);

/* Who reads the files of a folder for which there is no time: `later` is called with each path, and gives its summary to
 * workspace_offer. Without it all are read at once. */
void workspace_read_later(struct workspace *workspace, void (*later)(void *context, struct str path), void *context);

/* Adds a folder of the client's (absolute path), whose files the indexer reads; false when it is one already. */
bool workspace_add_folder(struct workspace *workspace, struct str folder);

/* Forgets a folder and the packages below it that hold no open file. */
void workspace_remove_folder(struct workspace *workspace, struct str folder);

/* The folder of the client's at an index; false behind the last one. Borrowed until it is removed. */
bool workspace_root(const struct workspace *workspace, unsigned index, struct str *folder);

/* The nearest folder of the client's around a path, or the path's own folder when there is none. Lives in the arena. */
struct str workspace_folder_of(const struct workspace *workspace, struct arena *arena, struct str path);

/* Is it a file of the client's: below one of its folders, or open? Others are known because something names them, and are no
 * part of what is said of the workspace as a whole. Without any folder every file is. */
bool workspace_shows(const struct workspace *workspace, struct str path);

/* Is nothing known of this file, so that the indexer should read it? */
bool workspace_lacks(const struct workspace *workspace, struct str path);

/* Puts in the summary of a file that the indexer has read, unless what is known of it is newer. Takes ownership. */
void workspace_offer(struct workspace *workspace, struct summary *summary);

/* The indexer has finished: nothing will be offered of which something newer may be known. */
void workspace_settle(struct workspace *workspace);

/* The package of a file, whose folder is read from disk when it is not known yet; for a file that is not there its folder's
 * application, else an empty one.
 * Borrowed until a file is put, read or removed. A document without a path of its own ("untitled:…") is a package by
 * itself. */
struct package *workspace_package(struct workspace *workspace, struct str path);

/* Puts in the summary of an open file. Takes ownership. */
void workspace_put(struct workspace *workspace, struct summary *summary);

/* Reads a file from disk again, or takes it out when it is gone; a folder: everything in it that is known. Files that are
 * open are left alone. A document that is no file is taken out. */
void workspace_refresh(struct workspace *workspace, struct str path);

/* The text of a file on disk when it has this hash (0: any), with a reference for the caller; else NULL, and the file is outdated:
 * it is read again by workspace_catch_up. Nothing that is known changes meanwhile. */
struct text *workspace_text(struct workspace *workspace, struct str path, uint64_t hash);

/* Reads outdated files again; to be called between two questions. False when there are none. */
bool workspace_catch_up(struct workspace *workspace);

/* Changes whenever a summary comes, goes or is replaced. */
uint64_t workspace_version(const struct workspace *workspace);

/* Calls visit for every package that is known; visit must not put in or read any. */
void workspace_each_package(struct workspace *workspace,
                            void (*visit)(void *visitor, const struct package *package), void *visitor);

/* The number of packages. */
uint32_t workspace_package_count(const struct workspace *workspace);

/* Bytes of what it knows of files, and of the names. */
struct workspace_memory {
    size_t summaries, atoms;
};
struct workspace_memory workspace_memory(const struct workspace *workspace);

/* The number of files that are known. */
uint32_t workspace_file_count(struct workspace *workspace);

#endif
