/**
 * Ends the process on an error that nobody catches, after telling it on the standard error (traces.js). A program that
 * listens for such errors itself decides alone.
 */
import { describeError } from "./traces.js";

function end(event, error) {
  if (process.listenerCount(event) > 1) return;
  console.error(describeError(error));
  process.exit(1);
}

for (const event of ["uncaughtException", "unhandledRejection"]) {
  process.on(event, (error) => end(event, error));
}
