/* regex_reader: a pattern that is being read, what the files that read it share; private to them. */
#ifndef TOVA_ANALYSIS_REGEX_READER_H
#define TOVA_ANALYSIS_REGEX_READER_H

#include "analysis/regex_syntax.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* More than these are not looked at: the pattern is unknown then. */
enum { REGEX_NAMES_MOST = 32, REGEX_DEPTH_MOST = 64 };

struct regex_reader {
    struct str text; /* the pattern */
    size_t at;
    bool strict;                  /* flag u or v: nothing is taken for itself that has a meaning */
    bool sets;                    /* flag v */
    uint32_t groups;              /* that capture */
    struct str names[REGEX_NAMES_MOST]; /* of those that have one */
    unsigned name_count;
    bool lookbehind[REGEX_DEPTH_MOST]; /* the open groups: may no quantifier stand behind them? */
    unsigned depth;
    struct regex_finding finding;
};

/* The byte `ahead` of where the reader stands; 0 behind the end. */
char regex_byte(const struct regex_reader *reader, size_t ahead);
bool regex_is_over(const struct regex_reader *reader);
/* Moves behind the word if it stands here. */
bool regex_take(struct regex_reader *reader, const char *word);

/* What stands from `start` to the reader is wrong; the first such finding stays. The message is a sentence. */
void regex_wrong(struct regex_reader *reader, size_t start, const char *message);
/* Something that engines differ in. */
void regex_unknown(struct regex_reader *reader);

/* `name>`; moves behind it. False when there is no name, or one that is not looked at here. */
bool regex_take_name(struct regex_reader *reader, struct str *name);
/* Where one was not found: it is wrong, unless it may be one of letters that are not looked at. */
void regex_no_name(struct regex_reader *reader, size_t start);
bool regex_has_name(const struct regex_reader *reader, struct str name);

/* Reads an escape, from its backslash on. The value of the character, -1 for a set or a reference. (regex_escapes.c) */
int64_t regex_escape(struct regex_reader *reader, bool in_class);

#endif
