/* listings: what analysis knows about a program, as lines of text to compare. */
#ifndef TOVA_TESTS_MARKERS_LISTINGS_H
#define TOVA_TESTS_MARKERS_LISTINGS_H

#include "analysis/program.h"
#include "parser/base/strbuf.h"
#include "parser/syntax/node.h"
#include "parser/text/position.h"

/* Appends the listing of a section (README.md); false when there is none of this name. */
bool listing_write(struct program *program, struct str section, struct strbuf *out);

#endif
