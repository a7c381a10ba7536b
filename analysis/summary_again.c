/* The summary of an analysis from that of the analysis before it: what stands outside of the statement that was typed in is the same,
 * and perhaps moved. */
#include "analysis/binder.h"
#include "analysis/summary_parts.h"

#include <string.h>

struct summarizing {
    const struct file_analysis *file;
    const struct summary *before;
    struct summary *summary;
    struct summary_range range, old_range; /* of the statement */
    struct span old_span;                  /* of the statement, in the text before */
    uint32_t shift;                        /* in bytes, of what stands behind it; wraps where that moves forward */
};

static struct span moved(const struct summarizing *s, struct span span) {
    return (struct span){span.start + s->shift, span.end + s->shift};
}

/* ---- symbols */

static bool same_parameters(const struct summary_symbol *a, const struct summary_symbol *b) {
    bool same = a->parameter_count == b->parameter_count;
    for (uint32_t i = 0; same && i < a->parameter_count; i++) {
        const struct summary_parameter *left = &a->parameters[i], *right = &b->parameters[i];
        same = left->name == right->name && str_equal(left->type, right->type) &&
               left->has_default == right->has_default && left->rest == right->rest;
    }
    return same;
}

static bool same_texts(const struct summary_symbol *a, const struct summary_symbol *b) {
    return str_equal(a->signature, b->signature) && str_equal(a->documentation, b->documentation) && same_parameters(a, b);
}

static void share_texts(struct summary_symbol *out, const struct summary_symbol *known) {
    out->signature = known->signature;
    out->documentation = known->documentation;
    out->parameters = known->parameters;
}

static void copy_texts(struct arena *texts, struct summary_symbol *symbol) {
    const struct summary_parameter *parameters = symbol->parameters;
    symbol->signature = arena_str(texts, symbol->signature);
    symbol->documentation = symbol->documentation.size > 0 ? arena_str(texts, symbol->documentation) : (struct str){0};
    if (symbol->parameter_count > 0) {
        symbol->parameters = arena_array(texts, struct summary_parameter, symbol->parameter_count);
    }
    for (uint32_t i = 0; i < symbol->parameter_count; i++) {
        symbol->parameters[i] = parameters[i];
        symbol->parameters[i].type = arena_str(texts, parameters[i].type);
    }
}

/* Texts are those of before, unless one has become another. */
static void settle_texts(struct summarizing *s, bool other) {
    if (!other) {
        s->summary->texts = s->before->texts;
        atomic_fetch_add_explicit(&s->summary->texts->references, 1, memory_order_relaxed);
        return;
    }
    s->summary->texts = summary_texts_create();
    for (uint32_t i = 0; i < s->summary->symbol_count; i++) {
        copy_texts(&s->summary->texts->arena, &s->summary->symbols[i]);
    }
}

/* Is it another one to those who see it? */
static bool add_own_symbol(struct summarizing *s, uint32_t index, struct arena *scratch) {
    struct summary_symbol *out = &s->summary->symbols[index];
    const struct summary_symbol *known = &s->before->symbols[index];
    *out = summary_symbol_of(scratch, s->file, known->local, true);
    if (same_texts(out, known)) {
        share_texts(out, known);
        return false;
    }
    return true;
}

/* Members have the numbers that they had: they are declared before anything is bound. */
static void add_symbols(struct summarizing *s) {
    struct summary *summary = s->summary;
    struct arena scratch = {0};
    bool other = false, flagged = false;
    summary->symbol_count = s->before->symbol_count;
    summary->symbols = arena_array(&summary->arena, struct summary_symbol, summary->symbol_count);
    for (uint32_t i = 0; i < summary->symbol_count; i++) {
        struct summary_symbol *out = &summary->symbols[i];
        const struct summary_symbol *known = &s->before->symbols[i];
        const struct symbol *symbol = analysis_symbol(s->file, known->local);
        if (symbol->node >= s->range.node && symbol->node < s->range.node_end) {
            other |= add_own_symbol(s, i, &scratch);
        } else {
            *out = *known;
            out->flags = summary_flags(symbol);
        }
        if (symbol->node >= s->range.node_end) {
            out->span = moved(s, out->span);
            out->name_span = moved(s, out->name_span);
        }
        flagged |= out->flags != known->flags;
    }
    settle_texts(s, other);
    summary->symbols_surface = other || flagged ? summary_surface_of_symbols(summary) : s->before->symbols_surface;
    arena_finish(&scratch);
}

/* ---- uses */

/* How many uses of before stand in front of an offset. */
static uint32_t uses_before(const struct summary *before, uint32_t offset) {
    uint32_t low = 0, high = before->use_count;
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        if (before->uses[middle].span.start < offset) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return low;
}

static void add_own_uses(struct summarizing *s) {
    struct summary *summary = s->summary;
    for (uint32_t i = s->range.binding; i < s->range.binding_end; i++) {
        const struct binding *binding = &s->file->bindings.items[i];
        uint32_t position = binding->symbol == 0 ? 0 : summary_position(summary, binding->symbol);
        if (binding->access != ACCESS_DECLARE && (binding->external != 0 || position != 0)) {
            summary->uses[summary->use_count++] = summary_use_of(s->file, binding, position);
        }
    }
}

static void add_uses(struct summarizing *s) {
    struct summary *summary = s->summary;
    const struct summary *before = s->before;
    uint32_t first = uses_before(before, s->old_span.start), behind = uses_before(before, s->old_span.end);
    uint32_t most = first + (s->range.binding_end - s->range.binding) + (before->use_count - behind);
    summary->uses = arena_array(&summary->arena, struct summary_use, most);
    if (first > 0) {
        memcpy(summary->uses, before->uses, first * sizeof *before->uses);
    }
    summary->use_count = first;
    add_own_uses(s);
    for (uint32_t i = behind; i < before->use_count; i++) {
        struct summary_use *use = &summary->uses[summary->use_count++];
        *use = before->uses[i];
        use->span = moved(s, use->span);
    }
}

/* ---- the whole */

struct summary *summary_create_again(const struct file_analysis *file, const struct file_analysis *old,
                                     const struct summary *before) {
    node_id statement = file->origin->statement;
    if (statement == NODE_NONE) {
        return summary_create(file);
    }
    struct summarizing s = {
        .file = file,
        .before = before,
        .summary = summary_begin(file),
        .range = summary_range_of(file, statement),
        .old_range = summary_range_of(old, statement),
        .old_span = node_span(old->tree, statement),
        .shift = text_size(file->tree->text) - text_size(old->tree->text),
    };
    add_symbols(&s);
    add_uses(&s);
    summary_names_add_again(s.summary, file, s.range, old, s.old_range, before);
    summary_add_rest(s.summary, file);
    return s.summary;
}
