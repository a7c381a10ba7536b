-- `tova dev` in a terminal of its own, one for each workspace.
local server = require("tova.server")
local settings = require("tova.settings")

local M = {}

---@type table<string, integer> the terminal's job by workspace folder
local jobs = {}

local function program()
  local command = server.command()
  return command and command[1]
end

local function stop(root)
  if jobs[root] then
    vim.fn.jobstop(jobs[root])
    jobs[root] = nil
  end
end

--- Starts it for the workspace of the current buffer, or ends it ("stop").
---@param argument string
function M.run(argument)
  local path = vim.api.nvim_buf_get_name(0)
  local folder = vim.fn.fnamemodify(path, ":p:h")
  if argument == "stop" then
    return stop(folder)
  end
  if jobs[folder] then
    vim.notify("`tova dev` is running for " .. folder .. "; :TovaDev stop ends it.")
    return
  end
  local command = program()
  if not command then
    vim.notify("The program `tova` was not found; :checkhealth tova says more.", vim.log.levels.ERROR)
    return
  end
  local window = vim.api.nvim_get_current_win()
  vim.cmd("botright 12new")
  local words = { command, "dev", folder }
  local port = settings.get().dev.port
  if port > 0 then
    vim.list_extend(words, { "--port", tostring(port) })
  end
  local job = vim.fn.termopen(words, {
    on_exit = function()
      jobs[folder] = nil
    end,
  })
  jobs[folder] = job > 0 and job or nil
  vim.api.nvim_set_current_win(window)
end

--- Is it running for this folder?
---@param folder string
function M.running(folder)
  return jobs[folder] ~= nil
end

return M
