/* kinds: kinds.def against the generated parser, in both directions. */
#include "parser/syntax/flatten.h"
#include "tests/unit/unit.h"

#include <string.h>

const TSLanguage *tree_sitter_tova(void);

static void report_unknown(const char *what, const char *name) { fprintf(stderr, "%s \"%s\"\n", what, name); }

static void the_grammar_has_every_kind(void **state) {
    struct flatten_names names;
    flatten_names_init(&names, tree_sitter_tova());
    unsigned unknown = 0;
    for (unsigned kind = NODE_NULL + 1; kind < NODE_TOKEN; kind++) {
        bool found = false;
        for (uint32_t i = 0; i < names.symbol_count; i++) {
            found |= names.kinds[i] == kind;
        }
        if (!found) {
            report_unknown("not in the grammar: kind", node_kind_name((enum node_kind)kind).data);
            unknown++;
        }
    }
    flatten_names_finish(&names);
    assert_int_equal(unknown, 0);
}

static void every_visible_symbol_is_a_kind(void **state) {
    struct flatten_names names;
    flatten_names_init(&names, tree_sitter_tova());
    unsigned unknown = 0;
    for (uint32_t i = 0; i < names.symbol_count; i++) {
        TSSymbol symbol = (TSSymbol)i;
        if (ts_language_symbol_type(tree_sitter_tova(), symbol) != TSSymbolTypeRegular || names.kinds[i] != NODE_NULL) {
            continue;
        }
        report_unknown("not in kinds.def: symbol", ts_language_symbol_name(tree_sitter_tova(), symbol));
        unknown++;
    }
    flatten_names_finish(&names);
    assert_int_equal(unknown, 0);
}

static void fields_are_the_same(void **state) {
    const TSLanguage *language = tree_sitter_tova();
    struct flatten_names names;
    flatten_names_init(&names, language);
    unsigned unknown = 0;
    for (uint32_t i = 1; i <= ts_language_field_count(language); i++) {
        if (names.fields[i] == FIELD_NONE) {
            report_unknown("not in kinds.def: field", ts_language_field_name_for_id(language, (TSFieldId)i));
            unknown++;
        }
    }
    for (unsigned field = FIELD_NONE + 1; field < FIELD_COUNT; field++) {
        struct str name = node_field_name((enum node_field)field);
        if (ts_language_field_id_for_name(language, name.data, (uint32_t)name.size) == 0) {
            report_unknown("not in the grammar: field", name.data);
            unknown++;
        }
    }
    flatten_names_finish(&names);
    assert_int_equal(unknown, 0);
}

static void numbers_fit_their_node(void **state) {
    assert_true(NODE_KIND_COUNT <= UINT16_MAX);
    assert_true(FIELD_COUNT <= UINT8_MAX);
    assert_int_equal(sizeof(struct node), 20);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_grammar_has_every_kind),
        cmocka_unit_test(every_visible_symbol_is_a_kind),
        cmocka_unit_test(fields_are_the_same),
        cmocka_unit_test(numbers_fit_their_node),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
