/* Diagnostics for other programs: SARIF 2.1.0 for code scanning, and the commands of GitHub's workflow logs. */
#include "server/commands/report_formats.h"

#include "parser/base/path.h"
#include "parser/text/position.h"
#include "parser/text/uri.h"
#include "server/commands/command.h"
#include "server/commands/explain.h"
#include "server/lsp/json_writer.h"

#define SARIF_SCHEMA "https://docs.oasis-open.org/sarif/sarif/v2.1.0/os/schemas/sarif-schema-2.1.0.json"

/* ---- SARIF */

/* Errors, warnings and the rest, as SARIF calls them. */
static const char *level_of(enum diagnostic_severity severity) {
    return severity == SEVERITY_ERROR ? "error" : severity == SEVERITY_WARNING ? "warning" : "note";
}

/* Lines and columns count from 1; columns are UTF-16 units, as the run says, and the end is behind the last one. */
static void add_region(struct json_writer *json, const struct text *text, struct span span) {
    struct range range = range_of(text, span, POSITION_UTF16);
    json_key(json, "region");
    json_open_object(json);
    json_member_number(json, "startLine", range.start.line + 1);
    json_member_number(json, "startColumn", range.start.column + 1);
    json_member_number(json, "endLine", range.end.line + 1);
    json_member_number(json, "endColumn", range.end.column + 1);
    json_close_object(json);
}

/* Below the working folder a path is said from there, so that a log fits every checkout. */
static void add_artifact(struct json_writer *json, struct arena *scratch, struct str path) {
    struct str here = scan_absolute(scratch, STR("."));
    bool inside = path_is_below(path, here);
    json_key(json, "artifactLocation");
    json_open_object(json);
    if (inside) {
        struct str uri = uri_from_path(scratch, path_join(scratch, STR("/"), path_relative(scratch, here, path)));
        json_member_string(json, "uri", str_slice(uri, sizeof "file:///" - 1, uri.size));
        json_member_string(json, "uriBaseId", STR("%SRCROOT%"));
    } else {
        json_member_string(json, "uri", uri_from_path(scratch, path));
    }
    json_close_object(json);
}

static void add_physical(struct json_writer *json, struct arena *scratch, struct str path, const struct text *text,
                         struct span span) {
    json_key(json, "physicalLocation");
    json_open_object(json);
    add_artifact(json, scratch, path);
    if (text != NULL) {
        add_region(json, text, span);
    }
    json_close_object(json);
}

static void add_message(struct json_writer *json, struct str text) {
    json_key(json, "message");
    json_open_object(json);
    json_member_string(json, "text", text);
    json_close_object(json);
}

static void add_fix(struct json_writer *json, struct arena *scratch, const struct project_file *file,
                    const struct diagnostic_fix *fix) {
    json_key(json, "fixes");
    json_open_array(json);
    json_open_object(json);
    json_key(json, "description");
    json_open_object(json);
    json_member_string(json, "text", fix->title);
    json_close_object(json);
    json_key(json, "artifactChanges");
    json_open_array(json);
    json_open_object(json);
    add_artifact(json, scratch, file->path);
    json_key(json, "replacements");
    json_open_array(json);
    json_open_object(json);
    struct range range = range_of(file->text, fix->span, POSITION_UTF16);
    json_key(json, "deletedRegion");
    json_open_object(json);
    json_member_number(json, "startLine", range.start.line + 1);
    json_member_number(json, "startColumn", range.start.column + 1);
    json_member_number(json, "endLine", range.end.line + 1);
    json_member_number(json, "endColumn", range.end.column + 1);
    json_close_object(json);
    json_key(json, "insertedContent");
    json_open_object(json);
    json_member_string(json, "text", fix->replacement);
    json_close_object(json);
    json_close_object(json);
    json_close_array(json);
    json_close_object(json);
    json_close_array(json);
    json_close_object(json);
    json_close_array(json);
}

static void add_related(struct json_writer *json, struct arena *scratch, const struct project *project,
                        const struct project_file *file, const struct diagnostic_related *related) {
    struct str path = related->path.size > 0 ? related->path : file->path;
    json_key(json, "relatedLocations");
    json_open_array(json);
    json_open_object(json);
    json_member_number(json, "id", 0);
    add_physical(json, scratch, path, report_text_of(project, path), related->span);
    add_message(json, related->message);
    json_close_object(json);
    json_close_array(json);
}

static void add_result(struct strbuf *out, const struct project *project, const struct project_file *file,
                       const struct diagnostic *diagnostic) {
    struct arena scratch = {0};
    struct json_writer json;
    json_init(&json, out);
    json_open_object(&json);
    json_member_string(&json, "ruleId", diagnostic_code_name(diagnostic->code));
    json_member_number(&json, "ruleIndex", (int64_t)diagnostic->code);
    json_member_string(&json, "level", str_from_c(level_of(diagnostic->severity)));
    add_message(&json, diagnostic->message);
    json_key(&json, "locations");
    json_open_array(&json);
    json_open_object(&json);
    add_physical(&json, &scratch, file->path, file->text, diagnostic->span);
    json_close_object(&json);
    json_close_array(&json);
    if (diagnostic->related.message.size > 0) {
        add_related(&json, &scratch, project, file, &diagnostic->related);
    }
    if (diagnostic->fix.title.size > 0 && file->text != NULL) {
        add_fix(&json, &scratch, file, &diagnostic->fix);
    }
    json_close_object(&json);
    arena_finish(&scratch);
}

