/* Lists and records that are written: what they hold says their type. */
#include "analysis/type_text.h"

enum { MOST_ITEMS = 256, MOST_FIELDS = 16, MOST_BYTES = 512 }; /* of a list, of a record, of a type's text */

static const struct str unknown = {NULL, 0};

static struct str list_of(struct typer *typer, struct str element) {
    return element.size == 0 ? STR("[Any]") : arena_printf(typer->arena, "[%.*s]", STR_ARGUMENTS(element));
}

/* What all items are; of a list that is longer than is looked at nothing is said. */
struct str type_text_of_array(struct typer *typer, node_id node) {
    const struct syntax_tree *tree = typer->file->tree;
    struct type_choice items = {.typer = typer};
    unsigned count = 0;
    if (node_child_of_kind(tree, node, NODE_COMPREHENSION_CLAUSE) != NODE_NONE) {
        return list_of(typer, type_text(typer, node_first_plain(tree, node)));
    }
    for (node_id item = node_first_plain(tree, node); item != NODE_NONE && !items.differs; item = node_next_plain(tree, item)) {
        if (node_kind(tree, item) == NODE_SPREAD) {
            type_choice_add(&items, type_text_element(type_text_receiver(typer, node_child(tree, item, FIELD_VALUE))));
        } else {
            type_choice_branch(&items, item);
        }
        items.differs = items.differs || ++count == MOST_ITEMS;
    }
    return list_of(typer, type_choice_type(&items));
}

/* ---- records */

struct fields {
    struct signature_parameter of[MOST_FIELDS];
    unsigned count;
    bool known; /* all of them */
};

/* The later one of two of a name counts. */
static void set_field(struct fields *fields, struct str name, struct str type) {
    unsigned i = 0;
    while (i < fields->count && !str_equal(fields->of[i].name, name)) {
        i++;
    }
    fields->known = fields->known && i < MOST_FIELDS;
    if (fields->known) {
        fields->of[i] = (struct signature_parameter){.name = name, .type = type.size > 0 ? type : STR("Any")};
        fields->count += i == fields->count;
    }
}

/* `...user`: the fields of its type, or those that are written out. */
static void take_over(struct typer *typer, struct fields *fields, node_id value) {
    uint32_t offset = node_span(typer->file->tree, value).start;
    struct str type = type_text_receiver(typer, value);
    struct signature_parameter field;
    bool any = false;
    for (size_t at = 0; type_text_next_field(type, &at, &field); any = true) {
        set_field(fields, field.name, field.type);
    }
    struct package_symbol named = {NULL, NULL};
    if (!any && type.size > 0) {
        named = type_text_named(typer, offset, type);
    }
    for (uint32_t i = 0; named.symbol != NULL && i < named.symbol->parameter_count; i++) {
        const struct summary_parameter *part = &named.symbol->parameters[i];
        set_field(fields, atom_text(typer->file->atoms, part->name), type_text_in(typer, named, type, part->type));
    }
    fields->known = fields->known && (any || (named.symbol != NULL && named.symbol->parameter_count > 0));
}

static void add_entry(struct typer *typer, struct fields *fields, node_id entry) {
    const struct syntax_tree *tree = typer->file->tree;
    bool pair = node_kind(tree, entry) == NODE_PAIR;
    node_id key = pair ? node_child(tree, entry, FIELD_KEY) : entry;
    if (node_kind(tree, entry) == NODE_SPREAD) {
        take_over(typer, fields, node_child(tree, entry, FIELD_VALUE));
    } else if (node_kind(tree, key) == NODE_IDENTIFIER) {
        set_field(fields, node_text(tree, key), type_text(typer, pair ? node_child(tree, entry, FIELD_VALUE) : entry));
    } else {
        fields->known = false;
    }
}

struct str type_text_of_object(struct typer *typer, node_id node) {
    const struct syntax_tree *tree = typer->file->tree;
    struct fields fields = {.known = true};
    struct str type = STR("{");
    for (node_id entry = node_first_plain(tree, node); entry != NODE_NONE && fields.known; entry = node_next_plain(tree, entry)) {
        add_entry(typer, &fields, entry);
    }
    for (unsigned i = 0; i < fields.count && type.size <= MOST_BYTES; i++) {
        type = arena_printf(typer->arena, "%.*s%s%.*s: %.*s", STR_ARGUMENTS(type), i > 0 ? ", " : " ",
                            STR_ARGUMENTS(fields.of[i].name), STR_ARGUMENTS(fields.of[i].type));
    }
    bool whole = fields.known && fields.count > 0 && type.size <= MOST_BYTES;
    return whole ? arena_concat(typer->arena, type, STR(" }")) : unknown;
}
