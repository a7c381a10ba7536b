/* jsonrpc: the envelope of a message: what kind it is, its id and method, its parameters as parsed JSON.
 *
 * cJSON is given only what it reads right: before it, half surrogate pairs become U+FFFD, malformed UTF-8 bytes too, and an
 * escaped NUL becomes a mark that decoding turns back (cJSON would drop the rest of the string or the whole message, and
 * a lost change means a wrong text for ever). The id is kept as the bytes that came, since numbers above 2^53 would change.
 */
#ifndef TOVA_SERVER_LSP_JSONRPC_H
#define TOVA_SERVER_LSP_JSONRPC_H

#include "parser/base/arena.h"
#include "parser/base/str.h"

#include <stdbool.h>

struct cJSON;

/* JSON-RPC 2.0 "Error object" and LSP 3.17 "ErrorCodes". */
enum rpc_error {
    RPC_NO_ERROR = 0,
    RPC_PARSE_ERROR = -32700,
    RPC_INVALID_REQUEST = -32600,
    RPC_METHOD_NOT_FOUND = -32601,
    RPC_INVALID_PARAMS = -32602,
    RPC_INTERNAL_ERROR = -32603,
    RPC_NOT_INITIALIZED = -32002,
    RPC_REQUEST_CANCELLED = -32800,
    RPC_CONTENT_MODIFIED = -32801,
    RPC_SERVER_CANCELLED = -32802,
    RPC_REQUEST_FAILED = -32803,
    RPC_LATER = 1, /* never sent: the handler has done a part and is to be called again */
};

enum message_kind { MESSAGE_INVALID, MESSAGE_REQUEST, MESSAGE_NOTIFICATION, MESSAGE_RESPONSE };

struct message {
    enum message_kind kind;
    struct str id;              /* JSON text as it came; "null" when there is none or it is not usable */
    struct str method;          /* requests and notifications */
    const struct cJSON *params; /* object or array, or NULL; owned by the document */
    struct str cancels;         /* `$/cancelRequest`: the id in its params, as it came; else empty */
    enum rpc_error error;       /* MESSAGE_INVALID: what to answer */
    const char *problem;        /*   and why, in one sentence */
    struct cJSON *document;
};

/* Reads one body. Never fails: what is no message has kind MESSAGE_INVALID. Strings live in the arena or in the message.
 * Caller finishes it. */
void message_parse(struct message *message, struct arena *arena, struct str body);

/* Frees the parsed JSON. A zeroed message is allowed. */
void message_finish(struct message *message);

/* The body with what cJSON cannot read replaced; the body itself when there is nothing to replace. Lives in the arena. */
struct str message_sanitise(struct arena *arena, struct str body);

/* The value of a JSON string with marks turned back into NUL. `text` is what cJSON made of a sanitised body and is changed in
 * place; the result borrows it. */
struct str message_string(char *text);

#endif
