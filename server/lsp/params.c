/* params: where each parameter stands in the JSON. */
#include "server/lsp/params.h"

#define FIELD(struct_name, member, path, type)                                                                         \
    { (path), (type), 0, offsetof(struct struct_name, member), NULL }
#define REQUIRED(struct_name, member, path, type)                                                                      \
    { (path), (type), DECODE_REQUIRED, offsetof(struct struct_name, member), NULL }
#define ARRAY(struct_name, member, path, flags, element)                                                               \
    { (path), DECODE_ARRAY, (flags), offsetof(struct struct_name, member), (element) }
/* The settings, whose struct is the member before `at` and whose section is the path before `path`. */
#define SETTINGS(struct_name, at, path)                                                                                \
    FIELD(struct_name, at compile_on_save, path "compileOnSave", DECODE_STRING),                                       \
        FIELD(struct_name, at trace, path "trace", DECODE_STRING),                                                     \
        FIELD(struct_name, at has_trusted, path "trusted", DECODE_PRESENT),                                            \
        FIELD(struct_name, at trusted, path "trusted", DECODE_BOOL),                                                   \
        FIELD(struct_name, at hints.has_parameter_names, path "inlayHints.parameterNames", DECODE_PRESENT),            \
        FIELD(struct_name, at hints.parameter_names, path "inlayHints.parameterNames", DECODE_BOOL),                   \
        FIELD(struct_name, at hints.has_await, path "inlayHints.await", DECODE_PRESENT),                               \
        FIELD(struct_name, at hints.await, path "inlayHints.await", DECODE_BOOL),                                      \
        FIELD(struct_name, at hints.has_types, path "inlayHints.types", DECODE_PRESENT),                               \
        FIELD(struct_name, at hints.types, path "inlayHints.types", DECODE_BOOL),                                      \
        FIELD(struct_name, at has_first_port, path "dev.port", DECODE_PRESENT),                                        \
        FIELD(struct_name, at first_port, path "dev.port", DECODE_INT)
#define TABLE(name, struct_name) const struct decode_table params_##name = DECODE_TABLE(struct struct_name, name##_rows)

static const struct decode_field settings_rows[] = {
    SETTINGS(settings_params, , ""),
};
TABLE(settings, settings_params);

static const struct decode_field configuration_rows[] = {
    FIELD(configuration_params, has_settings, "settings.tova", DECODE_PRESENT),
    SETTINGS(configuration_params, settings., "settings.tova."),
};
TABLE(configuration, configuration_params);

static const struct decode_field folder_rows[] = {REQUIRED(folder_params, uri, "uri", DECODE_STRING)};
static const struct decode_table folder_table = DECODE_TABLE(struct folder_params, folder_rows);

#define CAPABILITY(member, path, type) FIELD(initialize_params, member, "capabilities." path, type)

