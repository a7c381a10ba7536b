/* transport: queued writing and interruptible reading over whatever the descriptors are. */
#include "server/io/transport.h"

#include "parser/base/xalloc.h"
#include "server/io/loop_uv.h"
#include "server/io/wakeup.h"

#include <assert.h>
#include <errno.h>
#include <string.h>
#include <unistd.h>

enum {
    READ_BYTES = 64 * 1024,
    QUEUE_HIGH = 8 * 1024 * 1024, /* more than this unsent: reading stops */
    QUEUE_LOW = 1024 * 1024,      /* less than this unsent: reading goes on */
};

/* One direction. libuv can poll pipes, sockets and terminals; files and /dev/null abort when opened as a pipe and are
 * read and written directly. */
struct channel {
    union {
        uv_handle_t handle;
        uv_stream_t stream;
        uv_pipe_t pipe;
        uv_tcp_t tcp;
        uv_tty_t tty;
    } uv;
    bool is_stream, is_file;
    int descriptor;
};

struct transport {
    struct channel input, output;
    struct idle *file_reader; /* reads `input` when it is a file */
    struct transport_events events;
    size_t pending;
    bool reading, ended, broken, destroyed;
    bool held;      /* the owner wants nothing to be read */
    bool congested; /* more than QUEUE_HIGH was unsent, and QUEUE_LOW is still */
    unsigned open_handles;
    void (*closed)(void *context);
    void *closed_context;
    char buffer[READ_BYTES];
};

struct queued_write {
    uv_write_t request;
    struct transport *transport;
    size_t size;
    char bytes[];
};

static bool channel_open(struct channel *channel, uv_loop_t *loop, int descriptor) {
    channel->descriptor = descriptor;
    uv_handle_type type = uv_guess_handle(descriptor);
    channel->is_file = type == UV_FILE;
    channel->is_stream = true;
    if (type == UV_NAMED_PIPE) {
        uv_pipe_init(loop, &channel->uv.pipe, 0);
        return uv_pipe_open(&channel->uv.pipe, descriptor) == 0;
    }
    if (type == UV_TCP) {
        uv_tcp_init(loop, &channel->uv.tcp);
        return uv_tcp_open(&channel->uv.tcp, descriptor) == 0;
    }
    channel->is_stream = type == UV_TTY && uv_tty_init(loop, &channel->uv.tty, descriptor, 0) == 0;
    return channel->is_stream || channel->is_file;
}

static void end_of_input(struct transport *transport) {
    if (!transport->ended) {
        transport->ended = true;
        transport->events.ended(transport->events.context);
    }
}

static void on_alloc(uv_handle_t *handle, size_t suggested, uv_buf_t *buffer) {
    struct transport *transport = handle->data;
    *buffer = uv_buf_init(transport->buffer, READ_BYTES);
}

static void stop_reading(struct transport *transport) {
    if (!transport->reading) {
        return;
    }
    transport->reading = false;
    if (transport->input.is_stream) {
        uv_read_stop(&transport->input.uv.stream);
    } else {
        idle_stop(transport->file_reader);
    }
}

/* `size` bytes have been read; 0 or less: there will be none. */
static void take_input(struct transport *transport, ssize_t size, const char *bytes) {
    if (size > 0) {
        transport->events.bytes(transport->events.context, (struct str){bytes, (size_t)size});
    } else {
        stop_reading(transport);
        end_of_input(transport);
    }
}

static void on_read(uv_stream_t *stream, ssize_t size, const uv_buf_t *buffer) {
    if (size != 0) { /* 0 is not the end here, but nothing for the moment */
        take_input(stream->data, size, buffer->base);
    }
}

static void on_file_turn(void *context) {
    struct transport *transport = context;
    ssize_t size;
    do {
        size = read(transport->input.descriptor, transport->buffer, READ_BYTES);
    } while (size < 0 && errno == EINTR);
    take_input(transport, size, transport->buffer);
}

static void start_reading(struct transport *transport) {
    if (transport->reading || transport->ended || transport->held || transport->congested ||
        transport->closed != NULL) {
        return;
    }
    transport->reading = true;
    if (transport->input.is_stream) {
        uv_read_start(&transport->input.uv.stream, on_alloc, on_read);
    } else {
        idle_start(transport->file_reader);
    }
}

struct transport *transport_create(struct loop *loop, int input, int output, const struct transport_events *events) {
    struct transport *transport = xcalloc(1, sizeof *transport);
    transport->events = *events;
    transport->file_reader = idle_create(loop, on_file_turn, transport);
    channel_open(&transport->input, loop_uv(loop), input);
    transport->broken = !channel_open(&transport->output, loop_uv(loop), output);
    transport->input.uv.handle.data = transport;
    transport->output.uv.handle.data = transport;
    transport->open_handles = (unsigned)transport->input.is_stream + (unsigned)transport->output.is_stream;
    start_reading(transport); /* a closed descriptor is read as a file and gives the end at once */
    return transport;
}

