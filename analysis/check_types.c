/* Values against declared types. Only what is certain on both sides is said, at the branch, element or field that it is
 * about. Where types are declared and values given is in check_type_sites.c. */
#include "analysis/checks.h"

static void check_inner(struct check *check, node_id node, const struct expected *outer, struct type type,
                        enum subject subject, struct str name) {
    struct expected inner = *outer;
    inner.type = type;
    inner.subject = subject;
    inner.name = name;
    inner.owner = types_text(&check->typer, outer->type);
    check_expected(check, node, &inner);
}

/* ---- messages */

static struct str subject_text(struct check *check, const struct expected *expected) {
    struct str name = expected->name, owner = expected->owner;
    switch (expected->subject) {
    case SUBJECT_PART:
        return arena_printf(check->arena, "`%.*s` of `%.*s`", STR_ARGUMENTS(name), STR_ARGUMENTS(owner));
    case SUBJECT_NAME:
        return arena_printf(check->arena, "`%.*s`", STR_ARGUMENTS(name));
    case SUBJECT_RESULT:
        return name.size == 0 ? STR("The result of this function")
                              : arena_printf(check->arena, "The result of `%.*s`", STR_ARGUMENTS(name));
    case SUBJECT_ELEMENT:
        return arena_printf(check->arena, "An element of `%.*s`", STR_ARGUMENTS(owner));
    case SUBJECT_CARRIED:
        return arena_printf(check->arena, "What `%.*s` carries", STR_ARGUMENTS(name));
    }
    return name;
}

static void relate(struct check *check, struct diagnostic *diagnostic, const struct expected *expected) {
    if (expected->declared.end > expected->declared.start) {
        diagnostic->related.path = expected->path;
        diagnostic->related.span = expected->declared;
        diagnostic->related.message = expected->said.size > 0 ? expected->said : declared_here(check, expected->declared);
    }
}

static const char *consequence(const struct expected *expected) {
    return expected->remote ? " The server would answer 400." : "";
}

/* ---- fixes */

static bool is_digits(struct str text) {
    for (size_t i = 0; i < text.size; i++) {
        if (text.data[i] < '0' || text.data[i] > '9') {
            return false;
        }
    }
    return text.size > 0 && (text.size == 1 || text.data[0] != '0');
}

static bool is_simple(enum node_kind kind) {
    return kind == NODE_IDENTIFIER || kind == NODE_MEMBER_EXPRESSION || kind == NODE_CALL_EXPRESSION ||
           kind == NODE_INDEX_EXPRESSION || kind == NODE_NUMBER || kind == NODE_TRUE || kind == NODE_FALSE ||
           kind == NODE_BINARY_EXPRESSION || kind == NODE_STRING || kind == NODE_STRUCT_LITERAL;
}

static void fix_call(struct check *check, struct diagnostic *diagnostic, node_id node, const char *function) {
    struct str text = node_text(check->file->tree, node);
    struct str replacement = arena_printf(check->arena, "%s(%.*s)", function, STR_ARGUMENTS(text));
    fix_set(check, diagnostic, node_span(check->file->tree, node), replacement, "Convert it with `%s`", function);
}

/* `"5"` as a number, `5` as a text, `x` as a list of one; else the function that converts. */
static void add_fix(struct check *check, struct diagnostic *diagnostic, node_id node, struct type wanted,
                    struct type given) {
    const struct syntax_tree *tree = check->file->tree;
    struct str text = node_text(tree, node), inside = str_slice(text, 1, text.size - 1);
    struct span span = node_span(tree, node);
    bool number = given.kind == TYPE_INT || given.kind == TYPE_FLOAT || given.kind == TYPE_NUMBER;
    if (!is_simple(node_kind(tree, node)) || wanted.literal != NULL) {
        return;
    }
    if (given.kind == TYPE_STRING && (wanted.kind == TYPE_INT || wanted.kind == TYPE_FLOAT)) {
        if (node_kind(tree, node) == NODE_STRING && is_digits(inside)) {
            fix_set(check, diagnostic, span, inside, "Write the number %.*s", STR_ARGUMENTS(inside));
        } else if (node_kind(tree, node) != NODE_STRING) {
            fix_call(check, diagnostic, node, wanted.kind == TYPE_INT ? "toInt" : "toFloat");
        }
    } else if (wanted.kind == TYPE_STRING && (number || given.kind == TYPE_BOOL)) {
        if (node_kind(tree, node) == NODE_NUMBER) {
            struct str quoted = arena_printf(check->arena, "\"%.*s\"", STR_ARGUMENTS(text));
            fix_set(check, diagnostic, span, quoted, "Write the text %.*s", STR_ARGUMENTS(quoted));
        } else {
            fix_call(check, diagnostic, node, "toString");
        }
    } else if (wanted.kind == TYPE_LIST && wanted.count == 1 && wanted.parts[0].kind != TYPE_UNKNOWN &&
               types_fit(&check->typer, wanted.parts[0], given) == TYPE_FITS) {
        struct str list = arena_printf(check->arena, "[%.*s]", STR_ARGUMENTS(text));
        fix_set(check, diagnostic, span, list, "Make a list of it");
    }
}

