/* log: what the server tells whoever runs it, line by line, on standard error or in a file. Never part of the protocol.
 */
#ifndef TOVA_SERVER_LOG_H
#define TOVA_SERVER_LOG_H

#include "parser/base/str.h"

#include <stdbool.h>

struct log {
    int descriptor;
    bool owned;   /* opened by log_open */
    bool verbose; /* trace lines too */
};

/* Logs to a file (appending), or to standard error when path is NULL. False when the file cannot be opened; the log then
 * goes to standard error. */
bool log_open(struct log *log, const char *path, bool verbose);
void log_close(struct log *log);

/* Writes a line with the time in front. A line that cannot be written is lost. */
void log_line(struct log *log, struct str line);

#endif
