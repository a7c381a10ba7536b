/* repairer: the state of repair_find and what its parts share; inside repair*.c only.
 *
 * repair.c finds the parts of a text whose braces do not pair up, repair_braces.c goes over their lines with a stack,
 * repair_lines.c knows what a line with a brace too few or too many was meant to be, repair_rounds.c is for `(` and `[`, repair_heads.c for
 * heads of statements, repair_habits.c for forms of other languages, repair_types.c for types, repair_styles.c for styles behind markup.
 */
#ifndef TOVA_PARSER_SYNTAX_REPAIRER_H
#define TOVA_PARSER_SYNTAX_REPAIRER_H

#include "parser/base/byte.h"
#include "parser/base/narrow.h"
#include "parser/base/vec.h"
#include "parser/syntax/brackets.h"

#include <string.h>

enum { MOST_REPAIRS = 64 };

#define NOT_FOUND UINT32_MAX

struct part {
    unsigned end;   /* the first line behind it */
    bool pairs_up;  /* its braces do */
    int delta, low; /* how much deeper its end is than its beginning, and how much its lowest point */
};

struct opener {
    uint32_t offset;
    unsigned line;
    char byte;
};

struct repairer {
    struct arena *arena;
    struct str text;
    struct brackets brackets;
    struct part *parts; /* of each line */
    VEC(struct opener) open;
    VEC(struct repair) repairs;
};

static inline const struct bracket_line *line_at(const struct repairer *self, unsigned line) {
    return &self->brackets.lines.items[line];
}

static inline unsigned line_count(const struct repairer *self) { return self->brackets.lines.count; }

/* The next line of code behind this one, or the number of lines. */
static inline unsigned next_code(const struct repairer *self, unsigned line) {
    do {
        line++;
    } while (line < line_count(self) && line_at(self, line)->comment);
    return line;
}

/* May a closer at this column be the one of what this line opens? */
static inline bool fits(const struct bracket_line *line, uint32_t column) {
    return line->statement <= column && column <= line->column;
}

/* On a line of its own, since the line before may end with a comment. */
static inline struct str closer_of(char opener) {
    return opener == '(' ? STR("\n)") : opener == '[' ? STR("\n]") : STR("\n}");
}

static inline bool is_opener(char byte) { return byte == '(' || byte == '[' || byte == '{'; }

static inline char opener_of(char closer) { return closer == ')' ? '(' : closer == ']' ? '[' : '{'; }

/* Does nothing when there are too many. */
void repairer_add(struct repairer *self, struct repair repair);
void repairer_add_stray(struct repairer *self, enum repair_kind kind, uint32_t offset);

/* The lines of the parts whose braces do not pair up. */
void repairer_judge_braces(struct repairer *self);

/* The round and square brackets that do not pair up within their braces, where the line shows what they are. The grammar
 * mends all others. */
void repairer_judge_rounds(struct repairer *self);

/* The lines that are heads of statements and not complete, while the next one, no deeper, begins something else. */
void repairer_judge_heads(struct repairer *self);

/* Types whose `<` the line leaves open, while the next one, no deeper, is not theirs; before repairer_judge_rounds. */
void repairer_judge_open_types(struct repairer *self);

/* The type of lists whose brackets stand behind it, the first of them at `offset`; does nothing when they are something else. */
void repairer_judge_list_type(struct repairer *self, uint32_t offset);

/* Types of lists, heads of loops, and bodies without braces, as other languages have them. */
void repairer_judge_habits(struct repairer *self);

/* Styles of a component in whose markup a tag is open: they are left out, since they would be read as text of it. */
void repairer_judge_styles(struct repairer *self);

/* ---- lines with a brace too few or too many (repair_lines.c) */

/* Does the line begin with a word that a block belongs to? */
bool repairer_begins_block(const struct repairer *self, const struct bracket_line *line);

/* Mends an open bracket that has no closer before `line`. */
void repairer_close(struct repairer *self, unsigned line, const struct opener *opener);

/* Mends a line that begins a block and has no brace but for attributes' values, and which the closing brace at `closer` looks
 * as if it belonged to; or one that ends with `{}`, whose closer came too early. False when it is none of them. */
bool repairer_open(struct repairer *self, unsigned head, uint32_t closer);

/* The same of an arm of a `match` or an entry of an object, inside of what `opener` opens, whose body a brace at the beginning
 * of `line` closes: its head is gone, or was cut; and of a `match` whose arms are left. */
bool repairer_open_entry(struct repairer *self, unsigned line, const struct opener *opener);

/* Does the line open a `(` that it does not close? */
bool repairer_leaves_parenthesis(const struct repairer *self, unsigned line);

/* The size of the word behind a stray closer that goes on with what it should have closed, with the blanks before it; of
 * `elif` the `if` may stay. */
uint32_t repairer_clause_behind(const struct repairer *self, uint32_t offset);

#endif
