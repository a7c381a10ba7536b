/* completion: endpoints behind `server.`, visible names elsewhere. */
#include "server/features/completion.h"

#include "analysis/database.h"
#include "analysis/lookup.h"
#include "parser/base/strbuf.h"
#include "parser/base/utf.h"
#include "server/features/hover.h"

enum { TEXT_BYTES = 64 * 1024, COMPLETION_KEYWORD = 14 };

struct collector {
    const struct feature_context *context;
    struct completion_list *items;
    struct member_place place;
    struct strbuf buffer;   /* of the text that is being composed */
    bool called;            /* an argument list follows already */
    struct block_key block; /* the block that `facts` is about */
    struct str facts, home; /* of that block, since neighbours mostly share it */
};

static void add(struct collector *collector, struct completion_item item) {
    vec_push(collector->context->arena, &collector->items->list, item);
}

/* "(name: String, limit)" from the parameters of a function. */
static struct str parameter_list(struct collector *collector, const struct summary_symbol *symbol) {
    const struct atom_table *atoms = collector->context->file->atoms;
    struct strbuf *out = &collector->buffer;
    strbuf_clear(out);
    strbuf_add_byte(out, '(');
    for (uint32_t i = 0; i < symbol->parameter_count; i++) {
        const struct summary_parameter *parameter = &symbol->parameters[i];
        strbuf_add_c(out, i > 0 ? ", " : "");
        strbuf_add_c(out, parameter->rest ? "..." : "");
        strbuf_add(out, atom_text(atoms, parameter->name));
        strbuf_add_c(out, parameter->type.size > 0 ? ": " : "");
        strbuf_add(out, parameter->type);
    }
    strbuf_add_byte(out, ')');
    return arena_str(collector->context->arena, strbuf_str(out));
}

/* Appends text with the characters escaped that mean something in a snippet. */
static void add_snippet_text(struct strbuf *out, struct str text) {
    for (size_t i = 0; i < text.size; i++) {
        char byte = text.data[i];
        if (byte == '$' || byte == '}' || byte == '\\') {
            strbuf_add_byte(out, '\\');
        }
        strbuf_add_byte(out, byte);
    }
}

/* "create_user(${1:name}, ${2:email})": the parameters without default. */
static struct str call_snippet(struct collector *collector, const struct summary_symbol *symbol) {
    const struct atom_table *atoms = collector->context->file->atoms;
    struct strbuf *out = &collector->buffer;
    strbuf_clear(out);
    add_snippet_text(out, atom_text(atoms, symbol->name));
    strbuf_add_byte(out, '(');
    unsigned stops = 0;
    for (uint32_t i = 0; i < symbol->parameter_count; i++) {
        const struct summary_parameter *parameter = &symbol->parameters[i];
        if (parameter->has_default || parameter->rest) {
            continue;
        }
        strbuf_add_c(out, stops > 0 ? ", ${" : "${");
        strbuf_add_uint(out, stops + 1);
        strbuf_add_byte(out, ':');
        add_snippet_text(out, atom_text(atoms, parameter->name));
        strbuf_add_byte(out, '}');
        stops++;
    }
    strbuf_add_c(out, stops == 0 && symbol->parameter_count > 0 ? "$1)" : ")");
    return arena_str(collector->context->arena, strbuf_str(out));
}

static struct str home_of(struct arena *arena, const struct atom_table *atoms, struct block_key block) {
    struct str name = atom_text(atoms, block.name), kind = block_kind_name(block.kind);
    return name.size == 0 ? kind : arena_printf(arena, "%.*s %.*s", STR_ARGUMENTS(kind), STR_ARGUMENTS(name));
}

/* The documentation of a symbol, for a server function with how it is reached. */
static struct str documentation_of(struct collector *collector, struct package_symbol member) {
    const struct summary_symbol *symbol = member.symbol;
    if (symbol->kind != SYMBOL_FUNCTION || symbol->block.kind != BLOCK_SERVER) {
        return symbol->documentation;
    }
    struct strbuf *out = &collector->buffer;
    strbuf_clear(out);
    strbuf_add(out, symbol->documentation);
    strbuf_add_c(out, symbol->documentation.size > 0 ? "\n\n" : "");
    hover_add_endpoint(out, collector->context, member, collector->facts);
    return arena_str(collector->context->arena, strbuf_str(out));
}

