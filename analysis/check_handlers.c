/* Handlers of elements that certainly never run: a text, what is called while the page is built and gives no function, and a
 * function behind `onClick=`, which is read as a value that changes. Of properties of components nothing is said. */
#include "analysis/checks.h"
#include "analysis/lookup.h"
#include "analysis/signature_text.h"
#include "parser/base/byte.h"

#include <string.h>

/* The name, and whether `(…)` follows it, of a text like `save` and `save(1)`; false for every other text. */
static bool reads_as_call(struct str text, bool *called) {
    size_t at = 0;
    while (at < text.size && byte_is_word(text.data[at])) {
        at++;
    }
    *called = at < text.size;
    bool named = at > 0 && !(text.data[0] >= '0' && text.data[0] <= '9');
    return named && (!*called || (text.data[at] == '(' && text.data[text.size - 1] == ')' && str_find(text, ')', 0) == text.size - 1));
}

/* ---- values that are no function */

enum { CALLS = 4 }; /* of functions whose last call is looked at */

static bool gives_no_function(struct check *check, node_id node, unsigned depth);

static bool returns_value(const struct syntax_tree *tree, node_id function) {
    for (node_id node = function + 1; node < tree->nodes[function].next; node++) {
        if (node_kind(tree, node) == NODE_RETURN_STATEMENT && node_child(tree, node, FIELD_VALUE) != NODE_NONE) {
            return true;
        }
    }
    return false;
}

/* Statements and blocks, as far as it is plain what they give. */
static bool block_gives_no_function(struct check *check, node_id node, unsigned depth) {
    const struct syntax_tree *tree = check->file->tree;
    switch ((int)node_kind(tree, node)) {
    case NODE_ASSIGNMENT:
    case NODE_AUGMENTED_ASSIGNMENT:
    case NODE_VAR_DECLARATION:
    case NODE_WHILE_EXPRESSION:
    case NODE_FOR_EXPRESSION:
    case NODE_GUARD_STATEMENT:
    case NODE_DEFER_STATEMENT:
        return true;
    case NODE_RETURN_STATEMENT:
        return node_child(tree, node, FIELD_VALUE) == NODE_NONE;
    case NODE_IF_EXPRESSION:
        return node_child(tree, node, FIELD_ALTERNATIVE) == NODE_NONE;
    default:
        return gives_no_function(check, node, depth);
    }
}

/* A function of this file whose body says what it gives; its part of the file has to be looked at with the one of the call. */
static bool call_gives_no_function(struct check *check, node_id call, unsigned depth) {
    const struct file_analysis *file = check->file;
    const struct binding *binding = analysis_binding(file, node_child(file->tree, call, FIELD_FUNCTION));
    const struct symbol *symbol = binding == NULL ? NULL : analysis_symbol(file, binding->symbol);
    node_id function = symbol == NULL || symbol->kind != SYMBOL_FUNCTION ? NODE_NONE : symbol->node;
    node_id body = node_child(file->tree, function, FIELD_BODY);
    if (node_kind(file->tree, function) != NODE_FUNCTION_DECLARATION || node_kind(file->tree, body) != NODE_BLOCK ||
        symbol->type != NODE_NONE || (symbol->flags & SYMBOL_GENERATOR) != 0 || depth >= CALLS) {
        return false;
    }
    parts_look_again(check, call);
    return !node_has_error(file->tree, function) && !returns_value(file->tree, function) &&
           block_gives_no_function(check, values_last(file->tree, body), depth + 1);
}

/* `print("x")`: a function that every program has, whose signature has no result. */
static bool builtin_gives_nothing(const struct check *check, node_id call) {
    node_id callee = node_child(check->file->tree, call, FIELD_FUNCTION);
    enum builtin builtin;
    if (node_kind(check->file->tree, callee) != NODE_IDENTIFIER ||
        !lookup_builtin(check->file, check->package, callee, &builtin)) {
        return false;
    }
    struct str signature = builtin_info(builtin)->signature, result = signature_result(signature);
    return str_starts_with(signature, STR("fn ")) && (result.size == 0 || str_equal(result, STR("Nil")));
}

static bool gives_no_function(struct check *check, node_id node, unsigned depth) {
    switch ((int)values_of(&check->values, node).kind) {
    case TYPE_BOOL:
    case TYPE_INT:
    case TYPE_FLOAT:
    case TYPE_NUMBER:
    case TYPE_STRING:
        return true;
    default:
        return node_kind(check->file->tree, node) == NODE_CALL_EXPRESSION &&
               (call_gives_no_function(check, node, depth) || builtin_gives_nothing(check, node));
    }
}

/* ---- what is said */

static void report_text(struct check *check, node_id value, struct str event) {
    const struct syntax_tree *tree = check->file->tree;
    struct str written = node_text(tree, value), text = str_slice(written, 1, written.size - 1);
    bool called = false;
    bool known = node_first_child(tree, value) == NODE_NONE && reads_as_call(text, &called);
    struct diagnostic *diagnostic =
        CHECK_REPORT(check, IDLE_HANDLER, node_span(tree, value),
                     "A text does nothing at an event. Write a function between braces: `on:%.*s={%s}`.", STR_ARGUMENTS(event),
                     known && !called ? "f" : "fn() …");
    if (known) {
        struct str code = arena_printf(check->arena, called ? "{fn() %.*s}" : "{%.*s}", STR_ARGUMENTS(text));
        fix_set(check, diagnostic, node_span(tree, value), code, "Write `%.*s`", STR_ARGUMENTS(code));
    }
}

