/* trial: the workspace as it would be if some files had other texts, for whoever wants to know what a change does before making
 * it. Files, packages and modules that do not change are those of the sources that it stands on, which must outlive it.
 */
#ifndef TOVA_ANALYSIS_TRIAL_H
#define TOVA_ANALYSIS_TRIAL_H

#include "analysis/sources.h"
#include "parser/base/stop.h"

/* A file with its new text; both live as long as the trial. */
struct trial_text {
    struct str path;
    struct str text;
};

struct trial;

/* Analyses the new texts. Files that no package holds are left out, and those that are not reached when `stop` (may be NULL) says
 * so. Caller destroys. */
struct trial *trial_create(const struct sources *sources, const struct trial_text *texts, uint32_t count,
                           const struct stop *stop);
void trial_destroy(struct trial *trial);

/* The workspace of the trial, borrowed. */
const struct sources *trial_sources(const struct trial *trial);

#endif
