/* assignments: `=` and its relatives; what they mean for states, members of states, and several names at once. */
#include "codegen/assignments.h"

#include "codegen/expressions.h"
#include "codegen/imports.h"
#include "codegen/names.h"
#include "codegen/statements.h"
#include "codegen/symbols_in.h"
#include "codegen/types.h"
#include "codegen/waits_first.h"
#include "parser/base/limits.h"

/* ---- states */

/* The state whose value the target is a part of: `n`, `n.a`, `n.a[i]`. */
static struct program_symbol state_of(const struct emitter *e, node_id target) {
    enum node_kind kind = kind_of(e, target);
    while (kind == NODE_MEMBER_EXPRESSION || kind == NODE_INDEX_EXPRESSION) {
        target = node_child(e->tree, target, FIELD_OBJECT);
        kind = kind_of(e, target);
    }
    struct program_symbol symbol = symbol_at_node(e, target);
    bool state = kind == NODE_IDENTIFIER && symbol_kind_of(symbol) == SYMBOL_STATE;
    return state ? symbol : (struct program_symbol){NULL, 0};
}

static struct js *set_state(struct emitter *e, struct program_symbol state, node_id name, struct js *value) {
    struct js *setter = js_text(e->arena, JS_NAME, setter_of_symbol(e, state));
    setter->place = place_of(e, name);
    setter->place.name = text_of(e, name);
    return js_call1(e->arena, setter, value);
}

static struct js *key_of_part(struct emitter *e, node_id target) {
    if (kind_of(e, target) == NODE_MEMBER_EXPRESSION) {
        node_id property = node_child(e->tree, target, FIELD_PROPERTY);
        bool index = kind_of(e, property) == NODE_NUMBER;
        struct js *key =
            index ? js_text(e->arena, JS_LITERAL, text_of(e, property)) : js_string(e->arena, text_of(e, property));
        return placed(e, key, property);
    }
    return stable_value(e, lower_expression(e, node_child(e->tree, target, FIELD_INDEX)), "key");
}

/* A part of a state is replaced in a copy, so that whoever reads the state hears of it. Keys are in `keys`, from the
 * state outwards. */
static struct js *copy_with(struct emitter *e, struct js *holder, struct js *const *keys, unsigned count,
                            struct js *value) {
    struct js *holders[LIMIT_SYNTAX_DEPTH];
    for (unsigned i = 0; i < count; i++) {
        holders[i] = i == 0 ? holder : js_index(e->arena, holders[i - 1], keys[i - 1]);
        if (i > 0 && keys[i - 1]->text.size > 2 && keys[i - 1]->text.data[0] == '"') {
            struct str name = str_slice(keys[i - 1]->text, 1, keys[i - 1]->text.size - 1);
            if (keys[i - 1]->kind == JS_LITERAL && name_is_plain(name)) {
                holders[i] = js_member(e->arena, holders[i - 1], "");
                holders[i]->text = name;
            }
        }
    }
    for (unsigned i = count; i-- > 0;) {
        struct js *call = js_call2(e->arena, runtime_name(e, RUNTIME_OPERATORS, "withPart"), holders[i], keys[i]);
        js_add(e->arena, &call->list, value);
        value = call;
    }
    return value;
}

static unsigned collect_keys(struct emitter *e, node_id target, struct js **keys) {
    node_id parts[LIMIT_SYNTAX_DEPTH];
    unsigned count = 0;
    while (kind_of(e, target) != NODE_IDENTIFIER && count < LIMIT_SYNTAX_DEPTH) {
        parts[count++] = target;
        target = node_child(e->tree, target, FIELD_OBJECT);
    }
    for (unsigned i = 0; i < count; i++) {
        keys[i] = key_of_part(e, parts[count - 1 - i]);
    }
    return count;
}

static node_id root_of(const struct emitter *e, node_id target) {
    while (kind_of(e, target) != NODE_IDENTIFIER) {
        target = node_child(e->tree, target, FIELD_OBJECT);
    }
    return target;
}

static struct js *set_part(struct emitter *e, struct program_symbol state, node_id target, struct js *value) {
    struct js *keys[LIMIT_SYNTAX_DEPTH];
    unsigned count = collect_keys(e, target, keys);
    node_id root = root_of(e, target);
    return set_state(e, state, root, copy_with(e, symbol_value(e, state, root), keys, count, value));
}

/* ---- one target */

