/* js_writer: the only place that appends to an output: text, line ends, indentation, and what maps to which source.
 *
 * A writer can also measure: it then counts columns, writes nothing, and says whether everything stays within the width
 * on one line. Knows no node.
 */
#ifndef TOVA_CODEGEN_JS_WRITER_H
#define TOVA_CODEGEN_JS_WRITER_H

#include "codegen/js.h"
#include "codegen/source_map.h"
#include "parser/base/strbuf.h"

enum { JS_WIDTH = 104, JS_INDENT = 2 }; /* columns, counted in bytes */

struct js_writer {
    struct strbuf *code;
    struct source_map *map;
    struct arena *arena;  /* of the mappings */
    unsigned indent;      /* levels */
    unsigned column;
    bool line_start;      /* the indentation of the line is still to be written */
    bool measuring, too_wide;
    unsigned width;
};

/* Writes to the end of `code` and `map`, which must outlive the writer. */
void js_writer_init(struct js_writer *writer, struct arena *arena, struct strbuf *code, struct source_map *map);

/* A writer that measures from where `writer` stands, with `reserve` columns kept free at the end of the line. */
struct js_writer js_writer_measure(const struct js_writer *writer, unsigned reserve);

/* Appends text; it may hold line ends, which are kept as they are (template literals). */
void js_write(struct js_writer *writer, struct str text);
/* The same for text without line ends, and for such a C string. */
void js_write_word(struct js_writer *writer, struct str text);
static inline void js_write_c(struct js_writer *writer, const char *text) { js_write_word(writer, str_from_c(text)); }

/* Appends text that comes from `place`, and the same for text without line ends. */
void js_write_mapped(struct js_writer *writer, struct str text, struct js_place place);
void js_write_mapped_word(struct js_writer *writer, struct str text, struct js_place place);

/* Maps the next byte to the start of `place`. */
void js_write_place(struct js_writer *writer, struct js_place place);

/* Ends the line. Two in a row make an empty line. */
void js_write_line(struct js_writer *writer);

#endif
