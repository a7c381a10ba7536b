/* Attributes of a tag: properties of a component, attributes of an element, and behind a prefix what it takes: events and their
 * modifiers, bindings, actions, motions, classes. */
#include "server/features/completion_provider.h"

#include "analysis/css.h"
#include "analysis/styles.h"
#include "parser/syntax/node.h"

enum form { TEXT, CODE, ALONE };

static const struct {
    struct str name, tags;
    enum form form;
    struct str values;
} attributes[] = {
#define ATTRIBUTE(name, tags, form, values) {STR_INIT(name), STR_INIT(tags), form, STR_INIT(values)},
#include "analysis/markup_words.def"
};

static const struct str events[] = {
#define EVENT(name) STR_INIT(name),
#include "analysis/markup_words.def"
};

static const struct {
    struct str name, about;
} modifiers[] = {
#define MODIFIER(name, about) {STR_INIT(name), STR_INIT(about)},
#include "analysis/markup_words.def"
};

struct tag {
    struct completion *c;
    node_id holder; /* the element, or the broken text that its attributes stand in */
    node_id name;
    struct str text;   /* of the name */
    node_id attribute; /* that is being typed, or NODE_NONE */
    struct package_symbol component;
};

/* ---- items */

static bool is_given(const struct tag *tag, struct str name) {
    NODE_EACH(child, tag->c->tree, tag->holder) {
        if (node_kind(tag->c->tree, child) == NODE_JSX_ATTRIBUTE && child != tag->attribute &&
            str_equal(node_text(tag->c->tree, node_child(tag->c->tree, child, FIELD_NAME)), name)) {
            return true;
        }
    }
    return false;
}

static bool has_value(const struct completion *c) {
    uint32_t end = c->items->replace_end;
    return end < c->text.size && c->text.data[end] == '=';
}

static void add(struct tag *tag, struct str name, enum form form, int kind, struct str detail,
                enum completion_group group) {
    struct completion *c = tag->c;
    if (is_given(tag, name) || completion_has(c, name)) {
        return;
    }
    bool rich = c->context->snippets && form != ALONE && !has_value(c);
    struct str insert =
        rich ? arena_concat(c->context->arena, name, form == TEXT ? STR("=\"$1\"") : STR("={$1}")) : name;
    completion_add(
        c, (struct completion_item){
               .label = name, .kind = kind, .detail = detail, .insert = insert, .is_snippet = rich, .group = group});
}

/* A prefix, behind which what it takes is offered. */
static void add_prefix(struct tag *tag, struct str prefix, struct str detail) {
    completion_add(tag->c, (struct completion_item){
                               .label = prefix, .kind = ITEM_KEYWORD, .detail = detail, .group = COMPLETION_WORD});
}

static struct str joined(const struct tag *tag, const char *prefix, struct str name) {
    return arena_concat(tag->c->context->arena, str_from_c(prefix), name);
}

/* ---- behind prefixes */

static void add_events(struct tag *tag) {
    for (size_t i = 0; i < sizeof events / sizeof *events; i++) {
        add(tag, joined(tag, "on:", events[i]), CODE, ITEM_EVENT, STR("event"), COMPLETION_WORD);
    }
}

/* `on:keydown.ent`: what stands before the last dot stays. */
static void add_modifiers(struct tag *tag, struct str typed) {
    struct completion *c = tag->c;
    size_t dot = typed.size;
    while (dot > 0 && typed.data[dot - 1] != '.') {
        dot--;
    }
    struct str head = str_slice(typed, 0, dot);
    for (size_t i = 0; i < sizeof modifiers / sizeof *modifiers; i++) {
        struct str label = arena_concat(c->context->arena, head, modifiers[i].name);
        add(tag, label, CODE, ITEM_KEYWORD, modifiers[i].about, COMPLETION_EXACT);
    }
}

