/* js_print: expressions and their layout: lists, calls, functions. */
#include "codegen/js_print.h"

#include "codegen/js_print_operators.h"

static void indent_line(struct js_writer *writer) {
    writer->indent++;
    js_write_line(writer);
}

static void dedent_line(struct js_writer *writer) {
    writer->indent--;
    js_write_line(writer);
}

static bool starts_like_statement(const struct js *node) {
    while (node != NULL) {
        if (node->kind == JS_OBJECT || node->kind == JS_FUNCTION) {
            return true;
        }
        bool leads = node->kind == JS_CALL || node->kind == JS_MEMBER || node->kind == JS_INDEX ||
                     node->kind == JS_BINARY || node->kind == JS_CONDITIONAL || node->kind == JS_ASSIGN;
        node = leads ? node->a : NULL;
    }
    return false;
}

/* ---- lists */

static void print_separated(struct js_writer *writer, struct js *const *items, unsigned count, unsigned reserve) {
    for (unsigned i = 0; i < count && !writer->too_wide; i++) {
        if (i > 0) {
            js_write_c(writer, ", ");
        }
        js_print_expression(writer, items[i], i + 1 < count ? 1 : reserve);
    }
}

/* Each item on a line of its own, from the current line's end to the start of the closer's line. */
static void print_lines(struct js_writer *writer, struct js *const *items, unsigned count) {
    indent_line(writer);
    for (unsigned i = 0; i < count; i++) {
        if (i > 0) {
            js_write_line(writer);
        }
        js_print_expression(writer, items[i], 1);
        /* Nothing may follow a rest element of a pattern, but a spread is no pattern: one rule for both. */
        js_write_c(writer, i + 1 == count && items[i]->kind == JS_SPREAD ? "" : ",");
    }
    dedent_line(writer);
}

static void print_literal_list(struct js_writer *writer, const struct js *node, const char *open, const char *close,
                               unsigned reserve) {
    struct js *const *items = node->list.of.items;
    unsigned count = node->list.of.count;
    const char *space = node->kind == JS_OBJECT && count > 0 ? " " : "";
    bool broken = (node->flags & JS_IS_BROKEN) != 0 && count > 0;
    if (writer->measuring && broken) {
        writer->too_wide = true;
    }
    js_write_c(writer, open);
    if (!writer->measuring && (broken || !js_print_fits(writer, node, reserve))) {
        print_lines(writer, items, count);
    } else {
        js_write_c(writer, space);
        print_separated(writer, items, count, 0);
        if (count > 0 && items[count - 1]->kind == JS_HOLE) {
            js_write_c(writer, ",");
        }
        js_write_c(writer, space);
    }
    js_write_c(writer, close);
}

/* ---- calls */

static bool breaks_itself(const struct js *node) {
    switch ((int)node->kind) {
    case JS_ARROW:
    case JS_FUNCTION:
        return true;
    case JS_OBJECT:
    case JS_ARRAY:
        return node->list.of.count > 0;
    default:
        return false;
    }
}

static void print_words(struct js_writer *writer, const struct js *function) {
    if ((function->flags & JS_IS_ASYNC) != 0) {
        js_write_c(writer, "async ");
    }
}

/* The part of an argument that stays on the call's line when the argument breaks itself. */
static void print_head(struct js_writer *writer, const struct js *node) {
    if (node->kind == JS_ARROW) {
        print_words(writer, node);
        js_print_parameters(writer, &node->list);
        js_write_c(writer, " => {");
    } else if (node->kind == JS_FUNCTION) {
        js_write_c(writer, "async function () {");
    } else {
        js_write_c(writer, "{");
    }
}

static bool can_hug(const struct js_writer *writer, const struct js_list *list) {
    unsigned count = list->of.count;
    struct js *last = list->of.items[count - 1];
    if (count == 1 && (last->kind == JS_CALL || last->kind == JS_NEW || last->kind == JS_AWAIT)) {
        return true;
    }
    if (!breaks_itself(last)) {
        return false;
    }
    struct js_writer measure = js_writer_measure(writer, 0);
    js_write_c(&measure, "(");
    print_separated(&measure, list->of.items, count - 1, 0);
    js_write_c(&measure, ", ");
    print_head(&measure, last);
    return !measure.too_wide;
}

