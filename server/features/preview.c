/* preview: chooses an output and copies its text. */
#include "server/features/preview.h"

#include "parser/base/limits.h"
#include "parser/base/strbuf.h"

/* The emission has atoms of its own program, so blocks are compared by their labels. */
static const struct output *output_of_block(struct arena *arena, const struct file_analysis *file,
                                            const struct emission *emission, const struct block *block) {
    struct str label = block_key_label(arena, file->atoms, block->key);
    for (uint32_t i = 0; i < emission->count; i++) {
        if (str_equal(emission->outputs[i].label, label)) {
            return &emission->outputs[i];
        }
    }
    return NULL;
}

/* The first block of the file that has an output, else the first output. */
static const struct output *default_output(struct arena *arena, const struct file_analysis *file,
                                           const struct emission *emission) {
    for (unsigned i = 2; i < file->blocks.count; i++) {
        const struct output *output = output_of_block(arena, file, emission, &file->blocks.items[i]);
        if (output != NULL) {
            return output;
        }
    }
    return emission->count > 0 ? &emission->outputs[0] : NULL;
}

bool preview_of(struct arena *arena, const struct file_analysis *file, const struct emission *emission,
                struct str wanted, struct preview *preview) {
    const struct output *chosen =
        wanted.size > 0 ? emission_find(emission, wanted) : default_output(arena, file, emission);
    if (chosen == NULL) {
        return false;
    }
    *preview = (struct preview){.chosen = (uint32_t)(chosen - emission->outputs)};
    for (uint32_t i = 0; i < emission->count; i++) {
        const struct output *output = &emission->outputs[i];
        vec_push(arena, &preview->outputs,
                 (struct preview_output){.name = arena_str(arena, output->name),
                                         .label = arena_str(arena, output->label),
                                         .broken = output->broken});
    }
    struct strbuf text;
    strbuf_init(&text, LIMIT_OUTPUT_BYTES);
    output_file_text(chosen, &text);
    preview->text = arena_str(arena, strbuf_str(&text));
    strbuf_finish(&text);
    return true;
}
