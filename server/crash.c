/* crash: a ring of messages, a handler that writes it, and reports of processes before. */
#include "server/crash.h"

#include "parser/base/strbuf.h"
#include "parser/base/xalloc.h"

#include <dirent.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

enum { STACK_BYTES = 64 * 1024, NUMBER_BYTES = 24 };

#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
enum { WATCHED = false }; /* a sanitizer reports better, and has handlers of its own */
#elif defined(__has_feature)
#if __has_feature(address_sanitizer) || __has_feature(thread_sanitizer)
enum { WATCHED = false };
#else
enum { WATCHED = true };
#endif
#else
enum { WATCHED = true };
#endif

static const int signals[] = {SIGSEGV, SIGBUS, SIGFPE, SIGILL, SIGABRT};
enum { SIGNALS = sizeof signals / sizeof *signals };

static struct crash *watched;

/* ---- in the handler: nothing but open, mkdir, write, close, and arithmetic */

static void put(int file, const char *text, size_t size) {
    while (size > 0) {
        ssize_t count = write(file, text, size);
        if (count <= 0) {
            return;
        }
        text += count;
        size -= (size_t)count;
    }
}

static void put_text(int file, const char *text) { put(file, text, strlen(text)); }

static void put_number(int file, uint64_t number) {
    char digits[NUMBER_BYTES];
    size_t at = sizeof digits;
    do {
        digits[--at] = (char)('0' + number % 10);
        number /= 10;
    } while (number > 0);
    put(file, digits + at, sizeof digits - at);
}

static void put_messages(int file, const struct crash *crash) {
    uint32_t first = crash->count > CRASH_MESSAGES ? crash->count - CRASH_MESSAGES : 0;
    put_text(file, "\nThe last messages of the editor, oldest first (milliseconds, bytes, shape):\n");
    for (uint32_t i = first; i < crash->count; i++) {
        const struct crash_message *message = &crash->messages[i % CRASH_MESSAGES];
        put_number(file, message->at);
        put_text(file, " ");
        put_number(file, message->size);
        put_text(file, " ");
        put(file, message->text, message->shown);
        put_text(file, "\n");
    }
}

static void make_folders(const struct crash *crash) {
    char path[CRASH_PATH_BYTES];
    for (size_t i = 0; crash->folder[i] != '\0'; i++) {
        if (crash->folder[i] == '/' && i > 0) {
            path[i] = '\0';
            mkdir(path, 0700);
        }
        path[i] = crash->folder[i];
    }
    mkdir(crash->folder, 0700);
}

static void write_report(const struct crash *crash, int number) {
    make_folders(crash);
    int file = open(crash->path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0600);
    if (file < 0) {
        return;
    }
    put_text(file, "The Tova language server ");
    put_text(file, crash->version);
    put_text(file, " was ended by signal ");
    put_number(file, (uint64_t)number);
    put_text(file, ".\nNo text of any file and no path is in this report.\n");
    put_messages(file, crash);
    close(file);
}

static void on_signal(int number) {
    struct crash *crash = watched;
    watched = NULL;
    if (crash != NULL) {
        write_report(crash, number);
    }
    raise(number); /* with its usual effect, by SA_RESETHAND, once this handler has returned */
}

/* ---- watching */

static void watch_signals(void) {
    struct sigaction action = {.sa_handler = on_signal, .sa_flags = (int)(SA_RESETHAND | SA_ONSTACK)};
    sigemptyset(&action.sa_mask);
    for (int i = 0; i < SIGNALS; i++) {
        sigaction(signals[i], &action, NULL);
    }
}

