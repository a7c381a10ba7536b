/* Members that a text, a list, a number or a truth surely has not: neither JavaScript nor Tova gives it, nor an `impl` of
 * the program. Where the name before the dot hides a server that has the function, that is what is said. */
#include "analysis/checks.h"
#include "analysis/objects.h"
#include "analysis/peers.h"

/* What stands for all values of a kind: the word for people, an annotation, and the names that an `impl` may have. */
struct native {
    enum type_kind kind;
    const char *what;
    struct str type;
    struct str names[3];
};

static const struct native natives[] = {
    {TYPE_STRING, "A String", STR_INIT("String"), {STR_INIT("String")}},
    {TYPE_LIST, "A list", STR_INIT("[Any]"), {STR_INIT("List"), STR_INIT("Array")}},
    {TYPE_NUMBER, "A number", STR_INIT("Float"), {STR_INIT("Int"), STR_INIT("Float"), STR_INIT("Number")}},
    {TYPE_BOOL, "A Bool", STR_INIT("Bool"), {STR_INIT("Bool"), STR_INIT("Boolean")}},
};

static const struct {
    enum type_kind kind;
    struct str name;
} names[] = {
#define NATIVE(kind, name) {TYPE_##kind, STR_INIT(name)},
#include "analysis/natives.def"
};

static const struct native *native_of(enum type_kind kind) {
    enum type_kind wanted = kind == TYPE_INT || kind == TYPE_FLOAT ? TYPE_NUMBER : kind;
    for (size_t i = 0; i < sizeof natives / sizeof *natives; i++) {
        if (natives[i].kind == wanted) {
            return &natives[i];
        }
    }
    return NULL;
}

static bool has_member(struct check *check, const struct native *native, struct str name) {
    struct builtin_member member;
    enum builtin adopted;
    if (object_member_find(object_of_type(native->type), name, &member, &adopted)) {
        return true;
    }
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        if (names[i].kind == native->kind && str_equal(names[i].name, name)) {
            return true;
        }
    }
    atom_id atom = atom_find(check->file->atoms, name);
    for (size_t i = 0; atom != ATOM_NONE && i < sizeof native->names / sizeof *native->names; i++) {
        atom_id type = atom_find(check->file->atoms, native->names[i]);
        if (type != ATOM_NONE && package_has_method(check->package, type, atom)) {
            return true;
        }
    }
    return false;
}

/* Does the name of the value hide a server of this name that has the function? */
static bool hides_server(struct check *check, node_id object, struct str name) {
    const struct binding *binding = analysis_binding(check->file, object);
    atom_id function = atom_find(check->file->atoms, name);
    atom_id server = binding == NULL ? ATOM_NONE : peer_server(check->package, binding->name);
    struct package_symbol found;
    return server != ATOM_NONE && function != ATOM_NONE &&
           package_resolve_rpc(check->package, server, function, &found) == RPC_FOUND;
}

static void report(struct check *check, node_id object, node_id property, const struct native *native) {
    struct str name = node_text(check->file->tree, property);
    struct span span = node_span(check->file->tree, property);
    if (hides_server(check, object, name)) {
        struct str hiding = node_text(check->file->tree, object);
        struct diagnostic *diagnostic = CHECK_REPORT(
            check, UNKNOWN_MEMBER, span,
            "%s has no `%.*s`. `%.*s` is a value here, which hides the server of that name: call `server.%.*s`, or "
            "rename the value.",
            native->what, STR_ARGUMENTS(name), STR_ARGUMENTS(hiding), STR_ARGUMENTS(name));
        const struct symbol *symbol = analysis_symbol_of(check->file, object);
        if (symbol != NULL) {
            diagnostic->related.span = node_span(check->file->tree, symbol->name_node);
            diagnostic->related.message = STR("The value is declared here.");
        }
        return;
    }
    struct suggestion suggestion = suggestion_for(name);
    struct builtin_member member;
    enum builtin adopted;
    for (unsigned i = 0; object_member_at(object_of_type(native->type), i, &member, &adopted); i++) {
        suggestion_offer(&suggestion, member.name);
    }
    struct str hint = suggestion_sentence(check->arena, suggestion.best);
    struct diagnostic *diagnostic = CHECK_REPORT(check, UNKNOWN_MEMBER, span, "%s has no `%.*s`.%.*s", native->what,
                                                 STR_ARGUMENTS(name), STR_ARGUMENTS(hint));
    suggestion_fix(check->arena, diagnostic, span, suggestion.best);
}

void check_native_member(struct check *check, node_id object, node_id property, struct type type) {
    const struct native *native = native_of(type.kind);
    if (native != NULL && !has_member(check, native, node_text(check->file->tree, property))) {
        report(check, object, property, native);
    }
}
