; Highlights for Neovim 0.7 to 0.9, written by generate.mjs from ../highlights.scm: the same patterns with the capture
; names of their time, which have no fallback: @parameter, @field, @method, @conditional, @repeat, @include, @exception.

; ---- names
(identifier) @variable
((identifier) @type
  (#match? @type "^[A-Z]"))
((identifier) @constant
  (#match? @constant "^[A-Z][A-Z0-9]*_[A-Z0-9_]*$"))
((identifier) @variable.builtin
  (#eq? @variable.builtin "self"))
(member_expression
  object: (identifier) @variable.builtin
  (#eq? @variable.builtin "server"))
(member_expression
  property: (identifier) @field)
(column
  name: (identifier) @field)
(labeled_statement
  label: (identifier) @label)
(break_statement
  label: (identifier) @label)
(continue_statement
  label: (identifier) @label)

; ---- keys and fields
(pair
  key: (identifier) @property)
(pair_pattern
  key: (identifier) @property)
(config_entry
  key: (identifier) @property)
(field_declaration
  name: (identifier) @property)
(record_field
  name: (identifier) @property)

; ---- parameters
(parameter
  name: (identifier) @parameter)
(rest_parameter
  name: (identifier) @parameter)
(lambda
  parameters: (identifier) @parameter)
(lambda
  parameters: (paren_list
    [
      (identifier) @parameter
      (typed_binding
        name: (identifier) @parameter)
      (default_binding
        name: (identifier) @parameter)
    ]))
(named_argument
  name: (identifier) @parameter)

; ---- functions
(call_expression
  function: (identifier) @function)
(call_expression
  function: (identifier) @constructor
  (#match? @constructor "^[A-Z]"))
(call_expression
  function: (member_expression
    property: (identifier) @method))
(pipe_expression
  right: (identifier) @function)
(function_declaration
  name: (identifier) @function)
(impl_declaration
  body: (block
    (function_declaration
      name: (identifier) @method)))
(assignment
  left: (identifier) @function
  right: [
    (function_expression)
    (lambda)
  ])
(assignment
  left: (member_expression
    property: (identifier) @method)
  right: [
    (function_expression)
    (lambda)
  ])
(route_declaration
  handler: (identifier) @function)

; ---- types
(type_name
  name: (identifier) @type)
(type_name
  name: (identifier) @type.builtin
  (#any-of? @type.builtin
    "Int" "Float" "String" "Bool" "Nil" "Any" "Never" "Number" "Array" "Object" "Map" "Set" "Option" "Result"
    "Promise"))
(type_name
  member: (identifier) @type)
(type_parameter
  name: (identifier) @type)
(type_declaration
  name: (identifier) @type)
(model_declaration
  name: (identifier) @type)
(interface_declaration
  name: (identifier) @type)
(trait_declaration
  name: (identifier) @type)
(struct_literal
  name: (identifier) @type)
(component_declaration
  name: (identifier) @constructor)
(store_declaration
  name: (identifier) @type)
(variant
  name: (identifier) @constructor)
(variant_type
  name: (identifier) @constructor)
(variant_pattern
  name: (identifier) @constructor)
(variant_pattern
  name: (member_expression
    property: (identifier) @constructor))

; ---- literals
(number) @number
[
  (true)
  (false)
] @boolean
(nil) @constant.builtin
[
  (string)
  (triple_string)
  (single_string)
  (raw_string)
] @string
(route_declaration
  path: (string) @string.special)
(import_statement
  source: (string) @string.special)
(escape) @string.escape
(regex) @string.regex

; ---- comments
[
  (comment)
  (block_comment)
] @comment
(doc_comment) @comment
(shebang) @preproc

; ---- keywords
[
  "server"
  "browser"
  "shared"
  "style"
  "effect"
  "route"
  "body"
  "var"
  "let"
  "mut"
  "state"
  "computed"
  "guard"
  "defer"
  "with"
  "as"
  "where"
  "derive"
  "then"
  "key"
  "select"
] @keyword
(directive
  name: (identifier) @keyword)
"fn" @keyword.function
[
  "type"
  "model"
  "interface"
  "trait"
  "impl"
  "component"
  "store"
] @keyword
[
  "pub"
  "extern"
  "default"
] @keyword
[
  "import"
  "export"
  "from"
] @include
(import_name
  "as" @include)
[
  "async"
  "await"
  "spawn"
] @keyword
[
  "return"
  "yield"
] @keyword.return
[
  "if"
  "elif"
  "else"
  "match"
  "when"
] @conditional
[
  "for"
  "while"
  "loop"
  "break"
  "continue"
] @repeat
(for_expression
  "in" @repeat)
(jsx_for
  "in" @repeat)
(comprehension_clause
  "in" @repeat)
[
  "try"
  "catch"
  "finally"
] @exception
(binary_expression
  operator: [
    "and"
    "or"
    "not"
    "in"
    "is"
  ] @keyword.operator)
(unary_expression
  operator: "not" @keyword.operator)

; ---- operators and punctuation
[
  "+"
  "-"
  "*"
  "/"
  "%"
  "**"
  "++"
  "<<"
  ">>"
  ">>>"
  ".."
  "..="
  "<"
  "<="
  ">"
  ">="
  "=="
  "!="
  "&"
  "^"
  "|"
  "~"
  "!"
  "&&"
  "||"
  "??"
  "|>"
  "="
  "+="
  "-="
  "*="
  "/="
  "%="
  "**="
  "&="
  "|="
  "^="
  "<<="
  "??="
  "||="
  "&&="
  "=>"
  "->"
  "..."
  "?"
] @operator
[
  ","
  ";"
  ":"
  "."
  "?."
] @punctuation.delimiter
[
  "("
  ")"
  "["
  "]"
  "{"
  "}"
] @punctuation.bracket
(interpolation
  [
    "{"
    "}"
  ] @punctuation.special)
(type_parameters
  [
    "<"
    ">"
  ] @punctuation.bracket)
(generic_type
  [
    "<"
    ">"
  ] @punctuation.bracket)
(decorator
  "@" @attribute
  name: (identifier) @attribute)
(route_decorator
  name: (identifier) @attribute)
(route_declaration
  method: (identifier) @constant.builtin)

; ---- markup
(tag_name) @tag
(attribute_name) @tag.attribute
(jsx_element
  [
    "<"
    ">"
    "</"
    "/>"
  ] @tag.delimiter)
(jsx_fragment
  [
    "<>"
    "</"
    ">"
  ] @tag.delimiter)
(jsx_expression
  [
    "{"
    "}"
  ] @punctuation.special)
