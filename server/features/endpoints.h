/* endpoints: what the servers of a package answer: functions that are called, routes, sockets; each with all that somebody who
 * wants to ask needs to know.
 */
#ifndef TOVA_SERVER_FEATURES_ENDPOINTS_H
#define TOVA_SERVER_FEATURES_ENDPOINTS_H

#include "analysis/sources.h"
#include "server/features/feature.h"

enum endpoint_kind { ENDPOINT_RPC, ENDPOINT_ROUTE, ENDPOINT_SOCKET };

struct endpoint_parameter {
    struct str name, type; /* type as written, or empty */
    bool optional;         /* may be left out */
    bool rest;
    bool apart;            /* taken apart: it has no name, `name` is the pattern as written */
    bool in_path;
    struct str example;    /* JSON */
};

/* Who is asked for: what a condition or a middleware of the server wants to see. */
enum endpoint_identity { IDENTITY_NONE, IDENTITY_TOKEN, IDENTITY_KEY, IDENTITY_COOKIE };

struct endpoint_entry {
    enum endpoint_kind kind;
    struct str name;         /* of the function; empty for a handler without one */
    struct str method, path; /* "POST", "/rpc/f"; the path as written: "/users/:id" */
    struct place place;      /* the whole declaration */
    struct span selection;   /* the name of the function, or the path, in the same file */
    VEC(struct endpoint_parameter) parameters;
    struct str body;         /* JSON: an example of the body; empty when there is none */
    struct str upload;       /* name of the field that a file is sent as, or empty */
    struct str returns;      /* type as written, or empty */
    VEC(struct str) guards;  /* as written behind `with`: `auth`, `role("admin")` */
    enum endpoint_identity identity;
    struct str key_header;   /* for IDENTITY_KEY */
    struct place_list callers;
    struct package_symbol function; /* or nothing */
};

struct endpoint_server {
    struct block_key key;
    struct str name;     /* empty for the unnamed one */
    struct str label;    /* "server:api" */
    uint32_t port;
    struct str variable; /* that sets it: PORT_API */
    struct str output;   /* app.server.api.js */
    VEC(struct endpoint_entry) entries; /* functions, then routes and sockets; in order of path and place */
};

struct endpoint_servers {
    VEC(struct endpoint_server) list; /* in order of their ports */
};

struct endpoint_query {
    struct arena *arena;
    const struct atom_table *atoms;
    const struct package *package;
    const struct sources *sources; /* for conditions, results and the type of a body; NULL: these stay unknown */
    bool callers;                  /* look for them; reads the whole package for each function */
    uint32_t first_port;           /* as in feature_context */
};

/* The servers of a package with what they answer. */
struct endpoint_servers endpoints_of(const struct endpoint_query *query);

#endif