/* Only names and parts of values can be assigned. */
static struct js *checked_place(struct emitter *e, struct js *place, node_id target) {
    bool part = (place->kind == JS_MEMBER || place->kind == JS_INDEX) && (place->flags & JS_IS_OPTIONAL) == 0;
    if (place->kind == JS_NAME || part) {
        return place;
    }
    not_emitted(e, target, "an assignment to this");
    return fresh_name(e, "unknown");
}

struct js *assign_to(struct emitter *e, node_id target, struct js *value) {
    target = without_parentheses(e, target);
    struct program_symbol state = state_of(e, target);
    if (state.file != NULL) {
        return kind_of(e, target) == NODE_IDENTIFIER ? set_state(e, state, target, value)
                                                     : set_part(e, state, target, value);
    }
    struct js *place = lower_expression(e, target);
    return js_assign(e->arena, checked_place(e, place, target), "=", value);
}

static bool declares(const struct emitter *e, node_id name) {
    const struct binding *binding = analysis_binding(e->file, name);
    return binding != NULL && binding->access == ACCESS_DECLARE;
}

static bool is_wildcard(const struct emitter *e, node_id node) {
    return kind_of(e, node) == NODE_IDENTIFIER && str_equal(text_of(e, node), STR("_"));
}

/* const name = value, or let name; and statements that give it its value. */
static void declare_name(struct emitter *e, struct js *name, node_id type, node_id value) {
    if (is_statement_like(kind_of(e, without_parentheses(e, value))) && !is_simple(e, value)) {
        declare_by_statements(e, name, value);
        struct js *checked = refined_value(e, type, name);
        if (checked != name) {
            add_statement(e, js_expression_statement(e->arena, checked));
        }
    } else {
        struct js *lowered = lower_expression(e, value);
        /* The name stands for what is provided at present: it is read as a call. */
        lowered = calls_builtin(e->file, value, BUILTIN_INJECT) ? lowered->a : refined_value(e, type, lowered);
        add_statement(e, js_declare(e->arena, "const", name, lowered));
    }
}

static void return_name(struct emitter *e, struct js *value, struct destination destination) {
    if (destination.kind == TO_NAME) {
        deliver(e, value, destination, NODE_NONE);
    } else if (destination.kind == TO_RETURN && e->function != NULL && e->function->has_type) {
        add_statement(e, js_return(e->arena, value));
    }
}

/* Members and elements: holder and key are evaluated before the value. */
static void assign_part(struct emitter *e, node_id left, node_id right) {
    struct program_symbol state = state_of(e, left);
    if (state.file != NULL) {
        struct js *value = lower_for_state(e, state, right);
        add_statement(e, js_expression_statement(e->arena, assign_to(e, left, answer_of(e, value))));
        return;
    }
    struct js *target = checked_place(e, lower_expression(e, left), left);
    unsigned mark = e->statements->of.count;
    struct js *value = lower_expression(e, right);
    protect_values(e, &target->a, 1, mark);
    if (target->b != NULL) {
        protect_values(e, &target->b, 1, mark);
    }
    add_statement(e, js_expression_statement(e->arena, js_assign(e->arena, target, "=", value)));
}

/* ---- several targets: `a, b = b, a` */

/* A new name, a pattern of new names, or `_`: not what has a value already. */
static bool is_declared(const struct emitter *e, node_id target) {
    enum node_kind kind = kind_of(e, target);
    bool pattern = kind == NODE_OBJECT || kind == NODE_ARRAY || kind == NODE_PAREN_LIST;
    return pattern || is_wildcard(e, target) || (kind == NODE_IDENTIFIER && declares(e, target));
}

static bool all_are_variables(const struct emitter *e, node_id list) {
    for (node_id child = node_first_plain(e->tree, list); child != NODE_NONE; child = node_next_plain(e->tree, child)) {
        bool variable = symbol_kind_of(symbol_at_node(e, child)) == SYMBOL_VARIABLE;
        if (kind_of(e, child) != NODE_IDENTIFIER || !variable) {
            return false;
        }
    }
    return true;
}

static struct js *list_of_targets(struct emitter *e, node_id list) {
    struct js *targets = js_new(e->arena, JS_ARRAY);
    for (node_id child = node_first_plain(e->tree, list); child != NODE_NONE; child = node_next_plain(e->tree, child)) {
        node_id target = without_parentheses(e, child);
        struct js *place = is_wildcard(e, target)   ? js_new(e->arena, JS_HOLE)
                           : is_declared(e, target) ? lower_target(e, target)
                                                    : fresh_name(e, "next");
        js_add(e->arena, &targets->list, place);
    }
    return targets;
}

