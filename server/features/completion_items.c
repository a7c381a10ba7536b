/* Items of completion: labels, signatures and what is inserted. */
#include "server/features/completion_provider.h"

#include "analysis/signature_text.h"
#include "parser/base/hash.h"

bool completion_has(struct completion *c, struct str label) {
    return map_get(&c->seen, hash_bytes(HASH_SEED, label), NULL);
}

void completion_add(struct completion *c, struct completion_item item) {
    if (item.insert.data == NULL) {
        item.insert = item.label;
    }
    map_set(&c->seen, hash_bytes(HASH_SEED, item.label), 1);
    vec_push(c->context->arena, &c->items->list, item);
}

void completion_add_name(struct completion *c, struct str name, int kind, struct str detail) {
    if (!completion_has(c, name)) {
        completion_add(c, (struct completion_item){.label = name, .kind = kind, .detail = detail});
    }
}

void completion_add_word(struct completion *c, struct str word, struct str snippet, const char *detail) {
    bool rich = c->context->snippets && snippet.size > 0;
    if (completion_has(c, word)) {
        return;
    }
    completion_add(c, (struct completion_item){.label = word,
                                               .kind = rich ? ITEM_SNIPPET : ITEM_KEYWORD,
                                               .detail = str_from_c(detail),
                                               .insert = rich ? snippet : word,
                                               .is_snippet = rich,
                                               .group = COMPLETION_WORD});
}

/* ---- calls */

static void add_escaped(struct strbuf *out, struct str text) {
    for (size_t i = 0; i < text.size; i++) {
        char byte = text.data[i];
        if (byte == '$' || byte == '}' || byte == '\\') {
            strbuf_add_byte(out, '\\');
        }
        strbuf_add_byte(out, byte);
    }
}

/* One more parameter of a call that is being composed. */
static void add_stop(struct strbuf *out, struct str name, unsigned *stops) {
    strbuf_add_c(out, *stops > 0 ? ", ${" : "${");
    strbuf_add_uint(out, ++*stops);
    strbuf_add_byte(out, ':');
    add_escaped(out, name);
    strbuf_add_byte(out, '}');
}

struct str completion_call(struct completion *c, struct str name, struct str signature, unsigned given) {
    struct strbuf *out = &c->buffer;
    struct signature_parameter parameter;
    struct str list = {0};
    size_t at = 0;
    unsigned stops = 0, position = 0;
    signature_list(signature, &list);
    strbuf_clear(out);
    add_escaped(out, name);
    strbuf_add_byte(out, '(');
    while (signature_next(list, &at, &parameter)) {
        if (position++ >= given && !parameter.optional) {
            add_stop(out, parameter.name, &stops);
        }
    }
    strbuf_add_c(out, stops == 0 && position > given ? "$1)" : ")");
    return arena_str(c->context->arena, strbuf_str(out));
}

/* The same by the parameters of a symbol. */
static struct str call_of_symbol(struct completion *c, struct str name, const struct summary_symbol *symbol) {
    struct strbuf *out = &c->buffer;
    unsigned stops = 0;
    strbuf_clear(out);
    add_escaped(out, name);
    strbuf_add_byte(out, '(');
    for (uint32_t i = c->given; i < symbol->parameter_count; i++) {
        const struct summary_parameter *parameter = &symbol->parameters[i];
        if (!parameter->has_default && !parameter->rest) {
            struct str text = analysis_name(c->file, parameter->name);
            add_stop(out, text.size > 0 ? text : STR("value"), &stops);
        }
    }
    strbuf_add_c(out, stops == 0 && symbol->parameter_count > c->given ? "$1)" : ")");
    return arena_str(c->context->arena, strbuf_str(out));
}

/* "(name: String, limit)" by the parameters of a symbol. */
static struct str parameters_of_symbol(struct completion *c, const struct summary_symbol *symbol) {
    struct strbuf *out = &c->buffer;
    strbuf_clear(out);
    strbuf_add_byte(out, '(');
    for (uint32_t i = 0; i < symbol->parameter_count; i++) {
        const struct summary_parameter *parameter = &symbol->parameters[i];
        struct str name = analysis_name(c->file, parameter->name);
        strbuf_add_c(out, i > 0 ? ", " : "");
        strbuf_add_c(out, parameter->rest ? "..." : "");
        strbuf_add(out, name.size > 0 ? name : STR("{ … }"));
        strbuf_add_c(out, parameter->type.size > 0 ? ": " : "");
        strbuf_add(out, parameter->type);
    }
    strbuf_add_byte(out, ')');
    return arena_str(c->context->arena, strbuf_str(out));
}

