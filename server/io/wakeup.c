/* wakeup: timers and idle jobs. */
#include "server/io/wakeup.h"

#include "parser/base/xalloc.h"
#include "server/io/loop_uv.h"

struct wakeup {
    uv_timer_t handle; /* first: the handle's memory is this block */
    void (*callback)(void *context);
    void *context;
};

static void on_wakeup(uv_timer_t *handle) {
    struct wakeup *wakeup = handle->data;
    wakeup->callback(wakeup->context);
}

struct wakeup *wakeup_create(struct loop *loop, void (*callback)(void *context), void *context) {
    struct wakeup *wakeup = xcalloc(1, sizeof *wakeup);
    uv_timer_init(loop_uv(loop), &wakeup->handle);
    wakeup->handle.data = wakeup;
    wakeup->callback = callback;
    wakeup->context = context;
    return wakeup;
}

void wakeup_start(struct wakeup *wakeup, uint64_t delay, uint64_t repeat) {
    uv_update_time(wakeup->handle.loop);
    uv_timer_start(&wakeup->handle, on_wakeup, delay, repeat);
}

void wakeup_stop(struct wakeup *wakeup) { uv_timer_stop(&wakeup->handle); }

void wakeup_destroy(struct wakeup *wakeup) {
    if (wakeup != NULL) {
        uv_close((uv_handle_t *)&wakeup->handle, loop_free_handle);
    }
}

struct idle {
    uv_idle_t handle; /* first: the handle's memory is this block */
    void (*callback)(void *context);
    void *context;
};

static void on_idle(uv_idle_t *handle) {
    struct idle *idle = handle->data;
    idle->callback(idle->context);
}

struct idle *idle_create(struct loop *loop, void (*callback)(void *context), void *context) {
    struct idle *idle = xcalloc(1, sizeof *idle);
    uv_idle_init(loop_uv(loop), &idle->handle);
    idle->handle.data = idle;
    idle->callback = callback;
    idle->context = context;
    return idle;
}

void idle_start(struct idle *idle) { uv_idle_start(&idle->handle, on_idle); }

void idle_stop(struct idle *idle) { uv_idle_stop(&idle->handle); }

void idle_destroy(struct idle *idle) {
    if (idle != NULL) {
        uv_close((uv_handle_t *)&idle->handle, loop_free_handle);
    }
}
