/* signature_text: the parts of a signature as people write it: "fn pad(text: String, width: Int = 0) -> String", "type User { id:
 * Int }", "Circle(radius: Float)", "PI: Float". The tables of builtins and the summaries say signatures in this form.
 *
 * All slices borrow the signature, so that a part's place in it is known.
 */
#ifndef TOVA_ANALYSIS_SIGNATURE_TEXT_H
#define TOVA_ANALYSIS_SIGNATURE_TEXT_H

#include "parser/base/str.h"

struct signature_parameter {
    struct str whole; /* "width: Int = 0" */
    struct str name;  /* of a pattern its text: "{ a, b }" */
    struct str type;  /* as written, or empty */
    struct str value; /* the default, or empty */
    bool rest;
    bool optional; /* may be left out: a default, `?`, or the rest of the arguments */
};

/* Is the byte a part of a name in a signature? */
bool signature_is_name_byte(char byte);

/* The text between the parentheses, or between the braces of a record; false when the signature has none. */
bool signature_list(struct str signature, struct str *list);

/* The next parameter of a list at `*at` (bytes), which is moved; false behind the last. */
bool signature_next(struct str list, size_t *at, struct signature_parameter *parameter);

/* What stands behind the arrow; of "PI: Float" what stands behind the colon; empty where nothing is said. */
struct str signature_result(struct str signature);

/* The type variables that a signature declares: "T, U: Ord" of "fn pair<T, U: Ord>(a: T, b: U)"; empty without any. */
struct str signature_variables(struct str signature);

/* What an alias stands for: "[String]" of "type Names = [String]"; empty for other signatures. */
struct str signature_alias(struct str signature);

/* In the words of a type the first `|` or `->` outside of brackets, or the end. */
size_t signature_operator(struct str type);

/* The end of the part at `at`: the next comma or closing bracket outside of brackets and texts, or the end. */
size_t signature_part_end(struct str text, size_t at);

#endif
