/* js_print: expressions, their precedence and their layout. */
#include "codegen/js_print.h"

/* How tightly an expression binds, from loosest to tightest. */
enum precedence {
    BINDS_ASSIGN = 2,
    BINDS_CONDITIONAL,
    BINDS_COALESCE,
    BINDS_OR,
    BINDS_AND,
    BINDS_BIT_OR,
    BINDS_BIT_XOR,
    BINDS_BIT_AND,
    BINDS_EQUAL,
    BINDS_RELATION,
    BINDS_SHIFT,
    BINDS_ADD,
    BINDS_MULTIPLY,
    BINDS_POWER,
    BINDS_UNARY,
    BINDS_CALL,
    BINDS_PRIMARY,
};

static const struct {
    struct str text;
    enum precedence precedence;
} operators[] = {
    {STR_INIT("??"), BINDS_COALESCE}, {STR_INIT("||"), BINDS_OR},
    {STR_INIT("&&"), BINDS_AND},      {STR_INIT("|"), BINDS_BIT_OR},
    {STR_INIT("^"), BINDS_BIT_XOR},   {STR_INIT("&"), BINDS_BIT_AND},
    {STR_INIT("==="), BINDS_EQUAL},   {STR_INIT("!=="), BINDS_EQUAL},
    {STR_INIT("=="), BINDS_EQUAL},    {STR_INIT("!="), BINDS_EQUAL},
    {STR_INIT("<"), BINDS_RELATION},  {STR_INIT("<="), BINDS_RELATION},
    {STR_INIT(">"), BINDS_RELATION},  {STR_INIT(">="), BINDS_RELATION},
    {STR_INIT("in"), BINDS_RELATION}, {STR_INIT("instanceof"), BINDS_RELATION},
    {STR_INIT("<<"), BINDS_SHIFT},    {STR_INIT(">>"), BINDS_SHIFT},
    {STR_INIT(">>>"), BINDS_SHIFT},   {STR_INIT("+"), BINDS_ADD},
    {STR_INIT("-"), BINDS_ADD},       {STR_INIT("*"), BINDS_MULTIPLY},
    {STR_INIT("/"), BINDS_MULTIPLY},  {STR_INIT("%"), BINDS_MULTIPLY},
    {STR_INIT("**"), BINDS_POWER},
};

static enum precedence operator_precedence(struct str text) {
    for (size_t i = 0; i < sizeof operators / sizeof *operators; i++) {
        if (str_equal(operators[i].text, text)) {
            return operators[i].precedence;
        }
    }
    return BINDS_PRIMARY;
}

static enum precedence precedence_of(const struct js *node) {
    if (node->kind == JS_ARROW || node->kind == JS_ASSIGN || node->kind == JS_YIELD) {
        return BINDS_ASSIGN;
    }
    if (node->kind == JS_CONDITIONAL) {
        return BINDS_CONDITIONAL;
    }
    if (node->kind == JS_BINARY) {
        return operator_precedence(node->text);
    }
    if (node->kind == JS_UNARY || node->kind == JS_AWAIT) {
        return BINDS_UNARY;
    }
    if (node->kind == JS_LITERAL && node->text.size > 0 && node->text.data[0] == '-') {
        return BINDS_UNARY;
    }
    if (node->kind == JS_CALL || node->kind == JS_MEMBER || node->kind == JS_INDEX || node->kind == JS_NEW) {
        return BINDS_CALL;
    }
    return BINDS_PRIMARY;
}

static bool flat_fits(const struct js_writer *writer, const struct js *node, unsigned reserve) {
    struct js_writer measure = js_writer_measure(writer, reserve);
    js_print_expression(&measure, node, 0);
    return !measure.too_wide;
}

static void print_wrapped(struct js_writer *writer, const struct js *node, bool wrapped, unsigned reserve) {
    if (wrapped) {
        js_write_c(writer, "(");
    }
    js_print_expression(writer, node, wrapped ? reserve + 1 : reserve);
    if (wrapped) {
        js_write_c(writer, ")");
    }
}

