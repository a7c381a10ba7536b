/* styles: printing the rules of style blocks, and the variants of classes. */
#include "codegen/styles.h"

#include "analysis/styles.h"
#include "codegen/expressions.h"
#include "codegen/imports.h"
#include "codegen/names.h"
#include "codegen/selectors.h"
#include "codegen/symbols_in.h"
#include "parser/base/byte.h"
#include "parser/base/limits.h"

#include <inttypes.h>

struct sheet {
    struct emitter *e;
    struct component_style *style;
    struct str selector; /* "[data-tova-1a2b3c4d]" */
    node_id component;
    const struct css *css;
    struct strbuf out;
    struct str base; /* the class of the rule around, or empty */
    unsigned indent;
    bool steps;      /* in `@keyframes` and the like: nothing is an element */
    bool moves;      /* something is animated */
};

static const struct css_item *item_at(const struct sheet *sheet, uint32_t index) { return &sheet->css->items.items[index]; }

static void print_items(struct sheet *sheet, uint32_t from, uint32_t to, bool nested);

static void start_line(struct sheet *sheet) {
    strbuf_add_byte(&sheet->out, '\n');
    strbuf_add_repeat(&sheet->out, ' ', (size_t)2 * sheet->indent);
}

/* ---- values */

static bool is_name_byte(char byte) {
    return byte_is_word(byte) || byte == '-';
}

/* The end of `$colors.primary.hover` at `at`, or `at` when no name and member stand there. */
static size_t token_end(struct str text, size_t at) {
    size_t end = at + 1;
    unsigned parts = 0;
    for (;;) {
        size_t start = end;
        while (end < text.size && is_name_byte(text.data[end])) {
            end++;
        }
        if (end == start) {
            return at;
        }
        parts++;
        if (end + 1 >= text.size || text.data[end] != '.' || !is_name_byte(text.data[end + 1])) {
            return parts > 1 ? end : at;
        }
        end++;
    }
}

/* The group `colors` is called color in its variables. */
static void add_token(struct strbuf *out, struct str token) {
    size_t dot = str_find(token, '.', 0);
    struct str group = str_slice(token, 1, dot);
    strbuf_add_c(out, "var(--tova-");
    strbuf_add(out, str_equal(group, STR("colors")) ? STR("color") : group);
    for (size_t i = dot; i < token.size; i++) {
        strbuf_add_byte(out, token.data[i] == '.' ? '-' : token.data[i]);
    }
    strbuf_add_byte(out, ')');
}

static void add_value(struct strbuf *out, struct str value) {
    size_t start = 0;
    bool after_space = false;
    for (size_t at = 0; at < value.size;) {
        size_t end = value.data[at] == '$' ? token_end(value, at) : at;
        if (end > at) {
            struct str before = str_slice(value, start, at);
            selectors_plain(out, before);
            after_space = str_trim(before).size > 0 && str_ends_with(before, STR(" "));
            strbuf_add_c(out, after_space ? " " : "");
            add_token(out, str_slice(value, at, end));
            start = end;
            bool space = end < value.size && str_trim(str_slice(value, end, end + 1)).size == 0;
            strbuf_add_c(out, space ? " " : "");
        } else {
            bool opens = value.data[at] == '(' || value.data[at] == '[';
            end = opens ? at + 1 : css_skip(value, at);
        }
        at = end;
    }
    selectors_plain(out, str_slice(value, start, value.size));
}

static bool is_motion(struct str property) {
    size_t skip = str_starts_with(property, STR("-webkit-")) ? sizeof "-webkit-" - 1 : 0;
    property = str_slice(property, skip, property.size);
    return str_starts_with(property, STR("transition")) || str_starts_with(property, STR("animation"));
}

static void print_declaration(struct sheet *sheet, const struct css_item *item) {
    selectors_plain(&sheet->out, item->head);
    strbuf_add_c(&sheet->out, ": ");
    add_value(&sheet->out, item->value);
    strbuf_add_byte(&sheet->out, ';');
    sheet->moves = sheet->moves || is_motion(item->head);
}

/* ---- blocks */

static bool has_only_declarations(const struct sheet *sheet, uint32_t from, uint32_t to) {
    for (uint32_t i = from; i < to; i = item_at(sheet, i)->next) {
        if (item_at(sheet, i)->kind != CSS_DECLARATION) {
            return false;
        }
    }
    return true;
}

