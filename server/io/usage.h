/* usage: what the system says of this process. */
#ifndef TOVA_SERVER_IO_USAGE_H
#define TOVA_SERVER_IO_USAGE_H

#include <stdint.h>

struct usage {
    uint64_t resident, shared; /* bytes in memory; those of them that belong to files. 0 where the system does not say */
};

struct usage usage_now(void);

/* The number of this process. */
int64_t usage_process(void);

#endif
