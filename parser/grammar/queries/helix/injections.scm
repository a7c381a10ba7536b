; Injections for Helix and Zed, which take a node as it is: where the quotes or slashes would be part of the other
; language's text there is none.

((css_text) @injection.content
  (#set! injection.language "css"))

([
  (comment)
  (doc_comment)
  (block_comment)
] @injection.content
  (#set! injection.language "comment"))
