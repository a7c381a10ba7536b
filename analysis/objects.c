/* Members of known objects. The tables are small and searched from the front. */
#include "analysis/objects.h"

#include "analysis/signature_text.h"

static const struct {
    struct str type, name;
} objects[] = {
    {STR_INIT(""), STR_INIT("")},
#define OBJECT(id, type, name) {STR_INIT(type), STR_INIT(name)},
#include "analysis/builtins/objects.def"
};

static const struct {
    enum object object;
    struct builtin_member member;
} members[] = {
#define MEMBER(object, name, signature, documentation)                                                                 \
    {OBJECT_##object, {STR_INIT(name), STR_INIT(signature), STR_INIT(documentation)}},
#include "analysis/builtins/objects.def"
};

enum { MEMBERS = sizeof members / sizeof *members };

/* What has the members of another type: every number is one. */
static struct str kind_of(struct str name) {
    bool number = str_equal(name, STR("Int")) || str_equal(name, STR("Number"));
    return number ? STR("Float") : name;
}

enum object object_of_type(struct str type) {
    if (signature_operator(type) < type.size) {
        return OBJECT_NONE;
    }
    if (type.size > 1 && type.data[0] == '[') {
        return OBJECT_LIST;
    }
    struct str name = kind_of(str_slice(type, 0, str_find(type, '<', 0)));
    for (int i = 1; i < (int)OBJECT_COUNT && name.size > 0; i++) {
        if (str_equal(objects[i].type, name)) {
            return (enum object)i;
        }
    }
    return OBJECT_NONE;
}

enum object object_of_name(struct str name) {
    for (int i = 1; i < (int)OBJECT_COUNT && name.size > 0; i++) {
        if (str_equal(objects[i].name, name)) {
            return (enum object)i;
        }
    }
    return OBJECT_NONE;
}

static bool adopts(enum object object, const struct builtin_method *method) {
    return (object == OBJECT_TEXT && method->of_texts) || (object == OBJECT_LIST && method->of_lists);
}

/* The method of Tova at `index`, in preferred spellings alone. */
static bool adopted_at(enum object object, unsigned index, struct builtin_member *member, enum builtin *adopted) {
    struct builtin_method method;
    for (unsigned i = 0; builtin_method_at(i, &method); i++) {
        const struct builtin_info *info = builtin_info(method.builtin);
        if (adopts(object, &method) && info->preferred == method.builtin && index-- == 0) {
            *member = (struct builtin_member){info->name, info->signature, info->documentation};
            *adopted = method.builtin;
            return true;
        }
    }
    return false;
}

bool object_member_at(enum object object, unsigned index, struct builtin_member *member, enum builtin *adopted) {
    *adopted = BUILTIN_COUNT;
    for (unsigned i = 0; i < MEMBERS; i++) {
        if (members[i].object == object && index-- == 0) {
            *member = members[i].member;
            return true;
        }
    }
    return adopted_at(object, index, member, adopted);
}

bool object_member_find(enum object object, struct str name, struct builtin_member *member, enum builtin *adopted) {
    *adopted = BUILTIN_COUNT;
    for (unsigned i = 0; i < MEMBERS; i++) {
        if (members[i].object == object && str_equal(members[i].member.name, name)) {
            *member = members[i].member;
            return true;
        }
    }
    struct builtin_method method;
    if (!builtin_as_method(name, &method) || !adopts(object, &method)) {
        return false;
    }
    const struct builtin_info *info = builtin_info(method.builtin);
    *member = (struct builtin_member){info->name, info->signature, info->documentation};
    *adopted = method.builtin;
    return true;
}