/* ` { … }` of an item: on one line where there is nothing but declarations. */
static void print_block(struct sheet *sheet, uint32_t index, bool nested) {
    uint32_t end = item_at(sheet, index)->next;
    if (has_only_declarations(sheet, index + 1, end)) {
        strbuf_add_c(&sheet->out, " {");
        for (uint32_t i = index + 1; i < end; i++) {
            strbuf_add_byte(&sheet->out, ' ');
            print_declaration(sheet, item_at(sheet, i));
        }
        strbuf_add_c(&sheet->out, " }");
        return;
    }
    strbuf_add_c(&sheet->out, " {");
    sheet->indent++;
    print_items(sheet, index + 1, end, nested);
    sheet->indent--;
    start_line(sheet);
    strbuf_add_byte(&sheet->out, '}');
}

static struct str class_of_selector(struct str head) {
    size_t start = str_find(head, '.', 0);
    size_t end = start + 1;
    while (end < head.size && is_name_byte(head.data[end])) {
        end++;
    }
    return start == 0 ? str_slice(head, 1, end) : STR("");
}

static void print_rule(struct sheet *sheet, uint32_t index) {
    struct str outer = sheet->base;
    struct str own = class_of_selector(item_at(sheet, index)->head);
    sheet->base = own.size > 0 ? own : sheet->base;
    start_line(sheet);
    if (sheet->steps) {
        selectors_plain(&sheet->out, item_at(sheet, index)->head);
    } else {
        selectors_scope(&sheet->out, item_at(sheet, index)->head, sheet->selector);
    }
    print_block(sheet, index, true);
    sheet->base = outer;
}

static void print_at_rule(struct sheet *sheet, uint32_t index, bool nested) {
    const struct css_item *item = item_at(sheet, index);
    start_line(sheet);
    selectors_plain(&sheet->out, item->head);
    if (!item->block) {
        strbuf_add_byte(&sheet->out, ';');
        return;
    }
    bool steps = sheet->steps;
    sheet->steps = steps || !css_holds_rules(css_at_word(item));
    print_block(sheet, index, nested);
    sheet->steps = steps;
}

/* The narrowest first, so that wider ones win. */
static void print_responsive(struct sheet *sheet, uint32_t index, bool nested) {
    uint32_t end = item_at(sheet, index)->next;
    for (int width = 0, next = -1; width >= 0; width = next, next = -1) {
        for (uint32_t i = index + 1; i < end; i = item_at(sheet, i)->next) {
            int own = css_breakpoint(item_at(sheet, i)->head);
            if (own == width) {
                start_line(sheet);
                strbuf_printf(&sheet->out, "@media (min-width: %dpx)", width);
                print_block(sheet, i, nested);
            } else if (own > width && (next < 0 || own < next)) {
                next = own;
            }
        }
    }
}

/* ---- variants */

static void add_variant(struct sheet *sheet, struct str name) {
    struct emitter *e = sheet->e;
    node_id subject = style_subject(e->tree, sheet->component, name);
    for (unsigned i = 0; i < sheet->style->variants.count; i++) {
        struct style_variant *known = &sheet->style->variants.items[i];
        if (known->subject == subject && str_equal(known->base, sheet->base)) {
            return;
        }
    }
    if (subject != NODE_NONE) {
        vec_push(e->arena, &sheet->style->variants, ((struct style_variant){sheet->base, name, subject}));
    }
}

/* `primary + lg:hover` of variant(a + b) is `.btn--a-primary.btn--b-lg:hover`. */
static void add_choice(struct sheet *sheet, struct strbuf *selector, struct str names, struct str choice) {
    size_t at = 0;
    for (size_t part = 0; part < choice.size;) {
        struct str name = style_next_name(names, &at);
        size_t end = part;
        while (end < choice.size && (is_name_byte(choice.data[end]) || choice.data[end] == ' ')) {
            end++;
        }
        if (end < choice.size && choice.data[end] == '+' && at <= names.size) {
            strbuf_printf(selector, ".%.*s--%.*s-%.*s", STR_ARGUMENTS(sheet->base), STR_ARGUMENTS(name),
                          STR_ARGUMENTS(str_trim(str_slice(choice, part, end))));
            part = end + 1;
            while (part < choice.size && choice.data[part] == ' ') {
                part++;
            }
            continue;
        }
        strbuf_printf(selector, ".%.*s--%.*s-%.*s", STR_ARGUMENTS(sheet->base), STR_ARGUMENTS(name),
                      STR_ARGUMENTS(str_slice(choice, part, choice.size)));
        return;
    }
}

