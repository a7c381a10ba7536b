/* jsx_templates: static structure as HTML, and operations on the nodes of a clone. */
#include "codegen/jsx_templates.h"

#include "codegen/imports.h"
#include "codegen/jsx.h"
#include "codegen/names.h"
#include "codegen/styles.h"
#include "parser/base/limits.h"
#include "parser/base/strbuf.h"

/* ---- which elements the parser of HTML gives back as they are */

enum content { CONTENT_ANY, CONTENT_LIST, CONTENT_TERMS, CONTENT_TABLE, CONTENT_ROWS, CONTENT_ROW };
enum tag_flag { TAG_VOID = 1, TAG_BLOCK = 2, TAG_ONCE = 4, TAG_HEADING = 8 };

struct tag {
    struct str name;
    enum content content, parent;
    unsigned flags;
};

#define VOID TAG_VOID
#define BLOCK TAG_BLOCK
#define ONCE TAG_ONCE
#define HEADING TAG_HEADING
static const struct tag tags[] = {
#define TEMPLATE_TAG(name, content, parent, flags) {STR_INIT(name), CONTENT_##content, CONTENT_##parent, flags},
#include "codegen/template_tags.def"
};
#undef VOID
#undef BLOCK
#undef ONCE
#undef HEADING

static const struct tag *tag_of(const struct emitter *e, node_id element) {
    struct str name = text_of(e, node_child(e->tree, element, FIELD_NAME));
    for (size_t i = 0; i < sizeof tags / sizeof *tags; i++) {
        if (str_equal(tags[i].name, name)) {
            return &tags[i];
        }
    }
    return NULL;
}

static bool takes_only_its_own(enum content content) { return content >= CONTENT_TABLE; }

/* ---- the nodes of a template */

enum { DEEPEST = 64 }; /* parsers of HTML stop at some depth; what is deeper is made by tova_el */

struct spot {
    struct spot *parent, *previous, *last; /* last: of its children */
    const struct tag *tag;                 /* NULL: a text or a mark */
    bool is_text, is_needed;
    unsigned depth;
    struct js *name; /* in the clone, once it has one */
};

/* insert(spot, value, before), listen(spot, name, value), attributes(spot, value) */
struct operation {
    const char *function;
    struct spot *spot, *before;
    struct js *name, *value;
    bool is_only; /* insert: nothing else is in the spot */
};

struct clone {
    struct emitter *e;
    struct strbuf html;
    VEC(struct spot *) spots; /* in the order of the document */
    VEC(struct operation) operations;
};

static struct spot *add_spot(struct clone *clone, struct spot *parent, const struct tag *tag) {
    struct emitter *e = clone->e;
    struct spot *spot = arena_alloc(e->arena, sizeof *spot);
    *spot = (struct spot){.parent = parent, .tag = tag};
    if (parent != NULL) {
        spot->depth = parent->depth + 1;
        spot->previous = parent->last;
        parent->last = spot;
    }
    vec_push(e->arena, &clone->spots, spot);
    return spot;
}

static bool fits(const struct spot *parent, const struct tag *tag) {
    enum content content = parent->tag->content;
    if (tag == NULL || parent->depth >= DEEPEST || ((tag->parent != CONTENT_ANY || takes_only_its_own(content)) && tag->parent != content)) {
        return false;
    }
    for (const struct spot *around = parent; around != NULL; around = around->parent) {
        if (((tag->flags & TAG_BLOCK) != 0 && str_equal(around->tag->name, STR("p"))) ||
            ((tag->flags & TAG_ONCE) != 0 && around->tag == tag) ||
            (tag->flags & around->tag->flags & TAG_HEADING) != 0) {
            return false;
        }
    }
    return true;
}

/* ---- HTML */

static void add_escaped(struct strbuf *html, struct str text, bool in_quotes) {
    for (size_t i = 0; i < text.size; i++) {
        char byte = text.data[i];
        if (byte == '&') {
            strbuf_add_c(html, "&amp;");
        } else if (byte == '<') {
            strbuf_add_c(html, "&lt;");
        } else if (byte == '\'' && in_quotes) {
            strbuf_add_c(html, "&#39;");
        } else {
            strbuf_add_byte(html, byte);
        }
    }
}

/* The parser of HTML changes these bytes, or drops them. */
static bool survives_html(struct str text) {
    for (size_t i = 0; i < text.size; i++) {
        if (text.data[i] == '\0' || text.data[i] == '\r') {
            return false;
        }
    }
    return true;
}

static void add_static_attributes(struct clone *clone, node_id element) {
    NODE_EACH(child, clone->e->tree, element) {
        struct str value;
        if (kind_of(clone->e, child) == NODE_JSX_ATTRIBUTE && jsx_static_attribute(clone->e, child, &value)) {
            strbuf_add_byte(&clone->html, ' ');
            strbuf_add(&clone->html, text_of(clone->e, node_child(clone->e->tree, child, FIELD_NAME)));
            if (value.size > 0) {
                strbuf_add_c(&clone->html, "='");
                add_escaped(&clone->html, value, true);
                strbuf_add_byte(&clone->html, '\'');
            }
        }
    }
    if (clone->e->style != NULL) {
        strbuf_printf(&clone->html, " %.*s", STR_ARGUMENTS(clone->e->style->attribute));
    }
}

