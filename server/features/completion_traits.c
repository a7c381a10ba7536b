/* In `impl Trait for Type { }`: the functions that the trait asks for and the braces do not hold yet. */
#include "server/features/completion_provider.h"

#include "analysis/traits.h"
#include "parser/syntax/node.h"

/* `fn label(self) -> String` as a snippet has it. */
static struct str escaped(struct arena *arena, struct str text) {
    char *out = arena_alloc(arena, 2 * text.size + 1);
    size_t size = 0;
    for (size_t i = 0; i < text.size; i++) {
        if (text.data[i] == '$' || text.data[i] == '}' || text.data[i] == '\\') {
            out[size++] = '\\';
        }
        out[size++] = text.data[i];
    }
    return (struct str){out, size};
}

static void add_function(struct completion *c, const struct syntax_tree *tree, node_id function, struct str home) {
    struct arena *arena = c->context->arena;
    struct str head = arena_str(arena, str_trim(node_text(tree, function)));
    struct str label = arena_str(arena, node_text(tree, node_child(tree, function, FIELD_NAME)));
    struct str written = escaped(arena, head);
    bool rich = c->context->snippets;
    completion_add(c, (struct completion_item){
                          .label = label,
                          .kind = ITEM_METHOD,
                          .home = home,
                          .detail = head,
                          .insert = rich ? arena_printf(arena, "%.*s {\n\t$0\n}", STR_ARGUMENTS(written))
                                         : arena_printf(arena, "%.*s { }", STR_ARGUMENTS(head)),
                          .is_snippet = rich,
                          .group = COMPLETION_EXACT,
                      });
}

void completion_add_promised(struct completion *c, node_id impl) {
    node_id name = node_child(c->tree, node_child(c->tree, impl, FIELD_TRAIT), FIELD_NAME);
    struct resolver resolver;
    if (name == NODE_NONE) {
        return;
    }
    resolver_init(&resolver, c->context->arena, c->context->sources, c->file, c->context->package);
    struct entity trait = resolver_meaning(&resolver, name).entity;
    if (trait.kind != ENTITY_SYMBOL || entity_symbol(trait)->kind != SYMBOL_TRAIT) {
        return;
    }
    const struct syntax_tree *tree = trait.file->tree;
    struct str home = arena_printf(c->context->arena, "trait %.*s", STR_ARGUMENTS(entity_name(trait)));
    NODE_EACH(function, tree, node_child(tree, entity_symbol(trait)->node, FIELD_BODY)) {
        bool promised = node_kind(tree, function) == NODE_FUNCTION_DECLARATION &&
                        node_child(tree, function, FIELD_BODY) == NODE_NONE;
        atom_id called = atom_find(c->file->atoms, node_text(tree, node_child(tree, function, FIELD_NAME)));
        if (promised && called != ATOM_NONE && !entity_is(traits_function(c->file, impl, called))) {
            add_function(c, tree, function, home);
        }
    }
}
