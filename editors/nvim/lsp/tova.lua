-- The language server for `vim.lsp.config` and `vim.lsp.enable`, Neovim 0.11 and newer. Older versions are served by
-- lua/tova/server.lua, which uses the same table.
return require("tova.server").config()
