/* folding: one pass over the nodes for what has brackets, comments and imports. */
#include "server/features/folding.h"

#include <stdlib.h>

struct folding {
    const struct feature_context *context;
    const struct syntax_tree *tree;
    const struct text *text;
    struct fold_list found;
    VEC(struct span) regions;      /* those that are open */
    struct span comments, imports; /* the run that is being read; empty: none */
    unsigned import_count;         /* statements of that */
    node_id comment;               /* the last of the run */
};

static void add(struct folding *folding, struct span span, enum fold_kind kind, bool closed) {
    if (span.start < span.end && text_line_of(folding->text, span.start) < text_line_of(folding->text, span.end)) {
        vec_push(folding->context->arena, &folding->found.list, (struct fold){span, kind, closed});
    }
}

/* The first line stays to be seen. */
static void add_behind_first_line(struct folding *folding, struct span span, enum fold_kind kind) {
    uint32_t start = text_line(folding->text, text_line_of(folding->text, span.start)).end;
    add(folding, (struct span){start, span.end}, kind, false);
}

/* ---- brackets */

static bool is_closer(char c) { return c == '}' || c == ']' || c == ')'; }

/* From behind an opening bracket to before the closing one, or to the end where that is missing. */
static void add_inside(struct folding *folding, uint32_t open, uint32_t end) {
    struct str text = text_str(folding->text);
    bool closed = end > open + 1 && is_closer(text.data[end - 1]);
    add(folding, (struct span){open + 1, closed ? end - 1 : end}, FOLD_CODE, closed);
}

static void fold_bracketed(struct folding *folding, node_id node) {
    struct span span = node_span(folding->tree, node);
    char first = span.start < span.end ? text_str(folding->text).data[span.start] : '\0';
    if (first == '{' || first == '[' || first == '(') {
        add_inside(folding, span.start, span.end);
    }
}

/* The brace of `match value {`, `style {`, `select {`: the first one behind what stands before it. */
static void fold_braced(struct folding *folding, node_id node) {
    struct str text = text_str(folding->text);
    struct span span = node_span(folding->tree, node);
    node_id value = node_child(folding->tree, node, FIELD_VALUE);
    node_id before = value != NODE_NONE ? value : node_child(folding->tree, node, FIELD_ARGUMENTS);
    size_t open = str_find(text, '{', before != NODE_NONE ? node_span(folding->tree, before).end : span.start);
    if (open < span.end) {
        add_inside(folding, (uint32_t)open, span.end);
    }
}

/* A text of several lines keeps its quotes. */
static void fold_text(struct folding *folding, node_id node) {
    enum { QUOTES = 3 };
    struct span span = node_span(folding->tree, node);
    if (span_size(span) >= 2 * QUOTES) {
        add(folding, (struct span){span.start + QUOTES, span.end - QUOTES}, FOLD_CODE, true);
    }
}

/* ---- markup */

static bool is_attribute(enum node_kind kind) { return kind == NODE_JSX_ATTRIBUTE || kind == NODE_JSX_SPREAD; }

/* Behind the `>` of the opening tag. */
static uint32_t open_tag_end(const struct folding *folding, node_id node) {
    const struct syntax_tree *tree = folding->tree;
    struct str text = text_str(folding->text);
    struct span span = node_span(tree, node);
    uint32_t at = span.start;
    NODE_EACH(child, tree, node) {
        if (node_field(tree, child) == FIELD_NAME || is_attribute(node_kind(tree, child))) {
            at = node_span(tree, child).end;
        }
    }
    size_t end = str_find(text, '>', at);
    return end < span.end ? (uint32_t)end + 1 : span.end;
}

/* Before the `</` of the closing tag, or before the `/>` of a tag without children. */
static uint32_t close_tag_start(const struct folding *folding, node_id node) {
    struct str text = text_str(folding->text);
    struct span span = node_span(folding->tree, node);
    uint32_t at = span.end;
    while (at > span.start && text.data[at - 1] != '/') {
        at--;
    }
    return at > span.start + 1 && text.data[at - 2] == '<' ? at - 2 : at > span.start ? at - 1 : span.end;
}

