// A long conversation about fifty files: random edits, requests and cancels, many at a time. Whatever is answered has to be
// what a daemon answers that was started a moment ago and has opened the same texts.
//
//   TOVA_TEST_ROUNDS=n TOVA_TEST_SEED=n node tests/harness/child.mjs tests/protocol/conversation.mjs
import assert from "node:assert/strict";
import { rmSync } from "node:fs";
import { join } from "node:path";
import { isDeepStrictEqual } from "node:util";
import { until, write } from "../harness/program.mjs";
import { test } from "../harness/test.mjs";
import { snippets, sources } from "./conversation_sources.mjs";
import { reading } from "./methods.mjs";
import { numbers } from "./random.mjs";
import { Wire } from "./wire.mjs";

const names = Object.keys(sources);
const capabilities = {
  textDocument: {
    documentSymbol: { hierarchicalDocumentSymbolSupport: true },
    completion: { completionItem: { snippetSupport: true, labelDetailsSupport: true } },
    codeAction: { codeActionLiteralSupport: { codeActionKind: { valueSet: [] } } },
    publishDiagnostics: { relatedInformation: true, versionSupport: true },
  },
  workspace: { workspaceEdit: { documentChanges: true }, didChangeWatchedFiles: { dynamicRegistration: true } },
};
const options = { initializationOptions: { compileOnSave: "off" } };

/** These tell of the conversation itself, which a fresh daemon has not had. */
const introspective = new Set(["tova/status", "tova/memory", "tova/latency", "tova/previewSubscribe", "tova/previewUnsubscribe"]);
const asked = reading.filter(({ name }) => !introspective.has(name) && !/resolve$|\/delta$|(incoming|outgoing)Calls$/i.test(name));

/** Requests about an element of another one's answer. */
const furthers = {
  "textDocument/codeLens": "codeLens/resolve",
  "textDocument/codeAction": "codeAction/resolve",
  "textDocument/completion": "completionItem/resolve",
  "textDocument/inlayHint": "inlayHint/resolve",
  "textDocument/prepareCallHierarchy": ["callHierarchy/incomingCalls", "callHierarchy/outgoingCalls"],
  "textDocument/prepareTypeHierarchy": ["typeHierarchy/subtypes", "typeHierarchy/supertypes"],
};

const isMethod = (name) => reading.some((method) => method.name === name);

/** Is it about all files? */
const isWide = (name) => name.startsWith("workspace/") || name === "tova/endpoints";

class Conversation {
  /** What is open, as it was at each step: the newest is the last one. */
  states = [new Map()];
  /** @type {{ id: number, method: any, params: object, state: number, cancelled: boolean, edited: boolean }[]} */
  requests = [];
  compared = 0;
  cancelled = 0;
  modified = 0;

  constructor(wire, seed) {
    this.wire = wire;
    this.random = numbers(seed);
    this.disk = { ...sources };
  }

  get open() {
    return this.states.at(-1);
  }

  pick(list) {
    return list[this.random(list.length)];
  }

  /** A new state, in which this buffer is another. */
  step(name, buffer) {
    const next = new Map(this.open);
    next.delete(name);
    if (buffer) {
      next.set(name, buffer);
    }
    this.states.push(next);
    for (const request of this.requests) {
      request.edited ||= request.name === name;
    }
  }

  openOne() {
    const name = this.pick(names);
    if (!this.open.has(name)) {
      const text = this.disk[name] ?? sources[name];
      this.step(name, { text, version: 1 });
      return openMessage(this.wire, name, this.open.get(name));
    }
    return undefined;
  }

  closeOne() {
    const name = this.pick([...this.open.keys()]);
    if (this.open.size < 5 || !(name in this.disk)) {
      return undefined;
    }
    this.step(name, undefined);
    return message("textDocument/didClose", { textDocument: { uri: this.wire.uri(name) } });
  }

  editOne() {
    const name = this.pick([...this.open.keys()]);
    const { text, version } = this.open.get(name);
    const [now, contentChanges] = this.random(6) === 0 ? [sources[name], [{ text: sources[name] }]] : this.typed(text);
    this.step(name, { text: now, version: version + 1 });
    return message("textDocument/didChange", { textDocument: { uri: this.wire.uri(name), version: version + 1 }, contentChanges });
  }

  /** One to three edits of a text, each on what the one before left. */
  typed(text) {
    const changes = [];
    for (let count = 1 + this.random(3); count > 0; count -= 1) {
      const starts = [...text.matchAll(/./gsu)].map(({ index }) => index).concat(text.length);
      const from = this.random(starts.length);
      const to = Math.min(starts.length - 1, from + (this.random(2) === 0 ? 0 : this.random(15)));
      const insert = text.length > 12_000 || this.random(3) === 0 ? "" : this.pick(snippets);
      changes.push({ range: { start: place(text, starts[from]), end: place(text, starts[to]) }, text: insert });
      text = text.slice(0, starts[from]) + insert + text.slice(starts[to]);
    }
    return [text, changes];
  }

