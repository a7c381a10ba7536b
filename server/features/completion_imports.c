/* Imports: the names that a module offers, between the braces; files and folders, in the quotes; and names of other modules that are
 * not imported yet, with the edit that does it. */
#include "server/features/completion_provider.h"

#include "analysis/modules.h"
#include "analysis/package_index.h"
#include "parser/base/hash.h"
#include "parser/base/path.h"
#include "parser/syntax/node.h"
#include "server/features/import_edit.h"

enum { MOST_ELSEWHERE = 100 };

#define SUFFIX STR(".tova")

/* ---- between the braces */

struct offered {
    struct completion *c;
    node_id names; /* what is imported already */
};

static bool is_imported(const struct offered *o, struct str name) {
    NODE_EACH(child, o->c->tree, o->names) {
        struct span span = node_span(o->c->tree, child);
        bool typed = span.start <= o->c->offset && o->c->offset <= span.end;
        if (!typed && str_equal(node_text(o->c->tree, node_child(o->c->tree, child, FIELD_NAME)), name)) {
            return true;
        }
    }
    return false;
}

static void add_offered(void *context, atom_id name, struct package_symbol symbol) {
    struct offered *o = context;
    struct str text = analysis_name(o->c->file, name);
    if (str_equal(text, STR("default")) || is_imported(o, text) || completion_has(o->c, text)) {
        return;
    }
    if (symbol.symbol != NULL && symbol.symbol->name == name) {
        completion_add_symbol(o->c, symbol, COMPLETION_EXACT);
    } else {
        completion_add_name(o->c, text, ITEM_VARIABLE, (struct str){0});
    }
}

static node_id statement_around(struct completion *c) {
    node_id node = completion_container(c);
    while (node != NODE_NONE && node_kind(c->tree, node) != NODE_IMPORT_STATEMENT &&
           node_kind(c->tree, node) != NODE_EXPORT_STATEMENT) {
        node = node_parent(c->tree, node);
    }
    return node;
}

/* ---- in the quotes */

struct paths {
    struct completion *c;
    struct str folder; /* absolute, where what was typed leads */
    bool suffix;       /* files are named with it */
};

static void add_path(struct completion *c, struct str name, bool folder) {
    if (completion_has(c, name)) {
        return;
    }
    completion_add(c,
                   (struct completion_item){.label = name, .kind = folder ? ITEM_FOLDER : ITEM_FILE, .insert = name});
}

static void add_file(void *context, const struct package *package, const struct summary *file) {
    struct paths *paths = context;
    struct completion *c = paths->c;
    (void)package;
    size_t size = paths->folder.size;
    if (!path_is_below(file->path, paths->folder) || str_equal(file->path, c->file->path) ||
        file->path.size <= size + 1) {
        return;
    }
    struct str rest = str_slice(file->path, size + (str_ends_with(paths->folder, STR("/")) ? 0 : 1), file->path.size);
    size_t slash = str_find(rest, '/', 0);
    if (slash < rest.size) {
        add_path(c, arena_concat(c->context->arena, str_slice(rest, 0, slash), STR("/")), true);
    } else if (str_ends_with(rest, SUFFIX)) {
        add_path(c, paths->suffix ? rest : str_slice(rest, 0, rest.size - SUFFIX.size), false);
    }
}

static void add_standard(struct completion *c, const struct modules *modules) {
    static const struct str names[] = {STR_INIT("rpc"), STR_INIT("router"), STR_INIT("reactivity"),
                                       STR_INIT("testing")};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        if (modules->has_standard(modules->context, names[i])) {
            completion_add_name(c, names[i], ITEM_MODULE, STR("module of the runtime"));
        }
    }
}

void completion_paths(struct completion *c, struct str typed) {
    const struct modules *modules = c->context->package->modules;
    struct arena *arena = c->context->arena;
    size_t slash = typed.size;
    while (slash > 0 && typed.data[slash - 1] != '/' && typed.data[slash - 1] != ':') {
        slash--;
    }
    struct str head = str_slice(typed, 0, slash);
    c->items->replace.start = c->word.start = c->offset - (uint32_t)(typed.size - slash);
    if (modules == NULL || modules->each_file == NULL) {
        return;
    }
    if (str_equal(head, STR("tova:"))) {
        add_standard(c, modules);
        return;
    }
    if (head.size == 0) {
        add_path(c, STR("./"), true);
        add_path(c, STR("../"), true);
        add_path(c, STR("@/"), true);
        add_path(c, STR("tova:"), true);
        return;
    }
    struct paths paths = {.c = c, .suffix = import_has_suffix(c->context, c->offset)};
    if (str_starts_with(head, STR("@/"))) {
        struct str root = modules->root_of(modules->context, c->file->path);
        paths.folder = path_join(arena, root, str_slice(head, 2, head.size));
    } else {
        paths.folder = path_join(arena, path_parent(arena, c->file->path), head);
    }
    while (paths.folder.size > 1 && str_ends_with(paths.folder, STR("/"))) {
        paths.folder.size--;
    }
    modules->each_file(modules->context, add_file, &paths);
}

/* ---- what is not imported yet */

struct elsewhere {
    struct completion *c;
    bool (*wanted)(const struct summary_symbol *symbol);
    unsigned count;
    bool in_import; /* between the braces of an import whose module is not written */
};

static char lower(char c) { return c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c; }

