/* choices: `if` and `match` where a value is wanted. */
#include "codegen/choices.h"

#include "codegen/expressions.h"
#include "codegen/names.h"
#include "codegen/waits_first.h"

struct choice lower_choice(struct emitter *e, node_id branch) {
    struct choice choice = {0};
    struct js_list *outside = redirect(e, &choice.statements);
    choice.value = lower_expression(e, kind_of(e, branch) == NODE_BLOCK ? node_first_child(e->tree, branch) : branch);
    redirect(e, outside);
    return choice;
}

static bool needs_statements(const struct choice *choice) {
    return choice->before.of.count > 0 || choice->statements.of.count > 0;
}

/* A block that does what a choice needs and gives `name` its value. */
static struct js *give_name(struct emitter *e, struct js *name, const struct choice *choice) {
    struct js *block = js_block(e->arena);
    block->list = choice->statements;
    struct js_list *outside = redirect(e, &block->list);
    struct js *assign = js_assign(e->arena, name, "=", branch_waits_first(e, choice->value));
    redirect(e, outside);
    js_add(e->arena, &block->list, js_expression_statement(e->arena, assign));
    return block;
}

static void add_all(struct emitter *e, struct js_list *to, const struct js_list *from) {
    for (unsigned i = 0; i < from->of.count; i++) {
        js_add(e->arena, to, from->of.items[i]);
    }
}

/* let name; if (…) { name = … } else …; a condition with statements nests in the `else` before it. */
static struct js *choose_by_statements(struct emitter *e, const struct choice *choices, unsigned count,
                                       const struct choice *otherwise) {
    struct js *name = fresh_name(e, "result");
    add_statement(e, js_declare(e->arena, "let", name, NULL));
    struct js_list *at = e->statements;
    struct js *last = NULL;
    for (unsigned i = 0; i < count; i++) {
        struct js *link = js_if(e->arena, choices[i].condition, give_name(e, name, &choices[i]), NULL);
        if (last == NULL || choices[i].before.of.count > 0) {
            if (last != NULL) {
                last->c = js_block(e->arena);
                at = &last->c->list;
            }
            add_all(e, at, &choices[i].before);
            js_add(e->arena, at, link);
        } else {
            last->c = link;
        }
        last = link;
    }
    last->c = give_name(e, name, otherwise);
    return name;
}

struct js *choose(struct emitter *e, const struct choice *choices, unsigned count, struct choice otherwise) {
    bool statements = needs_statements(&otherwise);
    for (unsigned i = 0; i < count; i++) {
        statements = statements || needs_statements(&choices[i]);
    }
    if (statements && count > 0) {
        return choose_by_statements(e, choices, count, &otherwise);
    }
    struct js *value = otherwise.value;
    for (unsigned i = count; i-- > 0;) {
        value = js_conditional(e->arena, choices[i].condition, choices[i].value, value);
    }
    if (statements) {
        add_all(e, e->statements, &otherwise.statements);
    }
    return value;
}

static struct choice lower_clause(struct emitter *e, node_id clause) {
    struct js_list before = {0};
    struct js_list *outside = redirect(e, &before);
    struct js *condition = lower_expression(e, node_child(e->tree, clause, FIELD_CONDITION));
    redirect(e, outside);
    struct choice choice = lower_choice(e, node_child(e->tree, clause, FIELD_CONSEQUENCE));
    choice.condition = condition;
    choice.before = before;
    return choice;
}

struct js *lower_if_expression(struct emitter *e, node_id node) {
    VEC(struct choice) choices = {0};
    vec_push(e->arena, &choices, lower_clause(e, node));
    NODE_EACH(child, e->tree, node) {
        if (kind_of(e, child) == NODE_ELIF_CLAUSE) {
            vec_push(e->arena, &choices, lower_clause(e, child));
        }
    }
    return choose(e, choices.items, choices.count, lower_choice(e, node_child(e->tree, node, FIELD_ALTERNATIVE)));
}
