/* completion_provider: what the files of completion share; nobody else includes it.
 *
 * completion.c asks the providers in the order of its table; a provider whose place it is adds what belongs there and returns
 * true, even when that is nothing. completion_items.c makes items.
 */
#ifndef TOVA_SERVER_FEATURES_COMPLETION_PROVIDER_H
#define TOVA_SERVER_FEATURES_COMPLETION_PROVIDER_H

#include "analysis/builtins.h"
#include "analysis/lookup.h"
#include "analysis/models.h"
#include "analysis/type_text.h"
#include "parser/base/map.h"
#include "parser/base/strbuf.h"
#include "server/features/completion.h"
#include "server/features/cursor.h"

/* LSP CompletionItemKind, as far as symbols do not say it (symbol_kind_lsp_completion). */
enum {
    ITEM_METHOD = 2,
    ITEM_FUNCTION = 3,
    ITEM_FIELD = 5,
    ITEM_VARIABLE = 6,
    ITEM_CLASS = 7,
    ITEM_MODULE = 9,
    ITEM_PROPERTY = 10,
    ITEM_VALUE = 12,
    ITEM_KEYWORD = 14,
    ITEM_SNIPPET = 15,
    ITEM_FILE = 17,
    ITEM_FOLDER = 19,
    ITEM_ENUM_MEMBER = 20,
    ITEM_CONSTANT = 21,
    ITEM_STRUCT = 22,
    ITEM_EVENT = 23,
};

/* How near the values of a type are that is expected, by their names: `true`, `Admin`, `None`; behind what is at hand. */
enum { NEAR_CONSTANT = 9 };

struct completion {
    const struct feature_context *context;
    const struct file_analysis *file;
    const struct syntax_tree *tree;
    struct completion_list *items;
    struct str text;
    uint32_t offset;
    struct span word;             /* what has been typed of a name */
    struct token before;          /* the token before it */
    struct token before2;         /* and the one before that */
    struct block_key block;       /* the block of the place */
    bool called;                  /* an argument list follows already */
    bool plain;                   /* functions are named here, not called */
    unsigned given;               /* arguments that a pipe gives already */
    struct strbuf buffer;         /* of the text that is being composed */
    struct map seen;              /* hashes of labels */
    struct block_key facts_block; /* the block that `home` is about */
    struct str home;
    /* Found when first asked for: */
    struct frame frame;
    bool framed;
    struct typer typer;
    bool typed;
    struct str expected;
    bool expects;
};

/* ---- the whole */

/* The completions at a place by the tree that its text has. */
struct completion_list completion_list_at(const struct feature_context *context, uint32_t offset, struct str trigger);

/* The same by a text in which the line is not broken off; false where the text as it is says as much. */
bool completion_in_mended_text(const struct feature_context *context, uint32_t offset, struct str trigger,
                               struct completion_list *items);

/* ---- what is known of the place */

/* The innermost open bracket. */
const struct frame *completion_frame(struct completion *c);

/* The node whose braces or brackets are open at the place; of a block that is too long to look back over, the block. NODE_ROOT
 * outside of all. */
node_id completion_container(struct completion *c);

struct typer *completion_typer(struct completion *c);

/* The type that a value has to have at the place, as people write it; empty where that is not known. */
struct str completion_expected(struct completion *c);

/* What has been typed of the name. */
static inline struct str completion_typed(const struct completion *c) { return text_slice(c->tree->text, c->word); }

/* Is what is typed an older spelling, with `_` between its words? */
bool completion_is_older(const struct completion *c);

/* ---- items */

/* Adds an item, unless there is one with its label and `once`. */
void completion_add(struct completion *c, struct completion_item item);
bool completion_has(struct completion *c, struct str label);

void completion_add_symbol(struct completion *c, struct package_symbol member, enum completion_group group);

/* The same for a function of a server, or a model, by another name than its own: `server.list_users`, `BookModel`; `filter` is
 * what the typed letters are compared with. */
void completion_add_symbol_as(struct completion *c, struct package_symbol member, struct str label, struct str filter,
                              unsigned near);
void completion_add_local(struct completion *c, uint32_t symbol, enum completion_group group, unsigned near);
void completion_add_builtin(struct completion *c, enum builtin builtin);
void completion_add_member(struct completion *c, struct builtin_member member, enum builtin adopted,
                           struct completion_subject subject);

/* A word of the language, with what is written with it: "if ${1:condition} {\n\t$0\n}"; clients without snippets get the word. */
void completion_add_word(struct completion *c, struct str word, struct str snippet, const char *detail);

/* A plain name of a kind, in the first group. */
void completion_add_name(struct completion *c, struct str name, int kind, struct str detail);

/* "name(${1:a}, ${2:b})": a call by a signature, without the first `given` parameters and those that may be left out. */
struct str completion_call(struct completion *c, struct str name, struct str signature, unsigned given);

/* ---- providers, in the order of their table */
bool completion_in_text(struct completion *c);
bool completion_in_markup(struct completion *c);
bool completion_in_attributes(struct completion *c);
bool completion_in_content(struct completion *c);
bool completion_of_members(struct completion *c);
bool completion_of_imports(struct completion *c);
bool completion_of_new_names(struct completion *c);
bool completion_of_routes(struct completion *c);
bool completion_of_options(struct completion *c);
bool completion_of_types(struct completion *c);
bool completion_of_patterns(struct completion *c);
bool completion_of_fields(struct completion *c);
bool completion_of_pipes(struct completion *c);
bool completion_of_statements(struct completion *c);
bool completion_of_values(struct completion *c);

/* ---- parts of providers that others use too */

/* `server` in a page, and other servers by their names. */
void completion_add_servers(struct completion *c);

/* The names of JavaScript that the block has. */
void completion_add_globals(struct completion *c);

/* Is it implemented, and may be used in the block? An older spelling only where one is being typed. */
bool completion_offers_builtin(const struct completion *c, enum builtin builtin);

/* Have the typed letters a place in the name, in their order, whatever their case? */
bool completion_is_like(const struct completion *c, struct str name);

/* Names that other modules offer, with the import that they need; those whose kind `wanted` takes. */
void completion_elsewhere(struct completion *c, bool (*wanted)(const struct summary_symbol *symbol));

/* All that can be named where a value stands. */
void completion_values(struct completion *c);

/* The functions that the trait of an `impl Trait for Type` asks for and it does not have yet; none for other declarations. */
void completion_add_promised(struct completion *c, node_id impl);

/* Does a type follow the token before the place: behind a colon, an arrow, in brackets of types? */
bool completion_leads_to_type(const struct completion *c);

/* Types of the program and of the language. */
void completion_types(struct completion *c);

/* Values of an attribute, in the quotes behind it. */
void completion_attribute_values(struct completion *c, node_id attribute);

/* Files and folders that an import can name, in its quotes, of whose text `typed` stands before the place. */
void completion_paths(struct completion *c, struct str typed);

/* The names that a statement may begin with at the place, with the words of the language that begin one there. */
void completion_words(struct completion *c);

/* The columns that records of a type or model have beside its fields; none where no model, or more than one, keeps them. */
struct model_columns completion_columns(struct completion *c, struct package_symbol type);

#endif
