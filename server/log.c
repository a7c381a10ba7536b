/* log: one write a line, so that lines of several processes do not mix. */
#include "server/log.h"

#include "parser/base/strbuf.h"

#include <fcntl.h>
#include <time.h>
#include <unistd.h>

enum { LINE_BYTES = 16 * 1024 };

static const struct str words[] = {[LOG_ERROR] = STR_INIT("error"),
                                   [LOG_WARNING] = STR_INIT("warning"),
                                   [LOG_INFO] = STR_INIT("info"),
                                   [LOG_DEBUG] = STR_INIT("debug")};

bool log_level_of(struct str word, enum log_level *level) {
    for (unsigned i = 0; i < sizeof words / sizeof *words; i++) {
        if (str_equal(word, words[i])) {
            *level = (enum log_level)i;
            return true;
        }
    }
    return false;
}

bool log_open(struct log *log, const char *path, enum log_level level) {
    *log = (struct log){.descriptor = STDERR_FILENO, .level = level};
    if (path == NULL) {
        return true;
    }
    int descriptor = open(path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
    if (descriptor < 0) {
        return false;
    }
    log->descriptor = descriptor;
    log->owned = true;
    return true;
}

void log_close(struct log *log) {
    if (log->owned) {
        close(log->descriptor);
    }
    *log = (struct log){.descriptor = STDERR_FILENO};
}

void log_line(struct log *log, enum log_level level, struct str line) {
    struct timespec now;
    struct tm parts;
    char stamp[32];
    struct strbuf out;
    if (level > log->level) {
        return;
    }
    clock_gettime(CLOCK_REALTIME, &now);
    size_t size = strftime(stamp, sizeof stamp, "%H:%M:%S", localtime_r(&now.tv_sec, &parts));
    strbuf_init(&out, LINE_BYTES);
    strbuf_add(&out, (struct str){stamp, size});
    strbuf_printf(&out, ".%03ld tova: ", now.tv_nsec / 1000000);
    if (level != LOG_INFO) {
        strbuf_printf(&out, "%.*s: ", STR_ARGUMENTS(words[level]));
    }
    strbuf_add(&out, str_slice(line, 0, LINE_BYTES - 64));
    strbuf_add_byte(&out, '\n');
    ssize_t written = write(log->descriptor, out.data, out.size);
    (void)written;
    strbuf_finish(&out);
}