/* An arrow function whose body stands on the next line, flat; false when that does not fit either. */
static bool print_arrow_below(struct js_writer *writer, const struct js *node) {
    if (node->kind != JS_ARROW || node->a->kind == JS_BLOCK) {
        return false;
    }
    struct js_writer below = *writer;
    below.indent++;
    below.line_start = true;
    if (!js_print_fits(&below, node->a, 1)) {
        return false;
    }
    print_words(writer, node);
    js_print_parameters(writer, &node->list);
    js_write_c(writer, " =>");
    indent_line(writer);
    js_print_wrapped(writer, node->a, starts_like_statement(node->a), 1);
    js_write_c(writer, ",");
    dedent_line(writer);
    return true;
}

static void print_hugged(struct js_writer *writer, const struct js_list *list, unsigned reserve) {
    unsigned count = list->of.count;
    struct js *last = list->of.items[count - 1];
    js_write_c(writer, "(");
    print_separated(writer, list->of.items, count - 1, 0);
    if (count > 1) {
        js_write_c(writer, ", ");
    }
    if (js_print_fits(writer, last, reserve + 1) || !print_arrow_below(writer, last)) {
        js_print_expression(writer, last, reserve + 1);
    }
    js_write_c(writer, ")");
}

static bool is_element(const struct js *node) { return node->kind == JS_CALL && (node->flags & JS_KEEPS_TWO) != 0; }

static bool prefers_lines(const struct js *call) {
    unsigned elements = 0;
    for (unsigned i = 2; is_element(call) && i < call->list.of.count; i++) {
        elements += is_element(call->list.of.items[i]);
    }
    return elements > 1 || (call->flags & JS_IS_BROKEN) != 0;
}

static void print_element_lines(struct js_writer *writer, const struct js_list *list) {
    js_write_c(writer, "(");
    print_separated(writer, list->of.items, 2, 0);
    js_write_c(writer, ",");
    print_lines(writer, list->of.items + 2, list->of.count - 2);
    js_write_c(writer, ")");
}

static bool first_two_fit(const struct js_writer *writer, const struct js_list *list) {
    struct js_writer measure = js_writer_measure(writer, 2);
    print_separated(&measure, list->of.items, 2, 0);
    return !measure.too_wide;
}

static void print_flat_arguments(struct js_writer *writer, const struct js_list *list) {
    js_write_c(writer, "(");
    print_separated(writer, list->of.items, list->of.count, 0);
    js_write_c(writer, ")");
}

static bool flat_arguments_fit(const struct js_writer *writer, const struct js_list *list, unsigned reserve) {
    struct js_writer measure = js_writer_measure(writer, reserve);
    print_flat_arguments(&measure, list);
    return !measure.too_wide;
}

static void print_arguments(struct js_writer *writer, const struct js *call, unsigned reserve) {
    const struct js_list *list = &call->list;
    bool lines = prefers_lines(call);
    if (writer->measuring && lines) {
        writer->too_wide = true;
        return;
    }
    if (writer->measuring || (!lines && flat_arguments_fit(writer, list, reserve))) {
        print_flat_arguments(writer, list);
    } else if (is_element(call) && list->of.count > 2 && first_two_fit(writer, list)) {
        print_element_lines(writer, list);
    } else if (!lines && list->of.count > 0 && can_hug(writer, list)) {
        print_hugged(writer, list, reserve);
    } else if (list->of.count > 0) {
        js_write_c(writer, "(");
        print_lines(writer, list->of.items, list->of.count);
        js_write_c(writer, ")");
    } else {
        js_write_c(writer, "()");
    }
}

static bool has_optional(const struct js *node) {
    while (node != NULL && (node->kind == JS_MEMBER || node->kind == JS_INDEX || node->kind == JS_CALL)) {
        if ((node->flags & JS_IS_OPTIONAL) != 0) {
            return true;
        }
        node = node->a;
    }
    return false;
}

