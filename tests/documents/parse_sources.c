/* parse_sources: reads texts from standard input, each ended by a NUL byte, and prints one line for each: `ok`, or the
 * line, the column and the message of its first syntax error. What tree-sitter calls clean may still hold what the
 * grammar takes only to keep an error local (a stray brace, a lone block) or reads as what it means (`function f() { }`);
 * such a text is not `ok`. Only `let` counts as read: the documents themselves still show it. */
#include "parser/base/arena.h"
#include "parser/base/limits.h"
#include "parser/base/strbuf.h"
#include "parser/syntax/node.h"
#include "parser/syntax/syntax_errors.h"

#include <stdio.h>
#include <stdlib.h>

/* The first error, or "ok". */
static void print_answer(struct arena *arena, const struct syntax_tree *tree) {
    struct diagnostic_list errors = {0};
    syntax_errors_collect(arena, tree, &errors);
    unsigned first_error = 0;
    while (first_error < errors.list.count && errors.list.items[first_error].code == DIAGNOSTIC_JAVASCRIPT_LET) {
        first_error++;
    }
    if (first_error == errors.list.count) {
        printf(node_has_error(tree, NODE_ROOT) ? "1\t1\tbroken without a message\n" : "ok\n");
        return;
    }
    const struct diagnostic *first = &errors.list.items[first_error];
    uint32_t line = text_line_of(tree->text, first->span.start);
    printf("%u\t%u\t%.*s\n", line + 1, first->span.start - text_line(tree->text, line).start + 1,
           STR_ARGUMENTS(first->message));
}

static void parse_one(struct syntax_parser *parser, struct arena *arena, struct str source) {
    struct text *text = text_create(source);
    struct syntax_tree *tree = syntax_parse(parser, text);
    print_answer(arena, tree);
    arena_clear(arena);
    syntax_tree_destroy(tree);
    text_unref(text);
}

int main(void) {
    struct syntax_parser *parser = syntax_parser_create();
    struct arena arena;
    struct strbuf source;
    arena_init(&arena);
    strbuf_init(&source, LIMIT_FILE_BYTES);
    for (int byte; (byte = getchar()) != EOF;) {
        if (byte != '\0') {
            strbuf_add_byte(&source, (char)byte);
            continue;
        }
        parse_one(parser, &arena, strbuf_str(&source));
        strbuf_clear(&source);
    }
    strbuf_finish(&source);
    arena_finish(&arena);
    syntax_parser_destroy(parser);
    return EXIT_SUCCESS;
}
