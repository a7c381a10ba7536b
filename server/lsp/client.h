/* client: the other side of the conversation: an editor's messages to `tova lsp`, and what comes back as plain data.
 *
 * For `tova demo`, which plays an editor. Speaks of positions in UTF-16 units, as most editors do. Sends and receives
 * nothing itself: what is to be sent collects in `output`, what has arrived is pushed.
 */
#ifndef TOVA_SERVER_LSP_CLIENT_H
#define TOVA_SERVER_LSP_CLIENT_H

#include "parser/base/arena.h"
#include "parser/base/strbuf.h"
#include "parser/text/position.h"
#include "server/lsp/decode.h"
#include "server/lsp/framing.h"
#include "server/lsp/jsonrpc.h"

#include <stdbool.h>
#include <stdint.h>

struct client {
    struct strbuf output; /* to be sent; whoever sends it clears it */
    struct framing input;
    uint32_t last_id;
};

/* A client that has sent nothing; client_finish frees its buffers. */
void client_init(struct client *client);
void client_finish(struct client *client);

/* Requests: each is appended to the output and answered under the id that it returns. */
uint32_t client_initialize(struct client *client, struct str root_uri);
uint32_t client_completion(struct client *client, struct str uri, struct position position);
uint32_t client_definition(struct client *client, struct str uri, struct position position);
uint32_t client_hover(struct client *client, struct str uri, struct position position);
uint32_t client_preview(struct client *client, struct str uri, struct str output);
uint32_t client_shutdown(struct client *client);

/* Notifications. client_change replaces the text of a range. */
void client_initialized(struct client *client);
void client_open(struct client *client, struct str uri, struct str text);
void client_change(struct client *client, struct str uri, uint32_t version, struct range range, struct str text);
void client_save(struct client *client, struct str uri, struct str text);
void client_exit(struct client *client);

/* A request of any method with params that are JSON already; it is answered under the id that is returned. */
uint32_t client_request(struct client *client, const char *method, struct str params);

/* Adds bytes as they came. */
void client_push(struct client *client, struct str bytes);

/* The next message that has arrived whole, false when there is none. Strings live in the arena or in the message. Caller
 * finishes it with message_finish. A stream that cannot be read gives a message of kind MESSAGE_INVALID. */
bool client_next(struct client *client, struct arena *arena, struct message *message);

/* The id that a response answers, or 0. */
uint32_t client_response_id(const struct message *message);

/* ---- what responses and notifications say; false when they say something else. Arrays and strings live in the arena or in
 * the message. */

struct client_diagnostic {
    struct range range;
    uint32_t severity;
    struct str code, message;
};

struct client_diagnostics {
    struct str uri;
    uint32_t version;         /* of the document; 0 when not told */
    struct decode_array list; /* struct client_diagnostic */
};

struct client_completion {
    struct str label, detail, documentation;
};

struct client_location {
    struct str uri;
    struct range range;
};

struct client_compiled {
    struct decode_array written, kept; /* struct str */
};

struct client_preview {
    struct str name, text;
};

bool client_read_diagnostics(const struct message *message, struct arena *arena, struct client_diagnostics *found);
bool client_read_completions(const struct message *message, struct arena *arena, struct decode_array *found);
bool client_read_location(const struct message *message, struct arena *arena, struct client_location *found);
bool client_read_hover(const struct message *message, struct arena *arena, struct str *markdown);
bool client_read_preview(const struct message *message, struct arena *arena, struct client_preview *found);
bool client_read_compiled(const struct message *message, struct arena *arena, struct client_compiled *found);

#endif
