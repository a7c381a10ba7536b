/* tree: runs tree-sitter and owns its trees. */
#include "parser/syntax/tree.h"

#include "parser/base/narrow.h"
#include "parser/base/xalloc.h"
#include "parser/syntax/allocator.h"
#include "parser/syntax/faults.h"
#include "parser/syntax/flatten.h"
#include "parser/syntax/guard.h"
#include "parser/syntax/language.h"
#include "parser/syntax/node.h"
#include "parser/syntax/quick.h"
#include "parser/syntax/view.h"

#include <assert.h>
#include <string.h>
#include <tree_sitter/api.h>

struct syntax_parser {
    TSParser *library;
    const struct language *language; /* its own or another parser's */
    struct language *own;            /* NULL: another's */
    struct quick_reader *reader;
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

static struct syntax_parser *create_with(const struct language *language, struct language *own) {
    struct syntax_parser *parser = xcalloc(1, sizeof *parser);
    *parser = (struct syntax_parser){.library = ts_parser_new(), .language = language, .own = own};
    parser->reader = quick_reader_create(language);
    bool fits = ts_parser_set_language(parser->library, &language->tables);
    assert(fits && "the generated parser and the library are of different versions");
    (void)fits;
    return parser;
}

struct syntax_parser *syntax_parser_create(void) {
    allocator_install();
    struct language *language = xcalloc(1, sizeof *language);
    language_init(language);
    return create_with(language, language);
}

struct syntax_parser *syntax_parser_create_like(const struct syntax_parser *other) {
    return create_with(other->language, NULL);
}

void syntax_parser_destroy(struct syntax_parser *parser) {
    if (parser == NULL) {
        return;
    }
    ts_parser_delete(parser->library);
    quick_reader_destroy(parser->reader);
    if (parser->own != NULL) {
        language_finish(parser->own);
        xfree(parser->own);
    }
    xfree(parser);
}

/* ---- the library */

#if TREE_SITTER_LANGUAGE_VERSION >= 15

/* Libraries since 0.25 ask a callback instead of looking at a clock themselves; and they count well. */
static bool guard_is_over(TSParseState *state) { return guard_left(state->payload) == 0; }

static TSTree *parse_for_a_while(TSParser *library, const TSTree *old, struct view *view, struct guard *guard,
                                 const struct allocator_watch *watch) {
    (void)watch;
    TSParseOptions options = {.payload = guard, .progress_callback = guard_is_over};
    return ts_parser_parse_with_options(library, old, view_input(view), options);
}

#else

/* The library looks at the wall's clock, which is never behind the thread's. */
static TSTree *parse_for_a_while(TSParser *library, const TSTree *old, struct view *view, struct guard *guard,
                                 const struct allocator_watch *watch) {
    ts_parser_set_cancellation_flag(library, &watch->stop);
    ts_parser_set_timeout_micros(library, guard_left(guard));
    return ts_parser_parse(library, old, view_input(view));
}

#endif

/* The library's tree, or NULL when it would take too long or too much. */
static TSTree *parse_guarded(TSParser *library, const TSTree *old, struct view *view) {
    struct guard guard = guard_begin(view_size(view));
    struct allocator_watch watch = {0};
    allocator_watch(&watch);
    TSTree *tree = NULL;
    do {
        tree = parse_for_a_while(library, old, view, &guard, &watch); /* goes on where it was stopped */
    } while (tree == NULL && watch.stop == 0 && guard_left(&guard) > 0);
    allocator_watch(NULL);
    if (tree == NULL) {
        ts_parser_reset(library);
    }
    return tree;
}

/* ---- trees */

/* Says nothing but that all of the text is an error. */
static void tree_give_up(struct syntax_tree *tree) {
    uint32_t end = text_size(tree->text);
    struct node nodes[] = {
        {0},
        {.end = end, .next = 3, .kind = NODE_SOURCE_FILE, .flags = NODE_HAS_ERROR},
        {.end = end, .parent = NODE_ROOT, .next = 3, .kind = NODE_ERROR, .flags = NODE_HAS_ERROR},
    };
    if (tree->incremental != NULL) {
        ts_tree_delete(tree->incremental);
        tree->incremental = NULL;
    }
    tree->nodes = xrealloc(tree->nodes, sizeof nodes);
    memcpy(tree->nodes, nodes, sizeof nodes);
    tree->count = sizeof nodes / sizeof *nodes;
    tree->inserted_count = 0;
    tree->fault_count = 0;
    faults_find(tree);
    tree->given_up = true;
}

/* Takes library_tree, which is NULL when the guard stopped the parse. */
static struct syntax_tree *tree_create(const struct syntax_parser *parser, struct text *text, TSTree *library_tree,
                                       const struct syntax_tree *old, struct syntax_edit edit) {
    struct syntax_tree *tree = xcalloc(1, sizeof *tree);
    tree->text = text_ref(text);
    tree->incremental = library_tree;
    if (library_tree == NULL || !flatten_tree(&parser->language->names, tree, old, edit)) {
        tree_give_up(tree);
    }
    return tree;
}

static struct view view_of(const struct syntax_tree *tree) {
    return (struct view){text_str(tree->text), tree->repairs, tree->repair_count};
}

/* The library's tree of the view, made from that of `old`, which is NULL for a parse from scratch. */
static TSTree *parse_view(struct syntax_parser *parser, struct view *view, const struct syntax_tree *old,
                          struct syntax_edit edit) {
    if (old == NULL || old->incremental == NULL) {
        return parse_guarded(parser->library, NULL, view);
    }
    struct view old_view = view_of(old);
    TSTree *edited = ts_tree_copy(old->incremental);
    view_edit_tree(edited, &old_view, view, edit);
    TSTree *tree = parse_guarded(parser->library, edited, view);
    ts_tree_delete(edited);
    return tree;
}

enum { MOST_PATCHES = 1000 /* then the library parses, so that what it was only told of does not pile up */ };

/* What the library is to go on from: its tree of the view before, told of the edit, and now and then parsed. */
static void take_told(struct syntax_parser *parser, struct syntax_tree *tree, const struct syntax_tree *old,
                      struct syntax_edit edit) {
    struct view old_view = view_of(old);
    struct view view = view_of(tree);
    if (old->patches < MOST_PATCHES) {
        TSTree *told = ts_tree_copy(old->incremental);
        view_edit_tree(told, &old_view, &view, edit);
        tree->incremental = told;
        tree->patches = old->patches + 1;
    } else {
        tree->incremental = parse_view(parser, &view, old, edit);
    }
}

/* Gives a tree with its text and repairs its nodes from those of `known`, which has joints and of whose text `since` makes the
 * view of its own, and the library's tree from `old`, whose text differs by the edit. Takes the tree, and gives NULL, when it
 * cannot be made so. */
static struct syntax_tree *patched(struct syntax_parser *parser, struct syntax_tree *tree, const struct syntax_tree *known,
                                   struct syntax_edit since, const struct syntax_tree *old, struct syntax_edit edit) {
    if (!quick_patch(parser->reader, tree, known, since)) {
        syntax_tree_destroy(tree);
        return NULL;
    }
    take_told(parser, tree, old, edit);
    tree->named = ts_tree_copy(known->named != NULL ? known->named : known->incremental);
    return tree;
}

/* Is `tree`, with repairs, better than `raw`? It may have a few more mistakes when it understands much more: where a string
 * swallows half of the file, few are left to be seen. */
static bool is_better(const struct syntax_tree *tree, const struct syntax_tree *raw) {
    enum { NODES_PER_LINE = 16 };
    uint32_t broken = faults_count_lines(tree);
    uint32_t raw_broken = faults_count_lines(raw);
    if (faults_skip(raw) && !faults_skip(tree)) { /* what is missing is less than what was not understood */
        raw_broken++;
    }
    return broken <= raw_broken || tree->count > raw->count + (uint64_t)NODES_PER_LINE * (broken - raw_broken);
}

static struct syntax_tree *tree_begin(struct text *text, const struct repair *repairs, unsigned count) {
    struct syntax_tree *tree = xcalloc(1, sizeof *tree);
    tree->text = text_ref(text);
    if (count > 0) {
        tree->repairs = xmalloc(count * sizeof *repairs);
        memcpy(tree->repairs, repairs, count * sizeof *repairs);
        tree->repair_count = count;
    }
    return tree;
}

/* The tree of raw's text with these repairs made, by way of `raw` where that has joints; NULL when the library gives up. */
static struct syntax_tree *parse_repaired(struct syntax_parser *parser, const struct syntax_tree *raw,
                                          const struct repair *repairs, unsigned count, const struct syntax_tree *old,
                                          struct syntax_edit edit) {
    struct syntax_tree *tree = tree_begin(raw->text, repairs, count);
    struct view view = view_of(tree);
    if (raw->joint_count > 0 && old != NULL && old->incremental != NULL) {
        tree = patched(parser, tree, raw, view_edit(&view), old, edit);
        if (tree != NULL) {
            return tree;
        }
        tree = tree_begin(raw->text, repairs, count);
        view = view_of(tree);
    }
    TSTree *library_tree = parse_view(parser, &view, old, edit);
    if (library_tree == NULL) {
        syntax_tree_destroy(tree);
        return NULL;
    }
    tree->incremental = library_tree;
    flatten_tree(&parser->language->names, tree, old, edit);
    return tree;
}

/* Did the braces around a body make a block of it? They do not in text of markup, of styles and of scripts. */
static bool is_body(const struct syntax_tree *tree, const struct repair *repair) {
    node_id node = node_at(tree, repair->offset);
    while (node != NODE_NONE && (node_kind(tree, node) != NODE_BLOCK || node_span(tree, node).start != repair->offset)) {
        node = node_parent(tree, node);
    }
    return node != NODE_NONE;
}

/* Leaves those braces out of the repairs that stand around no body; how many repairs are left? */
static unsigned without_false_bodies(const struct syntax_tree *tree, struct repair *repairs, unsigned count) {
    unsigned kept = 0;
    uint32_t end = 0; /* of a body that is none */
    for (unsigned i = 0; i < count; i++) {
        bool begins = repairs[i].kind == REPAIR_BODY && repairs[i].opener != 0;
        bool is_false = begins ? !is_body(tree, &repairs[i]) : repairs[i].kind == REPAIR_BODY && repairs[i].offset == end;
        end = begins && is_false ? repairs[i].opener : end;
        if (!is_false) {
            repairs[kept++] = repairs[i];
        }
    }
    return kept;
}

/* Takes `raw`, the tree of the text as it is, and gives that or a better one of the text with repairs made, which owns it. */
static struct syntax_tree *repaired(struct syntax_parser *parser, struct syntax_tree *raw, const struct syntax_tree *old,
                                    struct syntax_edit edit) {
    struct arena arena = {0};
    struct repair *repairs = NULL;
    unsigned count = !raw->given_up && faults_any(raw) ? repair_find(&arena, text_str(raw->text), &repairs) : 0;
    struct syntax_tree *tree = count > 0 ? parse_repaired(parser, raw, repairs, count, old, edit) : NULL;
    unsigned kept = tree != NULL ? without_false_bodies(tree, repairs, count) : count;
    if (kept < count) {
        syntax_tree_destroy(tree);
        tree = kept > 0 ? parse_repaired(parser, raw, repairs, kept, old, edit) : NULL;
    }
    arena_finish(&arena);
    if (tree == NULL) {
        return raw;
    }
    if (!is_better(tree, raw)) {
        syntax_tree_destroy(tree);
        return raw;
    }
    tree->raw = raw;
    return tree;
}

/* The tree when the tables alone suffice, else NULL. `arena` NULL: on the heap. */
static struct syntax_tree *parse_quickly(const struct syntax_parser *parser, struct arena *arena, struct text *text) {
    struct syntax_tree *tree = arena != NULL ? arena_new(arena, struct syntax_tree) : xcalloc(1, sizeof *tree);
    tree->text = text_ref(text);
    tree->in_arena = arena != NULL;
    if (quick_parse(parser->reader, arena, tree)) {
        return tree;
    }
    syntax_tree_destroy(tree);
    return NULL;
}

/* Takes `raw`. Where the library gave up, the tables may still suffice: nothing nests too deeply for them. */
static struct syntax_tree *settled(struct syntax_parser *parser, struct syntax_tree *raw, const struct syntax_tree *old,
                                   struct syntax_edit edit) {
    struct syntax_tree *quick = raw->given_up ? parse_quickly(parser, NULL, raw->text) : NULL;
    if (quick == NULL) {
        return repaired(parser, raw, old, edit);
    }
    syntax_tree_destroy(raw);
    return repaired(parser, quick, NULL, (struct syntax_edit){0});
}

struct syntax_tree *syntax_parse(struct syntax_parser *parser, struct text *text) {
    return syntax_parse_in(parser, NULL, text);
}

struct syntax_tree *syntax_parse_in(struct syntax_parser *parser, struct arena *arena, struct text *text) {
    struct syntax_tree *raw = parse_quickly(parser, arena, text);
    return raw != NULL ? repaired(parser, raw, NULL, (struct syntax_edit){0}) : syntax_parse_for_edits(parser, text);
}

/* Gives the library's tree what an automaton with one stack has found out of the same text, if it has, and says the same. */
static void take_joints(struct syntax_tree *raw, struct syntax_tree *quick) {
    if (quick != NULL && syntax_tree_equal(quick, raw)) {
        raw->joints = quick->joints;
        raw->joint_count = quick->joint_count;
        quick->joints = NULL;
    }
    syntax_tree_destroy(quick);
}

struct syntax_tree *syntax_parse_for_edits(struct syntax_parser *parser, struct text *text) {
    struct view view = {.text = text_str(text)};
    TSTree *library_tree = parse_view(parser, &view, NULL, (struct syntax_edit){0});
    struct syntax_tree *raw = tree_create(parser, text, library_tree, NULL, (struct syntax_edit){0});
    if (!raw->given_up) {
        take_joints(raw, parse_quickly(parser, NULL, text));
    }
    return settled(parser, raw, NULL, (struct syntax_edit){0});
}

/* ---- after an edit */

/* From the text before `first` to the one after `second`. */
static struct syntax_edit edits_join(struct syntax_edit first, struct syntax_edit second) {
    uint32_t end = first.new_end > second.old_end ? first.new_end : second.old_end; /* between the two */
    return (struct syntax_edit){
        .start = first.start < second.start ? first.start : second.start,
        .old_end = first.old_end + (end - first.new_end),
        .new_end = second.new_end + (end - second.old_end),
    };
}

/* Keeps a tree with joints for as long as there are errors for which the library is needed. */
static void keep_base(struct syntax_tree *tree, struct syntax_tree *known, struct syntax_edit since) {
    if (known != NULL && faults_any(tree)) {
        tree->base = known;
        tree->since = since;
        known->references++;
    }
}

struct syntax_tree *syntax_reparse(struct syntax_parser *parser, struct syntax_tree *old, struct text *text,
                                   struct syntax_edit edit) {
    struct syntax_tree *old_raw = old->raw != NULL ? old->raw : old;
    struct syntax_tree *known = old_raw->joint_count > 0 ? old_raw : old_raw->base;
    struct syntax_edit since = known == old_raw ? edit : edits_join(old_raw->since, edit);
    if (old_raw->incremental == NULL) {
        return syntax_parse_for_edits(parser, text);
    }
    struct syntax_tree *raw = known != NULL ? patched(parser, tree_begin(text, NULL, 0), known, since, old_raw, edit) : NULL;
    if (raw == NULL) {
        struct view view = {.text = text_str(text)};
        TSTree *library_tree = parse_view(parser, &view, old_raw, edit);
        if (library_tree == NULL) {
            return syntax_parse_for_edits(parser, text);
        }
        raw = tree_create(parser, text, library_tree, old_raw, edit);
        keep_base(raw, known, since);
    }
    return settled(parser, raw, old, edit);
}

static bool same_inserted(const struct syntax_inserted *a, const struct syntax_inserted *b) {
    return a->node == b->node && str_equal(a->token, b->token);
}

bool syntax_tree_equal(const struct syntax_tree *a, const struct syntax_tree *b) {
    bool same = a->count == b->count && a->inserted_count == b->inserted_count && a->repair_count == b->repair_count &&
                memcmp(a->nodes, b->nodes, a->count * sizeof *a->nodes) == 0;
    for (uint32_t i = 0; same && i < a->inserted_count; i++) {
        same = same_inserted(&a->inserted[i], &b->inserted[i]);
    }
    for (uint32_t i = 0; same && i < a->repair_count; i++) {
        same = repair_equal(&a->repairs[i], &b->repairs[i]);
    }
    return same;
}

void syntax_tree_destroy(struct syntax_tree *tree) {
    if (tree == NULL) {
        return;
    }
    if (tree->references > 0) {
        tree->references--;
        return;
    }
    if (tree->incremental != NULL) {
        ts_tree_delete(tree->incremental);
    }
    if (tree->named != NULL) {
        ts_tree_delete(tree->named);
    }
    syntax_tree_destroy(tree->base);
    xfree(tree->joints);
    text_unref(tree->text);
    xfree(tree->inserted);
    xfree(tree->faults);
    xfree(tree->reuse);
    xfree(tree->repairs);
    syntax_tree_destroy(tree->raw);
    if (!tree->in_arena) {
        xfree(tree->nodes);
        xfree(tree);
    }
}

size_t syntax_tree_memory(const struct syntax_tree *tree) {
    size_t node = sizeof *tree->nodes + (tree->reuse != NULL ? sizeof *tree->reuse : 0);
    return sizeof *tree + tree->count * node + tree->inserted_count * sizeof *tree->inserted +
           tree->fault_capacity * sizeof *tree->faults + tree->repair_count * sizeof *tree->repairs +
           tree->joint_count * sizeof *tree->joints + (tree->base != NULL ? syntax_tree_memory(tree->base) : 0) +
           (tree->raw != NULL ? syntax_tree_memory(tree->raw) : 0);
}
