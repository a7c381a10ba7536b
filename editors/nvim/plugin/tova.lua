-- Commands, and the start of the language server for buffers of the file type. Nothing is loaded until one is used.
if vim.g.loaded_tova then
  return
end
vim.g.loaded_tova = true

--- The commands: name, what runs it, and its options for nvim_create_user_command.
local commands = {
  {
    "TovaPreview",
    function(call)
      require("tova.preview").open(call.args ~= "" and call.args or nil)
    end,
    {
      nargs = "?",
      complete = function()
        return require("tova.preview").outputs()
      end,
      desc = "Show the emitted JavaScript beside the source, live",
    },
  },
  {
    "TovaPreviewNext",
    function()
      require("tova.preview").next()
    end,
    { desc = "Show the next output of this application" },
  },
  {
    "TovaPreviewClose",
    function()
      require("tova.preview").close()
    end,
    { desc = "Close the emitted JavaScript" },
  },
  {
    "TovaCompile",
    function()
      require("tova.compile").run()
    end,
    { desc = "Write the outputs of this application that have changed" },
  },
  {
    "TovaDev",
    function(call)
      require("tova.dev").run(call.args)
    end,
    {
      nargs = "?",
      complete = function()
        return { "stop" }
      end,
      desc = "Run `tova dev` in a terminal; `:TovaDev stop` ends it",
    },
  },
  {
    "TovaEndpoints",
    function()
      require("tova.endpoints").open()
    end,
    { desc = "List every endpoint of the workspace in the quickfix window" },
  },
  {
    "TovaRestart",
    function()
      require("tova.server").restart()
    end,
    { desc = "Restart the language server" },
  },
  {
    "TovaLog",
    function()
      require("tova.server").open_log()
    end,
    { desc = "Open the log of the language client" },
  },
  {
    "TovaBuildParser",
    function()
      require("tova.parser").build()
    end,
    { desc = "Build the tree-sitter parser with the C compiler of this machine" },
  },
}

for _, command in ipairs(commands) do
  vim.api.nvim_create_user_command(command[1], command[2], command[3])
end

if vim.g.tova_lsp == false then
  return
end
if vim.lsp.enable then
  vim.lsp.enable("tova")
end
vim.api.nvim_create_autocmd("FileType", {
  group = vim.api.nvim_create_augroup("tova", {}),
  pattern = "tova",
  callback = function(event)
    local server = require("tova.server")
    if vim.lsp.enable then
      server.look()
    else
      server.attach(event.buf)
    end
  end,
})
