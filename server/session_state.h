/* session_state: what the files of the session share; nobody else includes it.
 *
 * session.c runs the loop and the lifecycle, session_documents.c answers for documents, session_diagnostics.c checks them,
 * session_indexing.c follows the files that are not open,
 * session_outputs.c emits packages for the preview, session_compile.c writes them on save.
 */
#ifndef TOVA_SERVER_SESSION_STATE_H
#define TOVA_SERVER_SESSION_STATE_H

#include "parser/base/arena.h"
#include "parser/base/strbuf.h"
#include "parser/base/vec.h"
#include "server/closed_files.h"
#include "server/crash.h"
#include "server/indexer.h"
#include "server/io/loop.h"
#include "server/io/transport.h"
#include "server/io/wakeup.h"
#include "server/io/watch.h"
#include "server/log.h"
#include "server/lsp/dispatch.h"
#include "server/lsp/framing.h"
#include "server/lsp/methods/compile.h"
#include "server/mirror.h"
#include "server/reader.h"
#include "server/store.h"
#include "server/workspace.h"

/* When what was saved is compiled: at once, or when nobody has typed for a moment, so that many saves are one. Text that is not
 * saved is never compiled. */
enum compile_when { COMPILE_OFF, COMPILE_ON_SAVE, COMPILE_ON_IDLE };

enum { SESSION_RETRY_MILLISECONDS = 200 };

/* What the package of a document is emitted to as things are; of the one that was asked about last. */
struct session_outputs {
    struct project project;
    struct project_unit *unit;
    struct emission emission;
    struct emission before; /* the newest one of an older version, whose text is taken over; or empty */
    bool *made; /* by the index of an output; in the project's arena */
    bool loaded;
    uint64_t version; /* of the workspace */
    struct closed_files closed;
};

/* LSP 3.17 "TraceValue". */
enum trace { TRACE_OFF, TRACE_MESSAGES, TRACE_VERBOSE };

struct session {
    struct loop *loop;
    struct transport *transport;
    struct wakeup *parent_watch; /* looks whether the editor's process is still there */
    struct wakeup *heal;         /* runs out when nobody has typed for a while */
    struct wakeup *rest;         /* runs out later, and memory goes back to the system */
    struct wakeup *last_flush;   /* ends the process when a client does not read what it is sent at the end */
    struct idle *turn; /* works on what is to be done, a few milliseconds a turn */
    struct watch *watch; /* of the folders, when the client does not watch them; else NULL */
    struct log log;
    enum trace trace;
    struct mirror mirror;
    struct crash crash;
    const char *crash_folder;
    struct framing framing;
    struct strbuf frame; /* the message that is being framed */
    struct lsp_host host;
    struct dispatch dispatch;
    struct workspace *workspace;
    struct indexer *indexer;
    struct store store;
    struct reader reader;
    enum position_encoding encoding;
    int64_t parent;          /* process number of the editor, or 0 */
    struct arena arena;      /* of the folders */
    VEC(struct str) folders; /* of `initialize`, until `initialized` */
    struct arena changed_arena;    /* of the paths below */
    VEC(struct str) changed_files; /* changed on disk, and not looked at yet from `changed_next` on */
    unsigned changed_next;
    struct arena batch;      /* of the saved paths */
    VEC(struct str) saved;   /* files saved in this batch of messages */
    struct arena held_arena;
    VEC(struct str) held;    /* files that were saved while somebody else wrote into the output folder */
    struct wakeup *retry;    /* compiles those */
    struct str told_holder;  /* the process of which the user was told last that it keeps the output folder up to date */
    struct session_outputs outputs;
    enum compile_when compile_when;
    bool trusted, read_only;
    uint64_t changes;        /* how often the text of some document was changed */
    bool started;            /* `initialized` has come */
    bool listening;          /* a handler runs: what comes is received and not handled */
    bool stream_broken;      /* nobody can say where the next message begins */
    bool input_ended;        /* nothing more comes; what has come is still handled */
    bool ending;
    int exit_code;
    uint64_t born;           /* clock at the start */
    bool status_told;        /* tova/serverStatus was sent, and said: */
    enum health told_health;
    bool told_quiescent;
    uint64_t checking_since; /* clock when the check was begun that has been interrupted since; 0: none */
    uint64_t handling_since; /* clock when the newest message was taken up */
};

