/* session_inspect: what the daemon says of itself: its health, told when it changes; where its memory is. */
#include "parser/base/path.h"
#include "parser/base/xalloc.h"
#include "server/io/usage.h"
#include "server/lsp/encode_status.h"
#include "server/session_state.h"

enum { NANOSECONDS_OF_MILLISECOND = 1000 * 1000 };

/* ---- health */

static const struct document *lost_document(const struct session *session) {
    const struct document *document = session->store.first;
    while (document != NULL && !document->out_of_step) {
        document = document->next;
    }
    return document;
}

static void read_status(const struct session *session, struct arena *arena, struct status *status) {
    const struct document *lost = lost_document(session);
    static const struct str words[] = {[COMPILE_OFF] = STR_INIT("off"),
                                       [COMPILE_ON_SAVE] = STR_INIT("onSave"),
                                       [COMPILE_ON_IDLE] = STR_INIT("onIdle")};
    bool writes = session->trusted && !session->read_only;
    *status = (struct status){
        .quiescent = session->started && !indexer_is_busy(session->indexer),
        .pid = usage_process(),
        .documents = session->store.count,
        .files = workspace_file_count(session->workspace),
        .packages = workspace_package_count(session->workspace),
        .uptime = (loop_clock() - session->born) / NANOSECONDS_OF_MILLISECOND,
        .trusted = session->trusted,
        .compile_on_save = words[writes ? session->compile_when : COMPILE_OFF],
    };
    if (lost != NULL) {
        status->health = HEALTH_WARNING;
        status->message = arena_printf(arena,
                                       "What the editor shows of %.*s is not known here any more. Save the file, or close "
                                       "and open it.",
                                       STR_ARGUMENTS(path_name(lost->path)));
    }
}

static void host_status(void *context, struct arena *arena, struct status *status) {
    read_status(context, arena, status);
}

void session_tell_status(struct session *session) {
    struct arena scratch = {0};
    struct status status;
    if (!session->dispatch.client.server_status || !session->started || session->ending) {
        return;
    }
    read_status(session, &scratch, &status);
    if (!session->status_told || status.health != session->told_health || status.quiescent != session->told_quiescent) {
        struct json_writer json;
        session->status_told = true;
        session->told_health = status.health;
        session->told_quiescent = status.quiescent;
        dispatch_begin(&session->dispatch, &json, "tova/serverStatus");
        json_open_object(&json);
        encode_health(&json, &status);
        json_close_object(&json);
        dispatch_end(&session->dispatch, &json);
    }
    arena_finish(&scratch);
}

/* ---- crashes */

enum { MESSAGE_WARNING = 2 }; /* LSP 3.17 "MessageType" */

void session_tell_crash(struct session *session) {
    struct arena scratch = {0};
    struct str path = {0};
    unsigned count = 0;
    while (crash_take_report(&scratch, session->crash_folder, &path)) {
        count++;
    }
    if (count > 0) {
        struct json_writer json;
        dispatch_begin(&session->dispatch, &json, "window/showMessage");
        json_open_object(&json);
        json_member_number(&json, "type", MESSAGE_WARNING);
        json_member_string(&json, "message",
                           arena_printf(&scratch,
                                        "The language server of Tova has crashed. What it was doing, without any text of "
                                        "yours, is in %.*s",
                                        STR_ARGUMENTS(path)));
        json_close_object(&json);
        dispatch_end(&session->dispatch, &json);
    }
    arena_finish(&scratch);
}

/* ---- memory */

/* Adds a part to its parent, whose children are its own bytes' parts. */
static struct memory_part *add(struct arena *arena, struct memory_part *parent, struct str name, uint64_t bytes) {
    vec_push(arena, &parent->children, (struct memory_part){.name = name, .bytes = bytes});
    return &parent->children.items[parent->children.count - 1];
}

static uint64_t sum(const struct memory_part *part) {
    uint64_t bytes = 0;
    for (unsigned i = 0; i < part->children.count; i++) {
        bytes += part->children.items[i].bytes;
    }
    return bytes;
}

static void add_document(struct arena *arena, struct memory_part *documents, const struct document *document) {
    struct memory_part *part = add(arena, documents, document->path, 0);
    add(arena, part, STR("text"), text_memory(document->text));
    add(arena, part, STR("tree"), document->tree != NULL ? syntax_tree_memory(document->tree) : 0);
    add(arena, part, STR("analysis"), arena_memory(&document->arenas[0]) + arena_memory(&document->arenas[1]));
    part->bytes = sum(part);
}

static void add_heap(const struct session *session, struct arena *arena, struct memory_part *heap) {
    struct memory_part documents = {.name = STR("documents")}, index = {.name = STR("index")};
    for (const struct document *document = session->store.first; document != NULL; document = document->next) {
        add_document(arena, &documents, document);
    }
    documents.bytes = sum(&documents);
    struct workspace_memory known = workspace_memory(session->workspace);
    add(arena, &index, STR("summaries"), known.summaries);
    add(arena, &index, STR("atoms"), known.atoms);
    index.bytes = sum(&index);
    vec_push(arena, &heap->children, documents);
    vec_push(arena, &heap->children, index);
    uint64_t told = sum(heap);
    add(arena, heap, STR("trees for edits, and the rest"), heap->bytes > told ? heap->bytes - told : 0);
    heap->bytes = sum(heap); /* where the C library does not say what is used, at least what is known of it */
}

static void host_memory(void *context, struct arena *arena, struct memory_part *all) {
    const struct session *session = context;
    size_t used, unused;
    struct usage usage = usage_now();
    struct memory_part heap = {.name = STR("heap")};
    xalloc_usage(&used, &unused);
    all->bytes = usage.resident;
    heap.bytes = used;
    add_heap(session, arena, &heap);
    vec_push(arena, &all->children, heap);
    add(arena, all, STR("heap, free"), unused);
    add(arena, all, STR("program and libraries"), usage.shared);
}

void session_host_inspect(struct lsp_host *host) {
    host->status = host_status;
    host->memory = host_memory;
}
