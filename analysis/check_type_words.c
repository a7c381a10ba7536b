/* Names of types as other languages have them: what Tova calls these. */
#include "analysis/builtins.h"
#include "analysis/checks.h"

enum certainty { LIKELY, CERTAIN };

static const struct type_word {
    struct str name, type;
    enum certainty certainty;
    struct str sentence;
} words[] = {
#define TYPE_WORD(name, type, certainty, sentence) {STR_INIT(name), STR_INIT(type), certainty, STR_INIT(sentence)},
#include "analysis/type_words.def"
};

static const struct type_word *word_of(struct str name) {
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        if (str_equal(words[i].name, name)) {
            return &words[i];
        }
    }
    return NULL;
}

static struct str sentence_of(struct check *check, const struct type_word *word) {
    return word->sentence.size > 0 ? word->sentence
                                   : arena_printf(check->arena, "The type is `%.*s`.", STR_ARGUMENTS(word->type));
}

static void fix_word(struct check *check, struct diagnostic *diagnostic, const struct type_word *word, struct span span) {
    if (word->type.size > 0) {
        fix_set(check, diagnostic, span, word->type, "Change to `%.*s`", STR_ARGUMENTS(word->type));
        diagnostic->fix.is_certain = word->certainty == CERTAIN;
    }
}

/* What means one thing among several may as well be a slip of the program's own type. */
static bool is_slip(struct check *check, const struct binding *binding) {
    struct str near = suggest_name(check, binding);
    return near.size > 0 && !builtin_type_is_known(near);
}

bool type_words_report_undefined(struct check *check, const struct binding *binding, struct str name) {
    const struct type_word *word = binding->access == ACCESS_TYPE ? word_of(name) : NULL;
    if (word == NULL || (word->certainty == LIKELY && is_slip(check, binding))) {
        return false;
    }
    struct span span = analysis_name_span(check->file->tree, binding->node);
    struct str sentence = sentence_of(check, word);
    struct diagnostic *diagnostic = CHECK_REPORT(check, UNDEFINED_TYPE, span, "There is no type `%.*s`. %.*s",
                                                 STR_ARGUMENTS(name), STR_ARGUMENTS(sentence));
    fix_word(check, diagnostic, word, span);
    return true;
}

void check_type_words(struct check *check) {
    const struct file_analysis *file = check->file;
    for (unsigned i = 0; i < file->bindings.count; i++) {
        const struct binding *binding = &file->bindings.items[i];
        bool named = binding->global && binding->access == ACCESS_TYPE;
        const struct type_word *word = named ? word_of(analysis_name(file, binding->name)) : NULL;
        if (word != NULL) {
            struct span span = analysis_name_span(file->tree, binding->node);
            struct str sentence = sentence_of(check, word);
            struct diagnostic *diagnostic =
                CHECK_REPORT(check, FOREIGN_WORD, span, "`%.*s` is a word of JavaScript. %.*s", STR_ARGUMENTS(word->name),
                             STR_ARGUMENTS(sentence));
            fix_word(check, diagnostic, word, span);
        }
    }
}
