/* Runs the queries for editors: `run_queries QUERIES SOURCES` compiles every .scm file of QUERIES against the grammar,
 * and asks QUERY.scm about each file of SOURCES/QUERY/. Prints TAP.
 *
 * The expectations stand in the sources, each below the line that it speaks of, and are taken out before parsing:
 *
 *   // ^^^ name     the text over the carets
 *   // <- name      the place over the two slashes
 *
 * In a highlights query it is the capture that an editor shows there: that of the smallest node, and of a node's
 * several captures that of the last pattern. In any other query a capture of this name begins there, or, with `!name`,
 * none does. */
#include "parser/base/strbuf.h"

#include <dirent.h>
#include <regex.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <tree_sitter/api.h>

const TSLanguage *tree_sitter_tova(void);

enum { FILE_BYTES = 256 * 1024 };

struct found {
    uint32_t start, end, pattern; /* bytes */
    struct str name;
};

struct run {
    struct strbuf source; /* of the case, with its expectations blank */
    struct strbuf path;
    struct found *found;
    size_t found_count;
    TSParser *parser;
    unsigned number, failed;
};

enum { MOST_FOUND = 8192 };

/* ---- results */

static void report(struct run *run, bool good, const char *file, struct str what) {
    printf("%s %u - %s: %.*s\n", good ? "ok" : "not ok", ++run->number, file, STR_ARGUMENTS(what));
    run->failed += !good;
}

static bool read_file(const char *path, struct strbuf *content) {
    static char bytes[FILE_BYTES];
    FILE *file = fopen(path, "rb");
    if (file == NULL) {
        return false;
    }
    size_t size = fread(bytes, 1, sizeof bytes, file);
    strbuf_clear(content);
    strbuf_add(content, (struct str){bytes, size});
    return fclose(file) == 0 && size < sizeof bytes;
}

/* ---- predicates */

static struct str string_of(const TSQuery *query, uint32_t id) {
    uint32_t size;
    const char *data = ts_query_string_value_for_id(query, id, &size);
    return (struct str){data, size};
}

static struct str name_of(const TSQuery *query, uint32_t id) {
    uint32_t size;
    const char *data = ts_query_capture_name_for_id(query, id, &size);
    return (struct str){data, size};
}

/* The text of the match's first node with this capture; empty where there is none. */
static struct str captured_text(const struct run *run, const TSQueryMatch *match, uint32_t capture) {
    for (uint16_t i = 0; i < match->capture_count; i++) {
        if (match->captures[i].index == capture) {
            TSNode node = match->captures[i].node;
            return str_slice(strbuf_str(&run->source), ts_node_start_byte(node), ts_node_end_byte(node));
        }
    }
    return STR("");
}

static bool matches(struct str text, struct str pattern) {
    char subject[1024], expression[1024];
    snprintf(subject, sizeof subject, "%.*s", STR_ARGUMENTS(text));
    snprintf(expression, sizeof expression, "%.*s", STR_ARGUMENTS(pattern));
    regex_t regex;
    if (regcomp(&regex, expression, REG_EXTENDED | REG_NOSUB) != 0) {
        return false;
    }
    bool found = regexec(&regex, subject, 0, NULL, 0) == 0;
    regfree(&regex);
    return found;
}

static bool is_directive(struct str name) { return str_ends_with(name, STR("!")); }

static bool is_known(struct str name) {
    return str_equal(name, STR("eq?")) || str_equal(name, STR("any-of?")) || str_equal(name, STR("match?")) ||
           str_equal(name, STR("set!")) || str_equal(name, STR("offset!"));
}

/* Does one predicate hold? `steps` are its name, a capture and `count - 2` strings. */
static bool holds(const struct run *run, const TSQuery *query, const TSQueryMatch *match,
                  const TSQueryPredicateStep *steps, uint32_t count) {
    struct str name = string_of(query, steps[0].value_id);
    if (is_directive(name)) {
        return true;
    }
    struct str text = captured_text(run, match, steps[1].value_id);
    bool by_pattern = str_equal(name, STR("match?"));
    for (uint32_t i = 2; i < count; i++) {
        struct str wanted = string_of(query, steps[i].value_id);
        if (by_pattern ? matches(text, wanted) : str_equal(text, wanted)) {
            return true;
        }
    }
    return false;
}

static uint32_t predicate_size(const TSQueryPredicateStep *steps) {
    uint32_t size = 0;
    while (steps[size].type != TSQueryPredicateStepTypeDone) {
        size++;
    }
    return size;
}

static bool all_hold(const struct run *run, const TSQuery *query, const TSQueryMatch *match) {
    uint32_t count;
    const TSQueryPredicateStep *steps = ts_query_predicates_for_pattern(query, match->pattern_index, &count);
    for (uint32_t i = 0; i < count;) {
        uint32_t size = predicate_size(steps + i);
        if (!holds(run, query, match, steps + i, size)) {
            return false;
        }
        i += size + 1;
    }
    return true;
}

