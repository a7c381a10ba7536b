; Locals: scopes, definitions and references by name alone, for editors without the language server.

; ---- scopes
[
  (source_file)
  (block)
  (function_declaration)
  (function_expression)
  (lambda)
  (component_declaration)
  (for_expression)
  (try_expression)
  (with_expression)
  (match_arm)
  (select_arm)
  (jsx_for)
] @local.scope

; ---- definitions
(function_declaration
  name: (identifier) @local.definition.function)
(component_declaration
  name: (identifier) @local.definition.function)
(parameter
  name: (identifier) @local.definition.parameter)
(rest_parameter
  name: (identifier) @local.definition.parameter)
(lambda
  parameters: (identifier) @local.definition.parameter)
(lambda
  parameters: (paren_list
    (identifier) @local.definition.parameter))
(typed_binding
  name: (identifier) @local.definition.parameter)
(var_declaration
  name: (identifier) @local.definition.var)
(state_declaration
  name: (identifier) @local.definition.var)
(computed_declaration
  name: (identifier) @local.definition.var)
(store_declaration
  name: (identifier) @local.definition.var)
(assignment
  left: (identifier) @local.definition.var)
(assignment
  left: (expression_list
    (identifier) @local.definition.var))
(for_expression
  pattern: (identifier) @local.definition.var)
(jsx_for
  pattern: (identifier) @local.definition.var)
(try_expression
  name: (identifier) @local.definition.var)
(with_expression
  name: (identifier) @local.definition.var)
(select_arm
  name: (identifier) @local.definition.var)
(match_arm
  pattern: (identifier) @local.definition.var)
(variant_pattern
  "("
  (identifier) @local.definition.var)
(array_pattern
  (identifier) @local.definition.var)
(tuple_pattern
  (identifier) @local.definition.var)
(object_pattern
  (identifier) @local.definition.var)
(rest_pattern
  name: (identifier) @local.definition.var)
(type_declaration
  name: (identifier) @local.definition.type)
(model_declaration
  name: (identifier) @local.definition.type)
(interface_declaration
  name: (identifier) @local.definition.type)
(trait_declaration
  name: (identifier) @local.definition.type)
(type_parameter
  name: (identifier) @local.definition.type)
(import_statement
  default: (identifier) @local.definition.import)
(import_statement
  namespace: (identifier) @local.definition.import)
(import_name
  name: (identifier) @local.definition.import
  !alias)
(import_name
  alias: (identifier) @local.definition.import)

; ---- references
(identifier) @local.reference
