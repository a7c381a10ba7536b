/* project_workers: what each thread that works on a project has for itself; private to project*.c.
 *
 * The one at the number that workers_run() gives is used by one thread at a time. What is made with it lives as long as the
 * project.
 */
#ifndef TOVA_SERVER_PROJECT_WORKERS_H
#define TOVA_SERVER_PROJECT_WORKERS_H

#include "server/project.h"

struct project_worker {
    struct arena arena;
    struct arena scratch; /* of the item that is worked on */
    struct syntax_parser *parser; /* NULL until something is parsed */
    VEC(struct syntax_tree *) trees; /* those parsed by it */
};

/* As many as there are threads to be had, in the project's arena. */
void project_workers_create(struct project *project);

/* Frees them, with the trees that they have parsed. */
void project_workers_finish(struct project *project);

#endif
