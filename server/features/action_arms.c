/* action_arms: the arms that a `match` has not, where no diagnostic asks for them: in an empty one, and before a catch-all. */
#include "server/features/action.h"

#include "analysis/arm_text.h"
#include "analysis/typer.h"

struct arms {
    struct action_maker *maker;
    node_id match, catch_all, last;
    struct str text;
    struct str separator; /* between two arms */
    unsigned count;
};

static bool starts_upper(struct str text) { return text.size > 0 && text.data[0] >= 'A' && text.data[0] <= 'Z'; }

/* The name of the variant of a pattern; empty when it names none. */
static struct str variant_of(const struct syntax_tree *tree, node_id pattern, node_id *name) {
    *name = node_kind(tree, pattern) == NODE_VARIANT_PATTERN ? node_child(tree, pattern, FIELD_NAME) : pattern;
    if (node_kind(tree, *name) == NODE_MEMBER_EXPRESSION) {
        *name = node_child(tree, *name, FIELD_PROPERTY);
    }
    struct str text = node_kind(tree, *name) == NODE_IDENTIFIER ? node_text(tree, *name) : STR("");
    return starts_upper(text) ? text : STR("");
}

/* Calls visit for every pattern at the top of an arm: `A | B` are two. Ends when it says so. */
static bool any_pattern(const struct arms *a, bool (*visit)(const struct arms *a, node_id pattern, void *context), void *context) {
    const struct syntax_tree *tree = a->maker->tree;
    NODE_EACH(arm, tree, a->match) {
        node_id pattern = node_child(tree, arm, FIELD_PATTERN);
        while (node_kind(tree, pattern) == NODE_OR_PATTERN) {
            node_id left = node_first_plain(tree, pattern);
            if (visit(a, node_next_plain(tree, left), context)) {
                return true;
            }
            pattern = left;
        }
        if (pattern != NODE_NONE && visit(a, pattern, context)) {
            return true;
        }
    }
    return false;
}

static bool is_of_variant(const struct arms *a, node_id pattern, void *context) {
    const struct str *variant = context;
    node_id name;
    return str_equal(variant_of(a->maker->tree, pattern, &name), *variant);
}

static bool has_arm(const struct arms *a, struct str variant) { return any_pattern(a, is_of_variant, &variant); }

static void add_arm(struct arms *a, struct str pattern) {
    struct str arm = arm_text(a->maker->arena, a->maker->tree, a->match, pattern);
    a->text = arena_printf(a->maker->arena, "%.*s%.*s%.*s", STR_ARGUMENTS(a->text),
                           a->count == 0 ? 0 : (int)a->separator.size, a->separator.data, STR_ARGUMENTS(arm));
    a->count++;
}

static void add_variant(struct arms *a, const struct summary_symbol *variant) {
    struct str name = analysis_name(a->maker->file, variant->name);
    struct str pattern = name;
    if (has_arm(a, name)) {
        return;
    }
    for (uint32_t i = 0; i < variant->parameter_count; i++) {
        struct str field = analysis_name(a->maker->file, variant->parameters[i].name);
        pattern = arena_printf(a->maker->arena, "%.*s%s%.*s%s", STR_ARGUMENTS(pattern), i == 0 ? "(" : ", ",
                               STR_ARGUMENTS(field.size == 0 ? STR("_") : field), i + 1 == variant->parameter_count ? ")" : "");
    }
    add_arm(a, pattern);
}

static void add_variants(struct arms *a, struct package_symbol type) {
    for (uint32_t i = 0; i < type.file->symbol_count; i++) {
        const struct summary_symbol *symbol = &type.file->symbols[i];
        if (symbol->kind == SYMBOL_VARIANT && symbol->owner == type.symbol->name &&
            block_key_equal(symbol->block, type.symbol->block)) {
            add_variant(a, symbol);
        }
    }
}

static void add_builtin_variants(struct arms *a, struct str name) {
    static const struct str pairs[][4] = {
        {STR_INIT("Ok"), STR_INIT("Ok(value)"), STR_INIT("Err"), STR_INIT("Err(error)")},
        {STR_INIT("Some"), STR_INIT("Some(value)"), STR_INIT("None"), STR_INIT("None")},
    };
    for (size_t i = 0; i < sizeof pairs / sizeof *pairs; i++) {
        for (size_t k = 0; k < 4; k += 2) {
            if (!str_equal(pairs[i][k], name)) {
                continue;
            }
            for (size_t m = 0; m < 4; m += 2) {
                if (!has_arm(a, pairs[i][m])) {
                    add_arm(a, pairs[i][m + 1]);
                }
            }
            return;
        }
    }
}

/* A symbol of the file as its summary knows it. */
static struct package_symbol in_package(const struct action_maker *maker, uint32_t symbol) {
    const struct summary *file = package_file(maker->context->package, maker->file->path);
    for (uint32_t i = 0; file != NULL && symbol != 0 && i < file->symbol_count; i++) {
        if (file->symbols[i].local == symbol) {
            return (struct package_symbol){file, &file->symbols[i]};
        }
    }
    return (struct package_symbol){NULL, NULL};
}

/* The name of a variant that the file or its package binds. */
static bool find_variant(const struct arms *a, node_id pattern, void *context) {
    node_id *name = context;
    return variant_of(a->maker->tree, pattern, name).size > 0 && analysis_binding(a->maker->file, *name) != NULL;
}

