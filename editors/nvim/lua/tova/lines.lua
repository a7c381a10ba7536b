-- What is open at the end of each line of a buffer: brackets, tags, strings, comments. A lexer of its own, since
-- indentation is wanted for text that is half typed, in every Neovim, without the tree-sitter parser. It knows nothing of
-- columns.
--
-- A state is { top, prev }. `top` is the innermost of what is open, a list that is never changed, so that states share it:
--   kind     "{" "(" "["; "tag" (between `<name` and `>`), "children" (up to `</name>`), "block" (the braces of an `if` or
--            `for` between tags), "header" (of such an `if`, up to its brace), "css", "string", "comment"
--   line     where it was opened
--   parent   what it stands in
--   name     of a tag; the quote of a string
--   text     does it, or anything around it, hold text that is nobody's to lay out?
--   filled   of a bracket: does anything follow it on its line?
-- `prev` is what the last token was: "value", "operator", "keyword", "comma", "open", "end" (of a declaration of style).
local M = {}

local function set(words)
  local found = {}
  for word in words:gmatch("%S+") do
    found[word] = true
  end
  return found
end

local operators = set("and or not in is")
local keywords = set("return if elif else for while loop match when yield await guard try catch finally from as pub async")
local controls = set("if elif else for match")

local NAME = "^[%a_$\128-\255][%w_$\128-\255]*"
local opener_of = { ["}"] = "{", [")"] = "(", ["]"] = "[" }

local function push(state, kind, line, name)
  local text = kind == "string" or kind == "comment"
  state.top = { kind = kind, line = line, parent = state.top, name = name, text = text or (state.top and state.top.text) }
  state.prev = "open"
end

--- Opens a bracket that ends at `at`.
local function push_bracket(state, kind, line, text, at)
  push(state, kind, line)
  state.top.filled = text:find("%S", at + 1) ~= nil
end

local function pop(state)
  state.top = state.top.parent
  state.prev = "value"
end

--- What a closing bracket closes: a brace also what was left open within it, another one nothing beyond a brace.
---@param top table?
---@param closer string
---@return table?
function M.closed_by(top, closer)
  local wanted = opener_of[closer]
  local node = top
  while node and node.kind ~= wanted and not (closer == "}" and (node.kind == "block" or node.kind == "css")) do
    if node.kind == "string" or (closer ~= "}" and (node.kind == "{" or node.kind == "children" or node.kind == "block")) then
      return nil
    end
    node = node.parent
  end
  return node
end

--- The element that `</name>` ends: the innermost of that name, else the innermost one.
---@param top table?
---@param name string
---@return table?
function M.ended_by(top, name)
  local innermost
  local node = top
  while node and node.kind ~= "string" do
    if node.kind == "children" then
      innermost = innermost or node
      if node.name == name then
        return node
      end
    end
    node = node.parent
  end
  return innermost
end

local function close(state, closer)
  local node = M.closed_by(state.top, closer)
  if node then
    state.top = node.parent
  end
  state.prev = "value"
end

--- Opens the string whose quote stands at `at`, and returns where its inside begins.
local function open_string(state, text, at, line)
  if text:sub(at, at + 2) == '"""' then
    push(state, "string", line, '"""')
    return at + 3
  end
  push(state, "string", line, text:sub(at, at))
  return at + 1
end

--- Where the regular expression that begins at `at` ends, or nil when it is a division.
local function regex_end(text, at)
  local class = false
  local pos = at + 1
  while pos <= #text do
    local char = text:sub(pos, pos)
    if char == "\\" then
      pos = pos + 1
    elseif char == "[" then
      class = true
    elseif char == "]" then
      class = false
    elseif char == "/" and not class then
      return select(2, text:find("^%a*", pos + 1)) + 1
    end
    pos = pos + 1
  end
end

--- `/`: a comment, a regular expression or a division. Returns where to go on.
local function slash(state, text, at, line)
  local two = text:sub(at, at + 1)
  if two == "//" then
    return #text + 1
  elseif two == "/*" then
    local prev = state.prev
    push(state, "comment", line)
    state.top.prev = prev
    return at + 2
  end
  if state.prev ~= "value" and text:find("^[^%s=]", at + 1) then
    local after = regex_end(text, at)
    if after then
      state.prev = "value"
      return after
    end
  end
  state.prev = "operator"
  return at + 1
end

--- `<`: a tag where no value stands before it, or a blank that only a tag has behind it. Returns where to go on.
local function angle(state, text, at, line, markup)
  local closing, name_end = text:find("^</[%w_.:-]*", at)
  if closing then
    local node = M.ended_by(state.top, text:sub(at + 2, name_end))
    if node then
      state.top = node.parent
    end
    state.prev = "value"
    local _, last = text:find("^%s*>", name_end + 1)
    return (last or name_end) + 1
  end
  local name = text:match("^<([%a_][%w_.:-]*)", at)
  local first = text:find("%S") == at
  local tag = markup or first or state.prev ~= "value" or (at > 2 and text:find("^[)}] ", at - 2) ~= nil)
  if tag and name then
    push(state, "tag", line, name)
    return at + 1 + #name
  elseif tag and text:sub(at + 1, at + 1) == ">" then
    push(state, "children", line, "")
    return at + 2
  end
  state.prev = "angle"
  return at + 1
end