static const struct decode_field initialize_rows[] = {
    FIELD(initialize_params, process_id, "processId", DECODE_INT),
    FIELD(initialize_params, root_uri, "rootUri", DECODE_STRING),
    FIELD(initialize_params, root_path, "rootPath", DECODE_STRING),
    ARRAY(initialize_params, folders, "workspaceFolders", 0, &folder_table),
    FIELD(initialize_params, has_settings, "initializationOptions", DECODE_PRESENT),
    SETTINGS(initialize_params, settings., "initializationOptions."),
    FIELD(initialize_params, server_status, "initializationOptions.serverStatus", DECODE_BOOL),
    FIELD(initialize_params, command_names, "initializationOptions.commands", DECODE_STRINGS),
    CAPABILITY(encodings, "general.positionEncodings", DECODE_STRINGS),
    CAPABILITY(snippets, "textDocument.completion.completionItem.snippetSupport", DECODE_BOOL),
    CAPABILITY(insert_replace, "textDocument.completion.completionItem.insertReplaceSupport", DECODE_BOOL),
    CAPABILITY(commit_characters, "textDocument.completion.completionItem.commitCharactersSupport", DECODE_BOOL),
    CAPABILITY(preselect, "textDocument.completion.completionItem.preselectSupport", DECODE_BOOL),
    CAPABILITY(deprecated_tags, "textDocument.completion.completionItem.tagSupport", DECODE_PRESENT),
    CAPABILITY(completion_resolves, "textDocument.completion.completionItem.resolveSupport.properties", DECODE_STRINGS),
    CAPABILITY(completion_defaults, "textDocument.completion.completionList.itemDefaults", DECODE_STRINGS),
    CAPABILITY(active_parameter, "textDocument.signatureHelp.signatureInformation.activeParameterSupport", DECODE_BOOL),
    CAPABILITY(no_active_parameter, "textDocument.signatureHelp.signatureInformation.noActiveParameterSupport", DECODE_BOOL),
    CAPABILITY(label_offsets, "textDocument.signatureHelp.signatureInformation.parameterInformation.labelOffsetSupport",
               DECODE_BOOL),
    CAPABILITY(label_details, "textDocument.completion.completionItem.labelDetailsSupport", DECODE_BOOL),
    CAPABILITY(hierarchical_symbols, "textDocument.documentSymbol.hierarchicalDocumentSymbolSupport", DECODE_BOOL),
    CAPABILITY(symbol_ranges, "workspace.symbol.resolveSupport", DECODE_PRESENT),
    CAPABILITY(definition_links, "textDocument.definition.linkSupport", DECODE_BOOL),
    CAPABILITY(declaration_links, "textDocument.declaration.linkSupport", DECODE_BOOL),
    CAPABILITY(type_definition_links, "textDocument.typeDefinition.linkSupport", DECODE_BOOL),
    CAPABILITY(implementation_links, "textDocument.implementation.linkSupport", DECODE_BOOL),
    CAPABILITY(related_information, "textDocument.publishDiagnostics.relatedInformation", DECODE_BOOL),
    CAPABILITY(diagnostic_data, "textDocument.publishDiagnostics.dataSupport", DECODE_BOOL),
    CAPABILITY(diagnostic_versions, "textDocument.publishDiagnostics.versionSupport", DECODE_BOOL),
    CAPABILITY(code_action_literals, "textDocument.codeAction.codeActionLiteralSupport", DECODE_PRESENT),
    CAPABILITY(code_action_preferred, "textDocument.codeAction.isPreferredSupport", DECODE_BOOL),
    CAPABILITY(code_action_data, "textDocument.codeAction.dataSupport", DECODE_BOOL),
    CAPABILITY(code_action_resolve, "textDocument.codeAction.resolveSupport", DECODE_PRESENT),
    CAPABILITY(applies_edits, "workspace.applyEdit", DECODE_BOOL),
    CAPABILITY(resource_operations, "workspace.workspaceEdit.resourceOperations", DECODE_STRINGS),
    CAPABILITY(document_changes, "workspace.workspaceEdit.documentChanges", DECODE_BOOL),
    CAPABILITY(change_annotations, "workspace.workspaceEdit.changeAnnotationSupport", DECODE_PRESENT),
    CAPABILITY(configuration, "workspace.configuration", DECODE_BOOL),
    CAPABILITY(multiline_tokens, "textDocument.semanticTokens.multilineTokenSupport", DECODE_BOOL),
    CAPABILITY(has_augments_syntax, "textDocument.semanticTokens.augmentsSyntaxTokens", DECODE_PRESENT),
    CAPABILITY(augments_syntax, "textDocument.semanticTokens.augmentsSyntaxTokens", DECODE_BOOL),
    CAPABILITY(refreshes_lenses, "workspace.codeLens.refreshSupport", DECODE_BOOL),
    CAPABILITY(refreshes_hints, "workspace.inlayHint.refreshSupport", DECODE_BOOL),
    CAPABILITY(refreshes_tokens, "workspace.semanticTokens.refreshSupport", DECODE_BOOL),
    CAPABILITY(line_folding_only, "textDocument.foldingRange.lineFoldingOnly", DECODE_BOOL),
    CAPABILITY(folding_limit, "textDocument.foldingRange.rangeLimit", DECODE_UINT),
    CAPABILITY(pulls_diagnostics, "textDocument.diagnostic", DECODE_PRESENT),
    CAPABILITY(refreshes_diagnostics, "workspace.diagnostics.refreshSupport", DECODE_BOOL),
    CAPABILITY(work_done_progress, "window.workDoneProgress", DECODE_BOOL),
    CAPABILITY(text_documents_refresh, "workspace.textDocumentContent", DECODE_PRESENT),
    CAPABILITY(watch_registration, "workspace.didChangeWatchedFiles.dynamicRegistration", DECODE_BOOL),
};
TABLE(initialize, initialize_params);

static const struct decode_field document_rows[] = {
    REQUIRED(document_params, uri, "textDocument.uri", DECODE_STRING),
};
TABLE(document, document_params);

static const struct decode_field open_rows[] = {
    REQUIRED(open_params, uri, "textDocument.uri", DECODE_STRING),
    REQUIRED(open_params, text, "textDocument.text", DECODE_STRING),
    REQUIRED(open_params, version, "textDocument.version", DECODE_INT),
};
TABLE(open, open_params);

static const struct decode_field change_rows[] = {
    FIELD(change_params, has_range, "range", DECODE_PRESENT),
    FIELD(change_params, range, "range", DECODE_RANGE),
    REQUIRED(change_params, text, "text", DECODE_STRING),
};
static const struct decode_table change_table = DECODE_TABLE(struct change_params, change_rows);

static const struct decode_field changes_rows[] = {
    REQUIRED(changes_params, uri, "textDocument.uri", DECODE_STRING),
    FIELD(changes_params, version, "textDocument.version", DECODE_INT),
    ARRAY(changes_params, changes, "contentChanges", DECODE_REQUIRED, &change_table),
};
TABLE(changes, changes_params);

