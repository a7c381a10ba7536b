/* sources: the programs that the benchmark reads, made from patterns with a number in each name. One is spaced as people
 * write (about 27 bytes a line), the other has next to no white space, so that every few bytes are a token.
 */
#ifndef TOVA_TESTS_BENCH_SOURCES_H
#define TOVA_TESTS_BENCH_SOURCES_H

#include "parser/base/strbuf.h"

#include <stdint.h>

/* Appends at least `lines` lines without an error in them. */
void source_spaced(struct strbuf *out, uint32_t lines);
void source_dense(struct strbuf *out, uint32_t lines);

#endif
