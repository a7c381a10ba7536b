/* loop: the event loop, its signals, the clock. */
#include "server/io/loop.h"

#include "parser/base/xalloc.h"
#include "server/io/loop_uv.h"

#include <assert.h>
#include <errno.h>
#include <signal.h>

struct signal_watch {
    uv_signal_t handle; /* first: the handle's memory is this block */
    struct signal_watch *next;
    void (*callback)(void *context, int number);
    void *context;
};

struct loop {
    uv_loop_t uv;
    struct signal_watch *signals;
};

struct loop *loop_create(void) {
    struct loop *loop = xcalloc(1, sizeof *loop);
    int error = uv_loop_init(&loop->uv);
    assert(error == 0);
    (void)error;
    return loop;
}

uv_loop_t *loop_uv(struct loop *loop) { return &loop->uv; }

void loop_free_handle(uv_handle_t *handle) { xfree(handle); }

void loop_destroy(struct loop *loop) {
    if (loop == NULL) {
        return;
    }
    while (loop->signals != NULL) {
        struct signal_watch *watch = loop->signals;
        loop->signals = watch->next;
        uv_close((uv_handle_t *)&watch->handle, loop_free_handle);
    }
    uv_run(&loop->uv, UV_RUN_DEFAULT);
    int error = uv_loop_close(&loop->uv);
    assert(error == 0);
    (void)error;
    xfree(loop);
}

void loop_run(struct loop *loop) { uv_run(&loop->uv, UV_RUN_DEFAULT); }

void loop_run_ready(struct loop *loop) { uv_run(&loop->uv, UV_RUN_NOWAIT); }

void loop_stop(struct loop *loop) { uv_stop(&loop->uv); }

uint64_t loop_clock(void) { return uv_hrtime(); }

static void on_signal(uv_signal_t *handle, int number) {
    struct signal_watch *watch = handle->data;
    watch->callback(watch->context, number);
}

void loop_on_signal(struct loop *loop, int number, void (*callback)(void *context, int number), void *context) {
    struct signal_watch *watch = xcalloc(1, sizeof *watch);
    watch->callback = callback;
    watch->context = context;
    watch->next = loop->signals;
    loop->signals = watch;
    uv_signal_init(&loop->uv, &watch->handle);
    watch->handle.data = watch;
    uv_signal_start(&watch->handle, on_signal, number);
    uv_unref((uv_handle_t *)&watch->handle);
}

void loop_ignore_broken_pipes(void) { signal(SIGPIPE, SIG_IGN); }

bool loop_process_exists(int64_t number) {
    return number > 0 && number <= INT32_MAX && (kill((pid_t)number, 0) == 0 || errno == EPERM);
}
