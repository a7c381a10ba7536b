/* Tags: behind `<` elements and components with what they need, behind `</` the element that is open. */
#include "server/features/completion_provider.h"

#include "parser/syntax/node.h"

enum { VOID = 1, SVG = 2 };

static const struct {
    struct str name;
    unsigned flags;
    struct str about;
} tags[] = {
#define TAG(name, flags, about) {STR_INIT(name), flags, STR_INIT(about)},
#include "analysis/markup_words.def"
};

/* ---- which element is open */

static bool is_void(struct str name) {
    for (size_t i = 0; i < sizeof tags / sizeof *tags; i++) {
        if (str_equal(tags[i].name, name)) {
            return (tags[i].flags & VOID) != 0;
        }
    }
    return false;
}

/* Is the element over before `at`: by its closing tag, or by `/>`? */
static bool is_closed(const struct syntax_tree *tree, node_id element, uint32_t at) {
    node_id close = node_child(tree, element, FIELD_CLOSE_NAME);
    struct span span = node_span(tree, element);
    bool alone = close == NODE_NONE && str_ends_with(node_text(tree, element), STR("/>"));
    return (close != NODE_NONE && node_span(tree, close).end <= at && node_span(tree, close).start < at) ||
           (alone && span.end <= at);
}

static bool within_closed(const struct syntax_tree *tree, node_id element, uint32_t at) {
    for (node_id node = element; node != NODE_NONE && node != NODE_ROOT; node = node_parent(tree, node)) {
        if (node_kind(tree, node) == NODE_JSX_ELEMENT && is_closed(tree, node, at)) {
            return true;
        }
    }
    return false;
}

struct open_tags {
    VEC(node_id) names;
};

/* In text that does not parse, tags stand in a row without their elements. */
static void take_loose_name(struct completion *c, struct open_tags *open, node_id name) {
    uint32_t start = node_span(c->tree, name).start;
    bool closes = start > 1 && c->text.data[start - 1] == '/';
    if (!closes) {
        if (!is_void(node_text(c->tree, name))) {
            vec_push(c->context->arena, &open->names, name);
        }
    } else if (open->names.count > 0) {
        open->names.count--;
    }
}

/* The name of the innermost element that is open at `at`, or NODE_NONE. */
static node_id open_name(struct completion *c, uint32_t at) {
    const struct syntax_tree *tree = c->tree;
    struct open_tags open = {0};
    node_id around = node_holding(tree, at);
    while (node_parent(tree, around) > NODE_ROOT && node_kind(tree, around) != NODE_COMPONENT_DECLARATION) {
        around = node_parent(tree, around);
    }
    for (node_id node = around; node < tree->nodes[around].next && node_span(tree, node).start < at; node++) {
        enum node_kind parent = node_kind(tree, node_parent(tree, node));
        if (node_kind(tree, node) != NODE_TAG_NAME) {
            continue;
        }
        if (parent != NODE_JSX_ELEMENT) {
            take_loose_name(c, &open, node);
        } else if (node_field(tree, node) == FIELD_NAME && !within_closed(tree, node_parent(tree, node), at)) {
            vec_push(c->context->arena, &open.names, node);
        }
    }
    return open.names.count > 0 ? open.names.items[open.names.count - 1] : NODE_NONE;
}

/* ---- items */

/* Does the tag go on behind the place, so that its name alone is wanted? */
static bool goes_on(const struct completion *c) {
    uint32_t at = c->items->replace_end;
    while (at < c->text.size && c->text.data[at] == ' ') {
        at++;
    }
    char next = at < c->text.size ? c->text.data[at] : '\n';
    return next != '\n' && next != '\r' && next != '<' && next != '}' && next != ')';
}

static void add_element(struct completion *c, size_t index) {
    bool rich = c->context->snippets && !goes_on(c);
    struct str name = tags[index].name;
    struct str insert = name;
    if (rich && (tags[index].flags & VOID)) {
        insert = arena_concat(c->context->arena, name, STR("$0 />"));
    } else if (rich) {
        insert = arena_printf(c->context->arena, "%.*s>$0</%.*s>", STR_ARGUMENTS(name), STR_ARGUMENTS(name));
    }
    completion_add(
        c, (struct completion_item){.label = name,
                                    .kind = ITEM_PROPERTY,
                                    .detail = tags[index].flags & SVG ? STR("SVG element") : STR("HTML element"),
                                    .insert = insert,
                                    .is_snippet = rich,
                                    .group = COMPLETION_BUILTIN,
                                    .near = tags[index].flags & SVG ? 1 : 0,
                                    .subject = {.text = tags[index].about}});
}

/* ` title="$1" count={$2} />`: the properties without default. */
static void add_properties(struct completion *c, struct strbuf *out, const struct summary_symbol *component) {
    unsigned stops = 0;
    for (uint32_t i = 0; i < component->parameter_count; i++) {
        const struct summary_parameter *parameter = &component->parameters[i];
        bool text = str_equal(parameter->type, STR("String"));
        struct str name = analysis_name(c->file, parameter->name);
        if (!parameter->has_default && name.size > 0) {
            strbuf_printf(out, text ? " %.*s=\"$%u\"" : " %.*s={$%u}", STR_ARGUMENTS(name), ++stops);
        }
    }
    strbuf_add_c(out, "$0 />");
}

