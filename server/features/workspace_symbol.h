/* workspace_symbol: the declarations of all files of the workspace that a few letters may mean, open or not, the best first.
 *
 * Letters have to come in their order, whatever stands between: `ltk` finds `list_tickets`. Names that begin so come first, then
 * those whose words do. Knows summaries alone, so no file is read.
 */
#ifndef TOVA_SERVER_FEATURES_WORKSPACE_SYMBOL_H
#define TOVA_SERVER_FEATURES_WORKSPACE_SYMBOL_H

#include "analysis/sources.h"
#include "parser/base/stop.h"
#include "server/features/feature.h"

struct found_symbol {
    struct str name, container; /* container: "server:api", the type of a variant, the file of a module */
    int kind;                   /* LSP SymbolKind */
    struct place place;
    int score;                  /* more is better */
};

struct found_symbol_list {
    VEC(struct found_symbol) list; /* the best first, then by name and path */
};

enum { WORKSPACE_SYMBOL_LIMIT = 256 };

/* At most WORKSPACE_SYMBOL_LIMIT symbols; all names fit an empty query. */
struct found_symbol_list workspace_symbols(struct arena *arena, const struct sources *sources,
                                           const struct atom_table *atoms, struct str query, const struct stop *stop);

/* How well a name fits a query; 0: not at all. Letters of the query in small ones fit capitals too. */
int workspace_symbol_score(struct str name, struct str query);

#endif
