-- The tree-sitter parser: built here by the machine's C compiler, and used for highlighting where it is there.
--
-- Neovim 0.10 and newer find the queries in queries/tova by themselves. Older ones know other capture names, and get theirs
-- from the file that is made for them.
local server = require("tova.server")

local M = {}

--- Where the grammar's sources are: beside the plugin in the repository and in a release.
local function grammar()
  for _, folder in ipairs({ server.plugin_root .. "/grammar", vim.fn.fnamemodify(server.plugin_root, ":h:h") .. "/parser/grammar" }) do
    if vim.fn.filereadable(folder .. "/src/parser.c") == 1 then
      return folder
    end
  end
end

--- Where the built parser lies, in a folder that Neovim looks through.
function M.path()
  return vim.fn.stdpath("data") .. "/site/parser/tova.so"
end

--- The parser that was built here, or another one that Neovim finds. A folder that was made since Neovim has started is
--- not looked through, so the path is asked for itself.
local function found()
  if vim.fn.filereadable(M.path()) == 1 then
    return M.path()
  end
  return vim.api.nvim_get_runtime_file("parser/tova.so", false)[1]
end

--- Is there a parser?
function M.available()
  return found() ~= nil
end

local function load()
  if vim.treesitter.language.add then
    vim.treesitter.language.add("tova", { path = found() })
  else
    vim.treesitter.language.require_language("tova", found())
  end
end

--- Builds it in the background; open buffers are highlighted when it is there.
---@param done fun(built: boolean)?
function M.build(done)
  local folder = grammar()
  if not folder then
    vim.notify("tova: the sources of the grammar are not beside this plugin", vim.log.levels.ERROR)
    return
  end
  vim.fn.mkdir(vim.fn.fnamemodify(M.path(), ":h"), "p")
  local unfinished = M.path() .. ".new"
  local source = folder .. "/src"
  local command = { vim.env.CC or "cc", "-O2", "-shared", "-fPIC", "-o", unfinished, "-I", source, source .. "/parser.c", source .. "/scanner.c" }
  local said = {}
  local function hear(_, lines)
    vim.list_extend(said, lines)
  end
  local job = vim.fn.jobstart(command, {
    on_stderr = hear,
    on_exit = function(_, status)
      local built = status == 0 and vim.fn.rename(unfinished, M.path()) == 0
      if built then
        for _, buffer in ipairs(vim.api.nvim_list_bufs()) do
          if vim.api.nvim_buf_is_loaded(buffer) and vim.bo[buffer].filetype == "tova" then
            M.attach(buffer)
          end
        end
        vim.notify("tova: the parser is built")
      else
        vim.notify("tova: the parser could not be built:\n" .. table.concat(said, "\n"), vim.log.levels.ERROR)
      end
      if done then
        done(built)
      end
    end,
  })
  if job <= 0 then
    vim.notify("tova: there is no C compiler `" .. command[1] .. "`; $CC names another", vim.log.levels.ERROR)
  end
end

--- The queries with the capture names of before 0.10.
local function use_older_names()
  local folder = grammar()
  local file = folder and folder .. "/queries/neovim-0.7/highlights.scm"
  if not file or vim.fn.filereadable(file) == 0 then
    return
  end
  local query = require("vim.treesitter.query")
  local set = query.set or query.set_query
  set("tova", "highlights", table.concat(vim.fn.readfile(file), "\n"))
end

--- Highlights a buffer by the parser, when there is one.
---@param buffer integer
function M.attach(buffer)
  if not M.available() then
    return
  end
  local modern = vim.fn.has("nvim-0.10") == 1
  local ok, problem = pcall(function()
    load()
    if not modern then
      use_older_names()
    end
    if vim.treesitter.start then
      vim.treesitter.start(buffer, "tova")
    else
      require("vim.treesitter.highlighter").new(vim.treesitter.get_parser(buffer, "tova"))
    end
  end)
  if not ok then
    vim.notify_once("tova: no highlighting by the parser: " .. tostring(problem), vim.log.levels.WARN)
  end
end

return M