static void add_bindings(struct tag *tag) {
    static const struct {
        struct str name, tags, about;
    } bindings[] = {
        {STR_INIT("value"), STR_INIT("input select textarea"), STR_INIT("keeps a field and a state the same")},
        {STR_INIT("checked"), STR_INIT("input"), STR_INIT("keeps a tick and a state the same")},
        {STR_INIT("group"), STR_INIT("input"), STR_INIT("the chosen value, or the list of ticked ones")},
        {STR_INIT("this"), STR_INIT(""), STR_INIT("gives the element itself")},
    };
    for (size_t i = 0; i < sizeof bindings / sizeof *bindings; i++) {
        if (bindings[i].tags.size == 0 || str_has_word(bindings[i].tags, tag->text)) {
            add(tag, joined(tag, "bind:", bindings[i].name), CODE, ITEM_PROPERTY, bindings[i].about,
                COMPLETION_PROGRAM);
        }
    }
}

/* The functions, or for animations the constants, that a prefix can name. */
struct named {
    struct tag *tag;
    const char *prefix;
    bool animation;
};

static bool is_animation(const struct file_analysis *file, const struct symbol *symbol) {
    return node_kind(file->tree, symbol->node) == NODE_DIRECTIVE && symbol->kind == SYMBOL_CONSTANT;
}

static bool is_wanted(const struct named *named, const struct symbol *symbol) {
    bool function = symbol->kind == SYMBOL_FUNCTION || symbol->kind == SYMBOL_IMPORT;
    return named->animation ? is_animation(named->tag->c->file, symbol) : function;
}

static void add_named_local(void *context, const struct symbol *symbol) {
    const struct named *named = context;
    if (is_wanted(named, symbol)) {
        struct str name = analysis_name(named->tag->c->file, symbol->name);
        add(named->tag, joined(named->tag, named->prefix, name), CODE, ITEM_FUNCTION, (struct str){0},
            COMPLETION_LOCAL);
    }
}

static void add_named_visible(void *context, struct package_symbol member) {
    const struct named *named = context;
    const struct file_analysis *file = named->tag->c->file;
    bool own = str_equal(member.file->path, file->path);
    bool animation = own && is_animation(file, analysis_symbol(file, member.symbol->local));
    if (named->animation ? animation : member.symbol->kind == SYMBOL_FUNCTION) {
        struct str name = analysis_name(file, member.symbol->name);
        add(named->tag, joined(named->tag, named->prefix, name), CODE, ITEM_FUNCTION, member.symbol->signature,
            COMPLETION_PROGRAM);
    }
}

static void add_named(struct tag *tag, const char *prefix, bool animation) {
    struct named named = {tag, prefix, animation};
    lookup_each_local(tag->c->file, tag->c->offset, add_named_local, &named);
    package_each_visible(tag->c->context->package, tag->c->block, add_named_visible, &named);
}

static void add_motions(struct tag *tag, const char *prefix) {
    static const struct str motions[] = {STR_INIT("fade"), STR_INIT("fly"), STR_INIT("scale"), STR_INIT("slide")};
    for (size_t i = 0; i < sizeof motions / sizeof *motions; i++) {
        add(tag, joined(tag, prefix, motions[i]), ALONE, ITEM_FUNCTION, STR("transition of the library"),
            COMPLETION_EXACT);
    }
    add_named(tag, prefix, false);
}

/* The classes that the style block of the component has rules for. */
static void add_classes(struct tag *tag, struct str selectors, bool in_value) {
    for (size_t at = 0; at < selectors.size; at++) {
        uint32_t start = (uint32_t)at + 1;
        uint32_t end = start;
        while (selectors.data[at] == '.' && end < selectors.size &&
               (selectors.data[end] == '-' || cursor_name_end(selectors, end) > end)) {
            end = selectors.data[end] == '-' ? end + 1 : cursor_name_end(selectors, end);
        }
        if (selectors.data[at] == '.' && end > start) {
            struct str name = str_slice(selectors, start, end);
            add(tag, in_value ? name : joined(tag, "class:", name), in_value ? ALONE : CODE, ITEM_VALUE,
                STR("class of this component"), COMPLETION_EXACT);
        }
    }
}

static void add_component_classes(struct tag *tag, bool in_value) {
    const struct syntax_tree *tree = tag->c->tree;
    node_id component = node_ancestor(tree, tag->holder, NODE_COMPONENT_DECLARATION);
    NODE_EACH(child, tree, node_child(tree, component, FIELD_BODY)) {
        struct css css = {.text = {NULL, 0}};
        if (node_kind(tree, child) != NODE_STYLE_BLOCK) {
            continue;
        }
        css_parse(tag->c->context->arena, style_text(tree, child), &css);
        for (unsigned i = 0; i < css.items.count; i++) {
            if (css.items.items[i].kind == CSS_RULE) {
                add_classes(tag, css.items.items[i].head, in_value);
            }
        }
    }
}

