/* json_copy: from cJSON to the writer. */
#include "server/lsp/json_copy.h"

#include <cjson/cJSON.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

enum { DEPTH = 32, NUMBER_BYTES = 40 };

static void copy(struct json_writer *json, const struct cJSON *value, unsigned depth);

static void copy_members(struct json_writer *json, const struct cJSON *object, const char *without, unsigned depth) {
    for (const struct cJSON *member = object->child; member != NULL; member = member->next) {
        if (without == NULL || strcmp(member->string, without) != 0) {
            json_key_text(json, str_from_c(member->string));
            copy(json, member, depth + 1);
        }
    }
}

static void copy_number(struct json_writer *json, double number) {
    char text[NUMBER_BYTES];
    if (number == floor(number) && fabs(number) < 9007199254740992.0) {
        json_number(json, (int64_t)number);
        return;
    }
    snprintf(text, sizeof text, "%.17g", number);
    json_raw(json, str_from_c(text));
}

static void copy(struct json_writer *json, const struct cJSON *value, unsigned depth) {
    if (depth > DEPTH || value == NULL || cJSON_IsNull(value)) {
        json_null(json);
    } else if (cJSON_IsObject(value)) {
        json_open_object(json);
        copy_members(json, value, NULL, depth);
        json_close_object(json);
    } else if (cJSON_IsArray(value)) {
        json_open_array(json);
        for (const struct cJSON *item = value->child; item != NULL; item = item->next) {
            copy(json, item, depth + 1);
        }
        json_close_array(json);
    } else if (cJSON_IsString(value)) {
        json_string(json, str_from_c(value->valuestring));
    } else if (cJSON_IsNumber(value)) {
        copy_number(json, value->valuedouble);
    } else {
        json_bool(json, cJSON_IsTrue(value));
    }
}

void json_copy(struct json_writer *json, const struct cJSON *value) { copy(json, value, 0); }

void json_copy_members(struct json_writer *json, const struct cJSON *object, const char *without) {
    if (cJSON_IsObject(object)) {
        copy_members(json, object, without, 0);
    }
}
