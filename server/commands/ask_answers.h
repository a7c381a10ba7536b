/* ask_answers: the daemon's answers for people, and the edits of a rename made on disk. */
#ifndef TOVA_SERVER_COMMANDS_ASK_ANSWERS_H
#define TOVA_SERVER_COMMANDS_ASK_ANSWERS_H

#include "server/lsp/answers.h"

#include <stdbool.h>

struct ask_answer {
    struct arena *arena;
    const struct message *message; /* no error; positions in UTF-16 units */
    bool json;                     /* it is printed already */
    bool dry;                      /* nothing is written */
};

/* Prints an answer unless it is printed already, and does what it says; the status of the command: 1 when there is nothing. */
typedef int ask_tell(const struct ask_answer *answer);

ask_tell ask_tell_hover, ask_tell_locations, ask_tell_symbols, ask_tell_edits;

#endif
