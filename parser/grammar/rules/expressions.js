// Expressions. Objects, arrays and parenthesised lists also cover destructuring targets and lambda parameters.

const { PREC, separated1, comma, comma1 } = require("./helpers.js");

/** The binary operators that are one token and group to the left. `**`, `not in` and `is not` are written out below. */
const leftAssociative = [
  [PREC.MULTIPLY, "*", "/", "%"],
  [PREC.ADD, "+", "-", "++"],
  [PREC.SHIFT, "<<", ">>", ">>>"],
  [PREC.RANGE, "..", "..="],
  [PREC.MEMBERSHIP, "in", "is"],
  [PREC.COMPARE, "<", "<=", ">", ">=", "==", "!="],
  [PREC.BIT_AND, "&"],
  [PREC.BIT_XOR, "^"],
  [PREC.BIT_OR, "|"],
  [PREC.AND, "and", "&&"],
  [PREC.OR, "or", "||"],
  [PREC.COALESCE, "??"],
];

const binary = ($, operator) =>
  seq(field("left", $._expression), operator, field("right", $._operand));

const unary = ($, operator) => seq(field("operator", operator), field("operand", $._expression));

module.exports = {
  _expression: ($) =>
    choice(
      $.identifier,
      $.number,
      $.string,
      $.triple_string,
      $.single_string,
      $.raw_string,
      $.regex,
      $.true,
      $.false,
      $.nil,
      $.array,
      $.object,
      $.struct_literal,
      $.paren_list,
      $.member_expression,
      $.index_expression,
      $.call_expression,
      $.propagate_expression,
      $.column,
      $.import_call,
      $.jsx_element,
      $.jsx_fragment,
      $.unary_expression,
      $.binary_expression,
      $.pipe_expression,
      $.sequence_expression,
      $.await_expression,
      $.yield_expression,
      $.spawn_expression,
      $.lambda,
      $.function_expression,
      $.if_expression,
      $.match_expression,
      $.for_expression,
      $.while_expression,
      $.loop_expression,
      $.try_expression,
      $.with_expression,
    ),

  // A value that may be missing: after an operator, a `:` or a `=` that ends what there is of its line.
  _operand: ($) => choice($._expression, alias($._missing_value, $.missing)),

  // ---- collections
  array: ($) =>
    seq(
      "[",
      optional(choice(comma1($._array_element, $._comma), seq($._expression, repeat1($.comprehension_clause)))),
      $._close_bracket,
    ),
  _array_element: ($) => choice($._expression, $.spread, $.default_binding),
  object: ($) =>
    seq(
      "{",
      optional(choice(comma1($._object_entry, $._entry_end), seq($.pair, repeat1($.comprehension_clause)))),
      $._close_object,
    ),
  // The scanner has looked behind the brace: a condition's block is not taken for the entries.
  struct_literal: ($) => seq(field("name", alias($._struct_name, $.identifier)), field("entries", $.object)),
  _object_entry: ($) => choice($.pair, $.spread, $.identifier, $.default_binding, $.alias),
  pair: ($) =>
    seq(
      field(
        "key",
        choice(
          alias($._key, $.identifier),
          $.identifier,
          $.string,
          $.single_string,
          $.number,
          $.array,
          alias($._dotted_name, $.member_expression),
        ),
      ),
      ":",
      field("value", $._operand),
    ),
  alias: ($) => seq(field("name", $.identifier), "as", field("alias", $._module_name)),
  spread: ($) => prec(PREC.UNARY, seq("...", field("value", $._expression))),
  default_binding: ($) => seq(field("name", $.identifier), "=", field("value", $._expression)),
  comprehension_clause: ($) =>
    choice(
      prec.right(seq("for", $._loop_patterns, $._loop_in, field("iterable", $._expression))),
      seq("if", field("condition", $._expression)),
    ),
  paren_list: ($) => seq("(", comma($._paren_item, $._comma), $._close_paren),
  _paren_item: ($) => choice($._expression, $.typed_binding, $.default_binding, $.spread),
  typed_binding: ($) =>
    seq(
      field("name", alias($._key, $.identifier)),
      ":",
      field("type", $._type),
      optional(seq("=", field("default", $._expression))),
    ),

  // ---- what follows an operand
  member_expression: ($) =>
    prec(
      PREC.CALL,
      seq(field("object", $._expression), field("operator", choice(".", "?.")), field("property", $._property)),
    ),
  _property: ($) => choice($.identifier, alias($._tuple_index, $.number), alias($._missing_name, $.missing)),
  index_expression: ($) =>
    prec(
      PREC.CALL,
      seq(
        field("object", $._expression),
        optional(field("operator", "?.")),
        "[",
        field("index", choice($._operand, $.slice)),
        $._close_bracket,
      ),
    ),
  slice: ($) =>
    choice(
      seq(
        optional(field("start", $._expression)),
        ":",
        optional(field("end", $._expression)),
        optional(seq(":", optional(field("step", $._expression)))),
      ),
      seq(field("start", $._expression), alias($._open_range, "..")),
      seq("..", field("end", $._expression)),
    ),
  call_expression: ($) =>
    prec(
      PREC.CALL,
      seq(
        field("function", $._expression),
        optional(field("operator", "?.")),
        field("arguments", $.arguments),
      ),
    ),
  arguments: ($) => seq("(", comma($._argument, $._comma), $._close_paren),
  _argument: ($) => choice($._expression, $.named_argument, $.spread, $.default_binding, $.column_assignment),
  named_argument: ($) => seq(field("name", alias($._key, $.identifier)), ":", field("value", $._operand)),
  column: ($) => prec(-1, seq(".", field("name", $._property))),
  column_assignment: ($) => seq(field("name", $.column), "=", field("value", $._expression)),
  propagate_expression: ($) => prec(PREC.CALL, seq(field("value", $._expression), alias($._propagate_mark, "?"))),
  import_call: ($) => seq("import", field("arguments", $.arguments)),

  // ---- operators
  unary_expression: ($) =>
    choice(prec(PREC.UNARY, unary($, choice("-", "+"))), prec(PREC.NOT, unary($, choice("not", "!", "~")))),
  await_expression: ($) => prec(PREC.UNARY, seq("await", field("value", $._expression))),
  spawn_expression: ($) => prec(PREC.UNARY, seq("spawn", field("value", $._expression))),
  yield_expression: ($) =>
    prec.right(PREC.LAMBDA, seq("yield", optional(field("from", "from")), optional(field("value", $._expression)))),
  binary_expression: ($) =>
    choice(
      prec.right(PREC.POWER, binary($, field("operator", "**"))),
      ...leftAssociative.flatMap(([level, ...operators]) =>
        operators.map((operator) => prec.left(level, binary($, field("operator", operator)))),
      ),
      prec.left(PREC.MEMBERSHIP, binary($, seq(field("operator", "not"), field("operator", "in")))),
      prec.left(PREC.MEMBERSHIP, binary($, seq(field("operator", "is"), field("operator", "not")))),
    ),
  pipe_expression: ($) => prec.left(PREC.PIPE, binary($, "|>")),
  // `fade() then slide()` in `animate { }`
  sequence_expression: ($) => prec.left(PREC.SEQUENCE, binary($, "then")),

  // ---- functions
  lambda: ($) =>
    prec.right(
      PREC.LAMBDA,
      seq(
        optional(field("async", "async")),
        field("parameters", choice($.identifier, $.paren_list)),
        choice("=>", "->"),
        field("body", $._lambda_body),
      ),
    ),
  function_expression: ($) =>
    prec.right(
      PREC.LAMBDA,
      seq(
        optional(field("async", "async")),
        choice("fn", $._function_word),
        field("parameters", $.parameters),
        choice(
          field("body", $._lambda_body),
          seq("->", field("return_type", $._type), field("body", $.block)),
        ),
      ),
    ),
  _lambda_body: ($) =>
    choice(
      alias($._decided_block, $.block),
      prec(PREC.LAMBDA_BODY, $._expression),
      alias($._assignment_body, $.assignment),
      $.augmented_assignment,
    ),
  _assignment_body: ($) =>
    prec.right(PREC.LAMBDA, seq(field("left", $._expression), "=", field("right", $._expression))),

  // ---- control flow
  if_expression: ($) =>
    choice(
      prec.right(
        seq(
          "if",
          field("condition", $._expression),
          field("consequence", $._expected_block),
          repeat($.elif_clause),
          optional(seq("else", field("alternative", $.block))),
        ),
      ),
      // `c ? a : b`, which is reported with what to write
      prec.right(
        PREC.CHOICE,
        seq(
          field("condition", $._expression),
          $._choice_mark,
          field("consequence", alias($._chosen, $.block)),
          ":",
          field("alternative", alias($._chosen, $.block)),
        ),
      ),
    ),
  _chosen: ($) => prec.right(PREC.CHOICE, $._expression),
  elif_clause: ($) =>
    seq(choice("elif", seq("else", "if")), field("condition", $._expression), field("consequence", $._expected_block)),
  for_expression: ($) =>
    prec.right(
      seq(
        optional(field("async", "async")),
        "for",
        $._loop_patterns,
        $._loop_in,
        field("iterable", $._expression),
        optional(choice(seq("when", field("when", $._expression)), seq("key", "=", field("key", $.jsx_expression)))),
        field("body", $._expected_block),
        optional(seq("else", field("alternative", $.block))),
      ),
    ),
  _loop_patterns: ($) =>
    separated1(field("pattern", choice($.identifier, $.array, $.object, $.paren_list)), ","),
  _loop_in: ($) => choice("in", $._loop_of),
  while_expression: ($) => seq("while", field("condition", $._expression), field("body", $._expected_block)),
  loop_expression: ($) => seq("loop", field("body", $.block)),
  try_expression: ($) =>
    prec.right(
      seq(
        "try",
        field("body", $.block),
        optional(seq("catch", optional($._caught), field("handler", $.block))),
        optional(seq("finally", field("finalizer", $.block))),
      ),
    ),
  _caught: ($) => choice(field("name", $.identifier), seq("(", field("name", $.identifier), ")")),
  with_expression: ($) =>
    seq("with", field("value", $._expression), "as", field("name", $.identifier), field("body", $.block)),
  match_expression: ($) => seq("match", field("value", $._expression), $._match_arms),
  _match_arms: ($) => seq("{", repeat(seq($.match_arm, optional($._separator))), $._close_arms),
  match_arm: ($) =>
    seq(
      field("pattern", $._pattern),
      optional(seq("if", field("guard", $._expression))),
      choice(seq("=>", field("body", $._arm_body)), field("body", alias($._missing_arrow, $.missing))),
    ),
  select_expression: ($) =>
    seq(alias($._select_keyword, "select"), "{", repeat(seq($.select_arm, optional($._separator))), $._close_arms),
  select_arm: ($) =>
    seq(
      optional(seq(field("name", $.identifier), "from")),
      field("value", $._expression),
      "=>",
      field("body", $._arm_body),
    ),
  _arm_body: ($) =>
    prec.right(
      choice(
        alias($._decided_block, $.block),
        $._expression,
        $.assignment,
        $.augmented_assignment,
        $.return_statement,
        $.break_statement,
        $.continue_statement,
      ),
    ),
};
