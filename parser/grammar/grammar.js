// The grammar of Tova for tree-sitter, put together from the groups in rules/.
//
// The node kinds and field names are a contract: parser/syntax/kinds.def lists them with the children that each has.
// Three principles keep the grammar free of `conflicts` and its errors local:
//   - A cover grammar. Destructuring targets and lambda parameters are parsed as the objects, arrays and parenthesised
//     lists that they look like; analysis says which of them are patterns.
//   - Shape tokens. Where a word or a brace means one thing or another by what follows it (`state x`, `name:`, `=> {`),
//     the external scanner looks ahead and answers with a token of its own. src/scanner.c tells how.
//   - Error productions. What is often missing while someone types (a name after `.`, a closing bracket, the end of a
//     tag) is a zero-width token with a place in the grammar, so that no error recovery is needed for it.
// There is no `word`: with it, an identifier that starts a statement could hardly ever be reused after an edit.

const { softKeywords } = require("./rules/lexical.js");

module.exports = grammar({
  name: "tova",

  // The order is that of `enum token` in src/scanner_tokens.h.
  externals: ($) => [
    // ends of statements
    $._newline,
    $._line_joint,
    $._missing_separator,
    // text
    $._string_content,
    $._string_line_end,
    $._string_break,
    $._single_content,
    $._triple_open,
    $._triple_unclosed,
    $._triple_content,
    $.css_text,
    $.block_comment,
    $.foreign,
    $.regex,
    // markup
    $._jsx_open,
    $._jsx_fragment_open,
    $._jsx_name,
    $._jsx_attribute_name,
    $._jsx_assign,
    $.jsx_text,
    $._jsx_if,
    $._jsx_elif,
    $._jsx_else,
    $._jsx_for,
    $._jsx_match,
    $._jsx_block_start,
    $.stray_tag,
    // shapes
    $._key,
    $._statement_key,
    $._typed_name,
    $._struct_name,
    $._label,
    $._fn_name_follows,
    ...softKeywords.map((word) => $[`_${word}_keyword`]),
    $._block_open,
    $._bare_open,
    $._propagate_mark,
    $._open_range,
    $._entry_line,
    // habits from other languages
    $._choice_mark,
    $._function_word,
    $._loop_of,
    $._clause_word,
    // error productions
    $._missing_name,
    $._missing_value,
    $._missing_comma,
    $._missing_close,
    $._missing_brace,
    $._missing_rest,
    $._missing_interpolation_end,
    $._missing_arrow,
    $._missing_arms_end,
    $._eof_close,
    $._jsx_auto_close,
    $._missing_attribute_value,
    $._tag_break,
    // in no rule
    $._bad_word,
    $._error_sentinel,
  ],

  extras: ($) => [/[\s\uFEFF\u2060\u200B]/, $.comment, $.doc_comment, $.block_comment, $.foreign, $._line_joint],

  inline: ($) => [
    $._string_rest,
    $._line_of_string,
    $._terminator,
    $._separator,
    $._close_brace,
    $._close_object,
    $._close_paren,
    $._close_bracket,
    $._close_markup,
    $._expected_block,
    $._close_arms,
    $._comma,
    $._assigned,
    $._operand,
    $._required_value,
    $._source,
    $._entry_end,
    $._property,
    $._parameter,
    $._argument,
    $._object_entry,
    $._array_element,
    $._lambda_body,
    $._jsx_attribute,
    $._jsx_child,
  ],

  rules: {
    ...require("./rules/blocks.js"),
    ...require("./rules/lexical.js").rules,
    ...require("./rules/declarations.js"),
    ...require("./rules/statements.js"),
    ...require("./rules/expressions.js"),
    ...require("./rules/patterns.js"),
    ...require("./rules/types.js"),
    ...require("./rules/jsx.js"),
  },
});