/* From behind the opening tag to before the closing one; a tag of several lines goes with its children. */
static void fold_element(struct folding *folding, node_id node) {
    const struct syntax_tree *tree = folding->tree;
    uint32_t open = open_tag_end(folding, node);
    struct span name = node_span(tree, node_child(tree, node, FIELD_NAME));
    bool one_line = text_line_of(folding->text, name.end) == text_line_of(folding->text, open);
    bool fragment = node_kind(tree, node) == NODE_JSX_FRAGMENT;
    if (!node_has_error(tree, node) || node_child(tree, node, FIELD_CLOSE_NAME) != NODE_NONE) {
        add(folding, (struct span){one_line || fragment ? open : name.end, close_tag_start(folding, node)}, FOLD_CODE,
            true);
    }
}

static void (*const folders[NODE_KIND_COUNT])(struct folding *folding, node_id node) = {
    [NODE_BLOCK] = fold_bracketed,         [NODE_TYPE_BODY] = fold_bracketed,  [NODE_OBJECT] = fold_bracketed,
    [NODE_ARRAY] = fold_bracketed,         [NODE_ARGUMENTS] = fold_bracketed,  [NODE_PARAMETERS] = fold_bracketed,
    [NODE_PAREN_LIST] = fold_bracketed,    [NODE_JSX_BLOCK] = fold_bracketed,  [NODE_NAMED_IMPORTS] = fold_bracketed,
    [NODE_RECORD_TYPE] = fold_bracketed,   [NODE_BARE_BLOCK] = fold_bracketed, [NODE_JSX_EXPRESSION] = fold_bracketed,
    [NODE_MATCH_EXPRESSION] = fold_braced, [NODE_JSX_MATCH] = fold_braced,     [NODE_SELECT_EXPRESSION] = fold_braced,
    [NODE_STYLE_BLOCK] = fold_braced,      [NODE_TRIPLE_STRING] = fold_text,   [NODE_JSX_ELEMENT] = fold_element,
    [NODE_JSX_FRAGMENT] = fold_element,
};

/* ---- comments */

/* What a line comment says, without its slashes; `#region` as others write it counts too. */
static struct str words_of(struct str comment) {
    size_t start = 0;
    while (start < comment.size &&
           (comment.data[start] == '/' || comment.data[start] == ' ' || comment.data[start] == '#')) {
        start++;
    }
    return str_slice(comment, start, comment.size);
}

static bool is_word(struct str text, struct str word) {
    return str_starts_with(text, word) && (text.size == word.size || text.data[word.size] == ' ');
}

/* Opens or closes a region; false when the comment does neither. */
static bool read_region(struct folding *folding, node_id node) {
    struct span span = node_span(folding->tree, node);
    struct str words = words_of(node_text(folding->tree, node));
    if (is_word(words, STR("region"))) {
        vec_push(folding->context->arena, &folding->regions, span);
        return true;
    }
    if (is_word(words, STR("endregion")) && folding->regions.count > 0) {
        struct span start = folding->regions.items[--folding->regions.count];
        add(folding, (struct span){start.end, span.end}, FOLD_REGION, false);
        return true;
    }
    return false;
}

/* Stand only white space and, with `closers`, closing brackets before it on its line? */
static bool begins_its_line(const struct text *text, uint32_t offset, bool closers) {
    struct span line = text_line(text, text_line_of(text, offset));
    struct str before = text_slice(text, (struct span){line.start, offset});
    for (size_t i = 0; i < before.size; i++) {
        char c = before.data[i];
        if (c != ' ' && c != '\t' && !(closers && is_closer(c))) {
            return false;
        }
    }
    return true;
}

static void end_comments(struct folding *folding) {
    add_behind_first_line(folding, folding->comments, FOLD_COMMENT);
    folding->comments = (struct span){0, 0};
}

