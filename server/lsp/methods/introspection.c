/* tova/status, tova/memory, tova/latency: what the daemon says of itself. */
#include "server/lsp/encode_status.h"
#include "server/lsp/handlers.h"

/* ---- tova/status */

enum rpc_error method_status(struct request *request) {
    struct json_writer *json = request->result;
    struct status status = {0};
    request->host->status(request->host->context, request->arena, &status);
    json_open_object(json);
    json_member_string(json, "version", STR(TOVA_VERSION));
    json_member_number(json, "pid", status.pid);
    encode_health(json, &status);
    json_member_number(json, "documents", status.documents);
    json_member_number(json, "files", status.files);
    json_member_number(json, "packages", status.packages);
    json_member_number(json, "uptime", (int64_t)status.uptime);
    json_member_string(json, "encoding", request->dispatch->encoding == POSITION_UTF8 ? STR("utf-8") : STR("utf-16"));
    json_member_bool(json, "trusted", status.trusted);
    json_member_string(json, "compileOnSave", status.compile_on_save);
    json_close_object(json);
    return RPC_NO_ERROR;
}

/* ---- tova/memory */

enum { MEMORY_LEVELS = 8 };

static void encode_memory(struct json_writer *json, const struct memory_part *part, unsigned levels) {
    json_open_object(json);
    json_member_string(json, "name", part->name);
    json_member_number(json, "bytes", (int64_t)part->bytes);
    json_key(json, "children");
    json_open_array(json);
    for (unsigned i = 0; i < part->children.count && levels > 0; i++) {
        encode_memory(json, &part->children.items[i], levels - 1);
    }
    json_close_array(json);
    json_close_object(json);
}

enum rpc_error method_memory(struct request *request) {
    struct memory_part all = {.name = STR("process")};
    request->host->memory(request->host->context, request->arena, &all);
    encode_memory(request->result, &all, MEMORY_LEVELS);
    return RPC_NO_ERROR;
}

/* ---- tova/latency */

/* Milliseconds with three decimals. */
static void encode_milliseconds(struct request *request, const char *key, uint64_t nanoseconds) {
    uint64_t microseconds = nanoseconds / 1000;
    json_key(request->result, key);
    json_raw(request->result, arena_printf(request->arena, "%llu.%03u", (unsigned long long)(microseconds / 1000),
                                           (unsigned)(microseconds % 1000)));
}

static void encode_buckets(struct json_writer *json, const struct latency_method *method) {
    uint32_t counts[LATENCY_ROUND + 1];
    latency_counts(method, counts);
    json_key(json, "buckets");
    json_open_array(json);
    for (unsigned i = 0; i <= LATENCY_ROUND; i++) {
        json_open_object(json);
        json_key(json, "below");
        if (i < LATENCY_ROUND) {
            json_number(json, latency_bounds[i]);
        } else {
            json_null(json);
        }
        json_member_number(json, "count", counts[i]);
        json_close_object(json);
    }
    json_close_array(json);
}

static void encode_method(struct request *request, const struct latency_method *method) {
    struct json_writer *json = request->result;
    json_open_object(json);
    json_member_string(json, "method", method->name);
    json_member_number(json, "count", method->count);
    encode_buckets(json, method);
    encode_milliseconds(request, "p50", latency_quantile(method, 500));
    encode_milliseconds(request, "p99", latency_quantile(method, 990));
    encode_milliseconds(request, "max", method->longest);
    json_close_object(json);
}

enum rpc_error method_latency(struct request *request) {
    const struct latency *latency = &request->dispatch->latency;
    json_open_object(request->result);
    json_key(request->result, "methods");
    json_open_array(request->result);
    for (unsigned i = 0; i < LATENCY_METHODS; i++) {
        if (latency->methods[i] != NULL) {
            encode_method(request, latency->methods[i]);
        }
    }
    json_close_array(request->result);
    json_close_object(request->result);
    return RPC_NO_ERROR;
}
