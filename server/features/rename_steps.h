/* rename_steps: what the files of rename share; private to them.
 */
#ifndef TOVA_SERVER_FEATURES_RENAME_STEPS_H
#define TOVA_SERVER_FEATURES_RENAME_STEPS_H

#include "analysis/occurrences.h"
#include "analysis/traits.h"
#include "server/features/rename.h"

/* A change of one name. */
struct rename_edit {
    const struct file_analysis *file;
    struct span span;       /* what is replaced */
    struct str replacement;
    uint32_t name;          /* where the new name stands in the replacement */
    uint32_t occurrence;    /* offset of the name in the old text */
    uint32_t kept;          /* where the old name of `new: old` stands in the replacement; else 0 */
    int64_t shift;          /* of what stands behind it: bytes that it and those before it in its file add */
};

struct renaming {
    const struct feature_context *context;
    struct entity_list entities; /* what is renamed: one, or all functions that a trait asks for */
    struct str from, to;
    bool event; /* it is an event, and there are no entities */
    bool model; /* one of them is a model, which has a second name: `BookModel` */
    VEC(struct rename_edit) edits; /* in order of path and place, not overlapping */
    struct str problem;
};

/* ---- rename_obstacles.c: why something has to keep its name; empty when nothing speaks against another one */
struct str rename_obstacle(const struct feature_context *context, struct entity entity, struct str name);
/* Why it cannot have the new name, of itself. */
struct str rename_bad_name(const struct feature_context *context, struct entity entity, struct str name);

/* ---- rename_stored.c: what a database knows by name */
/* The model that keeps records of a type, that a model is, or that has a field; none where nothing is kept. */
struct entity rename_model_of(const struct feature_context *context, struct entity entity);
struct str rename_stored_obstacle(const struct feature_context *context, struct entity entity, struct str name);
/* Lets a model keep its table under another name of its own, by the setting `table`: adds an edit behind that of the model's name, or
 * changes that one. */
void rename_keep_table(struct renaming *renaming, struct entity model, struct rename_edit *name);
/* Adds the edits of strings that name a column, `order: "title"`. */
void rename_columns(struct renaming *renaming);
/* What has to be done beside the edits, for people; empty when that is nothing. */
struct str rename_stored_warning(const struct renaming *renaming);

/* ---- rename_values.c */
/* The same of the names of variants and fields, which values in columns have; empty when no model of the program holds such values. */
struct str rename_values_warning(const struct renaming *renaming);

/* ---- rename_texts.c */
/* Adds the edits of strings that start a job by its name. */
void rename_jobs(struct renaming *renaming);
/* Adds the edits of `:id` in the paths of routes. */
void rename_paths(struct renaming *renaming);
/* The edits of an event, or renaming->problem. */
void rename_event(struct renaming *renaming);

/* ---- rename_classes.c */
/* Says of a class of a style, when one is at offset, what rename_prepare says; false when none is. */
bool rename_class_at(const struct feature_context *context, uint32_t offset, struct rename *rename);
/* The edits for the class that rename_class_at has found, or rename->problem. */
void rename_class_to(const struct feature_context *context, uint32_t offset, struct str to, struct rename *rename);

/* ---- rename_edits.c */
void rename_make_edits(struct renaming *renaming);
/* "BookModel", the second name of a model. Lives in the arena. */
struct str rename_alias(const struct renaming *renaming, struct str name);

/* ---- rename_check.c: sets renaming->problem when the edits would change what something means */
void rename_check(struct renaming *renaming);

/* "file.tova:3", or "line 3" in the context's own file. Lives in the arena. */
struct str rename_place(const struct feature_context *context, const struct file_analysis *file, uint32_t offset);

#endif
