/* `tova check`: says what is wrong with files and folders, and changes nothing. */
#include "parser/base/limits.h"
#include "parser/base/path.h"
#include "server/commands/command.h"
#include "server/commands/report.h"
#include "server/commands/report_formats.h"
#include "server/commands/terminal.h"
#include "server/project.h"
#include "server/scan.h"

#include <stdio.h>
#include <string.h>

static void end_text(const struct report *report, struct strbuf *out) {
    strbuf_add(out, strbuf_str(report->out));
    report_summary(report, out);
}

static void end_json(const struct report *report, struct strbuf *out) {
    strbuf_printf(out, "{\"files\":%u,\"errors\":%u,\"warnings\":%u,\"diagnostics\":[", report->files, report->errors,
                  report->warnings);
    strbuf_add(out, strbuf_str(report->out));
    strbuf_add_c(out, "]}\n");
}

static void end_github(const struct report *report, struct strbuf *out) { strbuf_add(out, strbuf_str(report->out)); }

/* How findings are told: one file after the other, and the whole. */
static const struct format {
    const char *name;
    enum diagnostic_severity least; /* a tool gets all that an editor gets; people are spared the hints */
    void (*file)(struct report *report, const struct project *project, const struct project_file *file);
    void (*end)(const struct report *report, struct strbuf *out);
} formats[] = {
    {"text", SEVERITY_INFORMATION, report_text, end_text},
    {"json", SEVERITY_HINT, report_json, end_json},
    {"sarif", SEVERITY_INFORMATION, report_sarif, report_sarif_log},
    {"github", SEVERITY_INFORMATION, report_github, end_github},
};

struct check {
    struct arena arena;
    struct scan_files files; /* those asked for */
    struct str top;          /* the folder above all of them */
    const struct format *format;
    bool strict;
    struct report report;
    struct strbuf out;
};

static const struct format *format_find(const char *name) {
    for (size_t i = 0; i < sizeof formats / sizeof *formats; i++) {
        if (strcmp(formats[i].name, name) == 0) {
            return &formats[i];
        }
    }
    return NULL;
}

static bool read_colour(const char *when, bool *colour) {
    bool automatic = strcmp(when, "auto") == 0;
    bool always = strcmp(when, "always") == 0;
    *colour = automatic ? terminal_has_colour(stdout) : always;
    return automatic || always || strcmp(when, "never") == 0;
}

static bool read_options(struct check *check, int argc, char **argv, int *status) {
    static const struct option options[] = {
        {"syntax", no_argument, NULL, 's'},
        {"format", required_argument, NULL, 'f'},
        {"color", required_argument, NULL, 'c'},
        {"strict", no_argument, NULL, 't'},
        {NULL, 0, NULL, 0},
    };
    for (;;) {
        switch (command_option(argc, argv, "", options, status)) {
        case 's':
            check->report.syntax_only = true;
            break;
        case 't':
            check->strict = true;
            break;
        case 'f':
            check->format = format_find(optarg);
            if (check->format == NULL) {
                *status = command_misused("check", "there is no format \"%s\"; there are text, json, sarif and github.",
                                          optarg);
                return false;
            }
            break;
        case 'c':
            if (!read_colour(optarg, &check->report.colour)) {
                *status = command_misused("check", "--color is always, never or auto, not \"%s\".", optarg);
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
    struct project_options options = {.limit = command_limit(&check->arena, top), .strict = check->strict};
    project_load_files(&project, top, &check->files, &options);
    if (!check->report.syntax_only) {
        project_find_gaps(&project); /* what cannot be compiled is wrong too */
    }
    for (unsigned i = 0; i < project.units.count; i++) {
        struct project_unit *unit = project.units.items[i];
        for (uint32_t f = 0; f < unit->file_count; f++) {
            if (unit->files[f].wanted) {
                check->format->file(&check->report, &project, &unit->files[f]);
            }
        }
    }
    project_finish(&project);
}

static void print(const struct check *check) {
    struct strbuf whole;
    strbuf_init(&whole, LIMIT_OUTPUT_BYTES);
    check->format->end(&check->report, &whole);
    fwrite(whole.data, 1, whole.size, stdout);
    strbuf_finish(&whole);
}

int command_check(int argc, char **argv) {
    struct check check = {.format = &formats[0], .report = {.least = SEVERITY_INFORMATION}};
    arena_init(&check.arena);
    strbuf_init(&check.out, LIMIT_OUTPUT_BYTES);
    check.report.out = &check.out;
    check.report.colour = terminal_has_colour(stdout);

    int status;
    if (!read_options(&check, argc, argv, &status)) {
        goto out;
    }
    check.report.least = check.format->least;
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
