// What stands around the text in Visual Studio Code: tests, tasks and their problems, the tree of endpoints, the preview by
// mouse, reports, settings, snippets, the walkthrough.
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { freePorts, pause, remove, until, write } from "../harness/program.mjs";
import { session } from "./vscode_session.mjs";

const application = `server {
  fn greet(name: String) -> String { "hi {name}" }
  fn hello() -> String { "hello by the route" }
  route GET "/api/hello" => hello
}

browser {
  state word = "none"

  fn ask() { word = server.greet("you") }

  component App() {
    <button onclick={ask}>{word}</button>
  }
}
`;

const sums = `shared {
  fn add(a: Int, b: Int) -> Int { a + b }
}

test "adds" {
  assert_eq(add(1, 2), 3)
}

test "adds (not) \\"wrongly\\"" {
  assert_eq(add(1, 2), 4)
}
`;

const wrong = "fn f() {\n  missing(1)\n}\n";

const step = session(async (workspace) => {
  const [port] = await freePorts(1);
  write(join(workspace, "app.tova"), application);
  write(join(workspace, "sums/sums.tova"), sums);
  // Where the language server does not look: what is told of it comes from the task.
  write(join(workspace, "node_modules/lib/wrong.tova"), wrong);
  write(join(workspace, ".vscode/settings.json"), JSON.stringify({ "tova.compileOnSave": "off" }));
  write(join(workspace, ".vscode/tasks.json"), JSON.stringify({
    version: "2.0.0",
    tasks: [
      { label: "look", type: "tova", command: "check", path: "node_modules/lib/wrong.tova", problemMatcher: ["$tova"] },
      { label: "serve", type: "tova", command: "dev", path: "app.tova", arguments: ["--port", String(port)], isBackground: true, problemMatcher: ["$tova-watch"] },
      { label: "behind", type: "process", command: "touch", args: ["behind.txt"], dependsOn: "serve", problemMatcher: [] },
    ],
  }));
  return { port, settings: { "tova.dev.port": port, "editor.tabCompletion": "onlySnippets", "editor.quickSuggestions": { other: "off" } } };
});

const explorer = ".test-explorer .monaco-list-row";
const status = "[id='tova.tova.tova.status']";
const endpoint = ".pane-body .monaco-list-row";

/** The rows of the problems, which are brought to the front: a terminal may have come before them. */
async function problems(page) {
  const tab = page.locator(".part.panel .action-label[aria-label^='Problems']").first();
  if (await tab.isVisible()) {
    await tab.click({ timeout: 1000 }).catch(() => undefined);
  } else {
    await page.keyboard.press("Control+Shift+M");
  }
  return page.locator(".markers-panel .monaco-list-row").allTextContents();
}

step("the test explorer has the `test` blocks of every file, opened or not", async ({ window, page }) => {
  await window.see("[id='tova.tova.tova.status']:has(.codicon-check)", "Tova");
  await page.locator(".activitybar [aria-label^='Testing']").first().click();
  await window.see(explorer, "sums.tova");
  await page.locator(explorer, { hasText: "sums.tova" }).first().click();
  await page.keyboard.press("ArrowRight");
  await window.see(explorer, 'adds (not) "wrongly"');
});

step("running the tests shows what passed, and what failed at its line with both values", async ({ window, page }) => {
  await window.open("sums.tova");
  await window.command("Test: Run All Tests");
  await window.see(`${explorer}:has(.codicon-testing-failed-icon)`, 'adds (not) "wrongly"');
  await until("the other one to have passed", async () => (await page.locator(`${explorer}:has(.codicon-testing-passed-icon)`).count()) === 1);
  // Lenses that come between two looks move both.
  await until("the message at its line", async () => {
    const message = await (await window.see(".test-error-content-widget", "3 != 4")).boundingBox();
    const line = await (await window.see(".view-line", "assert_eq(add(1, 2), 4)")).boundingBox();
    return Math.abs(message.y - line.y) < line.height / 2;
  });
});

step("the lens above a test saves the file and runs that test", async ({ window, page, workspace }) => {
  await window.find("add(1, 2), 4");
  await page.keyboard.press("Backspace");
  await page.keyboard.type("3");
  await page.locator(".codelens-decoration a", { hasText: "run the test" }).nth(1).click();
  await until("both tests to have passed", async () => (await page.locator(`${explorer}:has(.codicon-testing-passed-icon)`).count()) >= 2);
  assert.ok(readFileSync(join(workspace, "sums/sums.tova"), "utf8").includes("add(1, 2), 3)\n}\n\ntest"));
});

