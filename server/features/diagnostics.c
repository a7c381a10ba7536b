/* diagnostics: the checks of the analysis. */
#include "server/features/diagnostics.h"

#include "analysis/check.h"
#include "analysis/modules.h"

#include <inttypes.h>

struct diagnostic_list diagnostics_of(const struct feature_context *context, const uint8_t *marks,
                                      struct check_memory *memory) {
    struct diagnostic_list list =
        check_file_again(context->arena, context->file, context->package, &context->stop, memory);
    if (marks != NULL && !feature_stopped(context)) {
        check_linked(context->arena, context->file, marks, &list);
    }
    return list;
}

bool diagnostics_need_marks(const struct file_analysis *file) { return check_needs_program(file); }

bool diagnostics_lead_away(const struct diagnostic_list *diagnostics, struct str path) {
    for (unsigned i = 0; i < diagnostics->list.count; i++) {
        struct str related = diagnostics->list.items[i].related.path;
        if (related.size > 0 && !str_equal(related, path)) {
            return true;
        }
    }
    return false;
}

struct str diagnostics_name(struct arena *arena, uint64_t text_hash, const struct package *package, bool lead_away) {
    uint64_t surface = module_surface(package);
    if (!lead_away) {
        return arena_printf(arena, "%016" PRIx64 "%016" PRIx64, text_hash, surface);
    }
    return arena_printf(arena, "%016" PRIx64 "%016" PRIx64 "%016" PRIx64, text_hash, surface, module_texts(package));
}