static void print_choice(struct sheet *sheet, uint32_t index, struct str names, bool nested) {
    struct str head = item_at(sheet, index)->head;
    struct strbuf selectors;
    strbuf_init(&selectors, LIMIT_OUTPUT_BYTES);
    for (size_t start = 0; start < head.size;) {
        size_t end = str_find(head, ',', start);
        strbuf_add_c(&selectors, start > 0 ? ", " : "");
        strbuf_add_c(&selectors, nested ? "&" : "");
        add_choice(sheet, &selectors, names, str_trim(str_slice(head, start, end)));
        start = end + 1;
    }
    start_line(sheet);
    selectors_scope(&sheet->out, strbuf_str(&selectors), sheet->selector);
    strbuf_finish(&selectors);
    print_block(sheet, index, true);
}

/* The first class of the component's first element that has one. */
static struct str first_class(const struct sheet *sheet) {
    const struct syntax_tree *tree = sheet->e->tree;
    for (node_id n = sheet->component; n < tree->nodes[sheet->component].next; n++) {
        node_id value = node_child(tree, n, FIELD_VALUE);
        if (node_kind(tree, n) == NODE_JSX_ATTRIBUTE && node_kind(tree, value) == NODE_STRING &&
            str_equal(node_text(tree, node_child(tree, n, FIELD_NAME)), STR("class"))) {
            struct str text = node_text(tree, value);
            size_t end = 1;
            while (end < text.size && is_name_byte(text.data[end])) {
                end++;
            }
            return str_slice(text, 1, end);
        }
    }
    return STR("");
}

static void print_variant(struct sheet *sheet, uint32_t index, bool nested) {
    struct str names = item_at(sheet, index)->value;
    struct str outer = sheet->base;
    sheet->base = outer.size > 0 ? outer : first_class(sheet);
    for (size_t at = 0; at <= names.size;) {
        add_variant(sheet, style_next_name(names, &at));
    }
    for (uint32_t i = index + 1; i < item_at(sheet, index)->next; i = item_at(sheet, i)->next) {
        print_choice(sheet, i, names, nested);
    }
    sheet->base = outer;
}

/* ---- all */

static void print_items(struct sheet *sheet, uint32_t from, uint32_t to, bool nested) {
    for (uint32_t i = from; i < to; i = item_at(sheet, i)->next) {
        const struct css_item *item = item_at(sheet, i);
        switch (item->kind) {
        case CSS_DECLARATION:
            start_line(sheet);
            print_declaration(sheet, item);
            break;
        case CSS_AT_RULE:
            print_at_rule(sheet, i, nested);
            break;
        case CSS_RESPONSIVE:
            print_responsive(sheet, i, nested);
            break;
        case CSS_VARIANT:
            print_variant(sheet, i, nested);
            break;
        case CSS_RULE:
        case CSS_BREAKPOINT:
        case CSS_CHOICE:
            print_rule(sheet, i);
            break;
        }
    }
}

static void print_reduced_motion(struct sheet *sheet) {
    struct str s = sheet->selector;
    strbuf_printf(&sheet->out,
                  "\n  @media (prefers-reduced-motion: reduce) {\n    %.*s, %.*s::before, %.*s::after {\n"
                  "      transition-duration: 0.01ms !important;\n      animation-duration: 0.01ms !important;\n"
                  "      animation-iteration-count: 1 !important;\n    }\n  }",
                  STR_ARGUMENTS(s), STR_ARGUMENTS(s), STR_ARGUMENTS(s));
}

/* FNV-1a. */
static uint32_t hash_text(uint32_t hash, struct str text) {
    for (size_t i = 0; i < text.size; i++) {
        hash = (hash ^ (unsigned char)text.data[i]) * 16777619u;
    }
    return hash;
}

static struct str hash_of(struct emitter *e, node_id component) {
    uint32_t hash = hash_text(2166136261u, text_of(e, node_child(e->tree, component, FIELD_NAME)));
    hash = hash_text(hash, text_of(e, node_child(e->tree, component, FIELD_MEMBER)));
    NODE_EACH(child, e->tree, node_child(e->tree, component, FIELD_BODY)) {
        hash = kind_of(e, child) == NODE_STYLE_BLOCK ? hash_text(hash, style_text(e->tree, child)) : hash;
    }
    return arena_printf(e->arena, "%08" PRIx32, hash);
}

