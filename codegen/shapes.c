/* shapes: which types have more than data, so that what came as JSON has to become a value of theirs; and where. */
#include "codegen/imports.h"
#include "codegen/names.h"
#include "codegen/schemas.h"
#include "codegen/server_parts.h"
#include "codegen/symbols_in.h"

/* Types within types; one that contains itself has no end. */
enum { MAXIMUM_DEPTH = 6 };

/* ---- types that are more than their fields */

static bool has_functions(const struct emitter *e, atom_id type) {
    for (uint32_t f = 0; f < e->program->file_count; f++) {
        const struct file_analysis *file = e->program->files[f];
        for (unsigned i = 0; i < file->methods.count; i++) {
            if (file->methods.items[i].type == type && !file->methods.items[i].trait) {
                return true;
            }
        }
    }
    return false;
}

/* `x is Order`, `Order(id) => …`, `type Paid = Order where …`: records are told by their class. */
static bool is_test(const struct file_analysis *file, node_id name) {
    node_id parent = node_parent(file->tree, name);
    enum node_kind around = node_kind(file->tree, parent);
    if (around == NODE_TYPE_NAME) {
        return node_child(file->tree, node_parent(file->tree, parent), FIELD_WHERE) != NODE_NONE;
    }
    return around == NODE_VARIANT_PATTERN || around == NODE_MATCH_ARM ||
           (around == NODE_BINARY_EXPRESSION && node_field(file->tree, name) == FIELD_RIGHT);
}

/* By its address: types of other programs get no index by being looked at. */
static uint64_t key_of_type(struct program_symbol type) { return (uint64_t)(uintptr_t)symbol_data(type); }

/* Everything that the program tests for, in one walk over its names. */
static void find_tested(struct emitter *e) {
    e->tested_types_known = true;
    for (uint32_t f = 0; f < e->program->file_count; f++) {
        const struct file_analysis *file = e->program->files[f];
        for (unsigned i = 0; i < file->bindings.count; i++) {
            node_id name = file->bindings.items[i].node;
            struct program_symbol meant =
                is_test(file, name) ? program_symbol_of(e->program, file, name) : (struct program_symbol){NULL, 0};
            if (meant.file != NULL) {
                map_set(&e->tested_types, key_of_type(meant), 1);
            }
        }
    }
}

static bool is_tested(struct emitter *e, struct program_symbol type) {
    if (!e->tested_types_known) {
        find_tested(e);
    }
    return map_get(&e->tested_types, key_of_type(type), NULL);
}

static bool derives_anything(struct program_symbol type) {
    return node_child(type.file->tree, symbol_data(type)->node, FIELD_DERIVE) != NODE_NONE;
}

/* A variant without fields is one value, which `==` knows: a copy that came as JSON would be equal to nothing. */
static bool has_constant_variant(struct program_symbol type) {
    const struct symbol *data = symbol_data(type);
    for (uint32_t i = data->first_part; i < data->first_part + data->part_count; i++) {
        const struct symbol *part = analysis_symbol(type.file, i);
        if (part->kind == SYMBOL_VARIANT && part->part_count == 0) {
            return true;
        }
    }
    return false;
}

bool type_is_seen(const struct emitter *e, struct program_symbol type) {
    struct block_key key = type.file->blocks.items[symbol_data(type)->block].key;
    return key.kind == BLOCK_MODULE || key.kind == BLOCK_SHARED || block_key_equal(key, e->output->block);
}

bool type_is_made(struct emitter *e, struct program_symbol type) {
    const struct symbol *data = symbol_data(type);
    if (data->part_count == 0 || !type_is_seen(e, type)) {
        return false;
    }
    if (has_functions(e, data->name) || derives_anything(type)) {
        return true;
    }
    if (!type_is_record(type)) {
        return has_constant_variant(type);
    }
    for (uint32_t i = data->first_part; i < data->first_part + data->part_count; i++) {
        if (analysis_symbol(type.file, i)->value != NODE_NONE) {
            return true;
        }
    }
    return is_tested(e, type);
}

/* ---- annotations that lead to one of them */

static bool node_needs_shape(struct emitter *e, const struct file_analysis *file, node_id type, enum shape_use use,
                             unsigned depth);

static bool parts_need_shape(struct emitter *e, struct program_symbol owner, enum shape_use use, unsigned depth) {
    const struct symbol *data = symbol_data(owner);
    for (uint32_t i = data->first_part; i < data->first_part + data->part_count; i++) {
        const struct symbol *part = analysis_symbol(owner.file, i);
        bool needed = part->kind == SYMBOL_VARIANT
                          ? parts_need_shape(e, (struct program_symbol){owner.file, i}, use, depth)
                          : node_needs_shape(e, owner.file, part->type, use, depth);
        if (needed) {
            return true;
        }
    }
    return false;
}

