/* The types of values, as entities, and the type that is expected where a value stands. */
#include "analysis/entity_parts.h"

#include "analysis/database.h"
#include "analysis/lookup.h"
#include "analysis/models.h"
#include "analysis/type_text.h"

enum { CLIMB = 64, WRAPPERS = 8 }; /* nodes up, containers around a value */

/* ---- the type of a value */

struct str entity_type_text(struct resolver *resolver, node_id expression) {
    struct typer *typer = resolver_typer(resolver);
    typer->texts = 0; /* each question has the whole bound, so that no answer depends on those before */
    return type_text_receiver(typer, expression);
}

/* "User", "[User]", "[User?]", "Page<User>": the type or model of the name. */
static struct entity of_text(struct resolver *resolver, node_id place, struct str text, bool *list) {
    struct str element = type_text_element(text);
    *list = element.size > 0 && !str_equal(element, text);
    text = *list ? element : text;
    if (text.size == 0) {
        return (struct entity){0};
    }
    uint32_t offset = node_span(resolver->file->tree, place).start;
    struct package_symbol found = type_text_named(resolver_typer(resolver), offset, text);
    bool record = found.symbol != NULL && (found.symbol->kind == SYMBOL_TYPE || found.symbol->kind == SYMBOL_MODEL);
    return record ? resolver_entity(resolver, found) : (struct entity){0};
}

struct entity entity_value_type(struct resolver *resolver, node_id expression, bool *list) {
    struct known_type known = typer_expression(resolver_typer(resolver), expression);
    struct entity type = entity_known_type(resolver, known);
    *list = known.list;
    return entity_is(type) ? type : of_text(resolver, expression, entity_type_text(resolver, expression), list);
}

struct entity resolver_type_of(struct resolver *resolver, node_id expression) {
    bool list;
    return entity_value_type(resolver, expression, &list);
}

struct entity entity_pattern_type(struct resolver *resolver, node_id pattern) {
    struct typer *typer = resolver_typer(resolver);
    bool list;
    typer->texts = 0;
    struct str text = type_text_meant(typer, node_span(resolver->file->tree, pattern).start, type_text_of_pattern(typer, pattern));
    struct entity type = of_text(resolver, pattern, text, &list);
    return list ? (struct entity){0} : type;
}

/* ---- what is expected of a value */

/* What lies between the value and where a type is said: `[value]`, `Some(value)`, `Err(value)`. */
enum wrapper { WRAPPER_LIST, WRAPPER_FIRST, WRAPPER_SECOND };

struct climb {
    struct resolver *resolver;
    const struct syntax_tree *tree;
    node_id node;
    enum wrapper wrappers[WRAPPERS]; /* the innermost first */
    unsigned count;
    bool done;
    struct entity type;
};

static void finish(struct climb *climb, struct entity type) {
    climb->done = true;
    climb->type = type;
}

static node_id argument_at(const struct syntax_tree *tree, node_id generic, unsigned position) {
    NODE_EACH(child, tree, generic) {
        if (node_field(tree, child) == FIELD_ARGUMENT && position-- == 0) {
            return child;
        }
    }
    return NODE_NONE;
}

/* The annotation of what a wrapper holds, of that of the wrapper. */
static node_id unwrapped(const struct syntax_tree *tree, node_id annotation, enum wrapper wrapper) {
    if (node_kind(tree, annotation) == NODE_OPTIONAL_TYPE) {
        annotation = node_first_plain(tree, annotation);
    }
    if (wrapper == WRAPPER_LIST) {
        return node_kind(tree, annotation) == NODE_LIST_TYPE ? node_child(tree, annotation, FIELD_ELEMENT) : NODE_NONE;
    }
    return node_kind(tree, annotation) == NODE_GENERIC_TYPE ? argument_at(tree, annotation, wrapper == WRAPPER_SECOND)
                                                            : NODE_NONE;
}

static void finish_annotation(struct climb *climb, const struct file_analysis *file, node_id annotation) {
    for (unsigned i = climb->count; file != NULL && i-- > 0;) {
        annotation = unwrapped(file->tree, annotation, climb->wrappers[i]);
    }
    struct written_type type = {annotation == NODE_NONE ? NULL : file, annotation};
    finish(climb, entity_written_type(climb->resolver, type));
}

/* What a declared thing is said to hold. */
static void finish_entity(struct climb *climb, struct entity entity) {
    bool said = entity.kind == ENTITY_SYMBOL && entity_symbol(entity)->kind != SYMBOL_FUNCTION;
    finish_annotation(climb, entity.file, said ? entity_symbol(entity)->type : NODE_NONE);
}