/* Prints an operand that must bind at least as tightly as `least`. */
static void print_operand(struct js_writer *writer, const struct js *node, enum precedence least, unsigned reserve) {
    print_wrapped(writer, node, precedence_of(node) < least, reserve);
}

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
    if (!writer->measuring && (broken || !flat_fits(writer, node, reserve))) {
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
    if (!flat_fits(&below, node->a, 1)) {
        return false;
    }
    print_words(writer, node);
    js_print_parameters(writer, &node->list);
    js_write_c(writer, " =>");
    indent_line(writer);
    print_wrapped(writer, node->a, starts_like_statement(node->a), 1);
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
    if (flat_fits(writer, last, reserve + 1) || !print_arrow_below(writer, last)) {
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

static void print_arguments(struct js_writer *writer, const struct js *call, unsigned reserve) {
    const struct js_list *list = &call->list;
    bool lines = prefers_lines(call);
    if (writer->measuring && lines) {
        writer->too_wide = true;
        return;
    }
    struct js_writer measure = js_writer_measure(writer, reserve);
    js_write_c(&measure, "(");
    print_separated(&measure, list->of.items, list->of.count, 0);
    js_write_c(&measure, ")");
    if (writer->measuring || (!measure.too_wide && !lines)) {
        js_write_c(writer, "(");
        print_separated(writer, list->of.items, list->of.count, 0);
        js_write_c(writer, ")");
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
    bool wrapped = precedence_of(callee) < BINDS_CALL || number || callee->kind == JS_FUNCTION;
    print_wrapped(writer, callee, wrapped, 0);
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
    print_wrapped(writer, node->a, precedence_of(node->a) < BINDS_CALL || callee_has_call(node->a), 0);
    print_arguments(writer, node, reserve);
}

static void print_member(struct js_writer *writer, const struct js *node, unsigned reserve) {
    print_callee(writer, node->a);
    js_write_c(writer, (node->flags & JS_IS_OPTIONAL) != 0 ? "?." : ".");
    js_write_mapped(writer, node->text, node->place);
}

static void print_index(struct js_writer *writer, const struct js *node, unsigned reserve) {
    print_callee(writer, node->a);
    js_write_c(writer, (node->flags & JS_IS_OPTIONAL) != 0 ? "?.[" : "[");
    js_print_expression(writer, node->b, reserve + 1);
    js_write_c(writer, "]");
}

/* ---- operators */

static bool mixes_coalesce(const struct js *node, struct str operator) {
    bool coalesce = str_equal(operator, STR("??"));
    if (node->kind != JS_BINARY) {
        return false;
    }
    bool logical = str_equal(node->text, STR("||")) || str_equal(node->text, STR("&&"));
    bool is_coalesce = str_equal(node->text, STR("??"));
    bool operator_logical = str_equal(operator, STR("||")) || str_equal(operator, STR("&&"));
    return (coalesce && logical) || (operator_logical && is_coalesce);
}

static void print_side(struct js_writer *writer, const struct js *side, const struct js *binary, bool left,
                       unsigned reserve) {
    enum precedence precedence = operator_precedence(binary->text);
    bool power = precedence == BINDS_POWER;
    enum precedence least = left != power ? precedence : precedence + 1;
    if (left && power) {
        least = BINDS_CALL; /* `-a ** b` is a syntax error */
    }
    bool awaits = left && side->kind == JS_AWAIT && precedence <= BINDS_AND; /* needless, but easier to read */
    bool mixed = precedence == BINDS_OR && precedence_of(side) == BINDS_AND; /* the same */
    bool wrapped = precedence_of(side) < least || mixes_coalesce(side, binary->text) || awaits || mixed;
    print_wrapped(writer, side, wrapped, reserve);
}

static bool may_break_at(struct str operator) {
    return str_equal(operator, STR("&&")) || str_equal(operator, STR("||")) || str_equal(operator, STR("??")) ||
           str_equal(operator, STR("+"));
}

static void print_binary_tail(struct js_writer *writer, const struct js *node, bool lines, unsigned reserve) {
    if (lines) {
        js_write_line(writer);
    } else {
        js_write_c(writer, " ");
    }
    js_write_mapped(writer, node->text, node->place);
    js_write_c(writer, " ");
    print_side(writer, node->b, node, false, reserve);
}

static bool same_chain(const struct js *node, const struct js *left) {
    return left->kind == JS_BINARY && str_equal(left->text, node->text) && !str_equal(node->text, STR("**"));
}

static void print_binary(struct js_writer *writer, const struct js *node, unsigned reserve) {
    bool lines = !writer->measuring && may_break_at(node->text) && !flat_fits(writer, node, reserve);
    /* A chain of one operator is printed from its left end without recursion over its length. */
    unsigned length = 1;
    const struct js *first = node;
    while (same_chain(node, first->a)) {
        first = first->a;
        length++;
    }
    print_side(writer, first->a, first, true, 0);
    writer->indent += lines;
    for (unsigned i = length; i > 0 && !(writer->measuring && writer->too_wide); i--) {
        const struct js *part = node;
        for (unsigned skip = 1; skip < i; skip++) {
            part = part->a;
        }
        print_binary_tail(writer, part, lines, i == 1 ? reserve : 0);
    }
    writer->indent -= lines;
}

static bool is_word(struct str text) { return text.size > 0 && text.data[0] >= 'a' && text.data[0] <= 'z'; }

static void print_unary(struct js_writer *writer, const struct js *node, unsigned reserve) {
    js_write_mapped(writer, node->text, node->place);
    if (is_word(node->text)) {
        js_write_c(writer, " ");
    }
    bool same = node->a->kind == JS_UNARY || node->a->kind == JS_LITERAL;
    bool minus = str_equal(node->text, STR("-")) && same && precedence_of(node->a) == BINDS_UNARY;
    print_wrapped(writer, node->a, minus || precedence_of(node->a) < BINDS_UNARY, reserve);
}

static void print_conditional(struct js_writer *writer, const struct js *node, unsigned reserve) {
    bool lines = !writer->measuring && !flat_fits(writer, node, reserve);
    print_operand(writer, node->a, BINDS_CONDITIONAL + 1, 0);
    writer->indent += lines;
    for (int branch = 0; branch < 2; branch++) {
        if (lines) {
            js_write_line(writer);
        }
        js_write_c(writer, lines ? (branch == 0 ? "? " : ": ") : (branch == 0 ? " ? " : " : "));
        const struct js *value = branch == 0 ? node->b : node->c;
        print_operand(writer, value, BINDS_ASSIGN, branch == 0 ? 0 : reserve);
    }
    writer->indent -= lines;
}

static void print_assign(struct js_writer *writer, const struct js *node, unsigned reserve) {
    js_print_expression(writer, node->a, 0);
    js_write_c(writer, " ");
    js_write(writer, node->text);
    js_write_c(writer, " ");
    print_operand(writer, node->b, BINDS_ASSIGN, reserve);
}

static void print_await(struct js_writer *writer, const struct js *node, unsigned reserve) {
    js_write_c(writer, "await ");
    print_operand(writer, node->a, BINDS_UNARY, reserve);
}

static void print_yield(struct js_writer *writer, const struct js *node, unsigned reserve) {
    js_write(writer, node->text);
    if (node->a != NULL) {
        js_write_c(writer, " ");
        print_operand(writer, node->a, BINDS_ASSIGN, reserve);
    }
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
    if (choice && !writer->measuring && !flat_fits(writer, value, reserve + 2)) {
        js_write_line(writer);
        writer->indent++;
        js_print_expression(writer, value, reserve);
        writer->indent--;
        return;
    }
    js_write_c(writer, " ");
    print_wrapped(writer, value, choice || starts_like_statement(value), reserve);
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
    js_write_mapped(writer, node->text, node->place);
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
    js_write_mapped(writer, node->text, node->place);
    js_print_parameters(writer, &node->list);
    js_write_c(writer, " ");
    js_print_block(writer, node->a);
}

static void print_method(struct js_writer *writer, const struct js *node, unsigned reserve) {
    js_print_method(writer, node);
}

/* ---- small things */

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
        js_write_mapped(writer, node->text, node->place);
    }
    js_write_c(writer, ": ");
    print_operand(writer, node->b, BINDS_ASSIGN, reserve);
}

static void print_shorthand(struct js_writer *writer, const struct js *node, unsigned reserve) {
    js_print_expression(writer, node->a, 0);
    if (node->b != NULL) {
        js_write_c(writer, " = ");
        print_operand(writer, node->b, BINDS_ASSIGN, reserve);
    }
}

static void print_spread(struct js_writer *writer, const struct js *node, unsigned reserve) {
    js_write_c(writer, "...");
    print_operand(writer, node->a, BINDS_ASSIGN, reserve);
}

typedef void print_kind(struct js_writer *writer, const struct js *node, unsigned reserve);

static print_kind *const printers[JS_KIND_COUNT] = {
    [JS_NAME] = print_text,
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
    [JS_UNARY] = print_unary,
    [JS_BINARY] = print_binary,
    [JS_CONDITIONAL] = print_conditional,
    [JS_ASSIGN] = print_assign,
    [JS_AWAIT] = print_await,
    [JS_YIELD] = print_yield,
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
    print_wrapped(writer, node, starts_like_statement(node), reserve);
}
