/* regex_syntax: is the text of a regular expression one that JavaScript takes? By ECMA-262, "Patterns" with its Annex B.
 *
 * A module with a wrong pattern is not even read, so nothing of it would run: the pattern is looked at here, and what is
 * wrong is told where it stands. It does not match anything. What engines differ in, or what would need the tables of
 * Unicode, is said to be unknown; it has to be built when the program runs.
 */
#ifndef TOVA_ANALYSIS_REGEX_SYNTAX_H
#define TOVA_ANALYSIS_REGEX_SYNTAX_H

#include "parser/base/str.h"
#include "parser/text/span.h"

enum regex_verdict { REGEX_RIGHT, REGEX_UNKNOWN, REGEX_WRONG };

struct regex_finding {
    enum regex_verdict verdict;
    struct span span;    /* of what is wrong, in bytes of the literal */
    const char *message; /* a sentence, when it is wrong */
};

/* The parts of a literal `/pattern/flags`. */
struct str regex_pattern(struct str literal);
struct str regex_flags(struct str literal);

struct regex_finding regex_check(struct str literal);

#endif
