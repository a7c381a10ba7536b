/* latency: logarithmic buckets. */
#include "server/lsp/latency.h"

#include "parser/base/xalloc.h"

#include <assert.h>

const uint32_t latency_bounds[LATENCY_ROUND] = {1, 10, 50, 100, 200, 500, 1000, 5000};

/* The bounds within a doubling, in thousandths. */
static const uint64_t steps[LATENCY_STEPS] = {1189, 1414, 1682, 2000};

/* What is below this belongs into the bucket, in nanoseconds. */
static uint64_t bound_of(unsigned bucket) { return (UINT64_C(1) << (bucket / LATENCY_STEPS)) * steps[bucket % LATENCY_STEPS]; }

void latency_finish(struct latency *latency) {
    for (unsigned i = 0; i < LATENCY_METHODS; i++) {
        xfree(latency->methods[i]);
    }
    *latency = (struct latency){0};
}

void latency_add(struct latency *latency, unsigned number, struct str name, uint64_t nanoseconds) {
    assert(number < LATENCY_METHODS);
    if (latency->methods[number] == NULL) {
        latency->methods[number] = xcalloc(1, sizeof *latency->methods[number]);
        latency->methods[number]->name = name;
    }
    struct latency_method *method = latency->methods[number];
    unsigned bucket = 0;
    while (bucket + 1 < LATENCY_FINE && bound_of(bucket) <= nanoseconds) {
        bucket++;
    }
    method->fine[bucket]++;
    method->count++;
    method->longest = nanoseconds > method->longest ? nanoseconds : method->longest;
}

uint64_t latency_quantile(const struct latency_method *method, unsigned part) {
    uint64_t wanted = ((uint64_t)method->count * part + 999) / 1000;
    uint64_t seen = 0;
    for (unsigned bucket = 0; bucket < LATENCY_FINE; bucket++) {
        seen += method->fine[bucket];
        if (seen >= wanted) {
            return bound_of(bucket) < method->longest ? bound_of(bucket) : method->longest;
        }
    }
    return method->longest;
}

void latency_counts(const struct latency_method *method, uint32_t counts[LATENCY_ROUND + 1]) {
    unsigned round = 0;
    for (unsigned i = 0; i <= LATENCY_ROUND; i++) {
        counts[i] = 0;
    }
    for (unsigned bucket = 0; bucket < LATENCY_FINE; bucket++) {
        uint64_t lowest = bucket == 0 ? 0 : bound_of(bucket - 1);
        while (round < LATENCY_ROUND && lowest >= latency_bounds[round] * UINT64_C(1000000)) {
            round++;
        }
        counts[round] += method->fine[bucket];
    }
}
