/* The seed documents: their two programs are without fault, and no fragment upsets the analysis. Takes the folder of the
 * documents as its argument; where that is not there, the tests are skipped and say so. */
#include "tests/unit/analysis/fixture.h"

#include "parser/base/strbuf.h"

#include <unistd.h>

enum { PROGRAM_LINES = 30 };

static bool read_document(const char *folder, const char *name, struct strbuf *out) {
    char path[1024];
    char buffer[4096];
    size_t count;
    snprintf(path, sizeof path, "%s/%s", folder, name);
    FILE *file = fopen(path, "rb");
    if (file == NULL) {
        return false;
    }
    while ((count = fread(buffer, 1, sizeof buffer, file)) > 0) {
        strbuf_add(out, (struct str){buffer, count});
    }
    return fclose(file) == 0;
}

/* Words before and behind a listing. rpc-browser.md is the text of a web page, without fences: of it only the program. */
struct fence {
    const char *open, *close;
};
static const struct fence fenced = {"```tova\n", "```"};
static const struct fence unfenced = {"Tova Source\n", "Generated Server"};

/* The next listing behind *at. */
static bool next_fragment(struct str text, struct fence fence, size_t *at, struct str *fragment) {
    const char *open = strstr(text.data + *at, fence.open);
    const char *start = open == NULL ? NULL : open + strlen(fence.open);
    const char *close = start == NULL ? NULL : strstr(start, fence.close);
    if (close == NULL) {
        return false;
    }
    *fragment = (struct str){start, (size_t)(close - start)};
    *at = (size_t)(close - text.data) + strlen(fence.close);
    return true;
}

static unsigned count_lines(struct str text) {
    unsigned lines = 0;
    for (size_t i = 0; i < text.size; i++) {
        lines += text.data[i] == '\n';
    }
    return lines;
}

/* A program has nothing to say above information; a fragment may be incomplete, but never without words. */
static void check_fragment(struct str fragment, bool program) {
    struct fixture f;
    fixture_init(&f);
    struct file_analysis *file = fixture_put(&f, "/app.tova", fragment);
    struct diagnostic_list list = check_file(&f.arena, file, f.package, NULL);
    for (unsigned i = 0; i < list.list.count; i++) {
        const struct diagnostic *diagnostic = &list.list.items[i];
        assert_true(diagnostic->message.size > 0);
        if (program && diagnostic->severity < SEVERITY_INFORMATION) {
            fprintf(stderr, "%.*s\n", STR_ARGUMENTS(diagnostic->message));
            fail();
        }
    }
    struct program *linked = program_create(&f.arena, f.atoms, f.files, 1);
    program_finish(linked);
    fixture_finish(&f);
}

static void check_document(const char *folder, const char *name, struct fence fence) {
    struct strbuf text;
    strbuf_init(&text, 1 << 24);
    assert_true(read_document(folder, name, &text));
    struct str fragment;
    unsigned programs = 0;
    for (size_t at = 0; next_fragment(strbuf_str(&text), fence, &at, &fragment);) {
        bool program = count_lines(fragment) > PROGRAM_LINES;
        programs += program;
        check_fragment(fragment, program);
    }
    assert_int_equal(programs, 1);
    strbuf_finish(&text);
}

static void the_multi_server_program_is_without_fault(void **state) {
    check_document(*state, "multi-server.md", fenced);
}
static void the_rpc_browser_program_is_without_fault(void **state) {
    check_document(*state, "rpc-browser.md", unfenced);
}
static void the_rpc_client_program_is_without_fault(void **state) { check_document(*state, "rpc-client.md", fenced); }

int main(int count, char **words) {
    if (count < 2 || access(words[1], R_OK) != 0) {
        printf("1..0 # SKIP the seed documents are not beside the repository\n");
        return 0;
    }
    void *folder = words[1];
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_prestate(the_multi_server_program_is_without_fault, folder),
        cmocka_unit_test_prestate(the_rpc_browser_program_is_without_fault, folder),
        cmocka_unit_test_prestate(the_rpc_client_program_is_without_fault, folder),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
