/* tree: runs tree-sitter and owns its trees. */
#include "parser/syntax/tree.h"

#include "parser/base/narrow.h"
#include "parser/base/xalloc.h"
#include "parser/syntax/flatten.h"

#include <assert.h>
#include <string.h>
#include <time.h>
#include <tree_sitter/api.h>

/* From parser/grammar/src/parser.c. */
const TSLanguage *tree_sitter_tova(void);

struct syntax_parser {
    TSParser *library;
    struct flatten_names names;
};

static const struct str kind_names[NODE_KIND_COUNT] = {
    [NODE_NULL] = STR_INIT("null"),
#define KIND(id, name) [NODE_##id] = STR_INIT(name),
#include "parser/syntax/kinds.def"
    [NODE_TOKEN] = STR_INIT("token"),
    [NODE_ERROR] = STR_INIT("ERROR"),
};

static const struct str field_names[FIELD_COUNT] = {
    [FIELD_NONE] = STR_INIT(""),
#define FIELD(id, name) [FIELD_##id] = STR_INIT(name),
#include "parser/syntax/kinds.def"
};

struct str node_kind_name(enum node_kind kind) {
    return kind_names[kind];
}

struct str node_field_name(enum node_field field) {
    return field_names[field];
}

struct syntax_parser *syntax_parser_create(void) {
    struct syntax_parser *parser = xcalloc(1, sizeof *parser);
    parser->library = ts_parser_new();
    bool fits = ts_parser_set_language(parser->library, tree_sitter_tova());
    assert(fits && "the generated parser and the library are of different versions");
    (void)fits;
    flatten_names_init(&parser->names, tree_sitter_tova());
    return parser;
}

void syntax_parser_destroy(struct syntax_parser *parser) {
    if (parser == NULL) {
        return;
    }
    ts_parser_delete(parser->library);
    flatten_names_finish(&parser->names);
    xfree(parser);
}

/* ---- the guard: no input known needs a tenth of this; see the seconds as "never", not as a budget */

enum { GUARD_SECONDS = 2, GUARD_BYTES_PER_SECOND = 1000000, MICROSECONDS = 1000000 };

static uint64_t guard_microseconds(uint32_t size) {
    return (GUARD_SECONDS + size / GUARD_BYTES_PER_SECOND) * (uint64_t)MICROSECONDS;
}

#if TREE_SITTER_LANGUAGE_VERSION >= 15

/* Libraries since 0.25 ask a callback instead of looking at a clock themselves. */
struct guard {
    struct timespec begin;
    uint64_t microseconds;
};

static bool guard_is_over(TSParseState *state) {
    const struct guard *guard = state->payload;
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    int64_t nanoseconds =
        (int64_t)(now.tv_sec - guard->begin.tv_sec) * 1000000000 + (now.tv_nsec - guard->begin.tv_nsec);
    return nanoseconds / 1000 > (int64_t)guard->microseconds;
}

#endif

static const char *read_text(void *payload, uint32_t offset, TSPoint point, uint32_t *size) {
    (void)point;
    const struct text *text = payload;
    struct str rest = str_slice(text_str(text), offset, SIZE_MAX);
    *size = u32_from_size(rest.size);
    return rest.data;
}

/* The library's tree, or NULL when the guard stopped it. */
static TSTree *parse_guarded(TSParser *library, const TSTree *old, struct text *text) {
    TSInput input = {.payload = text, .read = read_text, .encoding = TSInputEncodingUTF8};
    uint64_t microseconds = guard_microseconds(text_size(text));
#if TREE_SITTER_LANGUAGE_VERSION >= 15
    struct guard guard = {.microseconds = microseconds};
    clock_gettime(CLOCK_MONOTONIC, &guard.begin);
    TSParseOptions options = {.payload = &guard, .progress_callback = guard_is_over};
    TSTree *tree = ts_parser_parse_with_options(library, old, input, options);
#else
    ts_parser_set_timeout_micros(library, microseconds);
    TSTree *tree = ts_parser_parse(library, old, input);
#endif
    if (tree == NULL) {
        ts_parser_reset(library);
    }
    return tree;
}

/* ---- trees */

/* Takes library_tree; NULL makes a tree that says nothing but that all of the text is an error. */
static struct syntax_tree *tree_create(const struct syntax_parser *parser, struct text *text, TSTree *library_tree,
                                       const struct syntax_tree *old, struct syntax_edit edit) {
    struct syntax_tree *tree = xcalloc(1, sizeof *tree);
    tree->text = text_ref(text);
    tree->incremental = library_tree;
    if (library_tree != NULL) {
        flatten_tree(&parser->names, tree, old, edit);
        return tree;
    }
    struct node nodes[] = {
        {0},
        {.end = text_size(text), .next = 3, .kind = NODE_SOURCE_FILE, .flags = NODE_HAS_ERROR},
        {.end = text_size(text), .parent = NODE_ROOT, .next = 3, .kind = NODE_ERROR, .flags = NODE_HAS_ERROR},
    };
    tree->nodes = xmalloc(sizeof nodes);
    memcpy(tree->nodes, nodes, sizeof nodes);
    tree->count = sizeof nodes / sizeof *nodes;
    return tree;
}

struct syntax_tree *syntax_parse(struct syntax_parser *parser, struct text *text) {
    TSTree *library_tree = parse_guarded(parser->library, NULL, text);
    return tree_create(parser, text, library_tree, NULL, (struct syntax_edit){0});
}

/* Rows are never read, so lines that end with a lone CR need not count as the library counts them; columns are bytes. */
static TSPoint point_of(const struct text *text, uint32_t offset) {
    uint32_t line = text_line_of(text, offset);
    return (TSPoint){line, offset - text_line(text, line).start};
}

struct syntax_tree *syntax_reparse(struct syntax_parser *parser, const struct syntax_tree *old, struct text *text,
                                   struct syntax_edit edit) {
    if (old->incremental == NULL) {
        return syntax_parse(parser, text);
    }
    TSInputEdit library_edit = {
        .start_byte = edit.start,
        .old_end_byte = edit.old_end,
        .new_end_byte = edit.new_end,
        .start_point = point_of(text, edit.start),
        .old_end_point = point_of(old->text, edit.old_end),
        .new_end_point = point_of(text, edit.new_end),
    };
    TSTree *edited = ts_tree_copy(old->incremental);
    ts_tree_edit(edited, &library_edit);
    TSTree *library_tree = parse_guarded(parser->library, edited, text);
    ts_tree_delete(edited);
    if (library_tree == NULL) {
        return syntax_parse(parser, text);
    }
    return tree_create(parser, text, library_tree, old, edit);
}

void syntax_tree_destroy(struct syntax_tree *tree) {
    if (tree == NULL) {
        return;
    }
    if (tree->incremental != NULL) {
        ts_tree_delete(tree->incremental);
    }
    text_unref(tree->text);
    xfree(tree->nodes);
    xfree(tree->inserted);
    xfree(tree->reuse);
    xfree(tree);
}
