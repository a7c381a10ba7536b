/* token_names: which kind of token a name is, by what it stands for; private to semantic_tokens.
 */
#ifndef TOVA_SERVER_FEATURES_TOKEN_NAMES_H
#define TOVA_SERVER_FEATURES_TOKEN_NAMES_H

#include "server/features/semantic_tokens.h"

/* What is looked up once and used for every occurrence. */
struct token_names {
    const struct feature_context *context;
    struct package_symbol *externals; /* per external, twice: read, called */
    uint8_t *external_known;
    struct package_symbol *imports; /* per symbol, for imports; NULL without them */
    uint8_t *import_known;
};

void token_names_init(struct token_names *names, const struct feature_context *context);

/* The token of a node that is a name: identifier, tag or attribute; false when it is none, or none that a grammar could not
 * tell as well while `lexical` is false. */
bool token_name(struct token_names *names, node_id node, bool lexical, struct semantic_token *token);

#endif
