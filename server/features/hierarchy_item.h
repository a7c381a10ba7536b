/* hierarchy_item: what a call hierarchy and a type hierarchy are made of: one declared thing, or what a call stands in. */
#ifndef TOVA_SERVER_FEATURES_HIERARCHY_ITEM_H
#define TOVA_SERVER_FEATURES_HIERARCHY_ITEM_H

#include "server/features/feature.h"

struct hierarchy_item {
    struct str name;    /* "list_users", "effect", "GET /users", "Shape" */
    struct str detail;  /* where it lives, of types what it is too: "server:api", "browser", "trait · shared" */
    int kind;           /* LSP SymbolKind */
    struct place place; /* its name, and all of it as `whole` */
};

struct hierarchy_item_list {
    VEC(struct hierarchy_item) list;
};

#endif
