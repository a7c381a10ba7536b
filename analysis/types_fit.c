/* Whether a value of one type does where another one is declared. Whoever is in doubt says that it does. */
#include "analysis/types.h"

static struct type part_of(struct type type, unsigned index) {
    return index < type.count ? type.parts[index] : (struct type){.kind = TYPE_UNKNOWN};
}

static enum type_fit worse(enum type_fit a, enum type_fit b) { return a > b ? a : b; }

static enum type_fit fit_when(bool fits) { return fits ? TYPE_FITS : TYPE_MISFITS; }

/* The best fit among alternatives of either side. */
static enum type_fit fit_union(struct typer *typer, struct type declared, struct type value) {
    const struct type *alternatives = declared.kind == TYPE_UNION ? &declared : &value;
    enum type_fit best = TYPE_MISFITS;
    for (unsigned i = 0; i < alternatives->count && best != TYPE_FITS; i++) {
        struct type one = alternatives->parts[i];
        enum type_fit fit = declared.kind == TYPE_UNION ? types_fit(typer, one, value) : types_fit(typer, declared, one);
        best = fit < best ? fit : best;
    }
    return best;
}

static enum type_fit fit_parts(struct typer *typer, struct type declared, struct type value) {
    enum type_fit fit = TYPE_FITS;
    for (unsigned i = 0; i < declared.count && i < value.count; i++) {
        fit = worse(fit, types_fit(typer, declared.parts[i], value.parts[i]));
    }
    return fit;
}

/* Has a value of the one type every field of the other, as far as their types say? Then it does the same service. */
static bool has_fields_of(struct typer *typer, struct type declared, struct type value) {
    struct type_field field, other;
    unsigned count = 0;
    for (; types_field_at(typer, declared, count, &field); count++) {
        bool found = false;
        for (unsigned i = 0; !found && types_field_at(typer, value, i, &other); i++) {
            found = other.name == field.name;
        }
        if (!found && !field.has_default) {
            return false;
        }
    }
    return count > 0;
}

static enum type_fit fit_named(struct typer *typer, struct type declared, struct type value) {
    switch (value.kind) {
    case TYPE_NAMED:
        return fit_when(types_name(typer, declared) == types_name(typer, value) ||
                        has_fields_of(typer, declared, value));
    case TYPE_RECORD: /* what it has for fields is looked at where it is written out */
    case TYPE_MODEL:
    case TYPE_NIL:
    case TYPE_UNKNOWN:
    case TYPE_UNION:
        return TYPE_FITS;
    case TYPE_BOOL:
    case TYPE_INT:
    case TYPE_FLOAT:
    case TYPE_NUMBER:
    case TYPE_STRING:
    case TYPE_LIST:
    case TYPE_TUPLE:
    case TYPE_FUNCTION:
    case TYPE_OPTION:
    case TYPE_RESULT:
        break;
    }
    return TYPE_MISFITS;
}

static bool is_number(enum type_kind kind) { return kind == TYPE_INT || kind == TYPE_FLOAT || kind == TYPE_NUMBER; }

static bool is_row(enum type_kind kind) { return kind == TYPE_LIST || kind == TYPE_TUPLE; }

static bool is_object(enum type_kind kind) { return kind == TYPE_RECORD || kind == TYPE_NAMED || kind == TYPE_MODEL; }

static enum type_fit fit_row(struct typer *typer, struct type declared, struct type value) {
    if (!is_row(value.kind)) {
        return TYPE_MISFITS;
    }
    if (declared.kind != value.kind) {
        return TYPE_FITS;
    }
    bool counted = declared.kind == TYPE_LIST || value.count == 0 || declared.count == value.count;
    return counted ? fit_parts(typer, declared, value) : TYPE_MISFITS;
}

/* `Option<T>` takes a T too: whether it is wrapped is not the checker's business. */
static enum type_fit fit_option(struct typer *typer, struct type declared, struct type value) {
    bool wrapped = value.kind == TYPE_OPTION;
    return value.kind == TYPE_NIL ? TYPE_FITS
                                  : types_fit(typer, part_of(declared, 0), wrapped ? part_of(value, 0) : value);
}

/* What is taken out of a list or a table: it may be nil or of another type with such fields, and is no text, number, truth or list. */
static enum type_fit fit_loose(struct typer *typer, struct type declared, struct type value) {
    static const bool other[TYPE_UNION + 1] = {
        [TYPE_BOOL] = true, [TYPE_INT] = true, [TYPE_FLOAT] = true, [TYPE_NUMBER] = true, [TYPE_STRING] = true};
    if (value.kind == TYPE_LIST && is_row(declared.kind)) {
        return fit_row(typer, declared, value);
    }
    bool single = value.kind == TYPE_LIST ? is_object(declared.kind) : declared.kind == TYPE_LIST;
    return fit_when(!single && !other[declared.kind]);
}

