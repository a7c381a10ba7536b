/* encode_status: health in words. */
#include "server/lsp/encode_status.h"

void encode_health(struct json_writer *json, const struct status *status) {
    static const struct str words[] = {
        [HEALTH_OK] = STR_INIT("ok"), [HEALTH_WARNING] = STR_INIT("warning"), [HEALTH_ERROR] = STR_INIT("error")};
    json_member_string(json, "health", words[status->health]);
    json_member_string(json, "message", status->message);
    json_member_bool(json, "quiescent", status->quiescent);
}
