/* Reading types: from nodes of this file, and from the words of other files. */
#include "analysis/types.h"

#include "analysis/modules.h"
#include "analysis/package_index.h"
#include "analysis/signature_text.h"
#include "analysis/type_text.h"
#include "parser/base/byte.h"

enum { DEPTH = 32 }; /* of types within types, aliases included */

static const struct type unknown = {.kind = TYPE_UNKNOWN};

/* ---- words of the language */

static const struct word {
    struct str name;
    enum type_kind kind;
} scalars[] = {
    {STR_INIT("String"), TYPE_STRING}, {STR_INIT("Int"), TYPE_INT},         {STR_INIT("Float"), TYPE_FLOAT},
    {STR_INIT("Bool"), TYPE_BOOL},     {STR_INIT("Number"), TYPE_NUMBER},   {STR_INIT("Nil"), TYPE_NIL},
    {STR_INIT("List"), TYPE_LIST},     {STR_INIT("Function"), TYPE_FUNCTION}, {STR_INIT("null"), TYPE_NIL},
    {STR_INIT("undefined"), TYPE_NIL},
};

static const struct word generics[] = {
    {STR_INIT("List"), TYPE_LIST},
    {STR_INIT("Option"), TYPE_OPTION},
    {STR_INIT("Result"), TYPE_RESULT},
};

static enum type_kind word_kind(const struct word *words, size_t count, struct str name) {
    for (size_t i = 0; i < count; i++) {
        if (str_equal(words[i].name, name)) {
            return words[i].kind;
        }
    }
    return TYPE_UNKNOWN;
}

static enum type_kind scalar_of(struct str name) { return word_kind(scalars, sizeof scalars / sizeof *scalars, name); }

static enum type_kind generic_of(struct str name) {
    return word_kind(generics, sizeof generics / sizeof *generics, name);
}

/* ---- parts */

/* A list of types of any length, in the arena. */
struct types_list {
    VEC(struct type) of;
};

static struct type with_parts(enum type_kind kind, const struct types_list *list, struct str text) {
    return (struct type){.kind = kind, .parts = list->of.items, .count = list->of.count, .text = text};
}

/* `A | B | nil`, flat. */
static void add_alternative(struct typer *typer, struct types_list *list, struct type type) {
    if (type.kind != TYPE_UNION) {
        vec_push(typer->arena, &list->of, type);
        return;
    }
    for (unsigned i = 0; i < type.count; i++) {
        vec_push(typer->arena, &list->of, type.parts[i]);
    }
}

static struct type or_nil(struct typer *typer, struct type type, struct str text) {
    struct types_list list = {0};
    add_alternative(typer, &list, type);
    vec_push(typer->arena, &list.of, ((struct type){.kind = TYPE_NIL}));
    return with_parts(TYPE_UNION, &list, text);
}

struct type types_or_nil(struct typer *typer, struct type type) {
    struct str text = types_text(typer, type);
    bool optional = type.kind == TYPE_UNION && str_ends_with(text, STR("?"));
    return optional ? type : or_nil(typer, type, type_text_optional(typer->arena, text));
}

/* ---- declared types */

uint32_t types_own_symbol(const struct typer *typer, struct package_symbol member) {
    bool own = member.symbol != NULL && typer->package != NULL &&
               package_file(typer->package, typer->file->path) == member.file;
    return own ? member.symbol->local : 0;
}

struct type types_of_symbol(struct typer *typer, uint32_t index) {
    const struct symbol *symbol = analysis_symbol(typer->file, index);
    struct str name = analysis_name(typer->file, symbol->name);
    switch ((int)symbol->kind) {
    case SYMBOL_IMPORT:
        return types_of_member(typer, typer_imported(typer, index));
    case SYMBOL_MODEL:
        return (struct type){.kind = TYPE_MODEL, .text = name};
    case SYMBOL_TYPE:
        break;
    default:
        return unknown;
    }
    if (symbol->part_count > 0) {
        return (struct type){.kind = TYPE_NAMED, .named = {.symbol = index}, .text = name};
    }
    struct type type = types_annotation(typer, symbol->type);
    type.text = name;
    return type;
}

struct type types_of_member(struct typer *typer, struct package_symbol member) {
    uint32_t own = types_own_symbol(typer, member);
    if (own != 0 || member.symbol == NULL) {
        return own != 0 ? types_of_symbol(typer, own) : unknown;
    }
    struct str name = atom_text(typer->file->atoms, member.symbol->name);
    if (member.symbol->kind == SYMBOL_MODEL) {
        return (struct type){.kind = TYPE_MODEL, .text = name};
    }
    if (member.symbol->kind != SYMBOL_TYPE) {
        return unknown;
    }
    struct str parts, alias = signature_alias(member.symbol->signature);
    if (signature_list(member.symbol->signature, &parts)) {
        return (struct type){.kind = TYPE_NAMED, .named = {.member = member}, .text = name};
    }
    struct type type = alias.size > 0 ? types_written(typer, member, alias) : unknown;
    type.text = name;
    return type;
}

