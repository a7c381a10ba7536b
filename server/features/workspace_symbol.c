/* workspace_symbol: scores over summaries. */
#include "server/features/workspace_symbol.h"

#include "parser/base/path.h"

#include <stdlib.h>

enum { KIND_MODULE = 2, KIND_METHOD = 6 }; /* LSP SymbolKind */
enum { SCORE_SAME = 1000, SCORE_START = 400, SCORE_WORD = 30, SCORE_NEXT = 15, SCORE_LETTER = 5, SCORE_CASE = 1 };

struct search {
    struct arena *arena;
    const struct atom_table *atoms;
    struct str query;
    const struct stop *stop;
    struct found_symbol_list found;
};

/* ---- scores */

static char small(char c) { return c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c; }
static bool is_capital(char c) { return c >= 'A' && c <= 'Z'; }

static bool starts_word(struct str name, size_t at) {
    return at == 0 || name.data[at - 1] == '_' || name.data[at - 1] == ' ' || name.data[at - 1] == '/' ||
           (is_capital(name.data[at]) && !is_capital(name.data[at - 1]));
}

static bool fits(char letter, char wanted) { return letter == wanted || (!is_capital(wanted) && small(letter) == wanted); }

/* The next place of a letter: behind the last one, at the start of a word, anywhere; name.size when there is none. */
static size_t place_of(struct str name, char wanted, size_t from) {
    size_t first = name.size;
    if (from > 0 && from < name.size && fits(name.data[from], wanted)) {
        return from;
    }
    for (size_t i = from; i < name.size; i++) {
        if (fits(name.data[i], wanted)) {
            first = first == name.size ? i : first;
            if (starts_word(name, i)) {
                return i;
            }
        }
    }
    return first;
}

/* Letter after letter: each as near to a word's start as can be, as long as the rest still fits behind it. */
static int spread_score(struct str name, struct str query, bool words) {
    int score = 1;
    size_t from = 0;
    for (size_t i = 0; i < query.size; i++) {
        size_t at = from;
        if (words) {
            at = place_of(name, query.data[i], from);
        } else {
            while (at < name.size && !fits(name.data[at], query.data[i])) {
                at++;
            }
        }
        if (at >= name.size) {
            return 0;
        }
        score += SCORE_LETTER + (starts_word(name, at) ? SCORE_WORD : 0) + (i > 0 && at == from ? SCORE_NEXT : 0) +
                 (name.data[at] == query.data[i] ? SCORE_CASE : 0);
        from = at + 1;
    }
    return score;
}

int workspace_symbol_score(struct str name, struct str query) {
    int score = spread_score(name, query, true);
    if (score == 0) {
        score = spread_score(name, query, false);
    }
    if (score == 0) {
        return 0;
    }
    bool start = query.size > 0 && name.size >= query.size;
    for (size_t i = 0; start && i < query.size; i++) {
        start = fits(name.data[i], query.data[i]);
    }
    score += start ? SCORE_START : 0;
    score += start && name.size == query.size ? SCORE_SAME : 0;
    int longer = (int)(name.size - query.size) / 4; /* short names before long ones */
    return score > longer ? score - longer : 1;
}

/* ---- symbols */

static void add(struct search *search, struct str name, struct str container, int kind, struct place place) {
    int score = workspace_symbol_score(name, search->query);
    if (score > 0) {
        vec_push(search->arena, &search->found.list,
                 (struct found_symbol){.name = name, .container = container, .kind = kind, .place = place, .score = score});
    }
}

static struct str container_of(const struct search *search, const struct summary *file, struct block_key block) {
    return block.kind == BLOCK_MODULE ? path_name(file->path) : block_key_label(search->arena, search->atoms, block);
}

static void add_file(struct search *search, const struct summary *file) {
    for (uint32_t i = 0; i < file->symbol_count; i++) {
        const struct summary_symbol *symbol = &file->symbols[i];
        struct str container = symbol->owner != ATOM_NONE ? atom_text(search->atoms, symbol->owner)
                                                          : container_of(search, file, symbol->block);
        struct place place = feature_place_in(file, symbol->name_span);
        place.whole = symbol->span;
        add(search, atom_text(search->atoms, symbol->name), container, symbol_kind_lsp(symbol->kind), place);
    }
    for (uint32_t i = 0; i < file->block_count; i++) {
        const struct summary_block *block = &file->blocks[i];
        if (span_size(block->name_span) > 0) {
            struct place place = feature_place_in(file, block->name_span);
            place.whole = block->span;
            add(search, block_key_label(search->arena, search->atoms, block->key), path_name(file->path), KIND_MODULE, place);
        }
    }
    for (uint32_t i = 0; i < file->route_count; i++) {
        const struct summary_route *route = &file->routes[i];
        struct str method = atom_text(search->atoms, route->method);
        struct place place = feature_place_in(file, route->span);
        place.whole = route->span;
        add(search, arena_printf(search->arena, "%.*s %.*s", STR_ARGUMENTS(method), STR_ARGUMENTS(route->path)),
            container_of(search, file, route->block), KIND_METHOD, place);
    }
}

static void add_package(void *context, const struct package *package) {
    struct search *search = context;
    for (uint32_t f = 0; f < package_file_count(package) && !stop_asked(search->stop); f++) {
        add_file(search, package_file_at(package, f));
    }
}

static int compare(const void *left, const void *right) {
    const struct found_symbol *a = left, *b = right;
    if (a->score != b->score) {
        return a->score > b->score ? -1 : 1;
    }
    int order = str_compare(a->name, b->name);
    order = order != 0 ? order : str_compare(a->place.path, b->place.path);
    return order != 0 ? order : a->place.span.start < b->place.span.start ? -1 : 1;
}

struct found_symbol_list workspace_symbols(struct arena *arena, const struct sources *sources,
                                           const struct atom_table *atoms, struct str query, const struct stop *stop) {
    struct search search = {.arena = arena, .atoms = atoms, .query = query, .stop = stop};
    sources->each_package(sources->context, add_package, &search);
    if (search.found.list.count > 1) {
        qsort(search.found.list.items, search.found.list.count, sizeof *search.found.list.items, compare);
    }
    if (search.found.list.count > WORKSPACE_SYMBOL_LIMIT) {
        search.found.list.count = WORKSPACE_SYMBOL_LIMIT;
    }
    return search.found;
}