/* Line comments on lines of their own, one beneath the other, are one; `//` and `///` do not mix. */
static void read_comment(struct folding *folding, node_id node) {
    struct span span = node_span(folding->tree, node);
    enum node_kind kind = node_kind(folding->tree, node);
    bool follows = folding->comments.end > 0 && node_kind(folding->tree, folding->comment) == kind &&
                   text_line_of(folding->text, folding->comments.end) + 1 == text_line_of(folding->text, span.start);
    folding->comment = node;
    if (kind == NODE_BLOCK_COMMENT) {
        end_comments(folding);
        add_behind_first_line(folding, span, FOLD_COMMENT);
    } else if (read_region(folding, node) || !begins_its_line(folding->text, span.start, false)) {
        end_comments(folding);
    } else if (follows) {
        folding->comments.end = span.end;
    } else {
        end_comments(folding);
        folding->comments = span;
    }
}

/* ---- imports */

static void end_imports(struct folding *folding) {
    if (folding->import_count > 1) {
        add_behind_first_line(folding, folding->imports, FOLD_IMPORTS);
    }
    folding->imports = (struct span){0, 0};
    folding->import_count = 0;
}

/* Statements at the top or in a block: imports one behind the other are one. */
static void read_statement(struct folding *folding, node_id node) {
    enum node_kind parent = node_kind(folding->tree, node_parent(folding->tree, node));
    if (node_kind(folding->tree, node) == NODE_IMPORT_STATEMENT) {
        struct span span = node_span(folding->tree, node);
        bool first = folding->import_count++ == 0;
        folding->imports = (struct span){first ? span.start : folding->imports.start, span.end};
    } else if (folding->import_count > 0 && (parent == NODE_SOURCE_FILE || parent == NODE_BLOCK) &&
               !node_is_comment(folding->tree, node)) {
        end_imports(folding);
    }
}

/* ---- all */

static int compare(const void *left, const void *right) {
    const struct fold *a = left, *b = right;
    if (a->span.start != b->span.start) {
        return a->span.start < b->span.start ? -1 : 1;
    }
    return a->span.end > b->span.end ? -1 : a->span.end < b->span.end;
}

/* A region whose ends stand in different brackets would cut them. */
static void drop_crossing(struct fold_list *found) {
    unsigned kept = 0;
    for (unsigned i = 0; i < found->list.count; i++) {
        const struct fold *fold = &found->list.items[i];
        bool crosses = false;
        for (unsigned k = 0; fold->kind == FOLD_REGION && k < found->list.count; k++) {
            struct span other = found->list.items[k].span;
            bool apart = other.end <= fold->span.start || fold->span.end <= other.start;
            crosses = crosses || (!apart && !span_contains(other, fold->span) && !span_contains(fold->span, other));
        }
        if (!crosses) {
            found->list.items[kept++] = *fold;
        }
    }
    found->list.count = kept;
}

struct fold_list folds(const struct feature_context *context) {
    const struct syntax_tree *tree = context->file->tree;
    struct folding folding = {.context = context, .tree = tree, .text = tree->text};
    for (node_id node = NODE_ROOT; node < tree->count; node++) {
        void (*fold)(struct folding *, node_id) = folders[node_kind(tree, node)];
        if (fold != NULL) {
            fold(&folding, node);
        }
        if (node_is_comment(tree, node)) {
            read_comment(&folding, node);
        }
        read_statement(&folding, node);
    }
    end_comments(&folding);
    end_imports(&folding);
    if (folding.found.list.count > 0) {
        qsort(folding.found.list.items, folding.found.list.count, sizeof *folding.found.list.items, compare);
    }
    drop_crossing(&folding.found);
    return folding.found;
}

bool fold_lines(const struct text *text, const struct fold *fold, uint32_t *first, uint32_t *last) {
    uint32_t end = text_line_of(text, fold->span.end);
    *first = text_line_of(text, fold->span.start);
    *last = fold->closed && begins_its_line(text, fold->span.end, true) ? end - 1 : end;
    return *first < *last;
}
