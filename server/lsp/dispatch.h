/* dispatch: from a message to the handler that the table of methods names, and back with its answer.
 *
 * Messages are received (read, and put into a queue) and handled (taken out by their lane, queue.h) apart from each other, so
 * that what comes while a request is worked on is known at once: a cancelled request ends, wherever it is (-32800), and one of
 * lane WORKER is not begun, or ends, when the text that it asks about has been changed since (-32801). Whenever work of lane
 * WORKER asks whether it is to stop, requests of lane LATENCY that may go before it are answered within it: they change nothing that
 * it has looked at, so it goes on afterwards. For what does change something it makes room after a few milliseconds, and begins again behind it, a
 * few times at most. No other handler is entered while one runs.
 *
 * Keeps the order that the protocol demands (LSP 3.17 "Lifecycle Messages"): before `initialize` requests are refused
 * and notifications dropped, after `shutdown` requests are refused. Every request gets exactly one answer. The memory of a
 * request is one arena, which is cleared when it is answered.
 */
#ifndef TOVA_SERVER_LSP_DISPATCH_H
#define TOVA_SERVER_LSP_DISPATCH_H

#include "parser/base/arena.h"
#include "parser/base/stop.h"
#include "parser/base/strbuf.h"
#include "parser/text/diagnostic.h"
#include "server/features/inlay_hint.h"
#include "server/lsp/host.h"
#include "server/lsp/json_writer.h"
#include "server/lsp/jsonrpc.h"
#include "server/lsp/previews.h"
#include "server/lsp/latency.h"
#include "server/lsp/progress.h"
#include "server/lsp/queue.h"
#include "server/lsp/token_results.h"

enum dispatch_phase { DISPATCH_FRESH, DISPATCH_RUNNING, DISPATCH_SHUT_DOWN };

/* Why the request that is being handled is to end early. */
enum dispatch_stop { STOP_NONE, STOP_CANCELLED, STOP_MODIFIED, STOP_YIELD };

enum { DISPATCH_ASKED_MOST = 32 };

struct dispatch;

/* A request to the client whose answer is waited for. */
struct dispatch_asked {
    uint32_t id; /* 0: none */
    void (*answered)(struct dispatch *dispatch, const struct cJSON *result);
};

/* What clients show beside the text, and ask for again when they are told to. */
enum shown { SHOWN_LENSES = 1, SHOWN_HINTS = 2, SHOWN_TOKENS = 4 };

/* A message that is being handled. */
struct running {
    struct waiting *waiting;
    struct running *around;   /* what it is handled within, or NULL */
    enum dispatch_stop stop;
    uint64_t started;         /* clock */
};

struct dispatch {
    const struct lsp_host *host;
    enum dispatch_phase phase;
    enum position_encoding encoding;
    struct initialize_params client; /* its flags; the strings and arrays are not kept */
    struct queue queue;              /* received and not handled */
    struct queue sliced;             /* requests of which a part is done */
    struct running *running;         /* what is being handled, the innermost; or NULL */
    uint64_t listened;               /* clock when it was listened last while something was worked on */
    uint64_t wanted_since;           /* clock when the work that nobody has asked for was first wanted */
    bool interrupted;                /* that work is to end */
    struct arena arena;              /* of what is no message's */
    struct strbuf out;               /* the answer that is being written */
    struct strbuf around_out;        /* memory for the answer within which another one is written */
    struct strbuf note;              /* the message without being asked that is being written */
    unsigned shown;                  /* enum shown: asked for since the client was last told to ask again */
    struct inlay_settings hints;     /* which are shown */
    uint32_t first_port;             /* of the servers that `tova dev` starts; 0: the default */
    struct token_results tokens;     /* what semanticTokens has answered last */
    struct previews previews;        /* the outputs that the client looks at */
    uint32_t next_id;                /* of requests to the client */
    struct dispatch_asked asked[DISPATCH_ASKED_MOST];
    struct progress progress;
    bool endpoints_asked;           /* the client wants to hear of changes (endpoints.h) */
    uint64_t endpoints_surface;     /* of all packages with servers, when it last heard */
    struct latency latency;
    bool refreshing, refresh_again; /* the client has been asked to refresh diagnostics, and should be once more */
};

/* One request or notification while it is handled. */
struct request {
    struct dispatch *dispatch;
    const struct lsp_host *host;
    struct arena *arena;
    const struct cJSON *params;
    struct json_writer *result; /* the handler writes one value, for requests */
    struct str problem;         /* why it failed, in a sentence */
    struct stop stop;           /* long work asks it; the answer is then thrown away */
    void **state;               /* what RPC_LATER keeps until the next call, in the arena; *state is NULL at first */
};

