/* regex_properties: which properties of characters regular expressions know, `Lu` of `\p{Lu}`. Knows names, not characters;
 * the names are those of ECMA-262 with the values of Unicode 17, and are compared exactly, as engines do.
 */
#ifndef TOVA_ANALYSIS_REGEX_PROPERTIES_H
#define TOVA_ANALYSIS_REGEX_PROPERTIES_H

#include "parser/base/str.h"

#include <stdbool.h>

/* Does an engine know what stands between the braces? `strings`: with the flag v, which knows properties of strings too. */
bool regex_property_is_known(struct str text, bool strings);

#endif
