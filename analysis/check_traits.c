/* `impl Trait for Type`: has it each function that the trait leaves to it, and can these be called as the trait says?
 *
 * Said where all is known: the trait is of this file, the type of this package. What another `impl` or a field of the type gives is
 * there as well, and a function with a body of the trait's own is there for all. */
#include "analysis/checks.h"

enum { FUNCTIONS = 32 }; /* of one trait that are named */

struct pair {
    struct check *check;
    node_id impl, trait; /* declarations */
    struct known_type type;
    atom_id type_name;
};

static node_id name_in(const struct syntax_tree *tree, node_id type) {
    while (node_kind(tree, type) == NODE_GENERIC_TYPE || node_kind(tree, type) == NODE_TYPE_NAME) {
        type = node_child(tree, type, FIELD_NAME);
    }
    return type;
}

/* ---- where a function may come from */

static bool is_field(const struct pair *pair, atom_id name) {
    const struct file_analysis *file = pair->check->file;
    const struct symbol *own = pair->type.symbol != 0 ? analysis_symbol(file, pair->type.symbol) : NULL;
    const struct summary_symbol *other = own == NULL ? pair->type.member.symbol : NULL;
    bool found = false;
    for (uint32_t i = 0; own != NULL && i < own->part_count; i++) {
        found = found || analysis_symbol(file, own->first_part + i)->name == name;
    }
    for (uint32_t i = 0; other != NULL && i < other->parameter_count; i++) {
        found = found || other->parameters[i].name == name;
    }
    return found;
}

/* An `impl` of the package gives the type the function, or another trait can, by a body of its own. */
static bool is_given(const struct pair *pair, atom_id name) {
    const struct package *package = pair->check->package;
    bool given = is_field(pair, name) || imported_trait_offers(pair->check, package, name);
    atom_id own = analysis_symbol_of(pair->check->file, node_child(pair->check->file->tree, pair->trait, FIELD_NAME))->name;
    for (uint32_t f = 0; f < package_file_count(package) && !given; f++) {
        const struct summary *file = package_file_at(package, f);
        for (uint32_t i = 0; i < file->method_count && !given; i++) {
            const struct summary_method *method = &file->methods[i];
            given = method->name == name && (method->trait ? method->type != own : method->type == pair->type_name);
        }
    }
    return given;
}

/* Every object of JavaScript has it. */
static bool is_everywhere(struct str name) { return str_equal(name, STR("toString")) || str_equal(name, STR("valueOf")); }

/* ---- parameters */

struct range_of_arguments {
    uint32_t least, most;
};

static struct range_of_arguments arguments_of(const struct syntax_tree *tree, node_id function) {
    struct range_of_arguments range = {0, 0};
    NODE_EACH(parameter, tree, node_child(tree, function, FIELD_PARAMETERS)) {
        bool self = str_equal(node_text(tree, node_child(tree, parameter, FIELD_NAME)), STR("self"));
        bool rest = node_kind(tree, parameter) == NODE_REST_PARAMETER;
        if (rest) {
            range.most = UINT32_MAX;
        } else if (!self && range.most != UINT32_MAX) {
            range.least += node_child(tree, parameter, FIELD_DEFAULT) == NODE_NONE;
            range.most++;
        }
    }
    return range;
}

static void check_parameters(const struct pair *pair, node_id promised, node_id given) {
    struct check *check = pair->check;
    const struct syntax_tree *tree = check->file->tree;
    struct range_of_arguments said = arguments_of(tree, promised);
    struct range_of_arguments needed = arguments_of(tree, given);
    if (needed.least <= said.most) {
        return;
    }
    node_id name = node_child(tree, given, FIELD_NAME);
    struct diagnostic *diagnostic =
        CHECK_REPORT(check, TRAIT_UNMET, node_span(tree, name),
                     "`%.*s` needs %u argument%s, and callers of the trait `%.*s` give it %u. Take as many as the trait says, or "
                     "give the others a default.",
                     STR_ARGUMENTS(node_text(tree, name)), (unsigned)needed.least, needed.least == 1 ? "" : "s",
                     STR_ARGUMENTS(node_text(tree, node_child(tree, pair->trait, FIELD_NAME))), (unsigned)said.most);
    diagnostic->related.span = node_span(tree, node_child(tree, promised, FIELD_NAME));
    diagnostic->related.message = STR("The trait says it here.");
}

/* ---- functions */

static node_id function_of(const struct syntax_tree *tree, node_id declaration, struct str name) {
    NODE_EACH(child, tree, node_child(tree, declaration, FIELD_BODY)) {
        bool function = node_kind(tree, child) == NODE_FUNCTION_DECLARATION;
        if (function && str_equal(node_text(tree, node_child(tree, child, FIELD_NAME)), name)) {
            return child;
        }
    }
    return NODE_NONE;
}

