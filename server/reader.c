/* reader: open documents first, then the disk. */
#include "server/reader.h"

#include "analysis/analyze.h"

static const struct file_analysis *read_closed(struct reader *reader, struct str path) {
    struct workspace *workspace = reader->store->workspace;
    const struct summary *summary = package_file(workspace_package(workspace, path), path);
    struct text *text = summary == NULL ? NULL : workspace_text(workspace, path, summary->hash);
    if (text == NULL) {
        return NULL;
    }
    struct syntax_tree *tree = syntax_parse(workspace_parser(workspace), text);
    struct file_analysis *analysis =
        analyze(&reader->arena, workspace_atoms(workspace), arena_str(&reader->arena, path), tree);
    text_unref(text);
    vec_push(&reader->arena, &reader->list, (struct read_file){tree, analysis});
    return analysis;
}

static const struct file_analysis *analysis_of(void *context, struct str path) {
    struct reader *reader = context;
    struct document *document = store_find(reader->store, path);
    uint64_t index;
    if (document != NULL) {
        store_update(reader->store, document);
        return document->analysis;
    }
    atom_id atom = atom_intern(workspace_atoms(reader->store->workspace), path);
    if (map_get(&reader->analyses, atom, &index)) {
        return index == 0 ? NULL : reader->list.items[index - 1].analysis;
    }
    const struct file_analysis *analysis = read_closed(reader, path);
    map_set(&reader->analyses, atom, analysis == NULL ? 0 : reader->list.count);
    return analysis;
}

static const struct package *package_of(void *context, struct str path) {
    struct reader *reader = context;
    const struct package *package = workspace_package(reader->store->workspace, path);
    return package_file(package, path) != NULL ? package : NULL;
}

static void each_package(void *context, void (*visit)(void *visitor, const struct package *package), void *visitor) {
    struct reader *reader = context;
    workspace_each_package(reader->store->workspace, visit, visitor);
}

void reader_init(struct reader *reader, struct store *store) {
    *reader = (struct reader){.store = store};
    reader->sources = (struct sources){
        .context = reader, .analysis_of = analysis_of, .package_of = package_of, .each_package = each_package};
    map_init(&reader->analyses);
}

void reader_clear(struct reader *reader) {
    for (unsigned i = 0; i < reader->list.count; i++) {
        syntax_tree_destroy(reader->list.items[i].tree);
    }
    map_finish(&reader->analyses);
    map_init(&reader->analyses);
    arena_clear(&reader->arena);
    reader->list.items = NULL;
    reader->list.count = reader->list.capacity = 0;
}

void reader_finish(struct reader *reader) {
    reader_clear(reader);
    map_finish(&reader->analyses);
    arena_finish(&reader->arena);
}
