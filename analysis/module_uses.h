/* module_uses: which modules a file names, what it takes from them, and what it offers under other names.
 *
 * Only what is written; what a module is and whether it has a name is said by modules.h.
 */
#ifndef TOVA_ANALYSIS_MODULE_USES_H
#define TOVA_ANALYSIS_MODULE_USES_H

#include "analysis/symbols.h"

/* Fills module_uses, imported and exported of an analysis whose bindings are in order. */
void module_uses_collect(struct file_analysis *file);

/* What an import symbol stands for, or NULL when the symbol is none. */
const struct imported *module_uses_imported(const struct file_analysis *file, uint32_t symbol);

#endif
