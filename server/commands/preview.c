/* `tova preview`: the JavaScript that a file becomes, on standard output. */
#include "codegen/emit.h"
#include "parser/base/limits.h"
#include "parser/base/path.h"
#include "server/commands/command.h"
#include "server/commands/report.h"
#include "server/project.h"
#include "server/scan.h"

#include <stdio.h>

/* The file of the unit at `path`, else (when a folder was named) the first one. */
static const struct project_file *file_at(const struct project_unit *unit, struct str path) {
    for (uint32_t i = 0; i < unit->file_count; i++) {
        if (str_equal(unit->files[i].path, path)) {
            return &unit->files[i];
        }
    }
    return &unit->files[0];
}

/* The output of the first block of the file. */
static const struct output *first_output(const struct project_unit *unit, const struct emission *emission,
                                         struct str path) {
    const struct project_file *file = file_at(unit, path);
    /* Entry 0 is the null entry, 1 the module level. */
    if (file->analysis != NULL && file->analysis->blocks.count > 2) {
        struct block_key key = file->analysis->blocks.items[2].key;
        for (uint32_t i = 0; i < emission->count; i++) {
            if (block_key_equal(emission->outputs[i].block, key)) {
                return &emission->outputs[i];
            }
        }
    }
    return emission->count > 0 ? &emission->outputs[0] : NULL;
}

static int refuse_block(const struct emission *emission, const char *block) {
    fprintf(stderr, "tova: there is no output `%s`; there are:\n", block);
    for (uint32_t i = 0; i < emission->count; i++) {
        fprintf(stderr, "  %.*s (%.*s)\n", STR_ARGUMENTS(emission->outputs[i].name),
                STR_ARGUMENTS(emission->outputs[i].label));
    }
    return COMMAND_FAILED;
}

static int print_output(const struct output *output) {
    struct strbuf text;
    strbuf_init(&text, LIMIT_OUTPUT_BYTES);
    output_file_text(output, &text);
    fwrite(text.data, 1, text.size, stdout);
    strbuf_finish(&text);
    return output->broken ? COMMAND_FAILED : COMMAND_DONE;
}

static int preview(struct str path, const char *word, const char *block) {
    struct project project;
    struct arena scratch = {0};
    bool is_file = str_ends_with(path, STR(".tova"));
    struct project_options options = {.limit = command_limit(&scratch, is_file ? path_parent(&scratch, path) : path)};
    int status;
    if (project_load(&project, path, &options)) {
        struct emission emission;
        struct project_unit *unit = project_unit_of(&project, path);
        unit = unit == NULL ? project.units.items[0] : unit;
        project_emit(&project, unit, 0, &emission);
        report_unit(&project, unit, false);
        const struct output *output =
            block != NULL ? emission_find(&emission, str_from_c(block)) : first_output(unit, &emission, path);
        if (output != NULL) {
            status = print_output(output);
        } else if (block != NULL) {
            status = refuse_block(&emission, block);
        } else {
            status = command_failed("%s has nothing that becomes JavaScript.", word);
        }
        emission_finish(&emission);
    } else {
        status = command_nothing_at(word);
    }
    project_finish(&project);
    arena_finish(&scratch);
    return status;
}

int command_preview(int argc, char **argv) {
    static const struct option options[] = {{"block", required_argument, NULL, 'b'}, {NULL, 0, NULL, 0}};
    const char *block = NULL;
    int status;
    int option;
    while ((option = command_option(argc, argv, "b:", options, &status)) != COMMAND_OPTION_END) {
        if (option == COMMAND_OPTION_STOP) {
            return status;
        }
        block = optarg;
    }
    if (argc - optind != 1) {
        return command_misused("preview", "it takes one FILE.");
    }
    struct arena arena;
    struct str path;
    struct scan_files files;
    arena_init(&arena);
    status = COMMAND_FAILED;
    if (command_sources(&arena, argv[optind], &path, &files)) {
        status = preview(path, argv[optind], block);
    }
    arena_finish(&arena);
    return status;
}