static void know_block(struct collector *collector, struct block_key block) {
    const struct feature_context *context = collector->context;
    if (collector->home.size > 0 && block_key_equal(collector->block, block)) {
        return;
    }
    collector->block = block;
    collector->home = home_of(context->arena, context->file->atoms, block);
    collector->facts = block.kind == BLOCK_SERVER ? hover_server(context, block) : (struct str){0};
}

static void add_member(struct collector *collector, struct package_symbol member, char group) {
    const struct atom_table *atoms = collector->context->file->atoms;
    const struct summary_symbol *symbol = member.symbol;
    bool is_function = symbol->kind == SYMBOL_FUNCTION;
    know_block(collector, symbol->block);
    bool snippet = is_function && collector->context->snippets && !collector->called;
    add(collector, (struct completion_item){
                       .label = atom_text(atoms, symbol->name),
                       .kind = symbol_kind_lsp_completion(symbol->kind),
                       .parameters = is_function ? parameter_list(collector, symbol) : (struct str){0},
                       .home = collector->home,
                       .detail = symbol->signature,
                       .documentation = documentation_of(collector, member),
                       .insert = snippet ? call_snippet(collector, symbol) : atom_text(atoms, symbol->name),
                       .is_snippet = snippet,
                       .group = group,
                   });
}

/* ---- behind `server.` */

/* Only what a call of that name would reach: a name that several servers have cannot be called without saying which. */
static void add_endpoint(void *context, struct package_symbol endpoint) {
    struct collector *collector = context;
    struct package_symbol answers = {0};
    if (package_resolve_rpc(collector->context->package, collector->place.server, endpoint.symbol->name, &answers) ==
            RPC_FOUND &&
        answers.symbol == endpoint.symbol) {
        add_member(collector, endpoint, 'a');
    }
}

/* ---- behind `http.` */

static enum symbol_kind kind_of_signature(struct str signature) {
    bool function = str_starts_with(signature, STR("fn ")) || str_starts_with(signature, STR("async fn "));
    return function ? SYMBOL_FUNCTION : SYMBOL_CONSTANT;
}

static void add_builtin_member(struct collector *collector, struct builtin_member member) {
    add(collector, (struct completion_item){.label = member.name,
                                            .kind = symbol_kind_lsp_completion(kind_of_signature(member.signature)),
                                            .detail = member.signature,
                                            .documentation = member.documentation,
                                            .insert = member.name,
                                            .group = 'a'});
}

static void complete_model(struct collector *collector) {
    struct builtin_member member;
    for (unsigned i = 0; model_member_at(i, &member); i++) {
        add_builtin_member(collector, member);
    }
}

static void complete_namespace(struct collector *collector, enum builtin space) {
    struct builtin_member member;
    struct str typed = text_slice(collector->context->file->tree->text, collector->place.name);
    bool older = str_find(typed, '_', 0) < typed.size;
    for (unsigned i = 0; builtin_member_at(space, i, &member); i++) {
        if (older || str_find(member.name, '_', 0) == member.name.size) {
            add_builtin_member(collector, member);
        }
    }
}

static void complete_member(struct collector *collector, uint32_t offset) {
    const struct file_analysis *file = collector->context->file;
    enum builtin space;
    if (lookup_builtin(file, collector->context->package, collector->place.object, &space)) {
        complete_namespace(collector, space);
        return;
    }
    if (lookup_model(file, collector->context->package, collector->place.object)) {
        complete_model(collector);
        return;
    }
    enum block_kind block = file->blocks.items[lookup_block(file, offset)].key.kind;
    bool one_server = collector->place.server != ATOM_NONE;
    if (collector->place.rpc && (one_server || block == BLOCK_BROWSER)) {
        package_each_endpoint(collector->context->package, one_server, collector->place.server, add_endpoint,
                              collector);
    }
}

/* ---- names */

static bool has_label(const struct completion_list *items, struct str label) {
    for (unsigned i = 0; i < items->list.count; i++) {
        if (str_equal(items->list.items[i].label, label)) {
            return true;
        }
    }
    return false;
}

static void add_local(void *context, const struct symbol *symbol) {
    struct collector *collector = context;
    const struct file_analysis *file = collector->context->file;
    struct str name = analysis_name(file, symbol->name);
    if (has_label(collector->items, name)) {
        return; /* an inner name hides it */
    }
    uint32_t index = (uint32_t)(symbol - file->symbols.items);
    add(collector, (struct completion_item){.label = name,
                                            .kind = symbol_kind_lsp_completion(symbol->kind),
                                            .detail = lookup_signature(collector->context->arena, file, index),
                                            .insert = name,
                                            .group = 'a'});
}

