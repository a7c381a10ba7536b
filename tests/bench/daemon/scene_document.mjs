// One long document: what is asked of it, what is typed into it, and the memory of it.
import { memory } from "./clock.mjs";
import { copyStart, Document, keys, random } from "./document.mjs";
import { queries } from "./queries.mjs";
import { attempt, inFolder, pause, sample } from "./scene.mjs";

const NAME = "app.tova";
const QUERY_LINES = 10_000;
const PATIENCE = 120_000;

/** One contender with the document open. */
class Session {
  constructor(contender, folder, lines) {
    this.contender = contender;
    this.document = new Document(lines);
    this.server = contender.serve(folder);
    this.uri = this.server.uri(NAME);
    this.textDocument = { uri: this.uri };
  }

  published(version = this.document.version) {
    const isOurs = (params) => params.uri === this.uri && (params.version ?? version) >= version;
    return this.server.notification("textDocument/publishDiagnostics", isOurs, PATIENCE);
  }

  async open() {
    await this.server.start();
    const diagnostics = this.published();
    const { text, version } = this.document;
    this.server.notify("textDocument/didOpen", { textDocument: { uri: this.uri, languageId: "tova", version, text } });
    return (await diagnostics).result.diagnostics;
  }

  /** Replaces a range and waits for the diagnostics of that version. The document itself stays as it was. */
  async change(range, text) {
    this.document.version++;
    const diagnostics = this.published();
    this.server.notify("textDocument/didChange", {
      textDocument: { uri: this.uri, version: this.document.version },
      contentChanges: [{ range, text }],
    });
    return diagnostics;
  }

  /** Presses a key somewhere and takes it back, and measures both. */
  async press(result, { key, place, right }, copy) {
    const offset = place(this.document, copy);
    const start = this.document.position(offset);
    const behind = { line: start.line, character: start.character + 1 };
    const is = right(start.line);
    await sample(this.server, result, async () => {
      const { result: params, at } = await this.change({ start, end: start }, key);
      return { at, right: is(params.diagnostics) };
    });
    await sample(this.server, result, async () => {
      const { result: params, at } = await this.change({ start, end: behind }, "");
      return { at, right: params.diagnostics.every(({ severity }) => severity !== 1) };
    });
  }

  async ask(result, query, copy) {
    const params = { textDocument: this.textDocument, ...query.params(this.document, copy) };
    await sample(this.server, result, async () => {
      const answer = await this.server.request(query.method, params);
      return { at: answer.at, right: query.right(answer.result, this.document, copy) };
    });
  }
}

// ---- rows

// The middle is that of ordinary keys; the rare bad key has to be within the other bound.
const KEYSTROKES = {
  1000: { letter: [["median", 3], ["p95", 8]], stray: [["p95", 8]] },
  10000: { letter: [["median", 8], ["p95", 16]], stray: [["p95", 16]] },
  50000: { letter: [["median", 25], ["p95", 50]], stray: [["p95", 50]] },
};

const kinds = { letter: "an ordinary key", brace: "a stray `}`", quote: 'a stray `"`' };

/** The rows about keys at a number of lines. */
function keyRows(lines) {
  return Object.entries(kinds).map(([kind, what]) => ({
    name: `keys-${lines}-${kind}`,
    what: `${what} to all diagnostics, ${lines.toLocaleString("en")} lines`,
    targets: KEYSTROKES[lines]?.[kind === "letter" ? kind : "stray"] ?? [],
    measure: async (session, result, next) => {
      const all = keys[kind];
      await session.press(result, all[next(all.length)], 1 + next(session.document.copies));
    },
  }));
}

// What a round trip takes on this machine at this moment when nothing is to be done: two pipes, and two processes that have
// to be woken. No answer can come sooner.
const floorRow = {
  name: "round-trip",
  what: "the machine's floor: a request that is refused",
  targets: [],
  method: "bench/nothing",
  measure: (session, result) =>
    sample(session.server, result, async () => ({ at: await session.server.refused(floorRow.method), right: true })),
};

const queryRows = queries.map((query) => ({
  ...query,
  measure: (session, result, next) => session.ask(result, query, 1 + next(session.document.copies)),
}));

const previewRow = {
  name: "preview",
  what: "preview after a keystroke, beyond its analysis",
  targets: [["p95", 16]],
  measure: async (session, result, next) => {
    const copy = 1 + next(session.document.copies);
    const start = session.document.position(session.document.find('"customer {', copyStart(session.document, copy)) + 2);
    await session.change({ start, end: start }, "Q");
    await sample(session.server, result, async () => {
      const { result: found, at } = await session.server.request("tova/preview", {
        textDocument: session.textDocument, output: "app.server.js",
      });
      return { at, right: found.text.includes("cQustomer ") };
    });
    await session.change({ start, end: { line: start.line, character: start.character + 1 } }, "");
  },
};

