/* printed: what the statements at the top of an output were printed to, so that the next emission takes over the text and the
 * mappings of those that have not changed.
 *
 * A statement is printed again unless its whole tree is the same: what it says, and where that comes from, but for the
 * distance that all of it has moved in its source. So nothing has to be known of why a statement is as it is, and text that is
 * taken over is what the printer would write. Trees are compared by a hash of 64 bits: good enough for what is shown, not for
 * what is written to files.
 */
#ifndef TOVA_CODEGEN_PRINTED_H
#define TOVA_CODEGEN_PRINTED_H

#include "codegen/js_writer.h"
#include "codegen/kept.h"
#include "parser/base/stop.h"

/* A line at the top of an output: a statement with the empty line above it and the comment behind it. */
struct printed {
    uint64_t hash;
    uint32_t code, code_end;       /* bytes of the output */
    uint32_t mapping, mapping_end; /* of its map */
    uint32_t base;                 /* place in the source from which its places are counted, in bytes */
};

struct printed_list {
    VEC(struct printed) of;
};

/* An output that was printed before. */
struct printed_output {
    const struct printed_list *list;
    struct str code;
    const struct source_map *map;
};

/* Does what js_print_statements() does at the top of an output, and appends to `printed`, in the writer's arena. Mappings that
 * are taken over have their names from `before`. The runs, in the order of the statements, get their lines. False when it was
 * stopped: what it has written is then of no use. */
bool printed_write(struct js_writer *writer, const struct js_list *statements, const struct printed_output *before,
                   struct printed_list *printed, struct kept_runs *runs, const struct stop *stop);

#endif
