/* conditions: what stands between requests and the functions of a server, as a summary keeps it: `with …` of routes, the
 * middleware of the groups around them, and the directives of servers that look at every request.
 */
#ifndef TOVA_ANALYSIS_CONDITIONS_H
#define TOVA_ANALYSIS_CONDITIONS_H

#include "analysis/summary.h"

/* Fills in the conditions of a summary that is being made. */
void conditions_gather(struct summary *summary, const struct file_analysis *file);

#endif