/* The first predicate that not every editor knows; empty where there is none. */
static struct str unknown_predicate(const TSQuery *query) {
    for (uint32_t pattern = 0; pattern < ts_query_pattern_count(query); pattern++) {
        uint32_t count;
        const TSQueryPredicateStep *steps = ts_query_predicates_for_pattern(query, pattern, &count);
        for (uint32_t i = 0; i < count; i += predicate_size(steps + i) + 1) {
            struct str name = string_of(query, steps[i].value_id);
            if (!is_known(name)) {
                return name;
            }
        }
    }
    return STR("");
}

/* ---- one source */

static void collect(struct run *run, const TSQuery *query, TSNode root) {
    TSQueryCursor *cursor = ts_query_cursor_new();
    ts_query_cursor_exec(cursor, query, root);
    run->found_count = 0;
    TSQueryMatch match;
    while (ts_query_cursor_next_match(cursor, &match)) {
        if (!all_hold(run, query, &match)) {
            continue;
        }
        for (uint16_t i = 0; i < match.capture_count && run->found_count < MOST_FOUND; i++) {
            TSNode node = match.captures[i].node;
            run->found[run->found_count++] = (struct found){ts_node_start_byte(node), ts_node_end_byte(node),
                                                            match.pattern_index,
                                                            name_of(query, match.captures[i].index)};
        }
    }
    ts_query_cursor_delete(cursor);
}

/* What an editor shows at a byte; empty where nothing is captured. */
static struct str shown_at(const struct run *run, size_t byte) {
    const struct found *best = NULL;
    for (size_t i = 0; i < run->found_count; i++) {
        const struct found *found = &run->found[i];
        if (byte < found->start || byte >= found->end || str_starts_with(found->name, STR("_"))) {
            continue;
        }
        uint32_t size = found->end - found->start;
        uint32_t least = best == NULL ? UINT32_MAX : best->end - best->start;
        if (size < least || (size == least && found->pattern >= best->pattern)) {
            best = found;
        }
    }
    return best == NULL ? STR("") : best->name;
}

static bool begins_at(const struct run *run, size_t byte, struct str name) {
    for (size_t i = 0; i < run->found_count; i++) {
        if (run->found[i].start == byte && str_equal(run->found[i].name, name)) {
            return true;
        }
    }
    return false;
}

struct expectation {
    size_t column, count; /* of the line above it, bytes */
    struct str name;
};

/* Reads a line that is an expectation; false for any other. */
static bool read_expectation(struct str line, struct expectation *expectation) {
    size_t slashes = 0;
    while (slashes < line.size && line.data[slashes] == ' ') {
        slashes++;
    }
    if (!str_starts_with(str_slice(line, slashes, line.size), STR("//"))) {
        return false;
    }
    size_t mark = slashes + 2;
    while (mark < line.size && line.data[mark] == ' ') {
        mark++;
    }
    if (str_starts_with(str_slice(line, mark, line.size), STR("<- "))) {
        *expectation = (struct expectation){slashes, 1, str_trim(str_slice(line, mark + 3, line.size))};
        return true;
    }
    size_t end = mark;
    while (end < line.size && line.data[end] == '^') {
        end++;
    }
    *expectation = (struct expectation){mark, end - mark, str_trim(str_slice(line, end, line.size))};
    return end > mark;
}

/* Checks an expectation about the line that begins at byte `line`, and says what was there instead. */
static bool is_met(const struct run *run, const struct expectation *wanted, size_t line, bool shown,
                   struct str *actual) {
    size_t first = line + wanted->column;
    if (!shown) {
        bool none = str_starts_with(wanted->name, STR("!"));
        *actual = none ? STR("one") : STR("none");
        return begins_at(run, first, str_slice(wanted->name, none ? 1 : 0, wanted->name.size)) != none;
    }
    for (size_t byte = first; byte < first + wanted->count; byte++) {
        *actual = shown_at(run, byte);
        if (!str_equal(*actual, wanted->name)) {
            return false;
        }
    }
    return true;
}

/* Makes `source` from a case: its expectations become white space of the same size. */
static void blank_expectations(struct str content, struct strbuf *source) {
    strbuf_clear(source);
    for (size_t start = 0; start < content.size;) {
        size_t end = str_find(content, '\n', start);
        end = end < content.size ? end : content.size;
        struct str line = str_slice(content, start, end);
        struct expectation expectation;
        if (read_expectation(line, &expectation)) {
            strbuf_add_repeat(source, ' ', line.size);
        } else {
            strbuf_add(source, line);
        }
        strbuf_add_byte(source, '\n');
        start = end + 1;
    }
}

static void check_expectations(struct run *run, struct str content, const char *file, bool shown) {
    size_t above = 0;
    unsigned number = 0;
    for (size_t start = 0; start < content.size;) {
        size_t end = str_find(content, '\n', start);
        end = end < content.size ? end : content.size;
        struct expectation wanted;
        number++;
        if (read_expectation(str_slice(content, start, end), &wanted)) {
            struct str actual = STR("");
            char what[256];
            bool met = is_met(run, &wanted, above, shown, &actual);
            snprintf(what, sizeof what, "line %u, %.*s%s%.*s", number, STR_ARGUMENTS(wanted.name),
                     met ? "" : ", but there is ", met ? 0 : (int)actual.size, actual.data);
            report(run, met, file, str_from_c(what));
        } else {
            above = start;
        }
        start = end + 1;
    }
}

