/* What the traits of other modules offer: an `impl` of such a trait gives its functions to a type. Found once per package and
 * check, in one walk over the modules that can be reached. */
#include "analysis/checks.h"
#include "analysis/modules.h"
#include "analysis/package_index.h"
#include "parser/base/map.h"

#include <stdlib.h>

struct search {
    struct check *check;
    struct imported_traits *traits;
    struct arena scratch;
    struct map seen; /* summaries */
    VEC(struct module) work;
};

static void add_module(struct search *search, const struct package *package, const struct summary *from, uint32_t index) {
    struct module module = module_find(&search->scratch, package, from->path, from->modules[index].source);
    search->traits->any = search->traits->any || module.kind == MODULE_MISSING;
    if (module.kind == MODULE_SOURCE && !map_get(&search->seen, (uintptr_t)module.file, NULL)) {
        map_set(&search->seen, (uintptr_t)module.file, 1);
        vec_push(&search->scratch, &search->work, module);
    }
}

/* The functions of its traits, and the modules that it hands on. */
static void look_into(struct search *search, const struct module *module) {
    const struct summary *file = module->file;
    for (uint32_t i = 0; i < file->method_count; i++) {
        if (file->methods[i].trait) {
            vec_push(search->check->arena, &search->traits->names, file->methods[i].name);
        }
    }
    for (uint32_t i = 0; i < file->module_count; i++) {
        if (file->modules[i].re_exports) {
            add_module(search, module->package, file, i);
        }
    }
}

static int compare_names(const void *a, const void *b) {
    atom_id first = *(const atom_id *)a, second = *(const atom_id *)b;
    return (first > second) - (first < second);
}

static struct imported_traits find_traits(struct check *check, const struct package *package) {
    struct imported_traits traits = {.package = package};
    struct search search = {.check = check, .traits = &traits};
    map_init(&search.seen);
    for (uint32_t f = 0; f < package_file_count(package); f++) {
        const struct summary *file = package_file_at(package, f);
        for (uint32_t i = 0; i < file->module_count; i++) {
            add_module(&search, package, file, i);
        }
    }
    while (search.work.count > 0) {
        struct module module = search.work.items[--search.work.count];
        look_into(&search, &module);
    }
    if (traits.names.count > 1) {
        qsort(traits.names.items, traits.names.count, sizeof *traits.names.items, compare_names);
    }
    map_finish(&search.seen);
    arena_finish(&search.scratch);
    return traits;
}

static const struct imported_traits *traits_of(struct check *check, const struct package *package) {
    for (unsigned i = 0; i < check->imported_traits.count; i++) {
        if (check->imported_traits.items[i].package == package) {
            return &check->imported_traits.items[i];
        }
    }
    struct imported_traits traits = find_traits(check, package);
    vec_push(check->arena, &check->imported_traits, traits);
    return &check->imported_traits.items[check->imported_traits.count - 1];
}

bool imported_trait_offers(struct check *check, const struct package *package, atom_id name) {
    if (name == ATOM_NONE || package->modules == NULL) {
        return false;
    }
    const struct imported_traits *traits = traits_of(check, package);
    return traits->any || (traits->names.count > 0 && bsearch(&name, traits->names.items, traits->names.count,
                                                              sizeof name, compare_names) != NULL);
}