static void report_called(struct check *check, node_id value) {
    struct span span = node_span(check->file->tree, value);
    bool called = node_kind(check->file->tree, value) == NODE_CALL_EXPRESSION;
    struct diagnostic *diagnostic =
        CHECK_REPORT(check, IDLE_HANDLER, span, "%s",
                     called ? "This is called while the page is built, and gives no function for the event. Write one: `fn() …`."
                            : "This is no function, and nothing happens at the event. Write one: `fn() …`.");
    if (called) {
        fix_set(check, diagnostic, (struct span){span.start, span.start}, STR("fn() "), "Make it a function: `fn() …`");
        diagnostic->fix.is_certain = true; /* the call gives nothing that could be wanted here */
    }
}

/* The event of `onClick` and `onclick`; empty for other names. Lives in the arena. */
static struct str event_of_attribute(struct arena *arena, struct str name) {
    if (!str_starts_with(name, STR("on")) || name.size < 4 || str_find(name, '-', 0) < name.size) {
        return (struct str){0};
    }
    char *event = arena_alloc(arena, name.size);
    for (size_t i = 2; i < name.size; i++) {
        bool upper = name.data[i] >= 'A' && name.data[i] <= 'Z';
        event[i - 2] = upper ? (char)(name.data[i] - 'A' + 'a') : name.data[i];
    }
    struct str lower = {event, name.size - 2};
    if (str_ends_with(name, STR("Capture")) && !str_ends_with(lower, STR("pointercapture"))) { /* React's `onClickCapture` */
        return arena_printf(arena, "%.*s.capture", (int)(lower.size - strlen("capture")), lower.data);
    }
    return lower;
}

static void report_attribute(struct check *check, node_id attribute, node_id value, struct str event) {
    const struct syntax_tree *tree = check->file->tree;
    node_id name = node_child(tree, attribute, FIELD_NAME);
    struct str written = node_text(tree, name), function = node_text(tree, value);
    struct diagnostic *diagnostic = CHECK_REPORT(
        check, IDLE_HANDLER, node_span(tree, name),
        "What happens at an event is written `on:%.*s={%.*s}`. Behind `%.*s=` the function is a value, and nothing calls it.",
        STR_ARGUMENTS(event), STR_ARGUMENTS(function), STR_ARGUMENTS(written));
    struct str replacement = arena_printf(check->arena, "on:%.*s", STR_ARGUMENTS(event));
    fix_set(check, diagnostic, node_span(tree, name), replacement, "Write `%.*s`", STR_ARGUMENTS(replacement));
    diagnostic->fix.is_certain = true;
}

/* ---- the check */

static bool is_text(enum node_kind kind) { return kind == NODE_STRING || kind == NODE_SINGLE_STRING; }

/* `on:click={…}` */
static void check_event(struct check *check, node_id value, node_id inner, struct str event) {
    const struct syntax_tree *tree = check->file->tree;
    if (is_text(node_kind(tree, value))) {
        report_text(check, value, str_slice(event, 0, str_find(event, '.', 0)));
    } else if (inner != NODE_NONE && gives_no_function(check, inner, 0)) {
        report_called(check, inner);
    }
}

static void check_attribute(struct check *check, node_id attribute) {
    const struct syntax_tree *tree = check->file->tree;
    struct str name = node_text(tree, node_child(tree, attribute, FIELD_NAME));
    node_id value = node_child(tree, attribute, FIELD_VALUE);
    node_id inner = node_kind(tree, value) == NODE_JSX_EXPRESSION ? node_child(tree, value, FIELD_VALUE) : NODE_NONE;
    if (str_starts_with(name, STR("on:"))) {
        check_event(check, value, inner, str_slice(name, 3, name.size));
        return;
    }
    struct str event = event_of_attribute(check->arena, name);
    if (markup_event_meant(str_slice(event, 0, str_find(event, '.', 0))).size > 0) {
        return; /* its name is reported */
    }
    if (event.size > 0 && is_text(node_kind(tree, value))) {
        report_text(check, value, str_slice(event, 0, str_find(event, '.', 0)));
    } else if (event.size > 0 && uncalled_is_function(check, inner)) {
        report_attribute(check, attribute, inner, event);
    }
}

void check_handlers(struct check *check, node_id element) {
    const struct syntax_tree *tree = check->file->tree;
    struct str name = node_text(tree, node_child(tree, element, FIELD_NAME));
    if (name.size == 0 || !(name.data[0] >= 'a' && name.data[0] <= 'z')) {
        return;
    }
    NODE_EACH(attribute, tree, element) {
        if (node_kind(tree, attribute) == NODE_JSX_ATTRIBUTE && !node_has_error(tree, attribute)) {
            check_attribute(check, attribute);
        }
    }
}
