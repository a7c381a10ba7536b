/* Keys of a record whose type is known, and the type that a value is expected to have. */
#include "server/features/completion_provider.h"

#include "analysis/database.h"
#include "analysis/model_settings.h"
#include "analysis/signature_text.h"
#include "parser/syntax/node.h"
#include "server/features/callee.h"

/* A record whose fields are known: those of a type, or of `{ done: Bool }`. */
struct record {
    struct package_symbol type;
    struct str words; /* where there is no type: as it is written */
};

static const struct record nothing = {{NULL, NULL}, {NULL, 0}};

static bool is_known(struct record record) { return record.type.symbol != NULL || record.words.size > 0; }

/* ---- whose record */

static struct record named(struct completion *c, struct str type) {
    struct typer *typer = completion_typer(c);
    struct package_symbol found = nothing.type;
    struct signature_parameter field;
    size_t at = 0;
    if (type.size == 0) {
        return nothing;
    }
    struct str words = type_text_meant(typer, c->offset, type);
    if (str_ends_with(words, STR("}")) && type_text_next_field(words, &at, &field)) { /* and not shortened */
        return (struct record){.words = words};
    }
    found = type_text_named(typer, c->offset, type);
    bool record = found.symbol != NULL && (found.symbol->kind == SYMBOL_TYPE || found.symbol->kind == SYMBOL_MODEL);
    return record ? (struct record){.type = found} : nothing;
}

/* `User.create({ … })`: what a function of a model takes at the place. */
static enum model_takes taken_by_model(struct completion *c, const struct frame *call) {
    struct callee callee;
    bool known = call->bracket == '(' && callee_find(c->context, completion_typer(c), call, &callee) &&
                 callee.subject.kind == SUBJECT_MODEL;
    return known ? model_member_takes(call->before.text, callee_active(c->tree, call, &callee)) : MODEL_TAKES_OTHER;
}

/* The fields of the model are those of the type of its name, or its own. */
static struct record model_of(struct completion *c, const struct frame *call) {
    node_id name = node_at(c->tree, call->before.span.end);
    node_id object = node_child(c->tree, node_parent(c->tree, name), FIELD_OBJECT);
    return taken_by_model(c, call) != MODEL_TAKES_OTHER ? named(c, model_record(node_text(c->tree, object))) : nothing;
}

static struct str parameter_type(struct completion *c, const struct frame *call) {
    struct callee callee;
    struct signature_parameter parameter;
    if (!callee_find(c->context, completion_typer(c), call, &callee)) {
        return (struct str){0};
    }
    unsigned active = callee_active(c->tree, call, &callee);
    return callee_parameter(&callee, active, &parameter) ? parameter.type : (struct str){0};
}

/* What `=` at this place gives a value to. */
static struct str assigned_type(struct completion *c, uint32_t equal) {
    const struct syntax_tree *tree = c->tree;
    for (node_id node = node_holding(tree, equal); node != NODE_NONE && node != NODE_ROOT;
         node = node_parent(tree, node)) {
        node_id type = node_child(tree, node, FIELD_TYPE);
        node_id left = node_child(tree, node, FIELD_LEFT);
        switch ((int)node_kind(tree, node)) {
        case NODE_STATE_DECLARATION:
        case NODE_COMPUTED_DECLARATION:
        case NODE_VAR_DECLARATION:
        case NODE_PARAMETER:
        case NODE_FIELD_DECLARATION:
            return node_text(tree, type);
        case NODE_ASSIGNMENT: {
            const struct binding *binding = analysis_binding(c->file, left);
            bool old = binding != NULL && binding->access == ACCESS_WRITE;
            bool part = node_kind(tree, left) == NODE_MEMBER_EXPRESSION;
            return type != NODE_NONE ? node_text(tree, type)
                   : old || part     ? type_text(completion_typer(c), left)
                                     : (struct str){0};
        }
        case NODE_BLOCK:
            return (struct str){0};
        default:
            break;
        }
    }
    return (struct str){0};
}

