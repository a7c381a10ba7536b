/* compile: what compiling has done, in the words of the protocol: for the answer to tova/compile and for tova/compiled.
 */
#ifndef TOVA_SERVER_LSP_METHODS_COMPILE_H
#define TOVA_SERVER_LSP_METHODS_COMPILE_H

#include "server/lsp/host.h"
#include "server/lsp/json_writer.h"

/* Writes the members `written`, `kept`, `removed`, `milliseconds` and `errors`. */
void compile_write_result(struct json_writer *json, const struct compile_result *result);

#endif
