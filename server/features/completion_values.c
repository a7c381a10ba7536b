/* Values: named arguments, names in scope from the nearest on, servers, builtins, names of JavaScript, words of expressions, and
 * what other modules offer. */
#include "server/features/completion_provider.h"

#include "analysis/peers.h"
#include "parser/syntax/node.h"
#include "server/features/callee.h"

/* ---- names */

static bool has_value(enum symbol_kind kind) {
    return kind != SYMBOL_TRAIT && kind != SYMBOL_TYPE_PARAMETER && kind != SYMBOL_MIDDLEWARE && kind != SYMBOL_LABEL;
}

/* How many scopes a name is away from the place. */
static unsigned distance(const struct completion *c, const struct symbol *symbol) {
    unsigned count = 0;
    for (uint32_t scope = lookup_scope(c->file, c->offset); scope != 0 && scope != symbol->scope; count++) {
        scope = c->file->scopes.items[scope].parent;
    }
    return count;
}

/* Is the place in the value that the name is only given there? What `catch` and `with` name is there in all of them. */
static bool is_being_made(const struct completion *c, const struct symbol *symbol) {
    enum node_kind kind = node_kind(c->tree, symbol->node);
    bool loop = kind == NODE_FOR_EXPRESSION || kind == NODE_JSX_FOR;
    bool value = kind == NODE_ASSIGNMENT || kind == NODE_VAR_DECLARATION;
    if (loop && token_is(&c->before, STR("in")) && node_holding(c->tree, c->before.span.start) == symbol->node) {
        return true;
    }
    struct span span = node_span(c->tree, loop ? node_child(c->tree, symbol->node, FIELD_ITERABLE) : symbol->node);
    bool inside = span.start <= c->offset && c->offset <= span.end;
    return inside && (loop || (value && lookup_scope(c->file, c->offset) == symbol->scope));
}

static void add_local(void *context, const struct symbol *symbol) {
    struct completion *c = context;
    if (has_value(symbol->kind) && !is_being_made(c, symbol) &&
        !completion_has(c, analysis_name(c->file, symbol->name))) {
        completion_add_local(c, (uint32_t)(symbol - c->file->symbols.items), COMPLETION_LOCAL, distance(c, symbol));
    }
}

/* `BookModel` of the model `Book`, unless the program has a name of its own there. */
static void add_model(struct completion *c, struct package_symbol model) {
    struct str name = analysis_name(c->file, model.symbol->name);
    struct str alias = arena_concat(c->context->arena, name, STR("Model"));
    atom_id atom = atom_find(c->file->atoms, alias);
    bool means = atom != ATOM_NONE &&
                 package_lookup(c->context->package, c->block, atom, false).symbol == model.symbol;
    if (means && !completion_has(c, alias)) {
        completion_add_symbol_as(c, model, alias, (struct str){0}, 0);
    }
}

/* What values are made by, types and components, comes behind values and functions. */
static void add_visible(void *context, struct package_symbol member) {
    struct completion *c = context;
    struct str name = analysis_name(c->file, member.symbol->name);
    bool maker = member.symbol->kind == SYMBOL_TYPE || member.symbol->kind == SYMBOL_COMPONENT;
    if (has_value(member.symbol->kind) && !completion_has(c, name)) {
        completion_add_symbol_as(c, member, name, (struct str){0}, maker);
    }
    if (member.symbol->kind == SYMBOL_MODEL) {
        add_model(c, member);
    }
}

void completion_add_servers(struct completion *c) {
    struct arena *arena = c->context->arena;
    bool page = c->block.kind == BLOCK_BROWSER;
    if (!page && c->block.kind != BLOCK_SERVER) {
        return;
    }
    if (page && !completion_has(c, STR("server"))) {
        completion_add(c, (struct completion_item){.label = STR("server"),
                                                   .kind = ITEM_KEYWORD,
                                                   .detail = STR("the functions of this package's servers"),
                                                   .group = COMPLETION_PROGRAM});
    }
    struct package_servers servers = package_servers(arena, c->context->package);
    for (uint32_t i = 0; i < servers.count; i++) {
        if (servers.keys[i].name != ATOM_NONE && !block_key_equal(servers.keys[i], c->block)) {
            struct str name = peer_identifier(arena, analysis_name(c->file, servers.keys[i].name));
            if (!completion_has(c, name)) {
                completion_add(c, (struct completion_item){.label = name,
                                                           .kind = ITEM_MODULE,
                                                           .detail = STR("another server"),
                                                           .group = COMPLETION_PROGRAM});
            }
        }
    }
}

