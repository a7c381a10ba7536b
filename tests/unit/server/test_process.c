/* process: children's lines, descriptor 3, environment, and their end. */
#include "server/io/process.h"
#include "parser/base/strbuf.h"
#include "tests/unit/unit.h"

#include <signal.h>
#include <stdlib.h>
#include <string.h>

struct run {
    struct loop *loop;
    struct process *process;
    struct strbuf streams[PROCESS_STREAM_COUNT]; /* each line followed by a newline */
    uint64_t grace;                              /* milliseconds, of a child that says "stop me" */
    bool stops_at_line; /* the loop, at the next one */
    bool ended;
    int64_t status;
    int signal;
};

static void on_line(void *context, enum process_stream stream, struct str line) {
    struct run *run = context;
    assert_false(run->ended);
    strbuf_add(&run->streams[stream], line);
    strbuf_add_byte(&run->streams[stream], '\n');
    if (run->stops_at_line) {
        loop_stop(run->loop);
    }
    if (str_equal(line, STR("stop me"))) {
        process_stop(run->process, run->grace);
    }
}

static void on_ended(void *context, int64_t status, int number) {
    struct run *run = context;
    assert_false(run->ended);
    run->ended = true;
    run->status = status;
    run->signal = number;
}

static void start(struct run *run, const char *script, bool message_pipe) {
    const char *const arguments[] = {"sh", "-c", script, "sh", "an argument; with $signs", NULL};
    const char *const environment[] = {"TOVA_TEST=set here", NULL};
    struct process_options options = {.arguments = arguments, .environment = environment, .message_pipe = message_pipe};
    struct process_events events = {.context = run, .line = on_line, .ended = on_ended};
    struct arena arena = {0};
    struct str error = {0};
    memset(run, 0, sizeof *run);
    for (int i = 0; i < PROCESS_STREAM_COUNT; i++) {
        strbuf_init(&run->streams[i], 1024 * 1024);
    }
    run->loop = loop_create();
    run->process = process_start(run->loop, &options, &events, &arena, &error);
    assert_non_null(run->process);
    arena_finish(&arena);
}

static void finish(struct run *run) {
    process_destroy(run->process);
    loop_destroy(run->loop);
    for (int i = 0; i < PROCESS_STREAM_COUNT; i++) {
        strbuf_finish(&run->streams[i]);
    }
}

static void lines_of_each_stream_come_apart(void **state) {
    struct run run;
    start(&run, "printf 'one\\ntwo\\r\\nthree'; echo wrong >&2; echo ready >&3; exit 7", true);
    loop_run(run.loop);
    assert_true(run.ended);
    assert_int_equal(run.status, 7);
    assert_str(strbuf_str(&run.streams[PROCESS_STDOUT]), "one\ntwo\nthree\n");
    assert_str(strbuf_str(&run.streams[PROCESS_STDERR]), "wrong\n");
    assert_str(strbuf_str(&run.streams[PROCESS_MESSAGE]), "ready\n");
    finish(&run);
}

static void arguments_and_environment_arrive_as_given(void **state) {
    struct run run;
    start(&run, "echo \"$1\"; echo \"$TOVA_TEST\"; echo \"${PATH:+path}\"", false);
    loop_run(run.loop);
    assert_str(strbuf_str(&run.streams[PROCESS_STDOUT]), "an argument; with $signs\nset here\npath\n");
    finish(&run);
}

static void the_end_of_its_input_ends_a_child_that_reads(void **state) {
    struct run run;
    start(&run, "trap '' TERM; echo stop me; cat; echo ended by itself", false);
    run.grace = 20 * 1000;
    process_write(run.process, STR("read\n"));
    loop_run(run.loop);
    assert_int_equal(run.signal, 0);
    assert_str(strbuf_str(&run.streams[PROCESS_STDOUT]), "stop me\nread\nended by itself\n");
    finish(&run);
}

static void a_child_that_will_not_end_is_killed(void **state) {
    struct run run;
    start(&run, "trap '' TERM; echo stop me; while :; do sleep 0.01; done", false);
    run.grace = 50;
    loop_run(run.loop);
    assert_true(run.ended);
    assert_int_equal(run.signal, SIGKILL);
    finish(&run);
}

static void a_grandchild_that_holds_the_output_does_not_hold_the_end(void **state) {
    struct run run;
    start(&run, "sleep 30 & echo left", false);
    uint64_t before = loop_clock();
    loop_run(run.loop);
    assert_true(run.ended);
    assert_true(loop_clock() - before < UINT64_C(25000000000));
    finish(&run);
}

static void a_very_long_line_comes_in_pieces(void **state) {
    struct run run;
    start(&run, "head -c 200000 /dev/zero | tr '\\0' x; echo", false);
    loop_run(run.loop);
    struct str out = strbuf_str(&run.streams[PROCESS_STDOUT]);
    assert_int_equal(out.size, 200000 + 4);
    assert_int_equal(str_find(out, '\n', 0), 64 * 1024);
    finish(&run);
}

static void destroying_ends_a_running_child_without_a_word(void **state) {
    struct run run;
    start(&run, "echo $$; exec sleep 30", false);
    run.stops_at_line = true;
    loop_run(run.loop);
    int64_t number = strtoll(run.streams[PROCESS_STDOUT].data, NULL, 10);
    assert_true(number > 0);
    assert_true(loop_process_exists(number));
    finish(&run);
    assert_false(run.ended);
    assert_false(loop_process_exists(number));
}

static void a_program_that_is_not_there_is_told(void **state) {
    const char *const arguments[] = {"tova-no-such-program", NULL};
    struct process_options options = {.arguments = arguments};
    struct process_events events = {.line = on_line, .ended = on_ended};
    struct arena arena = {0};
    struct str error = {0};
    struct loop *loop = loop_create();
    assert_null(process_start(loop, &options, &events, &arena, &error));
    assert_true(str_starts_with(error, STR("it cannot be started: ")));
    loop_destroy(loop);
    arena_finish(&arena);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(lines_of_each_stream_come_apart),
        cmocka_unit_test(arguments_and_environment_arrive_as_given),
        cmocka_unit_test(the_end_of_its_input_ends_a_child_that_reads),
        cmocka_unit_test(a_child_that_will_not_end_is_killed),
        cmocka_unit_test(a_grandchild_that_holds_the_output_does_not_hold_the_end),
        cmocka_unit_test(a_very_long_line_comes_in_pieces),
        cmocka_unit_test(destroying_ends_a_running_child_without_a_word),
        cmocka_unit_test(a_program_that_is_not_there_is_told),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
