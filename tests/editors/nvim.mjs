// The plugin of editors/nvim in every Neovim that this machine has: one session through the dashboard example, as a user
// would have it, and what happens when something is missing or dies.
import assert from "node:assert/strict";
import { execFileSync, spawnSync } from "node:child_process";
import { cpSync, existsSync, readdirSync, readFileSync, realpathSync } from "node:fs";
import { join } from "node:path";
import { shared, test } from "../harness/test.mjs";
import { folder, freePorts, remove, root, until } from "../harness/program.mjs";
import { renamed } from "./dashboard.mjs";
import { inEachNeovim, Neovim } from "./neovim.mjs";
import { slowServer } from "./slow_server.mjs";

/** The example in a folder of its own, with what is built of it. */
function dashboard(t) {
  const workspace = folder(t);
  cpSync(join(root, "examples/dashboard"), workspace, { recursive: true });
  return workspace;
}

const attached = `return #require("tova.server").clients() > 0 and vim.lsp.buf_is_attached(0, require("tova.server").clients()[1].id)`;

/** Puts the cursor on the first place of a text in the current buffer (0: at its beginning, "e": at its end). */
async function go(nvim, text, where = "") {
  const found = await nvim.lua(`return vim.fn.search("\\\\V" .. vim.fn.escape(..., "\\\\"), "cw${where}")`, text);
  assert.notEqual(found, 0, `the buffer has no ${text}`);
}

const diagnostics = `
  return vim.tbl_map(function(found) return found.message end, vim.diagnostic.get(0, { severity = vim.diagnostic.severity.ERROR }))`;

inEachNeovim("the plugin", declare);

