/* repair_heads: heads of statements that end with their line, while somebody writes them: what they lack is not the next line. */
#include "parser/syntax/repairer.h"

/* A line that such a head is. */
struct head {
    struct str first;    /* its first word; empty: any, or one that is no word */
    struct str last;     /* its end */
    unsigned words;      /* so many and nothing else; 0: any number, but no brace */
    struct str inserted; /* what ends it; `_` is the type or value that is to come */
};

/* The first row that fits holds. */
static const struct head heads[] = {
    {STR_INIT(""), STR_INIT("->"), 0, STR_INIT(" _;")},
    {STR_INIT("computed"), STR_INIT(":"), 0, STR_INIT(" _;")},
    {STR_INIT("state"), STR_INIT(":"), 0, STR_INIT(" _;")},
    {STR_INIT("var"), STR_INIT(":"), 0, STR_INIT(" _;")},
    {STR_INIT("component"), STR_INIT(":"), 0, STR_INIT(" _) {};")},
    {STR_INIT("fn"), STR_INIT(":"), 0, STR_INIT(" _);")},
    {STR_INIT("type"), STR_INIT("="), 0, STR_INIT(" _;")},
    {STR_INIT("for"), STR_INIT(" in"), 0, STR_INIT(" _ {};")},
    {STR_INIT("for"), STR_INIT(""), 2, STR_INIT(" in _ {};")},
    {STR_INIT("route"), STR_INIT(" with"), 0, STR_INIT(" _ => _;")},
    {STR_INIT(""), STR_INIT("=>"), 0, STR_INIT(";")},
    {STR_INIT(""), STR_INIT("@"), 0, STR_INIT(";")},
    {STR_INIT("async"), STR_INIT("async"), 1, STR_INIT(";")},
    {STR_INIT("async"), STR_INIT("fn"), 2, STR_INIT(";")},
    {STR_INIT("await"), STR_INIT("await"), 1, STR_INIT(";")},
    {STR_INIT("fn"), STR_INIT(""), 2, STR_INIT(";")},
    {STR_INIT("for"), STR_INIT("for"), 1, STR_INIT(";")},
    {STR_INIT("guard"), STR_INIT(""), 0, STR_INIT(";")},
    {STR_INIT("if"), STR_INIT("if"), 1, STR_INIT(";")},
    {STR_INIT("import"), STR_INIT("import"), 1, STR_INIT(";")},
    {STR_INIT("match"), STR_INIT(""), 0, STR_INIT(";")},
    {STR_INIT("not"), STR_INIT("not"), 1, STR_INIT(";")},
    {STR_INIT("while"), STR_INIT("while"), 1, STR_INIT(";")},
};

/* `Circle(r) =` in a `match`, on the way to `=>`. */
static const struct head arm = {STR_INIT(""), STR_INIT("="), 0, STR_INIT("> _;")};

enum {
    HEADS = sizeof heads / sizeof *heads,
    MOST_BRACKETS = 1000 /* of the arms above */
};

static struct str word_at(struct str code, size_t at) {
    size_t end = at;
    while (end < code.size && byte_is_word(code.data[end])) {
        end++;
    }
    return str_slice(code, at, end);
}

/* How many words the code is; 0 when it is something else. */
static unsigned words_of(struct str code) {
    unsigned words = 0;
    for (size_t at = 0; at < code.size; at++) {
        bool begins = at == 0 || !byte_is_word(code.data[at - 1]);
        if (!byte_is_word(code.data[at]) && code.data[at] != ' ') {
            return 0;
        }
        words += begins && code.data[at] != ' ';
    }
    return words;
}

/* Does the code end with the parameters of a lambda? */
static bool is_lambda(struct str code) {
    size_t at = code.size;
    int depth = 0;
    while (at > 0 && (depth > 0 || at == code.size)) {
        at--;
        depth += (code.data[at] == ')') - (code.data[at] == '(');
    }
    bool word =
        at >= 2 && str_ends_with(str_slice(code, 0, at), STR("fn")) && (at == 2 || !byte_is_word(code.data[at - 3]));
    return word && str_ends_with(code, STR(")"));
}

static bool ends_with_byte(struct str code, char byte) { return code.size > 0 && code.data[code.size - 1] == byte; }

/* Is the code such a head, wherever it stands? */
static bool is_head(const struct head *head, struct str code, struct str first) {
    bool begins = head->first.size == 0 || str_equal(first, head->first);
    if (!begins || (head->last.size > 0 && !ends_with_byte(code, head->last.data[head->last.size - 1])) ||
        !str_ends_with(code, head->last)) {
        return false;
    }
    return head->words == 0 ? str_find(code, '{', 0) == code.size : words_of(code) == head->words;
}

