/* types: what a declared type means, as data: read from an annotation of this file, or from the words of another file's
 * summary, which mean what they mean there. Aliases and conditions (`type Age = Int where { … }`) are what they stand for.
 *
 * TYPE_UNKNOWN is everything that is not said for certain: no annotation, `Any`, a type variable, a trait, a class of
 * JavaScript. It fits everything and everything fits it: types are gradual (language.md, "Types").
 */
#ifndef TOVA_ANALYSIS_TYPES_H
#define TOVA_ANALYSIS_TYPES_H

#include "analysis/typer.h"

enum type_kind {
    TYPE_UNKNOWN,
    TYPE_NIL,
    TYPE_BOOL,
    TYPE_INT,
    TYPE_FLOAT,
    TYPE_NUMBER, /* one of both, which is not said */
    TYPE_STRING,
    TYPE_LIST,   /* parts: its elements' type */
    TYPE_TUPLE,  /* parts: each element's */
    TYPE_FUNCTION,
    TYPE_RECORD, /* an object: of the fields of `record` or `words`, or of whatever fields */
    TYPE_OPTION, /* parts: what Some carries */
    TYPE_RESULT, /* parts: what Ok and Err carry */
    TYPE_NAMED,  /* a type of the program with fields or variants: `named` */
    TYPE_MODEL,  /* a record of a table; `named` is the model where that is known */
    TYPE_UNION   /* parts: the alternatives; `T?` is T or nil */
};

struct type {
    enum type_kind kind;
    struct known_type named;
    const struct type *parts;
    unsigned count;
    struct str text; /* as it is written; empty where nobody wrote it */
    node_id record;   /* of a TYPE_RECORD: `{ done: Bool }` in this file, or 0 */
    struct str words; /* of one of another file: the same, in the words of `named.member`; or empty */
    const struct str *literal; /* of a TYPE_STRING that is one text (`"calm" | "wild"` are two): that text, or NULL */
    bool loose;      /* may be nil, or a value of another type with such fields: fits wherever one of these does */
};

/* The type between parentheses that only group, as in `((Int) -> Int)?`: a tuple of one is its element. */
node_id types_bare(const struct syntax_tree *tree, node_id type);

/* What an annotation of this file means. Everything lives in the typer's arena or in what it borrows. */
struct type types_annotation(struct typer *typer, node_id written);

/* The type of one text alone, of a string node of this file; unknown for one with interpolations. */
struct type types_of_text(struct typer *typer, node_id string);

/* What the words of a type mean in the declaration `from`, of whichever file. */
struct type types_written(struct typer *typer, struct package_symbol from, struct str text);

/* The type that a symbol of this file declares, or that one of another file does; unknown for what is no type. */
struct type types_of_symbol(struct typer *typer, uint32_t symbol);
struct type types_of_member(struct typer *typer, struct package_symbol member);

/* The symbol of this file that a block-level symbol is; 0 when another file declares it. */
uint32_t types_own_symbol(const struct typer *typer, struct package_symbol member);

/* Is it known which fields it has? */
static inline bool types_has_fields(struct type type) {
    return type.kind == TYPE_NAMED || (type.kind == TYPE_RECORD && (type.record != NODE_NONE || type.words.size > 0));
}

/* The fields of a TYPE_RECORD whose fields are known, one after another, by their names; what they hold is not read. */
struct record_walk {
    struct str name; /* of the field that was reached */
    struct type record;
    node_id field, next; /* of this file, or: */
    size_t at;
    struct str words;
};
struct record_walk types_record_walk(const struct typer *typer, struct type record);
/* Goes to the first field, then to the next one; false behind the last. */
bool types_record_next(const struct typer *typer, struct record_walk *walk);

/* A field of a type of the program. */
struct type_field {
    atom_id name;
    struct type type;
    bool has_default;
};

/* The fields of a TYPE_NAMED, from 0; false behind the last, and for a type with variants. */
bool types_field_at(struct typer *typer, struct type type, unsigned index, struct type_field *field);

/* The field of what has fields, or of a variant of it, by its name; unknown where there is none. */
struct type types_field(struct typer *typer, struct type type, atom_id name);

/* The name of a TYPE_NAMED. */
atom_id types_name(const struct typer *typer, struct type type);

/* The only alternative of `T?` that a value which is not nil can be; every other type as it is. */
struct type types_without_nil(struct type type);

/* `T?` of T. */
struct type types_or_nil(struct typer *typer, struct type type);

/* How people write it: "Int", "[User]", "a function" has "Function". Lives in the arena. */
struct str types_text(struct typer *typer, struct type type);

/* Does a value of one type do where another is declared? */
enum type_fit {
    TYPE_FITS,    /* for all that is known */
    TYPE_NARROWS, /* a Float where an Int is declared: what it has behind the point is lost */
    TYPE_MISFITS  /* certainly not */
};
enum type_fit types_fit(struct typer *typer, struct type declared, struct type value);

#endif
