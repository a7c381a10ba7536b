/**
 * Builtin functions that talk with somebody at a terminal: questions, and signs that work goes on.
 * Signs go to the standard error. Where the input ends, a question has its default answer.
 */
import { createInterface } from "node:readline";
import { dim, green, red } from "./terminal.js";

/** Lines that came before anybody asked for them; `open` is the reader of the standard input, while there is one. */
const input = { open: null, lines: [], waiting: [], ended: false };

function openInput() {
  if (input.open !== null || input.ended) return;
  input.open = createInterface({ input: process.stdin });
  input.open.on("line", (line) => (input.waiting.length > 0 ? input.waiting.shift()(line) : input.lines.push(line)));
  input.open.on("close", () => {
    input.ended = true;
    for (const resolve of input.waiting.splice(0)) resolve(null);
  });
}

/** @returns {Promise<string | null>} null where the input has ended */
function nextLine() {
  if (input.lines.length > 0) return Promise.resolve(input.lines.shift());
  openInput();
  if (input.ended) return Promise.resolve(null);
  process.stdin.ref?.();
  return new Promise((resolve) => input.waiting.push(resolve)).finally(() => process.stdin.unref?.());
}

async function question(text) {
  process.stdout.write(text);
  return nextLine();
}

/** @param {string} prompt @param {{ default?: string }} [options] */
export async function ask(prompt, options) {
  const preset = options?.default;
  const answer = await question(preset == null ? `${prompt} ` : `${prompt} ${dim(`(${preset})`)} `);
  return answer === null || answer === "" ? (preset ?? "") : answer;
}

/** @param {string} prompt @param {{ default?: boolean }} [options] */
export async function confirm(prompt, options) {
  const preset = options?.default ?? true;
  const answer = await question(`${prompt} [${preset ? "Y/n" : "y/N"}] `);
  const word = (answer ?? "").trim().toLowerCase();
  return word === "" ? preset : word === "y" || word === "yes";
}

function listed(prompt, choices) {
  return [prompt, ...choices.map((choice, index) => `  ${index + 1}. ${choice}`), ""].join("\n");
}

/** Asks again until the number is one of the list. @param {string[]} choices */
export async function choose(prompt, choices) {
  process.stdout.write(listed(prompt, choices));
  for (;;) {
    const answer = await question(`Select [1-${choices.length}]: `);
    if (answer === null) return null;
    const choice = choices[Number(answer.trim()) - 1];
    if (choice !== undefined) return choice;
  }
}

/** @param {string[]} choices numbers beyond the list do not count */
export async function chooseMany(prompt, choices) {
  process.stdout.write(listed(prompt, choices));
  const answer = (await question("Select (comma-separated): ")) ?? "";
  return answer.split(",").map((part) => choices[Number(part.trim()) - 1]).filter((choice) => choice !== undefined);
}

const ENTER = ["\r", "\n"];
const ERASE = ["\x7f", "\b"];
const INTERRUPT = "\x03";

/** Without a terminal, a line as any other. */
export function secret(prompt) {
  if (!process.stdin.isTTY) return ask(prompt);
  process.stdout.write(`${prompt} `);
  return new Promise((resolve) => {
    let typed = "";
    const read = (chunk) => {
      for (const key of chunk.toString("utf8")) {
        if (key === INTERRUPT) process.exit(130);
        if (ENTER.includes(key)) {
          process.stdin.off("data", read).setRawMode(false).pause();
          process.stdout.write("\n");
          resolve(typed);
          return;
        }
        if (ERASE.includes(key) && typed !== "") process.stdout.write("\b \b");
        if (!ERASE.includes(key)) process.stdout.write("*");
        typed = ERASE.includes(key) ? typed.slice(0, -1) : typed + key;
      }
    };
    process.stdin.setRawMode(true).resume().on("data", read);
  });
}

/** @param {Iterable<any>} items @param {{ label?: string, width?: number, total?: number }} [options] */
export function* progress(items, options) {
  const { label = "", width = 30, total = items.length ?? items.size } = options ?? {};
  let count = 0;
  for (const item of items) {
    yield item;
    showProgress(label, width, ++count, total);
  }
  process.stderr.write("\n");
}

function showProgress(label, width, count, total) {
  const part = total > 0 ? Math.min(1, count / total) : 0;
  const full = Math.round(part * width);
  const bar = total > 0 ? `[${"█".repeat(full)}${"░".repeat(width - full)}] ${Math.round(part * 100)}% ` : "";
  process.stderr.write(`\r${label === "" ? "" : `${label} `}${bar}${count}${total > 0 ? `/${total}` : ""}`);
}

const FRAMES = [..."⠋⠙⠹⠸⠼⠴⠦⠧⠇⠏"];
const FRAME_MS = 80;

/** @template T @param {string} label @param {() => T | Promise<T>} f @returns {Promise<T>} */
export async function spin(label, f) {
  let frame = 0;
  const show = (sign) => process.stderr.write(`\r${sign} ${label}`);
  const timer = process.stderr.isTTY ? setInterval(() => show(FRAMES[frame++ % FRAMES.length]), FRAME_MS) : undefined;
  try {
    const value = await f();
    show(green("✔"));
    return value;
  } catch (error) {
    show(red("✘"));
    throw error;
  } finally {
    clearInterval(timer);
    process.stderr.write("\n");
  }
}

export { chooseMany as choose_many };
