// Patterns of match arms. Destructuring is not here: it is parsed as objects, arrays and lists (expressions.js).

const { comma } = require("./helpers.js");

const bound = ($) => choice($.number, $.negative);

module.exports = {
  _pattern: ($) =>
    choice(
      $.identifier,
      $.number,
      $.string,
      $.single_string,
      $.true,
      $.false,
      $.nil,
      $.negative,
      $.range_pattern,
      $.variant_pattern,
      $.array_pattern,
      $.tuple_pattern,
      $.object_pattern,
      $.concat_pattern,
      $.or_pattern,
      $.rest_pattern,
    ),
  negative: ($) => seq("-", $.number),
  range_pattern: ($) =>
    seq(field("start", bound($)), field("operator", choice("..", "..=")), field("end", bound($))),
  // `Name(p)`, `Type.Name(p)`, `Type.Name`; a name alone is an identifier.
  variant_pattern: ($) =>
    choice(
      seq(field("name", choice($.identifier, $._qualified_name)), "(", comma($._pattern), ")"),
      field("name", $._qualified_name),
    ),
  _qualified_name: ($) => alias($._dotted_name, $.member_expression),
  _dotted_name: ($) =>
    seq(
      field("object", choice($.identifier, $._qualified_name)),
      field("operator", "."),
      field("property", $._property),
    ),
  array_pattern: ($) => seq("[", comma($._pattern), "]"),
  tuple_pattern: ($) => seq("(", comma($._pattern), ")"),
  object_pattern: ($) => seq("{", comma(choice($.pair_pattern, $.identifier, $.rest_pattern)), "}"),
  pair_pattern: ($) => seq(field("key", alias($._key, $.identifier)), ":", field("value", $._pattern)),
  concat_pattern: ($) => seq(field("left", $.string), "++", field("right", $.identifier)),
  or_pattern: ($) => prec.left(seq($._pattern, "|", $._pattern)),
  rest_pattern: ($) => seq("...", optional(field("name", $.identifier))),
};
