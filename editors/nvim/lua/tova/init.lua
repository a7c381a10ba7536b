-- tova: what an init.lua calls. Without a call everything works by its defaults.
local M = {}

--- Sets options (`:h tova-settings`). Call it before the first Tova file is opened.
---@param settings table?
function M.setup(settings)
  require("tova.settings").set(settings or {})
  if vim.lsp.config and vim.lsp.enable then
    vim.lsp.config("tova", require("tova.server").config())
  end
end

return M
