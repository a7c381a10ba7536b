/* repair: where the braces of a text do not pair up, which one is missing or too many, told by the indentation; inside
 * parser/syntax only.
 *
 * A brace too few or too many moves everything behind it one level in or out, and no parser can know better: it reads
 * tokens, and the writer's intention shows in the layout. So only for texts that parse with errors, and only in the part
 * of them whose braces do not pair up, these rules hold:
 *   - A block whose first line is indented by I ends before the next line of code that is indented by I or less and does
 *     not begin with its closer.
 *   - A brace at the beginning of a line closes the block whose first line is indented as it is; what was opened since then
 *     is not closed.
 *   - A brace that fits no block, or behind code ends a block that goes on below, closes nothing. When a line that begins a
 *     block stands right above what it closes, that line lacks its opening brace instead.
 *   - A block in a `match`, or in an object when a comma follows it, that has no head, or one that was cut, gets the rest of
 *     it: a pattern that fits everything, a function.
 * Part means: lines that are indented deeper than the line above them, with that line. Where the braces of a part pair up,
 * the layout is not looked at. A text without indentation has no such repairs. In the whole text these hold:
 *   - A line that is the head of a statement and no more (`fn name(a: Int) ->`, `import`, `guard ready`) ends where it ends when
 *     the next line of code is indented as it is, or less, and does not go on with it.
 *   - A type whose `<` is open at the end of a line (`-> Result<Book`) ends there, under the same condition.
 *   - `Name[]` for a type, `for (const x of xs)`, `for (let i = 0; …)` and `if (a) return b` are what they are in
 *     other languages.
 *   - `style {` of a component in whose markup a tag is open is left out, with all in it.
 *
 * The repairs depend on the bytes of the text alone, so a text has the same ones whatever was typed before. They say nothing
 * about how the text is read with them (view.h).
 */
#ifndef TOVA_PARSER_SYNTAX_REPAIR_H
#define TOVA_PARSER_SYNTAX_REPAIR_H

#include "parser/base/arena.h"
#include "parser/base/str.h"

#include <stdbool.h>
#include <stdint.h>

enum repair_kind {
    REPAIR_CLOSER,       /* a closing bracket is missing here */
    REPAIR_OPENER,       /* an opening brace is missing here, perhaps with the head of an arm or an entry before it */
    REPAIR_STRAY_CLOSER, /* the closing brace here closes nothing */
    REPAIR_STRAY_OPENER, /* the opening brace here opens nothing */
    REPAIR_STRAY_TOKEN,  /* something else here, at the end of a line, cannot stand there */
    REPAIR_COMMENT,      /* a block comment must end here */
    REPAIR_QUOTE,        /* a string must end here */
    REPAIR_END,          /* a statement that is not complete ends here */
    REPAIR_TAG,          /* a tag must end here */
    REPAIR_HABIT,        /* a form of another language, written as the one that is meant; the first of several that belong
                            together has an opener, which is where the form ends */
    REPAIR_BODY,         /* a body has no braces: one here, where it begins or ends; where it begins, opener is its end */
    REPAIR_STYLE,        /* styles that stand behind a tag that is open; no mistake of their own */
};

/* One mended place. Bytes that are removed are read as blanks. */
struct repair {
    enum repair_kind kind;
    uint32_t offset;     /* bytes */
    uint32_t removed;    /* bytes; on one line but for styles and the block of a `switch` */
    struct str inserted; /* in front of offset; borrowed forever */
    uint32_t opener;     /* where what is closed was opened; of a missing opener, where it is closed */
};

/* The repairs of the text in the order of their offsets, in the arena; none when there are more than a reader could believe.
 * Time is linear in the size of the text. */
unsigned repair_find(struct arena *arena, struct str text, struct repair **repairs);

/* Does an end stand, with a name or a block that nobody wrote, for what its statement lacks? */
bool repair_stands_in(const struct repair *repair);

/* Do they mend the same in the same place? */
bool repair_equal(const struct repair *a, const struct repair *b);

#endif