  askOne() {
    const method = this.pick(asked);
    const name = this.pick([...this.open.keys()]);
    return this.send(method, this.params(method.name, name), isWide(method.name) ? undefined : name);
  }

  send(method, params, name) {
    const request = this.wire.request(method.name, params);
    this.requests.push({ id: request.id, method, params, name, state: this.states.length - 1, cancelled: false, edited: false });
    return request;
  }

  /** Parameters that suit every method: about a place where a word stands. */
  params(method, name) {
    const { text } = this.open.get(name);
    const words = [...text.matchAll(/[\p{L}_][\p{L}\w]*/gu)];
    const word = words.length > 0 ? this.pick(words) : { index: 0, 0: "x" };
    const position = place(text, word.index + this.random(word[0].length + 1));
    const end = place(text, text.length);
    return {
      ...(isWide(method) ? {} : { textDocument: { uri: this.wire.uri(name) }, position, positions: [position] }),
      range: { start: position, end: this.random(2) === 0 ? position : end },
      context: { includeDeclaration: this.random(2) === 0, diagnostics: [], triggerKind: 1 },
      color: { red: 1, green: 0.5, blue: 0, alpha: 1 },
      options: { tabSize: 2, insertSpaces: true },
      query: word[0].slice(0, 4),
      newName: `${word[0]}_renamed`,
      to: "output",
      previousResultIds: [],
      ch: "}",
    };
  }

  cancelOne() {
    const waiting = this.requests.filter(({ cancelled }) => !cancelled);
    if (waiting.length === 0) {
      return undefined;
    }
    const request = this.pick(waiting);
    request.cancelled = true;
    return message("$/cancelRequest", { id: request.id });
  }

  /** What happens to the disk, while nothing else happens. */
  async changeDisk() {
    const name = this.pick(names.filter((one) => !this.open.has(one)));
    const path = join(this.wire.folder, name);
    if (name in this.disk && this.random(4) === 0) {
      delete this.disk[name];
      rmSync(path);
    } else {
      this.disk[name] = this.random(2) === 0 ? sources[name] : this.typed(sources[name])[0];
      write(path, this.disk[name]);
    }
    this.wire.notify("workspace/didChangeWatchedFiles", { changes: [{ uri: this.wire.uri(name), type: 2 }] });
    // It is read when there is time for that: the folder has to be seen the same by both.
    await this.wire.lives();
    await this.wire.rests();
  }

  /** Some messages in one piece, or one after the other; then all answers are compared. */
  async round() {
    if (this.random(3) === 0) {
      await this.changeDisk();
    }
    this.states = [this.open];
    this.requests = [];
    const actions = [this.openOne, this.closeOne, this.editOne, this.editOne, this.askOne, this.askOne, this.askOne, this.askOne, this.cancelOne];
    const together = this.random(2) === 0;
    const messages = [];
    for (let count = 4 + this.random(14); count > 0; count -= 1) {
      const one = this.pick(actions).call(this);
      if (one && together) {
        messages.push(one);
      } else if (one) {
        this.wire.write(one);
        await new Promise((resolve) => setTimeout(resolve, this.random(3)));
      }
    }
    this.wire.write(...messages);
    await this.compareAll();
    await this.compareFurther();
    await this.compareDiagnostics();
  }

  async compareAll() {
    const byState = new Map();
    for (const request of this.requests) {
      const answer = await this.wire.answer(request.id);
      if (answer.error?.code === -32800) {
        assert.ok(request.cancelled, "only what is cancelled is answered so");
        this.cancelled += 1;
      } else if (answer.error?.code === -32801) {
        assert.ok(request.edited && request.method.lane === "WORKER", `${request.method.name} was not outdated`);
        this.modified += 1;
      } else {
        byState.set(request.state, [...(byState.get(request.state) ?? []), { request, answer }]);
      }
    }
    for (const [state, rows] of byState) {
      const fresh = await this.fresh(state);
      for (const { request, answer } of rows) {
        await this.compare(fresh, request, answer);
      }
      await fresh.end();
    }
  }

