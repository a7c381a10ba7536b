/* The listings of marked sources: names, rpc, async, symbols, uses. */
#include "tests/markers/listings.h"

#include "analysis/builtins.h"
#include "analysis/lookup.h"

static const char *const accesses[] = {[ACCESS_READ] = "read",       [ACCESS_WRITE] = "write", [ACCESS_CALL] = "call",
                                       [ACCESS_DECLARE] = "declare", [ACCESS_TYPE] = "type",   [ACCESS_TAG] = "tag", [ACCESS_MEMBER] = "member"};

static void add_place(struct strbuf *out, const struct file_analysis *file, uint32_t offset) {
    struct position at = position_of(file->tree->text, offset, POSITION_UTF8);
    strbuf_printf(out, "%.*s:%u:%u", STR_ARGUMENTS(file->path), at.line + 1, at.column + 1);
}

static void add_symbol(struct strbuf *out, struct program_symbol found) {
    const struct symbol *symbol = analysis_symbol(found.file, found.symbol);
    struct str kind = symbol_kind_name(symbol->kind);
    strbuf_printf(out, "%.*s ", STR_ARGUMENTS(kind));
    add_place(out, found.file, node_span(found.file->tree, symbol->name_node).start);
}

static void list_name(const struct program *program, const struct file_analysis *file, const struct binding *binding,
                      struct strbuf *out) {
    add_place(out, file, node_span(file->tree, binding->node).start);
    strbuf_printf(out, " %.*s %s -> ", STR_ARGUMENTS(analysis_name(file, binding->name)), accesses[binding->access]);
    struct program_symbol found = program_symbol_of(program, file, binding->node);
    if (found.file != NULL) {
        add_symbol(out, found);
    } else {
        strbuf_add_c(out, binding->builtin != 0 ? "builtin" : binding->global ? "global" : "unknown");
    }
    strbuf_add_byte(out, '\n');
}

static void list_names(struct program *program, struct strbuf *out) {
    for (uint32_t f = 0; f < program->file_count; f++) {
        const struct file_analysis *file = program->files[f];
        for (unsigned i = 0; i < file->bindings.count; i++) {
            if (file->bindings.items[i].access != ACCESS_DECLARE) {
                list_name(program, file, &file->bindings.items[i], out);
            }
        }
    }
}

static void list_rpc(struct program *program, struct strbuf *out) {
    static const char *const answers[] = {
        [RPC_FOUND] = "", [RPC_UNKNOWN] = "unknown", [RPC_AMBIGUOUS] = "ambiguous ", [RPC_NO_ENDPOINT] = "closed "};
    for (uint32_t f = 0; f < program->file_count; f++) {
        const struct file_analysis *file = program->files[f];
        for (unsigned i = 0; i < file->rpc_uses.count; i++) {
            const struct rpc_use *use = &file->rpc_uses.items[i];
            if (program_rpc_use(file, use->node) == NULL) {
                continue;
            }
            struct package_symbol found = {NULL, NULL};
            enum rpc_resolution answer = package_resolve_rpc(program->package, use->server, use->name, &found);
            add_place(out, file, node_span(file->tree, use->name_node).start);
            strbuf_printf(out, " %.*s -> %s", STR_ARGUMENTS(analysis_name(file, use->name)), answers[answer]);
            if (found.symbol != NULL) {
                struct str label = block_key_label(program->arena, program->atoms, found.symbol->block);
                strbuf_printf(out, "%.*s %.*s", STR_ARGUMENTS(label), STR_ARGUMENTS(found.file->path));
            }
            if (use->function != 0) {
                struct str caller = analysis_name(file, analysis_symbol(file, use->function)->name);
                strbuf_printf(out, " in %.*s", STR_ARGUMENTS(caller));
            }
            strbuf_add_byte(out, '\n');
        }
    }
}