static struct str returned_type(struct completion *c) {
    const struct syntax_tree *tree = c->tree;
    node_id node = node_holding(tree, c->before.span.start);
    while (node != NODE_NONE && node_kind(tree, node) != NODE_FUNCTION_DECLARATION &&
           node_kind(tree, node) != NODE_FUNCTION_EXPRESSION && node_kind(tree, node) != NODE_LAMBDA) {
        node = node_parent(tree, node);
    }
    return node_text(tree, node_child(tree, node, FIELD_RETURN_TYPE));
}

static bool is_type_name(const struct token *token) {
    return token->kind == TOKEN_NAME && token->text.data[0] >= 'A' && token->text.data[0] <= 'Z';
}

/* `show({ … })`, `User({ … })`: what the parameter is, or the type that is made. */
static struct record given(struct completion *c, const struct frame *call) {
    struct record model = model_of(c, call);
    struct record type = is_known(model) ? model : named(c, parameter_type(c, call));
    return !is_known(type) && is_type_name(&call->before) ? named(c, call->before.text) : type;
}

/* `users: [User] = [{ … }]`: of the list's type, what its elements are. */
static struct record element(struct completion *c, const struct frame *list) {
    struct str type = token_is(&list->before, STR("=")) ? assigned_type(c, list->before.span.start) : (struct str){0};
    bool known = type.size > 2 && type.data[0] == '[';
    return known ? named(c, str_slice(type, 1, type.size - 1)) : nothing;
}

/* By what stands before the brace. */
static struct record wanted(struct completion *c, const struct frame *frame) {
    const struct token *before = &frame->before;
    struct frame around = cursor_frame(c->tree, frame->open);
    if (is_type_name(before)) {
        return named(c, before->text);
    }
    if (token_is(before, STR("(")) || token_is(before, STR(",")) || token_is(before, STR("["))) {
        return around.bracket == '(' ? given(c, &around) : around.bracket == '[' ? element(c, &around) : nothing;
    }
    if (token_is(before, STR("="))) {
        return named(c, assigned_type(c, before->span.start));
    }
    return token_is(before, STR("return")) ? named(c, returned_type(c)) : nothing;
}

static struct str type_of_field(struct completion *c, struct record record, struct str name) {
    const struct summary_symbol *type = record.type.symbol;
    struct signature_parameter field;
    for (uint32_t i = 0; type != NULL && i < type->parameter_count; i++) {
        if (str_equal(analysis_name(c->file, type->parameters[i].name), name)) {
            return type->parameters[i].type;
        }
    }
    for (size_t at = 0; type_text_next_field(record.words, &at, &field);) {
        if (str_equal(field.name, name)) {
            return field.type;
        }
    }
    return (struct str){0};
}

/* `{ head: { … } }`: by the record around. */
static struct record of_field(struct completion *c, const struct frame *frame) {
    struct frame around = cursor_frame(c->tree, frame->open);
    struct token key = cursor_before(c->tree, frame->before.span.start);
    bool inside = token_is(&frame->before, STR(":")) && around.bracket == '{' && key.kind == TOKEN_NAME;
    return inside ? named(c, type_of_field(c, wanted(c, &around), key.text)) : nothing;
}

/* The type of `x` in `{ ...x }`. */
static struct record of_spread(struct completion *c, node_id container) {
    NODE_EACH(child, c->tree, container) {
        if (node_kind(c->tree, child) == NODE_SPREAD) {
            return named(c, type_text(completion_typer(c), node_child(c->tree, child, FIELD_VALUE)));
        }
    }
    return nothing;
}

/* The last statement of a function is what it gives. */
static struct record of_result(struct completion *c, node_id container) {
    const struct syntax_tree *tree = c->tree;
    node_id block = node_parent(tree, container);
    node_id function = node_parent(tree, block);
    bool last = node_kind(tree, block) == NODE_BLOCK && node_next_sibling(tree, container) == NODE_NONE;
    bool declared = node_kind(tree, function) == NODE_FUNCTION_DECLARATION;
    return last && declared ? named(c, node_text(tree, node_child(tree, function, FIELD_RETURN_TYPE))) : nothing;
}

