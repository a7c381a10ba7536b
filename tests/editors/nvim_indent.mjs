// Indentation in every Neovim that this machine has: `=` over sources that are laid out by hand changes nothing, and what is
// typed comes to stand where the examples have it. Without the language server, which has no part in it.
import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { shared, test } from "../harness/test.mjs";
import { folder, root } from "../harness/program.mjs";
import { inEachNeovim, Neovim } from "./neovim.mjs";

/** Sources that no indenter leaves as they are, and why. */
const unlike = new Map([
  ["tests/golden/cases/elif_with_statements/main.tova", "a block and the one around it open on one line and close on another"],
]);

/**
 * What is typed: a source whose cursor is ¦, keys in the notation of mappings, and what stands there in the end.
 * @type {[words: string, before: string, keys: string, after: string][]}
 */
const typed = [
  ["Enter after {", "fn f() {¦", "<CR>x = 1<CR>}", "fn f() {\n  x = 1\n}"],
  ["Enter between { and }", "fn f() {¦}", "<CR>", "fn f() {\n}"],
  ["o within nested blocks", "server {\n  fn f() {¦\n  }\n}", "<Esc>ox = 1", "server {\n  fn f() {\n    x = 1\n  }\n}"],
  ["O above a closer", "fn f() {\n¦}", "<Esc>Ox = 1", "fn f() {\n  x = 1\n}"],
  ["else beside its if", "fn f() {\n  if a {¦\n}", "<CR>x<CR>} else {<CR>y<CR>}", "fn f() {\n  if a {\n    x\n  } else {\n    y\n  }\n}"],
  ["lists and arguments", "x = f([¦", "<CR>1,<CR>2,<CR>])<CR>y = 1", "x = f([\n  1,\n  2,\n])\ny = 1"],
  ["a function as an argument", "f(1, fn(x) {¦", "<CR>x<CR>})", "f(1, fn(x) {\n  x\n})"],
  ["an element and its end", "component A {\n  <div>¦\n}", "<CR><p>\"x\"</p><CR></div>", "component A {\n  <div>\n    <p>\"x\"</p>\n  </div>\n}"],
  ["a tag over several lines", "component A {\n  <input¦\n}", "<CR>value={x}<CR>/><CR><p />", "component A {\n  <input\n    value={x}\n  />\n  <p />\n}"],
  ["what stands in such a tag", "component A {\n  <b¦\n}", "<CR>id=\"x\"<CR>><CR>text<CR></b>", "component A {\n  <b\n    id=\"x\"\n  >\n    text\n  </b>\n}"],
  ["a fragment", "component A {\n  <>¦\n}", "<CR><p /><CR></>", "component A {\n  <>\n    <p />\n  </>\n}"],
  ["a loop between tags", "component A {\n  <ul>¦\n}", "<CR>for x in xs {<CR><li /><CR>}<CR></ul>", "component A {\n  <ul>\n    for x in xs {\n      <li />\n    }\n  </ul>\n}"],
  ["an apostrophe and a slash in text", "component A {\n  <p>¦\n}", "<CR>don't // go<CR></p><CR><p />", "component A {\n  <p>\n    don't // go\n  </p>\n  <p />\n}"],
  ["a pipe", "x = rows¦", "<CR><Bar>> first()<CR><Bar>> second()<CR>y = 1", "x = rows\n  |> first()\n  |> second()\ny = 1"],
  ["a method on a line of its own", "fn f() {\n  x¦\n}", "<CR>.first()<CR>.second(fn() {<CR>y<CR>})", "fn f() {\n  x\n    .first()\n    .second(fn() {\n      y\n    })\n}"],
  ["a column is no method", "x = rows |> select(¦", "<CR>.name,<CR>.age<CR>)", "x = rows |> select(\n  .name,\n  .age\n)"],
  ["an operator at the end", "x = a and¦", "<CR>b<CR>y = 1", "x = a and\n  b\ny = 1"],
  ["an arm on a line of its own", "match x {\n  A =>¦\n}", "<CR>1<CR>B => 2", "match x {\n  A =>\n    1\n  B => 2\n}"],
  ["brackets in strings", "fn f() {\n  x = \"{g(\"}\")} ) ]\" + '{ ('¦\n}", "<CR>y", "fn f() {\n  x = \"{g(\"}\")} ) ]\" + '{ ('\n  y\n}"],
  ["brackets in comments", "fn f() {\n  // { (\n  /* { /* [ */ ( */ x¦\n}", "<CR>y", "fn f() {\n  // { (\n  /* { /* [ */ ( */ x\n  y\n}"],
  ["brackets in an expression between slashes", "fn f() {\n  x = /[{/]\\(/g¦\n}", "<CR>y", "fn f() {\n  x = /[{/]\\(/g\n  y\n}"],
  ["a comparison is no tag", "fn f() {\n  x = a < b¦\n}", "<CR>y", "fn f() {\n  x = a < b\n  y\n}"],
  ["arguments of a type", "fn f() -> Result<Any, String> {¦", "<CR>y", "fn f() -> Result<Any, String> {\n  y"],
  ["the inside of a triple string", "x = \"\"\"\n     one {¦\n\"\"\"", "<CR>two", "x = \"\"\"\n     one {\n     two\n\"\"\""],
  ["a rule of a style sheet", "component A {\n  style {¦\n}", "<CR>.a {<CR>top: 0;<CR>}<CR>}", "component A {\n  style {\n    .a {\n      top: 0;\n    }\n  }\n}"],
];

