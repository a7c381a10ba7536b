/* checks: the state of one check_file() run, shared by the files that check; private to this layer. */
#ifndef TOVA_ANALYSIS_CHECKS_H
#define TOVA_ANALYSIS_CHECKS_H

#include "analysis/known_parts.h"
#include "analysis/package.h"
#include "analysis/symbols.h"
#include "analysis/typer.h"
#include "analysis/values.h"
#include "parser/base/stop.h"
#include "parser/syntax/node.h"

struct check_memory;

/* ---- check_parts.c: the statements of blocks, with what stands between them */
struct check_parts {
    VEC(node_id) starts; /* in order; the last one is the end */
    uint32_t count;
    uint8_t *quiet; /* per part: nothing is to be said about it, as it was */
    uint8_t *loud;  /* per part: something was found in it */
    struct known_parts described; /* for the memory, where they had to be described anew */
};
struct check_part {
    uint32_t index;
    node_id start, end; /* its nodes */
    unsigned found;     /* diagnostics, before it was looked at */
};

/* ---- imported_traits.c: the names of functions of traits that the files of a package can import, in order */
struct imported_traits {
    const struct package *package;
    VEC(atom_id) names;
    bool any; /* a module is missing, which may offer whatever it likes */
};

struct check {
    struct arena *arena;
    const struct file_analysis *file;
    const struct package *package;
    const struct summary *summary; /* of this file; NULL when the package has none */
    struct diagnostic_list *list;
    struct str servers;   /* what the servers offer, in words; empty until it is first needed */
    struct typer typer;   /* types of values, with those of the package */
    struct values values; /* the same, as far as it is certain, with those of the language */
    const struct stop *stop; /* asked between two checks, and in those that take longest; may be NULL */
    struct check_parts parts;
    VEC(struct imported_traits) imported_traits; /* of the packages that were asked for */
    unsigned suggestions; /* how many "did you mean" may still be looked for: each one reads the whole package */
};

/* Finds the parts, and which of them need no look by what the memory (may be NULL) says. */
void parts_init(struct check *check, struct check_memory *memory);
/* The number of the part that holds a node. */
uint32_t parts_holding(const struct check *check, node_id node);
/* Fills the memory, after a whole check. */
void parts_keep(const struct check *check, struct check_memory *memory);
/* The next part that has to be looked at; a zeroed *part begins. What is found between two calls is of the part. For checks of
 * a statement that see nothing of other statements but what is declared of them. */
bool parts_next(struct check *check, struct check_part *part);
/* The same from the last one to the first. */
bool parts_before(struct check *check, struct check_part *part);
/* The part is looked at the next time, too, whatever is found in it. */
void parts_keep_looking(struct check *check, const struct check_part *part);
void parts_look_again(struct check *check, node_id node); /* the same for the part that holds the node */

/* ---- check_names.c */
/* Names that no file of the package declares, and assignments to what another file declares. */
void check_names(struct check *check);
/* Names that a function makes where another file has a variable of that name: likely meant to be assigned. */
void check_variables(struct check *check);
/* Names that another file declares for the same block. */
void check_duplicates(struct check *check);
/* Routes behind a middleware whose function can be called by RPC without it. */
void check_open_twins(struct check *check);

/* ---- check_paths.c */
/* Parts of a route's path that its function does not take. */
void check_paths(struct check *check);

/* ---- check_waits.c */
/* Answers of servers in markup that nothing waits for. */
void check_waits(struct check *check);
/* The innermost function, effect, computed value, component or store around a node, or the file. */
node_id check_function_around(const struct file_analysis *file, node_id node);

/* ---- check_promises.c */
/* A promise that a call gives and that is taken for its value; `then` of an answer that is awaited already. */
void check_promise(struct check *check, node_id call);

/* ---- check_uncalled.c */
/* A function that a name or `server.name` means, where what it gives is meant. */
void check_uncalled_name(struct check *check, node_id identifier);
void check_uncalled_endpoint(struct check *check, node_id member);
/* The same where it is given to a state. */
void check_uncalled_assigned(struct check *check, node_id assignment);
/* Is it the name of a function that is declared, which is read? */
bool uncalled_is_function(struct check *check, node_id node);

/* ---- check_called.c */
/* A call of a value that is certainly no function. */
void check_called_value(struct check *check, node_id call);

/* ---- check_dollars.c */
/* `${…}` in a string where no amount of money can be meant. */
void check_dollars(struct check *check, node_id string);

