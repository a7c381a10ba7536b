// The file, blocks of statements, and the blocks that say where code runs.
// A statement ends with `_terminator`; the last one of a block needs none.

/** Statements and config entries with their terminators. May not match nothing: tree-sitter refuses empty rules. */
const statements = ($) =>
  choice(
    seq(repeat1(terminated($)), optional(choice($._statement, $.config_entry))),
    $._statement,
    $.config_entry,
  );

const terminated = ($) =>
  choice(seq($._statement, $._terminator), seq($.config_entry, choice($._terminator, ",")), ";");

/** `server { }`, `server "name" { }` and their like. */
const place = ($, keyword) => seq(keyword, optional(field("name", $.string)), field("body", $.block));

module.exports = {
  source_file: ($) =>
    seq(
      optional($.shebang),
      repeat(choice(terminated($), $.stray_brace)),
      optional(choice($._statement, $.config_entry)),
    ),

  stray_brace: ($) => prec.right(seq("}", optional($._newline))),

  _statements: statements,
  block: ($) => seq("{", optional($._statements), $._close_brace),
  // After a condition or a head, whose line may end before there is a block.
  _expected_block: ($) => choice($.block, alias($._missing_rest, $.missing)),
  // Where an object is possible too; the scanner has looked at what follows the brace.
  _decided_block: ($) => seq(alias($._block_open, "{"), optional($._statements), $._close_brace),
  bare_block: ($) => seq(alias($._bare_open, "{"), optional($._statements), $._close_brace),

  server_block: ($) => place($, alias($._server_keyword, "server")),
  browser_block: ($) => place($, alias($._browser_keyword, "browser")),
  shared_block: ($) => place($, alias($._shared_keyword, "shared")),
};
