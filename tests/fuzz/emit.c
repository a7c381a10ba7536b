/* Fuzz target: text -> program -> JavaScript. Whatever the text is, every output is made, the same one twice; its map
 * stays inside of the output and the source; and what is left out of an output has been said to be wrong. Whether the
 * JavaScript is JavaScript a parser of that has to say: judge_programs.c and suite.mjs. */
#include "parser/syntax/tree.h"
#include "tests/fuzz/compiled.h"
#include "tests/fuzz/fuzz.h"

#include <stdio.h>
#include <stdlib.h>

static void check(bool holds, const char *promise) {
    if (!holds) {
        fprintf(stderr, "broken promise: %s\n", promise);
        abort();
    }
}

static void check_map(const struct output *output, const struct syntax_tree *tree) {
    uint32_t at = 0;
    for (unsigned i = 0; i < output->map.mappings.count; i++) {
        const struct mapping *mapping = &output->map.mappings.items[i];
        check(mapping->output >= at, "mappings are in order");
        check(mapping->output + mapping->length <= output->code.size, "a mapping lies in the output");
        if (mapping->source != UINT32_MAX) {
            check(mapping->source < output->map.sources.count, "a mapping names a source");
            check(mapping->span.start <= mapping->span.end && mapping->span.end <= text_size(tree->text),
                  "a mapping points into the source");
        }
        at = mapping->output;
    }
}

static void check_output(const struct output *output, const struct compiled *compiled) {
    struct strbuf map;
    strbuf_init(&map, (size_t)1 << 28);
    output_map_text(output, STR("/app/.tova-out"), &map);
    check(map.size > 0, "an output has a map");
    strbuf_finish(&map);
    check_map(output, compiled->tree);
    check(!output->broken || compiled->errors > 0 || compiled->emission.gaps.count > 0,
          "what is left out has been said to be wrong");
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    static struct syntax_parser *parser; /* one for all inputs, as a daemon has one for all files */
    if (parser == NULL) {
        parser = syntax_parser_create();
    }
    struct str source = {(const char *)data, size};
    struct compiled once, again;
    compiled_make(&once, parser, source);
    compiled_make(&again, parser, source);
    check(once.emission.count == again.emission.count, "the same sources give the same outputs");
    for (uint32_t i = 0; i < once.emission.count; i++) {
        const struct output *output = &once.emission.outputs[i];
        check(str_equal(strbuf_str(&output->code), strbuf_str(&again.emission.outputs[i].code)),
              "the same sources give the same bytes");
        check_output(output, &once);
    }
    compiled_clear(&again);
    compiled_clear(&once);
    return 0;
}
