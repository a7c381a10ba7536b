/* diagnostics: what is wrong in a file, and a name for "nothing about that has changed". */
#ifndef TOVA_SERVER_FEATURES_DIAGNOSTICS_H
#define TOVA_SERVER_FEATURES_DIAGNOSTICS_H

#include "parser/text/diagnostic.h"
#include "server/features/feature.h"

struct check_memory;

/* All diagnostics of the file, sorted; in the context's arena. `marks` are those of its nodes in a program that is linked
 * (enum node_mark), which a file needs for some (diagnostics_need_marks); NULL: those are missing. `memory` has what was
 * found in the version before (analysis/check.h); may be NULL. */
struct diagnostic_list diagnostics_of(const struct feature_context *context, const uint8_t *marks,
                                      struct check_memory *memory);

/* They change when any text of the package does. */
bool diagnostics_need_marks(const struct file_analysis *file);

/* Does one of them name a place in another file? Then they change when that place moves, too. */
bool diagnostics_lead_away(const struct diagnostic_list *diagnostics, struct str path);

/* The name of the diagnostics of a file: the same as long as neither its text (by text_hash) nor anything that it sees of other
 * files has changed; for those that lead away, as long as no text of those files has. In the arena. */
struct str diagnostics_name(struct arena *arena, uint64_t text_hash, const struct package *package, bool lead_away);

#endif
