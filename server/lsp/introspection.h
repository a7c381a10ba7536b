/* introspection: what the daemon says of itself, as the host tells it; the messages are in PROTOCOL.md. */
#ifndef TOVA_SERVER_LSP_INTROSPECTION_H
#define TOVA_SERVER_LSP_INTROSPECTION_H

#include "parser/base/str.h"
#include "parser/base/vec.h"

#include <stdbool.h>
#include <stdint.h>

enum health { HEALTH_OK, HEALTH_WARNING, HEALTH_ERROR };

struct status {
    enum health health;
    struct str message;  /* why it is not ok, for people; else empty */
    bool quiescent;      /* no file waits to be read */
    int64_t pid;
    uint32_t documents, files, packages;
    uint64_t uptime;     /* milliseconds */
    bool trusted;
    struct str compile_on_save;
};

/* A part of the memory. What its children do not add up to is its own. */
struct memory_part {
    struct str name;
    uint64_t bytes;
    VEC(struct memory_part) children;
};

#endif
