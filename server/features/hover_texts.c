/* hover: strings that are names. */
#include "server/features/hover_parts.h"

#include "server/features/named_texts.h"

/* "sent by server:shop, server:post": each block once. */
static void add_blocks(struct strbuf *out, const struct feature_context *context, const struct named_text_list *texts,
                       bool handles, const char *before) {
    const char *glue = before;
    for (unsigned i = 0; i < texts->list.count; i++) {
        const struct named_text *text = &texts->list.items[i];
        bool again = text->handles != handles;
        for (unsigned k = 0; k < i && !again; k++) {
            again = texts->list.items[k].handles == handles && block_key_equal(texts->list.items[k].block, text->block);
        }
        if (!again) {
            struct str label = block_key_label(context->arena, context->file->atoms, text->block);
            strbuf_printf(out, "%s%.*s", glue, STR_ARGUMENTS(label));
            glue = ", ";
        }
    }
    strbuf_add_c(out, glue != before ? "\n" : "");
}

static void add_event(struct strbuf *out, const struct feature_context *context, struct str event) {
    struct named_text_list texts = named_texts(context, NAMED_IN_PACKAGE, TEXT_NAME_EVENT, event);
    strbuf_printf(out, "event `%.*s`\n", STR_ARGUMENTS(event));
    size_t start = out->size;
    add_blocks(out, context, &texts, false, "\nsent by ");
    strbuf_add_c(out, out->size == start ? "\nnobody of this workspace sends it\n" : "");
    start = out->size;
    add_blocks(out, context, &texts, true, "\nhandled by ");
    strbuf_add_c(out, out->size == start ? "\nnobody of this workspace handles it\n" : "");
}

bool hover_add_text(struct strbuf *out, const struct feature_context *context, uint32_t offset, struct span *span,
                    struct entity *entity) {
    struct text_name text = text_name_at(context->file, offset);
    *span = text.span;
    if (text.kind == TEXT_NAME_EVENT) {
        add_event(out, context, text.text);
        return true;
    }
    if (text.kind == TEXT_NAME_SERVER) {
        hover_add_server(out, context, atom_find(context->file->atoms, text.text));
        return true;
    }
    *entity = text.kind == TEXT_NAME_NONE ? (struct entity){0} : named_text_entity(context, &text);
    return false;
}
