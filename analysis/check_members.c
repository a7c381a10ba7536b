/* Members that are not there: of values whose type is known, of stores, of types. A warning, as a value may carry more than
 * its type says. A row of a table has the columns of the model of its type's name too. */
#include "analysis/builtins.h"
#include "analysis/checks.h"
#include "analysis/module_uses.h"
#include "analysis/modules.h"
#include "analysis/objects.h"
#include "analysis/package_index.h"
#include "analysis/peers.h"

/* What every object of JavaScript has, and what values of types carry besides their fields. */
bool member_is_of_every_object(struct str name) {
    static const struct str names[] = {STR_INIT("__tag"),          STR_INIT("constructor"),    STR_INIT("hasOwnProperty"),
                                       STR_INIT("isPrototypeOf"),  STR_INIT("new"),            STR_INIT("prototype"),
                                       STR_INIT("toJSON"),         STR_INIT("toLocaleString"), STR_INIT("toString"),
                                       STR_INIT("fromJSON"),       STR_INIT("valueOf"),        STR_INIT("to_json"),
                                       STR_INIT("from_json"),      STR_INIT("show")};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        if (str_equal(names[i], name)) {
            return true;
        }
    }
    return false;
}

/* ---- what there is */

struct owner {
    struct str name;
    const char *what;           /* "type", "store" */
    const struct symbol *here;  /* or: */
    struct package_symbol there;
};

static void offer_here(struct check *check, const struct owner *owner, struct suggestion *suggestion) {
    const struct file_analysis *file = check->file;
    if (owner->here->kind == SYMBOL_STORE) {
        const struct scope *members = &file->scopes.items[file->node_scope[owner->here->node]];
        for (unsigned i = 0; i < members->symbols.count; i++) {
            suggestion_offer(suggestion, analysis_name(file, analysis_symbol(file, members->symbols.items[i])->name));
        }
        return;
    }
    for (uint32_t i = owner->here->first_part; i < owner->here->first_part + owner->here->part_count; i++) {
        const struct symbol *part = analysis_symbol(file, i);
        suggestion_offer(suggestion, analysis_name(file, part->name));
        for (uint32_t f = part->first_part; f < part->first_part + part->part_count; f++) {
            suggestion_offer(suggestion, analysis_name(file, analysis_symbol(file, f)->name));
        }
    }
    for (uint32_t i = 0; i < file->methods.count; i++) {
        if (file->methods.items[i].type == owner->here->name) {
            suggestion_offer(suggestion, analysis_name(file, analysis_symbol(file, file->methods.items[i].symbol)->name));
        }
    }
}

static struct str nearest_part(struct check *check, const struct owner *owner, struct str name) {
    struct suggestion suggestion = suggestion_for(name);
    if (owner->here != NULL) {
        offer_here(check, owner, &suggestion);
        return suggestion.best;
    }
    for (uint32_t i = 0; i < owner->there.symbol->parameter_count; i++) {
        suggestion_offer(&suggestion, analysis_name(check->file, owner->there.symbol->parameters[i].name));
    }
    return suggestion.best;
}

static void report(struct check *check, node_id property, const struct owner *owner) {
    struct str name = node_text(check->file->tree, property);
    struct str best = nearest_part(check, owner, name);
    struct str hint = suggestion_sentence(check->arena, best);
    struct span span = node_span(check->file->tree, property);
    struct diagnostic *diagnostic =
        CHECK_REPORT(check, UNKNOWN_MEMBER, span, "The %s `%.*s` has no `%.*s`.%.*s", owner->what,
                     STR_ARGUMENTS(owner->name), STR_ARGUMENTS(name), STR_ARGUMENTS(hint));
    diagnostic->related.span = owner->here != NULL ? node_span(check->file->tree, owner->here->name_node)
                                                   : owner->there.symbol->name_span;
    diagnostic->related.path = owner->here != NULL ? (struct str){0} : owner->there.file->path;
    diagnostic->related.message = arena_printf(check->arena, "`%.*s` is declared here.", STR_ARGUMENTS(owner->name));
    suggestion_fix(check->arena, diagnostic, span, best);
}

/* ---- types and models */

