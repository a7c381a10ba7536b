-- Options of a Tova buffer. What a user sets in after/ftplugin/tova.lua wins.
if vim.b.did_ftplugin then
  return
end
vim.b.did_ftplugin = 1

vim.bo.commentstring = "// %s"
vim.bo.comments = ":///,://"
vim.bo.expandtab = true
vim.bo.shiftwidth = 2
vim.bo.softtabstop = 2
vim.bo.suffixesadd = ".tova"
vim.bo.indentexpr = "v:lua.require'tova.indent'.get(v:lnum)"
vim.bo.indentkeys = "0{,0},0),0],0.,0=|>,0=</,0=/>,0<>>,!^F,o,O"
vim.b.undo_ftplugin = "setlocal commentstring< comments< expandtab< shiftwidth< softtabstop< suffixesadd< indentexpr< indentkeys<"

require("tova.commands").register()
require("tova.parser").attach(vim.api.nvim_get_current_buf())