static void list_async(struct program *program, struct strbuf *out) {
    static const char *const words[] = {
        [MARK_ASYNC] = "async", [MARK_AWAIT] = "await", [MARK_ASYNC | MARK_AWAIT] = "async, await"};
    for (uint32_t f = 0; f < program->file_count; f++) {
        const struct file_analysis *file = program->files[f];
        for (node_id node = 1; node < file->tree->count; node++) {
            if ((file->marks[node] & (MARK_ASYNC | MARK_AWAIT)) == 0) {
                continue;
            }
            struct str text = node_text(file->tree, node);
            text = str_slice(text, 0, str_find(text, '\n', 0));
            add_place(out, file, node_span(file->tree, node).start);
            strbuf_printf(out, " %s %.*s\n", words[file->marks[node] & (MARK_ASYNC | MARK_AWAIT)], STR_ARGUMENTS(text));
        }
    }
}

static void list_flags(unsigned flags, struct strbuf *out) {
    static const struct {
        unsigned flag;
        const char *word;
    } words[] = {{SYMBOL_MUTABLE, "mutable"},     {SYMBOL_PUBLIC, "public"},       {SYMBOL_ENDPOINT, "endpoint"},
                 {SYMBOL_SOCKET, "socket"},       {SYMBOL_REQUEST, "request"},     {SYMBOL_REFUSES, "refuses"},
                 {SYMBOL_ASYNC_WRITTEN, "async"}, {SYMBOL_NEXT_MIDDLEWARE, "next"}};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        if (flags & words[i].flag) {
            strbuf_printf(out, " %s", words[i].word);
        }
    }
}

static void list_symbols(struct program *program, struct strbuf *out) {
    for (uint32_t f = 0; f < package_file_count(program->package); f++) {
        const struct summary *file = package_file_at(program->package, f);
        for (uint32_t i = 0; i < file->symbol_count; i++) {
            const struct summary_symbol *symbol = &file->symbols[i];
            struct str label = block_key_label(program->arena, program->atoms, symbol->block);
            strbuf_printf(out, "%.*s %.*s:", STR_ARGUMENTS(file->path), STR_ARGUMENTS(label));
            list_flags(symbol->flags, out);
            strbuf_printf(out, " %.*s", STR_ARGUMENTS(symbol->signature));
            if (symbol->documentation.size > 0) {
                strbuf_printf(out, " /// %.*s", STR_ARGUMENTS(symbol->documentation));
            }
            strbuf_add_byte(out, '\n');
        }
    }
}

struct uses {
    struct program *program;
    struct strbuf *out;
};

static void list_use(void *context, struct package_use use) {
    struct uses *uses = context;
    for (uint32_t f = 0; f < uses->program->file_count; f++) {
        if (str_equal(uses->program->files[f]->path, use.file->path)) {
            add_place(uses->out, uses->program->files[f], use.span.start);
        }
    }
    strbuf_printf(uses->out, " %s\n", use.rpc ? "rpc" : accesses[use.access]);
}

/* Of every symbol with the name, so that namesakes are told apart. */
static void list_uses(struct program *program, struct str name, struct strbuf *out) {
    struct uses uses = {program, out};
    for (uint32_t f = 0; f < package_file_count(program->package); f++) {
        const struct summary *file = package_file_at(program->package, f);
        for (uint32_t i = 0; i < file->symbol_count; i++) {
            if (str_equal(atom_text(program->atoms, file->symbols[i].name), name)) {
                struct str label = block_key_label(program->arena, program->atoms, file->symbols[i].block);
                struct str kind = symbol_kind_name(file->symbols[i].kind);
                strbuf_printf(out, "%.*s of %.*s\n", STR_ARGUMENTS(kind), STR_ARGUMENTS(label));
                package_each_use(program->package, (struct package_symbol){file, &file->symbols[i]}, list_use, &uses);
            }
        }
    }
}

bool listing_write(struct program *program, struct str section, struct strbuf *out) {
    static const struct {
        struct str name;
        void (*list)(struct program *program, struct strbuf *out);
    } listings[] = {{STR_INIT("names"), list_names},
                    {STR_INIT("rpc"), list_rpc},
                    {STR_INIT("async"), list_async},
                    {STR_INIT("symbols"), list_symbols}};
    for (size_t i = 0; i < sizeof listings / sizeof *listings; i++) {
        if (str_equal(listings[i].name, section)) {
            listings[i].list(program, out);
            return true;
        }
    }
    if (str_starts_with(section, STR("uses "))) {
        list_uses(program, str_slice(section, 5, section.size), out);
        return true;
    }
    return false;
}
