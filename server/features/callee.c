/* What a call calls: by the tree where it is whole, else by the name before the parenthesis. */
#include "server/features/callee.h"

#include "analysis/database.h"
#include "analysis/directives.h"
#include "analysis/entity.h"
#include "analysis/guards.h"
#include "analysis/lookup.h"
#include "analysis/objects.h"
#include "analysis/type_text.h"
#include "parser/syntax/node.h"

struct finder {
    const struct feature_context *context;
    const struct file_analysis *file;
    const struct syntax_tree *tree;
    struct typer *typer;
    struct callee *callee;
    struct token name;
};

/* ---- signatures */

/* "type User { id: Int }" is called as "User(id: Int)". */
static bool use_signature(struct finder *f, struct str signature, struct str name, bool record) {
    struct arena *arena = f->context->arena;
    struct str list = {0};
    f->callee->label = signature;
    if (!signature_list(signature, &list)) {
        return false;
    }
    if (record) {
        f->callee->label = arena_printf(arena, "%.*s(%.*s)", STR_ARGUMENTS(name), STR_ARGUMENTS(str_trim(list)));
        signature_list(f->callee->label, &list);
    }
    f->callee->list = list;
    return true;
}

/* The first parameter of a method is what stands before the dot. */
static bool use_method(struct finder *f, struct str signature, bool adopted) {
    struct str list = {0};
    struct signature_parameter first;
    size_t at = 0;
    if (!adopted) {
        return use_signature(f, signature, (struct str){0}, false);
    }
    if (!signature_list(signature, &list) || !signature_next(list, &at, &first)) {
        return false;
    }
    struct str head = str_slice(signature, 0, (size_t)(list.data - signature.data));
    struct str tail = str_slice(signature, (size_t)(list.data - signature.data) + list.size, signature.size);
    struct str rest = str_trim(str_slice(list, at, list.size));
    struct str text =
        arena_printf(f->context->arena, "%.*s%.*s%.*s", STR_ARGUMENTS(head), STR_ARGUMENTS(rest), STR_ARGUMENTS(tail));
    return use_signature(f, text, (struct str){0}, false);
}

/* `add = fn(a, b) …`: a value that is a function. */
static bool use_function_value(struct finder *f, const struct symbol *symbol) {
    enum node_kind kind = node_kind(f->tree, symbol->value);
    node_id parameters = node_child(f->tree, symbol->value, FIELD_PARAMETERS);
    if (kind != NODE_LAMBDA && kind != NODE_FUNCTION_EXPRESSION) {
        return false;
    }
    struct str text = node_text(f->tree, parameters);
    bool bare = node_kind(f->tree, parameters) == NODE_IDENTIFIER;
    struct str label = arena_printf(f->context->arena, bare ? "fn %.*s(%.*s)" : "fn %.*s%.*s",
                                    STR_ARGUMENTS(analysis_name(f->file, symbol->name)), STR_ARGUMENTS(text));
    return use_signature(f, label, (struct str){0}, false);
}

/* `cb(`, `user.on(`: what is known is that it is a function, and of which types: `(Int, String) -> Int`. */
static bool use_function_type(struct finder *f, struct str type) {
    struct str name = f->name.text;
    f->callee->subject = (struct completion_subject){0}; /* its parameters have no names */
    bool function = type.size > 0 && type.data[0] == '(' && signature_result(type).size > 0;
    return function &&
           use_signature(f, arena_printf(f->context->arena, "fn %.*s%.*s", STR_ARGUMENTS(name), STR_ARGUMENTS(type)),
                         (struct str){0}, false);
}

static bool takes_self(const struct file_analysis *file, const struct symbol *function) {
    const struct symbol *first = analysis_symbol(file, function->part_count > 0 ? function->first_part : 0);
    return function->kind == SYMBOL_FUNCTION && str_equal(analysis_name(file, first->name), STR("self"));
}