void crash_init(struct crash *crash, const char *folder, const char *version) {
    int size = folder == NULL ? 0 : snprintf(crash->folder, sizeof crash->folder, "%s", folder);
    int whole = snprintf(crash->path, sizeof crash->path, "%s/crash-%lld-%d.txt", crash->folder, (long long)time(NULL),
                         (int)getpid());
    crash->version = version;
    if (!WATCHED || size <= 0 || whole >= (int)sizeof crash->path) {
        crash->folder[0] = '\0';
        return;
    }
    crash->stack = xmalloc(STACK_BYTES);
    sigaltstack(&(stack_t){.ss_sp = crash->stack, .ss_size = STACK_BYTES}, NULL);
    watched = crash;
    watch_signals();
}

void crash_finish(struct crash *crash) {
    if (crash->stack == NULL) {
        return;
    }
    watched = NULL;
    for (int i = 0; i < SIGNALS; i++) {
        signal(signals[i], SIG_DFL);
    }
    sigaltstack(&(stack_t){.ss_flags = SS_DISABLE}, NULL);
    xfree(crash->stack);
    crash->stack = NULL;
}

/* ---- shapes */

/* Behind the string that begins at `start`, its quotes included. */
static size_t end_of_string(struct str json, size_t start) {
    size_t at = start + 1;
    while (at < json.size && json.data[at] != '"') {
        at += json.data[at] == '\\' ? 2 : 1;
    }
    return at < json.size ? at + 1 : json.size;
}

static bool is_name(struct str json, size_t end) {
    while (end < json.size && (json.data[end] == ' ' || json.data[end] == '\n')) {
        end++;
    }
    return end < json.size && json.data[end] == ':';
}

struct shape {
    char *out;
    uint32_t size, capacity;
};

static void add(struct shape *shape, struct str text) {
    size_t room = shape->capacity - shape->size;
    size_t size = text.size < room ? text.size : room;
    memcpy(shape->out + shape->size, text.data, size);
    shape->size += (uint32_t)size;
}

static void add_length(struct shape *shape, size_t length) {
    char text[NUMBER_BYTES + 8];
    int size = snprintf(text, sizeof text, "\"…%zu\"", length);
    add(shape, (struct str){text, (size_t)size});
}

uint32_t crash_shape(struct str json, char *out, uint32_t capacity) {
    struct shape shape = {.out = out, .capacity = capacity};
    bool told = false; /* the next string is the name of a method */
    for (size_t at = 0; at < json.size && shape.size < capacity;) {
        if (json.data[at] != '"') {
            add(&shape, str_slice(json, at, at + 1));
            at++;
            continue;
        }
        size_t end = end_of_string(json, at);
        struct str string = str_slice(json, at, end);
        bool named = is_name(json, end);
        if (named || told) {
            add(&shape, string);
        } else {
            add_length(&shape, string.size > 2 ? string.size - 2 : 0);
        }
        told = named && str_equal(string, STR("\"method\""));
        at = end;
    }
    return shape.size;
}

void crash_remember(struct crash *crash, uint64_t milliseconds, struct str body) {
    if (crash->stack == NULL) {
        return;
    }
    struct crash_message *message = &crash->messages[crash->count % CRASH_MESSAGES];
    message->shown = 0; /* a crash in here shows nothing of it */
    message->at = milliseconds;
    message->size = body.size;
    crash->count++;
    message->shown = crash_shape(body, message->text, sizeof message->text);
}

/* ---- reports of before */

bool crash_take_report(struct arena *arena, const char *folder, struct str *path) {
    DIR *entries = folder == NULL ? NULL : opendir(folder);
    bool found = false;
    for (struct dirent *entry; entries != NULL && !found && (entry = readdir(entries)) != NULL;) {
        struct str name = str_from_c(entry->d_name);
        if (!str_starts_with(name, STR("crash-")) || !str_ends_with(name, STR(".txt"))) {
            continue;
        }
        struct str from = arena_printf(arena, "%s/%s", folder, entry->d_name);
        struct str to = arena_printf(arena, "%s/told-%s", folder, entry->d_name);
        found = rename(from.data, to.data) == 0;
        *path = to;
    }
    if (entries != NULL) {
        closedir(entries);
    }
    return found;
}
