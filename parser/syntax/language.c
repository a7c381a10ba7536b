/* language: unfolds the generated tables. */
#include "parser/syntax/language.h"

#include "parser/base/xalloc.h"

#include <assert.h>
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

static uint16_t *unfold(const TSLanguage *packed) {
    size_t width = packed->symbol_count;
    uint16_t *rows = xcalloc(packed->state_count * width, sizeof *rows);
    memcpy(rows, packed->parse_table, packed->large_state_count * width * sizeof *rows);
    for (uint32_t state = packed->large_state_count; state < packed->state_count; state++) {
        unfold_row(packed, state, rows + state * width);
    }
    return rows;
}

/* What a child has by a hidden node between is that node's affair, so inherited entries are passed over. */
static uint8_t *list_fields(const TSLanguage *packed, const struct flatten_names *names) {
    unsigned width = packed->max_alias_sequence_length;
    uint8_t *fields = xcalloc((size_t)packed->production_id_count * width, sizeof *fields);
    for (unsigned production = 0; production < packed->production_id_count; production++) {
        TSFieldMapSlice slice = packed->field_map_slices[production];
        for (unsigned i = slice.length; i-- > 0;) { /* backwards: the first of several counts */
            TSFieldMapEntry entry = packed->field_map_entries[slice.index + i];
            assert(entry.child_index < width);
            if (!entry.inherited) {
                fields[production * width + entry.child_index] = names->fields[entry.field_id];
            }
        }
    }
    return fields;
}

void language_init(struct language *language) {
    const TSLanguage *packed = tree_sitter_tova();
    *language = (struct language){.tables = *packed, .rows = unfold(packed)};
    language->tables.parse_table = language->rows;
    language->tables.large_state_count = packed->state_count;
    flatten_names_init(&language->names, packed);
    language->fields = list_fields(packed, &language->names);
    unsigned symbols = language->names.symbol_count; /* with those that are but another name of one */
    language->kinds = xcalloc(symbols, sizeof *language->kinds);
    for (unsigned symbol = 0; symbol < symbols; symbol++) {
        language->kinds[symbol] = language->names.kinds[packed->public_symbol_map[symbol]];
    }
}

void language_finish(struct language *language) {
    xfree(language->rows);
    xfree(language->kinds);
    xfree(language->fields);
    flatten_names_finish(&language->names);
    *language = (struct language){0};
}
