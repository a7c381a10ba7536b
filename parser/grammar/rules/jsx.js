// Markup. Tags, attribute names, text and the control words between tags are tokens of the scanner, so that any word
// may be a tag or an attribute and no operator is ever taken for a tag.

/** `</name>`, with its `>` perhaps missing, or nothing where the element must have ended. */
const closingTag = ($, name) =>
  choice(
    seq("</", name, choice(">", alias($._tag_break, $.missing))),
    alias($._jsx_auto_close, $.missing),
  );

const tagName = ($) => alias($._jsx_name, $.tag_name);

module.exports = {
  jsx_element: ($) =>
    seq(
      alias($._jsx_open, "<"),
      field("name", tagName($)),
      repeat($._jsx_attribute),
      choice(
        choice("/>", alias($._tag_break, $.missing)),
        seq(">", repeat($._jsx_child), closingTag($, field("close_name", tagName($)))),
      ),
    ),
  jsx_fragment: ($) =>
    seq(
      alias($._jsx_fragment_open, "<>"),
      repeat($._jsx_child),
      choice(seq("</", ">"), alias($._jsx_auto_close, $.missing)),
    ),

  _jsx_attribute: ($) => choice($.jsx_attribute, $.jsx_spread),
  jsx_attribute: ($) =>
    seq(
      field("name", alias($._jsx_attribute_name, $.attribute_name)),
      optional(
        seq(
          alias($._jsx_assign, "="),
          field(
            "value",
            choice($.string, $.single_string, $.jsx_expression, alias($._missing_attribute_value, $.missing)),
          ),
        ),
      ),
    ),
  jsx_spread: ($) =>
    choice(
      seq("{", "...", field("value", $._expression), "}"),
      seq("...", field("value", $.identifier)),
    ),

  _jsx_child: ($) =>
    choice(
      $.jsx_text,
      $.string,
      $.jsx_expression,
      $.jsx_element,
      $.jsx_fragment,
      $.jsx_if,
      $.jsx_for,
      $.jsx_match,
    ),
  jsx_expression: ($) => seq("{", optional(field("value", $._expression)), $._close_object),
  jsx_block: ($) => seq("{", optional($._jsx_block_start), repeat($._jsx_child), $._close_markup),
  jsx_if: ($) =>
    prec.right(
      seq(
        alias($._jsx_if, "if"),
        field("condition", $._expression),
        field("consequence", $.jsx_block),
        repeat($.jsx_elif),
        optional(seq(alias($._jsx_else, "else"), field("alternative", $.jsx_block))),
      ),
    ),
  jsx_elif: ($) =>
    seq(alias($._jsx_elif, "elif"), field("condition", $._expression), field("consequence", $.jsx_block)),
  jsx_for: ($) =>
    seq(
      alias($._jsx_for, "for"),
      $._loop_patterns,
      $._loop_in,
      field("iterable", $._expression),
      optional(seq("key", "=", field("key", $.jsx_expression))),
      field("body", $.jsx_block),
    ),
  jsx_match: ($) => seq(alias($._jsx_match, "match"), field("value", $._expression), $._match_arms),
};
