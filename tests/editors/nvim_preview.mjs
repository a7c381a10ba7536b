// The preview of editors/nvim in every Neovim, where it is not typed into: followed by the mouse, by a cursor that is faster
// than the server, through all outputs, and over the death of the server.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { cpSync } from "node:fs";
import { join } from "node:path";
import { folder, root } from "../harness/program.mjs";
import { test } from "../harness/test.mjs";
import { inEachNeovim, Neovim } from "./neovim.mjs";
import { slowServer } from "./slow_server.mjs";

/** Milliseconds by which a slow server answers late. */
const LATE = 120;

const state = `local state = require("tova.preview").state()`;
const live = `${state} return state and state.live and state.output ~= "" and state`;
const marked = `
  local marks = vim.api.nvim_buf_get_extmarks(..., vim.api.nvim_create_namespace("tova.preview"), 0, -1, { details = true })
  return #marks > 0 and marks[1][4].end_col > marks[1][3] and vim.api.nvim_buf_get_lines(..., marks[1][2], marks[1][2] + 1, false)[1]`;

/** The dashboard example with its preview beside it. */
async function opened(t, binary, init = "") {
  const workspace = join(folder(t), "dashboard");
  cpSync(join(root, "examples/dashboard"), workspace, { recursive: true });
  const nvim = new Neovim(binary, { cwd: workspace, init });
  t.after(() => nvim.quit());
  await nvim.command("edit dashboard.tova");
  await nvim.until("the language server", `return require("tova.server").client(0) ~= nil`);
  await nvim.lua(`vim.fn.search("fn listen") vim.cmd("normal! w")`);
  await nvim.command("TovaPreview");
  return { nvim, shown: await nvim.until("the preview", live) };
}

/** Waits until the mark of a buffer stands on a line with these words. */
const markAt = (nvim, buffer, words) =>
  nvim.until(`the mark at "${words}"`, `local buffer, words = ...
    local line = (function(...) ${marked} end)(buffer)
    return line and line:find(words, 1, true) ~= nil`, [buffer, words]);

/** Clicks on the first place of a text in the window of a buffer. */
async function click(nvim, buffer, words) {
  const { row, col } = await nvim.until(`"${words}" on the screen`, `local buffer, words = ...
    local window = vim.fn.bufwinid(buffer)
    local found = vim.api.nvim_win_call(window, function() return vim.fn.searchpos("\\\\V" .. words, "nwe") end)
    vim.cmd("redraw")
    if found[1] > vim.fn.line("w$", window) then
      vim.api.nvim_win_call(window, function() vim.cmd("normal! 9\\x05") end)
      return false
    end
    return vim.fn.screenpos(window, found[1], found[2])`, [buffer, words]);
  await nvim.request("nvim_input_mouse", "left", "press", "", 0, row - 1, col - 1);
  await nvim.request("nvim_input_mouse", "left", "release", "", 0, row - 1, col - 1);
}

inEachNeovim("its preview", (binary, label) => {
  test(`${label}: both sides of the preview follow the mouse`, async (t) => {
    const { nvim, shown } = await opened(t, binary, "vim.o.mouse = 'a'");
    await click(nvim, shown.source, "fn replace_ticket");
    await markAt(nvim, shown.buffer, "replace_ticket");
    await click(nvim, shown.buffer, "function send_note");
    await markAt(nvim, shown.source, "send_note");
  });

  test(`${label}: a cursor that is faster than the server leaves one question to be asked, and its end is shown`, async (t) => {
    const slow = slowServer(folder(t), "tova/mapPosition", LATE);
    const { nvim, shown } = await opened(t, binary, `vim.g.tova = { cmd = { ${JSON.stringify(slow.program)}, "lsp" } }`);
    await markAt(nvim, shown.buffer, "listen");
    const before = slow.record().asked;
    const first = await nvim.lua(`return vim.fn.line(".")`);
    slow.hold();
    for (let i = 0; i < 40; i++) {
      await nvim.keys("j");
      await new Promise((resolve) => setTimeout(resolve, 12));
    }
    await nvim.until("the last line", `return vim.fn.line(".") == ...`, [first + 40]);
    slow.release();
    await markAt(nvim, shown.buffer, "close_ticket(ticket.id)");
    const { asked, most } = slow.record();
    assert.equal(most, 1);
    // The one that was waited for, the newest place, and what came while that was answered.
    assert.ok(asked - before <= 4, `${asked - before} questions for 40 places`);
  });

  test(`${label}: :TovaPreviewNext goes through every output, and typing goes on where it stays`, async (t) => {
    const { nvim, shown } = await opened(t, binary);
    const seen = [shown.output];
    for (let i = 0; i < 3; i++) {
      await nvim.command("TovaPreviewNext");
      const next = await nvim.until("another output", `${state} return state.live and state.output ~= ... and state.output`, [seen.at(-1)]);
      seen.push(next);
    }
    assert.deepEqual([...seen].sort(), ["dashboard.client.js", "dashboard.server.api.js", "dashboard.server.events.js", "dashboard.shared.js"]);
    const before = seen.at(-1);
    await nvim.keys("Gk");
    await nvim.keys("o// typed<Esc>");
    await nvim.until("nothing", `return vim.fn.search("// typed", "nw") > 0`);
    assert.equal((await nvim.until("the preview", live)).output, before);
  });

  test(`${label}: the preview lives on when the server has died`, async (t) => {
    const { nvim, shown } = await opened(t, binary);
    const killed = await nvim.lua(`return require("tova.server").clients()[1].id`);
    execFileSync("pkill", ["-KILL", "-P", String(await nvim.lua("return vim.fn.getpid()")), "tova"]);
    await nvim.until("another server", `
      local client = require("tova.server").client(...)
      return client and client.id ~= ${killed}`, [shown.source]);
    await nvim.until("the preview", live);
    await nvim.keys("ea_typed<Esc>");
    await nvim.until("the typed name", `${state}
      return state.live and table.concat(vim.api.nvim_buf_get_lines(state.buffer, 0, -1, false), "\\n"):find("listen_typed") ~= nil`);
  });
});
