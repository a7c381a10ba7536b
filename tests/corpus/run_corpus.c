/* Runs the corpus of the grammar through the product's own parser: `run_corpus FOLDER` parses the source of every case
 * in FOLDER's .txt files and compares its tree with the one beside it, whatever the white space. Prints TAP.
 *
 * With TOVA_UPDATE in the environment, trees that differ are written into the files instead. A case is, as in
 * tree-sitter's own tests: a title between two lines of `=`, perhaps with `:skip` or `:error` (any tree that has an
 * error) below it; the source; a line of `-`; the tree. Tokens have no place in it, though our trees keep some. */
#include "tests/corpus/listing.h"

#include "parser/syntax/node.h"

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { FILE_BYTES = 4 * 1024 * 1024 };

struct corpus_case {
    struct str title, source, tree;
    struct str unknown; /* an attribute that is none */
    bool skip, error;
};

struct run {
    struct syntax_parser *parser;
    const char *file; /* the name of the one that is being run */
    struct strbuf path, tree, actual, wanted, differences, updated;
    bool update;
    unsigned number, failed;
};

/* ---- reading */

static struct str take_line(struct str *rest) {
    size_t end = str_find(*rest, '\n', 0);
    struct str line = str_slice(*rest, 0, end);
    *rest = str_slice(*rest, end + 1, rest->size);
    return line;
}

/* Three times `byte` or more, and nothing else. */
static bool is_rule(struct str line, char byte) {
    size_t count = 0;
    while (count < line.size && line.data[count] == byte) {
        count++;
    }
    return count >= 3 && count == line.size;
}

/* Behind the first line of a title. */
static void read_title(struct str *rest, struct corpus_case *test) {
    for (struct str line = take_line(rest); !is_rule(line, '=') && rest->size > 0; line = take_line(rest)) {
        if (!str_starts_with(line, STR(":"))) {
            test->title = line;
        } else if (str_equal(line, STR(":skip"))) {
            test->skip = true;
        } else if (str_equal(line, STR(":error"))) {
            test->error = true;
        } else {
            test->unknown = line;
        }
    }
}

/* Reads the case that `rest` begins with, up to the title of the next one. */
static struct corpus_case read_case(struct str *rest) {
    struct corpus_case test = {0};
    take_line(rest);
    read_title(rest, &test);
    struct str body = *rest;
    while (rest->size > 0) {
        struct str before = *rest;
        struct str line = take_line(rest);
        size_t at = (size_t)(before.data - body.data);
        if (is_rule(line, '=')) {
            *rest = before;
            break;
        }
        if (is_rule(line, '-')) { /* the last one counts; the line end before it is no part of the source */
            test.source = str_slice(body, 0, at > 0 ? at - 1 : 0);
            test.tree = *rest;
        }
    }
    if (test.tree.data != NULL) {
        test.tree = str_trim(str_slice(test.tree, 0, (size_t)(rest->data - test.tree.data)));
    }
    return test;
}

/* ---- one case */

static void differ(struct run *run, const char *problem, struct str which) {
    strbuf_printf(&run->differences, "%s%.*s\n", problem, STR_ARGUMENTS(which));
}

/* Whether a text is to be read or to be edited, its tree is the same. */
static void compare_ways(struct run *run, struct text *text, const struct syntax_tree *tree) {
    struct syntax_tree *other = syntax_parse_for_edits(run->parser, text);
    if (other->count != tree->count || memcmp(other->nodes, tree->nodes, tree->count * sizeof *tree->nodes) != 0) {
        differ(run, "To edit, the tree is another one.", STR(""));
    }
    syntax_tree_destroy(other);
}

static void compare(struct run *run, const struct corpus_case *test) {
    struct text *text = text_create(test->source);
    struct syntax_tree *tree = syntax_parse(run->parser, text);
    strbuf_clear(&run->tree);
    strbuf_clear(&run->actual);
    strbuf_clear(&run->wanted);
    const struct syntax_tree *raw = tree->raw != NULL ? tree->raw : tree; /* the corpus is about the grammar alone */
    listing_of_tree(raw, &run->tree);
    listing_of_text(strbuf_str(&run->tree), &run->actual);
    listing_of_text(test->tree, &run->wanted);
    if (test->error && !node_has_error(tree, NODE_ROOT)) {
        differ(run, "The source has no error.", STR(""));
    } else if (!test->error && !str_equal(strbuf_str(&run->wanted), strbuf_str(&run->actual))) {
        listing_differences(strbuf_str(&run->wanted), strbuf_str(&run->actual), &run->differences);
    }
    compare_ways(run, text, tree);
    syntax_tree_destroy(tree);
    text_unref(text);
}

/* The lines of `text` as TAP's comments. */
static void print_comments(struct str text) {
    while (text.size > 0) {
        struct str line = take_line(&text);
        printf("# %.*s\n", STR_ARGUMENTS(line));
    }
}