bool completion_is_like(const struct completion *c, struct str name) {
    struct str typed = completion_typed(c);
    size_t found = 0;
    for (size_t i = 0; i < name.size && found < typed.size; i++) {
        found += lower(name.data[i]) == lower(typed.data[found]);
    }
    return found == typed.size;
}

static bool is_wanted(const struct elsewhere *e, const struct summary_symbol *symbol) {
    struct str name = analysis_name(e->c->file, symbol->name);
    return e->wanted(symbol) && completion_is_like(e->c, name) && !completion_has(e->c, name);
}

/* What is left to write of `import { name`: the brace and the module, or the module behind the brace that is there. */
static void finish_import(struct completion *c, struct completion_item *item, struct str source) {
    struct arena *arena = c->context->arena;
    uint32_t end = c->items->replace_end;
    struct str rest = str_trim(str_slice(c->text, end, str_find(c->text, '\n', end)));
    struct str from = arena_printf(arena, " from \"%.*s\"", STR_ARGUMENTS(source));
    if (rest.size == 0) {
        item->insert = arena_printf(arena, "%.*s }%.*s", STR_ARGUMENTS(item->label), STR_ARGUMENTS(from));
    } else if (str_equal(rest, STR("}"))) {
        uint32_t at = (uint32_t)str_find(c->text, '}', end) + 1;
        struct edit edit = {feature_place(c->context, (struct span){at, at}), from};
        vec_push(arena, &item->edits.list, edit);
    }
}

static void add_elsewhere(struct elsewhere *e, const struct summary *file, const struct summary_symbol *symbol) {
    struct completion *c = e->c;
    struct str name = analysis_name(c->file, symbol->name);
    if (e->count++ >= MOST_ELSEWHERE) {
        c->items->incomplete = true;
        return;
    }
    struct str source = import_source(c->context, file->path);
    struct completion_item item = {
        .label = name,
        .kind = symbol_kind_lsp_completion(symbol->kind),
        .home = source,
        .detail = symbol->signature,
        .insert = name,
        .group = COMPLETION_ELSEWHERE,
        .subject = {.kind = SUBJECT_SYMBOL, .name = name, .owner = file->path, .block = symbol->block},
    };
    if (e->in_import) {
        item.group = COMPLETION_EXACT;
        finish_import(c, &item, source);
    } else {
        import_edits(c->context, &(struct import_want){name, file->path}, 1, &item.edits);
    }
    completion_add(c, item);
}

static void look_at_file(void *context, const struct package *package, const struct summary *file) {
    struct elsewhere *e = context;
    const struct package *own = e->c->context->package;
    bool asked = false, circular = package == own || !str_ends_with(file->path, SUFFIX);
    for (uint32_t i = 0; i < file->symbol_count && !circular; i++) {
        const struct summary_symbol *symbol = &file->symbols[i];
        bool at_top = symbol->block.kind == BLOCK_MODULE || symbol->block.kind == BLOCK_SHARED;
        if ((symbol->flags & SYMBOL_PUBLIC) == 0 || !at_top || !is_wanted(e, symbol)) {
            continue;
        }
        circular = !asked && module_is_circular(own, e->c->file->path, file->path);
        asked = true;
        if (!circular) {
            add_elsewhere(e, file, symbol);
        }
    }
}

void completion_elsewhere(struct completion *c, bool (*wanted)(const struct summary_symbol *symbol)) {
    const struct modules *modules = c->context->package->modules;
    struct elsewhere elsewhere = {.c = c, .wanted = wanted};
    if (c->word.end == c->word.start) {
        c->items->incomplete = c->items->incomplete || (modules != NULL && modules->each_file != NULL);
        return;
    }
    if (modules != NULL && modules->each_file != NULL) {
        modules->each_file(modules->context, look_at_file, &elsewhere);
    }
}

/* ---- between the braces of an import */

static bool is_any(const struct summary_symbol *symbol) {
    (void)symbol;
    return true;
}

/* Names of all modules, where it is not said yet which one is meant; not those that stand in the braces. */
static void add_of_any_module(struct completion *c) {
    const struct modules *modules = c->context->package->modules;
    struct elsewhere elsewhere = {.c = c, .wanted = is_any, .in_import = true};
    for (struct token token = c->before; token.kind != TOKEN_NONE && token.span.start > completion_frame(c)->open;
         token = cursor_before(c->tree, token.span.start)) {
        map_set(&c->seen, hash_bytes(HASH_SEED, token.text), 1);
    }
    if (modules != NULL && modules->each_file != NULL) {
        modules->each_file(modules->context, look_at_file, &elsewhere);
    }
}

/* In text that does not parse: `import { … }` by its words, whose module has not been named. */
static bool is_import(const struct token *word) { return token_is(word, STR("import")); }

bool completion_of_imports(struct completion *c) {
    const struct frame *frame = completion_frame(c);
    bool braces = frame->bracket == '{' && is_import(&frame->before);
    node_id statement = braces ? statement_around(c) : NODE_NONE;
    node_id source = node_child(c->tree, statement, FIELD_SOURCE);
    struct offered offered = {.c = c, .names = node_child(c->tree, statement, FIELD_NAMES)};
    struct str text;
    if (!braces) {
        return false;
    }
    c->plain = true;
    if (token_is(&c->before, STR("as"))) {
        return true;
    }
    if (!node_string_value(c->context->arena, c->tree, source, &text)) {
        add_of_any_module(c);
        return true;
    }
    struct module module = module_find(c->context->arena, c->context->package, c->file->path, text);
    module_each_name(c->context->arena, &module, add_offered, &offered);
    return true;
}
