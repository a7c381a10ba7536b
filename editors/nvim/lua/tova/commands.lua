-- What the server's lenses and actions ask the editor to do.
local M = {}

--- Puts a text (a curl line, a fetch call) into the unnamed and the system's register.
local function copy(command)
  local text, what = command.arguments[1], command.arguments[2]
  vim.fn.setreg('"', text)
  pcall(vim.fn.setreg, "+", text)
  vim.notify("tova: copied" .. (type(what) == "string" and (" " .. what) or ""))
end

--- Lists places in the quickfix window.
local function show_references(command, context)
  local client = context and context.client_id and vim.lsp.get_client_by_id(context.client_id)
  local items = vim.lsp.util.locations_to_items(command.arguments[3], client and client.offset_encoding or "utf-16")
  vim.fn.setqflist({}, " ", { title = "Callers", items = items })
  vim.cmd("botright copen")
end

--- Runs one test of a file, or all of them, in a terminal below.
local function run_test(command)
  local program = require("tova.server").command()
  local words = { program and program[1] or "tova", "test", vim.uri_to_fname(command.arguments[1]) }
  if type(command.arguments[2]) == "string" then
    vim.list_extend(words, { "--filter", command.arguments[2] })
  end
  local window = vim.api.nvim_get_current_win()
  vim.cmd("botright 12new")
  vim.fn.termopen(words)
  vim.api.nvim_set_current_win(window)
end

--- Makes them known to Neovim's language client.
function M.register()
  vim.lsp.commands["tova.copy"] = copy
  vim.lsp.commands["tova.showReferences"] = show_references
  vim.lsp.commands["tova.runTest"] = run_test
end

return M
