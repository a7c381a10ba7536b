/* guards: the conditions that a route may name behind `with` without declaring them, from guards.def; shared by analysis and
 * codegen. Those that a program declares itself are functions like any other.
 */
#ifndef TOVA_ANALYSIS_GUARDS_H
#define TOVA_ANALYSIS_GUARDS_H

#include "parser/base/str.h"

struct guard {
    struct str word;
    struct str head;     /* types of its arguments, in the notation of directives.def */
    struct str module;   /* file under runtime/ */
    struct str function; /* the name that it exports */
};

/* The guard of a word, borrowed forever; NULL when it is none. */
const struct guard *guard_find(struct str word);

/* The guards, from 0 in the order of the table; NULL behind the last. */
const struct guard *guard_at(unsigned index);

#endif