function sources(under) {
  return readdirSync(join(root, under), { withFileTypes: true }).flatMap((entry) => {
    const path = join(under, entry.name);
    return entry.isDirectory() ? sources(path) : entry.name.endsWith(".tova") ? [path] : [];
  });
}

const fresh = `
  local text = ...
  vim.cmd("enew!")
  vim.bo.filetype = "tova"
  vim.api.nvim_buf_set_lines(0, 0, -1, false, vim.split(text, "\\n"))`;

/** Types keys where ¦ is, in Insert mode. */
const type = `
  ${fresh}
  local _, keys = ...
  vim.fn.cursor(1, 1)
  vim.fn.search("¦", "c")
  vim.api.nvim_feedkeys(vim.api.nvim_replace_termcodes('"_s' .. keys .. "<Esc>", true, true, true), "tx", false)`;

/**
 * Seconds of the processor for `gg=G` over a large text, and over a small one ten times; for thirty new lines at the end of the
 * large one, and for ten times as many in the small one. The best of three: whatever else the machine does makes it longer only.
 */
const measure = `
  local small, large = ...
  local function open(text)
    ${fresh.replace("local text = ...", "")}
  end
  local function seconds(act)
    local from = os.clock()
    act()
    return os.clock() - from
  end
  local function all(text, times)
    local took = 0
    for _ = 1, times do
      open(text)
      took = took + seconds(function() vim.cmd("silent normal! gg=G") end)
    end
    return took
  end
  local function one(times)
    return seconds(function()
      for _ = 1, 30 * times do
        vim.cmd("normal! Gkox = 1")
        vim.cmd("normal! dd")
      end
    end)
  end
  local found = { all = {}, one = {} }
  for _ = 1, 3 do
    for name, size in pairs({ small = { text = small, times = 10 }, large = { text = large, times = 1 } }) do
      found.all[name] = math.min(found.all[name] or math.huge, all(size.text, size.times))
      found.one[name] = math.min(found.one[name] or math.huge, one(size.times))
    end
  end
  open(large)
  vim.cmd("silent normal! gg=G")
  vim.cmd("normal! Gkox = 1")
  return found`;

inEachNeovim("indentation", (binary, label) => {
  const session = shared(async (t) => {
    const nvim = new Neovim(binary, { cwd: folder(t), init: "vim.g.tova_lsp = false" });
    t.after(() => nvim.quit());
    return nvim;
  });
  const step = (words, body) => test(`${label}: ${words}`, async (t) => body(await session(), t));

  step("`gg=G` leaves what is laid out as it is", async (nvim) => {
    const changed = [];
    for (const path of [...sources("examples"), ...sources("tests/golden/cases")]) {
      const text = readFileSync(join(root, path), "utf8");
      await nvim.lua(fresh, text);
      await nvim.command("silent normal! gg=G");
      if ((await nvim.text()) !== text) {
        changed.push(path);
      }
    }
    assert.deepEqual(changed, [...unlike.keys()]);
  });

  step("`gg=G` lays out what lost its blanks", async (nvim) => {
    for (const path of ["examples/users/app.tova", "examples/shop/shop.tova", "examples/snake/rules.tova", "examples/etl/figures.tova"]) {
      const text = readFileSync(join(root, path), "utf8");
      const [code, ...strings] = text.split(/(?='$|""")/m);
      await nvim.lua(fresh, code.replace(/^ +/gm, "") + strings.join(""));
      await nvim.command("silent normal! gg=G");
      assert.equal(await nvim.text(), text, path);
    }
  });

  for (const [words, before, keys, after] of typed) {
    step(`typing: ${words}`, async (nvim) => {
      await nvim.lua(type, before, keys);
      assert.equal(await nvim.text(), after);
    });
  }

  step("the user's width of a step", async (nvim) => {
    await nvim.lua(fresh, "fn f() {\nif x {\ny\n}\n}");
    await nvim.command("setlocal shiftwidth=4");
    await nvim.command("silent normal! gg=G");
    assert.equal(await nvim.text(), "fn f() {\n    if x {\n        y\n    }\n}");
  });

  step("10,000 lines take as long as ten times 1,000, and a new one as ten new ones among 1,000", async (nvim) => {
    const text = (functions) => "server {\n" + "fn f() {\nif x {\n<p>y</p>\n}\n}\n".repeat(functions) + "}";
    const { all, one } = await nvim.lua(measure, text(200), text(2000));
    assert.ok(all.large < 4 * all.small, `all: ${JSON.stringify(all)} s`);
    assert.ok(one.large < 4 * one.small, `one: ${JSON.stringify(one)} s`);
    assert.match(await nvim.text(), /\n {6}<p>y<\/p>\n {4}\}\n {2}\}\n {2}x = 1\n\}$/);
  });

  step("another type of file has none of it", async (nvim) => {
    await nvim.lua(fresh, "");
    await nvim.command("set filetype=text");
    assert.equal(await nvim.lua("return vim.bo.indentexpr"), "");
  });
});