/** The text with edits made whose ranges are of the text itself. */
function applied(text, edits) {
  const starts = [0];
  for (let at = text.indexOf("\n"); at >= 0; at = text.indexOf("\n", at + 1)) starts.push(at + 1);
  const offset = ({ line, character }) => starts[line] + character;
  let result = text;
  for (const { range, newText } of edits.toSorted((a, b) => offset(b.range.start) - offset(a.range.start))) {
    result = result.slice(0, offset(range.start)) + newText + result.slice(offset(range.end));
  }
  return result;
}

/** The next state of a preview that is shown beside the document. */
async function nextPreview(session) {
  const isOurs = ({ id, version }) => id === session.preview.id && version >= session.document.version;
  const { result, at } = await session.server.notification("tova/previewChanged", isOurs);
  session.preview.text = applied(session.preview.text, result.edits);
  return { text: session.preview.text, at };
}

const livePreviewRow = {
  name: "preview-live",
  what: "an open preview after a keystroke, beyond the diagnostics",
  targets: [["p95", 16]],
  measure: async (session, result, next) => {
    if (!session.preview) {
      const { result: found } = await session.server.request("tova/previewSubscribe", {
        textDocument: session.textDocument, output: "app.server.js",
      });
      session.preview = { id: found.id, text: found.preview.text };
    }
    const copy = 1 + next(session.document.copies);
    const start = session.document.position(session.document.find('"customer {', copyStart(session.document, copy)) + 2);
    const behind = { line: start.line, character: start.character + 1 };
    for (const [range, key] of [[{ start, end: start }, "Q"], [{ start, end: behind }, ""]]) {
      const diagnostics = session.change(range, key);
      const preview = nextPreview(session);
      const [told, shown] = [await diagnostics, await preview];
      result.wall.push(Math.max(0, shown.at - told.at));
      if (shown.text.includes("cQustomer ") !== (key !== "")) result.wrong++;
    }
  },
};

const memoryRow = {
  name: "memory-typing",
  what: "memory with a 10,000-line file after typing",
  unit: "MB",
  targets: [["median", 25]],
  once: true,
  measure: async (session, result) => {
    await pause(1500); // nobody types any more
    result.wall.push(memory(session.server.pid).resident);
  },
};

// ---- the scene

/** How often each row is measured: rounds of turns, and samples in a turn. */
function effort(row, lines, { quick }) {
  if (row.once) return { rounds: 1, turns: 1 };
  const slow = lines >= 50_000 ? 2 : 1;
  const rounds = row.method ? 20 : 10;
  return { rounds: Math.ceil(rounds / (quick ? 5 : 1)), turns: Math.ceil((row.method ? 15 : 6) / slow) };
}

/** @param {number} lines */
export function documentScene(lines) {
  const rows = lines === QUERY_LINES ? [floorRow, ...queryRows, ...keyRows(lines), memoryRow, previewRow, livePreviewRow] : keyRows(lines);
  return { name: `document-${lines}`, rows, run: (contenders, chosen, options) => run(lines, contenders, chosen, options) };
}

async function run(lines, contenders, rows, options) {
  await inFolder(async (folder) => {
    const sessions = contenders.map((contender) => new Session(contender, folder, lines));
    try {
      await Promise.all(sessions.map((session) => openAndTell(session)));
      for (const row of rows) await measureRow(row, sessions, lines, options);
    } finally {
      await Promise.all(sessions.map(({ server }) => server.stop()));
    }
  });
}

async function openAndTell(session) {
  const diagnostics = await session.open();
  const mistakes = diagnostics.filter(({ severity }) => severity === 1);
  if (mistakes.length > 0) {
    const { message, range } = mistakes[0];
    console.error(`${session.contender.name}: ${mistakes.length} errors in a document without any, the first in line ${range.start.line + 1}: ${message}`);
  }
}

async function measureRow(row, sessions, lines, options) {
  const { rounds, turns } = effort(row, lines, options);
  const nexts = sessions.map(() => random(7));
  for (let round = 0; round < rounds; round++) {
    for (const [index, session] of sessions.entries()) {
      const result = session.contender.result(row);
      await attempt(result, async () => {
        for (let turn = 0; turn < turns; turn++) await row.measure(session, result, nexts[index]);
      });
    }
  }
}
