/* action_selection: from a range of text to the code that it is, and what stands around that. */
#include "server/features/action.h"

#include "analysis/peers.h"

static struct span trimmed(const struct syntax_tree *tree, struct span span) {
    struct str all = text_slice(tree->text, span);
    struct str text = str_trim(all);
    uint32_t start = span.start + (uint32_t)(text.size == 0 ? 0 : text.data - all.data);
    return (struct span){start, start + (uint32_t)text.size};
}

static bool is_value(enum node_kind kind) {
    static const enum node_kind kinds[] = {
        NODE_NUMBER,          NODE_STRING,           NODE_TRIPLE_STRING,    NODE_SINGLE_STRING,   NODE_RAW_STRING,
        NODE_REGEX,           NODE_TRUE,             NODE_FALSE,            NODE_ARRAY,           NODE_OBJECT,
        NODE_STRUCT_LITERAL,  NODE_PAREN_LIST,       NODE_MEMBER_EXPRESSION, NODE_INDEX_EXPRESSION, NODE_CALL_EXPRESSION,
        NODE_UNARY_EXPRESSION, NODE_BINARY_EXPRESSION, NODE_PIPE_EXPRESSION, NODE_AWAIT_EXPRESSION, NODE_LAMBDA,
        NODE_FUNCTION_EXPRESSION, NODE_PROPAGATE_EXPRESSION,
    };
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
        if (kinds[i] == kind) {
            return true;
        }
    }
    return false;
}

/* ---- the places of values */

enum step {
    STEP_OUT,    /* what stands there is computed where its parent is */
    STEP_MARKUP, /* the same, and followed */
    STEP_BODY,   /* computed when a function is called or an arm is taken */
};

