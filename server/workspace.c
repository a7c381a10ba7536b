/* workspace: which folders are known, when their files are read, and what imports mean among them. */
#include "server/workspace.h"

#include "analysis/analyze.h"
#include "analysis/modules.h"
#include "parser/base/limits.h"
#include "parser/base/map.h"
#include "parser/base/path.h"
#include "parser/base/vec.h"
#include "parser/base/xalloc.h"
#include "server/io/loop.h"
#include "server/project.h"
#include "server/scan.h"
#include "server/workspace_folder.h"

#include <stdlib.h>
#include <string.h>

enum { FOLDER_NANOSECONDS = 20 * 1000 * 1000 }; /* how long reading a folder may hold up who asks for it */

struct workspace {
    struct arena arena; /* the arrays below; folders come and go rarely */
    struct atom_table *atoms;
    struct syntax_parser *parser; /* NULL until something is parsed: its tables are large */
    workspace_is_open *is_open;
    void *context;
    VEC(struct str) roots; /* the folders of the client */
    VEC(struct workspace_folder *) folders;
    struct workspace_folder **ordered; /* those folders in order of their path, when `in_order` */
    bool in_order;
    struct map by_path;      /* atom of a folder: index into folders + 1 */
    struct package *nothing; /* of files that are not known */
    struct modules modules;  /* how the packages find each other */
    void (*later)(void *context, struct str path);
    void *later_context;
    struct map refreshed; /* atoms of files that were read or found gone since the indexer began */
    struct arena scratch; /* of the file that is being read */
    struct arena outdated_arena;
    VEC(struct str) outdated; /* files that are not what their summary says, in that arena */
    uint64_t version;
};

static void join_modules(struct workspace *workspace);

struct workspace *workspace_create(workspace_is_open *is_open, void *context) {
    struct workspace *workspace = xcalloc(1, sizeof *workspace);
    workspace->atoms = atom_table_create();
    workspace->is_open = is_open;
    workspace->context = context;
    workspace->version = 1;
    workspace->nothing = package_create(workspace->atoms);
    map_init(&workspace->by_path);
    map_init(&workspace->refreshed);
    join_modules(workspace);
    return workspace;
}

void workspace_destroy(struct workspace *workspace) {
    if (workspace == NULL) {
        return;
    }
    for (unsigned i = 0; i < workspace->folders.count; i++) {
        workspace_folder_destroy(workspace->folders.items[i]);
    }
    xfree(workspace->ordered);
    package_destroy(workspace->nothing);
    map_finish(&workspace->by_path);
    map_finish(&workspace->refreshed);
    arena_finish(&workspace->outdated_arena);
    syntax_parser_destroy(workspace->parser);
    atom_table_destroy(workspace->atoms);
    arena_finish(&workspace->scratch);
    arena_finish(&workspace->arena);
    xfree(workspace);
}

struct atom_table *workspace_atoms(struct workspace *workspace) {
    return workspace->atoms;
}

struct syntax_parser *workspace_parser(struct workspace *workspace) {
    if (workspace->parser == NULL) {
        workspace->parser = syntax_parser_create();
    }
    return workspace->parser;
}

/* ---- folders and their files */

/* Is this the path of a file, and not the address of a document that has none? */
static bool is_path(struct str path) { return path.size > 0 && path.data[0] == '/'; }

static struct workspace_folder *find_folder(const struct workspace *workspace, struct str path) {
    uint64_t index;
    atom_id atom = atom_find(workspace->atoms, path);
    if (atom == ATOM_NONE || !map_get(&workspace->by_path, atom, &index)) {
        return NULL;
    }
    return workspace->folders.items[index - 1];
}

static struct workspace_folder *make_folder(struct workspace *workspace, struct str path) {
    atom_id atom = atom_intern(workspace->atoms, path);
    struct workspace_folder *folder = workspace_folder_create(atom, workspace->atoms, &workspace->modules);
    vec_push(&workspace->arena, &workspace->folders, folder);
    workspace->in_order = false;
    map_set(&workspace->by_path, atom, workspace->folders.count);
    return folder;
}

static struct str folder_of(struct arena *arena, struct str path) {
    return is_path(path) ? path_parent(arena, path) : path;
}

static void folder_put(struct workspace *workspace, struct workspace_folder *folder, struct summary *summary) {
    workspace->version++;
    workspace_folder_put(folder, summary);
}

static void folder_remove(struct workspace *workspace, struct workspace_folder *folder, struct str path) {
    workspace->version += workspace_folder_remove(folder, path);
}

/* Makes the summary of a text. Everything else about it is forgotten. */
static struct summary *summarise(struct workspace *workspace, struct str path, struct text *text) {
    struct syntax_tree *tree = syntax_parse(workspace_parser(workspace), text);
    struct file_analysis *analysis = analyze(&workspace->scratch, workspace->atoms, path, tree);
    struct summary *summary = summary_create(analysis);
    syntax_tree_destroy(tree);
    return summary;
}

