/* waits_first: `users = [...users, server.add()]` reads `users` when the answer is there, so that nothing is lost that came
 * to be in the meantime. Answers get names in front of the value; so does what is done before one of them without asking for
 * the state, which keeps its order. */
#include "codegen/waits_first.h"

#include "codegen/expressions.h"
#include "codegen/names.h"
#include "parser/base/limits.h"

/* A value, in the order in which it is evaluated. */
struct walk {
    struct emitter *e;
    struct str state;  /* the name of its signal */
    bool has_read;     /* the state was read further left */
    bool is_late;      /* and something is waited for after that */
    bool is_fixed;     /* what was further left cannot be taken apart: what follows stays behind it */
    unsigned waits;    /* that are still to come */
    struct js *guard;  /* under which what is walked is evaluated; NULL: always */
    unsigned depth;
};

static bool reads(const struct walk *walk, const struct js *node) {
    return node->kind == JS_CALL && (node->flags & JS_IS_READ) != 0 && node->a->kind == JS_NAME &&
           str_equal(node->a->text, walk->state);
}

static bool is_function(const struct js *node) {
    return node->kind == JS_ARROW || node->kind == JS_FUNCTION || node->kind == JS_METHOD;
}

typedef bool property(const struct walk *walk, const struct js *node);

/* Has a node or something in it the property? */
static bool any(const struct walk *walk, const struct js *node, property *has, bool in_functions, unsigned depth) {
    if (node == NULL || depth >= LIMIT_SYNTAX_DEPTH || (!in_functions && is_function(node))) {
        return false;
    }
    bool found = has(walk, node);
    const struct js *parts[] = {node->a, node->b, node->c, node->d};
    for (size_t i = 0; !found && i < sizeof parts / sizeof *parts; i++) {
        found = any(walk, parts[i], has, in_functions, depth + 1);
    }
    for (unsigned i = 0; !found && i < node->list.of.count; i++) {
        found = any(walk, node->list.of.items[i], has, in_functions, depth + 1);
    }
    return found;
}

static bool depends(const struct walk *walk, const struct js *node) { return any(walk, node, reads, true, 0); }

static bool is_done(const struct walk *walk, const struct js *node) {
    (void)walk;
    bool call = node->kind == JS_CALL && (node->flags & (JS_IS_READ | JS_IS_REPEATABLE)) == 0;
    return call || node->kind == JS_NEW || node->kind == JS_ASSIGN || node->kind == JS_YIELD || node->kind == JS_AWAIT;
}

/* Does it do more than read? */
static bool does_more(const struct walk *walk, const struct js *node) { return any(walk, node, is_done, false, 0); }

static bool is_logic(const struct js *node) {
    return node->kind == JS_BINARY && (str_equal(node->text, STR("&&")) || str_equal(node->text, STR("||")) ||
                                       str_equal(node->text, STR("??")));
}

/* Are its parts evaluated in the order a, b, list, all of them? */
static bool is_in_order(const struct js *node) {
    static const enum js_kind kinds[] = {JS_TEMPLATE, JS_ARRAY, JS_OBJECT, JS_PROPERTY, JS_SPREAD, JS_CALL,
                                         JS_NEW,      JS_MEMBER, JS_INDEX, JS_UNARY,    JS_BINARY};
    bool found = false;
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
        found = found || node->kind == kinds[i];
    }
    return found && !is_logic(node);
}

/* Is a part of it evaluated only if there is something left of `?.`? */
static bool is_behind_optional(const struct js *node) {
    for (; node != NULL && (node->kind == JS_CALL || node->kind == JS_MEMBER || node->kind == JS_INDEX); node = node->a) {
        if ((node->flags & JS_IS_OPTIONAL) != 0) {
            return true;
        }
    }
    return false;
}

/* ---- is there anything to do? */

/* Is the state read, and something waited for after that? */
static void look(struct walk *walk, const struct js *node) {
    if (node == NULL || walk->depth >= LIMIT_SYNTAX_DEPTH) {
        return;
    }
    if (is_function(node)) {
        walk->has_read = walk->has_read || depends(walk, node);
        return;
    }
    walk->has_read = walk->has_read || reads(walk, node);
    if (node->kind == JS_AWAIT) {
        walk->is_late = walk->is_late || walk->has_read;
        walk->waits++;
        return;
    }
    walk->depth++;
    look(walk, node->a);
    bool before = walk->has_read;
    look(walk, node->b);
    bool chosen = walk->has_read;
    walk->has_read = node->kind == JS_CONDITIONAL ? before : walk->has_read;
    look(walk, node->c);
    walk->has_read = walk->has_read || chosen;
    for (unsigned i = 0; i < node->list.of.count; i++) {
        look(walk, node->list.of.items[i]);
    }
    walk->depth--;
}

