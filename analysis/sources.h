/* sources: how a question about one file reads the others: their analyses, their packages, and which there are.
 *
 * Whoever holds files fills it in: the editor's session over open documents and the disk, a project over what it has loaded,
 * a rename over the texts as they would be. What it gives stays as it is until the question is answered.
 */
#ifndef TOVA_ANALYSIS_SOURCES_H
#define TOVA_ANALYSIS_SOURCES_H

#include "analysis/modules.h"
#include "analysis/package.h"
#include "analysis/symbols.h"

struct sources {
    void *context;
    /* The analysis that the summary of this file in its package was made from; read when it is not in memory, and NULL when it
     * cannot be read or is another text by now. */
    const struct file_analysis *(*analysis_of)(void *context, struct str path);
    /* The package that holds the file, or NULL. */
    const struct package *(*package_of)(void *context, struct str path);
    /* Calls visit for every package that is known, in no order; visit must ask for nothing else. */
    void (*each_package)(void *context, void (*visit)(void *visitor, const struct package *package), void *visitor);
};

#endif
