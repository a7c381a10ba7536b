import { sample } from "./runtime/chance.js";
import { mean } from "./runtime/statistics.js";
import { Table, where, select, without, derive, sort_by, agg } from "./runtime/tables.js";
import { row_number, lag, window } from "./runtime/tables_window.js";
import { assert_eq, map, group_by, sum, count, join, len } from "./runtime/core.js";

const sales = Table([
  { region: "N", item: "a", amount: 1 },
  { region: "N", item: "b", amount: 5 },
  { region: "S", item: "c", amount: 7 },
]);

const big = select(where(sales, (row) => row.amount > 2), "item", "amount");
assert_eq(big.columns, ["item", "amount"]);
assert_eq(select(sales, without("region")).columns, ["item", "amount"]);
const doubled = sort_by(
  derive(sales, { double: (row) => row.amount * 2, name: (row) => `${row.region}${row.item}` }),
  (row) => row.double,
  { desc: true },
);
assert_eq(map(doubled, (row) => row.name), ["Sc", "Nb", "Na"]);
const sums = agg(group_by(sales, (row) => row.region), {
  total: sum((row) => row.amount),
  n: count(),
  mean: mean((row) => row.amount + 1),
});
assert_eq(map(sums, (row) => `${row.region} ${row.total} ${row.n} ${row.mean}`), [
  "N 6 2 4",
  "S 7 1 8",
]);
const ranked = window(sales, {
  partition_by: (row) => row.region,
  order_by: (row) => row.amount,
  place: row_number(),
  before: lag((row) => row.amount),
});
assert_eq(map(ranked, (row) => row.place), [1, 2, 1]);
const names = Table([{ id: "a", name: "Apple" }]);
assert_eq(
  map(join(sales, names, { left: (row) => row.item, right: (row) => row.id }), (row) => row.name),
  ["Apple"],
);
assert_eq(len(sample(sales, 2, { seed: 42 })), 2);
assert_eq(sales.where((row) => row.amount > 2).select("item").columns, ["item"]);
