/* action_text: indentation, whole lines, and names that are free. */
#include "server/features/action.h"

#include "analysis/builtins.h"
#include "parser/base/byte.h"

enum { TRIES = 1000 };

static bool is_blank(char c) { return c == ' ' || c == '\t'; }

struct str action_indentation(const struct syntax_tree *tree, uint32_t offset) {
    struct str line = text_slice(tree->text, text_line(tree->text, text_line_of(tree->text, offset)));
    size_t size = 0;
    while (size < line.size && is_blank(line.data[size])) {
        size++;
    }
    return str_slice(line, 0, size);
}

bool action_starts_line(const struct syntax_tree *tree, uint32_t offset) {
    struct span line = text_line(tree->text, text_line_of(tree->text, offset));
    return line.start + action_indentation(tree, offset).size >= offset;
}

struct span action_whole_lines(const struct syntax_tree *tree, struct span span) {
    struct str text = text_str(tree->text);
    uint32_t start = span.start;
    uint32_t end = span.end;
    while (start > 0 && is_blank(text.data[start - 1])) {
        start--;
    }
    while (end < text.size && (is_blank(text.data[end]) || text.data[end] == '\r')) {
        end++;
    }
    bool alone = (start == 0 || text.data[start - 1] == '\n') && (end == text.size || text.data[end] == '\n');
    return alone ? (struct span){start, end + (end < text.size)} : span;
}

uint32_t action_start_with_comments(const struct syntax_tree *tree, node_id node) {
    uint32_t start = node_span(tree, node).start;
    uint32_t first = start; /* of the comments that are being passed */
    uint32_t line = 0;      /* behind the last of them */
    bool comments = false;
    NODE_EACH(sibling, tree, node_parent(tree, node)) {
        struct span span = node_span(tree, sibling);
        bool follows = comments && text_line_of(tree->text, span.start) <= line;
        if (sibling == node) {
            return follows ? first : start;
        }
        if (!node_is_comment(tree, sibling) || !action_starts_line(tree, span.start)) {
            comments = false;
            continue;
        }
        first = follows ? first : span.start;
        line = text_line_of(tree->text, span.end) + 1;
        comments = true;
    }
    return start;
}

/* ---- lines */

static bool has_text_of_lines(const struct syntax_tree *tree, struct span span) {
    for (node_id node = NODE_ROOT; node < tree->count; node++) {
        enum node_kind kind = node_kind(tree, node);
        bool text = kind == NODE_STRING || kind == NODE_TRIPLE_STRING || kind == NODE_SINGLE_STRING ||
                    kind == NODE_RAW_STRING || kind == NODE_JSX_TEXT || kind == NODE_CSS_TEXT;
        struct span own = node_span(tree, node);
        if (text && span_contains(span, own) &&
            text_line_of(tree->text, own.start) != text_line_of(tree->text, own.end)) {
            return true;
        }
    }
    return false;
}

struct str action_reindented(struct action_maker *maker, struct span span, struct str indentation) {
    const struct syntax_tree *tree = maker->tree;
    struct str text = text_slice(tree->text, span);
    struct str old = action_indentation(tree, span.start);
    if (str_find(text, '\n', 0) == text.size || str_equal(old, indentation) || has_text_of_lines(tree, span)) {
        return text;
    }
    struct str result = STR("");
    for (size_t start = 0; start <= text.size;) {
        size_t end = str_find(text, '\n', start);
        struct str line = str_slice(text, start, end);
        if (start > 0 && str_starts_with(line, old) && str_trim(line).size > 0) {
            line = arena_concat(maker->arena, indentation, str_slice(line, old.size, line.size));
        }
        result = arena_printf(maker->arena, "%.*s%s%.*s", STR_ARGUMENTS(result), start > 0 ? "\n" : "",
                              STR_ARGUMENTS(line));
        start = end + 1;
    }
    return result;
}

/* ---- names */

static bool is_word(struct str name) {
    static const struct str words[] = {
#define WORD(text) STR_INIT(text)
        WORD("var"),    WORD("let"),   WORD("fn"),      WORD("return"), WORD("if"),        WORD("elif"),   WORD("else"),
        WORD("for"),    WORD("while"), WORD("loop"),    WORD("when"),   WORD("match"),     WORD("type"),   WORD("import"),
        WORD("from"),   WORD("and"),   WORD("or"),      WORD("not"),    WORD("in"),        WORD("is"),     WORD("as"),
        WORD("export"), WORD("with"),  WORD("true"),    WORD("false"),  WORD("nil"),       WORD("break"),  WORD("continue"),
        WORD("try"),    WORD("catch"), WORD("finally"), WORD("async"),  WORD("await"),     WORD("guard"),  WORD("interface"),
        WORD("derive"), WORD("pub"),   WORD("impl"),    WORD("trait"),  WORD("defer"),     WORD("mut"),    WORD("yield"),
        WORD("extern"), WORD("server"), WORD("browser"), WORD("client"), WORD("shared"),   WORD("route"),  WORD("state"),
        WORD("computed"), WORD("effect"), WORD("component"), WORD("store"), WORD("form"),  WORD("field"),  WORD("group"),
        WORD("steps"),  WORD("default"), WORD("style"), WORD("spawn"),  WORD("select"),    WORD("concurrent"), WORD("it"),
        WORD("key"),    WORD("self"),  WORD("null"),    WORD("undefined"), WORD("req"),    WORD("res"),    WORD("ws"),
        WORD("socket"), WORD("_"),
#undef WORD
    };
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        if (str_equal(words[i], name)) {
            return true;
        }
    }
    return false;
}