static void run_case(struct run *run, const TSQuery *query, const char *file, bool shown) {
    struct strbuf content;
    strbuf_init(&content, FILE_BYTES);
    if (!read_file(run->path.data, &content)) {
        report(run, false, file, STR("cannot be read"));
        goto out;
    }
    blank_expectations(strbuf_str(&content), &run->source);
    TSTree *tree = ts_parser_parse_string(run->parser, NULL, run->source.data, (uint32_t)run->source.size);
    TSNode root = ts_tree_root_node(tree);
    report(run, !ts_node_has_error(root), file, STR("parses"));
    collect(run, query, root);
    report(run, run->found_count < MOST_FOUND, file, STR("is not too large"));
    check_expectations(run, strbuf_str(&content), file, shown);
    ts_tree_delete(tree);
out:
    strbuf_finish(&content);
}

/* ---- folders */

static int is_visible(const struct dirent *entry) { return entry->d_name[0] != '.'; }

/* Asks a query about every source of its folder. */
static void run_cases(struct run *run, const TSQuery *query, const char *sources, struct str name) {
    struct dirent **entries;
    strbuf_clear(&run->path);
    strbuf_printf(&run->path, "%s/%.*s", sources, STR_ARGUMENTS(name));
    int count = scandir(run->path.data, &entries, is_visible, alphasort);
    if (count < 0) {
        return; /* no query needs sources */
    }
    for (int i = 0; i < count; i++) {
        char file[512];
        snprintf(file, sizeof file, "%.*s/%s", STR_ARGUMENTS(name), entries[i]->d_name);
        strbuf_clear(&run->path);
        strbuf_printf(&run->path, "%s/%s", sources, file);
        run_case(run, query, file, str_ends_with(name, STR("highlights")));
        free(entries[i]);
    }
    free(entries);
}

static void run_query(struct run *run, const char *queries, const char *sources, struct str name) {
    char file[512];
    struct strbuf content;
    strbuf_init(&content, FILE_BYTES);
    snprintf(file, sizeof file, "%.*s.scm", STR_ARGUMENTS(name));
    strbuf_clear(&run->path);
    strbuf_printf(&run->path, "%s/%s", queries, file);
    if (!read_file(run->path.data, &content)) {
        report(run, false, file, STR("cannot be read"));
        goto out;
    }
    uint32_t at = 0;
    TSQueryError error = TSQueryErrorNone;
    TSQuery *query = ts_query_new(tree_sitter_tova(), content.data, (uint32_t)content.size, &at, &error);
    report(run, query != NULL, file, STR("compiles"));
    if (query == NULL) {
        printf("# error %u before: %.60s\n", (unsigned)error, content.data + at);
        goto out;
    }
    report(run, unknown_predicate(query).size == 0, file, STR("uses the predicates that every editor knows"));
    run_cases(run, query, sources, name);
    ts_query_delete(query);
out:
    strbuf_finish(&content);
}

/* Runs the queries of `folder` (relative to `queries`, empty for itself), and those of the folders in it. */
static void run_folder(struct run *run, const char *queries, const char *sources, const char *folder) {
    struct dirent **entries;
    char path[1024];
    snprintf(path, sizeof path, "%s/%s", queries, folder);
    int count = scandir(path, &entries, is_visible, alphasort);
    for (int i = 0; i < count; i++) {
        char name[512];
        snprintf(name, sizeof name, "%s%s%s", folder, folder[0] == '\0' ? "" : "/", entries[i]->d_name);
        struct str whole = str_from_c(name);
        if (str_ends_with(whole, STR(".scm"))) {
            run_query(run, queries, sources, str_slice(whole, 0, whole.size - 4));
        } else if (folder[0] == '\0') {
            run_folder(run, queries, sources, name);
        }
        free(entries[i]);
    }
    if (count >= 0) {
        free(entries);
    }
}

int main(int count, char **words) {
    if (count != 3) {
        fprintf(stderr, "usage: run_queries QUERIES SOURCES\n");
        return 2;
    }
    static struct found found[MOST_FOUND];
    struct run run = {.found = found, .parser = ts_parser_new()};
    strbuf_init(&run.source, FILE_BYTES);
    strbuf_init(&run.path, FILE_BYTES);
    ts_parser_set_language(run.parser, tree_sitter_tova());
    run_folder(&run, words[1], words[2], "");
    printf("1..%u\n", run.number);
    bool good = run.failed == 0 && run.number > 0;
    ts_parser_delete(run.parser);
    strbuf_finish(&run.path);
    strbuf_finish(&run.source);
    return good ? EXIT_SUCCESS : EXIT_FAILURE;
}