void report_sarif(struct report *report, const struct project *project, const struct project_file *file) {
    report->files++;
    for (unsigned i = 0; i < file->diagnostics.list.count; i++) {
        const struct diagnostic *diagnostic = &file->diagnostics.list.items[i];
        if (report_wants(report, diagnostic)) {
            strbuf_add_c(report->out, report->out->size > 0 ? ",\n" : "\n");
            add_result(report->out, project, file, diagnostic);
            report_count(report, diagnostic);
        }
    }
}

/* The page of a rule, as text and as the same text that may be shown as Markdown. */
static void add_help(struct json_writer *json, struct str page) {
    json_key(json, "help");
    json_open_object(json);
    json_member_string(json, "text", page);
    json_member_string(json, "markdown", page);
    json_close_object(json);
}

static void add_rules(struct json_writer *json) {
    json_key(json, "rules");
    json_open_array(json);
    for (int i = 0; i < (int)DIAGNOSTIC_CODE_COUNT; i++) {
        enum diagnostic_code code = (enum diagnostic_code)i;
        json_open_object(json);
        json_member_string(json, "id", diagnostic_code_name(code));
        json_key(json, "shortDescription");
        json_open_object(json);
        json_member_string(json, "text", diagnostic_code_title(code));
        json_close_object(json);
        add_help(json, explain_text(code));
        json_close_object(json);
    }
    json_close_array(json);
}

void report_sarif_log(const struct report *report, struct strbuf *out) {
    struct json_writer json;
    json_init(&json, out);
    json_open_object(&json);
    json_member_string(&json, "$schema", STR(SARIF_SCHEMA));
    json_member_string(&json, "version", STR("2.1.0"));
    json_key(&json, "runs");
    json_open_array(&json);
    json_open_object(&json);
    json_key(&json, "tool");
    json_open_object(&json);
    json_key(&json, "driver");
    json_open_object(&json);
    json_member_string(&json, "name", STR("tova"));
    json_member_string(&json, "version", STR(TOVA_VERSION));
    add_rules(&json);
    json_close_object(&json);
    json_close_object(&json);
    json_member_string(&json, "columnKind", STR("utf16CodeUnits"));
    json_key(&json, "results");
    json_open_array(&json);
    json_raw(&json, strbuf_str(report->out));
    json_close_array(&json);
    json_close_object(&json);
    json_close_array(&json);
    json_close_object(&json);
    strbuf_add_byte(out, '\n');
}

/* ---- GitHub */

/* What stands in a workflow command: a percent sign and the ends of lines are escaped, in properties `:` and `,` too. */
static void add_escaped(struct strbuf *out, struct str text, bool property) {
    for (size_t i = 0; i < text.size; i++) {
        char byte = text.data[i];
        bool special = byte == '%' || byte == '\n' || byte == '\r' || (property && (byte == ':' || byte == ','));
        if (special) {
            strbuf_printf(out, "%%%02X", (unsigned)(unsigned char)byte);
        } else {
            strbuf_add_byte(out, byte);
        }
    }
}

static void add_command(struct strbuf *out, const struct project_file *file, const struct diagnostic *diagnostic) {
    static const char *const words[] = {
        [SEVERITY_ERROR] = "error", [SEVERITY_WARNING] = "warning", [SEVERITY_INFORMATION] = "notice",
        [SEVERITY_HINT] = "notice"};
    struct arena scratch = {0};
    strbuf_printf(out, "::%s file=", words[diagnostic->severity]);
    add_escaped(out, command_shown_path(&scratch, file->path), true);
    if (file->text != NULL) {
        struct range range = range_of(file->text, diagnostic->span, POSITION_UTF32);
        strbuf_printf(out, ",line=%u,endLine=%u,col=%u", range.start.line + 1, range.end.line + 1,
                      range.start.column + 1);
        /* Columns are of one line only. */
        if (range.start.line == range.end.line) {
            strbuf_printf(out, ",endColumn=%u", range.end.column + 1);
        }
    }
    strbuf_add_c(out, ",title=");
    add_escaped(out, diagnostic_code_name(diagnostic->code), true);
    strbuf_add_c(out, "::");
    add_escaped(out, diagnostic->message, false);
    strbuf_add_byte(out, '\n');
    arena_finish(&scratch);
}

void report_github(struct report *report, const struct project *project, const struct project_file *file) {
    (void)project;
    report->files++;
    for (unsigned i = 0; i < file->diagnostics.list.count; i++) {
        const struct diagnostic *diagnostic = &file->diagnostics.list.items[i];
        if (report_wants(report, diagnostic)) {
            add_command(report->out, file, diagnostic);
            report_count(report, diagnostic);
        }
    }
}
