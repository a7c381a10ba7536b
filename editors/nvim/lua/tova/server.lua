-- The language server's process: where it is found, how each Neovim since 0.7 starts it, restart, log.
local settings = require("tova.settings")

local M = {}

local uv = vim.uv or vim.loop

--- Is it this plugin that ends the server?
local stopping = false

--- The folder of this plugin.
M.plugin_root = vim.fn.fnamemodify(debug.getinfo(1, "S").source:sub(2), ":p:h:h:h")

--- What stands at the root of a workspace, the nearest first.
local markers = { "tova.toml", ".git" }

local function executable(path)
  return vim.fn.executable(path) == 1
end

--- The command that starts the server, and where it was found; nil when there is none.
---@return string[]?, string
function M.command()
  local wanted = settings.get().cmd
  if wanted then
    return executable(wanted[1]) and wanted or nil, "the setting `cmd`"
  end
  if executable("tova") then
    return { "tova", "lsp" }, "the PATH"
  end
  local repository = vim.fn.fnamemodify(M.plugin_root, ":h:h")
  local built = repository .. "/build/server/tova"
  if executable(built) then
    return { built, "lsp" }, "the repository that holds this plugin"
  end
  return nil, "nowhere"
end

--- The workspace's folder of a file: the nearest one above it with a marker, else the file's own. A buffer without a name
--- belongs to the current folder.
---@param path string
---@return string
function M.root(path)
  local folder = path ~= "" and vim.fn.fnamemodify(path, ":p:h") or vim.fn.getcwd()
  local above = folder
  while above ~= "" do
    for _, marker in ipairs(markers) do
      if uv.fs_stat(above .. "/" .. marker) then
        return above
      end
    end
    local parent = vim.fn.fnamemodify(above, ":h")
    if parent == above then
      break
    end
    above = parent
  end
  return folder
end

--- The server's notifications that this plugin listens to.
local function handlers()
  return {
    ["tova/compiled"] = function(_, result)
      require("tova.compile").told(result)
    end,
    ["tova/previewChanged"] = function(_, result)
      require("tova.preview").changed(result)
    end,
  }
end

--- When processes of the server have died, in seconds.
local deaths = {}

--- Has it died so often that starting it again is of no use?
local function hopeless()
  local now = os.time()
  table.insert(deaths, now)
  deaths = vim.tbl_filter(function(time)
    return now - time < 180
  end, deaths)
  return #deaths > 4
end

--- A server that has died is started again, and gets the buffers as they are; the preview asks anew.
local function on_exit(code, signal)
  vim.schedule(function()
    require("tova.preview").lost()
    if (code == 0 and signal == 0) or stopping then
      return
    end
    if hopeless() then
      vim.notify("The Tova language server has died five times in three minutes. :TovaLog shows why, :TovaRestart tries again.", vim.log.levels.ERROR)
      return
    end
    vim.notify("The Tova language server died and is started again; :TovaLog shows why.", vim.log.levels.WARN)
    M.start_all()
  end)
end

--- Neovim before 0.8 sets none of this by itself.
local function on_attach(_, buffer)
  if vim.fn.has("nvim-0.8") == 0 then
    vim.bo[buffer].omnifunc = "v:lua.vim.lsp.omnifunc"
    vim.bo[buffer].tagfunc = "v:lua.vim.lsp.tagfunc"
    vim.bo[buffer].formatexpr = "v:lua.vim.lsp.formatexpr()"
  end
end

--- The client's configuration, for vim.lsp.config and vim.lsp.start_client alike.
---@return table
function M.config()
  local set = settings.get()
  return {
    name = "tova",
    cmd = M.command() or { "tova", "lsp" },
    filetypes = { "tova" },
    root_dir = function(buffer, found)
      found(M.root(vim.api.nvim_buf_get_name(buffer)))
    end,
    init_options = {
      compileOnSave = set.compile_on_save,
      trusted = set.trusted,
      dev = set.dev,
      commands = { "tova.copy", "tova.showReferences", "tova.runTest" },
    },
    handlers = handlers(),
    on_attach = on_attach,
    on_exit = on_exit,
  }
