/* Files by the spellings in them, then names by what they mean. */
#include "analysis/occurrences.h"

#include "analysis/module_uses.h"

#include <stdlib.h>

/* ---- files */

struct gathering {
    struct arena *arena;
    VEC(const struct package *) packages;
    const struct package *near;
    const atom_id *names;
    uint32_t name_count;
    bool renamed; /* some module offers one of the names as another one, so importers may not have it */
    struct named_files files;
};

static bool has_name(const struct gathering *gathering, const struct summary *summary) {
    for (uint32_t i = 0; i < gathering->name_count; i++) {
        if (summary_has_name(summary, gathering->names[i])) {
            return true;
        }
    }
    return false;
}

static void add_package(void *context, const struct package *package) {
    struct gathering *gathering = context;
    vec_push(gathering->arena, &gathering->packages, package);
}

static bool renames(const struct gathering *gathering, const struct summary_export *export) {
    for (uint32_t n = 0; n < gathering->name_count; n++) {
        if (export->original == gathering->names[n] && export->name != export->original) {
            return true;
        }
    }
    return false;
}

static void notice_renamed(struct gathering *gathering, const struct package *package) {
    for (uint32_t f = 0; f < package_file_count(package); f++) {
        const struct summary *summary = package_file_at(package, f);
        for (uint32_t i = 0; i < summary->export_count && !gathering->renamed; i++) {
            gathering->renamed = renames(gathering, &summary->exports[i]);
        }
    }
}

/* Does a file of the one package name a module of the other? */
static bool imports_from(struct arena *arena, const struct package *from, const struct package *to) {
    for (uint32_t f = 0; f < package_file_count(from); f++) {
        const struct summary *file = package_file_at(from, f);
        for (uint32_t m = 0; m < file->module_count; m++) {
            struct module module = module_find(arena, from, file->path, file->modules[m].source);
            if (module.kind == MODULE_SOURCE && module.package == to) {
                return true;
            }
        }
    }
    return false;
}

static void gather(struct gathering *gathering, const struct package *package) {
    bool looked = gathering->near == NULL || package == gathering->near;
    for (uint32_t f = 0; f < package_file_count(package); f++) {
        const struct summary *summary = package_file_at(package, f);
        if (!has_name(gathering, summary) && !(gathering->renamed && summary->module_count > 0)) {
            continue;
        }
        if (!looked && !imports_from(gathering->arena, package, gathering->near) &&
            !imports_from(gathering->arena, gathering->near, package)) {
            return;
        }
        looked = true;
        vec_push(gathering->arena, &gathering->files.list, (struct named_file){summary->path, package});
    }
}

static int compare_files(const void *a, const void *b) {
    return str_compare(((const struct named_file *)a)->path, ((const struct named_file *)b)->path);
}

struct named_files occurrences_files(struct arena *arena, const struct sources *sources, const struct package *near,
                                     const atom_id *names, uint32_t count) {
    struct gathering gathering = {.arena = arena, .near = near, .names = names, .name_count = count};
    sources->each_package(sources->context, add_package, &gathering);
    for (unsigned i = 0; i < gathering.packages.count && !gathering.renamed; i++) {
        notice_renamed(&gathering, gathering.packages.items[i]);
    }
    for (unsigned i = 0; i < gathering.packages.count; i++) {
        gather(&gathering, gathering.packages.items[i]);
    }
    if (gathering.files.list.count > 1) {
        qsort(gathering.files.list.items, gathering.files.list.count, sizeof *gathering.files.list.items, compare_files);
    }
    return gathering.files;
}

/* ---- names */

/* The spellings that mean one of the entities in a file. */
struct spellings {
    VEC(atom_id) list;
};

static void add_spelling(struct arena *arena, struct spellings *spellings, atom_id name) {
    for (unsigned i = 0; i < spellings->list.count; i++) {
        if (spellings->list.items[i] == name) {
            return;
        }
    }
    if (name != ATOM_NONE) {
        vec_push(arena, &spellings->list, name);
    }
}

static struct spellings spellings_of(struct arena *arena, const struct entity *entities, uint32_t count) {
    struct spellings spellings = {0};
    for (uint32_t i = 0; i < count; i++) {
        const struct symbol *symbol = entity_symbol(entities[i]);
        add_spelling(arena, &spellings, symbol->name);
        if (symbol->kind == SYMBOL_MODEL) {
            struct str name = entity_name(entities[i]);
            struct str alias = arena_printf(arena, "%.*sModel", STR_ARGUMENTS(name));
            add_spelling(arena, &spellings, atom_find(entities[i].file->atoms, alias));
        }
    }
    return spellings;
}

static bool is_one_of(const struct entity *entities, uint32_t count, struct entity entity) {
    for (uint32_t i = 0; i < count; i++) {
        if (entity_is(entity) && entity_equal(entities[i], entity)) {
            return true;
        }
    }
    return false;
}

/* Imports give other names, which are known before the file is read through. */
static void add_imports(struct resolver *resolver, const struct entity *entities, uint32_t count,
                        struct spellings *spellings) {
    const struct file_analysis *file = resolver->file;
    for (uint32_t i = 0; i < file->imported.count; i++) {
        const struct imported *imported = &file->imported.items[i];
        const struct symbol *symbol = analysis_symbol(file, imported->symbol);
        if (is_one_of(entities, count, resolver_meaning(resolver, symbol->name_node).entity)) {
            add_spelling(resolver->arena, spellings, symbol->name);
        }
    }
}

