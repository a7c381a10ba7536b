/* hover: composes Markdown from signatures, documentation and the facts of an endpoint. */
#include "server/features/hover.h"

#include "analysis/lookup.h"
#include "codegen/naming.h"
#include "parser/base/strbuf.h"

enum { HOVER_BYTES = 64 * 1024 };

static void add_signature(struct strbuf *out, struct str signature) {
    strbuf_printf(out, "```tova\n%.*s\n```\n", STR_ARGUMENTS(signature));
}

static void add_documentation(struct strbuf *out, struct str documentation) {
    if (documentation.size > 0) {
        strbuf_printf(out, "\n%.*s\n", STR_ARGUMENTS(documentation));
    }
}

static void add_routes(struct strbuf *out, const struct package *package, const struct atom_table *atoms,
                       const struct summary_symbol *function) {
    for (uint32_t i = 0; i < package_file_count(package); i++) {
        const struct summary *file = package_file_at(package, i);
        for (uint32_t k = 0; k < file->route_count; k++) {
            const struct summary_route *route = &file->routes[k];
            if (route->handler != function->name || !block_key_equal(route->block, function->block)) {
                continue;
            }
            struct str method = atom_text(atoms, route->method);
            strbuf_printf(out, "\nroute `%.*s %.*s`\n", STR_ARGUMENTS(method), STR_ARGUMENTS(route->path));
        }
    }
}

/* Why a server function has no endpoint, in words. */
static const char *without_endpoint(unsigned flags) {
    if (flags & SYMBOL_SOCKET) {
        return "no RPC endpoint: it is handed a WebSocket";
    }
    if (flags & SYMBOL_REQUEST) {
        return "no RPC endpoint: it is handed the request";
    }
    return "no RPC endpoint";
}

struct str hover_server(const struct feature_context *context, struct block_key block) {
    struct arena *arena = context->arena;
    const struct atom_table *atoms = context->file->atoms;
    struct str name = atom_text(atoms, block.name);
    struct str server = name.size == 0 ? STR("server") : arena_printf(arena, "server `%.*s`", STR_ARGUMENTS(name));
    struct str variable = naming_port_variable(arena, name);
    struct str output = naming_output(arena, context->package, atoms, block);
    return arena_printf(arena, " · %.*s · port %u (`%.*s`) · `%.*s`\n", STR_ARGUMENTS(server),
                        (unsigned)naming_port(arena, context->package, block), STR_ARGUMENTS(variable),
                        STR_ARGUMENTS(output));
}

void hover_add_endpoint(struct strbuf *out, const struct feature_context *context, struct package_symbol member,
                        struct str server) {
    const struct summary_symbol *symbol = member.symbol;
    if (symbol->flags & SYMBOL_ENDPOINT) {
        strbuf_add(out, STR("`POST /rpc/"));
        strbuf_add(out, atom_text(context->file->atoms, symbol->name));
        strbuf_add_byte(out, '`');
    } else {
        strbuf_add_c(out, without_endpoint(symbol->flags));
    }
    strbuf_add(out, server);
    add_routes(out, context->package, context->file->atoms, symbol);
}

/* Where a block-level symbol lives: "state · browser · `app.client.js`". */
static void add_home(struct strbuf *out, const struct feature_context *context, struct package_symbol member) {
    const struct atom_table *atoms = context->file->atoms;
    struct str kind = symbol_kind_name(member.symbol->kind);
    struct str block = block_key_label(context->arena, atoms, member.symbol->block);
    struct str output = naming_output(context->arena, context->package, atoms, member.symbol->block);
    strbuf_printf(out, "\n%.*s · %.*s · `%.*s`\n", STR_ARGUMENTS(kind), STR_ARGUMENTS(block), STR_ARGUMENTS(output));
}

static void describe_member(struct strbuf *out, const struct feature_context *context, struct package_symbol member) {
    add_signature(out, member.symbol->signature);
    add_documentation(out, member.symbol->documentation);
    if (member.symbol->kind == SYMBOL_FUNCTION && member.symbol->block.kind == BLOCK_SERVER) {
        strbuf_add_byte(out, '\n');
        hover_add_endpoint(out, context, member, hover_server(context, member.symbol->block));
    } else {
        add_home(out, context, member);
    }
}

static void describe_local(struct strbuf *out, const struct feature_context *context, uint32_t index) {
    const struct symbol *symbol = analysis_symbol(context->file, index);
    struct str kind = symbol_kind_name(symbol->kind);
    add_signature(out, lookup_signature(context->arena, context->file, index));
    add_documentation(out, node_documentation(context->arena, context->file->tree, symbol->node));
    strbuf_printf(out, "\n%.*s", STR_ARGUMENTS(kind));
    if (symbol->owner != 0) {
        struct str owner = analysis_name(context->file, analysis_symbol(context->file, symbol->owner)->name);
        strbuf_printf(out, " of `%.*s`", STR_ARGUMENTS(owner));
    }
    strbuf_add_byte(out, '\n');
}

static void describe_builtin(struct strbuf *out, enum builtin builtin) {
    const struct builtin_info *info = builtin_info(builtin);
    add_signature(out, info->signature);
    add_documentation(out, info->documentation);
    if (info->preferred != builtin) {
        strbuf_printf(out, "\nolder spelling of `%.*s`\n", STR_ARGUMENTS(builtin_info(info->preferred)->name));
    }
    if (info->absent.size > 0) {
        strbuf_printf(out, "\nNot implemented. %.*s\n", STR_ARGUMENTS(info->absent));
    }
}

struct hover hover_at(const struct feature_context *context, uint32_t offset) {
    struct target target = lookup_target(context->file, context->package, offset);
    struct strbuf out;
    strbuf_init(&out, HOVER_BYTES);
    switch (target.kind) {
    case TARGET_NONE:
        break;
    case TARGET_LOCAL:
        describe_local(&out, context, target.symbol);
        break;
    case TARGET_PACKAGE:
        describe_member(&out, context, target.member);
        break;
    case TARGET_BUILTIN_MEMBER:
        add_signature(&out, target.builtin_member.signature);
        add_documentation(&out, target.builtin_member.documentation);
        break;
    case TARGET_BUILTIN:
        describe_builtin(&out, target.builtin);
        break;
    }
    struct hover hover = {.markdown = arena_str(context->arena, strbuf_str(&out)), .span = target.span};
    strbuf_finish(&out);
    return hover;
}
