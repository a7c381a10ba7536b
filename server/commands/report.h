/* report: diagnostics as text for people and as JSON for programs, the same for every command.
 *
 * Text is `path:line:col: severity: message [CODE]` with the line of the source and a marker below it; lines and columns
 * count from 1, columns in characters. JSON counts as LSP does: from 0, in UTF-16 units. Appends to a buffer, prints
 * nothing.
 */
#ifndef TOVA_SERVER_COMMANDS_REPORT_H
#define TOVA_SERVER_COMMANDS_REPORT_H

#include "parser/base/strbuf.h"
#include "parser/text/diagnostic.h"
#include "parser/text/text.h"
#include "server/project.h"

struct report {
    struct strbuf *out;
    bool colour;                             /* text only */
    bool syntax_only;                        /* leaves out everything but syntax errors (E0..) */
    enum diagnostic_severity least;          /* leaves out what is less severe */
    unsigned files, errors, warnings, notes; /* what was reported so far */
};

/* Appends the diagnostics of one file of a project as text, or as objects of a JSON array (with a comma before each but the
 * first of the report). Counts the file. */
void report_text(struct report *report, const struct project *project, const struct project_file *file);
void report_json(struct report *report, const struct project *project, const struct project_file *file);

/* For other formats: is a diagnostic to be reported, and that it was. */
bool report_wants(const struct report *report, const struct diagnostic *diagnostic);
void report_count(struct report *report, const struct diagnostic *diagnostic);

/* The text of the project's file at `path`, or NULL. */
const struct text *report_text_of(const struct project *project, struct str path);

/* Appends the line of a text that holds the start of a span, and a marker below what is meant of it. */
void report_excerpt(struct strbuf *out, bool colour, const struct text *text, struct span span);

/* Appends "2 errors and 1 note in 3 files." or "No problems in 3 files." */
void report_summary(const struct report *report, struct strbuf *out);

/* Prints what is wrong with a unit of a project as text to standard error: its errors, and warnings too when `warnings`. */
void report_unit(const struct project *project, const struct project_unit *unit, bool warnings);

#endif