/* Is it a loop of markup with its key, which ends where its block is to come? */
static bool is_keyed_loop(struct str code, struct str first) {
    if (!ends_with_byte(code, '}') || !str_equal(first, STR("for"))) {
        return false;
    }
    size_t brace = str_find(code, '{', 0);
    return str_ends_with(str_slice(code, 0, brace), STR(" key=")) && str_find(code, '}', brace) + 1 == code.size;
}

/* Does the line stand between the braces of a `match`? */
static bool is_in_match(const struct repairer *self, unsigned line) {
    unsigned first = line_at(self, line)->first_bracket, steps = 0;
    for (int depth = 0; first > 0 && depth <= 0 && steps < MOST_BRACKETS; steps++) {
        const struct bracket *bracket = &self->brackets.list.items[--first];
        depth += is_opener(bracket->byte) ? 1 : -1;
        if (depth > 0) {
            struct str head = str_slice(self->text, line_at(self, bracket->line)->start, bracket->offset);
            size_t at = head.size;
            while (at > 0 && !str_starts_with(str_slice(head, at, head.size), STR("match "))) {
                at--;
            }
            return bracket->byte == '{' && str_starts_with(str_slice(head, at, head.size), STR("match ")) &&
                   (at == 0 || !byte_is_word(head.data[at - 1]));
        }
    }
    return false;
}

/* Is its end that of the parentheses that are open on the line? */
static bool is_in_parentheses(const struct head *head) { return str_find(head->inserted, ')', 0) < head->inserted.size; }

/* Most lines are none, and few are told by more than their ends. */
static const struct head *head_of(const struct repairer *self, unsigned line) {
    static const struct head lambda = {STR_INIT(""), STR_INIT(")"), 0, STR_INIT(";")};
    static const struct head keyed_loop = {STR_INIT("for"), STR_INIT("}"), 0, STR_INIT(" {}")};
    struct str code = str_slice(self->text, line_at(self, line)->start, line_at(self, line)->code_end);
    struct str first = word_at(code, 0);
    for (unsigned i = 0; i < HEADS; i++) {
        if (is_head(&heads[i], code, first) &&
            is_in_parentheses(&heads[i]) == repairer_leaves_parenthesis(self, line)) {
            return &heads[i];
        }
    }
    if (is_keyed_loop(code, first)) {
        return &keyed_loop;
    }
    if (ends_with_byte(code, '=') && !str_ends_with(code, STR("==")) && is_in_match(self, line)) {
        return &arm;
    }
    return ends_with_byte(code, ')') && is_lambda(code) && !repairer_leaves_parenthesis(self, line) ? &lambda
                                                                                                             : NULL;
}

/* Does the line begin something of its own, and not what goes on with a head? */
static bool begins_statement(const struct repairer *self, const struct bracket_line *line) {
    static const struct str clauses[] = {STR_INIT("and"),  STR_INIT("as"),      STR_INIT("catch"), STR_INIT("elif"),
                                         STR_INIT("else"), STR_INIT("finally"), STR_INIT("in"),    STR_INIT("is"),
                                         STR_INIT("or"),   STR_INIT("when")};
    struct str word = word_at(str_slice(self->text, line->start, line->code_end), 0);
    for (size_t i = 0; i < sizeof clauses / sizeof *clauses; i++) {
        if (str_equal(word, clauses[i])) {
            return false;
        }
    }
    return word.size > 0 || self->text.data[line->start] == '<' || self->text.data[line->start] == '@';
}

static bool has_repair_on(const struct repairer *self, const struct bracket_line *line) {
    for (unsigned i = 0; i < self->repairs.count; i++) {
        if (self->repairs.items[i].offset >= line->start && self->repairs.items[i].offset <= line->end) {
            return true;
        }
    }
    return false;
}

void repairer_judge_heads(struct repairer *self) {
    for (unsigned i = 0; i < line_count(self); i++) {
        const struct bracket_line *line = line_at(self, i);
        unsigned next = next_code(self, i);
        if (line->comment || line->in_string || next == line_count(self) ||
            line_at(self, next)->column > line->column) {
            continue;
        }
        const struct head *head = head_of(self, i);
        bool ends =
            head != NULL && line_at(self, next)->closes && (head == &arm || ends_with_byte(head->inserted, '}'));
        if (head != NULL && (ends || begins_statement(self, line_at(self, next))) && !has_repair_on(self, line)) {
            repairer_add(self,
                         (struct repair){.kind = REPAIR_END, .offset = line->code_end, .inserted = head->inserted});
        }
    }
}