/* What is assigned to is of a known type. */
static void finish_value(struct climb *climb, node_id expression) {
    bool list = false;
    struct entity type = entity_value_type(climb->resolver, expression, &list);
    bool fits = climb->count == (list ? 1u : 0u) && (!list || climb->wrappers[0] == WRAPPER_LIST);
    struct written_type written = entity_is(type) ? (struct written_type){0} : entity_written_of(climb->resolver, expression);
    if (written.file != NULL) {
        finish_annotation(climb, written.file, written.node);
    } else {
        finish(climb, fits ? type : (struct entity){0});
    }
}

static void wrap(struct climb *climb, enum wrapper wrapper, node_id around) {
    if (climb->count == WRAPPERS) {
        finish(climb, (struct entity){0});
        return;
    }
    climb->wrappers[climb->count++] = wrapper;
    climb->node = around;
}

/* ---- arguments */

/* `Ok`, `Some` and `Err` of the library. */
static bool is_carrier(struct climb *climb, node_id function, enum wrapper *wrapper) {
    const struct binding *binding = analysis_binding(climb->resolver->file, function);
    struct str name = node_text(climb->tree, function);
    bool library = binding != NULL && binding->symbol == 0 && binding->builtin != 0;
    *wrapper = str_equal(name, STR("Err")) ? WRAPPER_SECOND : WRAPPER_FIRST;
    return library && (str_equal(name, STR("Ok")) || str_equal(name, STR("Some")) || str_equal(name, STR("Err")));
}

static unsigned position_of(const struct syntax_tree *tree, node_id arguments, node_id argument) {
    unsigned position = 0;
    for (node_id at = node_first_plain(tree, arguments); at != NODE_NONE && at != argument; at = node_next_plain(tree, at)) {
        position++;
    }
    return position;
}

/* `list.push(value)`. */
static bool is_push(struct climb *climb, node_id function) {
    struct str name = node_text(climb->tree, node_child(climb->tree, function, FIELD_PROPERTY));
    return str_equal(name, STR("push")) || str_equal(name, STR("unshift"));
}

static void climb_member_call(struct climb *climb, node_id function, unsigned position) {
    struct resolver *resolver = climb->resolver;
    node_id object = node_child(climb->tree, function, FIELD_OBJECT);
    node_id property = node_child(climb->tree, function, FIELD_PROPERTY);
    if (lookup_model(resolver->file, resolver->package, object)) {
        bool record = climb->count == 0 &&
                      model_member_takes(node_text(climb->tree, property), position) != MODEL_TAKES_OTHER;
        finish(climb, record ? resolver_meaning(resolver, object).entity : (struct entity){0});
    } else if (is_push(climb, function)) {
        wrap(climb, WRAPPER_LIST, climb->node);
        finish_value(climb, object);
    }
}

static void climb_arguments(struct climb *climb, node_id arguments) {
    struct resolver *resolver = climb->resolver;
    const struct syntax_tree *tree = climb->tree;
    node_id call = node_parent(tree, arguments);
    node_id function = node_child(tree, call, FIELD_FUNCTION);
    unsigned position = position_of(tree, arguments, climb->node);
    enum wrapper wrapper;
    if (is_carrier(climb, function, &wrapper)) {
        wrap(climb, wrapper, call);
        return;
    }
    node_id name = function;
    if (node_kind(tree, function) == NODE_MEMBER_EXPRESSION) {
        climb_member_call(climb, function, position);
        name = node_child(tree, function, FIELD_PROPERTY);
    }
    if (climb->done) {
        return;
    }
    struct entity callee = resolver_meaning(resolver, name).entity;
    const struct symbol *symbol = entity_symbol(callee);
    bool method = symbol->part_count > 0 && name != function &&
                  str_equal(analysis_name(callee.file, analysis_symbol(callee.file, symbol->first_part)->name), STR("self"));
    position += method ? 1 : 0;
    callee.symbol = symbol->first_part + position;
    finish_entity(climb, position < symbol->part_count ? callee : (struct entity){0});
}

/* ---- up the tree */

static node_id function_around(const struct syntax_tree *tree, node_id node) {
    while (node != NODE_NONE && node_kind(tree, node) != NODE_FUNCTION_DECLARATION &&
           node_kind(tree, node) != NODE_FUNCTION_EXPRESSION && node_kind(tree, node) != NODE_LAMBDA) {
        node = node_parent(tree, node);
    }
    return node;
}

static bool is_function(enum node_kind kind) {
    return kind == NODE_FUNCTION_DECLARATION || kind == NODE_FUNCTION_EXPRESSION || kind == NODE_LAMBDA;
}

/* The last statement of a block is the value of what the block belongs to. */
static void climb_block(struct climb *climb, node_id block) {
    node_id last = NODE_NONE;
    NODE_EACH(statement, climb->tree, block) { last = node_is_comment(climb->tree, statement) ? last : statement; }
    enum node_kind around = node_kind(climb->tree, node_parent(climb->tree, block));
    bool value = is_function(around) || around == NODE_IF_EXPRESSION || around == NODE_ELIF_CLAUSE || around == NODE_MATCH_ARM;
    if (last != climb->node || !value) {
        finish(climb, (struct entity){0});
    }
    climb->node = block;
}

