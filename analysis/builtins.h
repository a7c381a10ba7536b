/* builtins: the functions and values that every program has, from one table: name, module, signature, documentation; and
 * the names of JavaScript that a block may use. What a builtin does is in codegen/runtime. Names that Tova knows and that
 * are not implemented are builtins too: they are described, and to use one is an error that says why.
 */
#ifndef TOVA_ANALYSIS_BUILTINS_H
#define TOVA_ANALYSIS_BUILTINS_H

#include "analysis/symbols.h"
#include "parser/base/str.h"

enum builtin {
#define BUILTIN(id, name, module, side, async_twin, signature, documentation, preferred, absent) BUILTIN_##id,
#include "analysis/builtins.def"
    BUILTIN_COUNT
};

/* The code that may use a builtin: all, all but that of the browser, that of server blocks. */
enum builtin_side { BUILTIN_EVERYWHERE, BUILTIN_SERVERS, BUILTIN_SERVER_BLOCKS, BUILTIN_BROWSERS };

struct builtin_info {
    struct str name;
    struct str module;      /* file under runtime/: "core.js"; empty where it is not implemented, and for `db`, which an output
                               declares itself */
    struct str async_twin;  /* name of the function for async callbacks, or empty */
    struct str signature;   /* as Tova text */
    struct str documentation;
    enum builtin preferred; /* itself, or the spelling that took its place */
    struct str absent;      /* why it is not implemented, as sentences for people; empty where it is */
    enum builtin_side side;
};

/* A builtin that is a method too: `name.upper()`. */
struct builtin_method {
    enum builtin builtin;
    bool of_texts;
    bool of_lists;
    bool asked; /* a receiver of which nothing is known is asked for it */
};

/* A member of a builtin namespace: `get` of `http`. */
struct builtin_member {
    struct str name;
    struct str signature;
    struct str documentation;
};

/* Borrowed forever. */
const struct builtin_info *builtin_info(enum builtin builtin);

/* Finds a builtin by name; false when there is none. */
bool builtin_find(struct str name, enum builtin *builtin);

/* Finds the builtin that does the same as a method of lists (`xs.map(f)`, `xs.forEach(f)`) and that has a form for async
 * callbacks; false when there is none. */
bool builtin_of_method(struct str method, enum builtin *builtin);

/* Finds the builtin that Tova lets be called as this method of texts or lists, which JavaScript's own have not; false when
 * there is none. */
bool builtin_as_method(struct str name, struct builtin_method *method);

/* The builtins that are methods too, from 0 in the order of the table; false behind the last. */
bool builtin_method_at(unsigned index, struct builtin_method *method);

/* Must its calls be awaited? (`async fn` in its signature) */
bool builtin_is_async(enum builtin builtin);

/* Is it given calls that must not be awaited before it has them all, as `parallel` and `timeout` are? (`task` or `tasks` is
 * its first parameter) */
bool builtin_takes_tasks(enum builtin builtin);

/* Is it a type that has a value of its own, as Deque is? */
bool builtin_is_type(enum builtin builtin);

/* May code of this kind of block use it? */
bool builtin_is_for(enum builtin builtin, enum block_kind kind);

/* The members of a builtin namespace, from 0 in the order of the table; false behind the last, and for what is none. */
bool builtin_member_at(enum builtin space, unsigned index, struct builtin_member *member);

/* Finds a member by name; false when there is none. */
bool builtin_member_find(enum builtin space, struct str name, struct builtin_member *member);

/* Is it a function or a namespace without a member of this name, so that `filter.f` can mean something else? */
bool builtin_leaves_member(enum builtin builtin, struct str name);

/* Is it a type that every program has (Int, String, List …)? Classes of JavaScript are asked for as names. */
bool builtin_type_is_known(struct str name);

/* The names of those types, from 0; empty behind the last. */
struct str builtin_type_name(unsigned index);

/* The kinds of blocks whose code may use `name` of JavaScript or its host, as bits 1 << enum block_kind. */
unsigned global_blocks(struct str name);

/* The names of JavaScript and its host, from 0, with the blocks that have them; false behind the last. */
bool global_at(unsigned index, struct str *name, unsigned *blocks);

/* May code of this kind of block use `name` of JavaScript or its host (JSON, Math, WebSocket, window, Bun …)? */
bool global_is_known(struct str name, enum block_kind kind);

#endif