/* Each of the targets that is a state is given what rests on it as it is then. */
static struct js *waits_before_all(struct emitter *e, node_id targets, struct js *value) {
    for (node_id child = node_first_plain(e->tree, targets); child != NODE_NONE; child = node_next_plain(e->tree, child)) {
        struct program_symbol state = state_of(e, without_parentheses(e, child));
        value = state.file == NULL ? value : waits_first(e, state, value);
    }
    return value;
}

static void assign_list(struct emitter *e, node_id left, node_id right) {
    struct js *value = waits_before_all(e, left, lower_expression(e, right));
    if (all_are_variables(e, left)) {
        struct js *assign = js_assign(e->arena, lower_target(e, left), "=", value);
        add_statement(e, js_expression_statement(e->arena, assign));
        return;
    }
    struct js *targets = list_of_targets(e, left);
    add_statement(e, js_declare(e->arena, "const", targets, value));
    unsigned i = 0;
    for (node_id child = node_first_plain(e->tree, left); child != NODE_NONE; child = node_next_plain(e->tree, child)) {
        struct js *name = targets->list.of.items[i++];
        if (!is_declared(e, without_parentheses(e, child))) {
            add_statement(e, js_expression_statement(e->arena, assign_to(e, child, name)));
        }
    }
}

/* ---- statements */

static void assign_name(struct emitter *e, node_id left, node_id type, node_id right, struct destination destination) {
    if (is_wildcard(e, left)) {
        lower_into(e, right, NOWHERE);
        return;
    }
    if (declares(e, left)) {
        struct js *name = lower_target(e, left);
        declare_name(e, name, type, right);
        return_name(e, name, destination);
        return;
    }
    struct program_symbol state = state_of(e, left);
    if (state.file == NULL && is_statement_like(kind_of(e, right)) && !is_simple(e, right) &&
        !declares_inside(e, right, text_of(e, left))) {
        struct js *name = lower_expression(e, left);
        lower_into(e, right, (struct destination){TO_NAME, name});
        return;
    }
    struct js *value = state.file == NULL ? lower_expression(e, right) : lower_for_state(e, state, right);
    add_statement(e, js_expression_statement(e->arena, assign_to(e, left, value)));
    if (state.file == NULL) {
        return_name(e, lower_expression(e, left), destination);
    }
}

void lower_assignment(struct emitter *e, node_id node, struct destination destination) {
    node_id left = without_parentheses(e, node_child(e->tree, node, FIELD_LEFT));
    node_id right = node_child(e->tree, node, FIELD_RIGHT);
    switch ((int)kind_of(e, left)) {
    case NODE_IDENTIFIER:
        assign_name(e, left, node_child(e->tree, node, FIELD_TYPE), right, destination);
        break;
    case NODE_MEMBER_EXPRESSION:
    case NODE_INDEX_EXPRESSION:
        assign_part(e, left, right);
        break;
    case NODE_EXPRESSION_LIST:
        assign_list(e, left, right);
        break;
    case NODE_OBJECT:
    case NODE_ARRAY:
    case NODE_PAREN_LIST: {
        struct js *value = lower_expression(e, right);
        add_statement(e, js_declare(e->arena, "const", lower_target(e, left), value));
        break;
    }
    default:
        not_emitted(e, node, "an assignment to this");
        break;
    }
}

void lower_augmented(struct emitter *e, node_id node, struct destination destination) {
    node_id left = without_parentheses(e, node_child(e->tree, node, FIELD_LEFT));
    node_id right = node_child(e->tree, node, FIELD_RIGHT);
    struct str operator= text_of(e, node_child(e->tree, node, FIELD_OPERATOR));
    const char *text = arena_str(e->arena, operator).data;
    struct program_symbol state = state_of(e, left);
    if (state.file == NULL) {
        struct js *target = checked_place(e, lower_expression(e, left), left);
        unsigned mark = e->statements->of.count;
        struct js *value = lower_expression(e, right);
        if (target->kind == JS_MEMBER || target->kind == JS_INDEX) {
            protect_values(e, &target->a, 1, mark);
        }
        add_statement(e, js_expression_statement(e->arena, js_assign(e->arena, target, text, value)));
        return_name(e, target, destination);
        return;
    }
    const char *plain = arena_str(e->arena, str_slice(operator, 0, operator.size - 1)).data;
    struct given_state outside = give_state(e, state, right);
    struct js *before = lower_expression(e, left);
    unsigned mark = e->statements->of.count;
    struct js *value = lower_expression(e, right);
    protect_values(e, &before, 1, mark);
    struct js *sum = waits_first(e, state, js_binary(e->arena, before, plain, value));
    e->given = outside;
    add_statement(e, js_expression_statement(e->arena, assign_to(e, left, sum)));
}