/* ---- reports */

static void report_misfit(struct check *check, node_id node, const struct expected *expected, struct type given) {
    struct str subject = subject_text(check, expected);
    struct str wanted = types_text(&check->typer, expected->type), has = types_text(&check->typer, given);
    struct diagnostic *diagnostic =
        diagnostic_add(check->arena, check->list, expected->code, node_span(check->file->tree, node),
                       "%.*s has to be `%.*s`, and this is `%.*s`.%s", STR_ARGUMENTS(subject), STR_ARGUMENTS(wanted),
                       STR_ARGUMENTS(has), consequence(expected));
    relate(check, diagnostic, expected);
    add_fix(check, diagnostic, node, types_without_nil(expected->type), given);
}

static void report_narrowing(struct check *check, node_id node, const struct expected *expected) {
    struct str subject = subject_text(check, expected);
    struct diagnostic *diagnostic = CHECK_REPORT(
        check, NARROWED, node_span(check->file->tree, node),
        "%.*s has to be `Int`, and this is `Float`. Say what becomes of its fraction: floor(), ceil() or round().",
        STR_ARGUMENTS(subject));
    relate(check, diagnostic, expected);
    if (is_simple(node_kind(check->file->tree, node))) {
        fix_call(check, diagnostic, node, "floor");
    }
}

/* The type of a value; of a text that stands there, that text alone, where that is what is asked for. */
static struct type given_type(struct check *check, node_id node, struct type wanted) {
    struct type given = values_of(&check->values, node);
    struct type text = given.kind == TYPE_STRING ? types_of_text(&check->typer, node) : given;
    bool other = text.kind == TYPE_STRING && types_fit(&check->typer, wanted, text) == TYPE_MISFITS;
    return other && types_fit(&check->typer, wanted, given) != TYPE_MISFITS ? text : given;
}

static void check_kind(struct check *check, node_id node, const struct expected *expected) {
    struct type given = given_type(check, node, expected->type);
    bool literal = node_kind(check->file->tree, node) == NODE_NUMBER;
    enum type_fit fit = types_fit(&check->typer, expected->type, given);
    if (given.kind == TYPE_NIL && expected->code != DIAGNOSTIC_ARGUMENT_TYPE) {
        return; /* nothing yet, or nothing found: nobody writes `T?` for that everywhere */
    }
    if (fit == TYPE_MISFITS || (fit == TYPE_NARROWS && literal && expected->remote)) {
        report_misfit(check, node, expected, given);
    } else if (fit == TYPE_NARROWS) {
        report_narrowing(check, node, expected);
    }
}

/* ---- records */

bool may_miss(struct type type) {
    bool may = type.kind == TYPE_UNKNOWN || type.kind == TYPE_OPTION || type.kind == TYPE_NIL;
    for (unsigned i = 0; !may && type.kind == TYPE_UNION && i < type.count; i++) {
        may = may_miss(type.parts[i]);
    }
    return may;
}

/* The key of an entry without quotes; false for a spread, a computed key and what is not finished. */
static bool entry_parts(const struct syntax_tree *tree, node_id entry, node_id *key, node_id *value, struct str *name) {
    bool pair = node_kind(tree, entry) == NODE_PAIR;
    *key = pair ? node_child(tree, entry, FIELD_KEY) : entry;
    *value = pair ? node_child(tree, entry, FIELD_VALUE) : entry;
    *name = node_text(tree, *key);
    if (pair && node_kind(tree, *key) == NODE_STRING) {
        *name = str_slice(*name, 1, name->size - 1);
        return node_first_child(tree, *key) == NODE_NONE;
    }
    return node_kind(tree, *key) == NODE_IDENTIFIER && !node_has_error(tree, entry);
}

