/* dispatch: from a message to the handler that the table of methods names, and back with its answer.
 *
 * Keeps the order that the protocol demands (LSP 3.17 "Lifecycle Messages"): before `initialize` requests are refused
 * and notifications dropped, after `shutdown` requests are refused. Every request gets exactly one answer. The memory of a
 * request is one arena, which is cleared when it is answered.
 */
#ifndef TOVA_SERVER_LSP_DISPATCH_H
#define TOVA_SERVER_LSP_DISPATCH_H

#include "parser/base/arena.h"
#include "parser/base/strbuf.h"
#include "parser/text/diagnostic.h"
#include "server/lsp/host.h"
#include "server/lsp/json_writer.h"
#include "server/lsp/jsonrpc.h"

enum dispatch_phase { DISPATCH_FRESH, DISPATCH_RUNNING, DISPATCH_SHUT_DOWN };

struct dispatch {
    const struct lsp_host *host;
    enum dispatch_phase phase;
    enum position_encoding encoding;
    struct initialize_params client; /* its flags; the strings and arrays are not kept */
    struct arena arena;              /* of the request that is being handled */
    struct strbuf out;               /* the message that is being written */
    uint32_t next_id;                /* of requests to the client */
    uint32_t configuration_id;       /* of the newest workspace/configuration request, or 0 */
};

/* One request or notification while it is handled. */
struct request {
    struct dispatch *dispatch;
    const struct lsp_host *host;
    struct arena *arena;
    const struct cJSON *params;
    struct json_writer *result; /* the handler writes one value, for requests */
    struct str problem;         /* why it failed, in a sentence */
};

/* A dispatcher before `initialize`; `host` must outlive it. */
void dispatch_init(struct dispatch *dispatch, const struct lsp_host *host);
void dispatch_finish(struct dispatch *dispatch);

/* Handles one body; answers through the host. */
void dispatch_message(struct dispatch *dispatch, struct str body);

/* Answers that the stream held something that is no message. */
void dispatch_refuse(struct dispatch *dispatch, enum rpc_error error, struct str problem);

/* Tells the client the diagnostics of a version of a document. `text` is the text that their spans count in. */
void dispatch_publish(struct dispatch *dispatch, struct str path, int64_t version, const struct text *text,
                      const struct diagnostic_list *diagnostics);

/* Begins a notification; the caller writes the params (one value) and calls dispatch_end. */
void dispatch_begin(struct dispatch *dispatch, struct json_writer *json, const char *method);
void dispatch_end(struct dispatch *dispatch, struct json_writer *json);

/* Asks the client for the settings of section "tova", if it can be asked. */
void dispatch_ask_configuration(struct dispatch *dispatch);

/* Asks the client to watch Tova sources, if it can. */
void dispatch_register_watch(struct dispatch *dispatch);

/* Decodes the params by a table; false and request->problem when they do not fit. */
bool request_decode(struct request *request, const struct decode_table *table, void *params);

/* The path by which the document of a URI is known: its path, or the URI itself when it is no file's. Lives in the arena. */
struct str request_path(struct request *request, struct str uri);

/* Writes the members of the server's capabilities, from the table of methods. */
void dispatch_write_capabilities(struct json_writer *json);

#endif
