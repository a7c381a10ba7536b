/* Places in a file and what they mean to an editor. */
#include "analysis/lookup.h"

#include "analysis/database.h"
#include "analysis/modules.h"
#include "analysis/peers.h"
#include "parser/base/byte.h"

/* The summary's symbol of a symbol of this file; symbols are in order of `local`. */
static struct package_symbol member_of(const struct file_analysis *file, const struct package *package,
                                       uint32_t symbol) {
    const struct summary *summary = package_file(package, file->path);
    uint32_t low = 0;
    uint32_t high = summary == NULL ? 0 : summary->symbol_count;
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        if (summary->symbols[middle].local == symbol) {
            return (struct package_symbol){summary, &summary->symbols[middle]};
        }
        if (summary->symbols[middle].local < symbol) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return (struct package_symbol){NULL, NULL};
}

static struct target rpc_target(const struct file_analysis *file, const struct package *package,
                                const struct rpc_use *use, struct target target) {
    struct package_symbol found = {NULL, NULL};
    target.rpc = true;
    if (use->name != ATOM_NONE && package_resolve_rpc(package, use->server, use->name, &found) != RPC_UNKNOWN) {
        target.kind = TARGET_PACKAGE;
        target.member = found;
        bool here = found.file == package_file(package, file->path);
        target.symbol = here ? found.symbol->local : 0;
    }
    return target;
}

static struct target declared_target(const struct file_analysis *file, const struct package *package, uint32_t symbol,
                                     struct target target) {
    target.symbol = symbol;
    target.kind = TARGET_LOCAL;
    struct arena scratch = {0};
    struct package_symbol imported = module_imported(&scratch, package, file, symbol);
    arena_finish(&scratch);
    if (imported.symbol != NULL) {
        target.member = imported;
        target.kind = TARGET_PACKAGE;
        target.symbol = 0;
        return target;
    }
    if (analysis_symbol(file, symbol)->flags & SYMBOL_BLOCK_LEVEL) {
        target.member = member_of(file, package, symbol);
        target.kind = target.member.symbol == NULL ? TARGET_LOCAL : TARGET_PACKAGE;
    }
    return target;
}

bool lookup_builtin(const struct file_analysis *file, const struct package *package, node_id node,
                    enum builtin *builtin) {
    const struct binding *binding = analysis_binding(file, node);
    if (binding == NULL || binding->symbol != 0 || binding->builtin == 0) {
        return false;
    }
    struct block_key key = file->blocks.items[binding->block].key;
    *builtin = (enum builtin)(binding->builtin - 1);
    return package_meaning(package, key, binding->name, binding->access).symbol == NULL;
}

bool lookup_model(const struct file_analysis *file, const struct package *package, node_id node) {
    const struct binding *binding = analysis_binding(file, node);
    if (binding == NULL) {
        return false;
    }
    if (binding->symbol != 0) {
        return analysis_symbol(file, binding->symbol)->kind == SYMBOL_MODEL;
    }
    struct block_key key = file->blocks.items[binding->block].key;
    struct package_symbol found = package_lookup(package, key, binding->name, false);
    return found.symbol != NULL && found.symbol->kind == SYMBOL_MODEL;
}

/* `get` in `http.get`, `find` in `User.find`. */
static bool is_builtin_member(const struct file_analysis *file, const struct package *package, node_id node,
                              struct builtin_member *member) {
    node_id parent = node_parent(file->tree, node);
    node_id object = node_child(file->tree, parent, FIELD_OBJECT);
    struct str name = node_text(file->tree, node);
    enum builtin space;
    if (node_kind(file->tree, parent) != NODE_MEMBER_EXPRESSION || node_field(file->tree, node) != FIELD_PROPERTY) {
        return false;
    }
    if (lookup_model(file, package, object)) {
        return model_member_find(name, member);
    }
    return lookup_builtin(file, package, object, &space) && builtin_member_find(space, name, member);
}

struct target lookup_target(const struct file_analysis *file, const struct package *package, uint32_t offset) {
    node_id node = node_at(file->tree, offset);
    struct target target = {.node = node, .span = analysis_name_span(file->tree, node)};
    const struct rpc_use *use = peer_rpc_use(package, file, node_parent(file->tree, node));
    if (use != NULL && use->name_node == node) {
        return rpc_target(file, package, use, target);
    }
    const struct binding *binding = analysis_binding(file, node);
    if (binding == NULL) {
        bool found = is_builtin_member(file, package, node, &target.builtin_member);
        target.kind = found ? TARGET_BUILTIN_MEMBER : TARGET_NONE;
        return target;
    }
    if (binding->symbol != 0) {
        return declared_target(file, package, binding->symbol, target);
    }
    struct block_key key = file->blocks.items[binding->block].key;
    target.member = package_meaning(package, key, binding->name, binding->access);
    if (target.member.symbol != NULL) {
        target.kind = TARGET_PACKAGE;
    } else if (binding->builtin != 0) {
        target.kind = TARGET_BUILTIN;
        target.builtin = (enum builtin)(binding->builtin - 1);
    }
    return target;
}

