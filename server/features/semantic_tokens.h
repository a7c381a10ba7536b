/* semantic_tokens: what each name of a document is, for colours.
 *
 * A walk over the tree that asks analysis about names. A grammar of the editor knows strings, numbers and keywords (and the
 * CSS and SQL in texts); what it cannot know is told here: which names are signals, components, builtins, calls across the
 * network, and where `state` is a word of the language. For a client that uses nothing but these tokens the rest is told too.
 */
#ifndef TOVA_SERVER_FEATURES_SEMANTIC_TOKENS_H
#define TOVA_SERVER_FEATURES_SEMANTIC_TOKENS_H

#include "server/features/feature.h"
#include "server/features/token_kinds.def"

enum token_type {
#define TOKEN_ENUM(id, name) TOKEN_##id,
    TOKEN_TYPES(TOKEN_ENUM, TOKEN_ENUM)
#undef TOKEN_ENUM
        TOKEN_TYPE_COUNT
};

enum token_modifier_bit {
#define TOKEN_ENUM(id, name) TOKEN_BIT_##id,
    TOKEN_MODIFIERS(TOKEN_ENUM, TOKEN_ENUM)
#undef TOKEN_ENUM
        TOKEN_MODIFIER_COUNT
};

enum token_modifier {
#define TOKEN_ENUM(id, name) TOKEN_IS_##id = 1 << TOKEN_BIT_##id,
    TOKEN_MODIFIERS(TOKEN_ENUM, TOKEN_ENUM)
#undef TOKEN_ENUM
};

/* The legend (LSP 3.17 SemanticTokensLegend) as JSON, a string literal. */
#define TOKEN_LEGEND_FIRST(id, name) "\"" name "\""
#define TOKEN_LEGEND_NEXT(id, name) ",\"" name "\""
#define TOKEN_LEGEND                                                                                                   \
    "{\"tokenTypes\":[" TOKEN_TYPES(TOKEN_LEGEND_FIRST, TOKEN_LEGEND_NEXT) "],\"tokenModifiers\":[" TOKEN_MODIFIERS(   \
        TOKEN_LEGEND_FIRST, TOKEN_LEGEND_NEXT) "]}"

struct semantic_token {
    uint32_t start, end; /* bytes; a comment or a string may hold line ends */
    uint16_t modifiers;  /* enum token_modifier */
    uint8_t type;        /* enum token_type */
};

struct semantic_token_list {
    VEC(struct semantic_token) list; /* in order of place; none is empty, none meets another */
};

/* The tokens that touch `within` (bytes). `lexical`: also those that a grammar would know. */
struct semantic_token_list semantic_tokens(const struct feature_context *context, struct span within, bool lexical);

#endif
