/* limits: every bound on what input from outside may cost, in one place. */
#ifndef TOVA_PARSER_BASE_LIMITS_H
#define TOVA_PARSER_BASE_LIMITS_H

enum {
    LIMIT_FILE_BYTES = 64 * 1024 * 1024,     /* a source file; larger ones are reported and left alone */
    LIMIT_MESSAGE_BYTES = 256 * 1024 * 1024, /* one protocol message */
    LIMIT_HEADER_BYTES = 8 * 1024,           /* the header lines of one protocol message */
    LIMIT_OUTPUT_BYTES = 256 * 1024 * 1024,  /* one emitted file */
    LIMIT_SYNTAX_DEPTH = 1000,               /* nesting that analysis and emission follow */
    LIMIT_FOLDER_DEPTH = 64,                 /* folders below the workspace root */
    LIMIT_FILES = 100000,                    /* source files of a workspace */
    LIMIT_DIAGNOSTICS = 1000,                /* diagnostics shown for one file */
};

#endif
