/* js_print_statements: statements and declarations. */
#include "codegen/js_print.h"

static void print_statement(struct js_writer *writer, const struct js *node);

void js_print_block(struct js_writer *writer, const struct js *block) {
    if (block->list.of.count == 0) {
        js_write_c(writer, "{}");
        return;
    }
    js_write_c(writer, "{");
    if ((block->flags & JS_IS_SHORT) != 0) {
        js_write_c(writer, " ");
        print_statement(writer, block->list.of.items[0]);
        js_write_c(writer, " }");
        return;
    }
    if (writer->measuring) {
        writer->too_wide = true;
        return;
    }
    writer->indent++;
    js_write_line(writer);
    js_print_statements(writer, &block->list);
    writer->indent--;
    js_write_c(writer, "}");
}

static void print_end(struct js_writer *writer) { js_write_c(writer, ";"); }

static void print_expression(struct js_writer *writer, const struct js *node) {
    js_print_leading(writer, node->a, 1);
    print_end(writer);
}

static void print_declare(struct js_writer *writer, const struct js *node) {
    js_write(writer, node->text);
    js_write_c(writer, " ");
    js_print_expression(writer, node->a, 0);
    if (node->b != NULL) {
        js_write_c(writer, " = ");
        js_print_expression(writer, node->b, 1);
    }
    print_end(writer);
}

static void print_return(struct js_writer *writer, const struct js *node) {
    js_write_c(writer, "return");
    if (node->a != NULL) {
        js_write_c(writer, " ");
        js_print_expression(writer, node->a, 1);
    }
    print_end(writer);
}

static void print_throw(struct js_writer *writer, const struct js *node) {
    js_write_c(writer, "throw ");
    js_print_expression(writer, node->a, 1);
    print_end(writer);
}

/* A statement as the body of an `if` or a loop, in braces. */
static void print_body(struct js_writer *writer, const struct js *node) {
    if (node->kind == JS_BLOCK) {
        js_print_block(writer, node);
        return;
    }
    js_write_c(writer, "{");
    writer->indent++;
    js_write_line(writer);
    print_statement(writer, node);
    writer->indent--;
    js_write_line(writer);
    js_write_c(writer, "}");
}

static void print_short_if(struct js_writer *writer, const struct js *node) {
    for (const struct js *branch = node; branch != NULL; branch = branch->c) {
        if (branch != node) {
            js_write_line(writer);
            js_write_c(writer, "else ");
        }
        js_write_c(writer, "if (");
        js_print_expression(writer, branch->a, 2);
        js_write_c(writer, ") ");
        struct js_writer measure = js_writer_measure(writer, 0);
        print_statement(&measure, branch->b);
        if (measure.too_wide) {
            print_body(writer, branch->b);
        } else {
            print_statement(writer, branch->b);
        }
    }
}

static void print_if(struct js_writer *writer, const struct js *node) {
    if ((node->flags & JS_IS_SHORT) != 0) {
        print_short_if(writer, node);
        return;
    }
    const struct js *branch = node;
    for (;;) {
        js_write_c(writer, "if (");
        js_print_expression(writer, branch->a, 3);
        js_write_c(writer, ") ");
        print_body(writer, branch->b);
        if (branch->c == NULL) {
            return;
        }
        js_write_c(writer, " else ");
        branch = branch->c;
        if (branch->kind != JS_IF) {
            print_body(writer, branch);
            return;
        }
        js_write_place(writer, branch->place);
    }
}

static void print_for_of(struct js_writer *writer, const struct js *node) {
    js_write_c(writer, (node->flags & JS_IS_AWAITED_LOOP) != 0 ? "for await (" : "for (");
    js_write(writer, node->text);
    js_write_c(writer, " ");
    js_print_expression(writer, node->a, 0);
    js_write_c(writer, " of ");
    js_print_expression(writer, node->b, 3);
    js_write_c(writer, ") ");
    print_body(writer, node->c);
}