  async compare(fresh, request, answer) {
    const expected = plain(await fresh.ask(request.method.name, request.params));
    this.compared += 1;
    if (isDeepStrictEqual(plain(answer), expected)) {
      return;
    }
    // Long work that made room for what is more urgent is done on what there is then; a survey of all files goes on meanwhile.
    const candidates = [expected];
    for (let state = request.state + 1; request.method.lane === "WORKER" && !request.edited && state < this.states.length; state += 1) {
      const later = await this.fresh(state);
      candidates.push(plain(await later.ask(request.method.name, request.params)));
      await later.end();
      if (isDeepStrictEqual(plain(answer), candidates.at(-1)) || (request.method.name === "workspace/diagnostic" && isMixture(plain(answer), candidates))) {
        return;
      }
    }
    const text = this.states[request.state].get(request.name)?.text;
    assert.deepEqual(plain(answer), expected, `${request.method.name} ${JSON.stringify(request.params)} of ${request.name}:\n${text}`);
  }

  /** Elements of answers, resolved in the newest state. */
  async compareFurther() {
    const first = this.requests.find(({ method, state }) => method.name in furthers && state === this.states.length - 1);
    const { result } = first ? await this.wire.answer(first.id) : {};
    const items = Array.isArray(result) ? result : (result?.items ?? []);
    if (items.length === 0) {
      return;
    }
    const item = this.pick(items);
    const fresh = await this.fresh(first.state);
    for (const name of [furthers[first.method.name]].flat().filter(isMethod)) {
      const params = /^(call|type)Hierarchy\//.test(name) ? { item } : item;
      const [answer, expected] = await Promise.all([this.wire.ask(name, params), fresh.ask(name, params)]);
      assert.deepEqual(plain(answer), plain(expected), `${name} ${JSON.stringify(params)}`);
      this.compared += 1;
    }
    await fresh.end();
  }

  /** What is told unasked is what a fresh daemon tells, as soon as nothing more happens. */
  async compareDiagnostics() {
    const fresh = await this.fresh(this.states.length - 1);
    for (const [name, { version }] of this.open) {
      const of = (wire) => wire.received.findLast(({ message: { method, params } }) => method === "textDocument/publishDiagnostics" && params.uri === wire.uri(name))?.message.params;
      await until(`the same diagnostics of ${name}`, () => {
        const expected = of(fresh);
        assert.deepEqual(of(this.wire), expected);
        return expected.version === version;
      });
    }
    await fresh.end();
  }

  /** A new daemon over the same folder, with what was open in a state. */
  async fresh(state) {
    const wire = new Wire(this.context, { at: this.wire.folder, words: ["--verbose"] });
    await begin(wire);
    wire.write(...[...this.states[state]].map(([name, buffer]) => openMessage(wire, name, buffer)));
    return wire;
  }
}

/** Is each item of a survey that of some of these? */
const isMixture = ({ result }, candidates) =>
  Array.isArray(result?.items) &&
  result.items.every((item) => candidates.some((candidate) => candidate.result.items.some((other) => isDeepStrictEqual(item, other))));

async function begin(wire) {
  await wire.initialize(capabilities, options);
  await until("the files to be read", () => wire.stderr.includes("files are indexed"));
}

const message = (method, params) => ({ jsonrpc: "2.0", method, params });

const openMessage = (wire, name, { text, version }) =>
  message("textDocument/didOpen", { textDocument: { uri: wire.uri(name), languageId: "tova", version, text } });

/** An answer without its id, and without names of results, which tell results apart and nothing else. */
function plain({ result, error }) {
  const text = JSON.stringify({ result, error: error?.code }, (key, value) => (key === "resultId" ? undefined : value));
  return JSON.parse(text);
}

function place(text, index) {
  const lines = text.slice(0, index).split("\n");
  return { line: lines.length - 1, character: lines.at(-1).length };
}

const rounds = Number(process.env.TOVA_TEST_ROUNDS ?? 20);
const seed = Number(process.env.TOVA_TEST_SEED ?? 6);

test(
  `${rounds} rounds of a conversation about fifty files: each answer is a fresh daemon's`,
  async (t) => {
    const wire = new Wire(t, { files: sources, words: ["--verbose"] });
    await begin(wire);
    const conversation = new Conversation(wire, seed);
    conversation.context = t;
    for (let count = 0; count < 12; count += 1) {
      wire.write(...[conversation.openOne()].filter(Boolean));
    }
    const started = performance.now();
    for (let round = 0; round < rounds; round += 1) {
      await conversation.round().catch((error) => {
        error.message = `round ${round} of seed ${seed}: ${error.message}`;
        throw error;
      });
      if (process.env.TOVA_TEST_ROUNDS && round % 100 === 99) {
        const { compared, cancelled, modified } = conversation;
        console.log(`${round + 1} rounds, ${compared} answers compared, ${cancelled} cancelled, ${modified} outdated, ${((performance.now() - started) / 1000).toFixed(0)} s`);
      }
    }
    assert.ok(conversation.compared > rounds, "answers were compared");
    await wire.lives();
    await wire.end();
  },
  { timeout: Math.max(300_000, rounds * 30_000) },
);
