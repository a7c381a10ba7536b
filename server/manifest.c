/* manifest: its lines, the comparison with the disk, and the outputs that are left over. */
#include "server/manifest.h"

#include "parser/base/limits.h"
#include "parser/base/path.h"
#include "parser/base/strbuf.h"
#include "parser/text/text.h"

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#define MANIFEST_NAME STR(".manifest")
#define MANIFEST_HEAD "tova-manifest 1 "

/* Times within this of now may belong to a file that changes once more without a new time. */
enum { SETTLED_NANOSECONDS = 50 * 1000 * 1000 };

static int64_t nanoseconds(struct timespec time) { return (int64_t)time.tv_sec * 1000000000 + time.tv_nsec; }

/* Which program this is: another build of it may emit something else. */
static struct str tool_identity(struct arena *arena) {
    struct stat status;
    if (stat("/proc/self/exe", &status) != 0) {
        return STR("unknown");
    }
    return arena_printf(arena, "%lld-%lld", (long long)status.st_size, (long long)nanoseconds(status.st_mtim));
}

/* ---- reading */

struct lines {
    struct str rest;
};

static bool next_line(struct lines *lines, struct str *line) {
    if (lines->rest.size == 0) {
        return false;
    }
    size_t end = str_find(lines->rest, '\n', 0);
    *line = str_slice(lines->rest, 0, end);
    lines->rest = str_slice(lines->rest, end + 1, lines->rest.size);
    return true;
}

static bool take_number(struct str *line, int base, uint64_t *number) {
    char *end;
    char digits[32];
    size_t size = str_find(*line, ' ', 0);
    if (size == 0 || size >= sizeof digits || size == line->size) {
        return false;
    }
    memcpy(digits, line->data, size);
    digits[size] = '\0';
    *number = strtoull(digits, &end, base);
    *line = str_slice(*line, size + 1, line->size);
    return *end == '\0';
}

/* A path that stays below the folder that it is joined to. */
static bool is_inside(struct arena *arena, struct str path) {
    return path.size > 0 && path.data[0] != '/' && !str_starts_with(path, STR("..")) &&
           str_equal(path_normalise(arena, path), path);
}

static bool read_file(struct arena *arena, struct str line, struct manifest_file *file) {
    uint64_t modified;
    if (!take_number(&line, 10, &file->size) || !take_number(&line, 10, &modified) ||
        !take_number(&line, 16, &file->hash) || !is_inside(arena, line)) {
        return false;
    }
    file->modified = (int64_t)modified;
    file->path = line;
    return true;
}

static bool read_line(struct arena *arena, struct str line, struct manifest *manifest) {
    struct manifest_file file;
    struct str rest = str_slice(line, 2, line.size);
    bool is_unit = str_starts_with(line, STR("u ")) || str_starts_with(line, STR("U "));
    if (is_unit) {
        vec_push(arena, &manifest->units, (struct manifest_unit){.key = rest, .clean = line.data[0] == 'U'});
        return true;
    }
    bool is_input = str_starts_with(line, STR("i "));
    if (manifest->units.count == 0 || (!is_input && !str_starts_with(line, STR("o "))) ||
        !read_file(arena, rest, &file)) {
        return false;
    }
    struct manifest_unit *unit = &manifest->units.items[manifest->units.count - 1];
    if (is_input) {
        vec_push(arena, &unit->inputs, file);
    } else {
        vec_push(arena, &unit->outputs, file);
    }
    return true;
}

bool manifest_read(struct arena *arena, struct str top, struct manifest *manifest) {
    struct text *text;
    *manifest = (struct manifest){.root = {0}};
    if (scan_read_file(path_join(arena, top, MANIFEST_NAME), &text) != SCAN_READ) {
        return false;
    }
    struct lines lines = {arena_str(arena, text_str(text))};
    text_unref(text);
    struct str line;
    struct str head = arena_concat(arena, STR(MANIFEST_HEAD), tool_identity(arena));
    bool good = next_line(&lines, &line) && str_equal(line, head) && next_line(&lines, &manifest->root);
    while (good && next_line(&lines, &line)) {
        good = read_line(arena, line, manifest);
    }
    return good;
}

/* ---- comparing */

static bool is_same(struct arena *arena, struct str folder, const struct manifest_file *file) {
    struct stat status;
    return stat(path_join(arena, folder, file->path).data, &status) == 0 && S_ISREG(status.st_mode) &&
           (uint64_t)status.st_size == file->size && nanoseconds(status.st_mtim) == file->modified;
}

static int compare_paths(const void *left, const void *right) {
    const struct str *a = left, *b = right;
    return str_compare(*a, *b);
}

