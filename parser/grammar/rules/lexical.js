// Tokens: words, numbers, strings, comments, and the closers that may be missing.
// Where one token may stand for two things, the external scanner decides (src/scanner.c).

/**
 * Words that are keywords only where a declaration of their shape follows, and names everywhere else. The scanner gives
 * each its own token, `_server_keyword`, `_state_keyword`, ...; `client` comes as `_browser_keyword`, `mut` and `const`
 * as `_let_keyword`.
 */
const softKeywords = [
  "server",
  "browser",
  "shared",
  "state",
  "computed",
  "effect",
  "component",
  "store",
  "route",
  "model",
  "select",
  "style",
  "type",
  "trait",
  "interface",
  "extern",
  "let",
];

const rules = {
  shebang: (_) => token(prec(1, /#![^\r\n]*/)),
  comment: (_) => token(prec(0, /\/\/[^\r\n]*/)),
  doc_comment: (_) => token(prec(1, /\/\/\/[^\r\n]*/)),

  // The ranges are ideographs and syllables, which the command line's `\p{L}` leaves out.
  identifier: (_) =>
    /[\p{L}\u3400-\u4DBF\u4E00-\u9FFF\uAC00-\uD7A3\u{20000}-\u{323AF}_$][\p{L}\p{N}\p{M}\u3400-\u4DBF\u4E00-\u9FFF\uAC00-\uD7A3\u{20000}-\u{323AF}_$]*/u,
  // A flag of a command: `--dry-run`.
  _flag_name: (_) => token.immediate(/[\p{L}_][\p{L}\p{N}_]*(-[\p{L}\p{N}_]+)*/),
  true: (_) => "true",
  false: (_) => "false",
  nil: (_) => "nil",

  number: (_) =>
    choice(
      /0[xX][0-9a-fA-F_]+/,
      /0[bB][01_]+/,
      /0[oO][0-7_]+/,
      /[0-9][0-9_]*(\.[0-9][0-9_]*)?([eE][+-]?[0-9]+)?/,
    ),
  // After a dot: `t.0.1` is two steps, not the number 0.1.
  _tuple_index: (_) => /[0-9]+/,

  // ---- strings; the text between the parts has no node
  string: ($) => choice(seq(choice('"', 'f"'), $._string_rest), seq('\\"', $._escaped_rest)),
  _string_rest: ($) =>
    seq(
      repeat(choice($._string_content, $._line_of_string, $.escape, $.interpolation)),
      choice(token.immediate('"'), alias($._string_break, $.unterminated)),
    ),
  // A string in an interpolation, whose quotes are escaped as the string around it wants them.
  _escaped_rest: ($) =>
    seq(
      repeat(choice($._string_content, $._line_of_string, $.escape, $.interpolation)),
      choice(token.immediate('\\"'), alias($._string_break, $.unterminated)),
    ),
  triple_string: ($) =>
    choice(
      seq(
        alias($._triple_open, '"""'),
        repeat(choice($._triple_content, $.escape, $.interpolation)),
        token.immediate('"""'),
      ),
      seq(alias($._triple_unclosed, '"""'), $._string_rest),
    ),
  // Between single quotes nothing is looked for, not even escapes.
  single_string: ($) =>
    seq(
      "'",
      repeat(choice($._single_content, $._line_of_string)),
      choice(token.immediate("'"), alias($._string_break, $.unterminated)),
    ),
  _line_of_string: ($) => seq($._string_line_end, token.immediate(/\r\n?|\n/)),
  raw_string: (_) => token(prec(1, /r"[^"]*"/)),
  escape: (_) => token.immediate(/\\(\r\n|.|\n)/),
  interpolation: ($) =>
    seq(
      token.immediate("{"),
      optional(field("value", $._expression)),
      choice("}", alias($._missing_interpolation_end, $.missing)),
    ),

  // ---- separators; two statements on one line have a `missing` between them
  _terminator: ($) => choice($._newline, ";", alias($._missing_separator, $.missing)),
  // Between arms and fields nothing is missing: they need no separator.
  _separator: ($) => choice(",", $._newline, ";", $._missing_separator),
  _comma: ($) => choice(",", alias($._missing_comma, $.missing)),

  // Between entries of an object the end of a line does too.
  _entry_end: ($) => choice($._comma, $._entry_line),

  // ---- ends
  // The closer of what holds statements: at the end of the file it may be missing.
  _close_brace: ($) => choice("}", alias($._eof_close, $.missing)),
  // The closers of what holds expressions: a line that can only be a declaration shows that they are missing.
  _close_object: ($) => choice("}", alias($._missing_brace, $.missing)),
  _close_paren: ($) => choice(")", alias($._missing_close, $.missing)),
  _close_bracket: ($) => choice("]", alias($._missing_close, $.missing)),
  // The closer of arms: a line that can only be a statement shows that it is missing.
  _close_arms: ($) => choice("}", alias($._missing_arms_end, $.missing)),
  // The closer of what holds markup: a closing tag shows that it is missing.
  _close_markup: ($) => choice("}", alias($._missing_brace, $.missing)),
};

module.exports = { softKeywords, rules };