/* "(name: String, limit)": the parameters without their defaults. */
static struct str parameters_of(struct completion *c, struct str signature, unsigned given) {
    struct strbuf *out = &c->buffer;
    struct signature_parameter parameter;
    struct str list = {0};
    size_t at = 0;
    unsigned position = 0;
    if (!signature_list(signature, &list)) {
        return (struct str){0};
    }
    strbuf_clear(out);
    strbuf_add_byte(out, '(');
    while (signature_next(list, &at, &parameter)) {
        if (position++ < given) {
            continue;
        }
        strbuf_add_c(out, out->size > 1 ? ", " : "");
        strbuf_add_c(out, parameter.rest ? "..." : "");
        strbuf_add(out, parameter.name);
        strbuf_add_c(out, parameter.type.size > 0 ? ": " : "");
        strbuf_add(out, parameter.type);
    }
    strbuf_add_byte(out, ')');
    return arena_str(c->context->arena, strbuf_str(out));
}

/* Makes the item a call by the signature where one is wanted. */
static void call_by(struct completion *c, struct completion_item *item, struct str signature, unsigned given) {
    struct str list = {0};
    if (!c->context->snippets || c->called || c->plain || !signature_list(signature, &list)) {
        return;
    }
    struct signature_parameter parameter;
    size_t at = 0;
    unsigned count = 0;
    while (signature_next(list, &at, &parameter)) {
        count++;
    }
    if (c->given > 0 && count <= c->given) {
        return; /* a pipe gives all that it takes */
    }
    item->insert = completion_call(c, item->label, signature, given);
    item->is_snippet = true;
}

static bool is_function_text(struct str signature) {
    return str_starts_with(signature, STR("fn ")) || str_starts_with(signature, STR("async fn "));
}

/* ---- does it fit? */

static bool fits(struct completion *c, struct str type) {
    struct str expected = completion_expected(c);
    if (expected.size == 0 || type.size == 0 || str_equal(expected, STR("Any"))) {
        return false;
    }
    return str_equal(type, expected) || (str_equal(expected, STR("Float")) && str_equal(type, STR("Int")));
}

/* `Ok` where a Result is expected, `None` where an Option is, whatever is in them. */
static bool constructs(struct completion *c, enum builtin builtin) {
    struct str expected = completion_expected(c);
    bool result = builtin == BUILTIN_OK || builtin == BUILTIN_ERR;
    bool option = builtin == BUILTIN_SOME || builtin == BUILTIN_NONE;
    return (result && str_starts_with(expected, STR("Result<"))) ||
           (option && str_starts_with(expected, STR("Option<")));
}

/* ---- symbols */

static struct str home_of(struct completion *c, struct block_key block) {
    if (c->home.size == 0 || !block_key_equal(c->facts_block, block)) {
        struct str name = analysis_name(c->file, block.name), kind = block_kind_name(block.kind);
        c->facts_block = block;
        c->home = name.size == 0
                      ? kind
                      : arena_printf(c->context->arena, "%.*s %.*s", STR_ARGUMENTS(kind), STR_ARGUMENTS(name));
    }
    return c->home;
}

static bool is_callable(const struct summary_symbol *symbol) {
    bool record = symbol->kind == SYMBOL_TYPE && symbol->parameter_count > 0;
    return symbol->kind == SYMBOL_FUNCTION || record || (symbol->kind == SYMBOL_VARIANT && symbol->parameter_count > 0);
}

static struct str type_of_symbol(struct completion *c, struct package_symbol member) {
    switch ((int)member.symbol->kind) {
    case SYMBOL_FUNCTION:
        return c->plain ? (struct str){0} : signature_result(member.symbol->signature);
    case SYMBOL_TYPE:
        return analysis_name(c->file, member.symbol->name);
    default:
        return type_text_of_member(completion_typer(c), member);
    }
}

