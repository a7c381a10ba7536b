/* database: which database the code of a server block talks to, as its `db { }` says.
 *
 * The answer decides two things. Who is asked over a connection answers with promises, so calls of models and of `db` are
 * awaited by inference (async.h); SQLite is part of the process and answers at once, so nothing is awaited, as the seed's
 * listing has it. And an application ships the adapter that it uses. Where only the run of the program tells, as for
 * `url: env("DATABASE_URL")` without an adapter, DATABASE_ANY has all adapters and answers with promises always.
 */
#ifndef TOVA_ANALYSIS_DATABASE_H
#define TOVA_ANALYSIS_DATABASE_H

#include "analysis/builtins.h"
#include "analysis/program.h"

enum database { DATABASE_SQLITE, DATABASE_POSTGRES, DATABASE_MYSQL, DATABASE_ANY };

/* The database of a server block, in all files of the program; SQLite where it has no `db { }`. */
enum database database_of(const struct program *program, struct block_key block);

/* The `db { }` of a server block in one file, or NODE_NONE. */
node_id database_directive(const struct file_analysis *file, struct block_key block);

/* Are its answers promises? */
static inline bool database_waits(enum database database) { return database != DATABASE_SQLITE; }

/* The database that an adapter's name or the scheme of a URL means; false when it is none. */
bool database_by_name(struct str name, enum database *database);

/* The functions that every model has (builtins/models.def), from 0; false behind the last. */
bool model_member_at(unsigned index, struct builtin_member *member);

/* Finds one by name; false when there is none. */
bool model_member_find(struct str name, struct builtin_member *member);

/* What such a function takes at a position (from 0): what is written, or conditions, both by the names of columns; or
 * something else. */
enum model_takes { MODEL_TAKES_OTHER, MODEL_TAKES_FIELDS, MODEL_TAKES_CONDITIONS };
enum model_takes model_member_takes(struct str name, unsigned position);

/* The type of the records of the model that a name stands for: `Room` of `Room` and `RoomModel`. A part of the name. */
struct str model_record(struct str name);

/* The signature of such a function of the model that a name stands for: `fn all(options: Any = nil) -> [Room]`. */
struct str model_member_signature(struct arena *arena, const struct builtin_member *member, struct str name);

#endif
