/* quick_automaton: the state of the automaton of quick.c, its records, and what reads and numbers them; inside quick*.c only.
 *
 * quick.c is the automaton, quick_tree.c makes nodes of its records, quick_patch.c has it read a part of a text whose other
 * parts are known.
 */
#ifndef TOVA_PARSER_SYNTAX_QUICK_AUTOMATON_H
#define TOVA_PARSER_SYNTAX_QUICK_AUTOMATON_H

#include "parser/syntax/guard.h"
#include "parser/syntax/quick.h"
#include "parser/syntax/quick_lexer.h"

#define FIRST_STATE ((TSStateId)1)

typedef uint32_t record_id;
#define RECORD_NONE ((record_id)0)

/* A node to be: a visible token, or what a visible rule made of others. */
struct record {
    uint32_t start, end;   /* bytes */
    record_id first, next; /* child, sibling */
    record_id up;          /* the parent; set by the walk */
    uint16_t kind;
    uint8_t field;
    bool extra; /* a comment, which no production counts */
};

/* On the stack: a token, or what a rule made of several. A hidden one is just the list of the visible ones in it. */
struct item {
    uint32_t start, end;
    record_id first, last;
    TSStateId state; /* the automaton's, above it */
    TSSymbol symbol;
    bool extra;
};

/* Joints of another text from which on it has the bytes of this one. */
struct quick_known {
    const struct syntax_joint *joints;
    uint32_t next, count;
    uint32_t move; /* of bytes, from that text to this one; wraps where they move forward */
};

struct quick {
    const struct language *language;
    struct quick_lexer lexer;
    struct item *items;
    struct record *records;
    uint32_t depth, item_capacity;
    uint32_t leading; /* comments at the bottom of the stack */
    uint32_t record_count, record_capacity;
    uint64_t unasked;            /* bytes that were looked at since the guard was asked; a token counts as one more */
    struct syntax_joint *joints; /* `node` is the last record before it on the file's own level */
    uint32_t joint_count, joint_capacity;
    uint32_t looked;          /* bytes; up to where they were looked at since the last joint */
    uint32_t limit;           /* bytes; where to give up */
    struct quick_known known; /* where to stop */
    bool met;                 /* it has stopped there, at known.next */
};

/* Caller finishes. The memo is borrowed. */
void quick_init(struct quick *self, const struct language *language, struct quick_memo *memo, struct str text,
                uint32_t bytes);
void quick_finish(struct quick *self);

/* Sets the automaton to the beginning of the text, or to a joint of it, whose token it takes. */
bool quick_begin(struct quick *self, const struct syntax_joint *joint);

/* Reads from there to the end of the text, or to a joint that is known. False where the tables have no way on, or behind the
 * limit. */
bool quick_run(struct quick *self);

/* Appends what was read to the nodes of the tree, which has room, and gives the joints their nodes. */
void quick_append(struct quick *self, struct syntax_tree *tree);

#endif
