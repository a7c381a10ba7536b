/* js: building blocks of the JavaScript tree. */
#include "codegen/js.h"

#include <string.h>

struct js *js_new(struct arena *arena, enum js_kind kind) {
    struct js *node = arena_new(arena, struct js);
    node->kind = kind;
    return node;
}

struct js *js_text(struct arena *arena, enum js_kind kind, struct str text) {
    struct js *node = js_new(arena, kind);
    node->text = text;
    return node;
}

static struct js *js_parts(struct arena *arena, enum js_kind kind, const char *text, struct js *a, struct js *b) {
    struct js *node = js_text(arena, kind, str_from_c(text));
    node->a = a;
    node->b = b;
    return node;
}

struct js *js_name(struct arena *arena, const char *text) {
    return js_text(arena, JS_NAME, str_from_c(text));
}

struct js *js_literal(struct arena *arena, const char *text) {
    return js_text(arena, JS_LITERAL, str_from_c(text));
}

static const char *short_escape(char byte) {
    switch (byte) {
    case '"':
        return "\\\"";
    case '\\':
        return "\\\\";
    case '\n':
        return "\\n";
    case '\r':
        return "\\r";
    case '\t':
        return "\\t";
    default:
        return NULL;
    }
}

struct js *js_string(struct arena *arena, struct str value) {
    /* Six bytes are the longest escape. */
    char *quoted = arena_alloc(arena, value.size * 6 + 3);
    size_t size = 0;
    quoted[size++] = '"';
    for (size_t i = 0; i < value.size; i++) {
        char byte = value.data[i];
        const char *escape = short_escape(byte);
        if (escape != NULL) {
            memcpy(quoted + size, escape, 2);
            size += 2;
        } else if ((unsigned char)byte < 0x20 || byte == 0x7f) {
            static const char digits[] = "0123456789abcdef";
            memcpy(quoted + size, "\\x", 2);
            quoted[size + 2] = digits[(unsigned char)byte >> 4];
            quoted[size + 3] = digits[(unsigned char)byte & 15];
            size += 4;
        } else {
            quoted[size++] = byte;
        }
    }
    quoted[size++] = '"';
    return js_text(arena, JS_LITERAL, (struct str){quoted, size});
}

struct js *js_member(struct arena *arena, struct js *object, const char *property) {
    return js_parts(arena, JS_MEMBER, property, object, NULL);
}

struct js *js_index(struct arena *arena, struct js *object, struct js *index) {
    return js_parts(arena, JS_INDEX, "", object, index);
}

struct js *js_unary(struct arena *arena, const char *operator, struct js * operand) {
    return js_parts(arena, JS_UNARY, operator, operand, NULL);
}

struct js *js_binary(struct arena *arena, struct js *left, const char *operator, struct js * right) {
    return js_parts(arena, JS_BINARY, operator, left, right);
}

struct js *js_and(struct arena *arena, struct js *left, struct js *right) {
    enum { MOST = 16 };
    struct js *links[MOST];
    unsigned count = 0;
    struct js *first = right;
    while (count < MOST && first->kind == JS_BINARY && str_equal(first->text, str_from_c("&&"))) {
        links[count++] = first;
        first = first->a;
    }
    struct js *chain = js_binary(arena, left, "&&", first);
    while (count-- > 0) {
        chain = js_binary(arena, chain, "&&", links[count]->b);
        chain->place = links[count]->place;
    }
    return chain;
}

struct js *js_conditional(struct arena *arena, struct js *condition, struct js *yes, struct js *no) {
    struct js *node = js_parts(arena, JS_CONDITIONAL, "", condition, yes);
    node->c = no;
    return node;
}

struct js *js_assign(struct arena *arena, struct js *target, const char *operator, struct js * value) {
    return js_parts(arena, JS_ASSIGN, operator, target, value);
}

struct js *js_call(struct arena *arena, struct js *callee) {
    return js_parts(arena, JS_CALL, "", callee, NULL);
}

struct js *js_call1(struct arena *arena, struct js *callee, struct js *argument) {
    struct js *call = js_call(arena, callee);
    js_add(arena, &call->list, argument);
    return call;
}

struct js *js_call2(struct arena *arena, struct js *callee, struct js *first, struct js *second) {
    struct js *call = js_call1(arena, callee, first);
    js_add(arena, &call->list, second);
    return call;
}

struct js *js_await(struct arena *arena, struct js *value) {
    return js_parts(arena, JS_AWAIT, "", value, NULL);
}

struct js *js_property(struct arena *arena, struct str key, struct js *value) {
    struct js *node = js_text(arena, JS_PROPERTY, key);
    node->b = value;
    return node;
}

struct js *js_arrow(struct arena *arena, struct js *body) {
    return js_parts(arena, JS_ARROW, "", body, NULL);
}