--- A word of code. Returns where to go on.
local function word(state, text, at, line)
  local _, last = text:find(NAME, at)
  local name = text:sub(at, last)
  local behind_dot = text:sub(at - 1, at - 1) == "."
  if name == "style" and not behind_dot then
    local _, brace = text:find("^%s*{", last + 1)
    if not brace then
      _, brace = text:find("^%s*%b()%s*{", last + 1)
    end
    if brace then
      push_bracket(state, "css", line, text, brace)
      return brace + 1
    end
  end
  if behind_dot then
    state.prev = "value"
  else
    state.prev = operators[name] and "operator" or keywords[name] and "keyword" or "value"
  end
  return last + 1
end

--- What an operator's character leaves behind: `>` ends `=>` and `->`, but also the arguments of a type.
local function operator(state, text, at)
  local char = text:sub(at, at)
  if char == ">" then
    state.prev = text:find("^[=%-|]", at - 1) and "operator" or "angle"
  elseif char == "?" then
    if text:sub(at + 1, at + 1) == "?" then
      state.prev = "operator"
      return at + 2
    end
  elseif char == "," then
    state.prev = "comma"
  elseif char == ";" then
    state.prev = "end"
  else
    state.prev = "operator"
  end
  return at + 1
end

local modes = {}

--- Code, one token: also within the header of an `if` between tags.
local function code(state, text, at, line)
  local char = text:sub(at, at)
  if text:find(NAME, at) then
    return word(state, text, at, line)
  elseif char:find("%d") then
    state.prev = "value"
    return select(2, text:find("^[%w_]*", at)) + 1
  elseif char == '"' or char == "'" then
    return open_string(state, text, at, line)
  elseif char == "/" then
    return slash(state, text, at, line)
  elseif char == "<" then
    return angle(state, text, at, line, false)
  elseif char == "{" and state.top and state.top.kind == "header" then
    local kind = state.top.name == "match" and "{" or "block"
    pop(state)
    push(state, kind, line)
  elseif char:find("[{(%[]") then
    push_bracket(state, char, line, text, at)
  elseif opener_of[char] then
    close(state, char)
  else
    return operator(state, text, at)
  end
  return at + 1
end

modes["{"], modes["("], modes["["], modes.header = code, code, code, code

--- Attributes, up to the end of the opening tag.
function modes.tag(state, text, at, line)
  local char = text:sub(at, at)
  if text:find("^/>", at) then
    pop(state)
    return at + 2
  elseif char == ">" then
    local tag = state.top
    pop(state)
    push(state, "children", tag.line, tag.name)
  elseif char == "{" then
    push(state, "{", line)
  elseif char == "}" then
    close(state, char)
  elseif char == '"' or char == "'" then
    return open_string(state, text, at, line)
  end
  return at + 1
end

--- What stands between tags.
function modes.children(state, text, at, line)
  local char = text:sub(at, at)
  local _, last = text:find(NAME, at)
  if last then
    local name = text:sub(at, last)
    if controls[name] and text:find("{", last, true) then
      push(state, "header", line, name)
      state.prev = "keyword"
    end
    return text:sub(last + 1, last + 1) == "'" and last + 2 or last + 1
  elseif char == "<" then
    return angle(state, text, at, line, true)
  elseif char == "{" then
    push(state, "{", line)
  elseif char == "}" then
    close(state, char)
  elseif char == '"' or char == "'" then
    return open_string(state, text, at, line)
  end
  return at + 1
end

modes.block = modes.children

--- A style sheet.
function modes.css(state, text, at, line)
  local char = text:sub(at, at)
  if text:find("^/%*", at) or (text:find("^//", at) and not text:find("^%S", at - 1)) then
    return slash(state, text, at, line)
  elseif char == '"' or char == "'" then
    return open_string(state, text, at, line)
  elseif char == "{" then
    push_bracket(state, "css", line, text, at)
  elseif char == "}" then
    close(state, char)
    state.prev = "end"
  else
    state.prev = char == ";" and "end" or "value"
  end
  return at + 1
end

--- The inside of a string, up to its end or to an interpolation.
function modes.string(state, text, at, line)
  local quote = state.top.name
  local found = text:find(quote == "'" and "[\\']" or '[\\"{]', at)
  if not found then
    return #text + 1
  end
  local char = text:sub(found, found)
  if char == "\\" then
    return found + 2
  elseif char == "{" then
    push(state, "{", line)
    return found + 1
  elseif text:sub(found, found + #quote - 1) == quote then
    pop(state)
    return found + #quote
  end
  return found + 1
end

--- The inside of a comment, which can hold others.
function modes.comment(state, text, at, line)
  local found = text:find("[*/][*/]", at)
  if not found then
    return #text + 1
  end
  local two = text:sub(found, found + 1)
  if two == "*/" then
    local prev = state.top.prev
    pop(state)
    state.prev = prev
  elseif two == "/*" then
    push(state, "comment", line)
  else
    return found + 1
  end
  return found + 2
end

--- The state before the first line of a file.
M.start = { top = nil, prev = "end" }

--- The state behind a line.
---@param before table the state before it
---@param text string
---@param line integer its number
---@return table
function M.after(before, text, line)
  local state = { top = before.top, prev = before.prev }
  local at = text:find("%S")
  while at and at <= #text do
    local mode = state.top and modes[state.top.kind] or code
    at = text:find("%S", mode(state, text, at, line))
  end
  return state
end

return M
