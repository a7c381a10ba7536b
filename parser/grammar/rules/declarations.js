// Declarations: functions, bindings, components, routes, types, modules, and directives.

const { separated1, comma } = require("./helpers.js");

const typeAnnotation = ($) => seq(":", field("type", $._type));
const returnType = ($) => seq("->", field("return_type", $._type));
const defaultValue = ($) => seq("=", field("default", $._expression));

/** A name before `:` comes from the scanner as `_key`. */
const nameOrKey = ($) => choice($.identifier, alias($._key, $.identifier));

/** What a head still needs at the end of its line. */
const missingRest = ($) => alias($._missing_rest, $.missing);

/** `state x: T = e` and `computed x: T = e`. */
const reactive = ($, keyword) =>
  seq(
    keyword,
    field("name", $.identifier),
    optional(typeAnnotation($)),
    $._required_value,
  );

/** `interface N<T> { }` and `trait N<T> { }`. */
const contract = ($, keyword) =>
  seq(
    keyword,
    field("name", $.identifier),
    optional(field("type_parameters", $.type_parameters)),
    field("body", $.block),
  );

module.exports = {
  // What follows `=`, or what is missing from there on.
  _required_value: ($) => choice(seq("=", field("value", $._operand)), field("value", missingRest($))),

  // ---- functions
  function_declaration: ($) =>
    prec.right(
      seq(
        optional(field("async", "async")),
        alias($._fn_name_follows, "fn"),
        field("name", $.identifier),
        optional(field("type_parameters", $.type_parameters)),
        field("parameters", $.parameters),
        optional(returnType($)),
        optional(field("body", $.block)),
      ),
    ),

  parameters: ($) => seq("(", comma($._parameter, $._comma), $._close_paren),
  _parameter: ($) => choice($.parameter, $.rest_parameter),
  parameter: ($) =>
    choice(
      seq(
        choice(
          seq(
            optional(field("keyword", "mut")),
            field("name", choice(nameOrKey($), alias("default", $.identifier))),
          ),
          seq(field("keyword", "--"), field("name", alias($._flag_name, $.identifier))),
        ),
        optional(field("optional", "?")),
        optional(typeAnnotation($)),
        optional(defaultValue($)),
      ),
      seq(
        field("name", choice($.object, $.array, $.paren_list)),
        optional(typeAnnotation($)),
        optional(defaultValue($)),
      ),
    ),
  rest_parameter: ($) => seq("...", field("name", nameOrKey($)), optional(typeAnnotation($))),

  type_parameters: ($) => seq("<", comma($.type_parameter), ">"),
  type_parameter: ($) => seq(field("name", nameOrKey($)), optional(seq(":", field("constraint", $._type)))),

  decorated: ($) => seq(repeat1($.decorator), field("declaration", choice($.function_declaration, $.export_statement))),
  decorator: ($) => seq("@", field("name", $.identifier), optional(field("arguments", $.arguments))),

  // ---- bindings
  var_declaration: ($) =>
    seq(
      "var",
      separated1(field("name", $.identifier), ","),
      optional(typeAnnotation($)),
      choice(
        seq(
          "=",
          choice(separated1(field("value", $._expression), ","), field("value", alias($._missing_value, $.missing))),
        ),
        field("value", missingRest($)),
      ),
    ),
  let_declaration: ($) =>
    seq(
      field("keyword", choice("let", "mut")),
      field("left", $._expression),
      optional(typeAnnotation($)),
      "=",
      field("right", $._expression),
    ),
  state_declaration: ($) => reactive($, alias($._state_keyword, "state")),
  computed_declaration: ($) => reactive($, alias($._computed_keyword, "computed")),

  // ---- the page
  effect_declaration: ($) => seq(alias($._effect_keyword, "effect"), field("body", $.block)),
  component_declaration: ($) =>
    seq(
      alias($._component_keyword, "component"),
      field("name", choice($.identifier, alias($._missing_name, $.missing))),
      optional(seq(".", field("member", $._property))),
      optional(field("parameters", $.parameters)),
      field("body", $._expected_block),
    ),
  store_declaration: ($) => seq(alias($._store_keyword, "store"), field("name", $.identifier), field("body", $.block)),
  style_block: ($) =>
    seq(
      alias($._style_keyword, "style"),
      optional(field("arguments", $.arguments)),
      "{",
      optional($.css_text),
      "}",
    ),

  // ---- the server
  route_declaration: ($) =>
    seq(
      alias($._route_keyword, "route"),
      field("method", $.identifier),
      field("path", $.string),
      repeat(
        choice(
          seq(
            field("keyword", alias($._key, "body")),
            ":",
            field("body_type", choice($.type_name, $.generic_type, $.list_type)),
          ),
          $._route_decorators,
        ),
      ),
      optional(returnType($)),
      choice(
        seq("=>", field("handler", choice($._operand, alias($._decided_block, $.block)))),
        field("handler", choice($.block, missingRest($))),
      ),
      repeat($._route_decorators),
    ),
  _route_decorators: ($) => seq("with", separated1($.route_decorator, ",")),
  route_decorator: ($) => seq(field("name", $.identifier), optional(field("arguments", $.arguments))),
  model_declaration: ($) =>
    seq(alias($._model_keyword, "model"), field("name", $.identifier), optional(field("body", $.type_body))),

  // ---- types
  type_declaration: ($) =>
    prec.right(
      seq(
        alias($._type_keyword, "type"),
        field("name", $.identifier),
        optional(field("type_parameters", $.type_parameters)),
        optional(choice(field("body", $.type_body), seq("=", optional("|"), field("value", $._type)))),
        optional(seq("where", field("where", $.block))),
        optional(seq("derive", field("derive", $.array))),
      ),
    ),
  type_body: ($) => seq("{", repeat(seq(choice($.field_declaration, $.variant), optional($._separator))), "}"),
  field_declaration: ($) =>
    seq(
      field("name", choice(alias($._key, $.identifier), $.string)),
      ":",
      field("type", choice($._type, $.number, $.true, $.false, $.nil)),
      optional(defaultValue($)),
      optional(field("validators", $.block)),
    ),
  variant: ($) => seq(field("name", $.identifier), optional(field("parameters", $.parameters))),
  interface_declaration: ($) => contract($, alias($._interface_keyword, "interface")),
  trait_declaration: ($) => contract($, alias($._trait_keyword, "trait")),
  impl_declaration: ($) =>
    seq(
      "impl",
      choice(field("type", $._type), seq(field("trait", $._type), "for", field("type", $._type))),
      field("body", $.block),
    ),
  extern_declaration: ($) => seq(alias($._extern_keyword, "extern"), field("declaration", $.function_declaration)),

  // ---- modules
  import_statement: ($) =>
    seq(
      "import",
      choice(
        seq(
          choice(
            field("names", $.named_imports),
            seq("*", "as", field("namespace", $.identifier)),
            seq(field("default", $.identifier), optional(seq(",", field("names", $.named_imports)))),
          ),
          choice(seq("from", field("source", $.string)), seq(optional("from"), field("source", missingRest($)))),
        ),
        field("source", $.string),
      ),
    ),
  named_imports: ($) => seq("{", comma($.import_name), "}"),
  import_name: ($) =>
    seq(field("name", $._module_name), optional(seq("as", field("alias", $._module_name)))),
  _module_name: ($) => choice($.identifier, alias("default", $.identifier)),
  export_statement: ($) =>
    seq(
      field("pub", choice("pub", "export")),
      choice(
        field("declaration", $._statement),
        seq(field("default", "default"), field("declaration", $._statement)),
        prec(1, seq(field("names", $.object), optional(seq("from", field("source", $.string))))),
        seq("*", "from", field("source", $.string)),
      ),
    ),

  // ---- everything that a word introduces and that has no rule of its own: `db { }`, `middleware fn f() { }`,
  // `health "/path"`, `field email: String = ""`, ...; analysis knows which words mean something where
  directive: ($) =>
    choice(
      prec.right(seq(field("name", $.identifier), choice($.block, seq($._directive_head, repeat($._directive_tail))))),
      // `async validate(f)` among the rules of a form's field
      seq(
        field("async", "async"),
        field("name", $.identifier),
        choice($.arguments, alias($._rule_function, $.function_expression)),
      ),
    ),
  _rule_function: ($) => seq("fn", field("parameters", $.parameters), field("body", $.block)),
  _directive_head: ($) =>
    choice(
      $.identifier,
      $.string,
      $.number,
      alias($._product, $.binary_expression),
      $.function_expression,
      $.function_declaration,
    ),
  // `5 * 1024 * 1024`
  _product: ($) =>
    seq(
      field("left", choice($.number, alias($._product, $.binary_expression))),
      field("operator", "*"),
      field("right", $.number),
    ),
  _directive_tail: ($) =>
    choice(
      $._directive_head,
      $.block,
      $.arguments,
      $.array,
      seq(".", field("member", $._property)),
      typeAnnotation($),
      seq("=", field("value", $._expression)),
      seq("=>", field("value", $._expression)),
      seq("when", field("when", $._expression)),
      "with",
    ),
};