static void print_for(struct js_writer *writer, const struct js *node) {
    js_write_c(writer, "for (");
    print_declare(writer, node->a);
    js_write_c(writer, " ");
    js_print_expression(writer, node->b, 0);
    js_write_c(writer, "; ");
    js_print_expression(writer, node->c, 3);
    js_write_c(writer, ") ");
    print_body(writer, node->d);
}

static void print_while(struct js_writer *writer, const struct js *node) {
    js_write_c(writer, "while (");
    js_print_expression(writer, node->a, 3);
    js_write_c(writer, ") ");
    print_body(writer, node->b);
}

static void print_jump(struct js_writer *writer, const struct js *node) {
    js_write_c(writer, node->kind == JS_BREAK ? "break" : "continue");
    if (node->text.size > 0) {
        js_write_c(writer, " ");
        js_write(writer, node->text);
    }
    print_end(writer);
}

static void print_try(struct js_writer *writer, const struct js *node) {
    js_write_c(writer, "try ");
    js_print_block(writer, node->a);
    if (node->c != NULL) {
        js_write_c(writer, " catch ");
        if (node->b != NULL) {
            js_write_c(writer, "(");
            js_print_expression(writer, node->b, 0);
            js_write_c(writer, ") ");
        }
        js_print_block(writer, node->c);
    }
    if (node->d != NULL) {
        js_write_c(writer, " finally ");
        js_print_block(writer, node->d);
    }
}

static void print_label(struct js_writer *writer, const struct js *node) {
    js_write(writer, node->text);
    js_write_c(writer, ": ");
    print_statement(writer, node->a);
}

static void print_function(struct js_writer *writer, const struct js *node) { js_print_expression(writer, node, 0); }

static void print_class(struct js_writer *writer, const struct js *node) {
    js_write_c(writer, "class ");
    js_write_mapped(writer, node->text, node->place);
    js_write_c(writer, " {");
    writer->indent++;
    js_write_line(writer);
    for (unsigned i = 0; i < node->list.of.count; i++) {
        if (i > 0) {
            js_write_line(writer);
        }
        js_print_method(writer, node->list.of.items[i]);
        js_write_line(writer);
    }
    writer->indent--;
    js_write_c(writer, "}");
}

static void print_import_name(struct js_writer *writer, const struct js *node) {
    js_write_mapped(writer, node->text, node->place);
    if (node->a != NULL && !str_equal(node->a->text, node->text)) {
        js_write_c(writer, " as ");
        js_write_mapped(writer, node->a->text, node->a->place);
    }
}

static void print_names_flat(struct js_writer *writer, const struct js *node) {
    js_write_c(writer, "{ ");
    for (unsigned i = 0; i < node->list.of.count; i++) {
        js_write_c(writer, i > 0 ? ", " : "");
        print_import_name(writer, node->list.of.items[i]);
    }
    js_write_c(writer, " }");
}

static void print_names(struct js_writer *writer, const struct js *node) {
    struct js_writer measure = js_writer_measure(writer, 7 + (unsigned)node->text.size);
    print_names_flat(&measure, node);
    if (!measure.too_wide) {
        print_names_flat(writer, node);
        return;
    }
    js_write_c(writer, "{");
    writer->indent++;
    for (unsigned i = 0; i < node->list.of.count; i++) {
        js_write_line(writer);
        print_import_name(writer, node->list.of.items[i]);
        js_write_c(writer, ",");
    }
    writer->indent--;
    js_write_line(writer);
    js_write_c(writer, "}");
}

static void print_import(struct js_writer *writer, const struct js *node) {
    js_write_c(writer, "import ");
    if (node->a != NULL) {
        js_print_expression(writer, node->a, 0);
        js_write_c(writer, node->list.of.count > 0 ? ", " : "");
    }
    if (node->b != NULL) {
        js_write_c(writer, "* as ");
        js_print_expression(writer, node->b, 0);
    }
    if (node->list.of.count > 0) {
        print_names(writer, node);
    }
    if (node->a != NULL || node->b != NULL || node->list.of.count > 0) {
        js_write_c(writer, " from ");
    }
    js_write(writer, node->text);
    print_end(writer);
}

