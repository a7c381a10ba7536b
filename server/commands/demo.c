/* `tova demo`: plays an editor's session with the language server and shows what an editor would. */
#include "parser/base/limits.h"
#include "parser/base/path.h"
#include "parser/text/diagnostic.h"
#include "parser/text/uri.h"
#include "server/commands/command.h"
#include "server/commands/daemon.h"
#include "server/commands/demo_files.h"
#include "server/commands/report.h"
#include "server/commands/terminal.h"
#include "server/io/loop.h"
#include "server/scan.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

#define EXAMPLE STR("dashboard")
#define CALL "server.list_tickets()"
#define TYPING_MISTAKE "server.lst_tickets()"

enum { TEXT_INDENT = 4 };

struct demo {
    struct arena arena;
    bool colour;
    struct str program;           /* this program's path */
    struct str temporary, folder; /* the temporary folder, and the application in it */
    struct daemon daemon;
    struct demo_file page, events;
    unsigned step;
    uint64_t asked; /* when the last question was put, nanoseconds */
    bool failed;
};

/* ---- showing */

static const char *style(const struct demo *demo, enum terminal_style name) {
    return terminal_style(demo->colour, name);
}

static void show_step(struct demo *demo, const char *title) {
    printf("\n%s%u  %s%s\n\n", style(demo, TERMINAL_BOLD), ++demo->step, title, style(demo, TERMINAL_PLAIN));
    demo->asked = loop_clock();
}

/* How long the answer took, behind a few words or none. */
static void show_time(const struct demo *demo, const char *what) {
    double milliseconds = (double)(loop_clock() - demo->asked) / 1e6;
    printf("    %s(%s%.2f ms)%s\n", style(demo, TERMINAL_DIM), what, milliseconds, style(demo, TERMINAL_PLAIN));
}

static void show_excerpt(const struct demo *demo, const struct text *text, struct span span) {
    struct strbuf out;
    strbuf_init(&out, LIMIT_OUTPUT_BYTES);
    report_excerpt(&out, demo->colour, text, span);
    fwrite(out.data, 1, out.size, stdout);
    strbuf_finish(&out);
}

/* Prints each line of a text behind four blanks, at most `most` of them. */
static void show_lines(const struct demo *demo, struct str text, unsigned most, enum terminal_style name) {
    for (unsigned count = 0; text.size > 0 && count < most; count++) {
        size_t end = str_find(text, '\n', 0);
        printf("    %s%.*s%s\n", style(demo, name), STR_ARGUMENTS(str_slice(text, 0, end)),
               style(demo, TERMINAL_PLAIN));
        text = str_slice(text, end + 1, text.size);
    }
}

/* Prints the words of a text behind what stands on the line already, in lines that fit the terminal. */
static void show_words(struct str text, unsigned column) {
    unsigned width = terminal_width(stdout);
    while (text.size > 0) {
        struct str word = str_slice(text, 0, str_find(text, ' ', 0));
        if (column + 1 + word.size > width) {
            printf("\n%*s", TEXT_INDENT + 4, "");
            column = TEXT_INDENT + 4;
        }
        printf(" %.*s", STR_ARGUMENTS(word));
        column += 1 + (unsigned)word.size;
        text = str_slice(text, word.size + 1, text.size);
    }
    printf("\n");
}

static bool fail(struct demo *demo, const char *what) {
    demo->failed = true;
    fflush(stdout);
    command_failed("demo: %s", what);
    return false;
}

/* ---- the steps; each says whether the session can go on */

static void show_diagnostic(const struct demo *demo, const struct client_diagnostic *diagnostic) {
    struct span span = {0, 0};
    position_offset(demo->page.text, diagnostic->range.start, POSITION_UTF16, &span.start);
    position_offset(demo->page.text, diagnostic->range.end, POSITION_UTF16, &span.end);
    show_excerpt(demo, demo->page.text, span);
    printf("    %s%.*s%s", style(demo, TERMINAL_RED), STR_ARGUMENTS(diagnostic->code), style(demo, TERMINAL_PLAIN));
    show_words(diagnostic->message, TEXT_INDENT + (unsigned)diagnostic->code.size);
}

/* What is waited for: something (or nothing) to say about the page as it reads at this moment. */
struct awaited {
    const struct demo *demo;
    bool problems;
};

/* The problems of a publication: hints are for editors to draw, not to tell. */
static unsigned count_problems(const struct client_diagnostics *found) {
    const struct client_diagnostic *items = found->list.items;
    unsigned count = 0;
    for (uint32_t i = 0; i < found->list.count; i++) {
        count += items[i].severity <= SEVERITY_WARNING;
    }
    return count;
}

