/* The order of the checks that need the whole package. */
#include "analysis/check.h"

#include "analysis/checks.h"

enum { SUGGESTIONS_PER_FILE = 16 };

struct diagnostic_list check_file(struct arena *arena, const struct file_analysis *file,
                                  const struct package *package) {
    struct diagnostic_list list = {0};
    for (unsigned i = 0; i < file->diagnostics.list.count; i++) {
        vec_push(arena, &list.list, file->diagnostics.list.items[i]);
    }
    struct check check = {
        .arena = arena,
        .file = file,
        .package = package,
        .summary = package_file(package, file->path),
        .list = &list,
        .suggestions = SUGGESTIONS_PER_FILE,
    };
    check_names(&check);
    check_variables(&check);
    check_duplicates(&check);
    check_models(&check);
    check_calls(&check);
    check_rpc_uses(&check);
    check_open_twins(&check);
    diagnostic_sort(&list);
    return list;
}
