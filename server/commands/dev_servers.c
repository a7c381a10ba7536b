/* Starts, watches over and ends the server processes of `tova dev`. */
#include "server/commands/dev_servers.h"

#include "parser/base/xalloc.h"
#include "server/commands/command.h"
#include "server/commands/dev_child.h"
#include "server/commands/terminal.h"
#include "server/io/process.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum {
    GRACE_MILLISECONDS = 3000,
    SECRET_BYTES = 32,
    STATUS_PORT_IN_USE = 98, /* contract with the runtime's server.js */
};

enum dev_state { DEV_DOWN, DEV_STARTING, DEV_RUNNING, DEV_STOPPING };

struct dev_server {
    struct dev_servers *all;
    struct dev_server *next;
    struct arena arena; /* holds the strings of the port and the file */
    struct dev_port port;
    struct str file;
    enum dev_state state;
    bool again;   /* start it when it has stopped */
    bool leaving; /* its block is gone: forget it when it has stopped */
    struct process *process;
};

struct dev_servers {
    struct dev_servers_options options;
    struct dev_server *first; /* in the order of the targets */
    bool settled_once, stopping;
    char secret[2 * SECRET_BYTES + 1]; /* that servers know each other by; empty: the environment has one */
};

/* A new one for each run, as digits. */
static void choose_secret(struct dev_servers *servers) {
    unsigned char bytes[SECRET_BYTES];
    const char *given = getenv("TOVA_PEER_SECRET");
    if ((given != NULL && given[0] != '\0') || getentropy(bytes, sizeof bytes) != 0) {
        return;
    }
    for (size_t i = 0; i < sizeof bytes; i++) {
        snprintf(servers->secret + 2 * i, 3, "%02x", bytes[i]);
    }
}

struct dev_servers *dev_servers_create(const struct dev_servers_options *options) {
    struct dev_servers *servers = xcalloc(1, sizeof *servers);
    servers->options = *options;
    choose_secret(servers);
    return servers;
}

static void destroy_server(struct dev_server *server) {
    process_destroy(server->process);
    arena_finish(&server->arena);
    xfree(server);
}

void dev_servers_destroy(struct dev_servers *servers) {
    if (servers == NULL) {
        return;
    }
    for (struct dev_server *server = servers->first, *next; server != NULL; server = next) {
        next = server->next;
        destroy_server(server);
    }
    xfree(servers);
}

/* ---- what a server says */

static void pass_on(const struct dev_server *server, FILE *stream, struct str line) {
    bool colour = terminal_has_colour(stream);
    fprintf(stream, "%s[%.*s]%s %.*s\n", terminal_style(colour, TERMINAL_CYAN), STR_ARGUMENTS(server->port.label),
            terminal_style(colour, TERMINAL_PLAIN), STR_ARGUMENTS(line));
}

static void tell_when_settled(struct dev_servers *servers) {
    for (const struct dev_server *server = servers->first; server != NULL; server = server->next) {
        if (server->state == DEV_STARTING || server->again) {
            return;
        }
    }
    servers->settled_once = true;
    servers->options.settled(servers->options.context);
}

static void on_ready(struct dev_server *server) {
    if (server->state == DEV_STARTING) {
        server->state = DEV_RUNNING;
        if (server->all->settled_once) {
            printf("    -> %.*s: http://localhost:%u\n", STR_ARGUMENTS(server->port.label), server->port.port);
        }
        tell_when_settled(server->all);
    }
}

static void on_line(void *context, enum process_stream stream, struct str line) {
    struct dev_server *server = context;
    if (stream != PROCESS_MESSAGE) {
        pass_on(server, stream == PROCESS_STDOUT ? stdout : stderr, line);
    } else if (str_starts_with(line, STR("ready"))) {
        on_ready(server);
    }
}

/* ---- beginning and end of a process */

static void tell_end(const struct dev_server *server, enum dev_state state, int64_t status, int signal) {
    char how[64];
    if (signal != 0) {
        snprintf(how, sizeof how, "was ended by signal %d", signal);
    } else {
        snprintf(how, sizeof how, "ended with status %d", (int)status);
    }
    command_failed("%.*s %s%s. It is started again with the next change of a source file.",
                   STR_ARGUMENTS(server->port.label), how, state == DEV_STARTING ? " before it was ready" : "");
}

