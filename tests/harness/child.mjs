// Runs one suite in a process of its own, so that a suite which crashes or hangs takes no other
// with it. Started by the runner it reports over the channel between them; started by hand
// (`node tests/harness/child.mjs FILE`) it prints.
import { setDefaultResultOrder } from "node:dns";
import { resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { runTests, testNames } from "./test.mjs";

// `tova dev` listens on 127.0.0.1. Where localhost is ::1 as well, Node 18 would ask that alone.
setDefaultResultOrder("ipv4first");

const [file, ...words] = process.argv.slice(2);
await import(pathToFileURL(resolve(file)).href);

/** What has not reached the runner yet: a channel that is closed loses it. */
const sending = [];
const report = process.send
  ? (message) => sending.push(new Promise((sent) => process.send(message, sent)))
  : (message) => console.log(message.names ? message.names.join("\n") : printed(message.result));

function printed({ name, outcome, ms, text }) {
  return `${outcome}  ${name}  ${ms.toFixed(0)} ms${text ? `\n  ${text.replaceAll("\n", "\n  ")}` : ""}`;
}

if (words.includes("--list")) {
  report({ names: testNames() });
} else {
  await runTests((result) => report({ result }));
}
await Promise.all(sending);
process.disconnect?.();
// What a failed test left open must not keep the process.
setTimeout(() => process.exit(0), 500).unref();