static const struct {
    enum node_kind parent;
    enum node_field field;
    enum step step;
} steps[] = {
    {NODE_ARGUMENTS, FIELD_NONE, STEP_OUT},
    {NODE_NAMED_ARGUMENT, FIELD_VALUE, STEP_OUT},
    {NODE_CALL_EXPRESSION, FIELD_ARGUMENTS, STEP_OUT},
    {NODE_CALL_EXPRESSION, FIELD_FUNCTION, STEP_OUT},
    {NODE_ARRAY, FIELD_NONE, STEP_OUT},
    {NODE_OBJECT, FIELD_NONE, STEP_OUT},
    {NODE_PAIR, FIELD_VALUE, STEP_OUT},
    {NODE_STRUCT_LITERAL, FIELD_ENTRIES, STEP_OUT},
    {NODE_SPREAD, FIELD_VALUE, STEP_OUT},
    {NODE_PAREN_LIST, FIELD_NONE, STEP_OUT},
    {NODE_MEMBER_EXPRESSION, FIELD_OBJECT, STEP_OUT},
    {NODE_INDEX_EXPRESSION, FIELD_OBJECT, STEP_OUT},
    {NODE_INDEX_EXPRESSION, FIELD_INDEX, STEP_OUT},
    {NODE_SLICE, FIELD_START, STEP_OUT},
    {NODE_SLICE, FIELD_END, STEP_OUT},
    {NODE_SLICE, FIELD_STEP, STEP_OUT},
    {NODE_UNARY_EXPRESSION, FIELD_OPERAND, STEP_OUT},
    {NODE_BINARY_EXPRESSION, FIELD_LEFT, STEP_OUT},
    {NODE_BINARY_EXPRESSION, FIELD_RIGHT, STEP_OUT},
    {NODE_PIPE_EXPRESSION, FIELD_LEFT, STEP_OUT},
    {NODE_PIPE_EXPRESSION, FIELD_RIGHT, STEP_OUT},
    {NODE_AWAIT_EXPRESSION, FIELD_VALUE, STEP_OUT},
    {NODE_PROPAGATE_EXPRESSION, FIELD_VALUE, STEP_OUT},
    {NODE_STRING, FIELD_NONE, STEP_OUT},
    {NODE_TRIPLE_STRING, FIELD_NONE, STEP_OUT},
    {NODE_INTERPOLATION, FIELD_VALUE, STEP_OUT},
    {NODE_ASSIGNMENT, FIELD_RIGHT, STEP_OUT},
    {NODE_AUGMENTED_ASSIGNMENT, FIELD_RIGHT, STEP_OUT},
    {NODE_EXPRESSION_LIST, FIELD_NONE, STEP_OUT},
    {NODE_VAR_DECLARATION, FIELD_VALUE, STEP_OUT},
    {NODE_STATE_DECLARATION, FIELD_VALUE, STEP_OUT},
    {NODE_COMPUTED_DECLARATION, FIELD_VALUE, STEP_MARKUP},
    {NODE_RETURN_STATEMENT, FIELD_VALUE, STEP_OUT},
    {NODE_EXPORT_STATEMENT, FIELD_DECLARATION, STEP_OUT},
    {NODE_IF_EXPRESSION, FIELD_CONDITION, STEP_OUT},
    {NODE_GUARD_STATEMENT, FIELD_CONDITION, STEP_OUT},
    {NODE_MATCH_EXPRESSION, FIELD_VALUE, STEP_OUT},
    {NODE_FOR_EXPRESSION, FIELD_ITERABLE, STEP_OUT},
    {NODE_WITH_EXPRESSION, FIELD_VALUE, STEP_OUT},
    {NODE_JSX_EXPRESSION, FIELD_VALUE, STEP_MARKUP},
    {NODE_JSX_SPREAD, FIELD_VALUE, STEP_MARKUP},
    {NODE_JSX_ATTRIBUTE, FIELD_VALUE, STEP_MARKUP},
    {NODE_JSX_ELEMENT, FIELD_NONE, STEP_MARKUP},
    {NODE_JSX_FRAGMENT, FIELD_NONE, STEP_MARKUP},
    {NODE_JSX_BLOCK, FIELD_NONE, STEP_MARKUP},
    {NODE_JSX_IF, FIELD_CONDITION, STEP_MARKUP},
    {NODE_JSX_IF, FIELD_CONSEQUENCE, STEP_MARKUP},
    {NODE_JSX_IF, FIELD_ALTERNATIVE, STEP_MARKUP},
    {NODE_JSX_IF, FIELD_NONE, STEP_MARKUP},
    {NODE_JSX_ELIF, FIELD_CONDITION, STEP_MARKUP},
    {NODE_JSX_ELIF, FIELD_CONSEQUENCE, STEP_MARKUP},
    {NODE_JSX_FOR, FIELD_ITERABLE, STEP_MARKUP},
    {NODE_JSX_FOR, FIELD_BODY, STEP_MARKUP},
    {NODE_JSX_MATCH, FIELD_VALUE, STEP_MARKUP},
    {NODE_LAMBDA, FIELD_BODY, STEP_BODY},
    {NODE_FUNCTION_EXPRESSION, FIELD_BODY, STEP_BODY},
    {NODE_MATCH_ARM, FIELD_BODY, STEP_BODY},
};

/* What leads from a node to its parent; false when nothing that is a value stands there. */
static bool find_step(const struct syntax_tree *tree, node_id node, enum step *step) {
    enum node_kind parent = node_kind(tree, node_parent(tree, node));
    enum node_field field = node_field(tree, node);
    for (size_t i = 0; i < sizeof steps / sizeof *steps; i++) {
        if (steps[i].parent == parent && steps[i].field == field) {
            *step = steps[i].step;
            return true;
        }
    }
    return false;
}

/* Does a pipe lead into the node, though operators stand around it: `len()` of `xs |> len() > 1`? */
static bool takes_pipe(const struct syntax_tree *tree, node_id node) {
    uint32_t start = node_span(tree, node).start;
    for (; node != NODE_NONE && node_span(tree, node).start == start; node = node_parent(tree, node)) {
        if (node_kind(tree, node_parent(tree, node)) == NODE_PIPE_EXPRESSION && node_field(tree, node) == FIELD_RIGHT) {
            return true;
        }
    }
    return false;
}