static bool is_taken(struct action_maker *maker, uint32_t block, struct str name) {
    const struct file_analysis *file = maker->file;
    struct block_key key = file->blocks.items[block].key;
    atom_id atom = atom_find(file->atoms, name);
    if (is_word(name) || global_is_known(name, key.kind)) {
        return true;
    }
    if (atom == ATOM_NONE) {
        return false;
    }
    for (unsigned i = 1; i < file->symbols.count; i++) {
        if (file->symbols.items[i].name == atom) {
            return true;
        }
    }
    for (unsigned i = 0; i < file->bindings.count; i++) {
        if (file->bindings.items[i].name == atom) {
            return true;
        }
    }
    return package_lookup(maker->context->package, key, atom, false).symbol != NULL;
}

struct str action_new_name(struct action_maker *maker, uint32_t block, struct str wish) {
    struct str name = wish;
    for (unsigned i = 2; i < TRIES && is_taken(maker, block, name); i++) {
        name = arena_printf(maker->arena, "%.*s%u", STR_ARGUMENTS(wish), i);
    }
    return name;
}

/* `user` of `get_user`. */
static struct str without_verb(struct str name) {
    static const struct str verbs[] = {STR_INIT("get_"),  STR_INIT("find_"), STR_INIT("list_"), STR_INIT("load_"),
                                       STR_INIT("fetch_"), STR_INIT("read_"), STR_INIT("make_"), STR_INIT("create_"),
                                       STR_INIT("to_")};
    for (size_t i = 0; i < sizeof verbs / sizeof *verbs; i++) {
        if (str_starts_with(name, verbs[i]) && name.size > verbs[i].size) {
            return str_slice(name, verbs[i].size, name.size);
        }
    }
    return name;
}

static struct str name_of_binary(const struct syntax_tree *tree, node_id node) {
    static const struct str questions[] = {STR_INIT("=="), STR_INIT("!="), STR_INIT("<"),  STR_INIT(">"),
                                           STR_INIT("<="), STR_INIT(">="), STR_INIT("and"), STR_INIT("or"),
                                           STR_INIT("&&"), STR_INIT("||"), STR_INIT("in"), STR_INIT("is"), STR_INIT("not")};
    struct str operator = node_text(tree, node_child(tree, node, FIELD_OPERATOR));
    for (size_t i = 0; i < sizeof questions / sizeof *questions; i++) {
        if (str_equal(operator, questions[i])) {
            return STR("condition");
        }
    }
    return STR("value");
}

static bool is_lower_name(struct str name) {
    bool good = name.size > 0 && ((name.data[0] >= 'a' && name.data[0] <= 'z') || name.data[0] == '_');
    for (size_t i = 0; good && i < name.size; i++) {
        char c = name.data[i];
        good = byte_is_word(c);
    }
    return good;
}

struct str action_value_name(struct action_maker *maker, node_id expression) {
    const struct syntax_tree *tree = maker->tree;
    struct str name = STR("value");
    switch ((int)node_kind(tree, expression)) {
    case NODE_IDENTIFIER:
        name = node_text(tree, expression);
        break;
    case NODE_MEMBER_EXPRESSION:
        name = node_text(tree, node_child(tree, expression, FIELD_PROPERTY));
        break;
    case NODE_CALL_EXPRESSION: {
        node_id function = node_child(tree, expression, FIELD_FUNCTION);
        bool member = node_kind(tree, function) == NODE_MEMBER_EXPRESSION;
        name = without_verb(node_text(tree, member ? node_child(tree, function, FIELD_PROPERTY) : function));
        break;
    }
    case NODE_AWAIT_EXPRESSION:
    case NODE_PROPAGATE_EXPRESSION:
        return action_value_name(maker, node_child(tree, expression, FIELD_VALUE));
    case NODE_STRING:
    case NODE_TRIPLE_STRING:
    case NODE_SINGLE_STRING:
    case NODE_RAW_STRING:
        name = STR("text");
        break;
    case NODE_NUMBER:
        name = STR("number");
        break;
    case NODE_TRUE:
    case NODE_FALSE:
        name = STR("flag");
        break;
    case NODE_ARRAY:
        name = STR("items");
        break;
    case NODE_OBJECT:
        name = STR("data");
        break;
    case NODE_INDEX_EXPRESSION:
        name = STR("item");
        break;
    case NODE_LAMBDA:
    case NODE_FUNCTION_EXPRESSION:
        name = STR("callback");
        break;
    case NODE_BINARY_EXPRESSION:
        name = name_of_binary(tree, expression);
        break;
    default:
        break;
    }
    return is_lower_name(name) ? name : STR("value");
}

/* ---- members */

bool action_is_member(const struct syntax_tree *tree, node_id node) {
    node_id parent = node_parent(tree, node);
    enum node_kind kind = node_kind(tree, parent);
    enum node_kind around = node_kind(tree, node_parent(tree, parent));
    return kind == NODE_SOURCE_FILE || (kind == NODE_BLOCK && (around == NODE_SERVER_BLOCK || around == NODE_BROWSER_BLOCK ||
                                                              around == NODE_SHARED_BLOCK));
}

node_id action_member_of(const struct syntax_tree *tree, node_id node) {
    while (node != NODE_NONE && !action_is_member(tree, node)) {
        node = node_parent(tree, node);
    }
    return node;
}