/* tova_inject_css("1a2b3c4d", `…`); */
static void add_sheet(struct emitter *e, struct str hash, struct str text, node_id place) {
    struct js *template = js_new(e->arena, JS_TEMPLATE);
    struct js *part = js_text(e->arena, JS_TEMPLATE_TEXT, template_text(e, text, true));
    part->place = place_of(e, place);
    js_add(e->arena, &template->list, part);
    struct js *call = js_call2(e->arena, runtime_name(e, RUNTIME_STYLES, "tova_inject_css"), js_string(e->arena, hash), template);
    add_statement(e, placed(e, js_expression_statement(e->arena, call), place));
}

static bool is_full_motion(const struct emitter *e, node_id style) {
    return plain_count(e, node_child(e->tree, style, FIELD_ARGUMENTS)) > 0;
}

struct component_style *style_of_component(struct emitter *e, node_id component) {
    node_id body = node_child(e->tree, component, FIELD_BODY);
    node_id first = node_child_of_kind(e->tree, body, NODE_STYLE_BLOCK);
    if (first == NODE_NONE) {
        return NULL;
    }
    struct component_style *style = arena_new(e->arena, struct component_style);
    struct str hash = hash_of(e, component);
    style->attribute = arena_printf(e->arena, "data-tova-%.*s", STR_ARGUMENTS(hash));
    struct sheet sheet = {.e = e, .style = style, .component = component, .indent = 1};
    sheet.selector = arena_printf(e->arena, "[%.*s]", STR_ARGUMENTS(style->attribute));
    strbuf_init(&sheet.out, LIMIT_OUTPUT_BYTES);
    bool reduced = false;
    NODE_EACH(child, e->tree, body) {
        if (kind_of(e, child) == NODE_STYLE_BLOCK) {
            struct css css;
            css_parse(e->arena, style_text(e->tree, child), &css);
            sheet.css = &css;
            sheet.moves = false;
            print_items(&sheet, 0, css.items.count, false);
            reduced = reduced || (sheet.moves && !is_full_motion(e, child));
        }
    }
    if (reduced) {
        print_reduced_motion(&sheet);
    }
    strbuf_add_c(&sheet.out, sheet.out.size > 0 ? "\n" : "");
    add_sheet(e, hash, arena_str(e->arena, strbuf_str(&sheet.out)), first);
    strbuf_finish(&sheet.out);
    return style;
}

/* ---- classes */

static bool has_word(struct str text, struct str word) {
    for (size_t at = 0; at + word.size <= text.size; at++) {
        bool starts = at == 0 || !is_name_byte(text.data[at - 1]);
        bool ends = at + word.size == text.size || !is_name_byte(text.data[at + word.size]);
        if (starts && ends && str_equal(str_slice(text, at, at + word.size), word)) {
            return true;
        }
    }
    return false;
}

static struct js *value_of_subject(struct emitter *e, struct style_variant variant) {
    struct js *value = symbol_value(e, symbol_at_node(e, variant.subject), variant.subject);
    return js_property(e->arena, key_text(e, variant.name), value);
}

struct js *style_class(struct emitter *e, node_id string) {
    struct str text = text_of(e, string);
    struct js *values = js_new(e->arena, JS_OBJECT);
    struct str base = STR("");
    for (unsigned i = 0; e->style != NULL && i < e->style->variants.count; i++) {
        struct style_variant variant = e->style->variants.items[i];
        bool same = base.size == 0 || str_equal(base, variant.base);
        if (variant.base.size > 0 && same && has_word(text, variant.base)) {
            base = variant.base;
            js_add(e->arena, &values->list, value_of_subject(e, variant));
        }
    }
    if (base.size == 0) {
        return NULL;
    }
    struct js *template = js_new(e->arena, JS_TEMPLATE);
    string_parts(e, string, template);
    js_add(e->arena, &template->list, js_text(e->arena, JS_TEMPLATE_TEXT, STR(" ")));
    js_add(e->arena, &template->list,
           js_call2(e->arena, runtime_name(e, RUNTIME_VARIANTS, "variants"), js_string(e->arena, base), values));
    return js_arrow(e->arena, template);
}
