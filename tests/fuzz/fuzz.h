/* fuzz: the entry point that a fuzz target defines; libFuzzer calls it, and in every ordinary build replay.c.
 *
 * To fuzz: `CC=clang CFLAGS="-fsanitize=fuzzer-no-link -fno-sanitize-coverage=trace-cmp" meson setup build-fuzz
 * -Db_sanitize=address,undefined -Db_lundef=false`, `ninja -C build-fuzz tests/fuzz/libfuzzer_parse`, and run it on a copy of
 * corpus/parse with `-max_len=2000 -dict=tests/fuzz/tova.dict`. The dictionary stands for the tracing of comparisons, which
 * takes half the time; longer inputs show nothing new, since every input is parsed some twenty times.
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
