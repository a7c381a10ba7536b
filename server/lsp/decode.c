/* decode: walks the rows of a table. */
#include "server/lsp/decode.h"

#include "parser/text/position.h"
#include "server/lsp/jsonrpc.h"

#include <cjson/cJSON.h>
#include <stdio.h>
#include <string.h>

enum { NAME_BYTES = 64 };

/* The value at a dotted path, or NULL; null counts as absent. */
static cJSON *value_at(const cJSON *json, const char *path) {
    struct str rest = str_from_c(path);
    cJSON *value = NULL;
    while (rest.size > 0 && json != NULL) {
        size_t dot = str_find(rest, '.', 0);
        char name[NAME_BYTES];
        snprintf(name, sizeof name, "%.*s", (int)dot, rest.data);
        value = cJSON_IsObject(json) ? cJSON_GetObjectItemCaseSensitive(json, name) : NULL;
        json = value;
        rest = str_slice(rest, dot + 1, rest.size);
    }
    return cJSON_IsNull(value) ? NULL : value;
}

static bool whole_number(const cJSON *value, double least, double most, int64_t *number) {
    if (!cJSON_IsNumber(value) || !(value->valuedouble >= least && value->valuedouble <= most)) {
        return false;
    }
    *number = (int64_t)value->valuedouble;
    return (double)*number == value->valuedouble;
}

static bool decode_uint(const cJSON *value, uint32_t *target) {
    int64_t number;
    if (!whole_number(value, 0, INT32_MAX, &number)) {
        return false;
    }
    *target = (uint32_t)number;
    return true;
}

static bool decode_range(const cJSON *value, struct range *range) {
    return decode_uint(value_at(value, "start.line"), &range->start.line) &&
           decode_uint(value_at(value, "start.character"), &range->start.column) &&
           decode_uint(value_at(value, "end.line"), &range->end.line) &&
           decode_uint(value_at(value, "end.character"), &range->end.column);
}

static bool decode_strings(struct arena *arena, const cJSON *value, struct decode_array *array) {
    if (!cJSON_IsArray(value)) {
        return false;
    }
    struct str *items = arena_array(arena, struct str, (size_t)cJSON_GetArraySize(value));
    uint32_t count = 0;
    const cJSON *element;
    cJSON_ArrayForEach(element, value) if (cJSON_IsString(element)) {
        items[count++] = message_string(element->valuestring);
    }
    *array = (struct decode_array){items, count};
    return true;
}

static bool decode_array(struct arena *arena, const cJSON *value, const struct decode_table *table,
                         struct decode_array *array, struct str *problem);

static bool decode_value(struct arena *arena, cJSON *value, const struct decode_field *field, void *target,
                         struct str *problem) {
    switch (field->type) {
    case DECODE_STRING:
        if (!cJSON_IsString(value)) {
            return false;
        }
        *(struct str *)target = message_string(value->valuestring);
        return true;
    case DECODE_UINT:
        return decode_uint(value, target);
    case DECODE_INT:
        return whole_number(value, -9e15, 9e15, target);
    case DECODE_NUMBER:
        *(double *)target = cJSON_IsNumber(value) ? value->valuedouble : 0;
        return cJSON_IsNumber(value);
    case DECODE_BOOL:
        *(bool *)target = cJSON_IsTrue(value);
        return cJSON_IsBool(value);
    case DECODE_RANGE:
        return decode_range(value, target);
    case DECODE_PRESENT:
        *(bool *)target = true;
        return true;
    case DECODE_ARRAY:
        return decode_array(arena, value, field->element, target, problem);
    case DECODE_STRINGS:
        return decode_strings(arena, value, target);
    }
    return false;
}

bool decode_object(struct arena *arena, const cJSON *json, const struct decode_table *table, void *target,
                   struct str *problem) {
    for (size_t i = 0; i < table->count; i++) {
        const struct decode_field *field = &table->fields[i];
        cJSON *value = value_at(json, field->path);
        if (value == NULL && !(field->flags & DECODE_REQUIRED)) {
            continue;
        }
        *problem = (struct str){0};
        if (value == NULL) {
            *problem = arena_printf(arena, "`%s` is missing.", field->path);
        } else if (decode_value(arena, value, field, (char *)target + field->offset, problem)) {
            continue;
        }
        if (problem->size == 0) {
            *problem = arena_printf(arena, "`%s` has the wrong type.", field->path);
        }
        return false;
    }
    return true;
}

/* Nests as deep as tables do, not as deep as the input. */
static bool decode_array(struct arena *arena, const cJSON *value, const struct decode_table *table,
                         struct decode_array *array, struct str *problem) {
    if (!cJSON_IsArray(value)) {
        return false;
    }
    char *items = arena_alloc_array(arena, (size_t)cJSON_GetArraySize(value), table->size);
    uint32_t count = 0;
    const cJSON *element;
    cJSON_ArrayForEach(element, value) {
        if (!decode_object(arena, element, table, items + count * table->size, problem)) {
            return false;
        }
        count++;
    }
    *array = (struct decode_array){items, count};
    return true;
}
