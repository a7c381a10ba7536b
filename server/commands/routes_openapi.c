/* routes_openapi: emits descriptions into a temporary folder, and has Bun print them as one document. */
#include "server/commands/routes_openapi.h"

#include "parser/base/path.h"
#include "server/commands/bun.h"
#include "server/commands/command.h"
#include "server/commands/dev_ports.h"
#include "server/commands/report.h"
#include "server/output.h"
#include "server/project.h"
#include "server/replace.h"

#include <errno.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

extern char **environ;

struct description {
    struct arena *arena;
    struct project project;
    struct str folder;       /* the temporary one */
    struct str title, script; /* of the first package with servers; where describe.js is */
    VEC(char *) words;       /* name, port and file of each server */
    const char *server;      /* the only one that is wanted, or NULL */
    uint16_t port;           /* of the first server; 0: not said */
};

static char *word_of(struct description *d, struct str text) {
    char *copy = arena_array(d->arena, char, text.size + 1);
    memcpy(copy, text.data, text.size);
    return copy;
}

static void add_word(struct description *d, struct str text) { vec_push(d->arena, &d->words, word_of(d, text)); }

static bool make_folder(struct description *d) {
    const char *place = getenv("TMPDIR");
    struct str name = arena_printf(d->arena, "%s/tova-routes-XXXXXX", place != NULL && place[0] == '/' ? place : "/tmp");
    char *path = word_of(d, name);
    if (mkdtemp(path) == NULL) {
        command_failed("a temporary folder cannot be made: %s", strerror(errno));
        return false;
    }
    d->folder = str_from_c(path);
    return true;
}

/* ---- emission */

static void add_server(struct description *d, const struct project_unit *unit, const struct output *output, unsigned port) {
    struct str name = atom_text(d->project.atoms, output->block.name);
    if (d->server != NULL && !str_equal(str_from_c(d->server), name)) {
        return;
    }
    struct str runtime = path_join(d->arena, unit->place.top, STR("runtime"));
    d->title = d->title.size > 0 ? d->title : arena_str(d->arena, unit->base);
    d->script = path_join(d->arena, runtime, runtime_file_name(RUNTIME_DESCRIBE));
    add_word(d, name);
    add_word(d, arena_printf(d->arena, "%u", port));
    add_word(d, path_join(d->arena, unit->place.output, output->name));
}

/* With the ports at which `tova dev` would run them; false after saying what is wrong with these. */
static bool add_servers(struct description *d, const struct project_unit *unit, const struct emission *emission) {
    struct dev_ports ports = {.list = {NULL, 0, 0}};
    for (uint32_t i = 0; i < emission->count; i++) {
        if (emission->outputs[i].kind == OUTPUT_SERVER) {
            dev_ports_add(d->arena, &ports, emission->outputs[i].label);
        }
    }
    if (!dev_ports_choose(d->arena, &ports, d->port)) {
        return false;
    }
    for (uint32_t i = 0, server = 0; i < emission->count; i++) {
        if (emission->outputs[i].kind == OUTPUT_SERVER) {
            add_server(d, unit, &emission->outputs[i], ports.list.items[server++].port);
        }
    }
    return true;
}

static bool describe_unit(struct description *d, struct project_unit *unit) {
    struct emission emission;
    struct output_report report = {.failed = 0};
    project_emit(&d->project, unit, 0, &emission);
    report_unit(&d->project, unit, false);
    struct output_place place = project_output_place(d->arena, &d->project, unit);
    bool good = unit->errors == 0 && output_write(d->arena, &place, &emission, &report);
    good = good && add_servers(d, unit, &emission);
    emission_finish(&emission);
    return good;
}

static bool describe(struct description *d, struct str path, const char *word) {
    struct str folder = str_ends_with(path, STR(".tova")) ? path_parent(d->arena, path) : path;
    struct project_options options = {
        .limit = command_limit(d->arena, folder), .into = path_join(d->arena, d->folder, STR("out")), .describe = true};
    bool good = project_load(&d->project, path, &options);
    if (!good) {
        (void)command_nothing_at(word);
    }
    for (unsigned i = 0; good && i < d->project.units.count; i++) {
        good = !d->project.units.items[i]->wanted || describe_unit(d, d->project.units.items[i]);
    }
    if (good && d->words.count == 0) {
        d->server == NULL ? command_failed("there is no server at %s", word)
                          : command_failed("there is no server \"%s\" at %s", d->server, word);
        good = false;
    }
    return good;
}

/* ---- Bun */

static int run(struct description *d, const char *bun) {
    pid_t process;
    int status = 0;
    char **arguments = arena_array(d->arena, char *, d->words.count + 4);
    arguments[0] = word_of(d, str_from_c(bun));
    arguments[1] = word_of(d, d->script);
    arguments[2] = word_of(d, d->title);
    memcpy(arguments + 3, d->words.items, d->words.count * sizeof *d->words.items);
    fflush(NULL);
    int error = posix_spawn(&process, bun, NULL, NULL, arguments, environ);
    if (error != 0) {
        return command_failed("%s cannot be started: %s", bun, strerror(error));
    }
    while (waitpid(process, &status, 0) < 0 && errno == EINTR) {
    }
    return WIFEXITED(status) && WEXITSTATUS(status) == 0 ? COMMAND_DONE : COMMAND_FAILED;
}

int routes_print_openapi(struct str path, const char *word, const char *server, uint16_t port) {
    struct arena arena = {0};
    struct description d = {.arena = &arena, .title = STR_INIT(""), .server = server, .port = port};
    const char *bun;
    int status = COMMAND_FAILED;
    if (bun_find(&arena, &bun) && make_folder(&d)) {
        if (describe(&d, path, word)) {
            status = run(&d, bun);
        }
        project_finish(&d.project);
        replace_remove(d.folder);
    }
    arena_finish(&arena);
    return status;
}
