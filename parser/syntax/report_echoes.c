/* report_echoes: what is found only because of a mistake that another finding tells. */
#include "parser/syntax/report.h"

/* Has a bracket or a tag before this one no partner? What closes too early leaves what stood in it behind as blocks. */
static bool follows_imbalance(const struct report *report, unsigned index) {
    const struct diagnostic *items = report->list->list.items;
    for (unsigned i = 0; i < index; i++) {
        if (items[i].code == DIAGNOSTIC_UNCLOSED || items[i].code == DIAGNOSTIC_STRAY_CLOSER ||
            items[i].code == DIAGNOSTIC_MISMATCHED_TAG) {
            return true;
        }
    }
    return false;
}

enum { SEPARATORS_ON_LINE = 2 }; /* that are told; where more are missing, the text was not meant so */

/* The index of the first finding of the line, of which `index` is one. */
static unsigned first_of_line(const struct report *report, unsigned index, struct span line) {
    while (index > 0 && report->list->list.items[index - 1].span.start >= line.start) {
        index--;
    }
    return index;
}

/* A separator that is missing because of what else is wrong in its place or on its line: a quote too many or too few makes values of
 * texts, and texts of values. So it does with the closer of a bracket, which is in the text then. The list is sorted. */
static bool is_echo_on_line(const struct report *report, unsigned index) {
    const struct diagnostic *items = report->list->list.items, *found = &items[index];
    struct span line = text_line(report->tree->text, text_line_of(report->tree->text, found->span.start));
    unsigned before = 0;
    for (unsigned i = first_of_line(report, index, line); i < report->list->list.count && items[i].span.start <= line.end; i++) {
        bool cut = items[i].code == DIAGNOSTIC_UNTERMINATED_STRING;
        if (found->code == DIAGNOSTIC_UNCLOSED) {
            if (cut && i > index && items[i].related.span.start == found->related.span.start) {
                return true;
            }
            continue;
        }
        if (cut || (items[i].span.start == found->span.start && items[i].code != found->code)) {
            return true;
        }
        before += i < index && items[i].code == found->code;
    }
    return before >= SEPARATORS_ON_LINE;
}

bool report_is_echo(const struct report *report, unsigned index) {
    switch ((int)report->list->list.items[index].code) {
    case DIAGNOSTIC_BARE_BLOCK:
        return follows_imbalance(report, index);
    case DIAGNOSTIC_EXPECTED_SEPARATOR:
    case DIAGNOSTIC_UNCLOSED:
        return is_echo_on_line(report, index);
    default:
        return false;
    }
}
