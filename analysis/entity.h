/* entity: what a name stands for, in whichever file that is declared: the one answer that definition, references and rename
 * share, so that they cannot disagree.
 *
 * A declared thing is known by the file and the index of its symbol: locals, what blocks declare, fields, variants, methods,
 * parameters, members of stores. An import stands for what it imports, where that can be told, and else for itself. Nothing
 * is matched by spelling: a name is looked at where its spelling fits, and is an occurrence when it resolves to the entity.
 * Parts (`value.field`, `f(name: 1)`, `<Tag prop=…>`) resolve as far as the typer knows what stands before them.
 */
#ifndef TOVA_ANALYSIS_ENTITY_H
#define TOVA_ANALYSIS_ENTITY_H

#include "analysis/builtins.h"
#include "analysis/sources.h"
#include "analysis/typer.h"

enum entity_kind {
    ENTITY_NONE,
    ENTITY_SYMBOL,         /* `symbol` of `file` */
    ENTITY_BUILTIN,        /* `builtin` */
    ENTITY_BUILTIN_MEMBER, /* `member` */
    ENTITY_GLOBAL,         /* a name of JavaScript, or a builtin type: `name` */
    ENTITY_SERVER,         /* the server called `name`, or discovered under it */
    ENTITY_RECORD,         /* the record `{ done: Bool }` at `record` of `file`: owns its fields, and is what no name means */
};

struct entity {
    enum entity_kind kind;
    const struct file_analysis *file;
    uint32_t symbol;
    node_id record;
    enum builtin builtin;
    struct builtin_member member;
    atom_id name;
};

/* What a name means at its place. */
struct meaning {
    struct entity entity;
    struct entity field; /* of a shorthand, `{ name }`: the field that it names beside the value; else none */
    uint32_t import;     /* the symbol of this file's import that leads there, or 0 */
    enum access access;
    bool declaration;    /* here it is declared */
    bool rpc;            /* reached through `server.` or a peer */
    bool part;           /* a part of something; of what is not known when there is no entity */
    bool shorthand;      /* a field and a value at once, whether the field is known or not */
};

/* Questions about the names of one file. */
struct resolver {
    struct arena *arena;
    const struct sources *sources;
    const struct file_analysis *file;
    const struct package *package;
    struct typer typer; /* made when a type is first asked for */
    bool typed;
    unsigned depth; /* of questions within questions */
};

/* Prepares for questions about a file of a package; everything is borrowed for the resolver's life. */
void resolver_init(struct resolver *resolver, struct arena *arena, const struct sources *sources,
                   const struct file_analysis *file, const struct package *package);

/* The typer of the file. */
struct typer *resolver_typer(struct resolver *resolver);

/* What the name at a node means; no entity and no part where the node is no name. */
struct meaning resolver_meaning(struct resolver *resolver, node_id node);

/* The declared thing that a summary's symbol is; none when its file cannot be read any more. */
struct entity resolver_entity(struct resolver *resolver, struct package_symbol symbol);

/* The type of an expression or of what an annotation names; none when it is not known. A list gives its elements' type. */
struct entity resolver_type_of(struct resolver *resolver, node_id expression);
struct entity resolver_annotation(struct resolver *resolver, node_id annotation);

/* What a type, store, function, component or variant has by a name: field, variant, method, member, parameter. */
struct entity resolver_part(struct resolver *resolver, struct entity owner, atom_id name);

static inline bool entity_is(struct entity entity) { return entity.kind != ENTITY_NONE; }
bool entity_equal(struct entity a, struct entity b);

/* Of a symbol; the null symbol of others. */
const struct symbol *entity_symbol(struct entity entity);
/* The spelling at its declaration; empty for what has none. */
struct str entity_name(struct entity entity);
/* Can another file name it? */
bool entity_is_visible(struct entity entity);

#endif
