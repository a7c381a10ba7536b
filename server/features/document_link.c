/* document_link: module uses that are files. */
#include "server/features/document_link.h"

#include "analysis/text_names.h"

struct document_link_list document_links(const struct feature_context *context) {
    struct document_link_list links = {0};
    const struct file_analysis *file = context->file;
    for (uint32_t i = 0; i < file->module_uses.count; i++) {
        struct text_name name = text_name_of(file, file->module_uses.items[i].source);
        if (name.kind != TEXT_NAME_MODULE) {
            continue;
        }
        struct module module = module_find(context->arena, context->package, file->path, name.text);
        bool is_file = module.kind == MODULE_SOURCE || (module.kind == MODULE_JAVASCRIPT && module.path.size > 0);
        if (is_file) {
            vec_push(context->arena, &links.list, (struct document_link){name.span, module.path});
        }
    }
    return links;
}
