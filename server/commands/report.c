/* Diagnostics as text with an excerpt of the source, and as JSON. */
#include "server/commands/report.h"

#include "parser/base/limits.h"
#include "parser/base/utf.h"
#include "parser/text/position.h"
#include "server/commands/command.h"
#include "server/commands/terminal.h"
#include "server/lsp/json_writer.h"

#include <stdio.h>

static const enum terminal_style severity_styles[] = {
    [SEVERITY_ERROR] = TERMINAL_RED,
    [SEVERITY_WARNING] = TERMINAL_YELLOW,
    [SEVERITY_INFORMATION] = TERMINAL_BLUE,
    [SEVERITY_HINT] = TERMINAL_DIM,
};

bool report_wants(const struct report *report, const struct diagnostic *diagnostic) {
    return diagnostic->severity <= report->least && (!report->syntax_only || diagnostic_is_syntax(diagnostic->code));
}

void report_count(struct report *report, const struct diagnostic *diagnostic) {
    report->errors += diagnostic->severity == SEVERITY_ERROR;
    report->warnings += diagnostic->severity == SEVERITY_WARNING;
    report->notes += diagnostic->severity > SEVERITY_WARNING;
}

static void style(const struct report *report, enum terminal_style style) {
    strbuf_add_c(report->out, terminal_style(report->colour, style));
}

/* ---- text */

static void add_place(const struct report *report, struct str path, const struct text *text, uint32_t offset) {
    style(report, TERMINAL_BOLD);
    strbuf_add(report->out, path);
    if (text != NULL) {
        struct position at = position_of(text, offset, POSITION_UTF32);
        strbuf_printf(report->out, ":%u:%u", at.line + 1, at.column + 1);
    }
    strbuf_add_c(report->out, ": ");
    style(report, TERMINAL_PLAIN);
}

/* Blanks as wide as the text, tabs kept, so that what follows stands below what follows it. */
static void add_indent(struct strbuf *out, struct str text) {
    for (size_t at = 0; at < text.size;) {
        size_t next;
        strbuf_add_byte(out, utf_decode(text, at, &next) == '\t' ? '\t' : ' ');
        at = next;
    }
}

void report_excerpt(struct strbuf *out, bool colour, const struct text *text, struct span span) {
    uint32_t line = text_line_of(text, span.start);
    struct span whole = text_line(text, line);
    uint32_t start = span.start < whole.end ? span.start : whole.end;
    uint32_t end = span.end < whole.end ? span.end : whole.end;
    size_t width = utf_utf32_length(text_slice(text, (struct span){start, end}));

    strbuf_printf(out, "%5u | ", line + 1);
    strbuf_add(out, text_slice(text, whole));
    strbuf_add_c(out, "\n      | ");
    add_indent(out, text_slice(text, (struct span){whole.start, start}));
    strbuf_add_c(out, terminal_style(colour, TERMINAL_GREEN));
    strbuf_add_byte(out, '^');
    strbuf_add_repeat(out, '~', width > 1 ? width - 1 : 0);
    strbuf_add_c(out, terminal_style(colour, TERMINAL_PLAIN));
    strbuf_add_byte(out, '\n');
}

const struct text *report_text_of(const struct project *project, struct str path) {
    const struct project_unit *unit = project_unit_of(project, path);
    for (uint32_t i = 0; unit != NULL && i < unit->file_count; i++) {
        if (str_equal(unit->files[i].path, path)) {
            return unit->files[i].text;
        }
    }
    return NULL;
}

static void add_related(const struct report *report, const struct project *project, const struct project_file *file,
                        const struct diagnostic_related *related, struct arena *scratch) {
    struct str path = related->path.size > 0 ? related->path : file->path;
    const struct text *text = report_text_of(project, path);
    add_place(report, command_shown_path(scratch, path), text, related->span.start);
    strbuf_add_c(report->out, "note: ");
    strbuf_add(report->out, related->message);
    strbuf_add_byte(report->out, '\n');
    if (text != NULL) {
        report_excerpt(report->out, report->colour, text, related->span);
    }
}

static void add_text(const struct report *report, const struct project *project, const struct project_file *file,
                     const struct diagnostic *diagnostic, struct arena *scratch) {
    add_place(report, command_shown_path(scratch, file->path), file->text, diagnostic->span.start);
    style(report, severity_styles[diagnostic->severity]);
    strbuf_add(report->out, diagnostic_severity_name(diagnostic->severity));
    strbuf_add_c(report->out, ": ");
    style(report, TERMINAL_PLAIN);
    style(report, TERMINAL_BOLD);
    strbuf_add(report->out, diagnostic->message);
    style(report, TERMINAL_PLAIN);
    strbuf_printf(report->out, " [%.*s]\n", STR_ARGUMENTS(diagnostic_code_name(diagnostic->code)));
    if (file->text != NULL) {
        report_excerpt(report->out, report->colour, file->text, diagnostic->span);
    }
    if (diagnostic->fix.title.size > 0) {
        strbuf_printf(report->out, "      = help: %.*s\n", STR_ARGUMENTS(diagnostic->fix.title));
    }
    if (diagnostic->related.message.size > 0) {
        add_related(report, project, file, &diagnostic->related, scratch);
    }
}

