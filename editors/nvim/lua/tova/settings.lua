-- What a user may set, by `require("tova").setup { … }` or before loading in `vim.g.tova`.
local M = {}

---@class tova.Settings
---@field cmd? string[] how the server is started; found by itself when absent
---@field trusted boolean may the server write outputs in this workspace
---@field compile_on_save "off"|"onSave"|"onIdle"
---@field dev { port: integer } of the first server that `tova dev` starts; 0: $PORT, or 3000
---@field preview { position: string, follow: boolean } where the preview opens (a window command), and whether it follows the cursor
M.defaults = {
  cmd = nil,
  trusted = true,
  compile_on_save = "onSave",
  dev = { port = 0 },
  preview = { position = "botright vsplit", follow = true },
}

---@type tova.Settings?
local current = nil

---@return tova.Settings
function M.get()
  if not current then
    current = vim.tbl_deep_extend("force", M.defaults, vim.g.tova or {})
  end
  return current
end

---@param settings table
function M.set(settings)
  current = vim.tbl_deep_extend("force", M.get(), settings)
end

return M