/* A function of a server by its bare name, written as the call that reaches it: `server.list_users`, or by the name of its server
 * where several have such a function, and on other servers. */
static void add_endpoint(void *context, struct package_symbol endpoint) {
    struct completion *c = context;
    struct package_symbol answers = {0};
    struct arena *arena = c->context->arena;
    struct str name = analysis_name(c->file, endpoint.symbol->name);
    struct str receiver = STR("server");
    if (block_key_equal(endpoint.symbol->block, c->block) || !completion_is_like(c, name) || completion_has(c, name)) {
        return;
    }
    bool direct = c->block.kind == BLOCK_BROWSER &&
                  package_resolve_rpc(c->context->package, ATOM_NONE, endpoint.symbol->name, &answers) == RPC_FOUND;
    if (!direct && endpoint.symbol->block.name == ATOM_NONE) {
        return;
    }
    if (!direct) {
        receiver = peer_identifier(arena, analysis_name(c->file, endpoint.symbol->block.name));
    }
    struct str label = arena_printf(arena, "%.*s.%.*s", STR_ARGUMENTS(receiver), STR_ARGUMENTS(name));
    if (!completion_has(c, label)) {
        completion_add_symbol_as(c, endpoint, label, name, 9);
    }
}

/* Only to whom has begun a name: there may be many. */
static void add_endpoints(struct completion *c) {
    if (c->block.kind != BLOCK_BROWSER && c->block.kind != BLOCK_SERVER) {
        return;
    }
    if (c->word.start == c->word.end) {
        c->items->incomplete = true;
        return;
    }
    package_each_endpoint(c->context->package, false, ATOM_NONE, add_endpoint, c);
}

bool completion_offers_builtin(const struct completion *c, enum builtin builtin) {
    const struct builtin_info *info = builtin_info(builtin);
    return info->absent.size == 0 && builtin_is_for(builtin, c->block.kind) &&
           (info->preferred == builtin || completion_is_older(c));
}

static void add_builtins(struct completion *c) {
    for (int i = 0; i < (int)BUILTIN_COUNT; i++) {
        if (completion_offers_builtin(c, (enum builtin)i) && !completion_has(c, builtin_info((enum builtin)i)->name)) {
            completion_add_builtin(c, (enum builtin)i);
        }
    }
}

void completion_add_globals(struct completion *c) {
    struct str name;
    unsigned blocks;
    for (unsigned i = 0; global_at(i, &name, &blocks); i++) {
        if ((blocks >> c->block.kind & 1) != 0 && !completion_has(c, name)) {
            completion_add(c, (struct completion_item){.label = name,
                                                       .kind = name.data[0] >= 'a' ? ITEM_VARIABLE : ITEM_CLASS,
                                                       .detail = STR("JavaScript"),
                                                       .group = COMPLETION_GLOBAL});
        }
    }
}

static void add_words(struct completion *c) {
    static const struct {
        struct str word, snippet;
        const char *about;
    } words[] = {
        {STR_INIT("nil"), STR_INIT(""), "no value"},
        {STR_INIT("fn"), STR_INIT("fn($1) $0"), "a function"},
        {STR_INIT("if"), STR_INIT("if ${1:condition} { $2 } else { $3 }"), "one of two values"},
        {STR_INIT("match"), STR_INIT("match ${1:value} {\n\t$0\n}"), "a value by cases"},
        {STR_INIT("not"), STR_INIT(""), "operator"},
        {STR_INIT("await"), STR_INIT(""), "waits"},
    };
    bool truth = str_equal(completion_expected(c), STR("Bool"));
    for (unsigned i = 0; i < 2; i++) {
        struct str word = i == 0 ? STR("true") : STR("false");
        if (!completion_has(c, word)) {
            completion_add(c, (struct completion_item){.label = word,
                                                       .kind = ITEM_KEYWORD,
                                                       .detail = STR("Bool"),
                                                       .group = truth ? COMPLETION_LOCAL : COMPLETION_WORD,
                                                       .fits = truth,
                                                       .near = truth ? NEAR_CONSTANT : 0});
        }
    }
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        completion_add_word(c, words[i].word, words[i].snippet, words[i].about);
    }
}