/* ---- annotations of this file */

static struct type type_of_name(struct typer *typer, node_id node) {
    const struct file_analysis *file = typer->file;
    const struct binding *binding = analysis_binding(file, node_child(file->tree, node, FIELD_NAME));
    if (binding == NULL || node_child(file->tree, node, FIELD_MEMBER) != NODE_NONE) {
        return unknown;
    }
    if (binding->symbol != 0) {
        return types_of_symbol(typer, binding->symbol);
    }
    struct str name = analysis_name(file, binding->name);
    enum type_kind scalar = scalar_of(name);
    struct package_symbol found = {NULL, NULL};
    if (typer->package != NULL && scalar == TYPE_UNKNOWN) {
        found = package_lookup(typer->package, file->blocks.items[binding->block].key, binding->name, true);
    }
    return found.symbol != NULL ? types_of_member(typer, found) : (struct type){.kind = scalar, .text = name};
}

static struct types_list arguments_of(struct typer *typer, node_id node) {
    struct types_list list = {0};
    node_id argument = node_child(typer->file->tree, node, FIELD_ARGUMENT);
    for (; argument != NODE_NONE; argument = node_next_same_field(typer->file->tree, argument)) {
        vec_push(typer->arena, &list.of, types_annotation(typer, argument));
    }
    return list;
}

static struct type type_of_generic(struct typer *typer, node_id node) {
    const struct syntax_tree *tree = typer->file->tree;
    node_id name = node_child(tree, node, FIELD_NAME);
    struct type type = type_of_name(typer, name);
    enum type_kind kind = generic_of(node_text(tree, name));
    struct str text = node_text(tree, node);
    if (type.kind == TYPE_NAMED || kind == TYPE_UNKNOWN) {
        type.text = text;
        return type.kind == TYPE_NAMED ? type : unknown; /* what an alias with arguments means is not followed */
    }
    struct types_list list = arguments_of(typer, node);
    return with_parts(kind, &list, text);
}

static struct type type_of_list(struct typer *typer, node_id node) {
    struct types_list list = {0};
    vec_push(typer->arena, &list.of, types_annotation(typer, node_child(typer->file->tree, node, FIELD_ELEMENT)));
    return with_parts(TYPE_LIST, &list, node_text(typer->file->tree, node));
}

static struct type type_of_parts(struct typer *typer, node_id node) {
    const struct syntax_tree *tree = typer->file->tree;
    bool is_union = node_kind(tree, node) == NODE_UNION_TYPE;
    struct types_list list = {0};
    for (node_id part = node_first_plain(tree, node); part != NODE_NONE; part = node_next_plain(tree, part)) {
        struct type type = types_annotation(typer, part);
        if (is_union) {
            add_alternative(typer, &list, type);
        } else {
            vec_push(typer->arena, &list.of, type);
        }
    }
    return with_parts(is_union ? TYPE_UNION : TYPE_TUPLE, &list, node_text(tree, node));
}

static struct type type_of_optional(struct typer *typer, node_id node) {
    const struct syntax_tree *tree = typer->file->tree;
    return or_nil(typer, types_annotation(typer, node_first_plain(tree, node)), node_text(tree, node));
}

node_id types_bare(const struct syntax_tree *tree, node_id type) {
    node_id only = type;
    while (node_kind(tree, type) == NODE_TUPLE_TYPE && (only = node_first_plain(tree, type)) != NODE_NONE &&
           node_next_plain(tree, only) == NODE_NONE) {
        type = only;
    }
    return type;
}

struct type types_of_text(struct typer *typer, node_id string) {
    struct str text;
    struct type type = {.kind = TYPE_STRING, .text = node_text(typer->file->tree, string)};
    if (!node_string_value(typer->arena, typer->file->tree, string, &text)) {
        return unknown;
    }
    struct str *literal = arena_array(typer->arena, struct str, 1);
    *literal = text;
    type.literal = literal;
    return type;
}

