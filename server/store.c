/* store: applying changes, merging edits, reparsing when asked. */
#include "server/store.h"

#include "analysis/analyze.h"
#include "analysis/summary.h"
#include "parser/base/limits.h"
#include "parser/base/xalloc.h"
#include "parser/syntax/node.h"

#include <string.h>

/* Up to this size a text with errors is parsed from scratch at once: recovery by editing may find other errors, and here
 * the difference in time cannot be felt. */
enum { SMALL_BYTES = 16 * 1024 };

void store_init(struct store *store, struct workspace *workspace) { *store = (struct store){.workspace = workspace}; }

static struct str copy(struct str text) {
    char *bytes = xmalloc(text.size + 1);
    memcpy(bytes, text.data, text.size);
    bytes[text.size] = '\0';
    return (struct str){bytes, text.size};
}

static void release(struct str text) { xfree((void *)(uintptr_t)text.data); }

static void destroy(struct document *document) {
    summary_unref(document->summary);
    syntax_tree_destroy(document->tree);
    text_unref(document->text);
    text_unref(document->saved);
    check_memory_finish(&document->check);
    arena_finish(&document->arenas[0]);
    arena_finish(&document->arenas[1]);
    arena_finish(&document->errors_arena);
    release(document->uri);
    release(document->path);
    xfree(document);
}

void store_finish(struct store *store) {
    while (store->first != NULL) {
        struct document *document = store->first;
        store->first = document->next;
        destroy(document);
    }
    store->count = 0;
}

struct document *store_find(const struct store *store, struct str path) {
    struct document *document = store->first;
    while (document != NULL && !str_equal(document->path, path)) {
        document = document->next;
    }
    return document;
}

struct document *store_open(struct store *store, struct str path, struct str uri, int64_t version, struct str text) {
    struct document *document = store_find(store, path);
    if (document == NULL) {
        struct document **link = &store->first;
        while (*link != NULL) {
            link = &(*link)->next;
        }
        document = xcalloc(1, sizeof *document);
        document->path = copy(path);
        document->uri = copy(uri);
        *link = document;
        store->count++;
    }
    document->version = version;
    document_set_text(document, text);
    document->unsaved = false;
    return document;
}

void store_close(struct store *store, struct document *document) {
    struct document **link = &store->first;
    while (*link != document) {
        link = &(*link)->next;
    }
    *link = document->next;
    store->count--;
    destroy(document);
}

/* ---- text */

static void take_text(struct document *document, struct text *text) {
    text_unref(document->text);
    document->text = text;
    document->parsed = false;
    document->unsaved = true;
    document->unchecked = true;
}

void document_set_text(struct document *document, struct str text) {
    bool fits = text.size <= LIMIT_FILE_BYTES;
    take_text(document, text_create(fits ? text : (struct str){0}));
    document->rewritten = true;
    document->out_of_step = !fits;
}

/* One edit that does what `first` and then `second` do. */
static struct syntax_edit merge(struct syntax_edit first, struct syntax_edit second) {
    uint32_t end = first.new_end > second.old_end ? first.new_end : second.old_end; /* in the text between them */
    return (struct syntax_edit){
        .start = first.start < second.start ? first.start : second.start,
        .old_end = first.old_end + (end - first.new_end),
        .new_end = end - second.old_end + second.new_end,
    };
}

/* The offset of a position of a change. Many clients name the line behind the last one when they mean the end. */
static bool offset_of(const struct document *document, struct position position, enum position_encoding encoding,
                      uint32_t *offset) {
    if (position.line == text_line_count(document->text) && position.column == 0) {
        *offset = text_size(document->text);
        return true;
    }
    return position_offset(document->text, position, encoding, offset);
}

void document_saved(struct document *document) {
    text_unref(document->saved);
    document->saved = text_ref(document->text);
    document->unsaved = false;
}