static const struct {
    struct str prefix, about;
} prefixes[] = {
    {STR_INIT("on:"), STR_INIT("what is called at an event")},
    {STR_INIT("bind:"), STR_INIT("what is kept the same")},
    {STR_INIT("class:"), STR_INIT("a class where a condition holds")},
    {STR_INIT("use:"), STR_INIT("a function that is given the element")},
    {STR_INIT("transition:"), STR_INIT("how it comes and goes")},
    {STR_INIT("in:"), STR_INIT("how it comes")},
    {STR_INIT("out:"), STR_INIT("how it goes")},
    {STR_INIT("animate:"), STR_INIT("an animation of this component")},
};

static bool add_behind_prefix(struct tag *tag, struct str typed) {
    if (str_starts_with(typed, STR("on:"))) {
        if (str_find(typed, '.', 0) < typed.size) {
            add_modifiers(tag, typed);
        } else {
            add_events(tag);
        }
    } else if (str_starts_with(typed, STR("bind:"))) {
        add_bindings(tag);
    } else if (str_starts_with(typed, STR("class:"))) {
        add_component_classes(tag, false);
    } else if (str_starts_with(typed, STR("use:"))) {
        add_named(tag, "use:", false);
    } else if (str_starts_with(typed, STR("transition:"))) {
        add_motions(tag, "transition:");
    } else if (str_starts_with(typed, STR("in:"))) {
        add_motions(tag, "in:");
    } else if (str_starts_with(typed, STR("out:"))) {
        add_motions(tag, "out:");
    } else if (str_starts_with(typed, STR("animate:"))) {
        add_named(tag, "animate:", true);
    } else {
        return false;
    }
    return true;
}

/* ---- plain attributes */

static void add_properties(struct tag *tag) {
    const struct summary_symbol *component = tag->component.symbol;
    for (uint32_t i = 0; i < component->parameter_count; i++) {
        const struct summary_parameter *parameter = &component->parameters[i];
        struct str name = analysis_name(tag->c->file, parameter->name);
        bool text = str_equal(parameter->type, STR("String"));
        bool alone = str_equal(parameter->type, STR("Bool"));
        if (name.size > 0) {
            struct str detail = parameter->type.size == 0
                                    ? name
                                    : arena_printf(tag->c->context->arena, "%.*s: %.*s", STR_ARGUMENTS(name),
                                                   STR_ARGUMENTS(parameter->type));
            add(tag, name, text ? TEXT : alone ? ALONE : CODE, ITEM_FIELD, detail, COMPLETION_EXACT);
        }
    }
}

static void add_attributes(struct tag *tag) {
    for (size_t i = 0; i < sizeof attributes / sizeof *attributes; i++) {
        bool own = attributes[i].tags.size > 0;
        if (!own || str_has_word(attributes[i].tags, tag->text)) {
            add(tag, attributes[i].name, attributes[i].form, ITEM_PROPERTY, STR("attribute"),
                own ? COMPLETION_PROGRAM : COMPLETION_BUILTIN);
        }
    }
    add_events(tag);
    add_bindings(tag);
    for (size_t i = 1; i < sizeof prefixes / sizeof *prefixes; i++) {
        add_prefix(tag, prefixes[i].prefix, prefixes[i].about);
    }
}

/* ---- the place */

/* The tag whose attribute ends just before the place, or is being typed there. */
static bool find_tag(struct completion *c, node_id node, struct tag *tag) {
    while (node != NODE_NONE && node_kind(c->tree, node) != NODE_JSX_ATTRIBUTE &&
           node_kind(c->tree, node) != NODE_JSX_SPREAD && node_kind(c->tree, node) != NODE_TAG_NAME &&
           node_kind(c->tree, node) != NODE_JSX_ELEMENT) {
        node = node_parent(c->tree, node);
    }
    if (node == NODE_NONE || node_kind(c->tree, node) == NODE_JSX_ELEMENT ||
        node_field(c->tree, node) == FIELD_CLOSE_NAME) {
        return false;
    }
    node_id holder = node_parent(c->tree, node), name = NODE_NONE;
    NODE_EACH(child, c->tree, holder) {
        if (node_kind(c->tree, child) == NODE_TAG_NAME && node_span(c->tree, child).start < c->word.start) {
            name = child;
        }
    }
    *tag = (struct tag){.c = c, .holder = holder, .name = name, .text = node_text(c->tree, name)};
    return name != NODE_NONE && c->text.data[node_span(c->tree, name).start - 1] == '<';
}

