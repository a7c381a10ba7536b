/* embed: a program of the build. Writes the texts of the runtime's files, in the order of modules.def, as a C header of
 * plain character constants, so that any C17 compiler takes it: embed OUTPUT DEPFILE MODULES_DEF FOLDER */
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

static void embed_file(FILE *out, int index, const char *path) {
    FILE *in = open_file(path, "rb");
    unsigned long size = 0;
    fprintf(out, "static const char runtime_text_%d[] = {", index);
    for (int byte = fgetc(in); byte != EOF; byte = fgetc(in)) {
        fprintf(out, "%s'\\x%02x',", size % 16 == 0 ? "\n" : "", (unsigned)byte);
        size++;
    }
    fprintf(out, "0};\nenum { RUNTIME_SIZE_%d = %lu };\n", index, size);
    fclose(in);
}

/* The file name in RUNTIME_MODULE(ID, "file.js", …); NULL when the line has none. */
static char *module_file(char *line) {
    if (strncmp(line, "RUNTIME_MODULE(", 15) != 0) {
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
    if (count != 5) {
        fputs("usage: embed OUTPUT DEPFILE MODULES_DEF FOLDER\n", stderr);
        return 2;
    }
    FILE *out = open_file(arguments[1], "wb");
    FILE *depends = open_file(arguments[2], "wb");
    FILE *modules = open_file(arguments[3], "rb");
    fprintf(depends, "%s: %s", arguments[1], arguments[3]);
    char line[LINE];
    char path[PATH];
    int files = 0;
    while (fgets(line, sizeof line, modules) != NULL) {
        const char *file = module_file(line);
        if (file != NULL) {
            snprintf(path, sizeof path, "%s/%s", arguments[4], file);
            embed_file(out, files++, path);
            fprintf(depends, " %s", path);
        }
    }
    fclose(modules);
    fputs("static const struct str runtime_texts[] = {\n", out);
    for (int i = 0; i < files; i++) {
        fprintf(out, "    {runtime_text_%d, RUNTIME_SIZE_%d},\n", i, i);
    }
    fputs("};\n", out);
    fputs("\n", depends);
    close_file(depends, arguments[2]);
    close_file(out, arguments[1]);
    return 0;
}
