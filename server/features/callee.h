/* callee: what a call calls, while it is being written: its signature, and which of its parameters a place is at.
 *
 * A call is known by its open parenthesis, whether it is closed or not. Functions, server functions and those of peers, builtins and
 * their members, methods, constructors of types and variants, and the conditions of routes are known.
 */
#ifndef TOVA_SERVER_FEATURES_CALLEE_H
#define TOVA_SERVER_FEATURES_CALLEE_H

#include "analysis/signature_text.h"
#include "analysis/typer.h"
#include "server/features/completion.h"
#include "server/features/cursor.h"

struct callee {
    struct str label;                  /* the signature */
    struct str list;                   /* its parameters: a slice of the label */
    unsigned given;                    /* parameters that a pipe gives */
    struct completion_subject subject; /* for its documentation */
};

/* What the call with this frame calls; false when that is not known or it is no call. Lives in the context's arena. */
bool callee_find(const struct feature_context *context, struct typer *typer, const struct frame *frame,
                 struct callee *callee);

/* The parameter that an argument at the place of the frame is for: by its name where it is written, else by its position; the
 * last one when that takes the rest. As many as there are when no parameter takes it. */
unsigned callee_active(const struct syntax_tree *tree, const struct frame *frame, const struct callee *callee);

/* The parameter at a position; false behind the last. */
bool callee_parameter(const struct callee *callee, unsigned position, struct signature_parameter *parameter);

#endif