/* Is the name that of a model, `BlogPost` as `blog_post`, or of several? So is called what a row is related to. */
static bool names_model(struct str model, struct str name) {
    size_t at = 0;
    for (size_t i = 0; i < name.size; i++) {
        char c = at < model.size && model.data[at] >= 'A' && model.data[at] <= 'Z' ? (char)(model.data[at] + 'a' - 'A')
                 : at < model.size                                                 ? model.data[at]
                                                                                   : 's';
        bool plural = at == model.size && i + 1 == name.size;
        if (name.data[i] == c && (at < model.size || plural)) {
            at += at < model.size;
        } else if (name.data[i] != '_') {
            return false;
        }
    }
    return at == model.size;
}

static bool is_column_of(struct check *check, const struct summary_symbol *model, struct str name) {
    for (uint32_t i = 0; i < model->parameter_count; i++) {
        if (str_equal(analysis_name(check->file, model->parameters[i].name), name)) {
            return true;
        }
    }
    return false;
}

/* What rows of every table may have beside their fields: database.md, "Models". */
static bool is_column_of_every_model(struct str name) {
    return str_equal(name, STR("id")) || str_equal(name, STR("created_at")) || str_equal(name, STR("updated_at")) ||
           str_equal(name, STR("deleted_at")) || str_ends_with(name, STR("_id"));
}

/* Rows of a table whose model has the name of a type are values of the type, with columns that the type does not name. */
static bool is_of_model(struct check *check, atom_id type, struct str name) {
    struct package_servers servers = package_servers(check->arena, check->package);
    bool has_model = false, known = is_column_of_every_model(name);
    for (uint32_t i = 0; i < servers.count; i++) {
        struct package_symbol found = package_lookup(check->package, servers.keys[i], type, false);
        if (found.symbol != NULL && found.symbol->kind == SYMBOL_MODEL) {
            has_model = true;
            known = known || is_column_of(check, found.symbol, name);
        }
    }
    for (uint32_t f = 0; has_model && !known && f < package_file_count(check->package); f++) {
        const struct summary *file = package_file_at(check->package, f);
        for (uint32_t i = 0; !known && i < file->symbol_count; i++) {
            known = file->symbols[i].kind == SYMBOL_MODEL &&
                    names_model(analysis_name(check->file, file->symbols[i].name), name);
        }
    }
    return has_model && known;
}

static void check_type(struct check *check, node_id property, struct known_type type, bool value) {
    const struct file_analysis *file = check->file;
    struct owner owner = {.what = "type", .there = type.member};
    if (type.member.symbol != NULL && type.member.symbol->kind == SYMBOL_MODEL) {
        owner.what = "model";
    }
    owner.here = type.symbol != 0 ? analysis_symbol(file, type.symbol) : NULL;
    atom_id type_name = owner.here != NULL ? owner.here->name : type.member.symbol->name;
    uint32_t parts = owner.here != NULL ? owner.here->part_count : type.member.symbol->parameter_count;
    atom_id name = atom_find(file->atoms, node_text(file->tree, property));
    owner.name = analysis_name(file, type_name);
    const struct package *package = typer_package_of(&check->typer, type);
    bool known = package == NULL || (name != ATOM_NONE && (typer_part(&check->typer, type, name).kind != PART_UNKNOWN ||
                                                           package_has_method(package, type_name, name) ||
                                                           package_has_method(check->package, type_name, name)));
    /* a type of another file without fields is one of variants, whose fields its summary does not list together */
    if (!known && parts > 0 && !(value && is_of_model(check, type_name, node_text(file->tree, property))) &&
        !imported_trait_offers(check, package, name)) {
        report(check, property, &owner);
    }
}

void check_member_of(struct check *check, node_id name, struct known_type type) { check_type(check, name, type, true); }

/* ---- the check */

static void check_store(struct check *check, node_id property, const struct symbol *store) {
    struct owner owner = {.name = analysis_name(check->file, store->name), .what = "store", .here = store};
    report(check, property, &owner);
}

