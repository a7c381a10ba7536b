/* rules: what stands between the braces behind a field's type. */
#include "codegen/rules.h"

#include "codegen/expressions.h"

static struct str name_of_rule(const struct emitter *e, node_id rule) {
    bool call = kind_of(e, rule) == NODE_CALL_EXPRESSION;
    return text_of(e, call ? node_child(e->tree, rule, FIELD_FUNCTION) : rule);
}

static bool is_checked_rule(const struct emitter *e, node_id rule) {
    return !node_is_comment(e->tree, rule) && !str_equal(name_of_rule(e, rule), STR("unique"));
}

bool rules_have(const struct emitter *e, node_id rules, struct str name) {
    NODE_EACH(child, e->tree, rules) {
        bool found = str_equal(name_of_rule(e, child), name);
        NODE_EACH(rule, e->tree, kind_of(e, child) == NODE_EXPRESSION_LIST ? child : NODE_NONE) {
            found = found || str_equal(name_of_rule(e, rule), name);
        }
        if (found) {
            return true;
        }
    }
    return false;
}

bool rules_check_something(const struct emitter *e, node_id rules) {
    NODE_EACH(child, e->tree, rules) {
        bool list = kind_of(e, child) == NODE_EXPRESSION_LIST;
        bool found = !list && is_checked_rule(e, child);
        NODE_EACH(rule, e->tree, list ? child : NODE_NONE) { found = found || is_checked_rule(e, rule); }
        if (found) {
            return true;
        }
    }
    return false;
}

/* `min(3, "message")` as ["min", 3, "message"]. */
static void add_rule(struct emitter *e, node_id rule, struct js_list *rules) {
    bool call = kind_of(e, rule) == NODE_CALL_EXPRESSION;
    node_id name = call ? node_child(e->tree, rule, FIELD_FUNCTION) : rule;
    struct js *array = js_new(e->arena, JS_ARRAY);
    js_add(e->arena, &array->list, placed(e, js_string(e->arena, text_of(e, name)), name));
    node_id arguments = call ? node_child(e->tree, rule, FIELD_ARGUMENTS) : NODE_NONE;
    for (node_id argument = node_first_plain(e->tree, arguments); argument != NODE_NONE;
         argument = node_next_plain(e->tree, argument)) {
        js_add(e->arena, &array->list, lower_expression(e, argument));
    }
    js_add(e->arena, rules, array);
}

void rules_add(struct emitter *e, node_id rules, struct js_list *list) {
    NODE_EACH(child, e->tree, rules) {
        if (kind_of(e, child) == NODE_EXPRESSION_LIST) {
            NODE_EACH(rule, e->tree, child) {
                if (is_checked_rule(e, rule)) {
                    add_rule(e, rule, list);
                }
            }
        } else if (is_checked_rule(e, child)) {
            add_rule(e, child, list);
        }
    }
}
