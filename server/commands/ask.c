/* The requests of editors from the command line: `tova hover`, `tova references` … Each is a row: the method of the daemon that
 * it asks, what its place is, and how the answer is told. A daemon is started, asked and ended, so that both say the same. */
#include "parser/base/limits.h"
#include "parser/base/path.h"
#include "parser/text/uri.h"
#include "server/commands/ask_answers.h"
#include "server/commands/command.h"
#include "server/commands/daemon.h"
#include "server/io/loop.h"
#include "server/lsp/json_writer.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

enum { JSON_BYTES = LIMIT_FILE_BYTES + 64 * 1024, LONGEST_NUMBER = 9 };

enum subject {
    SUBJECT_PLACE,   /* FILE:LINE:COLUMN */
    SUBJECT_RENAME,  /* the same, and a new name */
    SUBJECT_SYMBOLS, /* a file, or a part of a name */
};

static const struct question {
    struct str command;
    const char *method;
    enum subject subject;
    ask_tell *tell;
} questions[] = {
    {STR_INIT("definition"), "textDocument/definition", SUBJECT_PLACE, ask_tell_locations},
    {STR_INIT("hover"), "textDocument/hover", SUBJECT_PLACE, ask_tell_hover},
    {STR_INIT("implementation"), "textDocument/implementation", SUBJECT_PLACE, ask_tell_locations},
    {STR_INIT("references"), "textDocument/references", SUBJECT_PLACE, ask_tell_locations},
    {STR_INIT("rename"), "textDocument/rename", SUBJECT_RENAME, ask_tell_edits},
    {STR_INIT("symbols"), "workspace/symbol", SUBJECT_SYMBOLS, ask_tell_symbols},
};

struct asking {
    struct arena arena;
    const struct question *question;
    struct daemon daemon;
    struct str root;
    bool json, dry;
    struct str file, uri; /* absolute; empty: none */
    struct text *text;
    struct position position;
    struct str word;      /* a new name, or what is looked for */
};

/* ---- the words of the command line */

/* A number behind the last colon, which is cut off; false when there is none. */
static bool take_number(struct str *word, uint32_t *number) {
    size_t start = word->size;
    while (start > 0 && word->data[start - 1] >= '0' && word->data[start - 1] <= '9') {
        start--;
    }
    size_t digits = word->size - start;
    if (digits == 0 || digits > LONGEST_NUMBER || start == 0 || word->data[start - 1] != ':') {
        return false;
    }
    *number = (uint32_t)strtoul(word->data + start, NULL, 10);
    *word = str_slice(*word, 0, start - 1);
    return *number > 0;
}

static bool read_file(struct asking *asking, struct str path, const char *word) {
    asking->file = scan_absolute(&asking->arena, path);
    asking->uri = uri_from_path(&asking->arena, asking->file);
    if (!str_ends_with(asking->file, STR(".tova")) || scan_read_file(asking->file, &asking->text) != SCAN_READ) {
        command_failed("there is no .tova file at %s", word);
        return false;
    }
    return true;
}

/* FILE:LINE:COLUMN, counted from 1 and in characters, as `tova check` prints it; what editors count is found in the text. */
static int read_place(struct asking *asking, const char *word) {
    struct str path = str_from_c(word);
    struct position place = {0};
    uint32_t offset;
    if (!take_number(&path, &place.column) || !take_number(&path, &place.line) || path.size == 0) {
        return command_misused(asking->question->command.data, "it takes a place, FILE:LINE:COLUMN, and not `%s`.", word);
    }
    if (!read_file(asking, arena_str(&asking->arena, path), arena_str(&asking->arena, path).data)) {
        return COMMAND_FAILED;
    }
    place.line--;
    place.column--;
    if (!position_offset(asking->text, place, POSITION_UTF32, &offset)) {
        return command_failed("%s: the file has no such line.", word);
    }
    asking->position = position_of(asking->text, offset, POSITION_UTF16);
    return COMMAND_DONE;
}