void report_text(struct report *report, const struct project *project, const struct project_file *file) {
    struct arena scratch;
    arena_init(&scratch);
    report->files++;
    for (unsigned i = 0; i < file->diagnostics.list.count; i++) {
        const struct diagnostic *diagnostic = &file->diagnostics.list.items[i];
        if (report_wants(report, diagnostic)) {
            add_text(report, project, file, diagnostic, &scratch);
            report_count(report, diagnostic);
        }
    }
    arena_finish(&scratch);
}

/* ---- JSON */

static void add_json_range(struct json_writer *json, const struct text *text, struct span span) {
    struct range range = {{0, 0}, {0, 0}};
    if (text != NULL) {
        range = range_of(text, span, POSITION_UTF16);
    }
    const struct position ends[] = {range.start, range.end};
    static const char *const names[] = {"start", "end"};
    json_key(json, "range");
    json_open_object(json);
    for (unsigned i = 0; i < 2; i++) {
        json_key(json, names[i]);
        json_open_object(json);
        json_member_number(json, "line", ends[i].line);
        json_member_number(json, "character", ends[i].column);
        json_close_object(json);
    }
    json_close_object(json);
}

static void add_json_fix(struct json_writer *json, const struct project_file *file, const struct diagnostic_fix *fix) {
    json_key(json, "fix");
    json_open_object(json);
    json_member_string(json, "title", fix->title);
    add_json_range(json, file->text, fix->span);
    json_member_string(json, "replacement", fix->replacement);
    json_close_object(json);
}

static void add_json_related(struct json_writer *json, const struct project *project, const struct project_file *file,
                             const struct diagnostic_related *related) {
    struct str path = related->path.size > 0 ? related->path : file->path;
    json_key(json, "related");
    json_open_object(json);
    json_member_string(json, "path", path);
    add_json_range(json, report_text_of(project, path), related->span);
    json_member_string(json, "message", related->message);
    json_close_object(json);
}

static void add_json(struct strbuf *out, const struct project *project, const struct project_file *file,
                     const struct diagnostic *diagnostic) {
    struct json_writer json;
    json_init(&json, out);
    json_open_object(&json);
    json_member_string(&json, "path", file->path);
    add_json_range(&json, file->text, diagnostic->span);
    json_member_string(&json, "severity", diagnostic_severity_name(diagnostic->severity));
    json_member_string(&json, "code", diagnostic_code_name(diagnostic->code));
    json_member_string(&json, "message", diagnostic->message);
    if (diagnostic->fix.title.size > 0) {
        add_json_fix(&json, file, &diagnostic->fix);
    }
    if (diagnostic->related.message.size > 0) {
        add_json_related(&json, project, file, &diagnostic->related);
    }
    json_close_object(&json);
}

void report_json(struct report *report, const struct project *project, const struct project_file *file) {
    report->files++;
    for (unsigned i = 0; i < file->diagnostics.list.count; i++) {
        const struct diagnostic *diagnostic = &file->diagnostics.list.items[i];
        if (report_wants(report, diagnostic)) {
            strbuf_add_c(report->out, report->out->size > 0 ? ",\n" : "\n");
            add_json(report->out, project, file, diagnostic);
            report_count(report, diagnostic);
        }
    }
}

/* ---- the end */

static void add_count(struct strbuf *out, unsigned number, const char *what) {
    strbuf_printf(out, "%u %s%s", number, what, number == 1 ? "" : "s");
}

void report_summary(const struct report *report, struct strbuf *out) {
    const struct {
        unsigned number;
        const char *what;
    } counts[] = {{report->errors, "error"}, {report->warnings, "warning"}, {report->notes, "note"}};
    unsigned kinds = (report->errors > 0 ? 1u : 0u) + (report->warnings > 0 ? 1u : 0u) + (report->notes > 0 ? 1u : 0u);
    if (kinds == 0) {
        strbuf_add_c(out, "No problems");
    }
    for (unsigned i = 0, left = kinds; i < sizeof counts / sizeof counts[0]; i++) {
        if (counts[i].number > 0) {
            add_count(out, counts[i].number, counts[i].what);
            left--;
            strbuf_add_c(out, left == 0 ? "" : left == 1 ? " and " : ", ");
        }
    }
    strbuf_add_c(out, " in ");
    add_count(out, report->files, "file");
    strbuf_add_c(out, ".\n");
}

void report_unit(const struct project *project, const struct project_unit *unit, bool warnings) {
    if (warnings ? unit->errors + unit->warnings == 0 : unit->errors == 0) {
        return;
    }
    struct strbuf out;
    strbuf_init(&out, LIMIT_OUTPUT_BYTES);
    struct report report = {
        .out = &out, .colour = terminal_has_colour(stderr), .least = warnings ? SEVERITY_WARNING : SEVERITY_ERROR};
    for (uint32_t i = 0; i < unit->file_count; i++) {
        report_text(&report, project, &unit->files[i]);
    }
    fwrite(out.data, 1, out.size, stderr);
    strbuf_finish(&out);
}
