/* Arguments against the parameters of what is called: how many, by which names; and the one object that stands for all of
 * them in a call of a server. */
#include "analysis/checks.h"
#include "analysis/placeholders.h"

struct given {
    uint32_t positional;
    bool unknown;        /* a spread, or text that is not finished: nothing can be counted */
    node_id first_extra; /* the first positional argument that no parameter takes */
    node_id only;        /* the only argument */
};

/* ---- what is given */

/* The right side of a pipe gets the left one as its first argument, or in the places that `_` marks. */
static uint32_t piped_arguments(const struct syntax_tree *tree, node_id call) {
    node_id right = call;
    while (node_kind(tree, node_parent(tree, right)) == NODE_BINARY_EXPRESSION && node_field(tree, right) == FIELD_LEFT) {
        right = node_parent(tree, right); /* `x |> f() > 1`: x goes to f */
    }
    if (node_kind(tree, node_parent(tree, right)) != NODE_PIPE_EXPRESSION || node_field(tree, right) != FIELD_RIGHT) {
        return 0;
    }
    NODE_EACH(argument, tree, node_child(tree, call, FIELD_ARGUMENTS)) {
        if (placeholder_is_argument(tree, argument)) {
            return 0;
        }
    }
    return 1;
}

static struct given count_arguments(const struct syntax_tree *tree, node_id call, const struct callee *callee) {
    node_id arguments = node_child(tree, call, FIELD_ARGUMENTS);
    struct given given = {.positional = piped_arguments(tree, call),
                          .unknown = arguments == NODE_NONE || node_has_error(tree, arguments)};
    NODE_EACH(argument, tree, arguments) {
        enum node_kind kind = node_kind(tree, argument);
        if (kind == NODE_SPREAD || kind == NODE_MISSING || kind == NODE_ERROR) {
            given.unknown = true;
        } else if (kind != NODE_NAMED_ARGUMENT && !node_is_comment(tree, argument)) {
            given.only = given.positional == 0 ? argument : NODE_NONE;
            if (given.positional++ == callee->count) {
                given.first_extra = argument;
            }
        } else if (kind == NODE_NAMED_ARGUMENT) {
            given.only = NODE_NONE;
        }
    }
    return given;
}

static bool has_rest(const struct callee *callee) {
    return callee->count > 0 && callee->parameters[callee->count - 1].rest;
}

/* `fn connect(url, { timeout })`: named arguments may be fields of what the pattern takes apart. */
static bool has_pattern(const struct callee *callee) {
    for (uint32_t i = 0; i < callee->count; i++) {
        if (callee->parameters[i].name == ATOM_NONE) {
            return true;
        }
    }
    return false;
}

static bool has_named_arguments(const struct syntax_tree *tree, node_id call) {
    return node_child_of_kind(tree, node_child(tree, call, FIELD_ARGUMENTS), NODE_NAMED_ARGUMENT) != NODE_NONE;
}

static uint32_t find_parameter(const struct callee *callee, atom_id name) {
    uint32_t i = 0;
    while (i < callee->count && (callee->parameters[i].name != name || name == ATOM_NONE)) {
        i++;
    }
    return i;
}

/* A parameter that takes a record apart: its keys can be given by name. */
static uint32_t find_record(const struct callee *callee) {
    uint32_t i = 0;
    while (i < callee->count && callee->parameters[i].name != ATOM_NONE) {
        i++;
    }
    return i;
}

/* ---- messages */

struct str declared_here(struct check *check, struct span name) {
    return arena_printf(check->arena, "`%.*s` is declared here.",
                        STR_ARGUMENTS(text_slice(check->file->tree->text, name)));
}

void callee_relate(struct check *check, struct diagnostic *diagnostic, const struct callee *callee) {
    diagnostic->related.path = callee->path;
    diagnostic->related.span = callee->declared;
    diagnostic->related.message = callee->signature.size > 0 ? arena_str(check->arena, callee->signature)
                                                             : declared_here(check, callee->declared);
}

static void report_too_many(struct check *check, const struct callee *callee, const struct given *given,
                            node_id where) {
    node_id place = given->first_extra != NODE_NONE ? given->first_extra : where;
    struct diagnostic *diagnostic = CHECK_REPORT(check, ARGUMENT_COUNT, node_span(check->file->tree, place),
                                                 "Too many arguments: `%.*s` takes %u, and %u are given.",
                                                 STR_ARGUMENTS(callee->name), callee->count, given->positional);
    callee_relate(check, diagnostic, callee);
    if (given->first_extra != NODE_NONE) {
        fix_extra_arguments(check, diagnostic, given->first_extra);
    }
}

