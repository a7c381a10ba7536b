/* embed: a program of the build. Writes the texts of the files that a .def table names, in its order, as a C header of plain
 * character constants, so that any C17 compiler takes it: embed OUTPUT DEPFILE NAME DEF MACRO FOLDER SUFFIX. A row is
 * MACRO(ID, "file", …), its file FOLDER/file with SUFFIX behind it; the header's array is NAME_texts. A file that is not
 * there is an empty text. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { LINE = 1024, PATH = 4096 };

static void fail(const char *what, const char *path) {
    fprintf(stderr, "embed: cannot %s %s\n", what, path);
    exit(1);
}

static FILE *open_file(const char *path, const char *mode) {
    FILE *file = fopen(path, mode);
    if (file == NULL) {
        fail(mode[0] == 'r' ? "read" : "write", path);
    }
    return file;
}

static void close_file(FILE *file, const char *path) {
    if (fclose(file) != 0) {
        fail("write", path);
    }
}

static void embed_file(FILE *out, const char *name, int index, const char *path) {
    FILE *in = fopen(path, "rb");
    unsigned long size = 0;
    fprintf(out, "static const char %s_text_%d[] = {", name, index);
    for (int byte = in == NULL ? EOF : fgetc(in); byte != EOF; byte = fgetc(in)) {
        fprintf(out, "%s'\\x%02x',", size % 16 == 0 ? "\n" : "", (unsigned)byte);
        size++;
    }
    fprintf(out, "0};\nenum { %s_size_%d = %lu };\n", name, index, size);
    if (in != NULL) {
        fclose(in);
    }
}

/* The first text in MACRO(ID, "file", …); NULL when the line is no such row. */
static char *row_file(char *line, const char *macro) {
    size_t size = strlen(macro);
    if (strncmp(line, macro, size) != 0 || line[size] != '(') {
        return NULL;
    }
    char *start = strchr(line, '"');
    char *end = start == NULL ? NULL : strchr(start + 1, '"');
    if (end == NULL) {
        return NULL;
    }
    *end = '\0';
    return start + 1;
}

int main(int count, char **arguments) {
    if (count != 8) {
        fputs("usage: embed OUTPUT DEPFILE NAME DEF MACRO FOLDER SUFFIX\n", stderr);
        return 2;
    }
    const char *name = arguments[3];
    FILE *out = open_file(arguments[1], "wb");
    FILE *depends = open_file(arguments[2], "wb");
    FILE *rows = open_file(arguments[4], "rb");
    fprintf(depends, "%s: %s", arguments[1], arguments[4]);
    char line[LINE];
    char path[PATH];
    int files = 0;
    while (fgets(line, sizeof line, rows) != NULL) {
        const char *file = row_file(line, arguments[5]);
        if (file != NULL) {
            snprintf(path, sizeof path, "%s/%s%s", arguments[6], file, arguments[7]);
            embed_file(out, name, files++, path);
            fprintf(depends, " %s", path);
        }
    }
    fclose(rows);
    fprintf(out, "static const struct str %s_texts[] = {\n", name);
    for (int i = 0; i < files; i++) {
        fprintf(out, "    {%s_text_%d, %s_size_%d},\n", name, i, name, i);
    }
    fputs("};\n", out);
    fputs("\n", depends);
    close_file(depends, arguments[2]);
    close_file(out, arguments[1]);
    return 0;
}
