/* Ports of the servers under `tova dev`. */
#include "server/commands/dev_ports.h"

#include "codegen/naming.h"
#include "server/commands/command.h"

#include <errno.h>
#include <netinet/in.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

void dev_ports_add(struct arena *arena, struct dev_ports *ports, struct str label) {
    size_t colon = str_find(label, ':', 0);
    struct str name = str_slice(label, colon + 1, label.size);
    struct dev_port port = {
        .name = arena_str(arena, name),
        .label = arena_str(arena, label),
        .variable = naming_port_variable(arena, name),
    };
    vec_push(arena, &ports->list, port);
}

bool dev_ports_read(const char *text, uint16_t *port) {
    char *end;
    errno = 0;
    long number = strtol(text, &end, 10);
    if (errno != 0 || end == text || *end != '\0' || number < 1 || number > DEV_PORT_LAST) {
        return false;
    }
    *port = (uint16_t)number;
    return true;
}

/* The value of a port variable: false when it is set and is no port. Leaves *port alone when it is not set. */
static bool read_variable(struct str variable, uint16_t *port) {
    const char *text = getenv(variable.data);
    if (text == NULL || text[0] == '\0' || dev_ports_read(text, port)) {
        return true;
    }
    command_failed("%.*s is \"%s\", which is not a port: a number from 1 to %d.", STR_ARGUMENTS(variable), text,
                   DEV_PORT_LAST);
    return false;
}

static bool are_distinct(const struct dev_ports *ports) {
    for (unsigned i = 0; i < ports->list.count; i++) {
        for (unsigned j = 0; j < i; j++) {
            const struct dev_port *a = &ports->list.items[j];
            const struct dev_port *b = &ports->list.items[i];
            if (a->port == b->port) {
                command_failed("%.*s and %.*s would both listen on port %u; set %.*s to another one.",
                               STR_ARGUMENTS(a->label), STR_ARGUMENTS(b->label), b->port, STR_ARGUMENTS(b->variable));
                return false;
            }
        }
    }
    return true;
}

bool dev_ports_choose(struct arena *arena, struct dev_ports *ports, uint16_t base) {
    uint16_t first = NAMING_FIRST_PORT;
    if (!read_variable(STR("PORT"), &first)) {
        return false;
    }
    first = base != 0 ? base : first;
    for (unsigned i = 0; i < ports->list.count; i++) {
        struct dev_port *port = &ports->list.items[i];
        if (first + i > DEV_PORT_LAST) {
            command_failed("there is no port left for %.*s: %u is the last one.", STR_ARGUMENTS(port->label),
                           (unsigned)DEV_PORT_LAST);
            return false;
        }
        port->port = (uint16_t)(first + i);
        if (port->name.size > 0 && !read_variable(port->variable, &port->port)) {
            return false;
        }
    }
    return are_distinct(ports);
}

bool dev_ports_taken(const struct dev_port *port) {
    int listener = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    if (listener < 0) {
        return false;
    }
    int reuse = 1;
    struct sockaddr_in address = {
        .sin_family = AF_INET,
        .sin_port = htons(port->port),
        .sin_addr.s_addr = htonl(INADDR_LOOPBACK),
    };
    setsockopt(listener, SOL_SOCKET, SO_REUSEADDR, &reuse, sizeof reuse);
    bool taken = bind(listener, (const struct sockaddr *)&address, sizeof address) != 0 && errno == EADDRINUSE;
    close(listener);
    if (taken) {
        dev_ports_tell_taken(port);
    }
    return taken;
}

void dev_ports_tell_taken(const struct dev_port *port) {
    command_failed("port %u of %.*s is in use by another program.\n"
                   "  Stop that program, or choose another port: %.*s=%u tova dev",
                   port->port, STR_ARGUMENTS(port->label), STR_ARGUMENTS(port->variable),
                   port->port < DEV_PORT_LAST - 1000 ? port->port + 1000U : port->port - 1000U);
}