/* Both are known to the letter, and not the same. */
static bool is_other_text(struct type declared, struct type value) {
    return declared.literal != NULL && value.literal != NULL && !str_equal(*declared.literal, *value.literal);
}

enum type_fit types_fit(struct typer *typer, struct type declared, struct type value) {
    if (declared.kind == TYPE_UNKNOWN || value.kind == TYPE_UNKNOWN) {
        return TYPE_FITS;
    }
    bool either = declared.kind == TYPE_UNION || value.kind == TYPE_UNION || declared.kind == TYPE_OPTION;
    if (value.loose && !either) {
        return fit_loose(typer, declared, value);
    }
    if (declared.kind == TYPE_UNION || value.kind == TYPE_UNION) {
        return fit_union(typer, declared, value);
    }
    switch (declared.kind) {
    case TYPE_INT:
        return value.kind == TYPE_FLOAT ? TYPE_NARROWS : fit_when(is_number(value.kind));
    case TYPE_FLOAT:
    case TYPE_NUMBER:
        return fit_when(is_number(value.kind));
    case TYPE_BOOL:
        return fit_when(value.kind == declared.kind);
    case TYPE_STRING:
        return fit_when(value.kind == TYPE_STRING && !is_other_text(declared, value));
    case TYPE_LIST:
    case TYPE_TUPLE:
        return fit_row(typer, declared, value);
    case TYPE_FUNCTION:
        return fit_when(value.kind == TYPE_FUNCTION || value.kind == TYPE_NAMED);
    case TYPE_RECORD:
    case TYPE_MODEL:
        return fit_when(is_object(value.kind) || value.kind == TYPE_NIL);
    case TYPE_OPTION:
        return fit_option(typer, declared, value);
    case TYPE_RESULT:
        return value.kind == TYPE_RESULT ? fit_parts(typer, declared, value) : TYPE_MISFITS;
    case TYPE_NAMED:
        return fit_named(typer, declared, value);
    case TYPE_NIL:
    case TYPE_UNKNOWN:
    case TYPE_UNION:
        break;
    }
    return fit_when(declared.kind != TYPE_NIL || value.kind == TYPE_NIL);
}

struct type types_without_nil(struct type type) {
    unsigned found = 0, count = 0;
    for (unsigned i = 0; type.kind == TYPE_UNION && i < type.count; i++) {
        if (type.parts[i].kind != TYPE_NIL) {
            found = i;
            count++;
        }
    }
    return count == 1 ? type.parts[found] : type;
}

/* ---- for people */

static struct str row_text(struct typer *typer, struct type type) {
    struct type element = part_of(type, 0);
    struct str text = type.kind == TYPE_LIST ? types_text(typer, element) : (struct str){0};
    bool any = text.size == 0 || element.kind == TYPE_UNKNOWN;
    return any ? STR("List") : arena_printf(typer->arena, "[%.*s]", STR_ARGUMENTS(text));
}

struct str types_text(struct typer *typer, struct type type) {
    static const struct str names[] = {
        [TYPE_UNKNOWN] = STR_INIT("Any"),   [TYPE_NIL] = STR_INIT("Nil"),       [TYPE_BOOL] = STR_INIT("Bool"),
        [TYPE_INT] = STR_INIT("Int"),       [TYPE_FLOAT] = STR_INIT("Float"),   [TYPE_NUMBER] = STR_INIT("Number"),
        [TYPE_STRING] = STR_INIT("String"), [TYPE_LIST] = STR_INIT("List"),     [TYPE_TUPLE] = STR_INIT("Tuple"),
        [TYPE_FUNCTION] = STR_INIT("Function"), [TYPE_RECORD] = STR_INIT("Record"), [TYPE_OPTION] = STR_INIT("Option"),
        [TYPE_RESULT] = STR_INIT("Result"), [TYPE_NAMED] = STR_INIT("Any"),     [TYPE_MODEL] = STR_INIT("Record"),
        [TYPE_UNION] = STR_INIT("Any"),
    };
    if (type.text.size > 0) {
        return type.text;
    }
    if (type.kind == TYPE_NAMED) {
        return atom_text(typer->file->atoms, types_name(typer, type));
    }
    return type.kind == TYPE_LIST ? row_text(typer, type) : names[type.kind];
}