static bool use_local(struct finder *f, uint32_t index) {
    const struct symbol *symbol = analysis_symbol(f->file, index);
    f->callee->subject = (struct completion_subject){
        .kind = SUBJECT_LOCAL, .name = analysis_name(f->file, symbol->name), .number = index};
    if (symbol->kind == SYMBOL_CONSTANT || symbol->kind == SYMBOL_VARIABLE) {
        return use_function_value(f, symbol);
    }
    if (symbol->kind == SYMBOL_PARAMETER || symbol->kind == SYMBOL_STATE) {
        return use_function_type(f, type_text_of_symbol(f->typer, index));
    }
    struct str signature = lookup_signature(f->context->arena, f->file, index);
    bool record = symbol->kind == SYMBOL_TYPE;
    return takes_self(f->file, symbol) ? use_method(f, signature, true)
                                       : use_signature(f, signature, analysis_name(f->file, symbol->name), record);
}

static bool use_member(struct finder *f, struct package_symbol member) {
    const struct summary_symbol *symbol = member.symbol;
    struct str name = analysis_name(f->file, symbol->name);
    bool own = member.file == package_file(f->context->package, f->file->path);
    if (own && (symbol->kind == SYMBOL_CONSTANT || symbol->kind == SYMBOL_VARIABLE)) {
        return use_local(f, symbol->local);
    }
    f->callee->subject = (struct completion_subject){
        .kind = SUBJECT_SYMBOL, .name = name, .owner = member.file->path, .block = symbol->block};
    switch ((int)symbol->kind) {
    case SYMBOL_FUNCTION:
    case SYMBOL_MIDDLEWARE:
    case SYMBOL_VARIANT:
    case SYMBOL_COMPONENT:
        return use_signature(f, symbol->signature, name, false);
    case SYMBOL_TYPE:
        return symbol->parameter_count > 0 && use_signature(f, symbol->signature, name, true);
    default:
        return false;
    }
}

static bool use_builtin(struct finder *f, enum builtin builtin) {
    const struct builtin_info *info = builtin_info(builtin);
    f->callee->subject = (struct completion_subject){.kind = SUBJECT_BUILTIN, .name = info->name};
    return use_signature(f, info->signature, info->name, false);
}

/* ---- methods */

/* A function of an `impl` in this file; `self` is not given. */
static bool use_impl(struct finder *f, struct str type, struct str name) {
    for (unsigned i = 0; i < f->file->methods.count; i++) {
        const struct type_method *method = &f->file->methods.items[i];
        const struct symbol *symbol = analysis_symbol(f->file, method->symbol);
        if (!str_equal(analysis_name(f->file, method->type), type) ||
            !str_equal(analysis_name(f->file, symbol->name), name)) {
            continue;
        }
        return use_local(f, method->symbol);
    }
    return false;
}

/* The same in another file. */
static bool use_impl_elsewhere(struct finder *f) {
    struct resolver resolver;
    resolver_init(&resolver, f->context->arena, f->context->sources, f->file, f->context->package);
    struct entity entity = resolver_meaning(&resolver, node_at(f->tree, f->name.span.end)).entity;
    const struct symbol *symbol = entity.kind == ENTITY_SYMBOL ? entity_symbol(entity) : NULL;
    if (symbol == NULL || entity.file == f->file || symbol->kind != SYMBOL_FUNCTION) {
        return false;
    }
    struct str signature = lookup_signature(f->context->arena, entity.file, entity.symbol);
    return use_method(f, signature, takes_self(entity.file, symbol));
}

static bool use_object(struct finder *f, enum object object, struct str name) {
    struct builtin_member member;
    enum builtin adopted;
    if (!object_member_find(object, name, &member, &adopted)) {
        return false;
    }
    f->callee->subject = (struct completion_subject){.kind = SUBJECT_OBJECT, .name = name, .number = (uint32_t)object};
    return use_method(f, member.signature, adopted != BUILTIN_COUNT);
}

static struct str without_arguments(struct str type) { return str_slice(type, 0, str_find(type, '<', 0)); }

