/* answers: what a daemon answers, read as plain data by whoever asks it from the command line.
 *
 * Arrays and strings live in the arena or in the message. What has another form than is expected is read as nothing.
 */
#ifndef TOVA_SERVER_LSP_ANSWERS_H
#define TOVA_SERVER_LSP_ANSWERS_H

#include "server/lsp/client.h"

struct answer_symbol {
    struct str name, container;
    uint32_t kind; /* LSP SymbolKind */
    struct client_location location;
};

/* What a document declares. */
struct answer_outline {
    struct str name;
    uint32_t kind;
    struct range name_range;
    struct decode_array children; /* struct answer_outline */
};

struct answer_edit {
    struct range range;
    struct str text;
};

struct answer_file_edits {
    struct str uri;
    struct decode_array edits; /* struct answer_edit */
};

/* The result as JSON; empty when the answer is an error. Lives in the arena. */
struct str answer_json(const struct message *message, struct arena *arena);

/* Why the daemon refused; empty when it did not. */
struct str answer_problem(const struct message *message, struct arena *arena);

/* One location or a list of them: struct client_location. */
struct decode_array answer_locations(const struct message *message, struct arena *arena);

/* A flat list of symbols: struct answer_symbol. */
struct decode_array answer_symbols(const struct message *message, struct arena *arena);

/* The symbols of a document in their order, those within others behind them: struct answer_outline; the list is empty where the
 * answer is a flat one. */
struct decode_array answer_outline(const struct message *message, struct arena *arena);

/* What has to be known of the edits of a rename; mostly empty. */
struct str answer_warning(const struct message *message, struct arena *arena);

/* The documentChanges of a WorkspaceEdit: struct answer_file_edits. */
struct decode_array answer_edits(const struct message *message, struct arena *arena);

#endif
