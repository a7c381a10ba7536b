// Types, as they stand after `:` and `->` and in type declarations. A string is a literal type.

const { comma } = require("./helpers.js");

module.exports = {
  _type: ($) =>
    choice(
      $.type_name,
      $.generic_type,
      $.list_type,
      $.tuple_type,
      $.function_type,
      $.union_type,
      $.optional_type,
      $.record_type,
      $.variant_type,
      $.string,
    ),
  type_name: ($) =>
    prec.right(seq(field("name", $.identifier), optional(seq(".", field("member", $._property))))),
  generic_type: ($) => seq(field("name", $.type_name), "<", comma(field("argument", $._type)), ">"),
  list_type: ($) => seq("[", field("element", $._type), "]"),
  tuple_type: ($) => seq("(", comma($._type), ")"),
  function_type: ($) =>
    prec.right(seq(field("parameters", $.tuple_type), "->", field("return_type", $._type))),
  union_type: ($) => prec.left(seq($._type, "|", $._type)),
  optional_type: ($) => prec(2, seq($._type, "?")),
  record_type: ($) => seq("{", comma($.record_field), "}"),
  record_field: ($) => seq(field("name", alias($._key, $.identifier)), ":", field("type", $._type)),
  // `A(x: T)` in `type S = A(x: T) | B`
  variant_type: ($) => prec(1, seq(field("name", $.identifier), field("parameters", $.parameters))),
};