/* The type whose variants the arms name, by one that does. Those of the language are added at once. */
static struct package_symbol type_of_patterns(struct arms *a) {
    struct action_maker *maker = a->maker;
    node_id name = NODE_NONE;
    if (!any_pattern(a, find_variant, &name)) {
        return (struct package_symbol){NULL, NULL};
    }
    const struct binding *binding = analysis_binding(maker->file, name);
    struct block_key key = maker->file->blocks.items[binding->block].key;
    struct package_symbol found = package_lookup(maker->context->package, key, binding->name, false);
    if (found.symbol == NULL) {
        add_builtin_variants(a, node_text(maker->tree, name));
        return found;
    }
    return found.symbol->kind != SYMBOL_VARIANT
               ? (struct package_symbol){NULL, NULL}
               : package_lookup(maker->context->package, found.symbol->block, found.symbol->owner, true);
}

static struct package_symbol type_of_subject(const struct arms *a) {
    struct action_maker *maker = a->maker;
    struct typer typer;
    typer_init(&typer, maker->arena, maker->file, maker->context->package);
    struct known_type type = typer_expression(&typer, node_child(maker->tree, a->match, FIELD_VALUE));
    if (!known_type_is(type) || type.list) {
        return (struct package_symbol){NULL, NULL};
    }
    return type.member.symbol != NULL ? type.member : in_package(maker, type.symbol);
}

static void read_arms(struct arms *a) {
    const struct syntax_tree *tree = a->maker->tree;
    NODE_EACH(arm, tree, a->match) {
        if (node_kind(tree, arm) != NODE_MATCH_ARM) {
            continue;
        }
        node_id pattern = node_child(tree, arm, FIELD_PATTERN);
        bool all = node_kind(tree, pattern) == NODE_IDENTIFIER && !starts_upper(node_text(tree, pattern)) &&
                   node_child(tree, arm, FIELD_GUARD) == NODE_NONE;
        a->catch_all = a->catch_all == NODE_NONE && all ? arm : a->catch_all;
        a->last = arm;
    }
}

/* How arms are parted: as those that are there, or each on its line. */
static void choose_separator(struct arms *a) {
    const struct syntax_tree *tree = a->maker->tree;
    uint32_t start = node_span(tree, a->match).start;
    struct str indentation = arena_concat(a->maker->arena, action_indentation(tree, start), STR("  "));
    if (a->catch_all != NODE_NONE) {
        uint32_t arm = node_span(tree, a->catch_all).start;
        bool line = action_starts_line(tree, arm);
        indentation = action_indentation(tree, arm);
        a->separator = line ? arena_printf(a->maker->arena, "\n%.*s", STR_ARGUMENTS(indentation)) : STR(", ");
    } else {
        a->separator = arena_printf(a->maker->arena, "\n%.*s", STR_ARGUMENTS(indentation));
    }
}

static void write_arms(struct arms *a) {
    struct action_maker *maker = a->maker;
    const struct syntax_tree *tree = maker->tree;
    struct code_action *action = action_add(maker, a->count == 1 ? "Add the missing arm" : "Add the missing arms");
    if (a->catch_all != NODE_NONE) {
        uint32_t start = node_span(tree, a->catch_all).start;
        action_edit(maker, action, (struct span){start, start}, arena_concat(maker->arena, a->text, a->separator));
        return;
    }
    /* Between the braces, where nothing stands. */
    struct span match = node_span(tree, a->match);
    uint32_t head = node_span(tree, node_child(tree, a->match, FIELD_VALUE)).end;
    uint32_t open = (uint32_t)str_find(text_str(tree->text), '{', head) + 1;
    struct str outer = action_indentation(tree, match.start);
    action_edit(maker, action, (struct span){open, match.end - 1},
                arena_printf(maker->arena, "%.*s%.*s\n%.*s", STR_ARGUMENTS(a->separator), STR_ARGUMENTS(a->text),
                             STR_ARGUMENTS(outer)));
}

/* The innermost `match` whose head the cursor touches, or whose arms are one line. */
static node_id match_at(const struct action_maker *maker) {
    const struct syntax_tree *tree = maker->tree;
    for (node_id node = node_at(tree, maker->span.start); node != NODE_NONE; node = node_parent(tree, node)) {
        if (node_kind(tree, node) == NODE_MATCH_EXPRESSION) {
            uint32_t head = node_span(tree, node_child(tree, node, FIELD_VALUE)).end;
            bool line = text_line_of(tree->text, head) == text_line_of(tree->text, maker->span.start);
            return line && !node_has_error(tree, node) ? node : NODE_NONE;
        }
    }
    return NODE_NONE;
}

void action_arms(struct action_maker *maker) {
    struct arms a = {.maker = maker, .match = match_at(maker), .text = STR_INIT("")};
    if (a.match == NODE_NONE) {
        return;
    }
    read_arms(&a);
    choose_separator(&a);
    bool empty = a.last == NODE_NONE;
    bool comments = empty && node_child_of_kind(maker->tree, a.match, NODE_COMMENT) != NODE_NONE;
    if (comments || (!empty && a.catch_all == NODE_NONE)) {
        return; /* the diagnostic's own fix adds what is missing at the end */
    }
    struct package_symbol type = type_of_patterns(&a);
    if (type.symbol == NULL && a.count == 0) {
        type = type_of_subject(&a);
    }
    if (type.symbol != NULL) {
        add_variants(&a, type);
    }
    if (a.count > 0) {
        write_arms(&a);
    }
}
