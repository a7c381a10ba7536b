/* fuzz: the entry point that a fuzz target defines; libFuzzer calls it, and in every ordinary build replay.c.
 *
 * To fuzz: `CC=clang CFLAGS=-fsanitize=fuzzer-no-link meson setup build-fuzz -Db_sanitize=address,undefined
 * -Db_lundef=false`, `ninja -C build-fuzz tests/fuzz/libfuzzer_session`, and run it on a copy of corpus/session.
 */
#ifndef TOVA_TESTS_FUZZ_FUZZ_H
#define TOVA_TESTS_FUZZ_FUZZ_H

#include "parser/base/hash.h"
#include "parser/base/str.h"
#include "parser/base/strbuf.h"

#include <stddef.h>
#include <stdint.h>

/* Runs one input; what is wrong ends the process. Always 0. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

#endif
