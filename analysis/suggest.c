/* "Did you mean": the nearest of the names that could have been written. */
#include "analysis/builtins.h"
#include "analysis/checks.h"
#include "analysis/lookup.h"

/* The bytes that a name consists of, as a set; different ones may share a bit. */
static uint64_t letters_of(struct str name) {
    uint64_t letters = 0;
    for (size_t i = 0; i < name.size; i++) {
        letters |= UINT64_C(1) << ((unsigned char)name.data[i] & 63);
    }
    return letters;
}

static unsigned count_letters(uint64_t letters) {
    unsigned count = 0;
    for (; letters != 0; letters &= letters - 1) {
        count++;
    }
    return count;
}

/* Each change makes at most one letter come or go, so names with too many different ones need no closer look. */
static bool may_be_near(const struct suggestion *suggestion, struct str candidate) {
    uint64_t letters = letters_of(candidate);
    return count_letters(letters & ~suggestion->letters) <= suggestion->limit &&
           count_letters(suggestion->letters & ~letters) <= suggestion->limit;
}

struct suggestion suggestion_for(struct str wanted) {
    unsigned limit = wanted.size <= 4 ? 1 : wanted.size <= 7 ? 2 : 3;
    return (struct suggestion){.wanted = wanted, .distance = limit + 1, .limit = limit, .letters = letters_of(wanted)};
}

void suggestion_offer(struct suggestion *suggestion, struct str candidate) {
    size_t size = suggestion->wanted.size;
    size_t difference = candidate.size > size ? candidate.size - size : size - candidate.size;
    if (difference > suggestion->limit || candidate.size == 0 || !may_be_near(suggestion, candidate)) {
        return;
    }
    unsigned distance = str_distance(suggestion->wanted, candidate, suggestion->limit);
    if (distance < suggestion->distance && distance < size) {
        suggestion->distance = distance;
        suggestion->best = candidate;
    }
}

struct names {
    struct suggestion suggestion;
    struct check *check;
    enum access access; /* how the name is used that is looked for */
};

static bool is_type(enum symbol_kind kind) {
    return kind == SYMBOL_TYPE || kind == SYMBOL_TYPE_PARAMETER || kind == SYMBOL_TRAIT;
}

/* A tag is the name of a component, which begins with a capital; all other tags are elements. */
static void offer_name(struct names *names, struct str name) {
    if (names->access != ACCESS_TAG || (name.size > 0 && name.data[0] >= 'A' && name.data[0] <= 'Z')) {
        suggestion_offer(&names->suggestion, name);
    }
}

static void offer_local(void *context, const struct symbol *symbol) {
    struct names *names = context;
    if (is_type(symbol->kind) == (names->access == ACCESS_TYPE)) {
        offer_name(names, analysis_name(names->check->file, symbol->name));
    }
}

static void offer_member(void *context, struct package_symbol symbol) {
    struct names *names = context;
    enum symbol_kind kind = symbol.symbol->kind;
    if (names->access == ACCESS_TYPE ? is_type(kind) || kind == SYMBOL_MODEL : kind != SYMBOL_TRAIT) {
        offer_name(names, analysis_name(names->check->file, symbol.symbol->name));
    }
}

/* There are hundreds of them, and one is near to many a name of a program that is not written yet: they have to be nearer. */
static void offer_builtins(struct names *names) {
    struct suggestion *suggestion = &names->suggestion;
    unsigned limit = suggestion->limit > 1 ? suggestion->limit - 1 : 1;
    suggestion->distance = suggestion->distance < limit + 1 ? suggestion->distance : limit + 1;
    for (unsigned i = 0; names->access == ACCESS_TYPE && builtin_type_name(i).size > 0; i++) {
        suggestion_offer(suggestion, builtin_type_name(i));
    }
    for (unsigned i = 0; names->access != ACCESS_TYPE && i < BUILTIN_COUNT; i++) {
        const struct builtin_info *info = builtin_info((enum builtin)i);
        if (info->absent.size == 0) {
            offer_name(names, info->name);
        }
    }
}

struct str suggest_name(struct check *check, const struct binding *binding) {
    const struct file_analysis *file = check->file;
    if (check->suggestions == 0) {
        return (struct str){0};
    }
    check->suggestions--;
    struct names names = {suggestion_for(analysis_name(file, binding->name)), check, binding->access};
    lookup_each_local(file, node_span(file->tree, binding->node).start, offer_local, &names);
    package_each_visible(check->package, file->blocks.items[binding->block].key, offer_member, &names);
    offer_builtins(&names);
    return names.suggestion.best;
}

static void offer_endpoint(void *context, struct package_symbol endpoint) {
    struct names *names = context;
    suggestion_offer(&names->suggestion, analysis_name(names->check->file, endpoint.symbol->name));
}

struct str suggest_endpoint(struct check *check, const struct rpc_use *use) {
    if (check->suggestions == 0) {
        return (struct str){0};
    }
    check->suggestions--;
    struct names names = {suggestion_for(analysis_name(check->file, use->name)), check, ACCESS_CALL};
    package_each_endpoint(check->package, use->server != ATOM_NONE, use->server, offer_endpoint, &names);
    return names.suggestion.best;
}

struct str suggestion_sentence(struct arena *arena, struct str best) {
    return best.size == 0 ? STR("") : arena_printf(arena, " Did you mean `%.*s`?", STR_ARGUMENTS(best));
}

void suggestion_fix(struct arena *arena, struct diagnostic *diagnostic, struct span span, struct str best) {
    if (best.size > 0) {
        diagnostic->fix.title = arena_printf(arena, "Change to `%.*s`", STR_ARGUMENTS(best));
        diagnostic->fix.span = span;
        diagnostic->fix.replacement = arena_str(arena, best);
    }
}
