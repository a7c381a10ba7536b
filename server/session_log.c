/* session_log: one line to the log; warnings to the client too, and what was handled when it asks for traces. */
#include "server/session_state.h"

#include <stdarg.h>
#include <stdio.h>

enum { LOG_BYTES = 1024 };

/* LSP 3.17 "MessageType". */
static const int message_types[] = {[LOG_ERROR] = 1, [LOG_WARNING] = 2, [LOG_INFO] = 3, [LOG_DEBUG] = 4};

static void tell_client(struct session *session, enum log_level level, struct str line) {
    struct json_writer json;
    if (!session->started || session->ending || level > LOG_WARNING) {
        return;
    }
    dispatch_begin(&session->dispatch, &json, "window/logMessage");
    json_open_object(&json);
    json_member_number(&json, "type", message_types[level]);
    json_member_string(&json, "message", line);
    json_close_object(&json);
    dispatch_end(&session->dispatch, &json);
}

static void add_line(struct session *session, enum log_level level, struct str line) {
    log_line(&session->log, level, line);
    tell_client(session, level, line);
}

__attribute__((format(printf, 3, 0))) static void add_format(struct session *session, enum log_level level,
                                                             const char *format, va_list arguments) {
    char line[LOG_BYTES];
    vsnprintf(line, sizeof line, format, arguments);
    add_line(session, level, str_from_c(line));
}

void session_log(struct session *session, const char *format, ...) {
    va_list arguments;
    va_start(arguments, format);
    add_format(session, LOG_WARNING, format, arguments);
    va_end(arguments);
}

void session_log_at(struct session *session, enum log_level level, const char *format, ...) {
    va_list arguments;
    va_start(arguments, format);
    if (level <= session->log.level) {
        add_format(session, level, format, arguments);
    }
    va_end(arguments);
}

/* LSP 3.17 "LogTrace Notification". */
static void tell_trace(struct session *session, struct str method, double milliseconds) {
    struct json_writer json;
    struct arena scratch = {0};
    struct str line = arena_printf(&scratch, "%.*s took %.3f ms", STR_ARGUMENTS(method), milliseconds);
    dispatch_begin(&session->dispatch, &json, "$/logTrace");
    json_open_object(&json);
    json_member_string(&json, "message", line);
    if (session->trace == TRACE_VERBOSE) {
        const struct queue *queue = &session->dispatch.queue;
        json_member_string(&json, "verbose", arena_printf(&scratch, "%u messages of %llu bytes wait", (unsigned)queue->count,
                                                          (unsigned long long)queue->size));
    }
    json_close_object(&json);
    dispatch_end(&session->dispatch, &json);
    arena_finish(&scratch);
}

static void host_handled(void *context, struct str method, uint64_t nanoseconds) {
    struct session *session = context;
    double milliseconds = (double)nanoseconds / 1e6;
    session_log_at(session, LOG_DEBUG, "%.*s took %.3f ms", STR_ARGUMENTS(method), milliseconds);
    if (session->trace != TRACE_OFF && session->started && !session->ending) {
        tell_trace(session, method, milliseconds);
    }
}

static void host_log(void *context, struct str line) { add_line(context, LOG_WARNING, line); }

void session_set_trace(struct session *session, struct str value) {
    static const struct str words[] = {
        [TRACE_OFF] = STR_INIT("off"), [TRACE_MESSAGES] = STR_INIT("messages"), [TRACE_VERBOSE] = STR_INIT("verbose")};
    for (unsigned i = 0; i < sizeof words / sizeof *words; i++) {
        if (str_equal(value, words[i])) {
            session->trace = (enum trace)i;
        }
    }
}

void session_host_log(struct lsp_host *host) {
    host->log = host_log;
    host->handled = host_handled;
}