/* ---- check_handlers.c */
/* What an element of the page is to do at events, where that certainly never happens. */
void check_handlers(struct check *check, node_id element);

/* ---- check_markup.c */
/* Words in the tag of an element of the page that are slips of what HTML, or the language, has. */
void check_markup(struct check *check, node_id element);
/* The event that is meant by a name in small letters that is none; empty when it is one, or near to none. Borrowed forever. */
struct str markup_event_meant(struct str event);

/* ---- check_states.c */
/* A list of a state that a call changes in place. */
void check_changed_state(struct check *check, node_id call);

/* ---- check_databases.c */
/* Models: fields from nowhere, relations to what is no model. */
void check_databases(struct check *check);
/* A call of a database or a model: values that are part of the text of SQL, functions that no model has. */
void check_database_call(struct check *check, node_id call);

/* ---- check_words.c */
/* `null` and `undefined`. */
void check_words(struct check *check);
/* Reports an undefined name that is a word of another language, if it is one. */
bool words_report_undefined(struct check *check, const struct binding *binding, struct str name);
/* Does such a word at `before` explain why a statement's end is missed at `separator`? */
bool words_explain(const struct file_analysis *file, struct span before, struct span separator);

/* ---- check_type_words.c */
/* `null`, `undefined` and `Boolean` as types: names of JavaScript that are there, and mean what Tova has a type for. */
void check_type_words(struct check *check);
/* Reports an undefined type that is one of another language, if it is one and the program has none of nearly this name. */
bool type_words_report_undefined(struct check *check, const struct binding *binding, struct str name);

/* ---- check_modules.c */
/* Imports: is there such a module, has it the name, does it offer it, and does it import this very file? */
void check_modules(struct check *check);
/* A name of a module that is written at the node: is it there, and offered? */
struct module;
void modules_check_name(struct check *check, const struct module *module, atom_id name, node_id node);
/* What helps with an undefined name that exactly one neighbouring module offers: its import. */
struct import_offer {
    struct str sentence;
    struct diagnostic_fix fix;
};
/* False when there is no such module; *offer is then as it was. */
bool import_offer_find(struct check *check, const struct binding *binding, struct import_offer *offer);

/* ---- check_endpoints.c */
/* Server functions that can be reached and that nothing calls. */
void check_endpoints(struct check *check);

/* ---- check_unused.c */
/* Values, imports, parameters and functions that nothing uses. */
void check_unused(struct check *check);

/* ---- check_shadows.c */
/* New names of a function where a name outside of it was meant to be assigned, or can be taken for it. */
void check_shadows(struct check *check);
/* Does the symbol's assignment make a name that nothing reads, where one outside of the function was likely meant? */
bool shadow_is_lost(const struct check *check, const struct symbol *symbol);

/* ---- check_reachable.c */
/* Statements behind one that never lets the next one run. */
void check_reachable(struct check *check);

/* ---- variants.c */
/* One variant of a type: how it is written as a pattern that takes all of it, `Circle(r)`. */
struct variant {
    struct str name, pattern;
    uint32_t fields;
};
struct variants {
    struct str type; /* the type's name */
    VEC(struct variant) list;
};
/* All variants of the type that has the one which a node of a pattern names (`Circle`, `Shape.Circle`); none when it is not
 * known. Lives in the check's arena. */
struct variants variants_of(struct check *check, node_id name);

/* ---- check_match.c */
/* Does an arm take every value: a name or `_`, without a condition? */
bool match_arm_takes_all(const struct syntax_tree *tree, node_id arm);
/* Cases that no arm of a `match` takes, and arms that no value reaches. */
void check_match(struct check *check, node_id node);

/* ---- check_keys.c: what stands twice */
/* Keys of an object, properties of a tag, fields of a type, functions of an `impl`. */
void check_object(struct check *check, node_id node);
void check_tag(struct check *check, node_id node);
void check_fields_of_type(struct check *check, node_id node);
void check_impl(struct check *check, node_id node);
/* Names that the module offers to importers. */
void check_exports(struct check *check);
/* Routes of this file whose method and path another route before them has. */
void check_routes(struct check *check);

/* ---- check_members.c */
/* Has every object of JavaScript, or every value of a type, a member of this name? */
bool member_is_of_every_object(struct str name);
/* A member that the known type of a value, a store or a type does not have. */
void check_member(struct check *check, node_id node);
/* The same for a name that stands behind no dot, of a value of a type or a row of a model. */
void check_member_of(struct check *check, node_id name, struct known_type type);

