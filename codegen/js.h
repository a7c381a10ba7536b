/* js: JavaScript as a small tree, between lowering and printing.
 *
 * Lowering builds it, js_print writes it; nobody else sees it. A node has a kind, up to four parts and a list, whose
 * meaning per kind stands in js_kinds.def. Parentheses are no nodes: the printer sets them where JavaScript needs them.
 * Everything lives in one arena. A node may stand in several places of a tree; it is not changed once it is built in.
 */
#ifndef TOVA_CODEGEN_JS_H
#define TOVA_CODEGEN_JS_H

#include "parser/base/arena.h"
#include "parser/base/vec.h"
#include "parser/text/span.h"

enum js_kind {
#define JS(id) JS_##id,
#include "codegen/js_kinds.def"
    JS_KIND_COUNT
};

enum js_flag {
    JS_IS_ASYNC = 1 << 0,
    JS_IS_GENERATOR = 1 << 1,
    JS_IS_OPTIONAL = 1 << 2,     /* `?.` before the member, index or call */
    JS_IS_EXPORTED = 1 << 3,
    JS_IS_STATIC = 1 << 4,
    JS_IS_COMPUTED = 1 << 5,     /* a property whose key stands in brackets */
    JS_BLANK_BEFORE = 1 << 6,    /* a statement: an empty line above it */
    JS_KEEPS_TWO = 1 << 7,       /* a call: the first two arguments stay on its first line (tova_el) */
    JS_IS_AWAITED_LOOP = 1 << 8, /* `for await` */
    JS_IS_BROKEN = 1 << 9,       /* a list or call that is always broken over lines */
    JS_IS_TRAILING = 1 << 10,    /* a comment that stands behind the statement before it */
    JS_IS_SHORT = 1 << 11,       /* an IF whose branches are statements without braces; a BLOCK of one statement on one line */
    JS_IS_MUTABLE = 1 << 13,     /* a NAME that may be assigned again */
    JS_IS_READ = 1 << 12,        /* a CALL that only reads a signal */
    JS_IS_REPEATABLE = 1 << 15,  /* a CALL that may be made twice without a difference */
    JS_IS_DEFAULT = 1 << 14,     /* an exported FUNCTION or CLASS: the default export */
};

/* The place of the source that a node comes from. */
struct js_place {
    uint32_t file;    /* index of the program's file + 1; 0: from nowhere */
    struct span span; /* bytes */
    struct str name;  /* the source's name when the output's differs; else empty */
};

struct js;

struct js_list {
    VEC(struct js *) of;
};

struct js {
    enum js_kind kind;
    unsigned flags;
    struct js_place place;
    struct str text;
    struct js *a, *b, *c, *d;
    struct js_list list;
};

/* A node without parts. */
struct js *js_new(struct arena *arena, enum js_kind kind);

/* A node with its text, for NAME, LITERAL and others that are only text. */
struct js *js_text(struct arena *arena, enum js_kind kind, struct str text);

/* A name; a literal printed as it is. `text` is a C literal. */
struct js *js_name(struct arena *arena, const char *text);
struct js *js_literal(struct arena *arena, const char *text);

/* A string literal with these bytes as its value. */
struct js *js_string(struct arena *arena, struct str value);

/* `object.property`; `property` is a C literal. */
struct js *js_member(struct arena *arena, struct js *object, const char *property);
/* `object[index]`. */
struct js *js_index(struct arena *arena, struct js *object, struct js *index);
/* An operator in front of its operand. */
struct js *js_unary(struct arena *arena, const char *operator, struct js *operand);
/* An operator between two values. Parentheses are the printer's affair. */
struct js *js_binary(struct arena *arena, struct js *left, const char *operator, struct js *right);
/* `left && right`, without parentheses of right's own. */
struct js *js_and(struct arena *arena, struct js *left, struct js *right);
/* `condition ? yes : no`; `no` may follow later. */
struct js *js_conditional(struct arena *arena, struct js *condition, struct js *yes, struct js *no);
/* `target = value`, or with another operator of assignment, as an expression. */
struct js *js_assign(struct arena *arena, struct js *target, const char *operator, struct js *value);
/* A call without arguments; more go to its list. */
struct js *js_call(struct arena *arena, struct js *callee);
/* A call with one argument. */
struct js *js_call1(struct arena *arena, struct js *callee, struct js *argument);
/* A call with two arguments. */
struct js *js_call2(struct arena *arena, struct js *callee, struct js *first, struct js *second);
/* `await value`. */
struct js *js_await(struct arena *arena, struct js *value);
/* `key: value` of an object; the key is printed as it is. */
struct js *js_property(struct arena *arena, struct str key, struct js *value);

/* An arrow function of the parameters in `list` (still empty) whose body is an expression or a BLOCK. */
struct js *js_arrow(struct arena *arena, struct js *body);

/* An empty BLOCK. */
struct js *js_block(struct arena *arena);
/* A BLOCK of one statement that stands on one line. */
struct js *js_short_block(struct arena *arena, struct js *statement);
/* An expression as a statement. */
struct js *js_expression_statement(struct arena *arena, struct js *expression);
/* `const target = value;` with any keyword; `value` may be NULL. */
struct js *js_declare(struct arena *arena, const char *keyword, struct js *target, struct js *value);
/* `return value;`; `value` may be NULL. */
struct js *js_return(struct arena *arena, struct js *value);
/* `if`; `yes` and `no` are statements, and `no` may be NULL. */
struct js *js_if(struct arena *arena, struct js *condition, struct js *yes, struct js *no);
/* A comment to the end of the line, from behind its `//`. */
struct js *js_comment(struct arena *arena, struct str text);

/* Appends to a list. */
void js_add(struct arena *arena, struct js_list *list, struct js *node);

/* Puts `node` in front of position `at`. */
void js_insert(struct arena *arena, struct js_list *list, unsigned at, struct js *node);

/* Is it an expression that can be evaluated twice, or earlier than others, without a difference: a literal, a name, a
 * read of a signal, members of those? */
bool js_is_stable(const struct js *node);

/* Does it wait, outside of functions within it? */
bool js_awaits(const struct js *node);

/* Does it wait or yield? JavaScript allows neither among parameters. */
bool js_pauses(const struct js *node);

/* Does a block declare a name at its top, so that its braces matter? */
bool js_declares_names(const struct js *block);

/* Does control never come to the end of a statement: it returns, throws or jumps? */
bool js_leaves(const struct js *statement);

/* Does it mean the same whatever else is done first: a literal, a name that is never assigned again, a function? */
bool js_is_constant(const struct js *node);

/* `!e`, simplified where e is a comparison or already a negation. */
struct js *js_not(struct arena *arena, struct js *expression);

#endif
