/* members: the block-level statements of an output. They keep the order of the source, but what is needed at once (by a
 * first value, an effect) is never behind who needs it. */
#include "codegen/members.h"

#include "analysis/directives.h"
#include "codegen/cases.h"
#include "codegen/expressions.h"
#include "codegen/functions.h"
#include "codegen/imports.h"
#include "codegen/names.h"
#include "codegen/statements.h"
#include "codegen/symbols_in.h"
#include "parser/base/limits.h"

#include <stdlib.h>

node_id member_core(const struct syntax_tree *tree, node_id node) {
    enum node_kind kind = node_kind(tree, node);
    while (kind == NODE_EXPORT_STATEMENT || kind == NODE_DECORATED) {
        node_id inner = node_child(tree, node, FIELD_DECLARATION);
        if (inner == NODE_NONE) {
            return node;
        }
        node = inner;
        kind = node_kind(tree, node);
    }
    return node;
}

struct span member_surroundings(const struct syntax_tree *tree, const struct member *member) {
    node_id next = node_next_sibling(tree, member->node);
    while (next != NODE_NONE && node_is_comment(tree, next)) {
        next = node_next_sibling(tree, next);
    }
    uint32_t end = next == NODE_NONE ? node_span(tree, node_parent(tree, member->node)).end : node_span(tree, next).start;
    return (struct span){member->above, end};
}

bool member_is_block(enum node_kind kind) {
    return kind == NODE_SERVER_BLOCK || kind == NODE_BROWSER_BLOCK || kind == NODE_SHARED_BLOCK;
}

/* `theme { }`, `deploy { }`: a block of the top that nothing emits leaves all others as they are. */
static bool is_block_without_emitter(const struct syntax_tree *tree, node_id node) {
    if (node_kind(tree, node) != NODE_DIRECTIVE || node_parent(tree, node) != NODE_ROOT) {
        return false;
    }
    const struct directive *directive = directive_of_node(tree, node);
    return directive != NULL && directive->emission == DIRECTIVE_IS_MISSING;
}

static void collect_block(struct emitter *e, uint32_t block) {
    const struct block *data = &e->file->blocks.items[block];
    bool module = data->key.kind == BLOCK_MODULE;
    node_id body = module ? NODE_ROOT : node_child(e->tree, data->node, FIELD_BODY);
    uint32_t above = node_span(e->tree, body).start;
    NODE_EACH(child, e->tree, body) {
        enum node_kind kind = kind_of(e, child);
        bool elsewhere = module && (member_is_block(kind) || is_block_without_emitter(e->tree, child));
        if (node_is_comment(e->tree, child)) {
            continue;
        }
        if (kind != NODE_SHEBANG && !elsewhere) {
            vec_push(e->arena, &e->members,
                     ((struct member){.file = e->file_index,
                                      .node = child,
                                      .core = member_core(e->tree, child),
                                      .block = block,
                                      .broken = node_has_error(e->tree, child),
                                      .above = above}));
        }
        above = node_span(e->tree, child).end;
    }
}

/* The block that a place stands in, or 0. */
static uint32_t block_at(const struct file_analysis *file, uint32_t offset) {
    for (uint32_t b = 1; b < file->blocks.count; b++) {
        const struct block *block = &file->blocks.items[b];
        if (block->key.kind != BLOCK_MODULE && span_touches(node_span(file->tree, block->node), offset)) {
            return b;
        }
    }
    return 0;
}

/* What the errors of one file break. */
struct breakage {
    bool *blocks; /* by the index of the block */
    bool module;  /* code outside of all blocks */
    bool all;
};

/* Does nothing but the word of a block without an emitter say so? */
static bool is_of_missing_block(const struct emitter *e, const struct diagnostic *diagnostic) {
    return diagnostic->code == DIAGNOSTIC_NOT_EMITTED &&
           is_block_without_emitter(e->tree, node_parent(e->tree, node_at(e->tree, diagnostic->span.start)));
}

static struct breakage breakage_of(const struct emitter *e) {
    struct breakage breakage = {.blocks = arena_array(e->arena, bool, e->file->blocks.count + 1)};
    const struct diagnostic_list *diagnostics =
        e->options->diagnostics == NULL ? NULL : &e->options->diagnostics[e->file_index];
    for (unsigned i = 0; diagnostics != NULL && i < diagnostics->list.count; i++) {
        const struct diagnostic *diagnostic = &diagnostics->list.items[i];
        if (diagnostic->severity != SEVERITY_ERROR || is_of_missing_block(e, diagnostic)) {
            continue;
        }
        uint32_t at = block_at(e->file, diagnostic->span.start);
        breakage.blocks[at] = true;
        breakage.module = breakage.module || at == 0;
        breakage.all = breakage.all || (at == 0 && diagnostic_is_syntax(diagnostic->code));
    }
    return breakage;
}