static void report_unknown_field(struct check *check, node_id key, struct str name, struct type type) {
    struct suggestion suggestion = suggestion_for(name);
    struct type_field field;
    for (unsigned i = 0; types_field_at(&check->typer, type, i, &field); i++) {
        suggestion_offer(&suggestion, analysis_name(check->file, field.name));
    }
    struct str hint = suggestion_sentence(check->arena, suggestion.best);
    struct str owner = analysis_name(check->file, types_name(&check->typer, type));
    struct span span = node_span(check->file->tree, key);
    struct diagnostic *diagnostic = CHECK_REPORT(check, UNKNOWN_MEMBER, span, "The type `%.*s` has no `%.*s`.%.*s",
                                                 STR_ARGUMENTS(owner), STR_ARGUMENTS(name), STR_ARGUMENTS(hint));
    suggestion_fix(check->arena, diagnostic, span, suggestion.best);
}

static void report_missing(struct check *check, node_id object, const struct expected *expected, struct str missing) {
    struct str subject = subject_text(check, expected), wanted = types_text(&check->typer, expected->type);
    struct span span = node_span(check->file->tree, object);
    struct diagnostic *diagnostic =
        diagnostic_add(check->arena, check->list, expected->code, span, "%.*s has to be `%.*s`, and %.*s is missing.%s",
                       STR_ARGUMENTS(subject), STR_ARGUMENTS(wanted), STR_ARGUMENTS(missing), consequence(expected));
    relate(check, diagnostic, expected);
}

/* One entry against the fields; gives the number of the field that it fills, or that behind the last. */
static unsigned check_entry(struct check *check, node_id key, node_id value, struct str name,
                            const struct expected *expected) {
    struct type_field field;
    unsigned i = 0;
    while (types_field_at(&check->typer, expected->type, i, &field) &&
           !str_equal(analysis_name(check->file, field.name), name)) {
        i++;
    }
    if (types_field_at(&check->typer, expected->type, i, &field)) {
        check_inner(check, value, expected, field.type, SUBJECT_PART, name);
    } else if (!member_is_of_every_object(name)) {
        report_unknown_field(check, key, name, expected->type);
    }
    return i;
}

/* An object that is to be a value of a type: has it the fields, no others, and are they what they have to be? */
static void check_record(struct check *check, node_id object, const struct expected *expected) {
    const struct syntax_tree *tree = check->file->tree;
    struct type_field field;
    unsigned count = 0;
    while (types_field_at(&check->typer, expected->type, count, &field)) {
        count++;
    }
    bool *filled = arena_array(check->arena, bool, count + 1);
    bool complete = !node_has_error(tree, object) && node_child_of_kind(tree, object, NODE_COMPREHENSION_CLAUSE) == NODE_NONE;
    NODE_EACH(entry, tree, count > 0 && complete ? object : NODE_NONE) {
        node_id key, value;
        struct str name;
        if (node_is_comment(tree, entry)) {
            continue;
        }
        if (entry_parts(tree, entry, &key, &value, &name)) {
            filled[check_entry(check, key, value, name, expected)] = true;
        } else {
            complete = false;
        }
    }
    struct str missing = {0};
    for (unsigned i = 0; complete && types_field_at(&check->typer, expected->type, i, &field); i++) {
        if (!filled[i] && !field.has_default && !may_miss(field.type)) {
            struct str name = analysis_name(check->file, field.name);
            missing = arena_printf(check->arena, "%.*s%s`%.*s`", STR_ARGUMENTS(missing), missing.size == 0 ? "" : ", ",
                                   STR_ARGUMENTS(name));
        }
    }
    if (missing.size > 0) {
        report_missing(check, object, expected, missing);
    }
}

/* ---- what is looked into */

static void check_elements(struct check *check, node_id list, const struct expected *expected) {
    const struct syntax_tree *tree = check->file->tree;
    bool tuple = expected->type.kind == TYPE_TUPLE;
    unsigned at = 0;
    NODE_EACH(element, tree, list) {
        if (node_kind(tree, element) == NODE_SPREAD) {
            return; /* where it ends is not known */
        }
        if (!node_is_comment(tree, element) && (!tuple || at < expected->type.count)) {
            struct type type = expected->type.parts[tuple ? at++ : 0];
            check_inner(check, element, expected, type, SUBJECT_ELEMENT, (struct str){0});
        }
    }
}