static bool symbol_needs_shape(struct emitter *e, struct program_symbol type, enum shape_use use, unsigned depth) {
    if (symbol_kind_of(type) == SYMBOL_MODEL) {
        type = type_named(e, symbol_data(type)->name);
    }
    if (symbol_kind_of(type) != SYMBOL_TYPE) {
        return use == SHAPE_AS_SENT; /* a type variable: anything */
    }
    if (depth > MAXIMUM_DEPTH) {
        return false;
    }
    if (use != SHAPE_AS_SENT && type_is_made(e, type)) {
        return true;
    }
    const struct symbol *data = symbol_data(type);
    return data->part_count == 0 ? node_needs_shape(e, type.file, data->type, use, depth + 1)
                                 : parts_need_shape(e, type, use, depth + 1);
}

static bool is_generic(const struct syntax_tree *tree, node_id type, struct str name) {
    return node_kind(tree, type) == NODE_GENERIC_TYPE &&
           str_equal(node_text(tree, node_child(tree, type, FIELD_NAME)), name);
}

/* Types of the language whose values JSON has a word for, where their arguments are such too; a Date becomes text by itself. */
static const struct str sent_as_they_are[] = {
    STR_INIT("Bool"),   STR_INIT("Date"),     STR_INIT("Float"),  STR_INIT("Function"), STR_INIT("Int"),  STR_INIT("Nil"),
    STR_INIT("Number"), STR_INIT("Option"),   STR_INIT("Response"), STR_INIT("Result"), STR_INIT("String"), STR_INIT("null"),
    STR_INIT("undefined"),
};

/* What JSON has no word for; in what is sent, also what may hold it: Any. */
static bool is_no_json(struct str name, enum shape_use use) {
    if (use != SHAPE_AS_SENT) {
        return str_equal(name, STR("Map")) || str_equal(name, STR("Set")) || str_equal(name, STR("Date"));
    }
    for (size_t i = 0; i < sizeof sent_as_they_are / sizeof *sent_as_they_are; i++) {
        if (str_equal(name, sent_as_they_are[i])) {
            return false;
        }
    }
    return true;
}

static bool node_needs_shape(struct emitter *e, const struct file_analysis *file, node_id type, enum shape_use use,
                             unsigned depth) {
    if (type == NODE_NONE && use == SHAPE_AS_SENT) {
        return true; /* nobody says what it is */
    }
    for (node_id node = type; type != NODE_NONE && node < file->tree->nodes[type].next; node++) {
        if (use == SHAPE_OF_ARGUMENT && is_generic(file->tree, node, STR("Option"))) {
            return true;
        }
        if (node_kind(file->tree, node) == NODE_TYPE_NAME) {
            node_id name = node_child(file->tree, node, FIELD_NAME);
            struct program_symbol meant = program_symbol_of(e->program, file, name);
            bool own = meant.file != NULL;
            if (own ? symbol_needs_shape(e, meant, use, depth) : is_no_json(node_text(file->tree, name), use)) {
                return true;
            }
        }
    }
    return false;
}

/* Does a file name Map or Set, or what a module that is not of Tova offers? */
static bool names_collections(const struct file_analysis *file) {
    for (uint32_t i = 0; i < file->bindings.count; i++) {
        struct str name = file->bindings.items[i].symbol == 0 ? analysis_name(file, file->bindings.items[i].name) : STR("");
        if (str_equal(name, STR("Map")) || str_equal(name, STR("Set"))) {
            return true;
        }
    }
    for (uint32_t i = 0; i < file->imported.count; i++) {
        if (file->import_links[i].file == NULL) {
            return true;
        }
    }
    return false;
}

bool program_has_collections(struct emitter *e) {
    for (uint32_t f = 0; f < e->program->file_count && e->collections == COLLECTIONS_UNKNOWN; f++) {
        e->collections = names_collections(e->program->files[f]) ? COLLECTIONS_MADE : COLLECTIONS_UNKNOWN;
    }
    e->collections = e->collections == COLLECTIONS_UNKNOWN ? COLLECTIONS_NONE : e->collections;
    return e->collections == COLLECTIONS_MADE;
}

bool annotation_needs_shape(struct emitter *e, const struct file_analysis *file, node_id type, enum shape_use use) {
    if (use == SHAPE_AS_SENT && !program_has_collections(e)) {
        return false;
    }
    return node_needs_shape(e, file, type, use, 0);
}

/* ---- makers */

