/* js_print_operators: operators, their precedence, and where parentheses and line ends go. */
#include "codegen/js_print_operators.h"

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
    char first = text.size == 0 ? '\0' : text.data[0];
    for (size_t i = 0; i < sizeof operators / sizeof *operators; i++) {
        if (operators[i].text.data[0] == first && str_equal(operators[i].text, text)) {
            return operators[i].precedence;
        }
    }
    return BINDS_PRIMARY;
}

enum precedence js_precedence(const struct js *node) {
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

bool js_print_fits(const struct js_writer *writer, const struct js *node, unsigned reserve) {
    struct js_writer measure = js_writer_measure(writer, reserve);
    js_print_expression(&measure, node, 0);
    return !measure.too_wide;
}

void js_print_wrapped(struct js_writer *writer, const struct js *node, bool wrapped, unsigned reserve) {
    if (wrapped) {
        js_write_c(writer, "(");
    }
    js_print_expression(writer, node, wrapped ? reserve + 1 : reserve);
    if (wrapped) {
        js_write_c(writer, ")");
    }
}

void js_print_operand(struct js_writer *writer, const struct js *node, enum precedence least, unsigned reserve) {
    js_print_wrapped(writer, node, js_precedence(node) < least, reserve);
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

/* Does a side of an operator stand in parentheses? */
static bool is_wrapped(const struct js *side, struct str operator, enum precedence precedence, bool left) {
    bool power = precedence == BINDS_POWER;
    enum precedence least = left != power ? precedence : precedence + 1;
    if (left && power) {
        least = BINDS_CALL; /* `-a ** b` is a syntax error */
    }
    bool awaits = left && side->kind == JS_AWAIT && precedence <= BINDS_AND; /* needless, but easier to read */
    enum precedence own = js_precedence(side);
    bool mixed = precedence == BINDS_OR && own == BINDS_AND; /* the same */
    return own < least || mixes_coalesce(side, operator) || awaits || mixed;
}

static bool may_break_at(struct str operator) {
    return str_equal(operator, STR("&&")) || str_equal(operator, STR("||")) || str_equal(operator, STR("??")) ||
           str_equal(operator, STR("+"));
}

static void print_binary_tail(struct js_writer *writer, const struct js *node, enum precedence precedence, bool lines,
                              unsigned reserve) {
    if (lines) {
        js_write_line(writer);
    } else {
        js_write_c(writer, " ");
    }
    js_write_mapped_word(writer, node->text, node->place);
    js_write_c(writer, " ");
    js_print_wrapped(writer, node->b, is_wrapped(node->b, node->text, precedence, false), reserve);
}

static bool same_chain(const struct js *node, const struct js *left) {
    return left->kind == JS_BINARY && str_equal(left->text, node->text) && !str_equal(node->text, STR("**"));
}

void js_print_binary(struct js_writer *writer, const struct js *node, unsigned reserve) {
    bool lines = !writer->measuring && may_break_at(node->text) && !js_print_fits(writer, node, reserve);
    /* A chain of one operator is printed from its left end without recursion over its length. */
    unsigned length = 1;
    const struct js *first = node;
    while (same_chain(node, first->a)) {
        first = first->a;
        length++;
    }
    enum precedence precedence = operator_precedence(node->text); /* of the whole chain */
    js_print_wrapped(writer, first->a, is_wrapped(first->a, first->text, precedence, true), 0);
    writer->indent += lines;
    for (unsigned i = length; i > 0 && !(writer->measuring && writer->too_wide); i--) {
        const struct js *part = node;
        for (unsigned skip = 1; skip < i; skip++) {
            part = part->a;
        }
        print_binary_tail(writer, part, precedence, lines, i == 1 ? reserve : 0);
    }
    writer->indent -= lines;
}

static bool is_word(struct str text) { return text.size > 0 && text.data[0] >= 'a' && text.data[0] <= 'z'; }

void js_print_unary(struct js_writer *writer, const struct js *node, unsigned reserve) {
    js_write_mapped_word(writer, node->text, node->place);
    if (is_word(node->text)) {
        js_write_c(writer, " ");
    }
    bool same = node->a->kind == JS_UNARY || node->a->kind == JS_LITERAL;
    bool sign = str_equal(node->text, STR("-")) || str_equal(node->text, STR("+"));
    bool doubled = sign && same && js_precedence(node->a) == BINDS_UNARY;
    js_print_wrapped(writer, node->a, doubled || js_precedence(node->a) < BINDS_UNARY, reserve);
}

void js_print_conditional(struct js_writer *writer, const struct js *node, unsigned reserve) {
    bool lines = !writer->measuring && !js_print_fits(writer, node, reserve);
    js_print_operand(writer, node->a, BINDS_CONDITIONAL + 1, 0);
    writer->indent += lines;
    for (int branch = 0; branch < 2; branch++) {
        if (lines) {
            js_write_line(writer);
        }
        js_write_c(writer, lines ? (branch == 0 ? "? " : ": ") : (branch == 0 ? " ? " : " : "));
        const struct js *value = branch == 0 ? node->b : node->c;
        js_print_operand(writer, value, BINDS_ASSIGN, branch == 0 ? 0 : reserve);
    }
    writer->indent -= lines;
}

void js_print_assign(struct js_writer *writer, const struct js *node, unsigned reserve) {
    js_print_expression(writer, node->a, 0);
    js_write_c(writer, " ");
    js_write_word(writer, node->text);
    js_write_c(writer, " ");
    js_print_operand(writer, node->b, BINDS_ASSIGN, reserve);
}

void js_print_await(struct js_writer *writer, const struct js *node, unsigned reserve) {
    js_write_c(writer, "await ");
    js_print_operand(writer, node->a, BINDS_UNARY, reserve);
}

void js_print_yield(struct js_writer *writer, const struct js *node, unsigned reserve) {
    js_write_word(writer, node->text);
    if (node->a != NULL) {
        js_write_c(writer, " ");
        js_print_operand(writer, node->a, BINDS_ASSIGN, reserve);
    }
}
