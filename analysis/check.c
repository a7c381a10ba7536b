/* The order of the checks that need the whole package. */
#include "analysis/check.h"

#include "analysis/checks.h"

enum { SUGGESTIONS_PER_FILE = 16 };

/* A brace too few or too many, or a block whose word is not known: what follows stands in another block than was meant. */
static bool moves_what_follows(const struct file_analysis *file, const struct diagnostic *diagnostic) {
    static const struct str words[] = {STR_INIT("server"), STR_INIT("browser"), STR_INIT("client"), STR_INIT("shared")};
    struct str at = str_slice(text_str(file->tree->text), diagnostic->span.start, diagnostic->span.end);
    bool word = false;
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        word = word || str_equal(at, words[i]) || str_equal(diagnostic->fix.replacement, words[i]);
    }
    return (diagnostic->code == DIAGNOSTIC_UNCLOSED && str_equal(at, STR("{"))) ||
           (diagnostic->code == DIAGNOSTIC_STRAY_CLOSER && str_equal(at, STR("}"))) ||
           (diagnostic->code == DIAGNOSTIC_SYNTAX && word);
}

/* `new Date()` is said about `new`; where its name begins, no separator is missing. */
static bool is_explained(const struct file_analysis *file, const struct diagnostic_list *list, unsigned index) {
    const struct diagnostic *diagnostic = &list->list.items[index];
    bool separator = diagnostic->code == DIAGNOSTIC_EXPECTED_SEPARATOR;
    for (unsigned i = index > 2 ? index - 2 : 0; separator && i < index + 2 && i < list->list.count; i++) {
        if (i != index && words_explain(file, list->list.items[i].span, diagnostic->span)) {
            return true;
        }
    }
    return false;
}

/* Was the line not understood? */
static bool is_garbled(const struct diagnostic *diagnostic) {
    return diagnostic->code == DIAGNOSTIC_SYNTAX || diagnostic->code == DIAGNOSTIC_FOREIGN_HABIT;
}

static bool is_unknown_name(const struct diagnostic *diagnostic) {
    return diagnostic->code == DIAGNOSTIC_UNDEFINED_NAME || diagnostic->code == DIAGNOSTIC_UNDEFINED_TYPE ||
           diagnostic->code == DIAGNOSTIC_UNKNOWN_HANDLER;
}

/* Is a name of the line that was not understood said to be unknown? Nobody knows what would be a name. */
static bool is_of_garbled(const struct diagnostic *diagnostic, uint32_t line_end) {
    return is_unknown_name(diagnostic) && diagnostic->span.start < line_end;
}

/* Is a word that begins a statement said to be an unknown name, behind something that is never closed? */
static bool is_statement_word(const struct file_analysis *file, const struct diagnostic *diagnostic) {
    static const struct str words[] = {STR_INIT("break"), STR_INIT("continue"), STR_INIT("fn"), STR_INIT("return"),
                                       STR_INIT("var")};
    struct str name = text_slice(file->tree->text, diagnostic->span);
    bool found = false;
    for (size_t i = 0; i < sizeof words / sizeof *words && is_unknown_name(diagnostic); i++) {
        found = found || str_equal(name, words[i]);
    }
    return found && node_has_error(file->tree, NODE_ROOT);
}

/* Drops what is told of names from the beginning of such a line on, among the first `count`; gives how many are left. */
static unsigned drop_names(struct diagnostic_list *list, unsigned count, struct span line) {
    unsigned first = count;
    while (first > 0 && list->list.items[first - 1].span.start >= line.start) {
        first--;
    }
    unsigned kept = first;
    for (unsigned i = first; i < count; i++) {
        if (!is_of_garbled(&list->list.items[i], line.end)) {
            list->list.items[kept++] = list->list.items[i];
        }
    }
    return kept;
}

/* Of each line that was not understood, from its beginning to its end, what is told of names is dropped. */
static void drop_garbled(const struct file_analysis *file, struct diagnostic_list *list) {
    const struct text *text = file->tree->text;
    unsigned kept = 0;
    uint32_t garbled_end = 0; /* of the last such line */
    for (unsigned i = 0; i < list->list.count; i++) {
        struct diagnostic diagnostic = list->list.items[i];
        if (is_garbled(&diagnostic)) {
            struct span line = text_line(text, text_line_of(text, diagnostic.span.start));
            kept = line.end == garbled_end ? kept : drop_names(list, kept, line); /* the rest of a line goes as it comes */
            garbled_end = line.end;
        }
        if (!is_of_garbled(&diagnostic, garbled_end) && !is_statement_word(file, &diagnostic)) {
            list->list.items[kept++] = diagnostic;
        }
    }
    list->list.count = kept;
}

/* One mistake, one message: that something stands in the wrong block is no second one when it follows from the first. */
static void drop_consequences(const struct file_analysis *file, struct diagnostic_list *list) {
    bool moved = false;
    for (unsigned i = 0; i < list->list.count; i++) {
        moved = moved || moves_what_follows(file, &list->list.items[i]);
    }
    struct diagnostic_list all = *list;
    unsigned kept = 0;
    for (unsigned i = 0; i < all.list.count; i++) {
        struct diagnostic diagnostic = list->list.items[i];
        bool misplaced =
            diagnostic.code == DIAGNOSTIC_MISPLACED || diagnostic.code == DIAGNOSTIC_SERVER_OUTSIDE_BROWSER;
        if (!(moved && misplaced) && !is_explained(file, &all, i)) {
            list->list.items[kept++] = diagnostic;
        }
    }
    list->list.count = kept;
}

static void (*const checks[])(struct check *check) = {
    check_modules, check_names, check_variables, check_duplicates, check_databases, check_pages, check_rpc_uses,
    check_open_twins, check_routes, check_paths, check_waits, check_exports, check_words, check_type_words, check_unused,
    check_endpoints, check_aliases, check_traits, check_shadows, check_reachable, check_nodes,
};

struct diagnostic_list check_file(struct arena *arena, const struct file_analysis *file,
                                  const struct package *package, const struct stop *stop) {
    return check_file_again(arena, file, package, stop, NULL);
}

struct diagnostic_list check_file_again(struct arena *arena, const struct file_analysis *file,
                                        const struct package *package, const struct stop *stop,
                                        struct check_memory *memory) {
    struct diagnostic_list list = {0};
    for (unsigned i = 0; i < file->diagnostics.list.count; i++) {
        vec_push(arena, &list.list, file->diagnostics.list.items[i]);
    }
    struct check check = {
        .arena = arena,
        .file = file,
        .package = package,
        .summary = package_file(package, file->path),
        .list = &list,
        .suggestions = SUGGESTIONS_PER_FILE,
        .stop = stop,
    };
    typer_init(&check.typer, arena, file, package);
    values_init(&check.values, &check.typer);
    parts_init(&check, memory);
    for (size_t i = 0; i < sizeof checks / sizeof *checks && !stop_asked(stop); i++) {
        checks[i](&check);
    }
    if (memory != NULL && !stop_asked(stop)) {
        parts_keep(&check, memory);
    }
    diagnostic_sort(&list);
    drop_consequences(file, &list);
    drop_garbled(file, &list);
    ignores_apply(&check);
    return list;
}