static bool take_diagnostics(void *context, struct arena *arena, const struct message *message) {
    const struct awaited *awaited = context;
    const struct demo_file *page = &awaited->demo->page;
    struct client_diagnostics found;
    return client_read_diagnostics(message, arena, &found) && str_equal(found.uri, page->uri) &&
           found.version == page->version && (count_problems(&found) > 0) == awaited->problems;
}

/* Waits for the publication about the page and shows its problems. */
static bool await_diagnostics(struct demo *demo, bool problems) {
    struct message message = {.kind = MESSAGE_INVALID};
    struct awaited awaited = {demo, problems};
    struct client_diagnostics found;
    if (!daemon_wait(&demo->daemon, &demo->arena, take_diagnostics, &awaited, &message)) {
        return fail(demo, problems ? "the mistake was not found." : "there are problems still.");
    }
    client_read_diagnostics(&message, &demo->arena, &found);
    const struct client_diagnostic *items = found.list.items;
    for (uint32_t i = 0; i < found.list.count; i++) {
        if (items[i].severity <= SEVERITY_WARNING) {
            show_diagnostic(demo, &items[i]);
        }
    }
    message_finish(&message);
    return true;
}

static bool open_session(struct demo *demo) {
    struct client *client = &demo->daemon.client;
    struct message message;
    demo->asked = loop_clock();
    uint32_t id = client_initialize(client, uri_from_path(&demo->arena, demo->temporary));
    if (!daemon_answer(&demo->daemon, &demo->arena, id, &message)) {
        return fail(demo, "the daemon did not answer `initialize`.");
    }
    message_finish(&message);
    client_initialized(client);
    printf("%stova demo%s: an editor's session with `tova lsp`, on a copy of examples/%.*s\n",
           style(demo, TERMINAL_BOLD), style(demo, TERMINAL_PLAIN), STR_ARGUMENTS(EXAMPLE));
    show_time(demo, "the daemon is ready after ");
    return true;
}

static bool show_mistake(struct demo *demo) {
    struct client *client = &demo->daemon.client;
    show_step(demo, "dashboard.tova is opened, and a typing mistake is made; nothing is saved");
    client_open(client, demo->page.uri, text_str(demo->page.text));
    if (!await_diagnostics(demo, false)) {
        return false;
    }
    demo->asked = loop_clock();
    if (!demo_file_edit(&demo->page, client, STR(CALL), STR(TYPING_MISTAKE))) {
        return fail(demo, "the example does not hold the call " CALL " any more.");
    }
    if (!await_diagnostics(demo, true)) {
        return false;
    }
    show_time(demo, "");
    return true;
}

static bool mend_mistake(struct demo *demo) {
    show_step(demo, "The mistake is mended");
    demo_file_edit(&demo->page, &demo->daemon.client, STR(TYPING_MISTAKE), STR(CALL));
    if (!await_diagnostics(demo, false)) {
        return false;
    }
    printf("    %sno problems%s\n", style(demo, TERMINAL_GREEN), style(demo, TERMINAL_PLAIN));
    show_time(demo, "");
    return true;
}

/* Where the cursor stands for the questions that follow: in `list_tickets`, right behind `server.`. */
static struct position cursor(const struct demo *demo) {
    struct span span = {0, 0};
    demo_file_find(&demo->page, STR(CALL), &span);
    return demo_file_position(&demo->page, span.start + (uint32_t)strlen("server."));
}

static bool ask(struct demo *demo, uint32_t id, struct message *message) {
    return daemon_answer(&demo->daemon, &demo->arena, id, message) || fail(demo, "the daemon did not answer.");
}

/* The name, then its parameters and result, and the server behind the dot that the daemon puts before it. */
static void show_completion(const struct demo *demo, const struct client_completion *item) {
    static const char dot[] = " · ";
    struct str detail = str_slice(item->detail, str_find(item->detail, '(', 0), item->detail.size);
    const char *found = memmem(detail.data, detail.size, dot, sizeof dot - 1);
    size_t end = found != NULL ? (size_t)(found - detail.data) : detail.size;
    struct str server = str_slice(detail, end + sizeof dot - 1, detail.size);
    struct str summary = str_slice(item->documentation, 0, str_find(item->documentation, '\n', 0));
    printf("    %s%-14.*s%s %.*s  %s%.*s%s\n", style(demo, TERMINAL_CYAN), STR_ARGUMENTS(item->label),
           style(demo, TERMINAL_PLAIN), STR_ARGUMENTS(str_slice(detail, 0, end)), style(demo, TERMINAL_YELLOW),
           STR_ARGUMENTS(server), style(demo, TERMINAL_PLAIN));
    if (summary.size > 0) {
        printf("    %14s %s%.*s%s\n", "", style(demo, TERMINAL_DIM), STR_ARGUMENTS(summary),
               style(demo, TERMINAL_PLAIN));
    }
}