void document_file_changed(struct document *document, const struct text *disk) {
    if (document->saved != NULL && (disk == NULL || !str_equal(text_str(disk), text_str(document->saved)))) {
        text_unref(document->saved);
        document->saved = NULL;
    }
}

bool document_edit(struct document *document, struct range range, enum position_encoding encoding, struct str text) {
    struct span span = {0, 0};
    if (document->out_of_step) {
        return true;
    }
    if (!offset_of(document, range.start, encoding, &span.start) ||
        !offset_of(document, range.end, encoding, &span.end) || span.start > span.end ||
        text_size(document->text) - span_size(span) + text.size > LIMIT_FILE_BYTES) {
        document->out_of_step = true;
        document->unchecked = true;
        return false;
    }
    struct syntax_edit edit = {span.start, span.end, span.start + (uint32_t)text.size};
    document->edit = document->parsed ? edit : merge(document->edit, edit);
    take_text(document, text_replace(document->text, span, text));
    return true;
}

/* ---- tree and analysis */

/* By means of the analysis before where the tree was made from its tree by one edit. */
static struct file_analysis *analyze_tree(struct store *store, struct document *document, struct syntax_tree *tree,
                                          const struct syntax_edit *edit) {
    struct arena *arena = &document->arenas[1 - document->arena];
    struct file_analysis *analysis = edit != NULL ? analyze_again(arena, document->analysis, tree, *edit) : NULL;
    if (analysis == NULL) {
        arena_clear(arena);
        analysis = analyze(arena, workspace_atoms(store->workspace), document->path, tree);
    }
    return analysis;
}

static struct summary *summarise(const struct document *document, const struct file_analysis *analysis) {
    return document->summary == NULL ? summary_create(analysis)
                                     : summary_create_again(analysis, document->analysis, document->summary);
}

/* `edit` is NULL when the tree was not made from the one before. */
static void take_tree(struct store *store, struct document *document, struct syntax_tree *tree,
                      const struct syntax_edit *edit) {
    struct file_analysis *analysis = analyze_tree(store, document, tree, edit);
    struct summary *summary = summarise(document, analysis);
    syntax_tree_destroy(document->tree);
    document->tree = tree;
    arena_clear(&document->arenas[document->arena]);
    document->arena = 1 - document->arena;
    document->analysis = analysis;
    check_memory_step(&document->check, analysis);
    summary_unref(document->summary);
    document->summary = summary_ref(summary);
    workspace_put(store->workspace, summary);
}

static struct syntax_tree *parse(struct store *store, struct document *document) {
    struct syntax_parser *parser = workspace_parser(store->workspace);
    document->edited = false;
    if (document->tree == NULL || document->rewritten) {
        return syntax_parse_for_edits(parser, document->text);
    }
    struct syntax_tree *tree = syntax_reparse(parser, document->tree, document->text, document->edit);
    if (node_has_error(tree, NODE_ROOT) && text_size(document->text) <= SMALL_BYTES) {
        syntax_tree_destroy(tree);
        return syntax_parse_for_edits(parser, document->text);
    }
    document->edited = true;
    return tree;
}

void store_update(struct store *store, struct document *document) {
    if (document->parsed) {
        return;
    }
    struct syntax_tree *tree = parse(store, document);
    take_tree(store, document, tree, document->edited ? &document->edit : NULL);
    document->parsed = true;
    document->rewritten = false;
}

bool store_heal(struct store *store, struct document *document) {
    if (!document->parsed || !document->edited || !node_has_error(document->tree, NODE_ROOT)) {
        return false;
    }
    document->edited = false;
    struct syntax_tree *fresh = syntax_parse_for_edits(workspace_parser(store->workspace), document->text);
    if (syntax_tree_equal(fresh, document->tree)) {
        syntax_tree_destroy(fresh);
        return false;
    }
    take_tree(store, document, fresh, NULL);
    document->unchecked = true;
    return true;
}
