/* params: the parameters of the methods that are understood, as plain structs.
 *
 * Strings borrow the message; URIs are as the client wrote them; positions are in the negotiated encoding. Which member
 * of the JSON fills which field is in params.c.
 */
#ifndef TOVA_SERVER_LSP_PARAMS_H
#define TOVA_SERVER_LSP_PARAMS_H

#include "parser/text/position.h"
#include "server/lsp/decode.h"

#include <stdbool.h>
#include <stdint.h>

/* The section "tova" of the client's settings, also as initializationOptions. What is absent stays as it was. */
struct settings_params {
    struct str compile_on_save; /* "off", "onSave" or "onIdle" */
    struct str trace;           /* "off", "messages" or "verbose" */
    bool has_trusted, trusted;  /* the user vouches for the workspace; without it nothing is written */
    struct {
        bool has_parameter_names, parameter_names, has_await, await, has_types, types;
    } hints; /* which inlay hints are shown */
    bool has_first_port;
    int64_t first_port; /* at which `tova dev` starts the first server; 0: the default */
};

struct folder_params {
    struct str uri;
};

/* Commands that a client may be able to run, by initializationOptions.commands. */
enum client_command {
    CLIENT_COPIES = 1,           /* tova.copy [text, what] */
    CLIENT_SHOWS_REFERENCES = 2, /* tova.showReferences [uri, position, locations] */
    CLIENT_RUNS_TESTS = 4,       /* tova.runTest [uri, name or null] */
};

struct initialize_params {
    int64_t process_id; /* 0: none */
    struct str root_uri, root_path;
    struct decode_array folders;   /* struct folder_params */
    struct decode_array encodings; /* struct str */
    struct settings_params settings;
    bool has_settings;
    bool server_status; /* initializationOptions.serverStatus: it wants to be told with tova/serverStatus */
    struct decode_array command_names; /* struct str */
    unsigned commands;                 /* enum client_command */
    /* What the client can do. */
    bool insert_replace, commit_characters, preselect, deprecated_tags, active_parameter, label_offsets, no_active_parameter;
    struct decode_array completion_resolves; /* struct str: the properties of items that it asks for later */
    bool resolves_documentation;             /* one of them */
    struct decode_array completion_defaults; /* struct str: what a list may say once for its items */
    bool default_range, default_format;      /* two of them */
    bool snippets, label_details, hierarchical_symbols, related_information, diagnostic_data, diagnostic_versions;
    bool pulls_diagnostics, refreshes_diagnostics;
    bool work_done_progress, configuration, watch_registration, code_action_literals, document_changes,
        change_annotations;
    bool text_documents_refresh; /* workspace/textDocumentContent, of which it shows the newest */
    bool multiline_tokens, has_augments_syntax, augments_syntax; /* semantic tokens beside those of a grammar */
    bool line_folding_only;
    bool refreshes_lenses, refreshes_hints, refreshes_tokens;
    uint32_t folding_limit; /* 0: none */
    bool symbol_ranges; /* it asks for the range of a symbol when it is chosen */
    bool definition_links, declaration_links, type_definition_links, implementation_links;
    struct decode_array resource_operations; /* struct str */
    bool applies_edits, creates_files;
    bool code_action_preferred, code_action_data, code_action_resolve;
};

struct document_params {
    struct str uri;
};

struct open_params {
    struct str uri, text;
    int64_t version;
};

struct change_params {
    bool has_range; /* without it `text` is the whole new text */
    struct range range;
    struct str text;
};

struct changes_params {
    struct str uri;
    int64_t version;
    struct decode_array changes; /* struct change_params, each on the result of the one before */
};

struct save_params {
    struct str uri, text;
    bool has_text;
};

struct place_params {
    struct str uri;
    struct position position;
    bool declaration; /* references: the declaration too */
    struct str trigger; /* completion: the character that made the client ask by itself, or empty */
    struct str new_name; /* rename */
};

/* An item of a call or type hierarchy as it was answered. */
struct hierarchy_item_params {
    struct str uri;
    struct position position; /* of the start of its name */
};

struct symbol_query_params {
    struct str query;
};

/* A symbol as it was answered. */
struct symbol_params {
    struct str uri, name, container;
    int64_t kind;
    uint32_t start, end; /* bytes */
};

struct file_move_params {
    struct str from, to;
};

struct file_moves_params {
    struct decode_array files; /* struct file_move_params */
};

struct range_params {
    struct str uri;
    struct range range;
};

struct preview_params {
    struct str uri, output;
    bool has_position; /* without an output: that of the block there */
    struct position position;
};

struct preview_end_params {
    int64_t id;
};

struct map_params {
    struct str uri, to, output;
    struct range range;
};

struct content_params {
    struct str uri;
};

struct compile_params {
    struct str uri; /* empty: everything */
};

struct watched_file_params {
    struct str uri;
};

struct watched_files_params {
    struct decode_array changes; /* struct watched_file_params */
};

struct folders_params {
    struct decode_array added, removed; /* struct folder_params */
};

struct configuration_params {
    struct settings_params settings;
    bool has_settings; /* otherwise the client wants to be asked */
};

extern const struct decode_table params_initialize, params_document, params_open, params_changes, params_save,
    params_place, params_range, params_preview, params_preview_end, params_map, params_content,
    params_compile, params_watched_files, params_folders, params_configuration,
    params_hierarchy_item, params_symbol_query, params_symbol, params_file_moves, params_made_files,
    params_settings;

#endif
