; The outline of Zed: `context` is shown before the `name` of an `item`.
(server_block "server" @context name: (string)? @name) @item
(browser_block "browser" @name) @item
(shared_block "shared" @name) @item
(function_declaration "fn" @context name: (identifier) @name) @item
(component_declaration "component" @context name: (identifier) @name) @item
(store_declaration "store" @context name: (identifier) @name) @item
(type_declaration "type" @context name: (identifier) @name) @item
(model_declaration "model" @context name: (identifier) @name) @item
(interface_declaration "interface" @context name: (identifier) @name) @item
(trait_declaration "trait" @context name: (identifier) @name) @item
(impl_declaration "impl" @context type: (_) @name) @item
(state_declaration "state" @context name: (identifier) @name) @item
(computed_declaration "computed" @context name: (identifier) @name) @item
(effect_declaration "effect" @name) @item
(route_declaration "route" @context method: (identifier) @context path: (string) @name) @item
(field_declaration name: (identifier) @name) @item
