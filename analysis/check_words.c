/* Words of JavaScript (and its neighbours) among the names: what Tova says instead. Those that begin a statement are in
 * directives.c, those that are no names in the syntax errors. */
#include "analysis/checks.h"

#include "parser/base/byte.h"

enum form {
    FORM_ADVICE,  /* nothing can be put in its place */
    FORM_WORD,    /* another word stands for it */
    FORM_NEW,     /* `new Map()` is `Map.new()` */
    FORM_CALL,    /* `typeof x` is `type_of(x)` */
    FORM_OPERATOR /* `x instanceof Date` is `x is Date` */
};

static const struct word {
    struct str text;
    enum form form;
    struct str replacement;
    const char *advice;
} words[] = {
    {STR_INIT("$derived"), FORM_ADVICE, STR_INIT(""), "What follows from states is written `computed name = value`."},
    {STR_INIT("$effect"), FORM_ADVICE, STR_INIT(""),
     "What runs again when what it reads has changed is written `effect { … }`."},
    {STR_INIT("$props"), FORM_ADVICE, STR_INIT(""),
     "The properties of a component are its parameters: `component Name(title) { … }`."},
    {STR_INIT("$state"), FORM_ADVICE, STR_INIT(""),
     "What a page shows and changes is declared with `state name = value`, and assigned."},
    {STR_INIT("False"), FORM_WORD, STR_INIT("false"), "Tova writes `false`."},
    {STR_INIT("For"), FORM_ADVICE, STR_INIT(""), "A loop between tags is written `for item in list { … }`."},
    {STR_INIT("Fragment"), FORM_ADVICE, STR_INIT(""), "Elements with none around them stand in `<>` and `</>`."},
    {STR_INIT("NULL"), FORM_WORD, STR_INIT("nil"), "What is not there is `nil`."},
    {STR_INIT("Null"), FORM_WORD, STR_INIT("nil"), "What is not there is `nil`."},
    {STR_INIT("React"), FORM_ADVICE, STR_INIT(""),
     "Components, `state` and `effect` are words of the language, and a fragment is `<>…</>`."},
    {STR_INIT("Show"), FORM_ADVICE, STR_INIT(""), "A condition between tags is written `if condition { … } else { … }`."},
    {STR_INIT("True"), FORM_WORD, STR_INIT("true"), "Tova writes `true`."},
    {STR_INIT("boolean"), FORM_WORD, STR_INIT("Bool"), "The type is `Bool`."},
    {STR_INIT("delete"), FORM_ADVICE, STR_INIT(""), "Make an object without the key instead."},
    {STR_INIT("express"), FORM_ADVICE, STR_INIT(""),
     "A server is a block of the program: `server { route GET \"/path\" => handler }`."},
    {STR_INIT("function"), FORM_WORD, STR_INIT("fn"), "A function is written `fn(parameters) { … }`."},
    {STR_INIT("instanceof"), FORM_OPERATOR, STR_INIT("is"), "A type is asked for with `value is Type`."},
    {STR_INIT("lambda"), FORM_WORD, STR_INIT("fn"), "A function is written `fn(parameters) value`."},
    {STR_INIT("module"), FORM_ADVICE, STR_INIT(""), "What other files may import is declared with `pub` before it."},
    {STR_INIT("new"), FORM_NEW, STR_INIT(""), "A class is made into a value with `Class.new(…)`."},
    {STR_INIT("none"), FORM_WORD, STR_INIT("None"), "The variant is written `None`; what is not there is `nil`."},
    {STR_INIT("null"), FORM_WORD, STR_INIT("nil"), "What is not there is `nil`."},
    {STR_INIT("panic"), FORM_ADVICE, STR_INIT(""), "A function that may fail gives `Ok(value)` or `Err(reason)`."},
    {STR_INIT("pass"), FORM_ADVICE, STR_INIT(""), "An empty block is written `{ }`."},
    {STR_INIT("super"), FORM_ADVICE, STR_INIT(""), "Types inherit nothing: share functions through a `trait`."},
    {STR_INIT("this"), FORM_WORD, STR_INIT("self"), "A function of an `impl` names its value `self` as first parameter."},
    {STR_INIT("typeof"), FORM_CALL, STR_INIT("type_of"), "The name of a value's type is `type_of(value)`."},
    {STR_INIT("undefined"), FORM_WORD, STR_INIT("nil"), "What is not there is `nil`, which compares equal to `undefined`."},
    {STR_INIT("useCallback"), FORM_ADVICE, STR_INIT(""), "A function is made once: it needs nothing around it."},
    {STR_INIT("useEffect"), FORM_ADVICE, STR_INIT(""),
     "What runs again when what it reads has changed is written `effect { … }`."},
    {STR_INIT("useMemo"), FORM_ADVICE, STR_INIT(""), "What follows from states is written `computed name = value`."},
    {STR_INIT("useRef"), FORM_ADVICE, STR_INIT(""), "`bind:this={name}` gives an element; a value that may change is a `var`."},
    {STR_INIT("useState"), FORM_ADVICE, STR_INIT(""),
     "What a page shows and changes is declared with `state name = value`, and assigned."},
    {STR_INIT("void"), FORM_ADVICE, STR_INIT(""), "A function without a result gives `nil`."},
};

