/* dev_page: a server for the page of an application that has no server block.
 *
 * Under `tova dev` a page has to come from somewhere. The server that is added is the unnamed one, as if the source held an
 * empty `server { }`: it serves the page and nothing else.
 */
#ifndef TOVA_SERVER_COMMANDS_DEV_PAGE_H
#define TOVA_SERVER_COMMANDS_DEV_PAGE_H

#include "codegen/emit.h"

/* Adds the output "<base>.server.js" to an emission that has a page and no server; else changes nothing. What is added
 * lives in the emission. */
void dev_page_add(struct emission *emission);

#endif