/* A dispatcher before `initialize`; `host` must outlive it. */
void dispatch_init(struct dispatch *dispatch, const struct lsp_host *host);
void dispatch_finish(struct dispatch *dispatch);

/* Reads one body and puts it into the queue; cancels at once what it cancels. May be called while a handler runs. */
void dispatch_receive(struct dispatch *dispatch, struct str body);

/* Handles the next message that waits, or a part of a request that is handled in slices and does not wait for the index; answers
 * through the host. False when there is nothing to do. */
bool dispatch_step(struct dispatch *dispatch);

/* `stop` of the request that is being handled, for what it calls; it never stops what no request has asked for. */
struct stop dispatch_stopping(struct dispatch *dispatch);

/* Is the request that is being handled handled within another one, whose data has to stay as it is? */
bool dispatch_is_within(const struct dispatch *dispatch);

/* For work that nobody has asked for, which was first wanted at `since` (clock): requests of lane LATENCY are answered within it,
 * and it stops for what changes something, unless it has been wanted for a tenth of a second. It has to leave alone what
 * answering may use: the open documents as they are, the reader, the outputs. */
struct stop dispatch_making_room(struct dispatch *dispatch, uint64_t since);

/* For such work that has to be done to its end: the same, and it never stops. */
struct stop dispatch_attending(struct dispatch *dispatch);

/* Does a message wait? Requests that are handled in slices do not count. */
bool dispatch_waits(const struct dispatch *dispatch);

/* Answers all requests that are handled in slices with -32802, as at the end of the conversation. */
void dispatch_abandon(struct dispatch *dispatch);

/* Answers that the stream held something that is no message. */
void dispatch_refuse(struct dispatch *dispatch, enum rpc_error error, struct str problem);

/* Decodes the params by a table; false and request->problem when they do not fit. */
bool request_decode(struct request *request, const struct decode_table *table, void *params);

/* What a handler returns that can answer only when every file has been read once: RPC_LATER. It is not called before. */
enum rpc_error request_await_index(struct request *request);

/* The path by which the document of a URI is known: its path, or the URI itself when it is no file's. Lives in the arena. */
struct str request_path(struct request *request, struct str uri);

/* Writes the members of the server's capabilities, from the table of methods. */
void dispatch_write_capabilities(struct json_writer *json);

/* ---- dispatch_sending.c: what the server says */

/* Begins the answer to a request; the caller writes the result (one value) and calls dispatch_end_answer. */
void dispatch_begin_answer(struct dispatch *dispatch, struct json_writer *json, struct str id);
void dispatch_end_answer(struct dispatch *dispatch, struct json_writer *json);
void dispatch_send_error(struct dispatch *dispatch, struct str id, enum rpc_error error, struct str problem);

/* Begins a notification; the caller writes the params (one value) and calls dispatch_end. */
void dispatch_begin(struct dispatch *dispatch, struct json_writer *json, const char *method);
/* The same for a request to the client, whose result comes to `answered` (NULL result: an error; NULL function: nobody waits). */
void dispatch_begin_request(struct dispatch *dispatch, struct json_writer *json, const char *method,
                            void (*answered)(struct dispatch *dispatch, const struct cJSON *result));
void dispatch_end(struct dispatch *dispatch, struct json_writer *json);

/* A request to the client that has no params. */
void dispatch_ask(struct dispatch *dispatch, const char *method,
                  void (*answered)(struct dispatch *dispatch, const struct cJSON *result));

/* Gives an answer of the client to whoever waits for it. */
void dispatch_answered(struct dispatch *dispatch, const struct message *message);

/* Tells the client the diagnostics of a version of a document. `text` is the text that their spans count in. */
void dispatch_publish(struct dispatch *dispatch, struct str path, int64_t version, const struct text *text,
                      const struct diagnostic_list *diagnostics);

/* Asks the client for the settings of section "tova", if it can be asked. */
void dispatch_ask_configuration(struct dispatch *dispatch);

/* Has the client ask for diagnostics again, if it can; many calls in a row are one. */
void dispatch_refresh_diagnostics(struct dispatch *dispatch);

/* Has the client ask again for these of what it shows, if it can and has asked since it was told last. */
void dispatch_refresh_shown(struct dispatch *dispatch, unsigned shown);

/* Asks the client to watch Tova sources, if it can. */
void dispatch_register_watch(struct dispatch *dispatch);

#endif
