/* jsx: markup as calls of tova_el, and its text. */
#include "codegen/jsx.h"

#include "codegen/choices.h"
#include "codegen/components.h"
#include "codegen/expressions.h"
#include "codegen/functions.h"
#include "codegen/imports.h"
#include "codegen/jsx_control.h"
#include "codegen/names.h"
#include "codegen/statements.h"
#include "codegen/symbols_in.h"

/* ---- what stands between two children */

static uint32_t content_start(const struct emitter *e, node_id parent) {
    struct str text = text_str(e->tree->text);
    uint32_t at = node_span(e->tree, parent).start;
    enum node_kind kind = kind_of(e, parent);
    if (kind == NODE_JSX_BLOCK) {
        return at + 1;
    }
    NODE_EACH(child, e->tree, parent) {
        enum node_kind part = kind_of(e, child);
        bool head = part == NODE_TAG_NAME || part == NODE_JSX_ATTRIBUTE || part == NODE_JSX_SPREAD;
        if (head && node_field(e->tree, child) != FIELD_CLOSE_NAME) {
            at = node_span(e->tree, child).end;
        }
    }
    uint32_t end = node_span(e->tree, parent).end;
    while (at < end && text.data[at] != '>') {
        at++;
    }
    return at < end ? at + 1 : end;
}

static bool is_child(const struct emitter *e, node_id node) {
    switch ((int)kind_of(e, node)) {
    case NODE_JSX_TEXT:
    case NODE_STRING:
    case NODE_JSX_EXPRESSION:
    case NODE_JSX_ELEMENT:
    case NODE_JSX_FRAGMENT:
    case NODE_JSX_IF:
    case NODE_JSX_FOR:
    case NODE_JSX_MATCH:
        return true;
    default:
        return false;
    }
}

static node_id next_child(const struct emitter *e, node_id child) {
    while (child != NODE_NONE && (!is_child(e, child) || slot_of_child(e, child).size > 0)) {
        child = node_next_sibling(e->tree, child);
    }
    return child;
}

static bool is_space(char byte) { return byte == ' ' || byte == '\t' || byte == '\n' || byte == '\r'; }

static bool has_line(struct str text) { return str_find(text, '\n', 0) < text.size; }

/* Text as HTML keeps it: each run of white space is one space. */
static struct str collapsed(struct emitter *e, struct str text) {
    char *result = arena_alloc(e->arena, text.size + 1);
    size_t size = 0;
    for (size_t i = 0; i < text.size; i++) {
        bool space = is_space(text.data[i]);
        if (!space || size == 0 || result[size - 1] != ' ') {
            result[size++] = space ? ' ' : text.data[i];
        }
    }
    return (struct str){result, size};
}

/* ---- runs of text and values become one template */

struct run {
    struct emitter *e;
    struct js_list *children;
    struct js *template; /* what has been collected, or NULL */
    bool has_text;
    bool in_braces; /* of a control form: white space beside the braces is no content */
    enum reactivity reactivity;
    node_id only; /* the value of a run of one expression */
    struct js_list statements;
    struct kept_elements *kept; /* or NULL */
};

static bool gives_text(const struct emitter *e, node_id value) {
    static const char *const types[] = {"-> String", "-> Int", "-> Float", "-> Bool"};
    enum node_kind kind = kind_of(e, value);
    if (kind == NODE_IDENTIFIER) {
        const struct binding *named = analysis_binding(e->file, value);
        return named == NULL || named->builtin != BUILTIN_CHILDREN + 1;
    }
    if (kind == NODE_CALL_EXPRESSION) {
        const struct binding *binding = analysis_binding(e->file, node_child(e->tree, value, FIELD_FUNCTION));
        if (binding == NULL || binding->builtin == 0 || program_is_awaited(e->file, value)) {
            return false;
        }
        struct str signature = builtin_info((enum builtin)(binding->builtin - 1))->signature;
        for (size_t i = 0; i < sizeof types / sizeof *types; i++) {
            if (str_ends_with(signature, str_from_c(types[i]))) {
                return true;
            }
        }
        return false;
    }
    if (kind == NODE_MEMBER_EXPRESSION) {
        return !str_equal(text_of(e, node_child(e->tree, value, FIELD_PROPERTY)), STR("children"));
    }
    if (kind == NODE_BINARY_EXPRESSION) {
        return is_simple(e, value);
    }
    return kind == NODE_IDENTIFIER || kind == NODE_NUMBER || kind == NODE_STRING || kind == NODE_INDEX_EXPRESSION ||
           kind == NODE_SINGLE_STRING || kind == NODE_TRIPLE_STRING;
}

