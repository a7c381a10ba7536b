/* server_arguments: the arguments of a server function as constants of its endpoint or route; private to this layer.
 */
#ifndef TOVA_CODEGEN_SERVER_ARGUMENTS_H
#define TOVA_CODEGEN_SERVER_ARGUMENTS_H

#include "codegen/emitter.h"

/* An endpoint while it is made: names that the parameters have taken are not used for anything else. */
struct endpoint {
    struct program_symbol function;
    struct js *request, *body, *result; /* names */
    struct js **names;                  /* of the arguments, by position */
    struct js_list *top;                /* where constants for all of the output go */
};

/* Chooses the names. Everything lives in the emitter's arena. */
struct endpoint endpoint_start(struct emitter *e, struct program_symbol function);

/* The function called with the endpoint's arguments, not awaited. */
struct js *endpoint_call(struct emitter *e, const struct endpoint *endpoint);

/* The comment above an endpoint: "POST /rpc/f". */
void endpoint_comment(struct emitter *e, struct str method, struct str path);

#endif