static bool block_is_broken(const struct emitter *e, const struct breakage *breakage, uint32_t block) {
    bool is_module = e->file->blocks.items[block].key.kind == BLOCK_MODULE;
    return breakage->all || breakage->blocks[block] || (is_module && breakage->module);
}

void members_collect(struct emitter *e, struct block_key key) {
    for (uint32_t f = 0; f < e->program->file_count; f++) {
        enter_file(e, f);
        struct breakage breakage = breakage_of(e);
        for (uint32_t b = 1; b < e->file->blocks.count; b++) {
            if (block_key_equal(e->file->blocks.items[b].key, key)) {
                unsigned before = e->members.count;
                collect_block(e, b);
                /* Every file has a module level; one that holds nothing breaks nothing. */
                bool concerns = key.kind != BLOCK_MODULE || e->members.count > before;
                e->output->broken = e->output->broken || (concerns && block_is_broken(e, &breakage, b));
            }
        }
    }
}

/* ---- order */

/* Can others use it before its own place? A variable of the environment is a constant. */
static bool is_hoisted(const struct syntax_tree *tree, node_id core) {
    enum node_kind kind = node_kind(tree, core);
    if (kind == NODE_DIRECTIVE) {
        const struct directive *directive = directive_of_node(tree, core);
        return directive == NULL || directive->id != DIRECTIVE_ENV;
    }
    return kind == NODE_FUNCTION_DECLARATION || kind == NODE_COMPONENT_DECLARATION || kind == NODE_IMPORT_STATEMENT ||
           kind == NODE_ROUTE_DECLARATION;
}

static int compare_members(const void *a, const void *b) {
    const struct member *left = a;
    const struct member *right = b;
    if (left->file != right->file) {
        return left->file < right->file ? -1 : 1;
    }
    return left->node < right->node ? -1 : left->node > right->node;
}

