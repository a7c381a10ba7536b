/* mirror: lines and bytes. */
#include "server/mirror.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

enum { LINE_BYTES = 64, PATH_BYTES = 4096, NANOSECONDS = 1000, MOST_FILES = 1000 };

static const struct str title = STR_INIT("tova mirror 1\n");

/* ---- writing */

/* All of it, or the recording ends. */
static void write_all(struct mirror *mirror, struct str bytes) {
    while (bytes.size > 0 && mirror->descriptor >= 0) {
        ssize_t count = write(mirror->descriptor, bytes.data, bytes.size);
        if (count < 0 && errno != EINTR) {
            mirror_close(mirror);
        }
        bytes = str_slice(bytes, count > 0 ? (size_t)count : 0, bytes.size);
    }
}

static int make_file(const char *path) { return open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600); }

bool mirror_open(struct mirror *mirror, const char *path, uint64_t now) {
    *mirror = (struct mirror){.descriptor = -1, .start = now};
    if (path == NULL) {
        return true;
    }
    char numbered[PATH_BYTES];
    mirror->descriptor = make_file(path);
    for (unsigned i = 2; mirror->descriptor < 0 && errno == EEXIST && i <= MOST_FILES; i++) {
        bool fits = snprintf(numbered, sizeof numbered, "%s.%u", path, i) < (int)sizeof numbered;
        mirror->descriptor = fits ? make_file(numbered) : -1;
    }
    write_all(mirror, title);
    return mirror->descriptor >= 0;
}

void mirror_close(struct mirror *mirror) {
    if (mirror->descriptor >= 0) {
        close(mirror->descriptor);
        mirror->descriptor = -1;
    }
}

void mirror_add(struct mirror *mirror, uint64_t now, struct str bytes) {
    char line[LINE_BYTES];
    if (mirror->descriptor < 0) {
        return;
    }
    int size = snprintf(line, sizeof line, "%llu %zu\n", (unsigned long long)((now - mirror->start) / NANOSECONDS), bytes.size);
    write_all(mirror, (struct str){line, (size_t)size});
    write_all(mirror, bytes);
    write_all(mirror, STR("\n"));
}

/* ---- reading */

bool mirror_begin(struct str *recording) {
    bool is_recording = str_starts_with(*recording, title);
    *recording = str_slice(*recording, is_recording ? title.size : 0, recording->size);
    return is_recording;
}

/* Takes digits off; false when there are none or far too many. */
static bool take_number(struct str *rest, uint64_t *number) {
    size_t digits = 0;
    *number = 0;
    while (digits < rest->size && rest->data[digits] >= '0' && rest->data[digits] <= '9' && digits < 19) {
        *number = *number * 10 + (uint64_t)(rest->data[digits++] - '0');
    }
    *rest = str_slice(*rest, digits, rest->size);
    return digits > 0;
}

static bool take_byte(struct str *rest, char byte) {
    bool is_there = rest->size > 0 && rest->data[0] == byte;
    *rest = str_slice(*rest, is_there ? 1 : 0, rest->size);
    return is_there;
}

bool mirror_next(struct str *recording, struct str *bytes, uint64_t *microseconds) {
    struct str rest = *recording;
    uint64_t size;
    if (!take_number(&rest, microseconds) || !take_byte(&rest, ' ') || !take_number(&rest, &size) ||
        !take_byte(&rest, '\n') || size > rest.size) {
        return false;
    }
    *bytes = str_slice(rest, 0, (size_t)size);
    rest = str_slice(rest, (size_t)size, rest.size);
    take_byte(&rest, '\n');
    *recording = rest;
    return true;
}