static bool is_file(const char *word) {
    struct stat status;
    return str_ends_with(str_from_c(word), STR(".tova")) && stat(word, &status) == 0;
}

static int read_words(struct asking *asking, int argc, char **argv) {
    const struct question *question = asking->question;
    int wanted = question->subject == SUBJECT_RENAME ? 2 : 1;
    bool enough = question->subject == SUBJECT_SYMBOLS || argc - optind == wanted;
    if (!enough || argc - optind > wanted) {
        return command_misused(argv[0], question->subject == SUBJECT_RENAME    ? "it takes a place, FILE:LINE:COLUMN, and a NAME."
                                        : question->subject == SUBJECT_SYMBOLS ? "it takes a FILE, or a part of a name."
                                                                               : "it takes a place, FILE:LINE:COLUMN.");
    }
    if (question->subject == SUBJECT_SYMBOLS) {
        const char *word = optind < argc ? argv[optind] : "";
        asking->word = str_from_c(word);
        return !is_file(word) || read_file(asking, str_from_c(word), word) ? COMMAND_DONE : COMMAND_FAILED;
    }
    asking->word = wanted == 2 ? str_from_c(argv[optind + 1]) : STR("");
    return read_place(asking, argv[optind]);
}

/* ---- the conversation */

static struct str taken(struct asking *asking, struct strbuf *buffer) {
    struct str text = arena_str(&asking->arena, strbuf_str(buffer));
    strbuf_finish(buffer);
    return text;
}

static struct str initialize_params(struct asking *asking) {
    static const char capabilities[] =
        "{\"general\":{\"positionEncodings\":[\"utf-16\"]},"
        "\"textDocument\":{\"documentSymbol\":{\"hierarchicalDocumentSymbolSupport\":true}},"
        "\"workspace\":{\"workspaceEdit\":{\"documentChanges\":true,\"changeAnnotationSupport\":{}}}}";
    struct strbuf out;
    struct json_writer json;
    struct str uri = uri_from_path(&asking->arena, asking->root);
    strbuf_init(&out, JSON_BYTES);
    json_init(&json, &out);
    json_open_object(&json);
    json_key(&json, "processId");
    json_null(&json);
    json_member_string(&json, "rootUri", uri);
    json_key(&json, "initializationOptions");
    json_raw(&json, STR("{\"trusted\":false,\"compileOnSave\":\"off\"}"));
    json_key(&json, "capabilities");
    json_raw(&json, str_from_c(capabilities));
    json_close_object(&json);
    return taken(asking, &out);
}

static void write_document(struct asking *asking, struct json_writer *json) {
    json_key(json, "textDocument");
    json_open_object(json);
    json_member_string(json, "uri", asking->uri);
    json_close_object(json);
}

static struct str question_params(struct asking *asking) {
    struct strbuf out;
    struct json_writer json;
    strbuf_init(&out, JSON_BYTES);
    json_init(&json, &out);
    json_open_object(&json);
    if (asking->question->subject == SUBJECT_SYMBOLS && asking->uri.size == 0) {
        json_member_string(&json, "query", asking->word);
    } else {
        write_document(asking, &json);
    }
    if (asking->question->subject != SUBJECT_SYMBOLS) {
        json_key(&json, "position");
        json_open_object(&json);
        json_member_number(&json, "line", asking->position.line);
        json_member_number(&json, "character", asking->position.column);
        json_close_object(&json);
        json_key(&json, "context");
        json_raw(&json, STR("{\"includeDeclaration\":true}"));
    }
    if (asking->question->subject == SUBJECT_RENAME) {
        json_member_string(&json, "newName", asking->word);
    }
    json_close_object(&json);
    return taken(asking, &out);
}

/* Waits for an answer that is of no interest; false when none comes. */
static bool pass(struct asking *asking, uint32_t id) {
    struct message message;
    bool answered = daemon_answer(&asking->daemon, &asking->arena, id, &message);
    if (answered) {
        message_finish(&message);
    }
    return answered;
}

