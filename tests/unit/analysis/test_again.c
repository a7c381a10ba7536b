/* analyze_again: thousands of random edits of programs, a few in a row. Wherever it takes over the analysis before, the result
 * is in every part what analyze() makes of the same tree: numbers, places, findings and what the next run builds on. What a check says by
 * means of the check before is what it says without. */
#include "tests/unit/unit.h"

#include "analysis/analyze.h"
#include "analysis/binder.h"
#include "analysis/check.h"
#include "analysis/summary.h"

#include <stdlib.h>
#include <string.h>

enum { EDITS = 6000, MOST_IN_A_ROW = 6, TAKEN_AT_LEAST = 10 }; /* one in so many edits */

struct sample {
    const char *path;
    uint64_t random;
    unsigned edits, taken, found;
};

struct version {
    struct text *text;
    struct syntax_tree *tree;
    struct arena arena;
    struct file_analysis *file;
    struct summary *summary;
};

static uint32_t next_random(struct sample *sample, uint32_t limit) {
    sample->random = sample->random * 6364136223846793005u + 1442695040888963407u;
    return (uint32_t)(sample->random >> 33) % limit;
}

/* ---- comparison */

static bool same_diagnostic(const struct diagnostic *a, const struct diagnostic *b) {
    return a->code == b->code && a->severity == b->severity && a->tags == b->tags && span_equal(a->span, b->span) &&
           str_equal(a->message, b->message) && str_equal(a->related.path, b->related.path) &&
           span_equal(a->related.span, b->related.span) && str_equal(a->related.message, b->related.message) &&
           str_equal(a->fix.title, b->fix.title) && span_equal(a->fix.span, b->fix.span) &&
           str_equal(a->fix.replacement, b->fix.replacement);
}

static bool same_diagnostics(const struct diagnostic_list *a, const struct diagnostic_list *b) {
    bool same = a->list.count == b->list.count;
    for (unsigned i = 0; same && i < a->list.count; i++) {
        same = same_diagnostic(&a->list.items[i], &b->list.items[i]);
    }
    return same;
}

static bool same_binding(const struct binding *a, const struct binding *b) {
    return a->node == b->node && a->name == b->name && a->access == b->access && a->symbol == b->symbol &&
           a->external == b->external && a->builtin == b->builtin && a->global == b->global && a->block == b->block;
}

static bool same_symbol(const struct symbol *a, const struct symbol *b) {
    return a->name == b->name && a->kind == b->kind && a->flags == b->flags && a->node == b->node &&
           a->name_node == b->name_node && a->scope == b->scope && a->block == b->block && a->owner == b->owner &&
           a->hides == b->hides && a->type == b->type && a->value == b->value && a->first_part == b->first_part &&
           a->part_count == b->part_count;
}

static bool same_scope(const struct scope *a, const struct scope *b) {
    return a->kind == b->kind && a->parent == b->parent && a->block == b->block && a->node == b->node &&
           a->symbols.count == b->symbols.count &&
           (a->symbols.count == 0 ||
            memcmp(a->symbols.items, b->symbols.items, a->symbols.count * sizeof *a->symbols.items) == 0);
}

static bool same_block(const struct block *a, const struct block *b) {
    return block_key_equal(a->key, b->key) && a->node == b->node && span_equal(a->name, b->name) && a->scope == b->scope;
}

static bool same_external(const struct external *a, const struct external *b) {
    return a->name == b->name && a->block == b->block && a->type == b->type && a->passed == b->passed && a->node == b->node;
}

static bool same_rpc_use(const struct rpc_use *a, const struct rpc_use *b) {
    return a->node == b->node && a->name_node == b->name_node && a->call == b->call && a->name == b->name &&
           a->server == b->server && a->implied == b->implied && a->block == b->block && a->function == b->function;
}

static bool same_discovered(const struct discovered *a, const struct discovered *b) {
    return a->name == b->name && a->node == b->node && a->block == b->block;
}

static bool same_route(const struct route *a, const struct route *b) {
    return a->node == b->node && a->method == b->method && str_equal(a->path, b->path) && a->handler == b->handler &&
           a->block == b->block && a->binding == b->binding;
}

static bool same_method(const struct type_method *a, const struct type_method *b) {
    return a->type == b->type && a->symbol == b->symbol && a->trait == b->trait;
}

