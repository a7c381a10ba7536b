/* hover: tags and attributes of HTML, which no program declares. */
#include "server/features/hover_parts.h"

static const struct entry {
    struct str name, text;
} tags[] = {
#define TAG(name, flags, about) {STR_INIT(name), STR_INIT(about)},
#include "analysis/markup_words.def"
}, abouts[] = {
#define ABOUT(name, text) {STR_INIT(name), STR_INIT(text)},
#include "server/features/attribute_texts.def"
};

/* Which values an attribute has on which tags. */
static const struct attribute {
    struct str name, tags, values;
} attributes[] = {
#define ATTRIBUTE(name, tags, form, values) {STR_INIT(name), STR_INIT(tags), STR_INIT(values)},
#include "analysis/markup_words.def"
};

static const struct entry *find(const struct entry *entries, size_t count, struct str name) {
    for (size_t i = 0; i < count; i++) {
        if (str_equal(entries[i].name, name)) {
            return &entries[i];
        }
    }
    return NULL;
}

/* Components begin with a capital, or are members: `<ui.Card>`. */
static bool is_html(struct str tag) {
    return tag.size > 0 && tag.data[0] >= 'a' && tag.data[0] <= 'z' && str_find(tag, '.', 0) == tag.size;
}

static void add_values(struct strbuf *out, struct str values) {
    const char *glue = "\n";
    for (size_t at = 0; at < values.size;) {
        size_t end = str_find(values, ' ', at);
        struct str value = str_slice(values, at, end);
        strbuf_printf(out, "%s`%.*s`", glue, STR_ARGUMENTS(value));
        glue = ", ";
        at = end + 1;
    }
    strbuf_add_c(out, values.size > 0 ? "\n" : "");
}

bool hover_add_tag(struct strbuf *out, struct str tag) {
    const struct entry *entry = find(tags, sizeof tags / sizeof *tags, tag);
    if (entry == NULL || !is_html(tag)) {
        return false;
    }
    strbuf_printf(out, "```tova\n<%.*s>\n```\n\n%.*s\n\nelement of HTML\n", STR_ARGUMENTS(tag), STR_ARGUMENTS(entry->text));
    return true;
}

bool hover_add_attribute(struct strbuf *out, struct str tag, struct str name) {
    const struct entry *about = find(abouts, sizeof abouts / sizeof *abouts, name);
    const struct attribute *known = NULL;
    for (size_t i = 0; i < sizeof attributes / sizeof *attributes && known == NULL; i++) {
        struct str on = attributes[i].tags; /* empty: on every element */
        bool fits = str_equal(attributes[i].name, name) && (on.size == 0 || str_has_word(on, tag));
        known = fits ? &attributes[i] : NULL;
    }
    if (!is_html(tag) || known == NULL) {
        return false;
    }
    strbuf_printf(out, "```tova\n<%.*s %.*s>\n```\n", STR_ARGUMENTS(tag), STR_ARGUMENTS(name));
    if (about != NULL) {
        strbuf_printf(out, "\n%.*s\n", STR_ARGUMENTS(about->text));
    }
    add_values(out, known->values);
    return true;
}
