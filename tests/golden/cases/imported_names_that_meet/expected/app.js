import { select } from "./runtime/concurrency.js";
import { Channel } from "./runtime/channels.js";
import { Table, select as select_, without } from "./runtime/tables.js";
import { assert_eq } from "./runtime/core.js";

// Two modules of the runtime have a `select`.
const rows = Table([{ a: 1, b: 2 }]);
const numbers = new Channel(1);
await numbers.send(3);

let got = 0;
const selected = await select([{ receive: numbers }]);
if (selected.index === 0) {
  const n = selected.value;
  got = n;
}
assert_eq(got, 3);
assert_eq(select_(rows, "a").columns, ["a"]);
assert_eq(select_(rows, without("a")).columns, ["b"]);
