/* Cases of a `match`, as patterns: those that no arm takes come first. */
#include "server/features/completion_provider.h"

#include "analysis/signature_text.h"
#include "parser/syntax/node.h"

struct cases {
    struct completion *c;
    node_id match;
};

/* `Circle` of a pattern `Circle(r)`, `Shape.Circle(r)`; of others the text as it is. */
static struct str pattern_name(const struct syntax_tree *tree, node_id pattern) {
    if (node_kind(tree, pattern) == NODE_VARIANT_PATTERN) {
        pattern = node_child(tree, pattern, FIELD_NAME);
    }
    if (node_kind(tree, pattern) == NODE_MEMBER_EXPRESSION) {
        pattern = node_child(tree, pattern, FIELD_PROPERTY);
    }
    return node_text(tree, pattern);
}

static bool names(const struct syntax_tree *tree, node_id pattern, struct str name) {
    while (node_kind(tree, pattern) == NODE_OR_PATTERN) {
        node_id left = node_first_plain(tree, pattern);
        if (str_equal(pattern_name(tree, node_next_plain(tree, left)), name)) {
            return true;
        }
        pattern = left;
    }
    return str_equal(pattern_name(tree, pattern), name);
}

/* Has an arm without a condition the case? The one that is being typed does not count. */
static bool is_taken(const struct cases *cases, struct str name) {
    const struct syntax_tree *tree = cases->c->tree;
    NODE_EACH(arm, tree, cases->match) {
        node_id pattern = node_child(tree, arm, FIELD_PATTERN);
        struct span span = node_span(tree, pattern);
        bool typed = span.start <= cases->c->offset && cases->c->offset <= span.end;
        if (node_kind(tree, arm) == NODE_MATCH_ARM && !typed && node_child(tree, arm, FIELD_GUARD) == NODE_NONE &&
            names(tree, pattern, name)) {
            return true;
        }
    }
    return false;
}

/* The line goes on with an arrow already. */
static bool has_arrow(const struct completion *c) {
    uint32_t at = c->items->replace_end;
    while (at < c->text.size && c->text.data[at] != '\n') {
        if (c->text.data[at] == '=' && at + 1 < c->text.size && c->text.data[at + 1] == '>') {
            return true;
        }
        at++;
    }
    return false;
}

static void add_case(const struct cases *cases, struct str name, struct str pattern, struct str snippet, int kind) {
    struct completion *c = cases->c;
    bool rich = c->context->snippets && !c->called && !has_arrow(c);
    bool taken = is_taken(cases, name);
    if (completion_has(c, name)) {
        return;
    }
    completion_add(
        c, (struct completion_item){
               .label = name,
               .kind = kind,
               .detail = taken ? arena_concat(c->context->arena, pattern, STR(" (another arm has it)")) : pattern,
               .insert = rich        ? arena_concat(c->context->arena, snippet, STR(" => $0"))
                         : c->called ? name
                                     : pattern,
               .is_snippet = rich,
               .group = taken ? COMPLETION_ELSEWHERE : COMPLETION_EXACT,
           });
}

/* `Circle(radius, colour)` by the names of its fields. */
static void add_variant(const struct cases *cases, struct str name, struct str signature) {
    struct completion *c = cases->c;
    struct arena *arena = c->context->arena;
    struct signature_parameter parameter;
    struct str list = {0}, pattern = name, snippet = name;
    unsigned count = 0;
    signature_list(signature, &list);
    for (size_t at = 0; signature_next(list, &at, &parameter); count++) {
        const char *glue = count == 0 ? "(" : ", ";
        pattern = arena_printf(arena, "%.*s%s%.*s", STR_ARGUMENTS(pattern), glue, STR_ARGUMENTS(parameter.name));
        snippet = arena_printf(arena, "%.*s%s${%u:%.*s}", STR_ARGUMENTS(snippet), glue, count + 1,
                               STR_ARGUMENTS(parameter.name));
    }
    if (count > 0) {
        pattern = arena_concat(arena, pattern, STR(")"));
        snippet = arena_concat(arena, snippet, STR(")"));
    }
    add_case(cases, name, pattern, snippet, ITEM_ENUM_MEMBER);
}

static void add_variants_of(const struct cases *cases, struct package_symbol type) {
    for (uint32_t i = 0; i < type.file->symbol_count; i++) {
        const struct summary_symbol *symbol = &type.file->symbols[i];
        if (symbol->kind == SYMBOL_VARIANT && symbol->owner == type.symbol->name &&
            block_key_equal(symbol->block, type.symbol->block)) {
            add_variant(cases, analysis_name(cases->c->file, symbol->name), symbol->signature);
        }
    }
}

