/* diagnostics: the checks of the analysis. */
#include "server/features/diagnostics.h"

#include "analysis/check.h"
#include "analysis/modules.h"

#include <inttypes.h>

struct diagnostic_list diagnostics_of(const struct feature_context *context) {
    return check_file(context->arena, context->file, context->package);
}

struct str diagnostics_name(struct arena *arena, uint64_t text_hash, const struct package *package) {
    return arena_printf(arena, "%016" PRIx64 "%016" PRIx64, text_hash, module_surface(package));
}
