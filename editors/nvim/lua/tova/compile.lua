-- Compiling on demand, and what a save has written.
local request = require("tova.request")

local M = {}

--- One line about a compilation.
---@param report { written: string[], kept: string[], errors: integer, milliseconds: number }
local function describe(report)
  if report.errors > 0 then
    local stays = #report.kept > 0 and "; the last good output stays" or ""
    return ("tova: %d error%s%s"):format(report.errors, report.errors == 1 and "" or "s", stays)
  end
  if #report.written == 0 then
    return "tova: nothing has changed"
  end
  return ("tova: wrote %s in %d ms"):format(table.concat(report.written, ", "), report.milliseconds)
end

--- Compiles the application of the current buffer.
function M.run()
  local buffer = vim.api.nvim_get_current_buf()
  request.send(buffer, "tova/compile", { textDocument = request.document(buffer) }, function(report)
    vim.notify(describe(report), report.errors > 0 and vim.log.levels.WARN or vim.log.levels.INFO)
  end)
end

--- The report of the newest compilation that the server told of; `vim.g.tova_compiled` for status lines.
function M.told(report)
  vim.g.tova_compiled = report
  vim.api.nvim_exec_autocmds("User", { pattern = "TovaCompiled", modeline = false })
end

return M
