/* Runs a fuzz target on the files of its corpus and on mutants of them that are the same in every run. Prints TAP. */
#include "tests/fuzz/fuzz.h"

#include "parser/base/xalloc.h"

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { MUTANTS = 600, FILE_BYTES = 1024 * 1024 }; /* of all files together; at least one of each */

static uint32_t next_number(uint32_t *seed, uint32_t below) {
    *seed = *seed * 1664525u + 1013904223u;
    return (*seed >> 8) % below;
}

/* Cuts, doubles or overwrites a few bytes. */
static void mutate(struct strbuf *bytes, uint32_t *seed) {
    static const char interesting[] = "\"\\{}[]:,0\n\r \xff\xc3";
    uint32_t size = (uint32_t)bytes->size;
    for (uint32_t count = 1 + next_number(seed, 4); count > 0; count--) {
        uint32_t at = next_number(seed, size);
        if (next_number(seed, 8) == 0 && size > 16) {
            strbuf_truncate(bytes, size = size / 2 + next_number(seed, size / 2));
        } else if (at < size) {
            bytes->data[at] = interesting[next_number(seed, sizeof interesting - 1)];
        }
    }
}

static void run(struct str bytes) {
    /* A block of exactly this size, so that a byte too far is seen. */
    uint8_t *copy = xmalloc(bytes.size);
    memcpy(copy, bytes.data, bytes.size);
    LLVMFuzzerTestOneInput(copy, bytes.size);
    xfree(copy);
}

static void run_with_mutants(struct str original, unsigned mutants) {
    struct strbuf bytes;
    strbuf_init(&bytes, FILE_BYTES);
    run(original);
    for (uint32_t i = 0; i < mutants && original.size > 0; i++) {
        uint32_t seed = (uint32_t)hash_number(hash_bytes(HASH_SEED, original), i);
        strbuf_clear(&bytes);
        strbuf_add(&bytes, original);
        mutate(&bytes, &seed);
        run(strbuf_str(&bytes));
    }
    strbuf_finish(&bytes);
}

static void run_file(const char *folder, const char *name, unsigned number, unsigned mutants) {
    static char bytes[FILE_BYTES];
    char path[4096];
    snprintf(path, sizeof path, "%s/%s", folder, name);
    FILE *file = fopen(path, "rb");
    size_t size = file == NULL ? 0 : fread(bytes, 1, sizeof bytes, file);
    if (file != NULL) {
        fclose(file);
        run_with_mutants((struct str){bytes, size}, mutants);
    }
    printf("%s %u - %s\n", file != NULL ? "ok" : "not ok", number, name);
    fflush(stdout);
}

int main(int count, char **words) {
    unsigned number = 0;
    for (int i = 1; i < count; i++) {
        struct dirent **entries;
        int found = scandir(words[i], &entries, NULL, alphasort);
        unsigned mutants = found > 0 ? 1 + MUTANTS / (unsigned)found : 0;
        for (int k = 0; k < found; k++) {
            if (entries[k]->d_name[0] != '.') {
                run_file(words[i], entries[k]->d_name, ++number, mutants);
            }
            free(entries[k]);
        }
        if (found >= 0) {
            free(entries);
        }
    }
    printf("1..%u\n", number);
    return number > 0 ? 0 : 1;
}