/* `http.gett` of a builtin namespace; false where the object is none. */
static bool check_namespace(struct check *check, node_id object, node_id property) {
    const struct file_analysis *file = check->file;
    const struct binding *binding = analysis_binding(file, object);
    struct builtin_member member;
    if (binding == NULL || binding->builtin == 0 || binding->symbol != 0) {
        return false;
    }
    enum builtin space = (enum builtin)(binding->builtin - 1);
    struct block_key key = file->blocks.items[binding->block].key;
    if (!builtin_member_at(space, 0, &member) || package_lookup(check->package, key, binding->name, false).symbol != NULL) {
        return false;
    }
    struct str name = node_text(file->tree, property);
    bool peer = peer_function_is_meant(check->package, key, binding->name, atom_find(file->atoms, name));
    if (!peer && !builtin_member_find(space, name, &member)) {
        struct suggestion suggestion = suggestion_for(name);
        for (unsigned i = 0; builtin_member_at(space, i, &member); i++) {
            suggestion_offer(&suggestion, member.name);
        }
        struct str hint = suggestion_sentence(check->arena, suggestion.best);
        struct span span = node_span(file->tree, property);
        struct diagnostic *diagnostic =
            CHECK_REPORT(check, UNKNOWN_MEMBER, span, "`%.*s` has no `%.*s`.%.*s", STR_ARGUMENTS(builtin_info(space)->name),
                         STR_ARGUMENTS(name), STR_ARGUMENTS(hint));
        suggestion_fix(check->arena, diagnostic, span, suggestion.best);
    }
    return true;
}

/* `shapes.aera` of `import * as shapes`. */
static void check_imported(struct check *check, node_id property, const struct imported *imported) {
    const struct file_analysis *file = check->file;
    const struct module_use *use = &file->module_uses.items[imported->module];
    struct module module = module_find(check->arena, check->package, file->path, use->text);
    if (module.kind == MODULE_SOURCE) {
        modules_check_name(check, &module, atom_intern(file->atoms, node_text(file->tree, property)), property);
    }
}

static const struct imported *namespace_of(const struct check *check, const struct symbol *symbol, uint32_t index) {
    const struct imported *imported =
        symbol != NULL && symbol->kind == SYMBOL_IMPORT ? module_uses_imported(check->file, index) : NULL;
    bool all = imported != NULL && str_equal(analysis_name(check->file, imported->name), STR("*"));
    return all && check->package->modules != NULL ? imported : NULL;
}

/* `server.f().then(…)`, `answer.then(…)`: what answers later is a promise, where nothing waits for it. */
static bool is_of_promise(const struct file_analysis *file, node_id object, node_id property) {
    const struct syntax_tree *tree = file->tree;
    struct str name = node_text(tree, property);
    const struct symbol *symbol = analysis_symbol_of(file, object);
    bool called = node_kind(tree, object) == NODE_CALL_EXPRESSION ||
                  (symbol != NULL && node_kind(tree, symbol->value) == NODE_CALL_EXPRESSION);
    return called && (str_equal(name, STR("then")) || str_equal(name, STR("catch")) || str_equal(name, STR("finally")));
}

/* The type of a value, be it what the typer knows of it or what patterns, modules and methods of lists say. */
static struct known_type type_of(struct check *check, node_id object, struct type *value) {
    struct known_type type = typer_expression(&check->typer, object);
    if (known_type_is(type)) {
        *value = (struct type){.kind = type.list ? TYPE_LIST : TYPE_NAMED, .named = type};
        return type;
    }
    *value = values_of(&check->values, object);
    *value = types_without_nil(*value);
    return value->kind == TYPE_NAMED || value->kind == TYPE_MODEL ? value->named : type;
}

/* `ws.onmessage = …`, as a page's own WebSocket has it: nothing calls that of a server's socket. */
static void check_socket_listener(struct check *check, node_id node, node_id object, node_id property) {
    static const struct {
        struct str name;
        const char *form;
    } listeners[] = {
        {STR_INIT("onopen"), "on(\"open\", fn() …)"},
        {STR_INIT("onmessage"), "on(\"message\", fn(data) …)"},
        {STR_INIT("onclose"), "on(\"close\", fn() …)"},
        {STR_INIT("onerror"), "on(\"error\", fn(error) …)"},
    };
    const struct syntax_tree *tree = check->file->tree;
    const struct symbol *symbol = analysis_symbol_of(check->file, object);
    node_id parent = node_parent(tree, node);
    bool written = node_kind(tree, parent) == NODE_ASSIGNMENT && node_child(tree, parent, FIELD_LEFT) == node;
    bool socket = symbol != NULL && symbol->kind == SYMBOL_PARAMETER && (symbol->flags & SYMBOL_SOCKET) != 0 &&
                  check->file->blocks.items[symbol->block].key.kind == BLOCK_SERVER;
    for (size_t i = 0; written && socket && i < sizeof listeners / sizeof *listeners; i++) {
        if (str_equal(node_text(tree, property), listeners[i].name)) {
            struct str name = node_text(tree, object);
            CHECK_REPORT(check, UNKNOWN_MEMBER, node_span(tree, property),
                         "Nothing calls `%.*s` of a server's socket. Write `%.*s.%s`.",
                         STR_ARGUMENTS(listeners[i].name), STR_ARGUMENTS(name), listeners[i].form);
            return;
        }
    }
}

