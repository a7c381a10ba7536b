// The client's side of a preview that is told how it changes: the text that it was sent, with every edit applied.
import assert from "node:assert/strict";
import { until } from "../harness/program.mjs";

export class Mirror {
  /** @type {object[]} what has been told */
  changes = [];
  closed = false;

  /** @param {import("./editor.mjs").Editor} editor */
  constructor(editor, id, preview) {
    this.editor = editor;
    this.id = id;
    this.text = preview.text;
    this.output = preview.output.name;
    editor.connection.onNotification("tova/previewChanged", (change) => editor.mirrors.get(change.id)?.take(change));
    editor.mirrors ??= new Map();
    editor.mirrors.set(id, this);
  }

  take(change) {
    if (change.closed) {
      this.closed = true;
      return;
    }
    this.changes.push(change);
    this.output = change.output.name;
    this.text = applied(this.text, change.edits, this.editor.encoding);
  }

  /** Waits until the text is this one. */
  async becomes(text) {
    try {
      await until("the newest text", () => this.text === text);
    } catch {
      assert.equal(this.text, text, "the pushed preview differs");
    }
  }
}

/** A text with edits as LSP means them: all of the text before. */
export function applied(text, edits, encoding = "utf-16") {
  const starts = [0];
  for (let at = text.indexOf("\n"); at >= 0; at = text.indexOf("\n", at + 1)) starts.push(at + 1);
  const offset = ({ line, character }) => {
    assert.ok(line < starts.length, `line ${line} of ${starts.length}`);
    const whole = text.slice(starts[line], starts[line + 1] ?? text.length);
    return starts[line] + units(whole, character, encoding);
  };
  const placed = edits.map(({ range, newText }) => ({ start: offset(range.start), end: offset(range.end), newText }));
  placed.sort((a, b) => b.start - a.start);
  let result = text;
  let before = Infinity;
  for (const { start, end, newText } of placed) {
    assert.ok(start <= end && end <= before, "edits overlap");
    result = result.slice(0, start) + newText + result.slice(end);
    before = start;
  }
  return result;
}

/** Columns of a line in an encoding as UTF-16 units. */
function units(line, column, encoding) {
  if (encoding === "utf-16") return column;
  let seen = 0;
  let at = 0;
  for (const character of line) {
    if (seen >= column) break;
    seen += encoding === "utf-8" ? Buffer.byteLength(character) : 1;
    at += character.length;
  }
  assert.equal(seen, column, "a column inside of a character");
  return at;
}
