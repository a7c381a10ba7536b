/* emit: plans the outputs of a program and makes each of them. */
#include "codegen/emit.h"

#include "codegen/blocks.h"
#include "codegen/cases.h"
#include "codegen/columns.h"
#include "codegen/imports.h"
#include "codegen/js_print.h"
#include "codegen/members.h"
#include "codegen/names.h"
#include "codegen/naming.h"
#include "parser/base/hash.h"
#include "parser/base/limits.h"

#include <assert.h>

/* ---- the plan */

struct plan {
    struct program *program;
    struct emission *emission;
    VEC(struct output) outputs;
};

static struct str block_name(const struct plan *plan, struct block_key key) {
    return key.name == ATOM_NONE ? STR("") : atom_text(plan->program->atoms, key.name);
}

static void plan_output(struct plan *plan, enum output_kind kind, struct block_key key, uint32_t port) {
    struct arena *arena = &plan->emission->arena;
    struct output output = {.kind = kind, .block = key, .port = port};
    output.name = naming_file(arena, plan->emission->base, key.kind, block_name(plan, key));
    output.label = kind == OUTPUT_MODULE ? output.name : block_key_label(arena, plan->program->atoms, key);
    vec_push(arena, &plan->outputs, output);
}

static bool has_members(const struct program *program, enum emit_cases cases, struct block_key key) {
    for (uint32_t f = 0; f < program->file_count; f++) {
        const struct file_analysis *file = program->files[f];
        for (uint32_t b = 1; b < file->blocks.count; b++) {
            node_id node = file->blocks.items[b].node;
            bool module = key.kind == BLOCK_MODULE;
            if (!block_key_equal(file->blocks.items[b].key, key)) {
                continue;
            }
            NODE_EACH(child, file->tree, module ? NODE_ROOT : node_child(file->tree, node, FIELD_BODY)) {
                enum node_kind kind = node_kind(file->tree, child);
                bool counts = cases != EMIT_NO_CASES || !is_case_member(file->tree, child);
                bool block = kind == NODE_SERVER_BLOCK || kind == NODE_BROWSER_BLOCK || kind == NODE_SHARED_BLOCK;
                if (!block && counts && !node_is_comment(file->tree, child) && kind != NODE_SHEBANG) {
                    return true;
                }
            }
        }
    }
    return false;
}

static bool is_planned(const struct plan *plan, struct block_key key) {
    for (unsigned i = 0; i < plan->outputs.count; i++) {
        if (block_key_equal(plan->outputs.items[i].block, key)) {
            return true;
        }
    }
    return false;
}

static void plan_clients(struct plan *plan) {
    /* The page without a name first, as with servers. */
    for (int named = 0; named < 2; named++) {
        for (uint32_t f = 0; f < plan->program->file_count; f++) {
            const struct file_analysis *file = plan->program->files[f];
            for (uint32_t b = 1; b < file->blocks.count; b++) {
                struct block_key key = file->blocks.items[b].key;
                if (key.kind == BLOCK_BROWSER && (key.name != ATOM_NONE) == (named == 1) && !is_planned(plan, key)) {
                    plan_output(plan, OUTPUT_CLIENT, key, 0);
                }
            }
        }
    }
}

static void plan_outputs(struct plan *plan, enum emit_cases cases, uint32_t first_port) {
    struct block_key shared = {BLOCK_SHARED, ATOM_NONE};
    struct block_key module = {BLOCK_MODULE, ATOM_NONE};
    if (!naming_has_blocks(plan->program->package)) {
        plan_output(plan, OUTPUT_MODULE, module, 0);
    } else {
        if (has_members(plan->program, cases, shared) || has_members(plan->program, cases, module)) {
            plan_output(plan, OUTPUT_SHARED, shared, 0);
        }
        for (uint32_t i = 0; i < plan->program->servers.count; i++) {
            plan_output(plan, OUTPUT_SERVER, plan->program->servers.keys[i], first_port + i);
        }
        plan_clients(plan);
    }
    plan->emission->outputs = plan->outputs.items;
    plan->emission->count = plan->outputs.count;
}

/* ---- one output */

static void start_map(struct emitter *e) {
    for (uint32_t f = 0; f < e->program->file_count; f++) {
        add_map_source(e, e->program->files[f]);
    }
}

