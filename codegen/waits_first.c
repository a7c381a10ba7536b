/* waits_first: `users = [...users, server.add()]` reads `users` when the answer is there, so that nothing is lost that came
 * to be in the meantime. */
#include "codegen/emitter.h"

#include "parser/base/limits.h"

/* A value, in the order in which it is evaluated. */
struct walk {
    struct emitter *e;
    struct str state; /* the name of its signal */
    bool has_read;    /* the state was read further left */
    bool is_late;     /* and something is waited for after that */
    bool is_fixed;    /* what was further left does more than read, or may not run: nothing comes before that */
    unsigned depth;
};

static bool reads(const struct walk *walk, const struct js *node) {
    return node->kind == JS_CALL && (node->flags & JS_IS_READ) != 0 && node->a->kind == JS_NAME &&
           str_equal(node->a->text, walk->state);
}

static bool is_leaf(const struct js *node) {
    return (node->flags & JS_IS_READ) != 0 || node->kind == JS_NAME || node->kind == JS_LITERAL || node->kind == JS_ARROW ||
           node->kind == JS_FUNCTION || node->kind == JS_TEMPLATE_TEXT || node->kind == JS_SHORTHAND;
}

/* Are its parts evaluated in the order a, b, list, all of them? */
static bool is_in_order(const struct js *node) {
    static const enum js_kind kinds[] = {JS_TEMPLATE, JS_ARRAY, JS_OBJECT, JS_PROPERTY, JS_SPREAD,
                                         JS_CALL,     JS_NEW,   JS_MEMBER, JS_INDEX,    JS_UNARY};
    bool found = node->kind == JS_BINARY && !str_equal(node->text, STR("&&")) && !str_equal(node->text, STR("||")) &&
                 !str_equal(node->text, STR("??"));
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
        found = found || node->kind == kinds[i];
    }
    return found && (node->flags & JS_IS_OPTIONAL) == 0;
}

/* Is the state read, and something waited for after that? */
static void look(struct walk *walk, const struct js *node) {
    if (node == NULL || walk->depth >= LIMIT_SYNTAX_DEPTH || node->kind == JS_ARROW || node->kind == JS_FUNCTION) {
        return;
    }
    walk->has_read = walk->has_read || reads(walk, node);
    if (node->kind == JS_AWAIT) {
        walk->is_late = walk->is_late || walk->has_read;
        return;
    }
    walk->depth++;
    look(walk, node->a);
    look(walk, node->b);
    look(walk, node->c);
    for (unsigned i = 0; i < node->list.of.count; i++) {
        look(walk, node->list.of.items[i]);
    }
    walk->depth--;
}

static struct js *without_waits(struct walk *walk, struct js *node);

static struct js *parts_without_waits(struct walk *walk, const struct js *node) {
    struct arena *arena = walk->e->arena;
    struct js *copy = js_new(arena, node->kind);
    *copy = *node;
    copy->list = (struct js_list){0};
    walk->depth++;
    copy->a = node->a == NULL ? NULL : without_waits(walk, node->a);
    copy->b = node->b == NULL ? NULL : without_waits(walk, node->b);
    for (unsigned i = 0; i < node->list.of.count; i++) {
        js_add(arena, &copy->list, without_waits(walk, node->list.of.items[i]));
    }
    walk->depth--;
    walk->is_fixed = walk->is_fixed || node->kind == JS_CALL || node->kind == JS_NEW;
    return copy;
}

/* The value with names for the answers, which are waited for in statements before it. */
static struct js *without_waits(struct walk *walk, struct js *node) {
    if (walk->is_fixed || is_leaf(node)) {
        return node;
    }
    if (node->kind == JS_AWAIT) {
        struct js *name = fresh_name(walk->e, "answer");
        add_statement(walk->e, js_declare(walk->e->arena, "const", name, node));
        return name;
    }
    if (is_in_order(node) && walk->depth < LIMIT_SYNTAX_DEPTH) {
        return parts_without_waits(walk, node);
    }
    walk->is_fixed = true;
    return node;
}

/* What an effect reads before it waits is what it follows: that stays where it is. */
static bool is_in_effect(const struct emitter *e) {
    return e->function != NULL && kind_of(e, e->function->node) == NODE_EFFECT_DECLARATION;
}

struct js *waits_first(struct emitter *e, struct program_symbol state, struct js *value) {
    struct walk walk = {.e = e, .state = name_of_symbol(e, state)};
    if (is_in_effect(e)) {
        return value;
    }
    look(&walk, value);
    return walk.is_late ? without_waits(&walk, value) : value;
}

struct js *answer_of(struct emitter *e, struct js *value) {
    if (!js_awaits(value) || is_in_effect(e)) {
        return value;
    }
    struct js *name = fresh_name(e, "answer");
    add_statement(e, js_declare(e->arena, "const", name, value));
    return name;
}