/* In a branch, only what the page's state changes; what a loop gives stays as it is while the branch lives. */
static enum reactivity least_reactivity(const struct run *run) {
    return run->in_braces ? REACTIVE_STRICT : REACTIVE_LOCAL;
}

static void flush(struct run *run) {
    struct emitter *e = run->e;
    if (run->template == NULL) {
        return;
    }
    struct js *value = run->template;
    if (run->only != NODE_NONE && !run->has_text) {
        value = run->template->list.of.items[0];
    } else {
        value = template_done(e, run->template);
    }
    bool function = value->kind == JS_ARROW || value->kind == JS_FUNCTION;
    if (!function && (run->reactivity >= least_reactivity(run) || run->statements.of.count > 0)) {
        bool plain_read = run->statements.of.count == 0 && (value->flags & JS_IS_READ) != 0;
        value = plain_read ? value->a : thunk(e, &run->statements, value);
    }
    js_add(e->arena, run->children, value);
    run->template = NULL;
    run->has_text = false;
    run->reactivity = REACTIVE_NOT;
    run->only = NODE_NONE;
    run->statements = (struct js_list){0};
}

static struct js *run_template(struct run *run) {
    if (run->template == NULL) {
        run->template = js_new(run->e->arena, JS_TEMPLATE);
    }
    return run->template;
}

static void run_text(struct run *run, struct str text, struct span span) {
    struct emitter *e = run->e;
    if (text.size == 0) {
        return;
    }
    struct js *part = js_text(e->arena, JS_TEMPLATE_TEXT, template_text(e, text, false));
    part->a = js_text(e->arena, JS_LITERAL, text);
    part->place = (struct js_place){.file = e->file_index + 1, .span = span};
    js_add(e->arena, &run_template(run)->list, part);
    run->has_text = true;
}

/* Statements that a value needs go into the function around the run. */
static void run_value(struct run *run, node_id value) {
    struct emitter *e = run->e;
    struct function_state state;
    function_enter(e, &state, value);
    state.is_followed = true;
    struct js_list *outside = redirect(e, &run->statements);
    struct js *template = run_template(run);
    enum node_kind kind = kind_of(e, value);
    run->only = template->list.of.count == 0 && kind != NODE_STRING ? value : NODE_NONE;
    if (kind == NODE_STRING || kind == NODE_TRIPLE_STRING) {
        string_parts(e, value, template);
        run->has_text = true;
    } else {
        js_add(e->arena, &template->list, lower_expression(e, value));
    }
    redirect(e, outside);
    function_leave(e);
    enum reactivity reactivity = reactivity_of(e, value);
    run->reactivity = reactivity > run->reactivity ? reactivity : run->reactivity;
}

/* ---- values that may be anything */

static bool is_component_call(const struct emitter *e, node_id value) {
    value = without_parentheses(e, value);
    node_id function = node_child(e->tree, value, FIELD_FUNCTION);
    return kind_of(e, value) == NODE_CALL_EXPRESSION && symbol_kind_of(symbol_at_node(e, function)) == SYMBOL_COMPONENT;
}

/* `if`, `match` and the like as a child: a function of the page's state. */
static struct js *control_child(struct emitter *e, node_id value) {
    struct function_state state;
    function_enter(e, &state, value);
    state.is_followed = true;
    struct js_list statements = {0};
    struct js_list *outside = redirect(e, &statements);
    struct js *result = NULL;
    if (is_statement_like(kind_of(e, value)) && !is_simple(e, value)) {
        lower_into(e, value, RETURNED);
    } else {
        result = lower_expression(e, value);
    }
    redirect(e, outside);
    function_leave(e);
    if (statements.of.count == 0 && reactivity_of(e, value) == REACTIVE_NOT) {
        return result;
    }
    return thunk(e, &statements, result);
}

