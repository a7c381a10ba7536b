/* report: one error node to one diagnostic; inside parser/syntax only.
 *
 * syntax_errors decides which nodes are mistakes of their own; these functions find the place to point at and the words.
 */
#ifndef TOVA_PARSER_SYNTAX_REPORT_H
#define TOVA_PARSER_SYNTAX_REPORT_H

#include "parser/syntax/node.h"
#include "parser/text/diagnostic.h"

enum { REPORT_SEARCHES = 16 }; /* how many of `searches` are made in one text */

/* The brackets that the last message was about. */
struct report_unclosed {
    unsigned place_in_list; /* one more than the index of the message; 0 before the first one */
    uint32_t line;          /* of the outermost */
    uint32_t end;           /* where their closers are missing */
    struct str openers;     /* from the outside to the inside */
    struct str closers;
};

struct report {
    struct arena *arena;
    const struct syntax_tree *tree;
    struct diagnostic_list *list;
    unsigned searches;    /* for braces by indentation and for tags, each of which may read the whole tree; few are enough */
    unsigned open_braces; /* which errors so far have opened, so that their closers may come later */
    struct report_unclosed unclosed;
    VEC(struct span) silent; /* explained as a whole by one message; nothing else is reported inside */
};

/* Is this NODE_MISSING the closer of its parent? */
bool report_is_closer(const struct syntax_tree *tree, node_id missing);

/* What its parent opens with: `(`, `[`, `{` or `<`. */
char report_opener(const struct syntax_tree *tree, node_id parent);

/* A NODE_MISSING: a closer at the opening, anything else where it is missing. */
void report_missing(struct report *report, node_id missing);
void report_unclosed(struct report *report, node_id missing);
/* The same where an element's tag or closing tag is missing. */
void report_unclosed_tag(struct report *report, node_id missing);

/* A string without its closing quote; `mark` is its NODE_UNTERMINATED. */
void report_unterminated(struct report *report, node_id mark);

/* A NODE_STRAY_BRACE; a NODE_STRAY_TAG. */
void report_stray_brace(struct report *report, node_id stray);
void report_stray_tag(struct report *report, node_id stray);

/* The element around `element` that has no closing tag, while `element` has one with its name; or NODE_NONE. The unclosed
 * one is then reported, at `element`. */
node_id report_robbed(const struct syntax_tree *tree, node_id element);

/* What was mended before the text was parsed; nothing for a missing closer, which is a NODE_MISSING. */
void report_repair(struct report *report, const struct repair *repair);

/* A JSX element whose two names differ. */
void report_mismatch(struct report *report, node_id element);

/* A NODE_ERROR; `at` is it or a node inside it where the trouble begins. */
void report_unexpected(struct report *report, node_id error, node_id at);

/* When the node begins with a word that begins a construct: how that is written. Reported at `span`, or at the word when that
 * is empty; false when there is no such word. */
bool report_shape(struct report *report, node_id node, struct span span);

/* `x: 1 | 2` of a parameter or a field: texts are types, numbers are none. `span` is the token that does not fit. */
bool report_number_type(struct report *report, node_id error, struct span span);

/* When the token at `span` means something in another language, or elsewhere: what to write here. False when not. */
bool report_foreign(struct report *report, struct span span);

/* When the token is `++` or `--`, which a value should follow: what is written for it. False when it is none. */
bool report_increment(struct report *report, struct span token);

/* When the token before offset is an operator: that a value is expected after it. False when it is none. */
bool report_operand(struct report *report, uint32_t offset);

/* ---- habits from other languages, each reported where it parsed as what it means; silent where there is none */

/* Reports one at a span; the rest is for printf. Gives the diagnostic. */
#define REPORT_HABIT(report, span, ...)                                                                                \
    diagnostic_add((report)->arena, (report)->list, DIAGNOSTIC_FOREIGN_HABIT, (span), __VA_ARGS__)

/* A NODE_FOREIGN. */
void report_passed_over(struct report *report, node_id foreign);

/* A NODE_FOREIGN between tags that begins with a brace, as in Svelte: `{#if c}`. */
void report_template_tag(struct report *report, node_id foreign);

