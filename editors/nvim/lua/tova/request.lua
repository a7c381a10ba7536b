-- One request to the server of a buffer, on every version of Neovim.
local server = require("tova.server")

local M = {}

--- Asks a client, whatever the version of Neovim; `answered` gets what came.
---@param client table
---@param buffer integer
---@param method string
---@param params table
---@param answered fun(problem: table?, result: any)
function M.ask(client, buffer, method, params, answered)
  if vim.fn.has("nvim-0.11") == 1 then
    return client:request(method, params, answered, buffer)
  end
  return client.request(method, params, answered, buffer)
end

--- Asks; `done` gets the result, and nothing is called when there was none. An error is told to the user.
---@param buffer integer a Tova buffer
---@param method string
---@param params table
---@param done fun(result: table, client: table)
---@return boolean asked false when the buffer has no server
function M.send(buffer, method, params, done)
  local client = server.client(buffer)
  if not client then
    vim.notify("No Tova language server is running for this buffer; :checkhealth tova says why.", vim.log.levels.WARN)
    return false
  end
  local function answered(problem, result)
    if problem then
      -- The text has moved on, or nobody wants the answer any longer: the next question is on its way.
      if problem.code ~= -32801 and problem.code ~= -32800 then
        vim.notify("tova: " .. (problem.message or "the request failed"), vim.log.levels.WARN)
      end
    elseif result ~= nil and result ~= vim.NIL then
      done(result, client)
    end
  end
  return M.ask(client, buffer, method, params, answered)
end

--- How the server names the text of a buffer.
---@param buffer integer
function M.document(buffer)
  return { uri = vim.uri_from_bufnr(buffer) }
end

--- The cursor of a window as the protocol counts it.
---@param window integer
---@param client table
function M.position(window, client)
  return vim.lsp.util.make_position_params(window, client.offset_encoding).position
end

return M