/* ---- session_log.c */

/* Logs a warning by format, and tells the client. */
void session_log(struct session *session, const char *format, ...) __attribute__((format(printf, 2, 3)));
/* The same at another level; what is no warning or error stays in the log. */
void session_log_at(struct session *session, enum log_level level, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

/* What the client wants to be told with $/logTrace: "off", "messages" or "verbose"; another word changes nothing. */
void session_set_trace(struct session *session, struct str value);

/* Fills in the host's functions about logs and traces. */
void session_host_log(struct lsp_host *host);

/* ---- session.c */

/* Something may have to be done: checked, told, compiled. It is done after the messages that wait. */
void session_wake(struct session *session);

/* ---- session_documents.c */

/* Fills in the host's functions about documents and files. */
void session_host_documents(struct lsp_host *host);

/* Is the file open? For the workspace. */
bool session_is_open(void *context, struct str path);

/* Brings trees, analyses and summaries of all documents up to their texts. */
void session_update(struct session *session);

/* ---- session_indexing.c */

/* Fills in the host's functions about files that are not open. */
void session_host_indexing(struct lsp_host *host);

void session_start_indexing(struct session *session);

/* Has a folder of the client's indexed, and watched when the client does not do that. */
void session_add_folder(struct session *session, struct str folder);

/* Something has happened to a file or folder on disk: reads it again, at once when there is time. */
void session_file_changed(struct session *session, struct str path);

/* Reads one of the files for which there was no time; false when there is none. */
bool session_refresh_next(struct session *session);

/* ---- session_diagnostics.c */

/* Fills in the host's function about diagnostics. */
void session_host_diagnostics(struct lsp_host *host);

/* Checks one document whose diagnostics may be others than were told, and tells them; the one that was changed last comes first.
 * False when there is none. */
bool session_check_next(struct session *session);

/* ---- session_marks.c */

/* The host's `marks`. */
const uint8_t *session_marks(void *context, struct str path, const struct syntax_tree *tree);

/* ---- session_outputs.c */

void session_outputs_init(struct session *session);
/* Frees what is kept of outputs and of files that are not open; it is made again when somebody asks. */
void session_outputs_forget(struct session *session);

/* Loads the project at a path with what is open; `saved_only`: buffers with unsaved changes do not count. As project_load(). */
bool session_load(struct session *session, struct project *project, struct str path, bool saved_only);

/* Loads everything below a folder of the client's, without unsaved changes. The arena lives at least as long as the project. */
bool session_load_saved(struct session *session, struct arena *arena, struct project *project, struct str root);

/* The host's `plan` and `make`. */
const struct emission *session_plan(void *context, struct str path);
const struct emission *session_make(void *context, uint32_t output, struct stop stop);

/* ---- session_inspect.c */

/* Fills in the host's functions about the daemon itself. */
void session_host_inspect(struct lsp_host *host);

/* Tells the client of the crashes of which nobody has been told. */
void session_tell_crash(struct session *session);

/* Tells a client that wants to know how the daemon is, when that is not what it was told last. */
void session_tell_status(struct session *session);

/* ---- session_compile.c */

/* Compiles the packages of the files that were saved. */
void session_compile_saved(struct session *session);

/* Has those compiled that could not be at first. */
void session_compile_held(struct session *session);

/* The host's `compile`. */
bool session_compile(void *context, struct arena *arena, struct str path, struct compile_result *result,
                     struct str *problem);

#endif
