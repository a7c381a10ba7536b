/* encode: results of features to JSON; byte offsets become positions here and nowhere else.
 */
#ifndef TOVA_SERVER_LSP_ENCODE_H
#define TOVA_SERVER_LSP_ENCODE_H

#include "parser/text/position.h"
#include "server/features/code_action.h"
#include "server/features/completion.h"
#include "server/features/document_symbol.h"
#include "server/features/hover.h"
#include "server/lsp/dispatch.h"

struct encoder {
    struct json_writer *json;
    struct arena *arena;
    const struct lsp_host *host;
    const struct initialize_params *client;
    enum position_encoding encoding;
};

/* An encoder that writes to `json` for the client of `dispatch`. */
struct encoder encoder_of(struct dispatch *dispatch, struct json_writer *json);

/* A place in the words of the protocol. */
struct location {
    struct str uri;
    struct range range;
};

struct location_list {
    VEC(struct location) list;
};

/* Turns places into locations. False when the text that some place counts in is gone: that place is left out, the host
 * has indexed its file again, and asking again gives places that fit. Lives in the arena. */
bool encode_locate(struct encoder *encoder, const struct place_list *places, struct location_list *locations);

void encode_range(struct encoder *encoder, const char *key, struct range range);
void encode_locations(struct encoder *encoder, const struct location_list *locations);
void encode_hover(struct encoder *encoder, const struct hover *hover, const struct text *text);
void encode_completions(struct encoder *encoder, const struct completion_list *items, const struct text *text);

/* Nested when the client can show that, else a flat list of SymbolInformation. */
void encode_symbols(struct encoder *encoder, const struct document_symbol_list *symbols, const struct text *text,
                    struct str uri);

/* The params of textDocument/publishDiagnostics. `text` NULL stands for a document that is closed: an empty list without
 * version. */
void encode_diagnostics(struct encoder *encoder, struct str path, int64_t version, const struct text *text,
                        const struct diagnostic_list *diagnostics);

/* Code actions of the document `uri`. */
void encode_code_actions(struct encoder *encoder, const struct code_action_list *actions, const struct text *text,
                         struct str path);

void encode_preview(struct encoder *encoder, const struct preview *preview, int64_t version);

#endif
