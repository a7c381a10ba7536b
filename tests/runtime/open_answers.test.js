// Answers of functions without a type, and rest parameters, as the compiler emits them for tests/golden/cases/server_open_answers.
import { afterAll, expect, test } from "bun:test";
import { finish, folder, post, start } from "./support.js";

afterAll(finish);

const started = start(folder({ golden: "server_open_answers" }), "app.server.js", { PORT: "0" });

const counted = { words: { a: 1 }, seen: [[1, 2]] };

const CALLED = [
  ["counts", {}, counted],
  ["same", { x: [1, 2] }, [1, 2]],
  ["anything", {}, [{ a: [1] }]],
  ["itself", { x: 4 }, 4],
  ["inside", {}, { __tag: "Ok", value: [3] }],
  ["sum", { __args: [1, 2] }, 3],
  ["sum", { xs: 4 }, 4],
  ["sum", {}, 0],
  ["sum_list", { xs: [1, 5] }, 6],
  ["sum_named", { __args: ["a", 1, 2] }, 3],
];

test.each(CALLED)("%s of %j answers with all of it", async (name, body, result) => {
  const response = await post(`${(await started).url}/rpc/${name}`, body);
  expect([response.status, await response.json()]).toEqual([200, { result }]);
});

const REFUSED = [
  ["sum", { __args: [1, "x"] }, ["xs[1] must be an integer"]],
  ["sum", { xs: "x" }, ["xs[0] must be an integer"]],
  ["sum_list", { __args: ["x"] }, ["xs[0] must be an integer"]],
  ["sum_named", { __args: ["a", 1.5] }, ["xs[0] must be an integer"]],
];

test.each(REFUSED)("%s refuses %j", async (name, body, details) => {
  const response = await post(`${(await started).url}/rpc/${name}`, body);
  expect([response.status, (await response.json()).details]).toEqual([400, details]);
});

const ROUTES = [
  ["/counts", 200, counted],
  ["/said", 201, counted],
  ["/sum?xs=1&xs=2", 200, 3],
  ["/sum", 200, 0],
  ["/sum?xs=1&xs=b", 400, { error: "Validation failed", details: ["xs[1] must be an integer"] }],
];

test.each(ROUTES)("GET %s", async (path, status, value) => {
  const response = await fetch((await started).url + path);
  expect([response.status, await response.json()]).toEqual([status, value]);
});
