// Runs compiled programs in one Bun process: reads [{ id, module }] from standard input and writes
// their outcomes as one JSON array. Programs run one after the other in threads (program_thread.js),
// one thread a core; one that does not end in time is ended with its thread, and the rest go on in
// a new one.
import { cpus } from "node:os";

const MOST_MILLISECONDS = 60_000;

const programs = JSON.parse(await Bun.stdin.text());
const outcomes = [];
let next = 0;

/** Works through the programs that are left in one thread after another. */
async function work() {
  while (next < programs.length) {
    await useThread();
  }
}

/** Gives one thread programs until there are none, or until one does not end in time. */
function useThread() {
  return new Promise((resolve) => {
    const thread = new Worker(new URL("./program_thread.js", import.meta.url).href);
    let current;
    let timer;
    const end = () => {
      clearTimeout(timer);
      thread.terminate();
      resolve();
    };
    const give = () => {
      if (next === programs.length) return end();
      current = programs[next++];
      timer = setTimeout(() => {
        outcomes.push({ id: current.id, lines: [], late: true });
        end();
      }, MOST_MILLISECONDS);
      thread.postMessage(current);
    };
    thread.onmessage = ({ data }) => {
      clearTimeout(timer);
      if (data.outcome) outcomes.push(data.outcome);
      give();
    };
    thread.onerror = (event) => {
      if (current) outcomes.push({ id: current.id, lines: [], error: `the thread ended: ${event.message}` });
      end();
    };
  });
}

await Promise.all(cpus().slice(0, 4).map(work));
await Bun.write(Bun.stdout, JSON.stringify(outcomes));
process.exit(0);
