/* peers: how code calls a server by its name: server code the other servers of its program and those that it has
 * discovered, a page those of its program (`server.f()` in a page asks whichever has f).
 *
 * A server is called by its own name, with `_` for what no identifier has: `my_api.f()` is the f of `server "my-api"`.
 * `discover` says where a server is; without it the name alone does, when nothing that the code sees has that name, builtins
 * excepted. Which function is meant is package_resolve_rpc's business.
 */
#ifndef TOVA_ANALYSIS_PEERS_H
#define TOVA_ANALYSIS_PEERS_H

#include "analysis/package.h"

/* The name by which code calls a server: "my-api" is my_api. Lives in the arena, or is `server` itself. */
struct str peer_identifier(struct arena *arena, struct str server);

/* The server of the package that code calls by this name; ATOM_NONE when there is none. Its own name is one too. */
atom_id peer_server(const struct package *package, atom_id name);

/* May code of `block` call a peer by this name, though its file neither declares nor discovers it? */
bool peer_is_meant(const struct package *package, struct block_key block, atom_id name);

/* Does `name.function` in code of `block` mean the function of a peer? A builtin of that name gives way to a server of the
 * package that has the function, where it has no such member itself. */
bool peer_function_is_meant(const struct package *package, struct block_key block, atom_id name, atom_id function);

/* The use of a server's function that a member expression is, as the package knows it; NULL when it is none. */
const struct rpc_use *peer_rpc_use(const struct package *package, const struct file_analysis *file, node_id member);

/* Is what looks like the use of a peer by its name alone really one? True for every other use. */
bool peer_use_holds(const struct package *package, const struct file_analysis *file, const struct rpc_use *use);

#endif