static void print_export_names(struct js_writer *writer, const struct js *node) {
    js_write_c(writer, "export ");
    if (node->list.of.count > 0) {
        print_names(writer, node);
    } else {
        js_write_c(writer, "*");
    }
    if (node->text.size > 0) {
        js_write_c(writer, " from ");
        js_write(writer, node->text);
    }
    print_end(writer);
}

static void print_export_default(struct js_writer *writer, const struct js *node) {
    js_write_c(writer, "export default ");
    if (node->a->kind == JS_OBJECT) {
        js_print_expression(writer, node->a, 1);
    } else {
        js_print_leading(writer, node->a, 1);
    }
    print_end(writer);
}

static void print_comment(struct js_writer *writer, const struct js *node) {
    for (size_t start = 0; start <= node->text.size;) {
        size_t end = str_find(node->text, '\n', start);
        if (start > 0) {
            js_write_line(writer);
        }
        struct str line = str_slice(node->text, start, end);
        js_write_c(writer, "//");
        if (line.size > 0 && line.data[0] != ' ') {
            js_write_c(writer, " ");
        }
        js_write(writer, line);
        start = end + 1;
    }
}

typedef void print_kind(struct js_writer *writer, const struct js *node);

static print_kind *const printers[JS_KIND_COUNT] = {
    [JS_EXPRESSION] = print_expression,
    [JS_DECLARE] = print_declare,
    [JS_RETURN] = print_return,
    [JS_THROW] = print_throw,
    [JS_IF] = print_if,
    [JS_FOR_OF] = print_for_of,
    [JS_FOR] = print_for,
    [JS_WHILE] = print_while,
    [JS_BLOCK] = js_print_block,
    [JS_BREAK] = print_jump,
    [JS_CONTINUE] = print_jump,
    [JS_TRY] = print_try,
    [JS_LABEL] = print_label,
    [JS_CLASS] = print_class,
    [JS_FUNCTION] = print_function,
    [JS_IMPORT] = print_import,
    [JS_EXPORT_NAMES] = print_export_names,
    [JS_EXPORT_DEFAULT] = print_export_default,
    [JS_COMMENT] = print_comment,
};

static void print_statement(struct js_writer *writer, const struct js *node) {
    print_kind *print = printers[node->kind];
    if (print == NULL) {
        return;
    }
    if (node->kind != JS_FUNCTION && node->kind != JS_CLASS) {
        js_write_place(writer, node->place);
    }
    if ((node->flags & JS_IS_EXPORTED) != 0) {
        js_write_c(writer, (node->flags & JS_IS_DEFAULT) != 0 ? "export default " : "export ");
    }
    print(writer, node);
}

unsigned js_print_line_end(const struct js_list *statements, unsigned at) {
    const struct js *next = at + 1 < statements->of.count ? statements->of.items[at + 1] : NULL;
    return next != NULL && (next->flags & JS_IS_TRAILING) != 0 ? at + 2 : at + 1;
}

void js_print_line(struct js_writer *writer, const struct js_list *statements, unsigned at) {
    const struct js *node = statements->of.items[at];
    if (at > 0 && (node->flags & JS_BLANK_BEFORE) != 0) {
        js_write_line(writer);
    }
    print_statement(writer, node);
    if (js_print_line_end(statements, at) == at + 2) {
        js_write_c(writer, " ");
        print_statement(writer, statements->of.items[at + 1]);
    }
    js_write_line(writer);
}

void js_print_statements(struct js_writer *writer, const struct js_list *statements) {
    for (unsigned i = 0; i < statements->of.count; i = js_print_line_end(statements, i)) {
        js_print_line(writer, statements, i);
    }
}
