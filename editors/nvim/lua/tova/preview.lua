-- The emitted JavaScript in a window beside its source: live, with both cursors following each other.
--
-- One preview a session. The server pushes edits of the text that it has sent before; a cursor that moves, by whatever key or
-- mouse, is mapped to the other side, of which only the newest question counts.
local request = require("tova.request")
local server = require("tova.server")
local settings = require("tova.settings")

local M = {}

local marks = vim.api.nvim_create_namespace("tova.preview")
local group = vim.api.nvim_create_augroup("tova.preview", {})

---@class tova.Preview
---@field source integer buffer of the source
---@field buffer integer buffer of the output
---@field id any the server's number of the subscription; nil while none is held
---@field client table
---@field output string name of the output that is shown
---@field outputs table[] all of them
---@field pinned boolean the user chose the output, so the cursor does not
---@field turn integer counts the subscriptions that were asked for: only the last one is kept
---@field asking boolean a position is being mapped
---@field again function? the newest question meanwhile
---@type tova.Preview?
local preview = nil

-- ---- windows and buffers

local function window_of(buffer)
  local window = vim.fn.bufwinid(buffer)
  return window ~= -1 and window or nil
end

local function modify(buffer, change)
  vim.bo[buffer].modifiable = true
  change()
  vim.bo[buffer].modifiable = false
  vim.bo[buffer].modified = false
end

