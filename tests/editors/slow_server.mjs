// A language server that answers one method late: the real one, with a pipe before and behind it. What an editor asks while it
// waits is counted.
//
//   node slow_server.mjs PROGRAM RECORD METHOD MILLISECONDS WORDS...
import { spawn } from "node:child_process";
import { appendFileSync, chmodSync, existsSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { tova, write } from "../harness/program.mjs";

const here = fileURLToPath(import.meta.url);

/**
 * Puts the program into a folder.
 * @param {string} folder
 * @param {string} method
 * @param {number} milliseconds by which its answers are late
 * @returns {{ program: string, record: () => { asked: number, most: number }, hold: () => void, release: () => void }} how often it
 *   was asked, and how many questions waited at once; and what keeps every answer back from now on, and gives them again
 */
export function slowServer(folder, method, milliseconds) {
  const program = join(folder, "slow-tova");
  const record = join(folder, "record.txt");
  const words = [process.execPath, here, tova, record, method, String(milliseconds)];
  write(program, `#!/bin/sh\nexec ${words.map((word) => `'${word}'`).join(" ")} "$@"\n`);
  chmodSync(program, 0o755);
  return {
    program,
    hold: () => write(`${record}.held`, ""),
    release: () => rmSync(`${record}.held`),
    record() {
      const signs = existsSync(record) ? readFileSync(record, "utf8") : "";
      let waiting = 0;
      let most = 0;
      for (const sign of signs) {
        waiting += sign === "?" ? 1 : -1;
        most = Math.max(most, waiting);
      }
      return { asked: signs.split("?").length - 1, most };
    },
  };
}

/** Calls back for each whole message of a stream, with its bytes and what they say. */
function messages(stream, take) {
  let rest = Buffer.alloc(0);
  stream.on("data", (data) => {
    rest = Buffer.concat([rest, data]);
    for (;;) {
      const body = rest.indexOf("\r\n\r\n") + 4;
      const size = Number(/Content-Length: (\d+)/i.exec(rest.subarray(0, Math.max(body, 0)).toString("latin1"))?.[1] ?? NaN);
      if (body < 4 || !(rest.length >= body + size)) {
        return;
      }
      take(rest.subarray(0, body + size), JSON.parse(rest.subarray(body, body + size).toString("utf8")));
      rest = rest.subarray(body + size);
    }
  });
}

function serve([program, record, method, milliseconds, ...words]) {
  const child = spawn(program, words, { stdio: ["pipe", "pipe", "inherit"] });
  const late = new Set();
  messages(process.stdin, (bytes, message) => {
    if (message.method === method) {
      late.add(message.id);
      appendFileSync(record, "?");
    }
    child.stdin.write(bytes);
  });
  if (words[0] !== "lsp") {
    child.stdout.pipe(process.stdout);
  } else {
    messages(child.stdout, (bytes, message) => {
      const kept = Buffer.from(bytes);
      if (message.method === undefined && late.delete(message.id)) {
        const give = () => {
          if (existsSync(`${record}.held`)) {
            setTimeout(give, 20);
            return;
          }
          appendFileSync(record, "!");
          process.stdout.write(kept);
        };
        setTimeout(give, Number(milliseconds));
      } else {
        process.stdout.write(kept);
      }
    });
  }
  process.stdin.on("end", () => child.stdin.end());
  child.on("exit", (code) => process.exit(code ?? 1));
}

if (process.argv[1] === here) {
  serve(process.argv.slice(2));
}
