/* Services of a server: times that are none (`schedule`), and jobs that no `background fn` declares (`spawn_job`). */
#include "analysis/builtins.h"
#include "analysis/checks.h"

/* ---- times: the same as runtime/schedule.js and runtime/cron.js take, but for dates that never come */

static struct str cut(struct str *rest, char separator) {
    size_t end = str_find(*rest, separator, 0);
    struct str part = str_slice(*rest, 0, end);
    *rest = str_slice(*rest, end < rest->size ? end + 1 : end, rest->size);
    return part;
}

static char lower(char byte) { return byte >= 'A' && byte <= 'Z' ? (char)(byte - 'A' + 'a') : byte; }

static bool equal_in_any_case(struct str lower_case, struct str text) {
    for (size_t i = 0; lower_case.size == text.size && i < text.size; i++) {
        if (lower(text.data[i]) != lower_case.data[i]) {
            return false;
        }
    }
    return lower_case.size == text.size;
}

/* A number of up to four digits; false for anything else. */
static bool read_number(struct str text, unsigned *number) {
    *number = 0;
    for (size_t i = 0; i < text.size; i++) {
        if (text.data[i] < '0' || text.data[i] > '9') {
            return false;
        }
        *number = *number * 10 + (unsigned)(text.data[i] - '0');
    }
    return text.size > 0 && text.size <= 4;
}

static bool is_interval(struct str text) {
    static const struct str units[] = {STR_INIT("ms"), STR_INIT("s"), STR_INIT("m"), STR_INIT("h"), STR_INIT("d")};
    size_t digits = 0;
    bool some = false;
    while (digits < text.size && text.data[digits] >= '0' && text.data[digits] <= '9') {
        some = some || text.data[digits] != '0';
        digits++;
    }
    struct str unit = str_trim(str_slice(text, digits, text.size));
    for (size_t i = 0; some && i < sizeof units / sizeof *units; i++) {
        if (str_equal(units[i], unit)) {
            return true;
        }
    }
    return false;
}

static const struct field {
    unsigned low, high;
    struct str names; /* three letters each, from the low end */
} fields[] = {
    {0, 59, STR_INIT("")},
    {0, 59, STR_INIT("")},
    {0, 23, STR_INIT("")},
    {1, 31, STR_INIT("")},
    {1, 12, STR_INIT("janfebmaraprmayjunjulaugsepoctnovdec")},
    {0, 7, STR_INIT("sunmontuewedthufrisat")},
};
enum { FIELDS = sizeof fields / sizeof *fields };

static bool read_value(const struct field *field, struct str text, unsigned *value) {
    for (size_t at = 0; text.size == 3 && at + 3 <= field->names.size; at += 3) {
        if (equal_in_any_case(str_slice(field->names, at, at + 3), text)) {
            *value = field->low + (unsigned)(at / 3);
            return true;
        }
    }
    return read_number(text, value) && *value >= field->low && *value <= field->high;
}

/* `*`, `5`, `1-5`, each with `/step` or without. */
static bool is_part(const struct field *field, struct str text) {
    unsigned first, last, step;
    bool stepped = str_find(text, '/', 0) < text.size;
    struct str span = cut(&text, '/');
    if (stepped && (!read_number(text, &step) || step == 0)) {
        return false;
    }
    if (str_equal(span, STR("*"))) {
        return true;
    }
    bool ranged = str_find(span, '-', 0) < span.size;
    struct str from = cut(&span, '-');
    return read_value(field, from, &first) && (!ranged || (read_value(field, span, &last) && first <= last));
}

static bool is_field(const struct field *field, struct str text) {
    if (str_ends_with(text, STR(","))) {
        return false;
    }
    do {
        if (!is_part(field, cut(&text, ','))) {
            return false;
        }
    } while (text.size > 0);
    return true;
}

