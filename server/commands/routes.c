/* `tova routes`: what the servers of applications answer, as a table, as JSON, as OpenAPI. */
#include "parser/base/limits.h"
#include "parser/base/path.h"
#include "parser/text/uri.h"
#include "server/commands/command.h"
#include "server/commands/dev_ports.h"
#include "server/commands/routes_openapi.h"
#include "server/lsp/endpoints.h"
#include "server/project.h"

#include <stdio.h>

enum { BESIDE = 2 }; /* spaces between two columns */

struct routes {
    struct arena arena;
    struct project project;
    const char *server; /* the only one that is wanted, or NULL */
    struct strbuf out;
    unsigned servers;
    uint16_t port; /* of the first server; 0: not said */
    bool failed;   /* the ports cannot be told */
};

/* ---- a project as sources */

static const struct project_file *file_at(const struct project *project, struct str path) {
    const struct project_unit *unit = project_unit_of(project, path);
    for (uint32_t i = 0; unit != NULL && i < unit->file_count; i++) {
        if (str_equal(unit->files[i].path, path)) {
            return &unit->files[i];
        }
    }
    return NULL;
}

static const struct file_analysis *analysis_of(void *context, struct str path) {
    const struct project_file *file = file_at(context, path);
    return file == NULL ? NULL : file->analysis;
}

static const struct package *package_of(void *context, struct str path) {
    const struct project_unit *unit = project_unit_of(context, path);
    return unit == NULL || unit->program == NULL ? NULL : unit->program->package;
}

static void each_package(void *context, void (*visit)(void *visitor, const struct package *package), void *visitor) {
    const struct project *project = context;
    for (unsigned i = 0; i < project->units.count; i++) {
        if (project->units.items[i]->program != NULL) {
            visit(visitor, project->units.items[i]->program->package);
        }
    }
}

/* The ports at which `tova dev` would run them. */
static bool choose_ports(struct routes *routes, struct endpoint_servers *servers) {
    struct dev_ports ports = {.list = {NULL, 0, 0}};
    for (unsigned i = 0; i < servers->list.count; i++) {
        dev_ports_add(&routes->arena, &ports, servers->list.items[i].label);
    }
    if (!dev_ports_choose(&routes->arena, &ports, routes->port)) {
        return false;
    }
    for (unsigned i = 0; i < servers->list.count; i++) {
        servers->list.items[i].port = ports.list.items[i].port;
    }
    return true;
}

/* The servers of a unit, those that are not wanted left out. */
static struct endpoint_servers servers_of(struct routes *routes, const struct project_unit *unit) {
    struct sources sources = {&routes->project, analysis_of, package_of, each_package};
    struct endpoint_query query = {.arena = &routes->arena,
                                   .atoms = routes->project.atoms,
                                   .package = unit->program->package,
                                   .sources = &sources,
                                   .callers = true};
    struct endpoint_servers all = endpoints_of(&query);
    struct endpoint_servers wanted = {0};
    routes->failed = !choose_ports(routes, &all) || routes->failed;
    for (unsigned i = 0; i < all.list.count; i++) {
        if (routes->server == NULL || str_equal(str_from_c(routes->server), all.list.items[i].name)) {
            vec_push(&routes->arena, &wanted.list, all.list.items[i]);
        }
    }
    routes->servers += wanted.list.count;
    return wanted;
}

/* ---- text */

enum column { COLUMN_METHOD, COLUMN_PATH, COLUMN_FUNCTION, COLUMN_GUARDS, COLUMN_CALLERS, COLUMN_PLACE, COLUMN_COUNT };

struct row {
    struct str cells[COLUMN_COUNT];
};

struct table {
    VEC(struct row) rows;
    size_t widths[COLUMN_COUNT];
};

