/* closed_files: a list of files, few enough to be gone through. */
#include "server/closed_files.h"

#include "analysis/analyze.h"
#include "parser/base/xalloc.h"
#include "server/scan.h"

#include <sys/stat.h>

struct closed_file {
    struct closed_file *next;
    struct arena arena; /* path and analysis */
    struct str path;
    uint64_t size;            /* bytes on disk, before it was read */
    struct timespec modified; /* the same */
    struct syntax_tree *tree; /* holds the text */
    struct file_analysis *analysis;
    struct summary *summary;
    bool asked; /* in this round */
};

void closed_files_init(struct closed_files *files, struct atom_table *atoms, struct syntax_parser *parser) {
    *files = (struct closed_files){.atoms = atoms, .parser = parser};
}

static void forget(struct closed_file *source) {
    if (source->tree != NULL) {
        syntax_tree_destroy(source->tree);
    }
    summary_unref(source->summary);
    arena_finish(&source->arena);
    xfree(source);
}

void closed_files_finish(struct closed_files *files) {
    while (files->first != NULL) {
        struct closed_file *source = files->first;
        files->first = source->next;
        forget(source);
    }
}

void closed_files_sweep(struct closed_files *files) {
    struct closed_file **link = &files->first;
    while (*link != NULL) {
        struct closed_file *source = *link;
        if (source->asked) {
            source->asked = false;
            link = &source->next;
        } else {
            *link = source->next;
            forget(source);
        }
    }
}

static struct closed_file **find(struct closed_files *files, struct str path) {
    struct closed_file **link = &files->first;
    while (*link != NULL && !str_equal((*link)->path, path)) {
        link = &(*link)->next;
    }
    return link;
}

static bool is_same(const struct closed_file *source, const struct stat *status) {
    return source->size == (uint64_t)status->st_size && source->modified.tv_sec == status->st_mtim.tv_sec &&
           source->modified.tv_nsec == status->st_mtim.tv_nsec;
}

static struct closed_file *read_source(struct closed_files *files, struct str path, const struct stat *status) {
    struct text *text;
    if (scan_read_file(path, &text) != SCAN_READ) {
        return NULL;
    }
    struct closed_file *source = xcalloc(1, sizeof *source);
    source->path = arena_str(&source->arena, path);
    source->size = (uint64_t)status->st_size;
    source->modified = status->st_mtim;
    source->tree = syntax_parse(files->parser, text);
    text_unref(text); /* the tree holds it */
    source->analysis = analyze(&source->arena, files->atoms, source->path, source->tree);
    source->summary = summary_create(source->analysis);
    return source;
}

bool closed_files_open(struct closed_files *files, struct str path, struct project_source *source) {
    struct stat status;
    struct closed_file **link = find(files, path);
    bool there = stat(path.data, &status) == 0;
    if (*link != NULL && !(there && is_same(*link, &status))) {
        struct closed_file *old = *link;
        *link = old->next;
        forget(old);
        link = find(files, path);
    }
    if (*link == NULL && there) {
        *link = read_source(files, path, &status);
    }
    if (*link == NULL) {
        return false;
    }
    (*link)->asked = true;
    *source = (struct project_source){.text = (*link)->tree->text, .tree = (*link)->tree, .analysis = (*link)->analysis,
                                      .summary = (*link)->summary};
    return true;
}