/* Where the text before offset ends: on its line, or at all. What stands there may go on at offset. */
static uint32_t end_before(struct str text, uint32_t offset, bool on_line) {
    uint32_t at = offset < text.size ? offset : (uint32_t)text.size;
    while (at > 0 && (text.data[at - 1] == ' ' || text.data[at - 1] == '\t' ||
                      (!on_line && (text.data[at - 1] == '\n' || text.data[at - 1] == '\r')))) {
        at--;
    }
    return at;
}

/* Is the end of the node missing? What is written behind it belongs to it then. */
static bool is_unclosed(const struct syntax_tree *tree, node_id node) {
    const struct node *last = &tree->nodes[tree->nodes[node].next - 1];
    bool missing = last->kind == NODE_MISSING || (last->flags & NODE_INSERTED) != 0;
    return missing && last->start == last->end && last->end == tree->nodes[node].end;
}

/* A function, or an arm of a `match`, that has no braces: what is written behind it on its line belongs to it. */
static bool goes_on(const struct syntax_tree *tree, node_id node, uint32_t end) {
    struct span span = node_span(tree, node);
    return span.start < end && span.end == end && text_str(tree->text).data[end - 1] != '}';
}

uint32_t lookup_scope(const struct file_analysis *file, uint32_t offset) {
    const struct syntax_tree *tree = file->tree;
    struct str text = text_str(tree->text);
    uint32_t end = end_before(text, offset, true);
    uint32_t last = end_before(text, offset, false);
    for (node_id node = last > 0 ? node_holding(tree, last - 1) : NODE_ROOT; node != NODE_NONE;
         node = node_parent(tree, node)) {
        struct span span = analysis_name_span(tree, node);
        bool inside = span.start < offset && offset < span.end;
        if (file->node_scope[node] != 0 &&
            (inside || node == NODE_ROOT || goes_on(tree, node, end) || is_unclosed(tree, node))) {
            return file->node_scope[node];
        }
    }
    return 1;
}

uint32_t lookup_block(const struct file_analysis *file, uint32_t offset) {
    return file->scopes.items[lookup_scope(file, offset)].block;
}

/* ---- behind a dot */

static bool is_name_byte(char c) {
    return byte_is_word(c) || c == '$' ||
           byte_is_wide(c);
}

/* The dot before the name that ends at offset; white space may stand between, as a newline may before a dot. */
static bool find_dot(struct str text, uint32_t offset, uint32_t *name_start, uint32_t *dot) {
    uint32_t start = offset;
    while (start > 0 && is_name_byte(text.data[start - 1])) {
        start--;
    }
    uint32_t before = start;
    while (before > 0 && (text.data[before - 1] == ' ' || text.data[before - 1] == '\t')) {
        before--;
    }
    if (before == 0 || text.data[before - 1] != '.' || (before > 1 && text.data[before - 2] == '.')) {
        return false;
    }
    *name_start = start;
    *dot = before - 1;
    return true;
}

static node_id member_at(const struct syntax_tree *tree, uint32_t dot) {
    for (node_id node = node_at(tree, dot); node != NODE_NONE; node = node_parent(tree, node)) {
        node_id operator= node_child(tree, node, FIELD_OPERATOR);
        struct span span = node_span(tree, operator);
        if (node_kind(tree, node) == NODE_MEMBER_EXPRESSION && span.start <= dot && dot < span.end) {
            return node;
        }
    }
    return NODE_NONE;
}

/* Where the tree has no member expression (yet), the identifier in front of the dot will do. */
static node_id object_before(const struct syntax_tree *tree, uint32_t dot) {
    node_id node = dot == 0 ? NODE_NONE : node_at(tree, dot);
    return node_kind(tree, node) == NODE_IDENTIFIER && node_span(tree, node).end == dot ? node : NODE_NONE;
}

