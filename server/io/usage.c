/* usage: /proc/self/statm, which is in pages. */
#include "server/io/usage.h"

#include <stdio.h>
#include <unistd.h>

struct usage usage_now(void) {
    struct usage usage = {0};
    unsigned long size, resident, shared;
    uint64_t page = (uint64_t)sysconf(_SC_PAGESIZE);
    FILE *file = fopen("/proc/self/statm", "re");
    if (file != NULL && fscanf(file, "%lu %lu %lu", &size, &resident, &shared) == 3) {
        usage = (struct usage){.resident = resident * page, .shared = shared * page};
    }
    if (file != NULL) {
        fclose(file);
    }
    return usage;
}

int64_t usage_process(void) { return getpid(); }
