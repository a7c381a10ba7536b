/* process: spawning, line splitting, and an orderly end. */
#include "server/io/process.h"

#include "parser/base/strbuf.h"
#include "parser/base/vec.h"
#include "parser/base/xalloc.h"
#include "server/io/loop_uv.h"

#include <signal.h>
#include <string.h>
#include <unistd.h>

enum {
    LINE_BYTES = 64 * 1024,
    READ_BYTES = 16 * 1024,
    DRAIN_MILLISECONDS = 500, /* how long outputs may stay open (held by a grandchild) after the child has ended */
};

struct stream {
    uv_pipe_t pipe;
    struct process *process;
    enum process_stream kind;
    struct strbuf line;
    bool open;
};

struct process {
    uv_process_t handle;
    uv_pipe_t input;
    uv_timer_t timer; /* the grace period, then the drain */
    struct stream streams[PROCESS_STREAM_COUNT];
    struct process_events events;
    char buffer[READ_BYTES];
    int64_t status;
    int signal;
    bool own_group; /* it leads a process group, so its children are signalled with it */
    bool input_open, running, told, destroyed;
    unsigned open_handles;
};

struct input_write {
    uv_write_t request;
    char bytes[];
};

static void on_closed(uv_handle_t *handle) {
    struct process *process = handle->data;
    if (--process->open_handles > 0 || !process->destroyed) {
        return;
    }
    for (int i = 0; i < PROCESS_STREAM_COUNT; i++) {
        strbuf_finish(&process->streams[i].line);
    }
    xfree(process);
}

static void close_input(struct process *process) {
    if (!process->input_open) {
        return;
    }
    process->input_open = false;
    uv_close((uv_handle_t *)&process->input, on_closed);
}

static void tell_line(struct stream *stream, struct str line) {
    if (!stream->process->destroyed) {
        stream->process->events.line(stream->process->events.context, stream->kind, line);
    }
}

static void close_stream(struct stream *stream) {
    if (!stream->open) {
        return;
    }
    stream->open = false;
    if (stream->line.size > 0) {
        tell_line(stream, strbuf_str(&stream->line));
    }
    strbuf_clear(&stream->line);
    uv_close((uv_handle_t *)&stream->pipe, on_closed);
}

static void tell_ended_when_drained(struct process *process) {
    for (int i = 0; i < PROCESS_STREAM_COUNT; i++) {
        if (process->streams[i].open) {
            return;
        }
    }
    if (process->running || process->told || process->destroyed) {
        return;
    }
    process->told = true;
    uv_timer_stop(&process->timer);
    process->events.ended(process->events.context, process->status, process->signal);
}

/* Splits what has arrived into lines; a carriage return before the newline belongs to the line end. */
static void add_bytes(struct stream *stream, struct str bytes) {
    while (bytes.size > 0 && !stream->process->destroyed) {
        size_t end = str_find(bytes, '\n', 0);
        size_t room = LINE_BYTES - stream->line.size;
        bool whole = end < bytes.size && end <= room;
        size_t size = whole || end <= room ? end : room;
        strbuf_add(&stream->line, str_slice(bytes, 0, size));
        bytes = str_slice(bytes, size + (whole ? 1 : 0), bytes.size);
        if (!whole && stream->line.size < LINE_BYTES) {
            return;
        }
        struct str line = strbuf_str(&stream->line);
        if (whole && str_ends_with(line, STR("\r"))) {
            line.size--;
        }
        tell_line(stream, line);
        strbuf_clear(&stream->line);
    }
}

static void on_alloc(uv_handle_t *handle, size_t suggested, uv_buf_t *buffer) {
    struct process *process = handle->data;
    *buffer = uv_buf_init(process->buffer, READ_BYTES);
}

static void on_read(uv_stream_t *pipe, ssize_t size, const uv_buf_t *buffer) {
    struct process *process = pipe->data;
    struct stream *stream = process->streams;
    while (&stream->pipe != (uv_pipe_t *)pipe) {
        stream++;
    }
    if (size > 0) {
        add_bytes(stream, (struct str){buffer->base, (size_t)size});
    } else if (size < 0) {
        close_stream(stream);
        tell_ended_when_drained(process);
    }
}

static void on_drain_over(uv_timer_t *timer) {
    struct process *process = timer->data;
    for (int i = 0; i < PROCESS_STREAM_COUNT; i++) {
        close_stream(&process->streams[i]);
    }
    tell_ended_when_drained(process);
}

static void on_child_exit(uv_process_t *handle, int64_t status, int signal) {
    struct process *process = handle->data;
    process->running = false;
    process->status = status;
    process->signal = signal;
    if (process->destroyed) {
        uv_close((uv_handle_t *)handle, on_closed);
        return;
    }
    close_input(process);
    uv_timer_start(&process->timer, on_drain_over, DRAIN_MILLISECONDS, 0);
    tell_ended_when_drained(process);
}

/* This process's environment with `extra` on top; lives in the arena. */
static char **merged_environment(struct arena *arena, const char *const *extra) {
    VEC(char *) merged = {0};
    for (char **entry = environ; *entry != NULL; entry++) {
        struct str have = str_from_c(*entry);
        struct str name = str_slice(have, 0, str_find(have, '=', 0) + 1);
        bool replaced = false;
        for (const char *const *e = extra; e != NULL && *e != NULL && !replaced; e++) {
            replaced = str_starts_with(str_from_c(*e), name);
        }
        if (!replaced) {
            vec_push(arena, &merged, *entry);
        }
    }
    for (const char *const *e = extra; e != NULL && *e != NULL; e++) {
        char *copy = arena_alloc(arena, strlen(*e) + 1);
        memcpy(copy, *e, strlen(*e));
        vec_push(arena, &merged, copy);
    }
    vec_push(arena, &merged, NULL);
    return merged.items;
}