/* `Option<T>` and `T?`: a field that may be left out. */
static bool is_optional_type(struct str type) {
    return str_starts_with(type, STR("Option<")) || str_ends_with(type, STR("?"));
}

struct missing {
    struct str list; /* "`name`, `email`" */
    struct missing_argument *arguments;
    uint32_t count;
};

static struct missing find_missing(struct check *check, const struct callee *callee, const bool *filled) {
    struct missing missing = {.arguments = arena_array(check->arena, struct missing_argument, callee->count + 1)};
    for (uint32_t i = 0; i < callee->count; i++) {
        const struct summary_parameter *parameter = &callee->parameters[i];
        bool optional = callee->record && is_optional_type(parameter->type);
        if (filled[i] || parameter->has_default || parameter->rest || optional) {
            continue;
        }
        struct str name = parameter->name == ATOM_NONE ? STR("") : analysis_name(check->file, parameter->name);
        missing.list =
            arena_printf(check->arena, "%.*s%s`%.*s`", STR_ARGUMENTS(missing.list), missing.count == 0 ? "" : ", ",
                         STR_ARGUMENTS(name.size > 0 ? name : STR("{ … }")));
        missing.arguments[missing.count++] = (struct missing_argument){name, parameter->type};
    }
    return missing;
}

/* `list` is what holds the arguments or entries that are given. */
static void report_missing(struct check *check, const struct callee *callee, const bool *filled, node_id where,
                           node_id list) {
    struct missing missing = find_missing(check, callee, filled);
    if (missing.count > 0 && !callee->optional) {
        struct diagnostic *diagnostic = CHECK_REPORT(check, ARGUMENT_COUNT, node_span(check->file->tree, where),
                                                     "%s: `%.*s` needs %.*s too.",
                                                     callee->record ? "Not all fields are given" : "Too few arguments",
                                                     STR_ARGUMENTS(callee->name), STR_ARGUMENTS(missing.list));
        callee_relate(check, diagnostic, callee);
        fix_missing_arguments(check, diagnostic, list, missing.arguments, missing.count);
    }
}

struct str callee_nearest(const struct check *check, const struct callee *callee, struct str name) {
    struct suggestion suggestion = suggestion_for(name);
    for (uint32_t i = 0; i < callee->count; i++) {
        suggestion_offer(&suggestion, analysis_name(check->file, callee->parameters[i].name));
    }
    return suggestion.best;
}

static void report_unknown(struct check *check, const struct callee *callee, node_id name_node, struct str name) {
    struct span span = node_span(check->file->tree, name_node);
    struct str nearest = callee_nearest(check, callee, name), hint = suggestion_sentence(check->arena, nearest);
    struct diagnostic *diagnostic = CHECK_REPORT(check, UNKNOWN_ARGUMENT, span, "`%.*s` has no %s `%.*s`.%.*s",
                                                 STR_ARGUMENTS(callee->name), callee->record ? "field" : "parameter",
                                                 STR_ARGUMENTS(name), STR_ARGUMENTS(hint));
    callee_relate(check, diagnostic, callee);
    suggestion_fix(check->arena, diagnostic, span, nearest);
}

/* ---- the comparison */

/* One name that fills a parameter: of a named argument, or of a field of the only argument. */
static void fill_by_name(struct check *check, const struct callee *callee, bool *filled, node_id name_node,
                         struct str name) {
    uint32_t i = find_parameter(callee, atom_find(check->file->atoms, name));
    uint32_t record = find_record(callee);
    if (i == callee->count && record < callee->count) {
        filled[record] = true;
    } else if (i == callee->count) {
        report_unknown(check, callee, name_node, name);
    } else if (filled[i]) {
        struct diagnostic *diagnostic =
            CHECK_REPORT(check, ARGUMENT_COUNT, node_span(check->file->tree, name_node),
                         "`%.*s` is given twice to `%.*s`.", STR_ARGUMENTS(name), STR_ARGUMENTS(callee->name));
        callee_relate(check, diagnostic, callee);
        fix_second_argument(check, diagnostic, name_node);
    } else {
        filled[i] = true;
    }
}

void check_arguments(struct check *check, node_id call, node_id where, const struct callee *callee) {
    const struct syntax_tree *tree = check->file->tree;
    struct given given = count_arguments(tree, call, callee);
    if (given.unknown || (has_pattern(callee) && has_named_arguments(tree, call))) {
        return;
    }
    if (given.positional > callee->count && !has_rest(callee)) {
        report_too_many(check, callee, &given, where);
        return;
    }
    bool *filled = arena_array(check->arena, bool, callee->count + 1);
    for (uint32_t i = 0; i < given.positional && i < callee->count; i++) {
        filled[i] = true;
    }
    NODE_EACH(argument, tree, node_child(tree, call, FIELD_ARGUMENTS)) {
        if (node_kind(tree, argument) == NODE_NAMED_ARGUMENT) {
            node_id name = node_child(tree, argument, FIELD_NAME);
            fill_by_name(check, callee, filled, name, node_text(tree, name));
        }
    }
    report_missing(check, callee, filled, where, node_child(tree, call, FIELD_ARGUMENTS));
    check_argument_types(check, call, callee);
}

