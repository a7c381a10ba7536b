/* allocator: the memory of the library, watched for what it cannot count; inside parser/syntax only.
 *
 * Version 0.20.7, that of Debian 12, keeps the number of a node's children in 16 bits and, with more of them, frees what was
 * never allocated. A node's children are what was on the parse stack, or what an error node had before. So a parse is stopped
 * when its stack holds more than STACK_ENTRIES, or when one array of the library would hold more than ARRAY_ENTRIES: both
 * together are fewer than 65,536. The library tells neither, but both show in what it allocates. Nobody writes such a text:
 * it nests ten thousand deep or has tens of thousands of mistakes or of comments in a row.
 */
#ifndef TOVA_PARSER_SYNTAX_ALLOCATOR_H
#define TOVA_PARSER_SYNTAX_ALLOCATOR_H

#include <stddef.h>
#include <stdint.h>

/* One parse on one thread. */
struct allocator_watch {
    size_t stop; /* not 0 once the parse must end; the library's cancellation flag */
    int64_t stack_entries;
};

/* Makes the library allocate here. Before there is a second thread; again is harmless. */
void allocator_install(void);

/* Begins to watch what this thread allocates; NULL ends it. */
void allocator_watch(struct allocator_watch *watch);

#endif
