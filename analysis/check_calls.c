/* Calls against what they call: arguments of plain calls and of server functions, and which server functions exist. */
#include "analysis/checks.h"
#include "analysis/modules.h"
#include "analysis/peers.h"
#include "analysis/placeholders.h"
#include "analysis/unsupported.h"
#include "parser/base/strbuf.h"

enum { NODES_BETWEEN_STOPS = 4096 };

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

static void relate(struct check *check, struct diagnostic *diagnostic, const struct callee *callee) {
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
    relate(check, diagnostic, callee);
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
        relate(check, diagnostic, callee);
        fix_missing_arguments(check, diagnostic, list, missing.arguments, missing.count);
    }
}

static void report_unknown(struct check *check, const struct callee *callee, node_id name_node, struct str name) {
    struct suggestion suggestion = suggestion_for(name);
    for (uint32_t i = 0; i < callee->count; i++) {
        suggestion_offer(&suggestion, analysis_name(check->file, callee->parameters[i].name));
    }
    struct span span = node_span(check->file->tree, name_node);
    struct str hint = suggestion_sentence(check->arena, suggestion.best);
    struct diagnostic *diagnostic = CHECK_REPORT(check, UNKNOWN_ARGUMENT, span, "`%.*s` has no %s `%.*s`.%.*s",
                                                 STR_ARGUMENTS(callee->name), callee->record ? "field" : "parameter",
                                                 STR_ARGUMENTS(name), STR_ARGUMENTS(hint));
    relate(check, diagnostic, callee);
    suggestion_fix(check->arena, diagnostic, span, suggestion.best);
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
        relate(check, diagnostic, callee);
        fix_second_argument(check, diagnostic, name_node);
    } else {
        filled[i] = true;
    }
}

