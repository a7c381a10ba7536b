; Text objects for Neovim: `outer` is the whole, `inner` the statements, fields or values in it.

(function_declaration
  body: (block
    "{"
    [(_) ";"]* @function.inner
    "}")) @function.outer
(function_expression
  body: (_) @function.inner) @function.outer
(lambda
  body: (_) @function.inner) @function.outer
(component_declaration
  body: (block
    "{"
    [(_) ";"]* @function.inner
    "}")) @function.outer
(effect_declaration
  body: (block
    "{"
    [(_) ";"]* @function.inner
    "}")) @function.outer

(server_block
  body: (block
    "{"
    [(_) ";"]* @class.inner
    "}")) @class.outer
(browser_block
  body: (block
    "{"
    [(_) ";"]* @class.inner
    "}")) @class.outer
(shared_block
  body: (block
    "{"
    [(_) ";"]* @class.inner
    "}")) @class.outer
(store_declaration
  body: (block
    "{"
    [(_) ";"]* @class.inner
    "}")) @class.outer
(type_declaration
  body: (type_body
    "{"
    [(_) ";"]* @class.inner
    "}")) @class.outer
(model_declaration
  body: (type_body
    "{"
    [(_) ";"]* @class.inner
    "}")) @class.outer
(interface_declaration
  body: (block
    "{"
    [(_) ";"]* @class.inner
    "}")) @class.outer
(trait_declaration
  body: (block
    "{"
    [(_) ";"]* @class.inner
    "}")) @class.outer
(impl_declaration
  body: (block
    "{"
    [(_) ";"]* @class.inner
    "}")) @class.outer

(parameters
  (_) @parameter.inner @parameter.outer)
(arguments
  (_) @parameter.inner @parameter.outer)

(if_expression
  consequence: (block
    "{"
    [(_) ";"]* @conditional.inner
    "}")) @conditional.outer
(match_expression) @conditional.outer
(match_arm
  body: (_) @conditional.inner)
(for_expression
  body: (block
    "{"
    [(_) ";"]* @loop.inner
    "}")) @loop.outer
(while_expression
  body: (block
    "{"
    [(_) ";"]* @loop.inner
    "}")) @loop.outer
(loop_expression
  body: (block
    "{"
    [(_) ";"]* @loop.inner
    "}")) @loop.outer

(call_expression
  arguments: (arguments) @call.inner) @call.outer
(block) @block.outer
(jsx_attribute
  value: (_) @attribute.inner) @attribute.outer
[
  (comment)
  (doc_comment)
  (block_comment)
] @comment.outer
