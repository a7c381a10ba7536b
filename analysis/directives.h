/* directives: the words that introduce what has no grammar rule of its own (`cors { }`, `max_body n`, `on_start fn() { }`),
 * from one table that analysis and codegen share: where each may stand, what belongs to it, and which function of the
 * runtime makes it. To add one is a row in directives.def; what it does is in codegen/runtime. Binding is in
 * directives.c, checks of what is written are in check_directives.c, emission is in codegen/server_directives.c.
 */
#ifndef TOVA_ANALYSIS_DIRECTIVES_H
#define TOVA_ANALYSIS_DIRECTIVES_H

#include "analysis/symbols.h"

enum directive_id {
#define DIRECTIVE(id, word, places, body, emission, head, options, module, function) DIRECTIVE_##id,
#include "analysis/directives.def"
    DIRECTIVE_COUNT
};

enum directive_body { DIRECTIVE_HAS_OPTIONS, DIRECTIVE_HAS_STATEMENTS, DIRECTIVE_HAS_NAMES };
enum directive_emission { DIRECTIVE_IS_FEATURE, DIRECTIVE_IS_SPECIAL, DIRECTIVE_IS_INNER, DIRECTIVE_IS_MISSING };

struct directive {
    enum directive_id id;
    struct str word;
    unsigned places; /* bits 1 << enum block_kind */
    enum directive_body body;
    enum directive_emission emission;
    struct str head, options; /* in the notation of directives.def */
    struct str module;        /* file under runtime/: "http_cors.js"; empty where it is no feature */
    struct str function;      /* the name that it exports */
};

/* The directive of a word in a block of this kind; where it belongs into other blocks alone, that one; NULL when it is no
 * such word. Borrowed forever. */
const struct directive *directive_find(struct str word, enum block_kind kind);

/* The rows of the table, from 0; NULL behind the last. */
const struct directive *directive_at(unsigned index);

/* The directive that a node is in the block where it stands, or NULL. */
const struct directive *directive_of_node(const struct syntax_tree *tree, node_id node);

/* Is a directive one of the options of another: `on_open fn(ws) { }` in `ws { }`? */
bool directive_is_option(const struct syntax_tree *tree, node_id node);

/* A value between the word and the braces. */
struct directive_value {
    node_id node;
    node_id arguments; /* behind a name that is called, `env("LIMIT")`; else NODE_NONE */
};

/* The value behind `*at`, which is NODE_NONE at first and is moved; words that the head spells out are passed over. False
 * behind the last. */
bool directive_next_value(const struct syntax_tree *tree, node_id node, const struct directive *directive, node_id *at,
                          struct directive_value *value);

/* One option that is written between the braces. */
struct directive_entry {
    node_id key;
    node_id value; /* NODE_NONE: a name alone, for true */
};

/* The option behind `*at`, which is NODE_NONE at first and is moved, in all forms: `name: value`, `name fn() { }`, `name`.
 * False behind the last; whatever else stands there is passed over. */
bool directive_next_entry(const struct syntax_tree *tree, node_id block, node_id *at, struct directive_entry *entry);

/* One part of a head or one option, as the table says it. */
struct directive_part {
    struct str name;  /* of an option; of a part of a head empty */
    struct str types; /* "String | [String]" */
    bool required;
};

/* Reads the next option of `*rest`, which starts as the `options` of a directive; false behind the last. */
bool directive_next_option(struct str *rest, struct directive_part *option);

/* Reads the next part of `*rest`, which starts as the `head`; words in quotes are left out. */
bool directive_next_head(struct str *rest, struct directive_part *part);

/* The option of this name; false when there is none, and *option is then not written. */
bool directive_option(const struct directive *directive, struct str name, struct directive_part *option);

#endif