end

--- Every running client of this server.
---@return table[]
function M.clients()
  local all = vim.lsp.get_clients and vim.lsp.get_clients() or vim.lsp.get_active_clients()
  return vim.tbl_filter(function(client)
    return client.name == "tova"
  end, all)
end

--- The client of a buffer, or nil.
---@param buffer integer
---@return table?
function M.client(buffer)
  for _, client in ipairs(M.clients()) do
    if vim.lsp.buf_is_attached(buffer, client.id) then
      return client
    end
  end
end

local complained = false

--- The client of each workspace, by its folder: Neovim's own list lacks those that have not been greeted yet.
---@type table<string, integer>
local started = {}

--- Says once what to do when there is no server to start.
local function complain()
  if complained then
    return
  end
  complained = true
  vim.schedule(function()
    vim.notify(
      "The program `tova` was not found. Put it on the PATH, or name it: require('tova').setup { cmd = { '/path/of/tova', 'lsp' } }. "
        .. ":checkhealth tova says more.",
      vim.log.levels.ERROR
    )
  end)
end

--- Neovim 0.11 and newer start the server themselves, and say nothing when there is no program.
function M.look()
  if not M.command() then
    complain()
  end
end

--- Starts the server for a buffer, or gives it to the one of its workspace. Neovim before 0.11; later ones do this themselves.
---@param buffer integer
function M.attach(buffer)
  local path = vim.api.nvim_buf_get_name(buffer)
  if vim.bo[buffer].buftype ~= "" then
    return
  end
  if not M.command() then
    return complain()
  end
  local root = M.root(path)
  local running = started[root] and vim.lsp.get_client_by_id(started[root])
  if running and not running.is_stopped() then
    vim.lsp.buf_attach_client(buffer, running.id)
    return
  end
  local config = M.config()
  config.root_dir = root
  config.workspace_folders = { { uri = vim.uri_from_fname(root), name = vim.fn.fnamemodify(root, ":t") } }
  config.capabilities = vim.lsp.protocol.make_client_capabilities()
  local id = vim.lsp.start_client(config)
  started[root] = id
  if id then
    vim.lsp.buf_attach_client(buffer, id)
  end
end

--- The loaded buffers of the file type.
local function buffers()
  return vim.tbl_filter(function(buffer)
    return vim.api.nvim_buf_is_loaded(buffer) and vim.bo[buffer].filetype == "tova"
  end, vim.api.nvim_list_bufs())
end

--- Starts the server for every open buffer that has none.
function M.start_all()
  for _, buffer in ipairs(buffers()) do
    if vim.lsp.enable then
      vim.api.nvim_exec_autocmds("FileType", { group = "nvim.lsp.enable", buffer = buffer, modeline = false })
    else
      M.attach(buffer)
    end
  end
end

--- Ends these clients and waits for it. `force` is for those that do not end when they are asked to.
---@param clients table[]
---@param force boolean
---@return boolean whether all have ended
local function stop(clients, force)
  for _, client in ipairs(clients) do
    if vim.fn.has("nvim-0.11") == 1 then
      client:stop(force)
    else
      client.stop(force)
    end
  end
  return (vim.wait(3000, function()
    return #M.clients() == 0
  end, 20))
end

--- Ends every server of this plugin and starts it again for the open buffers, whose unsaved text it is given.
function M.restart()
  complained, stopping, deaths = false, true, {}
  if not stop(M.clients(), false) then
    stop(M.clients(), true)
  end
  vim.schedule(function()
    stopping = false
    M.start_all()
  end)
end

--- Opens the log of Neovim's language clients, where the server's standard error goes too.
function M.open_log()
  local path = vim.lsp.get_log_path and vim.lsp.get_log_path() or vim.lsp.log.get_filename()
  vim.cmd("tabedit " .. vim.fn.fnameescape(path))
  vim.cmd("normal! G")
end

return M
