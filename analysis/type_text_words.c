/* The words of types: what their names mean at a place, what a list holds, what is left of `T?` without nil. */
#include "analysis/lookup.h"
#include "analysis/modules.h"
#include "analysis/package_index.h"
#include "analysis/signature_text.h"
#include "analysis/type_text.h"

enum { ALIASES = 8, WRAPPINGS = 32 }; /* names of names; parentheses and `?` around a type */

static const struct str unknown = {NULL, 0};

/* ---- types that the file does not name itself: of what it imports, `scene` of a `Scene` of that module or of those that it imports */

enum { MOST_MODULES = 64, MODULES_AWAY = 2 };

struct typer_modules {
    const struct summary *of[MOST_MODULES];
    unsigned count;
};

static void add_module(struct typer *typer, const struct package *package, struct str from, struct str source, unsigned away) {
    struct typer_modules *modules = typer->modules;
    struct module module = module_find(typer->arena, package, from, source);
    bool known = module.kind != MODULE_SOURCE || modules->count == MOST_MODULES;
    for (unsigned i = 0; i < modules->count && !known; i++) {
        known = modules->of[i] == module.file;
    }
    if (known) {
        return;
    }
    modules->of[modules->count++] = module.file;
    for (uint32_t i = 0; away > 1 && i < module.file->module_count; i++) {
        add_module(typer, module.package, module.file->path, module.file->modules[i].source, away - 1);
    }
}

/* The only type of this name that the imported modules declare. */
static struct package_symbol type_of_modules(struct typer *typer, atom_id name) {
    struct package_symbol found = {NULL, NULL};
    if (typer->package->modules == NULL) {
        return found;
    }
    if (typer->modules == NULL) {
        typer->modules = arena_array(typer->arena, struct typer_modules, 1);
        for (unsigned i = 0; i < typer->file->module_uses.count; i++) {
            add_module(typer, typer->package, typer->file->path, typer->file->module_uses.items[i].text, MODULES_AWAY);
        }
    }
    for (unsigned m = 0; m < typer->modules->count; m++) {
        const struct summary *file = typer->modules->of[m];
        for (uint32_t i = 0; i < file->symbol_count; i++) {
            if (file->symbols[i].name == name && file->symbols[i].kind == SYMBOL_TYPE) {
                if (found.symbol != NULL) {
                    return (struct package_symbol){NULL, NULL};
                }
                found = (struct package_symbol){file, &file->symbols[i]};
            }
        }
    }
    return found;
}

struct package_symbol type_text_named(struct typer *typer, uint32_t offset, struct str name) {
    const struct file_analysis *file = typer->file;
    struct package_symbol found = {NULL, NULL};
    struct str present = type_text_present(name);
    if (!type_text_is_one(present)) {
        return found;
    }
    atom_id atom = atom_find(file->atoms, str_slice(present, 0, str_find(present, '<', 0)));
    if (atom == ATOM_NONE || typer->package == NULL) {
        return found;
    }
    for (unsigned i = 0; i < file->imported.count && found.symbol == NULL; i++) {
        uint32_t symbol = file->imported.items[i].symbol;
        if (analysis_symbol(file, symbol)->name == atom) {
            found = typer_imported(typer, symbol);
        }
    }
    if (found.symbol == NULL) {
        found = package_lookup(typer->package, file->blocks.items[lookup_block(file, offset)].key, atom, true);
    }
    found = found.symbol == NULL ? package_model(typer->package, atom) : found; /* whose records come over the border */
    return found.symbol == NULL ? type_of_modules(typer, atom) : found;
}

bool type_text_is_one(struct str type) { return signature_operator(type) == type.size; }

struct str type_text_element(struct str list) {
    if (!type_text_is_one(list)) {
        return unknown;
    }
    if (list.size > 2 && list.data[0] == '[' && list.data[list.size - 1] == ']') {
        return str_trim(str_slice(list, 1, list.size - 1));
    }
    if (str_starts_with(list, STR("List<")) && list.data[list.size - 1] == '>') {
        return str_trim(str_slice(list, 5, list.size - 1));
    }
    return str_equal(list, STR("String")) ? list : unknown;
}