static bool show_completions(struct demo *demo) {
    struct message message;
    struct decode_array found = {NULL, 0};
    show_step(demo, "Completion after `server.`: what the servers of this application answer to");
    if (!ask(demo, client_completion(&demo->daemon.client, demo->page.uri, cursor(demo)), &message)) {
        return false;
    }
    client_read_completions(&message, &demo->arena, &found);
    const struct client_completion *items = found.items;
    for (uint32_t i = 0; i < found.count; i++) {
        show_completion(demo, &items[i]);
    }
    show_time(demo, "");
    message_finish(&message);
    return found.count > 0 || fail(demo, "there were no completions.");
}

static bool show_definition(struct demo *demo) {
    struct message message;
    struct client_location found;
    struct str path;
    struct text *text = NULL;
    show_step(demo, "Definition of list_tickets: in another file, in a block that runs elsewhere");
    struct position from = cursor(demo);
    if (!ask(demo, client_definition(&demo->daemon.client, demo->page.uri, from), &message)) {
        return false;
    }
    bool landed = client_read_location(&message, &demo->arena, &found) && uri_to_path(&demo->arena, found.uri, &path) &&
                  scan_read_file(path, &text) == SCAN_READ;
    if (landed) {
        struct span span = {0, 0};
        position_offset(text, found.range.start, POSITION_UTF16, &span.start);
        position_offset(text, found.range.end, POSITION_UTF16, &span.end);
        printf("    dashboard.tova:%u:%u  ->  %.*s:%u:%u\n", from.line + 1, from.column + 1,
               STR_ARGUMENTS(path_name(path)), found.range.start.line + 1, found.range.start.column + 1);
        show_excerpt(demo, text, span);
        show_time(demo, "");
    }
    text_unref(text);
    message_finish(&message);
    return landed || fail(demo, "the definition was not found.");
}

static bool show_hover(struct demo *demo) {
    struct message message;
    struct str markdown;
    show_step(demo, "Hover over list_tickets");
    if (!ask(demo, client_hover(&demo->daemon.client, demo->page.uri, cursor(demo)), &message)) {
        return false;
    }
    bool read = client_read_hover(&message, &demo->arena, &markdown);
    while (read && markdown.size > 0) {
        size_t end = str_find(markdown, '\n', 0);
        struct str line = str_slice(markdown, 0, end);
        if (line.size > 0 && !str_starts_with(line, STR("```"))) {
            show_lines(demo, line, 1, TERMINAL_PLAIN);
        }
        markdown = str_slice(markdown, end + 1, markdown.size);
    }
    show_time(demo, "");
    message_finish(&message);
    return read || fail(demo, "there was no hover.");
}

/* The endpoint of a function in an emitted server, up to the next empty line; else the text's beginning. */
static struct str endpoint_in(struct str text, struct str mark) {
    const char *found = memmem(text.data, text.size, mark.data, mark.size);
    if (found == NULL) {
        return text;
    }
    struct str rest = str_slice(text, (size_t)(found - text.data), text.size);
    const char *end = memmem(rest.data, rest.size, "\n\n", 2);
    return str_slice(rest, 0, end != NULL ? (size_t)(end - rest.data) : rest.size);
}

static bool show_preview(struct demo *demo) {
    enum { MOST_LINES = 24 };
    struct message message;
    struct client_preview found;
    show_step(demo, "Preview of the api server, from the unsaved text: what close_ticket becomes");
    if (!ask(demo, client_preview(&demo->daemon.client, demo->page.uri, STR("server.api")), &message)) {
        return false;
    }
    bool read = client_read_preview(&message, &demo->arena, &found);
    if (read) {
        printf("    %s%.*s%s\n", style(demo, TERMINAL_MAGENTA), STR_ARGUMENTS(found.name), style(demo, TERMINAL_PLAIN));
        show_lines(demo, endpoint_in(found.text, STR("// POST /rpc/close_ticket")), MOST_LINES, TERMINAL_PLAIN);
        show_time(demo, "");
    }
    message_finish(&message);
    return read || fail(demo, "there was no preview.");
}

static bool take_compiled(void *context, struct arena *arena, const struct message *message) {
    (void)context;
    struct client_compiled found;
    return client_read_compiled(message, arena, &found);
}

