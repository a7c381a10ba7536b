/* The temporary copy of an example, and its buffers. */
#include "server/commands/demo_files.h"

#include "parser/base/path.h"
#include "parser/text/uri.h"
#include "server/commands/command.h"
#include "server/replace.h"
#include "server/scan.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* ---- the copy */

static bool has_sources(struct arena *arena, struct str folder) { return scan_package(arena, folder).list.count > 0; }

bool demo_files_find(struct arena *arena, struct str program, struct str name, struct str *folder) {
    const char *named = getenv("TOVA_EXAMPLES");
    struct str built = path_parent(arena, path_parent(arena, path_parent(arena, program)));
    struct str candidates[] = {
        scan_absolute(arena, str_from_c(named != NULL && named[0] != '\0' ? named : "examples")),
        path_join(arena, built, STR("examples")),
        scan_absolute(arena, STR("examples")),
    };
    for (size_t i = 0; i < sizeof candidates / sizeof candidates[0]; i++) {
        *folder = path_join(arena, candidates[i], name);
        if (has_sources(arena, *folder)) {
            return true;
        }
    }
    command_failed("the example %.*s is not found: neither in %.*s nor in %.*s.\n"
                   "  Set TOVA_EXAMPLES to the folder `examples` of tova's repository.",
                   STR_ARGUMENTS(name), STR_ARGUMENTS(candidates[0]), STR_ARGUMENTS(candidates[1]));
    return false;
}

static bool write_text(const char *path, struct str text) {
    FILE *stream = fopen(path, "we");
    if (stream == NULL) {
        return false;
    }
    bool written = fwrite(text.data, 1, text.size, stream) == text.size;
    return fclose(stream) == 0 && written;
}

static bool copy_file(struct arena *arena, struct str from, struct str into) {
    struct text *text;
    if (scan_read_file(from, &text) != SCAN_READ) {
        return false;
    }
    bool copied = write_text(path_join(arena, into, path_name(from)).data, text_str(text));
    text_unref(text);
    return copied;
}

bool demo_files_copy(struct arena *arena, struct str folder, struct str *temporary) {
    const char *parent = getenv("TMPDIR");
    struct str pattern = path_join(arena, scan_absolute(arena, str_from_c(parent != NULL && *parent ? parent : "/tmp")),
                                   STR("tova-demo-XXXXXX"));
    char *path = arena_array(arena, char, pattern.size + 1);
    memcpy(path, pattern.data, pattern.size);
    if (mkdtemp(path) == NULL) {
        command_failed("no temporary folder can be made at %.*s: %s", STR_ARGUMENTS(pattern), strerror(errno));
        return false;
    }
    *temporary = (struct str){path, pattern.size};
    struct str into = path_join(arena, *temporary, path_name(folder));
    bool copied = mkdir(into.data, 0777) == 0;
    struct scan_files files = scan_package(arena, folder);
    for (unsigned i = 0; i < files.list.count && copied; i++) {
        copied = copy_file(arena, files.list.items[i], into);
    }
    if (!copied) {
        command_failed("%.*s cannot be copied to %s: %s", STR_ARGUMENTS(folder), path, strerror(errno));
        demo_files_remove(*temporary);
    }
    return copied;
}

void demo_files_remove(struct str temporary) { replace_remove(temporary); }

/* ---- buffers */

bool demo_file_read(struct demo_file *file, struct arena *arena, struct str folder, struct str name) {
    *file = (struct demo_file){.name = name, .version = 1};
    file->path = path_join(arena, folder, name);
    file->uri = uri_from_path(arena, file->path);
    return scan_read_file(file->path, &file->text) == SCAN_READ;
}

void demo_file_finish(struct demo_file *file) {
    text_unref(file->text);
    file->text = NULL;
}

bool demo_file_find(const struct demo_file *file, struct str part, struct span *span) {
    struct str text = text_str(file->text);
    const char *found = memmem(text.data, text.size, part.data, part.size);
    if (found == NULL) {
        return false;
    }
    uint32_t start = (uint32_t)(found - text.data);
    *span = (struct span){start, start + (uint32_t)part.size};
    return true;
}

struct position demo_file_position(const struct demo_file *file, uint32_t offset) {
    return position_of(file->text, offset, POSITION_UTF16);
}

bool demo_file_edit(struct demo_file *file, struct client *client, struct str part, struct str replacement) {
    struct span span;
    if (!demo_file_find(file, part, &span)) {
        return false;
    }
    client_change(client, file->uri, ++file->version, range_of(file->text, span, POSITION_UTF16), replacement);
    struct text *text = text_replace(file->text, span, replacement);
    text_unref(file->text);
    file->text = text;
    return true;
}

bool demo_file_save(const struct demo_file *file, struct client *client) {
    if (!write_text(file->path.data, text_str(file->text))) {
        return false;
    }
    client_save(client, file->uri, text_str(file->text));
    return true;
}