static const struct word *word_of(struct str text) {
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        if (str_equal(words[i].text, text)) {
            return &words[i];
        }
    }
    return NULL;
}

static bool is_name_byte(char c) {
    return byte_is_word(c) || c == '.' || c == '$';
}

/* The name behind the word on its line, as in `new Map` and `typeof x`; empty when something else stands there. */
static struct span name_behind(struct str text, uint32_t at) {
    while (at < text.size && text.data[at] == ' ') {
        at++;
    }
    uint32_t end = at;
    while (end < text.size && is_name_byte(text.data[end])) {
        end++;
    }
    return (struct span){at, end};
}

static void fix_word(struct check *check, struct diagnostic *diagnostic, const struct word *word, struct span span) {
    struct str text = text_str(check->file->tree->text);
    struct span name = name_behind(text, span.end);
    struct str behind = str_slice(text, name.start, name.end);
    struct str replacement = word->replacement;
    if (word->form == FORM_ADVICE || (behind.size == 0 && (word->form == FORM_NEW || word->form == FORM_CALL))) {
        return;
    }
    if (word->form == FORM_NEW) {
        replacement = arena_printf(check->arena, "%.*s.new", STR_ARGUMENTS(behind));
        span.end = name.end;
    } else if (word->form == FORM_CALL) {
        replacement = arena_printf(check->arena, "%.*s(%.*s)", STR_ARGUMENTS(word->replacement), STR_ARGUMENTS(behind));
        span.end = name.end;
    }
    fix_set(check, diagnostic, span, replacement, "Write `%.*s`", STR_ARGUMENTS(replacement));
}

bool words_report_undefined(struct check *check, const struct binding *binding, struct str name) {
    const struct word *word = word_of(name);
    if (word == NULL) {
        return false;
    }
    struct span span = node_span(check->file->tree, binding->node);
    struct diagnostic *diagnostic = CHECK_REPORT(check, UNDEFINED_NAME, span, "`%.*s` is no word of Tova. %s",
                                                 STR_ARGUMENTS(name), word->advice);
    fix_word(check, diagnostic, word, span);
    return true;
}

/* `null` and `undefined` are names of JavaScript that work, and that Tova has its own word for. */
void check_words(struct check *check) {
    const struct file_analysis *file = check->file;
    atom_id names[] = {atom_find(file->atoms, STR("null")), atom_find(file->atoms, STR("undefined"))};
    for (unsigned i = 0; i < file->bindings.count && (names[0] != ATOM_NONE || names[1] != ATOM_NONE); i++) {
        const struct binding *binding = &file->bindings.items[i];
        bool named = binding->name != ATOM_NONE && (binding->name == names[0] || binding->name == names[1]);
        const struct word *word = named ? word_of(analysis_name(file, binding->name)) : NULL;
        if (word != NULL && binding->global && binding->access == ACCESS_READ) {
            struct span span = node_span(file->tree, binding->node);
            struct diagnostic *diagnostic = CHECK_REPORT(check, FOREIGN_WORD, span, "`%.*s` is a word of JavaScript. %s",
                                                         STR_ARGUMENTS(word->text), word->advice);
            fix_word(check, diagnostic, word, span);
        }
    }
}

/* `new Date()`, `typeof x`: that a second statement begins behind the word is no second mistake. */
bool words_explain(const struct file_analysis *file, struct span before, struct span separator) {
    struct str text = text_str(file->tree->text);
    const struct word *word = word_of(str_slice(text, before.start, before.end));
    if (word == NULL) {
        return false;
    }
    struct span name = name_behind(text, before.end);
    return separator.start <= name.end && separator.end >= before.start;
}
