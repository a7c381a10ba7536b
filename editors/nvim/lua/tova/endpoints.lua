-- Every endpoint of the workspace in the quickfix window.
local request = require("tova.request")

local M = {}

--- "POST /rpc/create_user  create_user(name: String)  api, port 3000  2 callers"
local function describe(server, endpoint)
  local parameters = vim.tbl_map(function(parameter)
    return parameter.type and parameter.type ~= "" and (parameter.name .. ": " .. parameter.type) or parameter.name
  end, endpoint.parameters or {})
  local callers = endpoint.callers == 1 and "1 caller" or ((endpoint.callers or 0) .. " callers")
  return ("%-6s %s  %s(%s)  %s, port %s  %s"):format(
    endpoint.method,
    endpoint.path,
    endpoint.name,
    table.concat(parameters, ", "),
    server.label ~= "" and server.label or server.name,
    server.port,
    callers
  )
end

--- Fills and opens the list.
function M.open()
  local buffer = vim.api.nvim_get_current_buf()
  request.send(buffer, "tova/endpoints", vim.empty_dict(), function(result)
    local items = {}
    for _, package in ipairs(result.packages) do
      for _, server in ipairs(package.servers) do
        for _, endpoint in ipairs(server.endpoints) do
          local start = (endpoint.selectionRange or endpoint.range).start
          table.insert(items, {
            filename = vim.uri_to_fname(endpoint.uri),
            lnum = start.line + 1,
            col = start.character + 1,
            text = describe(server, endpoint),
          })
        end
      end
    end
    vim.fn.setqflist({}, " ", { title = "Tova endpoints", items = items })
    if #items == 0 then
      vim.notify("tova: this workspace has no endpoints")
    else
      vim.cmd("botright copen")
    end
  end)
end

return M