struct type types_annotation(struct typer *typer, node_id written) {
    const struct syntax_tree *tree = typer->file->tree;
    node_id node = types_bare(tree, written);
    struct type type = unknown;
    if (typer->depth >= DEPTH || node_has_error(tree, node)) {
        return unknown;
    }
    typer->depth++;
    switch ((int)node_kind(tree, node)) {
    case NODE_TYPE_NAME:
        type = type_of_name(typer, node);
        break;
    case NODE_GENERIC_TYPE:
        type = type_of_generic(typer, node);
        break;
    case NODE_LIST_TYPE:
        type = type_of_list(typer, node);
        break;
    case NODE_TUPLE_TYPE:
    case NODE_UNION_TYPE:
        type = type_of_parts(typer, node);
        break;
    case NODE_OPTIONAL_TYPE:
        type = type_of_optional(typer, node);
        break;
    case NODE_FUNCTION_TYPE:
        type = (struct type){.kind = TYPE_FUNCTION, .text = node_text(tree, node)};
        break;
    case NODE_STRING:
        type = types_of_text(typer, node);
        break;
    case NODE_RECORD_TYPE:
        type = (struct type){.kind = TYPE_RECORD, .text = node_text(tree, node), .record = node};
        break;
    default:
        break;
    }
    typer->depth--;
    return type;
}

/* ---- words of another file */

/* One whose type variables could be names of types says nothing by its names. */
static bool is_generic(struct package_symbol from) { return (from.symbol->flags & SYMBOL_GENERIC) != 0; }

static struct type named_in(struct typer *typer, struct package_symbol from, struct str name) {
    const struct package *package = typer_package_of(typer, (struct known_type){.member = from});
    enum type_kind scalar = scalar_of(name);
    atom_id atom = atom_find(typer->file->atoms, name);
    if (scalar != TYPE_UNKNOWN) {
        return (struct type){.kind = scalar, .text = name};
    }
    if (atom == ATOM_NONE || package == NULL || is_generic(from)) {
        return unknown;
    }
    return types_of_member(typer, package_lookup(package, from.symbol->block, atom, true));
}

static bool is_name(struct str text) {
    for (size_t i = 0; i < text.size; i++) {
        char c = text.data[i];
        bool letter = byte_is_letter(c) || c == '_' || byte_is_wide(c);
        if (!letter && (c < '0' || c > '9' || i == 0)) {
            return false;
        }
    }
    return text.size > 0;
}

/* The types between commas. */
static struct types_list list_in(struct typer *typer, struct package_symbol from, struct str text) {
    struct types_list list = {0};
    for (size_t at = 0; at < text.size;) {
        size_t end = signature_part_end(text, at);
        vec_push(typer->arena, &list.of, types_written(typer, from, str_slice(text, at, end)));
        at = end + 1;
    }
    return list;
}

static struct type generic_in(struct typer *typer, struct package_symbol from, struct str text, size_t open) {
    struct str name = str_trim(str_slice(text, 0, open));
    struct type type = named_in(typer, from, name);
    enum type_kind kind = generic_of(name);
    if (type.kind == TYPE_NAMED || kind == TYPE_UNKNOWN) {
        type.text = text;
        return type.kind == TYPE_NAMED ? type : unknown;
    }
    struct types_list list = list_in(typer, from, str_slice(text, open + 1, text.size - 1));
    return with_parts(kind, &list, text);
}

static struct type union_in(struct typer *typer, struct package_symbol from, struct str text, size_t bar) {
    struct types_list list = {0};
    add_alternative(typer, &list, types_written(typer, from, str_slice(text, 0, bar)));
    add_alternative(typer, &list, types_written(typer, from, str_slice(text, bar + 1, text.size)));
    return with_parts(TYPE_UNION, &list, text);
}

/* `"calm"`; what an escape means is not asked. */
static struct type text_in(struct typer *typer, struct str text) {
    struct str inside = str_slice(text, 1, text.size - 1);
    bool whole = text.size > 1 && text.data[text.size - 1] == '"';
    for (size_t i = 0; i < inside.size; i++) {
        whole = whole && inside.data[i] != '"' && inside.data[i] != '\\' && inside.data[i] != '{';
    }
    if (!whole) {
        return unknown;
    }
    struct str *literal = arena_array(typer->arena, struct str, 1);
    *literal = inside;
    return (struct type){.kind = TYPE_STRING, .text = text, .literal = literal};
}

