/* log: what the server tells whoever runs it, line by line, on standard error or in a file. Never part of the protocol.
 */
#ifndef TOVA_SERVER_LOG_H
#define TOVA_SERVER_LOG_H

#include "parser/base/str.h"

#include <stdbool.h>

/* What is below the level of a log is not written: LOG_DEBUG says every message and how long it took. */
enum log_level { LOG_ERROR, LOG_WARNING, LOG_INFO, LOG_DEBUG };

struct log {
    int descriptor;
    bool owned; /* opened by log_open */
    enum log_level level;
};

/* The level of a word: error, warning, info or debug. False when it is none. */
bool log_level_of(struct str word, enum log_level *level);

/* Logs to a file (appending), or to standard error when path is NULL. False when the file cannot be opened; the log then
 * goes to standard error. */
bool log_open(struct log *log, const char *path, enum log_level level);
void log_close(struct log *log);

/* Writes a line with the time and the level in front. A line that cannot be written is lost. */
void log_line(struct log *log, enum log_level level, struct str line);

#endif
