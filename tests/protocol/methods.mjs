// The methods of the daemon as its own table has them, so that what is tested of all of them includes those to come.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { root } from "../harness/program.mjs";

const row = /^METHOD\("([^"]+)",\s*(\w+),\s*(EARLY_)?(REQUEST|NOTIFICATION),\s*(SYNC|LATENCY|WORKER),/gm;

/** @type {{ name: string, handler: string, early: boolean, request: boolean, lane: "SYNC"|"LATENCY"|"WORKER" }[]} */
export const methods = [...readFileSync(join(root, "server/lsp/methods.def"), "utf8").matchAll(row)].map(
  ([, name, handler, early, kind, lane]) => ({ name, handler, early: Boolean(early), request: kind === "REQUEST", lane }),
);

/** Requests that change nothing: everything but the lifecycle and what runs or writes something. */
export const reading = methods.filter(
  ({ name, request, lane }) => request && lane !== "SYNC" && !["workspace/executeCommand", "tova/compile"].includes(name),
);
