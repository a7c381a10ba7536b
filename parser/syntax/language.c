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

static uint16_t *list_named(const struct language *language) {
    unsigned width = language->tables.max_alias_sequence_length;
    unsigned productions = language->tables.production_id_count;
    uint16_t *named = xcalloc(productions, sizeof *named);
    assert(width <= 16 && "a bit for each child");
    for (unsigned production = 0; production < productions; production++) {
        for (unsigned child = 0; child < width; child++) {
            bool has = language_alias(language, production, child) != 0 ||
                       language_field(language, production, child) != FIELD_NONE;
            named[production] |= (uint16_t)(has << child);
        }
    }
    return named;
}

/* The library ends a rule between tokens with a state of no lexer; this grammar has none. */
static bool lexers_are_small(const TSLanguage *packed) {
    bool small = true;
    for (uint32_t state = 0; state < packed->state_count; state++) {
        small = small && packed->lex_modes[state].lex_state <= UINT8_MAX &&
                packed->lex_modes[state].external_lex_state <= UINT8_MAX;
    }
    return small;
}

void language_init(struct language *language) {
    const TSLanguage *packed = tree_sitter_tova();
    *language = (struct language){.tables = *packed};
    assert(lexers_are_small(packed));
    language->tables.parse_table = language_rows;
    language->tables.large_state_count = packed->state_count;
    flatten_names_init(&language->names, packed);
    language->fields = list_fields(packed, &language->names);
    language->named = list_named(language);
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
    xfree(language->named);
    flatten_names_finish(&language->names);
    *language = (struct language){0};
}
