/* hover: which kind of thing a name is, and its signature, words and home. */
#include "server/features/hover.h"

#include "analysis/database.h"
#include "analysis/entity.h"
#include "analysis/lookup.h"
#include "analysis/models.h"
#include "analysis/peers.h"
#include "analysis/signature_text.h"
#include "analysis/type_text.h"
#include "codegen/naming.h"
#include "server/features/hover_parts.h"
#include "server/features/record_key.h"

enum { HOVER_BYTES = 64 * 1024 };

void hover_add_signature(struct strbuf *out, struct str signature) {
    strbuf_printf(out, "```tova\n%.*s\n```\n", STR_ARGUMENTS(signature));
}

void hover_add_documentation(struct strbuf *out, struct str documentation) {
    if (documentation.size > 0) {
        strbuf_printf(out, "\n%.*s\n", STR_ARGUMENTS(documentation));
    }
}

/* ---- symbols */

/* Where a block-level symbol lives: "state · browser · `app.client.js`". */
static void add_home(struct strbuf *out, const struct feature_context *context, const struct summary_symbol *symbol) {
    const struct atom_table *atoms = context->file->atoms;
    struct str kind = symbol_kind_name(symbol->kind);
    struct str block = block_key_label(context->arena, atoms, symbol->block);
    struct str output = naming_output(context->arena, context->package, atoms, symbol->block);
    strbuf_printf(out, "\n%.*s", STR_ARGUMENTS(kind));
    if (symbol->kind == SYMBOL_VARIANT && symbol->owner != ATOM_NONE) {
        struct str owner = atom_text(atoms, symbol->owner);
        strbuf_printf(out, " of `%.*s`", STR_ARGUMENTS(owner));
    }
    strbuf_printf(out, " · %.*s · `%.*s`\n", STR_ARGUMENTS(block), STR_ARGUMENTS(output));
}

/* The table of a model, and the type whose records it keeps. */
static void add_table(struct strbuf *out, const struct feature_context *context, struct package_symbol member) {
    struct resolver resolver;
    resolver_init(&resolver, context->arena, context->sources, context->file, context->package);
    struct entity model = resolver_entity(&resolver, member);
    struct entity type = models_type_of(&resolver, model);
    if (entity_is(type)) {
        strbuf_add_c(out, "\nkeeps\n");
        hover_add_signature(out, lookup_signature(context->arena, type.file, type.symbol));
    }
    if (entity_is(model)) {
        struct str table = models_table(context->arena, model);
        strbuf_printf(out, "\ntable `%.*s`\n", STR_ARGUMENTS(table));
    }
}

/* The functions of a type that its own file gives it. */
static void add_methods(struct strbuf *out, const struct feature_context *context, const struct file_analysis *file,
                        const struct symbol *type) {
    const char *glue = "\n```tova\n";
    for (unsigned i = 0; i < file->methods.count; i++) {
        const struct type_method *method = &file->methods.items[i];
        if (method->type == type->name) {
            struct str signature = lookup_signature(context->arena, file, method->symbol);
            strbuf_printf(out, "%s%.*s", glue, STR_ARGUMENTS(signature));
            glue = "\n";
        }
    }
    strbuf_add_c(out, glue[1] == '\0' ? "\n```\n" : "");
}

/* What a field's values have to be beside their type: the rules between braces behind it. */
static void add_rules(struct strbuf *out, const struct file_analysis *file, const struct symbol *field) {
    struct str rules = node_text(file->tree, node_child(file->tree, field->node, FIELD_VALIDATORS));
    if (rules.size > 2) {
        rules = str_trim(str_slice(rules, 1, rules.size - 1));
        strbuf_printf(out, "\nchecked: `%.*s`\n", STR_ARGUMENTS(rules));
    }
}

/* ": User" behind a signature. */
static struct str add_type(const struct feature_context *context, struct str signature, struct str type) {
    bool vague = type.size == 0 || str_equal(type, STR("Any"));
    return vague ? signature
                 : arena_printf(context->arena, "%.*s: %.*s", STR_ARGUMENTS(signature), STR_ARGUMENTS(type));
}

