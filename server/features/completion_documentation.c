/* What a completion is about, in words: asked for one item, when somebody looks at it. */
#include "server/features/completion.h"

#include "analysis/builtins.h"
#include "analysis/database.h"
#include "analysis/modules.h"
#include "analysis/objects.h"
#include "analysis/package_index.h"
#include "parser/syntax/node.h"
#include "server/features/hover.h"

enum { DOCUMENTATION_BYTES = 64 * 1024 };

static const struct summary *file_of(const struct feature_context *context, struct str path) {
    const struct summary *file = package_file(context->package, path);
    const struct modules *modules = context->package->modules;
    if (file != NULL || modules == NULL) {
        return file;
    }
    const struct package *package = modules->package_of(modules->context, path);
    return package == NULL ? NULL : package_file(package, path);
}

static struct package_symbol find_symbol(const struct feature_context *context,
                                         const struct completion_subject *subject) {
    const struct summary *file = file_of(context, subject->owner);
    for (uint32_t i = 0; file != NULL && i < file->symbol_count; i++) {
        const struct summary_symbol *symbol = &file->symbols[i];
        if (block_key_equal(symbol->block, subject->block) &&
            str_equal(atom_text(context->file->atoms, symbol->name), subject->name)) {
            return (struct package_symbol){file, symbol};
        }
    }
    return (struct package_symbol){NULL, NULL};
}

/* Of a server function also how it is reached. */
static struct str of_symbol(const struct feature_context *context, const struct completion_subject *subject) {
    struct package_symbol member = find_symbol(context, subject);
    struct strbuf out;
    if (member.symbol == NULL) {
        return (struct str){0};
    }
    if (member.symbol->kind != SYMBOL_FUNCTION || member.symbol->block.kind != BLOCK_SERVER) {
        return member.symbol->documentation;
    }
    strbuf_init(&out, DOCUMENTATION_BYTES);
    strbuf_add(&out, member.symbol->documentation);
    strbuf_add_c(&out, member.symbol->documentation.size > 0 ? "\n\n" : "");
    hover_add_endpoint(&out, context, member, hover_server(context, member.symbol->block));
    struct str result = arena_str(context->arena, strbuf_str(&out));
    strbuf_finish(&out);
    return result;
}

static struct str of_local(const struct feature_context *context, const struct completion_subject *subject) {
    const struct file_analysis *file = context->file;
    if (subject->number >= file->symbols.count) {
        return (struct str){0};
    }
    const struct symbol *symbol = analysis_symbol(file, subject->number);
    bool same = str_equal(analysis_name(file, symbol->name), subject->name);
    return same ? node_documentation(context->arena, file->tree, symbol->node) : (struct str){0};
}

static struct str of_builtin(const struct feature_context *context, const struct completion_subject *subject) {
    enum builtin builtin;
    if (!builtin_find(subject->name, &builtin)) {
        return (struct str){0};
    }
    const struct builtin_info *info = builtin_info(builtin);
    if (info->preferred == builtin) {
        return info->documentation;
    }
    struct str preferred = builtin_info(info->preferred)->name;
    return arena_printf(context->arena, "%.*s\n\nOlder spelling of `%.*s`.", STR_ARGUMENTS(info->documentation),
                        STR_ARGUMENTS(preferred));
}

static struct str of_member(const struct completion_subject *subject) {
    struct builtin_member member;
    enum builtin builtin;
    switch (subject->kind) {
    case SUBJECT_MEMBER:
        return builtin_find(subject->owner, &builtin) && builtin_member_find(builtin, subject->name, &member)
                   ? member.documentation
                   : (struct str){0};
    case SUBJECT_MODEL:
        return model_member_find(subject->name, &member) ? member.documentation : (struct str){0};
    case SUBJECT_OBJECT:
        return subject->number < (uint32_t)OBJECT_COUNT &&
                       object_member_find((enum object)subject->number, subject->name, &member, &builtin)
                   ? member.documentation
                   : (struct str){0};
    case SUBJECT_NONE:
    case SUBJECT_SYMBOL:
    case SUBJECT_LOCAL:
    case SUBJECT_BUILTIN:
        break;
    }
    return (struct str){0};
}

struct str completion_documentation(const struct feature_context *context, const struct completion_subject *subject) {
    switch (subject->kind) {
    case SUBJECT_NONE:
        return subject->text;
    case SUBJECT_SYMBOL:
        return of_symbol(context, subject);
    case SUBJECT_LOCAL:
        return of_local(context, subject);
    case SUBJECT_BUILTIN:
        return of_builtin(context, subject);
    case SUBJECT_MEMBER:
    case SUBJECT_MODEL:
    case SUBJECT_OBJECT:
        break;
    }
    return of_member(subject);
}
