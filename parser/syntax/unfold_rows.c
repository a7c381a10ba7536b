/* unfold_rows: a program of the build. Writes the parse table with every state's whole row, and a source that holds it.
 * `unfold_rows ROWS.bin ROWS.c`: numbers as the machine has them, and C that takes them into the program as they are. */
#include "parser/syntax/language.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* From parser/grammar/src/parser.c. */
const TSLanguage *tree_sitter_tova(void);

/* A packed row is a list of groups: a value, how many symbols have it, and those. */
static void unfold_row(const TSLanguage *packed, uint32_t state, uint16_t *row) {
    const uint16_t *at = packed->small_parse_table + packed->small_parse_table_map[state - packed->large_state_count];
    for (unsigned groups = *at++; groups > 0; groups--) {
        uint16_t value = *at++;
        for (unsigned symbols = *at++; symbols > 0; symbols--) {
            row[*at++] = value;
        }
    }
}

static int write_rows(const TSLanguage *packed, FILE *out) {
    size_t width = packed->symbol_count;
    uint16_t *row = calloc(width, sizeof *row);
    int written = row != NULL && fwrite(packed->parse_table, width * sizeof *row, packed->large_state_count, out) ==
                                     packed->large_state_count;
    for (uint32_t state = packed->large_state_count; written && state < packed->state_count; state++) {
        memset(row, 0, width * sizeof *row);
        unfold_row(packed, state, row);
        written = fwrite(row, sizeof *row, width, out) == width;
    }
    free(row);
    return written;
}

static void write_source(const char *rows, FILE *out) {
    fprintf(out,
            "/* Made by unfold_rows.c. */\n"
            "__asm__(\".section .rodata\\n\"\n"
            "        \".balign 64\\n\"\n"
            "        \".global language_rows\\n\"\n"
            "        \".hidden language_rows\\n\"\n"
            "        \".type language_rows, %%object\\n\"\n"
            "        \"language_rows:\\n\"\n"
            "        \".incbin \\\"%s\\\"\\n\"\n"
            "        \".size language_rows, . - language_rows\\n\"\n"
            "        \".previous\\n\");\n",
            rows);
}

int main(int count, char **words) {
    FILE *rows = count == 3 ? fopen(words[1], "wbe") : NULL;
    FILE *source = count == 3 ? fopen(words[2], "we") : NULL;
    char *path = count == 3 ? realpath(words[1], NULL) : NULL;
    if (rows == NULL || source == NULL || path == NULL || !write_rows(tree_sitter_tova(), rows)) {
        fputs("usage: unfold_rows ROWS.bin ROWS.c\n", stderr);
        return 1;
    }
    write_source(path, source);
    free(path);
    return fclose(rows) != 0 || fclose(source) != 0;
}
