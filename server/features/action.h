/* action: what the providers of code actions share; private to action_*.c and code_action.c.
 *
 * A provider adds its actions to the maker's list and nothing else. Texts that it makes live in the context's arena.
 */
#ifndef TOVA_SERVER_FEATURES_ACTION_H
#define TOVA_SERVER_FEATURES_ACTION_H

#include "server/features/code_action.h"

#include "parser/syntax/node.h"

struct action_maker {
    const struct feature_context *context;
    struct arena *arena;
    const struct file_analysis *file;
    const struct syntax_tree *tree;
    struct span span;
    bool edits; /* as in struct code_action_query */
    enum code_action_kind kind;
    enum code_action_provider provider;
    struct diagnostic_list diagnostics; /* of the file, once `checked` */
    bool checked;
    struct code_action_list *list;
};

#define ACTION_PROVIDER(id, kind, function) void function(struct action_maker *maker);
#include "server/features/code_actions.def"

/* The diagnostics of the file, its own and those that need the package; found when first asked for. */
const struct diagnostic_list *action_diagnostics(struct action_maker *maker);

/* Does what is selected touch a span? */
bool action_touches(const struct action_maker *maker, struct span span);

/* Adds an action with a title by format; valid until the next one is added. */
struct code_action *action_add(struct action_maker *maker, const char *title, ...) __attribute__((format(printf, 2, 3)));

/* Adds an edit of the context's file, or at a place of another one, to an action. */
void action_edit(struct action_maker *maker, struct code_action *action, struct span span, struct str replacement);
void action_edit_at(struct action_maker *maker, struct code_action *action, struct place place, struct str replacement);

/* ---- action_text.c: where and how things are written */

/* The white space that the line of the offset (bytes) begins with; borrowed from the text. */
struct str action_indentation(const struct syntax_tree *tree, uint32_t offset);

/* Does nothing but white space stand before the offset on its line? */
bool action_starts_line(const struct syntax_tree *tree, uint32_t offset);

/* The span of whole lines when nothing else stands on them: from the start of the first to behind the end of the last. */
struct span action_whole_lines(const struct syntax_tree *tree, struct span span);

/* The start of the comments that stand directly above a node among its siblings, else of the node. */
uint32_t action_start_with_comments(const struct syntax_tree *tree, node_id node);

/* Lines of a span's text with `indentation` in place of what its first line begins with. As it is where a string has several
 * lines, whose text may not change. */
struct str action_reindented(struct action_maker *maker, struct span span, struct str indentation);

/* A name like `wish` that nothing in the file or visible in `block` has, and that is no word of the language. */
struct str action_new_name(struct action_maker *maker, uint32_t block, struct str wish);

/* A name for the value of an expression: `user` of `server.get_user(id)`, `title` of `ticket.title`. */
struct str action_value_name(struct action_maker *maker, node_id expression);

/* The member of a block, or the statement at module level, that holds a node. */
node_id action_member_of(const struct syntax_tree *tree, node_id node);

/* Is the node (a member, or a statement) a direct part of a block of the application, or of the file? */
bool action_is_member(const struct syntax_tree *tree, node_id node);

/* ---- action_organize.c */

/* What an import becomes without the names that nothing uses, and what of the text that replaces; false where it cannot be told
 * apart from what stands around it. */
bool action_import_without_unused(struct action_maker *maker, node_id import, struct span *span, struct str *text);

/* ---- action_offers.c */

/* Adds the edits that import every unknown name of the file that exactly one other file offers. */
void action_unique_imports(struct action_maker *maker, struct edit_list *edits);

/* ---- action_parameters.c: the parameters that a call asks for */

/* "(name, email: String)": named after the arguments, and typed where their types are known and `block` knows them too. */
struct str action_parameters(struct action_maker *maker, node_id arguments, struct block_key block);

/* ---- action_types.c: types as people write them; empty where they are not known, say nothing, or have names that code of `block`
 * does not know */

struct str action_type_of(struct action_maker *maker, node_id expression, struct block_key block);
struct str action_type_of_symbol(struct action_maker *maker, uint32_t symbol, struct block_key block);

/* What is expected of an expression where it stands: by the annotation of what it is given to, as the result of its function, as
 * an argument, as a condition. */
struct str action_expected(struct action_maker *maker, node_id expression, struct block_key block);

/* ---- action_selection.c: what is selected, as expressions and statements */

struct selection {
    struct span span;    /* without white space around it */
    node_id expression;  /* exactly what is selected, and a value; else NODE_NONE */
    node_id first, last; /* whole statements of one container, or NODE_NONE */
};

/* NODE_NONE everywhere when only a part of something is selected, or nothing. */
struct selection action_selection(const struct action_maker *maker);

/* What stands around an expression, up to where a statement may be put before it. */
enum surrounding_kind {
    SURROUNDING_NONE,      /* it cannot be computed any earlier: a part of a loop's condition, of a pattern … */
    SURROUNDING_STATEMENT, /* `node` is a statement of a block, of a component or of the file */
    SURROUNDING_BODY,      /* `node` is the body of a lambda or an arm, an expression that can become a block */
};
struct surrounding {
    enum surrounding_kind kind;
    node_id node;
    bool markup; /* markup lies between: what is read there is followed */
};
struct surrounding action_surrounding(const struct action_maker *maker, node_id expression);

/* Does the innermost block around a node hold statements, which run one after the other? The members of a block do not. */
bool action_takes_statements(const struct syntax_tree *tree, node_id node);

/* Does the code from `first` to the end of `last` speak of what only its place gives it: `it`, `_`, `.column`? */
bool action_speaks_of_its_place(const struct action_maker *maker, node_id first, node_id last);

/* Does it call a function of a server? */
bool action_calls_server(const struct action_maker *maker, struct span span);

/* Does it wait for something: for a server, by `await`, or in a function that it names? */
bool action_waits(const struct action_maker *maker, struct span span);

/* Is there a node of this kind in the span, outside of functions within it? */
bool action_holds(const struct action_maker *maker, struct span span, enum node_kind kind);

#endif
