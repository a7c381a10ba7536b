/* judge_programs: compiles the programs that it reads, for somebody who can tell whether JavaScript is JavaScript.
 *
 * In: for each program a line with its size in bytes, and the program. Out: for each a line `ERRORS GAPS OUTPUTS`, and for
 * each output a line `NAME SIZE` and its text. */
#include "tests/fuzz/compiled.h"

#include "parser/base/xalloc.h"

#include <stdio.h>
#include <stdlib.h>

static void print_outputs(const struct compiled *compiled) {
    printf("%u %u %u\n", compiled->errors, compiled->emission.gaps.count, (unsigned)compiled->emission.count);
    for (uint32_t i = 0; i < compiled->emission.count; i++) {
        const struct output *output = &compiled->emission.outputs[i];
        printf("%.*s %zu\n", STR_ARGUMENTS(output->name), output->code.size);
        fwrite(output->code.data, 1, output->code.size, stdout);
    }
    fflush(stdout);
}

int main(void) {
    enum { MOST_BYTES = 1 << 24 };
    struct syntax_parser *parser = syntax_parser_create();
    char line[32];
    while (fgets(line, sizeof line, stdin) != NULL) {
        size_t size = strtoul(line, NULL, 10);
        char *bytes = size <= MOST_BYTES ? xmalloc(size + 1) : NULL;
        if (bytes == NULL || fread(bytes, 1, size, stdin) != size) {
            fputs("a program that is not there\n", stderr);
            return 1;
        }
        struct compiled compiled;
        compiled_make(&compiled, parser, (struct str){bytes, size});
        print_outputs(&compiled);
        compiled_clear(&compiled);
        xfree(bytes);
    }
    syntax_parser_destroy(parser);
    return 0;
}
