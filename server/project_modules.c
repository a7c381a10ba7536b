/* How the packages of a project find each other, and which of them import each other in a circle. */
#include "analysis/analyze.h"
#include "codegen/runtime.h"
#include "parser/base/path.h"
#include "server/project_folders.h"
#include "server/workers.h"

#include <sys/stat.h>

/* ---- circles: strongly connected units, by the order in which a walk in depth leaves them (Tarjan) */

struct step {
    struct project_unit *unit;
    unsigned next; /* of its imports */
};

struct walk {
    struct arena scratch;
    VEC(struct step) path;
    VEC(struct project_unit *) open; /* met, and not yet known to which circle they belong */
    unsigned met;
};

static void enter(struct walk *walk, struct project_unit *unit) {
    unit->met = unit->lowest = ++walk->met;
    vec_push(&walk->scratch, &walk->path, (struct step){unit, 0});
    vec_push(&walk->scratch, &walk->open, unit);
}

static void leave(struct walk *walk, struct project_unit *unit) {
    walk->path.count--;
    if (walk->path.count > 0) {
        struct project_unit *before = walk->path.items[walk->path.count - 1].unit;
        before->lowest = unit->lowest < before->lowest ? unit->lowest : before->lowest;
    }
    struct project_unit *last = NULL;
    while (unit->lowest == unit->met && last != unit) {
        last = walk->open.items[--walk->open.count];
        last->circle = unit->met;
    }
}

static void walk_from(struct walk *walk, struct project_unit *start) {
    enter(walk, start);
    while (walk->path.count > 0) {
        struct step *step = &walk->path.items[walk->path.count - 1];
        struct project_unit *unit = step->unit;
        if (step->next == unit->imports.count) {
            leave(walk, unit);
            continue;
        }
        struct project_unit *other = unit->imports.items[step->next++];
        if (other->met == 0) {
            enter(walk, other);
        } else if (other->circle == 0 && other->met < unit->lowest) {
            unit->lowest = other->met;
        }
    }
}

void project_circles_find(struct project *project) {
    struct walk walk = {.met = 0};
    for (unsigned i = 0; i < project->units.count; i++) {
        if (project->units.items[i]->met == 0) {
            walk_from(&walk, project->units.items[i]);
        }
    }
    arena_finish(&walk.scratch);
}

static bool is_circular(void *context, struct str from, struct str to) {
    const struct project_unit *a = project_unit_of(context, from);
    const struct project_unit *b = project_unit_of(context, to);
    return a != NULL && b != NULL && a->circle == b->circle;
}

/* ---- how packages find each other */

static const struct package *package_of(void *context, struct str path) {
    const struct project *project = context;
    const struct project_unit *unit = project_unit_of(project, path);
    return unit == NULL || unit->program == NULL ? NULL : unit->program->package;
}

/* Every folder of a file has its root before anybody can ask for it. */
static struct str root_of(void *context, struct str path) {
    const struct project *project = context;
    struct arena scratch = {0};
    unsigned folder = project_folder_index(project, path_parent(&scratch, path));
    arena_finish(&scratch);
    return project->folders.items[folder]->root;
}

bool project_has_file(void *context, struct str path) {
    struct arena scratch = {0};
    struct stat status;
    bool found = stat(arena_str(&scratch, path).data, &status) == 0 && S_ISREG(status.st_mode);
    arena_finish(&scratch);
    return found;
}

bool project_has_standard(void *context, struct str name) { return runtime_find(name, NULL); }

/* A module that is no part of the project is looked into only when somebody wants to know what it offers. */
static void load_neighbours(struct project *project, struct project_folder *folder) {
    folder->has_neighbours = true;
    for (unsigned i = 0; i < folder->sources.list.count; i++) {
        struct arena scratch = {0};
        struct str path = folder->sources.list.items[i];
        struct text *text;
        if (project_unit_of(project, path) == NULL && scan_read_file(path, &text) == SCAN_READ) {
            struct syntax_tree *tree = syntax_parse(project->parser, text);
            struct package *package = package_create(project->atoms);
            package_put(package, summary_create(analyze(&scratch, project->atoms, path, tree)));
            vec_push(&project->arena, &folder->neighbours, package);
            syntax_tree_destroy(tree);
            text_unref(text);
        }
        arena_finish(&scratch);
    }
}

static void each_neighbour(void *context, struct str path, void (*visit)(void *visitor, const struct package *package),
                           void *visitor) {
    struct project *project = context;
    struct arena scratch = {0};
    struct project_folder *folder = project->folders.items[project_folder_index(project, path_parent(&scratch, path))];
    arena_finish(&scratch);
    if (folder->is_application) {
        return;
    }
    workers_lock_take(project->asking);
    if (!folder->has_neighbours) {
        load_neighbours(project, folder);
    }
    workers_lock_release(project->asking);
    for (unsigned i = 0; i < folder->neighbours.count; i++) {
        visit(visitor, folder->neighbours.items[i]);
    }
    for (unsigned i = 0; i < project->units.count; i++) {
        const struct project_unit *unit = project->units.items[i];
        bool is_neighbour = unit->program != NULL && str_equal(unit->folder, folder->path);
        if (is_neighbour && !str_equal(unit->files[0].path, path)) {
            visit(visitor, unit->program->package);
        }
    }
}

void project_folders_finish(struct project *project) {
    for (unsigned i = 0; i < project->folders.count; i++) {
        struct project_folder *folder = project->folders.items[i];
        for (unsigned k = 0; k < folder->neighbours.count; k++) {
            package_destroy(folder->neighbours.items[k]);
        }
    }
}

void project_modules_init(struct project *project) {
    project->modules = (struct modules){
        .context = project,
        .package_of = package_of,
        .root_of = root_of,
        .has_file = project_has_file,
        .has_standard = project_has_standard,
        .is_circular = is_circular,
        .each_neighbour = each_neighbour,
    };
}
