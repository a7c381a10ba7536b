; Indents for Neovim: what opens a level, and the closers that stand on the level of the line that opened it.

[
  (block)
  (type_body)
  (style_block)
  (match_expression)
  (select_expression)
  (jsx_element)
  (jsx_fragment)
  (jsx_block)
  (jsx_match)
  (jsx_expression)
  (object)
  (array)
  (paren_list)
  (record_type)
  (parameters)
  (arguments)
  (named_imports)
] @indent.begin

[
  "}"
  ")"
  "]"
  "</"
  "/>"
] @indent.branch
[
  "}"
  ")"
  "]"
] @indent.end

; Their lines are text.
[
  (triple_string)
  (block_comment)
  (css_text)
] @indent.auto
