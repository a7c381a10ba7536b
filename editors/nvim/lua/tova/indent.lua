-- 'indentexpr' of a Tova buffer: a line stands one step deeper than the line that opened what it is in, a closer beside its
-- opener, a continuation one step deeper than what it continues. The lines are read by lua/tova/lines.lua; what it said is
-- kept, and is read again only from a change on.
local lines = require("tova.lines")

local M = {}

--- What is known of each buffer: the states behind its first `known` lines.
---@type table<integer, { known: integer, states: table[] }>
local buffers = {}

--- Remembers a buffer, and forgets what a change makes untrue.
local function memory(buffer)
  if buffers[buffer] then
    return buffers[buffer]
  end
  local kept = { known = 0, states = { [0] = lines.start } }
  local attached = vim.api.nvim_buf_attach(buffer, false, {
    on_lines = function(_, _, _, first)
      kept.known = math.min(kept.known, first)
    end,
    on_reload = function()
      kept.known = 0
    end,
    on_detach = function()
      buffers[buffer] = nil
    end,
  })
  if attached then
    buffers[buffer] = kept
  end
  return kept
end

--- The state before a line.
local function before(buffer, lnum)
  local kept = memory(buffer)
  if kept.known < lnum - 1 then
    for index, text in ipairs(vim.api.nvim_buf_get_lines(buffer, kept.known, lnum - 1, false)) do
      local line = kept.known + index
      kept.states[line] = lines.after(kept.states[line - 1], text, line)
    end
    kept.known = lnum - 1
  end
  return kept.states[lnum - 1]
end

--- Beginnings of a line that continue the expression before it.
local continuing = {
  "^|>",
  "^%?%.",
  "^%.$",
  "^%.[^.]",
  "^%.%.[^.]",
  "^[+*/%%&|^-] ",
  "^[<>]=? ",
  "^[=!]= ",
  "^&& ",
  "^|| ",
  "^%?%? ",
  "^and%s",
  "^or%s",
  "^in%s",
  "^is%s",
}

local function continues(text)
  for _, pattern in ipairs(continuing) do
    if text:find(pattern) then
      return true
    end
  end
  return false
end

--- What the text of a line begins with, without its blanks; of a comment, what follows it.
local function beginning(buffer, lnum, text)
  if text:sub(1, 2) ~= "//" then
    return text
  end
  for _, below in ipairs(vim.api.nvim_buf_get_lines(buffer, lnum, lnum + 20, false)) do
    local first = below:match("^%s*(.*)")
    if first ~= "" and first:sub(1, 2) ~= "//" then
      return first
    end
  end
  return ""
end

--- What the closer at the beginning of a line closes.
local function closed(top, text)
  local bracket = text:match("^[})%]]")
  if bracket then
    return lines.closed_by(top, bracket)
  elseif text:find("^</") then
    return lines.ended_by(top, text:match("^</([%w_.:-]*)"))
  elseif top and top.kind == "tag" and text:find("^/?>") then
    return top
  end
end

--- Style sheets are laid out by hand: what continues a declaration, or a line of them, stays where its writer put it,
--- if that is deeper than what it belongs to.
local function by_hand(state, step, lnum)
  if state.top.filled or state.prev ~= "end" and state.prev ~= "open" then
    local column = vim.fn.indent(lnum)
    return column > step and column
  end
end

--- The column of a line, or -1: it stays where it is.
---@param lnum integer
---@return integer
function M.get(lnum)
  local buffer = vim.api.nvim_get_current_buf()
  local state = before(buffer, lnum)
  local top = state.top
  if top and top.text then
    return -1
  end
  local text = vim.api.nvim_buf_get_lines(buffer, lnum - 1, lnum, false)[1]:match("^%s*(.*)")
  local opener = closed(top, text)
  if opener then
    return vim.fn.indent(opener.line)
  end
  local width = vim.fn.shiftwidth()
  local step = top and vim.fn.indent(top.line) + width or 0
  if top and top.kind == "css" then
    return by_hand(state, step, lnum) or step
  end
  -- What is continued in `f(a` began on the line of the bracket, and is deeper than that by now.
  local deeper = not top or top.kind == "{" or ((top.kind == "(" or top.kind == "[") and not top.filled)
  if deeper and (state.prev == "operator" or state.prev == "value" and continues(beginning(buffer, lnum, text))) then
    return step + width
  end
  return step
end

return M