bool lookup_member_place(const struct file_analysis *file, const struct package *package, uint32_t offset,
                         struct member_place *place) {
    uint32_t start;
    uint32_t dot;
    struct str text = text_str(file->tree->text);
    if (offset > text.size || lookup_in_text(file, offset) || !find_dot(text, offset, &start, &dot)) {
        return false;
    }
    node_id member = member_at(file->tree, dot);
    node_id object =
        member != NODE_NONE ? node_child(file->tree, member, FIELD_OBJECT) : object_before(file->tree, dot);
    if (object == NODE_NONE) {
        return false;
    }
    const struct rpc_use *use = peer_rpc_use(package, file, member);
    bool server = member == NODE_NONE && str_equal(node_text(file->tree, object), STR("server")) &&
                  analysis_symbol_of(file, object) == NULL &&
                  file->blocks.items[lookup_block(file, offset)].key.kind == BLOCK_BROWSER;
    *place = (struct member_place){.object = object,
                                   .name = {start, offset},
                                   .rpc = use != NULL || server,
                                   .server = use != NULL ? use->server : ATOM_NONE};
    return true;
}

/* Behind an interpolation that is not closed, as its text is not: what is written there belongs to it. */
static bool in_open_interpolation(const struct syntax_tree *tree, uint32_t offset) {
    uint32_t end = end_before(text_str(tree->text), offset, true);
    node_id node = end > 0 ? node_holding(tree, end - 1) : NODE_NONE;
    while (node != NODE_NONE && node_kind(tree, node) != NODE_INTERPOLATION) {
        node = node_parent(tree, node);
    }
    return node != NODE_NONE && node_span(tree, node).end <= offset && is_unclosed(tree, node);
}

static bool is_text_at(const struct syntax_tree *tree, node_id node, uint32_t offset) {
    struct span span = node_span(tree, node);
    switch ((int)node_kind(tree, node)) {
    case NODE_COMMENT:
    case NODE_DOC_COMMENT:
        return span.start < offset;
    case NODE_BLOCK_COMMENT:
    case NODE_SINGLE_STRING:
    case NODE_RAW_STRING:
    case NODE_REGEX:
        return span.start < offset && offset < span.end;
    case NODE_STRING:
    case NODE_TRIPLE_STRING:
        return span.start < offset &&
               (offset < span.end || node_child_of_kind(tree, node, NODE_UNTERMINATED) != NODE_NONE);
    case NODE_ESCAPE:
    case NODE_UNTERMINATED:
        return true;
    default:
        return false;
    }
}

bool lookup_in_text(const struct file_analysis *file, uint32_t offset) {
    const struct syntax_tree *tree = file->tree;
    node_id holder = offset > 0 ? node_holding(tree, offset - 1) : NODE_NONE;
    if (node_kind(tree, holder) == NODE_INTERPOLATION && node_span(tree, holder).end == offset) {
        holder = node_parent(tree, holder); /* behind its brace the text goes on */
    }
    bool before = is_text_at(tree, holder, offset);
    return !in_open_interpolation(tree, offset) && (before || is_text_at(tree, node_at(tree, offset), offset));
}

/* ---- what is piped to a member */

node_id lookup_piped(const struct syntax_tree *tree, node_id column) {
    node_id call = node_parent(tree, column);
    bool called = node_kind(tree, call) == NODE_CALL_EXPRESSION && node_field(tree, column) == FIELD_FUNCTION;
    node_id right = called ? call : column, pipe = node_parent(tree, right);
    bool piped = node_kind(tree, pipe) == NODE_PIPE_EXPRESSION && node_field(tree, right) == FIELD_RIGHT;
    return piped ? node_child(tree, pipe, FIELD_LEFT) : NODE_NONE;
}

/* ---- names in scope */

static bool is_hoisted(enum symbol_kind kind) {
    return kind != SYMBOL_CONSTANT && kind != SYMBOL_VARIABLE && kind != SYMBOL_PARAMETER;
}

static bool can_be_named(const struct file_analysis *file, const struct symbol *symbol, uint32_t offset) {
    return symbol->name != ATOM_NONE && (symbol->flags & SYMBOL_BLOCK_LEVEL) == 0 && symbol->kind != SYMBOL_FIELD &&
           symbol->kind != SYMBOL_LABEL &&
           (is_hoisted(symbol->kind) || node_span(file->tree, symbol->name_node).end < offset);
}

void lookup_each_local(const struct file_analysis *file, uint32_t offset,
                       void (*visit)(void *context, const struct symbol *symbol), void *context) {
    for (uint32_t scope = lookup_scope(file, offset); scope != 0; scope = file->scopes.items[scope].parent) {
        const struct scope *names = &file->scopes.items[scope];
        for (unsigned i = names->symbols.count; i-- > 0;) {
            const struct symbol *symbol = analysis_symbol(file, names->symbols.items[i]);
            if (can_be_named(file, symbol, offset)) {
                visit(context, symbol);
            }
        }
    }
}
