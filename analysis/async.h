/* async: which functions of linked programs must be async, and which calls are awaited; private to this layer. */
#ifndef TOVA_ANALYSIS_ASYNC_H
#define TOVA_ANALYSIS_ASYNC_H

#include "analysis/program.h"

/* Writes the marks of all files and SYMBOL_ASYNC. The links of the files are set. */
void async_infer(struct program_group *group);

#endif
