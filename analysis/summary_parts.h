/* summary_parts: what the making of a summary as a whole and the making of one from another have in common. Private to the files
 * summary*.c.
 */
#ifndef TOVA_ANALYSIS_SUMMARY_PARTS_H
#define TOVA_ANALYSIS_SUMMARY_PARTS_H

#include "analysis/summary.h"

/* Texts of symbols; several summaries may share them. */
struct summary_texts {
    struct arena arena;
    atomic_uint references;
};

/* With one reference, which the summary that it is given to drops. */
struct summary_texts *summary_texts_create(void);

/* A summary with path and hash and nothing else. */
struct summary *summary_begin(const struct file_analysis *file);

/* Everything but texts, symbols, uses and names, which are there already; and the surface. */
void summary_add_rest(struct summary *summary, const struct file_analysis *file);

/* A block-level symbol of a file. Its texts go into the arena. */
struct summary_symbol summary_symbol_of(struct arena *texts, const struct file_analysis *file, uint32_t index,
                                        bool documented);

/* Flags that others see. */
static inline unsigned summary_flags(const struct symbol *symbol) {
    return symbol->flags & ~(unsigned)(SYMBOL_READ | SYMBOL_ASYNC);
}

/* Where a symbol of the file stands among those of its summary, + 1; 0: it is none of them. */
uint32_t summary_position(const struct summary *summary, uint32_t symbol);

/* A use; `position` is that of the symbol that it means. */
struct summary_use summary_use_of(const struct file_analysis *file, const struct binding *binding, uint32_t position);

/* What the symbols add to the surface. */
uint64_t summary_surface_of_symbols(const struct summary *summary);

/* ---- names (summary_names.c) */

/* All names of a file, not counted. */
void summary_names_add(struct summary *summary, const struct file_analysis *file);

/* Bindings and nodes of a file that belong together: of one statement, or all. */
struct summary_range {
    uint32_t binding, binding_end;
    node_id node, node_end;
};
struct summary_range summary_range_of(const struct file_analysis *file, node_id statement);

/* The same from the names of a summary of `old`, which has others in one range alone; counted. */
void summary_names_add_again(struct summary *summary, const struct file_analysis *file, struct summary_range range,
                             const struct file_analysis *old, struct summary_range old_range, const struct summary *before);

#endif