/* Is it written with the escapes of a text around it: `\"` in an interpolation? */
static bool is_escaped(const struct syntax_tree *tree, node_id node) {
    struct str text = node_text(tree, node);
    return str_find(text, '\\', 0) < text.size && node_ancestor(tree, node, NODE_INTERPOLATION) != NODE_NONE;
}

/* Is a node whose parent it is given a value, and not the name of a method, a pattern, a name with its value in one word? */
static bool is_value_place(const struct syntax_tree *tree, node_id node) {
    enum node_field field = node_field(tree, node);
    enum node_kind parent = node_kind(tree, node_parent(tree, node));
    enum step step;
    if (parent == NODE_BLOCK || parent == NODE_SOURCE_FILE) {
        return true;
    }
    bool called = parent == NODE_CALL_EXPRESSION && field == FIELD_FUNCTION && node_kind(tree, node) != NODE_PAREN_LIST;
    bool in_markup = parent == NODE_JSX_ATTRIBUTE || parent == NODE_JSX_ELEMENT || parent == NODE_JSX_FRAGMENT ||
                     parent == NODE_JSX_BLOCK; /* a name alone would be text there */
    bool entries = field == FIELD_ENTRIES;
    bool piped = parent == NODE_PIPE_EXPRESSION && field == FIELD_RIGHT;
    return !called && !piped && !takes_pipe(tree, node) && !is_escaped(tree, node) && !in_markup && !entries && find_step(tree, node, &step);
}

/* Does a name stand somewhere above that makes this a pattern, a parameter or a type? */
static bool is_bound(const struct syntax_tree *tree, node_id node) {
    for (; node != NODE_NONE; node = node_parent(tree, node)) {
        enum node_field field = node_field(tree, node);
        enum node_kind parent = node_kind(tree, node_parent(tree, node));
        bool target = field == FIELD_LEFT && (parent == NODE_ASSIGNMENT || parent == NODE_LET_DECLARATION ||
                                              parent == NODE_AUGMENTED_ASSIGNMENT);
        if (target || field == FIELD_PATTERN || field == FIELD_PARAMETERS) {
            return true;
        }
        if (node_kind(tree, node) == NODE_BLOCK) {
            return false;
        }
    }
    return false;
}

/* ---- selections */

static bool is_statements(const struct syntax_tree *tree, node_id node) {
    enum node_kind kind = node_kind(tree, node);
    return kind == NODE_BLOCK || kind == NODE_SOURCE_FILE;
}

/* The children of a node that the span holds exactly. */
static void find_statements(const struct syntax_tree *tree, node_id container, struct selection *selection) {
    node_id first = NODE_NONE;
    NODE_EACH(child, tree, container) {
        struct span span = node_span(tree, child);
        if (span.start == selection->span.start) {
            first = child;
        }
        if (first != NODE_NONE && span.end == selection->span.end) {
            selection->first = first;
            selection->last = child;
            return;
        }
    }
}

struct selection action_selection(const struct action_maker *maker) {
    const struct syntax_tree *tree = maker->tree;
    struct selection selection = {.span = trimmed(tree, maker->span)};
    if (span_size(selection.span) == 0) {
        return selection;
    }
    for (node_id node = NODE_ROOT; node != NODE_NONE;) {
        bool exact = span_equal(node_span(tree, node), selection.span);
        bool here = exact && is_value(node_kind(tree, node)) && is_value_place(tree, node) && !is_bound(tree, node);
        if (here && selection.expression == NODE_NONE && !node_has_error(tree, node)) {
            selection.expression = node;
        }
        if (is_statements(tree, node)) {
            find_statements(tree, node, &selection);
        }
        node_id inner = NODE_NONE;
        NODE_EACH(child, tree, node) {
            inner = span_contains(node_span(tree, child), selection.span) ? child : inner;
        }
        node = inner;
    }
    return selection;
}

/* ---- surroundings */

/* Is the right side of the operator computed only sometimes? */
static bool decides(const struct syntax_tree *tree, node_id binary) {
    struct str operator = node_text(tree, node_child(tree, binary, FIELD_OPERATOR));
    return str_equal(operator, STR("and")) || str_equal(operator, STR("or")) || str_equal(operator, STR("&&")) ||
           str_equal(operator, STR("||")) || str_equal(operator, STR("??"));
}

