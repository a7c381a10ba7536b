/* The spellings of one file, each once: an open-addressing table from text to struct name. */
#include "analysis/binder.h"

#include "parser/base/hash.h"
#include "parser/base/narrow.h"

#include <string.h>

static uint32_t hash_of(struct str text) { return (uint32_t)hash_bytes(HASH_SEED, text); }

static void resize(struct binder *b, uint32_t buckets) {
    b->buckets = arena_array(&b->scratch, uint32_t, buckets);
    b->bucket_mask = buckets - 1;
    for (uint32_t i = 1; i < b->names.count; i++) {
        uint32_t at = b->names.items[i].hash & b->bucket_mask;
        while (b->buckets[at] != 0) {
            at = (at + 1) & b->bucket_mask;
        }
        b->buckets[at] = i;
    }
}

void names_init(struct binder *b, struct node_range known, uint32_t expected) {
    uint32_t buckets = 256;
    while (buckets < expected) {
        buckets *= 2;
    }
    b->named = known;
    b->node_names = arena_array(&b->scratch, uint32_t, known.end - known.start);
    vec_push(&b->scratch, &b->names, (struct name){0});
    resize(b, buckets);
    b->server = name_intern(b, STR("server"));
    b->wildcard = name_intern(b, STR("_"));
    b->it = name_intern(b, STR("it"));
    b->self = name_intern(b, STR("self"));
    b->on = name_intern(b, STR("on"));
    b->status = name_intern(b, STR("status"));
}

uint32_t name_intern(struct binder *b, struct str text) {
    uint32_t hash = hash_of(text);
    uint32_t at = hash & b->bucket_mask;
    for (uint32_t i; (i = b->buckets[at]) != 0; at = (at + 1) & b->bucket_mask) {
        const struct name *name = &b->names.items[i];
        if (name->hash == hash && name->text.size == text.size && memcmp(name->text.data, text.data, text.size) == 0) {
            return i;
        }
    }
    atom_id atom = atom_intern(b->file->atoms, text);
    uint32_t index = b->names.count;
    b->buckets[at] = index;
    vec_push(&b->scratch, &b->names,
             (struct name){.text = atom_text(b->file->atoms, atom), .atom = atom, .hash = hash});
    if (b->names.count * 2 > b->bucket_mask) {
        resize(b, (b->bucket_mask + 1) * 2);
    }
    members_find(b, index);
    return index;
}

/* Of identifiers flags alone, which stand behind dashes: most names need not be looked through. */
static bool may_have_dashes(const struct binder *b, node_id node) {
    uint32_t start = node_span(b->tree, node).start;
    return node_kind(b->tree, node) != NODE_IDENTIFIER ||
           (start > 0 && text_str(b->tree->text).data[start - 1] == '-');
}

static uint32_t read_name(struct binder *b, node_id node) {
    struct str name = node_text(b->tree, node);
    /* the flag `--dry-run` of a command is `dry_run` in its body */
    if (may_have_dashes(b, node) && memchr(name.data, '-', name.size) != NULL) {
        char *flag = arena_alloc(b->arena, name.size);
        for (size_t i = 0; i < name.size; i++) {
            flag[i] = name.data[i] == '-' ? '_' : name.data[i];
        }
        name.data = flag;
    }
    return name_intern(b, name);
}

uint32_t name_of(struct binder *b, node_id node) {
    if (node < b->named.start || node >= b->named.end) {
        return read_name(b, node);
    }
    uint32_t *name = &b->node_names[node - b->named.start];
    if (*name == 0) {
        *name = read_name(b, node);
    }
    return *name;
}

void name_look_up(struct name *name) {
    if (!name->looked_up) {
        enum builtin builtin = BUILTIN_COUNT;
        name->looked_up = true;
        name->builtin = builtin_find(name->text, &builtin) ? (uint16_t)(builtin + 1) : 0;
        name->globals = u8_from_u32(global_blocks(name->text));
        name->builtin_type = builtin_type_is_known(name->text);
    }
}
