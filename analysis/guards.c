/* guards: the rows of guards.def. */
#include "analysis/guards.h"

#include <stddef.h>

static const struct guard guards[] = {
#define GUARD(id, word, head, module, function) {STR_INIT(word), STR_INIT(head), STR_INIT(module), STR_INIT(function)},
#include "analysis/guards.def"
};

const struct guard *guard_find(struct str word) {
    for (size_t i = 0; i < sizeof guards / sizeof *guards; i++) {
        if (str_equal(guards[i].word, word)) {
            return &guards[i];
        }
    }
    return NULL;
}

const struct guard *guard_at(unsigned index) { return index < sizeof guards / sizeof *guards ? &guards[index] : NULL; }