step("what a task finds stands among the problems", async ({ window, page }) => {
  await window.command("View: Close All Editors");
  const isThere = async () => {
    const rows = (await problems(page)).filter((row) => row.includes("`missing` is not defined"));
    return rows.length === 1 && rows[0].includes("E101") && /Ln 2, Col 3/.test(rows[0]);
  };
  // The editor takes what a task has printed until a tenth of a second after its end: where that comes later it is lost.
  const run = async () => {
    await window.command("Tasks: Run Task");
    await window.pick("look");
    return until("the problem, once", isThere, 15_000).catch(() => false);
  };
  let found = false;
  for (let tries = 0; tries < 5 && !found; tries += 1) found = await run();
  assert.ok(found, (await problems(page)).join("\n"));
  await window.see("[id='status.problems']", "1");
});

step("the tasks of an application are offered", async ({ window, page }) => {
  await window.command("Tasks: Run Task");
  await window.pick("All tova tasks");
  await until("the tasks", async () => {
    const labels = await page.locator(".quick-input-list .monaco-list-row").evaluateAll((rows) => rows.map((row) => row.getAttribute("aria-label")));
    assert.deepEqual(labels.filter((label) => label?.startsWith("tova: ")).sort(), ["tova: build", "tova: check", "tova: dev", "tova: test"]);
    return true;
  });
  await page.keyboard.press("Escape");
});

step("compiling by the command writes the outputs, and says what it wrote", async ({ window, workspace }) => {
  remove(join(workspace, ".tova-out"));
  await window.open("app.tova");
  await window.command("Tova: Compile");
  await window.see(".statusbar-item", "Tova: Wrote");
  assert.match(readFileSync(join(workspace, ".tova-out/app.server.js"), "utf8"), /greet/);
  await window.command("Tova: Compile");
  await window.see(".statusbar-item", "Tova: Nothing has changed.");
  await window.command("View: Close All Editors");
});

step("a task behind the development server begins when that listens", async ({ window, workspace, port }) => {
  await window.command("Tasks: Run Task");
  await window.pick("behind");
  await until("the task behind it", () => existsSync(join(workspace, "behind.txt")));
  assert.equal(await fetch(`http://127.0.0.1:${port}/api/hello`).then((answer) => answer.json()), "hello by the route");
});

step("what the development server finds in a file that is not open stands among the problems once, and goes", async ({ window, page, workspace }) => {
  const rows = async () => (await problems(page)).filter((row) => row.includes("`missing_there`"));
  write(join(workspace, "app.tova"), application.replace('"hello by the route"', "missing_there()"));
  await until("the problem", async () => (await rows()).length > 0);
  await pause(1500);
  await until("the problem once", async () => (await rows()).length === 1);
  write(join(workspace, "app.tova"), application);
  await until("no problem", async () => (await rows()).length === 0);
});

step("an endpoint is copied as curl, and tried in a terminal where it only reads", async ({ window, page, port }) => {
  await window.command("Tova: Show Endpoints");
  const act = async (name, action) => {
    const row = await window.see(endpoint, name);
    await row.hover();
    await row.locator(`[aria-label='${action}']`).click();
  };
  const terminal = async () => (await page.locator(".xterm-rows").allInnerTexts()).join("\n").replace(/\n/g, "");
  await act("GET /api/hello", "Copy as curl");
  await until("the copy", async () => (await page.evaluate(() => navigator.clipboard.readText())) === `curl 'http://localhost:${port}/api/hello'`);
  await act("GET /api/hello", "Try");
  await until("the answer", async () => (await terminal()).includes(`/api/hello'"hello by the route"`));
  await act("greet", "Try");
  await until("the line of the call", async () => (await terminal()).includes(`-d '{"name": "Ada"}'`));
  assert.ok(!(await terminal()).includes("hi Ada"), "what may write was sent without being asked for");
  await window.command("Tova: Stop Development Server");
});

step("the preview goes through the outputs, and both sides follow the mouse", async ({ window, page }) => {
  await window.command("View: Close All Editors");
  await window.open("app.tova");
  await window.find("fn greet");
  await window.command("Tova: Open Emitted JavaScript to the Side");
  await window.see(".tab[data-resource-name='app.server.js']");
  await window.command("Tova: Show the Next Output");
  await window.see(".tab[data-resource-name='app.client.js']");
  const click = (group, words) => page.locator(".editor-group-container").nth(group).locator(".view-line", { hasText: words }).first().click();
  await click(0, "fn ask");
  await until("the mark in the output", async () => /ask|greet/.test((await window.marked(1)) ?? ""));
  await click(1, "function App");
  await until("the mark in the source", async () => /component App/.test((await window.marked(0)) ?? ""));
  await click(0, "state word");
  await until("the mark at the state", async () => /createSignal/.test((await window.marked(1)) ?? ""));
});