/* Do the braces take a value apart: `{ name } = user`, `{ name } => …`? */
static bool takes_apart(const struct syntax_tree *tree, node_id container) {
    bool left = node_field(tree, container) == FIELD_LEFT && node_kind(tree, node_parent(tree, container)) == NODE_ASSIGNMENT;
    return node_kind(tree, container) == NODE_OBJECT_PATTERN || (left && node_kind(tree, container) == NODE_OBJECT);
}

/* What they take apart. */
static struct record taken_apart(struct completion *c, node_id container) {
    struct typer *typer = completion_typer(c);
    bool pattern = node_kind(c->tree, container) == NODE_OBJECT_PATTERN;
    return named(c, pattern ? type_text_of_pattern(typer, container)
                            : type_text(typer, node_child(c->tree, node_parent(c->tree, container), FIELD_RIGHT)));
}

static struct record record_at(struct completion *c, node_id container) {
    const struct frame *frame = completion_frame(c);
    enum node_kind kind = node_kind(c->tree, container);
    if (frame->bracket == '{' && takes_apart(c->tree, container)) {
        return taken_apart(c, container);
    }
    if (frame->bracket != '{' ||
        (kind != NODE_OBJECT && kind != NODE_BARE_BLOCK && kind != NODE_STRUCT_LITERAL && kind != NODE_ERROR)) {
        return nothing;
    }
    struct record record = wanted(c, frame);
    record = is_known(record) ? record : of_field(c, frame);
    record = is_known(record) ? record : of_spread(c, container);
    return is_known(record) || kind == NODE_ERROR ? record : of_result(c, container);
}

/* ---- keys */

static bool is_written(const struct completion *c, node_id entries, struct str name) {
    NODE_EACH(child, c->tree, entries) {
        bool pair = node_kind(c->tree, child) == NODE_PAIR || node_kind(c->tree, child) == NODE_PAIR_PATTERN;
        node_id key = pair ? node_child(c->tree, child, FIELD_KEY) : child;
        struct span span = node_span(c->tree, key);
        bool typed = span.start <= c->offset && c->offset <= span.end;
        if (!typed && str_equal(node_text(c->tree, key), name)) {
            return true;
        }
    }
    return false;
}

static bool has_colon(const struct completion *c) {
    uint32_t end = c->items->replace_end;
    return end < c->text.size && c->text.data[end] == ':';
}

static void add_key(struct completion *c, node_id container, struct str name, struct str type, unsigned near) {
    if (name.size == 0 || is_written(c, container, name) || completion_has(c, name)) {
        return;
    }
    struct arena *arena = c->context->arena;
    bool rich = c->context->snippets && !has_colon(c) && !takes_apart(c->tree, container);
    completion_add(c, (struct completion_item){
                          .label = name,
                          .kind = ITEM_FIELD,
                          .detail = type.size == 0 ? name : arena_printf(arena, "%.*s: %.*s", STR_ARGUMENTS(name), STR_ARGUMENTS(type)),
                          .insert = rich ? arena_concat(arena, name, STR(": $1")) : name,
                          .is_snippet = rich,
                          .near = near,
                      });
}

/* What a function of a model is given may name columns that are no fields; those that the model writes itself, in conditions. */
static void add_columns(struct completion *c, node_id container, struct package_symbol type) {
    struct frame around = cursor_frame(c->tree, completion_frame(c)->open);
    enum model_takes takes = taken_by_model(c, &around);
    struct model_columns columns = {0};
    if (takes != MODEL_TAKES_OTHER) {
        columns = completion_columns(c, type);
    }
    for (unsigned i = 0; i < columns.list.count; i++) {
        const struct model_column *column = &columns.list.items[i];
        if (takes == MODEL_TAKES_CONDITIONS || !column->managed) {
            add_key(c, container, column->name, column->type, 1);
        }
    }
}