static bool holds_column(const struct syntax_tree *tree, node_id node) {
    for (node_id inner = node; inner < tree->nodes[node].next; inner++) {
        if (node_kind(tree, inner) == NODE_COLUMN) {
            return true;
        }
    }
    return false;
}

/* Is the node computed at another time than its parent, though the table says otherwise? */
static bool is_apart(const struct action_maker *maker, node_id node) {
    const struct syntax_tree *tree = maker->tree;
    node_id parent = node_parent(tree, node);
    enum node_kind kind = node_kind(tree, parent);
    bool sometimes = kind == NODE_BINARY_EXPRESSION && node_field(tree, node) == FIELD_RIGHT && decides(tree, parent);
    bool of_each = (maker->file->marks[node] & MARK_IT) != 0 || (kind == NODE_ARGUMENTS && holds_column(tree, node));
    bool comprehension = (kind == NODE_ARRAY || kind == NODE_OBJECT) &&
                         node_child_of_kind(tree, parent, NODE_COMPREHENSION_CLAUSE) != NODE_NONE;
    bool bound = kind == NODE_JSX_ATTRIBUTE &&
                 str_starts_with(node_text(tree, node_child(tree, parent, FIELD_NAME)), STR("bind:"));
    return sometimes || of_each || comprehension || bound;
}

/* May statements stand in this block? */
static bool takes_statements(const struct syntax_tree *tree, node_id block, node_id statement) {
    enum node_kind kind = node_kind(tree, statement);
    switch ((int)node_kind(tree, node_parent(tree, block))) {
    case NODE_STORE_DECLARATION:
    case NODE_DIRECTIVE:
    case NODE_TRAIT_DECLARATION:
    case NODE_INTERFACE_DECLARATION:
    case NODE_IMPL_DECLARATION:
    case NODE_TYPE_DECLARATION:
    case NODE_FIELD_DECLARATION:
        return false;
    case NODE_SERVER_BLOCK:
    case NODE_BROWSER_BLOCK:
    case NODE_SHARED_BLOCK:
        return kind == NODE_ASSIGNMENT || kind == NODE_VAR_DECLARATION || kind == NODE_STATE_DECLARATION ||
               kind == NODE_COMPUTED_DECLARATION || kind == NODE_EXPORT_STATEMENT;
    default:
        return true;
    }
}

bool action_takes_statements(const struct syntax_tree *tree, node_id node) {
    for (; node != NODE_NONE; node = node_parent(tree, node)) {
        if (is_statements(tree, node_parent(tree, node))) {
            return takes_statements(tree, node_parent(tree, node), node);
        }
    }
    return false;
}

static bool in_interpolation(const struct syntax_tree *tree, node_id node) {
    return node_ancestor(tree, node, NODE_INTERPOLATION) != NODE_NONE;
}

struct surrounding action_surrounding(const struct action_maker *maker, node_id expression) {
    const struct syntax_tree *tree = maker->tree;
    struct surrounding found = {.node = expression};
    for (node_id node = expression; node != NODE_NONE; node = node_parent(tree, node)) {
        node_id parent = node_parent(tree, node);
        enum step step = STEP_OUT;
        found.node = node;
        if (is_statements(tree, parent)) {
            bool good = takes_statements(tree, parent, node) && !in_interpolation(tree, parent);
            found.kind = good ? SURROUNDING_STATEMENT : SURROUNDING_NONE;
            return found;
        }
        if (is_apart(maker, node) || !find_step(tree, node, &step)) {
            break;
        }
        if (step == STEP_BODY) {
            bool markup = node_kind(tree, node_parent(tree, parent)) == NODE_JSX_MATCH;
            found.kind = markup || found.markup || in_interpolation(tree, parent) ? SURROUNDING_NONE : SURROUNDING_BODY;
            return found;
        }
        found.markup = found.markup || step == STEP_MARKUP;
    }
    found.kind = SURROUNDING_NONE;
    return found;
}

/* ---- what code holds */