static struct type read_words(struct typer *typer, struct package_symbol from, struct str text) {
    struct types_list list;
    size_t at = signature_operator(text);
    if (at < text.size) {
        return text.data[at] == '|' ? union_in(typer, from, text, at) : (struct type){.kind = TYPE_FUNCTION, .text = text};
    }
    char last = text.data[text.size - 1];
    if (text.data[0] == '"') {
        return text_in(typer, text);
    }
    if (last == '?') {
        return or_nil(typer, types_written(typer, from, str_slice(text, 0, text.size - 1)), text);
    }
    switch (text.data[0]) {
    case '[':
        list = list_in(typer, from, str_slice(text, 1, text.size - 1));
        return last == ']' && list.of.count == 1 ? with_parts(TYPE_LIST, &list, text) : unknown;
    case '(':
        list = list_in(typer, from, str_slice(text, 1, text.size - 1));
        if (last == ')' && list.of.count == 1) {
            return list.of.items[0];
        }
        return last == ')' ? with_parts(TYPE_TUPLE, &list, text) : unknown;
    case '{': /* shortened words do not end */
        return (struct type){.kind = TYPE_RECORD, .text = text, .named = {.member = from}, .words = last == '}' ? text : (struct str){0}};
    default:
        break;
    }
    size_t open = str_find(text, '<', 0);
    if (open < text.size) {
        return last == '>' ? generic_in(typer, from, text, open) : unknown;
    }
    return is_name(text) ? named_in(typer, from, text) : unknown;
}

struct type types_written(struct typer *typer, struct package_symbol from, struct str text) {
    struct str words = str_trim(text);
    if (words.size == 0 || typer->depth >= DEPTH || typer->package == NULL) {
        return unknown;
    }
    typer->depth++;
    struct type type = read_words(typer, from, words);
    typer->depth--;
    return type;
}

/* ---- fields */

/* Moves on among the fields of a record of this file. */
static bool next_written(const struct typer *typer, struct record_walk *walk) {
    const struct syntax_tree *tree = typer->file->tree;
    for (; walk->next != NODE_NONE; walk->next = node_next_sibling(tree, walk->next)) {
        node_id name = node_child(tree, walk->next, FIELD_NAME);
        if (node_kind(tree, walk->next) == NODE_RECORD_FIELD && analysis_binding(typer->file, name) != NULL) {
            walk->name = node_text(tree, name);
            walk->field = walk->next;
            walk->next = node_next_sibling(tree, walk->next);
            return true;
        }
    }
    return false;
}

struct record_walk types_record_walk(const struct typer *typer, struct type record) {
    node_id first = record.record == NODE_NONE ? NODE_NONE : node_first_child(typer->file->tree, record.record);
    return (struct record_walk){.record = record, .next = first};
}

bool types_record_next(const struct typer *typer, struct record_walk *walk) {
    struct signature_parameter part;
    if (walk->record.record != NODE_NONE) {
        return next_written(typer, walk);
    }
    if (!type_text_next_field(walk->record.words, &walk->at, &part)) {
        return false;
    }
    walk->name = part.name;
    walk->words = part.type;
    return true;
}

static struct type record_field(struct typer *typer, struct type record, struct str name) {
    struct record_walk walk = types_record_walk(typer, record);
    while (types_record_next(typer, &walk)) {
        if (str_equal(walk.name, name)) {
            return walk.field != NODE_NONE ? types_annotation(typer, node_child(typer->file->tree, walk.field, FIELD_TYPE))
                                           : types_written(typer, record.named.member, walk.words);
        }
    }
    return unknown;
}

bool types_field_at(struct typer *typer, struct type type, unsigned index, struct type_field *field) {
    if (type.named.symbol != 0) {
        const struct symbol *owner = analysis_symbol(typer->file, type.named.symbol);
        const struct symbol *part = analysis_symbol(typer->file, owner->first_part + index);
        if (index >= owner->part_count || part->kind != SYMBOL_FIELD) {
            return false;
        }
        *field = (struct type_field){part->name, types_annotation(typer, part->type), part->value != NODE_NONE};
        return true;
    }
    const struct summary_symbol *owner = type.named.member.symbol;
    if (owner == NULL || index >= owner->parameter_count) {
        return false;
    }
    const struct summary_parameter *part = &owner->parameters[index];
    *field = (struct type_field){part->name, types_written(typer, type.named.member, part->type), part->has_default};
    return true;
}

struct type types_field(struct typer *typer, struct type type, atom_id name) {
    struct type_field field;
    if (type.kind == TYPE_RECORD) {
        return record_field(typer, type, atom_text(typer->file->atoms, name));
    }
    if (type.kind == TYPE_NAMED && type.named.symbol != 0) {
        const struct symbol *part =
            analysis_symbol(typer->file, typer_declared_part(typer->file, type.named.symbol, name));
        return part->kind == SYMBOL_FIELD ? types_annotation(typer, part->type) : unknown;
    }
    for (unsigned i = 0; types_field_at(typer, type, i, &field); i++) {
        if (field.name == name) {
            return field.type;
        }
    }
    return unknown;
}

atom_id types_name(const struct typer *typer, struct type type) {
    if (type.named.symbol != 0) {
        return analysis_symbol(typer->file, type.named.symbol)->name;
    }
    return type.named.member.symbol != NULL ? type.named.member.symbol->name : ATOM_NONE;
}