static bool is_cron(struct str text) {
    static const struct str words[] = {STR_INIT("@yearly"), STR_INIT("@annually"), STR_INIT("@monthly"), STR_INIT("@weekly"),
                                       STR_INIT("@daily"),  STR_INIT("@midnight"), STR_INIT("@hourly")};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        if (equal_in_any_case(words[i], text)) {
            return true;
        }
    }
    struct str parts[FIELDS] = {{0}};
    unsigned count = 0;
    while (text.size > 0) {
        struct str part = cut(&text, ' ');
        if (part.size > 0 && count == FIELDS) {
            return false;
        }
        if (part.size > 0) {
            parts[count++] = part;
        }
    }
    for (unsigned i = 0; i < count; i++) {
        if (!is_field(&fields[i + FIELDS - count], parts[i])) {
            return false;
        }
    }
    return count >= FIELDS - 1;
}

void check_schedule(struct check *check, node_id node) {
    const struct syntax_tree *tree = check->file->tree;
    node_id when = node_child_of_kind(tree, node, NODE_STRING);
    struct str text;
    if (node_string_value(check->arena, tree, when, &text) && !is_interval(str_trim(text)) && !is_cron(str_trim(text))) {
        CHECK_REPORT(check, OPTION_VALUE, node_span(tree, when),
                     "This is no time. Write how often, `\"30s\"`, `\"5m\"`, `\"2h\"` or `\"1d\"`, or when, as minute, hour, "
                     "day, month and weekday: `\"0 9 * * mon-fri\"`.");
    }
}

/* ---- jobs */

static bool is_job(const struct file_analysis *file, const struct symbol *symbol) {
    node_id directive = node_parent(file->tree, symbol->node);
    return symbol->kind == SYMBOL_FUNCTION && node_kind(file->tree, directive) == NODE_DIRECTIVE &&
           str_equal(node_text(file->tree, node_child(file->tree, directive, FIELD_NAME)), STR("background"));
}

/* Is it a job of this file's server, or a function of the same server in another file? The nearest name is looked for. */
static bool job_exists(struct check *check, struct block_key block, struct suggestion *suggestion) {
    const struct file_analysis *file = check->file;
    for (uint32_t i = 1; i < file->symbols.count; i++) {
        const struct symbol *symbol = analysis_symbol(file, i);
        if (is_job(file, symbol) && block_key_equal(file->blocks.items[symbol->block].key, block)) {
            if (str_equal(analysis_name(file, symbol->name), suggestion->wanted)) {
                return true;
            }
            suggestion_offer(suggestion, analysis_name(file, symbol->name));
        }
    }
    struct package_symbol other = package_lookup(check->package, block, atom_find(file->atoms, suggestion->wanted), false);
    return other.symbol != NULL && other.file != check->summary;
}

void check_job(struct check *check, node_id node) {
    const struct file_analysis *file = check->file;
    node_id callee = node_child(file->tree, node, FIELD_FUNCTION);
    uint32_t bound = node_kind(file->tree, callee) == NODE_IDENTIFIER ? file->node_binding[callee] : 0;
    if (bound == 0 || file->bindings.items[bound - 1].builtin != BUILTIN_SPAWN_JOB + 1) {
        return;
    }
    node_id name = node_first_plain(file->tree, node_child(file->tree, node, FIELD_ARGUMENTS));
    struct str text;
    if (!node_string_value(check->arena, file->tree, name, &text)) {
        return;
    }
    struct block_key block = file->blocks.items[file->bindings.items[bound - 1].block].key;
    struct suggestion suggestion = suggestion_for(text);
    if (job_exists(check, block, &suggestion)) {
        return;
    }
    struct span span = node_span(file->tree, name);
    struct str hint = suggestion_sentence(check->arena, suggestion.best);
    struct diagnostic *diagnostic =
        CHECK_REPORT(check, UNDEFINED_NAME, span, "There is no `background fn %.*s` in this server.%.*s",
                     STR_ARGUMENTS(text), STR_ARGUMENTS(hint));
    if (suggestion.best.size > 0) {
        suggestion_fix(check->arena, diagnostic, (struct span){span.start + 1, span.end - 1}, suggestion.best);
    }
}
