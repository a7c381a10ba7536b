/* Completion in text that breaks off: run_cuts SEED CUTS FOLDER..., each folder with programs in folders of their own. As many names
 * of each file are cut in two, the rest of the text (or of the line) goes with them, and completion is asked there: what stood
 * there and is still declared has to be offered. Prints TAP, one test for each program, and a comment for each name missed. */
#include "parser/base/path.h"
#include "parser/syntax/node.h"
#include "parser/text/position.h"
#include "server/features/completion.h"
#include "server/reader.h"
#include "tests/markers/folders.h"

#include <stdio.h>
#include <stdlib.h>

enum { MAXIMUM = 16 * 1024 * 1024, BEFORE = 60 };

struct run {
    uint64_t random;
    unsigned cuts, number, failed, asked, missed;
};

/* A use of something that is declared. */
struct use {
    struct span span;
    struct str name; /* what has to be offered: of an older spelling the one that took its place */
    struct str class;
    bool part;         /* of something whose type an assignment further down may say */
    bool here;         /* the same file declares it, */
    uint32_t declared; /* there */
    bool by_what_follows; /* what it is may be said further down */
};

struct program {
    struct run *run;
    struct arena arena;
    struct workspace *workspace;
    struct store store;
    struct reader reader;
    VEC(struct document *) documents;
    unsigned missed;
};

static unsigned below(struct run *run, unsigned limit) {
    run->random = run->random * 6364136223846793005U + 1442695040888963407U;
    return (unsigned)((run->random >> 33) % limit);
}

/* ---- loading */

static bool read_file(struct strbuf *bytes, struct str path) {
    FILE *file = fopen(path.data, "rb");
    char buffer[4096];
    size_t count;
    strbuf_clear(bytes);
    while (file != NULL && (count = fread(buffer, 1, sizeof buffer, file)) > 0) {
        strbuf_add(bytes, (struct str){buffer, count});
    }
    return file != NULL && fclose(file) == 0;
}

static bool is_open(void *context, struct str path) {
    const struct program *program = context;
    for (unsigned i = 0; i < program->documents.count; i++) {
        if (str_equal(program->documents.items[i]->path, path)) {
            return true;
        }
    }
    return false;
}

static void add_file(void *context, struct str file) {
    struct program *program = context;
    struct strbuf bytes;
    strbuf_init(&bytes, MAXIMUM);
    if (str_ends_with(file, STR(".tova")) && read_file(&bytes, file)) {
        struct str path = path_join(&program->arena, STR("/app"), path_name(file));
        vec_push(&program->arena, &program->documents, store_open(&program->store, path, path, 1, strbuf_str(&bytes)));
    }
    strbuf_finish(&bytes);
}

static void load(struct program *program, struct str folder) {
    program->workspace = workspace_create(is_open, program);
    workspace_add_folder(program->workspace, STR("/app"));
    store_init(&program->store, program->workspace);
    reader_init(&program->reader, &program->store);
    folders_each(folder.data, add_file, program);
    for (unsigned i = 0; i < program->documents.count; i++) {
        store_update(&program->store, program->documents.items[i]);
    }
}

static void unload(struct program *program) {
    reader_finish(&program->reader);
    store_finish(&program->store);
    workspace_destroy(program->workspace);
    arena_finish(&program->arena);
}

/* ---- what stands in a file */

static const char *name_of_kind(struct entity entity) {
    static const char *const names[] = {"none", "symbol", "builtin", "member", "global", "server"};
    return names[entity.kind];
}

/* `event.target` of a handler's parameter, whose type is known by where the handler is used; a part of what a function gives. */
static bool is_part_of_parameter(const struct file_analysis *file, node_id node) {
    node_id object = node_child(file->tree, node_parent(file->tree, node), FIELD_OBJECT);
    if (object != node && node_kind(file->tree, object) == NODE_CALL_EXPRESSION) {
        return true;
    }
    while (node_kind(file->tree, object) == NODE_MEMBER_EXPRESSION) {
        object = node_child(file->tree, object, FIELD_OBJECT);
    }
    const struct symbol *symbol = analysis_symbol_of(file, object);
    return object != node && symbol != NULL && symbol->kind == SYMBOL_PARAMETER && symbol->type == NODE_NONE;
}

/* What is named here, when completion has to know it; false for declarations and what is not known. */
static bool find_use(struct resolver *resolver, node_id node, struct use *use) {
    const struct syntax_tree *tree = resolver->file->tree;
    struct span span = node_span(tree, node);
    struct meaning meaning = resolver_meaning(resolver, node);
    struct str parent = node_kind_name(node_kind(tree, node_parent(tree, node)));
    const struct symbol *symbol = entity_symbol(meaning.entity);
    if (!entity_is(meaning.entity) || meaning.declaration || span.end - span.start < 2) {
        return false;
    }
    use->span = span;
    use->name = arena_str(resolver->arena, node_text(tree, node));
    if (meaning.entity.kind == ENTITY_BUILTIN) {
        use->name = builtin_info(builtin_info(meaning.entity.builtin)->preferred)->name;
    }
    use->class = arena_printf(resolver->arena, "%s%s%s in %.*s", name_of_kind(meaning.entity), meaning.part ? " part" : "",
                              meaning.rpc ? " rpc" : "", STR_ARGUMENTS(parent));
    use->part = meaning.part;
    use->here = symbol->node != NODE_NONE && meaning.entity.file == resolver->file;
    use->declared = use->here ? node_span(tree, symbol->node).end : 0;
    use->by_what_follows = meaning.entity.kind == ENTITY_SERVER || is_part_of_parameter(resolver->file, node);
    return true;
}