static unsigned waits_in(const struct walk *walk, const struct js *node) {
    struct walk inner = {.e = walk->e, .state = walk->state};
    look(&inner, node);
    return inner.waits;
}

/* ---- taking a value apart */

static struct js *without_waits(struct walk *walk, struct js *node);

/* A name for a value that is found in a statement in front. */
static struct js *name_value(struct walk *walk, const char *wish, struct js *value) {
    struct arena *arena = walk->e->arena;
    struct js *name = fresh_name(walk->e, wish);
    if (walk->guard != NULL) {
        value = js_conditional(arena, walk->guard, value, js_literal(arena, "undefined"));
    }
    add_statement(walk->e, js_declare(arena, "const", name, value));
    return name;
}

/* Is it the same whenever it is asked? */
static bool is_same_later(const struct js *node) {
    bool pair = node->kind == JS_BINARY && is_same_later(node->b);
    return (pair || node->kind == JS_UNARY) ? is_same_later(node->a) : js_is_constant(node);
}

static struct js *under(struct walk *walk, struct js *condition, struct js *node) {
    struct js *outside = walk->guard;
    walk->guard = outside == NULL ? condition : js_and(walk->e->arena, outside, condition);
    node = without_waits(walk, node);
    walk->guard = outside;
    return node;
}

static struct js *copy_of(struct walk *walk, const struct js *node) {
    struct js *copy = js_new(walk->e->arena, node->kind);
    *copy = *node;
    return copy;
}

/* `c ? a : b`: which one it is stays as it was. */
static struct js *conditional_without_waits(struct walk *walk, const struct js *node) {
    struct arena *arena = walk->e->arena;
    struct js *copy = copy_of(walk, node);
    copy->a = without_waits(walk, copy->a);
    if (walk->is_fixed || (!js_awaits(copy->b) && !js_awaits(copy->c))) {
        return copy;
    }
    copy->a = is_same_later(copy->a) ? copy->a : name_value(walk, "chosen", copy->a);
    copy->b = under(walk, copy->a, copy->b);
    copy->c = under(walk, js_not(arena, copy->a), copy->c);
    return copy;
}

/* `a ?? b` and the like: a is asked for again after the wait of b, where that is the last one and nothing but reading. */
static struct js *logic_without_waits(struct walk *walk, const struct js *node) {
    struct arena *arena = walk->e->arena;
    struct js *copy = copy_of(walk, node);
    copy->a = without_waits(walk, copy->a);
    if (walk->is_fixed || !js_awaits(copy->b)) {
        return copy;
    }
    bool again = walk->guard == NULL && walk->waits == waits_in(walk, copy->b) && !does_more(walk, copy->a);
    copy->a = again || is_same_later(copy->a) ? copy->a : name_value(walk, "chosen", copy->a);
    struct js *condition = str_equal(node->text, STR("&&"))   ? copy->a
                           : str_equal(node->text, STR("||")) ? js_not(arena, copy->a)
                                                              : js_binary(arena, copy->a, "==", js_literal(arena, "null"));
    copy->b = under(walk, condition, copy->b);
    return copy;
}

/* The holder of what is called keeps its place left of the dot. */
static struct js *callee_without_waits(struct walk *walk, struct js *callee) {
    if (callee->kind != JS_MEMBER && callee->kind != JS_INDEX) {
        return without_waits(walk, callee);
    }
    struct js *copy = copy_of(walk, callee);
    copy->a = without_waits(walk, copy->a);
    copy->b = copy->b == NULL ? NULL : without_waits(walk, copy->b);
    return copy;
}

static struct js *parts_without_waits(struct walk *walk, const struct js *node) {
    struct arena *arena = walk->e->arena;
    struct js *copy = copy_of(walk, node);
    copy->list = (struct js_list){0};
    bool call = node->kind == JS_CALL || node->kind == JS_NEW;
    copy->a = node->a == NULL ? NULL : call ? callee_without_waits(walk, node->a) : without_waits(walk, node->a);
    copy->b = node->b == NULL ? NULL : without_waits(walk, node->b);
    for (unsigned i = 0; i < node->list.of.count; i++) {
        js_add(arena, &copy->list, without_waits(walk, node->list.of.items[i]));
    }
    bool earlier = call && walk->waits > 0 && !walk->is_fixed && !depends(walk, copy);
    return earlier ? name_value(walk, "value", copy) : copy;
}

