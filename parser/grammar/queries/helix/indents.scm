; Indents for Helix: `indent` for what opens a level, `outdent` for the closers.

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
] @indent

[
  "}"
  ")"
  "]"
  "</"
  "/>"
] @outdent
