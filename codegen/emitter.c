/* emitter: the small things that all of lowering needs. */
#include "codegen/emitter.h"

#include "parser/base/hash.h"
#include "parser/base/path.h"

enum { QUESTIONS_AT_ONCE = 16 }; /* a few statements take less time than a look at the clock */

bool emitter_stopped(struct emitter *e) {
    if (!e->stopped && ++e->asked_often % QUESTIONS_AT_ONCE == 0) {
        e->stopped = stop_asked(&e->options->stop);
    }
    return e->stopped;
}

void add_statement(struct emitter *e, struct js *statement) { js_add(e->arena, e->statements, statement); }

void note_change(struct emitter *e, uint64_t what) {
    if (e->surroundings != 0) {
        e->changes = hash_number(e->changes, what);
        e->lasting++;
    }
}

/* What stands in a file of another program is told where that is emitted. */
static void add_gap(struct emitter *e, struct span span, const char *what) {
    struct emission *emission = e->emission;
    if (e->file_index >= e->program->file_count) {
        return;
    }
    for (unsigned i = 0; i < emission->gaps.count; i++) {
        if (emission->gaps.items[i].file == e->file_index && span_equal(emission->gaps.items[i].span, span)) {
            return;
        }
    }
    struct emission_gap gap = {e->file_index, span, arena_str(&emission->arena, str_from_c(what))};
    vec_push(&emission->arena, &emission->gaps, gap);
}

void not_emitted(struct emitter *e, node_id node, const char *what) {
    uint32_t line = text_line_of(e->tree->text, node_span(e->tree, node).start) + 1;
    struct str name = path_name(e->file->path);
    add_statement(e, js_comment(e->arena, arena_printf(e->arena, "Not emitted: %s (%.*s, line %u).", what,
                                                       STR_ARGUMENTS(name), (unsigned)line)));
    e->output->broken = true;
    note_change(e, line);
    if (!node_has_error(e->tree, node)) {
        add_gap(e, node_span(e->tree, node), what);
    }
}

void enter_file(struct emitter *e, uint32_t file_index) {
    e->file_index = file_index;
    uint32_t own = e->program->file_count;
    e->file = file_index < own ? e->program->files[file_index] : e->foreign->list.items[file_index - own];
    e->tree = e->file->tree;
}

/* A file of another program becomes a source of the output's map too. */
static uint32_t foreign_index(const struct emitter *e, const struct file_analysis *file) {
    struct foreign_files *foreign = e->foreign;
    for (uint32_t i = 0; i < foreign->list.count; i++) {
        if (foreign->list.items[i] == file) {
            return e->program->file_count + i;
        }
    }
    vec_push(&e->emission->arena, &foreign->list, file);
    add_map_source(e, file);
    return e->program->file_count + foreign->list.count - 1;
}

uint32_t file_index_of(const struct emitter *e, const struct file_analysis *file) {
    if (file == e->file) {
        return e->file_index;
    }
    for (uint32_t index = 0; index < e->program->file_count; index++) {
        if (e->program->files[index] == file) {
            return index;
        }
    }
    return foreign_index(e, file);
}

void add_map_source(const struct emitter *e, const struct file_analysis *file) {
    if (e->extent == EMIT_TEXT) {
        struct map_source source = {arena_str(&e->emission->arena, file->path), text_ref(file->tree->text)};
        vec_push(&e->emission->arena, &e->output->map.sources, source);
    }
}

struct js_list *redirect(struct emitter *e, struct js_list *list) {
    struct js_list *before = e->statements;
    e->statements = list;
    return before;
}

unsigned plain_count(const struct emitter *e, node_id node) {
    unsigned count = 0;
    for (node_id child = node_first_plain(e->tree, node); child != NODE_NONE; child = node_next_plain(e->tree, child)) {
        count++;
    }
    return count;
}

node_id without_parentheses(const struct emitter *e, node_id node) {
    while (kind_of(e, node) == NODE_PAREN_LIST && plain_count(e, node) == 1) {
        node = node_first_plain(e->tree, node);
    }
    return node;
}

struct str operator_of(const struct emitter *e, node_id node) {
    node_id first = node_child(e->tree, node, FIELD_OPERATOR);
    node_id second = node_next_same_field(e->tree, first);
    if (second == NODE_NONE) {
        return text_of(e, first);
    }
    struct str a = text_of(e, first);
    struct str b = text_of(e, second);
    return arena_printf(e->arena, "%.*s %.*s", STR_ARGUMENTS(a), STR_ARGUMENTS(b));
}