/* ---- one object as the whole body of an RPC */

static bool is_scalar_type(struct str type) {
    return str_equal(type, STR("String")) || str_equal(type, STR("Int")) || str_equal(type, STR("Float")) ||
           str_equal(type, STR("Bool"));
}

/* The name that an entry of an object gives; false for computed ones and spreads. */
static bool entry_name(const struct syntax_tree *tree, node_id entry, node_id *node, struct str *name) {
    *node = node_kind(tree, entry) == NODE_PAIR ? node_child(tree, entry, FIELD_KEY) : entry;
    *name = node_text(tree, *node);
    if (node_kind(tree, *node) == NODE_STRING) {
        *name = str_slice(*name, 1, name->size - 1);
        return node_first_child(tree, *node) == NODE_NONE;
    }
    return node_kind(tree, *node) == NODE_IDENTIFIER;
}

void check_given_fields(struct check *check, node_id object, node_id where, const struct callee *callee) {
    const struct syntax_tree *tree = check->file->tree;
    bool *filled = arena_array(check->arena, bool, callee->count + 1);
    bool complete = !node_has_error(tree, object);
    NODE_EACH(entry, tree, object) {
        node_id name_node;
        struct str name;
        if (node_is_comment(tree, entry)) {
            continue;
        }
        if (entry_name(tree, entry, &name_node, &name)) {
            fill_by_name(check, callee, filled, name_node, name);
        } else {
            complete = false;
        }
    }
    if (complete) {
        report_missing(check, callee, filled, where, object);
    }
    check_entry_types(check, object, callee);
}

static bool is_never_object(enum node_kind kind) {
    return kind == NODE_STRING || kind == NODE_TRIPLE_STRING || kind == NODE_SINGLE_STRING || kind == NODE_RAW_STRING ||
           kind == NODE_NUMBER || kind == NODE_TRUE || kind == NODE_FALSE || kind == NODE_NIL || kind == NODE_ARRAY ||
           kind == NODE_BINARY_EXPRESSION || kind == NODE_UNARY_EXPRESSION || kind == NODE_REGEX ||
           kind == NODE_LAMBDA || kind == NODE_FUNCTION_EXPRESSION || kind == NODE_PAREN_LIST;
}

/* Can the value of an expression be an object, for all that this file says? */
static bool may_be_object(const struct file_analysis *file, node_id node) {
    if (is_never_object(node_kind(file->tree, node))) {
        return false;
    }
    const struct symbol *symbol =
        node_kind(file->tree, node) == NODE_IDENTIFIER ? analysis_symbol_of(file, node) : NULL;
    if (symbol == NULL || symbol->kind == SYMBOL_PARAMETER) {
        return symbol == NULL || !is_scalar_type(node_text(file->tree, symbol->type));
    }
    if (symbol->type != NODE_NONE) {
        return !is_scalar_type(node_text(file->tree, symbol->type));
    }
    return !is_never_object(node_kind(file->tree, symbol->value));
}

/* The one parameter is no scalar: the object is its value, or the body that names it. */
static void check_whole_body(struct check *check, node_id call, node_id object, const struct callee *callee) {
    const struct syntax_tree *tree = check->file->tree;
    struct str wanted = analysis_name(check->file, callee->parameters[0].name);
    NODE_EACH(entry, tree, node_kind(tree, object) == NODE_OBJECT ? object : NODE_NONE) {
        node_id name_node;
        struct str name;
        if (entry_name(tree, entry, &name_node, &name) && str_equal(name, wanted)) {
            check_entry_types(check, object, callee);
            return;
        }
    }
    check_argument_types(check, call, callee);
}

bool check_body_form(struct check *check, const struct rpc_use *use, const struct callee *callee) {
    const struct syntax_tree *tree = check->file->tree;
    struct given given = count_arguments(tree, use->call, callee);
    if (given.unknown || given.only == NODE_NONE || given.positional != 1 || callee->count == 0) {
        return false;
    }
    bool whole = callee->count == 1 && !is_scalar_type(callee->parameters[0].type);
    if (whole) {
        check_whole_body(check, use->call, given.only, callee);
        return true;
    }
    if (node_kind(tree, given.only) == NODE_OBJECT) {
        check_given_fields(check, given.only, use->name_node, callee);
        return true;
    }
    return callee->count > 1 && may_be_object(check->file, given.only);
}
