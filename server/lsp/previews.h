/* previews: the outputs that a client looks at, and telling it how they change while somebody types.
 *
 * Two kinds of looking: subscriptions (tova/previewSubscribe), which are sent the edits that make the text they were sent last
 * the newest one, and addresses that were read (workspace/textDocumentContent), which are said to be out of date. Whoever types
 * faster than outputs are made gets the newest state only: nothing is queued, and making ends as soon as a message
 * waits, unless the last state that was sent is old. Owned by the loop's thread.
 */
#ifndef TOVA_SERVER_LSP_PREVIEWS_H
#define TOVA_SERVER_LSP_PREVIEWS_H

#include "server/lsp/host.h"
#include "server/lsp/json_writer.h"

#include <stdbool.h>
#include <stdint.h>

struct dispatch;
struct preview_watch;

/* A zeroed one is empty. */
struct previews {
    struct preview_watch *first;
    uint32_t count;
    int64_t last_id;
    uint64_t behind_since; /* clock when the client's newest text ceased to be the newest; 0: it is */
    uint64_t listened;     /* clock when the client was listened to last while something is made */
};

void previews_finish(struct previews *previews);

/* Watches an output, whose text the client has been given; gives the number of the subscription, or 0 when there are too many. */
int64_t previews_subscribe(struct dispatch *dispatch, struct str path, const struct preview *preview);

/* False when there is no such subscription. */
bool previews_unsubscribe(struct dispatch *dispatch, int64_t id);

/* Watches what the client has read by an address, in place of an older reading. Addresses beyond a number are not watched. */
void previews_read(struct dispatch *dispatch, struct str uri, struct str path, struct str output, struct str text);

/* Ends what looks at the document, and says so. */
void previews_closed(struct dispatch *dispatch, struct str path);

/* Tells one thing that has changed; false when there is none. */
bool previews_push(struct dispatch *dispatch);

/* Writes the members `output` and `outputs`. */
void previews_write_outputs(struct json_writer *json, const struct preview *preview);

#endif
