/* schema_unions: the parts of a union, each once; texts stand together, and nil is said by `optional`. */
#include "codegen/schema_parts.h"

#include "analysis/types.h"
#include "codegen/symbols_in.h"
#include "parser/base/limits.h"

/* The text of the type `"calm"`, or NULL: one with values in it is no type. */
static struct js *literal_text(struct emitter *e, node_id type) {
    struct str text;
    return node_string_value(e->arena, e->tree, type, &text) ? js_string(e->arena, text) : NULL;
}

struct js *schema_of_literal(struct emitter *e, node_id type) {
    struct js_list texts = {0};
    struct js *text = literal_text(e, type);
    if (text == NULL) {
        return schema_any(e);
    }
    js_add(e->arena, &texts, text);
    return schema_part(e, "literals", texts);
}

/* What a union says, part by part as it is written, each once. */
struct alternatives {
    struct js_list schemas;
    struct js *literals; /* the list of the texts among them, which stand together where the first one does, or NULL */
    bool nil, any;
};

static void add_once(struct emitter *e, struct js_list *list, struct js *schema) {
    for (unsigned i = 0; i < list->of.count; i++) {
        if (schema_equal(list->of.items[i], schema, 0)) {
            return;
        }
    }
    js_add(e->arena, list, schema);
}

static void add_literal(struct emitter *e, struct alternatives *alternatives, struct js *text) {
    if (alternatives->literals == NULL) {
        alternatives->literals = js_new(e->arena, JS_ARRAY);
        js_add(e->arena, &alternatives->schemas, schema_with(e, "literals", alternatives->literals));
    }
    add_once(e, &alternatives->literals->list, text);
}

static void add_alternative(struct emitter *e, struct alternatives *alternatives, node_id type, unsigned depth) {
    struct js *text = literal_text(e, type);
    if (text != NULL) {
        add_literal(e, alternatives, text);
        return;
    }
    struct js *schema = schema_of(e, type, depth);
    bool nil = schema->kind == JS_LITERAL && str_equal(schema->text, STR("\"Nil\""));
    alternatives->nil = alternatives->nil || nil;
    alternatives->any = alternatives->any || schema_is_any(schema);
    if (!nil) {
        add_once(e, &alternatives->schemas, schema);
    }
}

/* The parts of a union, which groups to the left; of `T?`, T and nil. */
static void add_alternatives(struct emitter *e, struct alternatives *alternatives, node_id written, unsigned depth) {
    node_id type = types_bare(e->tree, written);
    if (depth > LIMIT_SYNTAX_DEPTH) {
        alternatives->any = true;
    } else if (kind_of(e, type) == NODE_OPTIONAL_TYPE) {
        alternatives->nil = true;
        add_alternatives(e, alternatives, node_first_plain(e->tree, type), depth + 1);
    } else if (kind_of(e, type) == NODE_UNION_TYPE) {
        node_id left = node_first_plain(e->tree, type);
        add_alternatives(e, alternatives, left, depth + 1);
        add_alternatives(e, alternatives, node_next_plain(e->tree, left), depth + 1);
    } else {
        add_alternative(e, alternatives, type, depth);
    }
}

/* { union: […] } of what is left when texts stand together and nil is said by `optional`. */
struct js *schema_of_union(struct emitter *e, node_id type, unsigned depth) {
    struct alternatives alternatives = {0};
    add_alternatives(e, &alternatives, type, depth);
    unsigned count = alternatives.schemas.of.count;
    if (alternatives.any) {
        return schema_any(e);
    }
    if (count == 0) {
        return js_literal(e->arena, "\"Nil\"");
    }
    struct js *schema = count == 1 ? alternatives.schemas.of.items[0] : schema_part(e, "union", alternatives.schemas);
    return alternatives.nil ? schema_with(e, "optional", schema) : schema;
}

/* `"none"` of `type Shape = Circle(r: Float) | "none"`: the other parts are its variants. */
struct js *schema_or_texts(struct emitter *e, node_id union_type, struct js *variants) {
    struct alternatives alternatives = {0};
    js_add(e->arena, &alternatives.schemas, variants);
    for (node_id type = union_type; kind_of(e, type) == NODE_UNION_TYPE;) {
        node_id left = node_first_plain(e->tree, type);
        struct js *text = literal_text(e, node_next_plain(e->tree, left));
        struct js *first = kind_of(e, left) == NODE_UNION_TYPE ? NULL : literal_text(e, left);
        if (first != NULL) {
            add_literal(e, &alternatives, first);
        }
        if (text != NULL) {
            add_literal(e, &alternatives, text);
        }
        type = left;
    }
    return alternatives.literals == NULL ? variants : schema_part(e, "union", alternatives.schemas);
}
