/* daemon: pipes, and waiting for messages. */
#include "server/commands/daemon.h"

#include "server/commands/command.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum { WAIT_MILLISECONDS = 30000, END_MILLISECONDS = 5000, TURN_MILLISECONDS = 2, CHUNK_BYTES = 16 * 1024 };

static void close_pair(int pair[2]) {
    for (int i = 0; i < 2; i++) {
        if (pair[i] >= 0) {
            close(pair[i]);
        }
    }
}

/* Starts the program with its standard input and output on these descriptors; its standard error is ours. */
static int spawn_on(const char *program, int input, int output, pid_t *process) {
    posix_spawn_file_actions_t actions;
    char name[] = "tova", word[] = "lsp";
    char *arguments[] = {name, word, NULL};
    posix_spawn_file_actions_init(&actions);
    posix_spawn_file_actions_adddup2(&actions, input, STDIN_FILENO);
    posix_spawn_file_actions_adddup2(&actions, output, STDOUT_FILENO);
    int error = posix_spawnp(process, program, &actions, NULL, arguments, environ);
    posix_spawn_file_actions_destroy(&actions);
    return error;
}

bool daemon_start(struct daemon *daemon, const char *program) {
    int to[2] = {-1, -1}, from[2] = {-1, -1};
    *daemon = (struct daemon){.input = -1, .output = -1};
    client_init(&daemon->client);
    int error = pipe2(to, O_CLOEXEC) == 0 && pipe2(from, O_CLOEXEC) == 0 ? 0 : errno;
    if (error == 0) {
        error = spawn_on(program, to[0], from[1], &daemon->process);
    }
    if (error != 0) {
        daemon->process = 0;
        close_pair(to);
        close_pair(from);
        command_failed("%s cannot be started: %s", program, strerror(error));
        return false;
    }
    close(to[0]);
    close(from[1]);
    daemon->input = to[1];
    daemon->output = from[0];
    return true;
}

static bool send_all(struct daemon *daemon) {
    struct str rest = strbuf_str(&daemon->client.output);
    while (rest.size > 0) {
        ssize_t count = write(daemon->input, rest.data, rest.size);
        if (count < 0 && errno != EINTR) {
            return false;
        }
        rest = str_slice(rest, count > 0 ? (size_t)count : 0, rest.size);
    }
    strbuf_clear(&daemon->client.output);
    return true;
}

/* Waits until the process has ended, and ends it when that takes too long; its status. */
static int reap(pid_t process) {
    int status = -1;
    const struct timespec turn = {.tv_nsec = TURN_MILLISECONDS * 1000000L};
    for (unsigned waited = 0; waited < END_MILLISECONDS; waited += TURN_MILLISECONDS) {
        if (waitpid(process, &status, WNOHANG) != 0) {
            return status;
        }
        nanosleep(&turn, NULL);
    }
    kill(process, SIGKILL);
    waitpid(process, &status, 0);
    return status;
}

int daemon_finish(struct daemon *daemon) {
    if (daemon->process == 0) {
        client_finish(&daemon->client);
        return -1;
    }
    send_all(daemon);
    client_finish(&daemon->client);
    /* It ends when its input does; its output is kept open meanwhile, so that it can say what it still has to. */
    close(daemon->input);
    int status = reap(daemon->process);
    close(daemon->output);
    daemon->process = 0;
    return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

/* Waits for bytes and gives them to the client; false when none come any more. */
static bool receive(struct daemon *daemon) {
    char chunk[CHUNK_BYTES];
    struct pollfd source = {.fd = daemon->output, .events = POLLIN};
    int ready = poll(&source, 1, WAIT_MILLISECONDS);
    if (ready < 0 && errno == EINTR) {
        return true;
    }
    ssize_t count = ready > 0 ? read(daemon->output, chunk, sizeof chunk) : 0;
    if (count <= 0) {
        return false;
    }
    client_push(&daemon->client, (struct str){chunk, (size_t)count});
    return true;
}

bool daemon_wait(struct daemon *daemon, struct arena *arena,
                      bool (*wanted)(void *context, struct arena *arena, const struct message *message), void *context,
                      struct message *message) {
    if (!send_all(daemon)) {
        return false;
    }
    for (;;) {
        while (client_next(&daemon->client, arena, message)) {
            if (wanted(context, arena, message)) {
                return true;
            }
            bool broken = message->kind == MESSAGE_INVALID;
            message_finish(message);
            if (broken) {
                return false;
            }
        }
        if (!receive(daemon)) {
            return false;
        }
    }
}

static bool answers(void *context, struct arena *arena, const struct message *message) {
    (void)arena;
    const uint32_t *id = context;
    return client_response_id(message) == *id;
}

bool daemon_answer(struct daemon *daemon, struct arena *arena, uint32_t id, struct message *message) {
    return daemon_wait(daemon, arena, answers, &id, message);
}