static bool is_value_elsewhere(const struct summary_symbol *symbol) { return has_value(symbol->kind); }

void completion_values(struct completion *c) {
    completion_expected(c);
    lookup_each_local(c->file, c->offset, add_local, c);
    package_each_visible(c->context->package, c->block, add_visible, c);
    completion_add_servers(c);
    add_endpoints(c);
    add_words(c);
    add_builtins(c);
    completion_add_globals(c);
    completion_elsewhere(c, is_value_elsewhere);
}

/* ---- named arguments */

static bool is_named(const struct completion *c, node_id arguments, struct str name) {
    NODE_EACH(argument, c->tree, arguments) {
        bool named = node_kind(c->tree, argument) == NODE_NAMED_ARGUMENT;
        if (named && str_equal(node_text(c->tree, node_child(c->tree, argument, FIELD_NAME)), name)) {
            return true;
        }
    }
    return false;
}

/* The parameters that nothing is given for yet, neither by position nor by name. */
static void add_named_arguments(struct completion *c) {
    const struct frame *frame = completion_frame(c);
    struct callee callee;
    struct signature_parameter parameter;
    bool starts = token_is(&c->before, STR("(")) || token_is(&c->before, STR(","));
    if (frame->bracket != '(' || !starts || !callee_find(c->context, completion_typer(c), frame, &callee) ||
        (callee.subject.kind != SUBJECT_SYMBOL && callee.subject.kind != SUBJECT_LOCAL)) {
        return;
    }
    node_id arguments = node_holding(c->tree, frame->open);
    unsigned position = 0;
    for (size_t at = 0; signature_next(callee.list, &at, &parameter); position++) {
        bool given = position < frame->commas + callee.given &&
                     node_child_of_kind(c->tree, arguments, NODE_NAMED_ARGUMENT) == NODE_NONE;
        bool plain = parameter.name.size > 0 && parameter.name.data[0] != '{' && parameter.name.data[0] != '[' &&
                     !parameter.rest;
        if (given || !plain || is_named(c, arguments, parameter.name)) {
            continue;
        }
        struct str label = arena_concat(c->context->arena, parameter.name, STR(":"));
        completion_add(c, (struct completion_item){.label = label,
                                                   .kind = ITEM_FIELD,
                                                   .detail = parameter.whole,
                                                   .insert = arena_concat(c->context->arena, label, STR(" ")),
                                                   .near = position});
    }
}

/* ---- the place */

/* `on:click={`: a function is named, not called. */
static bool is_handler(struct completion *c) {
    node_id value = completion_container(c);
    node_id name = node_child(c->tree, node_parent(c->tree, value), FIELD_NAME);
    return node_kind(c->tree, value) == NODE_JSX_EXPRESSION && token_is(&c->before, STR("{")) &&
           str_starts_with(node_text(c->tree, name), STR("on:"));
}

/* `map(it * 2)`: where a function is expected, an expression with `it` is one. */
static void add_item(struct completion *c) {
    completion_add(c, (struct completion_item){.label = STR("it"),
                                               .kind = ITEM_VARIABLE,
                                               .detail = STR("the argument of a function that is written as its value"),
                                               .group = COMPLETION_LOCAL,
                                               .near = NEAR_CONSTANT});
}

bool completion_of_values(struct completion *c) {
    struct str expected = completion_expected(c);
    bool function = str_starts_with(expected, STR("(")) || str_equal(expected, STR("Function"));
    c->plain = c->plain || function || is_handler(c);
    if (function && completion_frame(c)->bracket == '(') {
        add_item(c);
    }
    add_named_arguments(c);
    completion_values(c);
    return true;
}
