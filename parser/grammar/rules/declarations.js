// Declarations: functions, bindings, components, routes, types, modules, and directives.

const { PREC, separated1, comma } = require("./helpers.js");

const typeAnnotation = ($) => seq(":", field("type", $._type));
const returnType = ($, arrow = "->") => seq(arrow, field("return_type", $._type));
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
    field("name", $._declared_name),
    optional(field("type_parameters", $.type_parameters)),
    field("body", $.block),
  );

module.exports = {
  // What follows `=`, or what is missing from there on.
  _required_value: ($) => choice(seq("=", field("value", $._operand)), field("value", missingRest($))),

  // A name that a brace may stand in the place of.
  _declared_name: ($) => choice($.identifier, alias($._missing_name, $.missing)),

  // ---- functions
  function_declaration: ($) =>
    prec.right(
      seq(
        optional(field("async", "async")),
        alias($._fn_name_follows, "fn"),
        field("name", $.identifier),
        $._function_rest,
      ),
    ),
  // Behind the name. `: T` and `=> e` are read too, and reported with what to write.
  _function_rest: ($) =>
    prec.right(
      seq(
        optional(field("type_parameters", $.type_parameters)),
        field("parameters", $.parameters),
        optional(returnType($, choice("->", ":"))),
        optional(field("body", choice($.block, alias($._arrow_body, $.block)))),
      ),
    ),
  _arrow_body: ($) => prec(PREC.LAMBDA_BODY, seq("=>", $._expression)),

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
      field("keyword", alias($._let_keyword, "let")),
      field("left", choice($._expression, $.expression_list)),
      optional(typeAnnotation($)),
      choice(seq("=", field("right", $._assigned)), field("right", missingRest($))),
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
  store_declaration: ($) =>
    seq(
      alias($._store_keyword, "store"),
      field("name", $._declared_name),
      choice(field("body", $.block), seq("=", field("body", alias($._store_object, $.block)))),
    ),
  // `store cart = { items: [] }`: each entry is a `state` of the store.
  _store_object: ($) =>
    seq("{", optional(seq(separated1($._stored, $._separator), optional($._separator))), $._close_brace),
  _stored: ($) => alias($._store_entry, $.state_declaration),
  _store_entry: ($) => seq(field("name", alias($._key, $.identifier)), ":", field("value", $._operand)),
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
    seq(alias($._model_keyword, "model"), field("name", $._declared_name), optional(field("body", $.type_body))),

  // ---- types
  type_declaration: ($) =>
    prec.right(
      seq(
        alias($._type_keyword, "type"),
        field("name", $._declared_name),
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
    choice(
      seq(
        "impl",
        choice(
          field("type", $._type),
          seq(field("trait", $._type), $._for, field("type", $._type)),
        ),
        field("body", $.block),
      ),
      // `fn Stack.push(self, item) { }`: a block of one function
      seq(
        alias($._fn_name_follows, "fn"),
        field("type", alias($._receiver, $.type_name)),
        ".",
        field("body", alias($._method_block, $.block)),
      ),
    ),
  // The scanner sees that a clause is expected, and keeps the lexer from taking its word out of a longer one.
  _for: ($) => choice("for", $._clause_word),
  _as: ($) => choice("as", $._clause_word),
  _receiver: ($) => field("name", $.identifier),
  _method_block: ($) => alias($._method, $.function_declaration),
  _method: ($) => prec.right(seq(field("name", $.identifier), $._function_rest)),
  extern_declaration: ($) => seq(alias($._extern_keyword, "extern"), field("declaration", $.function_declaration)),

  // ---- modules
  import_statement: ($) =>
    seq(
      "import",
      choice(
        seq(
          choice(
            field("names", $.named_imports),
            seq("*", $._as, field("namespace", $.identifier)),
            seq(field("default", $.identifier), optional(seq(",", field("names", $.named_imports)))),
          ),
          choice(seq("from", $._source), seq(optional("from"), field("source", missingRest($)))),
        ),
        $._source,
      ),
    ),
  _source: ($) => field("source", choice($.string, $.single_string)),
  named_imports: ($) => seq("{", comma($.import_name), "}"),
  import_name: ($) =>
    seq(
      field("name", $._module_name),
      optional(seq($._as, field("alias", $._module_name))),
    ),
  _module_name: ($) => choice($.identifier, alias("default", $.identifier)),
  export_statement: ($) =>
    seq(
      field("pub", choice("pub", "export")),
      choice(
        field("declaration", $._statement),
        seq(field("default", "default"), field("declaration", $._statement)),
        prec(1, seq(field("names", $.object), optional(seq("from", $._source)))),
        seq("*", "from", $._source),
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
