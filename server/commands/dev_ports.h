/* dev_ports: which port each server of an application gets under `tova dev`.
 *
 * The first server gets the base port and each further one the next: --port, else PORT, else 3000. PORT_<NAME> of a server
 * wins over that (multi-server seed, "Named Server Blocks"). Reads the environment; opens nothing but to see whether a port
 * is free.
 */
#ifndef TOVA_SERVER_COMMANDS_DEV_PORTS_H
#define TOVA_SERVER_COMMANDS_DEV_PORTS_H

#include "parser/base/arena.h"
#include "parser/base/str.h"
#include "parser/base/vec.h"

#include <stdbool.h>
#include <stdint.h>

enum { DEV_PORT_LAST = 65535 };

struct dev_port {
    struct str name;     /* "api"; empty for the unnamed server */
    struct str label;    /* "server:api" */
    struct str variable; /* "PORT_API"; "PORT" for the unnamed server */
    uint16_t port;
};

struct dev_ports {
    VEC(struct dev_port) list; /* in the order of the servers */
};

/* Adds a server with the label that an output has ("server:api", "server"); its port is not chosen yet. */
void dev_ports_add(struct arena *arena, struct dev_ports *ports, struct str label);

/* Reads a port number, 1 to 65535; writes *port only when it is one. */
bool dev_ports_read(const char *text, uint16_t *port);

/* Chooses the port of each server; `base` 0 when there was no --port. False after saying on standard error what is wrong:
 * a variable that is no port, two servers on one port, no port left. */
bool dev_ports_choose(struct arena *arena, struct dev_ports *ports, uint16_t base);

/* Does somebody listen on a server's port already? Says so on standard error, with the variable that sets another. */
bool dev_ports_taken(const struct dev_port *port);

/* Says on standard error that a server's port is in use. */
void dev_ports_tell_taken(const struct dev_port *port);

#endif
