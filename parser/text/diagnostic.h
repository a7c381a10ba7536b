/* diagnostic: something to tell the user about a place in a text; and the registry of all that can be told.
 *
 * Every diagnostic has a stable code from diagnostic_codes.def; a code keeps its meaning forever. Messages are whole
 * sentences for people: what, why, what to do. A diagnostic is data: who shows it decides how.
 */
#ifndef TOVA_PARSER_TEXT_DIAGNOSTIC_H
#define TOVA_PARSER_TEXT_DIAGNOSTIC_H

#include "parser/base/arena.h"
#include "parser/base/vec.h"
#include "parser/text/span.h"

enum diagnostic_severity {
    SEVERITY_ERROR = 1,
    SEVERITY_WARNING,
    SEVERITY_INFORMATION,
    SEVERITY_HINT
}; /* LSP's numbers */

enum diagnostic_code {
#define DIAGNOSTIC(id, name, severity, title) DIAGNOSTIC_##id,
#include "parser/text/diagnostic_codes.def"
    DIAGNOSTIC_CODE_COUNT
};

enum diagnostic_tag { DIAGNOSTIC_TAG_UNNECESSARY = 1, DIAGNOSTIC_TAG_DEPRECATED = 2 }; /* LSP's numbers */

/* Another place that explains a diagnostic. `path` is the file's absolute path; empty means the same file. */
struct diagnostic_related {
    struct str path;
    struct span span;
    struct str message;
};

/* A replacement that would mend it: the text of `span` becomes `replacement`. Empty title means there is none. One that is
 * certain can mean nothing else, and may be applied together with others, unseen. */
struct diagnostic_fix {
    struct str title;
    struct span span;
    struct str replacement;
    bool is_certain;
};

struct diagnostic {
    enum diagnostic_code code;
    enum diagnostic_severity severity;
    struct span span;
    struct str message;
    struct diagnostic_related related; /* message empty when there is none */
    struct diagnostic_fix fix;
    unsigned tags; /* enum diagnostic_tag as bits 1 << tag */
};

struct diagnostic_list {
    VEC(struct diagnostic) list;
};

/* Adds a diagnostic with its code's severity and a message by format (copied into the arena); returns it so that related
 * places and a fix can be set before the next one is added. Beyond LIMIT_DIAGNOSTICS a scratch one is returned. */
struct diagnostic *diagnostic_add(struct arena *arena, struct diagnostic_list *list, enum diagnostic_code code,
                                  struct span span, const char *format, ...) __attribute__((format(printf, 5, 6)));

/* A copy in the arena that borrows nothing. */
struct diagnostic_list diagnostic_list_copy(struct arena *arena, const struct diagnostic_list *list);

/* The stable name ("E101") and the one-line title of a code; both borrowed forever. */
struct str diagnostic_code_name(enum diagnostic_code code);
struct str diagnostic_code_title(enum diagnostic_code code);

/* Its severity wherever it is reported. */
enum diagnostic_severity diagnostic_code_severity(enum diagnostic_code code);

/* Is it about syntax alone (E0xx)? Then the tree at its place is not what the user means. */
bool diagnostic_is_syntax(enum diagnostic_code code);
/* Is it about a value of another type than is declared, so that `--strict` makes it an error? A Float where an Int is declared is
 * a warning even then. */
bool diagnostic_is_type(enum diagnostic_code code);

/* May `tova-ignore` silence it? Not what keeps an output from being written, whatever one thinks of it. */
bool diagnostic_is_silenceable(enum diagnostic_code code);

/* "error", "warning", "information", "hint". */
struct str diagnostic_severity_name(enum diagnostic_severity severity);

/* Sorts by start, then end, then code; stable. */
void diagnostic_sort(struct diagnostic_list *list);

#endif