/* Saves a buffer and lists the outputs that the daemon wrote, maps and runtime apart. */
static bool save(struct demo *demo, const struct demo_file *file, unsigned *outputs) {
    struct message message;
    struct client_compiled found;
    unsigned others = 0;
    if (!demo_file_save(file, &demo->daemon.client)) {
        return fail(demo, "the file could not be saved.");
    }
    if (!daemon_wait(&demo->daemon, &demo->arena, take_compiled, NULL, &message)) {
        return fail(demo, "the daemon did not compile what was saved.");
    }
    client_read_compiled(&message, &demo->arena, &found);
    const struct str *names = found.written.items;
    *outputs = 0;
    for (uint32_t i = 0; i < found.written.count; i++) {
        if (str_ends_with(names[i], STR(".map")) || memchr(names[i].data, '/', names[i].size) != NULL) {
            others++;
        } else {
            ++*outputs;
            printf("    written  %s%.*s%s\n", style(demo, TERMINAL_GREEN), STR_ARGUMENTS(names[i]),
                   style(demo, TERMINAL_PLAIN));
        }
    }
    if (others > 0) {
        printf("    %sand %u file%s beside: source maps, modules of the runtime%s\n", style(demo, TERMINAL_DIM), others,
               others == 1 ? "" : "s", style(demo, TERMINAL_PLAIN));
    }
    show_time(demo, "");
    message_finish(&message);
    return true;
}

static bool show_first_save(struct demo *demo) {
    unsigned outputs;
    show_step(demo, "dashboard.tova is saved: the application is compiled");
    return save(demo, &demo->page, &outputs) && (outputs > 0 || fail(demo, "nothing was written."));
}

static bool show_second_save(struct demo *demo) {
    unsigned outputs;
    struct client *client = &demo->daemon.client;
    show_step(demo, "events.tova is changed and saved: only what came out differently is written");
    client_open(client, demo->events.uri, text_str(demo->events.text));
    if (!demo_file_edit(&demo->events, client, STR("take(20)"), STR("take(50)"))) {
        return fail(demo, "the example does not hold take(20) any more.");
    }
    struct span span;
    if (demo_file_find(&demo->events, STR("take(50)"), &span)) {
        show_excerpt(demo, demo->events.text, span);
    }
    return save(demo, &demo->events, &outputs) && (outputs == 1 || fail(demo, "not exactly one output was written."));
}

/* ---- the session */

static bool (*const steps[])(struct demo *demo) = {
    open_session, show_mistake, mend_mistake,    show_completions, show_definition,
    show_hover,   show_preview, show_first_save, show_second_save,
};

static void close_session(struct demo *demo) {
    struct message message;
    uint32_t id = client_shutdown(&demo->daemon.client);
    if (daemon_answer(&demo->daemon, &demo->arena, id, &message)) {
        message_finish(&message);
        client_exit(&demo->daemon.client);
    }
}

static void play(struct demo *demo) {
    uint64_t started = loop_clock();
    bool going = true;
    for (size_t i = 0; i < sizeof steps / sizeof steps[0] && going; i++) {
        going = steps[i](demo);
    }
    close_session(demo);
    int status = daemon_finish(&demo->daemon);
    if (going && status != 0) {
        fail(demo, "the daemon did not end as it should.");
    }
    if (!demo->failed) {
        printf("\n%sThat was %.0f ms in all.%s Now run it:  tova dev examples/%.*s\n", style(demo, TERMINAL_BOLD),
               (double)(loop_clock() - started) / 1e6, style(demo, TERMINAL_PLAIN), STR_ARGUMENTS(EXAMPLE));
    }
}

/* The path of this program; "tova" where the system does not tell. */
static struct str own_path(struct arena *arena) {
    char path[4096];
    ssize_t size = readlink("/proc/self/exe", path, sizeof path);
    return size > 0 && (size_t)size < sizeof path ? arena_str(arena, (struct str){path, (size_t)size}) : STR("tova");
}

int command_demo(int argc, char **argv) {
    int status;
    if (command_option(argc, argv, "", NULL, &status) == COMMAND_OPTION_STOP) {
        return status;
    }
    struct demo demo = {.colour = terminal_has_colour(stdout), .failed = true};
    struct str example;
    arena_init(&demo.arena);
    loop_ignore_broken_pipes();
    demo.program = own_path(&demo.arena);
    if (demo_files_find(&demo.arena, demo.program, EXAMPLE, &example) &&
        demo_files_copy(&demo.arena, example, &demo.temporary)) {
        demo.folder = path_join(&demo.arena, demo.temporary, EXAMPLE);
        if (!demo_file_read(&demo.page, &demo.arena, demo.folder, STR("dashboard.tova")) ||
            !demo_file_read(&demo.events, &demo.arena, demo.folder, STR("events.tova"))) {
            command_failed("%.*s lacks dashboard.tova or events.tova.", STR_ARGUMENTS(example));
        } else if (daemon_start(&demo.daemon, demo.program.data)) {
            demo.failed = false;
            play(&demo);
        } else {
            daemon_finish(&demo.daemon);
        }
        demo_file_finish(&demo.page);
        demo_file_finish(&demo.events);
        demo_files_remove(demo.temporary);
    }
    arena_finish(&demo.arena);
    return demo.failed ? COMMAND_FAILED : COMMAND_DONE;
}