bool action_speaks_of_its_place(const struct action_maker *maker, node_id first, node_id last) {
    const struct syntax_tree *tree = maker->tree;
    for (node_id node = first; node < tree->nodes[last].next; node++) {
        struct str text = node_text(tree, node);
        enum node_kind kind = node_kind(tree, node);
        const struct binding *binding = kind == NODE_IDENTIFIER ? analysis_binding(maker->file, node) : NULL;
        bool placeholder = kind == NODE_IDENTIFIER && (str_equal(text, STR("_")) || str_equal(text, STR("it"))) &&
                           (binding == NULL || binding->symbol == 0);
        if (kind == NODE_COLUMN || placeholder || (maker->file->marks[node] & MARK_IT) != 0) {
            return true;
        }
    }
    return false;
}

bool action_calls_server(const struct action_maker *maker, struct span span) {
    const struct file_analysis *file = maker->file;
    for (unsigned i = 0; i < file->rpc_uses.count; i++) {
        const struct rpc_use *use = &file->rpc_uses.items[i];
        if (span_contains(span, node_span(maker->tree, use->node)) &&
            peer_use_holds(maker->context->package, file, use)) {
            return true;
        }
    }
    return false;
}

/* ---- what waits */

enum { CALLS_DEEP = 8 };

static bool waits(const struct action_maker *maker, struct span span, unsigned depth);

/* Does a function that code of the span names wait? One of another file: does it call a server itself? */
static bool named_waits(const struct action_maker *maker, const struct binding *binding, unsigned depth) {
    const struct file_analysis *file = maker->file;
    const struct symbol *symbol = analysis_symbol(file, binding->symbol);
    if (binding->symbol != 0) {
        return symbol->kind == SYMBOL_FUNCTION && ((symbol->flags & SYMBOL_ASYNC_WRITTEN) != 0 ||
                                                   waits(maker, node_span(maker->tree, symbol->node), depth + 1));
    }
    struct block_key key = file->blocks.items[binding->block].key;
    struct package_symbol found = package_lookup(maker->context->package, key, binding->name, false);
    for (uint32_t i = 0; found.symbol != NULL && i < found.file->rpc_use_count; i++) {
        if (found.file->rpc_uses[i].caller == found.symbol->name) {
            return true;
        }
    }
    return found.symbol != NULL && (found.symbol->flags & SYMBOL_ASYNC_WRITTEN) != 0;
}

static bool waits(const struct action_maker *maker, struct span span, unsigned depth) {
    const struct file_analysis *file = maker->file;
    if (depth > CALLS_DEEP || action_calls_server(maker, span) || action_holds(maker, span, NODE_AWAIT_EXPRESSION)) {
        return true;
    }
    for (unsigned i = 0; i < file->bindings.count; i++) {
        const struct binding *binding = &file->bindings.items[i];
        bool named = (binding->access == ACCESS_CALL || binding->access == ACCESS_READ) &&
                     span_contains(span, node_span(maker->tree, binding->node));
        bool itself = named && span_contains(span, node_span(maker->tree, analysis_symbol(file, binding->symbol)->node)) &&
                      binding->symbol != 0;
        if (named && !itself && named_waits(maker, binding, depth)) {
            return true;
        }
    }
    return false;
}

bool action_waits(const struct action_maker *maker, struct span span) { return waits(maker, span, 0); }

static bool is_function(enum node_kind kind) {
    return kind == NODE_LAMBDA || kind == NODE_FUNCTION_EXPRESSION || kind == NODE_FUNCTION_DECLARATION;
}

bool action_holds(const struct action_maker *maker, struct span span, enum node_kind kind) {
    const struct syntax_tree *tree = maker->tree;
    for (node_id node = NODE_ROOT; node < tree->count;) {
        struct span own = node_span(tree, node);
        if (own.end <= span.start || own.start >= span.end) {
            node = tree->nodes[node].next;
            continue;
        }
        bool inside = span_contains(span, own);
        if (inside && node_kind(tree, node) == kind) {
            return true;
        }
        node = inside && is_function(node_kind(tree, node)) ? tree->nodes[node].next : node + 1;
    }
    return false;
}
