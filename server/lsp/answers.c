/* answers: the tables by which results are read. */
#include "server/lsp/answers.h"

#include "server/lsp/encode.h"

#include <cjson/cJSON.h>
#include <stddef.h>

static bool decode(const struct message *message, struct arena *arena, const struct decode_table *table, void *target) {
    struct str problem;
    return decode_object(arena, message->document, table, target, &problem);
}

struct str answer_json(const struct message *message, struct arena *arena) {
    const cJSON *result = cJSON_GetObjectItemCaseSensitive(message->document, "result");
    char *text = result == NULL ? NULL : cJSON_PrintUnformatted(result);
    struct str json = text == NULL ? STR("") : arena_str(arena, str_from_c(text));
    cJSON_free(text);
    return json;
}

struct str answer_problem(const struct message *message, struct arena *arena) {
    static const struct decode_field fields[] = {{"error.message", DECODE_STRING, DECODE_REQUIRED, 0, NULL}};
    static const struct decode_table table = DECODE_TABLE(struct str, fields);
    struct str problem = STR("");
    return decode(message, arena, &table, &problem) ? problem : STR("");
}

static const struct decode_field location_fields[] = {
    {"uri", DECODE_STRING, DECODE_REQUIRED, offsetof(struct client_location, uri), NULL},
    {"range", DECODE_RANGE, DECODE_REQUIRED, offsetof(struct client_location, range), NULL},
};
static const struct decode_table location_table = DECODE_TABLE(struct client_location, location_fields);

struct decode_array answer_locations(const struct message *message, struct arena *arena) {
    static const struct decode_field list_fields[] = {{"result", DECODE_ARRAY, DECODE_REQUIRED, 0, &location_table}};
    static const struct decode_table list_table = DECODE_TABLE(struct decode_array, list_fields);
    struct decode_array list = {NULL, 0};
    struct client_location one;
    if (!decode(message, arena, &list_table, &list) && client_read_location(message, arena, &one)) {
        struct client_location *copy = arena_alloc(arena, sizeof *copy);
        *copy = one;
        list = (struct decode_array){copy, 1};
    }
    return list;
}

struct decode_array answer_symbols(const struct message *message, struct arena *arena) {
    static const struct decode_field symbol_fields[] = {
        {"name", DECODE_STRING, DECODE_REQUIRED, offsetof(struct answer_symbol, name), NULL},
        {"containerName", DECODE_STRING, 0, offsetof(struct answer_symbol, container), NULL},
        {"kind", DECODE_UINT, 0, offsetof(struct answer_symbol, kind), NULL},
        {"location.uri", DECODE_STRING, DECODE_REQUIRED, offsetof(struct answer_symbol, location.uri), NULL},
        {"location.range", DECODE_RANGE, 0, offsetof(struct answer_symbol, location.range), NULL},
    };
    static const struct decode_table symbol_table = DECODE_TABLE(struct answer_symbol, symbol_fields);
    static const struct decode_field fields[] = {{"result", DECODE_ARRAY, DECODE_REQUIRED, 0, &symbol_table}};
    static const struct decode_table table = DECODE_TABLE(struct decode_array, fields);
    struct decode_array list = {NULL, 0};
    return decode(message, arena, &table, &list) ? list : (struct decode_array){NULL, 0};
}

/* A symbol holds symbols; cJSON bounds how deep. */
static const struct decode_table outline_table;
static const struct decode_field outline_fields[] = {
    {"name", DECODE_STRING, DECODE_REQUIRED, offsetof(struct answer_outline, name), NULL},
    {"kind", DECODE_UINT, 0, offsetof(struct answer_outline, kind), NULL},
    {"selectionRange", DECODE_RANGE, DECODE_REQUIRED, offsetof(struct answer_outline, name_range), NULL},
    {"children", DECODE_ARRAY, 0, offsetof(struct answer_outline, children), &outline_table},
};
static const struct decode_table outline_table = DECODE_TABLE(struct answer_outline, outline_fields);

struct decode_array answer_outline(const struct message *message, struct arena *arena) {
    static const struct decode_field fields[] = {{"result", DECODE_ARRAY, DECODE_REQUIRED, 0, &outline_table}};
    static const struct decode_table table = DECODE_TABLE(struct decode_array, fields);
    struct decode_array list = {NULL, 0};
    return decode(message, arena, &table, &list) ? list : (struct decode_array){NULL, 0};
}

struct str answer_warning(const struct message *message, struct arena *arena) {
    static const struct decode_field fields[] = {
        {"result.changeAnnotations." ANNOTATION_ID ".description", DECODE_STRING, DECODE_REQUIRED, 0, NULL}};
    static const struct decode_table table = DECODE_TABLE(struct str, fields);
    struct str warning = STR("");
    return decode(message, arena, &table, &warning) ? warning : STR("");
}

struct decode_array answer_edits(const struct message *message, struct arena *arena) {
    static const struct decode_field edit_fields[] = {
        {"range", DECODE_RANGE, DECODE_REQUIRED, offsetof(struct answer_edit, range), NULL},
        {"newText", DECODE_STRING, DECODE_REQUIRED, offsetof(struct answer_edit, text), NULL},
    };
    static const struct decode_table edit_table = DECODE_TABLE(struct answer_edit, edit_fields);
    static const struct decode_field file_fields[] = {
        {"textDocument.uri", DECODE_STRING, DECODE_REQUIRED, offsetof(struct answer_file_edits, uri), NULL},
        {"edits", DECODE_ARRAY, DECODE_REQUIRED, offsetof(struct answer_file_edits, edits), &edit_table},
    };
    static const struct decode_table file_table = DECODE_TABLE(struct answer_file_edits, file_fields);
    static const struct decode_field fields[] = {
        {"result.documentChanges", DECODE_ARRAY, DECODE_REQUIRED, 0, &file_table}};
    static const struct decode_table table = DECODE_TABLE(struct decode_array, fields);
    struct decode_array list = {NULL, 0};
    return decode(message, arena, &table, &list) ? list : (struct decode_array){NULL, 0};
}
