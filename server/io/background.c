/* background: libuv's queue of work. */
#include "server/io/background.h"

#include "parser/base/xalloc.h"
#include "server/io/loop_uv.h"

#include <assert.h>

struct job {
    uv_work_t request;
    void (*work)(void *context);
    void (*done)(void *context);
    void *context;
};

static void on_work(uv_work_t *request) {
    const struct job *job = request->data;
    job->work(job->context);
}

static void on_done(uv_work_t *request, int status) {
    struct job job = *(struct job *)request->data;
    xfree(request->data);
    job.done(job.context);
}

void background_run(struct loop *loop, void (*work)(void *context), void (*done)(void *context), void *context) {
    struct job *job = xcalloc(1, sizeof *job);
    *job = (struct job){.work = work, .done = done, .context = context};
    job->request.data = job;
    int error = uv_queue_work(loop_uv(loop), &job->request, on_work, on_done);
    assert(error == 0);
    (void)error;
}