function declare(binary, label) {
  const session = shared(async (t) => {
    const workspace = dashboard(t);
    const nvim = new Neovim(binary, { cwd: workspace });
    t.after(() => nvim.quit());
    await nvim.command("edit dashboard.tova");
    await nvim.until("the language server", attached);
    return { nvim, workspace };
  });
  const step = (words, body) => test(`${label}: ${words}`, async (t) => body(await session(), t), { timeout: 400_000 });

  step("diagnostics appear while typing, and go", async ({ nvim }) => {
    await go(nvim, "server.list_tickets()");
    await nvim.keys("fllrx");
    const messages = await nvim.until("a diagnostic", `local found = (function() ${diagnostics} end)() return #found > 0 and found`);
    assert.match(messages[0], /list_tickets/);
    await nvim.keys("u");
    await nvim.until("no diagnostic", `return #(function() ${diagnostics} end)() == 0`);
  });

  step("completion behind `server.` has the functions of both servers", async ({ nvim }) => {
    await go(nvim, "tickets = server.list_tickets()");
    await nvim.keys("oserver.<C-x><C-o>");
    const words = await nvim.until("the menu", `
      local items = vim.fn.complete_info({ "items" }).items
      return #items > 0 and vim.tbl_map(function(item) return item.word end, items)`);
    for (const word of ["list_tickets", "open_ticket", "close_ticket"]) {
      assert.ok(words.some((other) => other.startsWith(word)), `${word} is not in ${words}`);
    }
    await nvim.keys("<C-e><Esc>u");
  });

  step("definition of a server function leads into the other file", async ({ nvim }) => {
    await go(nvim, "server.list_tickets()");
    await nvim.lua(`vim.cmd("normal! fl") vim.lsp.buf.definition()`);
    const line = await nvim.until("the other file", `
      return vim.fn.expand("%:t") == "api.tova" and vim.api.nvim_get_current_line()`);
    assert.match(line, /fn list_tickets/);
    await nvim.command("buffer dashboard.tova");
  });

  step("rename of a server function changes its declaration, its route and its calls in every file", async ({ nvim, workspace }) => {
    await nvim.command("edit dashboard.tova");
    await go(nvim, "server.list_tickets()");
    await nvim.lua(`vim.cmd("normal! fl") vim.lsp.buf.rename("all_tickets")`);
    await nvim.until("the new name", `return vim.fn.search("server.all_tickets", "nw") > 0`);
    const other = await nvim.until("the other buffer", `local b = vim.fn.bufnr("api.tova") return b > 0 and b`);
    await nvim.until("the new name in the other file", `
      local text = table.concat(vim.api.nvim_buf_get_lines(..., 0, -1, false), "\\n")
      return text:find("fn all_tickets") ~= nil and text:find("=> all_tickets") ~= nil`, [other]);
    const before = readFileSync(join(workspace, "api.tova"), "utf8");
    assert.equal(await nvim.text(other), renamed(before.trimEnd(), "list_tickets", "all_tickets"));
    // Neovim tells the server of a buffer's changes a moment later, and at once only of the one that it asks about.
    await nvim.lua(`
      local request = require("tova.request")
      local known
      request.send(..., "tova/documentText", { textDocument = request.document(...) }, function(result) known = result.text end)
      vim.wait(30000, function() return known ~= nil end, 10)
      assert(known and known:find("fn all_tickets"), known)`, other);
    await nvim.lua(`vim.lsp.buf.rename("list_tickets")`);
    await nvim.until("the old name", `return vim.fn.search("server.list_tickets", "nw") > 0`);
    await nvim.until("the old name in the other file", `
      return table.concat(vim.api.nvim_buf_get_lines(..., 0, -1, false), "\\n"):find("all_tickets") == nil`, [other]);
    assert.equal(await nvim.text(other), before.trimEnd());
    await nvim.command("silent wall");
  });

  const preview = `local state = require("tova.preview").state()`;
  const shown = `${preview} return state and state.live and table.concat(vim.api.nvim_buf_get_lines(state.buffer, 0, -1, false), "\\n")`;

  step("the emitted JavaScript stands beside the source and changes while typing", async ({ nvim }) => {
    await nvim.command("buffer dashboard.tova");
    await go(nvim, "fn feed_url()");
    await nvim.command("TovaPreview");
    const text = await nvim.until("the preview", `${preview} return state and state.live and state.output ~= "" and (function() ${shown} end)()`);
    assert.match(text, /feed_url/);
    await nvim.keys("wea_typed<Esc>");
    await nvim.until("the typed name", `return ((function() ${shown} end)() or ""):find("feed_url_typed") ~= nil`);
    await nvim.keys("u");
    await nvim.until("the old name", `return ((function() ${shown} end)() or ""):find("feed_url_typed") == nil`);
    const fresh = await nvim.until("the whole text", `
      ${preview}
      local answer
      require("tova.request").send(state.source, "tova/preview", { textDocument = require("tova.request").document(state.source), output = state.output },
        function(result) answer = result.text end)
      vim.wait(30000, function() return answer ~= nil end, 10)
      return answer`);
    assert.equal(await nvim.lua(shown), fresh.trimEnd());
  });

  const marked = `
    local marks = vim.api.nvim_buf_get_extmarks(..., vim.api.nvim_create_namespace("tova.preview"), 0, -1, { details = true })
    return #marks > 0 and vim.api.nvim_buf_get_lines(..., marks[1][2], marks[1][2] + 1, false)[1]`;

  step("the other side follows the cursor, moved by keys, in both directions", async ({ nvim }) => {
    await go(nvim, "fn listen()");
    await nvim.keys("w");
    const state = await nvim.lua(`${preview} return state`);
    await nvim.until("the mark in the output", `local line = (function(...) ${marked} end)(...) return line and line:find("listen") ~= nil`, [state.buffer]);
    await nvim.lua(`vim.api.nvim_set_current_win(vim.fn.bufwinid(...))`, state.buffer);
    await go(nvim, "feed_url()");
    await nvim.keys("l");
    await nvim.until("the mark in the source", `local line = (function(...) ${marked} end)(...) return line and line:find("feed_url") ~= nil`, [state.source]);
  });

  step("a file that is opened beside the preview takes it over", async ({ nvim }) => {
    await nvim.lua(`vim.api.nvim_set_current_win(vim.fn.bufwinid(require("tova.preview").state().source))`);
    await nvim.command("edit events.tova");
    await nvim.until("the preview of the other file", `
      ${preview} return state.live and state.source == vim.api.nvim_get_current_buf()`);
    await go(nvim, "fn announce");
    await nvim.keys("w");
    await nvim.until("the output of its server", `${preview} return state.output:find("server.events") ~= nil`);
    await nvim.command("buffer dashboard.tova");
    await nvim.until("the preview of the first file", `${preview} return state.live and state.source == vim.api.nvim_get_current_buf()`);
    await nvim.command("TovaPreviewClose");
    assert.equal(await nvim.lua(`return require("tova.preview").state()`), null);
  });

  step("saving writes the output that has changed", async ({ nvim, workspace }) => {
    await nvim.command("buffer dashboard.tova");
    await nvim.command("silent write");
    const output = join(workspace, ".tova-out");
    await go(nvim, "/// The address of the feed");
    await nvim.keys("Ofn saved_by_test() { 41 + 1 }<CR><Esc>");
    await nvim.until("the typed function", `return vim.fn.search("saved_by_test", "nw") > 0`);
    await nvim.command("silent write");
    const holds = () => existsSync(output) && execFileSync("grep", ["-rl", "saved_by_test", output], { encoding: "utf8" }).trim();
    await until("the output to hold the function", holds);
    const report = await nvim.until("the report", `return vim.g.tova_compiled`);
    assert.equal(report.errors, 0);
    await nvim.command("unlet g:tova_compiled | undo");
    await nvim.command("silent write");
    await nvim.until("the report of the second save", `return vim.g.tova_compiled ~= nil`);
  });

  step(":TovaCompile writes what has changed, and says what", async ({ nvim, workspace }) => {
    const output = join(workspace, ".tova-out");
    await until("the last save to be compiled", () => spawnSync("grep", ["-rq", "saved_by_test", output]).status === 1);
    remove(output);
    await nvim.command("buffer dashboard.tova");
    await nvim.command("TovaCompile");
    await nvim.until("the report", `return vim.fn.execute("messages"):find("tova: wrote") ~= nil`);
    assert.ok(readdirSync(output).some((name) => name.endsWith(".client.js")));
    await nvim.command("TovaCompile");
    await nvim.until("the other report", `return vim.fn.execute("messages"):find("nothing has changed") ~= nil`);
  });

  step("the endpoints of both servers are a list that leads to them", async ({ nvim }) => {
    await nvim.command("TovaEndpoints");
    const items = await nvim.until("the list", `
      local items = vim.fn.getqflist()
      return #items > 0 and vim.tbl_map(function(item)
        return vim.fn.bufname(item.bufnr) .. ":" .. item.lnum .. " " .. item.text
      end, items)`);
    assert.ok(items.some((item) => /api\.tova:\d+ POST +\/rpc\/open_ticket/.test(item)), items.join("\n"));
    assert.ok(items.some((item) => /api\.tova:\d+ GET +\/api\/tickets/.test(item)), items.join("\n"));
    assert.ok(items.some((item) => /events\.tova/.test(item)), items.join("\n"));
    await nvim.command("cclose");
  });

  step(":TovaDev runs the servers, and the page loads", async ({ nvim }) => {
    const [port] = await freePorts(1);
    await nvim.command("buffer dashboard.tova");
    await nvim.lua(`vim.env.PORT = ...`, String(port));
    await nvim.command("TovaDev");
    let page = "";
    await until("the page", async () => {
      page = await fetch(`http://127.0.0.1:${port}/`).then((answer) => answer.text(), () => "");
      return page.includes("<script");
    });
    assert.match(page, /app|dashboard/i);
    await nvim.command("TovaDev stop");
    await until("the end of the servers", () => fetch(`http://127.0.0.1:${port}/`).then(() => false, () => true));
  });

  step("a server that is killed is started again, and has what was typed", async ({ nvim }) => {
    await nvim.command("buffer dashboard.tova");
    await go(nvim, "server.list_tickets()");
    await nvim.keys("fllrx");
    await nvim.until("a diagnostic", `return #(function() ${diagnostics} end)() > 0`);
    const killed = await nvim.lua(`return require("tova.server").clients()[1].id`);
    execFileSync("pkill", ["-KILL", "-P", String(await nvim.lua("return vim.fn.getpid()")), "tova"]);
    await nvim.until("another server", `
      local clients = require("tova.server").clients()
      return #clients > 0 and clients[1].id ~= ... and vim.lsp.buf_is_attached(0, clients[1].id)`, [killed]);
    await nvim.lua(`vim.diagnostic.reset()`);
    await nvim.keys("A <Esc>");
    await nvim.until("the diagnostic of the new server", `return #(function() ${diagnostics} end)() > 0`);
    await nvim.keys("uu");
    await nvim.until("no diagnostic", `return #(function() ${diagnostics} end)() == 0`);
  });

  step(":TovaRestart starts another process", async ({ nvim }) => {
    const old = await nvim.lua(`return require("tova.server").clients()[1].id`);
    await nvim.command("TovaRestart");
    await nvim.until("another server", `
      local clients = require("tova.server").clients()
      return #clients == 1 and clients[1].id ~= ... and vim.lsp.buf_is_attached(0, clients[1].id)`, [old]);
  });

  step(":checkhealth tova finds the program and the running server, and says for which folder", async ({ nvim, workspace }) => {
    await nvim.command("checkhealth tova");
    const text = await nvim.until("the report", `
      local text = table.concat(vim.api.nvim_buf_get_lines(0, 0, -1, false), "\\n")
      return text:find("running for") and text`);
    assert.match(text, /OK[^\n]*tova \d/);
    assert.ok(text.includes(`running for ${realpathSync(workspace)},`), text);
    assert.doesNotMatch(text, /ERROR/);
    await nvim.command("bwipeout");
  });

  step(":TovaLog opens the log of the language client", async ({ nvim }) => {
    await nvim.command("TovaLog");
    assert.match(await nvim.lua(`return vim.api.nvim_buf_get_name(0)`), /lsp\.log$/);
    await nvim.command("tabclose");
  });

  step(":h tova opens the help file, which has every command", async ({ nvim }) => {
    await nvim.command(`helptags ${join(root, "editors/nvim/doc")}`);
    await nvim.command("help :TovaPreview");
    const help = await nvim.text();
    assert.match(help, /full-stack language Tova/);
    const commands = await nvim.lua(`
      return vim.tbl_filter(function(name) return name:find("^Tova") end, vim.tbl_keys(vim.api.nvim_get_commands({})))`);
    assert.ok(commands.length >= 9, commands.join(" "));
    for (const command of commands) assert.ok(help.includes(`*:${command}*`), command);
    await nvim.command("helpclose");
  });

  step(":TovaBuildParser builds the parser, and the buffer is highlighted by it", async ({ nvim }) => {
    await nvim.command("buffer dashboard.tova");
    await nvim.command("TovaBuildParser");
    await nvim.until("the highlighter", `
      return vim.treesitter.highlighter.active[vim.api.nvim_get_current_buf()] ~= nil`, [], 300_000);
    await nvim.command("redraw");
    const messages = await nvim.lua(`return vim.fn.execute("messages")`);
    assert.doesNotMatch(messages, /no highlighting|Error/);
    const captures = await nvim.lua(`
      local parser = vim.treesitter.get_parser(0, "tova")
      local root = parser:parse()[1]:root()
      local query = (vim.treesitter.query and vim.treesitter.query.get or vim.treesitter.get_query or require("vim.treesitter.query").get_query)("tova", "highlights")
      local names = {}
      for id in query:iter_captures(root, 0, 0, 40) do names[query.captures[id]] = true end
      return vim.tbl_keys(names)`);
    assert.ok(captures.includes("keyword") && captures.includes("string"), captures.join(" "));
  });

  test(`${label}: :TovaRestart ends a server that does not answer, and starts another one`, async (t) => {
    const slow = slowServer(folder(t), "shutdown", 600_000);
    const nvim = new Neovim(binary, { cwd: dashboard(t), init: `vim.g.tova = { cmd = { ${JSON.stringify(slow.program)}, "lsp" } }` });
    t.after(() => nvim.quit());
    await nvim.command("edit dashboard.tova");
    await nvim.until("the language server", attached);
    const old = await nvim.lua(`return require("tova.server").clients()[1].id`);
    await nvim.command("TovaRestart");
    await nvim.until("another server", `
      local clients = require("tova.server").clients()
      return #clients == 1 and clients[1].id ~= ... and vim.lsp.buf_is_attached(0, clients[1].id)`, [old]);
    assert.doesNotMatch(await nvim.lua(`return vim.fn.execute("messages")`), /died/);
  });

  test(`${label}: lsp/tova.lua alone is a server for vim.lsp.enable`, async (t) => {
    const nvim = new Neovim(binary, { cwd: dashboard(t), init: `vim.g.tova_lsp = false` });
    t.after(() => nvim.quit());
    if (!(await nvim.lua(`return vim.lsp.enable ~= nil`))) t.skip("this Neovim has no vim.lsp.enable");
    await nvim.command("edit dashboard.tova");
    await new Promise((resolve) => setTimeout(resolve, 300));
    assert.equal(await nvim.lua(`return #vim.lsp.get_clients()`), 0);
    await nvim.lua(`vim.lsp.enable("tova")`);
    await nvim.command("edit");
    await nvim.until("the language server", attached);
  });

  test(`${label}: without the program, one message says what to do, and editing works`, async (t) => {
    const nvim = new Neovim(binary, {
      cwd: dashboard(t), path: "/usr/bin:/bin",
      init: `vim.g.tova = { cmd = { "/nowhere/tova", "lsp" } }`,
    });
    t.after(() => nvim.quit());
    await nvim.command("edit dashboard.tova");
    await nvim.until("the message", `return vim.fn.execute("messages"):find("was not found") ~= nil`);
    await nvim.keys("ggOx = 1<Esc>");
    assert.match(await nvim.text(), /^x = 1\n/);
  });
}
