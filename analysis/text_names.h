/* text_names: strings that name something: a module, a server, an event, a job, a variable of the environment, a class of a
 * style, a parameter in the path of a route. Everything else in quotes is text, in which nothing is a name.
 */
#ifndef TOVA_ANALYSIS_TEXT_NAMES_H
#define TOVA_ANALYSIS_TEXT_NAMES_H

#include "analysis/symbols.h"

enum text_name_kind {
    TEXT_NAME_NONE,
    TEXT_NAME_MODULE,    /* `import … from "./x.tova"` */
    TEXT_NAME_SERVER,    /* `server "api"`, `discover "api"` */
    TEXT_NAME_EVENT,     /* `subscribe "e"`, `publish("e", …)`, `emit("e", …)` */
    TEXT_NAME_JOB,       /* `spawn_job("j")` */
    TEXT_NAME_VARIABLE,  /* `env("NAME")` */
    TEXT_NAME_CLASS,     /* one word of `class="card wide"` */
    TEXT_NAME_PARAMETER, /* `:id` or `*rest` of a route's path */
};

struct text_name {
    enum text_name_kind kind;
    node_id node;     /* the string */
    struct span span; /* of the name: without quotes, without `:` */
    struct str text;
};

/* What the string at offset (bytes) names there. Strings with escapes or interpolations name nothing. */
struct text_name text_name_at(const struct file_analysis *file, uint32_t offset);

/* What a string node names as a whole; not for classes and parameters of paths. */
struct text_name text_name_of(const struct file_analysis *file, node_id string);

/* Where `:name` or `*name` stands in the path of a route, without the mark; empty where it does not. */
struct span text_path_parameter(const struct file_analysis *file, node_id string, struct str name);

#endif