static char **copied_arguments(struct arena *arena, const char *const *arguments) {
    size_t count = 0;
    while (arguments[count] != NULL) {
        count++;
    }
    char **copy = arena_array(arena, char *, count + 1);
    for (size_t i = 0; i < count; i++) {
        size_t size = strlen(arguments[i]);
        copy[i] = arena_alloc(arena, size + 1);
        memcpy(copy[i], arguments[i], size);
    }
    return copy;
}

static void open_pipe(struct process *process, uv_pipe_t *pipe, uv_stdio_container_t *container, unsigned direction) {
    uv_pipe_init(process->timer.loop, pipe, 0);
    pipe->data = process;
    process->open_handles++;
    container->flags = (uv_stdio_flags)(UV_CREATE_PIPE | direction);
    container->data.stream = (uv_stream_t *)pipe;
}

/* Prepares the four descriptors of the child; returns how many there are. */
static int open_pipes(struct process *process, const struct process_options *options, uv_stdio_container_t *stdio) {
    if (options->inherit_input) {
        stdio[0].flags = UV_INHERIT_FD;
        stdio[0].data.fd = STDIN_FILENO;
    } else {
        open_pipe(process, &process->input, &stdio[0], UV_READABLE_PIPE);
        process->input_open = true;
    }
    int outputs = options->message_pipe ? 3 : 2;
    for (int i = 0; i < outputs; i++) {
        struct stream *stream = &process->streams[i];
        open_pipe(process, &stream->pipe, &stdio[i + 1], UV_WRITABLE_PIPE);
        stream->open = true;
    }
    return outputs + 1;
}

static int spawn(struct process *process, const struct process_options *options) {
    struct arena scratch = {0};
    uv_stdio_container_t stdio[4] = {0};
    uv_process_options_t spawn_options = {
        .exit_cb = on_child_exit,
        .args = copied_arguments(&scratch, options->arguments),
        .env = merged_environment(&scratch, options->environment),
        .cwd = options->folder,
        .stdio = stdio,
        .stdio_count = open_pipes(process, options, stdio),
        /* A group of its own: the terminal's Ctrl-C reaches the parent alone, which ends its children in order. */
        .flags = process->own_group ? UV_PROCESS_DETACHED : 0,
    };
    spawn_options.file = spawn_options.args[0];
    int error = uv_spawn(process->timer.loop, &process->handle, &spawn_options);
    arena_finish(&scratch);
    return error;
}

struct process *process_start(struct loop *loop, const struct process_options *options,
                              const struct process_events *events, struct arena *arena, struct str *error) {
    struct process *process = xcalloc(1, sizeof *process);
    process->events = *events;
    process->own_group = !options->inherit_input;
    uv_timer_init(loop_uv(loop), &process->timer);
    process->timer.data = process;
    process->handle.data = process;
    process->open_handles = 2; /* the timer and the process */
    for (int i = 0; i < PROCESS_STREAM_COUNT; i++) {
        process->streams[i].process = process;
        process->streams[i].kind = (enum process_stream)i;
        strbuf_init(&process->streams[i].line, LINE_BYTES);
    }
    int failed = spawn(process, options);
    if (failed != 0) {
        *error = arena_printf(arena, "it cannot be started: %s", uv_strerror(failed));
        process_destroy(process);
        return NULL;
    }
    process->running = true;
    for (int i = 0; i < PROCESS_STREAM_COUNT; i++) {
        if (process->streams[i].open) {
            uv_read_start((uv_stream_t *)&process->streams[i].pipe, on_alloc, on_read);
        }
    }
    return process;
}

static void on_input_written(uv_write_t *request, int status) { xfree(request->data); }

void process_write(struct process *process, struct str bytes) {
    if (!process->input_open || bytes.size == 0) {
        return;
    }
    struct input_write *queued = xmalloc(sizeof *queued + bytes.size);
    queued->request.data = queued;
    memcpy(queued->bytes, bytes.data, bytes.size);
    uv_buf_t buffer = {.base = queued->bytes, .len = bytes.size};
    if (uv_write(&queued->request, (uv_stream_t *)&process->input, &buffer, 1, on_input_written) != 0) {
        xfree(queued);
    }
}

static void send_signal(const struct process *process, int number) {
    if (process->running) {
        kill(process->own_group ? -process->handle.pid : process->handle.pid, number);
    }
}

static void on_grace_over(uv_timer_t *timer) { send_signal(timer->data, SIGKILL); }

void process_stop(struct process *process, uint64_t grace) {
    close_input(process);
    if (!process->running) {
        return;
    }
    send_signal(process, SIGTERM);
    uv_timer_start(&process->timer, on_grace_over, grace, 0);
}

void process_destroy(struct process *process) {
    if (process == NULL) {
        return;
    }
    process->destroyed = true;
    send_signal(process, SIGKILL);
    close_input(process);
    for (int i = 0; i < PROCESS_STREAM_COUNT; i++) {
        close_stream(&process->streams[i]);
    }
    uv_close((uv_handle_t *)&process->timer, on_closed);
    if (!process->running) { /* else when it is reaped, which a closed handle would not do */
        uv_close((uv_handle_t *)&process->handle, on_closed);
    }
}
