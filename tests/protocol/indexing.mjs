// A client that talks while its folder is still read: requests, edits and files that change on disk come in the middle of
// the indexing, and what is known at the end is what a daemon knows that read the same files in silence. For more files:
//
//   TOVA_TEST_FILES=1000 TOVA_TEST_SEED=n node tests/harness/child.mjs tests/protocol/indexing.mjs
import assert from "node:assert/strict";
import { rmSync } from "node:fs";
import { join } from "node:path";
import { folder, pause, until, write } from "../harness/program.mjs";
import { test } from "../harness/test.mjs";
import { snippets, sources } from "./conversation_sources.mjs";
import { reading } from "./methods.mjs";
import { numbers } from "./random.mjs";
import { Wire } from "./wire.mjs";

const INTERNAL = -32603;
const LEAST = 60; // requests, however soon the files are read
const SURVEYS_MOST = 3; // of all files, each of which takes long

const copies = Math.ceil(Number(process.env.TOVA_TEST_FILES ?? 200) / Object.keys(sources).length);
const seed = Number(process.env.TOVA_TEST_SEED ?? 1);
const files = Object.fromEntries(
  Array.from({ length: copies }, (_, n) => Object.entries(sources).map(([name, text]) => [`part${n}/${name}`, text])).flat(),
);
const names = Object.keys(files);
const options = { initializationOptions: { compileOnSave: "off" } };

/** All but what is asked about an element of another answer, and what would go on beyond its answer. */
const asked = reading.filter(({ name }) => !/resolve$|\/delta$|Calls$|types$|Subscribe$|Unsubscribe$/i.test(name));

/** The daemon has read every file. */
const isIndexed = (wire) => wire.stderr.includes("files are indexed");

async function begin(t, at) {
  const wire = new Wire(t, { at, words: ["--verbose"] });
  await wire.initialize({ workspace: { didChangeWatchedFiles: { dynamicRegistration: true } } }, options);
  return wire;
}

/** What the daemon says of all files, once it has read them. */
async function known(wire) {
  await until("the files to be read", () => isIndexed(wire), 120_000);
  const answers = [
    ["symbols", await wire.ask("workspace/symbol", { query: "" })],
    ["diagnostics", await wire.ask("workspace/diagnostic", { previousResultIds: [] })],
    ["endpoints", await wire.ask("tova/endpoints", {})],
  ];
  return Object.fromEntries(answers.map(([what, { result }]) => [what, ordered(result.items ?? result.packages ?? result)]));
}

/** The elements as text, sorted, without what tells a result or a version from another. */
const ordered = (items) =>
  items.map((item) => JSON.stringify(item, (key, value) => (["resultId", "version"].includes(key) ? undefined : value))).sort();

class Talk {
  versions = new Map();
  surveys = 0;

  constructor(wire, seed) {
    this.wire = wire;
    this.random = numbers(seed);
    for (let count = 0; count < 8; count += 1) {
      const name = this.pick(names);
      if (!this.versions.has(name)) {
        this.versions.set(name, 1);
        wire.open(name, files[name]);
      }
    }
  }

  pick(list) {
    return list[this.random(list.length)];
  }

  pickOpen() {
    return this.pick([...this.versions.keys()]);
  }

  pickMethod() {
    const method = this.pick(asked);
    return method.name === "workspace/diagnostic" && (this.surveys += 1) > SURVEYS_MOST ? this.pickMethod() : method;
  }

  change(name, change) {
    this.versions.set(name, this.versions.get(name) + 1);
    this.wire.change(name, this.versions.get(name), change);
  }

  /** A snippet at the start of one of the first lines. */
  edit() {
    const start = { line: this.random(6), character: 0 };
    this.change(this.pickOpen(), { range: { start, end: start }, text: this.pick(snippets) });
  }

  /** A file that is not open gets other content or goes, and comes back. */
  touch() {
    const name = this.pick(names.filter((one) => !this.versions.has(one)));
    const path = join(this.wire.folder, name);
    const gone = this.random(3) === 0;
    gone ? rmSync(path, { force: true }) : write(path, `fn passing_${this.random(9)}() { 1 }\n`);
    this.tell(name, gone ? 3 : 2);
    write(path, files[name]);
    this.tell(name, gone ? 1 : 2);
  }

  tell(name, type) {
    this.wire.notify("workspace/didChangeWatchedFiles", { changes: [{ uri: this.wire.uri(name), type }] });
  }

  ask() {
    const method = this.pickMethod();
    const name = this.pickOpen();
    const position = { line: this.random(20), character: this.random(12) };
    const wide = method.name.startsWith("workspace/") || method.name === "tova/endpoints";
    const request = this.wire.request(method.name, {
      ...(wide ? {} : { textDocument: { uri: this.wire.uri(name) }, position, positions: [position] }),
      range: { start: position, end: position },
      context: { includeDeclaration: true, diagnostics: [], triggerKind: 1 },
      color: { red: 1, green: 0.5, blue: 0, alpha: 1 },
      options: { tabSize: 2, insertSpaces: true },
      query: "entr",
      newName: "another",
      to: "output",
      previousResultIds: [],
      ch: "}",
    });
    this.wire.write(request);
    return request.id;
  }

  /** Everything is as it is on disk again. */
  restore() {
    for (const name of this.versions.keys()) {
      this.change(name, { text: files[name] });
    }
  }
}

test(
  `${names.length} files are read while a client asks and edits: what is known then is what silence gives`,
  async (t) => {
    const at = folder(t, files);
    const wire = await begin(t, at);
    const talk = new Talk(wire, seed);
    let within = 0;
    for (let count = 0; count < LEAST || (!isIndexed(wire) && count < 4000); ) {
      const ids = Array.from({ length: 1 + talk.random(4) }, () => talk.ask());
      talk.edit();
      if (talk.random(3) === 0) talk.touch();
      within += isIndexed(wire) ? 0 : ids.length;
      count += ids.length;
      // An answer about all files waits for them, so that no more than a moment is waited for any.
      for (const id of ids.slice(0, 1)) {
        const { error } = await Promise.race([wire.answer(id, 120_000), pause(5).then(() => ({}))]);
        assert.notEqual(error?.code, INTERNAL, error?.message);
      }
    }
    assert.ok(within > 0, "something was asked before all files were read");
    talk.restore();
    await wire.lives();
    const silent = await begin(t, at);
    const expected = await known(silent);
    assert.equal(expected.diagnostics.length, names.length);
    await until("the same to be known", async () => {
      assert.deepEqual(await known(wire), expected);
      return true;
    });
    await Promise.all([wire.end(), silent.end()]);
  },
  { timeout: 400_000 },
);