static void add_value(struct emitter *e, node_id value, struct js_list *children) {
    if (is_component_call(e, value)) {
        js_add(e->arena, children, lower_expression(e, value));
    } else if (is_statement_like(kind_of(e, value))) {
        js_add(e->arena, children, control_child(e, value));
    } else {
        js_add(e->arena, children, reactive_value(e, value, REACTIVE_LOCAL));
    }
}

/* ---- children */

/* The white space between two children, or at an end of the content when one of them is NODE_NONE. */
static void add_gap(struct run *run, node_id before, node_id behind, struct span span) {
    struct emitter *e = run->e;
    if (run->in_braces && (before == NODE_NONE || behind == NODE_NONE)) {
        return;
    }
    struct str text = text_slice(e->tree->text, span);
    bool beside_text = kind_of(e, before) == NODE_JSX_TEXT || kind_of(e, behind) == NODE_JSX_TEXT;
    bool ends = before == NODE_NONE || behind == NODE_NONE;
    for (size_t i = 0; i < text.size; i++) {
        if (!is_space(text.data[i])) {
            return; /* a comment */
        }
    }
    if (text.size > 0 && !(before == NODE_NONE && behind == NODE_NONE) &&
        (has_line(text) ? beside_text && !ends : true)) {
        run_text(run, STR(" "), span);
    }
}

static void add_text(struct run *run, node_id node, bool first, bool last) {
    struct emitter *e = run->e;
    struct str raw = text_of(e, node);
    struct str text = collapsed(e, raw);
    size_t leading = 0;
    while (leading < raw.size && is_space(raw.data[leading])) {
        leading++;
    }
    size_t trailing = raw.size;
    while (trailing > leading && is_space(raw.data[trailing - 1])) {
        trailing--;
    }
    bool blank = leading == raw.size;
    if (blank && has_line(raw)) {
        return;
    }
    bool opens = run->in_braces || has_line(str_slice(raw, 0, leading));
    bool closes = run->in_braces || has_line(str_slice(raw, trailing, raw.size));
    if (first && opens && text.size > 0 && text.data[0] == ' ') {
        text = str_slice(text, 1, text.size);
    }
    if (last && closes && text.size > 0 && text.data[text.size - 1] == ' ') {
        text = str_slice(text, 0, text.size - 1);
    }
    run_text(run, text, node_span(e->tree, node));
}

static void add_child(struct run *run, node_id node, bool first, bool last) {
    struct emitter *e = run->e;
    enum node_kind kind = kind_of(e, node);
    if (kind == NODE_JSX_TEXT) {
        add_text(run, node, first, last);
        return;
    }
    if (kind == NODE_STRING) {
        run_value(run, node);
        return;
    }
    node_id value = kind == NODE_JSX_EXPRESSION ? node_child(e->tree, node, FIELD_VALUE) : NODE_NONE;
    value = without_parentheses(e, value);
    if (kind == NODE_JSX_EXPRESSION && value != NODE_NONE && gives_text(e, value)) {
        run_value(run, value);
        return;
    }
    flush(run);
    if (kind == NODE_JSX_ELEMENT && run->kept != NULL && run->kept->stays(e, node, run->kept->context)) {
        vec_push(e->arena, &run->kept->elements, node);
        js_add(e->arena, run->children, NULL);
    } else if (kind == NODE_JSX_EXPRESSION) {
        if (value != NODE_NONE) {
            add_value(e, value, run->children);
        }
    } else if (kind == NODE_JSX_ELEMENT || kind == NODE_JSX_FRAGMENT) {
        js_add(e->arena, run->children, lower_jsx(e, node));
    } else {
        js_add(e->arena, run->children, jsx_control_child(e, node, least_reactivity(run)));
    }
}

static uint32_t content_end(const struct emitter *e, node_id parent, uint32_t start) {
    struct str text = text_str(e->tree->text);
    uint32_t end = node_span(e->tree, parent).end;
    char closer = kind_of(e, parent) == NODE_JSX_BLOCK ? '}' : '<';
    while (end > start && text.data[end - 1] != closer) {
        end--;
    }
    return end > start ? end - 1 : start;
}