/* Of a value that is written without its type, where that is known. */
static struct str with_type(const struct feature_context *context, const struct file_analysis *file, uint32_t index,
                            struct str signature) {
    struct typer typer;
    const struct symbol *symbol = analysis_symbol(file, index);
    struct str name = analysis_name(file, symbol->name);
    bool bare = symbol->type == NODE_NONE && str_ends_with(signature, name);
    bool value = symbol->kind == SYMBOL_CONSTANT || symbol->kind == SYMBOL_VARIABLE || symbol->kind == SYMBOL_STATE ||
                 symbol->kind == SYMBOL_COMPUTED || symbol->kind == SYMBOL_PARAMETER;
    if (!bare || !value || file != context->file) {
        return signature;
    }
    typer_init(&typer, context->arena, file, context->package);
    typer.sources = context->sources;
    return add_type(context, signature, type_text_of_symbol(&typer, index));
}

/* The same of a member of any file. */
static struct str with_type_of_member(const struct feature_context *context, struct package_symbol member) {
    struct typer typer;
    struct str signature = member.symbol->signature;
    bool bare = str_ends_with(signature, atom_text(context->file->atoms, member.symbol->name));
    if (!bare || member.symbol->kind == SYMBOL_VARIANT) {
        return signature;
    }
    typer_init(&typer, context->arena, context->file, context->package);
    typer.sources = context->sources;
    return add_type(context, signature, type_text_of_member(&typer, member));
}

/* "x: User" where the name stands behind `x is User`. */
static struct str with_test(const struct feature_context *context, node_id name, struct entity entity, struct str signature) {
    struct typer typer;
    bool holds = name != NODE_NONE && entity.file == context->file && entity_symbol(entity)->kind != SYMBOL_FUNCTION &&
                 analysis_symbol_of(entity.file, name) == entity_symbol(entity);
    if (!holds) {
        return signature;
    }
    typer_init(&typer, context->arena, context->file, context->package);
    typer.sources = context->sources;
    struct str type = type_text_tested(&typer, name, type_text_of_symbol(&typer, entity.symbol)), word = entity_name(entity);
    return type.size == 0 ? signature
                          : arena_printf(context->arena, "%.*s: %.*s", STR_ARGUMENTS(word), STR_ARGUMENTS(type));
}

/* "items: [User]" of "items: [T]", where the name behind a dot is a field of a `Box<User>`. */
static struct str with_arguments(const struct feature_context *context, node_id name, struct entity field, struct str signature) {
    const struct syntax_tree *tree = context->file->tree;
    const struct symbol *symbol = entity_symbol(field);
    node_id member = node_parent(tree, name);
    bool generic = symbol->kind == SYMBOL_FIELD && (analysis_symbol(field.file, symbol->owner)->flags & SYMBOL_GENERIC) != 0;
    struct signature_parameter part;
    struct typer typer;
    size_t at = 0;
    bool pair = node_kind(tree, member) == NODE_PAIR && node_field(tree, name) == FIELD_KEY &&
                node_field(tree, node_parent(tree, member)) == FIELD_LEFT; /* `{ items: list } = page` */
    bool behind_dot = node_kind(tree, member) == NODE_MEMBER_EXPRESSION && node_field(tree, name) == FIELD_PROPERTY;
    if (!generic || (!pair && !behind_dot) || !signature_next(signature, &at, &part)) {
        return signature;
    }
    typer_init(&typer, context->arena, context->file, context->package);
    typer.sources = context->sources;
    node_id object = node_child(tree, member, FIELD_OBJECT);
    struct str owner = pair ? (struct str){0} : type_text(&typer, object), type = {0};
    if (pair) {
        type = type_text_of_pattern(&typer, node_child(tree, member, FIELD_VALUE));
    } else if (str_find(owner, '<', 0) < owner.size) {
        type = type_text_of_part(&typer, object, node_text(tree, name));
    }
    size_t start = (size_t)(part.type.data - signature.data);
    struct str head = str_slice(signature, 0, start), rest = str_slice(signature, start + part.type.size, signature.size);
    return type.size == 0 || part.type.size == 0
               ? signature
               : arena_printf(context->arena, "%.*s%.*s%.*s", STR_ARGUMENTS(head), STR_ARGUMENTS(type), STR_ARGUMENTS(rest));
}