bool completion_of_fields(struct completion *c) {
    node_id container = completion_container(c);
    bool key = token_is(&c->before, STR("{")) || token_is(&c->before, STR(",")) || c->before.new_line;
    struct record record = key ? record_at(c, container) : nothing;
    const struct summary_symbol *type = record.type.symbol;
    struct signature_parameter part;
    if (!is_known(record)) {
        return false;
    }
    if (node_kind(c->tree, container) == NODE_STRUCT_LITERAL) {
        container = node_child(c->tree, container, FIELD_ENTRIES);
    }
    for (uint32_t i = 0; type != NULL && i < type->parameter_count; i++) {
        const struct summary_parameter *field = &type->parameters[i];
        add_key(c, container, analysis_name(c->file, field->name), field->type, field->has_default ? 1 : 0);
    }
    for (size_t at = 0; type_text_next_field(record.words, &at, &part);) {
        add_key(c, container, part.name, part.type, 0);
    }
    if (type != NULL) {
        add_columns(c, container, record.type);
    }
    return true;
}

/* ---- the expected type */

/* The property of a component whose value is being written. */
static struct str property_type(struct completion *c) {
    const struct syntax_tree *tree = c->tree;
    node_id attribute = node_parent(tree, node_holding(tree, c->before.span.start));
    if (node_kind(tree, attribute) != NODE_JSX_ATTRIBUTE) {
        return (struct str){0};
    }
    node_id tag = node_child(tree, node_parent(tree, attribute), FIELD_NAME);
    struct str name = node_text(tree, node_child(tree, attribute, FIELD_NAME));
    struct target target = lookup_target(c->file, c->context->package, node_span(tree, tag).end);
    const struct summary_symbol *component = target.kind == TARGET_PACKAGE ? target.member.symbol : NULL;
    for (uint32_t i = 0; component != NULL && component->kind == SYMBOL_COMPONENT && i < component->parameter_count;
         i++) {
        if (str_equal(analysis_name(c->file, component->parameters[i].name), name)) {
            return component->parameters[i].type;
        }
    }
    return (struct str){0};
}

/* What is compared with the value, in front of `==`. */
static struct str compared_type(struct completion *c) {
    const struct syntax_tree *tree = c->tree;
    node_id node = node_holding(tree, c->before.span.start);
    node_id comparison = node_kind(tree, node) == NODE_BINARY_EXPRESSION ? node : node_parent(tree, node);
    node_id left = node_child(tree, comparison, FIELD_LEFT);
    bool known = node_kind(tree, comparison) == NODE_BINARY_EXPRESSION && node_span(tree, left).end <= c->before.span.start;
    return known ? type_text_receiver(completion_typer(c), left) : (struct str){0};
}

static struct str find_expected(struct completion *c) {
    const struct frame *frame = completion_frame(c);
    if (token_is(&c->before, STR("==")) || token_is(&c->before, STR("!="))) {
        return compared_type(c);
    }
    if (token_is(&c->before, STR("="))) {
        return assigned_type(c, c->before.span.start);
    }
    if (token_is(&c->before, STR("return"))) {
        return returned_type(c);
    }
    if (token_is(&c->before, STR("{"))) {
        return property_type(c);
    }
    bool named_value = token_is(&c->before, STR(":")) && c->before2.kind == TOKEN_NAME;
    if (frame->bracket == '(' && (token_is(&c->before, STR("(")) || token_is(&c->before, STR(",")) || named_value)) {
        return parameter_type(c, frame);
    }
    return frame->bracket == '{' && named_value
               ? type_of_field(c, record_at(c, completion_container(c)), c->before2.text)
               : (struct str){0};
}

struct str completion_expected(struct completion *c) {
    if (!c->expects) {
        c->expects = true;
        c->expected = find_expected(c);
        bool variable = c->expected.size == 1;
        c->expected = variable ? (struct str){0} : c->expected;
    }
    return c->expected;
}
