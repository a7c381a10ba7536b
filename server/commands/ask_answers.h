/* ask_answers: the daemon's answers for people, and the edits of a rename made on disk. */
#ifndef TOVA_SERVER_COMMANDS_ASK_ANSWERS_H
#define TOVA_SERVER_COMMANDS_ASK_ANSWERS_H

#include "server/lsp/answers.h"

#include <stdbool.h>

struct ask_answer {
    struct arena *arena;
    const struct message *message; /* no error; positions in UTF-16 units */
    struct str uri;                /* of the file that was asked about; empty where it was none */
    bool json;                     /* it is printed already */
    bool dry;                      /* nothing is written */
};

/* Prints an answer unless it is printed already, and does what it says; the status of the command: 1 when there is nothing. */
typedef int ask_tell(const struct ask_answer *answer);

/* ---- for the files of answers */

/* The path of a URI, and its text with a reference; false when it is no file that can be read. */
bool ask_open(struct arena *arena, struct str uri, struct str *path, struct text **text);

/* "file:line:column: " and what stands behind it, or the line of the place. Counted from 1 and in characters, as people do. */
void ask_print_place(struct arena *arena, struct str path, const struct text *text, struct position at, struct str behind);

ask_tell ask_tell_hover, ask_tell_locations, ask_tell_symbols, ask_tell_edits;

#endif