/* (it) => new Order(it.id, it.text); a field that is absent or nil has its default. */
struct js *shape_maker(struct emitter *e, struct program_symbol made, bool class) {
    const struct symbol *data = symbol_data(made);
    bool shared = made.file->blocks.items[data->block].key.kind != BLOCK_SERVER;
    struct js *name = js_text(e->arena, JS_NAME, shared ? shared_name(e, made) : name_of_symbol(e, made));
    if (!class && data->part_count == 0) {
        return js_arrow(e->arena, name);
    }
    struct js *call = class ? js_new(e->arena, JS_NEW) : js_call(e->arena, name);
    call->a = name;
    struct js *it = js_name(e->arena, "it");
    for (uint32_t i = data->first_part; i < data->first_part + data->part_count; i++) {
        const struct symbol *field = analysis_symbol(made.file, i);
        struct str text = analysis_name(made.file, field->name);
        struct js *value = name_is_plain(text) ? js_member(e->arena, it, "") : js_index(e->arena, it, js_string(e->arena, text));
        value->text = name_is_plain(text) ? text : value->text;
        if (field->value != NODE_NONE) {
            value = js_binary(e->arena, value, "??", js_literal(e->arena, "undefined"));
        }
        js_add(e->arena, &call->list, value);
    }
    struct js *maker = js_arrow(e->arena, call);
    js_add(e->arena, &maker->list, it);
    return maker;
}

struct js *shape_makers(struct emitter *e, struct program_symbol type) {
    const struct symbol *data = symbol_data(type);
    struct js *makers = js_new(e->arena, JS_OBJECT);
    for (uint32_t i = data->first_part; i < data->first_part + data->part_count; i++) {
        struct program_symbol variant = {type.file, i};
        struct str tag = analysis_name(type.file, symbol_data(variant)->name);
        js_add(e->arena, &makers->list, js_property(e->arena, tag, shape_maker(e, variant, false)));
    }
    return makers;
}

/* ---- results of calls */

/* Variants that have functions, by their tags; nothing where there are none. */
static void add_variants(struct emitter *e, struct file_analysis *file, struct js *makers) {
    for (uint32_t i = 1; i < file->symbols.count; i++) {
        struct program_symbol type = {file, i};
        const struct symbol *data = symbol_data(type);
        bool level = data->kind == SYMBOL_TYPE && (data->flags & SYMBOL_BLOCK_LEVEL) != 0;
        if (level && type_has_variants(type) && type_is_made(e, type)) {
            struct js *own = shape_makers(e, type);
            for (unsigned v = 0; v < own->list.of.count; v++) {
                js_add(e->arena, &makers->list, own->list.of.items[v]);
            }
        }
    }
}

static bool has_property(const struct js *object, struct str key) {
    for (unsigned i = 0; i < object->list.of.count; i++) {
        if (str_equal(object->list.of.items[i]->text, key)) {
            return true;
        }
    }
    return false;
}

/* What a function that is called here says that it returns. */
static void add_result(struct emitter *e, struct program_symbol function, struct js *results) {
    const struct symbol *data = symbol_data(function);
    if (data == NULL || data->kind != SYMBOL_FUNCTION) {
        return;
    }
    struct str key = key_text(e, analysis_name(function.file, data->name));
    if (!has_property(results, key) && annotation_needs_shape(e, function.file, data->type, SHAPE_OF_RESULT)) {
        uint32_t before = e->file_index;
        enter_file(e, file_index_of(e, function.file));
        js_add(e->arena, &results->list, js_property(e->arena, key, type_schema(e, data->type)));
        enter_file(e, before);
    }
}

struct js *lower_reviver(struct emitter *e, atom_id server) {
    struct js *makers = js_new(e->arena, JS_OBJECT);
    struct js *results = js_new(e->arena, JS_OBJECT);
    unsigned mark = e->statements->of.count;
    for (uint32_t f = 0; f < e->program->file_count; f++) {
        struct file_analysis *file = e->program->files[f];
        add_variants(e, file, makers);
        for (uint32_t i = 0; i < file->rpc_uses.count; i++) {
            const struct rpc_use *use = &file->rpc_uses.items[i];
            if (use->server == server && block_key_equal(file->blocks.items[use->block].key, e->output->block) &&
                program_rpc_use(file, use->node) != NULL) {
                add_result(e, program_rpc_target(e->program, file, use), results);
            }
        }
    }
    if (makers->list.of.count == 0 && results->list.of.count == 0) {
        return NULL;
    }
    if (e->statements->of.count > mark) {
        e->statements->of.items[mark]->flags |= JS_BLANK_BEFORE;
    }
    struct js *call = js_call1(e->arena, runtime_name(e, RUNTIME_SHAPES, "reviver"), makers);
    if (results->list.of.count > 0) {
        js_add(e->arena, &call->list, results);
    }
    return call;
}