/* An attribute's name has `:`, `.` and `-` in it. */
static uint32_t word_start(const struct completion *c) {
    uint32_t at = c->offset;
    while (at > 0) {
        char last = c->text.data[at - 1];
        uint32_t start = cursor_name_start(c->text, at);
        if (start == at && last != ':' && last != '.' && last != '-') {
            break;
        }
        at = start < at ? start : at - 1;
    }
    return at;
}

/* Behind the whole of an attribute or name: what ends there is no value that is still being written. */
static bool ends_before(const struct completion *c, const struct tag *tag, node_id last) {
    node_id node = last;
    while (node_parent(c->tree, node) != tag->holder) {
        node = node_parent(c->tree, node);
    }
    struct token before = cursor_before(c->tree, c->word.start);
    return node_span(c->tree, node).end <= before.span.end && before.span.end < c->word.start;
}

bool completion_in_attributes(struct completion *c) {
    struct tag tag;
    struct span word = c->word;
    c->word.start = word_start(c);
    struct token before = cursor_before(c->tree, c->word.start);
    node_id last = before.kind == TOKEN_NONE ? NODE_NONE : node_holding(c->tree, before.span.end - 1);
    if (last == NODE_NONE || token_is(&before, STR(">")) || !find_tag(c, last, &tag) || !ends_before(c, &tag, last)) {
        c->word = word;
        return false;
    }
    node_id typed = c->word.start < c->text.size ? node_holding(c->tree, c->word.start) : NODE_NONE;
    bool is_name = node_kind(c->tree, typed) == NODE_ATTRIBUTE_NAME && node_span(c->tree, typed).start == c->word.start;
    tag.attribute = is_name ? node_parent(c->tree, typed) : NODE_NONE;
    c->items->replace = c->word;
    c->items->replace_end = is_name ? node_span(c->tree, typed).end : c->offset;
    atom_id atom = atom_find(c->file->atoms, tag.text);
    if (atom != ATOM_NONE && tag.text.data[0] >= 'A' && tag.text.data[0] <= 'Z') {
        struct target target = lookup_target(c->file, c->context->package, node_span(c->tree, tag.name).start);
        tag.component =
            target.member.symbol != NULL ? target.member : package_lookup(c->context->package, c->block, atom, false);
    }
    if (tag.component.symbol != NULL && tag.component.symbol->kind == SYMBOL_COMPONENT) {
        add_properties(&tag);
    } else if (!add_behind_prefix(&tag, completion_typed(c))) {
        add_attributes(&tag);
    }
    return true;
}

/* ---- values in quotes */

/* The values that an attribute takes, and the classes that the component knows. */
void completion_attribute_values(struct completion *c, node_id attribute) {
    struct tag tag = {.c = c, .holder = node_parent(c->tree, attribute), .attribute = attribute};
    struct str name = node_text(c->tree, node_child(c->tree, attribute, FIELD_NAME));
    struct str element = node_text(c->tree, node_child(c->tree, tag.holder, FIELD_NAME));
    for (size_t i = 0; i < sizeof attributes / sizeof *attributes; i++) {
        if (!str_equal(attributes[i].name, name) ||
            (attributes[i].tags.size > 0 && !str_has_word(attributes[i].tags, element))) {
            continue;
        }
        for (size_t at = 0; at < attributes[i].values.size;) {
            size_t end = str_find(attributes[i].values, ' ', at);
            completion_add_name(c, str_slice(attributes[i].values, at, end), ITEM_VALUE, (struct str){0});
            at = end + 1;
        }
    }
    if (str_equal(name, STR("class"))) {
        add_component_classes(&tag, true);
    }
}