bool manifest_is_current(struct arena *arena, const struct manifest *manifest, struct str top,
                         const struct scan_files *sources) {
    VEC(struct str) inputs = {0};
    for (unsigned i = 0; i < manifest->units.count; i++) {
        const struct manifest_unit *unit = &manifest->units.items[i];
        bool same = unit->clean;
        for (unsigned k = 0; same && k < unit->inputs.count; k++) {
            same = is_same(arena, manifest->root, &unit->inputs.items[k]);
            vec_push(arena, &inputs, path_join(arena, manifest->root, unit->inputs.items[k].path));
        }
        for (unsigned k = 0; same && k < unit->outputs.count; k++) {
            same = is_same(arena, top, &unit->outputs.items[k]);
        }
        if (!same) {
            return false;
        }
    }
    if (inputs.count > 1) {
        qsort(inputs.items, inputs.count, sizeof *inputs.items, compare_paths);
    }
    for (unsigned i = 0; i < sources->list.count; i++) {
        if (inputs.count == 0 ||
            bsearch(&sources->list.items[i], inputs.items, inputs.count, sizeof *inputs.items, compare_paths) == NULL) {
            return false;
        }
    }
    return true;
}

unsigned manifest_output_count(const struct manifest *manifest) {
    unsigned count = 0;
    for (unsigned i = 0; i < manifest->units.count; i++) {
        count += manifest->units.items[i].outputs.count;
    }
    return count;
}

/* ---- recording */

static struct str key_of(struct arena *arena, const struct project_unit *unit) {
    return path_join(arena, unit->place.below, unit->base);
}

static void add_inputs(struct arena *arena, const struct project_unit *unit, struct manifest_unit *entry) {
    struct timespec now;
    clock_gettime(CLOCK_REALTIME, &now);
    for (uint32_t i = 0; i < unit->file_count; i++) {
        const struct project_file *file = &unit->files[i];
        bool settled = nanoseconds(now) - nanoseconds(file->status.modified) > SETTLED_NANOSECONDS;
        struct manifest_file input = {.path = path_relative(arena, unit->place.root, file->path),
                                      .size = file->status.size,
                                      .modified = settled ? nanoseconds(file->status.modified) : 0,
                                      .hash = file->hash};
        vec_push(arena, &entry->inputs, input);
    }
}

static void add_outputs(struct arena *arena, const struct project_unit *unit, const struct output_report *report,
                        struct manifest_unit *entry) {
    for (unsigned i = 0; i < report->files.count; i++) {
        const struct output_file *file = &report->files.items[i];
        bool runtime = str_starts_with(file->name, STR("runtime/"));
        struct str path = runtime ? file->name : path_join(arena, unit->place.below, file->name);
        if (file->is_there) {
            vec_push(arena, &entry->outputs,
                     (struct manifest_file){
                         .path = path, .size = file->size, .modified = nanoseconds(file->modified)});
        }
    }
}

static bool has_path(const struct manifest_file *files, unsigned count, struct str path) {
    for (unsigned i = 0; i < count; i++) {
        if (str_equal(files[i].path, path)) {
            return true;
        }
    }
    return false;
}

/* What is recorded of one top folder. */
struct recording {
    struct arena *arena;
    const struct project *project;
    struct output_report *reports;
    const struct project_unit *first; /* of the units that go there */
    struct manifest before, after;
    struct map outputs; /* atom of each path that is made now */
    struct map keys;    /* atom of each key: index into after.units + 1 */
    struct map inputs;  /* atom of each path that is read now: 1, or 2 when its unit has errors */
};

static void record_unit(struct recording *recording, const struct project_unit *unit,
                        const struct output_report *report) {
    struct arena *arena = recording->arena;
    struct manifest_unit entry = {.key = key_of(arena, unit),
                                  .clean = unit->errors == 0 && unit->warnings == 0 && report->failed == 0};
    add_inputs(arena, unit, &entry);
    add_outputs(arena, unit, report, &entry);
    for (unsigned i = 0; i < entry.outputs.count; i++) {
        map_set(&recording->outputs, atom_intern(recording->project->atoms, entry.outputs.items[i].path), 1);
    }
    for (unsigned i = 0; i < entry.inputs.count; i++) {
        map_set(&recording->inputs, atom_intern(recording->project->atoms, entry.inputs.items[i].path),
                unit->errors > 0 ? 2 : 1);
    }
    vec_push(arena, &recording->after.units, entry);
    map_set(&recording->keys, atom_intern(recording->project->atoms, entry.key), recording->after.units.count);
}

enum fate { STAYS, IS_REPLACED, IS_GONE };

/* Does a unit of before stand for itself, or is there another one of its inputs, or are these gone? */
static enum fate fate_of(struct recording *recording, const struct manifest_unit *unit) {
    bool there = false;
    for (unsigned i = 0; i < unit->inputs.count; i++) {
        struct str path = unit->inputs.items[i].path;
        uint64_t state;
        if (map_get(&recording->inputs, atom_intern(recording->project->atoms, path), &state)) {
            return state == 1 ? IS_REPLACED : STAYS;
        }
        struct stat status;
        there = there || stat(path_join(recording->arena, recording->before.root, path).data, &status) == 0;
    }
    return there ? STAYS : IS_GONE;
}

