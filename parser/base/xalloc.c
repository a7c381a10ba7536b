/* xalloc: allocation that cannot fail, because failure ends the process. */
#include "parser/base/xalloc.h"

#include <malloc.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>

static _Noreturn void out_of_memory(void) {
    fputs("tova: out of memory\n", stderr);
    abort();
}

void *xmalloc(size_t size) {
    void *block = malloc(size != 0 ? size : 1);
    if (block == NULL) {
        out_of_memory();
    }
    return block;
}

void *xcalloc(size_t count, size_t size) {
    void *block = count != 0 && size != 0 ? calloc(count, size) : calloc(1, 1);
    if (block == NULL) {
        out_of_memory();
    }
    return block;
}

void *xrealloc(void *block, size_t size) {
    void *moved = realloc(block, size != 0 ? size : 1);
    if (moved == NULL) {
        out_of_memory();
    }
    return moved;
}

enum { KEPT_BYTES = 64 * 1024 * 1024, LARGE_BYTES = 16 * 1024 * 1024 };

void xalloc_keep(void) {
    mallopt(M_TRIM_THRESHOLD, KEPT_BYTES);
    mallopt(M_MMAP_THRESHOLD, LARGE_BYTES);
}

void xalloc_trim(void) { malloc_trim(0); }

void xalloc_usage(size_t *used, size_t *unused) {
#if defined(__GLIBC__) && __GLIBC_PREREQ(2, 33)
    struct mallinfo2 info = mallinfo2();
    *used = info.uordblks + info.hblkhd;
    *unused = info.fordblks;
#else
    *used = *unused = 0;
#endif
}

void *xalloc_pages(size_t size) {
    void *block = mmap(NULL, size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_POPULATE, -1, 0);
    if (block == MAP_FAILED) {
        out_of_memory();
    }
    return block;
}

void xfree_pages(void *block, size_t size) { munmap(block, size); }

size_t xalloc_size(void *block) { return malloc_usable_size(block); }

void xfree(void *block) { free(block); }
