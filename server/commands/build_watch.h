/* build_watch: `tova build --watch`: a build on every change of a source below a folder, until a signal comes.
 *
 * Holds the output folders that it builds into for as long as it runs, so that an editor's compile-on-save leaves them to it.
 */
#ifndef TOVA_SERVER_COMMANDS_BUILD_WATCH_H
#define TOVA_SERVER_COMMANDS_BUILD_WATCH_H

#include "server/project.h"

struct build_watch;

/* For the sources below an absolute folder. Caller destroys, which gives back what is held. */
struct build_watch *build_watch_create(struct str folder);
void build_watch_destroy(struct build_watch *watch);

/* Holds the output folders of a project; false when another process watches one of them: *holder (which lives as long as the
 * watch) is who. */
bool build_watch_hold(struct build_watch *watch, const struct project *project, const char *who, struct str *holder);

/* Builds at once and then on changes; returns the status of the last build, at once when that was refused. */
int build_watch_run(struct build_watch *watch, int (*build)(void *context, bool *refused), void *context);

#endif
