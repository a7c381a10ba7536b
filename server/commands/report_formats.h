/* report_formats: diagnostics for code scanning and for the logs of GitHub's workflows. Appends to the report's buffer, as
 * report_text and report_json do.
 */
#ifndef TOVA_SERVER_COMMANDS_REPORT_FORMATS_H
#define TOVA_SERVER_COMMANDS_REPORT_FORMATS_H

#include "server/commands/report.h"

/* Adds the diagnostics of a file as results of SARIF 2.1.0 (with a comma before each but the first of the report). */
void report_sarif(struct report *report, const struct project *project, const struct project_file *file);

/* Appends the whole log around the results that the report has gathered. */
void report_sarif_log(const struct report *report, struct strbuf *out);

/* Adds the diagnostics of a file as workflow commands, a line each: `::error file=…,line=…,col=…,title=E101::message`. */
void report_github(struct report *report, const struct project *project, const struct project_file *file);

#endif