static void start_waiting(struct dev_servers *servers);

/* Takes a server whose block is gone out of the list. */
static void forget(struct dev_server *server) {
    struct dev_server **link = &server->all->first;
    while (*link != server) {
        link = &(*link)->next;
    }
    *link = server->next;
    destroy_server(server);
}

static bool is_any_up(const struct dev_servers *servers) {
    for (const struct dev_server *server = servers->first; server != NULL; server = server->next) {
        if (server->process != NULL) {
            return true;
        }
    }
    return false;
}

/* It has ended without being asked to. */
static void on_loss(struct dev_server *server, enum dev_state state, int64_t status, int signal) {
    struct dev_servers *servers = server->all;
    if (signal == 0 && status == STATUS_PORT_IN_USE) {
        dev_ports_tell_taken(&server->port);
        if (!servers->settled_once) {
            servers->options.refused(servers->options.context);
            return;
        }
    } else {
        tell_end(server, state, status, signal);
    }
    if (state == DEV_STARTING) {
        tell_when_settled(servers);
    }
}

static void on_ended(void *context, int64_t status, int signal) {
    struct dev_server *server = context;
    struct dev_servers *servers = server->all;
    enum dev_state state = server->state;
    process_destroy(server->process);
    server->process = NULL;
    server->state = DEV_DOWN;
    if (servers->stopping) {
        if (!is_any_up(servers)) {
            servers->options.stopped(servers->options.context);
        }
    } else if (state != DEV_STOPPING) {
        on_loss(server, state, status, signal);
    } else {
        if (server->leaving) {
            forget(server);
        }
        start_waiting(servers);
    }
}

/* The port variables of all servers, and what makes a server one of `tova dev`. Ends with NULL. */
static const char *const *environment_of(struct arena *arena, const struct dev_servers *servers) {
    VEC(const char *) entries = {NULL, 0, 0};
    vec_push(arena, &entries, "TOVA_DEV=1");
    vec_push(arena, &entries, "TOVA_READY_FD=3");
    if (servers->secret[0] != '\0') {
        vec_push(arena, &entries, arena_printf(arena, "TOVA_PEER_SECRET=%s", servers->secret).data);
    }
    for (const struct dev_server *server = servers->first; server != NULL; server = server->next) {
        const struct dev_port *port = &server->port;
        vec_push(arena, &entries, arena_printf(arena, "%.*s=%u", STR_ARGUMENTS(port->variable), port->port).data);
    }
    vec_push(arena, &entries, NULL);
    return entries.items;
}

static void start(struct dev_server *server) {
    const struct dev_servers_options *options = &server->all->options;
    struct arena scratch;
    arena_init(&scratch);
    const char *arguments[] = {options->bun, arena_str(&scratch, server->file).data, NULL};
    struct process_options process = {
        .arguments = dev_child_words(&scratch, arguments),
        .environment = environment_of(&scratch, server->all),
        .folder = options->folder,
        .message_pipe = true,
    };
    struct process_events events = {.context = server, .line = on_line, .ended = on_ended};
    struct str error;

    printf("  Starting %.*s on port %u\n", STR_ARGUMENTS(server->port.label), server->port.port);
    server->again = false;
    server->state = DEV_STARTING;
    server->process = process_start(options->loop, &process, &events, &scratch, &error);
    if (server->process == NULL) {
        server->state = DEV_DOWN;
        command_failed("%.*s cannot be started: %.*s", STR_ARGUMENTS(server->port.label), STR_ARGUMENTS(error));
    }
    arena_finish(&scratch);
}

/* Starts what is to be started, once whatever has to end before has ended: it may hold a port that is needed. */
static void start_waiting(struct dev_servers *servers) {
    for (const struct dev_server *server = servers->first; server != NULL; server = server->next) {
        if (server->state == DEV_STOPPING) {
            return;
        }
    }
    for (struct dev_server *server = servers->first; server != NULL; server = server->next) {
        if (server->again) {
            start(server);
        }
    }
    tell_when_settled(servers);
}

static void stop(struct dev_server *server, bool again) {
    server->again = again;
    if (server->state != DEV_STOPPING) {
        server->state = DEV_STOPPING;
        process_stop(server->process, GRACE_MILLISECONDS);
    }
}

/* ---- updates */

