/* latency: how long each method took, from the arrival of its message to its answer.
 *
 * Counts in buckets whose bounds grow by a fifth, so that a quantile is known within that; reports them by fewer and rounder
 * bounds as well (those of gopls' counters, and one below them). Knows no clock. A zeroed table is empty.
 */
#ifndef TOVA_SERVER_LSP_LATENCY_H
#define TOVA_SERVER_LSP_LATENCY_H

#include "parser/base/str.h"

#include <stdint.h>

enum {
    LATENCY_METHODS = 128,
    LATENCY_STEPS = 4,                  /* buckets until the bound has doubled */
    LATENCY_FINE = 27 * LATENCY_STEPS,  /* from a microsecond to two minutes */
    LATENCY_ROUND = 8,                  /* round bounds, the last bucket is what is above them */
};

struct latency_method {
    struct str name; /* borrowed */
    uint32_t fine[LATENCY_FINE];
    uint32_t count;
    uint64_t longest; /* nanoseconds */
};

struct latency {
    struct latency_method *methods[LATENCY_METHODS]; /* NULL: never used; by the number that the caller gives them */
};

/* Forgets everything. */
void latency_finish(struct latency *latency);

/* The method of this number (below LATENCY_METHODS) and name, which has to live as long as the table, took so long. */
void latency_add(struct latency *latency, unsigned number, struct str name, uint64_t nanoseconds);

/* The time below which `part` of a thousand lie, in nanoseconds. */
uint64_t latency_quantile(const struct latency_method *method, unsigned part);

/* The round bounds in milliseconds, and how many messages took less than each and not less than the one before. */
extern const uint32_t latency_bounds[LATENCY_ROUND];
void latency_counts(const struct latency_method *method, uint32_t counts[LATENCY_ROUND + 1]);

#endif