/* `Shape.Circle(`: a variant of a type. */
static bool use_variant(struct finder *f, struct package_symbol type) {
    for (uint32_t i = 0; i < type.file->symbol_count; i++) {
        const struct summary_symbol *symbol = &type.file->symbols[i];
        if (symbol->kind == SYMBOL_VARIANT && symbol->owner == type.symbol->name &&
            str_equal(analysis_name(f->file, symbol->name), f->name.text)) {
            return use_member(f, (struct package_symbol){type.file, symbol});
        }
    }
    return false;
}

/* `value.method(`: by the type of the value, or the type itself. */
static bool use_receiver(struct finder *f, node_id object) {
    struct str name = f->name.text;
    struct str type = type_text_receiver(f->typer, object);
    const struct symbol *named = analysis_symbol_of(f->file, object);
    bool may_be_type = type.size == 0 && (named == NULL || named->kind == SYMBOL_TYPE || named->kind == SYMBOL_IMPORT);
    struct package_symbol itself = {NULL, NULL};
    if (may_be_type) {
        itself = type_text_named(f->typer, f->name.span.start, node_text(f->tree, object));
    }
    if (itself.symbol != NULL && itself.symbol->kind == SYMBOL_TYPE) {
        return use_variant(f, itself) || use_impl(f, node_text(f->tree, object), name);
    }
    enum object known = object_of_type(type);
    if (known == OBJECT_NONE && type.size == 0 && node_kind(f->tree, object) == NODE_IDENTIFIER) {
        known = object_of_name(node_text(f->tree, object));
    }
    return use_object(f, known, name) || use_impl(f, without_arguments(type), name) || use_impl_elsewhere(f) ||
           use_function_type(f, type_text(f->typer, node_parent(f->tree, object)));
}

/* ---- names */

static bool use_target(struct finder *f, const struct target *target, node_id object) {
    bool model = target->kind == TARGET_BUILTIN_MEMBER && lookup_model(f->file, f->context->package, object);
    struct str receiver = node_text(f->tree, object);
    switch (target->kind) {
    case TARGET_LOCAL:
        return use_local(f, target->symbol);
    case TARGET_PACKAGE:
        return use_member(f, target->member);
    case TARGET_BUILTIN:
        return use_builtin(f, target->builtin);
    case TARGET_BUILTIN_MEMBER:
        f->callee->subject.kind = model ? SUBJECT_MODEL : SUBJECT_MEMBER;
        f->callee->subject.name = target->builtin_member.name;
        f->callee->subject.owner = receiver;
        return use_signature(f,
                             model ? model_member_signature(f->context->arena, &target->builtin_member, receiver)
                                   : target->builtin_member.signature,
                             (struct str){0}, false);
    case TARGET_NONE:
        break;
    }
    return false;
}

/* A condition behind `with`: its head lists types alone. */
static bool use_guard(struct finder *f) {
    const struct guard *guard = guard_find(f->name.text);
    node_id route = node_ancestor(f->tree, node_holding(f->tree, f->name.span.start), NODE_ROUTE_DECLARATION);
    if (guard == NULL || route == NODE_NONE) {
        return false;
    }
    struct str rest = guard->head, types = {0};
    struct directive_part part;
    while (directive_next_head(&rest, &part)) {
        struct str type = str_equal(part.types, STR("{}")) ? STR("Record") : part.types;
        types = arena_printf(f->context->arena, "%.*s%s%.*s%s", STR_ARGUMENTS(types), types.size > 0 ? ", " : "",
                             STR_ARGUMENTS(type), part.required ? "" : "?");
    }
    struct str label = arena_printf(f->context->arena, "%.*s(%.*s)", STR_ARGUMENTS(guard->word), STR_ARGUMENTS(types));
    return use_signature(f, label, (struct str){0}, false);
}

