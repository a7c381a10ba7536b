/* What other files, of the package or modules, say in their bodies and values, where their summaries say no type. */
#include "analysis/signature_text.h"
#include "analysis/type_text.h"

enum { FILES_AWAY = 2 }; /* from the file that is asked about */

/* The questions about that file, which share their bound with those about this one. */
static struct typer *typer_of(struct typer *typer, const struct file_analysis *file, const struct package *package) {
    struct typer *other = typer->elsewhere;
    while (other != NULL && other->file != file) {
        other = other->beside;
    }
    if (other == NULL) {
        other = arena_array(typer->arena, struct typer, 1);
        typer_init(other, typer->arena, file, package);
        other->away = typer->away + 1;
        other->sources = other->away < FILES_AWAY ? typer->sources : NULL;
        other->beside = typer->elsewhere;
        typer->elsewhere = other;
    }
    return other;
}

/* The package of a file whose summary it is; NULL where nothing can be asked. */
static const struct package *package_of(const struct typer *typer, const struct summary *file) {
    const struct sources *sources = typer->sources;
    if (sources == NULL || package_file(typer->package, file->path) == file) {
        return sources == NULL ? NULL : typer->package;
    }
    const struct package *package = sources->package_of(sources->context, file->path);
    return package != NULL && package_file(package, file->path) == file ? package : NULL;
}

/* Do the names of types in the answer mean here what they mean there, as far as they mean something here? */
static bool means_the_same(struct typer *typer, struct typer *other, uint32_t index, struct str answer) {
    uint32_t there = node_span(other->file->tree, analysis_symbol(other->file, index)->name_node).start;
    for (size_t at = 0, end; at < answer.size; at = end) {
        for (end = at; end < answer.size && signature_is_name_byte(answer.data[end]);) {
            end++;
        }
        struct str word = str_slice(answer, at, end);
        bool capital = word.size > 0 && word.data[0] >= 'A' && word.data[0] <= 'Z';
        struct package_symbol meant = {NULL, NULL}, own = {NULL, NULL};
        if (capital) {
            own = type_text_named(typer, 0, word);
            meant = type_text_named(other, there, word);
        }
        if (own.symbol != NULL && meant.symbol != NULL && own.symbol != meant.symbol) {
            return false;
        }
        end += word.size == 0;
    }
    return true;
}

struct str type_text_elsewhere(struct typer *typer, struct package_symbol found, type_text_question *question) {
    const struct package *package = package_of(typer, found.file);
    uint32_t index = found.symbol->local;
    atom_id name = found.symbol->name;
    struct str answer = {NULL, 0};
    if (package == NULL || !type_text_deeper(typer)) {
        return answer;
    }
    const struct file_analysis *file = typer->sources->analysis_of(typer->sources->context, found.file->path);
    if (file != NULL && index < file->symbols.count && analysis_symbol(file, index)->name == name) {
        struct typer *other = typer_of(typer, file, package);
        other->depth = typer->depth;
        other->texts = typer->texts;
        answer = question(other, index);
        typer->texts = other->texts;
        answer = means_the_same(typer, other, index, answer) ? answer : (struct str){NULL, 0};
    }
    return type_text_shallower(typer, answer);
}
