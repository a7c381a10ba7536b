/* `tova explain`: the page of a diagnostic, from analysis/explanations/CODE.md: text, and examples between fences that say
 * whether they are wrong or right. */
#include "server/commands/explain.h"

#include "server/commands/command.h"
#include "server/commands/terminal.h"

#include "server/commands/explanation_texts_generated.h"

#include <stdio.h>

struct str explain_text(enum diagnostic_code code) { return explanation_texts[code]; }

struct page {
    bool colour;
    bool example; /* between fences */
};

static void put(struct str text) { fwrite(text.data, 1, text.size, stdout); }

static struct str next_line(struct str *rest) {
    size_t end = str_find(*rest, '\n', 0);
    struct str line = str_slice(*rest, 0, end);
    *rest = str_slice(*rest, end + 1, rest->size);
    return line;
}

/* "```tova wrong a.tova" begins an example, "```" ends it. */
static void print_fence(struct page *page, struct str line) {
    static const struct str wrong = STR_INIT("```tova wrong");
    static const struct str right = STR_INIT("```tova right");
    page->example = line.size > 3;
    if (!page->example) {
        return;
    }
    bool bad = str_starts_with(line, wrong);
    struct str file = str_trim(str_slice(line, bad ? wrong.size : right.size, line.size));
    printf("  %s%s%s", terminal_style(page->colour, bad ? TERMINAL_RED : TERMINAL_GREEN), bad ? "wrong" : "right",
           terminal_style(page->colour, TERMINAL_PLAIN));
    if (file.size > 0) {
        printf(" (%.*s)", STR_ARGUMENTS(file));
    }
    fputs(":\n", stdout);
}

static void print_page(enum diagnostic_code code, bool colour) {
    struct page page = {.colour = colour};
    struct str rest = explain_text(code);
    printf("%s%.*s: %.*s%s (%.*s)\n\n", terminal_style(colour, TERMINAL_BOLD), STR_ARGUMENTS(diagnostic_code_name(code)),
           STR_ARGUMENTS(diagnostic_code_title(code)), terminal_style(colour, TERMINAL_PLAIN),
           STR_ARGUMENTS(diagnostic_severity_name(diagnostic_code_severity(code))));
    while (rest.size > 0) {
        struct str line = next_line(&rest);
        if (str_starts_with(line, STR("```"))) {
            print_fence(&page, line);
        } else {
            fputs(page.example && line.size > 0 ? "    " : "", stdout);
            put(line);
            putchar('\n');
        }
    }
    if (diagnostic_is_silenceable(code)) {
        struct str name = diagnostic_code_name(code);
        printf("\n`// tova-ignore %.*s` on the line, or alone on the line before, silences it there.\n",
               STR_ARGUMENTS(name));
    }
}

static void print_list(bool colour) {
    for (int i = 0; i < DIAGNOSTIC_CODE_COUNT; i++) {
        enum diagnostic_code code = (enum diagnostic_code)i;
        printf("%s%.*s%s  %.*s\n", terminal_style(colour, TERMINAL_CYAN), STR_ARGUMENTS(diagnostic_code_name(code)),
               terminal_style(colour, TERMINAL_PLAIN), STR_ARGUMENTS(diagnostic_code_title(code)));
    }
}

static char upper(char c) { return c >= 'a' && c <= 'z' ? (char)(c - 'a' + 'A') : c; }

/* "e101" is E101. */
static bool find_code(struct str word, enum diagnostic_code *code) {
    for (int i = 0; i < DIAGNOSTIC_CODE_COUNT; i++) {
        struct str name = diagnostic_code_name((enum diagnostic_code)i);
        bool same = word.size == name.size && word.size > 0 && upper(word.data[0]) == name.data[0] &&
                    str_equal(str_slice(word, 1, word.size), str_slice(name, 1, name.size));
        if (same) {
            *code = (enum diagnostic_code)i;
            return true;
        }
    }
    return false;
}

int command_explain(int argc, char **argv) {
    int status;
    if (command_option(argc, argv, "", NULL, &status) == COMMAND_OPTION_STOP) {
        return status;
    }
    bool colour = terminal_has_colour(stdout);
    if (optind >= argc) {
        print_list(colour);
        return COMMAND_DONE;
    }
    enum diagnostic_code code;
    if (argc - optind > 1) {
        return command_misused("explain", "it takes one CODE, and `%s` is a second one.", argv[optind + 1]);
    }
    if (!find_code(str_from_c(argv[optind]), &code)) {
        return command_misused("explain", "there is no diagnostic `%s`; `tova explain` lists them.", argv[optind]);
    }
    print_page(code, colour);
    return COMMAND_DONE;
}