/* A name that the tree has not bound, as it stands in text that does not parse. */
static bool use_name(struct finder *f) {
    enum builtin builtin;
    atom_id atom = atom_find(f->file->atoms, f->name.text);
    struct block_key key = f->file->blocks.items[lookup_block(f->file, f->name.span.start)].key;
    struct package_symbol found = {NULL, NULL};
    if (atom != ATOM_NONE) {
        found = package_meaning(f->context->package, key, atom, ACCESS_CALL);
    }
    if (found.symbol != NULL) {
        return use_member(f, found);
    }
    return builtin_find(f->name.text, &builtin) && use_builtin(f, builtin);
}

static bool is_declared(const struct syntax_tree *tree, const struct frame *frame) {
    struct token word = cursor_before(tree, frame->before.span.start);
    return token_is(&word, STR("fn")) || token_is(&word, STR("component")) || token_is(&word, STR("type")) ||
           node_kind(tree, node_holding(tree, frame->open)) == NODE_PARAMETERS;
}

static unsigned piped(const struct syntax_tree *tree, uint32_t name_start) {
    struct token before = cursor_before(tree, name_start);
    return token_is(&before, STR("|>")) ? 1 : 0;
}

bool callee_find(const struct feature_context *context, struct typer *typer, const struct frame *frame,
                 struct callee *callee) {
    struct finder f = {.context = context,
                       .file = context->file,
                       .tree = context->file->tree,
                       .typer = typer,
                       .callee = callee,
                       .name = frame->before};
    *callee = (struct callee){0};
    if (frame->bracket != '(' || f.name.kind != TOKEN_NAME || f.name.span.end != frame->open ||
        is_declared(f.tree, frame)) {
        return false;
    }
    callee->given = piped(f.tree, f.name.span.start);
    node_id node = node_at(f.tree, f.name.span.end);
    node_id parent = node_parent(f.tree, node);
    bool property = node_kind(f.tree, parent) == NODE_MEMBER_EXPRESSION && node_field(f.tree, node) == FIELD_PROPERTY;
    node_id object = property ? node_child(f.tree, parent, FIELD_OBJECT) : NODE_NONE;
    bool makes = property && str_equal(f.name.text, STR("new"));
    struct target target =
        lookup_target(f.file, context->package, makes ? node_span(f.tree, object).end : f.name.span.end);
    if (use_target(&f, &target, object) || (property && use_receiver(&f, object))) {
        return true;
    }
    struct token before = cursor_before(f.tree, f.name.span.start);
    return use_guard(&f) || (!property && !token_is(&before, STR(".")) && target.kind == TARGET_NONE && use_name(&f));
}

/* ---- parameters */

bool callee_parameter(const struct callee *callee, unsigned position, struct signature_parameter *parameter) {
    size_t at = 0;
    for (unsigned i = 0; i <= position; i++) {
        if (!signature_next(callee->list, &at, parameter)) {
            return false;
        }
    }
    return true;
}

/* `name` of an argument that begins with `name:`. */
static struct str argument_name(const struct syntax_tree *tree, const struct frame *frame) {
    struct str text = text_str(tree->text);
    uint32_t start = frame->part;
    while (start < text.size && (text.data[start] == ' ' || text.data[start] == '\n' || text.data[start] == '\t')) {
        start++;
    }
    uint32_t end = cursor_name_end(text, start), colon = end;
    while (colon < text.size && text.data[colon] == ' ') {
        colon++;
    }
    bool named = end > start && colon < text.size && text.data[colon] == ':';
    return named ? str_slice(text, start, end) : (struct str){0};
}

unsigned callee_active(const struct syntax_tree *tree, const struct frame *frame, const struct callee *callee) {
    struct signature_parameter parameter = {0};
    struct str name = argument_name(tree, frame);
    unsigned count = 0, named = 0;
    bool found = false;
    size_t at = 0;
    while (signature_next(callee->list, &at, &parameter)) {
        if (name.size > 0 && str_equal(parameter.name, name)) {
            named = count;
            found = true;
        }
        count++;
    }
    if (found) {
        return named;
    }
    unsigned position = frame->commas + callee->given;
    bool rest = count > 0 && parameter.rest;
    return position >= count && rest ? count - 1 : position < count ? position : count;
}