/* Reads one file into its folder; takes it out when it cannot be read. */
static void read_file(struct workspace *workspace, struct workspace_folder *folder, struct str path) {
    struct text *text;
    if (workspace->is_open(workspace->context, path)) {
        return;
    }
    if (scan_read_file(path, &text) != SCAN_READ) {
        folder_remove(workspace, folder, path);
        return;
    }
    const struct summary *known = workspace_folder_file(folder, path);
    if (known == NULL || known->hash != text_hash(text)) {
        folder_put(workspace, folder, summarise(workspace, path, text));
    }
    text_unref(text);
    arena_clear(&workspace->scratch);
}

/* Has all files of a folder read that are not known: now, or later when it takes long. */
static void list_folder(struct workspace *workspace, struct workspace_folder *folder) {
    struct arena scratch = {0};
    struct str path = atom_text(workspace->atoms, folder->path);
    struct scan_files files = {0};
    uint64_t start = loop_clock();
    folder->listed = true;
    if (is_path(path)) {
        files = scan_package(&scratch, path);
    }
    for (unsigned i = 0; i < files.list.count; i++) {
        struct str file = files.list.items[i];
        bool known = workspace_folder_file(folder, file) != NULL;
        bool late = i > 0 && loop_clock() - start > FOLDER_NANOSECONDS; /* one is read, however long the list took */
        if (!known && workspace->later != NULL && late) {
            workspace->later(workspace->later_context, file);
        } else if (!known) {
            read_file(workspace, folder, file);
        }
    }
    arena_finish(&scratch);
}

/* The folder of a file, which may have no files yet. */
static struct workspace_folder *folder_for(struct workspace *workspace, struct str path) {
    struct arena scratch = {0};
    struct str name = folder_of(&scratch, path);
    struct workspace_folder *folder = find_folder(workspace, name);
    if (folder == NULL) {
        folder = make_folder(workspace, name);
    }
    arena_finish(&scratch);
    return folder;
}

/* The folder of a file, read from disk when it is not known yet. */
static struct workspace_folder *known_folder(struct workspace *workspace, struct str path) {
    struct workspace_folder *folder = folder_for(workspace, path);
    if (!folder->listed) {
        list_folder(workspace, folder);
    }
    return folder;
}

struct package *workspace_package(struct workspace *workspace, struct str path) {
    struct workspace_folder *folder = known_folder(workspace, path);
    struct package *application = workspace_folder_application(folder);
    struct package *package = application != NULL ? application : workspace_folder_package(folder, path);
    return package != NULL ? package : workspace->nothing;
}

void workspace_put(struct workspace *workspace, struct summary *summary) {
    folder_put(workspace, known_folder(workspace, summary->path), summary);
}

/* ---- what imports mean */

static const struct package *package_of(void *context, struct str path) {
    struct workspace *workspace = context;
    return workspace_folder_package(known_folder(workspace, path), path);
}

static struct str root_of(void *context, struct str path) {
    struct workspace *workspace = context;
    struct workspace_folder *folder = known_folder(workspace, path);
    if (folder->root.size == 0) {
        struct arena scratch = {0};
        struct str limit = workspace_folder_of(workspace, &scratch, path);
        struct str root = project_root_of(&scratch, atom_text(workspace->atoms, folder->path), limit);
        folder->root = atom_text(workspace->atoms, atom_intern(workspace->atoms, root));
        arena_finish(&scratch);
    }
    return folder->root;
}

static void each_neighbour(void *context, struct str path, void (*visit)(void *visitor, const struct package *package),
                           void *visitor) {
    struct workspace_folder *folder = known_folder(context, path);
    for (uint32_t i = 0; folder->with_blocks == 0 && i < folder->count; i++) {
        if (!str_equal(package_file_at(folder->packages[i], 0)->path, path)) {
            visit(visitor, folder->packages[i]);
        }
    }
}

static void each_file(void *context, void (*visit)(void *visitor, const struct package *package, const struct summary *file),
                      void *visitor) {
    const struct workspace *workspace = context;
    for (unsigned i = 0; i < workspace->folders.count; i++) {
        workspace_folder_each(workspace->folders.items[i], visit, visitor);
    }
}

static void join_modules(struct workspace *workspace) {
    workspace->modules = (struct modules){
        .context = workspace,
        .package_of = package_of,
        .root_of = root_of,
        .has_file = project_has_file,
        .has_standard = project_has_standard,
        .each_neighbour = each_neighbour,
        .each_file = each_file,
    };
    package_join(workspace->nothing, &workspace->modules);
}

/* ---- the client's folders */

