/* quick_automaton: the state of the automaton of quick.c, its records, and what reads and numbers them; inside quick*.c only.
 *
 * quick.c is the automaton, quick_reader.c has what it works with from text to text, quick_tree.c makes nodes of its records,
 * quick_patch.c has it read a part of a text whose other parts are known.
 */
#ifndef TOVA_PARSER_SYNTAX_QUICK_AUTOMATON_H
#define TOVA_PARSER_SYNTAX_QUICK_AUTOMATON_H

#include "parser/syntax/guard.h"
#include "parser/syntax/quick.h"
#include "parser/syntax/quick_lexer.h"
#include "parser/syntax/quick_steps.h"

#define FIRST_STATE ((TSStateId)1)

typedef uint32_t record_id;
#define RECORD_NONE ((record_id)0)

/* A node to be: a token, or what a visible rule made of others. */
struct record {
    uint32_t start, end; /* bytes */
    record_id first;     /* child; the walk, when it is there, keeps the parent here */
    record_id next;      /* sibling */
    uint16_t kind;
    uint8_t field;
    bool extra; /* a comment, which no production counts */
};

/* On the stack: a token, or what a rule made of several. A hidden one is just the list of the visible ones in it; a token
 * without a name has no record until a rule gives it one, because most never are nodes. */
struct item {
    uint32_t start, end;
    record_id first, last;
    record_id comments; /* those behind it: the last one, whose `next` is the first one */
    TSStateId state;    /* the automaton's, above it */
    TSSymbol symbol;
};

/* Appends records to what is in the item; RECORD_NONE: none. */
static inline void list_append(struct record *records, struct item *item, record_id first, record_id last) {
    if (first == RECORD_NONE) {
        return;
    }
    if (item->first == RECORD_NONE) {
        item->first = first;
    } else {
        records[item->last].next = first;
    }
    item->last = last;
}

/* The comments behind the item become part of what is in it. */
static inline void list_append_comments(struct record *records, struct item *item, record_id comments) {
    if (comments != RECORD_NONE) {
        record_id first = records[comments].next;
        records[comments].next = RECORD_NONE;
        list_append(records, item, first, comments);
    }
}

/* Joints of another text from which on it has the bytes of this one. */
struct quick_known {
    const struct syntax_joint *joints;
    uint32_t next, count;
    uint32_t move; /* of bytes, from that text to this one; wraps where they move forward */
};

struct quick_room {
    void *of;
    uint32_t capacity;
};

struct quick_reader {
    const struct language *language;
    struct quick_memo *memo;
    struct quick_room items, records, joints; /* of nobody, while a text is read: the automaton has them */
};

struct quick {
    const struct language *language;
    struct quick_reader *reader; /* that gets its room back */
    struct quick_lexer lexer;
    struct item *items;
    struct record *records;
    struct quick_steps *steps;
    uint32_t depth, item_capacity;
    uint32_t record_count, record_capacity;
    uint32_t at;                 /* bytes; behind the last token or comment that was shifted */
    bool every;                  /* each token is a record, whether it has a name or not */
    uint64_t unasked;            /* bytes that were looked at since the guard was asked; a token counts as one more */
    struct syntax_joint *joints; /* `node` is the last record before it on the file's own level */
    uint32_t joint_count, joint_capacity;
    uint32_t looked;          /* bytes; up to where they were looked at since the last joint */
    uint32_t limit;           /* bytes; where to give up */
    struct quick_known known; /* where to stop */
    bool met;                 /* it has stopped there, at known.next */
};

/* With room for `bytes` of the text, and more when more are read. The reader is borrowed, and reads one text at a time.
 * Caller finishes. */
void quick_init(struct quick *self, struct quick_reader *reader, struct str text, uint32_t bytes);
void quick_finish(struct quick *self);

/* Sets the automaton to the beginning of the text, or to a joint of it, whose token it takes. */
bool quick_begin(struct quick *self, const struct syntax_joint *joint);

/* Reads from there to the end of the text, or to a joint that is known. False where the tables have no way on, or behind the
 * limit. */
bool quick_run(struct quick *self);

/* Appends what was read to the nodes of the tree, which has room, and gives the joints their nodes. */
void quick_append(struct quick *self, struct syntax_tree *tree);

#endif
