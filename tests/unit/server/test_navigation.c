/* Names of whole programs, the examples: references are the same from each of their places, definitions are among them, and a
 * rename changes names and nothing else, and is undone by the rename back. */
#include "codegen/names.h"
#include "parser/base/path.h"
#include "parser/syntax/node.h"
#include "parser/text/position.h"
#include "server/features/definition.h"
#include "server/features/references.h"
#include "server/features/rename.h"
#include "server/project.h"
#include "tests/unit/unit.h"

#include <ctype.h>
#include <dirent.h>
#include <stdlib.h>
#include <string.h>

#define SUFFIX STR("zq") /* in no example */

/* ---- a program with some texts of its own */

struct changed {
    struct str path;
    struct text *text;
    struct syntax_tree *tree;
};

struct world {
    struct arena arena;
    struct project project;
    struct project_overlay overlay;
    struct sources sources;
    struct syntax_parser *parser;
    VEC(struct changed) changed;
};

static bool overlay_open(void *context, struct str path, struct project_source *source) {
    struct world *world = context;
    for (unsigned i = 0; i < world->changed.count; i++) {
        if (str_equal(world->changed.items[i].path, path)) {
            *source = (struct project_source){.text = world->changed.items[i].text, .tree = world->changed.items[i].tree};
            return true;
        }
    }
    return false;
}

static void overlay_list(void *context, struct str folder, struct arena *arena, struct scan_files *files) {}

static const struct project_file *find_file(const struct world *world, struct str path) {
    const struct project_unit *unit = project_unit_of(&world->project, path);
    for (uint32_t i = 0; unit != NULL && i < unit->file_count; i++) {
        if (str_equal(unit->files[i].path, path)) {
            return &unit->files[i];
        }
    }
    return NULL;
}

/* The file, which is there. */
static const struct project_file *file_at(const struct world *world, struct str path) {
    const struct project_file *file = find_file(world, path);
    if (file == NULL) {
        fail_msg("%.*s is no file of the program", STR_ARGUMENTS(path));
        abort();
    }
    return file;
}

static const struct file_analysis *analysis_of(void *context, struct str path) {
    const struct project_file *file = find_file(context, path);
    return file == NULL ? NULL : file->analysis;
}

static const struct package *package_of(void *context, struct str path) {
    const struct world *world = context;
    const struct project_unit *unit = project_unit_of(&world->project, path);
    return unit == NULL ? NULL : unit->program->package;
}

static void each_package(void *context, void (*visit)(void *visitor, const struct package *package), void *visitor) {
    const struct world *world = context;
    for (unsigned i = 0; i < world->project.units.count; i++) {
        visit(visitor, world->project.units.items[i]->program->package);
    }
}

static void world_init(struct world *world) {
    *world = (struct world){.parser = syntax_parser_create()};
    world->overlay = (struct project_overlay){world, overlay_open, overlay_list};
    world->sources = (struct sources){world, analysis_of, package_of, each_package};
}

static void world_change(struct world *world, struct str path, struct str text) {
    struct changed changed = {.path = arena_str(&world->arena, path), .text = text_create(text)};
    changed.tree = syntax_parse(world->parser, changed.text);
    vec_push(&world->arena, &world->changed, changed);
}

static void world_load(struct world *world, struct str folder) {
    struct project_options options = {.overlay = world->changed.count > 0 ? &world->overlay : NULL, .for_editors = true};
    assert_true(project_load(&world->project, folder, &options));
}

static void world_finish(struct world *world) {
    project_finish(&world->project);
    for (unsigned i = 0; i < world->changed.count; i++) {
        syntax_tree_destroy(world->changed.items[i].tree);
        text_unref(world->changed.items[i].text);
    }
    syntax_parser_destroy(world->parser);
    arena_finish(&world->arena);
}

static struct feature_context context_of(struct world *world, struct arena *arena, const struct project_file *file) {
    return (struct feature_context){.arena = arena,
                                    .file = file->analysis,
                                    .package = package_of(world, file->path),
                                    .sources = &world->sources};
}

/* ---- what a program becomes, as far as names do not matter */