/* A symbol of any file that stands in no summary: locals, parameters, fields, methods; at the name, or NODE_NONE. */
static void describe_symbol(struct strbuf *out, const struct feature_context *context, const struct file_analysis *file,
                            uint32_t index, node_id name) {
    const struct symbol *symbol = analysis_symbol(file, index);
    struct str kind = symbol_kind_name(symbol->kind);
    struct entity entity = {.kind = ENTITY_SYMBOL, .file = file, .symbol = index};
    struct str signature = with_type(context, file, index, lookup_signature(context->arena, file, index));
    hover_add_signature(out, with_test(context, name, entity, with_arguments(context, name, entity, signature)));
    hover_add_documentation(out, node_documentation(context->arena, file->tree, symbol->node));
    if (symbol->kind == SYMBOL_FIELD) {
        add_rules(out, file, symbol);
    }
    if (node_kind(file->tree, symbol->node) == NODE_TRY_EXPRESSION) {
        strbuf_add_c(out, "\nwhat `catch` gives: the error that stopped the `try`\n");
        return;
    }
    strbuf_printf(out, "\n%.*s", STR_ARGUMENTS(kind));
    if (symbol->owner != 0) {
        struct str owner = analysis_name(file, analysis_symbol(file, symbol->owner)->name);
        strbuf_printf(out, " of `%.*s`", STR_ARGUMENTS(owner));
    } else if (symbol->kind == SYMBOL_FIELD) {
        strbuf_add_c(out, " of a record");
    }
    strbuf_add_byte(out, '\n');
}

/* The analysis of the file that declares a member of the package, when it can be read. */
static const struct file_analysis *file_of(const struct feature_context *context, const struct summary *file) {
    return str_equal(file->path, context->file->path)
               ? context->file
               : context->sources->analysis_of(context->sources->context, file->path);
}

static void describe_member(struct strbuf *out, const struct feature_context *context, struct package_symbol member) {
    const struct summary_symbol *symbol = member.symbol;
    hover_add_signature(out, with_type_of_member(context, member));
    hover_add_documentation(out, symbol->documentation);
    if (symbol->kind == SYMBOL_FUNCTION && symbol->block.kind == BLOCK_SERVER) {
        strbuf_add_byte(out, '\n');
        hover_add_endpoint(out, context, member, hover_server(context, symbol->block));
        if (symbol->flags & SYMBOL_ENDPOINT) {
            hover_add_request(out, context, member);
        }
        return;
    }
    if (symbol->kind == SYMBOL_MODEL) {
        add_table(out, context, member);
    }
    const struct file_analysis *file = symbol->kind == SYMBOL_TYPE ? file_of(context, member.file) : NULL;
    if (file != NULL) {
        add_methods(out, context, file, analysis_symbol(file, symbol->local));
    }
    add_home(out, context, symbol);
}

/* ---- builtins */

static void describe_builtin(struct strbuf *out, enum builtin builtin) {
    const struct builtin_info *info = builtin_info(builtin);
    hover_add_signature(out, info->signature);
    hover_add_documentation(out, info->documentation);
    if (info->preferred != builtin) {
        strbuf_printf(out, "\nolder spelling of `%.*s`\n", STR_ARGUMENTS(builtin_info(info->preferred)->name));
    }
    if (info->absent.size > 0) {
        strbuf_printf(out, "\nNot implemented. %.*s\n", STR_ARGUMENTS(info->absent));
    }
}

/* Of a namespace, or of the model before the point. */
static void describe_builtin_member(struct strbuf *out, const struct feature_context *context, node_id node,
                                    const struct builtin_member *member) {
    const struct syntax_tree *tree = context->file->tree;
    node_id object = node_child(tree, node_parent(tree, node), FIELD_OBJECT);
    bool model = lookup_model(context->file, context->package, object);
    hover_add_signature(out, model ? model_member_signature(context->arena, member, node_text(tree, object)) : member->signature);
    hover_add_documentation(out, member->documentation);
}

/* ---- all */

static struct str first_line(struct str text) { return str_slice(text, 0, str_find(text, '\n', 0)); }

/* Types of the language, names of JavaScript, and the keys of records that have no type. */
static bool describe_unknown(struct strbuf *out, const struct feature_context *context, node_id node, struct entity entity) {
    const struct syntax_tree *tree = context->file->tree;
    struct str name = node_text(tree, node);
    bool type = node_kind(tree, node_parent(tree, node)) == NODE_TYPE_NAME;
    if (node_kind(tree, node) != NODE_IDENTIFIER) {
        return false;
    }
    if (type && hover_add_builtin_type(out, name)) {
        return true;
    }
    if (entity.kind == ENTITY_GLOBAL) {
        hover_add_signature(out, name);
        strbuf_add_c(out, "\nname of JavaScript\n");
        return true;
    }
    struct record_key key = record_key_at(context, node);
    if (key.node != NODE_NONE) {
        node_id pair = node_parent(key.file->tree, key.node);
        hover_add_signature(out, first_line(node_text(key.file->tree, pair)));
        strbuf_printf(out, "\nin `%.*s`\n", STR_ARGUMENTS(key.owner));
    }
    return key.node != NODE_NONE;
}