static void finish_names(struct emitter *e) {
    struct source_map *map = &e->output->map;
    for (unsigned i = 0; i < map->mappings.count; i++) {
        if (map->mappings.items[i].name.size > 0) {
            map->mappings.items[i].name = arena_str(&e->emission->arena, map->mappings.items[i].name);
        }
    }
}

static void (*const emitters[])(struct emitter *e) = {
    [OUTPUT_SHARED] = emit_shared,
    [OUTPUT_SERVER] = emit_server,
    [OUTPUT_CLIENT] = emit_browser,
    [OUTPUT_MODULE] = emit_module,
};

/* ---- names that are declared twice: an error of the program, but no reason for a module that does not parse */

static bool declares_again(struct emitter *e, struct map *known, const struct js *node) {
    if (node == NULL) {
        return false;
    }
    if (node->kind == JS_NAME || node->kind == JS_FUNCTION || node->kind == JS_CLASS) {
        uint64_t key = atom_intern(e->program->atoms, node->text);
        bool again = node->text.size > 0 && map_get(known, key, NULL);
        map_set(known, key, 1);
        return again;
    }
    if (node->kind == JS_DECLARE || node->kind == JS_DEFAULTED || node->kind == JS_SHORTHAND ||
        node->kind == JS_SPREAD) {
        return declares_again(e, known, node->a);
    }
    if (node->kind == JS_PROPERTY) {
        return declares_again(e, known, node->b);
    }
    bool again = false;
    for (unsigned i = 0; (node->kind == JS_ARRAY || node->kind == JS_OBJECT) && i < node->list.of.count; i++) {
        again = declares_again(e, known, node->list.of.items[i]) || again;
    }
    return again;
}

static bool is_declaration(const struct js *statement) {
    return statement->kind == JS_DECLARE || statement->kind == JS_FUNCTION || statement->kind == JS_CLASS;
}

static void drop_second_declarations(struct emitter *e, struct js_list *statements) {
    struct map known;
    map_init(&known);
    for (unsigned i = 0; i < statements->of.count; i++) {
        struct js *statement = statements->of.items[i];
        if (is_declaration(statement) && declares_again(e, &known, statement)) {
            struct js *comment = js_comment(e->arena, STR(" Not emitted: a name that is declared twice."));
            comment->flags |= statement->flags & JS_BLANK_BEFORE;
            statements->of.items[i] = comment;
            e->output->broken = true;
            e->output->kept.dropped = true;
        }
    }
    map_finish(&known);
}

/* Templates come first: whatever runs may clone them. */
static void insert_templates(struct emitter *e, struct js_list *body) {
    unsigned count = e->templates.of.count;
    if (count > 0 && body->of.count > 0) {
        body->of.items[0]->flags |= JS_BLANK_BEFORE;
    }
    for (unsigned i = 0; i < count; i++) {
        js_insert(e->arena, body, i, e->templates.of.items[i]);
    }
}

/* Imports first; they are known when everything else is. */
static struct js_list whole_module(struct emitter *e, const struct js_list *body) {
    struct js_list statements = {0};
    imports_print(e, &statements);
    for (unsigned i = 0; i < body->of.count; i++) {
        body->of.items[i]->flags |= i == 0 ? (unsigned)JS_BLANK_BEFORE : 0;
        js_add(e->arena, &statements, body->of.items[i]);
    }
    return statements;
}

static struct printed_output printed_before(const struct emitter *e) {
    static const struct printed_list nothing;
    const struct output *output = emission_output(e->options->before, e->output->name);
    return output == NULL ? (struct printed_output){.list = &nothing}
                          : (struct printed_output){&output->printed, strbuf_str(&output->code), &output->map};
}

/* Room for most of what comes, by the sources of the members. */
static void make_room(struct emitter *e) {
    struct output *output = e->output;
    size_t bytes = 0;
    unsigned nodes = 0;
    for (unsigned i = 0; i < e->members.count; i++) {
        const struct member *member = &e->members.items[i];
        const struct node *node = &e->program->files[member->file]->tree->nodes[member->node];
        bytes += node->end - node->start;
        nodes += node->next - member->node;
    }
    if (nodes > 0 && bytes <= output->code.maximum && strbuf_reserve(&output->code, bytes)) {
        unsigned mappings = nodes / 2 + nodes / 8;
        output->map.mappings.items = arena_room(&e->emission->arena, struct mapping, mappings);
        output->map.mappings.capacity = mappings;
    }
}

