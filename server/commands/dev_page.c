/* The server of a page that no server block serves. */
#include "server/commands/dev_page.h"

#include "codegen/naming.h"
#include "codegen/runtime.h"
#include "parser/base/limits.h"
#include "parser/base/path.h"

static bool has_kind(const struct emission *emission, enum output_kind kind) {
    for (uint32_t i = 0; i < emission->count; i++) {
        if (emission->outputs[i].kind == kind) {
            return true;
        }
    }
    return false;
}

/* A JavaScript string. */
static void add_quoted(struct strbuf *code, struct str text) {
    strbuf_add_byte(code, '"');
    for (size_t i = 0; i < text.size; i++) {
        if (text.data[i] == '"' || text.data[i] == '\\') {
            strbuf_add_byte(code, '\\');
        }
        strbuf_add_byte(code, text.data[i]);
    }
    strbuf_add_byte(code, '"');
}

/* The path of an output below the folder that holds the runtime. */
static void add_path(struct strbuf *code, const struct emission *emission, struct str name) {
    struct arena scratch = {0};
    add_quoted(code, path_join(&scratch, emission->below, name));
    arena_finish(&scratch);
}

/* The files that a page may load: its own module, the shared one, and what those import of the runtime. */
static void add_modules(struct strbuf *code, const struct emission *emission, const struct output *page) {
    struct runtime_set runtime = page->runtime;
    add_path(code, emission, page->name);
    for (uint32_t i = 0; i < emission->count; i++) {
        const struct output *output = &emission->outputs[i];
        if (output->kind == OUTPUT_SHARED) {
            strbuf_add_c(code, ", ");
            add_path(code, emission, output->name);
            runtime_add_all(&runtime, output->runtime);
        }
    }
    runtime = runtime_closure(runtime);
    for (int i = 0; i < RUNTIME_MODULE_COUNT; i++) {
        enum runtime_module module = (enum runtime_module)i;
        if (runtime_has(runtime, module) && runtime_is_for_browser(module)) {
            strbuf_add_c(code, ", \"runtime/");
            strbuf_add(code, runtime_file_name(module));
            strbuf_add_c(code, "\"");
        }
    }
}

/* The unnamed browser block stands at "/", "admin" at "/admin". */
static void add_page(struct strbuf *code, const struct emission *emission, const struct output *page) {
    size_t colon = str_find(page->label, ':', 0);
    struct str name = str_slice(page->label, colon + 1, page->label.size);
    strbuf_add_c(code, "__addPage(\"/");
    strbuf_add(code, name);
    strbuf_add_c(code, "\", {\n  title: ");
    add_quoted(code, emission->base);
    strbuf_add_c(code, ",\n  script: ");
    add_path(code, emission, page->name);
    strbuf_add_c(code, ",\n  modules: [");
    add_modules(code, emission, page);
    strbuf_add_c(code, "],\n});\n");
}

static struct output make_server(struct emission *emission) {
    struct output server = {
        .kind = OUTPUT_SERVER,
        .block = {.kind = BLOCK_SERVER, .name = ATOM_NONE},
        .name = naming_file(&emission->arena, emission->base, BLOCK_SERVER, STR("")),
        .label = STR("server"),
        .runtime = runtime_only(RUNTIME_SERVER),
        .port = NAMING_FIRST_PORT,
    };
    strbuf_init(&server.code, LIMIT_OUTPUT_BYTES);
    struct str up = naming_way_up(&emission->arena, emission->below);
    strbuf_printf(&server.code,
                  "import { createServer } from \"%.*sruntime/server.js\";\n\n"
                  "const { __addPage, __listen } = createServer({ port: %d, root: `${import.meta.dir}/%.*s` });\n\n",
                  STR_ARGUMENTS(up), NAMING_FIRST_PORT, STR_ARGUMENTS(str_slice(up, 0, up.size - 1)));
    for (uint32_t i = 0; i < emission->count; i++) {
        if (emission->outputs[i].kind == OUTPUT_CLIENT) {
            add_page(&server.code, emission, &emission->outputs[i]);
        }
    }
    strbuf_add_c(&server.code, "__listen();\n");
    return server;
}

void dev_page_add(struct emission *emission) {
    if (!has_kind(emission, OUTPUT_CLIENT) || has_kind(emission, OUTPUT_SERVER)) {
        return;
    }
    struct output *outputs = arena_array(&emission->arena, struct output, emission->count + 1);
    uint32_t shared = has_kind(emission, OUTPUT_SHARED) ? 1 : 0;
    outputs[shared] = make_server(emission);
    for (uint32_t i = 0; i < emission->count; i++) {
        outputs[i < shared ? i : i + 1] = emission->outputs[i];
    }
    emission->outputs = outputs;
    emission->count++;
}
