/* Options of a directive, between its braces: those of its table that are not written yet, and the values that they take; settings
 * of a model; rules of a field. */
#include "server/features/completion_provider.h"

#include "analysis/directives.h"
#include "analysis/model_settings.h"
#include "parser/syntax/node.h"

struct options {
    struct completion *c;
    node_id block;
    const struct directive *directive;
};

static bool is_key_place(const struct completion *c) {
    return token_is(&c->before, STR("{")) || token_is(&c->before, STR(",")) ||
           (c->before.new_line && !token_is(&c->before, STR(":")));
}

static bool is_written(const struct options *o, struct str name) {
    struct directive_entry entry;
    for (node_id at = NODE_NONE; directive_next_entry(o->c->tree, o->block, &at, &entry);) {
        struct span span = node_span(o->c->tree, entry.key);
        bool typed = span.start <= o->c->offset && o->c->offset <= span.end;
        if (!typed && str_equal(node_text(o->c->tree, entry.key), name)) {
            return true;
        }
    }
    return false;
}

static bool is_text(struct str types) {
    return str_starts_with(types, STR("String")) || (types.size > 0 && types.data[0] == '\'');
}

/* What is written behind the name of an option. */
static struct str option_snippet(struct arena *arena, const struct directive_part *option) {
    if (str_equal(option->types, STR("fn"))) {
        return arena_printf(arena, "%.*s fn($1) {\n\t$0\n}", STR_ARGUMENTS(option->name));
    }
    if (is_text(option->types)) {
        return arena_printf(arena, "%.*s: \"$1\"", STR_ARGUMENTS(option->name));
    }
    bool list = str_starts_with(option->types, STR("["));
    return arena_printf(arena, list ? "%.*s: [$1]" : "%.*s: $1", STR_ARGUMENTS(option->name));
}

static void add_options(struct options *o) {
    struct completion *c = o->c;
    struct str rest = o->directive->options;
    for (struct directive_part option; directive_next_option(&rest, &option);) {
        option.types = str_trim(option.types);
        if (is_written(o, option.name) || completion_has(c, option.name)) {
            continue;
        }
        bool rich = c->context->snippets && c->items->replace_end == c->offset;
        completion_add(c, (struct completion_item){
                              .label = option.name,
                              .kind = ITEM_PROPERTY,
                              .detail = arena_printf(c->context->arena, "%.*s: %.*s%s", STR_ARGUMENTS(option.name),
                                                     STR_ARGUMENTS(option.types), option.required ? " (required)" : ""),
                              .insert = rich ? option_snippet(c->context->arena, &option) : option.name,
                              .is_snippet = rich,
                              .near = option.required ? 0 : 1,
                          });
    }
}

/* Texts that an option takes, with their quotes, and true and false. */
static void add_values(struct options *o, struct str types) {
    struct completion *c = o->c;
    for (size_t at = 0; at < types.size;) {
        size_t end = str_find(types, '|', at);
        struct str type = str_trim(str_slice(types, at, end));
        at = end + 1;
        if (type.size > 2 && type.data[0] == '\'') {
            struct str text = str_slice(type, 1, type.size - 1);
            completion_add_name(c, arena_printf(c->context->arena, "\"%.*s\"", STR_ARGUMENTS(text)), ITEM_VALUE,
                                (struct str){0});
        } else if (str_equal(type, STR("Bool"))) {
            completion_add_name(c, STR("true"), ITEM_VALUE, (struct str){0});
            completion_add_name(c, STR("false"), ITEM_VALUE, (struct str){0});
        }
    }
}

/* ---- models and fields */

static void add_settings(struct completion *c) {
    static const struct {
        enum model_setting setting;
        struct str snippet;
        const char *about;
    } settings[] = {
        {MODEL_TABLE, STR_INIT("table: \"$1\""), "the table's name"},
        {MODEL_TIMESTAMPS, STR_INIT("timestamps: true"), "when a record was made and changed"},
        {MODEL_SOFT_DELETE, STR_INIT("soft_delete: true"), "records are marked and kept"},
        {MODEL_UNIQUE, STR_INIT("unique: [$1]"), "fields that no two records share"},
        {MODEL_BELONGS_TO, STR_INIT("belongs_to: ${1:Model}"), "the record that this one is a part of"},
        {MODEL_HAS_MANY, STR_INIT("has_many: ${1:Model}"), "the records that are a part of this one"},
        {MODEL_HAS_ONE, STR_INIT("has_one: ${1:Model}"), "the record that is a part of this one"},
    };
    for (size_t i = 0; i < sizeof settings / sizeof *settings; i++) {
        completion_add_word(c, model_setting_word(settings[i].setting), settings[i].snippet, settings[i].about);
    }
}

static void add_rules(struct completion *c) {
    static const struct {
        struct str word, snippet;
    } rules[] = {
        {STR_INIT("required"), STR_INIT("")},
        {STR_INIT("email"), STR_INIT("")},
        {STR_INIT("min"), STR_INIT("min($1)")},
        {STR_INIT("max"), STR_INIT("max($1)")},
        {STR_INIT("minLength"), STR_INIT("minLength($1)")},
        {STR_INIT("maxLength"), STR_INIT("maxLength($1)")},
        {STR_INIT("pattern"), STR_INIT("pattern($1)")},
        {STR_INIT("oneOf"), STR_INIT("oneOf([$1])")},
        {STR_INIT("matches"), STR_INIT("matches($1)")},
    };
    for (size_t i = 0; i < sizeof rules / sizeof *rules; i++) {
        completion_add_word(c, rules[i].word, rules[i].snippet, "what the field has to be");
    }
}

static bool in_type_body(struct completion *c, node_id container) {
    node_id owner = node_parent(c->tree, container);
    if (!is_key_place(c)) {
        return false;
    }
    if (node_kind(c->tree, owner) == NODE_MODEL_DECLARATION) {
        add_settings(c);
    }
    return true;
}

bool completion_of_options(struct completion *c) {
    const struct syntax_tree *tree = c->tree;
    node_id container = completion_container(c), holder = node_parent(tree, container);
    if (node_kind(tree, container) == NODE_TYPE_BODY) {
        return in_type_body(c, container);
    }
    if (node_kind(tree, container) == NODE_BLOCK && node_kind(tree, holder) == NODE_FIELD_DECLARATION) {
        add_rules(c);
        return true;
    }
    struct options options = {.c = c, .block = container};
    options.directive = node_kind(tree, holder) == NODE_DIRECTIVE && node_kind(tree, container) == NODE_BLOCK
                            ? directive_of_node(tree, holder)
                            : NULL;
    if (options.directive == NULL || options.directive->body != DIRECTIVE_HAS_OPTIONS ||
        options.directive->options.size == 0) {
        return false;
    }
    if (is_key_place(c)) {
        add_options(&options);
        return true;
    }
    struct directive_part option;
    if (token_is(&c->before, STR(":")) && directive_option(options.directive, c->before2.text, &option)) {
        option.types = str_trim(option.types);
        add_values(&options, option.types);
        c->plain = c->plain || str_equal(option.types, STR("fn"));
        completion_values(c);
        return true;
    }
    return false;
}
