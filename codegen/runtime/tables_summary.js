/**
 * What can be said about the columns of a table: their types, and of numbers the usual figures.
 */
import { mean, percentile, stdev } from "./statistics.js";
import { type_of } from "./values.js";

/** Int and Float together are Float, other mixtures Any, and a column of nothing is Nil. */
function typeOfColumn(values) {
  const types = [...new Set(values.map(type_of))];
  if (types.length === 0) return "Nil";
  if (types.length === 1) return types[0];
  return types.every((type) => type === "Int" || type === "Float") ? "Float" : "Any";
}

const present = (rows, name) => rows.map((row) => row[name]).filter((value) => value != null);

/** @param {any[]} rows @param {string[]} columns @returns {Record<string, string>} */
export const schemaOfRows = (rows, columns) => Object.fromEntries(columns.map((name) => [name, typeOfColumn(present(rows, name))]));

/** @param {any[]} rows @param {string[]} columns figures of anything but numbers are nil */
export function describeRows(rows, columns) {
  return columns.map((column) => {
    const values = present(rows, column);
    const type = typeOfColumn(values);
    const numbers = type === "Int" || type === "Float" ? values : [];
    const figure = (f) => (numbers.length === 0 ? null : f(numbers));
    return {
      column,
      type,
      count: values.length,
      mean: figure(mean),
      std: figure(stdev),
      min: figure((list) => percentile(list, 0)),
      q25: figure((list) => percentile(list, 25)),
      median: figure((list) => percentile(list, 50)),
      q75: figure((list) => percentile(list, 75)),
      max: figure((list) => percentile(list, 100)),
    };
  });
}