static void climb_assignment(struct climb *climb, node_id assignment, enum node_field field) {
    node_id type = node_child(climb->tree, assignment, FIELD_TYPE);
    if (field != FIELD_RIGHT) {
        finish(climb, (struct entity){0});
    } else if (type != NODE_NONE) {
        finish_annotation(climb, climb->resolver->file, type);
    } else {
        node_id left = node_child(climb->tree, assignment, FIELD_LEFT);
        const struct binding *binding = analysis_binding(climb->resolver->file, left);
        bool new = binding != NULL && binding->access == ACCESS_DECLARE; /* it would be asked for its own type */
        if (new) {
            finish(climb, (struct entity){0});
        } else {
            finish_value(climb, left);
        }
    }
}

/* Is the value of what stands in this field that of the whole, as of an arm or behind `??`? */
static bool is_handed_up(const struct syntax_tree *tree, node_id whole, enum node_field field) {
    switch ((int)node_kind(tree, whole)) {
    case NODE_MATCH_EXPRESSION:
        return field != FIELD_VALUE && field != FIELD_CONDITION && field != FIELD_PATTERN;
    case NODE_BINARY_EXPRESSION:
        return str_equal(node_text(tree, node_child(tree, whole, FIELD_OPERATOR)), STR("??"));
    default:
        return field != FIELD_CONDITION && field != FIELD_PATTERN;
    }
}

/* One step from a node to what is around it. */
static void climb_step(struct climb *climb) {
    const struct syntax_tree *tree = climb->tree;
    struct resolver *resolver = climb->resolver;
    node_id parent = node_parent(tree, climb->node);
    enum node_field field = node_field(tree, climb->node);
    switch ((int)node_kind(tree, parent)) {
    case NODE_PAREN_LIST:
    case NODE_MATCH_EXPRESSION:
    case NODE_IF_EXPRESSION:
    case NODE_ELIF_CLAUSE:
    case NODE_MATCH_ARM:
    case NODE_JSX_EXPRESSION:
    case NODE_BINARY_EXPRESSION:
        climb->done = !is_handed_up(tree, parent, field);
        climb->node = parent;
        return;
    case NODE_ARRAY:
        wrap(climb, WRAPPER_LIST, parent);
        return;
    case NODE_BLOCK:
        climb_block(climb, parent);
        return;
    case NODE_FUNCTION_DECLARATION:
    case NODE_FUNCTION_EXPRESSION:
    case NODE_LAMBDA:
        finish_annotation(climb, resolver->file,
                          field == FIELD_BODY ? node_child(tree, parent, FIELD_RETURN_TYPE) : NODE_NONE);
        return;
    case NODE_RETURN_STATEMENT:
        finish_annotation(climb, resolver->file, node_child(tree, function_around(tree, parent), FIELD_RETURN_TYPE));
        return;
    case NODE_ASSIGNMENT:
        climb_assignment(climb, parent, field);
        return;
    case NODE_VAR_DECLARATION:
    case NODE_STATE_DECLARATION:
    case NODE_COMPUTED_DECLARATION:
    case NODE_PARAMETER:
    case NODE_FIELD_DECLARATION:
        finish_annotation(climb, resolver->file,
                          field == FIELD_NAME ? NODE_NONE : node_child(tree, parent, FIELD_TYPE));
        return;
    case NODE_PAIR:
        finish_entity(climb, resolver_meaning(resolver, node_child(tree, parent, FIELD_KEY)).entity);
        return;
    case NODE_NAMED_ARGUMENT:
    case NODE_JSX_ATTRIBUTE:
        finish_entity(climb, resolver_meaning(resolver, node_child(tree, parent, FIELD_NAME)).entity);
        return;
    case NODE_ARGUMENTS:
        climb_arguments(climb, parent);
        return;
    default:
        finish(climb, (struct entity){0});
        return;
    }
}

/* `{ ...user, name: "x" }` is such a thing as what it takes over. */
static struct entity type_of_spread(struct resolver *resolver, node_id object) {
    const struct syntax_tree *tree = resolver->file->tree;
    node_id spread = node_child_of_kind(tree, object, NODE_SPREAD);
    node_id taken = node_child(tree, spread, FIELD_VALUE);
    struct entity type = spread == NODE_NONE ? (struct entity){0} : resolver_type_of(resolver, taken);
    return spread == NODE_NONE || entity_is(type) ? type : entity_record_of(resolver, taken);
}

struct entity entity_expected(struct resolver *resolver, node_id object) {
    struct climb climb = {.resolver = resolver, .tree = resolver->file->tree, .node = object};
    for (unsigned i = 0; i < CLIMB && !climb.done; i++) {
        climb_step(&climb);
    }
    return entity_is(climb.type) ? climb.type : type_of_spread(resolver, object);
}
