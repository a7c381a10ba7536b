; Tags: definitions and references, for lists of symbols and for jumping without a language server.

; ---- definitions
(function_declaration
  name: (identifier) @name) @definition.function
(component_declaration
  name: (identifier) @name) @definition.function
(store_declaration
  name: (identifier) @name) @definition.module
(server_block
  name: (string) @name) @definition.module
(type_declaration
  name: (identifier) @name) @definition.class
(model_declaration
  name: (identifier) @name) @definition.class
(interface_declaration
  name: (identifier) @name) @definition.interface
(trait_declaration
  name: (identifier) @name) @definition.interface
(variant
  name: (identifier) @name) @definition.constant
(field_declaration
  name: (identifier) @name) @definition.field
(state_declaration
  name: (identifier) @name) @definition.variable
(computed_declaration
  name: (identifier) @name) @definition.variable
(var_declaration
  name: (identifier) @name) @definition.variable

; ---- references
(call_expression
  function: (identifier) @name) @reference.call
(call_expression
  function: (member_expression
    property: (identifier) @name)) @reference.call
(route_declaration
  handler: (identifier) @name @reference.call)
(type_name
  name: (identifier) @name) @reference.type
(jsx_element
  name: (tag_name) @name
  (#match? @name "^[A-Z]")) @reference.class
