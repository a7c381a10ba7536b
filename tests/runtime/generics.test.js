// Arguments of types with parameters, as the compiler emits them for tests/golden/cases/server_generics: what is refused, and why.
import { afterAll, expect, test } from "bun:test";
import { finish, folder, post, start } from "./support.js";

afterAll(finish);

const started = start(folder({ golden: "server_generics" }), "app.server.js", { PORT: "0" });

/** The result, or what is wrong with the arguments; another status is neither. */
async function call(name, body) {
  const response = await post(`${(await started).url}/rpc/${name}`, body);
  const answer = await response.json();
  return response.status === 400 ? answer.details : (answer.result ?? response.status);
}

const REFUSED = [
  ["sizes", {}, ["page is required"]],
  ["sizes", { page: {} }, ["page.items is required"]],
  ["sizes", { page: { items: ["x"], size: "y" } }, ["page.items[0] must be an integer", "page.size must be an integer"]],
  ["sizes", { __args: [5] }, ["page must be an object"]],
  ["names", { page: { items: [{ name: 5 }] } }, ["page.items[0].name must be a string"]],
  [
    "pair",
    { pair: { left: 1, right: 2, page: { items: ["x"] } }, limit: "x" },
    ["pair.right must be a string", "pair.page.items[0] must be an integer", "limit must be an integer"],
  ],
  ["tree", { tree: { value: 1, kids: [{ value: "x", kids: [] }] } }, ["tree.kids[0].value must be an integer"]],
  ["grow", { grow: { value: 1, next: { value: 1 } } }, ["grow.next.value must be a list"]],
  ["answer", { answer: { __tag: "Full", value: { items: [true] } } }, ["answer.value.items[0] must be an integer"]],
  ["rows", { rows: [1, "x"] }, ["rows[1] must be an integer"]],
  ["bare", { page: { items: 5 } }, ["page.items must be a list"]],
  ["any", { page: { items: 5 } }, ["page.items must be a list"]],
];

test.each(REFUSED)("%s refuses %j", async (name, body, details) => {
  expect(await call(name, body)).toEqual(details);
});

const TAKEN = [
  ["sizes", { page: { items: [3] } }, 23],
  ["sizes", { __args: [{ items: [3], size: 4 }] }, 7],
  ["names", { page: { items: [{ name: "a" }, { name: "b", done: true }] } }, [false, true]],
  ["pair", { pair: { left: 1 }, limit: 2 }, 3],
  ["tree", { tree: { value: 1, kids: [{ value: 2, kids: [] }] } }, 1],
  ["grow", { grow: { value: 1, next: { value: [1], next: { value: [[1]] } } } }, 1],
  ["answer", { answer: { __tag: "Empty" } }, true],
  ["rows", { rows: [1, 2] }, 2],
  ["bare", { page: { items: ["x", 1] } }, 20],
  ["any", { page: { items: ["x"] }, more: 5 }, [20, 5]],
];

test.each(TAKEN)("%s takes %j", async (name, body, result) => {
  expect(await call(name, body)).toEqual(result);
});
