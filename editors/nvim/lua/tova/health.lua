-- `:checkhealth tova`.
local M = {}

local function reporter()
  local health = vim.health or require("health")
  return {
    start = health.start or health.report_start,
    ok = health.ok or health.report_ok,
    warn = health.warn or health.report_warn,
    error = health.error or health.report_error,
  }
end

local function check_program(report)
  local server = require("tova.server")
  local command, where = server.command()
  if not command then
    report.error("The program `tova` was not found.", {
      "Put it on the PATH: the README of the repository says how it is installed.",
      "Or name it: require('tova').setup { cmd = { '/path/of/tova', 'lsp' } }",
    })
    return
  end
  local version = vim.fn.systemlist({ command[1], "--version" })[1] or ""
  if vim.v.shell_error ~= 0 then
    report.error(("`%s --version` ended with status %d."):format(command[1], vim.v.shell_error), { "Is this another program of the same name?" })
    return
  end
  report.ok(("%s (%s, found by %s)"):format(version, vim.fn.exepath(command[1]), where))
end

local function check_client(report)
  local clients = require("tova.server").clients()
  if #clients == 0 then
    report.warn("No language server is running.", { "It starts when a file that ends in .tova is opened.", ":TovaLog shows what it said." })
    return
  end
  for _, client in ipairs(clients) do
    report.ok(("running for %s, positions in %s"):format(client.config.root_dir, client.offset_encoding))
  end
end

local function check_parser(report)
  if require("tova.parser").available() then
    report.ok("the tree-sitter parser is there")
  else
    report.warn("There is no tree-sitter parser, so text is coloured by the language server alone, or not at all before Neovim 0.9.", {
      ":TovaBuildParser builds it (a C compiler is needed; it takes about half a minute)",
    })
  end
end

local function check_bun(report)
  if vim.env.TOVA_BUN or vim.fn.executable("bun") == 1 then
    report.ok("Bun is there, which runs the servers")
  else
    report.warn("Bun was not found on the PATH: `:TovaDev` needs it, editing does not.")
  end
end

function M.check()
  local report = reporter()
  report.start("Tova")
  if vim.fn.has("nvim-0.7") == 0 then
    report.error("Neovim 0.7 or newer is needed.")
    return
  end
  check_program(report)
  check_client(report)
  check_parser(report)
  check_bun(report)
end

return M
