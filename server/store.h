/* store: the open documents: their text, tree and analysis, always those of the newest version.
 *
 * Changes are applied to the text at once; tree and analysis follow when somebody asks or at the end of a batch of
 * messages, so a burst of changes is parsed once. Knows bytes and positions, not messages. A change that does not fit the
 * text leaves the text alone and marks the document as out of step until its whole text comes.
 */
#ifndef TOVA_SERVER_STORE_H
#define TOVA_SERVER_STORE_H

#include "analysis/check.h"
#include "parser/base/arena.h"
#include "parser/syntax/tree.h"
#include "parser/text/position.h"
#include "parser/text/text.h"
#include "server/workspace.h"

#include <stdbool.h>
#include <stdint.h>

struct document {
    struct document *next; /* in order of opening */
    struct str uri, path;  /* owned; the path is the URI when it is no file's */
    int64_t version;
    struct text *text;
    struct text *saved; /* as the client last saved it; NULL: not known, or somebody else has written the file since */
    struct syntax_tree *tree;       /* of an older text while `parsed` is false; NULL before the first parse */
    struct file_analysis *analysis; /* of tree; in the first of `arenas` or in the other one, by turns */
    struct summary *summary;        /* of that analysis, shared with the workspace; NULL before the first one */
    struct arena arenas[2];
    unsigned arena;                 /* the index of that arena */
    struct check_memory check;      /* what was found in it last */
    struct syntax_edit edit; /* from the tree's text to `text`, while not parsed and not `rewritten` */
    bool parsed;
    bool rewritten;           /* the whole text was replaced: parse from scratch */
    bool edited;              /* the tree was made by editing another: a fresh parse may be better */
    bool out_of_step;         /* a change did not fit; what the client shows is not known */
    bool unsaved;             /* changed since it was opened or saved */
    bool unchecked;           /* diagnostics of this version have not been told */
    struct arena errors_arena;
    struct diagnostic_list errors; /* of that check, without their messages; in `errors_arena` */
    bool errors_known;
    uint64_t checked_surface; /* of the package, when it was checked */
    uint64_t checked_texts;   /* the same of its texts, when a diagnostic names a place in another file; else 0 */
    uint64_t compared_at;     /* version of the workspace when its surface was compared with that */
    uint64_t changed_at;      /* number of the newest change, among those of all documents */
};

struct store {
    struct document *first;
    struct workspace *workspace;
    uint32_t count;
};

/* A store without documents over a workspace that must outlive it. */
void store_init(struct store *store, struct workspace *workspace);
void store_finish(struct store *store);

/* The open document of a path, or NULL. */
struct document *store_find(const struct store *store, struct str path);

/* Opens a document, or gives an open one this text. */
struct document *store_open(struct store *store, struct str path, struct str uri, int64_t version, struct str text);

/* Closes it and frees all it had. */
void store_close(struct store *store, struct document *document);

/* Replaces the whole text; the document is in step again. */
void document_set_text(struct document *document, struct str text);

/* Replaces a range. False when the text has no such range: nothing is changed and the document is out of step. While
 * it is, ranges are not applied and true is returned. */
bool document_edit(struct document *document, struct range range, enum position_encoding encoding, struct str text);

/* The client has written the text to the file. */
void document_saved(struct document *document);

/* Somebody has written the file: what the client saved is not in it any more when `disk`, which may be NULL, is another text. */
void document_file_changed(struct document *document, const struct text *disk);

/* Brings tree, analysis and the summary in the workspace up to the text. */
void store_update(struct store *store, struct document *document);

/* Parses from scratch what was parsed by editing and has errors, since recovery may differ; true when the tree changed. */
bool store_heal(struct store *store, struct document *document);

#endif
