/* tree: the syntax tree of one text, and the parser that makes it; the only place that knows tree-sitter.
 *
 * A tree is an array of nodes in pre-order: node 0 is the null node (every field of it is zero, it has no children),
 * node 1 the file, and the descendants of node n are n + 1 … next(n) - 1. Node ids are valid for this tree only. Anonymous
 * tokens are nodes only where the grammar gives them a field; their kind is NODE_TOKEN. A tree is immutable. A parser is
 * used by one thread at a time; trees may be read by many.
 *
 * A text that parses with errors and whose braces do not pair up is parsed once more with repairs made (repair.h); the better
 * one of the two trees is given. A text without errors never depends on repairs.
 */
#ifndef TOVA_PARSER_SYNTAX_TREE_H
#define TOVA_PARSER_SYNTAX_TREE_H

#include "parser/base/arena.h"
#include "parser/base/str.h"
#include "parser/base/strbuf.h"
#include "parser/text/span.h"
#include "parser/text/text.h"

#include <stdbool.h>
#include <stdint.h>

enum node_kind {
    NODE_NULL, /* the null node */
#define KIND(id, name) NODE_##id,
#include "parser/syntax/kinds.def"
    NODE_TOKEN, /* an anonymous token that has a field: an operator, `async`, … */
    NODE_ERROR, /* text that fits nowhere */
    NODE_KIND_COUNT
};

enum node_field {
    FIELD_NONE,
#define FIELD(id, name) FIELD_##id,
#include "parser/syntax/kinds.def"
    FIELD_COUNT
};

typedef uint32_t node_id;
#define NODE_NONE ((node_id)0)
#define NODE_ROOT ((node_id)1)

/* The nodes start … end - 1. */
struct node_range {
    node_id start, end;
};

enum node_flag {
    NODE_HAS_ERROR = 1, /* it or something below it is NODE_ERROR, NODE_MISSING, NODE_UNTERMINATED or inserted */
    NODE_INSERTED = 2,  /* zero width, put in by the parser's recovery */
};

struct node {
    uint32_t start, end; /* bytes */
    node_id parent;
    node_id next;  /* the first node behind this one's descendants */
    uint16_t kind; /* enum node_kind */
    uint8_t field; /* enum node_field, as seen from the parent */
    uint8_t flags; /* enum node_flag */
};

/* What the library's recovery put in where a token is missing. */
struct syntax_inserted {
    node_id node;     /* a NODE_MISSING with NODE_INSERTED */
    struct str token; /* as the grammar writes it: ")" or "identifier"; borrowed forever */
};

struct repair;

/* One replacement as the library needs it: in old bytes [start, old_end), in new bytes [start, new_end). */
struct syntax_edit {
    uint32_t start, old_end, new_end;
};

/* Where statements of the file meet: what is before it was read as whole statements, of which no more need be known. */
struct syntax_joint {
    uint32_t start, end;   /* bytes; the token behind it */
    uint32_t looked;       /* bytes; the end of what was looked at from the joint before on, for that token too */
    node_id node;          /* the first one that is not before it */
    uint16_t symbol, state; /* of the token; of the automaton before it */
};

struct syntax_tree {
    struct text *text; /* a reference is held */
    struct node *nodes;
    uint32_t count;                   /* nodes, the null node included */
    struct syntax_inserted *inserted; /* in the order of their nodes */
    uint32_t inserted_count;
    node_id *faults; /* the nodes that say that something is wrong (faults.h), in order */
    uint32_t fault_count, fault_capacity;
    struct repair *repairs; /* what was mended before the text was parsed (repair.h); nodes have the text's bytes all the same */
    uint32_t repair_count;
    struct syntax_tree *raw; /* when something was mended, for syntax_reparse: the tree of the text as it is; else NULL */
    bool in_arena;       /* it and its nodes are the arena's (syntax_parse_in) */
    bool given_up;       /* reading it would have taken too long: all of it is one error */
    struct syntax_joint *joints; /* for syntax_reparse, of a text that needs no recovery: where the file's statements meet */
    uint32_t joint_count;
    void *incremental;  /* for syntax_reparse only: the library's tree, told of all edits, */
    const void **reuse; /* and what it calls each node; a node of two trees with one such name is the same in both. NULL where
                           the library has not made it */
    void *named;        /* the library's tree whose nodes these names are, where it is not the former; else NULL */
    uint32_t patches;   /* how many edits the library's tree was only told of since it was parsed */
    struct syntax_tree *base; /* of a tree without joints: the last one before that has them, or NULL; */
    struct syntax_edit since; /* and the edit from its text to this one */
    unsigned references;      /* of others: syntax_trees whose base it is */
};

struct syntax_parser;

/* A parser for one thread. Caller destroys. */
struct syntax_parser *syntax_parser_create(void);
/* A further parser, for another thread: it uses the tables of the other, which has to outlive it. */
struct syntax_parser *syntax_parser_create_like(const struct syntax_parser *other);
void syntax_parser_destroy(struct syntax_parser *parser);

/* Parses text from scratch; never fails: bad input gives a tree with errors. Takes a reference of text. Caller destroys
 * the tree. */
struct syntax_tree *syntax_parse(struct syntax_parser *parser, struct text *text);

/* The same for who reads many texts: the tree is in the arena as a rule, which has to outlive it. Caller destroys the tree
 * all the same. */
struct syntax_tree *syntax_parse_in(struct syntax_parser *parser, struct arena *arena, struct text *text);

/* The same tree, ready for syntax_reparse; takes many times as long. */
struct syntax_tree *syntax_parse_for_edits(struct syntax_parser *parser, struct text *text);

/* Parses `text`, which is old->text after `edit`, reusing what did not change if `old` came from syntax_parse_for_edits or
 * from here; `old` stays as it was, and may be kept for later ones. Caller destroys. Where the text needs no recovery, only the
 * statements of the file around the edit are read (quick_patch). The result equals a fresh parse wherever that has no errors. */
struct syntax_tree *syntax_reparse(struct syntax_parser *parser, struct syntax_tree *old, struct text *text,
                                   struct syntax_edit edit);

/* Do both trees, of one text, say the same: the same nodes, tokens put in, and repairs? */
bool syntax_tree_equal(const struct syntax_tree *a, const struct syntax_tree *b);

/* The bytes that it takes, without its text and without the library's own tree, of which nobody can say (it shares most of
 * it with the tree before). */
size_t syntax_tree_memory(const struct syntax_tree *tree);

/* NULL is allowed. */
void syntax_tree_destroy(struct syntax_tree *tree);

/* The grammar's name of a kind ("call_expression"); "null", "token" and "ERROR" for the three that it has not. */
struct str node_kind_name(enum node_kind kind);
struct str node_field_name(enum node_field field);

/* Appends the tree as an s-expression, one line a node when `lines`, tokens as their quoted text; for tests and for
 * people. Does not recurse. */
void syntax_print(const struct syntax_tree *tree, node_id node, bool lines, struct strbuf *out);

#endif