/* The member that holds a node, or the count of members. They stand in the order of their files and places. */
static unsigned member_at(const struct emitter *e, uint32_t file, node_id node) {
    unsigned low = 0;
    unsigned high = e->members.count;
    while (low < high) {
        unsigned middle = low + (high - low) / 2;
        const struct member *member = &e->members.items[middle];
        if (member->file < file || (member->file == file && member->node <= node)) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    const struct member *before = low == 0 ? NULL : &e->members.items[low - 1];
    bool holds =
        before != NULL && before->file == file && node < e->program->files[file]->tree->nodes[before->node].next;
    return holds ? low - 1 : e->members.count;
}

struct order {
    struct emitter *e;
    bool (*lower)(struct emitter *e, node_id node);
    bool exported;
    bool *visited;   /* per member: its needs are being or have been placed */
    bool big_before; /* the member before stands apart */
    unsigned depth;
};

static void place_member(struct order *order, unsigned index);

/* Places what the member's code reaches, through functions too. */
static void place_needs(struct order *order, unsigned index) {
    struct emitter *e = order->e;
    if (order->visited[index] || order->depth >= LIMIT_SYNTAX_DEPTH) {
        return;
    }
    order->visited[index] = true;
    order->depth++;
    struct member member = e->members.items[index];
    const struct file_analysis *file = e->program->files[member.file];
    for (node_id n = member.node; n < file->tree->nodes[member.node].next; n++) {
        if (file->node_binding[n] == 0) {
            continue;
        }
        struct program_symbol symbol = program_symbol_of(e->program, file, n);
        const struct symbol *data = symbol_data(symbol);
        if (data == NULL || (data->flags & SYMBOL_BLOCK_LEVEL) == 0) {
            continue;
        }
        unsigned needed = member_at(e, file_index_of(e, symbol.file), data->node);
        if (needed == e->members.count || needed == index) {
            continue;
        }
        struct program_symbol own = {symbol.file, symbol.symbol};
        if (is_hoisted(own.file->tree, e->members.items[needed].core)) {
            place_needs(order, needed);
        } else {
            place_member(order, needed);
        }
    }
    order->depth--;
}

/* ---- one member */

static bool stands_apart(enum node_kind kind) {
    return kind == NODE_FUNCTION_DECLARATION || kind == NODE_COMPONENT_DECLARATION || kind == NODE_EFFECT_DECLARATION ||
           kind == NODE_STORE_DECLARATION || kind == NODE_ROUTE_DECLARATION || kind == NODE_TYPE_DECLARATION ||
           kind == NODE_DIRECTIVE || kind == NODE_MODEL_DECLARATION;
}

static bool on_same_line(const struct emitter *e, uint32_t end, uint32_t start) {
    struct str between = text_slice(e->tree->text, (struct span){end, start});
    return str_find(between, '\n', 0) == between.size;
}

/* The comments right above a member, and not behind the one before it. */
static void add_comments_above(struct emitter *e, unsigned index) {
    const struct member *member = &e->members.items[index];
    const struct member *before = index == 0 ? NULL : member - 1;
    node_id node = member->node;
    node_id parent = node_parent(e->tree, node);
    bool beside = before != NULL && before->file == member->file && node_parent(e->tree, before->node) == parent;
    node_id first = NODE_NONE;
    uint32_t end = 0;
    for (node_id child = beside ? before->node : node_first_child(e->tree, parent); child != node && child != NODE_NONE;
         child = node_next_sibling(e->tree, child)) {
        if (!node_is_comment(e->tree, child)) {
            first = NODE_NONE;
            end = node_span(e->tree, child).end;
        } else if (first == NODE_NONE && !(end > 0 && on_same_line(e, end, node_span(e->tree, child).start))) {
            first = child;
        }
    }
    for (node_id comment = first; comment != NODE_NONE && comment != node;
         comment = node_next_sibling(e->tree, comment)) {
        add_comment(e, comment);
        e->statements->of.items[e->statements->of.count - 1]->flags &= ~(unsigned)JS_IS_TRAILING;
    }
}

static void add_comment_behind(struct emitter *e, node_id node) {
    node_id next = node_next_sibling(e->tree, node);
    if (node_is_comment(e->tree, next) &&
        on_same_line(e, node_span(e->tree, node).end, node_span(e->tree, next).start)) {
        add_comment(e, next);
        e->statements->of.items[e->statements->of.count - 1]->flags |= JS_IS_TRAILING;
    }
}

static bool is_public(const struct emitter *e, const struct member *member) {
    return node_kind(e->tree, member->node) == NODE_EXPORT_STATEMENT;
}

/* A module offers what JavaScript has no such name for by its own name. */
static bool export_renamed(struct emitter *e, const struct js *statement) {
    struct str local = statement->kind == JS_DECLARE ? statement->a->text : statement->text;
    struct str name = str_slice(local, 0, local.size > 0 ? local.size - 1 : 0);
    if (e->output->kind != OUTPUT_MODULE || !str_ends_with(local, STR("_")) || !name_is_reserved(name)) {
        return false;
    }
    struct js *entry = js_text(e->arena, JS_IMPORT_NAME, local);
    entry->a = js_text(e->arena, JS_NAME, name);
    struct js *export = js_text(e->arena, JS_EXPORT_NAMES, STR(""));
    js_add(e->arena, &export->list, entry);
    add_statement(e, export);
    return true;
}

static void export_from(struct emitter *e, unsigned mark) {
    unsigned end = e->statements->of.count;
    for (unsigned i = mark; i < end; i++) {
        struct js *statement = e->statements->of.items[i];
        if (statement->kind == JS_EXPORT_NAMES || statement->kind == JS_EXPORT_DEFAULT || export_renamed(e, statement)) {
            continue;
        }
        bool declares = statement->kind == JS_DECLARE && !str_ends_with(statement->text, STR("using"));
        if (declares || statement->kind == JS_CLASS ||
            (statement->kind == JS_FUNCTION && statement->text.size > 0)) {
            statement->flags |= JS_IS_EXPORTED;
        }
    }
}

/* `export default`, in an output that exports anything. */
static bool is_default(const struct emitter *e, const struct member *member) {
    bool exports = e->output->kind == OUTPUT_MODULE || e->output->kind == OUTPUT_SHARED;
    return exports && is_public(e, member) && node_child(e->tree, member->node, FIELD_DEFAULT) != NODE_NONE;
}

/* A function or class is exported where it is declared, a constant behind it. */
static void export_default_from(struct emitter *e, unsigned mark) {
    const struct js *last = e->statements->of.items[e->statements->of.count - 1];
    for (unsigned i = mark; i < e->statements->of.count; i++) {
        struct js *statement = e->statements->of.items[i];
        if (statement->kind == JS_FUNCTION || statement->kind == JS_CLASS) {
            statement->flags |= (unsigned)JS_IS_EXPORTED | (unsigned)JS_IS_DEFAULT;
            return;
        }
        if (statement->kind == JS_DECLARE && statement->a->kind == JS_NAME && last->kind != JS_EXPORT_DEFAULT) {
            struct js *export = js_new(e->arena, JS_EXPORT_DEFAULT);
            export->a = statement->a;
            add_statement(e, export);
            return;
        }
    }
}

/* A value that has no name. */
static void lower_default_value(struct emitter *e, node_id node) {
    struct js *value = lower_expression(e, node);
    struct js *export = js_new(e->arena, JS_EXPORT_DEFAULT);
    export->a = value;
    add_statement(e, export);
}

/* `@memoize pub fn f()` and `pub @memoize fn f()` mean the same. */
static void lower_member_decorators(struct emitter *e, const struct member *member) {
    unsigned count = e->statements->of.count;
    struct js *last = count > 0 ? e->statements->of.items[count - 1] : NULL;
    for (node_id node = member->core; node != member->node && last != NULL && last->kind == JS_FUNCTION;) {
        node = node_parent(e->tree, node);
        if (kind_of(e, node) == NODE_DECORATED) {
            lower_decorators(e, node, last);
        }
    }
}

static void lower_member_statement(struct order *order, const struct member *member) {
    struct emitter *e = order->e;
    if (member->broken) {
        not_emitted(e, member->node, "a statement with syntax errors");
    } else if (node_kind(e->tree, member->core) == NODE_IMPORT_STATEMENT) {
        program_import_statement(e, member->core);
    } else if (is_default(e, member) && is_expression(e, member->core)) {
        lower_default_value(e, member->core);
    } else if (!lower_cases(e, member->core) && (order->lower == NULL || !order->lower(e, member->core))) {
        unsigned mark = e->statements->of.count;
        lower_statement(e, member->core, NOWHERE);
        lower_member_decorators(e, member);
        if (e->statements->of.count > mark && e->statements->of.items[mark]->place.file == 0 &&
            e->statements->of.items[mark]->kind != JS_COMMENT) {
            e->statements->of.items[mark]->place = place_of(e, member->core);
        }
    }
}

/* Adds what a member becomes, with its comments; nothing when it becomes nothing. */
static void lower_whole_member(struct order *order, unsigned index) {
    struct emitter *e = order->e;
    const struct member *member = &e->members.items[index];
    enum node_kind kind = kind_of(e, member->core);
    unsigned mark = e->statements->of.count;
    if (kind != NODE_IMPL_DECLARATION) {
        add_comments_above(e, index);
    }
    unsigned start = e->statements->of.count;
    lower_member_statement(order, member);
    if (e->statements->of.count == start) {
        for (unsigned i = mark; kind == NODE_IMPORT_STATEMENT && i < start; i++) {
            js_add(e->arena, &e->import_statements, e->statements->of.items[i]);
        }
        e->statements->of.count = mark;
        return;
    }
    if (stands_apart(kind) || order->big_before || has_blank_before(e, member->node) || start > mark) {
        e->statements->of.items[mark]->flags |= JS_BLANK_BEFORE;
    }
    order->big_before = stands_apart(kind);
    if (is_default(e, member)) {
        export_default_from(e, start);
    } else if (order->exported || (e->output->kind == OUTPUT_MODULE && is_public(e, member))) {
        export_from(e, start);
    }
    add_comment_behind(e, member->node);
}

/* The same for a member that may be as it was before. */
static void add_member(struct order *order, unsigned index) {
    struct emitter *e = order->e;
    const struct member *member = &e->members.items[index];
    struct kept_mark mark = kept_mark(e);
    uint64_t key = kept_key(e, member, order->big_before ? KEPT_BEHIND_BIG : KEPT_BEHIND_SMALL);
    const struct kept_member *kept = kept_find(e, key);
    if (kept != NULL) {
        kept_take(e, kept);
        order->big_before = stands_apart(kind_of(e, member->core));
    } else {
        lower_whole_member(order, index);
    }
    kept_add_run(e, key, member, mark, kept);
}

static void place_member(struct order *order, unsigned index) {
    struct emitter *e = order->e;
    struct member *member = &e->members.items[index];
    if (member->placed) {
        return;
    }
    member->placed = true;
    if (!is_hoisted(e->program->files[member->file]->tree, member->core)) {
        place_needs(order, index);
    }
    uint32_t file = e->file_index;
    enter_file(e, member->file);
    names_next_declaration(e);
    add_member(order, index);
    enter_file(e, file);
}

void members_lower(struct emitter *e, bool (*lower)(struct emitter *e, node_id node), bool exported) {
    struct order order = {
        .e = e,
        .lower = lower,
        .exported = exported,
        .visited = arena_alloc(e->arena, e->members.count + 1),
        .big_before = true,
    };
    if (e->members.count > 0) {
        qsort(e->members.items, e->members.count, sizeof *e->members.items, compare_members);
    }
    for (unsigned i = 0; i < e->members.count && !emitter_stopped(e); i++) {
        place_member(&order, i);
    }
}
