/* workspace: packages by folder, a queue of files to read. */
#include "server/workspace.h"

#include "analysis/analyze.h"
#include "parser/base/limits.h"
#include "parser/base/map.h"
#include "parser/base/path.h"
#include "parser/base/vec.h"
#include "parser/base/xalloc.h"
#include "server/io/loop.h"
#include "server/scan.h"

struct workspace_package {
    atom_id folder;
    struct package *package;
};

struct workspace {
    struct arena arena; /* the arrays below; folders come and go rarely */
    struct atom_table *atoms;
    struct syntax_parser *parser;
    workspace_is_open *is_open;
    void *context;
    VEC(struct str) folders;
    VEC(struct workspace_package) packages;
    struct map by_folder; /* atom of the folder: index into packages + 1 */
    struct arena queue_arena;
    struct scan_files queue; /* files to read */
    unsigned queue_next;
    struct arena scratch; /* of the file that is being read */
};

struct workspace *workspace_create(workspace_is_open *is_open, void *context) {
    struct workspace *workspace = xcalloc(1, sizeof *workspace);
    workspace->atoms = atom_table_create();
    workspace->parser = syntax_parser_create();
    workspace->is_open = is_open;
    workspace->context = context;
    map_init(&workspace->by_folder);
    return workspace;
}

void workspace_destroy(struct workspace *workspace) {
    if (workspace == NULL) {
        return;
    }
    for (unsigned i = 0; i < workspace->packages.count; i++) {
        package_destroy(workspace->packages.items[i].package);
    }
    map_finish(&workspace->by_folder);
    syntax_parser_destroy(workspace->parser);
    atom_table_destroy(workspace->atoms);
    arena_finish(&workspace->queue_arena);
    arena_finish(&workspace->scratch);
    arena_finish(&workspace->arena);
    xfree(workspace);
}

struct atom_table *workspace_atoms(struct workspace *workspace) {
    return workspace->atoms;
}

struct syntax_parser *workspace_parser(struct workspace *workspace) {
    return workspace->parser;
}

/* ---- packages */

/* Is this the path of a file, and not the address of a document that has none? */
static bool is_path(struct str path) { return path.size > 0 && path.data[0] == '/'; }

static struct package *find_package(const struct workspace *workspace, struct str folder) {
    uint64_t index;
    atom_id atom = atom_find(workspace->atoms, folder);
    if (atom == ATOM_NONE || !map_get(&workspace->by_folder, atom, &index)) {
        return NULL;
    }
    return workspace->packages.items[index - 1].package;
}

static struct package *make_package(struct workspace *workspace, struct str folder) {
    struct workspace_package made = {.folder = atom_intern(workspace->atoms, folder),
                                     .package = package_create(workspace->atoms)};
    vec_push(&workspace->arena, &workspace->packages, made);
    map_set(&workspace->by_folder, made.folder, workspace->packages.count);
    return made.package;
}

static struct str folder_of(struct workspace *workspace, struct arena *arena, struct str path) {
    return is_path(path) ? path_parent(arena, path) : path;
}

/* Makes the summary of a text. Everything else about it is forgotten. */
static struct summary *summarise(struct workspace *workspace, struct str path, struct text *text) {
    struct syntax_tree *tree = syntax_parse(workspace->parser, text);
    struct file_analysis *analysis = analyze(&workspace->scratch, workspace->atoms, path, tree);
    struct summary *summary = summary_create(analysis);
    syntax_tree_destroy(tree);
    return summary;
}

/* Reads one file into its package; takes it out when it cannot be read. */
static void read_file(struct workspace *workspace, struct package *package, struct str path) {
    struct text *text;
    if (workspace->is_open(workspace->context, path)) {
        return;
    }
    if (scan_read_file(path, &text) != SCAN_READ) {
        package_remove(package, path);
        return;
    }
    const struct summary *known = package_file(package, path);
    if (known == NULL || known->hash != text_hash(text)) {
        package_put(package, summarise(workspace, path, text));
    }
    text_unref(text);
    arena_clear(&workspace->scratch);
}

struct package *workspace_package(struct workspace *workspace, struct str path) {
    struct arena scratch = {0};
    struct str folder = folder_of(workspace, &scratch, path);
    struct package *package = find_package(workspace, folder);
    if (package == NULL) {
        package = make_package(workspace, folder);
        struct scan_files files = {0};
        if (is_path(path)) {
            files = scan_package(&scratch, folder);
        }
        for (unsigned i = 0; i < files.list.count; i++) {
            read_file(workspace, package, files.list.items[i]);
        }
    }
    arena_finish(&scratch);
    return package;
}

void workspace_put(struct workspace *workspace, struct summary *summary) {
    package_put(workspace_package(workspace, summary->path), summary);
}