/* ---- operations */

static void add_operation(struct clone *clone, struct operation operation) {
    operation.spot->is_needed = true;
    if (operation.before != NULL) {
        operation.before->is_needed = true;
    }
    vec_push(clone->e->arena, &clone->operations, operation);
}

/* A handler that is surely one: a function, or on(function, …). */
static bool is_handler(const struct js *value) {
    if (value->kind == JS_CALL && value->list.of.count == 2) {
        value = value->list.of.items[0];
    }
    return value->kind == JS_ARROW || value->kind == JS_FUNCTION;
}

static void add_attributes(struct clone *clone, struct spot *spot, node_id element) {
    struct emitter *e = clone->e;
    struct js *props = lower_changing_attributes(e, element);
    struct js *rest = js_new(e->arena, JS_OBJECT);
    for (unsigned i = 0; i < props->list.of.count; i++) {
        struct js *prop = props->list.of.items[i];
        if (prop->kind == JS_PROPERTY && str_starts_with(prop->text, STR("on")) && is_handler(prop->b)) {
            struct js *name = js_string(e->arena, str_slice(prop->text, 2, prop->text.size));
            name->place = prop->place;
            add_operation(clone, (struct operation){"listen", spot, .name = name, .value = prop->b});
        } else {
            js_add(e->arena, &rest->list, prop);
        }
    }
    if (rest->list.of.count > 0) {
        add_operation(clone, (struct operation){"attributes", spot, .value = rest});
    }
}

/* The text of a child that is nothing else. */
static bool is_text(const struct js *child, struct str *text) {
    const struct js *only = child;
    if (child->kind == JS_TEMPLATE && child->list.of.count == 1 && child->list.of.items[0]->kind == JS_TEMPLATE_TEXT) {
        only = child->list.of.items[0];
    } else if (child->kind != JS_LITERAL) {
        return false;
    }
    if (only->a == NULL || !survives_html(only->a->text)) {
        return false;
    }
    *text = only->a->text;
    return true;
}

/* ---- elements */

static bool stays_in_template(const struct emitter *e, node_id child, void *spot) {
    return fits(spot, tag_of(e, child));
}

static void add_element(struct clone *clone, struct spot *spot, node_id element);

/* Values wait for the node that they come before. */
struct waiting {
    unsigned first; /* index of the first operation that waits; those up to the end do */
    bool any;
};

static void settle(struct clone *clone, struct waiting *waiting, struct spot *before) {
    for (unsigned i = waiting->first; waiting->any && i < clone->operations.count; i++) {
        struct operation *operation = &clone->operations.items[i];
        operation->before = before;
        if (before != NULL) {
            before->is_needed = true;
        }
    }
    waiting->any = false;
}

static void add_static_text(struct clone *clone, struct spot *spot, struct waiting *waiting, struct str text) {
    if (waiting->any && spot->last != NULL && spot->last->is_text) {
        strbuf_add_c(&clone->html, "<!>");
        settle(clone, waiting, add_spot(clone, spot, NULL));
    }
    add_escaped(&clone->html, text, false);
    struct spot *added = add_spot(clone, spot, NULL);
    added->is_text = true;
    settle(clone, waiting, added);
}

static void add_children(struct clone *clone, struct spot *spot, node_id element) {
    struct emitter *e = clone->e;
    struct js_list children = {0};
    struct kept_elements kept = {.stays = stays_in_template, .context = spot};
    lower_children_around(e, element, &children, &kept);
    struct waiting waiting = {0};
    unsigned next = 0;
    for (unsigned i = 0; i < children.of.count; i++) {
        struct js *child = children.of.items[i];
        struct str text;
        if (child == NULL) {
            node_id node = kept.elements.items[next++];
            struct spot *inner = add_spot(clone, spot, tag_of(e, node));
            settle(clone, &waiting, inner);
            add_element(clone, inner, node);
        } else if (is_text(child, &text) && !takes_only_its_own(spot->tag->content)) {
            add_static_text(clone, spot, &waiting, text);
        } else {
            waiting.first = waiting.any ? waiting.first : clone->operations.count;
            waiting.any = true;
            add_operation(clone, (struct operation){"insert", spot, .value = child, .is_only = children.of.count == 1});
        }
    }
}

static void add_element(struct clone *clone, struct spot *spot, node_id element) {
    strbuf_add_byte(&clone->html, '<');
    strbuf_add(&clone->html, spot->tag->name);
    add_static_attributes(clone, element);
    strbuf_add_byte(&clone->html, '>');
    if ((spot->tag->flags & TAG_VOID) == 0) {
        add_children(clone, spot, element);
        strbuf_printf(&clone->html, "</%.*s>", STR_ARGUMENTS(spot->tag->name));
    }
    add_attributes(clone, spot, element);
}

/* ---- what is emitted */