static void check_arguments(struct check *check, node_id call, node_id where, const struct callee *callee) {
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

static void check_fields(struct check *check, node_id object, node_id where, const struct callee *callee) {
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

/* A single object is the body of the request, and its fields are the arguments (seed "RPC with Arguments"). Does it apply,
 * and is all said? */
static bool check_body_form(struct check *check, const struct rpc_use *use, const struct callee *callee) {
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
        check_fields(check, given.only, use->name_node, callee);
        return true;
    }
    return callee->count > 1 && may_be_object(check->file, given.only);
}

/* ---- plain calls */

static struct callee callee_of_package(struct check *check, struct package_symbol symbol) {
    return (struct callee){
        .name = analysis_name(check->file, symbol.symbol->name),
        .signature = symbol.symbol->signature,
        .parameters = symbol.symbol->parameters,
        .count = symbol.symbol->parameter_count,
        .declared = symbol.symbol->name_span,
        .member = symbol,
        .path = symbol.file == check->summary ? (struct str){0} : symbol.file->path,
    };
}

/* A function inside a function is in no summary. */
struct callee callee_of_local(struct check *check, uint32_t index) {
    const struct file_analysis *file = check->file;
    const struct symbol *symbol = analysis_symbol(file, index);
    struct summary_parameter *parameters = arena_array(check->arena, struct summary_parameter, symbol->part_count + 1);
    for (uint32_t i = 0; i < symbol->part_count; i++) {
        const struct symbol *part = analysis_symbol(file, symbol->first_part + i);
        parameters[i] = (struct summary_parameter){.name = part->name,
                                                   .type = node_text(file->tree, part->type),
                                                   .has_default = (part->flags & SYMBOL_HAS_DEFAULT) != 0,
                                                   .rest = (part->flags & SYMBOL_REST) != 0};
    }
    return (struct callee){.name = analysis_name(file, symbol->name),
                           .parameters = parameters,
                           .count = symbol->part_count,
                           .symbol = index,
                           .declared = node_span(file->tree, symbol->name_node)};
}

static bool is_callable(enum symbol_kind kind) {
    return kind == SYMBOL_FUNCTION || kind == SYMBOL_COMPONENT || kind == SYMBOL_VARIANT;
}

/* Records are made with as many fields as are at hand; one without fields of its own is an enumeration. */
static bool is_record(enum symbol_kind kind, uint32_t parameters) { return kind == SYMBOL_TYPE && parameters > 0; }

static bool find_callee(struct check *check, const struct binding *binding, struct callee *callee) {
    const struct symbol *symbol = analysis_symbol(check->file, binding->symbol);
    enum symbol_kind kind = symbol->kind;
    if (kind == SYMBOL_IMPORT) {
        struct package_symbol found = typer_imported(&check->typer, binding->symbol);
        if (found.symbol == NULL || node_kind(check->file->tree, node_parent(check->file->tree, binding->node)) == NODE_STRUCT_LITERAL) {
            return false;
        }
        *callee = callee_of_package(check, found);
        kind = found.symbol->kind;
    } else if (binding->symbol != 0) {
        *callee = callee_of_local(check, binding->symbol);
        if (kind == SYMBOL_TYPE && callee->count > 0 &&
            analysis_symbol(check->file, symbol->first_part)->kind != SYMBOL_FIELD) {
            return false;
        }
    } else {
        struct block_key key = check->file->blocks.items[binding->block].key;
        struct package_symbol found = package_meaning(check->package, key, binding->name, ACCESS_CALL);
        if (found.symbol == NULL) {
            return false;
        }
        *callee = callee_of_package(check, found);
        kind = found.symbol->kind;
    }
    callee->optional = kind == SYMBOL_COMPONENT;
    callee->record = kind == SYMBOL_TYPE;
    return is_callable(kind) || is_record(kind, callee->count);
}

/* A type that this file imports. */
static bool find_imported(struct check *check, const struct binding *binding, struct callee *callee) {
    if (analysis_symbol(check->file, binding->symbol)->kind != SYMBOL_IMPORT) {
        return false;
    }
    struct package_symbol found = module_imported(check->arena, check->package, check->file, binding->symbol);
    if (found.symbol == NULL || (found.symbol->kind != SYMBOL_TYPE && found.symbol->kind != SYMBOL_VARIANT)) {
        return false;
    }
    *callee = callee_of_package(check, found);
    callee->record = found.symbol->kind == SYMBOL_TYPE;
    return true;
}

/* `Point { x: 1 }`: the entries against the fields. What is no struct has no fields to be put in order. */
static void check_struct(struct check *check, node_id literal, const struct binding *binding) {
    struct callee callee;
    struct str name = node_text(check->file->tree, binding->node);
    if ((find_callee(check, binding, &callee) || find_imported(check, binding, &callee)) && callee.count > 0) {
        check_fields(check, node_child(check->file->tree, literal, FIELD_ENTRIES), binding->node, &callee);
    } else {
        struct str what = arena_printf(check->arena, "`%.*s { … }`, where `%.*s` is no struct of this package,",
                                       STR_ARGUMENTS(name), STR_ARGUMENTS(name));
        unsupported_add(check->arena, check->list, node_span(check->file->tree, binding->node), what);
    }
}

static void check_binding(struct check *check, const struct binding *binding) {
    const struct syntax_tree *tree = check->file->tree;
    node_id call = node_parent(tree, binding->node);
    struct callee callee;
    if (node_kind(tree, call) == NODE_STRUCT_LITERAL) {
        check_struct(check, call, binding);
    }
    if (binding->access == ACCESS_CALL && node_kind(tree, call) == NODE_CALL_EXPRESSION &&
        find_callee(check, binding, &callee)) {
        check_arguments(check, call, binding->node, &callee);
    }
}

void check_calls(struct check *check) {
    const struct file_analysis *file = check->file;
    for (struct check_part part = {0}; parts_next(check, &part);) {
        for (node_id node = part.start; node < part.end; node++) {
            if (node % NODES_BETWEEN_STOPS == 0 && stop_asked(check->stop)) {
                return;
            }
            if (file->node_binding[node] != 0) {
                check_binding(check, &file->bindings.items[file->node_binding[node] - 1]);
            }
        }
    }
}

/* ---- server functions */

struct endpoint_names {
    struct check *check;
    struct strbuf *out;
    unsigned count;
};

static void add_endpoint_name(void *context, struct package_symbol endpoint) {
    struct endpoint_names *names = context;
    if (names->count < 6) {
        strbuf_add_c(names->out, names->count == 0 ? "" : ", ");
        strbuf_add(names->out, analysis_name(names->check->file, endpoint.symbol->name));
    }
    names->count++;
}

/* " `server "api"` has list_users, get_user." for each server. */
static struct str describe_servers(struct check *check) {
    struct package_servers servers = package_servers(check->arena, check->package);
    if (servers.count == 0) {
        return STR(" The program has no server block.");
    }
    struct strbuf out;
    strbuf_init(&out, 4096);
    for (uint32_t i = 0; i < servers.count && i < 8; i++) {
        struct endpoint_names names = {check, &out, 0};
        struct str label = block_key_label(check->arena, check->file->atoms, servers.keys[i]);
        strbuf_printf(&out, " %.*s has ", STR_ARGUMENTS(label));
        package_each_endpoint(check->package, true, servers.keys[i].name, add_endpoint_name, &names);
        if (names.count == 0) {
            strbuf_add_c(&out, "none");
        } else if (names.count > 6) {
            strbuf_printf(&out, " and %u more", names.count - 6);
        }
        strbuf_add_byte(&out, '.');
    }
    struct str text = arena_str(check->arena, strbuf_str(&out));
    strbuf_finish(&out);
    return text;
}

static void report_unknown_function(struct check *check, const struct rpc_use *use, struct str name) {
    struct span span = node_span(check->file->tree, use->name_node);
    struct str best = suggest_endpoint(check, use);
    struct str hint = suggestion_sentence(check->arena, best);
    if (check->servers.size == 0) {
        check->servers = describe_servers(check);
    }
    struct diagnostic *diagnostic =
        CHECK_REPORT(check, UNKNOWN_SERVER_FUNCTION, span, "No server has a function `%.*s`.%.*s%.*s",
                     STR_ARGUMENTS(name), STR_ARGUMENTS(hint), STR_ARGUMENTS(check->servers));
    suggestion_fix(check->arena, diagnostic, span, best);
}

static void report_ambiguous(struct check *check, const struct rpc_use *use, struct str name) {
    struct package_servers servers = package_servers(check->arena, check->package);
    struct str owners = {0};
    struct str ways = {0};
    struct str first = {0};
    for (uint32_t i = 0; i < servers.count; i++) {
        struct package_symbol symbol = package_member(check->package, servers.keys[i], use->name);
        if (symbol.symbol != NULL && (symbol.symbol->flags & SYMBOL_ENDPOINT)) {
            struct str label = atom_text(check->file->atoms, servers.keys[i].name);
            struct str called = peer_identifier(check->arena, label);
            owners = arena_printf(check->arena, "%.*s%s\"%.*s\"", STR_ARGUMENTS(owners),
                                  owners.size == 0 ? "" : " and ", STR_ARGUMENTS(label));
            ways = arena_printf(check->arena, "%.*s%s`%.*s.%.*s`", STR_ARGUMENTS(ways), ways.size == 0 ? "" : " or ",
                                STR_ARGUMENTS(called), STR_ARGUMENTS(name));
            first = first.size == 0 ? called : first;
        }
    }
    struct diagnostic *diagnostic =
        CHECK_REPORT(check, AMBIGUOUS_SERVER_FUNCTION, node_span(check->file->tree, use->name_node),
                     "Several servers have a function `%.*s`: %.*s. Say which one is meant: %.*s.", STR_ARGUMENTS(name),
                     STR_ARGUMENTS(owners), STR_ARGUMENTS(ways));
    node_id object = node_child(check->file->tree, use->node, FIELD_OBJECT);
    fix_set(check, diagnostic, node_span(check->file->tree, object), first, "Call `%.*s.%.*s`", STR_ARGUMENTS(first),
            STR_ARGUMENTS(name));
}

static const char *closed_reason(const struct summary_symbol *symbol, struct str name) {
    if (symbol->kind == SYMBOL_MIDDLEWARE) {
        return "it is middleware";
    }
    if (symbol->flags & SYMBOL_SOCKET) {
        return "it takes a WebSocket, which cannot be sent; connect to its route with `WebSocket.new(…)`";
    }
    if (symbol->flags & SYMBOL_REQUEST) {
        return "it takes the request itself, which cannot be sent";
    }
    return name.size > 0 && name.data[0] == '_' ? "names that start with `_` are private to the server"
                                                : "only the server itself calls it";
}

static void report_closed(struct check *check, const struct rpc_use *use, struct str name,
                          struct package_symbol found) {
    struct diagnostic *diagnostic = CHECK_REPORT(check, NO_ENDPOINT, node_span(check->file->tree, use->name_node),
                                                 "`%.*s` cannot be called from outside its server: %s.",
                                                 STR_ARGUMENTS(name), closed_reason(found.symbol, name));
    struct callee callee = callee_of_package(check, found);
    relate(check, diagnostic, &callee);
}

static void check_rpc_use(struct check *check, const struct rpc_use *use) {
    struct package_symbol found = {NULL, NULL};
    struct str name = analysis_name(check->file, use->name);
    switch (package_resolve_rpc(check->package, use->server, use->name, &found)) {
    case RPC_UNKNOWN:
        report_unknown_function(check, use, name);
        return;
    case RPC_AMBIGUOUS:
        report_ambiguous(check, use, name);
        return;
    case RPC_NO_ENDPOINT:
        report_closed(check, use, name, found);
        return;
    case RPC_FOUND:
        break;
    }
    struct callee callee = callee_of_package(check, found);
    callee.remote = true;
    if (use->call != NODE_NONE && !check_body_form(check, use, &callee)) {
        check_arguments(check, use->call, use->name_node, &callee);
    }
}

void check_rpc_uses(struct check *check) {
    const struct file_analysis *file = check->file;
    unsigned i = 0; /* the uses are in order of their node */
    for (struct check_part part = {0}; parts_next(check, &part);) {
        while (i < file->rpc_uses.count && file->rpc_uses.items[i].node < part.start) {
            i++;
        }
        for (; i < file->rpc_uses.count && file->rpc_uses.items[i].node < part.end; i++) {
            const struct rpc_use *use = &file->rpc_uses.items[i];
            /* A peer that is no server of this program is somebody else's. */
            bool ours = use->server == ATOM_NONE || peer_server(check->package, use->server) != ATOM_NONE;
            if (use->name != ATOM_NONE && ours && peer_use_holds(check->package, file, use)) {
                check_rpc_use(check, use);
            }
        }
    }
}
