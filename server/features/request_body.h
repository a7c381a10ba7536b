/* request_body: what the body of `POST /rpc/f` looks like, as an example and in words.
 *
 * The rules are those that validation goes by (codegen/validation.c). What has no type is not checked.
 */
#ifndef TOVA_SERVER_FEATURES_REQUEST_BODY_H
#define TOVA_SERVER_FEATURES_REQUEST_BODY_H

#include "parser/base/strbuf.h"
#include "server/features/feature.h"

/* Appends the body that copied requests have (example_body of endpoint_examples.h). */
void request_body_example(const struct feature_context *context, struct package_symbol function, struct strbuf *out);

/* Appends what is checked before the function runs, as Markdown on one line: "`name` String · `user.email` required, email".
 * Nothing when nothing is. */
void request_body_rules(const struct feature_context *context, struct package_symbol function, struct strbuf *out);

#endif