static void add_visible(void *context, struct package_symbol member) {
    struct collector *collector = context;
    if (!has_label(collector->items, atom_text(collector->context->file->atoms, member.symbol->name))) {
        add_member(collector, member, 'b');
    }
}

/* What is implemented and may be used in the block; an older spelling only where one is being typed. */
static bool is_offered(const struct collector *collector, enum builtin builtin, enum block_kind kind) {
    const struct builtin_info *info = builtin_info(builtin);
    struct str typed = text_slice(collector->context->file->tree->text, collector->items->replace);
    bool older = str_find(typed, '_', 0) < typed.size;
    return info->absent.size == 0 && builtin_is_for(builtin, kind) && (info->preferred == builtin || older);
}

static void add_builtins(struct collector *collector, enum block_kind kind) {
    struct completion_list nearer = *collector->items;
    for (int i = 0; i < (int)BUILTIN_COUNT; i++) {
        const struct builtin_info *info = builtin_info((enum builtin)i);
        if (!is_offered(collector, (enum builtin)i, kind) || has_label(&nearer, info->name)) {
            continue;
        }
        add(collector, (struct completion_item){.label = info->name,
                                                .kind = symbol_kind_lsp_completion(kind_of_signature(info->signature)),
                                                .detail = info->signature,
                                                .documentation = info->documentation,
                                                .insert = info->name,
                                                .group = 'c'});
    }
}

static void complete_name(struct collector *collector, uint32_t offset) {
    const struct file_analysis *file = collector->context->file;
    struct block_key block = file->blocks.items[lookup_block(file, offset)].key;
    lookup_each_local(file, offset, add_local, collector);
    package_each_visible(collector->context->package, block, add_visible, collector);
    if (block.kind == BLOCK_BROWSER) {
        add(collector, (struct completion_item){.label = STR("server"),
                                                .kind = COMPLETION_KEYWORD,
                                                .detail = STR("the functions of this package's servers"),
                                                .insert = STR("server"),
                                                .group = 'b'});
    }
    add_builtins(collector, block.kind);
}

/* The part of an identifier in front of offset. */
static struct span typed_name(const struct file_analysis *file, uint32_t offset) {
    struct str text = text_str(file->tree->text);
    uint32_t start = offset;
    while (start > 0) {
        size_t before = start - 1, next;
        while (before > 0 && ((unsigned char)text.data[before] & 0xc0) == 0x80) {
            before--;
        }
        if (!utf_identifier_part(utf_decode(text, before, &next))) {
            break;
        }
        start = (uint32_t)before;
    }
    return (struct span){start, offset};
}

static bool number_starts(const struct file_analysis *file, struct span name) {
    struct str typed = text_slice(file->tree->text, name);
    return typed.size > 0 && typed.data[0] >= '0' && typed.data[0] <= '9';
}

/* Does an argument list follow the rest of the name at offset? */
static bool is_called(const struct file_analysis *file, uint32_t offset) {
    struct str text = text_str(file->tree->text);
    size_t at = offset, next;
    while (at < text.size && utf_identifier_part(utf_decode(text, at, &next))) {
        at = next;
    }
    return at < text.size && text.data[at] == '(';
}

static void complete(struct collector *collector, uint32_t offset) {
    const struct file_analysis *file = collector->context->file;
    if (lookup_in_text(file, offset)) {
        return;
    }
    if (lookup_member_place(file, collector->context->package, offset, &collector->place)) {
        collector->items->replace = collector->place.name;
        complete_member(collector, offset);
        return;
    }
    collector->items->replace = typed_name(file, offset);
    if (!number_starts(file, collector->items->replace)) {
        complete_name(collector, offset);
    }
}

struct completion_list completions_at(const struct feature_context *context, uint32_t offset) {
    struct completion_list items = {.replace = {offset, offset}};
    struct collector collector = {.context = context, .items = &items, .called = is_called(context->file, offset)};
    strbuf_init(&collector.buffer, TEXT_BYTES);
    complete(&collector, offset);
    strbuf_finish(&collector.buffer);
    return items;
}
