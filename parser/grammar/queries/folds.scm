; Folds: what has a body or entries, and runs of imports.
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
  (object)
  (array)
  (record_type)
  (parameters)
  (arguments)
  (named_imports)
  (triple_string)
  (block_comment)
] @fold
(import_statement)+ @fold
