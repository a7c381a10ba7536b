// A thread that runs one program after another and answers with what each printed and how it ended.
// A program ends when its module has run and none of its timers is left. What it changed of the
// global object is undone, and the modules that it loaded are forgotten: the next one has a runtime
// of its own.
import { createRequire } from "node:module";
import { format } from "node:util";

class Exit extends Error {}

const original = {
  setTimeout, setInterval, clearTimeout, clearInterval,
  write: process.stdout.write, exit: process.exit, env: { ...process.env },
};
const { cache } = createRequire(import.meta.url);
const modules = new Set(Object.keys(cache));
const globals = new Set(Reflect.ownKeys(globalThis));

/** What the running program has printed, and the first error that nobody caught. */
let output = "";
let failure;
const timers = new Set();
let wake;

const print = (...values) => {
  output += `${format(...values)}\n`;
};
Object.assign(console, { log: print, info: print, debug: print, warn() {}, error() {} });
process.stdout.write = (text) => {
  output += text;
  return true;
};
process.exit = () => {
  throw new Exit();
};

/** A timer counts as long as it is going to run, and what it throws is the program's error. */
function watched(start, repeats) {
  return (callback, ...rest) => {
    const timer = start((...values) => {
      if (!repeats) timers.delete(timer);
      try {
        callback(...values);
      } catch (error) {
        fail(error);
      }
      wake?.();
    }, ...rest);
    timers.add(timer);
    return timer;
  };
}

function watchedEnd(end) {
  return (timer) => {
    timers.delete(timer);
    end(timer);
    wake?.();
  };
}

globalThis.setTimeout = watched(original.setTimeout, false);
globalThis.setInterval = watched(original.setInterval, true);
globalThis.clearTimeout = watchedEnd(original.clearTimeout);
globalThis.clearInterval = watchedEnd(original.clearInterval);
for (const key of Reflect.ownKeys(globalThis)) globals.add(key);

process.on("unhandledRejection", fail);
process.on("uncaughtException", fail);

function fail(error) {
  failure ??= { error };
  wake?.();
}

/** Runs a module to its end: its statements and what they left to timers. */
async function runToEnd(module) {
  await Promise.race([import(module), failed()]);
  do {
    await new Promise((resolve) => original.setTimeout(resolve, 0));
    if (timers.size > 0 && !failure) await new Promise((resolve) => (wake = resolve));
  } while (timers.size > 0 && !failure);
}

/** Never fulfilled; rejected as soon as something fails that nobody waits for. */
function failed() {
  return new Promise((_, reject) => {
    wake = () => {
      if (failure) reject(failure.error);
    };
  });
}

function restore() {
  wake = undefined;
  for (const timer of timers) {
    original.clearTimeout(timer);
    original.clearInterval(timer);
  }
  timers.clear();
  for (const key of Reflect.ownKeys(globalThis)) {
    if (!globals.has(key)) delete globalThis[key];
  }
  for (const path of Object.keys(cache)) {
    if (!modules.has(path)) delete cache[path];
  }
  for (const name of Object.keys(process.env)) {
    if (!(name in original.env)) delete process.env[name];
  }
  Object.assign(process.env, original.env);
}

const messageOf = (error) => (error instanceof Error ? `${error.name}: ${error.message}` : String(error));

self.onmessage = async ({ data: { id, module } }) => {
  output = "";
  failure = undefined;
  try {
    await runToEnd(module);
  } catch (error) {
    failure ??= { error };
  }
  restore();
  const lines = output.split("\n");
  if (lines.at(-1) === "") lines.pop();
  const error = failure && !(failure.error instanceof Exit) ? messageOf(failure.error) : undefined;
  postMessage({ outcome: { id, lines, error } });
};

postMessage({ ready: true });
