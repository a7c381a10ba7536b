/* transport: every kind of descriptor that standard input and output can be. */
#include "server/io/transport.h"
#include "parser/base/strbuf.h"
#include "server/io/wakeup.h"
#include "tests/unit/server/folders.h"
#include "tests/unit/unit.h"

#include <sys/socket.h>

struct client {
    struct loop *loop;
    struct transport *transport;
    struct wakeup *limit;
    struct strbuf received;
    bool ended, closed;
};

static void on_bytes(void *context, struct str bytes) {
    struct client *client = context;
    strbuf_add(&client->received, bytes);
    transport_write(client->transport, bytes);
}

static void on_ended(void *context) {
    struct client *client = context;
    assert_false(client->ended);
    client->ended = true;
    loop_stop(client->loop);
}

static void on_closed(void *context) {
    struct client *client = context;
    client->closed = true;
    loop_stop(client->loop);
}

static void on_limit(void *context) {
    struct client *client = context;
    loop_stop(client->loop);
}

static void begin(struct client *client, int input, int output) {
    struct transport_events events = {.context = client, .bytes = on_bytes, .ended = on_ended};
    memset(client, 0, sizeof *client);
    loop_ignore_broken_pipes();
    strbuf_init(&client->received, 64 * 1024 * 1024);
    client->loop = loop_create();
    client->limit = wakeup_create(client->loop, on_limit, client);
    wakeup_start(client->limit, 3000, 0);
    client->transport = transport_create(client->loop, input, output, &events);
}

static void end(struct client *client) {
    wakeup_destroy(client->limit);
    transport_destroy(client->transport);
    loop_destroy(client->loop);
    strbuf_finish(&client->received);
}

static void a_pipe_is_read_to_its_end_and_echoed(void **state) {
    struct client client;
    int in[2], out[2];
    char buffer[16];
    assert_int_equal(pipe(in) | pipe(out), 0);
    assert_int_equal(write(in[1], "hello", 5), 5);
    close(in[1]);
    begin(&client, in[0], out[1]);
    loop_run(client.loop);
    assert_true(client.ended);
    assert_str(strbuf_str(&client.received), "hello");
    assert_int_equal(read(out[0], buffer, sizeof buffer), 5);
    end(&client);
    close(out[0]);
}

static void a_socket_works_as_a_pipe(void **state) {
    struct client client;
    int pair[2];
    char buffer[16];
    assert_int_equal(socketpair(AF_UNIX, SOCK_STREAM, 0, pair), 0);
    assert_int_equal(write(pair[1], "hello", 5), 5);
    shutdown(pair[1], SHUT_WR);
    begin(&client, pair[0], dup(pair[0]));
    loop_run(client.loop);
    assert_true(client.ended);
    assert_int_equal(read(pair[1], buffer, sizeof buffer), 5);
    end(&client);
    close(pair[1]);
}

static void files_are_read_and_written_like_pipes(void **state) {
    struct client client;
    struct folder folder;
    folder_create(&folder);
    folder_write(&folder, "in", "hello");
    int input = open(folder_path(&folder, "in").data, O_RDONLY);
    int output = open(folder_path(&folder, "out").data, O_WRONLY | O_CREAT, 0600);
    begin(&client, input, output);
    loop_run(client.loop);
    assert_true(client.ended);
    assert_str(folder_read(&folder, "out"), "hello");
    end(&client);
    close(input);
    close(output);
    folder_destroy(&folder);
}

static void dev_null_is_an_empty_input(void **state) {
    struct client client;
    int null = open("/dev/null", O_RDWR);
    begin(&client, null, null);
    loop_run(client.loop);
    assert_true(client.ended);
    assert_int_equal(client.received.size, 0);
    end(&client);
    close(null);
}

static void a_closed_descriptor_is_an_empty_input(void **state) {
    struct client client;
    int null = open("/dev/null", O_RDWR);
    close(null);
    begin(&client, null, null);
    loop_run(client.loop);
    assert_true(client.ended);
    end(&client);
}

static void a_client_that_does_not_read_is_read_no_more(void **state) {
    static char block[1024 * 1024];
    struct client client;
    int in[2], out[2];
    assert_int_equal(pipe(in) | pipe(out), 0);
    begin(&client, in[0], out[1]);
    for (int i = 0; i < 9; i++) {
        transport_write(client.transport, (struct str){block, sizeof block});
    }
    assert_int_equal(write(in[1], "hello", 5), 5);
    loop_run_ready(client.loop);
    loop_run_ready(client.loop);
    assert_int_equal(client.received.size, 0);
    /* It reads everything: then it is read again. */
    fcntl(out[0], F_SETFL, O_NONBLOCK);
    for (int i = 0; i < 10000 && client.received.size == 0; i++) {
        ssize_t size;
        do {
            size = read(out[0], block, sizeof block);
        } while (size > 0);
        loop_run_ready(client.loop);
    }
    assert_str(strbuf_str(&client.received), "hello");
    end(&client);
    close(in[1]);
    close(out[0]);
}

static void closing_waits_for_what_is_queued(void **state) {
    static char block[300 * 1024];
    struct client client;
    int in[2], out[2];
    size_t got = 0;
    assert_int_equal(pipe(in) | pipe(out), 0);
    begin(&client, in[0], out[1]);
    transport_write(client.transport, (struct str){block, sizeof block});
    transport_close(client.transport, on_closed, &client);
    fcntl(out[0], F_SETFL, O_NONBLOCK);
    for (int i = 0; i < 10000 && !client.closed; i++) {
        ssize_t size = read(out[0], block, sizeof block);
        got += size > 0 ? (size_t)size : 0;
        loop_run_ready(client.loop);
    }
    for (ssize_t size = 1; size > 0; got += size > 0 ? (size_t)size : 0) {
        size = read(out[0], block, sizeof block);
    }
    assert_true(client.closed);
    assert_false(client.ended);
    assert_int_equal(got, sizeof block);
    end(&client);
    close(in[1]);
    close(out[0]);
}

static void a_client_that_has_gone_ends_the_transport(void **state) {
    struct client client;
    int in[2], out[2];
    assert_int_equal(pipe(in) | pipe(out), 0);
    begin(&client, in[0], out[1]);
    close(out[0]);
    transport_write(client.transport, STR("hello"));
    loop_run(client.loop);
    assert_true(client.ended);
    transport_write(client.transport, STR("nobody reads this"));
    end(&client);
    close(in[1]);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_pipe_is_read_to_its_end_and_echoed),
        cmocka_unit_test(a_socket_works_as_a_pipe),
        cmocka_unit_test(files_are_read_and_written_like_pipes),
        cmocka_unit_test(dev_null_is_an_empty_input),
        cmocka_unit_test(a_closed_descriptor_is_an_empty_input),
        cmocka_unit_test(a_client_that_does_not_read_is_read_no_more),
        cmocka_unit_test(closing_waits_for_what_is_queued),
        cmocka_unit_test(a_client_that_has_gone_ends_the_transport),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
