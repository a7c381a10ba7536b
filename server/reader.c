/* reader: open documents first, then what is kept, then the disk. */
#include "server/reader.h"

#include "analysis/analyze.h"
#include "parser/base/xalloc.h"

#include <string.h>
#include <sys/stat.h>

enum { KEPT_BYTES = 32 * 1024 * 1024 }; /* between two questions */

/* A file that is not open. */
struct read_file {
    struct arena arena; /* path and analysis */
    atom_id path;
    struct syntax_tree *tree; /* holds the text; NULL: it cannot be read, or is not what its summary says */
    struct file_analysis *analysis;
    uint64_t hash;            /* of the text */
    size_t size;              /* bytes that all of this takes */
    uint64_t disk_size;       /* bytes on disk, before it was read */
    struct timespec modified; /* the same */
    uint32_t question;        /* that asked for it last */
};

static void destroy(struct read_file *file) {
    syntax_tree_destroy(file->tree);
    arena_finish(&file->arena);
    xfree(file);
}

/* ---- one file */

static struct read_file *read_closed(struct reader *reader, struct str path, const struct summary *summary,
                                     const struct stat *status) {
    struct workspace *workspace = reader->store->workspace;
    struct read_file *file = xcalloc(1, sizeof *file);
    struct text *text = summary == NULL ? NULL : workspace_text(workspace, path, summary->hash);
    *file = (struct read_file){.path = atom_intern(workspace_atoms(workspace), path),
                               .disk_size = (uint64_t)status->st_size,
                               .modified = status->st_mtim};
    if (text != NULL) {
        file->hash = summary->hash;
        file->tree = syntax_parse(workspace_parser(workspace), text);
        file->analysis = analyze(&file->arena, workspace_atoms(workspace), arena_str(&file->arena, path), file->tree);
        file->size = text_memory(text) + syntax_tree_memory(file->tree) + arena_memory(&file->arena);
        text_unref(text); /* the tree holds it */
    }
    file->size += sizeof *file;
    return file;
}

static bool is_same(const struct read_file *file, const struct summary *summary, const struct stat *status) {
    return file->tree != NULL && summary != NULL && file->hash == summary->hash &&
           file->disk_size == (uint64_t)status->st_size && file->modified.tv_sec == status->st_mtim.tv_sec &&
           file->modified.tv_nsec == status->st_mtim.tv_nsec;
}

static struct read_file **find(const struct reader *reader, atom_id path) {
    uint64_t index;
    return map_get(&reader->by_path, path, &index) ? &reader->files[index - 1] : NULL;
}

static void add(struct reader *reader, struct read_file *file) {
    if (reader->count == reader->capacity) {
        reader->capacity = reader->capacity == 0 ? 64 : reader->capacity * 2;
        reader->files = xrealloc(reader->files, reader->capacity * sizeof *reader->files);
    }
    reader->files[reader->count++] = file;
    reader->size += file->size;
    map_set(&reader->by_path, file->path, reader->count);
}

/* The file as it was when this question first asked for it. */
static struct read_file *file_of(struct reader *reader, struct str path) {
    struct workspace *workspace = reader->store->workspace;
    atom_id atom = atom_intern(workspace_atoms(workspace), path);
    struct read_file **known = find(reader, atom);
    struct stat status = {0};
    if (known != NULL && (*known)->question == reader->question) {
        return *known;
    }
    const struct summary *summary = package_file(workspace_package(workspace, path), path);
    bool there = stat(atom_text(workspace_atoms(workspace), atom).data, &status) == 0;
    if (known != NULL && there && is_same(*known, summary, &status)) {
        return *known;
    }
    struct read_file *file = read_closed(reader, path, summary, &status);
    if (known == NULL) {
        add(reader, file);
    } else {
        reader->size += file->size - (*known)->size;
        destroy(*known);
        *known = file;
    }
    return file;
}

/* ---- what features ask */

static const struct file_analysis *analysis_of(void *context, struct str path) {
    struct reader *reader = context;
    struct document *document = store_find(reader->store, path);
    if (document != NULL) {
        store_update(reader->store, document);
        return document->analysis;
    }
    struct read_file *file = file_of(reader, path);
    file->question = reader->question;
    return file->analysis;
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

struct text *reader_text(const struct reader *reader, struct str path, uint64_t hash) {
    atom_id atom = atom_find(workspace_atoms(reader->store->workspace), path);
    struct read_file **known = atom == ATOM_NONE ? NULL : find(reader, atom);
    bool fits = known != NULL && (*known)->question == reader->question && (*known)->tree != NULL && (*known)->hash == hash;
    return fits ? text_ref((*known)->tree->text) : NULL;
}

/* ---- what is kept */

void reader_init(struct reader *reader, struct store *store) {
    *reader = (struct reader){.store = store};
    reader->sources = (struct sources){
        .context = reader, .analysis_of = analysis_of, .package_of = package_of, .each_package = each_package};
    map_init(&reader->by_path);
}

/* Keeps the files that pass, in their order; first those that the last question has asked for, as long as there is room. */
static void keep(struct reader *reader, size_t room) {
    struct read_file **files = reader->files;
    uint32_t count = reader->count, last = reader->question;
    size_t used = 0;
    reader->count = 0;
    reader->size = 0;
    map_finish(&reader->by_path);
    map_init(&reader->by_path);
    for (uint32_t i = 0; i < count; i++) {
        used += files[i]->question == last ? files[i]->size : 0;
    }
    size_t others = used < room ? room - used : 0; /* for what was asked for before */
    for (uint32_t i = 0; i < count; i++) {
        struct read_file *file = files[i];
        size_t *left = file->question == last ? &room : &others;
        if (file->tree != NULL && file->size <= *left) {
            *left -= file->size;
            add(reader, file);
        } else {
            destroy(file);
        }
    }
}

void reader_begin(struct reader *reader) {
    if (reader->size > KEPT_BYTES) {
        keep(reader, KEPT_BYTES);
    }
    reader->question++;
}

void reader_release(struct reader *reader) {
    keep(reader, 0);
    xfree(reader->files);
    reader->files = NULL;
    reader->capacity = 0;
}

void reader_finish(struct reader *reader) {
    reader_release(reader);
    map_finish(&reader->by_path);
}
