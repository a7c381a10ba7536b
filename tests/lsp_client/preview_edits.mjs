// Random edits of a package: the pushed preview is what `tova preview` prints of the same text. For longer:
// `node tests/lsp_client/preview_edits.mjs EDITS [SEED]`.
import assert from "node:assert/strict";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { run, tova, write } from "../harness/program.mjs";
import { test } from "../harness/test.mjs";
import { startEditor } from "./editor.mjs";
import { Mirror } from "./mirror.mjs";
import { files } from "./sources.mjs";

const BURST = 7; // edits between two comparisons, at most

/** A small generator of pseudo-random numbers, so that a seed gives the same edits. */
function random(seed) {
  let state = seed >>> 0;
  return (limit) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 2 ** 32) * limit);
  };
}

const pieces = [
  "x", " ", "\n", "{", "}", "(", ")", '"', "=", "users", "fn f(a) { a }\n", "server.list_users()", "// é 🎉\n", "type T { a: Int }\n",
  "route GET \"/x\" => list_users\n", "if true { 1 } else { 2 }\n", "[1, 2] |> map(fn(x) x * 2)", "state s = 0\n", "<b>hi</b>", "\r\n",
  "match 1 { 1 => 2 _ => 3 }\n", "server \"api\" {\n", "shared {\n", "browser {\n", "await ", "return ", "名前 = 1\n",
];

/** Where an edit is made, what it removes and what it inserts; every third one restores the text. */
function edit(next, text) {
  const start = next(text.length + 1);
  const length = next(4) === 0 ? Math.min(next(30), text.length - start) : 0;
  const safe = [...text.slice(start, start + length)].join("").length;
  return { start: boundary(text, start), length: boundaryLength(text, boundary(text, start), safe), insert: next(5) === 0 ? "" : pieces[next(pieces.length)] };
}

/** Not between the halves of a character beyond the basic plane, and not between CR and LF. */
const boundary = (text, at) => (/[\udc00-\udfff]/.test(text[at] ?? "") || text.slice(at - 1, at + 1) === "\r\n" ? at - 1 : at);
const boundaryLength = (text, start, length) => boundary(text, start + length) - start;

export async function compare(t, edits, seed) {
  const next = random(seed);
  const editor = await startEditor(t, files, { options: { compileOnSave: "off" }, positionEncodings: [["utf-16"], ["utf-8"], ["utf-32"]][seed % 3] });
  for (const name of Object.keys(files)) await editor.open(name);
  const names = Object.keys(files);
  const mirrors = [];
  for (const output of ["server.api", "client", "shared"]) {
    const { id, preview } = await editor.request("tova/previewSubscribe", "page.tova", { output });
    mirrors.push(new Mirror(editor, id, preview));
  }
  let compared = 0;
  for (let done = 0; done < edits; ) {
    for (let burst = 1 + next(BURST); burst > 0 && done < edits; burst--, done++) {
      const name = names[next(names.length)];
      const { text } = editor.buffers.get(name);
      if (text !== files[name] && next(6) === 0) {
        await editor.replace(name, 0, text.length, files[name]);
      } else {
        const { start, length, insert } = edit(next, text);
        await editor.replace(name, start, length, insert);
      }
    }
    await same(editor, mirrors, `after ${done} edits of seed ${seed}`);
    compared++;
  }
  return compared;
}

/** What each mirror shows is what the command prints of the buffers as files. */
async function same(editor, mirrors, when) {
  for (const [name, { text }] of editor.buffers) write(join(editor.workspace, name), text);
  for (const mirror of mirrors) {
    const { output, text } = await editor.request("tova/preview", "page.tova", { output: mirror.output }).catch(() => editor.request("tova/preview", "page.tova"));
    await mirror.becomes(text);
    const { stdout } = await run(tova, ["preview", "--block", output.name, "page.tova"], { cwd: editor.workspace });
    assert.equal(text, stdout, `${output.name} ${when}`);
  }
}

test("after random edits the pushed previews are what the command prints", async (t) => {
  await compare(t, 150, 1);
});

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const [edits = "1000", seed = "1"] = process.argv.slice(2);
  const cleanups = [];
  const compared = await compare({ after: (cleanup) => cleanups.push(cleanup) }, Number(edits), Number(seed));
  for (const cleanup of cleanups.reverse()) await cleanup();
  console.log(`${edits} edits of seed ${seed}, compared ${compared} times: no difference`);
}
