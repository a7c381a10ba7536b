/* `tova replay`: a recording of `tova lsp --mirror` is played to a new language server, whose messages are printed or compared
 * with those of an earlier time. */
#include "parser/base/strbuf.h"
#include "parser/base/vec.h"
#include "server/commands/command.h"
#include "server/io/loop.h"
#include "server/lsp/framing.h"
#include "server/lsp/jsonrpc.h"
#include "server/mirror.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

enum {
    ANSWER_MILLISECONDS = 20 * 1000, /* an answer that takes longer is not waited for */
    CHUNK_BYTES = 64 * 1024,
    NANOSECONDS_OF_MICROSECOND = 1000,
    NANOSECONDS_OF_MILLISECOND = 1000 * 1000,
};

struct answer {
    struct str id, line;
    bool met;
};

struct replay {
    struct arena arena;
    pid_t process;
    int input, output; /* ours of the daemon's streams; -1 when it is closed */
    struct framing answers;
    struct str awaited; /* the id of the request whose answer is waited for, or empty */
    bool comparing;
    VEC(struct answer) expected;
    unsigned others; /* answers that are not what was expected */
};

/* ---- the daemon */

static bool start_daemon(struct replay *replay) {
    int to[2], from[2];
    char name[] = "tova", word[] = "lsp";
    char *arguments[] = {name, word, NULL};
    posix_spawn_file_actions_t actions;
    if (pipe2(to, O_CLOEXEC) != 0 || pipe2(from, O_CLOEXEC) != 0) {
        return false;
    }
    posix_spawn_file_actions_init(&actions);
    posix_spawn_file_actions_adddup2(&actions, to[0], STDIN_FILENO);
    posix_spawn_file_actions_adddup2(&actions, from[1], STDOUT_FILENO);
    int error = posix_spawn(&replay->process, "/proc/self/exe", &actions, NULL, arguments, environ);
    posix_spawn_file_actions_destroy(&actions);
    close(to[0]);
    close(from[1]);
    replay->input = to[1];
    replay->output = from[0];
    fcntl(replay->input, F_SETFL, O_NONBLOCK);
    return error == 0;
}

/* ---- answers */

static void compare(struct replay *replay, struct str id, struct str body) {
    for (unsigned i = 0; i < replay->expected.count; i++) {
        struct answer *answer = &replay->expected.items[i];
        if (answer->met || !str_equal(answer->id, id)) {
            continue;
        }
        answer->met = true;
        if (!str_equal(answer->line, body)) {
            printf("- %.*s\n+ %.*s\n", STR_ARGUMENTS(answer->line), STR_ARGUMENTS(body));
            replay->others++;
        }
        return;
    }
    printf("+ %.*s\n", STR_ARGUMENTS(body));
    replay->others++;
}

static void take(struct replay *replay, struct str body) {
    struct arena scratch = {0};
    struct message message;
    message_parse(&message, &scratch, body);
    if (message.kind == MESSAGE_RESPONSE && str_equal(message.id, replay->awaited)) {
        replay->awaited = (struct str){0};
    }
    if (!replay->comparing) {
        printf("%.*s\n", STR_ARGUMENTS(body));
    } else if (message.kind == MESSAGE_RESPONSE) {
        compare(replay, message.id, body);
    }
    message_finish(&message);
    arena_finish(&scratch);
}

static void close_output(struct replay *replay) {
    close(replay->output);
    replay->output = -1;
}

static void read_answers(struct replay *replay) {
    char chunk[CHUNK_BYTES];
    ssize_t size = read(replay->output, chunk, sizeof chunk);
    if (size <= 0) {
        close_output(replay);
        return;
    }
    framing_push(&replay->answers, (struct str){chunk, (size_t)size});
    struct str body;
    enum framing_status status;
    while ((status = framing_next(&replay->answers, &body)) == FRAMING_MESSAGE) {
        take(replay, body);
    }
    if (status == FRAMING_BROKEN) {
        close_output(replay);
    }
}

/* Waits for at most so long, until something was read or, when `writing`, can be written; true in the latter case. */
static bool wait_for(struct replay *replay, bool writing, int milliseconds) {
    struct pollfd streams[] = {{.fd = replay->output, .events = POLLIN},
                               {.fd = writing ? replay->input : -1, .events = POLLOUT}};
    if (poll(streams, 2, milliseconds) > 0 && streams[0].revents != 0) {
        read_answers(replay);
    }
    return streams[1].revents != 0;
}

/* ---- playing */

static void send_bytes(struct replay *replay, struct str bytes) {
    while (bytes.size > 0 && replay->output >= 0) {
        if (!wait_for(replay, true, ANSWER_MILLISECONDS)) {
            continue;
        }
        ssize_t size = write(replay->input, bytes.data, bytes.size);
        if (size < 0 && errno != EAGAIN && errno != EINTR) {
            return;
        }
        bytes = str_slice(bytes, size > 0 ? (size_t)size : 0, bytes.size);
    }
}

static void wait_until(struct replay *replay, uint64_t clock) {
    for (uint64_t now = loop_clock(); now < clock && replay->output >= 0; now = loop_clock()) {
        wait_for(replay, false, (int)((clock - now) / NANOSECONDS_OF_MILLISECOND) + 1);
    }
}