/* What only the other files, or the place, can tell: parts of types of other files, servers. */
static bool describe_meaning(struct strbuf *out, const struct feature_context *context, node_id node) {
    struct resolver resolver;
    const struct rpc_use *use = peer_rpc_use(context->package, context->file, node_parent(context->file->tree, node));
    if (use != NULL && use->name_node != node) {
        hover_add_server(out, context, use->server);
        return true;
    }
    resolver_init(&resolver, context->arena, context->sources, context->file, context->package);
    struct entity entity = resolver_meaning(&resolver, node).entity;
    switch (entity.kind) {
    case ENTITY_SYMBOL:
        describe_symbol(out, context, entity.file, entity.symbol, node);
        return true;
    case ENTITY_BUILTIN_MEMBER:
        describe_builtin_member(out, context, node, &entity.member);
        return true;
    case ENTITY_SERVER:
        hover_add_server(out, context, entity.name);
        return true;
    case ENTITY_BUILTIN:
        describe_builtin(out, entity.builtin);
        return true;
    case ENTITY_NONE:
    case ENTITY_GLOBAL:
    case ENTITY_RECORD:
        break;
    }
    return describe_unknown(out, context, node, entity);
}

/* `{ name }` of a record is a value, which is described, and the field that it is for. */
static void add_shorthand(struct strbuf *out, const struct feature_context *context, node_id node) {
    struct resolver resolver;
    resolver_init(&resolver, context->arena, context->sources, context->file, context->package);
    struct meaning meaning = resolver_meaning(&resolver, node);
    if (meaning.shorthand && meaning.field.kind == ENTITY_SYMBOL && !meaning.declaration) {
        struct entity field = meaning.field;
        strbuf_add_c(out, "\nfor\n");
        describe_symbol(out, context, field.file, field.symbol, NODE_NONE);
    }
}

/* A word that a table explains wins over a function of the program only where it stands as that word. */
static bool is_word_by_place(const struct feature_context *context, node_id node) {
    const struct syntax_tree *tree = context->file->tree;
    enum node_kind parent = node_kind(tree, node_parent(tree, node));
    bool is_name = node_field(tree, node) == FIELD_NAME;
    return (parent == NODE_DIRECTIVE && is_name) ||
           (parent == NODE_CONFIG_ENTRY && node_field(tree, node) == FIELD_KEY);
}

struct hover hover_at(const struct feature_context *context, uint32_t offset) {
    struct target target = lookup_target(context->file, context->package, offset);
    struct strbuf out;
    struct entity named = {0};
    bool found = true;
    strbuf_init(&out, HOVER_BYTES);
    if (is_word_by_place(context, target.node)) {
        target.kind = TARGET_NONE;
    }
    switch (target.kind) {
    case TARGET_NONE:
        found = hover_add_text(&out, context, offset, &target.span, &named);
        if (!found && entity_is(named)) {
            describe_symbol(&out, context, named.file, named.symbol, NODE_NONE);
            found = true;
        }
        found = found || hover_add_word(&out, context, offset, &target.span);
        if (!found) {
            target.span = analysis_name_span(context->file->tree, target.node);
            found = describe_meaning(&out, context, target.node);
        }
        break;
    case TARGET_LOCAL:
        describe_symbol(&out, context, context->file, target.symbol, target.node);
        break;
    case TARGET_PACKAGE:
        describe_member(&out, context, target.member);
        break;
    case TARGET_BUILTIN_MEMBER:
        describe_builtin_member(&out, context, target.node, &target.builtin_member);
        break;
    case TARGET_BUILTIN:
        describe_builtin(&out, target.builtin);
        break;
    }
    if (target.kind == TARGET_LOCAL || target.kind == TARGET_PACKAGE) {
        add_shorthand(&out, context, target.node);
    }
    struct str markdown = found ? arena_str(context->arena, str_trim(strbuf_str(&out))) : (struct str){0};
    strbuf_finish(&out);
    return (struct hover){.markdown = markdown, .span = target.span};
}
