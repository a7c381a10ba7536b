/* project_workers: an arena, a parser and the trees of each thread. */
#include "server/project_workers.h"

#include "server/workers.h"

void project_workers_create(struct project *project) {
    project->worker_count = workers_available();
    project->workers = arena_array(&project->arena, struct project_worker, project->worker_count);
    for (unsigned i = 0; i < project->worker_count; i++) {
        if (project->options.overlay == NULL) {
            arena_init_large(&project->workers[i].arena);
        }
    }
}

void project_workers_finish(struct project *project) {
    for (unsigned i = 0; i < project->worker_count; i++) {
        struct project_worker *worker = &project->workers[i];
        for (unsigned k = 0; k < worker->trees.count; k++) {
            syntax_tree_destroy(worker->trees.items[k]);
        }
        if (worker->parser != NULL) {
            syntax_parser_destroy(worker->parser);
        }
        arena_finish(&worker->arena);
        arena_finish(&worker->scratch);
    }
}
