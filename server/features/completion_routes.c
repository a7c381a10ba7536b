/* Routes: methods, conditions behind `with`, handlers behind the arrow, and the words between. */
#include "server/features/completion_provider.h"

#include "analysis/guards.h"
#include "parser/syntax/node.h"

enum { MOST_TOKENS = 40 };

struct route_words {
    struct completion *c;
    bool path;  /* the path has been written */
    bool with;  /* behind `with` */
    bool arrow; /* behind `=>` */
};

/* Reads back to the word `route` in this statement; false when there is none. */
static bool read_route(struct completion *c, struct route_words *route) {
    struct token token = c->before;
    *route = (struct route_words){.c = c};
    for (unsigned i = 0; i < MOST_TOKENS && token.kind != TOKEN_NONE; i++) {
        struct token before = cursor_before(c->tree, token.span.start);
        if (token_is(&token, STR("route")) &&
            (before.kind == TOKEN_NONE || before.new_line || token_is(&before, STR("{")))) {
            return true;
        }
        if (token_is(&token, STR("{")) || token_is(&token, STR("}")) ||
            (token_is(&token, STR(")")) && token.new_line)) {
            return false;
        }
        route->path = route->path || token.kind == TOKEN_TEXT;
        route->arrow = route->arrow || token_is(&token, STR("=>"));
        route->with = route->with || token_is(&token, STR("with"));
        if (i > 0 && token.new_line && !token_is(&token, STR(","))) {
            return false;
        }
        token = before;
    }
    return false;
}

static void add_methods(struct completion *c) {
    static const struct str methods[] = {STR_INIT("GET"),   STR_INIT("POST"), STR_INIT("PUT"),    STR_INIT("DELETE"),
                                         STR_INIT("PATCH"), STR_INIT("HEAD"), STR_INIT("OPTIONS")};
    for (size_t i = 0; i < sizeof methods / sizeof *methods; i++) {
        bool rich = c->context->snippets && c->items->replace_end == c->offset;
        struct str insert =
            rich ? arena_printf(c->context->arena, "%.*s \"/$1\" => $0", STR_ARGUMENTS(methods[i])) : methods[i];
        completion_add(c, (struct completion_item){.label = methods[i],
                                                   .kind = ITEM_ENUM_MEMBER,
                                                   .detail = STR("HTTP method"),
                                                   .insert = insert,
                                                   .is_snippet = rich,
                                                   .near = (unsigned)i});
    }
}

static void add_function(void *context, struct package_symbol member) {
    struct completion *c = context;
    bool here = block_key_equal(member.symbol->block, c->block) || member.symbol->block.kind != BLOCK_SERVER;
    if (member.symbol->kind == SYMBOL_FUNCTION && here &&
        !completion_has(c, analysis_name(c->file, member.symbol->name))) {
        completion_add_symbol(c, member, COMPLETION_PROGRAM);
    }
}

/* Functions of a group of routes. */
static void add_local(void *context, const struct symbol *symbol) {
    struct completion *c = context;
    if (symbol->kind == SYMBOL_FUNCTION && !completion_has(c, analysis_name(c->file, symbol->name))) {
        completion_add_local(c, (uint32_t)(symbol - c->file->symbols.items), COMPLETION_LOCAL, 0);
    }
}

static void add_guards(struct completion *c) {
    const struct guard *guard;
    for (unsigned i = 0; (guard = guard_at(i)) != NULL; i++) {
        bool rich = c->context->snippets && !c->called && guard->head.size > 0;
        struct str insert = rich ? arena_concat(c->context->arena, guard->word, STR("($1)")) : guard->word;
        completion_add(c, (struct completion_item){.label = guard->word,
                                                   .kind = ITEM_KEYWORD,
                                                   .detail = STR("condition of a route"),
                                                   .insert = insert,
                                                   .is_snippet = rich});
    }
    c->plain = true;
    package_each_visible(c->context->package, c->block, add_function, c);
}

static void add_words(struct completion *c) {
    completion_add_word(c, STR("with"), STR("with $1 => $0"), "what the route asks for");
    completion_add_word(c, STR("body"), STR("body: ${1:Type}"), "the type of the body");
}

bool completion_of_routes(struct completion *c) {
    struct route_words route;
    if (c->block.kind != BLOCK_SERVER || !read_route(c, &route)) {
        return false;
    }
    if (token_is(&c->before, STR("=>"))) {
        c->plain = true;
        lookup_each_local(c->file, c->offset, add_local, c);
        package_each_visible(c->context->package, c->block, add_function, c);
        completion_add_word(c, STR("fn"), STR("fn(${1:req}) {\n\t$0\n}"), "a handler of its own");
        return true;
    }
    if (route.arrow || token_is(&c->before, STR("->")) || token_is(&c->before, STR(":"))) {
        return false;
    }
    if (token_is(&c->before, STR("with")) || (route.with && token_is(&c->before, STR(",")))) {
        add_guards(c);
    } else if (token_is(&c->before, STR("route"))) {
        add_methods(c);
    } else if (route.path && !c->before.new_line && completion_frame(c)->bracket != '(') {
        add_words(c);
    } else {
        return route.path ? completion_frame(c)->bracket == '{' && !c->before.new_line : true;
    }
    return true;
}
