; Text objects for Helix and Zed: `around` is the whole, `inside` the statements, fields
; or values in it.

(function_declaration
  body: (block
    "{"
    [(_) ";"]* @function.inside
    "}")) @function.around
(function_expression
  body: (_) @function.inside) @function.around
(lambda
  body: (_) @function.inside) @function.around
(component_declaration
  body: (block
    "{"
    [(_) ";"]* @function.inside
    "}")) @function.around
(effect_declaration
  body: (block
    "{"
    [(_) ";"]* @function.inside
    "}")) @function.around

(server_block
  body: (block
    "{"
    [(_) ";"]* @class.inside
    "}")) @class.around
(browser_block
  body: (block
    "{"
    [(_) ";"]* @class.inside
    "}")) @class.around
(shared_block
  body: (block
    "{"
    [(_) ";"]* @class.inside
    "}")) @class.around
(store_declaration
  body: (block
    "{"
    [(_) ";"]* @class.inside
    "}")) @class.around
(type_declaration
  body: (type_body
    "{"
    [(_) ";"]* @class.inside
    "}")) @class.around
(model_declaration
  body: (type_body
    "{"
    [(_) ";"]* @class.inside
    "}")) @class.around
(interface_declaration
  body: (block
    "{"
    [(_) ";"]* @class.inside
    "}")) @class.around
(trait_declaration
  body: (block
    "{"
    [(_) ";"]* @class.inside
    "}")) @class.around
(impl_declaration
  body: (block
    "{"
    [(_) ";"]* @class.inside
    "}")) @class.around

(parameters
  (_) @parameter.inside @parameter.around)
(arguments
  (_) @parameter.inside @parameter.around)

(object
  (_) @entry.inside @entry.around)
(array
  (_) @entry.inside @entry.around)

[
  (comment)
  (doc_comment)
  (block_comment)
] @comment.inside
[
  (comment)+
  (doc_comment)+
  (block_comment)
] @comment.around