bool workspace_add_folder(struct workspace *workspace, struct str folder) {
    for (unsigned i = 0; i < workspace->roots.count; i++) {
        if (str_equal(workspace->roots.items[i], folder)) {
            return false;
        }
    }
    struct str kept = arena_str(&workspace->arena, folder);
    vec_push(&workspace->arena, &workspace->roots, kept);
    return true;
}

struct open_search {
    const struct workspace *workspace;
    bool found;
};

static void look_whether_open(void *visitor, const struct package *package, const struct summary *file) {
    struct open_search *search = visitor;
    (void)package;
    search->found = search->found || search->workspace->is_open(search->workspace->context, file->path);
}

static bool has_open_file(const struct workspace *workspace, const struct workspace_folder *folder) {
    struct open_search search = {.workspace = workspace};
    workspace_folder_each(folder, look_whether_open, &search);
    return search.found;
}

static void forget_folder(struct workspace *workspace, unsigned index) {
    workspace->version++;
    workspace->in_order = false;
    map_remove(&workspace->by_path, workspace->folders.items[index]->path);
    workspace_folder_destroy(workspace->folders.items[index]);
    workspace->folders.items[index] = workspace->folders.items[--workspace->folders.count];
    if (index < workspace->folders.count) {
        map_set(&workspace->by_path, workspace->folders.items[index]->path, index + 1);
    }
}

void workspace_remove_folder(struct workspace *workspace, struct str folder) {
    unsigned kept = 0;
    for (unsigned i = 0; i < workspace->roots.count; i++) {
        if (!str_equal(workspace->roots.items[i], folder)) {
            workspace->roots.items[kept++] = workspace->roots.items[i];
        }
    }
    workspace->roots.count = kept;
    for (unsigned i = workspace->folders.count; i-- > 0;) {
        const struct workspace_folder *known = workspace->folders.items[i];
        if (path_is_below(atom_text(workspace->atoms, known->path), folder) && !has_open_file(workspace, known)) {
            forget_folder(workspace, i);
        }
    }
}

bool workspace_root(const struct workspace *workspace, unsigned index, struct str *folder) {
    if (index < workspace->roots.count) {
        *folder = workspace->roots.items[index];
    }
    return index < workspace->roots.count;
}

struct str workspace_folder_of(const struct workspace *workspace, struct arena *arena, struct str path) {
    struct str nearest = {0};
    for (unsigned i = 0; i < workspace->roots.count; i++) {
        struct str folder = workspace->roots.items[i];
        if (path_is_below(path, folder) && folder.size > nearest.size) {
            nearest = folder;
        }
    }
    return nearest.size > 0 ? arena_str(arena, nearest) : path_parent(arena, path);
}

static bool is_below_roots(const struct workspace *workspace, struct str path) {
    bool below = false;
    for (unsigned i = 0; i < workspace->roots.count && !below; i++) {
        below = path_is_below(path, workspace->roots.items[i]);
    }
    return below;
}

bool workspace_shows(const struct workspace *workspace, struct str path) {
    return workspace->roots.count == 0 || is_below_roots(workspace, path) || workspace->is_open(workspace->context, path);
}

/* ---- what the indexer reads */

void workspace_read_later(struct workspace *workspace, void (*later)(void *context, struct str path), void *context) {
    workspace->later = later;
    workspace->later_context = context;
}

bool workspace_lacks(const struct workspace *workspace, struct str path) {
    struct arena scratch = {0};
    const struct workspace_folder *folder = find_folder(workspace, folder_of(&scratch, path));
    arena_finish(&scratch);
    return (folder == NULL || workspace_folder_file(folder, path) == NULL) && !workspace->is_open(workspace->context, path);
}

static bool is_wanted(const struct workspace *workspace, struct str path) {
    atom_id atom = atom_find(workspace->atoms, path);
    bool refreshed = atom != ATOM_NONE && map_get(&workspace->refreshed, atom, NULL);
    bool below = is_below_roots(workspace, path); /* a folder may have been removed since */
    struct arena scratch = {0};
    const struct workspace_folder *folder = find_folder(workspace, folder_of(&scratch, path));
    arena_finish(&scratch);
    return !refreshed && (below || (folder != NULL && folder->listed)) && workspace_lacks(workspace, path);
}

void workspace_offer(struct workspace *workspace, struct summary *summary) {
    if (is_wanted(workspace, summary->path)) {
        folder_put(workspace, folder_for(workspace, summary->path), summary);
    } else {
        summary_unref(summary);
    }
}

void workspace_settle(struct workspace *workspace) {
    map_finish(&workspace->refreshed);
    map_init(&workspace->refreshed);
}

/* ---- what changes on disk */

struct path_list {
    struct arena *arena;
    struct scan_files *files;
};

