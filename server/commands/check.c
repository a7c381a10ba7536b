/* `tova check`: says what is wrong with files and folders, and changes nothing. */
#include "parser/base/limits.h"
#include "parser/base/path.h"
#include "server/commands/command.h"
#include "server/commands/report.h"
#include "server/commands/terminal.h"
#include "server/project.h"
#include "server/scan.h"

#include <stdio.h>
#include <string.h>

struct check {
    struct arena arena;
    struct scan_files files; /* those asked for */
    struct str top;          /* the folder above all of them */
    bool json;
    struct report report;
    struct strbuf out;
};

static bool read_options(struct check *check, int argc, char **argv, int *status) {
    static const struct option options[] = {
        {"syntax", no_argument, NULL, 's'}, {"format", required_argument, NULL, 'f'}, {NULL, 0, NULL, 0}};
    for (;;) {
        switch (command_option(argc, argv, "", options, status)) {
        case 's':
            check->report.syntax_only = true;
            break;
        case 'f':
            check->json = strcmp(optarg, "json") == 0;
            if (!check->json && strcmp(optarg, "text") != 0) {
                *status = command_misused("check", "there is no format \"%s\"; there are text and json.", optarg);
                return false;
            }
            break;
        case COMMAND_OPTION_STOP:
            return false;
        case COMMAND_OPTION_END:
            return true;
        }
    }
}

static bool add_path(struct check *check, const char *word) {
    struct str path;
    struct scan_files found;
    if (!command_sources(&check->arena, word, &path, &found)) {
        return false;
    }
    for (unsigned i = 0; i < found.list.count; i++) {
        vec_push(&check->arena, &check->files.list, found.list.items[i]);
    }
    bool is_file = found.list.count == 1 && str_equal(found.list.items[0], path);
    struct str folder = is_file ? path_parent(&check->arena, path) : path;
    while (check->top.size > 0 && !path_is_below(folder, check->top)) {
        check->top = path_parent(&check->arena, check->top);
    }
    check->top = check->top.size > 0 ? check->top : folder;
    return true;
}

/* Files see those that they merge with and what they import, so all of it is loaded; what was asked for is reported. */
static void check_files(struct check *check, struct str top) {
    struct project project;
    struct project_options options = {.limit = command_limit(&check->arena, top)};
    project_load_files(&project, top, &check->files, &options);
    if (!check->report.syntax_only) {
        project_emit_all(&project, NULL, NULL); /* what cannot be compiled is wrong too */
    }
    for (unsigned i = 0; i < project.units.count; i++) {
        struct project_unit *unit = project.units.items[i];
        for (uint32_t f = 0; f < unit->file_count; f++) {
            if (unit->files[f].wanted && check->json) {
                report_json(&check->report, &project, &unit->files[f]);
            } else if (unit->files[f].wanted) {
                report_text(&check->report, &project, &unit->files[f]);
            }
        }
    }
    project_finish(&project);
}

static void print(const struct check *check) {
    const struct report *report = &check->report;
    if (check->json) {
        printf("{\"files\":%u,\"errors\":%u,\"warnings\":%u,\"diagnostics\":[%s]}\n", report->files, report->errors,
               report->warnings, check->out.data);
        return;
    }
    struct strbuf summary;
    strbuf_init(&summary, LIMIT_OUTPUT_BYTES);
    report_summary(report, &summary);
    fwrite(check->out.data, 1, check->out.size, stdout);
    fwrite(summary.data, 1, summary.size, stdout);
    strbuf_finish(&summary);
}

int command_check(int argc, char **argv) {
    struct check check = {.report = {.least = SEVERITY_INFORMATION}};
    arena_init(&check.arena);
    strbuf_init(&check.out, LIMIT_OUTPUT_BYTES);
    check.report.out = &check.out;
    check.report.colour = terminal_has_colour(stdout);

    int status;
    if (!read_options(&check, argc, argv, &status)) {
        goto out;
    }
    for (int i = optind; i < argc || i == optind; i++) {
        const char *word = i < argc ? argv[i] : ".";
        if (!add_path(&check, word)) {
            status = COMMAND_FAILED;
            goto out;
        }
    }
    scan_sort(&check.files);
    check_files(&check, check.top);
    print(&check);
    status = check.report.errors > 0 ? COMMAND_FAILED : COMMAND_DONE;
out:
    strbuf_finish(&check.out);
    arena_finish(&check.arena);
    return status;
}
