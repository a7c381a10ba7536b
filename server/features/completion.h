/* completion: what can be written at a place.
 *
 * A list is for what has been typed so far: providers (completion_provider.h) look at the words around the place, and the first
 * one whose place it is answers, so that behind `server.` there are its functions and nothing else, and in a type's place types
 * alone. In comments, in texts that say nothing to the program, and where a new name is being given there is nothing.
 * What an item is about is kept as a subject, of which the documentation can be asked later.
 */
#ifndef TOVA_SERVER_FEATURES_COMPLETION_H
#define TOVA_SERVER_FEATURES_COMPLETION_H

#include "server/features/feature.h"

/* What stands before others; a client sorts by it before the label. */
enum completion_group {
    COMPLETION_EXACT,   /* what belongs exactly here: a field, an argument's name, a case that no arm takes */
    COMPLETION_LOCAL,   /* names of the function around */
    COMPLETION_PROGRAM, /* names of the package */
    COMPLETION_WORD,    /* keywords and what they begin */
    COMPLETION_BUILTIN,
    COMPLETION_GLOBAL,   /* names of JavaScript */
    COMPLETION_ELSEWHERE /* what has to be imported first */
};

enum completion_subject_kind {
    SUBJECT_NONE,    /* nothing more to say than `text` */
    SUBJECT_SYMBOL,  /* a block-level symbol: owner is its file */
    SUBJECT_LOCAL,   /* a symbol of the file itself: number */
    SUBJECT_BUILTIN, /* name */
    SUBJECT_MEMBER,  /* of a builtin namespace: owner */
    SUBJECT_MODEL,   /* a function of models */
    SUBJECT_OBJECT,  /* a member of an object (objects.h): number */
};

struct completion_subject {
    enum completion_subject_kind kind;
    struct str name, owner;
    struct block_key block;
    uint32_t number;
    struct str text; /* documentation that is known already */
};

struct completion_item {
    struct str label;
    int kind;              /* LSP CompletionItemKind */
    struct str parameters; /* shown right behind the label: "(name, email)", or empty */
    struct str home;       /* shown at the right: "server api", or empty */
    struct str detail;     /* signature */
    struct str filter;     /* what the typed letters are compared with; empty: the label */
    struct str insert;     /* what replaces `replace`; snippet syntax when is_snippet */
    bool is_snippet, deprecated;
    bool fits;     /* its type is the one that is expected */
    bool best;     /* the first one of those that fit: it may be chosen before anything is typed */
    unsigned near; /* within its group: smaller is nearer */
    enum completion_group group;
    struct completion_subject subject;
    struct edit_list edits; /* elsewhere in the file: imports */
};

struct completion_list {
    VEC(struct completion_item) list;
    struct span replace;  /* what has been typed of the name */
    uint32_t replace_end; /* the end of the name around the place, which a client may replace too */
    bool incomplete;      /* more letters give more */
};

/* The completions at `offset` (bytes). `trigger` is the character that made the client ask by itself, or empty: where it has nothing
 * to do with the place (`/` of a division, `"` of a text that says nothing) there are none. */
struct completion_list completions_at(const struct feature_context *context, uint32_t offset, struct str trigger);

/* What a client sorts by, "1013name": near names that fit come first, then what belongs exactly here, names of the program that
 * fit, and the groups in their order. Lives in the arena. */
struct str completion_rank(struct arena *arena, const struct completion_item *item);

/* The documentation of a subject as Markdown; empty where there is none, or what it is about has gone. */
struct str completion_documentation(const struct feature_context *context, const struct completion_subject *subject);

#endif