static void await_answer(struct replay *replay, struct str body) {
    struct arena scratch = {0};
    struct message message;
    message_parse(&message, &scratch, body);
    if (message.kind == MESSAGE_REQUEST) {
        replay->awaited = message.id;
        uint64_t end = loop_clock() + (uint64_t)ANSWER_MILLISECONDS * NANOSECONDS_OF_MILLISECOND;
        while (replay->awaited.size > 0 && replay->output >= 0 && loop_clock() < end) {
            wait_for(replay, false, ANSWER_MILLISECONDS);
        }
        replay->awaited = (struct str){0};
    }
    message_finish(&message);
    arena_finish(&scratch);
}

/* Message by message: each request has its answer before the next message goes. */
static void play(struct replay *replay, struct str recording) {
    struct framing recorded;
    struct strbuf frame;
    struct str piece, body;
    uint64_t microseconds;
    framing_init(&recorded);
    strbuf_init(&frame, SIZE_MAX);
    while (mirror_next(&recording, &piece, &microseconds) && replay->output >= 0) {
        framing_push(&recorded, piece);
        while (framing_next(&recorded, &body) == FRAMING_MESSAGE) {
            strbuf_clear(&frame);
            framing_write(&frame, body);
            send_bytes(replay, strbuf_str(&frame));
            await_answer(replay, body);
        }
    }
    framing_finish(&recorded);
    strbuf_finish(&frame);
}

/* Piece by piece, as they came. */
static void play_paced(struct replay *replay, struct str recording) {
    struct str piece;
    uint64_t microseconds, start = loop_clock();
    while (mirror_next(&recording, &piece, &microseconds) && replay->output >= 0) {
        wait_until(replay, start + microseconds * NANOSECONDS_OF_MICROSECOND);
        send_bytes(replay, piece);
    }
}

/* The daemon ends when its input does, after it has answered everything. */
static void end(struct replay *replay) {
    close(replay->input);
    uint64_t limit = loop_clock() + (uint64_t)ANSWER_MILLISECONDS * NANOSECONDS_OF_MILLISECOND;
    while (replay->output >= 0 && loop_clock() < limit) {
        wait_for(replay, false, ANSWER_MILLISECONDS);
    }
    if (replay->output >= 0) {
        kill(replay->process, SIGKILL);
        close_output(replay);
    }
    waitpid(replay->process, NULL, 0);
}

/* ---- files */

static bool read_whole(struct arena *arena, const char *path, struct str *bytes) {
    struct stat status;
    FILE *file = fopen(path, "re");
    if (file == NULL || fstat(fileno(file), &status) != 0 || !S_ISREG(status.st_mode)) {
        command_failed("%s cannot be read", path);
        if (file != NULL) {
            fclose(file);
        }
        return false;
    }
    char *data = arena_alloc(arena, (size_t)status.st_size + 1);
    *bytes = (struct str){data, fread(data, 1, (size_t)status.st_size, file)};
    fclose(file);
    return true;
}

/* The answers among what an earlier replay has printed. */
static void read_expected(struct replay *replay, struct str text) {
    struct arena scratch = {0};
    for (size_t start = 0; start < text.size;) {
        const char *newline = memchr(text.data + start, '\n', text.size - start);
        size_t end = newline != NULL ? (size_t)(newline - text.data) : text.size;
        struct str line = str_slice(text, start, end);
        struct message message;
        message_parse(&message, &scratch, line);
        if (message.kind == MESSAGE_RESPONSE) {
            vec_push(&replay->arena, &replay->expected, (struct answer){arena_str(&replay->arena, message.id), line, false});
        }
        message_finish(&message);
        arena_clear(&scratch);
        start = end + 1;
    }
    arena_finish(&scratch);
}

/* Answers that did not come. */
static void tell_missing(struct replay *replay) {
    for (unsigned i = 0; i < replay->expected.count; i++) {
        if (!replay->expected.items[i].met) {
            printf("- %.*s\n", STR_ARGUMENTS(replay->expected.items[i].line));
            replay->others++;
        }
    }
}

static int run(const char *path, const char *answers, bool paced) {
    struct replay replay = {.comparing = answers != NULL, .output = -1};
    struct str recording, text = {0};
    int status = COMMAND_FAILED;
    if (!read_whole(&replay.arena, path, &recording) ||
        (answers != NULL && !read_whole(&replay.arena, answers, &text))) {
        goto out;
    }
    if (!mirror_begin(&recording)) {
        command_failed("%s is no recording of `tova lsp --mirror`", path);
        goto out;
    }
    read_expected(&replay, text);
    signal(SIGPIPE, SIG_IGN);
    if (!start_daemon(&replay)) {
        command_failed("the language server cannot be started: %s", strerror(errno));
        goto out;
    }
    framing_init(&replay.answers);
    (paced ? play_paced : play)(&replay, recording);
    end(&replay);
    tell_missing(&replay);
    framing_finish(&replay.answers);
    status = replay.others > 0 ? COMMAND_FAILED : COMMAND_DONE;
out:
    arena_finish(&replay.arena);
    return status;
}

int command_replay(int argc, char **argv) {
    static const struct option options[] = {
        {"paced", no_argument, NULL, 'p'}, {"compare", required_argument, NULL, 'c'}, {NULL, 0, NULL, 0}};
    const char *answers = NULL;
    bool paced = false;
    int status, option;
    while ((option = command_option(argc, argv, "", options, &status)) != COMMAND_OPTION_END) {
        if (option == COMMAND_OPTION_STOP) {
            return status;
        }
        paced = paced || option == 'p';
        answers = option == 'c' ? optarg : answers;
    }
    if (argc - optind != 1) {
        return command_misused("replay", "it takes one FILE, the recording.");
    }
    return run(argv[optind], answers, paced);
}
