/* document_symbol: the outline of a file: blocks, what they declare, members of components, stores and types, routes,
 * directives, effects and tests. */
#ifndef TOVA_SERVER_FEATURES_DOCUMENT_SYMBOL_H
#define TOVA_SERVER_FEATURES_DOCUMENT_SYMBOL_H

#include "server/features/feature.h"

struct document_symbol {
    struct str name;       /* never empty */
    struct str detail;     /* signature, or empty */
    int kind;              /* LSP SymbolKind */
    struct span span;      /* the whole declaration */
    struct span selection; /* the name, inside span */
    uint32_t depth;        /* 0 at the top; a child follows its parent and is one deeper */
};

struct document_symbol_list {
    VEC(struct document_symbol) list; /* in order of place, parents before children */
};

struct document_symbol_list document_symbols(const struct feature_context *context);

#endif
