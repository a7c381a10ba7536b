// Edits of the protocol, on a plain text.
import type { Position, TextEdit } from "vscode-languageclient";

/** The text after edits whose ranges all count in the text before. */
export function applyEdits(text: string, edits: TextEdit[]): string {
  const starts = [0];
  for (let index = text.indexOf("\n"); index >= 0; index = text.indexOf("\n", index + 1)) {
    starts.push(index + 1);
  }
  const offset = ({ line, character }: Position) =>
    Math.min((starts[line] ?? text.length) + (line < starts.length ? character : 0), text.length);
  const ordered = edits
    .map(({ range, newText }) => ({ start: offset(range.start), end: offset(range.end), newText }))
    .sort((a, b) => a.start - b.start || a.end - b.end);
  let result = "";
  let done = 0;
  for (const { start, end, newText } of ordered) {
    result += text.slice(done, start) + newText;
    done = end;
  }
  return result + text.slice(done);
}