/* "create_user(name: String, email: String) -> User" */
static struct str function_text(struct arena *arena, const struct endpoint_entry *entry) {
    struct str text = entry->name.size > 0 ? entry->name : STR("fn");
    text = arena_concat(arena, text, STR("("));
    for (unsigned i = 0; i < entry->parameters.count; i++) {
        const struct endpoint_parameter *parameter = &entry->parameters.items[i];
        bool optional = parameter->optional && !parameter->rest && !str_ends_with(parameter->type, STR("?"));
        text = arena_printf(arena, "%.*s%s%s%.*s%s%s%.*s", STR_ARGUMENTS(text), i > 0 ? ", " : "", parameter->rest ? "..." : "",
                            STR_ARGUMENTS(parameter->name), optional ? "?" : "", parameter->type.size > 0 ? ": " : "",
                            STR_ARGUMENTS(parameter->type));
    }
    return arena_printf(arena, "%.*s)%s%.*s", STR_ARGUMENTS(text), entry->returns.size > 0 ? " -> " : "",
                        STR_ARGUMENTS(entry->returns));
}

static struct str guards_text(struct arena *arena, const struct endpoint_entry *entry) {
    struct str text = STR("");
    for (unsigned i = 0; i < entry->guards.count; i++) {
        text = arena_printf(arena, "%.*s%s%.*s", STR_ARGUMENTS(text), i > 0 ? ", " : "with ",
                            STR_ARGUMENTS(entry->guards.items[i]));
    }
    return text;
}

static struct str callers_text(struct arena *arena, const struct endpoint_entry *entry) {
    unsigned count = entry->callers.list.count;
    if (entry->kind != ENDPOINT_RPC) {
        return STR("");
    }
    return count == 0 ? STR("no caller") : arena_printf(arena, "%u caller%s", count, count == 1 ? "" : "s");
}

static struct str place_text(struct routes *routes, const struct endpoint_entry *entry) {
    const struct project_file *file = file_at(&routes->project, entry->place.path);
    struct str shown = command_shown_path(&routes->arena, entry->place.path);
    unsigned line = file == NULL || file->text == NULL ? 0 : (unsigned)text_line_of(file->text, entry->selection.start) + 1;
    return arena_printf(&routes->arena, "%.*s:%u", STR_ARGUMENTS(shown), line);
}

static void add_row(struct routes *routes, struct table *table, const struct endpoint_entry *entry) {
    struct arena *arena = &routes->arena;
    struct row row = {{
        [COLUMN_METHOD] = entry->kind == ENDPOINT_SOCKET ? STR("WS") : entry->method,
        [COLUMN_PATH] = entry->path,
        [COLUMN_FUNCTION] = function_text(arena, entry),
        [COLUMN_GUARDS] = guards_text(arena, entry),
        [COLUMN_CALLERS] = callers_text(arena, entry),
        [COLUMN_PLACE] = place_text(routes, entry),
    }};
    for (int i = 0; i < COLUMN_COUNT; i++) {
        table->widths[i] = row.cells[i].size > table->widths[i] ? row.cells[i].size : table->widths[i];
    }
    vec_push(arena, &table->rows, row);
}

static void print_row(struct strbuf *out, const struct table *table, const struct row *row) {
    strbuf_add_c(out, "  ");
    for (int i = 0; i < COLUMN_COUNT; i++) {
        if (table->widths[i] == 0) {
            continue;
        }
        strbuf_add(out, row->cells[i]);
        strbuf_add_repeat(out, ' ', i + 1 < COLUMN_COUNT ? table->widths[i] - row->cells[i].size + BESIDE : 0);
    }
    strbuf_add_byte(out, '\n');
}

static void print_server(struct routes *routes, const struct endpoint_server *server) {
    struct table table = {0};
    strbuf_printf(&routes->out, "%s%.*s · port %u (%.*s) · %.*s\n", routes->out.size > 0 ? "\n" : "",
                  STR_ARGUMENTS(server->label), (unsigned)server->port, STR_ARGUMENTS(server->variable),
                  STR_ARGUMENTS(server->output));
    for (unsigned i = 0; i < server->entries.count; i++) {
        add_row(routes, &table, &server->entries.items[i]);
    }
    for (unsigned i = 0; i < table.rows.count; i++) {
        print_row(&routes->out, &table, &table.rows.items[i]);
    }
}

static void print_unit(struct routes *routes, const struct project_unit *unit) {
    struct endpoint_servers servers = servers_of(routes, unit);
    for (unsigned i = 0; i < servers.list.count; i++) {
        print_server(routes, &servers.list.items[i]);
    }
}

/* ---- JSON */

static struct text *text_of(void *context, const struct place *place) {
    const struct routes *routes = context;
    const struct project_file *file = file_at(&routes->project, place->path);
    return file == NULL || file->text == NULL ? NULL : text_ref(file->text);
}