/* Everything is known when the symbols of the workspace are: they wait for the files that are still being read. */
static bool settle(struct asking *asking) {
    return pass(asking, client_request(&asking->daemon.client, "workspace/symbol", STR("{\"query\":\"_\"}")));
}

static bool converse(struct asking *asking, struct message *message) {
    struct client *client = &asking->daemon.client;
    const char *method = asking->question->subject == SUBJECT_SYMBOLS && asking->uri.size > 0 ? "textDocument/documentSymbol"
                                                                                             : asking->question->method;
    if (!pass(asking, client_request(client, "initialize", initialize_params(asking)))) {
        return false;
    }
    client_initialized(client);
    if (asking->uri.size > 0) {
        client_open(client, asking->uri, text_str(asking->text));
    }
    return settle(asking) &&
           daemon_answer(&asking->daemon, &asking->arena, client_request(client, method, question_params(asking)), message);
}

static void say_goodbye(struct asking *asking) {
    if (pass(asking, client_shutdown(&asking->daemon.client))) {
        client_exit(&asking->daemon.client);
    }
}

static int tell(struct asking *asking, const struct message *message) {
    struct str problem = answer_problem(message, &asking->arena);
    if (problem.size > 0) {
        return command_failed("%.*s", STR_ARGUMENTS(problem));
    }
    if (asking->json) {
        struct str json = answer_json(message, &asking->arena);
        printf("%.*s\n", STR_ARGUMENTS(json));
    }
    struct ask_answer answer = {&asking->arena, message, asking->uri, asking->json, asking->dry};
    return asking->question->tell(&answer);
}

static int ask(struct asking *asking) {
    struct message message;
    int status = COMMAND_FAILED;
    struct str folder = asking->file.size > 0 ? path_parent(&asking->arena, asking->file) : scan_absolute(&asking->arena, STR("."));
    asking->root = command_limit(&asking->arena, folder);
    loop_ignore_broken_pipes();
    if (!daemon_start(&asking->daemon, "/proc/self/exe")) {
        return COMMAND_FAILED;
    }
    if (converse(asking, &message)) {
        status = tell(asking, &message);
        message_finish(&message);
        say_goodbye(asking);
    } else {
        command_failed("the daemon did not answer.");
    }
    daemon_finish(&asking->daemon);
    return status;
}

/* ---- the commands */

static const struct question *question_of(const char *command) {
    for (size_t i = 0; i < sizeof questions / sizeof *questions; i++) {
        if (str_equal(questions[i].command, str_from_c(command))) {
            return &questions[i];
        }
    }
    return NULL;
}

static int run(int argc, char **argv) {
    static const struct option options[] = {
        {"json", no_argument, NULL, 'j'}, {"dry-run", no_argument, NULL, 'd'}, {NULL, 0, NULL, 0}};
    struct asking asking = {.question = question_of(argv[0]), .file = STR_INIT(""), .uri = STR_INIT("")};
    int status = COMMAND_DONE;
    int option;
    while ((option = command_option(argc, argv, "", options, &status)) != COMMAND_OPTION_END) {
        if (option == COMMAND_OPTION_STOP) {
            return status;
        }
        if (option == 'd' && asking.question->subject != SUBJECT_RENAME) {
            return command_misused(argv[0], "there is no option --dry-run.");
        }
        asking.json = asking.json || option == 'j';
        asking.dry = asking.dry || option == 'd';
    }
    status = read_words(&asking, argc, argv);
    if (status == COMMAND_DONE) {
        status = ask(&asking);
    }
    text_unref(asking.text);
    arena_finish(&asking.arena);
    return status;
}

int command_definition(int argc, char **argv) { return run(argc, argv); }
int command_hover(int argc, char **argv) { return run(argc, argv); }
int command_implementation(int argc, char **argv) { return run(argc, argv); }
int command_references(int argc, char **argv) { return run(argc, argv); }
int command_rename(int argc, char **argv) { return run(argc, argv); }
int command_symbols(int argc, char **argv) { return run(argc, argv); }
