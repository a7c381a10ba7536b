/* session: one editor's conversation with the language server, from the first byte to the exit code.
 *
 * Wires transport, dispatch, store and features together and owns them all. Runs on the calling thread until the client is
 * gone.
 */
#ifndef TOVA_SERVER_SESSION_H
#define TOVA_SERVER_SESSION_H

#include "server/log.h"

struct session_options {
    int input, output;    /* descriptors, usually 0 and 1: pipes, sockets, files or /dev/null */
    const char *log_path; /* file for the log, or NULL for standard error */
    bool read_only;       /* nothing is written to disk, whatever the client asks */
    enum log_level level;
    const char *mirror_path;  /* what the client sends is recorded there; NULL: nowhere */
    const char *crash_folder; /* absolute; reports of crashes; NULL: none are made */
    const char *version;
};

/* Serves the client and returns the exit code of the process: 0 after shutdown and exit, 1 when the client went away or
 * said exit without shutdown, 2 when the log file or the recording
 * cannot be opened. */
int session_run(const struct session_options *options);

#endif
