/* code_action: the table of providers, and what an action is put together from. */
#include "server/features/code_action.h"

#include "analysis/check.h"
#include "server/features/action.h"

#include <stdarg.h>
#include <stdlib.h>

static const struct {
    enum code_action_kind kind;
    void (*offer)(struct action_maker *maker);
} providers[] = {
#define ACTION_PROVIDER(id, kind, function) {ACTION_##kind, function},
#include "server/features/code_actions.def"
};

static const struct str kind_names[] = {
#define ACTION_KIND(id, name) STR_INIT(name),
#include "server/features/code_actions.def"
};

struct str code_action_kind_name(enum code_action_kind kind) { return kind_names[kind]; }

unsigned code_action_kinds_of(struct str name) {
    unsigned kinds = 0;
    for (unsigned i = 0; i < ACTION_KIND_COUNT; i++) {
        struct str kind = kind_names[i];
        bool below = str_starts_with(kind, name) && (kind.size == name.size || kind.data[name.size] == '.');
        kinds |= name.size == 0 || below ? 1u << i : 0;
    }
    return kinds;
}

const struct diagnostic_list *action_diagnostics(struct action_maker *maker) {
    if (!maker->checked) {
        maker->diagnostics = check_file(maker->arena, maker->file, maker->context->package, &maker->context->stop);
        maker->checked = true;
    }
    return &maker->diagnostics;
}

bool action_touches(const struct action_maker *maker, struct span span) {
    return span.start <= maker->span.end && maker->span.start <= span.end;
}

struct code_action *action_add(struct action_maker *maker, const char *title, ...) {
    va_list arguments;
    va_start(arguments, title);
    struct code_action action = {
        .title = arena_vprintf(maker->arena, title, arguments), .kind = maker->kind, .provider = maker->provider};
    va_end(arguments);
    vec_push(maker->arena, &maker->list->list, action);
    return &maker->list->list.items[maker->list->list.count - 1];
}

void action_edit_at(struct action_maker *maker, struct code_action *action, struct place place, struct str replacement) {
    vec_push(maker->arena, &action->edits.list, ((struct edit){place, replacement}));
}

void action_edit(struct action_maker *maker, struct code_action *action, struct span span, struct str replacement) {
    action_edit_at(maker, action, feature_place(maker->context, span), replacement);
}

static int compare_edits(const void *left, const void *right) {
    const struct edit *a = left;
    const struct edit *b = right;
    int order = str_compare(a->place.path, b->place.path);
    if (order != 0) {
        return order;
    }
    return a->place.span.start < b->place.span.start ? -1 : a->place.span.start > b->place.span.start;
}

static void sort_edits(struct code_action_list *list) {
    for (unsigned i = 0; i < list->list.count; i++) {
        struct edit_list *edits = &list->list.items[i].edits;
        if (edits->list.count > 1) {
            qsort(edits->list.items, edits->list.count, sizeof *edits->list.items, compare_edits);
        }
    }
}

struct code_action_list code_actions_at(const struct feature_context *context, const struct code_action_query *query) {
    struct code_action_list list = {0};
    struct action_maker maker = {
        .context = context,
        .arena = context->arena,
        .file = context->file,
        .tree = context->file->tree,
        .span = query->span,
        .edits = query->edits,
        .list = &list,
    };
    for (unsigned i = 0; i < ACTION_PROVIDER_COUNT && !feature_stopped(context); i++) {
        bool asked = query->providers == 0 || (query->providers & 1u << i) != 0;
        if (asked && (query->kinds & 1u << providers[i].kind) != 0) {
            maker.kind = providers[i].kind;
            maker.provider = (enum code_action_provider)i;
            providers[i].offer(&maker);
        }
    }
    sort_edits(&list);
    return list;
}