static void add_path(void *visitor, const struct package *package, const struct summary *file) {
    struct path_list *list = visitor;
    (void)package;
    vec_push(list->arena, &list->files->list, arena_str(list->arena, file->path));
}

/* Reads again what is known of a folder and what it holds. */
static void refresh_folder(struct workspace *workspace, struct workspace_folder *folder) {
    struct arena scratch = {0};
    struct scan_files files = scan_package(&scratch, atom_text(workspace->atoms, folder->path));
    workspace_folder_each(folder, add_path, &(struct path_list){&scratch, &files});
    for (unsigned i = 0; i < files.list.count; i++) {
        map_set(&workspace->refreshed, atom_intern(workspace->atoms, files.list.items[i]), 1);
        read_file(workspace, folder, files.list.items[i]);
    }
    arena_finish(&scratch);
}

void workspace_refresh(struct workspace *workspace, struct str path) {
    if (!is_path(path)) {
        folder_remove(workspace, known_folder(workspace, path), path);
        return;
    }
    if (str_ends_with(path, STR(".tova"))) {
        map_set(&workspace->refreshed, atom_intern(workspace->atoms, path), 1);
        read_file(workspace, known_folder(workspace, path), path);
        return;
    }
    for (unsigned i = 0; i < workspace->folders.count; i++) {
        struct workspace_folder *folder = workspace->folders.items[i];
        struct str name = atom_text(workspace->atoms, folder->path);
        if (is_path(name) && path_is_below(name, path)) {
            refresh_folder(workspace, folder);
        }
    }
}

struct text *workspace_text(struct workspace *workspace, struct str path, uint64_t hash) {
    struct text *text = NULL;
    bool read = is_path(path) && scan_read_file(path, &text) == SCAN_READ;
    if (read && (hash == 0 || text_hash(text) == hash)) {
        return text;
    }
    if (read) {
        text_unref(text);
    }
    vec_push(&workspace->outdated_arena, &workspace->outdated, arena_str(&workspace->outdated_arena, path));
    return NULL;
}

bool workspace_catch_up(struct workspace *workspace) {
    if (workspace->outdated.count == 0) {
        return false;
    }
    for (unsigned i = 0; i < workspace->outdated.count; i++) {
        workspace_refresh(workspace, workspace->outdated.items[i]);
    }
    arena_finish(&workspace->outdated_arena);
    memset(&workspace->outdated, 0, sizeof workspace->outdated);
    return true;
}

uint64_t workspace_version(const struct workspace *workspace) { return workspace->version; }

static int compare_folders(const void *left, const void *right, void *context) {
    const struct workspace *workspace = context;
    const struct workspace_folder *const *a = left, *const *b = right;
    return str_compare(atom_text(workspace->atoms, (*a)->path), atom_text(workspace->atoms, (*b)->path));
}

/* Threads decide which folder is known first, and answers must not show it. */
static void put_in_order(struct workspace *workspace) {
    size_t size = workspace->folders.count * sizeof(struct workspace_folder *);
    if (workspace->in_order || size == 0) {
        return;
    }
    workspace->ordered = xrealloc(workspace->ordered, size);
    memcpy(workspace->ordered, workspace->folders.items, size);
    qsort_r(workspace->ordered, workspace->folders.count, sizeof *workspace->ordered, compare_folders, workspace);
    workspace->in_order = true;
}

void workspace_each_package(struct workspace *workspace, void (*visit)(void *visitor, const struct package *package),
                            void *visitor) {
    put_in_order(workspace);
    for (unsigned i = 0; i < workspace->folders.count; i++) {
        const struct workspace_folder *folder = workspace->ordered[i];
        for (uint32_t k = 0; k < folder->count; k++) {
            visit(visitor, folder->packages[k]);
        }
    }
}

static void count_files(void *visitor, const struct package *package) {
    *(uint32_t *)visitor += package_file_count(package);
}

uint32_t workspace_file_count(struct workspace *workspace) {
    uint32_t count = 0;
    workspace_each_package(workspace, count_files, &count);
    return count;
}

uint32_t workspace_package_count(const struct workspace *workspace) {
    uint32_t count = 0;
    for (unsigned i = 0; i < workspace->folders.count; i++) {
        count += workspace->folders.items[i]->count;
    }
    return count;
}

static void add_bytes(void *visitor, const struct package *package, const struct summary *file) {
    (void)package;
    *(size_t *)visitor += sizeof *file + arena_memory(&file->arena);
}

struct workspace_memory workspace_memory(const struct workspace *workspace) {
    struct workspace_memory memory = {.atoms = atom_memory(workspace->atoms)};
    for (unsigned i = 0; i < workspace->folders.count; i++) {
        workspace_folder_each(workspace->folders.items[i], add_bytes, &memory.summaries);
    }
    return memory;
}