/* Writes the functions with an empty body in front of the brace that closes the `impl`. */
static void fix_functions(const struct pair *pair, struct diagnostic *diagnostic, const node_id *missing, unsigned count) {
    struct check *check = pair->check;
    const struct syntax_tree *tree = check->file->tree;
    struct str indentation = fix_indentation(check, node_span(tree, pair->impl).start);
    struct span body = node_span(tree, node_child(tree, pair->impl, FIELD_BODY));
    struct str source = text_str(tree->text);
    uint32_t end = body.end - 1; /* of what stands in the braces */
    while (end > body.start + 1 && (source.data[end - 1] == ' ' || source.data[end - 1] == '\n' || source.data[end - 1] == '\t')) {
        end--;
    }
    struct str text = STR("");
    for (unsigned i = 0; i < count; i++) {
        struct str head = str_trim(node_text(tree, missing[i]));
        text = arena_printf(check->arena, "%.*s\n%.*s  %.*s {\n%.*s  }", STR_ARGUMENTS(text), STR_ARGUMENTS(indentation),
                            STR_ARGUMENTS(head), STR_ARGUMENTS(indentation));
    }
    text = arena_printf(check->arena, "%.*s\n%.*s", STR_ARGUMENTS(text), STR_ARGUMENTS(indentation));
    fix_set(check, diagnostic, (struct span){end, body.end - 1}, text, count == 1 ? "Write the missing function" : "Write the %u missing functions",
            count);
}

static void report(const struct pair *pair, const node_id *missing, unsigned count) {
    struct check *check = pair->check;
    const struct syntax_tree *tree = check->file->tree;
    struct str names = STR("");
    for (unsigned i = 0; i < count; i++) {
        names = arena_printf(check->arena, "%.*s%s`%.*s`", STR_ARGUMENTS(names), i == 0 ? "" : i + 1 < count ? ", " : " and ",
                             STR_ARGUMENTS(node_text(tree, node_child(tree, missing[i], FIELD_NAME))));
    }
    struct span head = {node_span(tree, pair->impl).start, node_span(tree, node_child(tree, pair->impl, FIELD_TYPE)).end};
    node_id name = node_child(tree, pair->trait, FIELD_NAME);
    struct diagnostic *diagnostic =
        CHECK_REPORT(check, TRAIT_UNMET, head, "`%.*s` asks for %.*s, which nothing gives `%.*s`. Write %s in the braces.",
                     STR_ARGUMENTS(node_text(tree, name)), STR_ARGUMENTS(names),
                     STR_ARGUMENTS(node_text(tree, name_in(tree, node_child(tree, pair->impl, FIELD_TYPE)))),
                     count == 1 ? "it" : "them");
    diagnostic->related.span = node_span(tree, name);
    diagnostic->related.message = STR("The trait is declared here.");
    if (node_child(tree, pair->trait, FIELD_TYPE_PARAMETERS) == NODE_NONE) {
        fix_functions(pair, diagnostic, missing, count);
    }
}

static void check_functions(const struct pair *pair) {
    const struct syntax_tree *tree = pair->check->file->tree;
    node_id missing[FUNCTIONS];
    unsigned count = 0;
    NODE_EACH(promised, tree, node_child(tree, pair->trait, FIELD_BODY)) {
        struct str name = node_text(tree, node_child(tree, promised, FIELD_NAME));
        node_id given = function_of(tree, pair->impl, name);
        if (node_kind(tree, promised) != NODE_FUNCTION_DECLARATION) {
            continue;
        }
        if (given != NODE_NONE) {
            check_parameters(pair, promised, given);
        } else if (node_child(tree, promised, FIELD_BODY) == NODE_NONE && count < FUNCTIONS && !is_everywhere(name) &&
                   !is_given(pair, atom_find(pair->check->file->atoms, name))) {
            missing[count++] = promised;
        }
    }
    if (count > 0) {
        report(pair, missing, count);
    }
}

/* ---- the check */

/* The declaration of the trait, of this file and whole; else nothing. */
static node_id trait_of(const struct file_analysis *file, node_id impl) {
    const struct symbol *symbol = analysis_symbol_of(file, name_in(file->tree, node_child(file->tree, impl, FIELD_TRAIT)));
    bool own = symbol != NULL && symbol->kind == SYMBOL_TRAIT && !node_has_error(file->tree, symbol->node);
    return own ? symbol->node : NODE_NONE;
}

static void check_pair(struct check *check, node_id impl) {
    const struct file_analysis *file = check->file;
    node_id type = node_child(file->tree, impl, FIELD_TYPE);
    struct pair pair = {.check = check, .impl = impl, .trait = trait_of(file, impl)};
    if (pair.trait == NODE_NONE || node_has_error(file->tree, impl)) {
        return;
    }
    const struct binding *binding = analysis_binding(file, name_in(file->tree, type));
    pair.type = typer_annotation(&check->typer, type);
    bool here = pair.type.symbol != 0;
    bool known = here || (pair.type.member.symbol != NULL && pair.type.member.symbol->kind == SYMBOL_TYPE &&
                          package_file(check->package, pair.type.member.file->path) != NULL);
    if (known && binding != NULL) {
        pair.type_name = here ? analysis_symbol(file, pair.type.symbol)->name : pair.type.member.symbol->name;
        if (pair.type_name == binding->name) { /* an alias is a type of its own kind, with functions of its own */
            check_functions(&pair);
        }
    }
}

void check_traits(struct check *check) {
    const struct file_analysis *file = check->file;
    bool traits = false;
    for (uint32_t i = 1; i < file->symbols.count && !traits; i++) {
        traits = analysis_symbol(file, i)->kind == SYMBOL_TRAIT;
    }
    for (node_id node = NODE_ROOT; traits && node < file->tree->count; node++) {
        if (node_kind(file->tree, node) == NODE_IMPL_DECLARATION && node_child(file->tree, node, FIELD_TRAIT) != NODE_NONE) {
            check_pair(check, node);
        }
    }
}