/* Is a flag, `--dry-run`, the name `dry_run`? */
static bool is_flag_of(struct str text, struct str name) {
    for (size_t i = 0; i < name.size; i++) {
        if (text.data[i] != name.data[i] && !(text.data[i] == '-' && name.data[i] == '_')) {
            return false;
        }
    }
    return true;
}

/* Is the node a name of one of the spellings? Only tags and attributes have names that are a part of their text. */
static bool is_spelled(const struct file_analysis *file, node_id node, const struct spellings *spellings) {
    enum node_kind kind = node_kind(file->tree, node);
    if (kind != NODE_IDENTIFIER && kind != NODE_TAG_NAME && kind != NODE_ATTRIBUTE_NAME) {
        return false;
    }
    const struct binding *binding = kind == NODE_IDENTIFIER ? NULL : analysis_binding(file, node);
    struct str text = node_text(file->tree, node);
    for (unsigned i = 0; i < spellings->list.count; i++) {
        struct str name = atom_text(file->atoms, spellings->list.items[i]);
        if (binding != NULL ? binding->name == spellings->list.items[i]
                            : text.size == name.size && is_flag_of(text, name)) {
            return true;
        }
    }
    return false;
}

/* The import by which a name leads elsewhere, as a thing of its own. */
static struct entity import_at(const struct file_analysis *file, uint32_t symbol) {
    return (struct entity){.kind = symbol != 0 ? ENTITY_SYMBOL : ENTITY_NONE, .file = file, .symbol = symbol};
}

/* The node in which all names of an entity stand: of a local that of its function or block; else the file. */
static node_id scope_of(const struct file_analysis *file, struct entity entity) {
    const struct symbol *symbol = entity_symbol(entity);
    bool named_outside = symbol->kind == SYMBOL_IMPORT || symbol->kind == SYMBOL_FIELD || symbol->kind == SYMBOL_VARIANT ||
                         symbol->kind == SYMBOL_FUNCTION || symbol->owner != 0 || entity_is_visible(entity);
    node_id node = entity.file != file || named_outside ? NODE_ROOT : file->scopes.items[symbol->scope].node;
    while (node != NODE_NONE && (symbol->name_node < node || symbol->name_node >= file->tree->nodes[node].next)) {
        node = node_parent(file->tree, node); /* what a pattern declares is used in the body behind it */
    }
    return node == NODE_NONE ? NODE_ROOT : node;
}

static void add_occurrences(struct resolver *resolver, const struct entity *entities, uint32_t count,
                            struct spellings spellings, struct occurrence_list *found) {
    const struct file_analysis *file = resolver->file;
    add_imports(resolver, entities, count, &spellings);
    node_id first = count == 1 ? scope_of(file, entities[0]) : NODE_ROOT;
    for (node_id node = first; node < file->tree->nodes[first].next; node++) {
        if (!is_spelled(file, node, &spellings)) {
            continue;
        }
        struct meaning meaning = resolver_meaning(resolver, node);
        bool is_value = is_one_of(entities, count, meaning.entity) ||
                        is_one_of(entities, count, import_at(file, meaning.import));
        bool is_field = !is_value && is_one_of(entities, count, meaning.field);
        if (is_field || is_value) {
            vec_push(resolver->arena, &found->list,
                     (struct occurrence){.file = file,
                                         .node = node,
                                         .span = analysis_name_span(file->tree, node),
                                         .meaning = meaning,
                                         .as_field = is_field});
        }
    }
}

struct occurrence_list occurrences_in(struct resolver *resolver, const struct entity *entities, uint32_t count) {
    struct occurrence_list found = {0};
    add_occurrences(resolver, entities, count, spellings_of(resolver->arena, entities, count), &found);
    return found;
}

static void add_file(struct arena *arena, const struct sources *sources, const struct named_file *file,
                     const struct entity *entities, uint32_t count, struct occurrence_list *found) {
    struct resolver resolver;
    const struct file_analysis *analysis = sources->analysis_of(sources->context, file->path);
    if (analysis != NULL) {
        resolver_init(&resolver, arena, sources, analysis, file->package);
        add_occurrences(&resolver, entities, count, spellings_of(arena, entities, count), found);
    }
}

struct occurrence_list occurrences_of(struct arena *arena, const struct sources *sources, const struct entity *entities,
                                      uint32_t count, const struct stop *stop) {
    struct occurrence_list found = {0};
    bool visible = false;
    for (uint32_t i = 0; i < count; i++) {
        visible = visible || entity_is_visible(entities[i]);
    }
    if (count == 0 || entities[0].kind != ENTITY_SYMBOL) {
        return found;
    }
    if (!visible) {
        struct str path = entities[0].file->path;
        struct named_file own = {path, sources->package_of(sources->context, path)};
        add_file(arena, sources, &own, entities, count, &found);
        return found;
    }
    struct spellings spellings = spellings_of(arena, entities, count);
    struct named_files files =
        occurrences_files(arena, sources, NULL, spellings.list.items, spellings.list.count);
    for (unsigned i = 0; i < files.list.count && !stop_asked(stop); i++) {
        add_file(arena, sources, &files.list.items[i], entities, count, &found);
    }
    return found;
}