static bool is_word(char byte) {
    return (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z') || (byte >= '0' && byte <= '9') ||
           byte == '_' || byte == '$';
}

static size_t word_end(struct str text, size_t at) {
    while (at < text.size && is_word(text.data[at])) {
        at++;
    }
    return at;
}

/* Do eight hexadecimal digits stand alone here? */
static bool is_hash(struct str text, size_t at) {
    for (size_t i = at; i < at + 8; i++) {
        bool digit = i < text.size && ((text.data[i] >= '0' && text.data[i] <= '9') ||
                                       (text.data[i] >= 'a' && text.data[i] <= 'f'));
        if (!digit) {
            return false;
        }
    }
    return word_end(text, at) == at + 8 && (at == 0 || !is_word(text.data[at - 1]));
}

/* The code without the suffix, the hashes of styles, and what a longer line is broken by: white space, brackets, commas at
 * ends; and `name: name` as `name`. */
static void add_normal(struct strbuf *out, struct str code) {
    size_t last = 0, last_size = 0; /* the word before */
    for (size_t at = 0; at < code.size;) {
        if (is_hash(code, at)) {
            at += 8;
        } else if (is_word(code.data[at])) {
            size_t start = out->size, end = word_end(code, at);
            for (; at < end; at++) {
                if (str_starts_with(str_slice(code, at, end), SUFFIX)) {
                    at++;
                } else {
                    strbuf_add_byte(out, code.data[at]);
                }
            }
            struct str text = strbuf_str(out);
            struct str word = str_slice(text, start, text.size);
            bool pair = last_size > 0 && last + last_size + 1 == start && text.data[start - 1] == ':';
            if (pair && str_equal(str_slice(text, last, last + last_size), word)) {
                out->size = start - 1;
            } else {
                last = start;
                last_size = word.size;
            }
        } else {
            bool closes = memchr(")]}", code.data[at], 3) != NULL;
            if (closes && out->size > 0 && strbuf_str(out).data[out->size - 1] == ',') {
                out->size--; /* a long list is written over several lines */
            }
            if (memchr(" \n(){}", code.data[at], 6) == NULL) {
                strbuf_add_byte(out, code.data[at]);
            }
            at++;
        }
    }
}

static struct str outcome_of(struct world *world) {
    struct strbuf out;
    strbuf_init(&out, 1 << 26);
    for (unsigned u = 0; u < world->project.units.count; u++) {
        struct project_unit *unit = world->project.units.items[u];
        struct emission emission;
        for (uint32_t f = 0; f < unit->file_count; f++) {
            for (unsigned d = 0; d < unit->files[f].diagnostics.list.count; d++) {
                struct str code = diagnostic_code_name(unit->files[f].diagnostics.list.items[d].code);
                strbuf_printf(&out, "%.*s %.*s\n", STR_ARGUMENTS(path_name(unit->files[f].path)), STR_ARGUMENTS(code));
            }
        }
        project_emit(&world->project, unit, 0, &emission);
        for (uint32_t i = 0; i < emission.count; i++) {
            strbuf_printf(&out, "\n== %.*s\n", STR_ARGUMENTS(emission.outputs[i].name));
            add_normal(&out, strbuf_str(&emission.outputs[i].code));
        }
        emission_finish(&emission);
    }
    struct str outcome = arena_str(&world->arena, strbuf_str(&out));
    strbuf_finish(&out);
    return outcome;
}

/* ---- edits */

static struct str after_edits(struct arena *arena, const struct edit_list *edits, struct str path, struct str text) {
    struct strbuf out;
    uint32_t from = 0;
    strbuf_init(&out, 1 << 24);
    for (unsigned i = 0; i < edits->list.count; i++) {
        const struct edit *edit = &edits->list.items[i];
        if (str_equal(edit->place.path, path)) {
            assert_true(edit->place.span.start >= from);
            strbuf_add(&out, str_slice(text, from, edit->place.span.start));
            strbuf_add(&out, edit->replacement);
            from = edit->place.span.end;
        }
    }
    strbuf_add(&out, str_slice(text, from, text.size));
    struct str result = arena_str(arena, strbuf_str(&out));
    strbuf_finish(&out);
    return result;
}

static void apply(struct world *to, const struct world *from, struct arena *arena, const struct edit_list *edits) {
    struct str last = {0};
    for (unsigned i = 0; i < edits->list.count; i++) {
        struct str path = edits->list.items[i].place.path;
        if (!str_equal(path, last)) {
            world_change(to, path, after_edits(arena, edits, path, text_str(file_at(from, path)->text)));
            last = path;
        }
    }
}

/* ---- tables: a model that is renamed says from then on which table it has, and goes on to say so when it is renamed back */

/* Where `part` stands in the text, or its end. */
static size_t find(struct str text, struct str part) {
    const char *found = part.size == 0 ? NULL : memmem(text.data, text.size, part.data, part.size);
    return found == NULL ? text.size : (size_t)(found - text.data);
}

/* The text without one `part`, where it has one. */
static struct str without(struct arena *arena, struct str text, struct str part) {
    size_t at = find(text, part);
    return arena_concat(arena, str_slice(text, 0, at), str_slice(text, at + part.size, text.size));
}

/* The table of a model that does not say which it has: its name in small letters and an s. */
static struct str table_of(struct arena *arena, struct str name) {
    char *small = arena_array(arena, char, name.size + 1);
    for (size_t i = 0; i < name.size; i++) {
        small[i] = (char)tolower((unsigned char)name.data[i]);
    }
    return arena_printf(arena, "\"%.*ss\"", STR_ARGUMENTS(((struct str){small, name.size})));
}

/* The text of a file without what the edits add to keep tables, each once. */
static struct str without_settings(struct arena *arena, const struct edit_list *edits, struct str name, struct str path,
                                   struct str text) {
    struct str setting = arena_concat(arena, STR("table: "), table_of(arena, name));
    struct str fresh = arena_concat(arena, name, SUFFIX);
    for (unsigned i = 0; i < edits->list.count; i++) {
        struct str added = edits->list.items[i].replacement;
        if (find(added, setting) < added.size && str_equal(edits->list.items[i].place.path, path)) {
            text = without(arena, text, str_starts_with(added, fresh) ? str_slice(added, fresh.size, added.size) : added);
        }
    }
    return text;
}

/* The outcome without the arguments that come from these settings, in normal code. */
static struct str without_arguments(struct arena *arena, const struct edit_list *edits, struct str name, struct str outcome) {
    struct str setting = arena_concat(arena, STR("table: "), table_of(arena, name));
    for (unsigned i = 0; i < edits->list.count; i++) {
        struct str added = edits->list.items[i].replacement;
        if (find(added, setting) < added.size) {
            outcome = without(arena, outcome, arena_concat(arena, STR(",table:"), table_of(arena, name)));
        }
    }
    return outcome;
}

/* ---- there and back */

struct tally {
    unsigned symbols, renamed, refused, restyled, places;
    uint32_t seed;
    unsigned one_of; /* of so many symbols one is renamed */
};

static void fail_at(const struct project_file *file, uint32_t offset, struct str name, const char *what, struct str more) {
    struct position place = position_of(file->text, offset, POSITION_UTF16);
    fail_msg("%.*s:%u:%u: `%.*s` %s %.*s", STR_ARGUMENTS(file->path), place.line + 1, place.column + 1,
             STR_ARGUMENTS(name), what, STR_ARGUMENTS(more));
}

static struct str first_difference(struct str a, struct str b) {
    size_t at = 0;
    while (at < a.size && at < b.size && a.data[at] == b.data[at]) {
        at++;
    }
    return str_slice(b, at < 60 ? 0 : at - 60, at + 60);
}

/* The text with `name: name` as `name`. */
static struct str in_one_style(struct arena *arena, struct str text) {
    struct strbuf out;
    strbuf_init(&out, 1 << 24);
    add_normal(&out, text);
    struct str result = arena_str(arena, strbuf_str(&out));
    strbuf_finish(&out);
    return result;
}

/* A file that writes both `{ name }` and `{ name: name }` gets one of them for the other where it cannot be told which it was; true
 * when it did. The fresh name in the texts of the second world; it stands nowhere else. */
static bool rename_back(struct world *world, const struct world *before, const struct project_file *file,
                        uint32_t offset, struct str fresh, struct str name, const struct edit_list *there) {
    struct arena arena = {0};
    bool restyled = false;
    const struct changed *changed = &world->changed.items[0];
    const char *found = memmem(text_str(changed->text).data, text_size(changed->text), fresh.data, fresh.size);
    assert_non_null(found);
    struct feature_context context = context_of(world, &arena, file_at(world, changed->path));
    uint32_t place = (uint32_t)(found - text_str(changed->text).data);
    struct rename rename = rename_to(&context, place, name);
    if (rename.problem.size > 0) {
        fail_at(file, offset, name, "cannot be renamed back:", rename.problem);
    }
    for (unsigned i = 0; i < world->changed.count; i++) {
        struct str path = world->changed.items[i].path;
        struct str restored = after_edits(&arena, &rename.edits, path, text_str(world->changed.items[i].text));
        restored = without_settings(&arena, there, name, path, restored);
        struct str original = text_str(file_at(before, path)->text);
        bool same = str_equal(restored, original);
        restyled |= !same;
        if (!same && !str_equal(in_one_style(&arena, restored), in_one_style(&arena, original))) {
            fail_at(file, offset, name, "is not restored:", first_difference(original, restored));
        }
    }
    arena_finish(&arena);
    return restyled;
}

/* What comes from elsewhere is `name as new` in the output. */
static bool is_declared_here(const struct project_file *file, uint32_t offset) {
    const struct symbol *symbol = analysis_symbol_of(file->analysis, node_at(file->tree, offset));
    return symbol == NULL || symbol->kind != SYMBOL_IMPORT;
}

/* Has the output the name with a number, since a helper of the same name is in its way? */
static bool is_numbered(struct str outcome, struct str name) {
    name = name.size > 1 ? str_slice(name, 1, name.size) : name; /* `setName2` too */
    for (const char *at = outcome.data; (at = memmem(at, (size_t)(outcome.data + outcome.size - at), name.data, name.size));) {
        at += name.size;
        if (at[0] == '_' || (at[0] >= '0' && at[0] <= '9')) {
            return true;
        }
    }
    return false;
}

static void rename_symbol(struct world *world, struct str folder, struct str outcome, const struct project_file *file,
                          uint32_t offset, struct str name, struct tally *tally) {
    struct arena arena = {0};
    struct world renamed;
    struct feature_context context = context_of(world, &arena, file);
    struct str fresh = arena_concat(&arena, name, SUFFIX);
    struct rename rename = rename_to(&context, offset, fresh);
    tally->renamed += rename.problem.size == 0;
    tally->refused += rename.problem.size > 0;
    if (rename.problem.size > 0 && getenv("TOVA_TEST_REFUSALS") != NULL) {
        printf("# %.*s: %.*s\n", STR_ARGUMENTS(name), STR_ARGUMENTS(rename.problem));
    }
    if (rename.problem.size == 0) {
        assert_true(rename.edits.list.count > 0);
        world_init(&renamed);
        apply(&renamed, world, &arena, &rename.edits);
        world_load(&renamed, folder);
        struct str now = without_arguments(&arena, &rename.edits, name, outcome_of(&renamed));
        if (!str_equal(now, outcome) && !is_numbered(outcome, name) && is_declared_here(file, offset)) {
            struct str was = first_difference(now, outcome);
            fprintf(stderr, "it was:  %.*s\n", STR_ARGUMENTS(was));
            fail_at(file, offset, name, "changes more than its name:", first_difference(outcome, now));
        }
        tally->restyled += rename_back(&renamed, world, file, offset, fresh, name, &rename.edits);
        world_finish(&renamed);
    }
    arena_finish(&arena);
}

/* ---- references */

static bool has_place(const struct place_list *places, const struct place *wanted) {
    for (unsigned i = 0; i < places->list.count; i++) {
        if (span_equal(places->list.items[i].span, wanted->span) && str_equal(places->list.items[i].path, wanted->path)) {
            return true;
        }
    }
    return false;
}

static bool same_places(const struct place_list *a, const struct place_list *b) {
    bool same = a->list.count == b->list.count;
    for (unsigned i = 0; i < a->list.count && same; i++) {
        same = has_place(b, &a->list.items[i]);
    }
    return same;
}

/* A shorthand `{ name }` has two meanings, of which a place alone shows one. */
static bool is_shorthand(struct world *world, const struct place *place) {
    const struct project_file *file = file_at(world, place->path);
    node_id node = node_at(file->tree, place->span.start);
    enum node_kind parent = node_kind(file->tree, node_parent(file->tree, node));
    return parent == NODE_OBJECT || parent == NODE_OBJECT_PATTERN || parent == NODE_DEFAULT_BINDING;
}

static void check_places(struct world *world, const struct project_file *file, uint32_t offset, struct str name,
                         struct tally *tally) {
    struct arena arena = {0};
    struct feature_context context = context_of(world, &arena, file);
    struct place_list places = references_of(&context, offset, true);
    for (unsigned i = 0; i < places.list.count; i++) {
        const struct place *place = &places.list.items[i];
        struct feature_context there = context_of(world, &arena, file_at(world, place->path));
        if (is_shorthand(world, place)) {
            continue;
        }
        struct place_list again = references_of(&there, place->span.start, true);
        if (!same_places(&places, &again)) {
            fail_at(file_at(world, place->path), place->span.start, name, "has other references than its declaration", STR(""));
        }
        struct place_list definition = definition_of(&there, place->span.start, NULL);
        if (definition.list.count != 1 || !has_place(&places, &definition.list.items[0])) {
            fail_at(file_at(world, place->path), place->span.start, name, "is defined where no reference is", STR(""));
        }
        tally->places++;
    }
    arena_finish(&arena);
}

/* ---- all examples */

static bool is_chosen(struct tally *tally) {
    tally->seed = tally->seed * 1664525 + 1013904223;
    return (tally->seed >> 8) % tally->one_of == 0;
}

static void check_file_names(struct world *world, struct str folder, struct str outcome, const struct project_file *file,
                             struct tally *tally, bool renames) {
    for (uint32_t i = 1; i < file->analysis->symbols.count; i++) {
        const struct symbol *symbol = analysis_symbol(file->analysis, i);
        if (symbol->name == ATOM_NONE || symbol->name_node == NODE_NONE) {
            continue;
        }
        uint32_t offset = node_span(file->tree, symbol->name_node).start;
        struct str name = node_text(file->tree, symbol->name_node);
        tally->symbols++;
        if (renames && is_chosen(tally) && !name_is_reserved(name)) { /* JavaScript has those under another name */
            rename_symbol(world, folder, outcome, file, offset, name, tally);
        } else if (!renames && symbol->kind != SYMBOL_IMPORT && !is_shorthand(world, &(struct place){file->path, {offset, offset}, 0, {0, 0}})) {
            check_places(world, file, offset, name, tally);
        }
    }
}

static void check_examples(const char *examples, struct tally *tally, bool renames) {
    DIR *directory = opendir(examples);
    assert_non_null(directory);
    for (struct dirent *entry; (entry = readdir(directory)) != NULL;) {
        struct arena arena = {0};
        struct world world;
        struct str folder = path_join(&arena, str_from_c(examples), str_from_c(entry->d_name));
        if (entry->d_name[0] != '.' && strchr(entry->d_name, '.') == NULL) {
            world_init(&world);
            world_load(&world, folder);
            struct str outcome = renames ? outcome_of(&world) : STR("");
            for (unsigned u = 0; u < world.project.units.count; u++) {
                const struct project_unit *unit = world.project.units.items[u];
                for (uint32_t f = 0; f < unit->file_count; f++) {
                    check_file_names(&world, folder, outcome, &unit->files[f], tally, renames);
                }
            }
            world_finish(&world);
        }
        arena_finish(&arena);
    }
    closedir(directory);
}

static unsigned setting(const char *name, unsigned otherwise) {
    const char *text = getenv(name);
    return text == NULL ? otherwise : (unsigned)strtoul(text, NULL, 10);
}

static void references_are_the_same_from_each_place(void **state) {
    struct tally tally = {0};
    check_examples(*state, &tally, false);
    printf("# %u symbols, %u places\n", tally.symbols, tally.places);
    assert_true(tally.places > 3000);
}

/* TOVA_TEST_SEED chooses other symbols, TOVA_TEST_ONE_OF=1 all of them. */
static void a_rename_changes_names_alone_and_is_undone_by_the_rename_back(void **state) {
    struct tally tally = {.seed = setting("TOVA_TEST_SEED", 1), .one_of = setting("TOVA_TEST_ONE_OF", 10)};
    check_examples(*state, &tally, true);
    printf("# %u symbols, %u renamed there and back, %u refused, %u with objects in another style\n", tally.symbols,
           tally.renamed, tally.refused, tally.restyled);
    assert_true(tally.renamed > tally.refused);
    assert_true(tally.restyled * 50 <= tally.renamed);
}

int main(int count, char **arguments) {
    assert_int_equal(count, 2);
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_prestate(references_are_the_same_from_each_place, arguments[1]),
        cmocka_unit_test_prestate(a_rename_changes_names_alone_and_is_undone_by_the_rename_back, arguments[1]),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
