/* framing: a stream of bytes to messages and back (LSP 3.17 "Base Protocol").
 *
 * A push parser: bytes come in pieces of any size and the messages do not depend on where they were cut. Knows nothing of
 * JSON. What is kept is bounded: headers by LIMIT_HEADER_BYTES, bodies by LIMIT_MESSAGE_BYTES; a larger body is skipped.
 * A header that cannot be understood ends the conversation, since nobody can say where the next message begins.
 */
#ifndef TOVA_SERVER_LSP_FRAMING_H
#define TOVA_SERVER_LSP_FRAMING_H

#include "parser/base/str.h"
#include "parser/base/strbuf.h"

#include <stdbool.h>
#include <stddef.h>

enum framing_status {
    FRAMING_MORE,      /* nothing complete: push more bytes */
    FRAMING_MESSAGE,   /* a body */
    FRAMING_TOO_LARGE, /* a body beyond the limit was announced; it is skipped */
    FRAMING_BROKEN,    /* the stream cannot be read any further; framing_problem says why */
};

struct framing {
    struct strbuf input;
    size_t start;   /* of what is not consumed, in input */
    size_t scanned; /* header bytes already searched, from start */
    size_t length;  /* of the announced body */
    size_t skip;    /* bytes of a body that is too large still to be dropped */
    bool in_body;
    const char *problem;
};

/* A reader at the start of a stream; framing_finish frees its buffer. */
void framing_init(struct framing *framing);
void framing_finish(struct framing *framing);

/* Adds bytes as they came; copies them. Bodies given by framing_next become invalid. */
void framing_push(struct framing *framing, struct str bytes);

/* The next complete message; to be called until it says FRAMING_MORE or FRAMING_BROKEN. *body is written for
 * FRAMING_MESSAGE and borrowed until the next push. */
enum framing_status framing_next(struct framing *framing, struct str *body);

/* Why the stream is broken, in one sentence. */
struct str framing_problem(const struct framing *framing);

/* Appends a message: header and body. */
void framing_write(struct strbuf *out, struct str body);

#endif