void lower_children(struct emitter *e, node_id parent, struct js_list *children) {
    lower_children_around(e, parent, children, NULL);
}

void lower_children_around(struct emitter *e, node_id parent, struct js_list *children, struct kept_elements *kept) {
    struct run run = {.e = e, .children = children, .in_braces = kind_of(e, parent) == NODE_JSX_BLOCK, .kept = kept};
    uint32_t start = content_start(e, parent);
    uint32_t at = start;
    node_id before = NODE_NONE;
    node_id child = next_child(e, node_first_child(e->tree, parent));
    while (child != NODE_NONE) {
        node_id next = next_child(e, node_next_sibling(e->tree, child));
        struct span span = node_span(e->tree, child);
        add_gap(&run, before, child, (struct span){at, span.start});
        add_child(&run, child, before == NODE_NONE, next == NODE_NONE);
        at = span.end;
        before = child;
        child = next;
    }
    uint32_t end = content_end(e, parent, at);
    add_gap(&run, before, NODE_NONE, (struct span){at, end > at ? end : at});
    flush(&run);
}

/* ---- elements */

/* `Card`, `menu.Item`: what is called; everything else is the name of an element. */
bool is_component_tag(struct str name) {
    bool dotted = false;
    for (size_t start = 0; start <= name.size;) {
        size_t end = str_find(name, '.', start);
        struct str part = str_slice(name, start, end);
        if (!name_is_plain(part) || (start == 0 && name_is_reserved(part))) {
            return false;
        }
        dotted = dotted || start > 0;
        start = end + 1;
    }
    return dotted || (name.data[0] >= 'A' && name.data[0] <= 'Z');
}

static struct js *lower_component_element(struct emitter *e, node_id node, node_id name) {
    struct program_symbol symbol = symbol_at_node(e, name);
    const struct binding *binding = analysis_binding(e->file, name);
    bool builtin = symbol.file == NULL && binding != NULL && binding->builtin != 0;
    struct js *callee = builtin ? placed(e, builtin_name(e, (enum builtin)(binding->builtin - 1)), name)
                        : symbol.file != NULL && str_find(text_of(e, name), '.', 0) == text_of(e, name).size
                            ? symbol_value(e, symbol, name)
                            : placed(e, js_text(e->arena, JS_NAME, text_of(e, name)), name);
    struct js *props = lower_attributes(e, node, true);
    add_slotted_children(e, node, props);
    struct js *call = js_call(e->arena, callee);
    if (props->list.of.count > 0 || symbol_kind_of(symbol) != SYMBOL_COMPONENT || component_takes_props(e, symbol)) {
        js_add(e->arena, &call->list, props);
    }
    return placed(e, call, name);
}

static struct js *lower_element(struct emitter *e, node_id node) {
    node_id name = node_child(e->tree, node, FIELD_NAME);
    struct str text = text_of(e, name);
    if (str_equal(text, STR("slot"))) {
        return lower_slot(e, node);
    }
    if (is_component_tag(text)) {
        return lower_component_element(e, node, name);
    }
    struct js *call = js_call(e->arena, runtime_name(e, RUNTIME_REACTIVITY, "tova_el"));
    call->flags |= JS_KEEPS_TWO;
    js_add(e->arena, &call->list, placed(e, js_string(e->arena, text), name));
    js_add(e->arena, &call->list, lower_attributes(e, node, false));
    lower_children(e, node, &call->list);
    return call;
}

struct js *lower_jsx(struct emitter *e, node_id node) {
    switch ((int)kind_of(e, node)) {
    case NODE_JSX_ELEMENT:
        return lower_element(e, node);
    case NODE_JSX_IF:
        return jsx_control_if(e, node);
    case NODE_JSX_FOR:
    case NODE_FOR_EXPRESSION:
        return jsx_control_for(e, node);
    case NODE_JSX_MATCH:
        return lower_match_expression(e, node);
    default:
        break;
    }
    struct js *fragment = js_call(e->arena, runtime_name(e, RUNTIME_REACTIVITY, "fragment"));
    lower_children(e, node, &fragment->list);
    return fragment;
}
