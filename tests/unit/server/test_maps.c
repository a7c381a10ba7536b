/* Source maps of whole programs, as they are written: each identifier that the output has leads from the source to its token
 * in an output and from there back. The programs are the folders and files that the command line names. */
#include "codegen/vlq.h"
#include "parser/base/path.h"
#include "parser/syntax/node.h"
#include "parser/text/position.h"
#include "server/project.h"
#include "tests/unit/unit.h"

#include <dirent.h>
#include <string.h>

/* One segment of a map. */
struct segment {
    uint32_t line, column;                      /* in the output */
    int64_t source, source_line, source_column; /* source -1: none */
    struct str name;
};

struct written_map {
    struct text *file;                /* the output as it is written */
    VEC(struct str) sources, names;   /* paths are absolute */
    VEC(struct segment) segments;
};

struct program_maps {
    struct arena arena;
    struct project project;
    VEC(struct written_map) maps;
    unsigned identifiers, wrong;
};

/* ---- reading what is written */

/* The strings of a member of the JSON; without escapes, which neither names nor the paths of tests have. */
static unsigned strings_of(struct str json, const char *member, struct str *strings, unsigned most) {
    const char *start = strstr(json.data, member);
    assert_non_null(start);
    size_t at = (size_t)(start - json.data) + strlen(member);
    unsigned count = 0;
    while (json.data[at] == '"' || json.data[at] == ',') {
        at += json.data[at] == ',';
        size_t end = str_find(json, '"', at + 1);
        assert_true(count < most);
        strings[count++] = str_slice(json, at + 1, end);
        at = end + 1;
    }
    assert_int_equal(json.data[at], ']');
    return count;
}

static void read_segments(struct arena *arena, struct written_map *map, struct str mappings) {
    int64_t fields[5] = {0};
    uint32_t line = 0;
    for (size_t at = 0; at < mappings.size;) {
        if (mappings.data[at] == ';' || mappings.data[at] == ',') {
            line += mappings.data[at] == ';';
            fields[0] = mappings.data[at] == ';' ? 0 : fields[0];
            at++;
            continue;
        }
        unsigned count = 0;
        for (int64_t number; count < 5 && vlq_read(mappings, &at, &number); count++) {
            fields[count] += number;
            if (at < mappings.size && (mappings.data[at] == ';' || mappings.data[at] == ',')) {
                count++;
                break;
            }
        }
        assert_true(count == 1 || count == 4 || count == 5);
        assert_true(count < 4 || (fields[1] >= 0 && fields[1] < (int64_t)map->sources.count));
        assert_true(count < 5 || (fields[4] >= 0 && fields[4] < (int64_t)map->names.count));
        struct segment segment = {line,      (uint32_t)fields[0], count >= 4 ? fields[1] : -1, fields[2], fields[3],
                                  {NULL, 0}};
        segment.name = count == 5 ? map->names.items[fields[4]] : segment.name;
        vec_push(arena, &map->segments, segment);
    }
}

static void read_map(struct program_maps *maps, const struct output *output, struct str folder) {
    struct written_map map = {.file = NULL};
    struct str strings[256];
    struct strbuf written;
    strbuf_init(&written, 1 << 24);
    output_file_text(output, &written);
    map.file = text_create(strbuf_str(&written));
    strbuf_clear(&written);
    output_map_text(output, folder, &written);
    struct str json = arena_str(&maps->arena, strbuf_str(&written));
    strbuf_finish(&written);

    for (unsigned i = 0, count = strings_of(json, "\"sources\":[", strings, 256); i < count; i++) {
        assert_false(str_starts_with(strings[i], STR("/")));
        vec_push(&maps->arena, &map.sources, path_join(&maps->arena, folder, strings[i]));
    }
    for (unsigned i = 0, count = strings_of(json, "\"names\":[", strings, 256); i < count; i++) {
        vec_push(&maps->arena, &map.names, strings[i]);
    }
    size_t start = (size_t)(strstr(json.data, "\"mappings\":\"") - json.data) + strlen("\"mappings\":\"");
    read_segments(&maps->arena, &map, str_slice(json, start, str_find(json, '"', start)));
    vec_push(&maps->arena, &maps->maps, map);
}

/* ---- there and back */