/* ---- without nil, and without names of names */

static bool is_nil(struct str type) { return str_equal(type, STR("Nil")) || str_equal(type, STR("nil")); }

/* "(User | Nil)" without the parentheses, which only group; "(User, Int)" as it is. */
static struct str ungrouped(struct str type) {
    bool list = type.size > 2 && type.data[0] == '(' && type.data[type.size - 1] == ')';
    struct str inner = list ? str_slice(type, 1, type.size - 1) : type;
    return list && signature_part_end(inner, 0) == inner.size ? str_trim(inner) : type;
}

/* The only alternative that is not nil; where there is another operator or none such, the whole. */
static struct str only_present(struct str type) {
    struct str only = unknown;
    for (size_t at = 0; at < type.size;) {
        struct str rest = str_slice(type, at, type.size);
        size_t end = signature_operator(rest);
        struct str part = str_trim(str_slice(rest, 0, end));
        bool function = end < rest.size && rest.data[end] == '-';
        if (function || (!is_nil(part) && only.size > 0)) {
            return type;
        }
        only = is_nil(part) ? only : part;
        at += end + 1;
    }
    return only.size > 0 ? only : type;
}

struct str type_text_without_nil(struct str type, bool *nil) {
    struct str inner = str_trim(type);
    *nil = false;
    for (unsigned i = 0; i < WRAPPINGS; i++) {
        struct str present = only_present(inner);
        bool optional = type_text_is_one(present) && str_ends_with(present, STR("?"));
        *nil = *nil || optional || present.size < inner.size;
        present.size -= optional;
        present = ungrouped(str_trim(present));
        if (present.size == inner.size) {
            return inner;
        }
        inner = present;
    }
    *nil = false;
    return type;
}

struct str type_text_present(struct str type) {
    bool nil;
    return type_text_without_nil(type, &nil);
}

struct str type_text_meant(struct typer *typer, uint32_t offset, struct str type) {
    for (unsigned i = 0; i < ALIASES; i++) {
        type = type_text_present(type);
        struct package_symbol found = type.size == 0 ? (struct package_symbol){NULL, NULL} : type_text_named(typer, offset, type);
        struct str alias = found.symbol == NULL ? unknown : signature_alias(found.symbol->signature);
        alias = type_text_in(typer, found, type, alias);
        if (alias.size == 0) {
            break;
        }
        type = alias;
    }
    return type;
}

struct str type_text_receiver(struct typer *typer, node_id node) {
    return type_text_meant(typer, node_span(typer->file->tree, node).start, type_text(typer, node));
}

struct str type_text_in(struct typer *typer, struct package_symbol declaration, struct str owner, struct str part) {
    struct type_variables variables = {0};
    if (part.size == 0 || declaration.symbol == NULL || (declaration.symbol->flags & SYMBOL_GENERIC) == 0) {
        return part;
    }
    type_variables_declare(&variables, declaration.symbol->signature);
    type_variables_give(&variables, owner);
    struct str type = type_variables_apply(typer->arena, &variables, part);
    return str_equal(type, STR("Any")) ? unknown : type;
}

bool type_text_next_field(struct str record, size_t *at, struct signature_parameter *field) {
    struct str list;
    bool is_record = record.size > 0 && record.data[0] == '{' && type_text_is_one(record) && signature_list(record, &list);
    return is_record && signature_next(list, at, field);
}

struct str type_text_tuple_item(struct str tuple, unsigned position) {
    bool is_tuple = tuple.size > 2 && tuple.data[0] == '(' && tuple.data[tuple.size - 1] == ')' && type_text_is_one(tuple);
    struct str list = is_tuple ? str_slice(tuple, 1, tuple.size - 1) : unknown;
    for (size_t at = 0; at < list.size; position--) {
        size_t end = signature_part_end(list, at);
        if (position == 0) {
            return str_trim(str_slice(list, at, end));
        }
        at = end + 1;
    }
    return unknown;
}
