/* completion: the place, the table of providers, and what items are sorted by. */
#include "server/features/completion.h"

#include "parser/syntax/node.h"
#include "server/features/completion_provider.h"

enum { TEXT_BYTES = 64 * 1024 };

/* The first one whose place it is answers. Those in front are reached by characters that mean something else elsewhere. */
enum { PROVIDERS_OF_MARKS = 2 };
static bool (*const providers[])(struct completion *c) = {
    completion_in_text,       completion_in_markup,  completion_in_attributes, completion_of_members,
    completion_in_content,    completion_of_imports, completion_of_new_names,  completion_of_routes,
    completion_of_options,    completion_of_types,   completion_of_patterns,   completion_of_fields,
    completion_of_pipes,      completion_of_statements, completion_of_values,
};

/* ---- what is known of the place */

const struct frame *completion_frame(struct completion *c) {
    if (!c->framed) {
        c->framed = true;
        c->frame = cursor_frame(c->tree, c->word.start);
    }
    return &c->frame;
}

node_id completion_container(struct completion *c) {
    const struct frame *frame = completion_frame(c);
    if (frame->bracket != 0) {
        return node_holding(c->tree, frame->open);
    }
    node_id node = node_holding(c->tree, c->word.start > 0 ? c->word.start - 1 : 0);
    while (node != NODE_ROOT &&
           (node_kind(c->tree, node) != NODE_BLOCK || node_span(c->tree, node).end <= c->word.start)) {
        node = node_parent(c->tree, node);
    }
    return node;
}

struct typer *completion_typer(struct completion *c) {
    if (!c->typed) {
        c->typed = true;
        typer_init(&c->typer, c->context->arena, c->file, c->context->package);
        c->typer.sources = c->context->sources;
    }
    return &c->typer;
}

bool completion_is_older(const struct completion *c) {
    struct str typed = completion_typed(c);
    return str_find(typed, '_', 0) < typed.size;
}

/* Does an argument list follow the rest of the name at offset? */
static bool is_called(const struct completion *c) {
    uint32_t at = cursor_name_end(c->text, c->offset);
    return at < c->text.size && c->text.data[at] == '(';
}

static bool is_number(struct str word) { return word.size > 0 && word.data[0] >= '0' && word.data[0] <= '9'; }

/* Is a provider for places that nobody comes to by this character? Tags, paths and texts are where most of them lead. */
static bool is_wanted(size_t provider, struct str trigger) {
    bool special = str_equal(trigger, STR("/")) || str_equal(trigger, STR("<")) || str_equal(trigger, STR("\""));
    return !special || provider < PROVIDERS_OF_MARKS;
}

struct completion_list completion_list_at(const struct feature_context *context, uint32_t offset, struct str trigger) {
    const struct file_analysis *file = context->file;
    struct str text = text_str(file->tree->text);
    struct completion_list items = {.replace = {cursor_name_start(text, offset), offset},
                                    .replace_end = cursor_name_end(text, offset)};
    struct completion c = {.context = context,
                           .file = file,
                           .tree = file->tree,
                           .items = &items,
                           .text = text,
                           .offset = offset,
                           .word = items.replace,
                           .block = file->blocks.items[lookup_block(file, offset)].key};
    c.called = is_called(&c);
    strbuf_init(&c.buffer, TEXT_BYTES);
    map_init(&c.seen);
    bool in_text = lookup_in_text(file, offset);
    if (!in_text) {
        c.before = cursor_before(c.tree, c.word.start);
        c.before2 = c.before.kind == TOKEN_NONE ? c.before : cursor_before(c.tree, c.before.span.start);
    }
    bool done = !in_text && is_number(completion_typed(&c));
    for (size_t i = 0; i < sizeof providers / sizeof *providers && !done && is_wanted(i, trigger); i++) {
        done = providers[i](&c);
    }
    map_finish(&c.seen);
    strbuf_finish(&c.buffer);
    return items;
}

/* Marks the first one of those that have the type that is expected. */
static void mark_best(struct arena *arena, struct completion_list *items) {
    struct completion_item *best = NULL;
    for (unsigned i = 0; i < items->list.count; i++) {
        struct completion_item *item = &items->list.items[i];
        bool candidate = item->fits && item->group <= COMPLETION_PROGRAM;
        if (candidate && (best == NULL || str_compare(completion_rank(arena, item), completion_rank(arena, best)) < 0)) {
            best = item;
        }
    }
    if (best != NULL) {
        best->best = true;
    }
}

struct completion_list completions_at(const struct feature_context *context, uint32_t offset, struct str trigger) {
    struct completion_list items;
    if (!completion_in_mended_text(context, offset, trigger, &items)) {
        items = completion_list_at(context, offset, trigger);
    }
    mark_best(context->arena, &items);
    return items;
}

/* ---- order */

/* What has the expected type and is near comes first, then what belongs exactly here, then what else has the type. */
static unsigned tier(const struct completion_item *item) {
    if (item->fits && item->group <= COMPLETION_LOCAL) {
        return 0;
    }
    if (item->group == COMPLETION_EXACT) {
        return 1;
    }
    return item->fits && item->group == COMPLETION_PROGRAM ? 2 : 3;
}

struct str completion_rank(struct arena *arena, const struct completion_item *item) {
    unsigned near = item->near > 9 ? 9 : item->near;
    const char order[] = {(char)('0' + tier(item)), (char)('0' + item->group), item->fits ? '0' : '1',
                          (char)('0' + near)};
    return arena_concat(arena, (struct str){order, sizeof order}, item->label);
}