local function set_text(buffer, text)
  local lines = vim.split(text, "\n", { plain = true })
  if lines[#lines] == "" then
    table.remove(lines)
  end
  modify(buffer, function()
    vim.api.nvim_buf_set_lines(buffer, 0, -1, false, lines)
  end)
end

--- The buffer's name, which begins with a scheme so that nothing takes it for a file.
local function name_of(source, output)
  return "tova-output://" .. vim.fn.fnamemodify(vim.api.nvim_buf_get_name(source), ":p:h") .. "/" .. output
end

local function rename(buffer, name)
  if vim.api.nvim_buf_get_name(buffer) == name then
    return
  end
  local other = vim.fn.bufnr("^" .. vim.fn.escape(name, "[]*?{},\\") .. "$")
  if other ~= -1 and other ~= buffer then
    vim.api.nvim_buf_delete(other, { force = true })
  end
  vim.api.nvim_buf_set_name(buffer, name)
end

local function create_buffer()
  local buffer = vim.api.nvim_create_buf(false, true)
  vim.bo[buffer].buftype = "nofile"
  vim.bo[buffer].bufhidden = "wipe"
  vim.bo[buffer].swapfile = false
  vim.bo[buffer].modifiable = false
  return buffer
end

local function open_window(buffer)
  local before = vim.api.nvim_get_current_win()
  vim.cmd(settings.get().preview.position)
  vim.api.nvim_win_set_buf(0, buffer)
  vim.wo.wrap = false
  vim.api.nvim_set_current_win(before)
end

-- ---- the two cursors

local function line_of(buffer, number)
  return vim.api.nvim_buf_get_lines(buffer, number, number + 1, false)[1] or ""
end

--- The byte of a position of the protocol; the line's end where it has none such.
local function byte_of(buffer, position, encoding)
  local line = line_of(buffer, position.line)
  if encoding == "utf-8" then
    return math.min(position.character, #line)
  end
  local found, byte = pcall(vim.str_byteindex, line, position.character, encoding == "utf-16")
  return found and byte or #line
end

--- What is marked for a place between two letters, which nobody would see: the name there, or the line.
local function visible(line, column)
  local first, last = column, column
  while line:sub(first, first):find("^[%w_$]") do
    first = first - 1
  end
  while line:sub(last + 1, last + 1):find("^[%w_$]") do
    last = last + 1
  end
  if first == last then
    return #line:match("^%s*"), #line
  end
  return first, last
end

--- Puts the range into view on the other side and marks it.
local function show(buffer, range, encoding)
  vim.api.nvim_buf_clear_namespace(buffer, marks, 0, -1)
  local start, last = range.start.line, range["end"].line
  if last >= vim.api.nvim_buf_line_count(buffer) then
    return
  end
  local from, to = byte_of(buffer, range.start, encoding), byte_of(buffer, range["end"], encoding)
  if start == last and from == to then
    from, to = visible(line_of(buffer, start), from)
  end
  vim.api.nvim_buf_set_extmark(buffer, marks, start, from, { end_row = last, end_col = to, hl_group = "Visual" })
  local window = window_of(buffer)
  if window and window ~= vim.api.nvim_get_current_win() then
    vim.api.nvim_win_set_cursor(window, { start + 1, from })
  end
end

--- Asks for the other side of the cursor; while an answer is awaited only the newest place is kept.
local function follow(buffer, to)
  local shown = preview
  if not shown or not shown.id then
    return
  end
  if shown.asking then
    shown.again = function()
      follow(buffer, to)
    end
    return
  end
  local window = vim.api.nvim_get_current_win()
  if vim.api.nvim_win_get_buf(window) ~= buffer then
    return
  end
  local position = request.position(window, shown.client)
  local params = {
    textDocument = request.document(shown.source),
    range = { start = position, ["end"] = position },
    to = to,
    output = to == "source" and shown.output or nil,
  }
  shown.asking = true
  local function answered(_, result)
    shown.asking = false
    if preview == shown and result and result ~= vim.NIL then
      M.arrived(shown, to, result.places)
    end
    local again = shown.again
    shown.again = nil
    if again and preview == shown then
      again()
    end
  end
  request.ask(shown.client, shown.source, "tova/mapPosition", params, answered)
end

--- The other side of the cursor is known.
function M.arrived(shown, to, places)
  if #places == 0 then
    return
  end
  if to == "source" then
    local place = places[1]
    local buffer = vim.uri_to_bufnr(place.uri)
    if vim.api.nvim_buf_is_loaded(buffer) then
      show(buffer, place.range, shown.client.offset_encoding)
    end
    return
  end
  if not shown.pinned and settings.get().preview.follow and places[1].output ~= shown.output then
    M.subscribe(shown, places[1].output)
    return
  end
  for _, place in ipairs(places) do
    if place.output == shown.output then
      show(shown.buffer, place.range, shown.client.offset_encoding)
      return
    end
  end
end

-- ---- the subscription

local function unsubscribe(shown)
  if shown.id ~= nil then
    request.send(shown.source, "tova/previewUnsubscribe", { id = shown.id }, function() end)
    shown.id = nil
  end
end

--- Takes a whole preview.
local function take(shown, answer)
  shown.output = answer.output.name
  shown.outputs = answer.outputs
  set_text(shown.buffer, answer.text)
  rename(shown.buffer, name_of(shown.source, shown.output))
  if vim.bo[shown.buffer].filetype ~= "javascript" then
    vim.bo[shown.buffer].filetype = "javascript"
  end
end

--- Asks to be told of every change of an output; of the one at the cursor when none is named.
---@param shown tova.Preview
---@param output string?
function M.subscribe(shown, output)
  local window = window_of(shown.source)
  local client = server.client(shown.source)
  unsubscribe(shown)
  if not client then
    vim.notify("No Tova language server is running for this buffer; :checkhealth tova says why.", vim.log.levels.WARN)
    return
  end
  shown.client = client
  shown.turn = shown.turn + 1
  local turn = shown.turn
  local params = { textDocument = request.document(shown.source), output = output }
  if not output and window then
    params.position = request.position(window, client)
  end
  request.send(shown.source, "tova/previewSubscribe", params, function(result)
    if preview ~= shown or turn ~= shown.turn or not vim.api.nvim_buf_is_valid(shown.buffer) then
      request.ask(client, shown.source, "tova/previewUnsubscribe", { id = result.id }, function() end)
      return
    end
    shown.id = result.id
    take(shown, result.preview)
    if window and window == vim.api.nvim_get_current_win() then
      follow(shown.source, "output")
    end
  end)
end

--- The server tells of a change.
function M.changed(change)
  local shown = preview
  if not shown or change.id ~= shown.id or not vim.api.nvim_buf_is_valid(shown.buffer) then
    return
  end
  if change.closed then
    shown.id = nil
    return
  end
  shown.outputs = change.outputs or shown.outputs
  modify(shown.buffer, function()
    vim.lsp.util.apply_text_edits(change.edits, shown.buffer, shown.client.offset_encoding)
  end)
end

--- The server's process is gone: the next one is asked anew when it has the buffer.
function M.lost()
  if not preview then
    return
  end
  local shown = preview
  shown.id = nil
  shown.asking = false
  local tries = 0
  local function again()
    tries = tries + 1
    if preview == shown and server.client(shown.source) then
      M.subscribe(shown, shown.pinned and shown.output or nil)
    elseif preview == shown and tries < 50 then
      vim.defer_fn(again, 100)
    end
  end
  vim.defer_fn(again, 100)
end

-- ---- what the commands call

--- The preview becomes that of another source, which the cursor has entered. A file that is opened only now has no server yet
--- when it is entered, and is asked for when it gets one.
local function enter(shown, buffer)
  if buffer ~= shown.source and buffer == vim.api.nvim_get_current_buf() and server.client(buffer) then
    unsubscribe(shown)
    shown.source, shown.pinned = buffer, false
    M.subscribe(shown)
  end
end

local function watch(shown)
  vim.api.nvim_clear_autocmds({ group = group })
  vim.api.nvim_create_autocmd({ "CursorMoved", "CursorMovedI" }, {
    group = group,
    callback = function(event)
      if event.buf == shown.source then
        follow(shown.source, "output")
      elseif event.buf == shown.buffer then
        follow(shown.buffer, "source")
      end
    end,
  })
  vim.api.nvim_create_autocmd(vim.fn.exists("##LspAttach") == 1 and { "BufEnter", "LspAttach" } or "BufEnter", {
    group = group,
    pattern = "*.tova",
    callback = function(event)
      enter(shown, event.buf)
    end,
  })
  vim.api.nvim_create_autocmd("BufWipeout", {
    group = group,
    buffer = shown.buffer,
    callback = function()
      M.close()
    end,
  })
end

--- Opens the preview of the current buffer, or gives the open one this output.
---@param output string? "app.server.api.js" or "server.api"; the one at the cursor when absent
function M.open(output)
  local source = vim.api.nvim_get_current_buf()
  if preview and source == preview.buffer then
    source = preview.source
  end
  if vim.bo[source].filetype ~= "tova" then
    vim.notify("tova: this is no Tova file", vim.log.levels.WARN)
    return
  end
  if not preview or not vim.api.nvim_buf_is_valid(preview.buffer) then
    preview = { source = source, buffer = create_buffer(), outputs = {}, output = "", pinned = false, turn = 0, asking = false }
  end
  unsubscribe(preview)
  preview.source = source
  preview.pinned = output ~= nil
  if not window_of(preview.buffer) then
    open_window(preview.buffer)
  end
  watch(preview)
  M.subscribe(preview, output)
end

--- Shows the output that comes after the one that is shown.
function M.next()
  local shown = preview
  if not shown or #shown.outputs == 0 then
    return M.open()
  end
  for index, output in ipairs(shown.outputs) do
    if output.name == shown.output then
      shown.pinned = true
      M.subscribe(shown, shown.outputs[index % #shown.outputs + 1].name)
      return
    end
  end
end

--- Ends it and closes its window.
function M.close()
  local shown = preview
  if not shown then
    return
  end
  preview = nil
  vim.api.nvim_clear_autocmds({ group = group })
  if vim.api.nvim_buf_is_loaded(shown.source) then
    unsubscribe(shown)
    vim.api.nvim_buf_clear_namespace(shown.source, marks, 0, -1)
  end
  if vim.api.nvim_buf_is_valid(shown.buffer) then
    vim.api.nvim_buf_delete(shown.buffer, { force = true })
  end
end

--- The names of the outputs, for the command's completion.
function M.outputs()
  return preview and vim.tbl_map(function(output)
    return output.name
  end, preview.outputs) or {}
end

--- What is shown, for tests and status lines: the buffer, the source's buffer and the output's name.
function M.state()
  return preview and { buffer = preview.buffer, source = preview.source, output = preview.output, live = preview.id ~= nil } or nil
end

return M