/* Takes the server of this label out of a list. */
static struct dev_server *take(struct dev_server **list, struct str label) {
    for (struct dev_server **link = list; *link != NULL; link = &(*link)->next) {
        struct dev_server *server = *link;
        if (str_equal(server->port.label, label)) {
            *link = server->next;
            return server;
        }
    }
    return NULL;
}

static struct dev_server *create_server(struct dev_servers *servers) {
    struct dev_server *server = xcalloc(1, sizeof *server);
    server->all = servers;
    arena_init(&server->arena);
    return server;
}

static void aim(struct dev_server *server, const struct dev_target *target) {
    arena_clear(&server->arena);
    server->port = (struct dev_port){
        .name = arena_str(&server->arena, target->port.name),
        .label = arena_str(&server->arena, target->port.label),
        .variable = arena_str(&server->arena, target->port.variable),
        .port = target->port.port,
    };
    server->file = arena_str(&server->arena, target->file);
    server->leaving = false;
}

/* Does the environment of the processes that run lack anything of the targets? */
static bool have_ports_changed(const struct dev_servers *servers, const struct dev_target *targets, unsigned count) {
    unsigned same = 0, known = 0;
    for (const struct dev_server *server = servers->first; server != NULL; server = server->next) {
        known++;
        for (unsigned i = 0; i < count; i++) {
            if (str_equal(server->port.label, targets[i].port.label) && server->port.port == targets[i].port.port) {
                same++;
            }
        }
    }
    return same != count || known != count;
}

/* What the target asks of a server that may or may not run. */
static void follow(struct dev_server *server, const struct dev_target *target, bool changed) {
    if (target->broken) {
        if (server->process == NULL) {
            command_failed("%.*s has errors and is not started.", STR_ARGUMENTS(server->port.label));
        } else {
            command_failed("%.*s has errors; it runs on as it was.", STR_ARGUMENTS(server->port.label));
        }
    } else if (server->process == NULL) {
        server->again = true;
    } else if (changed) {
        stop(server, true);
    }
}

void dev_servers_update(struct dev_servers *servers, const struct dev_target *targets, unsigned count) {
    bool ports_changed = have_ports_changed(servers, targets, count);
    struct dev_server *old = servers->first;
    struct dev_server **link = &servers->first;
    servers->first = NULL;
    for (unsigned i = 0; i < count; i++) {
        struct dev_server *server = take(&old, targets[i].port.label);
        server = server != NULL ? server : create_server(servers);
        aim(server, &targets[i]);
        server->next = NULL;
        *link = server;
        link = &server->next;
    }
    /* What is left has no block any more; it stays in the list until it has ended. */
    *link = old;
    for (struct dev_server *server = old, *next; server != NULL; server = next) {
        next = server->next;
        if (server->process == NULL) {
            forget(server);
        } else {
            printf("  Stopping %.*s\n", STR_ARGUMENTS(server->port.label));
            server->leaving = true;
            stop(server, false);
        }
    }
    struct dev_server *server = servers->first;
    for (unsigned i = 0; i < count; i++, server = server->next) {
        follow(server, &targets[i], targets[i].changed || ports_changed);
    }
    start_waiting(servers);
}

void dev_servers_reload(struct dev_servers *servers) {
    for (struct dev_server *server = servers->first; server != NULL; server = server->next) {
        if (server->state == DEV_RUNNING) {
            process_write(server->process, STR("reload\n")); /* contract with the runtime's server.js */
        }
    }
}

void dev_servers_print(const struct dev_servers *servers) {
    unsigned running = 0;
    for (const struct dev_server *server = servers->first; server != NULL; server = server->next) {
        running += server->state == DEV_RUNNING;
    }
    printf("\n  %u server process(es) running\n", running);
    for (const struct dev_server *server = servers->first; server != NULL; server = server->next) {
        if (server->state == DEV_RUNNING) {
            printf("    -> %.*s: http://localhost:%u\n", STR_ARGUMENTS(server->port.label), server->port.port);
        }
    }
}

void dev_servers_stop(struct dev_servers *servers) {
    servers->stopping = true;
    for (struct dev_server *server = servers->first; server != NULL; server = server->next) {
        if (server->process != NULL) {
            stop(server, false);
        }
    }
    if (!is_any_up(servers)) {
        servers->options.stopped(servers->options.context);
    }
}
