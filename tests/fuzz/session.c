/* Fuzz target: the whole language server on any conversation. An input is either a raw stream (it begins with a header) or
 * bodies with lines of three dashes between them, which are framed here. Nothing is written to disk. */
#include "server/session.h"
#include "server/lsp/framing.h"
#include "tests/fuzz/fuzz.h"

#include <fcntl.h>
#include <string.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <unistd.h>

enum { STREAM_BYTES = 64 * 1024 * 1024 };

static void frame_bodies(struct str input, struct strbuf *stream) {
    static const char separator[] = "\n---\n";
    while (input.size > 0) {
        const char *found = memmem(input.data, input.size, separator, strlen(separator));
        size_t size = found == NULL ? input.size : (size_t)(found - input.data);
        framing_write(stream, str_slice(input, 0, size));
        input = str_slice(input, size + strlen(separator), input.size);
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    struct str input = {(const char *)data, size};
    struct strbuf stream;
    strbuf_init(&stream, STREAM_BYTES);
    if (str_starts_with(input, STR("Content-"))) {
        strbuf_add(&stream, input);
    } else {
        frame_bodies(input, &stream);
    }

    int from = memfd_create("fuzz", MFD_CLOEXEC), to = open("/dev/null", O_WRONLY | O_CLOEXEC);
    if (from < 0 || to < 0 || write(from, stream.data, stream.size) != (ssize_t)stream.size ||
        lseek(from, 0, SEEK_SET) != 0) {
        abort();
    }
    struct session_options options = {.input = from, .output = to, .log_path = "/dev/null", .read_only = true};
    int code = session_run(&options);
    close(from);
    close(to);
    strbuf_finish(&stream);
    if (code != 0 && code != 1) {
        abort();
    }
    return 0;
}
