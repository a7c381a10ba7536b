/* package: the files that are one program, known by their summaries; and who means whom among them.
 *
 * The files of a directory merge when one of them has a block (an application); where none has one, each file is a module
 * and a package by itself. Who holds files decides that by summary_has_blocks() and puts them in accordingly.
 * The identity of a server function is (package, server name, function); nothing is matched by bare name alone. Summaries
 * are shared with who has put them in. Adding or replacing one changes nothing else.
 */
#ifndef TOVA_ANALYSIS_PACKAGE_H
#define TOVA_ANALYSIS_PACKAGE_H

#include "analysis/summary.h"

struct package;

/* A symbol of some file of a package; both pointers are valid until that file's summary is replaced. */
struct package_symbol {
    const struct summary *file;
    const struct summary_symbol *symbol; /* NULL when nothing was found */
};

struct package *package_create(struct atom_table *atoms);

/* Tells a package how to find other packages; borrowed for its life. Without it no import leads anywhere. */
struct modules;
void package_join(struct package *package, const struct modules *modules);
void package_destroy(struct package *package);

/* Puts a file's summary in, in place of an older one of the same path. Takes over the reference. */
void package_put(struct package *package, struct summary *summary);

/* A package with the same files but for those of `changed`, whose references it takes over and which are newer summaries of files
 * that it has. */
struct package *package_derive(const struct package *original, struct summary *const *changed, uint32_t count);

/* Takes a file out; false when it was not in. */
bool package_remove(struct package *package, struct str path);

/* Takes out the file that stands first, and gives its reference to the caller. There is one. */
struct summary *package_take(struct package *package);

const struct summary *package_file(const struct package *package, struct str path);

/* The files in order of their path. */
uint32_t package_file_count(const struct package *package);
const struct summary *package_file_at(const struct package *package, uint32_t index);

/* Does some file use a name that it does not declare itself; without calling it, when `passed`? */
bool package_asks(const struct package *package, atom_id name, bool passed);

/* Does some file call a server's function of this name, or is it the handler of a route? Whichever function is meant. */
bool package_calls(const struct package *package, atom_id name);

/* Does some `impl` of the package give a type of this name the function, or does some trait offer one of this name? */
bool package_has_method(const struct package *package, atom_id type, atom_id name);

/* A hash over all surfaces, for "need others be checked again". */
uint64_t package_surface(const struct package *package);

/* The distinct server blocks of the package: the unnamed one first, then named ones in order of path and place; the
 * position is the server's index for its default port. Lives in the arena. */
struct package_servers {
    struct block_key *keys;
    uint32_t count;
};
struct package_servers package_servers(struct arena *arena, const struct package *package);

/* The block-level symbol `name` as code in `block` sees it: the block's own members in any file, then shared, then module
 * level. `type` asks for a type (a type wins over a model of the same name); otherwise a model wins. */
struct package_symbol package_lookup(const struct package *package, struct block_key block, atom_id name, bool type);

/* The same for a use: as a type, as a value; and a call of a name that is both means the type, since models are not
 * called. */
struct package_symbol package_meaning(const struct package *package, struct block_key block, atom_id name,
                                      enum access access);

/* The only model of the name that the servers of the package have; nothing where several have one. */
struct package_symbol package_model(const struct package *package, atom_id name);

/* The member `name` of exactly this block. */
struct package_symbol package_member(const struct package *package, struct block_key block, atom_id name);

/* A declaration of the symbol's name for the same block in another file than its own. */
struct package_symbol package_other_declaration(const struct package *package, const struct summary *file,
                                                const struct summary_symbol *symbol);

/* The first middleware of a server that can refuse a request. */
struct package_symbol package_refusing_middleware(const struct package *package, struct block_key server);

enum rpc_resolution { RPC_FOUND, RPC_UNKNOWN, RPC_AMBIGUOUS, RPC_NO_ENDPOINT };

/* Who answers `server.name()` (server ATOM_NONE: the unnamed server's function, else the one named server that has it) or
 * `peer.name()`. Writes *found for RPC_FOUND and RPC_NO_ENDPOINT, and the first candidate for RPC_AMBIGUOUS. */
enum rpc_resolution package_resolve_rpc(const struct package *package, atom_id server, atom_id name,
                                        struct package_symbol *found);

/* Calls visit for every function with an endpoint (of `server` only when `one_server`). */
void package_each_endpoint(const struct package *package, bool one_server, atom_id server,
                           void (*visit)(void *context, struct package_symbol endpoint), void *context);

/* Calls visit for every block-level symbol that code in `block` can see from other files and its own. */
void package_each_visible(const struct package *package, struct block_key block,
                          void (*visit)(void *context, struct package_symbol symbol), void *context);

/* Calls visit for every use of a block-level symbol in the package: its declaration, plain uses, and RPC uses that resolve
 * to it; in order of path and place. `declaration` tells which is which. */
struct package_use {
    const struct summary *file;
    struct span span;
    enum access access;
    bool declaration, rpc;
};
void package_each_use(const struct package *package, struct package_symbol target,
                      void (*visit)(void *context, struct package_use use), void *context);

#endif
