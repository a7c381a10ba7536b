; Indents for Zed: a level ends at the token that is captured as `end`.
(_ "{" "}" @end) @indent
(_ "(" ")" @end) @indent
(_ "[" "]" @end) @indent
(jsx_element ">" "</" @end) @indent
(jsx_fragment "<>" "</" @end) @indent