step("commands show the syntax tree, the memory, the version and the log", async ({ window, page }) => {
  const shown = (words) => until(words, async () => (await window.lines(1)).some((line) => line.includes(words)));
  await window.command("View: Close All Editors");
  await window.open("app.tova");
  await window.command("Tova: Show Syntax Tree");
  await window.see(".tab[data-resource-name='Tova syntax tree.scm']");
  await shown("(source_file");
  await window.command("Tova: Show Memory");
  await window.see(".tab[data-resource-name='Tova memory.txt']");
  await shown("heap");
  await window.command("Tova: Show Version");
  // No setting names a program: it is the one in the package.
  const version = await (await window.see(".notification-toast", "tova 0.")).innerText();
  assert.match(version, /tova \d+\.\d+\.\d+ \(.*\/extensions\/tova\.tova-[^/]*\/bin\/tova\)/);
  await window.command("Tova: Show Log");
  await until("the log", async () => (await page.locator(".panel .view-line").allTextContents()).some((line) => /tova.0\..*bin\/tova/.test(line)));
});

step("restarting starts another process, which has what was typed, and the item leads to all commands", async ({ code, window, page }) => {
  const processes = () => spawnSync("pgrep", ["-f", `${code.home}/extensions/.*/bin/tova lsp`], { encoding: "utf8" }).stdout.trim();
  await window.command("View: Close All Editors");
  await window.open("app.tova");
  await window.find("server.greet");
  await page.keyboard.type("x");
  await window.see(".squiggly-error");
  const before = processes();
  await window.command("Tova: Restart Language Server");
  await until("another process", () => processes() !== "" && processes() !== before);
  await window.see(`${status}:has(.codicon-check)`);
  await page.keyboard.type("y");
  await window.see(".squiggly-error");
  await until("what was typed", async () => (await window.lines(0)).some((line) => line.includes("server.greetxy(")));
  await page.keyboard.press("Backspace");
  await page.keyboard.press("Backspace");
  await window.gone(".squiggly-error");
  await page.locator(`${status} a`).click();
  await window.see(".quick-input-list .monaco-list-row", "Tova: Show Log");
  await page.keyboard.press("Escape");
});

step("what the server knows of a name stands on top of the grammar", async ({ window, page }) => {
  await window.find("fn ask() { word");
  await page.keyboard.press("ArrowLeft");
  await window.command("Developer: Inspect Editor Tokens and Scopes");
  const told = (await (await window.see(".token-inspect-widget", "reactive")).innerText()).replace(/\s+/g, " ");
  assert.match(told, /semantic token type variable modifiers ([a-z]+ )*reactive/);
  assert.match(told, /textmate scopes variable\.other\.readwrite\.tova/);
  await page.keyboard.press("Escape");
});

step("brackets are closed, Enter lays out, and lines become comments", async ({ window, page }) => {
  await page.keyboard.press("Control+End");
  await page.keyboard.type("fn laid() {");
  await page.keyboard.press("Enter");
  await page.keyboard.type("inside");
  await until("the lines", async () => /fn laid\(\) \{\n {2}inside\n\}/.test((await window.lines(0)).join("\n")));
  await page.keyboard.press("Control+/");
  await until("the comment", async () => (await window.lines(0)).includes("  // inside"));
  await window.command("File: Revert File");
});

step("where compiling on saving is switched off nothing is written, and switched on the output is", async ({ window, page, workspace }) => {
  const written = () => spawnSync("grep", ["-rq", "saved_off", join(workspace, ".tova-out")]).status === 0;
  await window.command("View: Close All Editors");
  await window.open("app.tova");
  const save = async (line) => {
    await page.keyboard.press("Control+End");
    await page.keyboard.type(line);
    await page.keyboard.press("Control+S");
    await until("the file to be saved", () => readFileSync(join(workspace, "app.tova"), "utf8").endsWith(line));
  };
  await save("fn saved_off() { 1 }\n");
  await pause(1500);
  assert.ok(!written(), "the output was written");
  write(join(workspace, ".vscode/settings.json"), "{}");
  await until("the output", async () => {
    await save("\n");
    await pause(500);
    return written();
  });
});

step("a snippet is inserted by its prefix, with its places to fill in", async ({ window, page }) => {
  await page.keyboard.press("Control+End");
  await page.keyboard.type("match");
  await page.keyboard.press("Tab");
  const line = (words) => until(words, async () => (await window.lines(0)).includes(words));
  await line("match value {");
  await page.keyboard.type("colour");
  await page.keyboard.press("Tab");
  await page.keyboard.type("Red");
  await line("match colour {");
  await line("  Red => result");
  await page.keyboard.press("Escape");
  await window.command("File: Revert File");
});

step("the walkthrough opens, and its pictures are there", async ({ window, page }) => {
  await window.command("Welcome: Open Walkthrough...");
  await window.pick("Get started with Tova");
  for (const step of ["Open a Tova file", "See the JavaScript", "See every endpoint", "Run it"]) {
    await (await window.see(".gettingStartedContainer .step-title", step)).click();
    await until(`the picture of "${step}"`, () => page.locator(".gettingStartedContainer .getting-started-media img").first().evaluate((image) => image.complete && image.naturalWidth > 400));
  }
});