/* The same where as much as before is. */
static void make_same_room(struct emitter *e, const struct printed_output *before) {
    enum { MORE = 256 };
    struct output *output = e->output;
    struct arena *arena = &e->emission->arena;
    if (before->map != NULL && strbuf_reserve(&output->code, before->code.size)) {
        output->map.mappings.items = arena_grow(arena, output->map.mappings.items, &output->map.mappings.capacity,
                                                before->map->mappings.count + MORE, sizeof *output->map.mappings.items);
        output->printed.of.items = arena_grow(arena, output->printed.of.items, &output->printed.of.capacity,
                                              before->list->of.count + MORE, sizeof *output->printed.of.items);
    }
}

static void print_output(struct emitter *e, const struct js_list *statements) {
    struct js_writer writer;
    js_writer_init(&writer, &e->emission->arena, &e->output->code, &e->output->map);
    if (e->options->before != NULL) {
        struct printed_output before = printed_before(e);
        make_same_room(e, &before);
        e->stopped = !printed_write(&writer, statements, &before, &e->output->printed, &e->runs, &e->options->stop);
    } else {
        make_room(e);
        js_print_statements(&writer, statements);
    }
    finish_names(e);
}

static void collect_members(struct emitter *e) {
    struct output *output = e->output;
    members_collect(e, output->block);
    if (output->kind == OUTPUT_SHARED) {
        members_collect(e, (struct block_key){BLOCK_MODULE, ATOM_NONE});
    }
}

/* What has been lowered becomes a module. */
static void finish_output(struct emitter *e) {
    struct output *output = e->output;
    drop_second_declarations(e, e->statements);
    insert_templates(e, e->statements);
    bool described = e->options->describe && output->kind == OUTPUT_SERVER;
    struct js_list statements = described ? *e->statements : whole_module(e, e->statements);
    output->empty = statements.of.count == 0;
    if (e->extent == EMIT_TEXT && !e->stopped) {
        print_output(e, &statements);
    }
}

static void make_output(struct emitter *e) {
    names_start(e);
    kept_start(e);
    columns_start(e);
    start_map(e);
    emitters[e->output->kind](e);
    if (e->extent != EMIT_GAPS) {
        finish_output(e);
    }
    kept_finish(e);
    names_finish(e);
    columns_finish(e);
}

/* All that others have to know of an output that nobody wants to see, when it would be made of the same again. */
static bool take_over_facts(struct emitter *e) {
    struct output *output = e->output;
    const struct output *before = output->kept.whole == 0 ? NULL : emission_output(e->options->before, output->name);
    if (before == NULL || before->kept.whole != output->kept.whole) {
        return false;
    }
    output->runtime = before->runtime;
    output->empty = before->empty;
    output->cases = before->cases;
    output->broken = before->kept.lowered_broken;
    output->kept.dropped = before->kept.dropped;
    return true;
}

/* `common` has what the outputs of one emission share. False when it was stopped. */
static bool emit_output(const struct emitter *common, struct output *output, enum emit_extent extent) {
    struct arena arena;
    arena_init(&arena);
    struct js_list body = {0};
    struct function_state module = {.is_module = true};
    struct emitter e = *common;
    e.foreign = &common->foreign_of[output - common->emission->outputs];
    e.extent = extent;
    e.arena = &arena;
    e.output = output;
    e.statements = &body;
    e.function = &module;
    strbuf_init(&output->code, LIMIT_OUTPUT_BYTES);
    if (e.program->file_count > 0) {
        enter_file(&e, 0);
    }
    collect_members(&e);
    bool has_errors = output->broken;
    output->broken = false;
    output->kept.whole = kept_hash_of_output(&e);
    if (extent != EMIT_FACTS || !take_over_facts(&e)) {
        make_output(&e);
    }
    output->kept.lowered_broken = output->broken;
    output->broken = output->broken || has_errors;
    arena_finish(&arena);
    return !e.stopped;
}

void emit_plan(struct program *program, const struct emit_options *options, struct emission *emission) {
    *emission = (struct emission){0};
    arena_init(&emission->arena);
    emission->base = arena_str(&emission->arena, options->base);
    emission->below = arena_str(&emission->arena, options->below);
    struct plan plan = {.program = program, .emission = emission};
    plan_outputs(&plan, options->cases, options->first_port == 0 ? NAMING_FIRST_PORT : options->first_port);
}

