/* progress: tells the client how far long work of the server's own has come (LSP 3.17 "Server Initiated Progress").
 *
 * One work at a time. Nothing is sent to a client that cannot show it, before it has agreed, or more often than it can be seen.
 */
#ifndef TOVA_SERVER_LSP_PROGRESS_H
#define TOVA_SERVER_LSP_PROGRESS_H

#include <stdbool.h>
#include <stdint.h>

struct dispatch;

enum progress_state { PROGRESS_NONE, PROGRESS_ASKED, PROGRESS_SHOWN };

struct progress {
    enum progress_state state;
    bool over; /* it ended before the client agreed */
    uint32_t number; /* of the work; its token tells it from others */
    uint32_t done, total;
    uint64_t told; /* clock of the newest report */
};

/* The work has come to `done` of `total` files; the first call begins it. */
void progress_report(struct dispatch *dispatch, uint32_t done, uint32_t total);

/* The work is over. */
void progress_end(struct dispatch *dispatch);

#endif
