/* preview: chooses an output and copies its text. */
#include "server/features/preview.h"

#include "parser/base/limits.h"
#include "parser/base/strbuf.h"
#include "parser/syntax/node.h"

/* The emission may have atoms of its own program, so blocks are compared by their labels. */
static uint32_t output_of_block(struct arena *arena, const struct file_analysis *file, const struct emission *emission,
                                struct block_key key) {
    struct str label = block_key_label(arena, file->atoms, key);
    for (uint32_t i = 0; i < emission->count; i++) {
        bool module = emission->outputs[i].kind == OUTPUT_MODULE && key.kind == BLOCK_MODULE;
        if (module || str_equal(emission->outputs[i].label, label)) {
            return i;
        }
    }
    return PREVIEW_NONE;
}

/* Does code stand at an offset outside of all blocks, and not only a comment or nothing? */
static bool is_module_code(const struct file_analysis *file, uint32_t offset) {
    NODE_EACH(child, file->tree, NODE_ROOT) {
        if (!node_is_comment(file->tree, child) && span_touches(node_span(file->tree, child), offset)) {
            return true;
        }
    }
    return false;
}

/* The block at an offset, else the next one behind what is no code there, else the last; 0 when code stands there that
 * belongs to none, or when there is none. */
static unsigned block_near(const struct file_analysis *file, uint32_t offset) {
    unsigned next = 0;
    for (unsigned i = 2; i < file->blocks.count; i++) {
        struct span span = node_span(file->tree, file->blocks.items[i].node);
        if (span_touches(span, offset)) {
            return i;
        }
        next = next == 0 && span.start > offset ? i : next;
    }
    if (is_module_code(file, offset) || file->blocks.count <= 2) {
        return 0;
    }
    return next > 0 ? next : (unsigned)file->blocks.count - 1;
}

uint32_t preview_output_at(struct arena *arena, const struct file_analysis *file, const struct emission *emission,
                           uint32_t offset) {
    unsigned block = block_near(file, offset);
    if (block > 0) {
        return output_of_block(arena, file, emission, file->blocks.items[block].key);
    }
    struct block_key module = {BLOCK_MODULE, ATOM_NONE};
    struct block_key shared = {BLOCK_SHARED, ATOM_NONE};
    uint32_t output = output_of_block(arena, file, emission, module);
    return output != PREVIEW_NONE ? output : output_of_block(arena, file, emission, shared);
}

uint32_t preview_choose(struct arena *arena, const struct file_analysis *file, const struct emission *emission,
                        struct str wanted) {
    if (wanted.size > 0) {
        const struct output *found = emission_find(emission, wanted);
        return found == NULL ? PREVIEW_NONE : (uint32_t)(found - emission->outputs);
    }
    for (unsigned i = 2; file != NULL && i < file->blocks.count; i++) {
        uint32_t output = output_of_block(arena, file, emission, file->blocks.items[i].key);
        if (output != PREVIEW_NONE) {
            return output;
        }
    }
    return emission->count > 0 ? 0 : PREVIEW_NONE;
}

struct str preview_text(struct arena *arena, const struct output *output) {
    struct strbuf text;
    strbuf_init(&text, LIMIT_OUTPUT_BYTES);
    output_file_text(output, &text);
    struct str copy = arena_str(arena, strbuf_str(&text));
    strbuf_finish(&text);
    return copy;
}

struct preview preview_of(struct arena *arena, const struct emission *emission, uint32_t chosen) {
    struct preview preview = {.chosen = chosen};
    for (uint32_t i = 0; i < emission->count; i++) {
        const struct output *output = &emission->outputs[i];
        vec_push(arena, &preview.outputs,
                 (struct preview_output){.name = arena_str(arena, output->name),
                                         .label = arena_str(arena, output->label),
                                         .broken = output->broken});
    }
    preview.text = preview_text(arena, &emission->outputs[chosen]);
    return preview;
}
