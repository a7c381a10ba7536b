/* How much is looked at for members: the same for each, however many there are and however modules hand each other on. */
#include "tests/unit/analysis/fixture.h"

#include "analysis/modules.h"
#include "parser/base/strbuf.h"

enum { MODULES = 12, MEMBERS = 200, FIELDS = 400, SOURCE_BYTES = 1024 * 1024 };

/* ---- traits of other modules */

struct asked {
    const struct package *package;
    unsigned times;
};

static const struct package *package_of(void *context, struct str path) {
    struct asked *asked = context;
    (void)path;
    asked->times++;
    return asked->package;
}

static bool has_none(void *context, struct str path) {
    (void)context;
    (void)path;
    return false;
}

static void add_line(struct strbuf *source, const char *before, unsigned number, const char *behind) {
    char digits[16];
    snprintf(digits, sizeof digits, "%u", number);
    strbuf_add_c(source, before);
    strbuf_add_c(source, digits);
    strbuf_add_c(source, behind);
}

/* A file that hands on all others. */
static void add_module(struct fixture *f, unsigned number) {
    char path[32];
    struct strbuf source;
    strbuf_init(&source, SOURCE_BYTES);
    for (unsigned i = 0; i < MODULES; i++) {
        if (i != number) {
            add_line(&source, "pub * from \"./m", i, "\"\n");
        }
    }
    add_line(&source, "pub trait T", number, "");
    add_line(&source, " { fn offered", number, "(self) { 1 } }\n");
    snprintf(path, sizeof path, "/p/m%u.tova", number);
    fixture_put(f, path, strbuf_str(&source));
    strbuf_finish(&source);
}

/* How often modules are looked for in a check of so many members that are not there. */
static unsigned times_asked(unsigned members) {
    struct fixture f;
    struct strbuf source;
    fixture_init(&f);
    struct asked asked = {.package = f.package};
    struct modules modules = {.context = &asked, .package_of = package_of, .has_file = has_none, .has_standard = has_none};
    for (unsigned i = 0; i < MODULES; i++) {
        add_module(&f, i);
    }
    strbuf_init(&source, SOURCE_BYTES);
    strbuf_add_c(&source, "type P { x: Int }\nfn f(p: P) {\n  p.offered1()\n");
    for (unsigned i = 0; i < members; i++) {
        add_line(&source, "  missing", i, " = 1\n");
        add_line(&source, "  print(p.missing", i, ")\n");
    }
    strbuf_add_c(&source, "}\n");
    const struct file_analysis *file = fixture_put(&f, "/p/uses.tova", strbuf_str(&source));
    package_join(f.package, &modules);
    assert_int_equal(fixture_count(&f, file, DIAGNOSTIC_UNKNOWN_MEMBER), members);
    strbuf_finish(&source);
    fixture_finish(&f);
    return asked.times;
}

static void modules_are_searched_for_traits_once(void **state) {
    (void)state;
    unsigned once = times_asked(1);
    assert_in_range(once, 1, 16 * MODULES * MODULES);
    assert_int_equal(times_asked(MEMBERS), once);
}

/* ---- fields of records */

/* The bytes that a check takes for MEMBERS reads of a record with so many fields, all of whose types are lists. */
static size_t bytes_of_reads(unsigned fields) {
    struct fixture f;
    struct strbuf source;
    fixture_init(&f);
    strbuf_init(&source, SOURCE_BYTES);
    strbuf_add_c(&source, "type R = { ");
    for (unsigned i = 0; i < fields; i++) {
        add_line(&source, "f", i, ": [Int], ");
    }
    strbuf_add_c(&source, "last: Int }\nfn g(r: R) {\n");
    for (unsigned i = 0; i < MEMBERS; i++) {
        strbuf_add_c(&source, "  print(r.last - 1)\n");
    }
    strbuf_add_c(&source, "}\n");
    const struct file_analysis *file = fixture_put(&f, "/p/a.tova", strbuf_str(&source));
    size_t before = f.arena.used;
    assert_int_equal(fixture_count(&f, file, DIAGNOSTIC_UNKNOWN_MEMBER), 0);
    size_t bytes = f.arena.used - before;
    strbuf_finish(&source);
    fixture_finish(&f);
    return bytes;
}

static void a_read_of_a_record_reads_the_type_of_one_field(void **state) {
    (void)state;
    size_t few = bytes_of_reads(1);
    size_t many = bytes_of_reads(FIELDS);
    assert_in_range(many, few, few + (size_t)FIELDS * MEMBERS); /* less than a byte for each field at each read */
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(modules_are_searched_for_traits_once),
        cmocka_unit_test(a_read_of_a_record_reads_the_type_of_one_field),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