static struct str uri_of(void *context, struct str path) {
    struct routes *routes = context;
    return uri_from_path(&routes->arena, path);
}

static void write_unit(struct routes *routes, struct json_writer *json, const struct project_unit *unit) {
    struct endpoint_texts texts = {routes, text_of, uri_of, POSITION_UTF16};
    struct endpoint_servers servers = servers_of(routes, unit);
    if (servers.list.count == 0) {
        return;
    }
    json_open_object(json);
    json_member_string(json, "uri", uri_from_path(&routes->arena, unit->folder));
    json_member_string(json, "name", unit->base);
    json_key(json, "servers");
    endpoints_write_servers(json, &routes->arena, &servers, &texts);
    json_close_object(json);
}

static void print_units(struct routes *routes, bool as_json) {
    struct json_writer json;
    if (as_json) {
        json_init(&json, &routes->out);
        json_open_object(&json);
        json_key(&json, "packages");
        json_open_array(&json);
    }
    for (unsigned i = 0; i < routes->project.units.count; i++) {
        const struct project_unit *unit = routes->project.units.items[i];
        if (!unit->wanted || unit->program == NULL) {
            continue;
        }
        if (as_json) {
            write_unit(routes, &json, unit);
        } else {
            print_unit(routes, unit);
        }
    }
    if (as_json) {
        json_close_array(&json);
        json_close_object(&json);
        strbuf_add_byte(&routes->out, '\n');
    }
}

static int print_routes(struct str path, const char *word, const char *server, uint16_t port, bool as_json) {
    struct routes routes = {.server = server, .port = port};
    struct str folder = str_ends_with(path, STR(".tova")) ? path_parent(&routes.arena, path) : path;
    struct project_options options = {.limit = command_limit(&routes.arena, folder)};
    int status = COMMAND_DONE;
    strbuf_init(&routes.out, LIMIT_OUTPUT_BYTES);
    if (!project_load(&routes.project, path, &options)) {
        status = command_nothing_at(word);
    } else {
        print_units(&routes, as_json);
        status = routes.failed ? COMMAND_FAILED : COMMAND_DONE;
        fwrite(routes.out.data, 1, routes.failed ? 0 : routes.out.size, stdout);
        if (!routes.failed && routes.servers == 0 && (server != NULL || !as_json)) {
            status = server != NULL ? command_failed("there is no server \"%s\" at %s", server, word)
                                    : command_failed("there is no server at %s", word);
        }
    }
    project_finish(&routes.project);
    strbuf_finish(&routes.out);
    arena_finish(&routes.arena);
    return status;
}

/* ---- the command */

int command_routes(int argc, char **argv) {
    static const struct option options[] = {{"json", no_argument, NULL, 'j'},
                                            {"openapi", no_argument, NULL, 'o'},
                                            {"server", required_argument, NULL, 's'},
                                            {"port", required_argument, NULL, 'p'},
                                            {NULL, 0, NULL, 0}};
    const char *server = NULL;
    bool json = false;
    bool openapi = false;
    uint16_t port = 0;
    int status = COMMAND_DONE;
    int option;
    while ((option = command_option(argc, argv, "", options, &status)) != COMMAND_OPTION_END) {
        if (option == COMMAND_OPTION_STOP) {
            return status;
        }
        json = json || option == 'j';
        openapi = openapi || option == 'o';
        server = option == 's' ? optarg : server;
        if (option == 'p' && !dev_ports_read(optarg, &port)) {
            return command_misused("routes", "\"%s\" is not a port: a number from 1 to %d.", optarg, DEV_PORT_LAST);
        }
    }
    const char *word = command_one_path(argc, argv, &status);
    if (word == NULL) {
        return status;
    }
    if (json && openapi) {
        return command_misused("routes", "it prints JSON or OpenAPI, not both.");
    }
    struct arena arena = {0};
    struct str path;
    struct scan_files files;
    status = COMMAND_FAILED;
    if (command_sources(&arena, word, &path, &files)) {
        status = openapi ? routes_print_openapi(path, word, server, port) : print_routes(path, word, server, port, json);
    }
    arena_finish(&arena);
    return status;
}