/* ---- check_records.c */
/* The same of a record whose fields are known: that it has nearly the name. */
void check_member_of_record(struct check *check, node_id name, struct type record);

/* ---- imported_traits.c */
/* Has a trait that a file of the package can import, through whatever modules hand it on, a function of this name? True as well
 * where one of these modules is missing. */
bool imported_trait_offers(struct check *check, const struct package *package, atom_id name);

/* ---- check_fields.c */
/* What `{ title } = book` takes out of a value. */
void check_taken_fields(struct check *check, node_id assignment);
/* What a model is asked for, and given: names of its columns. */
void check_columns(struct check *check, node_id call);

/* ---- check_natives.c */
/* `object.property` of a value that is a text, a list, a number or a truth. */
void check_native_member(struct check *check, node_id object, node_id property, struct type type);

/* ---- check_nodes.c: one walk over the tree for what is wrong with a node whatever its names mean */
void check_nodes(struct check *check);
/* ---- check_places.c: `await`, `yield`, `defer` out of place */
void check_await(struct check *check, node_id node);
void check_yield(struct check *check, node_id node);
void check_defer(struct check *check, node_id node);

/* ---- check_directives.c: what belongs to a directive and what it is given, by the table of directives */
void check_directive(struct check *check, node_id node);
/* A condition behind `with` that the runtime has: what it is given. */
void check_guard(struct check *check, node_id node);

/* ---- check_aliases.c */
void check_aliases(struct check *check);

/* ---- check_traits.c */
void check_traits(struct check *check);

/* ---- check_services.c */
/* The time behind `schedule`, where it is written out. */
void check_schedule(struct check *check, node_id node);
/* `spawn_job("name")`: is there such a job? */
void check_job(struct check *check, node_id node);

/* ---- ignores.c */
/* Takes out what `// tova-ignore CODE` comments silence, and hints at those that silence nothing. The list is sorted, and
 * is so afterwards. */
void ignores_apply(struct check *check);

/* ---- fixes.c */
/* Sets the diagnostic's fix: `span` becomes `replacement`, which lives in the check's arena; title by format. */
void fix_set(struct check *check, struct diagnostic *diagnostic, struct span span, struct str replacement,
             const char *title, ...) __attribute__((format(printf, 5, 6)));
/* Sets a fix that removes the span, and its lines as a whole where nothing else stands on them. */
void fix_remove(struct check *check, struct diagnostic *diagnostic, struct span span, const char *title, ...)
    __attribute__((format(printf, 4, 5)));
/* The white space that the line of the offset (bytes) begins with; borrowed from the text. */
struct str fix_indentation(const struct check *check, uint32_t offset);

/* ---- fixes_calls.c */
/* Removes a positional argument and those behind it; nothing where one with a name stands there. */
void fix_extra_arguments(struct check *check, struct diagnostic *diagnostic, node_id first);
/* Removes the named argument, or the pair, that has the name. */
void fix_second_argument(struct check *check, struct diagnostic *diagnostic, node_id name);
/* Adds arguments, or entries, with a value of their type that has to be looked at; nothing where none is known. */
struct missing_argument {
    struct str name, type;
};
void fix_missing_arguments(struct check *check, struct diagnostic *diagnostic, node_id list,
                           const struct missing_argument *missing, uint32_t count);

/* ---- check_pages.c */
/* Browser blocks with components, none of which is the `App` that a page shows. */
void check_pages(struct check *check);