static void note_kinds(const struct program *program, bool *kinds) {
    for (uint32_t f = 0; f < program->file_count; f++) {
        const struct syntax_tree *tree = program->files[f]->tree;
        for (node_id node = NODE_ROOT; node < tree->count; node++) {
            kinds[node_kind(tree, node)] = true;
        }
    }
}

/* `extent` is what is made of the outputs that are wanted; NULL: of all. */
static bool emit_outputs(struct program *program, const struct emit_options *options, struct emission *emission,
                         enum emit_extent extent, const bool *wanted) {
    struct emitter common = {
        .program = program,
        .emission = emission,
        .options = options,
        .equality_is_derived = program->derives_equality,
        .changes = HASH_SEED,
    };
    bool whole = true;
    bool kinds[NODE_KIND_COUNT] = {false};
    note_kinds(program, kinds);
    common.kinds = kinds;
    common.surroundings = kept_surroundings(&common);
    common.foreign_of = arena_array(&emission->arena, struct foreign_files, emission->count + 1);
    /* Servers last: the first one serves the pages, and names what they load. */
    for (int servers = 0; servers < 2; servers++) {
        for (uint32_t i = 0; i < emission->count && whole; i++) {
            if ((emission->outputs[i].kind == OUTPUT_SERVER) == (servers == 1)) {
                bool is_wanted = wanted == NULL || wanted[i];
                whole = emit_output(&common, &emission->outputs[i], is_wanted ? extent : EMIT_FACTS);
            }
        }
    }
    return whole;
}

bool emit_planned(struct program *program, const struct emit_options *options, struct emission *emission,
                  const bool *wanted) {
    return emit_outputs(program, options, emission, EMIT_TEXT, wanted);
}

void emit_program(struct program *program, const struct emit_options *options, struct emission *emission) {
    emit_plan(program, options, emission);
    emit_planned(program, options, emission, NULL);
}

void emit_gaps(struct program *program, const struct emit_options *options, struct emission *emission) {
    assert(options->before == NULL); /* what is taken over is not looked at */
    emit_plan(program, options, emission);
    emit_outputs(program, options, emission, EMIT_GAPS, NULL);
}

void emission_finish(struct emission *emission) {
    for (uint32_t i = 0; i < emission->count; i++) {
        struct output *output = &emission->outputs[i];
        strbuf_finish(&output->code);
        for (unsigned s = 0; s < output->map.sources.count; s++) {
            text_unref(output->map.sources.items[s].text);
        }
    }
    arena_finish(&emission->arena);
    *emission = (struct emission){0};
}

/* ---- what others ask */

/* "server.api" and "server:api", "client" and "browser" mean the same. */
static bool answers_to(const struct output *output, struct str name) {
    if (str_equal(output->name, name) || str_equal(output->label, name)) {
        return true;
    }
    struct str words[] = {STR("client"), STR("browser"), STR("server"), STR("shared")};
    struct str own = str_slice(output->label, 0, str_find(output->label, ':', 0));
    struct str own_part = str_slice(output->label, own.size + 1, output->label.size);
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        bool same_word = str_equal(own, words[i]) || (i == 0 && str_equal(own, STR("browser")));
        if (!same_word || !str_starts_with(name, words[i])) {
            continue;
        }
        struct str rest = str_slice(name, words[i].size, name.size);
        bool separated = rest.size > 0 && (rest.data[0] == '.' || rest.data[0] == ':');
        if (own_part.size == 0 ? rest.size == 0 : separated && str_equal(str_slice(rest, 1, rest.size), own_part)) {
            return true;
        }
    }
    return false;
}

const struct output *emission_output(const struct emission *emission, struct str name) {
    for (uint32_t i = 0; i < emission->count; i++) {
        if (str_equal(emission->outputs[i].name, name)) {
            return &emission->outputs[i];
        }
    }
    return NULL;
}

const struct output *emission_find(const struct emission *emission, struct str name) {
    for (uint32_t i = 0; i < emission->count; i++) {
        if (answers_to(&emission->outputs[i], name)) {
            return &emission->outputs[i];
        }
    }
    return NULL;
}

void output_file_text(const struct output *output, struct strbuf *file) {
    strbuf_add(file, strbuf_str(&output->code));
    strbuf_printf(file, "//# sourceMappingURL=%.*s.map\n", STR_ARGUMENTS(output->name));
}

void output_map_text(const struct output *output, struct str output_folder, struct strbuf *json) {
    source_map_json(&output->map, strbuf_str(&output->code), output->name, output_folder, json);
}