static const struct decode_field save_rows[] = {
    REQUIRED(save_params, uri, "textDocument.uri", DECODE_STRING),
    FIELD(save_params, has_text, "text", DECODE_PRESENT),
    FIELD(save_params, text, "text", DECODE_STRING),
};
TABLE(save, save_params);

static const struct decode_field place_rows[] = {
    REQUIRED(place_params, uri, "textDocument.uri", DECODE_STRING),
    REQUIRED(place_params, position.line, "position.line", DECODE_UINT),
    REQUIRED(place_params, position.column, "position.character", DECODE_UINT),
    FIELD(place_params, declaration, "context.includeDeclaration", DECODE_BOOL),
    FIELD(place_params, trigger, "context.triggerCharacter", DECODE_STRING),
    FIELD(place_params, new_name, "newName", DECODE_STRING),
};
TABLE(place, place_params);

static const struct decode_field hierarchy_item_rows[] = {
    REQUIRED(hierarchy_item_params, uri, "item.uri", DECODE_STRING),
    REQUIRED(hierarchy_item_params, position.line, "item.selectionRange.start.line", DECODE_UINT),
    REQUIRED(hierarchy_item_params, position.column, "item.selectionRange.start.character", DECODE_UINT),
};
TABLE(hierarchy_item, hierarchy_item_params);

static const struct decode_field symbol_query_rows[] = {
    REQUIRED(symbol_query_params, query, "query", DECODE_STRING),
};
TABLE(symbol_query, symbol_query_params);

static const struct decode_field symbol_rows[] = {
    REQUIRED(symbol_params, uri, "location.uri", DECODE_STRING),
    REQUIRED(symbol_params, name, "name", DECODE_STRING),
    FIELD(symbol_params, container, "containerName", DECODE_STRING),
    REQUIRED(symbol_params, kind, "kind", DECODE_INT),
    FIELD(symbol_params, start, "data.start", DECODE_UINT),
    FIELD(symbol_params, end, "data.end", DECODE_UINT),
};
TABLE(symbol, symbol_params);

static const struct decode_field file_move_rows[] = {
    REQUIRED(file_move_params, from, "oldUri", DECODE_STRING),
    REQUIRED(file_move_params, to, "newUri", DECODE_STRING),
};
static const struct decode_table file_move_table = DECODE_TABLE(struct file_move_params, file_move_rows);

static const struct decode_field file_moves_rows[] = {
    ARRAY(file_moves_params, files, "files", DECODE_REQUIRED, &file_move_table),
};
TABLE(file_moves, file_moves_params);

static const struct decode_field range_rows[] = {
    REQUIRED(range_params, uri, "textDocument.uri", DECODE_STRING),
    REQUIRED(range_params, range, "range", DECODE_RANGE),
};
TABLE(range, range_params);

static const struct decode_field preview_rows[] = {
    REQUIRED(preview_params, uri, "textDocument.uri", DECODE_STRING),
    FIELD(preview_params, output, "output", DECODE_STRING),
    FIELD(preview_params, has_position, "position", DECODE_PRESENT),
    FIELD(preview_params, position.line, "position.line", DECODE_UINT),
    FIELD(preview_params, position.column, "position.character", DECODE_UINT),
};
TABLE(preview, preview_params);

static const struct decode_field preview_end_rows[] = {REQUIRED(preview_end_params, id, "id", DECODE_INT)};
TABLE(preview_end, preview_end_params);

static const struct decode_field map_rows[] = {
    REQUIRED(map_params, uri, "textDocument.uri", DECODE_STRING),
    REQUIRED(map_params, range, "range", DECODE_RANGE),
    REQUIRED(map_params, to, "to", DECODE_STRING),
    FIELD(map_params, output, "output", DECODE_STRING),
};
TABLE(map, map_params);

static const struct decode_field content_rows[] = {REQUIRED(content_params, uri, "uri", DECODE_STRING)};
TABLE(content, content_params);

static const struct decode_field compile_rows[] = {FIELD(compile_params, uri, "textDocument.uri", DECODE_STRING)};
TABLE(compile, compile_params);

static const struct decode_field watched_file_rows[] = {REQUIRED(watched_file_params, uri, "uri", DECODE_STRING)};
static const struct decode_table watched_file_table = DECODE_TABLE(struct watched_file_params, watched_file_rows);

static const struct decode_field watched_files_rows[] = {
    ARRAY(watched_files_params, changes, "changes", DECODE_REQUIRED, &watched_file_table),
};
TABLE(watched_files, watched_files_params);

/* Files that were made or deleted. */
static const struct decode_field made_files_rows[] = {
    ARRAY(watched_files_params, changes, "files", DECODE_REQUIRED, &watched_file_table),
};
TABLE(made_files, watched_files_params);

static const struct decode_field folders_rows[] = {
    ARRAY(folders_params, added, "event.added", DECODE_REQUIRED, &folder_table),
    ARRAY(folders_params, removed, "event.removed", DECODE_REQUIRED, &folder_table),
};
TABLE(folders, folders_params);
