/* index_builtins: a program of the build. Writes the numbers of the builtins in the order of their names (by bytes), as a C
 * header: index_builtins OUTPUT */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char *const names[] = {
#define BUILTIN(id, name, module, side, async_twin, signature, documentation, preferred, absent) name,
#include "analysis/builtins.def"
};

static int compare(const void *a, const void *b) {
    return strcmp(names[*(const unsigned *)a], names[*(const unsigned *)b]);
}

int main(int count, char **arguments) {
    enum { COUNT = sizeof names / sizeof *names };
    static unsigned order[COUNT];
    FILE *out = count == 2 ? fopen(arguments[1], "wb") : NULL;
    if (out == NULL) {
        fputs("usage: index_builtins OUTPUT\n", stderr);
        return 2;
    }
    for (unsigned i = 0; i < COUNT; i++) {
        order[i] = i;
    }
    qsort(order, COUNT, sizeof *order, compare);
    fputs("static const unsigned short builtins_by_name[] = {", out);
    for (unsigned i = 0; i < COUNT; i++) {
        if (i > 0 && compare(&order[i - 1], &order[i]) == 0) {
            fprintf(stderr, "index_builtins: two rows have the name %s\n", names[order[i]]);
            return 1;
        }
        fprintf(out, "%s%u,", i % 20 == 0 ? "\n    " : " ", order[i]);
    }
    fputs("\n};\n", out);
    return fclose(out) == 0 ? 0 : 1;
}
