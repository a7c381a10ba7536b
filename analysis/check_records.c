/* Members of records whose fields are written out: a value may have more than its annotation says, so that only what is
 * nearly one of its fields is a mistake, and not what is likely another field beside it. */
#include "analysis/checks.h"

static bool any_type_gives(const struct check *check, atom_id name) {
    for (uint32_t f = 0; name != ATOM_NONE && f < package_file_count(check->package); f++) {
        const struct summary *file = package_file_at(check->package, f);
        for (uint32_t i = 0; i < file->method_count; i++) {
            if (file->methods[i].name == name) {
                return true;
            }
        }
    }
    return false;
}

/* ---- names of fields that stand beside each other */

static bool is_digit(char c) { return c >= '0' && c <= '9'; }

static size_t behind_digits(struct str name, size_t at) {
    while (at < name.size && is_digit(name.data[at])) {
        at++;
    }
    return at;
}

/* `x2` beside `x1`: without digits they are the same. */
static bool are_numbered(struct str a, struct str b) {
    size_t i = behind_digits(a, 0), j = behind_digits(b, 0);
    while (i < a.size && j < b.size && a.data[i] == b.data[j]) {
        i = behind_digits(a, i + 1);
        j = behind_digits(b, j + 1);
    }
    return i == a.size && j == b.size;
}

/* `items` beside `item`, `items_left` beside `item_left`. */
static bool is_plural(struct str many, struct str one) {
    size_t at = 0;
    while (at < one.size && one.data[at] == many.data[at]) {
        at++;
    }
    struct str rest = str_slice(many, at + 1, many.size);
    bool behind_s = at > 0 && many.data[at - 1] == 's'; /* `across` is no more than one `acros` */
    bool ends_word = rest.size == 0 || rest.data[0] == '_' || (rest.data[0] >= 'A' && rest.data[0] <= 'Z');
    return many.data[at] == 's' && !behind_s && ends_word && str_equal(rest, str_slice(one, at, one.size));
}

static bool stand_beside(struct str a, struct str b) {
    return are_numbered(a, b) || (a.size == b.size + 1 && is_plural(a, b)) || (b.size == a.size + 1 && is_plural(b, a));
}

/* ---- reads that may find nothing */

/* `o.items ?? []`, `o.owner?.name`, `o.done?.()`: who writes that knows that it may not be there. */
static bool may_find_nothing(const struct syntax_tree *tree, node_id property) {
    node_id read = node_parent(tree, property), around = node_parent(tree, read);
    while (node_kind(tree, around) == NODE_PAREN_LIST) {
        read = around;
        around = node_parent(tree, read);
    }
    enum node_field field = node_field(tree, read);
    struct str operator= node_text(tree, node_child(tree, around, FIELD_OPERATOR));
    bool goes_on = field == FIELD_OBJECT || field == FIELD_FUNCTION;
    return (field == FIELD_LEFT && str_equal(operator, STR("??"))) || (goes_on && str_equal(operator, STR("?.")));
}

/* ---- the check */

static void report(struct check *check, node_id property, struct type record, struct str best) {
    struct str name = node_text(check->file->tree, property);
    struct str hint = suggestion_sentence(check->arena, best);
    struct span span = node_span(check->file->tree, property);
    struct diagnostic *diagnostic = CHECK_REPORT(check, UNKNOWN_MEMBER, span, "This record has no `%.*s`.%.*s",
                                                 STR_ARGUMENTS(name), STR_ARGUMENTS(hint));
    bool here = record.record != NODE_NONE;
    diagnostic->related.span = here ? node_span(check->file->tree, record.record) : record.named.member.symbol->name_span;
    diagnostic->related.path = here ? (struct str){0} : record.named.member.file->path;
    diagnostic->related.message = STR("The record's fields are written here.");
    suggestion_fix(check->arena, diagnostic, span, best);
}

static bool has_field(const struct check *check, struct type record, struct str name) {
    struct record_walk walk = types_record_walk(&check->typer, record);
    while (types_record_next(&check->typer, &walk)) {
        if (str_equal(walk.name, name)) {
            return true;
        }
    }
    return false;
}

void check_member_of_record(struct check *check, node_id property, struct type record) {
    struct str name = node_text(check->file->tree, property);
    if (has_field(check, record, name) || may_find_nothing(check->file->tree, property)) {
        return;
    }
    struct suggestion suggestion = suggestion_for(name);
    struct record_walk walk = types_record_walk(&check->typer, record);
    while (types_record_next(&check->typer, &walk)) {
        if (stand_beside(name, walk.name)) {
            return;
        }
        suggestion_offer(&suggestion, walk.name);
    }
    if (suggestion.distance <= 1 && !any_type_gives(check, atom_find(check->file->atoms, name))) {
        report(check, property, record, suggestion.best);
    }
}