static void print_callee(struct js_writer *writer, const struct js *callee) {
    bool number = callee->kind == JS_LITERAL && callee->text.size > 0 && callee->text.data[0] >= '0' &&
                  callee->text.data[0] <= '9';
    bool wrapped = js_precedence(callee) < BINDS_CALL || number || callee->kind == JS_FUNCTION;
    js_print_wrapped(writer, callee, wrapped, 0);
}

static void print_call(struct js_writer *writer, const struct js *node, unsigned reserve) {
    print_callee(writer, node->a);
    if ((node->flags & JS_IS_OPTIONAL) != 0) {
        js_write_c(writer, "?.");
    }
    js_write_place(writer, node->place);
    print_arguments(writer, node, reserve);
}

static bool callee_has_call(const struct js *callee) {
    while (callee->kind == JS_MEMBER || callee->kind == JS_INDEX) {
        callee = callee->a;
    }
    return callee->kind == JS_CALL || has_optional(callee);
}

static void print_new(struct js_writer *writer, const struct js *node, unsigned reserve) {
    js_write_c(writer, "new ");
    js_print_wrapped(writer, node->a, js_precedence(node->a) < BINDS_CALL || callee_has_call(node->a), 0);
    print_arguments(writer, node, reserve);
}

static void print_member(struct js_writer *writer, const struct js *node, unsigned reserve) {
    print_callee(writer, node->a);
    js_write_c(writer, (node->flags & JS_IS_OPTIONAL) != 0 ? "?." : ".");
    js_write_mapped_word(writer, node->text, node->place);
}

static void print_index(struct js_writer *writer, const struct js *node, unsigned reserve) {
    print_callee(writer, node->a);
    js_write_mapped_word(writer, (node->flags & JS_IS_OPTIONAL) != 0 ? STR("?.[") : STR("["), node->place);
    js_print_expression(writer, node->b, reserve + 1);
    js_write_c(writer, "]");
}

/* ---- functions */

void js_print_parameters(struct js_writer *writer, const struct js_list *parameters) {
    js_write_c(writer, "(");
    print_separated(writer, parameters->of.items, parameters->of.count, 4);
    js_write_c(writer, ")");
}

/* A choice stands in parentheses on the arrow's line, and below it otherwise. */
static void print_arrow_value(struct js_writer *writer, const struct js *value, unsigned reserve) {
    bool choice = value->kind == JS_CONDITIONAL;
    if (choice && !writer->measuring && !js_print_fits(writer, value, reserve + 2)) {
        js_write_line(writer);
        writer->indent++;
        js_print_wrapped(writer, value, starts_like_statement(value), reserve);
        writer->indent--;
        return;
    }
    js_write_c(writer, " ");
    js_print_wrapped(writer, value, choice || starts_like_statement(value), reserve);
}

static void print_arrow(struct js_writer *writer, const struct js *node, unsigned reserve) {
    print_words(writer, node);
    js_print_parameters(writer, &node->list);
    js_write_c(writer, " =>");
    if (node->a->kind == JS_BLOCK) {
        js_write_c(writer, " ");
        js_print_block(writer, node->a);
    } else {
        print_arrow_value(writer, node->a, reserve);
    }
}

static void print_function(struct js_writer *writer, const struct js *node, unsigned reserve) {
    print_words(writer, node);
    js_write_c(writer, (node->flags & JS_IS_GENERATOR) != 0 ? "function*" : "function");
    js_write_c(writer, " ");
    js_write_mapped_word(writer, node->text, node->place);
    js_print_parameters(writer, &node->list);
    js_write_c(writer, " ");
    js_print_block(writer, node->a);
}

void js_print_method(struct js_writer *writer, const struct js *node) {
    if ((node->flags & JS_IS_STATIC) != 0) {
        js_write_c(writer, "static ");
    }
    print_words(writer, node);
    js_write_c(writer, node->kind == JS_GETTER ? "get " : node->kind == JS_SETTER ? "set " : "");
    js_write_c(writer, (node->flags & JS_IS_GENERATOR) != 0 ? "*" : "");
    js_write_mapped_word(writer, node->text, node->place);
    js_print_parameters(writer, &node->list);
    js_write_c(writer, " ");
    js_print_block(writer, node->a);
}