/* ---- folders */

void workspace_add_folder(struct workspace *workspace, struct str folder) {
    for (unsigned i = 0; i < workspace->folders.count; i++) {
        if (str_equal(workspace->folders.items[i], folder)) {
            return;
        }
    }
    struct str kept = arena_str(&workspace->arena, folder);
    vec_push(&workspace->arena, &workspace->folders, kept);
    struct scan_files found = scan_tree(&workspace->queue_arena, kept);
    for (unsigned i = 0; i < found.list.count; i++) {
        vec_push(&workspace->queue_arena, &workspace->queue.list, found.list.items[i]);
    }
}

static bool has_open_file(const struct workspace *workspace, const struct package *package) {
    for (uint32_t i = 0; i < package_file_count(package); i++) {
        if (workspace->is_open(workspace->context, package_file_at(package, i)->path)) {
            return true;
        }
    }
    return false;
}

static void forget_package(struct workspace *workspace, unsigned index) {
    map_remove(&workspace->by_folder, workspace->packages.items[index].folder);
    package_destroy(workspace->packages.items[index].package);
    workspace->packages.items[index] = workspace->packages.items[--workspace->packages.count];
    if (index < workspace->packages.count) {
        map_set(&workspace->by_folder, workspace->packages.items[index].folder, index + 1);
    }
}

void workspace_remove_folder(struct workspace *workspace, struct str folder) {
    unsigned kept = 0;
    for (unsigned i = 0; i < workspace->folders.count; i++) {
        if (!str_equal(workspace->folders.items[i], folder)) {
            workspace->folders.items[kept++] = workspace->folders.items[i];
        }
    }
    workspace->folders.count = kept;
    for (unsigned i = workspace->packages.count; i-- > 0;) {
        const struct workspace_package *package = &workspace->packages.items[i];
        if (path_is_below(atom_text(workspace->atoms, package->folder), folder) &&
            !has_open_file(workspace, package->package)) {
            forget_package(workspace, i);
        }
    }
}

struct str workspace_folder_of(const struct workspace *workspace, struct arena *arena, struct str path) {
    struct str nearest = {0};
    for (unsigned i = 0; i < workspace->folders.count; i++) {
        struct str folder = workspace->folders.items[i];
        if (path_is_below(path, folder) && folder.size > nearest.size) {
            nearest = folder;
        }
    }
    return nearest.size > 0 ? arena_str(arena, nearest) : path_parent(arena, path);
}

/* ---- reading in slices */

bool workspace_step(struct workspace *workspace, uint64_t budget) {
    uint64_t start = loop_clock();
    struct scan_files *queue = &workspace->queue;
    while (workspace->queue_next < queue->list.count) {
        struct str path = queue->list.items[workspace->queue_next++];
        struct package *package = workspace_package(workspace, path);
        if (package_file(package, path) == NULL) {
            read_file(workspace, package, path);
        }
        if (loop_clock() - start >= budget) {
            break;
        }
    }
    if (workspace->queue_next < queue->list.count) {
        return true;
    }
    arena_finish(&workspace->queue_arena);
    *queue = (struct scan_files){0};
    workspace->queue_next = 0;
    return false;
}

/* Reads again what a package has and what its folder holds. */
static void refresh_package(struct workspace *workspace, struct package *package, struct str folder) {
    struct arena scratch = {0};
    struct scan_files files = scan_package(&scratch, folder);
    for (uint32_t i = 0; i < package_file_count(package); i++) {
        vec_push(&scratch, &files.list, arena_str(&scratch, package_file_at(package, i)->path));
    }
    for (unsigned i = 0; i < files.list.count; i++) {
        read_file(workspace, package, files.list.items[i]);
    }
    arena_finish(&scratch);
}

void workspace_refresh(struct workspace *workspace, struct str path) {
    if (!is_path(path)) {
        package_remove(workspace_package(workspace, path), path);
        return;
    }
    if (str_ends_with(path, STR(".tova"))) {
        read_file(workspace, workspace_package(workspace, path), path);
        return;
    }
    for (unsigned i = 0; i < workspace->packages.count; i++) {
        struct workspace_package package = workspace->packages.items[i];
        struct str folder = atom_text(workspace->atoms, package.folder);
        if (is_path(folder) && path_is_below(folder, path)) {
            refresh_package(workspace, package.package, folder);
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
    workspace_refresh(workspace, path);
    return NULL;
}

uint32_t workspace_file_count(const struct workspace *workspace) {
    uint32_t count = 0;
    for (unsigned i = 0; i < workspace->packages.count; i++) {
        count += package_file_count(workspace->packages.items[i].package);
    }
    return count;
}
