/* xalloc: the only caller of malloc, realloc, free and mmap.
 *
 * Out of memory ends the process with a message: an editor restarts its daemon, and no half-built state is ever seen.
 * Sizes that come from outside are checked against limits.h before they get here.
 */
#ifndef TOVA_PARSER_BASE_XALLOC_H
#define TOVA_PARSER_BASE_XALLOC_H

#include <stddef.h>

/* size bytes, not initialised; never NULL, also for size 0. Caller releases with xfree. */
void *xmalloc(size_t size);

/* count * size zeroed bytes; never NULL. Overflow of the product ends the process. */
void *xcalloc(size_t count, size_t size);

/* Grows or shrinks a block of xmalloc; NULL makes a new one. */
void *xrealloc(void *block, size_t size);

/* The bytes that a block has room for: those asked for, or a few more. */
size_t xalloc_size(void *block);

/* Releases a block; NULL is allowed. */
void xfree(void *block);

/* size zeroed bytes in whole pages, which are had all at once and not one by one as each is first written to: for what is filled to
 * its end. Given back to the system by xfree_pages with the same size. */
void *xalloc_pages(size_t size);
void xfree_pages(void *block, size_t size);

/* Bytes in blocks that are in use, and bytes that are free and not given back; both 0 where the C library does not say. */
void xalloc_usage(size_t *used, size_t *unused);

/* Keeps what is freed from now on, up to 64 MiB, for what is allocated next: for a process that makes and throws away the same
 * megabytes again and again. xalloc_trim() gives it back all the same. */
void xalloc_keep(void);

/* Gives the system back what is free. Takes milliseconds, and what is needed again has to be had again: for when nobody is
 * waiting. */
void xalloc_trim(void);

#endif