/* A spot from the nearest one before it or around it that has a name. */
static struct js *path_to(const struct emitter *e, const struct spot *spot) {
    const struct spot *from = spot;
    unsigned steps = 0;
    while (from->name == NULL) {
        from = from->previous != NULL ? from->previous : from->parent;
        steps++;
    }
    const struct spot **way = arena_alloc(e->arena, (steps + 1) * sizeof(const struct spot *));
    unsigned left = steps;
    for (const struct spot *at = spot; at != from; at = at->previous != NULL ? at->previous : at->parent) {
        way[--left] = at;
    }
    struct js *path = from->name;
    for (unsigned i = 0; i < steps; i++) {
        path = js_member(e->arena, path, way[i]->previous != NULL ? "nextSibling" : "firstChild");
    }
    return path;
}

static struct js *name_spot(struct emitter *e, const struct spot *spot) {
    struct str wish = spot->tag != NULL ? spot->tag->name : spot->is_text ? STR("text") : STR("mark");
    return js_text(e->arena, JS_NAME, fresh_text(e, name_is_reserved(wish) ? STR("element") : wish));
}

static void declare_spots(struct clone *clone, struct js *first) {
    struct emitter *e = clone->e;
    for (unsigned i = 0; i < clone->spots.count; i++) {
        struct spot *spot = clone->spots.items[i];
        if (i == 0 || spot->is_needed) {
            struct js *value = i == 0 ? first : path_to(e, spot);
            struct js *name = name_spot(e, spot);
            add_statement(e, js_declare(e->arena, "const", name, value));
            spot->name = name;
        }
    }
}

static void add_call(struct emitter *e, const struct operation *operation) {
    struct js *call = js_call1(e->arena, runtime_name(e, RUNTIME_TEMPLATES, operation->function), operation->spot->name);
    if (operation->name != NULL) {
        js_add(e->arena, &call->list, operation->name);
    }
    js_add(e->arena, &call->list, operation->value);
    if (operation->before != NULL) {
        js_add(e->arena, &call->list, operation->before->name);
    } else if (str_equal(str_from_c(operation->function), STR("insert")) && !operation->is_only) {
        js_add(e->arena, &call->list, js_literal(e->arena, "null"));
    }
    add_statement(e, js_expression_statement(e->arena, call));
}

static struct js *declare_template(struct emitter *e, const struct spot *root, struct str html) {
    struct str wish = arena_printf(e->arena, "%.*s_template", STR_ARGUMENTS(root->tag->name));
    struct js *name = js_text(e->arena, JS_NAME, fresh_module_text(e, wish));
    struct js *call = js_call1(e->arena, runtime_name(e, RUNTIME_TEMPLATES, "template"), js_string(e->arena, html));
    js_add(e->arena, &e->templates, js_declare(e->arena, "const", name, call));
    note_change(e, e->templates.of.count);
    return name;
}

static struct js *lower_clone(struct emitter *e, node_id node) {
    struct clone clone = {.e = e};
    strbuf_init(&clone.html, LIMIT_OUTPUT_BYTES);
    struct spot *root = add_spot(&clone, NULL, tag_of(e, node));
    add_element(&clone, root, node);
    struct js *template = declare_template(e, root, arena_str(e->arena, strbuf_str(&clone.html)));
    strbuf_finish(&clone.html);
    struct js *call = placed(e, js_call(e->arena, template), node_child(e->tree, node, FIELD_NAME));
    if (clone.operations.count == 0) {
        return call;
    }
    declare_spots(&clone, call);
    for (unsigned i = 0; i < clone.operations.count; i++) {
        add_call(e, &clone.operations.items[i]);
    }
    return root->name;
}

/* ---- when */

/* Is what is lowered made more than once: a row, the value of a function, a component that has parameters? */
static bool is_made_again(const struct emitter *e) {
    for (const struct function_state *state = e->function; state != NULL; state = state->parent) {
        enum node_kind kind = kind_of(e, state->node);
        if (kind == NODE_LAMBDA || kind == NODE_FUNCTION_EXPRESSION || kind == NODE_FUNCTION_DECLARATION ||
            kind == NODE_JSX_FOR || kind == NODE_FOR_EXPRESSION) {
            return true;
        }
        if (kind == NODE_COMPONENT_DECLARATION) {
            return plain_count(e, node_child(e->tree, state->node, FIELD_PARAMETERS)) > 0;
        }
    }
    return false;
}

static bool holds_elements(struct emitter *e, node_id node) {
    struct spot root = {.tag = tag_of(e, node)};
    NODE_EACH(child, e->tree, node) {
        if (root.tag != NULL && kind_of(e, child) == NODE_JSX_ELEMENT && fits(&root, tag_of(e, child))) {
            return true;
        }
    }
    return false;
}

struct js *lower_markup(struct emitter *e, node_id node) {
    bool clone = kind_of(e, node) == NODE_JSX_ELEMENT && is_made_again(e) && holds_elements(e, node);
    return clone ? lower_clone(e, node) : lower_jsx(e, node);
}
