// Has generated programs compiled and their JavaScript judged by a parser of JavaScript. A program that the compiler
// finds no error in must give modules that parse and whose names are all declared; what is emitted of any other must not
// stop the compiler.
import { spawn } from "node:child_process";
import { join } from "node:path";
import { parse } from "acorn";
import { root } from "../harness/program.mjs";
import { Grammar } from "./grammar.mjs";
import { Mixture, sourcesBelow } from "./mixture.mjs";
import { undeclaredNames } from "./names.mjs";
import { Random } from "./random.mjs";

const tests = join(root, "tests");

/** The compiler as a child: programs go in one after the other, and each comes back with its outputs. */
class Compiler {
  #child = spawn(join(root, "build", "tests", "fuzz", "judge_programs"), { stdio: ["pipe", "pipe", "inherit"] });
  #bytes = Buffer.alloc(0);
  #wake = () => {};
  #ended = false;

  constructor() {
    this.#child.stdout.on("data", (data) => {
      this.#bytes = Buffer.concat([this.#bytes, data]);
      this.#wake();
    });
    this.#child.on("close", () => {
      this.#ended = true;
      this.#wake();
    });
  }

  async #until(isThere) {
    while (!isThere()) {
      if (this.#ended) throw new Error("the compiler ended");
      await new Promise((resolve) => (this.#wake = resolve));
    }
  }

  async #line() {
    await this.#until(() => this.#bytes.includes(10));
    const end = this.#bytes.indexOf(10);
    const line = this.#bytes.subarray(0, end).toString();
    this.#bytes = this.#bytes.subarray(end + 1);
    return line;
  }

  async #text(size) {
    await this.#until(() => this.#bytes.length >= size);
    const text = this.#bytes.subarray(0, size).toString();
    this.#bytes = this.#bytes.subarray(size);
    return text;
  }

  /** @returns {Promise<{ errors: number, outputs: { name: string, code: string }[] }>} */
  async compile(program) {
    const bytes = Buffer.from(program);
    this.#child.stdin.write(`${bytes.length}\n`);
    this.#child.stdin.write(bytes);
    const [errors, gaps, count] = (await this.#line()).split(" ").map(Number);
    const outputs = [];
    for (let i = 0; i < count; i++) {
      const line = await this.#line();
      const split = line.lastIndexOf(" ");
      outputs.push({ name: line.slice(0, split), code: await this.#text(Number(line.slice(split + 1))) });
    }
    return { errors: errors + gaps, outputs };
  }

  end() {
    this.#child.stdin.end();
  }
}

/** What is wrong with a module; undefined when nothing is. */
function fault(code) {
  try {
    const [name] = undeclaredNames(parse(code, { ecmaVersion: "latest", sourceType: "module" }));
    return name === undefined ? undefined : `nothing declares ${name}`;
  } catch (error) {
    return error.message;
  }
}

/** @param {number} seed @returns {() => string} programs of all kinds, in turn */
function programs(seed) {
  const sources = [
    ...sourcesBelow(join(tests, "golden", "cases")), ...sourcesBelow(join(tests, "run")),
    ...sourcesBelow(join(tests, "fuzz", "corpus"), () => true),
  ];
  let number = 0;
  return () => {
    const random = new Random(seed * 1_000_003 + number);
    const kind = number++ % 4;
    if (kind === 0) return new Mixture(random, sources).program();
    return kind === 1 ? new Grammar(random).application() : new Grammar(random).module();
  };
}

/**
 * Judges programs until the time is over, at least a hundred.
 * @param {{ seconds: number, seed: number, most?: number }} options
 * @returns {Promise<{ programs: number, faultless: number, modules: number, faults: { program: string, name: string, code: string, message: string }[] }>}
 */
export async function judge({ seconds, seed, most = 10 }) {
  const compiler = new Compiler();
  const next = programs(seed);
  const end = performance.now() + seconds * 1000;
  const report = { programs: 0, faultless: 0, modules: 0, faults: [] };
  while ((performance.now() < end || report.programs < 100) && report.faults.length < most) {
    const program = next();
    report.programs++;
    const { errors, outputs } = await compiler.compile(program).catch((error) => {
      report.faults.push({ program, name: "the compiler", code: "", message: error.message });
      return { errors: Infinity, outputs: [] };
    });
    if (errors === Infinity) break;
    if (errors > 0) continue;
    report.faultless++;
    for (const { name, code } of outputs) {
      report.modules++;
      const message = fault(code);
      if (message !== undefined) report.faults.push({ program, name, code, message });
    }
  }
  compiler.end();
  return report;
}
