; Injections: text of other languages. The nodes of a string hold its quotes too, so Neovim cuts them off with
; `#offset!`; an editor that does not know it has a variant without these patterns (helix/).
; A node for what stands between the quotes would serve those too, and cost every tree a node for each string. JavaScript
; has no place inside of Tova's text: an `extern` declaration has no body.

; ---- CSS between the braces of `style { }`
((css_text) @injection.content
  (#set! injection.language "css"))

; ---- SQL in the first argument of the database's methods; interpolations become parameters, not SQL
((call_expression
  function: (member_expression
    object: (identifier) @_db
    property: (identifier) @_method)
  arguments: (arguments
    .
    (string) @injection.content))
  (#eq? @_db "db")
  (#any-of? @_method "query" "get" "all" "run" "exec")
  (#offset! @injection.content 0 1 0 -1)
  (#set! injection.language "sql"))
((call_expression
  function: (member_expression
    object: (identifier) @_db
    property: (identifier) @_method)
  arguments: (arguments
    .
    (triple_string) @injection.content))
  (#eq? @_db "db")
  (#any-of? @_method "query" "get" "all" "run" "exec")
  (#offset! @injection.content 0 3 0 -3)
  (#set! injection.language "sql"))

; ---- regular expressions, without their slashes and flags
((regex) @injection.content
  (#match? @injection.content "/$")
  (#offset! @injection.content 0 1 0 -1)
  (#set! injection.language "regex"))
((regex) @injection.content
  (#match? @injection.content "/[a-z]$")
  (#offset! @injection.content 0 1 0 -2)
  (#set! injection.language "regex"))
((regex) @injection.content
  (#match? @injection.content "/[a-z][a-z]$")
  (#offset! @injection.content 0 1 0 -3)
  (#set! injection.language "regex"))

; ---- comments
([
  (comment)
  (doc_comment)
  (block_comment)
] @injection.content
  (#set! injection.language "comment"))