/* `a?.b(await c)` waits only if there is an a. */
static struct js *optional_without_waits(struct walk *walk, const struct js *node) {
    struct js *copy = copy_of(walk, node);
    if (js_awaits(node->a)) {
        copy->a = is_behind_optional(node->a) ? optional_without_waits(walk, node->a) : without_waits(walk, node->a);
    }
    struct js *link = node->kind == JS_CALL && (node->flags & JS_IS_OPTIONAL) == 0 ? node->a : copy;
    struct js *arguments = js_new(walk->e->arena, JS_ARRAY);
    arguments->list = node->list;
    bool waits = js_awaits(arguments) || js_awaits(node->b);
    bool plain = (link->flags & JS_IS_OPTIONAL) != 0 && !is_behind_optional(link->a) && !does_more(walk, link->a) &&
                 node->kind == JS_CALL && walk->guard == NULL && walk->waits == waits_in(walk, arguments);
    if (!waits || walk->is_fixed || !plain) {
        walk->is_fixed = walk->is_fixed || waits;
        return copy;
    }
    struct js *nothing = js_literal(walk->e->arena, "null");
    copy->list = under(walk, js_binary(walk->e->arena, link->a, "!=", nothing), arguments)->list;
    return copy;
}

/* Without waits of its own: where one is still to come, what it does is done before that, unless it asks for the state. */
static struct js *done_before(struct walk *walk, struct js *node) {
    if (walk->waits == 0 || !does_more(walk, node)) {
        return node;
    }
    if (is_in_order(node) && node->kind != JS_CALL && node->kind != JS_NEW && !is_behind_optional(node)) {
        return parts_without_waits(walk, node);
    }
    return depends(walk, node) ? node : name_value(walk, "value", node);
}

/* The value with names for the answers, which are waited for in statements before it. */
static struct js *without_waits(struct walk *walk, struct js *node) {
    if (walk->is_fixed || is_function(node)) {
        return node;
    }
    if (node->kind == JS_AWAIT) {
        walk->waits--;
        return name_value(walk, "answer", node);
    }
    if (walk->depth >= LIMIT_SYNTAX_DEPTH) {
        walk->is_fixed = true;
        return node;
    }
    walk->depth++;
    if (!js_awaits(node)) {
        node = done_before(walk, node);
    } else if (node->kind == JS_CONDITIONAL) {
        node = conditional_without_waits(walk, node);
    } else if (is_logic(node)) {
        node = logic_without_waits(walk, node);
    } else if (is_behind_optional(node)) {
        node = optional_without_waits(walk, node);
    } else if (is_in_order(node)) {
        node = parts_without_waits(walk, node);
    } else {
        walk->is_fixed = true;
    }
    walk->depth--;
    return node;
}

/* ---- where a state is given a value */

/* What an effect reads before it waits is what it follows: that stays where it is. */
static bool is_in_effect(const struct emitter *e) {
    return e->function != NULL && kind_of(e, e->function->node) == NODE_EFFECT_DECLARATION;
}

static struct js *state_waits_first(struct emitter *e, struct str state, struct js *value) {
    struct walk walk = {.e = e, .state = state};
    if (is_in_effect(e)) {
        return value;
    }
    look(&walk, value);
    return walk.is_late ? without_waits(&walk, value) : value;
}

struct js *waits_first(struct emitter *e, struct program_symbol state, struct js *value) {
    return state_waits_first(e, name_of_symbol(e, state), value);
}

/* Does the value wait, outside of functions in it? */
static bool node_waits(const struct emitter *e, node_id node) {
    node_id end = e->tree->nodes[node].next;
    while (node < end) {
        enum node_kind kind = kind_of(e, node);
        if (kind == NODE_AWAIT_EXPRESSION || program_is_awaited(e->file, node)) {
            return true;
        }
        bool function = kind == NODE_LAMBDA || kind == NODE_FUNCTION_EXPRESSION || kind == NODE_FUNCTION_DECLARATION;
        node = function ? e->tree->nodes[node].next : node + 1;
    }
    return false;
}

struct given_state give_state(struct emitter *e, struct program_symbol state, node_id value) {
    struct given_state outside = e->given;
    bool waits = !is_in_effect(e) && node_waits(e, value);
    e->given = (struct given_state){waits ? name_of_symbol(e, state) : STR(""), e->function};
    return outside;
}

struct js *lower_for_state(struct emitter *e, struct program_symbol state, node_id node) {
    struct given_state outside = give_state(e, state, node);
    struct js *value = waits_first(e, state, lower_expression(e, node));
    e->given = outside;
    return value;
}

static bool is_given(const struct emitter *e) { return e->given.state.size > 0 && e->given.function == e->function; }

struct js *branch_waits_first(struct emitter *e, struct js *value) {
    return is_given(e) ? state_waits_first(e, e->given.state, value) : value;
}

bool is_read_later(const struct emitter *e, const struct js *value) {
    struct walk walk = {.state = e->given.state};
    return is_given(e) && depends(&walk, value);
}

struct js *answer_of(struct emitter *e, struct js *value) {
    if (!js_awaits(value) || is_in_effect(e)) {
        return value;
    }
    struct js *name = fresh_name(e, "answer");
    add_statement(e, js_declare(e->arena, "const", name, value));
    return name;
}
