/* code_action: what can be done at a place: quick fixes, refactorings, actions on the whole file, requests for others to send.
 *
 * Each action comes from a provider, a row of code_actions.def. Its edits leave a text that parses and has no errors that were
 * not there. Asked again with `edits`, a provider gives the same actions in the same order, so that a client may ask for the
 * list first and for one action's edits when it is chosen (LSP 3.17 "codeAction/resolve").
 */
#ifndef TOVA_SERVER_FEATURES_CODE_ACTION_H
#define TOVA_SERVER_FEATURES_CODE_ACTION_H

#include "parser/text/diagnostic.h"
#include "server/features/feature.h"

enum code_action_kind {
#define ACTION_KIND(id, name) ACTION_##id,
#include "server/features/code_actions.def"
    ACTION_KIND_COUNT
};

enum code_action_provider {
#define ACTION_PROVIDER(id, kind, function) ACTION_FROM_##id,
#include "server/features/code_actions.def"
    ACTION_PROVIDER_COUNT
};

/* What an action does in place of edits. */
enum code_action_deed {
    DEED_EDITS,
    DEED_CURL,  /* gives somebody `text`, a line for a shell */
    DEED_FETCH, /* the same, an expression of JavaScript */
    DEED_APPEND /* adds `text` to the requests.http of the package's folder */
};

struct code_action {
    struct str title;
    enum code_action_kind kind;
    enum code_action_provider provider;
    const struct diagnostic *diagnostic; /* that it mends, or NULL */
    bool preferred;                      /* the one to take without asking (LSP 3.17 "isPreferred") */
    struct edit_list edits;
    enum code_action_deed deed;
    struct str text; /* of a deed */
};

struct code_action_list {
    VEC(struct code_action) list;
};

struct code_action_query {
    struct span span;   /* what is selected, or an empty one at the cursor */
    unsigned kinds;     /* bits 1 << enum code_action_kind; those that are asked for */
    unsigned providers; /* bits 1 << enum code_action_provider; 0: all */
    bool edits;         /* otherwise edits that cost something are left out */
};

enum { ACTION_ALL_KINDS = (1 << ACTION_KIND_COUNT) - 1 };

/* The actions at a place, in order of the table. Edits are sorted as struct edit says. */
struct code_action_list code_actions_at(const struct feature_context *context, const struct code_action_query *query);

/* "quickfix", "refactor.extract" … Borrowed forever. */
struct str code_action_kind_name(enum code_action_kind kind);

/* The kinds that a client means by a name: `refactor` stands for `refactor.extract` too, "" for all; as bits. */
unsigned code_action_kinds_of(struct str name);

#endif
