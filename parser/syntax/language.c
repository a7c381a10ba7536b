/* language: the generated tables with the unfolded rows, and what the layer calls symbols and fields. */
#include "parser/syntax/language.h"

#include "parser/base/xalloc.h"

#include <assert.h>
#include <string.h>

/* From parser/grammar/src/parser.c. */
const TSLanguage *tree_sitter_tova(void);

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
    *language = (struct language){.tables = *packed};
    language->tables.parse_table = language_rows;
    language->tables.large_state_count = packed->state_count;
    flatten_names_init(&language->names, packed);
    language->fields = list_fields(packed, &language->names);
    unsigned symbols = language->names.symbol_count; /* with those that are but another name of one */
    language->kinds = xcalloc(symbols, sizeof *language->kinds);
    for (unsigned symbol = 0; symbol < symbols; symbol++) {
        language->kinds[symbol] = language->names.kinds[packed->public_symbol_map[symbol]];
        if (strcmp(packed->symbol_names[symbol], "source_file_repeat1") == 0) {
            language->statements = (TSSymbol)symbol;
        }
    }
    assert(language->statements != 0 && "the grammar's file is no longer a list of statements");
}

void language_finish(struct language *language) {
    xfree(language->kinds);
    xfree(language->fields);
    flatten_names_finish(&language->names);
    *language = (struct language){0};
}