struct js *js_block(struct arena *arena) {
    return js_new(arena, JS_BLOCK);
}

struct js *js_short_block(struct arena *arena, struct js *statement) {
    struct js *block = js_block(arena);
    block->flags |= JS_IS_SHORT;
    js_add(arena, &block->list, statement);
    return block;
}

struct js *js_expression_statement(struct arena *arena, struct js *expression) {
    return js_parts(arena, JS_EXPRESSION, "", expression, NULL);
}

struct js *js_declare(struct arena *arena, const char *keyword, struct js *target, struct js *value) {
    return js_parts(arena, JS_DECLARE, keyword, target, value);
}

struct js *js_return(struct arena *arena, struct js *value) {
    return js_parts(arena, JS_RETURN, "", value, NULL);
}

struct js *js_if(struct arena *arena, struct js *condition, struct js *yes, struct js *no) {
    struct js *node = js_parts(arena, JS_IF, "", condition, yes);
    node->c = no;
    return node;
}

struct js *js_comment(struct arena *arena, struct str text) {
    return js_text(arena, JS_COMMENT, text);
}

void js_add(struct arena *arena, struct js_list *list, struct js *node) { vec_push(arena, &list->of, node); }

void js_insert(struct arena *arena, struct js_list *list, unsigned at, struct js *node) {
    js_add(arena, list, node);
    for (unsigned i = list->of.count - 1; i > at; i--) {
        list->of.items[i] = list->of.items[i - 1];
    }
    list->of.items[at] = node;
}

/* Is there an AWAIT, or (`yields`) a YIELD, outside of functions within it? */
static bool has_pause(const struct js *node, bool yields) {
    if (node == NULL || node->kind == JS_ARROW || node->kind == JS_FUNCTION || node->kind == JS_METHOD) {
        return false;
    }
    if (node->kind == JS_AWAIT || (node->flags & JS_IS_AWAITED_LOOP) != 0 || (yields && node->kind == JS_YIELD)) {
        return true;
    }
    for (unsigned i = 0; i < node->list.of.count; i++) {
        if (has_pause(node->list.of.items[i], yields)) {
            return true;
        }
    }
    return has_pause(node->a, yields) || has_pause(node->b, yields) || has_pause(node->c, yields) ||
           has_pause(node->d, yields);
}

bool js_awaits(const struct js *node) { return has_pause(node, false); }

bool js_pauses(const struct js *node) { return has_pause(node, true); }

bool js_declares_names(const struct js *block) {
    for (unsigned i = 0; i < block->list.of.count; i++) {
        enum js_kind kind = block->list.of.items[i]->kind;
        if (kind == JS_DECLARE || kind == JS_FUNCTION || kind == JS_CLASS) {
            return true;
        }
    }
    return false;
}

bool js_leaves(const struct js *statement) {
    switch ((int)statement->kind) {
    case JS_RETURN:
    case JS_THROW:
    case JS_BREAK:
    case JS_CONTINUE:
        return true;
    case JS_BLOCK:
        return statement->list.of.count > 0 && js_leaves(statement->list.of.items[statement->list.of.count - 1]);
    case JS_IF:
        return statement->c != NULL && js_leaves(statement->b) && js_leaves(statement->c);
    default:
        return false;
    }
}

bool js_is_constant(const struct js *node) {
    return node == NULL || node->kind == JS_LITERAL || node->kind == JS_TEMPLATE_TEXT || node->kind == JS_ARROW ||
           node->kind == JS_FUNCTION || (node->kind == JS_NAME && (node->flags & JS_IS_MUTABLE) == 0);
}

bool js_is_stable(const struct js *node) {
    while (node != NULL) {
        if (node->kind == JS_CALL) {
            return (node->flags & JS_IS_READ) != 0;
        }
        if (node->kind != JS_MEMBER) {
            return node->kind == JS_NAME || node->kind == JS_LITERAL;
        }
        node = node->a;
    }
    return true;
}

static const char *opposite(struct str operator) {
    static const char *const pairs[][2] = {{"===", "!=="}, {"!==", "==="}, {"==", "!="}, {"!=", "=="}};
    for (size_t i = 0; i < sizeof pairs / sizeof *pairs; i++) {
        if (str_equal(operator, str_from_c(pairs[i][0]))) {
            return pairs[i][1];
        }
    }
    return NULL;
}

struct js *js_not(struct arena *arena, struct js *expression) {
    if (expression->kind == JS_BINARY) {
        const char *operator= opposite(expression->text);
        if (operator!= NULL) {
            struct js *node = js_binary(arena, expression->a, operator, expression->b);
            node->place = expression->place;
            return node;
        }
    }
    return js_unary(arena, "!", expression);
}
