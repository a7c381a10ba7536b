/* path: taking paths apart and putting them together as text. */
#include "parser/base/path.h"

#include <string.h>

/* The part of path from *from on, without slashes; moves *from behind it. Empty at the end. */
static struct str path_part(struct str path, size_t *from) {
    while (*from < path.size && path.data[*from] == '/') {
        ++*from;
    }
    size_t start = *from;
    *from = str_find(path, '/', start);
    return str_slice(path, start, *from);
}

static bool is_absolute(struct str path) { return path.size != 0 && path.data[0] == '/'; }

/* Removes the last part of out[0, size) if ".." may do so; false when the ".." itself must stay. */
static bool path_step_up(const char *out, size_t *size, bool absolute) {
    struct str so_far = {out, *size};
    struct str last = path_name(so_far);
    if (last.size == 0) {
        return absolute;
    }
    if (str_equal(last, STR(".."))) {
        return false;
    }
    *size -= last.size;
    if (*size > (absolute ? 1U : 0U)) {
        --*size; /* the slash before it */
    }
    return true;
}

/* Is it what path_normalise would make of it, as most paths are? */
static bool is_normal(struct str path) {
    if (path.size == 0 || path.data[path.size - 1] == '/') {
        return false;
    }
    for (size_t start = path.data[0] == '/', end; start < path.size; start = end + 1) {
        end = str_find(path, '/', start);
        size_t size = end - start;
        bool dots = size <= 2 && path.data[start] == '.' && path.data[end - 1] == '.';
        if (size == 0 || dots) {
            return false;
        }
    }
    return true;
}

static struct str normalise(struct arena *arena, struct str path) {
    bool absolute = is_absolute(path);
    char *out = arena_alloc(arena, path.size + 2);
    size_t size = 0;
    if (absolute) {
        out[size++] = '/';
    }
    for (size_t from = 0;;) {
        struct str part = path_part(path, &from);
        if (part.size == 0) {
            break;
        }
        if (str_equal(part, STR(".")) || (str_equal(part, STR("..")) && path_step_up(out, &size, absolute))) {
            continue;
        }
        if (size > (absolute ? 1U : 0U)) {
            out[size++] = '/';
        }
        memcpy(out + size, part.data, part.size);
        size += part.size;
    }
    if (size == 0) {
        out[size++] = '.';
    }
    out[size] = '\0';
    return (struct str){out, size};
}

struct str path_normalise(struct arena *arena, struct str path) {
    return is_normal(path) ? arena_str(arena, path) : normalise(arena, path);
}

struct str path_join(struct arena *arena, struct str parent, struct str child) {
    if (is_absolute(child) || parent.size == 0) {
        return path_normalise(arena, child);
    }
    char *data = arena_alloc(arena, parent.size + child.size + 2);
    memcpy(data, parent.data, parent.size);
    data[parent.size] = '/';
    if (child.size > 0) {
        memcpy(data + parent.size + 1, child.data, child.size);
    }
    struct str joined = {data, parent.size + 1 + child.size};
    return is_normal(joined) ? joined : normalise(arena, joined);
}

struct str path_parent(struct arena *arena, struct str path) {
    struct str name = path_name(path);
    if (name.size == path.size) {
        return arena_str(arena, STR("."));
    }
    struct str before = str_slice(path, 0, path.size - name.size);
    return path_normalise(arena, before);
}

struct str path_name(struct str path) {
    size_t start = path.size;
    while (start > 0 && path.data[start - 1] != '/') {
        start--;
    }
    return str_slice(path, start, path.size);
}

struct str path_stem(struct str path) {
    struct str name = path_name(path);
    for (size_t dot = name.size; dot > 1; dot--) {
        if (name.data[dot - 1] == '.') {
            return str_slice(name, 0, dot - 1);
        }
    }
    return name;
}

bool path_is_below(struct str path, struct str parent) {
    if (!str_starts_with(path, parent)) {
        return false;
    }
    return path.size == parent.size || path.data[parent.size] == '/' || str_equal(parent, STR("/"));
}

struct str path_relative(struct arena *arena, struct str base, struct str path) {
    size_t base_from = 0;
    size_t path_from = 0;
    struct str base_part = path_part(base, &base_from);
    struct str part = path_part(path, &path_from);
    while (base_part.size != 0 && str_equal(base_part, part)) {
        base_part = path_part(base, &base_from);
        part = path_part(path, &path_from);
    }
    struct str result = STR("");
    for (; base_part.size != 0; base_part = path_part(base, &base_from)) {
        result = arena_concat(arena, result, STR("../"));
    }
    struct str rest = str_slice(path, path_from - part.size, path.size);
    return path_normalise(arena, arena_concat(arena, result, rest));
}
