/* `// tova-ignore E101, W204 why`: silences these codes on its line, or on the next one when it stands alone on its line. What the
 * syntax errors say cannot be silenced: behind them nothing is as it reads. */
#include "analysis/checks.h"
#include "parser/base/byte.h"

#include <string.h>

static const struct str ignore_word = STR_INIT("tova-ignore");

/* One code of one comment. */
struct ignore {
    struct span code;
    uint32_t line; /* that it speaks of */
    bool used;
};

struct ignores {
    struct arena *arena;
    const struct syntax_tree *tree;
    VEC(struct ignore) list;
};

static bool is_code_byte(char c) { return (c >= 'A' && c <= 'Z') || byte_is_digit(c); }

/* A letter and three digits. */
static bool is_code(struct str word) {
    return word.size == 4 && !byte_is_digit(word.data[0]) && byte_is_digit(word.data[1]) && byte_is_digit(word.data[2]) &&
           byte_is_digit(word.data[3]);
}

static uint32_t line_of_comment(const struct syntax_tree *tree, struct span comment) {
    uint32_t line = text_line_of(tree->text, comment.start);
    struct span before = {text_line(tree->text, line).start, comment.start};
    return str_trim(text_slice(tree->text, before)).size == 0 ? line + 1 : line;
}

/* The codes behind the word, up to the first word that is none. */
static void read_codes(struct ignores *ignores, struct span comment, uint32_t at) {
    struct str text = text_str(ignores->tree->text);
    uint32_t line = line_of_comment(ignores->tree, comment);
    while (at < comment.end) {
        while (at < comment.end && (text.data[at] == ' ' || text.data[at] == ',' || text.data[at] == ':')) {
            at++;
        }
        uint32_t start = at;
        while (at < comment.end && is_code_byte(text.data[at])) {
            at++;
        }
        if (!is_code(str_slice(text, start, at))) {
            return;
        }
        vec_push(ignores->arena, &ignores->list, (struct ignore){.code = {start, at}, .line = line});
    }
}

static void read_comment(struct ignores *ignores, node_id node) {
    struct span span = node_span(ignores->tree, node);
    struct str text = str_slice(text_str(ignores->tree->text), span.start + 2, span.end);
    uint32_t at = span.start + 2;
    while (text.size > 0 && text.data[0] == ' ') {
        text = str_slice(text, 1, text.size);
        at++;
    }
    if (str_starts_with(text, ignore_word)) {
        read_codes(ignores, span, at + (uint32_t)ignore_word.size);
    }
}

static bool is_silenced(struct ignores *ignores, const struct diagnostic *diagnostic) {
    bool silenced = false;
    if (!diagnostic_is_silenceable(diagnostic->code)) {
        return false;
    }
    uint32_t line = text_line_of(ignores->tree->text, diagnostic->span.start);
    for (unsigned i = 0; i < ignores->list.count; i++) {
        struct ignore *ignore = &ignores->list.items[i];
        if (ignore->line == line &&
            str_equal(text_slice(ignores->tree->text, ignore->code), diagnostic_code_name(diagnostic->code))) {
            ignore->used = true;
            silenced = true;
        }
    }
    return silenced;
}

static void report_idle(struct check *check, const struct ignores *ignores) {
    for (unsigned i = 0; i < ignores->list.count; i++) {
        const struct ignore *ignore = &ignores->list.items[i];
        if (!ignore->used) {
            struct str code = text_slice(ignores->tree->text, ignore->code);
            struct diagnostic *diagnostic =
                CHECK_REPORT(check, IDLE_IGNORE, ignore->code,
                             "There is no %.*s on line %u to silence. Remove it from the comment.", STR_ARGUMENTS(code),
                             ignore->line + 1);
            diagnostic->tags = 1u << DIAGNOSTIC_TAG_UNNECESSARY;
        }
    }
}

void ignores_apply(struct check *check) {
    struct ignores ignores = {.arena = check->arena, .tree = check->file->tree};
    struct str text = text_str(ignores.tree->text);
    if (memmem(text.data, text.size, ignore_word.data, ignore_word.size) == NULL) {
        return;
    }
    for (node_id node = NODE_ROOT; node < ignores.tree->count; node++) {
        if (node_kind(ignores.tree, node) == NODE_COMMENT) {
            read_comment(&ignores, node);
        }
    }
    if (ignores.list.count == 0) {
        return;
    }
    unsigned kept = 0;
    for (unsigned i = 0; i < check->list->list.count; i++) {
        struct diagnostic diagnostic = check->list->list.items[i];
        if (!is_silenced(&ignores, &diagnostic)) {
            check->list->list.items[kept++] = diagnostic;
        }
    }
    check->list->list.count = kept;
    report_idle(check, &ignores);
    diagnostic_sort(check->list);
}
