/* analyze: one file's tree to its symbols, scopes and bindings. Pure: knows no other file, no disk, no protocol.
 *
 * The rules of names (design "Language decisions", language reference §4): `x = e` declares unless a name of the same
 * function is visible, or a mutable one (var, state) from further out; parameters and patterns shadow; functions, types,
 * components, states of a block are visible in the whole block, before and after their declaration; a block sees its own
 * members, then shared ones, then the module's, then builtins, then names of JavaScript. Resolved, never by spelling.
 */
#ifndef TOVA_ANALYSIS_ANALYZE_H
#define TOVA_ANALYSIS_ANALYZE_H

#include "analysis/symbols.h"

/* Analyses a tree. Everything returned lives in the arena and borrows the tree, the atoms and the path. Never fails:
 * mistakes become diagnostics. */
struct file_analysis *analyze(struct arena *arena, struct atom_table *atoms, struct str path,
                              const struct syntax_tree *tree);

/* The analysis of a tree whose text is that of old->tree after `edit`, as analyze() would make it: of old, which stays as it
 * is, what lies outside of the statement in which something was typed is taken over, and that statement alone is bound. NULL
 * when more has changed, or when what changed is seen elsewhere: then the whole has to be analysed. Lives in the arena, and
 * borrows nothing of old. */
struct file_analysis *analyze_again(struct arena *arena, const struct file_analysis *old,
                                    const struct syntax_tree *tree, struct syntax_edit edit);

/* Has a file a block of an application, as summary_has_blocks() says of its summary? The first reads the top of a tree; the
 * second a text, and is true also where a word only looks like one: with it, most files need not be parsed to know. */
bool analyze_has_blocks(const struct syntax_tree *tree);
bool analyze_may_have_blocks(struct str text);

#endif
