/* host: what the protocol needs of the session around it, as functions that the session fills in.
 *
 * This layer declares them and the layer above implements them, so that the protocol knows no store, no disk and no loop. All
 * are called on the loop's thread; each gets `context` first.
 */
#ifndef TOVA_SERVER_LSP_HOST_H
#define TOVA_SERVER_LSP_HOST_H

#include "parser/text/text.h"
#include "server/features/feature.h"
#include "server/features/preview.h"
#include "server/lsp/introspection.h"
#include "server/lsp/params.h"

#include <stdbool.h>
#include <stdint.h>

#define HOST_ALL_OUTPUTS UINT32_MAX

/* What compiling has done with files, by their names below the output folder. */
struct compile_names {
    VEC(struct str) list;
};
struct compile_result {
    struct compile_names written, kept, removed; /* kept: broken ones, of which the last good one stays */
    uint32_t errors;                             /* of sources, and files that could not be written */
    uint64_t nanoseconds;
};

struct lsp_host {
    void *context;

    /* Sends one message; the text is borrowed for the call. */
    void (*send)(void *context, struct str body);
    void (*log)(void *context, struct str line);
    /* Reads what the client has sent by now, and gives each message to dispatch_receive(). Handles nothing. */
    void (*listen)(void *context);
    /* A clock that only goes forward, in nanoseconds. */
    uint64_t (*clock)(void *context);
    /* A request or notification of this method has been handled, in so many nanoseconds; for traces. */
    void (*handled)(void *context, struct str method, uint64_t nanoseconds);
    /* The conversation is over: ends the process with this code after what was sent has left. */
    void (*exit)(void *context, int code);

    void (*initialize)(void *context, const struct initialize_params *params, enum position_encoding encoding);
    void (*initialized)(void *context);
    void (*configure)(void *context, const struct settings_params *settings);
    void (*folders_changed)(void *context, const struct folders_params *params);
    void (*file_changed)(void *context, struct str path);
    void (*cancel_indexing)(void *context);

    void (*opened)(void *context, struct str path, const struct open_params *params);
    void (*changed)(void *context, struct str path, const struct changes_params *params);
    void (*saved)(void *context, struct str path, const struct save_params *params);
    void (*closed)(void *context, struct str path);

    /* The newest version of an open document with everything that is known of its package; false when it is not open.
     * Valid until the next call that changes something. */
    bool (*snapshot)(void *context, struct str path, struct feature_context *snapshot, int64_t *version);

    /* The text of a file of the index that has this hash, with a reference for the caller; NULL when there is none (the
     * file has changed: it is indexed again, so asking the feature again gives places that fit). */
    struct text *(*text)(void *context, struct str path, uint64_t hash);

    /* Is the text of an open document known to be what the client shows? */
    bool (*in_step)(void *context, struct str path);

    /* The client has been told the diagnostics of the newest version of an open document, because it asked. Do some
     * name a place in another file? */
    void (*diagnosed)(void *context, struct str path, bool lead_away);

    /* Is everything known of other files that open documents need? If not, it will be in a moment. */
    bool (*is_settled)(void *context);

    /* Has every file of the workspace been read once? */
    bool (*is_indexed)(void *context);

    /* Is the file part of the workspace, and not only known because another one names it? */
    bool (*is_shown)(void *context, struct str path);

    /* Calls visit with the path of every file of the workspace that is known, open or not. */
    void (*each_file)(void *context, void (*visit)(void *visitor, struct str path), void *visitor);

    /* The package of a file that is not open and the hash of its text when it was read; NULL when it is not known. */
    const struct package *(*summary)(void *context, struct str path, uint64_t *hash);

    /* Reads and analyses a file that is not open, into the snapshot's arena. The caller destroys the tree; NULL when the text has
     * not this hash any more (it is indexed again). */
    struct syntax_tree *(*read)(void *context, struct str path, uint64_t hash, struct feature_context *snapshot);

    /* All files as sources for one question about several packages, and their atoms. */
    const struct sources *(*sources)(void *context, const struct atom_table **atoms);

    /* Writes the version of an open document; false when it is not open. */
    bool (*version)(void *context, struct str path, int64_t *version);

    /* How the client names a file. Lives in the arena. */
    struct str (*uri)(void *context, struct arena *arena, struct str path);

    /* What is awaited in a file: enum node_mark of each node of `tree`, in a program that is linked with its other files; NULL when
     * that cannot be told, or the file has another tree by now. Borrowed until the next call. */
    const uint8_t *(*marks)(void *context, struct str path, const struct syntax_tree *tree);

    /* The outputs of the package of a file, planned from unsaved text (emit_plan); NULL when it has none. Borrowed until
     * something changes or another one is asked for, as is what `make` gives: the same with one output made, or with all of
     * them (HOST_ALL_OUTPUTS); NULL when it was stopped. What was made already is not made again. */
    const struct emission *(*plan)(void *context, struct str path);
    const struct emission *(*make)(void *context, uint32_t output, struct stop stop);
    /* A number that is another one whenever an emission may be. */
    uint64_t (*revision)(void *context);
    /* Compiles what is saved of the package of a file, or of all folders when the path is empty; false, and a sentence in
     * *problem, when nothing may be written. */
    bool (*compile)(void *context, struct arena *arena, struct str path, struct compile_result *result,
                    struct str *problem);

    /* What the daemon says of itself. Strings live in the arena. */
    void (*status)(void *context, struct arena *arena, struct status *status);
    /* Fills in the bytes and children of the whole. */
    void (*memory)(void *context, struct arena *arena, struct memory_part *all);
};

#endif
