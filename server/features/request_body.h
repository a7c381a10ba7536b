/* request_body: what the body of `POST /rpc/f` looks like, as an example and in words.
 *
 * Types of the function's parameters are followed into whichever file declares them, as validation does (codegen/validation.c):
 * records field by field, variants by their tag. What has no type is null in the example and is not checked.
 */
#ifndef TOVA_SERVER_FEATURES_REQUEST_BODY_H
#define TOVA_SERVER_FEATURES_REQUEST_BODY_H

#include "parser/base/strbuf.h"
#include "server/features/feature.h"

/* Appends the body as JSON on one line, `{"name": "text", "age": 0}`: by name, or by position (`{"__args": [...]}`) where a
 * parameter has no name; `{}` for a function without parameters. */
void request_body_example(const struct feature_context *context, struct package_symbol function, struct strbuf *out);

/* Appends what is checked before the function runs, as Markdown on one line: "`name` String · `user.email` required, email".
 * Nothing when nothing is. */
void request_body_rules(const struct feature_context *context, struct package_symbol function, struct strbuf *out);

#endif