static bool same_module_use(const struct module_use *a, const struct module_use *b) {
    return a->node == b->node && a->source == b->source && str_equal(a->text, b->text) && a->block == b->block &&
           a->re_exports == b->re_exports;
}

static bool same_imported(const struct imported *a, const struct imported *b) {
    return a->symbol == b->symbol && a->module == b->module && a->name == b->name && a->node == b->node;
}

static bool same_exported(const struct exported *a, const struct exported *b) {
    return a->name == b->name && a->original == b->original && a->symbol == b->symbol && a->module == b->module &&
           a->node == b->node;
}

/* Compares two arrays of an analysis; says which one differs, and where. */
#define SAME_EACH(what, same)                                                                                          \
    do {                                                                                                               \
        if (a->what.count != b->what.count) {                                                                          \
            fprintf(stderr, #what ": %u, not %u\n", a->what.count, b->what.count);                                     \
            return false;                                                                                              \
        }                                                                                                              \
        for (unsigned i = 0; i < a->what.count; i++) {                                                                 \
            if (!same(&a->what.items[i], &b->what.items[i])) {                                                         \
                fprintf(stderr, #what " %u\n", i);                                                                     \
                return false;                                                                                          \
            }                                                                                                          \
        }                                                                                                              \
    } while (0)

#define SAME(what)                                                                                                     \
    do {                                                                                                               \
        if (!(what)) {                                                                                                 \
            fprintf(stderr, "%s\n", #what);                                                                            \
            return false;                                                                                              \
        }                                                                                                              \
    } while (0)

static bool same_origin(const struct analysis_origin *a, const struct analysis_origin *b) {
    SAME(a->plain == b->plain);
    SAME(a->declared == b->declared);
    SAME(memcmp(a->flags, b->flags, a->declared * sizeof *a->flags) == 0);
    SAME(a->findings_declared == b->findings_declared);
    SAME(a->findings.list.count == b->findings.list.count);
    return true;
}

static bool same_analysis(const struct file_analysis *a, const struct file_analysis *b) {
    SAME_EACH(blocks, same_block);
    SAME_EACH(symbols, same_symbol);
    SAME_EACH(scopes, same_scope);
    SAME_EACH(bindings, same_binding);
    SAME_EACH(externals, same_external);
    SAME_EACH(rpc_uses, same_rpc_use);
    SAME_EACH(discovered, same_discovered);
    SAME_EACH(routes, same_route);
    SAME_EACH(methods, same_method);
    SAME_EACH(module_uses, same_module_use);
    SAME_EACH(imported, same_imported);
    SAME_EACH(exported, same_exported);
    SAME(memcmp(a->node_binding, b->node_binding, a->tree->count * sizeof *a->node_binding) == 0);
    SAME(memcmp(a->node_scope, b->node_scope, a->tree->count * sizeof *a->node_scope) == 0);
    SAME(memcmp(a->marks, b->marks, a->tree->count) == 0);
    SAME(same_diagnostics(&a->diagnostics, &b->diagnostics));
    return same_origin(a->origin, b->origin);
}

static bool same_parameters(const struct summary_symbol *a, const struct summary_symbol *b) {
    bool same = a->parameter_count == b->parameter_count;
    for (uint32_t i = 0; same && i < a->parameter_count; i++) {
        const struct summary_parameter *p = &a->parameters[i], *q = &b->parameters[i];
        same = p->name == q->name && str_equal(p->type, q->type) && p->has_default == q->has_default && p->rest == q->rest;
    }
    return same;
}

static bool same_summary_symbol(const struct summary_symbol *a, const struct summary_symbol *b) {
    return a->name == b->name && a->kind == b->kind && a->flags == b->flags && block_key_equal(a->block, b->block) &&
           span_equal(a->name_span, b->name_span) && span_equal(a->span, b->span) && a->local == b->local &&
           a->owner == b->owner && str_equal(a->signature, b->signature) &&
           str_equal(a->documentation, b->documentation) && same_parameters(a, b);
}

static bool same_summary_use(const struct summary_use *a, const struct summary_use *b) {
    return a->name == b->name && block_key_equal(a->block, b->block) && span_equal(a->span, b->span) &&
           a->access == b->access && a->symbol == b->symbol;
}

/* Everything else of a summary is read from the analysis. */
static bool same_summary(const struct summary *a, const struct summary *b) {
    SAME(a->surface == b->surface && a->hash == b->hash);
    SAME(a->symbol_count == b->symbol_count);
    for (uint32_t i = 0; i < a->symbol_count; i++) {
        SAME(same_summary_symbol(&a->symbols[i], &b->symbols[i]));
    }
    SAME(a->use_count == b->use_count);
    for (uint32_t i = 0; i < a->use_count; i++) {
        SAME(same_summary_use(&a->uses[i], &b->uses[i]));
    }
    SAME(a->name_count == b->name_count);
    SAME(a->name_count == 0 || memcmp(a->names, b->names, a->name_count * sizeof *a->names) == 0);
    return true;
}

/* ---- edits */

static bool is_boundary(struct str s, uint32_t offset) {
    return offset == s.size || ((unsigned char)s.data[offset] & 0xC0) != 0x80;
}

static uint32_t random_boundary(struct sample *sample, struct str s, uint32_t from, uint32_t range) {
    uint32_t offset = from + next_random(sample, range + 1);
    offset = offset > s.size ? (uint32_t)s.size : offset;
    while (!is_boundary(s, offset)) {
        offset++;
    }
    return offset;
}

/* Something typed, removed, or brought from another place. */
static struct str random_edit(struct sample *sample, struct str s, struct syntax_edit *edit) {
    static const char *const typed[] = {
        "x", "1", " ", "q", "e", "s", "\n", "}", "{", "(", ")", "\"", ".", ",", "it", "print(x)\n", "x = 1\n", "server.f()\n",
        "fn g(a) { a }\n", "return ", "for k in xs { k }\n", "// words\n", "map(it * 2)", "[1, 2]", "len(", "<p>hi</p>",
        "a.b", " |> f", "var z = 2\n", "match x { 1 => 2 }\n", "xs.status(3)", "fn(x) x", "break\n", "\"{x}\"",
    };
    uint32_t kind = next_random(sample, 8);
    edit->start = edit->old_end = random_boundary(sample, s, 0, (uint32_t)s.size);
    if (kind >= 5) {
        edit->old_end = random_boundary(sample, s, edit->start, kind == 7 ? 30 : 3);
    }
    struct str text = kind < 6 ? str_from_c(typed[next_random(sample, sizeof typed / sizeof *typed)]) : (struct str){0};
    if (next_random(sample, 12) == 0) {
        uint32_t from = random_boundary(sample, s, 0, (uint32_t)s.size);
        text = str_slice(s, from, random_boundary(sample, s, from, 40));
    }
    edit->new_end = edit->start + (uint32_t)text.size;
    return text;
}

static void version_clear(struct version *version) {
    summary_unref(version->summary);
    syntax_tree_destroy(version->tree);
    text_unref(version->text);
    arena_finish(&version->arena);
}

static void assert_is_fresh(struct sample *sample, struct version *version, struct atom_table *atoms) {
    struct arena arena = {0};
    struct file_analysis *fresh = analyze(&arena, atoms, STR("/app.tova"), version->tree);
    struct summary *summary = summary_create(fresh);
    if (!same_analysis(version->file, fresh) || !same_summary(version->summary, summary)) {
        fprintf(stderr, "%s: not what a fresh analysis says of:\n%.*s\n", sample->path,
                STR_ARGUMENTS(text_str(version->text)));
        fail();
    }
    summary_unref(summary);
    arena_finish(&arena);
}

static void assert_is_checked(struct sample *sample, struct package *package, struct check_memory *memory,
                              const struct version *version) {
    struct arena arena = {0};
    package_put(package, summary_create(version->file));
    check_memory_step(memory, version->file);
    assert_int_equal(memory->needs_program, check_needs_program(version->file));
    struct diagnostic_list again = check_file_again(&arena, version->file, package, NULL, memory);
    struct diagnostic_list fresh = check_file(&arena, version->file, package, NULL);
    sample->found += fresh.list.count;
    if (!same_diagnostics(&again, &fresh)) {
        fprintf(stderr, "%s: %u diagnostics, not %u, of:\n%.*s\n", sample->path, again.list.count, fresh.list.count,
                STR_ARGUMENTS(text_str(version->text)));
        fail();
    }
    arena_finish(&arena);
}

/* The version after one edit. */
static void version_edit(struct sample *sample, struct syntax_parser *parser, struct atom_table *atoms,
                         struct version *version) {
    struct syntax_edit edit;
    struct version next = {0};
    struct str typed = random_edit(sample, text_str(version->text), &edit);
    next.text = text_replace(version->text, (struct span){edit.start, edit.old_end}, typed);
    next.tree = syntax_reparse(parser, version->tree, next.text, edit);
    next.file = analyze_again(&next.arena, version->file, next.tree, edit);
    next.summary = next.file != NULL ? summary_create_again(next.file, version->file, version->summary) : NULL;
    version_clear(version);
    *version = next;
    if (next.file != NULL) {
        version->file->arena = &version->arena;
        sample->taken++;
        assert_is_fresh(sample, version, atoms);
    } else {
        version->file = analyze(&version->arena, atoms, STR("/app.tova"), version->tree);
        version->summary = summary_create(version->file);
    }
}

static void version_open(struct version *version, struct syntax_parser *parser, struct atom_table *atoms, struct text *text) {
    *version = (struct version){.text = text_ref(text)};
    version->tree = syntax_parse_for_edits(parser, text);
    version->file = analyze(&version->arena, atoms, STR("/app.tova"), version->tree);
    version->summary = summary_create(version->file);
}

static struct text *read_text(const char *path) {
    struct strbuf bytes;
    char buffer[4096];
    size_t count;
    strbuf_init(&bytes, LIMIT_FILE_BYTES);
    FILE *file = fopen(path, "rb");
    assert_non_null(file);
    while ((count = fread(buffer, 1, sizeof buffer, file)) > 0) {
        strbuf_add(&bytes, (struct str){buffer, count});
    }
    assert_int_equal(fclose(file), 0);
    struct text *text = text_create(strbuf_str(&bytes));
    strbuf_finish(&bytes);
    return text;
}

static void edits_keep_the_analysis_true(void **state) {
    struct sample *sample = *state;
    struct syntax_parser *parser = syntax_parser_create();
    struct atom_table *atoms = atom_table_create();
    struct text *text = read_text(sample->path);
    for (unsigned done = 0; done < sample->edits;) {
        struct version version;
        struct package *package = package_create(atoms);
        struct check_memory memory = {0};
        version_open(&version, parser, atoms, text);
        assert_is_checked(sample, package, &memory, &version);
        for (unsigned left = 1 + next_random(sample, MOST_IN_A_ROW); left > 0; left--, done++) {
            version_edit(sample, parser, atoms, &version);
            assert_is_checked(sample, package, &memory, &version);
        }
        check_memory_finish(&memory);
        package_destroy(package);
        version_clear(&version);
    }
    printf("# %s: %u of %u edits within one statement, %u diagnostics\n", sample->path, sample->taken, sample->edits,
           sample->found);
    assert_true(sample->taken >= sample->edits / TAKEN_AT_LEAST && sample->found > sample->edits);
    text_unref(text);
    atom_table_destroy(atoms);
    syntax_parser_destroy(parser);
}

/* test_again FILE...; another seed or number of edits through $TOVA_TEST_SEED and $TOVA_TEST_EDITS. */
int main(int count, char **arguments) {
    const char *seed = getenv("TOVA_TEST_SEED");
    const char *edits = getenv("TOVA_TEST_EDITS");
    uint64_t random = seed != NULL ? strtoull(seed, NULL, 10) : 1;
    unsigned files = count > 1 ? (unsigned)count - 1 : 0;
    unsigned total = edits != NULL ? (unsigned)strtoul(edits, NULL, 10) : EDITS;
    struct sample *samples = calloc(files + 1, sizeof *samples);
    struct CMUnitTest *tests = calloc(files + 1, sizeof *tests);
    if (samples == NULL || tests == NULL || files == 0) {
        return EXIT_FAILURE;
    }
    for (unsigned i = 0; i < files; i++) {
        samples[i] = (struct sample){.path = arguments[i + 1], .edits = total / files, .random = random + i};
        tests[i] = (struct CMUnitTest){arguments[i + 1], edits_keep_the_analysis_true, NULL, NULL, &samples[i]};
    }
    int failed = _cmocka_run_group_tests("analyze_again", tests, files, NULL, NULL);
    free(tests);
    free(samples);
    return failed;
}
