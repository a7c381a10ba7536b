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
    return true;
}

static bool is_asked_for(const struct check *check, struct str path) {
    for (unsigned i = 0; i < check->files.list.count; i++) {
        if (str_equal(check->files.list.items[i], path)) {
            return true;
        }
    }
    return false;
}

/* Where nothing else is wrong, what cannot be compiled is. */
static void check_emission(const struct check *check, struct project *project) {
    if (project->errors == 0 && !check->report.syntax_only) {
        for (uint32_t i = 0; i < project->unit_count; i++) {
            struct emission emission;
            project_emit(project, &project->units[i], 0, &emission);
            emission_finish(&emission);
        }
    }
}

/* The files of an application see each other, so a folder is loaded as a whole; only those asked for are reported. */
static void check_folder(struct check *check, struct str folder) {
    struct project project;
    if (project_load(&project, folder, NULL)) {
        check_emission(check, &project);
        for (uint32_t i = 0; i < project.file_count; i++) {
            if (!is_asked_for(check, project.files[i].path)) {
                continue;
            }
            if (check->json) {
                report_json(&check->report, &project, &project.files[i]);
            } else {
                report_text(&check->report, &project, &project.files[i]);
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
    struct scan_files folders = scan_packages(&check.arena, &check.files);
    for (unsigned i = 0; i < folders.list.count; i++) {
        check_folder(&check, folders.list.items[i]);
    }
    print(&check);
    status = check.report.errors > 0 ? COMMAND_FAILED : COMMAND_DONE;
out:
    strbuf_finish(&check.out);
    arena_finish(&check.arena);
    return status;
}
