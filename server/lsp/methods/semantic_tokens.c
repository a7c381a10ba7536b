/* textDocument/semanticTokens/full, full/delta and range: lines and columns as differences (LSP 3.17 "Semantic Tokens"). */
#include "server/features/semantic_tokens.h"

#include "parser/base/narrow.h"
#include "parser/base/utf.h"
#include "server/lsp/handlers.h"
#include "server/lsp/token_results.h"
#include "server/lsp/view.h"

/* Writes tokens as numbers; keeps the place of the last one, from which the next is counted. */
struct number_writer {
    const struct view *view;
    VEC(uint32_t) numbers;
    struct str text;
    uint32_t line, line_end;           /* of `at`; line_end: where the next line starts */
    uint32_t at, column;               /* bytes, and units of the encoding */
    uint32_t last_line, last_column;   /* of the last token */
};

static uint32_t units(const struct number_writer *writer, uint32_t start, uint32_t end) {
    struct str bytes = {writer->text.data + start, end - start};
    switch (writer->view->encoder.encoding) {
    case POSITION_UTF16:
        return u32_from_size(utf_utf16_length(bytes));
    case POSITION_UTF8:
        return end - start;
    case POSITION_UTF32:
        return u32_from_size(utf_utf32_length(bytes));
    }
    return 0;
}

static uint32_t next_line_start(const struct number_writer *writer, uint32_t line) {
    const struct text *text = writer->view->text;
    return line + 1 < text_line_count(text) ? text_line(text, line + 1).start : UINT32_MAX;
}

/* Moves to a place behind the last one. */
static void move_to(struct number_writer *writer, uint32_t offset) {
    if (offset >= writer->line_end) {
        writer->line = text_line_of(writer->view->text, offset);
        writer->line_end = next_line_start(writer, writer->line);
        writer->at = text_line(writer->view->text, writer->line).start;
        writer->column = 0;
    }
    writer->column += units(writer, writer->at, offset);
    writer->at = offset;
}

static void write_numbers(struct number_writer *writer, uint32_t start, uint32_t end, const struct semantic_token *token) {
    struct arena *arena = writer->view->context.arena;
    move_to(writer, start);
    uint32_t down = writer->line - writer->last_line;
    vec_push(arena, &writer->numbers, down);
    vec_push(arena, &writer->numbers, down > 0 ? writer->column : writer->column - writer->last_column);
    vec_push(arena, &writer->numbers, units(writer, start, end));
    vec_push(arena, &writer->numbers, token->type);
    vec_push(arena, &writer->numbers, token->modifiers);
    writer->last_line = writer->line;
    writer->last_column = writer->column;
}

/* A token of several lines becomes one a line where the client knows no others. */
static void write_token(struct number_writer *writer, const struct semantic_token *token) {
    const struct text *text = writer->view->text;
    move_to(writer, token->start);
    if (token->end <= writer->line_end || writer->view->encoder.client->multiline_tokens) {
        write_numbers(writer, token->start, token->end, token);
        return;
    }
    uint32_t last = text_line_of(text, token->end);
    for (uint32_t line = writer->line; line <= last; line++) {
        struct span span = text_line(text, line);
        uint32_t start = span.start > token->start ? span.start : token->start;
        uint32_t end = span.end < token->end ? span.end : token->end;
        if (start < end) {
            write_numbers(writer, start, end, token);
        }
    }
}

static struct number_writer write_tokens(const struct view *view, struct span within) {
    struct number_writer writer = {.view = view, .text = text_str(view->text)};
    const struct initialize_params *client = view->encoder.client;
    bool alone = client->has_augments_syntax && !client->augments_syntax; /* the client colours nothing by a grammar */
    struct semantic_token_list tokens = semantic_tokens(&view->context, within, alone);
    writer.line_end = next_line_start(&writer, 0);
    for (unsigned i = 0; i < tokens.list.count; i++) {
        write_token(&writer, &tokens.list.items[i]);
    }
    return writer;
}

/* Keeps what is answered, and writes the id by which the client asks for what has changed since. */
static void keep(struct request *request, const struct view *view, const struct number_writer *writer) {
    struct str id = token_results_put(&request->dispatch->tokens, request->arena, view->path, writer->numbers.items,
                                      writer->numbers.count);
    json_member_string(request->result, "resultId", id);
}

static void encode_full(struct request *request, const struct view *view, const struct number_writer *writer) {
    request->dispatch->shown |= SHOWN_TOKENS;
    json_open_object(request->result);
    keep(request, view, writer);
    json_key(request->result, "data");
    json_numbers(request->result, writer->numbers.items, writer->numbers.count);
    json_close_object(request->result);
}

static void encode_change(struct json_writer *json, const struct token_change *change, const uint32_t *data) {
    json_open_object(json);
    json_member_number(json, "start", (int64_t)change->start);
    json_member_number(json, "deleteCount", (int64_t)change->delete_count);
    json_key(json, "data");
    json_numbers(json, data + change->start, change->insert_count);
    json_close_object(json);
}

enum rpc_error method_semantic_tokens(struct request *request) {
    struct document_params params = {0};
    struct view view;
    enum rpc_error error = view_open_document(request, &params, &view);
    if (error == RPC_NO_ERROR) {
        struct number_writer writer = write_tokens(&view, (struct span){0, text_size(view.text)});
        encode_full(request, &view, &writer);
    }
    return error;
}

enum rpc_error method_semantic_tokens_range(struct request *request) {
    struct range_params params = {0};
    struct view view;
    struct span within = {0, 0};
    enum rpc_error error = view_open_range(request, &params, &view, &within);
    if (error == RPC_NO_ERROR) {
        struct number_writer writer = write_tokens(&view, within);
        token_results_forget(&request->dispatch->tokens,
                             view.path); /* Neovim 0.12 would lay the next delta over these */
        json_open_object(request->result);
        json_key(request->result, "data");
        json_numbers(request->result, writer.numbers.items, writer.numbers.count);
        json_close_object(request->result);
    }
    return error;
}

struct delta_params {
    struct str uri, previous;
};

enum rpc_error method_semantic_tokens_delta(struct request *request) {
    static const struct decode_field rows[] = {
        {"textDocument.uri", DECODE_STRING, DECODE_REQUIRED, offsetof(struct delta_params, uri), NULL},
        {"previousResultId", DECODE_STRING, DECODE_REQUIRED, offsetof(struct delta_params, previous), NULL},
    };
    static const struct decode_table table = DECODE_TABLE(struct delta_params, rows);
    struct delta_params params = {0};
    struct token_change change;
    struct view view;
    if (!request_decode(request, &table, &params)) {
        return RPC_INVALID_PARAMS;
    }
    enum rpc_error error = view_open(request, params.uri, &view);
    if (error != RPC_NO_ERROR) {
        return error;
    }
    struct number_writer writer = write_tokens(&view, (struct span){0, text_size(view.text)});
    struct json_writer *json = request->result;
    /* Looked up behind the work: a range that is answered within it forgets it. */
    const struct token_result *old = token_results_find(&request->dispatch->tokens, view.path, params.previous);
    if (old == NULL) {
        encode_full(request, &view, &writer);
        return RPC_NO_ERROR;
    }
    bool changed = token_results_change(old, writer.numbers.items, writer.numbers.count, &change);
    json_open_object(json);
    keep(request, &view, &writer);
    json_key(json, "edits");
    json_open_array(json);
    if (changed) {
        encode_change(json, &change, writer.numbers.items);
    }
    json_close_array(json);
    json_close_object(json);
    return RPC_NO_ERROR;
}
