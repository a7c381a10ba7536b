/* Elements of components against the properties that these have: none that is unknown, and none that is needed and left out. */
#include "analysis/checks.h"

/* What an element says to the page, and not to its component. */
static bool is_for_page(struct str name) {
    static const struct str names[] = {STR_INIT("key"),   STR_INIT("ref"),      STR_INIT("class"),
                                       STR_INIT("style"), STR_INIT("children"), STR_INIT("slot")};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        if (str_equal(name, names[i])) {
            return true;
        }
    }
    return false;
}

/* Of `bind:value` the property is `value`; what listens and what has a hyphen is nobody's parameter. */
static bool is_plain(struct str name) {
    return str_find(name, ':', 0) == name.size && str_find(name, '-', 0) == name.size;
}

static struct str property_of(struct str attribute) {
    size_t colon = str_find(attribute, ':', 0);
    return colon == attribute.size ? attribute : str_slice(attribute, colon + 1, attribute.size);
}

static uint32_t find_property(const struct check *check, const struct callee *callee, struct str name) {
    uint32_t i = 0;
    while (i < callee->count && !str_equal(analysis_name(check->file, callee->parameters[i].name), name)) {
        i++;
    }
    return i;
}

static void relate(struct check *check, struct diagnostic *diagnostic, const struct callee *callee) {
    diagnostic->related.path = callee->path;
    diagnostic->related.span = callee->declared;
    diagnostic->related.message = arena_printf(check->arena, "`%.*s` is declared here.", STR_ARGUMENTS(callee->name));
}

static void report_unknown(struct check *check, const struct callee *callee, node_id name_node, struct str name) {
    struct span span = node_span(check->file->tree, name_node);
    struct str nearest = callee_nearest(check, callee, name), hint = suggestion_sentence(check->arena, nearest);
    struct diagnostic *diagnostic =
        CHECK_REPORT(check, UNKNOWN_PROPERTY, span, "The component `%.*s` has no property `%.*s`.%.*s",
                     STR_ARGUMENTS(callee->name), STR_ARGUMENTS(name), STR_ARGUMENTS(hint));
    relate(check, diagnostic, callee);
    suggestion_fix(check->arena, diagnostic, span, nearest);
}

/* Only a type says that there has to be something; and a Bool that is left out is none. */
static bool is_needed(struct check *check, const struct callee *callee, uint32_t index) {
    const struct summary_parameter *parameter = &callee->parameters[index];
    struct type type = parameter_type(check, callee, index);
    return !parameter->has_default && !is_for_page(analysis_name(check->file, parameter->name)) &&
           type.kind != TYPE_BOOL && !may_miss(type);
}

static void report_missing(struct check *check, node_id element, const struct callee *callee, const bool *given) {
    struct str list = {0};
    for (uint32_t i = 0; i < callee->count; i++) {
        if (!given[i] && is_needed(check, callee, i)) {
            list = arena_printf(check->arena, "%.*s%s`%.*s`", STR_ARGUMENTS(list), list.size == 0 ? "" : ", ",
                                STR_ARGUMENTS(analysis_name(check->file, callee->parameters[i].name)));
        }
    }
    if (list.size > 0) {
        node_id name = node_child(check->file->tree, element, FIELD_NAME);
        struct diagnostic *diagnostic =
            CHECK_REPORT(check, MISSING_PROPERTY, node_span(check->file->tree, name),
                         "The component `%.*s` needs %.*s too.", STR_ARGUMENTS(callee->name), STR_ARGUMENTS(list));
        relate(check, diagnostic, callee);
    }
}

/* Are all its parameters names, so that each property is one of them? */
static bool is_known(const struct callee *callee) {
    for (uint32_t i = 0; i < callee->count; i++) {
        if (callee->parameters[i].name == ATOM_NONE || callee->parameters[i].rest) {
            return false;
        }
    }
    return true;
}

void check_properties(struct check *check, node_id element) {
    const struct syntax_tree *tree = check->file->tree;
    struct callee callee;
    if (node_has_error(tree, element) || !component_meant(check, element, &callee) || !is_known(&callee)) {
        return;
    }
    bool *given = arena_array(check->arena, bool, callee.count + 1);
    bool complete = true;
    NODE_EACH(attribute, tree, element) {
        complete = complete && node_kind(tree, attribute) != NODE_JSX_SPREAD;
        if (node_kind(tree, attribute) == NODE_JSX_ATTRIBUTE) {
            node_id name_node = node_child(tree, attribute, FIELD_NAME);
            struct str name = node_text(tree, name_node);
            uint32_t index = find_property(check, &callee, property_of(name));
            given[index] = true;
            if (index == callee.count && is_plain(name) && !is_for_page(name)) {
                report_unknown(check, &callee, name_node, name);
            }
        }
    }
    if (complete) {
        report_missing(check, element, &callee, given);
    }
}