static void add_language(const struct cases *cases, struct str type) {
    if (type.size == 0 || str_starts_with(type, STR("Result"))) {
        add_variant(cases, STR("Ok"), STR("Ok(value)"));
        add_variant(cases, STR("Err"), STR("Err(error)"));
    }
    if (type.size == 0 || str_starts_with(type, STR("Option"))) {
        add_variant(cases, STR("Some"), STR("Some(value)"));
        add_variant(cases, STR("None"), STR("None"));
    }
    if (type.size == 0 || str_equal(type, STR("Bool"))) {
        add_case(cases, STR("true"), STR("true"), STR("true"), ITEM_VALUE);
        add_case(cases, STR("false"), STR("false"), STR("false"), ITEM_VALUE);
    }
}

/* The type that an arm's variant says the value to be, where nothing else does. */
static struct str type_by_arms(const struct cases *cases) {
    const struct syntax_tree *tree = cases->c->tree;
    NODE_EACH(arm, tree, cases->match) {
        node_id pattern = node_child(tree, arm, FIELD_PATTERN);
        atom_id name = atom_find(cases->c->file->atoms, pattern_name(tree, pattern));
        struct package_symbol found = {NULL, NULL};
        if (name != ATOM_NONE) {
            found = package_lookup(cases->c->context->package, cases->c->block, name, false);
        }
        if (found.symbol != NULL && found.symbol->kind == SYMBOL_VARIANT && found.symbol->owner != ATOM_NONE) {
            return analysis_name(cases->c->file, found.symbol->owner);
        }
    }
    return (struct str){0};
}

static void add_all_variants(void *context, struct package_symbol member) {
    const struct cases *cases = context;
    if (member.symbol->kind == SYMBOL_VARIANT) {
        add_variant(cases, analysis_name(cases->c->file, member.symbol->name), member.symbol->signature);
    }
}

static void add_cases(struct cases *cases, struct str type) {
    struct completion *c = cases->c;
    struct package_symbol found = {NULL, NULL};
    if (type.size > 0) {
        found = type_text_named(completion_typer(c), c->offset, type);
    }
    if (found.symbol != NULL && found.symbol->kind == SYMBOL_TYPE) {
        add_variants_of(cases, found);
    } else {
        if (type.size == 0) {
            package_each_visible(c->context->package, c->block, add_all_variants, cases);
        }
        add_language(cases, type);
    }
    if (!is_taken(cases, STR("_"))) {
        struct str rest = STR("_");
        bool rich = c->context->snippets && !has_arrow(c);
        completion_add(c, (struct completion_item){.label = rest,
                                                   .kind = ITEM_KEYWORD,
                                                   .detail = STR("everything else"),
                                                   .insert = rich ? STR("_ => $0") : rest,
                                                   .is_snippet = rich,
                                                   .group = COMPLETION_LOCAL});
    }
}

/* ---- the place */

/* In front of an arm's arrow: at its start, or behind the bar of `A | B`. */
static bool starts_arm(const struct completion *c) {
    if (token_is(&c->before, STR("=>")) || token_is(&c->before, STR("if"))) {
        return false;
    }
    return token_is(&c->before, STR("{")) || token_is(&c->before, STR(",")) || token_is(&c->before, STR("|")) ||
           c->before.new_line || token_is(&c->before, STR("}"));
}

/* The fields of a pattern get names of their own. */
static bool in_variant(struct completion *c, node_id container) {
    return completion_frame(c)->bracket == '(' && node_kind(c->tree, container) == NODE_VARIANT_PATTERN;
}

bool completion_of_patterns(struct completion *c) {
    const struct syntax_tree *tree = c->tree;
    node_id container = completion_container(c);
    enum node_kind kind = node_kind(tree, container);
    if (in_variant(c, container)) {
        return true;
    }
    if ((kind != NODE_MATCH_EXPRESSION && kind != NODE_JSX_MATCH) || completion_frame(c)->bracket != '{' ||
        !starts_arm(c)) {
        return false;
    }
    struct cases cases = {.c = c, .match = container};
    struct str type = type_text_receiver(completion_typer(c), node_child(tree, container, FIELD_VALUE));
    add_cases(&cases, type.size > 0 && !str_equal(type, STR("Any")) ? type : type_by_arms(&cases));
    return true;
}
