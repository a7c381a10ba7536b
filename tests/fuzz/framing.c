/* Fuzz target: the framing of any bytes, whole and in two pieces, gives the same messages. */
#include "server/lsp/framing.h"
#include "tests/fuzz/fuzz.h"

#include <stdlib.h>

/* Reads everything there is; gives a hash of the bodies and of how it ended. */
static uint64_t drain(struct framing *framing, uint64_t hash) {
    for (;;) {
        struct str body = {0};
        enum framing_status status = framing_next(framing, &body);
        if (status == FRAMING_MORE) {
            return hash;
        }
        hash = hash_bytes(hash_number(hash, status), body);
        if (status == FRAMING_BROKEN) {
            return hash;
        }
    }
}

static uint64_t read_in_two(struct str bytes, size_t cut) {
    struct framing framing;
    framing_init(&framing);
    framing_push(&framing, str_slice(bytes, 0, cut));
    uint64_t hash = drain(&framing, HASH_SEED);
    bool broken = framing.problem != NULL;
    framing_push(&framing, str_slice(bytes, cut, bytes.size));
    hash = broken ? hash : drain(&framing, hash);
    framing_finish(&framing);
    return hash;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    struct str bytes = {(const char *)data, size};
    uint64_t whole = read_in_two(bytes, size);
    for (size_t step = 0; step <= 16; step++) {
        if (read_in_two(bytes, size * step / 16) != whole) {
            abort();
        }
    }
    return 0;
}
