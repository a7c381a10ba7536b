/* build_production: `tova build --production`, what runs in production.
 *
 * The outputs are written beneath .tova-out/.production, where no other command looks; Bun bundles them (runtime/bundle.js)
 * into a new folder, and that is put into the place of the older one in one step. A mistake, of a source or on the way, leaves
 * the older one as it was. Packages of one project root go into one folder.
 */
#ifndef TOVA_SERVER_COMMANDS_BUILD_PRODUCTION_H
#define TOVA_SERVER_COMMANDS_BUILD_PRODUCTION_H

#include "parser/base/arena.h"
#include "server/scan.h"

#include <stdbool.h>

struct production_options {
    struct str top;  /* the folder that was asked for, absolute */
    struct str into; /* the folder to fill, absolute; empty: dist in each project root */
    bool maps, quiet, strict;
};

/* Builds what these files make, prints what was made, and gives the exit status. */
int build_production(struct arena *arena, const struct scan_files *files, const struct production_options *options);

#endif
