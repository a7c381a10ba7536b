/* typer: which type of the program a value has, as far as the text says it: by an annotation, a constructor, a literal of
 * a struct, the result of a function, a field, an element of a list. Everything else is unknown, which is no mistake.
 *
 * Types are those with fields or variants; builtin ones are unknown here. With a package, types of its other files are
 * known too. Borrows the analysis and the package; answers live as long as they do.
 */
#ifndef TOVA_ANALYSIS_TYPER_H
#define TOVA_ANALYSIS_TYPER_H

#include "analysis/package.h"
#include "analysis/sources.h"
#include "analysis/symbols.h"

/* A type of this file by its symbol, or one of another file; unknown when both are nothing. */
struct known_type {
    uint32_t symbol;
    struct package_symbol member;
    bool list; /* of such values */
};

struct typer {
    const struct file_analysis *file;
    const struct package *package; /* may be NULL: this file alone */
    struct arena *arena;           /* for answers that are kept */
    struct known_type *symbols;    /* per symbol, made when it is first asked for */
    uint8_t *states;               /* per symbol: is that made, or being made? */
    struct package_symbol *imports; /* per symbol: what an import stands for, made likewise; NULL without imports */
    uint8_t *import_states;
    unsigned depth;
    unsigned texts; /* questions of type_text.h, which are bounded */
    uint32_t written[4]; /* the symbols whose assignments it looks at for them */
    unsigned written_count;
    struct telling_uses *telling; /* for them; made when it is first asked for */
    const struct sources *sources; /* for type_text.h: bodies and values of other files; NULL: they are not asked */
    struct typer *elsewhere;       /* of the first of the files that were asked; or NULL */
    struct typer *beside;          /* of the next of them */
    unsigned away;                 /* how many files lie between this one and the one that is asked about */
    struct typer_modules *modules; /* for type_text.h: those that the file imports from; made when they are first asked for */
};

/* Prepares for questions; what it needs lives in the arena. */
void typer_init(struct typer *typer, struct arena *arena, const struct file_analysis *file, const struct package *package);

static inline bool known_type_is(struct known_type type) { return type.symbol != 0 || type.member.symbol != NULL; }

/* What an import of this file stands for in its module; nothing when that cannot be told. */
struct package_symbol typer_imported(struct typer *typer, uint32_t symbol);

/* The package that holds the type: the file's own, or that of the module which it comes from; NULL when it is not known. */
const struct package *typer_package_of(const struct typer *typer, struct known_type type);

/* The type of an expression. */
struct known_type typer_expression(struct typer *typer, node_id node);

/* The list whose elements the parameter of a function without a name is handed, as in `users.map(fn(user) …)` and
 * `users |> map(fn(user) …)`; NODE_NONE for other parameters. */
node_id typer_callback_list(const struct typer *typer, const struct symbol *parameter);

/* The type that an annotation names. */
struct known_type typer_annotation(struct typer *typer, node_id node);

/* What a name means behind a dot. */
enum part_kind {
    PART_UNKNOWN,  /* nothing, as far as is known */
    PART_SYMBOL,   /* a field, method or variant of this file: `symbol` */
    PART_ELSEWHERE /* one of another file */
};
struct part {
    enum part_kind kind;
    uint32_t symbol;
    struct known_type type; /* of the part's value */
};

/* The field or method of a type, or what belongs to the type itself: a variant, a function of its `impl`. */
struct part typer_part(struct typer *typer, struct known_type type, atom_id name);

/* What a file says of a type of its own: the symbol of a field of the type or of one of its variants, of a variant, of a
 * method; 0 when there is none. */
uint32_t typer_declared_part(const struct file_analysis *file, uint32_t type, atom_id name);

/* The function that an `impl` of the file gives to the type of this name, or that its trait of this name offers; or 0. */
uint32_t typer_method(const struct file_analysis *file, atom_id type, atom_id name);

#endif