static bool is_of_carrier(const struct check *check, struct str carrier, struct str name) {
    struct builtin_member found;
    enum builtin adopted;
    atom_id type = atom_find(check->file->atoms, carrier), atom = atom_find(check->file->atoms, name);
    return object_member_find(object_of_type(carrier), name, &found, &adopted) || str_equal(name, STR("value")) ||
           str_equal(name, STR("error")) ||
           (atom != ATOM_NONE && type != ATOM_NONE && package_has_method(check->package, type, atom));
}

/* `o.name` of an Option or a Result, which has methods alone. */
static void check_carrier(struct check *check, node_id property, enum type_kind kind) {
    const struct syntax_tree *tree = check->file->tree;
    struct str name = node_text(tree, property);
    if (is_of_carrier(check, kind == TYPE_OPTION ? STR("Option") : STR("Result"), name)) {
        return;
    }
    node_id member = node_parent(tree, property), object = node_child(tree, member, FIELD_OBJECT);
    bool optional = str_equal(node_text(tree, node_child(tree, member, FIELD_OPERATOR)), STR("?."));
    struct diagnostic *diagnostic = CHECK_REPORT(
        check, UNKNOWN_MEMBER, node_span(tree, property), "%s has no `%.*s`. %s", kind == TYPE_OPTION ? "An Option" : "A Result",
        STR_ARGUMENTS(name),
        optional ? "`?.` is one operator, and asks for nil alone: in parentheses `(value?)` takes out what it carries."
                 : "Take out what it carries: with `match`, or `unwrap()` where it is surely there.");
    if (optional) {
        struct span span = {node_span(tree, object).start, node_span(tree, property).start};
        struct str inner = arena_printf(check->arena, "(%.*s?).", STR_ARGUMENTS(node_text(tree, object)));
        fix_set(check, diagnostic, span, inner, "Take out what it carries: `%.*s%.*s`", STR_ARGUMENTS(inner), STR_ARGUMENTS(name));
    }
}

void check_member(struct check *check, node_id node) {
    const struct file_analysis *file = check->file;
    node_id property = node_child(file->tree, node, FIELD_PROPERTY);
    node_id object = node_child(file->tree, node, FIELD_OBJECT);
    if (node_kind(file->tree, property) != NODE_IDENTIFIER || file->node_binding[property] != 0 ||
        member_is_of_every_object(node_text(file->tree, property)) || is_of_promise(file, object, property)) {
        return;
    }
    check_socket_listener(check, node, object, property);
    if (check_namespace(check, object, property)) {
        return;
    }
    const struct symbol *symbol = analysis_symbol_of(file, object);
    if (symbol != NULL && symbol->kind == SYMBOL_STORE) {
        check_store(check, property, symbol);
        return;
    }
    const struct imported *imported = namespace_of(check, symbol, symbol == NULL ? 0 : analysis_binding(file, object)->symbol);
    if (imported != NULL) {
        check_imported(check, property, imported);
        return;
    }
    bool type_itself = symbol != NULL && symbol->kind == SYMBOL_TYPE;
    struct type value = {.kind = TYPE_UNKNOWN};
    struct known_type type = type_itself ? (struct known_type){.symbol = analysis_binding(file, object)->symbol}
                                         : type_of(check, object, &value);
    bool function = type_itself || (symbol != NULL && symbol->kind == SYMBOL_VARIANT && symbol->part_count > 0);
    if (function && str_equal(node_text(file->tree, property), STR("name"))) {
        return; /* that of its function */
    }
    if (known_type_is(type) && !type.list) {
        check_type(check, property, type, !type_itself);
    } else if (value.kind == TYPE_OPTION || value.kind == TYPE_RESULT) {
        check_carrier(check, property, value.kind);
    } else if (value.kind == TYPE_RECORD && types_has_fields(value)) {
        check_member_of_record(check, property, value);
    } else {
        check_native_member(check, object, property, value);
    }
}
