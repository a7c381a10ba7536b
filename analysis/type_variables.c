/* Type variables: found by laying a type over the pattern that has them, and put into another. */
#include "analysis/signature_text.h"
#include "analysis/type_text.h"
#include "parser/base/strbuf.h"

enum { TYPE_BYTES = 4096, DEPTH = 8 }; /* of a text; types within types that are laid over each other */

static struct type_variable *find(struct type_variables *variables, struct str name) {
    for (unsigned i = 0; i < variables->count; i++) {
        if (str_equal(variables->of[i].name, name)) {
            return &variables->of[i];
        }
    }
    return NULL;
}

/* The place of a variable, which is made where names of single letters are variables without being declared. */
static struct type_variable *variable(struct type_variables *variables, struct str name) {
    struct type_variable *found = find(variables, name);
    bool letter = name.size == 1 && name.data[0] >= 'A' && name.data[0] <= 'Z';
    if (found != NULL || variables->declared || !letter || variables->count == TYPE_VARIABLES) {
        return found;
    }
    found = &variables->of[variables->count++];
    *found = (struct type_variable){.name = name};
    return found;
}

void type_variables_declare(struct type_variables *variables, struct str signature) {
    struct str list = signature_variables(signature);
    struct signature_parameter parameter;
    variables->declared = true;
    for (size_t at = 0; variables->count < TYPE_VARIABLES && signature_next(list, &at, &parameter);) {
        variables->of[variables->count++] = (struct type_variable){.name = parameter.name};
    }
}

/* ---- finding them */

/* "Result<T, E>": the name, and the text between the angle brackets. */
static bool split_generic(struct str type, struct str *name, struct str *arguments) {
    size_t open = str_find(type, '<', 0);
    if (open == type.size || type.data[type.size - 1] != '>' || !type_text_is_one(type)) {
        return false;
    }
    *name = str_slice(type, 0, open);
    *arguments = str_slice(type, open + 1, type.size - 1);
    return true;
}

static void match(struct type_variables *variables, struct str pattern, struct str actual, unsigned depth);

static void match_arguments(struct type_variables *variables, struct str pattern, struct str actual, unsigned depth) {
    for (size_t a = 0, b = 0; a < pattern.size && b < actual.size;) {
        size_t a_end = signature_part_end(pattern, a), b_end = signature_part_end(actual, b);
        match(variables, str_slice(pattern, a, a_end), str_slice(actual, b, b_end), depth);
        a = a_end + 1;
        b = b_end + 1;
    }
}

static void match(struct type_variables *variables, struct str pattern, struct str actual, unsigned depth) {
    struct str pattern_name, pattern_rest, name, rest;
    struct type_variable *whole = variable(variables, str_trim(pattern));
    if (whole != NULL) {
        whole->value = whole->value.size == 0 ? str_trim(actual) : whole->value;
        return;
    }
    pattern = type_text_present(pattern);
    actual = type_text_present(actual);
    if (pattern.size == 0 || actual.size == 0 || depth == 0) {
        return;
    }
    if (pattern.data[0] == '[' && !str_equal(actual, STR("String"))) {
        match(variables, type_text_element(pattern), type_text_element(actual), depth - 1);
    } else if (split_generic(pattern, &pattern_name, &pattern_rest) && split_generic(actual, &name, &rest) &&
               str_equal(name, pattern_name)) {
        match_arguments(variables, pattern_rest, rest, depth - 1);
    } else if ((whole = variable(variables, pattern)) != NULL && whole->value.size == 0) {
        whole->value = actual; /* `T?` */
    }
}

void type_variables_match(struct type_variables *variables, struct str pattern, struct str actual) {
    match(variables, pattern, actual, DEPTH);
}

void type_variables_give(struct type_variables *variables, struct str type) {
    struct str name, arguments;
    if (!split_generic(type, &name, &arguments)) {
        return;
    }
    for (size_t at = 0, i = 0; at < arguments.size && i < variables->count; i++) {
        size_t end = signature_part_end(arguments, at);
        variables->of[i].value = str_trim(str_slice(arguments, at, end));
        at = end + 1;
    }
}

struct str type_variables_value(struct type_variables *variables, struct str name) {
    const struct type_variable *found = find(variables, name);
    return found == NULL ? (struct str){0} : found->value;
}

/* ---- putting them in */

struct str type_variables_apply(struct arena *arena, struct type_variables *variables, struct str text) {
    struct strbuf out;
    strbuf_init(&out, TYPE_BYTES);
    for (size_t at = 0; at < text.size;) {
        size_t end = at;
        while (end < text.size && signature_is_name_byte(text.data[end])) {
            end++;
        }
        end += end == at ? 1 : 0;
        struct str word = str_slice(text, at, end);
        const struct type_variable *found = variable(variables, word);
        strbuf_add(&out, found == NULL ? word : found->value.size > 0 ? found->value : STR("Any"));
        at = end;
    }
    struct str result = out.overflow ? STR("Any") : arena_str(arena, strbuf_str(&out));
    strbuf_finish(&out);
    return result;
}

struct str type_variables_type(struct arena *arena, const struct type_variables *variables, struct str name) {
    struct str type = name;
    for (unsigned i = 0; i < variables->count; i++) {
        struct str value = variables->of[i].value.size > 0 ? variables->of[i].value : STR("Any");
        type = arena_printf(arena, "%.*s%s%.*s", STR_ARGUMENTS(type), i == 0 ? "<" : ", ", STR_ARGUMENTS(value));
    }
    return variables->count > 0 ? arena_concat(arena, type, STR(">")) : type;
}
