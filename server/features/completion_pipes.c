/* Behind `|>`: functions that can take what is piped as their first argument, those whose parameter has its type first. */
#include "server/features/completion_provider.h"

#include "analysis/signature_text.h"
#include "parser/syntax/node.h"

enum taking { TAKES_NOT, TAKES_ANYTHING, TAKES_TYPE };

struct pipes {
    struct completion *c;
    struct str type; /* of the value, as people write it; empty where that is not known */
};

/* ---- does a parameter take it? */

/* `T` of a signature of the library, or nothing that is said. */
static bool is_open(struct str type) {
    return type.size == 0 || str_equal(type, STR("Any")) ||
           (type.size == 1 && type.data[0] >= 'A' && type.data[0] <= 'Z');
}

static struct str head_of(struct str type) { return str_slice(type, 0, str_find(type, '<', 0)); }

static bool is_list(struct str type) { return type.size > 2 && type.data[0] == '['; }

static struct str element_of(struct str list) { return str_slice(list, 1, list.size - 1); }

static enum taking takes_one(struct str wanted, struct str type) {
    if (is_open(wanted) || is_open(type) || str_ends_with(type, STR("?"))) {
        return TAKES_ANYTHING;
    }
    while (is_list(wanted) && is_list(type)) {
        wanted = element_of(wanted);
        type = element_of(type);
    }
    bool number = str_equal(wanted, STR("Float")) && str_equal(type, STR("Int"));
    bool function = wanted.data[0] == '(' && type.data[0] == '(';
    bool open = is_open(wanted) || is_open(type); /* of a list */
    return open || number || function || str_equal(head_of(wanted), head_of(type)) ? TAKES_TYPE : TAKES_NOT;
}

/* Of `String | [T]`, one part has to. */
static enum taking takes(struct str wanted, struct str type) {
    enum taking best = TAKES_NOT;
    if (is_open(wanted) || type.size == 0 || str_find(type, '|', 0) < type.size) {
        return TAKES_ANYTHING;
    }
    for (size_t at = 0; at < wanted.size;) {
        size_t end = str_find(wanted, '|', at);
        enum taking part = takes_one(str_trim(str_slice(wanted, at, end)), type);
        best = part > best ? part : best;
        at = end + 1;
    }
    return best;
}

/* ---- what is offered */

/* The item that was added last is what the value goes into. */
static void rank(const struct pipes *p, enum taking taking) {
    p->c->items->list.items[p->c->items->list.count - 1].fits = taking == TAKES_TYPE;
}

static void add_local(void *context, const struct symbol *symbol) {
    struct pipes *p = context;
    uint32_t index = (uint32_t)(symbol - p->c->file->symbols.items);
    bool value = symbol->kind == SYMBOL_PARAMETER || symbol->kind == SYMBOL_VARIABLE || symbol->kind == SYMBOL_IMPORT;
    struct str type = value ? type_text_of_symbol(completion_typer(p->c), index) : (struct str){0};
    bool function = symbol->kind == SYMBOL_FUNCTION || (value && (is_open(type) || type.data[0] == '('));
    if (function && !completion_has(p->c, analysis_name(p->c->file, symbol->name))) {
        completion_add_local(p->c, index, COMPLETION_LOCAL, 0);
        rank(p, TAKES_ANYTHING);
    }
}

static void add_visible(void *context, struct package_symbol member) {
    struct pipes *p = context;
    const struct summary_symbol *symbol = member.symbol;
    bool callable = symbol->kind == SYMBOL_FUNCTION || symbol->kind == SYMBOL_TYPE || symbol->kind == SYMBOL_VARIANT;
    if (!callable || symbol->parameter_count == 0 || completion_has(p->c, analysis_name(p->c->file, symbol->name))) {
        return;
    }
    enum taking taking = takes(symbol->parameters[0].type, p->type);
    if (taking != TAKES_NOT) {
        completion_add_symbol(p->c, member, COMPLETION_PROGRAM);
        rank(p, taking);
    }
}

static void add_builtins(struct pipes *p) {
    struct signature_parameter parameter;
    for (int i = 0; i < (int)BUILTIN_COUNT; i++) {
        struct str list = {0};
        size_t at = 0;
        const struct builtin_info *info = builtin_info((enum builtin)i);
        if (!completion_offers_builtin(p->c, (enum builtin)i) || completion_has(p->c, info->name) ||
            !signature_list(info->signature, &list) || !signature_next(list, &at, &parameter)) {
            continue;
        }
        enum taking taking = takes(parameter.type, p->type);
        if (taking != TAKES_NOT) {
            completion_add_builtin(p->c, (enum builtin)i);
            rank(p, taking);
        }
    }
}

static bool is_function_elsewhere(const struct summary_symbol *symbol) {
    return symbol->kind == SYMBOL_FUNCTION && symbol->parameter_count > 0;
}

/* ---- the place */

/* The type of what stands before the pipe. */
static struct str piped_type(struct completion *c) {
    node_id node = node_holding(c->tree, c->before.span.start);
    node_id value =
        node_kind(c->tree, node) == NODE_PIPE_EXPRESSION ? node_child(c->tree, node, FIELD_LEFT) : NODE_NONE;
    return value == NODE_NONE ? (struct str){0} : type_text_receiver(completion_typer(c), value);
}

bool completion_of_pipes(struct completion *c) {
    if (!token_is(&c->before, STR("|>"))) {
        return false;
    }
    struct pipes p = {.c = c, .type = piped_type(c)};
    c->given = 1;
    lookup_each_local(c->file, c->offset, add_local, &p);
    package_each_visible(c->context->package, c->block, add_visible, &p);
    completion_add_servers(c);
    add_builtins(&p);
    if (c->word.start == c->word.end) {
        c->items->incomplete = true; /* names of JavaScript for whom types one */
    } else {
        completion_add_globals(c);
    }
    completion_elsewhere(c, is_function_elsewhere);
    return true;
}