/* `{{ value }}` between tags; a text between tags that was meant as the head of a loop. Nothing where it is none. */
void report_double_braces(struct report *report, node_id node);
void report_text_loop(struct report *report, node_id text);

/* An attribute's name as template languages have it: `@click`, `:class`, `on:submit|preventDefault`. False when it is none. */
bool report_template_attribute(struct report *report, node_id name);

/* What a node of the kind in the name may be written like elsewhere: `c ? a : b`, `function f(): T => e`, `function () { }`,
 * `for x of xs`, `catch (e)`, `"name"=`, `\"text\"`, `class A { }`. */
void report_choice(struct report *report, node_id node);
void report_function(struct report *report, node_id node);
void report_function_value(struct report *report, node_id node);
void report_loop(struct report *report, node_id node);
void report_catch(struct report *report, node_id node);
void report_attribute_name(struct report *report, node_id name);
void report_escaped_string(struct report *report, node_id node);
void report_directive(struct report *report, node_id node);

/* `for (let i = 0; i < n; i++) { }`, at `error`. False when it is none. */
bool report_counting_loop(struct report *report, node_id error);

/* `if (a) b(); c()`, at `error`: a condition in parentheses without a block, whose line leaves in doubt what the body is (when it
 * does not, that was mended: report_bare_body). False when it is none. */
bool report_bodiless(struct report *report, node_id error);

/* When `block`, at `error`, is one that stands behind a call: `switch (x) { }`, `constructor(x) { }`, `every(5) { }`. */
bool report_block_behind(struct report *report, node_id error, struct span block);

/* When one of two words side by side is an operator or keyword elsewhere. */
bool report_foreign_word(struct report *report, struct span before, struct span next);

/* The first repair of a form of another language (REPAIR_HABIT); of the others that belong to it nothing is said. */
void report_mended_habit(struct report *report, const struct repair *repair);

/* A body without braces, at the first of its two repairs (REPAIR_BODY); of the other one nothing is said. */
void report_bare_body(struct report *report, const struct repair *repair);

/* Is the finding with this index, of the list in order, only what another one leads to? */
bool report_is_echo(const struct report *report, unsigned index);

/* ---- the text around an error */

/* What the user wrote there. Borrows the text. */
static inline struct str report_text(const struct report *report, struct span span) {
    return text_slice(report->tree->text, span);
}

/* The token of the text that starts at or behind offset and before `end`; empty at `end`. */
struct span report_token(const struct syntax_tree *tree, uint32_t offset, uint32_t end);

/* Does the token begin as a name or keyword does? */
bool report_is_word(const struct syntax_tree *tree, struct span token);

/* The token that ends at or before offset, comments passed over; empty at the start of the file. */
struct span report_token_before(const struct syntax_tree *tree, uint32_t offset);

/* The same before a node's start, sooner found; empty at the start of the file for NODE_NONE. */
struct span report_token_before_node(const struct syntax_tree *tree, node_id node);

/* Where the closer would be written for which a NODE_MISSING stands: behind the token before it. */
uint32_t report_place_of_closer(const struct syntax_tree *tree, node_id missing);

/* How many blanks (bytes) the line that holds offset begins with; is offset the first behind them? */
uint32_t report_indentation(const struct syntax_tree *tree, uint32_t offset);
bool report_starts_line(const struct syntax_tree *tree, uint32_t offset);

/* ---- fixes that say themselves what they do */

/* The fix "`verb` `said`", which puts the replacement in the place of a span. Texts live as long as the report's arena. */
void report_suggest(struct report *report, struct diagnostic *diagnostic, const char *verb, struct str said,
                    struct span span, struct str replacement);

/* "Add `token`", at offset; "Remove" what stands there. */
void report_suggest_insertion(struct report *report, struct diagnostic *diagnostic, uint32_t offset, struct str token);
void report_suggest_removal(struct report *report, struct diagnostic *diagnostic, struct span span);

/* "Write `replacement`" in the place of a span; "Remove" what stands there when it is empty. */
void report_suggest_rewrite(struct report *report, struct diagnostic *diagnostic, struct span span,
                            struct str replacement);

#endif