static bool is_word(char byte) {
    return (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z') || (byte >= '0' && byte <= '9') ||
           byte == '_' || byte == '$';
}

/* The word that stands at a place of an output, also one in quotes. */
static struct str word_at(const struct written_map *map, const struct segment *segment) {
    struct str text = text_str(map->file);
    struct position position = {segment->line, segment->column};
    uint32_t start;
    assert_true(position_offset(map->file, position, POSITION_UTF16, &start));
    start += start < text.size && text.data[start] == '"';
    uint32_t end = start;
    while (end < text.size && is_word(text.data[end])) {
        end++;
    }
    return str_slice(text, start, end);
}

/* What a debugger finds for a place of the output: the last segment at or before it on its line. */
static const struct segment *segment_for(const struct written_map *map, uint32_t line, uint32_t column) {
    const struct segment *found = NULL;
    for (unsigned i = 0; i < map->segments.count; i++) {
        const struct segment *segment = &map->segments.items[i];
        found = segment->line == line && segment->column <= column ? segment : found;
    }
    return found;
}

static bool leads_there_and_back(const struct written_map *map, struct str path, struct position place,
                                 struct str identifier) {
    for (unsigned i = 0; i < map->segments.count; i++) {
        const struct segment *segment = &map->segments.items[i];
        bool here = segment->source >= 0 && segment->source_line == (int64_t)place.line &&
                    segment->source_column == (int64_t)place.column &&
                    str_equal(map->sources.items[segment->source], path);
        bool same = here && (str_equal(word_at(map, segment), identifier) || str_equal(segment->name, identifier));
        if (same && segment_for(map, segment->line, segment->column) == segment) {
            return true;
        }
    }
    return false;
}

/* Types are nothing at run time, but for the classes of records; so are the fields of what is written as a type. */
static bool is_erased_type(const struct file_analysis *file, const struct binding *binding) {
    const struct symbol *symbol = &file->symbols.items[binding->symbol];
    if (node_kind(file->tree, symbol->node) == NODE_RECORD_FIELD) {
        return true;
    }
    bool is_record = symbol->part_count > 0 && file->symbols.items[symbol->first_part].kind == SYMBOL_FIELD;
    return binding->access == ACCESS_TYPE || symbol->kind == SYMBOL_TRAIT || symbol->kind == SYMBOL_TYPE_PARAMETER ||
           (symbol->kind == SYMBOL_TYPE && !is_record);
}

/* Names that say which place a value goes to. */
static bool is_label(const struct syntax_tree *tree, node_id node) {
    node_id parent = node_parent(tree, node);
    enum node_kind around = node_kind(tree, parent);
    bool is_name = node_field(tree, node) == FIELD_NAME || node_field(tree, node) == FIELD_KEY;
    return node_field(tree, node) == FIELD_LABEL || (is_name && around == NODE_NAMED_ARGUMENT) ||
           (is_name && (around == NODE_JSX_ATTRIBUTE || around == NODE_PAIR)) || node_field(tree, node) == FIELD_CLOSE_NAME;
}

/* A name of a pattern stands for a part of the value and needs no variable; nor do `self`, which is `this`, and the
 * parameters of a component, which are its props. */
static bool is_stood_for(const struct syntax_tree *tree, const struct binding *binding) {
    bool declares = binding->access == ACCESS_DECLARE;
    node_id component = node_ancestor(tree, binding->node, NODE_COMPONENT_DECLARATION);
    node_id parameters = node_ancestor(tree, binding->node, NODE_PARAMETERS);
    return declares && (str_equal(node_text(tree, binding->node), STR("self")) ||
                        node_ancestor(tree, binding->node, NODE_MATCH_ARM) != NODE_NONE ||
                        (component != NODE_NONE && node_parent(tree, parameters) == component));
}

/* `[x for x in xs if c]` is xs.filter(…), `v is T` a question that T has no part in, `_ = v` nothing; the value of `match` can
 * stand only where its parts are asked for, and the table's name is an option of a model. */
static bool is_left_out(const struct syntax_tree *tree, node_id node) {
    node_id parent = node_parent(tree, node);
    bool is_operand = node_field(tree, node) == FIELD_RIGHT;
    bool asks = is_operand && str_equal(node_text(tree, node_child(tree, parent, FIELD_OPERATOR)), STR("is"));
    bool drops = is_operand && str_equal(node_text(tree, node_child(tree, parent, FIELD_LEFT)), STR("_"));
    bool repeats = node_child_of_kind(tree, parent, NODE_COMPREHENSION_CLAUSE) != NODE_NONE;
    bool is_matched = node_kind(tree, parent) == NODE_MATCH_EXPRESSION;
    bool is_option = node_kind(tree, node_parent(tree, node_parent(tree, parent))) == NODE_MODEL_DECLARATION ||
                     node_kind(tree, node_parent(tree, parent)) == NODE_MODEL_DECLARATION;
    is_option = is_option && str_equal(node_text(tree, node), STR("table"));
    return asks || drops || repeats || is_matched || is_option || str_equal(node_text(tree, node), STR("_"));
}

static bool is_only_promised(const struct syntax_tree *tree, const struct binding *binding) {
    node_id node = binding->node;
    return binding->access == ACCESS_DECLARE && (node_ancestor(tree, node, NODE_TRAIT_DECLARATION) != NODE_NONE ||
                                                 node_ancestor(tree, node, NODE_INTERFACE_DECLARATION) != NODE_NONE ||
                                                 node_ancestor(tree, node, NODE_EXTERN_DECLARATION) != NODE_NONE);
}

/* Tests are emitted on request only. */
static bool is_tested(const struct syntax_tree *tree, node_id node) {
    for (; node != NODE_NONE; node = node_parent(tree, node)) {
        struct str name = node_text(tree, node_child(tree, node, FIELD_NAME));
        bool directive = node_kind(tree, node) == NODE_DIRECTIVE;
        if (directive && (str_equal(name, STR("test")) || str_equal(name, STR("bench")))) {
            return true;
        }
    }
    return false;
}

/* Has an output a token for this name of its source? */
static bool is_emitted(const struct file_analysis *file, const struct binding *binding) {
    const struct syntax_tree *tree = file->tree;
    return !is_tested(tree, binding->node) && !is_erased_type(file, binding) && !is_label(tree, binding->node) && !is_stood_for(tree, binding) &&
           !is_left_out(tree, binding->node) && !is_only_promised(tree, binding);
}

static void check_file_of(struct program_maps *maps, const struct project_file *file) {
    for (unsigned i = 0; i < file->analysis->bindings.count; i++) {
        const struct binding *binding = &file->analysis->bindings.items[i];
        struct str identifier = node_text(file->tree, binding->node);
        if (!is_emitted(file->analysis, binding)) {
            continue;
        }
        struct position place = position_of(file->text, node_span(file->tree, binding->node).start, POSITION_UTF16);
        bool found = false;
        for (unsigned m = 0; m < maps->maps.count && !found; m++) {
            found = leads_there_and_back(&maps->maps.items[m], file->path, place, identifier);
        }
        maps->identifiers++;
        maps->wrong += !found;
        if (!found) {
            fprintf(stderr, "%.*s:%u:%u: `%.*s` has no place in an output\n", STR_ARGUMENTS(file->path), place.line + 1,
                    place.column + 1, STR_ARGUMENTS(identifier));
        }
    }
}

static void check_program(struct program_maps *maps, struct str path) {
    arena_init(&maps->arena);
    assert_true(project_load(&maps->project, path, NULL));
    for (unsigned u = 0; u < maps->project.units.count; u++) {
        struct project_unit *unit = maps->project.units.items[u];
        struct emission emission;
        project_emit(&maps->project, unit, 0, &emission);
        maps->maps.count = 0;
        for (uint32_t i = 0; i < emission.count; i++) {
            read_map(maps, &emission.outputs[i], unit->place.output);
        }
        for (uint32_t f = 0; f < unit->file_count && unit->errors == 0; f++) {
            check_file_of(maps, &unit->files[f]);
        }
        for (unsigned i = 0; i < maps->maps.count; i++) {
            text_unref(maps->maps.items[i].file);
        }
        emission_finish(&emission);
    }
    project_finish(&maps->project);
    arena_finish(&maps->arena);
}

/* ---- the programs */

struct programs {
    int count;
    char **folders;
};

static void identifiers_lead_to_their_tokens_and_back(void **state) {
    const struct programs *programs = *state;
    unsigned count = 0;
    unsigned identifiers = 0;
    unsigned wrong = 0;
    for (int i = 0; i < programs->count; i++) {
        DIR *directory = opendir(programs->folders[i]);
        assert_non_null(directory);
        for (struct dirent *entry; (entry = readdir(directory)) != NULL;) {
            struct str name = str_from_c(entry->d_name);
            bool is_file = str_ends_with(name, STR(".tova"));
            bool is_folder = entry->d_name[0] != '.' && str_find(name, '.', 0) == name.size;
            struct arena arena = {0};
            struct program_maps maps = {.identifiers = 0};
            if (is_file || is_folder) {
                check_program(&maps, path_join(&arena, str_from_c(programs->folders[i]), name));
                count++;
            }
            identifiers += maps.identifiers;
            wrong += maps.wrong;
            arena_finish(&arena);
        }
        closedir(directory);
    }
    fprintf(stderr, "%u programs, %u identifiers, %u without a place\n", count, identifiers, wrong);
    assert_true(count >= 50);
    assert_int_equal(wrong, 0);
}

int main(int count, char **arguments) {
    static struct programs programs;
    programs = (struct programs){count - 1, arguments + 1};
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_prestate(identifiers_lead_to_their_tokens_and_back, &programs),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