static void add_component(struct completion *c, struct package_symbol member) {
    struct str name = analysis_name(c->file, member.symbol->name);
    bool rich = c->context->snippets && !goes_on(c);
    if (completion_has(c, name)) {
        return;
    }
    strbuf_clear(&c->buffer);
    strbuf_add(&c->buffer, name);
    if (rich) {
        add_properties(c, &c->buffer, member.symbol);
    }
    completion_add(c, (struct completion_item){
                          .label = name,
                          .kind = ITEM_CLASS,
                          .detail = member.symbol->signature,
                          .insert = arena_str(c->context->arena, strbuf_str(&c->buffer)),
                          .is_snippet = rich,
                          .group = COMPLETION_PROGRAM,
                          .subject = {.kind = SUBJECT_SYMBOL,
                                      .name = name,
                                      .owner = member.file->path,
                                      .block = member.symbol->block},
                      });
}

static void add_visible(void *context, struct package_symbol member) {
    if (member.symbol->kind == SYMBOL_COMPONENT) {
        add_component(context, member);
    }
}

static void add_imports(struct completion *c) {
    for (unsigned i = 0; i < c->file->imported.count; i++) {
        struct package_symbol member = typer_imported(completion_typer(c), c->file->imported.items[i].symbol);
        if (member.symbol != NULL && member.symbol->kind == SYMBOL_COMPONENT) {
            add_component(c, member);
        }
    }
}

/* Components that every page has: functions of the runtime with a capital letter. */
static void add_builtin_components(struct completion *c) {
    for (int i = 0; i < (int)BUILTIN_COUNT; i++) {
        const struct builtin_info *info = builtin_info((enum builtin)i);
        bool component = info->side == BUILTIN_BROWSERS && info->name.data[0] >= 'A' && info->name.data[0] <= 'Z';
        if (component && info->absent.size == 0 && !completion_has(c, info->name)) {
            completion_add(c, (struct completion_item){.label = info->name,
                                                       .kind = ITEM_CLASS,
                                                       .detail = info->signature,
                                                       .insert = info->name,
                                                       .group = COMPLETION_BUILTIN,
                                                       .subject = {.kind = SUBJECT_BUILTIN, .name = info->name}});
        }
    }
}

static bool is_component(const struct summary_symbol *symbol) { return symbol->kind == SYMBOL_COMPONENT; }

/* `label` is "div" behind `</`, "/div" behind `<`. */
static void add_closing(struct completion *c, uint32_t at, bool slash) {
    node_id name = open_name(c, at);
    uint32_t end = c->items->replace_end;
    bool ended = end < c->text.size && c->text.data[end] == '>';
    if (name == NODE_NONE) {
        return;
    }
    struct str text = node_text(c->tree, name);
    struct str label = slash ? arena_concat(c->context->arena, STR("/"), text) : text;
    completion_add(c,
                   (struct completion_item){.label = label,
                                            .kind = ITEM_PROPERTY,
                                            .detail = STR("closing tag"),
                                            .insert = ended ? label : arena_concat(c->context->arena, label, STR(">")),
                                            .group = COMPLETION_EXACT});
}

static void add_tags(struct completion *c) {
    add_imports(c);
    package_each_visible(c->context->package, c->block, add_visible, c);
    add_builtin_components(c);
    for (size_t i = 0; i < sizeof tags / sizeof *tags; i++) {
        add_element(c, i);
    }
    completion_elsewhere(c, is_component);
}

/* ---- the place */

static bool is_value(const struct token *token) {
    return token->kind == TOKEN_NAME || token->kind == TOKEN_NUMBER || token->kind == TOKEN_TEXT ||
           token_is(token, STR(")")) || token_is(token, STR("]"));
}

/* Is this `<` the start of a tag, and no comparison? */
static bool starts_tag(const struct completion *c) {
    node_id node = node_holding(c->tree, c->before.span.start);
    switch ((int)node_kind(c->tree, node)) {
    case NODE_JSX_ELEMENT:
    case NODE_JSX_FRAGMENT:
    case NODE_JSX_BLOCK:
    case NODE_JSX_TEXT:
        return true;
    case NODE_BLOCK:
        return node_kind(c->tree, node_parent(c->tree, node)) == NODE_COMPONENT_DECLARATION;
    case NODE_TYPE_PARAMETERS:
    case NODE_GENERIC_TYPE:
        return false;
    default:
        return node_child_of_kind(c->tree, node, NODE_TAG_NAME) != NODE_NONE || !is_value(&c->before2) ||
               c->before2.new_line;
    }
}

/* A tag's name has `-` and `.` in it. */
static void widen_word(struct completion *c) {
    uint32_t start = c->offset;
    while (start > 0 && c->text.data[start - 1] != '<' && c->text.data[start - 1] != '/' && c->offset - start < 64 &&
           (c->text.data[start - 1] == '-' || c->text.data[start - 1] == '.' ||
            cursor_name_start(c->text, start) < start)) {
        start--;
    }
    if (start < c->word.start && start > 0 && (c->text.data[start - 1] == '<' || c->text.data[start - 1] == '/')) {
        c->word.start = c->items->replace.start = start;
        c->before = cursor_before(c->tree, start);
        c->before2 = cursor_before(c->tree, c->before.span.start);
    }
}

bool completion_in_markup(struct completion *c) {
    widen_word(c);
    bool opens = token_is(&c->before, STR("<")) && c->before.span.end == c->word.start;
    bool closes = token_is(&c->before, STR("</")) && c->before.span.end == c->word.start;
    if (closes) {
        add_closing(c, c->before.span.start, false);
        return true;
    }
    if (!opens || !starts_tag(c)) {
        return false;
    }
    if (c->word.start == c->offset) {
        add_closing(c, c->before.span.start, true);
    }
    add_tags(c);
    return true;
}
