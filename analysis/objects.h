/* objects: what values have behind a dot that no program declares: texts, lists, results, requests, sockets, events and the
 * objects of the host, from builtins/objects.def; and the methods that Tova gives to texts and lists (builtins/methods.def).
 */
#ifndef TOVA_ANALYSIS_OBJECTS_H
#define TOVA_ANALYSIS_OBJECTS_H

#include "analysis/builtins.h"

enum object {
    OBJECT_NONE,
#define OBJECT(id, type, name) OBJECT_##id,
#include "analysis/builtins/objects.def"
    OBJECT_COUNT
};

/* The object that values of a type are: "String", "[User]", "Result<User, String>"; OBJECT_NONE for other types. */
enum object object_of_type(struct str type);

/* The object that a name means where nothing else is known of it: `res`, `console`; OBJECT_NONE for other names. */
enum object object_of_name(struct str name);

/* The members of an object, from 0: its own, then the methods that Tova adds, in their preferred spelling; false behind the last. Of
 * a method that Tova adds, *adopted is the builtin it is, whose first parameter is the value; else BUILTIN_COUNT. */
bool object_member_at(enum object object, unsigned index, struct builtin_member *member, enum builtin *adopted);

/* Finds a member by name, in any spelling; false when there is none. */
bool object_member_find(enum object object, struct str name, struct builtin_member *member, enum builtin *adopted);

#endif