static unsigned count_elements(const struct syntax_tree *tree, node_id list) {
    unsigned count = 0;
    for (node_id at = node_first_plain(tree, list); at != NODE_NONE; at = node_next_plain(tree, at)) {
        count++;
    }
    return count;
}

/* `Ok(x)` for a `Result<T, E>`: is x a T? */
static bool check_carried(struct check *check, node_id call, const struct expected *expected) {
    const struct file_analysis *file = check->file;
    node_id callee = node_child(file->tree, call, FIELD_FUNCTION);
    const struct binding *binding = analysis_binding(file, callee);
    struct str name = node_text(file->tree, callee);
    bool second = str_equal(name, STR("Err"));
    bool result = expected->type.kind == TYPE_RESULT && (second || str_equal(name, STR("Ok")));
    bool option = expected->type.kind == TYPE_OPTION && str_equal(name, STR("Some"));
    node_id argument = node_first_plain(file->tree, node_child(file->tree, call, FIELD_ARGUMENTS));
    if (binding == NULL || binding->builtin == 0 || (!result && !option) || expected->type.count <= (second ? 1u : 0u) ||
        argument == NODE_NONE || values_of(&check->values, call).count == 0) {
        return false;
    }
    check_inner(check, argument, expected, expected->type.parts[second], SUBJECT_CARRIED, name);
    return true;
}

static void check_branches(struct check *check, node_id node, const struct expected *expected) {
    const struct syntax_tree *tree = check->file->tree;
    if (node_kind(tree, node) == NODE_IF_EXPRESSION && node_child(tree, node, FIELD_ALTERNATIVE) == NODE_NONE) {
        return; /* without `else` it gives nothing */
    }
    NODE_EACH(child, tree, node) {
        enum node_kind kind = node_kind(tree, child);
        bool branch = node_field(tree, child) == FIELD_CONSEQUENCE || node_field(tree, child) == FIELD_ALTERNATIVE;
        if (kind == NODE_ELIF_CLAUSE) {
            check_expected(check, node_child(tree, child, FIELD_CONSEQUENCE), expected);
        } else if (kind == NODE_MATCH_ARM) {
            check_expected(check, node_child(tree, child, FIELD_BODY), expected);
        } else if (branch) {
            check_expected(check, child, expected);
        }
    }
}

void check_expected(struct check *check, node_id node, const struct expected *expected) {
    const struct syntax_tree *tree = check->file->tree;
    if (expected->type.kind == TYPE_UNKNOWN || node == NODE_NONE || check->values.depth >= 32 ||
        node_has_error(tree, node)) {
        return;
    }
    struct expected inner = *expected;
    inner.type = types_without_nil(expected->type);
    enum type_kind kind = inner.type.kind;
    if (kind == TYPE_UNKNOWN) {
        return;
    }
    check->values.depth++;
    bool row = node_child_of_kind(tree, node, NODE_COMPREHENSION_CLAUSE) == NODE_NONE && inner.type.count > 0;
    switch ((int)node_kind(tree, node)) {
    case NODE_IF_EXPRESSION:
    case NODE_MATCH_EXPRESSION:
        check_branches(check, node, expected);
        break;
    case NODE_BLOCK:
        check_expected(check, values_last(tree, node), expected);
        break;
    case NODE_PAREN_LIST:
        if (count_elements(tree, node) == 1) {
            check_expected(check, node_first_plain(tree, node), expected);
        } else if (kind == TYPE_TUPLE && count_elements(tree, node) == inner.type.count) {
            check_elements(check, node, &inner);
        } else {
            check_kind(check, node, expected);
        }
        break;
    case NODE_ARRAY:
        if (row && (kind == TYPE_LIST || (kind == TYPE_TUPLE && count_elements(tree, node) == inner.type.count))) {
            check_elements(check, node, &inner);
        } else {
            check_kind(check, node, expected);
        }
        break;
    case NODE_OBJECT:
        if (kind == TYPE_NAMED && inner.type.kind == TYPE_NAMED) {
            check_record(check, node, &inner);
        } else {
            check_kind(check, node, expected);
        }
        break;
    case NODE_CALL_EXPRESSION:
        if (!check_carried(check, node, &inner)) {
            check_kind(check, node, expected);
        }
        break;
    default:
        check_kind(check, node, expected);
        break;
    }
    check->values.depth--;
}