static void tell_closed(struct transport *transport) {
    if (transport->closed != NULL && transport->pending == 0) {
        void (*closed)(void *context) = transport->closed;
        transport->closed = NULL;
        closed(transport->closed_context);
    }
}

static void on_written(uv_write_t *request, int status) {
    struct queued_write *queued = request->data;
    struct transport *transport = queued->transport;
    transport->pending -= queued->size;
    xfree(queued);
    if (transport->destroyed) {
        return;
    }
    if (status < 0) {
        transport->broken = true;
        stop_reading(transport);
        end_of_input(transport);
    } else if (transport->congested && transport->pending < QUEUE_LOW) {
        transport->congested = false;
        start_reading(transport);
        if (transport->events.drained != NULL) {
            transport->events.drained(transport->events.context);
        }
    }
    tell_closed(transport);
}

static void write_file(struct transport *transport, struct str bytes) {
    while (bytes.size > 0) {
        ssize_t size = write(transport->output.descriptor, bytes.data, bytes.size);
        if (size < 0 && errno != EINTR) {
            transport->broken = true;
            return;
        }
        bytes = str_slice(bytes, size < 0 ? 0 : (size_t)size, bytes.size);
    }
}

/* Writes what the system takes at once, when nothing waits before it; gives how many bytes that were. An error comes again with what
 * is queued then. */
static size_t write_now(struct transport *transport, struct str bytes) {
    uv_buf_t buffer = {.base = (char *)(uintptr_t)bytes.data, .len = bytes.size};
    int size = transport->pending > 0 ? 0 : uv_try_write(&transport->output.uv.stream, &buffer, 1);
    return size > 0 ? (size_t)size : 0;
}

void transport_write(struct transport *transport, struct str bytes) {
    if (transport->broken || bytes.size == 0) {
        return;
    }
    if (transport->output.is_file) {
        write_file(transport, bytes);
        return;
    }
    bytes = str_slice(bytes, write_now(transport, bytes), bytes.size);
    if (bytes.size == 0) {
        return;
    }
    struct queued_write *queued = xmalloc(sizeof *queued + bytes.size);
    queued->transport = transport;
    queued->size = bytes.size;
    queued->request.data = queued;
    memcpy(queued->bytes, bytes.data, bytes.size);
    uv_buf_t buffer = {.base = queued->bytes, .len = bytes.size};
    transport->pending += bytes.size;
    if (uv_write(&queued->request, &transport->output.uv.stream, &buffer, 1, on_written) != 0) {
        transport->pending -= bytes.size;
        transport->broken = true;
        xfree(queued);
        return;
    }
    if (transport->pending > QUEUE_HIGH) {
        transport->congested = true;
        stop_reading(transport);
    }
}

bool transport_is_congested(const struct transport *transport) { return transport->congested; }

bool transport_is_broken(const struct transport *transport) { return transport->broken; }

void transport_poll(struct transport *transport) {
    while (transport->reading) {
        ssize_t size = read(transport->input.descriptor, transport->buffer, READ_BYTES);
        if (size < 0 && (errno == EAGAIN || errno == EINTR)) {
            return;
        }
        take_input(transport, size, transport->buffer);
        if (size < READ_BYTES) {
            return;
        }
    }
}

void transport_hold(struct transport *transport, bool hold) {
    transport->held = hold;
    if (hold) {
        stop_reading(transport);
    } else {
        start_reading(transport);
    }
}

void transport_close(struct transport *transport, void (*closed)(void *context), void *context) {
    assert(transport->closed == NULL);
    stop_reading(transport);
    transport->ended = true;
    transport->closed = closed;
    transport->closed_context = context;
    tell_closed(transport);
}

static void on_handle_closed(uv_handle_t *handle) {
    struct transport *transport = handle->data;
    if (--transport->open_handles == 0) {
        xfree(transport);
    }
}

void transport_destroy(struct transport *transport) {
    if (transport == NULL) {
        return;
    }
    transport->destroyed = true;
    idle_destroy(transport->file_reader);
    if (transport->open_handles == 0) {
        xfree(transport);
        return;
    }
    if (transport->input.is_stream) {
        uv_close(&transport->input.uv.handle, on_handle_closed);
    }
    if (transport->output.is_stream) {
        uv_close(&transport->output.uv.handle, on_handle_closed);
    }
}