/* Runs a case and says how it went; when true, its tree should become `run->tree`. */
static bool run_case(struct run *run, const struct corpus_case *test) {
    bool trees_differ = false;
    strbuf_clear(&run->differences);
    if (test->unknown.size != 0) {
        differ(run, "There is no attribute ", test->unknown);
    } else if (test->tree.data == NULL) {
        differ(run, "There is no line of `-` between source and tree.", STR(""));
    } else if (!test->skip) {
        compare(run, test);
        trees_differ = run->differences.size != 0 && !test->error;
    }
    bool good = run->differences.size == 0 || (run->update && trees_differ);
    run->failed += !good;
    printf("%s %u - %s: %.*s%s\n", good ? "ok" : "not ok", ++run->number, run->file, STR_ARGUMENTS(test->title),
           test->skip ? " # SKIP as its attribute says" : "");
    if (!good) {
        print_comments(strbuf_str(&run->differences));
    }
    return trees_differ;
}

/* ---- files */

static bool read_file(const char *path, char *bytes, struct str *content) {
    FILE *file = fopen(path, "rb");
    if (file == NULL) {
        return false;
    }
    *content = (struct str){bytes, fread(bytes, 1, FILE_BYTES, file)};
    bool whole = content->size < FILE_BYTES && !ferror(file);
    return fclose(file) == 0 && whole;
}

static bool write_file(const char *path, struct str content) {
    FILE *file = fopen(path, "wb");
    if (file == NULL) {
        return false;
    }
    bool written = fwrite(content.data, 1, content.size, file) == content.size;
    return fclose(file) == 0 && written;
}

/* Runs the cases of a file; `updated` then holds what the file should say. Returns how many there are. */
static unsigned run_cases(struct run *run, struct str content) {
    unsigned cases = 0;
    struct str rest = content;
    strbuf_clear(&run->updated);
    while (rest.size > 0) {
        struct str before = rest;
        if (!is_rule(take_line(&rest), '=')) {
            strbuf_add(&run->updated, str_slice(before, 0, before.size - rest.size));
            continue;
        }
        rest = before;
        struct corpus_case test = read_case(&rest);
        struct str whole = str_slice(before, 0, before.size - rest.size);
        cases++;
        if (!run_case(run, &test)) {
            strbuf_add(&run->updated, whole);
            continue;
        }
        size_t tree_start = (size_t)(test.tree.data - whole.data);
        strbuf_add(&run->updated, str_slice(whole, 0, tree_start));
        strbuf_add(&run->updated, strbuf_str(&run->tree));
        strbuf_add(&run->updated, str_slice(whole, tree_start + test.tree.size, whole.size));
    }
    return cases;
}

static bool run_file(struct run *run, const char *folder, const char *name) {
    static char bytes[FILE_BYTES];
    struct str content;
    run->file = name;
    strbuf_clear(&run->path);
    strbuf_printf(&run->path, "%s/%s", folder, name);
    const char *path = run->path.data;
    if (!read_file(path, bytes, &content)) {
        printf("Bail out! %s cannot be read\n", path);
        return false;
    }
    if (run_cases(run, content) == 0) {
        printf("Bail out! %s has no cases\n", path);
        return false;
    }
    if (run->update && !str_equal(content, strbuf_str(&run->updated))) {
        return write_file(path, strbuf_str(&run->updated));
    }
    return true;
}

static int is_corpus_file(const struct dirent *entry) {
    struct str name = str_from_c(entry->d_name);
    return !str_starts_with(name, STR(".")) && str_ends_with(name, STR(".txt"));
}

static bool run_folder(struct run *run, const char *folder) {
    struct dirent **entries;
    int found = scandir(folder, &entries, is_corpus_file, alphasort);
    bool good = found > 0;
    for (int i = 0; i < found; i++) {
        good = run_file(run, folder, entries[i]->d_name) && good;
        free(entries[i]);
    }
    if (found >= 0) {
        free(entries);
    }
    return good;
}

int main(int count, char **words) {
    if (count != 2) {
        fprintf(stderr, "usage: run_corpus FOLDER\n");
        return EXIT_FAILURE;
    }
    struct run run = {.parser = syntax_parser_create(), .update = getenv("TOVA_UPDATE") != NULL};
    struct strbuf *buffers[] = {&run.path, &run.tree, &run.actual, &run.wanted, &run.differences, &run.updated};
    for (size_t i = 0; i < sizeof buffers / sizeof *buffers; i++) {
        strbuf_init(buffers[i], FILE_BYTES);
    }
    bool good = run_folder(&run, words[1]);
    printf("1..%u\n", run.number);
    for (size_t i = 0; i < sizeof buffers / sizeof *buffers; i++) {
        strbuf_finish(buffers[i]);
    }
    syntax_parser_destroy(run.parser);
    return good && run.failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