/* ---- cutting */

/* `name:` is the name of an argument, `transition:` what leads to `transition:fade`; `group_by` is an older `groupBy`. */
static bool is_same(struct str label, struct str name) {
    size_t at = 0;
    if (str_starts_with(label, name) && label.size <= name.size + 1) {
        return true;
    }
    if (str_ends_with(label, STR(":")) && str_starts_with(name, label)) {
        return true;
    }
    for (size_t i = 0; i < name.size; i++) {
        if (name.data[i] != '_') {
            if (at == label.size || (label.data[at] | 0x20) != (name.data[i] | 0x20)) {
                return false;
            }
            at++;
        }
    }
    return at == label.size;
}

static bool is_offered(const struct completion_list *items, struct str name) {
    for (unsigned i = 0; i < items->list.count; i++) {
        if (is_same(items->list.items[i].label, name)) {
            return true;
        }
    }
    return false;
}

static void report(struct program *program, const struct document *document, struct str text, const struct use *use,
                   uint32_t at, bool whole) {
    uint32_t start = at > BEFORE ? at - BEFORE : 0;
    struct position position = position_of(document->text, use->span.start, POSITION_UTF8);
    printf("# missed (%s, %.*s) %.*s:%u:%u %.*s: ", whole ? "text" : "line", STR_ARGUMENTS(use->class),
           STR_ARGUMENTS(document->path), position.line + 1, position.column + 1,
           STR_ARGUMENTS(str_slice(text, use->span.start, use->span.end)));
    for (uint32_t i = start; i < at; i++) {
        putchar(text.data[i] == '\n' ? ' ' : text.data[i]);
    }
    printf("|\n");
    program->missed++;
}

static void ask(struct program *program, struct document *document, struct str text, const struct use *use) {
    struct run *run = program->run;
    bool whole = below(run, 2) == 0 && !use->part;
    uint32_t at = use->span.start + 1 + below(run, use->span.end - use->span.start - 1);
    size_t rest = whole ? text.size : str_find(text, '\n', at);
    if ((use->here && use->declared > at && (whole || use->declared <= rest)) || (whole && use->by_what_follows)) {
        return; /* what says it goes too */
    }
    struct arena arena = {0};
    document_set_text(document, arena_concat(&arena, str_slice(text, 0, at), str_slice(text, rest, text.size)));
    store_update(&program->store, document);
    struct feature_context context = {.arena = &arena,
                                      .file = document->analysis,
                                      .package = workspace_package(program->workspace, document->path),
                                      .sources = &program->reader.sources};
    struct completion_list items = completions_at(&context, at, (struct str){0});
    run->asked++;
    if (!is_offered(&items, use->name)) {
        report(program, document, text, use, at, whole);
    }
    arena_finish(&arena);
}

static void cut_file(struct program *program, struct document *document) {
    VEC(struct use) uses = {0};
    struct resolver resolver;
    struct use use;
    struct str text = arena_str(&program->arena, text_str(document->text));
    resolver_init(&resolver, &program->arena, &program->reader.sources, document->analysis,
                  workspace_package(program->workspace, document->path));
    for (node_id node = NODE_ROOT + 1; node < document->tree->count; node++) {
        if (find_use(&resolver, node, &use)) {
            vec_push(&program->arena, &uses, use);
        }
    }
    for (unsigned i = 0; uses.count > 0 && i < program->run->cuts; i++) {
        ask(program, document, text, &uses.items[below(program->run, uses.count)]);
    }
    document_set_text(document, text);
    store_update(&program->store, document);
    reader_begin(&program->reader);
}

static void run_program(void *context, struct str folder) {
    struct run *run = context;
    struct program program = {.run = run};
    load(&program, folder);
    for (unsigned i = 0; i < program.documents.count; i++) {
        cut_file(&program, program.documents.items[i]);
    }
    if (program.documents.count > 0) {
        run->failed += program.missed > 0;
        run->missed += program.missed;
        printf("%s %u - %.*s\n", program.missed == 0 ? "ok" : "not ok", ++run->number, STR_ARGUMENTS(folder));
    }
    unload(&program);
}

int main(int count, char **words) {
    struct run run = {.random = count > 1 ? strtoull(words[1], NULL, 10) : 1,
                      .cuts = count > 2 ? (unsigned)strtoul(words[2], NULL, 10) : 1};
    for (int i = 3; i < count; i++) {
        folders_each(words[i], run_program, &run);
    }
    printf("# %u of %u names missed\n1..%u\n", run.missed, run.asked, run.number);
    return run.failed == 0 && run.number > 0 ? 0 : 1;
}