static void print_method(struct js_writer *writer, const struct js *node, unsigned reserve) {
    js_print_method(writer, node);
}

/* ---- small things */

static void print_name(struct js_writer *writer, const struct js *node, unsigned reserve) {
    js_write_mapped_word(writer, node->text, node->place);
}

static void print_text(struct js_writer *writer, const struct js *node, unsigned reserve) {
    js_write_mapped(writer, node->text, node->place);
}

static void print_nothing(struct js_writer *writer, const struct js *node, unsigned reserve) {}

static void print_template(struct js_writer *writer, const struct js *node, unsigned reserve) {
    js_write_place(writer, node->place);
    js_write_c(writer, "`");
    for (unsigned i = 0; i < node->list.of.count; i++) {
        const struct js *part = node->list.of.items[i];
        if (part->kind == JS_TEMPLATE_TEXT) {
            js_write_mapped(writer, part->text, part->place);
        } else {
            js_write_c(writer, "${");
            js_print_expression(writer, part, 0);
            js_write_c(writer, "}");
        }
    }
    js_write_c(writer, "`");
}

static void print_array(struct js_writer *writer, const struct js *node, unsigned reserve) {
    js_write_place(writer, node->place);
    print_literal_list(writer, node, "[", "]", reserve);
}

static void print_object(struct js_writer *writer, const struct js *node, unsigned reserve) {
    js_write_place(writer, node->place);
    print_literal_list(writer, node, "{", "}", reserve);
}

static void print_property(struct js_writer *writer, const struct js *node, unsigned reserve) {
    if ((node->flags & JS_IS_COMPUTED) != 0) {
        js_write_c(writer, "[");
        js_print_expression(writer, node->a, 0);
        js_write_c(writer, "]");
    } else {
        js_write_mapped_word(writer, node->text, node->place);
    }
    js_write_c(writer, ": ");
    js_print_operand(writer, node->b, BINDS_ASSIGN, reserve);
}

static void print_shorthand(struct js_writer *writer, const struct js *node, unsigned reserve) {
    js_print_expression(writer, node->a, 0);
    if (node->b != NULL) {
        js_write_c(writer, " = ");
        js_print_operand(writer, node->b, BINDS_ASSIGN, reserve);
    }
}

static void print_spread(struct js_writer *writer, const struct js *node, unsigned reserve) {
    js_write_c(writer, "...");
    js_print_operand(writer, node->a, BINDS_ASSIGN, reserve);
}

typedef void print_kind(struct js_writer *writer, const struct js *node, unsigned reserve);

static print_kind *const printers[JS_KIND_COUNT] = {
    [JS_NAME] = print_name,
    [JS_LITERAL] = print_text,
    [JS_TEMPLATE] = print_template,
    [JS_ARRAY] = print_array,
    [JS_HOLE] = print_nothing,
    [JS_OBJECT] = print_object,
    [JS_PROPERTY] = print_property,
    [JS_SHORTHAND] = print_shorthand,
    [JS_GETTER] = print_method,
    [JS_SETTER] = print_method,
    [JS_METHOD] = print_method,
    [JS_SPREAD] = print_spread,
    [JS_DEFAULTED] = print_shorthand,
    [JS_ARROW] = print_arrow,
    [JS_FUNCTION] = print_function,
    [JS_CALL] = print_call,
    [JS_NEW] = print_new,
    [JS_MEMBER] = print_member,
    [JS_INDEX] = print_index,
    [JS_UNARY] = js_print_unary,
    [JS_BINARY] = js_print_binary,
    [JS_CONDITIONAL] = js_print_conditional,
    [JS_ASSIGN] = js_print_assign,
    [JS_AWAIT] = js_print_await,
    [JS_YIELD] = js_print_yield,
};

void js_print_expression(struct js_writer *writer, const struct js *node, unsigned reserve) {
    if (writer->measuring && writer->too_wide) {
        return;
    }
    print_kind *print = printers[node->kind];
    if (print != NULL) {
        print(writer, node, reserve);
    }
}

void js_print_leading(struct js_writer *writer, const struct js *node, unsigned reserve) {
    js_print_wrapped(writer, node, starts_like_statement(node), reserve);
}
