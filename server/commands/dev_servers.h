/* dev_servers: the server processes of an application under `tova dev`.
 *
 * Each server is one Bun process. It is told its own port and everybody else's, says on descriptor 3 when it listens, and
 * ends when its standard input does; should it be too busy for that, the system ends it with this process (dev_child.h). All
 * get the same TOVA_PEER_SECRET, by which they know each other. What it prints is passed on behind its name. A
 * server that ends by itself stays down until the next update. Prints; decides nothing about what is built.
 */
#ifndef TOVA_SERVER_COMMANDS_DEV_SERVERS_H
#define TOVA_SERVER_COMMANDS_DEV_SERVERS_H

#include "server/commands/dev_ports.h"
#include "server/io/loop.h"

#include <stdbool.h>

/* What a server is to be after an update. */
struct dev_target {
    struct dev_port port;
    struct str file; /* the emitted module, absolute */
    bool changed;    /* what it runs is not what is on disk any more */
    bool broken;     /* it could not be emitted: a running one keeps running, another is not started */
};

struct dev_servers_options {
    struct loop *loop;
    const char *bun;    /* path of the program */
    const char *folder; /* working folder of the servers */
    void *context;
    /* Every server that was started is ready or has ended. */
    void (*settled)(void *context);
    /* The first start failed because a port is in use, which has been said. */
    void (*refused)(void *context);
    /* After dev_servers_stop: no server runs any more. */
    void (*stopped)(void *context);
};

struct dev_servers;

/* Borrows the options' strings for its whole life. Caller destroys. */
struct dev_servers *dev_servers_create(const struct dev_servers_options *options);

/* Kills what still runs. NULL is allowed. */
void dev_servers_destroy(struct dev_servers *servers);

/* Brings the processes in line with the targets: starts, starts again, and stops. Copies the targets. */
void dev_servers_update(struct dev_servers *servers, const struct dev_target *targets, unsigned count);

/* Tells the servers that run, and do not start again, that their pages are to be loaded anew. */
void dev_servers_reload(struct dev_servers *servers);

/* Prints how many run, and where. */
void dev_servers_print(const struct dev_servers *servers);

/* Ends all servers, killing those that have not ended after three seconds; `stopped` follows, perhaps at once. */
void dev_servers_stop(struct dev_servers *servers);

#endif
