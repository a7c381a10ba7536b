/* encode: what the answers of several methods share; byte offsets become positions here and nowhere else.
 */
#ifndef TOVA_SERVER_LSP_ENCODE_H
#define TOVA_SERVER_LSP_ENCODE_H

#include "parser/text/position.h"
#include "server/lsp/dispatch.h"

struct encoder {
    struct json_writer *json;
    struct arena *arena;
    const struct lsp_host *host;
    const struct initialize_params *client;
    enum position_encoding encoding;
    struct stop stop; /* of the request, whose answer is then thrown away */
};

/* An encoder that writes to `json` for the client of `dispatch`. */
struct encoder encoder_of(struct dispatch *dispatch, struct json_writer *json);

/* A place in the words of the protocol. */
struct location {
    struct str uri;
    struct range range;
    struct range whole; /* of the declaration whose name the range is; else the range */
};

struct location_list {
    VEC(struct location) list;
};

/* Turns places into locations. False when the text that some place counts in is gone: that place is left out, the host
 * has indexed its file again, and asking again gives places that fit. False too when the request is to end. Lives in the arena. */
bool encode_locate(struct encoder *encoder, const struct place_list *places, struct location_list *locations);

/* Members of an object that is open. */
void encode_position(struct json_writer *json, const char *key, struct position position);
void encode_range(struct encoder *encoder, const char *key, struct range range);
void encode_span(struct encoder *encoder, const char *key, const struct text *text, struct span span);
void encode_locations(struct encoder *encoder, const struct location_list *locations);
/* LocationLinks from a place of the document. */
void encode_links(struct encoder *encoder, const struct location_list *locations, struct range origin);

/* A member with MarkupContent. */
void encode_markdown(struct json_writer *json, const char *key, struct str text);

/* A range as JSON, for what is written many times. Lives in the arena. */
struct str encode_range_text(struct encoder *encoder, struct range range);

/* The params of textDocument/publishDiagnostics. `text` NULL stands for a document that is closed: an empty list without
 * version. */
void encode_diagnostics(struct encoder *encoder, struct str path, int64_t version, const struct text *text,
                        const struct diagnostic_list *diagnostics);

/* One diagnostic of the file at `path`, whose text is `text`. */
void encode_diagnostic(struct encoder *encoder, const struct diagnostic *diagnostic, struct str path,
                       const struct text *text);

/* A WorkspaceEdit: by versions of the documents where the client understands them (documentChanges), else `changes`. False
 * when the text that some edit counts in is gone: nothing is written, the host has indexed its file again, and asking again
 * gives edits that fit. False too when the request is to end. */
bool encode_edits(struct encoder *encoder, const struct edit_list *edits);

/* The same with a warning, which the client shows before it makes the edits (changeAnnotations). Where it cannot
 * (client->change_annotations), or the warning is empty, it is encode_edits(). */
#define ANNOTATION_ID "warning"
bool encode_edits_warned(struct encoder *encoder, const struct edit_list *edits, const char *label, struct str warning);

/* Would encode_edits() write them? */
bool encode_edits_are_there(struct encoder *encoder, const struct edit_list *edits);

#endif