static void add_symbol(struct completion *c, struct package_symbol member, struct completion_item item) {
    const struct summary_symbol *symbol = member.symbol;
    bool expects = completion_expected(c).size > 0;
    bool given = c->given > 0 && symbol->parameter_count <= c->given; /* a pipe gives all that it takes */
    item.kind = symbol_kind_lsp_completion(symbol->kind);
    item.parameters = symbol->kind == SYMBOL_FUNCTION ? parameters_of_symbol(c, symbol) : (struct str){0};
    item.home = home_of(c, symbol->block);
    item.detail = symbol->signature;
    item.insert = item.label;
    item.fits = expects && fits(c, type_of_symbol(c, member));
    if (item.fits && symbol->kind == SYMBOL_VARIANT) {
        item.group = COMPLETION_LOCAL;
        item.near = NEAR_CONSTANT;
    }
    item.subject = (struct completion_subject){.kind = SUBJECT_SYMBOL,
                                               .name = analysis_name(c->file, symbol->name),
                                               .owner = member.file->path,
                                               .block = symbol->block};
    if (is_callable(symbol) && c->context->snippets && !c->called && !c->plain && !given) {
        item.insert = call_of_symbol(c, item.label, symbol);
        item.is_snippet = true;
    }
    completion_add(c, item);
}

void completion_add_symbol(struct completion *c, struct package_symbol member, enum completion_group group) {
    struct str name = analysis_name(c->file, member.symbol->name);
    add_symbol(c, member, (struct completion_item){.label = name, .group = group});
}

void completion_add_symbol_as(struct completion *c, struct package_symbol member, struct str label, struct str filter,
                              unsigned near) {
    add_symbol(
        c, member,
        (struct completion_item){.label = label, .filter = filter, .group = COMPLETION_PROGRAM, .near = near});
}

void completion_add_local(struct completion *c, uint32_t index, enum completion_group group, unsigned near) {
    const struct symbol *symbol = analysis_symbol(c->file, index);
    struct str name = analysis_name(c->file, symbol->name);
    bool expects = completion_expected(c).size > 0;
    struct completion_item item = {
        .label = name,
        .kind = symbol_kind_lsp_completion(symbol->kind),
        .detail = lookup_signature(c->context->arena, c->file, index),
        .insert = name,
        .near = near,
        .group = group,
        .fits = expects && fits(c, type_text_of_symbol(completion_typer(c), index)),
        .subject = {.kind = SUBJECT_LOCAL, .name = name, .number = index},
    };
    if (symbol->kind == SYMBOL_FUNCTION) {
        call_by(c, &item, item.detail, c->given);
    }
    completion_add(c, item);
}

/* ---- what the language has */

void completion_add_builtin(struct completion *c, enum builtin builtin) {
    const struct builtin_info *info = builtin_info(builtin);
    bool function = is_function_text(info->signature);
    bool expects = completion_expected(c).size > 0;
    bool constructor = expects && constructs(c, builtin);
    struct completion_item item = {
        .label = info->name,
        .kind = function                                             ? ITEM_FUNCTION
                : str_ends_with(info->signature, STR(": Namespace")) ? ITEM_MODULE
                                                                     : ITEM_CONSTANT,
        .detail = info->signature,
        .insert = info->name,
        .group = constructor ? COMPLETION_LOCAL : COMPLETION_BUILTIN,
        .near = constructor ? NEAR_CONSTANT : 0,
        .deprecated = info->preferred != builtin,
        .fits = constructor || (expects && function && fits(c, signature_result(info->signature))),
        .subject = {.kind = SUBJECT_BUILTIN, .name = info->name},
    };
    if (function) {
        call_by(c, &item, info->signature, c->given);
    }
    completion_add(c, item);
}

void completion_add_member(struct completion *c, struct builtin_member member, enum builtin adopted,
                           struct completion_subject subject) {
    unsigned given = adopted != BUILTIN_COUNT ? 1 : 0;
    bool function = is_function_text(member.signature);
    subject.name = member.name;
    struct completion_item item = {
        .label = member.name,
        .kind = function ? ITEM_METHOD : ITEM_FIELD,
        .parameters = function ? parameters_of(c, member.signature, given) : (struct str){0},
        .detail = member.signature,
        .insert = member.name,
        .group = COMPLETION_EXACT,
        .subject = subject,
    };
    if (adopted != BUILTIN_COUNT) {
        item.deprecated = builtin_info(adopted)->preferred != adopted;
    }
    if (function) {
        call_by(c, &item, member.signature, given);
    }
    completion_add(c, item);
}
