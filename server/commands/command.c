/* The table of commands, made from commands.def, and the reading of options. */
#include "server/commands/command.h"

#include "parser/base/path.h"

#include <assert.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

static const struct command commands[] = {
#define COMMAND(name, usage, help, details) {#name, usage, help, details, command_##name},
#include "server/commands/commands.def"
};

enum { COMMAND_COUNT = sizeof commands / sizeof commands[0], COMMAND_MOST_OPTIONS = 16 };

const struct command *command_table(unsigned *count) {
    *count = COMMAND_COUNT;
    return commands;
}

const struct command *command_find(struct str name) {
    for (unsigned i = 0; i < COMMAND_COUNT; i++) {
        if (str_equal(name, str_from_c(commands[i].name))) {
            return &commands[i];
        }
    }
    return NULL;
}

/* The command whose name is nearest to a mistyped one, or NULL when none is near. */
static const struct command *command_nearest(struct str name) {
    const struct command *nearest = NULL;
    unsigned least = name.size < 4 ? 1 : 2;
    for (unsigned i = 0; i < COMMAND_COUNT; i++) {
        unsigned distance = str_distance(name, str_from_c(commands[i].name), least);
        if (distance <= least && (nearest == NULL || distance < least)) {
            nearest = &commands[i];
            least = distance;
        }
    }
    return nearest;
}

int command_unknown(const char *word) {
    bool is_option = word[0] == '-';
    fprintf(stderr, "tova: there is no %s `%s`.", is_option ? "option" : "command", word);
    const struct command *nearest = is_option ? NULL : command_nearest(str_from_c(word));
    if (nearest != NULL) {
        fprintf(stderr, " Did you mean `%s`?", nearest->name);
    }
    fputs("\n`tova help` shows what there is.\n", stderr);
    return COMMAND_MISUSED;
}

void command_print_help(const struct command *command) {
    assert(command != NULL);
    printf("tova %s: %s\n\nusage: tova %s%s%s\n", command->name, command->help, command->name,
           command->usage[0] == '\0' ? "" : " ", command->usage);
    if (command->details[0] != '\0') {
        printf("\n%s", command->details);
    }
}

int command_misused(const char *name, const char *format, ...) {
    va_list arguments;
    va_start(arguments, format);
    fprintf(stderr, "tova %s: ", name);
    vfprintf(stderr, format, arguments);
    fprintf(stderr, "\n`tova help %s` shows how it is used.\n", name);
    va_end(arguments);
    return COMMAND_MISUSED;
}

int command_failed(const char *format, ...) {
    va_list arguments;
    va_start(arguments, format);
    fputs("tova: ", stderr);
    vfprintf(stderr, format, arguments);
    fputc('\n', stderr);
    va_end(arguments);
    return COMMAND_FAILED;
}

/* What is wrong with the option that getopt_long has just refused. */
static int refuse_option(char **argv, int kind) {
    const char *word = argv[optind - 1];
    bool is_long = strncmp(word, "--", 2) == 0;
    if (kind == ':') {
        if (is_long) {
            return command_misused(argv[0], "%s needs a value.", word);
        }
        return command_misused(argv[0], "-%c needs a value.", optopt);
    }
    if (is_long || optopt == 0) {
        const char *equals = strchr(word, '=');
        int size = equals != NULL ? (int)(equals - word) : (int)strlen(word);
        if (optopt != 0 && equals != NULL) {
            return command_misused(argv[0], "%.*s takes no value.", size, word);
        }
        return command_misused(argv[0], "there is no option %.*s.", size, word);
    }
    return command_misused(argv[0], "there is no option -%c.", optopt);
}

int command_option(int argc, char **argv, const char *letters, const struct option *options, int *status) {
    struct option all[COMMAND_MOST_OPTIONS] = {{"help", no_argument, NULL, 'h'}};
    for (unsigned i = 0; options != NULL && options[i].name != NULL && i + 2 < COMMAND_MOST_OPTIONS; i++) {
        all[i + 1] = options[i];
    }
    /* A leading "+" (stop at the first word that is no option) has to stay in front of the ":". */
    char all_letters[32];
    bool stops = letters[0] == '+';
    snprintf(all_letters, sizeof all_letters, "%s:h%s", stops ? "+" : "", stops ? letters + 1 : letters);
    opterr = 0;
    int option = getopt_long(argc, argv, all_letters, all, NULL);
    if (option == 'h') {
        const struct command *command = command_find(str_from_c(argv[0]));
        command_print_help(command != NULL ? command : command_find(STR("help")));
        *status = COMMAND_DONE;
        return COMMAND_OPTION_STOP;
    }
    if (option == '?' || option == ':') {
        *status = refuse_option(argv, option);
        return COMMAND_OPTION_STOP;
    }
    return option;
}

const char *command_one_path(int argc, char **argv, int *status) {
    if (argc - optind > 1) {
        *status = command_misused(argv[0], "it takes one PATH, and `%s` is a second one.", argv[optind + 1]);
        return NULL;
    }
    return optind < argc ? argv[optind] : ".";
}

bool command_sources(struct arena *arena, const char *word, struct str *path, struct scan_files *files) {
    *path = scan_absolute(arena, str_from_c(word));
    *files = scan_tree(arena, *path);
    /* A file that is named is given back whatever its name is. */
    bool is_other_file = files->list.count == 1 && !str_ends_with(files->list.items[0], STR(".tova"));
    if (files->list.count > 0 && !is_other_file) {
        return true;
    }
    command_failed("there is no .tova file at %s", word);
    return false;
}

/* `shop`, `ws/admin`: a folder as the user could have named it. */
static struct str named_below(struct arena *arena, const char *word, struct str path, struct str folder) {
    struct str below = path_relative(arena, path, folder);
    return str_equal(str_from_c(word), STR(".")) ? below : path_join(arena, str_from_c(word), below);
}

int command_nothing_at(const char *word) {
    enum { NAMED = 3 };
    struct arena arena = {0};
    struct str path = scan_absolute(&arena, str_from_c(word)), names = {0};
    struct scan_files files = scan_tree(&arena, path), folders = scan_packages(&arena, &files);
    unsigned named = folders.list.count < NAMED ? folders.list.count : NAMED;
    for (unsigned i = 0; i < named; i++) {
        const char *glue = i == 0 ? "" : i + 1 == folders.list.count ? " and " : ", ";
        names = arena_printf(&arena, "%.*s%s%.*s", STR_ARGUMENTS(names), glue,
                             STR_ARGUMENTS(named_below(&arena, word, path, folders.list.items[i])));
    }
    int status = named == 0 ? command_failed("there is no .tova file at %s", word)
                            : command_failed("there is no .tova file directly at %s, but in %.*s%s. Name one of them.", word,
                                             STR_ARGUMENTS(names), folders.list.count > NAMED ? " and others" : "");
    arena_finish(&arena);
    return status;
}

struct str command_limit(struct arena *arena, struct str path) {
    struct str here = scan_absolute(arena, STR("."));
    return path_is_below(path, here) ? here : path;
}

struct str command_path_from(struct arena *arena, struct str here, struct str path) {
    return path_is_below(path, here) ? path_relative(arena, here, path) : path;
}

struct str command_shown_path(struct arena *arena, struct str path) {
    return command_path_from(arena, scan_absolute(arena, STR(".")), path);
}