/* ---- check_types.c, check_type_sites.c: values against what is declared */
/* What is called, as far as its parameters are known. */
struct callee {
    struct str name;
    struct str signature; /* as a summary has it; empty for what this file declares: declared_here() says it */
    const struct summary_parameter *parameters;
    uint32_t count;
    bool optional; /* whatever is left out is fine: properties of components */
    bool record;   /* its parameters are fields */
    bool remote;   /* a server's function, called from outside */
    struct span declared;
    struct str path; /* of the file that declares it */
    uint32_t symbol; /* its declaration: in this function's file, or */
    struct package_symbol member;
};
/* What is shown at the name of this file that something else is about. Lives in the check's arena. */
struct str declared_here(struct check *check, struct span name);
/* What a function, component, type or variant of this file takes. */
struct callee callee_of_local(struct check *check, uint32_t symbol);
/* The component whose tag an element is, of whichever file; false where it is none that is known. */
bool component_meant(struct check *check, node_id element, struct callee *callee);
/* What a parameter is declared to be; unknown for patterns and for what takes all the rest. */
struct type parameter_type(struct check *check, const struct callee *callee, uint32_t index);
/* May there be nothing where this is declared? So it is too where nothing is known. */
bool may_miss(struct type type);
/* check_properties.c: a component's element against the properties that the component has. */
void check_properties(struct check *check, node_id element);
/* What a value has to be, and who says so. */
enum subject {
    SUBJECT_PART,    /* a parameter or field: `name` of `owner` */
    SUBJECT_NAME,    /* what is called `name` */
    SUBJECT_RESULT,  /* of the function `name`, which may have none */
    SUBJECT_ELEMENT, /* of a list of the type `owner` */
    SUBJECT_CARRIED  /* what `name` (Ok, Err, Some) is given */
};
struct expected {
    struct type type;
    enum diagnostic_code code;
    enum subject subject;
    struct str name, owner;
    struct span declared; /* where the type is said; empty where nothing has to be shown */
    struct str path;      /* of that file; empty for this one */
    struct str said;      /* what is shown there; empty for declared_here() */
    bool remote;          /* a server looks at it too */
};
/* The value of an expression, branch by branch and element by element, against what it has to be. */
void check_expected(struct check *check, node_id node, const struct expected *expected);
/* The arguments of a call by their parameters' types, by place and by name. */
void check_argument_types(struct check *check, node_id call, const struct callee *callee);
/* The entries of an object that is all that a function or a type is given. */
void check_entry_types(struct check *check, node_id object, const struct callee *callee);
/* Properties of a component's tag, what a function returns, what names and fields are given, operands. */
void check_property_types(struct check *check, node_id element);
void check_function_type(struct check *check, node_id function);
void check_return_type(struct check *check, node_id statement);
void check_declared_type(struct check *check, node_id declaration);
void check_assigned_type(struct check *check, node_id assignment);
void check_augmented_type(struct check *check, node_id assignment);
void check_operand_types(struct check *check, node_id operation);

/* ---- check_arguments.c */
/* The arguments of a call, or the entries of an object that stands for them; what is missing is said at `where`. */
void check_arguments(struct check *check, node_id call, node_id where, const struct callee *callee);
void check_given_fields(struct check *check, node_id object, node_id where, const struct callee *callee);
/* A single object is the body of the request, and its fields are the arguments (seed "RPC with Arguments"). Does it apply, and is
 * all said? */
bool check_body_form(struct check *check, const struct rpc_use *use, const struct callee *callee);
/* Shows what is called beside a diagnostic about its call. */
void callee_relate(struct check *check, struct diagnostic *diagnostic, const struct callee *callee);
/* The parameter whose name is nearest to one that there is not; empty when none is near. */
struct str callee_nearest(const struct check *check, const struct callee *callee, struct str name);

/* ---- check_calls.c */
/* A call of a function or type by its name: arguments, how many and by which names. */
void check_call_of_name(struct check *check, node_id call);
/* `Point { x: 1 }`: the entries against the fields. What is no struct has no fields to be put in order. */
void check_struct(struct check *check, node_id literal);
/* What a function, component, type or variant of any file of the package takes. */
struct callee callee_of_package(struct check *check, struct package_symbol symbol);

/* ---- check_rpc.c */
/* Calls of servers: does one have the function, only one, with an endpoint, and is the call where it may stand? */
void check_rpc_uses(struct check *check);

/* ---- suggest.c: the nearest name to a wrong one; empty when none is near */
struct suggestion {
    struct str wanted, best;
    unsigned distance, limit;
    uint64_t letters; /* those of `wanted`, a bit each */
};
/* A search for names near `wanted`, which is borrowed. */
struct suggestion suggestion_for(struct str wanted);
/* Takes the candidate, borrowed, when it is nearer than the best one. */
void suggestion_offer(struct suggestion *suggestion, struct str candidate);
/* Among all names, or types, that can be written at the node. */
struct str suggest_name(struct check *check, const struct binding *binding);
/* Among the endpoints of a server, or of all. */
struct str suggest_endpoint(struct check *check, const struct rpc_use *use);
/* " Did you mean `x`?", or nothing. */
struct str suggestion_sentence(struct arena *arena, struct str best);
/* Makes the suggestion the diagnostic's fix, when there is one. */
void suggestion_fix(struct arena *arena, struct diagnostic *diagnostic, struct span span, struct str best);

#define CHECK_REPORT(check, code, span, ...)                                                                           \
    diagnostic_add((check)->arena, (check)->list, DIAGNOSTIC_##code, (span), __VA_ARGS__)

#endif