static void remove_left_over(struct recording *recording, const struct manifest_unit *unit) {
    struct output_place place = project_output_place(recording->arena, recording->project, recording->first);
    for (unsigned i = 0; i < unit->outputs.count; i++) {
        struct str path = unit->outputs.items[i].path;
        if (!map_get(&recording->outputs, atom_intern(recording->project->atoms, path), NULL) &&
            !str_starts_with(path, STR("runtime/"))) {
            output_remove(recording->arena, &place, path, &recording->reports[0]);
        }
    }
}

/* With errors nobody knows which outputs are made no more: what was there is kept in mind. */
static void keep_outputs(struct recording *recording, const struct manifest_unit *before, struct manifest_unit *after) {
    for (unsigned i = 0; i < before->outputs.count; i++) {
        if (!has_path(after->outputs.items, after->outputs.count, before->outputs.items[i].path)) {
            vec_push(recording->arena, &after->outputs, before->outputs.items[i]);
        }
    }
}

/* Units that were not built this time stay as they were; the outputs of those that are no more go. */
static void take_over(struct recording *recording) {
    for (unsigned i = 0; i < recording->before.units.count; i++) {
        const struct manifest_unit *unit = &recording->before.units.items[i];
        enum fate fate = fate_of(recording, unit);
        if (fate != STAYS) {
            remove_left_over(recording, unit);
            continue;
        }
        uint64_t index;
        atom_id key = atom_intern(recording->project->atoms, unit->key);
        if (map_get(&recording->keys, key, &index)) {
            keep_outputs(recording, unit, &recording->after.units.items[index - 1]);
        } else {
            vec_push(recording->arena, &recording->after.units, *unit);
        }
    }
}

static void add_file_line(struct strbuf *out, char kind, const struct manifest_file *file) {
    strbuf_printf(out, "%c %llu %llu %llx %.*s\n", kind, (unsigned long long)file->size,
                  (unsigned long long)file->modified, (unsigned long long)file->hash, STR_ARGUMENTS(file->path));
}

static void write_manifest(struct recording *recording) {
    struct strbuf out;
    struct str tool = tool_identity(recording->arena);
    strbuf_init(&out, LIMIT_OUTPUT_BYTES);
    strbuf_printf(&out, MANIFEST_HEAD "%.*s\n%.*s\n", STR_ARGUMENTS(tool), STR_ARGUMENTS(recording->after.root));
    for (unsigned i = 0; i < recording->after.units.count; i++) {
        const struct manifest_unit *unit = &recording->after.units.items[i];
        strbuf_printf(&out, "%c %.*s\n", unit->clean ? 'U' : 'u', STR_ARGUMENTS(unit->key));
        for (unsigned k = 0; k < unit->inputs.count; k++) {
            add_file_line(&out, 'i', &unit->inputs.items[k]);
        }
        for (unsigned k = 0; k < unit->outputs.count; k++) {
            add_file_line(&out, 'o', &unit->outputs.items[k]);
        }
    }
    struct output_place place = project_output_place(recording->arena, recording->project, recording->first);
    place.below = (struct str){0};
    if (!out.overflow) {
        output_write_plain(recording->arena, &place, MANIFEST_NAME, strbuf_str(&out));
    }
    strbuf_finish(&out);
}

static void record_top(struct arena *arena, const struct project *project, struct output_report *reports,
                       unsigned first) {
    const struct project_unit *leader = project->units.items[first];
    struct recording recording = {
        .arena = arena, .project = project, .reports = reports + first, .first = leader};
    map_init(&recording.outputs);
    map_init(&recording.inputs);
    map_init(&recording.keys);
    bool known = manifest_read(arena, leader->place.top, &recording.before) &&
                 str_equal(recording.before.root, leader->place.root);
    recording.after.root = leader->place.root;
    for (unsigned i = first; i < project->units.count; i++) {
        if (str_equal(project->units.items[i]->place.top, leader->place.top)) {
            record_unit(&recording, project->units.items[i], &reports[i]);
        }
    }
    if (known) {
        take_over(&recording);
    }
    write_manifest(&recording);
    map_finish(&recording.outputs);
    map_finish(&recording.inputs);
    map_finish(&recording.keys);
}

void manifest_record(struct arena *arena, const struct project *project, struct output_report *reports) {
    for (unsigned i = 0; i < project->units.count; i++) {
        bool first = true;
        for (unsigned k = 0; k < i && first; k++) {
            first = !str_equal(project->units.items[k]->place.top, project->units.items[i]->place.top);
        }
        if (first) {
            record_top(arena, project, reports, i);
        }
    }
}
