/* guard: see the seconds as "never", not as a budget. */
#include "parser/syntax/guard.h"

#include <time.h>

enum { SECONDS = 2, BYTES_PER_SECOND = 1000000, MICROSECONDS = 1000000 };

static uint64_t now(void) {
    struct timespec time;
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
    return (uint64_t)time.tv_sec * MICROSECONDS + (uint64_t)time.tv_nsec / 1000;
}

struct guard guard_begin(uint32_t size) {
    return (struct guard){.end = now() + (SECONDS + size / BYTES_PER_SECOND) * (uint64_t)MICROSECONDS};
}

uint64_t guard_left(const struct guard *guard) {
    uint64_t at = now();
    return at < guard->end ? guard->end - at : 0;
}
