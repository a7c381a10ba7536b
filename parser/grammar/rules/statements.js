// Statements. `if`, `match`, loops and `try` are expressions here and statements by standing alone.

const { PREC, separated1 } = require("./helpers.js");

const value = ($) => choice($._expression, $.expression_list);

module.exports = {
  _statement: ($) =>
    choice(
      $.function_declaration,
      $.decorated,
      $.var_declaration,
      $.let_declaration,
      $.state_declaration,
      $.computed_declaration,
      $.effect_declaration,
      $.component_declaration,
      $.store_declaration,
      $.style_block,
      $.server_block,
      $.browser_block,
      $.shared_block,
      $.route_declaration,
      $.model_declaration,
      $.type_declaration,
      $.interface_declaration,
      $.trait_declaration,
      $.impl_declaration,
      $.extern_declaration,
      $.import_statement,
      $.export_statement,
      $.directive,
      $.assignment,
      $.augmented_assignment,
      $.return_statement,
      $.break_statement,
      $.continue_statement,
      $.defer_statement,
      $.guard_statement,
      $.labeled_statement,
      $.select_expression,
      $.expression_list,
      $._expression,
      $.bare_block,
      $.stray_tag,
    ),

  assignment: ($) =>
    seq(
      choice(
        field("left", value($)),
        seq(field("left", alias($._typed_name, $.identifier)), ":", field("type", $._type)),
      ),
      "=",
      field("right", $._assigned),
    ),
  _assigned: ($) => choice($._operand, $.expression_list),
  augmented_assignment: ($) =>
    prec.right(
      seq(
        field("left", $._expression),
        field(
          "operator",
          choice(
            alias($._shift_right_assign, ">>="),
            alias($._shift_zero_assign, ">>>="),
            "+=", "-=", "*=", "/=", "%=", "**=", "&=", "|=", "^=", "<<=", "??=", "||=", "&&=",
          ),
        ),
        field("right", $._operand),
      ),
    ),
  // Not one token each: beside the `>` that closes type arguments it would nearly double the parser's states.
  _shift_right_assign: (_) => seq(">>", token.immediate("=")),
  _shift_zero_assign: (_) => seq(">>>", token.immediate("=")),
  expression_list: ($) => prec(PREC.EXPRESSION_LIST, seq($._expression, repeat1(seq(",", $._expression)))),

  return_statement: ($) => prec.right(seq("return", optional(field("value", value($))))),
  break_statement: ($) => prec.right(seq("break", optional(field("label", alias($._label, $.identifier))))),
  continue_statement: ($) => prec.right(seq("continue", optional(field("label", alias($._label, $.identifier))))),
  defer_statement: ($) => seq("defer", field("body", choice(alias($._decided_block, $.block), $._expression))),
  guard_statement: ($) => seq("guard", field("condition", $._expression), "else", field("body", $.block)),
  labeled_statement: ($) =>
    prec(
      1,
      seq(
        field("label", alias($._statement_key, $.identifier)),
        ":",
        field("body", choice($.for_expression, $.while_expression, $.loop_expression)),
      ),
    ),

  // `key: value` as a statement: the content of `db { }`, `cors { }`, `auth { }` and of other directives.
  config_entry: ($) =>
    prec(
      1,
      seq(
        field("key", choice(alias($._statement_key, $.identifier), $.string)),
        ":",
        field("value", $._operand),
      ),
    ),
};
